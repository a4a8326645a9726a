//! The page for people: sections of facts, at most 100 columns wide, readable without colour.

use std::fmt::Write as _;

use charivari_ingest::profile::Distinct;
use charivari_text::show::{shorten, visible};

use super::asking::Question;
use super::facts::{Aside, Facts, Part};
use super::{posts, traces};
use crate::term;

/// The widest line, in characters.
const WIDTH: usize = 100;

/// The longest name from the data that is shown in the middle of a line, in characters.
const NAME_WIDTH: usize = 60;

/// Where the facts begin, behind their labels.
const INDENT: usize = 20;

/// A page under construction.
#[derive(Default)]
pub(super) struct Page(String);

/// All facts as one page.
pub(super) fn write(facts: &Facts<'_>) -> String {
    let mut page = Page::default();
    for part in &facts.parts {
        of_part(&mut page, part);
    }
    if let Some(posts) = &facts.summary.posts {
        posts::write(&mut page, posts, &facts.summary);
    }
    if let Some(traces) = &facts.summary.traces {
        traces::write(&mut page, traces);
    }
    if facts.summary.posts.is_none() && facts.summary.account_rows > 0 {
        page.section("Accounts");
        page.fact("described", &count(facts.summary.accounts_described));
    }
    questions(&mut page, "posts", &facts.behaviours);
    questions(&mut page, "traces", &facts.behaviours_of_traces);
    if !facts.caveats.is_empty() {
        page.section("What to know before reading any result");
        facts.caveats.iter().for_each(|caveat| page.item(caveat));
    }
    page.0
}

fn of_part(page: &mut Page, part: &Part<'_>) {
    page.section(part.name);
    page.fact("format", &format!("{} ({}), {}", part.title, part.format, part.container));
    page.fact("known by", part.recognised);
    page.fact("size", &format!("{} bytes", grouped(part.bytes)));
    page.fact("SHA-256", part.sha256);
    let aside: u64 = part.set_aside.iter().map(|aside| aside.rows).sum();
    page.fact(
        "records",
        &format!(
            "{} read, {} kept, {} set aside",
            grouped(part.records),
            grouped(part.kept),
            if aside == 0 { "none".to_owned() } else { grouped(aside) }
        ),
    );
    for aside in &part.set_aside {
        of_aside(page, aside);
    }
    for note in &part.note_sentences {
        page.fact("note", note);
    }
}

fn of_aside(page: &mut Page, aside: &Aside<'_>) {
    page.fact("set aside", &format!("{} × {}: {}", grouped(aside.rows), aside.code, aside.title));
    for example in &aside.examples {
        let field =
            if example.field.is_empty() { String::new() } else { format!(", {}", example.field) };
        let met = if example.met.is_empty() {
            "nothing".to_owned()
        } else {
            shorten(&example.met, 50).into_owned()
        };
        page.fact("", &format!("row {}{}: {met}", grouped(example.row), shown(&field)));
    }
    page.fact("", &format!("→ {}", aside.remedy));
}

fn questions(page: &mut Page, what: &str, questions: &[Question]) {
    if questions.is_empty() {
        return;
    }
    page.section(&format!("What can be asked of the {what}"));
    let widest = questions.iter().map(|question| grouped(question.rows).len()).max().unwrap_or(1);
    for question in questions {
        let because = question.because.as_deref().unwrap_or_default();
        let answer = if question.can_be_asked {
            let separator = if because.is_empty() { "" } else { "; " };
            format!("yes  {:>widest$} {what}{separator}{because}", grouped(question.rows))
        } else {
            format!("no   {because}")
        };
        page.fact(question.behaviour, &answer);
    }
}

impl Page {
    /// Begins a section.
    pub(super) fn section(&mut self, title: &str) {
        if !self.0.is_empty() {
            self.0.push('\n');
        }
        // Writing to a string does not fail.
        let _ = writeln!(self.0, "{}", shorten(&visible(title), WIDTH));
    }

    /// A fact behind its label; long ones go on in the next line.
    pub(super) fn fact(&mut self, label: &str, text: &str) {
        let label = format!("  {label:<width$}", width = INDENT - 2);
        self.wrapped(&label, INDENT, text);
    }

    /// A sentence of a list.
    fn item(&mut self, text: &str) {
        self.wrapped("  - ", 4, text);
    }

    /// A line as it is, under the facts.
    pub(super) fn line(&mut self, text: &str) {
        let _ = writeln!(self.0, "  {}", text.trim_end());
    }

    fn wrapped(&mut self, label: &str, indent: usize, text: &str) {
        self.0.push_str(&term::wrapped(label, indent, text, WIDTH));
    }
}

/// Text from the data, fit for one line.
pub(super) fn shown(text: &str) -> String {
    shorten(&visible(text), NAME_WIDTH).into_owned()
}

/// A number with its thousands apart.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A count, with "about" where it is an estimate.
pub(super) fn count(distinct: Distinct) -> String {
    let about = if distinct.exact { "" } else { "about " };
    format!("{about}{}", grouped(distinct.count))
}

/// A share in percent: never 0 % of something, never 100 % of less than all.
pub(super) fn share(part: u64, whole: u64) -> String {
    if whole == 0 || part == 0 {
        return "0 %".to_owned();
    }
    let percent = part as f64 * 100.0 / whole as f64;
    match percent {
        _ if part == whole => "100 %".to_owned(),
        _ if percent < 0.1 => "< 0.1 %".to_owned(),
        _ if percent < 9.95 => format!("{percent:.1} %"),
        _ if percent >= 99.5 => "> 99 %".to_owned(),
        _ => format!("{percent:.0} %"),
    }
}

/// `1 post`, `2 posts`.
pub(crate) fn plural(number: u64, one: &str, many: &str) -> String {
    format!("{} {}", grouped(number), if number == 1 { one } else { many })
}

/// A length of time in words, such as `3 d 4 h`, `12 min 30 s`.
pub(super) fn duration(seconds: u64) -> String {
    let units = [(86_400, "d"), (3_600, "h"), (60, "min"), (1, "s")];
    let mut rest = seconds;
    let mut parts = Vec::new();
    for (length, unit) in units {
        let number = rest / length;
        rest %= length;
        if number > 0 {
            parts.push(format!("{} {unit}", grouped(number)));
        } else if !parts.is_empty() {
            break;
        }
        if parts.len() == 2 {
            break;
        }
    }
    if parts.is_empty() { "0 s".to_owned() } else { parts.join(" ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_shown_for_people() {
        for (number, expected) in
            [(0, "0"), (999, "999"), (1_000, "1,000"), (1_234_567, "1,234,567")]
        {
            assert_eq!(grouped(number), expected);
        }
        for (part, whole, expected) in [
            (0, 9, "0 %"),
            (9, 9, "100 %"),
            (1, 100_000, "< 0.1 %"),
            (99_999, 100_000, "> 99 %"),
            (1, 3, "33 %"),
            (1, 30, "3.3 %"),
            (5, 0, "0 %"),
        ] {
            assert_eq!(share(part, whole), expected, "{part} of {whole}");
        }
        for (seconds, expected) in [
            (0, "0 s"),
            (59, "59 s"),
            (750, "12 min 30 s"),
            (3_600, "1 h"),
            (3_601, "1 h"),
            (273_600, "3 d 4 h"),
        ] {
            assert_eq!(duration(seconds), expected, "{seconds}");
        }
    }

    #[test]
    fn long_facts_go_on_under_themselves() {
        let mut page = Page::default();
        page.fact("label", &"word ".repeat(40));
        assert!(page.0.lines().all(|line| line.chars().count() <= WIDTH));
        assert!(page.0.lines().skip(1).all(|line| line.starts_with(&" ".repeat(INDENT))));
    }
}

//! Texts from a case as other programs may show them.
//!
//! Whatever comes from data is an attack until shown otherwise: links are defanged, hidden
//! characters become visible, and where the reader renders Markdown nothing can be markup.

use std::fmt::Write as _;

use charivari_model::case::{Locator, Measure};
use charivari_model::{Timestamp, When};
use charivari_text::show::{defang_text, visible};

use crate::instant;

/// 0000-01-01T00:00:00Z and 9999-12-31T23:59:59.999999Z, between which a date has four figures.
const CALENDAR: (i64, i64) = (-62_167_219_200_000_000, 253_402_300_799_999_999);

/// How a text will be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// As it stands.
    Plain,
    /// As Markdown, perhaps with HTML in it.
    Markdown,
}

impl Style {
    /// A text from data in this style, on one line.
    pub(crate) fn text(self, text: &str) -> String {
        let plain = plain(text);
        match self {
            Self::Plain => plain,
            Self::Markdown => escape(&plain),
        }
    }

    /// A word of the program or of a catalogue in this style: `coordination.group` is no address.
    pub(crate) fn word(self, text: &str) -> String {
        match self {
            Self::Plain => exact(text),
            Self::Markdown => escape(&exact(text)),
        }
    }

    /// A text from data as a sentence that ends.
    pub(crate) fn sentence(self, text: &str) -> String {
        let text = self.text(text.trim_end());
        let ends = text.ends_with(['.', '!', '?', '…', '"']);
        if ends { text } else { format!("{text}.") }
    }

    /// A heading on a line of its own.
    pub(crate) fn heading(self, title: &str, out: &mut String) {
        let start = if self == Self::Markdown { "## " } else { "" };
        let end = if self == Self::Markdown { "" } else { ":" };
        let gap = if out.is_empty() { "" } else { "\n" };
        let _ = writeln!(out, "{gap}{start}{title}{end}");
        if self == Self::Markdown {
            out.push('\n');
        }
    }

    /// Several sentences, each on a line of its own.
    pub(crate) fn join(self, lines: &[String]) -> String {
        lines.join(if self == Self::Markdown { "\n\n" } else { "\n" })
    }

    /// A heading and one line for each item; nothing where there is none.
    pub(crate) fn list(self, title: &str, items: &[String], out: &mut String) {
        if items.is_empty() {
            return;
        }
        self.heading(title, out);
        for item in items {
            let _ = writeln!(out, "- {item}");
        }
    }
}

/// A text from data on one line: no link that works, no character that hides.
pub(crate) fn plain(text: &str) -> String {
    visible(&defang_text(text)).into_owned()
}

/// An id or a handle from data: other programs compare it, so it stays as it is but for what hides.
pub(crate) fn exact(text: &str) -> String {
    visible(text).into_owned()
}

/// The text, or `otherwise` where it says nothing.
pub(crate) fn or<'t>(text: &'t str, otherwise: &'t str) -> &'t str {
    if text.trim().is_empty() { otherwise } else { text }
}

/// The text with everything that Markdown or HTML could take for markup behind a backslash.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        if matches!(
            character,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '#' | '&' | '$' | '!'
        ) {
            out.push('\\');
        }
        out.push(character);
    }
    out
}

/// An instant that has a date of the calendar; others become its first or last.
fn of_calendar(time: Timestamp) -> Timestamp {
    Timestamp(time.0.clamp(CALENDAR.0, CALENDAR.1))
}

/// An instant as STIX wants it, to the millisecond: `2023-01-06T10:13:20.500Z`.
pub(crate) fn stix_time(time: Timestamp) -> String {
    let millis = of_calendar(time).0.div_euclid(1_000);
    format!("{}.{:03}Z", whole_second(millis.div_euclid(1_000)), millis.rem_euclid(1_000))
}

/// An instant to the microsecond with its offset: `2023-01-06T10:13:20.500000+00:00`.
pub(crate) fn micro_time(time: Timestamp) -> String {
    let time = of_calendar(time);
    let micros = time.0.rem_euclid(1_000_000);
    format!("{}.{micros:06}+00:00", whole_second(time.seconds()))
}

/// Date and time of day in UTC without the zone.
fn whole_second(seconds: i64) -> String {
    let mut text = Vec::with_capacity(20);
    instant::write_instant(Timestamp::from_seconds(seconds), &mut text);
    String::from_utf8_lossy(&text).trim_end_matches('Z').to_owned()
}

/// A time with its uncertainty, in words.
pub(crate) fn when_text(when: &When, style: Style) -> String {
    let mut out = style.text(&when.given);
    if !when.zoned {
        out.push_str(" (no zone was given, UTC is assumed)");
    } else if !when.is_exact() && when.given != format!("{}..{}", when.from, when.to) {
        let _ = write!(out, " (between {} and {})", when.from, when.to);
    }
    out
}

/// A number with its unit and interval: `accounts: 12 accounts (10 to 14, 95 % confidence)`.
pub(crate) fn measure_text(measure: &Measure, style: Style) -> String {
    let mut out = format!("{}: {}", style.word(&measure.name), measure.value);
    if !measure.unit.is_empty() {
        let _ = write!(out, " {}", style.word(&measure.unit));
    }
    if let Some((least, most)) = measure.interval {
        let _ = write!(out, " ({least} to {most}, {})", style.text(&measure.interval_is));
    }
    out
}

/// A place in the evidence: `E1 row 12 of posts.json, post 17 by x:100 at …: "the words"`.
pub(crate) fn locator_text(locator: &Locator, style: Style) -> String {
    let mut out = place_text(locator, style);
    let facts = [("post", &locator.post), ("by", &locator.account)];
    let facts = facts.iter().filter_map(|(word, value)| Some((word, value.as_deref()?)));
    for (word, value) in facts {
        let _ = write!(out, ", {word} {}", style.text(value));
    }
    if let Some(time) = locator.time {
        let _ = write!(out, ", at {time}");
    }
    if !locator.excerpt.trim().is_empty() {
        let _ = write!(out, ": \"{}\"", style.text(&locator.excerpt));
    }
    out
}

/// Where in which file: `E1 row 12 of posts.json`.
pub(crate) fn place_text(locator: &Locator, style: Style) -> String {
    let mut out = format!("{} row {}", locator.evidence, locator.row);
    if let Some(part) = &locator.part {
        let _ = write!(out, " of {}", style.text(part));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_text_is_harmless_in_both_styles() {
        for (name, text, plain, markdown) in [
            (
                "link",
                "see https://evil.example.org/a",
                "see hxxps://evil[.]example[.]org/a",
                r"see hxxps://evil\[.\]example\[.\]org/a",
            ),
            ("HTML", "<img src=x>", "<img src=x>", r"\<img src=x\>"),
            ("Markdown link", "[a](b)", "[a](b)", r"\[a\](b)"),
            ("direction", "a\u{202e}b", "a\\u{202e}b", r"a\\u{202e}b"),
            ("two lines", "a\n# b", "a\\n# b", r"a\\n\# b"),
        ] {
            assert_eq!(Style::Plain.text(text), plain, "{name}");
            assert_eq!(Style::Markdown.text(text), markdown, "{name}");
        }
    }

    #[test]
    fn times_have_four_figures_for_the_year_and_a_fixed_fraction() {
        for (micros, stix, micro) in [
            (1_673_000_000_500_000, "2023-01-06T10:13:20.500Z", "2023-01-06T10:13:20.500000+00:00"),
            (-1, "1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999999+00:00"),
            (i64::MAX, "9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999999+00:00"),
            (i64::MIN, "0000-01-01T00:00:00.000Z", "0000-01-01T00:00:00.000000+00:00"),
        ] {
            assert_eq!(stix_time(Timestamp(micros)), stix);
            assert_eq!(micro_time(Timestamp(micros)), micro);
        }
    }
}

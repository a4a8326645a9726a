//! An assessment as text, JSON and tables.

use std::fmt::Write as _;
use std::io::Write as _;

use charivari_attribution::{Analysis, Comparison, Reading, Weighing};
use charivari_text::show::visible;
use serde::Serialize;

use super::weigh::Weighed;
use crate::cli::attribute::Weigh;
use crate::failure::Result;
use crate::output::Folder;
use crate::term;

/// How many answers the terminal shows.
const SHOWN: usize = 12;
/// The length of a full bar.
const BAR: u8 = 30;

/// What `--json` prints, and `assessment.json` holds.
#[derive(Serialize)]
struct Document<'w> {
    #[serde(flatten)]
    found: &'w Analysis,
    /// Another analyst's matrix beside this one.
    #[serde(skip_serializing_if = "Option::is_none")]
    beside: Option<&'w Comparison>,
    /// What a date hid.
    hidden: charivari_knowledge::Hidden,
}

pub(super) fn write(args: &Weigh, weighed: &Weighed) -> Result<()> {
    let document = Document {
        found: &weighed.found,
        beside: weighed.beside.as_ref(),
        hidden: weighed.view.hidden,
    };
    let text = told(weighed);
    if let Some(folder) = args.output.as_deref().map(Folder::open).transpose()? {
        folder.write("assessment.json", |out| {
            serde_json::to_writer_pretty(out, &document).map_err(|error| error.to_string())
        })?;
        folder.write("assessment.txt", |out| {
            out.write_all(text.as_bytes()).map_err(|error| error.to_string())
        })?;
        folder.write("matrix.csv", |out| matrix(&weighed.found, out))?;
    }
    if args.json { term::json(&document) } else { term::line(text.trim_end()) }
}

/// The matrix as a table, guarded against formulas.
fn matrix(found: &Analysis, out: impl std::io::Write) -> std::result::Result<(), String> {
    let mut writer = csv::Writer::from_writer(out);
    for row in found.matrix.table() {
        // Signs such as `+` and `-` would be formulas to a spreadsheet.
        let cells = row.iter().map(|cell| charivari_exchange::csv_table::guard(cell));
        writer.write_record(cells).map_err(|error| error.to_string())?;
    }
    writer.flush().map_err(|error| error.to_string())
}

/// The assessment and its answers, readable without colour.
fn told(weighed: &Weighed) -> String {
    let found = &weighed.found;
    let mut text = format!("{}\n\n", visible(&weighed.case.title));
    for sentence in [&found.text.likelihood, &found.text.confidence] {
        text.push_str(&term::wrapped("", 0, sentence, 100));
    }
    answers(&mut text, &found.weighing);
    let parts = [
        ("Basis", &found.text.basis),
        ("Limits", &found.text.limits),
        ("What the parties say", &found.text.replies),
        ("What would change it", &found.text.would_change),
        ("What to look for next", &found.text.look_for),
        ("Innocent explanations", &found.text.innocent),
    ];
    for (head, lines) in parts {
        let _ = writeln!(text, "\n{head}");
        for line in lines {
            text.push_str(&term::wrapped("  -", 4, line, 100));
        }
    }
    if let Some(beside) = &weighed.beside {
        compared(&mut text, beside);
    }
    text.push('\n');
    text.push_str(&term::wrapped("", 0, &found.text.notice, 100));
    text
}

fn answers(text: &mut String, weighing: &Weighing) {
    let _ = writeln!(text, "\nAnswers{:>43}  before", "probability");
    for it in weighing.answers.iter().take(SHOWN) {
        // A whole block for each started step, without turning a probability into a count.
        let steps =
            (0..BAR).filter(|step| it.probability * f64::from(BAR) >= f64::from(*step) + 0.5);
        let bar = "█".repeat(steps.count());
        let title: String = visible(&it.title).chars().take(38).collect();
        let _ = writeln!(
            text,
            "  {title:<38}{:>9.1} %{:>6.1} %  {bar}",
            it.probability * 100.0,
            it.prior * 100.0
        );
    }
    let rest: f64 = weighing.answers.iter().skip(SHOWN).map(|it| it.probability).sum();
    if weighing.answers.len() > SHOWN {
        let count = weighing.answers.len() - SHOWN;
        let _ = writeln!(text, "  {:<38}{:>9.1} %", format!("{count} more"), rest * 100.0);
    }
    let countries = weighing.countries.iter().take(6);
    let countries: Vec<String> =
        countries.map(|it| format!("{} {:.0} %", it.country, it.probability * 100.0)).collect();
    let _ = writeln!(text, "By country: {}", countries.join(", "));
}

fn compared(text: &mut String, beside: &Comparison) {
    let kappa = beside.kappa.map_or_else(|| "not defined".to_owned(), |it| format!("{it:.2}"));
    let _ = writeln!(
        text,
        "\nTwo analysts side by side\n  {} cells, {:.0} % read alike, Cohen's kappa {kappa}",
        beside.cells,
        beside.agreement * 100.0
    );
    let word = |reading: Reading| match reading {
        Reading::Consistent => "consistent",
        Reading::Inconsistent => "inconsistent",
        Reading::NotApplicable => "not applicable",
    };
    for it in beside.differences.iter().take(20) {
        let line = format!(
            "{} and {}: {} against {}; with the other's cell {} would lead with {:.0} %, and {} with {:.0} %",
            it.what,
            it.answer,
            word(it.one),
            word(it.other),
            it.one_would_say.0,
            it.one_would_say.1 * 100.0,
            it.other_would_say.0,
            it.other_would_say.1 * 100.0
        );
        text.push_str(&term::wrapped("  -", 4, &line, 100));
    }
}

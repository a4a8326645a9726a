//! The report for machines.

use std::fmt::Write as _;

use charivari_model::case::{Dossier, Moment};
use charivari_text::chars::{is_default_ignorable, is_other_format};
use serde::Serialize;
use serde_json::Value;

use super::CaseView;
use crate::{Error, show};

/// The version of the schema that [`case_json`] writes; it grows where a field changes its meaning.
pub const JSON_VERSION: u32 = 1;

/// What the file holds, in the order in which it is written.
#[derive(Serialize)]
struct Report<'a> {
    format: &'static str,
    version: u32,
    tool: &'a str,
    redaction: &'static str,
    tlp: &'static str,
    synthetic: Option<&'a str>,
    left_out: &'a [String],
    case: &'a Dossier,
    timeline: Vec<Moment>,
}

/// Writes the report of a case as JSON, for machines; its schema is in `docs/reports.md`.
///
/// Addresses in it are written so that no viewer makes a link of them, and characters that are not
/// seen are escaped.
///
/// # Errors
///
/// [`Error::Json`] where it cannot be written.
pub fn case_json(view: &CaseView) -> Result<String, Error> {
    let dossier = view.redacted.dossier();
    let report = Report {
        format: "charivari-report",
        version: JSON_VERSION,
        tool: &dossier.head.tool,
        redaction: view.redacted.level().word(),
        tlp: dossier.head.tlp.label(),
        synthetic: dossier.head.synthetic.as_deref(),
        left_out: view.redacted.left(),
        case: dossier,
        timeline: dossier.timeline(),
    };
    let mut value = serde_json::to_value(&report)?;
    bend(&mut value);
    let mut written = escaped(&serde_json::to_string_pretty(&value)?);
    written.push('\n');
    Ok(written)
}

/// Bends the addresses in every string.
fn bend(value: &mut Value) {
    match value {
        Value::String(text) => {
            // Keys and ids stay as they are, so that they can be joined with other files.
            let lower = text.to_ascii_lowercase();
            if ["http", "ftp:", "www.", "mailto:", "script:"].iter().any(|it| lower.contains(it)) {
                *text = show::bent(text);
            }
        }
        Value::Array(values) => values.iter_mut().for_each(bend),
        Value::Object(fields) => fields.values_mut().for_each(bend),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Escapes what is not seen and what could end an element of a page that carries the file; such
/// characters stand in strings alone, where JSON takes the escape for the character.
fn escaped(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        let hides = is_default_ignorable(c)
            || is_other_format(c)
            || matches!(c, '<' | '>' | '\u{2028}' | '\u{2029}' | '\u{7f}'..='\u{9f}');
        if hides {
            let mut units = [0_u16; 2];
            for unit in c.encode_utf16(&mut units) {
                // Writing to a string cannot fail.
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(c);
        }
    }
    out
}

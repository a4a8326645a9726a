//! Writes the report of an invented case at the three levels, to look at while its design changes.
//!
//! `cargo run -p charivari-report --example case_pages -- FOLDER`

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "the sample is shared with tests")]

use std::error::Error;
use std::fs;
use std::path::Path;

use charivari_model::Tlp;
use charivari_report::{CaseView, Redaction, case_json, case_markdown, redact, render_case};

#[path = "../tests/dossier/mod.rs"]
mod dossier;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).unwrap_or_else(|| "case-pages".to_owned());
    fs::create_dir_all(&folder)?;
    let levels = [
        (Redaction::Internal, Tlp::Amber),
        (Redaction::Partner, Tlp::Amber),
        (Redaction::Public, Tlp::Clear),
    ];
    for (level, tlp) in levels {
        let redacted = redact(dossier::dossier(tlp), level)?;
        let command_line = format!("charivari report --case kettle --redaction {level}");
        let view = CaseView { redacted: &redacted, command_line: &command_line };
        let path = |end: &str| Path::new(&folder).join(format!("{level}.{end}"));
        fs::write(path("html"), render_case(&view)?)?;
        fs::write(path("md"), case_markdown(&view))?;
        fs::write(path("json"), case_json(&view)?)?;
    }
    let redacted = redact(dossier::empty(), Redaction::Public)?;
    let view = CaseView { redacted: &redacted, command_line: "" };
    fs::write(Path::new(&folder).join("empty.html"), render_case(&view)?)?;
    Ok(())
}

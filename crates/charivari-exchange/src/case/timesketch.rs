//! A timeline for Timesketch.
//!
//! # What it is
//! JSON lines with the three fields that Timesketch asks for, `message`, `datetime` and
//! `timestamp_desc`, and more that it indexes.
//!
//! # Who reads it
//! Forensic teams who lay the operation beside the traces of the intrusion.
//!
//! # What goes in
//! One line for each moment of the case's timeline: events, claims, findings that go out, and
//! collections of evidence; one for each post that these findings show with its time; one for the
//! case itself, with what was left out. An uncertain time stands at its earliest instant, with
//! `datetime_end`, `time_exact` and the time as it was given.
//!
//! # What stays out
//! Posts without a time, and all that no finding shows.
//!
//! # Source
//! Timesketch, "Import from JSON or CSV" in its user guide.

use std::collections::BTreeMap;
use std::io::Write;

use charivari_model::case::{Finding, Kind, Locator, Moment, Ref};
use charivari_model::{Timestamp, When};
use serde_json::{Map, Value, json};

use super::outgoing::{Outgoing, is_open};
use super::words::{Style, exact, micro_time, plain};
use super::{Exporter, File};
use crate::ExchangeError;

/// The timeline.
pub(super) static TIMESKETCH: Exporter = Exporter {
    name: "timesketch",
    title: "Timesketch JSON lines",
    files: &[File { name: "timesketch.jsonl", make: write }],
};

/// A line and what it is sorted by: its time, then what it is about.
struct Line {
    at: (Timestamp, Timestamp),
    about: String,
    fields: Map<String, Value>,
}

fn write(outgoing: &Outgoing<'_>, out: &mut dyn Write) -> Result<u64, ExchangeError> {
    let mut lines = vec![case_line(outgoing)];
    let findings: BTreeMap<Ref, &Finding> =
        outgoing.findings.iter().map(|finding| (finding.id, *finding)).collect();
    for moment in outgoing.dossier.timeline() {
        if moment.record.kind == Kind::Finding && !findings.contains_key(&moment.record) {
            continue;
        }
        lines.push(moment_line(outgoing, &moment, findings.get(&moment.record).copied()));
    }
    lines.extend(post_lines(outgoing));
    lines.sort_by(|a, b| (a.at, &a.about).cmp(&(b.at, &b.about)));
    for line in &lines {
        serde_json::to_writer(&mut *out, &line.fields).map_err(std::io::Error::from)?;
        out.write_all(b"\n")?;
    }
    Ok(lines.len() as u64)
}

/// A line with what all lines have.
fn line(outgoing: &Outgoing<'_>, when: &When, desc: &str, message: &str, about: String) -> Line {
    let head = &outgoing.dossier.head;
    let mut fields = Map::new();
    let mut set = |name: &str, value: Value| drop(fields.insert(name.to_owned(), value));
    set("message", json!(message));
    set("datetime", json!(micro_time(when.from)));
    set("timestamp_desc", json!(desc));
    set("data_type", json!("charivari:case"));
    set("case", json!(exact(&head.uuid)));
    set("case_title", json!(plain(&head.title)));
    set("tlp", json!(outgoing.tlp.label()));
    set("synthetic", json!(head.synthetic.is_some()));
    set("time_given", json!(plain(&when.given)));
    set("time_exact", json!(when.is_exact()));
    set("time_zone_known", json!(when.zoned));
    if !when.is_exact() {
        set("datetime_end", json!(micro_time(when.to)));
    }
    Line { at: (when.from, when.to), about, fields }
}

impl Line {
    fn set(&mut self, name: &str, value: impl Into<Value>) {
        self.fields.insert(name.to_owned(), value.into());
    }

    fn tag(&mut self, outgoing: &Outgoing<'_>, mut tags: Vec<String>) {
        if outgoing.dossier.head.synthetic.is_some() {
            tags.push("synthetic".to_owned());
        }
        self.set("tag", json!(tags));
    }
}

fn case_line(outgoing: &Outgoing<'_>) -> Line {
    let head = &outgoing.dossier.head;
    let message = format!(
        "Case \"{}\" as it was here. {}",
        plain(&head.title),
        outgoing.caveats(Style::Plain).join(" ")
    );
    let when = When::at(head.changed);
    let mut line = line(outgoing, &when, "Case last changed", &message, String::new());
    line.set("log_head", exact(&head.log_head));
    line.tag(outgoing, vec!["case".to_owned()]);
    line
}

fn moment_line(outgoing: &Outgoing<'_>, moment: &Moment, finding: Option<&Finding>) -> Line {
    let desc = match moment.record.kind {
        Kind::Event => "Event",
        Kind::Claim => "Claim made",
        Kind::Finding => "Activity began",
        Kind::Evidence => "Evidence collected",
        other => other.word(),
    };
    let mark = outgoing.mark(moment.record);
    let message = format!("{} {mark}{}", moment.record, plain(&moment.title));
    let mut line = line(outgoing, &moment.when, desc, &message, moment.record.to_string());
    line.set("record", moment.record.to_string());
    let mut tags = vec![moment.record.kind.word().to_owned()];
    if let Some(finding) = finding {
        line.set("confidence", finding.confidence.word());
        line.set("ruling", finding.decision.ruling.word());
        let accounts: Vec<String> =
            finding.accounts.iter().map(|account| exact(&account.key)).collect();
        line.set("account", json!(accounts));
        tags.extend(finding.techniques.iter().map(|tagged| tagged.technique.to_string()));
        tags.push(finding.decision.ruling.word().to_owned());
    }
    line.tag(outgoing, tags);
    line
}

/// One line for each post, however many findings show it.
fn post_lines(outgoing: &Outgoing<'_>) -> Vec<Line> {
    let mut shown: BTreeMap<&Locator, Vec<&Finding>> = BTreeMap::new();
    for finding in &outgoing.findings {
        for locator in finding.evidence.iter().filter(|locator| locator.time.is_some()) {
            shown.entry(locator).or_default().push(finding);
        }
    }
    shown
        .into_iter()
        .filter_map(|(locator, findings)| post_line(outgoing, locator, &findings))
        .collect()
}

fn post_line(outgoing: &Outgoing<'_>, locator: &Locator, findings: &[&Finding]) -> Option<Line> {
    let when = When::at(locator.time?);
    let account = locator.account.as_deref().map(exact);
    let by = account.as_deref().unwrap_or("an account that is not named");
    let words = plain(&locator.excerpt);
    let words = if words.is_empty() { "(no words)".to_owned() } else { words };
    let open = if findings.iter().all(|finding| is_open(finding)) { "OPEN: " } else { "" };
    let message = format!("{open}post by {by}: {words}");
    let place = format!("{} {:?} {:020}", locator.evidence, locator.part, locator.row);
    let mut line = line(outgoing, &when, "Post made", &message, place);
    line.set("record", findings.iter().map(|one| one.id.to_string()).collect::<Vec<_>>());
    line.set("evidence", locator.evidence.to_string());
    line.set("row", locator.row);
    if let Some(file) = outgoing.evidence(locator.evidence) {
        line.set("evidence_file", exact(&file.name));
        line.set("evidence_sha256", exact(&file.sha256));
    }
    let optional = [("part", &locator.part), ("post", &locator.post)];
    for (name, value) in optional {
        if let Some(value) = value {
            line.set(name, exact(value));
        }
    }
    if let Some(account) = account {
        line.set("account", account);
    }
    let mut tags = vec!["post".to_owned()];
    tags.extend(findings.iter().map(|finding| finding.id.to_string()));
    if !open.is_empty() {
        tags.push("open".to_owned());
    }
    line.tag(outgoing, tags);
    Some(line)
}

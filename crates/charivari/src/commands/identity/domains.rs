//! `charivari identity domains`: domains that look like those of the protected.

use charivari_case::NewFinding;
use charivari_identity::domains::{LookAlike, look_alikes};
use charivari_identity::protected::Roster;
use charivari_model::Confidence;
use charivari_model::case::{Measure, Method};
use charivari_text::show::{defang, visible};
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::case::{Into, tagged};
use super::seen::{self, Inputs, Sight};
use super::{protect, tables};
use crate::cli::identity::Domains;
use crate::failure::Result;
use crate::output::Folder;
use crate::term;

/// One row of `domains.json`.
#[derive(Serialize)]
struct Row {
    domain: String,
    links: u64,
    mail: u64,
    leaks: u64,
    protected: String,
    genuine: String,
    rule: &'static str,
    rules: Vec<&'static str>,
    reason: String,
    innocent: Vec<&'static str>,
    #[serde(skip)]
    place: Option<(u32, u64)>,
}

impl Row {
    fn total(&self) -> u64 {
        self.links + self.mail + self.leaks
    }

    /// Where it was seen, and how often.
    fn seen(&self) -> String {
        let counts = [(self.links, "links"), (self.mail, "messages"), (self.leaks, "leaked cells")];
        let told = counts.into_iter().filter(|(count, _)| *count > 0);
        told.map(|(count, what)| format!("{count} {what}")).collect::<Vec<_>>().join(", ")
    }
}

pub(crate) fn run(args: &Domains, threads: usize) -> Result<()> {
    let roster = protect::read(&args.protected)?;
    let inputs = seen::read(args, threads)?;
    let domains = inputs.domains();
    let rows = rows(&domains, &roster);
    let folder = args.output.as_deref().map(Folder::open).transpose()?;
    if let Some(folder) = &folder {
        tables::json(folder, "domains.json", &rows)?;
        tables::csv(folder, "domains.csv", HEADER, &cells(&rows))?;
    }
    if args.json {
        term::line(tables::text(&rows)?.trim_end())?;
    } else {
        term::line(&told(&rows, domains.len()))?;
    }
    keep(args, &inputs, &rows, folder.as_ref())
}

/// Domains that look like a protected one, those seen most often first.
fn rows(domains: &BTreeMap<&str, Sight>, roster: &Roster) -> Vec<Row> {
    let hosts: Vec<&str> = domains.keys().copied().collect();
    let of = |like: LookAlike| {
        let host = hosts[like.seen as usize];
        let Sight { links, mail, leaks, place } = domains.get(host).copied().unwrap_or_default();
        Row {
            domain: visible(&defang(host)).into_owned(),
            links,
            mail,
            leaks,
            protected: roster.protected[like.protected as usize].id.clone(),
            genuine: defang(&like.genuine),
            rule: like.rule,
            rules: like.rules,
            reason: like.reason,
            innocent: like.innocent,
            place,
        }
    };
    let mut rows: Vec<Row> = look_alikes(&hosts, roster).into_iter().map(of).collect();
    rows.sort_by(|a, b| b.total().cmp(&a.total()).then_with(|| a.domain.cmp(&b.domain)));
    rows
}

fn told(rows: &[Row], seen: usize) -> String {
    let mut text = format!(
        "{seen} domains were seen; {} look like a protected one. Nothing was asked of the network.",
        rows.len()
    );
    for row in rows {
        let _ = write!(text, "\n  {} ({}; {})", row.reason, row.rule, row.seen());
    }
    text
}

fn keep(args: &Domains, inputs: &Inputs, rows: &[Row], folder: Option<&Folder>) -> Result<()> {
    let paths: Vec<_> = args.inputs.iter().collect();
    let Some(mut into) = Into::open(&paths, &inputs.read.parts, &args.keep)? else { return Ok(()) };
    for path in args.mail.iter().chain(&args.leak) {
        into.keep_sensitive(path, &args.keep)?;
    }
    let findings = rows.iter().map(|row| finding(row, &into, folder.is_some())).collect();
    let method = Method {
        steps: vec![
            "Domains in links, messages and leaked cells were held against the protected ones by rules; \
             none was resolved."
                .to_owned(),
        ],
        limits: vec!["A similar name is no attack: owners of similar names are common.".to_owned()],
    };
    let title = "Domains that look like a protected one, with the rule.";
    let table = folder.map(|folder| (folder, "domains.csv", title, rows.len()));
    into.record("identity domains", Vec::new(), method, findings, table)
}

const HEADER: &[&str] = &[
    "domain",
    "links",
    "mail",
    "leaks",
    "protected",
    "genuine",
    "rule",
    "rules",
    "reason",
    "innocent",
];

fn cells(rows: &[Row]) -> Vec<Vec<String>> {
    let cells = rows.iter().map(|row| {
        vec![
            row.domain.clone(),
            row.links.to_string(),
            row.mail.to_string(),
            row.leaks.to_string(),
            row.protected.clone(),
            row.genuine.clone(),
            row.rule.to_owned(),
            row.rules.join(" "),
            row.reason.clone(),
            row.innocent.join(" "),
        ]
    });
    cells.collect()
}

fn finding(row: &Row, into: &Into, has_table: bool) -> NewFinding {
    let why = "its name is like a genuine one";
    NewFinding {
        kind: "identity.lookalike-domain".to_owned(),
        subject: row.domain.clone(),
        statement: format!("{}. It was seen in {}.", row.reason, row.seen()),
        measures: vec![
            Measure::count("links in posts", row.links, "links"),
            Measure::count("in messages", row.mail, "times"),
            Measure::count("in leaked cells", row.leaks, "times"),
            Measure::count("rules that hold", row.rules.len() as u64, "rules"),
        ],
        confidence: Confidence::Low,
        evidence: row
            .place
            .and_then(|(part, number)| into.locator(part, number, "", ""))
            .into_iter()
            .map(|mut place| {
                place.account = None;
                place
            })
            .collect(),
        techniques: tagged("T0149.003", "Lookalike Domain", why).into_iter().collect(),
        innocent: row.innocent.iter().map(|text| (*text).to_owned()).collect(),
        tables: if has_table { vec!["domains.csv".to_owned()] } else { Vec::new() },
        ..NewFinding::default()
    }
}

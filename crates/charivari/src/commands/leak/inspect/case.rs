//! An inspection into a case: its inputs become sensitive evidence, what it found becomes findings.

use charivari_case::{Case, NewEvidence, NewFinding, NewRun, Stamp};
use charivari_ingest::tables::TablesReport;
use charivari_leak::inspect::{Inspection, SignReport, Table, Unusual};
use charivari_model::Confidence;
use charivari_model::case::{Locator, Measure, Method, Ref};

use crate::cli::leak::Inspect;
use crate::commands::case;
use crate::commands::inspect::page::grouped;
use crate::failure::{Failure, Result};

/// The source of an input of which nothing was said.
const UNSAID: &str = "given to the inspection; where it came from was not said";

/// The case that a run goes into.
pub(super) struct Into {
    case: Case,
    stamp: Stamp,
    /// The evidence of each input, with its digest.
    inputs: Vec<(String, Ref)>,
}

impl Into {
    /// Opens the case and registers the inputs, if the run goes into one.
    pub(super) fn open(args: &Inspect) -> Result<Option<Self>> {
        let Some(dir) = &args.into.case else { return Ok(None) };
        let stamp = case::stamp(args.into.by.as_deref())?;
        let mut case = case::open(dir)?;
        let tlp = case.tlp();
        let mut inputs = Vec::new();
        for path in &args.inputs {
            let evidence = NewEvidence {
                grade: args.into.grade.unwrap_or_default(),
                tlp,
                sensitive: true,
                ..NewEvidence::new(path, args.into.source.as_deref().unwrap_or(UNSAID))
            };
            let added = case.add_evidence(evidence, &stamp, &mut |_| {})?;
            inputs.push((added.evidence.sha256, added.evidence.id));
        }
        Ok(Some(Self { case, stamp, inputs }))
    }

    /// Records the run with its findings, and says what it became.
    pub(super) fn record(
        mut self,
        args: &Inspect,
        parts: &[TablesReport],
        inspection: &Inspection,
    ) -> Result<String> {
        let is_known =
            |part: &TablesReport| self.inputs.iter().any(|(digest, _)| *digest == part.file.sha256);
        if !parts.iter().all(is_known) {
            return Err(Failure::input(
                "E0101: cannot read an input as it was registered, since it changed while it was read; run again \
                 when it is at rest",
            ));
        }
        let mut inputs: Vec<Ref> = self.inputs.iter().map(|(_, id)| *id).collect();
        inputs.sort_unstable();
        inputs.dedup();
        let new = NewRun {
            command: "leak inspect".to_owned(),
            parameters: vec![
                ("country".to_owned(), args.country.clone().unwrap_or_default()),
                (
                    "names of columns".to_owned(),
                    if args.ignore_names { "ignored" } else { "heard" }.to_owned(),
                ),
            ],
            tool: concat!("charivari ", env!("CARGO_PKG_VERSION")).to_owned(),
            inputs,
            method: method(parts),
            tables: Vec::new(),
            picture: None,
            findings: inspection.tables.iter().flat_map(|table| self.of_table(table)).collect(),
        };
        let recorded = self.case.record(new, &self.stamp)?;
        let many = recorded.findings.len();
        Ok(format!(
            "In the case: {}, {many} findings. Decide on them with charivari case decide.",
            recorded.run
        ))
    }

    fn of_table(&self, table: &Table) -> Vec<NewFinding> {
        let name = table
            .name
            .as_ref()
            .map_or_else(|| table.file.clone(), |name| format!("{}, table {name}", table.file));
        let place: Vec<Locator> = self
            .inputs
            .get(table.input as usize)
            .map(|(_, evidence)| Locator {
                evidence: *evidence,
                part: table.name.clone(),
                row: 1,
                post: None,
                account: None,
                time: None,
                excerpt: String::new(),
            })
            .into_iter()
            .collect();
        let mut findings = vec![NewFinding { evidence: place.clone(), ..whole(table, &name) }];
        let unusual = table.signs.iter().filter(|sign| sign.unusual > Unusual::Common);
        findings.extend(unusual.enumerate().map(|(number, sign)| NewFinding {
            evidence: place.clone(),
            ..of_sign(sign, &name, number + 1)
        }));
        findings
    }
}

/// What the table holds.
fn whole(table: &Table, name: &str) -> NewFinding {
    let columns: Vec<String> = table
        .columns
        .iter()
        .filter(|column| is_personal(column.kind))
        .map(|column| {
            format!(
                "{} ({} values, {} different)",
                column.kind.word(),
                grouped(column.fill.values),
                grouped(column.distinct.count)
            )
        })
        .collect();
    let held = if columns.is_empty() {
        "no column of personal data that was known as such".to_owned()
    } else {
        columns.join(", ")
    };
    let exact = table.distinct_rows;
    let error = 2.0 * exact.standard_error * exact.count as f64;
    let interval =
        (!exact.exact).then_some((exact.count as f64 - error, exact.count as f64 + error));
    NewFinding {
        kind: "leak.inspect.table".to_owned(),
        subject: name.to_owned(),
        statement: format!("The table has {} rows and {} columns; it holds {held}.", grouped(table.rows), table.columns.len()),
        measures: vec![
            Measure::count("rows", table.rows, "rows"),
            Measure {
                interval,
                interval_is: if exact.exact { String::new() } else { "two standard errors of the sketch".to_owned() },
                ..Measure::count("different rows", exact.count, "rows")
            },
            Measure::count("columns", table.columns.len() as u64, "columns"),
        ],
        confidence: Confidence::Moderate,
        innocent: vec![
            "A column may hold something else that has the same form.".to_owned(),
            "That a table has the form of personal data does not show that the data are genuine, or whose they are.".to_owned(),
        ],
        ..NewFinding::default()
    }
}

fn is_personal(kind: charivari_leak::Kind) -> bool {
    use charivari_leak::Kind::{Category, Other, Quantity, RowId, Time, Url};
    !matches!(kind, Category | Other | Quantity | RowId | Time | Url)
}

fn of_sign(sign: &SignReport, name: &str, number: usize) -> NewFinding {
    NewFinding {
        kind: "leak.inspect.sign".to_owned(),
        subject: format!("{name}, sign {number}"),
        statement: format!("{}: {}. Usual is: {}.", sign.title, sign.statement, sign.usual),
        measures: sign
            .measures
            .iter()
            .map(|measure| Measure {
                value: measure.value,
                ..Measure::count(&measure.name, 0, &measure.unit)
            })
            .collect(),
        confidence: Confidence::Low,
        innocent: sign.innocent.clone(),
        ..NewFinding::default()
    }
}

fn method(parts: &[TablesReport]) -> Method {
    let aside: u64 = parts.iter().flat_map(|part| part.set_aside.values()).sum();
    let mut limits = vec![
        "Kinds are judged from form, name and cardinality; a column may be something else."
            .to_owned(),
        "A sign has innocent explanations and proves nothing by itself.".to_owned(),
    ];
    if aside > 0 {
        limits.push(format!("{} rows could not be read and were set aside.", grouped(aside)));
    }
    Method {
        steps: vec![
            "Every value was classified by its form and counted; every n-th row was looked at closely.".to_owned(),
            "Each column's kind was weighed from its values, its name and its cardinality.".to_owned(),
            "Signs of copies, joins, cuts and invention were measured.".to_owned(),
        ],
        limits,
    }
}

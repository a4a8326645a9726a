//! Runs of analyses: what they read, what they found, and which earlier runs they take the place of.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::path::{Path, PathBuf};

use charivari_model::case::{
    Account, Beside, Decision, Finding, Kind, Locator, Measure, Method, Observed, Picture, Ref,
    Run, Table, Tagged,
};
use charivari_model::{Confidence, Timestamp};
use serde::Serialize;
use serde_json::{Value, json};

use crate::canonical::{netstrings, sha256};
use crate::db::{count, sql, text};
use crate::objects::{Incoming, Shelf, copy, unmark};
use crate::writer::Writer;
use crate::{Case, Error, Result, Stamp};

/// A run that is to be recorded.
#[derive(Clone, Debug, Default)]
pub struct NewRun {
    /// The command, such as `coordinate`.
    pub command: String,
    /// Each parameter by name, in a defined order.
    pub parameters: Vec<(String, String)>,
    /// The name and version of the program.
    pub tool: String,
    /// The evidence that was read.
    pub inputs: Vec<Ref>,
    /// What the method does, assumes and cannot see.
    pub method: Method,
    /// The tables to keep.
    pub tables: Vec<NewTable>,
    /// What there is to draw of it.
    pub picture: Option<Picture>,
    /// What it found.
    pub findings: Vec<NewFinding>,
}

/// A table that is to be copied into the case.
#[derive(Clone, Debug, Default)]
pub struct NewTable {
    /// Its file name, such as `edges.csv`.
    pub name: String,
    /// What it holds, as a sentence.
    pub title: String,
    /// Where it is.
    pub path: PathBuf,
    /// How many rows it has, without its header.
    pub rows: u64,
}

/// A finding that is to be recorded; its fields are those of [`Finding`].
#[derive(Clone, Debug, Default)]
pub struct NewFinding {
    /// What kind of finding it is, such as `coordination.group`.
    pub kind: String,
    /// What it is about within its run, such as `group 1`; unique among findings of one kind.
    pub subject: String,
    /// The sentence.
    pub statement: String,
    /// Its numbers, the most important first.
    pub measures: Vec<Measure>,
    /// How good its basis is.
    pub confidence: Confidence,
    /// Where it can be seen in the evidence.
    pub evidence: Vec<Locator>,
    /// Places in the evidence beyond those listed.
    pub evidence_left_out: u64,
    /// The accounts that it speaks of.
    pub accounts: Vec<Account>,
    /// Techniques that it would be an instance of.
    pub techniques: Vec<Tagged>,
    /// How it came to be known, where an analyst recorded it.
    pub observed: Option<Observed>,
    /// What it speaks of beside the genuine.
    pub beside: Vec<Beside>,
    /// What else could explain it.
    pub innocent: Vec<String>,
    /// Names of the run's tables in which it stands.
    pub tables: Vec<String>,
    /// When what it speaks of began and ended.
    pub period: Option<(Timestamp, Timestamp)>,
}

/// The records that a run became.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// The run.
    pub run: Ref,
    /// Its findings, in the order in which they were given.
    pub findings: Vec<Ref>,
    /// Runs and findings whose place they take.
    pub superseded: Vec<Ref>,
}

impl Case {
    /// Records a run with its findings and copies its tables, all of it or nothing. A run of the same
    /// command on the same inputs takes the place of the earlier one, which stays to be read.
    ///
    /// # Errors
    /// `E0610` where an input is not in the case, `E0611` where a number is not finite or two
    /// findings of one kind have one subject, and what keeps a case from being written.
    pub fn record(&mut self, new: NewRun, stamp: &Stamp) -> Result<Recorded> {
        check(&new)?;
        let tables = self.take_tables(&new.tables, stamp)?;
        let (recorded, marks) =
            self.write("record a run", stamp, |writer, dir| record(writer, dir, new, tables))?;
        unmark(&marks);
        Ok(recorded)
    }

    /// Copies tables to where they wait to be placed.
    fn take_tables(&self, new: &[NewTable], stamp: &Stamp) -> Result<Vec<(Table, Incoming)>> {
        let mut tables = Vec::new();
        for table in new {
            let mut incoming = self.incoming(stamp)?;
            let path = &table.path;
            let mut file = File::open(path).map_err(|error| Error::reading(path, error))?;
            let known = copy(&mut file, &mut incoming, &mut |_| ());
            let known = known.map_err(|(reading, error)| {
                if reading {
                    Error::reading(path, error)
                } else {
                    Error::writing(self.dir(), &error)
                }
            })?;
            incoming.finish()?;
            let (name, title) = (table.name.clone(), table.title.clone());
            let (sha256, bytes, rows) = (known.sha256, known.bytes, table.rows);
            tables.push((Table { name, title, sha256, bytes, rows }, incoming));
        }
        Ok(tables)
    }
}

/// Writes a run, its findings, and what they supersede.
fn record(
    writer: &mut Writer<'_>,
    dir: &Path,
    new: NewRun,
    incoming: Vec<(Table, Incoming)>,
) -> Result<(Recorded, Vec<PathBuf>)> {
    let (mut tables, mut marks) = (Vec::new(), Vec::new());
    for (table, incoming) in incoming {
        if !dir.join(Shelf::Tables.place(&table.sha256)).exists() {
            marks.push(incoming.settle(dir, Shelf::Tables, &table.sha256)?);
        }
        tables.push(table);
    }
    for input in &new.inputs {
        if input.kind != Kind::Evidence {
            return Err(Error::invalid("an input", "evidence such as E1", &input.to_string()));
        }
        writer.must_have(*input)?;
    }
    let identity = identity(&new.command, &new.inputs);
    let earlier = earlier(writer, &identity)?;
    let run = Run {
        id: writer.make(Kind::Run)?,
        command: new.command,
        parameters: new.parameters,
        tool: new.tool,
        inputs: new.inputs,
        time: writer.stamp.now,
        by: writer.stamp.by.clone(),
        method: new.method,
        tables,
        picture: new.picture,
        superseded_by: None,
    };
    let mut content = content(&run)?;
    if let Value::Object(fields) = &mut content {
        fields.insert("identity".to_owned(), Value::String(identity));
    }
    writer.append("record run", Some(run.id), &content)?;
    let mut findings = Vec::new();
    let mut by_subject = BTreeMap::new();
    for new in new.findings {
        let subject = (new.kind.clone(), new.subject.clone());
        let finding = finding(writer, run.id, new)?;
        by_subject.insert(subject, finding.id);
        findings.push(finding.id);
    }
    let mut superseded = Vec::new();
    for old in earlier {
        superseded.push(old);
        superseded.extend(supersede(writer, old, run.id, &by_subject)?);
    }
    Ok((Recorded { run: run.id, findings, superseded }, marks))
}

/// Writes one finding.
fn finding(writer: &mut Writer<'_>, run: Ref, new: NewFinding) -> Result<Finding> {
    let mut seen = BTreeSet::new();
    for place in &new.evidence {
        if seen.insert(place.evidence) {
            writer.must_have(place.evidence)?;
        }
    }
    let finding = Finding {
        id: writer.make(Kind::Finding)?,
        run,
        kind: new.kind,
        subject: new.subject,
        statement: new.statement,
        measures: new.measures,
        confidence: new.confidence,
        evidence: new.evidence,
        evidence_left_out: new.evidence_left_out,
        accounts: new.accounts,
        techniques: new.techniques,
        observed: new.observed,
        beside: new.beside,
        innocent: new.innocent,
        tables: new.tables,
        period: new.period,
        decision: Decision::default(),
        superseded_by: None,
    };
    writer.append("record finding", Some(finding.id), &content(&finding)?)?;
    Ok(finding)
}

/// Says that `old` and its findings have later ones in their place: the finding of the same kind and
/// subject, or the run where there is none. Gives the findings.
fn supersede(
    writer: &mut Writer<'_>,
    old: Ref,
    run: Ref,
    by_subject: &BTreeMap<(String, String), Ref>,
) -> Result<Vec<Ref>> {
    let statement = sql("SELECT finding.number, body ->> '$.kind', body ->> '$.subject' \
                         FROM finding JOIN made ON made.letter = 'F' AND made.number = finding.number \
                         JOIN content USING (entry) WHERE run = ? ORDER BY finding.number");
    let rows = writer.db.rows(statement.bind(crate::writer::signed(old.number)?))?;
    let (mut pairs, mut findings) = (Vec::new(), Vec::new());
    for row in rows {
        let finding = Ref::new(Kind::Finding, count(&row, 0)?);
        let subject = (text(&row, 1)?, text(&row, 2)?);
        pairs.push((finding, *by_subject.get(&subject).unwrap_or(&run)));
        findings.push(finding);
    }
    writer.append("supersede", Some(old), &json!({ "run": old, "by": run, "findings": pairs }))?;
    Ok(findings)
}

/// Runs of the same analysis that nothing took the place of yet.
fn earlier(writer: &mut Writer<'_>, identity: &str) -> Result<Vec<Ref>> {
    let statement = sql("SELECT number FROM run WHERE identity = ? AND superseded_by IS NULL \
                         ORDER BY number");
    let rows = writer.db.rows(statement.bind(identity.to_owned()))?;
    rows.iter().map(|row| Ok(Ref::new(Kind::Run, count(row, 0)?))).collect()
}

/// What makes two runs the same analysis: the command and the set of inputs.
fn identity(command: &str, inputs: &[Ref]) -> String {
    let inputs: BTreeSet<Ref> = inputs.iter().copied().collect();
    let inputs: Vec<String> = inputs.iter().map(ToString::to_string).collect();
    let mut fields = vec![command];
    fields.extend(inputs.iter().map(String::as_str));
    sha256(&netstrings(&fields))
}

/// A record without what later records say of it.
pub(crate) fn content(record: &impl Serialize) -> Result<Value> {
    let mut value =
        serde_json::to_value(record).map_err(|error| Error::damaged("a record", error))?;
    if let Value::Object(fields) = &mut value {
        fields.remove("decision");
        fields.remove("superseded_by");
    }
    Ok(value)
}

/// Refuses what could not be read back, or would be ambiguous.
fn check(new: &NewRun) -> Result<()> {
    if new.command.trim().is_empty() {
        return Err(Error::invalid("the command", "its name", &new.command));
    }
    let mut subjects = BTreeSet::new();
    for finding in &new.findings {
        if !subjects.insert((&finding.kind, &finding.subject)) {
            let expected = "one finding of each kind for a subject";
            return Err(Error::invalid("the findings", expected, &finding.subject));
        }
        for measure in &finding.measures {
            let (least, most) = measure.interval.unwrap_or_default();
            finite(&format!("the measure {}", measure.name), &[measure.value, least, most])?;
        }
    }
    let mut names = BTreeSet::new();
    for table in &new.tables {
        if !names.insert(&table.name) {
            return Err(Error::invalid("the tables", "one table of each name", &table.name));
        }
    }
    let Some(picture) = &new.picture else { return Ok(()) };
    for node in &picture.nodes {
        finite(&format!("the place of {}", node.key), &[node.x, node.y, node.size])?;
    }
    picture.edges.iter().try_for_each(|edge| finite("the weight of an edge", &[edge.weight]))
}

/// Refuses numbers that JSON cannot write.
pub(crate) fn finite(field: &str, numbers: &[f64]) -> Result<()> {
    match numbers.iter().find(|number| !number.is_finite()) {
        Some(number) => Err(Error::invalid(field, "a finite number", &number.to_string())),
        None => Ok(()),
    }
}

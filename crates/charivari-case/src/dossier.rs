//! A whole case, or as much of it as there is room for, in the order in which reports read it.

use std::collections::{BTreeMap, BTreeSet};

use charivari_model::Timestamp;
use charivari_model::case::{
    Actor, Assessment, Decision, Dossier, Evidence, Finding, Kind, Left, Link, Rate, Ref, Ruling,
    Run,
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use sqlx::sqlite::SqliteRow;

use crate::db::{Db, Statement, count, integer, integer_or_none, sql, text, text_or_none};
use crate::writer::{self, signed};
use crate::{Case, Error, Result, check_claims};

/// What of a case is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// How many findings at most: accepted ones first, then open, then rejected ones, each kind in the
    /// order of their numbers. What there was no room for is counted.
    pub findings: usize,
    /// How many pieces of evidence at most: first those that the findings and runs lead to.
    pub evidence: usize,
    /// Findings with which rulings; the others are left out on purpose, and not counted.
    pub include: Vec<Ruling>,
    /// Whether also those that later ones took the place of, at the end.
    pub superseded: bool,
}

impl Wanted {
    /// Everything.
    #[must_use]
    pub fn everything() -> Self {
        let include = vec![Ruling::Accepted, Ruling::Open, Ruling::Rejected];
        Self { findings: usize::MAX, evidence: usize::MAX, include, superseded: true }
    }
}

impl Default for Wanted {
    /// What stands or is open, as far as a person reads it.
    fn default() -> Self {
        let include = vec![Ruling::Accepted, Ruling::Open];
        Self { findings: 500, evidence: 1_000, include, superseded: false }
    }
}

/// Rulings by how they are kept, the accepted ones first.
pub(crate) const STANDINGS: [Ruling; 3] = [Ruling::Accepted, Ruling::Open, Ruling::Rejected];

impl Case {
    /// The case as reports and exporters read it, at one head of its log.
    ///
    /// # Errors
    /// `E0624` where a record cannot be understood, and what keeps the database from being read.
    pub fn dossier(&mut self, wanted: &Wanted) -> Result<Dossier> {
        // One transaction, so that a write beside it shows as a whole or not at all.
        self.db.run_all("BEGIN".to_owned())?;
        let read = self.read_all(wanted);
        self.db.run_all("COMMIT".to_owned())?;
        read
    }

    fn read_all(&mut self, wanted: &Wanted) -> Result<Dossier> {
        let head = self.head()?;
        let db = &mut self.db;
        let mut left = Left::default();
        let findings = findings(db, wanted, &mut left)?;
        let runs = runs(db, wanted, &findings)?;
        let evidence = evidence(db, wanted, &findings, &runs, &mut left)?;
        let claims = all(db, Kind::Claim)?;
        let rates = rates(db)?;
        let standing: Vec<Finding> = findings.iter().filter(|one| stands(one)).cloned().collect();
        let checks = check_claims(&claims, &standing, &rates);
        Ok(Dossier {
            head,
            evidence,
            runs,
            findings,
            claims,
            checks,
            links: spoken(db, "link")?,
            events: all(db, Kind::Event)?,
            notes: all(db, Kind::Note)?,
            actors: actors(db)?,
            rates,
            assessment: spoken::<Assessment>(db, "assess")?.pop(),
            left,
        })
    }

    /// The links between records, in the order in which they were made.
    ///
    /// # Errors
    /// What keeps the database from being read.
    pub fn links(&mut self) -> Result<Vec<Link>> {
        spoken(&mut self.db, "link")
    }

    /// The finding of that number with what was decided about it.
    ///
    /// # Errors
    /// `E0610` where there is none, and what keeps the database from being read.
    pub fn finding(&mut self, finding: Ref) -> Result<Finding> {
        let statement = sql(FINDING_OF).bind(signed(finding.number)?);
        let row = self.db.row(statement)?.filter(|_| finding.kind == Kind::Finding);
        let row = row.ok_or_else(|| Error::NoRecord { what: format!("finding {finding}") })?;
        finding_of(&row)
    }

    /// The evidence of that number.
    ///
    /// # Errors
    /// `E0610` where there is none, and what keeps the database from being read.
    pub fn evidence(&mut self, evidence: Ref) -> Result<Evidence> {
        let body = writer::record(&mut self.db, evidence)?;
        let body = body.filter(|_| evidence.kind == Kind::Evidence);
        let body = body.ok_or_else(|| Error::NoRecord { what: format!("evidence {evidence}") })?;
        parse(&body, evidence)
    }
}

/// Whether a finding is one that claims are compared with.
fn stands(finding: &Finding) -> bool {
    finding.superseded_by.is_none() && finding.decision.ruling != Ruling::Rejected
}

/// A record from its content.
pub(crate) fn parse<T: DeserializeOwned>(body: &str, what: impl std::fmt::Display) -> Result<T> {
    serde_json::from_str(body).map_err(|error| Error::damaged(what, error))
}

/// All records of a kind whose content is all there is to them.
pub(crate) fn all<T: DeserializeOwned>(db: &mut Db, kind: Kind) -> Result<Vec<T>> {
    let statement = sql("SELECT made.number, body FROM made JOIN content USING (entry) \
                         WHERE letter = ? ORDER BY made.number");
    let rows = db.rows(statement.bind(kind.letter().to_string()))?;
    rows.iter().map(|row| parse(&text(row, 1)?, Ref::new(kind, count(row, 0)?))).collect()
}

/// The contents of all entries of one action.
pub(crate) fn spoken<T: DeserializeOwned>(db: &mut Db, action: &'static str) -> Result<Vec<T>> {
    let statement = sql("SELECT number, body FROM log JOIN content ON entry = number \
                         WHERE action = ? ORDER BY number");
    let rows = db.rows(statement.bind(action))?;
    let what = |row: &SqliteRow| Ok::<_, Error>(format!("log entry {}", count(row, 0)?));
    rows.iter().map(|row| parse(&text(row, 1)?, what(row)?)).collect()
}

/// What one finding is made of: number, standing, entry of the decision, what took its place, content,
/// and time, name and content of the decision.
const FINDING_OF: &str = "SELECT finding.number, standing, superseded_by, content.body, \
     log.time, log.by, ruling.body \
     FROM finding JOIN made ON made.letter = 'F' AND made.number = finding.number \
     JOIN content ON content.entry = made.entry \
     LEFT JOIN log ON log.number = decided LEFT JOIN content AS ruling ON ruling.entry = decided \
     WHERE finding.number = ?";

/// The same for many findings of one standing.
const FINDINGS_OF: &str = "SELECT finding.number, standing, superseded_by, content.body, \
     log.time, log.by, ruling.body \
     FROM finding JOIN made ON made.letter = 'F' AND made.number = finding.number \
     JOIN content ON content.entry = made.entry \
     LEFT JOIN log ON log.number = decided LEFT JOIN content AS ruling ON ruling.entry = decided \
     WHERE (superseded_by IS NOT NULL) = ? AND standing = ? ORDER BY finding.number LIMIT ?";

/// A finding from a row of [`FINDING_OF`].
pub(crate) fn finding_of(row: &SqliteRow) -> Result<Finding> {
    let id = Ref::new(Kind::Finding, count(row, 0)?);
    let standing = usize::try_from(integer(row, 1)?).ok().and_then(|at| STANDINGS.get(at));
    let ruling = *standing.ok_or_else(|| Error::damaged(id, "an unknown ruling"))?;
    let mut value: Value = parse(&text(row, 3)?, id)?;
    let decision = match text_or_none(row, 6)? {
        None => Decision::default(),
        Some(body) => {
            let said: Value = parse(&body, format!("the decision on {id}"))?;
            let reason = said.get("reason").and_then(Value::as_str).unwrap_or_default().to_owned();
            let time = integer_or_none(row, 4)?.map(Timestamp);
            let by = text_or_none(row, 5)?.unwrap_or_default();
            Decision { ruling, reason, by, time }
        }
    };
    if let Value::Object(fields) = &mut value {
        fields.insert("decision".to_owned(), json!(decision));
        fields.insert("superseded_by".to_owned(), json!(text_or_none(row, 2)?));
    }
    serde_json::from_value(value).map_err(|error| Error::damaged(id, error))
}

/// The findings that are wanted, in their order.
fn findings(db: &mut Db, wanted: &Wanted, left: &mut Left) -> Result<Vec<Finding>> {
    let mut findings = Vec::new();
    for superseded in if wanted.superseded { &[false, true][..] } else { &[false] } {
        for (standing, ruling) in STANDINGS.iter().enumerate() {
            if !wanted.include.contains(ruling) {
                continue;
            }
            let bound = |statement: Statement| {
                statement.bind(i64::from(*superseded)).bind(i64::try_from(standing).unwrap_or(0))
            };
            let room = i64::try_from(wanted.findings - findings.len()).unwrap_or(i64::MAX);
            let rows = db.rows(bound(sql(FINDINGS_OF)).bind(room))?;
            let all = if *superseded {
                db.number(bound(sql("SELECT count(*) FROM finding \
                                     WHERE (superseded_by IS NOT NULL) = ? AND standing = ?")))?
            } else {
                tally(db, &format!("standing {standing}"))?
            };
            left.findings += all.unsigned_abs().saturating_sub(rows.len() as u64);
            for row in &rows {
                findings.push(finding_of(row)?);
            }
        }
    }
    Ok(findings)
}

/// How many there are of something that is counted as it comes in.
pub(crate) fn tally(db: &mut Db, name: &str) -> Result<i64> {
    db.number(sql("SELECT count FROM tally WHERE name = ?").bind(name.to_owned()))
}

/// The runs that stand, and those of the findings.
fn runs(db: &mut Db, wanted: &Wanted, findings: &[Finding]) -> Result<Vec<Run>> {
    let named: BTreeSet<Ref> = findings.iter().map(|finding| finding.run).collect();
    let rows = db.rows(sql("SELECT run.number, superseded_by, body FROM run \
                            JOIN made ON letter = 'R' AND made.number = run.number \
                            JOIN content USING (entry) ORDER BY run.number"))?;
    let mut runs = Vec::new();
    for row in &rows {
        let id = Ref::new(Kind::Run, count(row, 0)?);
        let later = text_or_none(row, 1)?;
        if later.is_some() && !wanted.superseded && !named.contains(&id) {
            continue;
        }
        let mut run: Run = parse(&text(row, 2)?, id)?;
        let later = later.map(|later| later.parse()).transpose();
        run.superseded_by = later.map_err(|met| Error::damaged(id, met))?;
        runs.push(run);
    }
    Ok(runs)
}

/// The evidence that there is room for: first what findings and runs lead to.
fn evidence(
    db: &mut Db,
    wanted: &Wanted,
    findings: &[Finding],
    runs: &[Run],
    left: &mut Left,
) -> Result<Vec<Evidence>> {
    let most = db.number(sql("SELECT count(*) FROM evidence"))?.unsigned_abs();
    let room = wanted.evidence as u64;
    if most <= room {
        return all(db, Kind::Evidence);
    }
    left.evidence = most - room;
    let places = findings.iter().flat_map(|finding| &finding.evidence);
    let named = places.map(|place| place.evidence);
    let named = named.chain(runs.iter().flat_map(|run| run.inputs.iter().copied()));
    // Records are numbered without gaps, so that the rest is simply the first ones.
    let rest = (1..=most).map(|number| Ref::new(Kind::Evidence, number));
    let mut chosen = BTreeSet::new();
    for id in named.chain(rest) {
        if chosen.len() >= wanted.evidence {
            break;
        }
        chosen.insert(id);
    }
    let mut evidence = Vec::with_capacity(chosen.len());
    for id in chosen {
        if let Some(body) = writer::record(db, id)? {
            evidence.push(parse(&body, id)?);
        }
    }
    Ok(evidence)
}

/// The parties, each with its latest reply.
pub(crate) fn actors(db: &mut Db) -> Result<Vec<Actor>> {
    let mut actors: Vec<Actor> = all(db, Kind::Actor)?;
    for reply in spoken::<Value>(db, "reply")? {
        let field = |name: &str| reply.get(name).and_then(Value::as_str).unwrap_or_default();
        if let Some(actor) = actors.iter_mut().find(|one| one.id.to_string() == field("actor")) {
            field("reply").clone_into(&mut actor.reply);
        }
    }
    Ok(actors)
}

/// The rates, the latest price of each day, units and source.
fn rates(db: &mut Db) -> Result<Vec<Rate>> {
    let mut tables = Vec::new();
    for mut content in spoken::<BTreeMap<String, Vec<Rate>>>(db, "supply rates")? {
        tables.extend(content.remove("rates").unwrap_or_default());
    }
    Ok(latest_rates(tables))
}

/// The latest price of each day, units and source.
pub(crate) fn latest_rates(rates: Vec<Rate>) -> Vec<Rate> {
    let mut latest = BTreeMap::new();
    for rate in rates {
        let key =
            (rate.unit.clone(), rate.price_unit.clone(), rate.day.clone(), rate.source.clone());
        latest.insert(key, rate);
    }
    latest.into_values().collect()
}

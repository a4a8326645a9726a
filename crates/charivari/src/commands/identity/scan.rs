//! `charivari identity scan`: accounts that are like a protected one.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use charivari_case::NewFinding;
use charivari_identity::Account;
use charivari_identity::picture::Form;
use charivari_identity::protected::{Protected, Roster};
use charivari_identity::scan::{About, Found, Scanner};
use charivari_identity::score::{PictureSign, threshold, weights};
use charivari_model::Confidence;
use charivari_model::case::{self as model, Beside, Measure, Method};
use charivari_text::show::{shorten, visible};
use serde::Serialize;

use super::case::{Into, tagged};
use super::profiles::{Profile, Read};
use super::{pictures, profiles, protect, tables};
use crate::cli::identity::Scan;
use crate::failure::{Failure, Result};
use crate::output::Folder;
use crate::term;

/// How far below the threshold leads are listed in the table.
const LEADS: f64 = 4.0;

/// So many findings are shown in the terminal; all stand in the table.
const SHOWN: usize = 20;

/// One row of `identity.json`.
#[derive(Serialize)]
struct Row<'r> {
    account: String,
    handle: Option<&'r str>,
    name: Option<&'r str>,
    protected: &'r str,
    #[serde(flatten)]
    found: &'r Found,
    probability: f64,
    finding: bool,
}

/// `identity.json`.
#[derive(Serialize)]
struct Summary<'r> {
    prior: f64,
    threshold: f64,
    accounts: u64,
    genuine: u64,
    protected: usize,
    compared: u64,
    false_alarms_expected_at_most: f64,
    common_pictures: u64,
    rows: Vec<Row<'r>>,
}

pub(crate) fn run(args: &Scan, threads: usize) -> Result<()> {
    let roster = protect::read(&args.protected)?;
    if roster.protected.is_empty() {
        return Err(Failure::nothing(
            "E0826: nobody is protected by this file; add someone with charivari identity protect",
        ));
    }
    let read = profiles::read(&args.run.inputs, &args.run.reading, threads)?;
    let accounts: Vec<Account<'_>> = read.profiles.iter().map(Profile::account).collect();
    let about = about(args, &read, &roster)?;
    let least = threshold(args.prior);
    let scan = Scanner::new(&roster).scan(&accounts, &about, least - LEADS);
    let pairs = scan.accounts as f64 * roster.protected.len() as f64;
    let rows = scan.found.iter().map(|found| {
        let profile = &read.profiles[found.account as usize];
        Row {
            account: profile.key(),
            handle: profile.handle.as_deref(),
            name: profile.name.as_deref(),
            protected: &roster.protected[found.protected as usize].id,
            found,
            probability: found.score.probability(args.prior),
            finding: found.score.total >= least,
        }
    });
    let summary = Summary {
        prior: args.prior,
        threshold: least,
        accounts: scan.accounts,
        genuine: scan.genuine,
        protected: roster.protected.len(),
        compared: scan.compared,
        false_alarms_expected_at_most: weights::false_alarms(least, pairs),
        common_pictures: scan.common_pictures,
        rows: rows.collect(),
    };
    let folder = args.run.output.as_deref().map(Folder::open).transpose()?;
    if let Some(folder) = &folder {
        tables::json(folder, "identity.json", &summary)?;
        tables::csv(folder, "identity.csv", HEADER, &cells(&summary))?;
    }
    if args.run.json {
        term::line(tables::text(&summary)?.trim_end())?;
    } else {
        term::line(&told(&summary))?;
    }
    keep(args, &roster, (&read, &about), &summary, folder.as_ref())
}

const HEADER: &[&str] = &[
    "account",
    "handle",
    "name",
    "protected",
    "score",
    "probability",
    "finding",
    "level",
    "reasons",
    "innocent",
];

fn cells(summary: &Summary<'_>) -> Vec<Vec<String>> {
    let rows = summary.rows.iter().map(|row| {
        let shown = |text: Option<&str>| visible(text.unwrap_or_default()).into_owned();
        vec![
            visible(&row.account).into_owned(),
            shown(row.handle),
            shown(row.name),
            row.protected.to_owned(),
            format!("{:.2}", row.found.score.total),
            format!("{:.4}", row.probability),
            row.finding.to_string(),
            row.found.evidence.level().map_or("", |level| level.words()).to_owned(),
            reasons(row.found, usize::MAX).join("; "),
            innocent(row.found).join(" "),
        ]
    });
    rows.collect()
}

/// The reasons of a score, the weightiest first, each with what it adds.
fn reasons(found: &Found, most: usize) -> Vec<String> {
    let parts = found.score.parts.iter().filter(|part| !part.reason.is_empty());
    parts.take(most).map(|part| format!("{} ({:+.1})", part.reason, part.weight)).collect()
}

fn innocent(found: &Found) -> Vec<String> {
    let all = found.innocent.iter().map(|other| {
        if other.signs.is_empty() {
            other.meaning.to_owned()
        } else {
            format!("{} For it speaks: {}.", other.meaning, other.signs.join("; "))
        }
    });
    all.collect()
}

/// What is known of event, pictures and answers.
fn about(args: &Scan, read: &Read, roster: &Roster) -> Result<About> {
    let event = args.event.as_deref().map(day).transpose()?;
    let mut about = About {
        event,
        pictures: pictures::read(&args.pictures, &read.profiles)?,
        has_replies: !read.answers.is_empty(),
        ..About::default()
    };
    for (who, entry) in roster.protected.iter().enumerate() {
        for (account, count) in readers(read, entry) {
            about.readers.insert((account, who as u32), count);
        }
    }
    Ok(about)
}

/// For each account: how many it answered of those who answered a genuine account.
fn readers(read: &Read, entry: &Protected) -> Vec<(u32, u32)> {
    let is_genuine = |profile: &Profile| {
        let handle = profile.handle.as_deref().unwrap_or_default().trim_start_matches('@');
        entry.has_handle(&profile.platform, handle)
            || entry.has_handle(&profile.platform, &profile.id)
    };
    let genuine: BTreeSet<String> =
        read.profiles.iter().filter(|profile| is_genuine(profile)).map(Profile::key).collect();
    if genuine.is_empty() {
        return Vec::new();
    }
    let answered = read.answers.iter().filter(|(_, whom)| genuine.contains(whom));
    let public: BTreeSet<&str> = answered.map(|(who, _)| who.as_str()).collect();
    let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
    for (who, _) in read.answers.iter().filter(|(_, whom)| public.contains(whom.as_str())) {
        *counts.entry(who).or_default() += 1;
    }
    let numbered = read.profiles.iter().enumerate();
    numbered
        .filter_map(|(n, profile)| Some((n as u32, *counts.get(profile.key().as_str())?)))
        .collect()
}

/// The beginning of a day, in microseconds since the epoch.
fn day(text: &str) -> Result<i64> {
    let date: jiff::civil::Date = text.parse().map_err(|_| {
        Failure::usage(format!("E0827: --event {text}: a day such as 2023-01-04 is expected"))
    })?;
    let zoned = date.to_zoned(jiff::tz::TimeZone::UTC).map_err(Failure::fault)?;
    Ok(zoned.timestamp().as_microsecond())
}

fn told(summary: &Summary<'_>) -> String {
    let findings: Vec<&Row<'_>> = summary.rows.iter().filter(|row| row.finding).collect();
    let mut text = format!(
        "{} accounts against {} protected: {} are more likely pretenders than not, at a prior of {:.0e}.\n\
         At this threshold at most {:.2} false alarms are to be expected in this file. {} weaker leads.\n",
        summary.accounts,
        summary.protected,
        findings.len(),
        summary.prior,
        summary.false_alarms_expected_at_most,
        summary.rows.len() - findings.len(),
    );
    for row in findings.iter().take(SHOWN) {
        let name = visible(&shorten(row.name.unwrap_or_default(), 60)).into_owned();
        let handle = visible(&shorten(row.handle.unwrap_or(&row.account), 60)).into_owned();
        let _ = writeln!(
            text,
            "\n{name} (@{handle}) like {}: score {:.1}, probability {:.3} at this prior",
            row.protected, row.found.score.total, row.probability
        );
        for reason in reasons(row.found, 5) {
            let _ = writeln!(text, "  {reason}");
        }
        if let Some(first) = innocent(row.found).first() {
            let _ = writeln!(text, "  But: {first}");
        }
    }
    if findings.len() > SHOWN {
        let _ = writeln!(text, "\n{} more stand in identity.csv (-o DIR).", findings.len() - SHOWN);
    }
    text.trim_end().to_owned()
}

fn keep(
    args: &Scan,
    roster: &Roster,
    (read, about): (&Read, &About),
    summary: &Summary<'_>,
    folder: Option<&Folder>,
) -> Result<()> {
    let paths: Vec<_> = args.run.inputs.iter().collect();
    let Some(into) = Into::open(&paths, &read.parts, &args.run.keep)? else { return Ok(()) };
    super::case::keep_file(&args.protected, &args.run.keep, super::case::ROSTER)?;
    let findings = summary.rows.iter().filter(|row| row.finding);
    let findings: Vec<NewFinding> = findings
        .map(|row| NewFinding {
            beside: side_by_side(row.found, roster, (read, about)),
            ..finding(row, roster, read, summary, &into, folder.is_some())
        })
        .collect();
    let parameters =
        [("prior", format!("{:e}", args.prior)), ("event", args.event.clone().unwrap_or_default())];
    let parameters = parameters.map(|(name, value)| (name.to_owned(), value)).to_vec();
    let method = Method {
        steps: vec![
            "Names and handles were compared under skeletons of confusable characters, and by order, \
             script, additions and edits."
                .to_owned(),
            "All signs were weighed into one log likelihood ratio, whose weights come from pairs made by \
             hand and simulated ordinary accounts."
                .to_owned(),
        ],
        limits: vec![format!(
            "At most {:.2} false alarms are to be expected among these accounts.",
            summary.false_alarms_expected_at_most
        )],
    };
    let table = folder.map(|folder| {
        (
            folder,
            "identity.csv",
            "Accounts that are like a protected one, with reasons.",
            summary.rows.len(),
        )
    });
    into.record("identity scan", parameters, method, findings, table)
}

/// What the account shows beside what the protected one does.
fn side_by_side(found: &Found, roster: &Roster, (read, about): (&Read, &About)) -> Vec<Beside> {
    let entry = &roster.protected[found.protected as usize];
    let account = read.profiles[found.account as usize].account();
    let print = about.pictures.get(found.account as usize).and_then(Option::as_ref);
    charivari_identity::beside(entry, &account, &found.evidence, print)
}

fn finding(
    row: &Row<'_>,
    roster: &Roster,
    read: &Read,
    summary: &Summary<'_>,
    into: &Into,
    has_table: bool,
) -> NewFinding {
    let entry = &roster.protected[row.found.protected as usize];
    let profile = &read.profiles[row.found.account as usize];
    let name = visible(&shorten(row.name.unwrap_or_default(), 80)).into_owned();
    let why = reasons(row.found, 3).join("; ");
    NewFinding {
        kind: "identity.impersonation".to_owned(),
        subject: format!("{} as {}", row.account, row.protected),
        statement: format!("The account {name} ({}) is like {}: {why}.", row.account, entry.name()),
        measures: measures(row, summary),
        confidence: if row.found.score.parts.len() > 4 {
            Confidence::Moderate
        } else {
            Confidence::Low
        },
        evidence: into
            .locator(profile.input, profile.row, &row.account, row.name.unwrap_or_default())
            .into_iter()
            .collect(),
        accounts: vec![model::Account {
            key: row.account.clone(),
            handle: row.handle.map(str::to_owned),
            name: row.name.map(str::to_owned),
            why,
            policy: Some("impersonation".to_owned()),
        }],
        techniques: techniques(row),
        innocent: innocent(row.found),
        tables: if has_table { vec!["identity.csv".to_owned()] } else { Vec::new() },
        ..NewFinding::default()
    }
}

/// The score with its parts, and what the pictures say.
fn measures(row: &Row<'_>, summary: &Summary<'_>) -> Vec<Measure> {
    let exact = |name: &str, value: f64| Measure { value, ..Measure::count(name, 0, "") };
    let mut measures = vec![
        exact("log likelihood ratio", row.found.score.total),
        exact("probability", row.probability),
        exact("prior of the probability", summary.prior),
        exact("false alarms to expect at most", summary.false_alarms_expected_at_most),
    ];
    measures.extend(row.found.score.parts.iter().map(|part| exact(part.name, part.weight)));
    if let PictureSign::Same(form, distance) = row.found.evidence.picture {
        let bits = u64::from(distance);
        measures.push(Measure::count("bits in which the pictures differ", bits, "bits"));
        let turned = u64::from(form != Form::Original);
        measures.push(Measure::count("picture turned or mirrored", turned, ""));
    }
    measures
}

/// The techniques that it shows.
fn techniques(row: &Row<'_>) -> Vec<model::Tagged> {
    let same = matches!(row.found.evidence.picture, PictureSign::Same(..));
    let all = [
        tagged("T0143.003", "Impersonated Persona", "it shows itself as someone whom it is not"),
        tagged("T0146.005", "Lookalike Account ID", "its name or handle is like a genuine one"),
        same.then(|| tagged("T0145.001", "Copy Account Imagery", "it shows a genuine picture"))
            .flatten(),
    ];
    all.into_iter().flatten().collect()
}

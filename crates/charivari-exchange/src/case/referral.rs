//! What a platform needs to look into accounts itself.
//!
//! # What it is
//! A table for people, `referral.csv`, and the same for programs, `referral.json`: one entry for
//! each account and finding, grouped by platform.
//!
//! # Who reads it
//! The integrity team of the platform, who see what no outsider can, and decide.
//!
//! # What goes in
//! The account, the finding and why it speaks of the account, the posts that show it with file and
//! row, the policy touched, the innocent explanations, how good the basis is, and the ruling.
//!
//! # What stays out
//! Who could be behind it: a platform needs no attribution to look at behaviour. What other
//! platforms' accounts are called stays in, so that the recipient can be given their part alone.
//!
//! # Source
//! The rules of [`crate::csv_table`]; ids stand with their platform before them, because a
//! spreadsheet rounds bare ones.

use std::io::Write;
use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch, StringArray};
use arrow_schema::{DataType, Field, Schema};
use charivari_model::case::{Account, Finding, Locator};
use serde_json::{Map, Value, json};

use super::outgoing::{Outgoing, Party, filled, is_of, split_key};
use super::summary;
use super::words::{Style, exact, locator_text, place_text, plain};
use super::{Exporter, File, write_json};
use crate::{ExchangeError, csv_table};

/// The referral.
pub(super) static REFERRAL: Exporter = Exporter {
    name: "referral",
    title: "Referral of accounts to their platforms",
    files: &[
        File { name: "referral.csv", make: write_csv },
        File { name: "referral.json", make: write_document },
    ],
};

/// The columns of the table.
const COLUMNS: [&str; 18] = [
    "platform",
    "account",
    "handle",
    "display_name",
    "finding",
    "statement",
    "why",
    "policy",
    "posts",
    "evidence",
    "evidence_left_out",
    "period",
    "techniques",
    "innocent_explanations",
    "confidence",
    "ruling",
    "marking",
    "synthetic",
];
/// Between the items of one cell.
const BETWEEN: &str = " | ";

/// The accounts by platform; keys begin with it, so that they are in its order already.
fn platforms<'o, 'a>(outgoing: &'o Outgoing<'a>) -> Vec<(&'a str, Vec<&'o Party<'a>>)> {
    let mut platforms: Vec<(&str, Vec<&Party<'_>>)> = Vec::new();
    let mut parties: Vec<&Party<'_>> = outgoing.accounts.iter().collect();
    parties.sort_by_key(|party| (split_key(party.key).0.unwrap_or_default(), party.key));
    for party in parties {
        let platform = split_key(party.key).0.unwrap_or_default();
        match platforms.last_mut() {
            Some((last, parties)) if *last == platform => parties.push(party),
            _ => platforms.push((platform, vec![party])),
        }
    }
    platforms
}

fn write_csv(outgoing: &Outgoing<'_>, out: &mut dyn Write) -> Result<u64, ExchangeError> {
    let mut columns: Vec<Vec<Option<String>>> = vec![Vec::new(); COLUMNS.len()];
    for (platform, parties) in platforms(outgoing) {
        for party in parties {
            for (finding, account) in &party.mentions {
                let cells = cells(outgoing, platform, party, finding, account);
                for (column, cell) in columns.iter_mut().zip(cells) {
                    column.push(cell);
                }
            }
        }
    }
    let fields: Vec<Field> =
        COLUMNS.iter().map(|name| Field::new(*name, DataType::Utf8, true)).collect();
    let schema = Arc::new(Schema::new(fields));
    let rows = columns.first().map_or(0, Vec::len) as u64;
    let arrays: Vec<ArrayRef> =
        columns.into_iter().map(|column| Arc::new(StringArray::from(column)) as ArrayRef).collect();
    let mut writer = csv_table::CsvWriter::new(out, &schema)?;
    if let Ok(batch) = RecordBatch::try_new(Arc::clone(&schema), arrays) {
        writer.write(&batch)?;
    }
    writer.finish()?;
    Ok(rows)
}

/// The cells of one row, in the order of [`COLUMNS`].
fn cells(
    outgoing: &Outgoing<'_>,
    platform: &str,
    party: &Party<'_>,
    finding: &Finding,
    account: &Account,
) -> [Option<String>; 18] {
    let posts = posts(finding, party.key);
    let list = |items: Vec<String>| (!items.is_empty()).then(|| items.join(BETWEEN));
    let each = |items: &[String]| list(items.iter().map(|item| plain(item)).collect());
    let text = |text: Option<&str>| filled(text).map(plain);
    let techniques = finding.techniques.iter();
    [
        filled(Some(platform)).map(exact),
        Some(account_cell(party.key)),
        filled(account.handle.as_deref()).or(party.handle).map(exact),
        text(account.name.as_deref().or(party.name)),
        Some(finding.id.to_string()),
        Some(summary::statement(finding, Style::Plain)),
        text(Some(&account.why)),
        text(account.policy.as_deref()),
        list(posts.iter().map(|one| locator_text(one, Style::Plain)).collect()),
        list(posts.iter().map(|one| file_text(outgoing, one)).collect()),
        Some(finding.evidence_left_out.to_string()),
        finding.period.map(|(from, to)| format!("{from} to {to}")),
        list(techniques.map(|one| format!("{} {}", one.technique, plain(&one.name))).collect()),
        each(&finding.innocent),
        Some(finding.confidence.word().to_owned()),
        Some(summary::ruling(finding, Style::Plain)),
        Some(party.tlp.label().to_owned()),
        Some(if outgoing.dossier.head.synthetic.is_some() { "true" } else { "false" }.to_owned()),
    ]
}

/// A key as a cell that no spreadsheet takes for a number, which it would round: one that names no
/// platform begins with the colon that otherwise stands behind it.
fn account_cell(key: &str) -> String {
    let is_bare = split_key(key).0.is_none() && !key.contains(char::is_alphabetic);
    if is_bare { format!(":{}", exact(key)) } else { exact(key) }
}

/// The posts of an account that a finding shows.
fn posts<'f>(finding: &'f Finding, key: &str) -> Vec<&'f Locator> {
    finding.evidence.iter().filter(|locator| is_of(locator, key)).collect()
}

/// The file and the row of a post, with the digest by which the file can be known again.
fn file_text(outgoing: &Outgoing<'_>, locator: &Locator) -> String {
    let place = place_text(locator, Style::Plain);
    match outgoing.evidence(locator.evidence) {
        Some(file) => format!("{place}, {} SHA-256 {}", exact(&file.name), exact(&file.sha256)),
        None => place,
    }
}

fn write_document(outgoing: &Outgoing<'_>, out: &mut dyn Write) -> Result<u64, ExchangeError> {
    let head = &outgoing.dossier.head;
    let mut entries = 0;
    let mut groups = Vec::new();
    for (platform, parties) in platforms(outgoing) {
        let mut accounts = Vec::new();
        for party in parties {
            entries += party.mentions.len() as u64;
            accounts.push(account_entry(outgoing, party));
        }
        groups.push(json!({"platform": exact(platform), "accounts": accounts}));
    }
    let document = json!({
        "format": "charivari-referral",
        "version": 1,
        "case": exact(&head.uuid),
        "title": plain(&head.title),
        "marking": outgoing.tlp.label(),
        "redaction": outgoing.options.redaction.word(),
        "synthetic": head.synthetic.as_deref().map(plain),
        "changed": head.changed.to_string(),
        "log_head": exact(&head.log_head),
        "tool": plain(&head.tool),
        "read_first": outgoing.caveats(Style::Plain),
        "platforms": groups,
    });
    write_json(&document, out)?;
    Ok(entries)
}

fn account_entry(outgoing: &Outgoing<'_>, party: &Party<'_>) -> Value {
    let (_, native) = split_key(party.key);
    let findings: Vec<Value> = party
        .mentions
        .iter()
        .map(|(finding, account)| finding_entry(outgoing, party, finding, account))
        .collect();
    json!({
        "account": exact(party.key),
        "account_id": exact(native),
        "handle": party.handle.map(exact),
        "display_name": party.name.map(plain),
        "marking": party.tlp.label(),
        "findings": findings,
    })
}

fn finding_entry(
    outgoing: &Outgoing<'_>,
    party: &Party<'_>,
    finding: &Finding,
    account: &Account,
) -> Value {
    let posts = posts(finding, party.key);
    let posts: Vec<Value> = posts.into_iter().map(|one| post_entry(outgoing, one)).collect();
    let each = |items: &[String]| items.iter().map(|item| plain(item)).collect::<Vec<_>>();
    let techniques = finding.techniques.iter().map(|one| one.technique.to_string());
    json!({
        "finding": finding.id.to_string(),
        "statement": summary::statement(finding, Style::Plain),
        "why": plain(&account.why),
        "policy": account.policy.as_deref().map(plain),
        "posts": posts,
        "evidence_left_out": finding.evidence_left_out,
        "period": finding.period.map(|(from, to)| [from.to_string(), to.to_string()]),
        "techniques": techniques.collect::<Vec<_>>(),
        "innocent_explanations": each(&finding.innocent),
        "confidence": finding.confidence.word(),
        "ruling": finding.decision.ruling.word(),
        "ruling_in_full": summary::ruling(finding, Style::Plain),
    })
}

fn post_entry(outgoing: &Outgoing<'_>, locator: &Locator) -> Value {
    let mut entry = Map::new();
    let mut set = |name: &str, value: Value| drop(entry.insert(name.to_owned(), value));
    set("evidence", json!(locator.evidence.to_string()));
    set("row", json!(locator.row));
    set("part", json!(locator.part.as_deref().map(exact)));
    set("post", json!(locator.post.as_deref().map(exact)));
    set("time", json!(locator.time.map(|time| time.to_string())));
    set("words", json!(filled(Some(&locator.excerpt)).map(plain)));
    if let Some(file) = outgoing.evidence(locator.evidence) {
        set("file", json!(exact(&file.name)));
        set("sha256", json!(exact(&file.sha256)));
    }
    Value::Object(entry)
}

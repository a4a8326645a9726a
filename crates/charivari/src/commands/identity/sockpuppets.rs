//! `charivari identity sockpuppets`: signs of identity in groups that act together.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::Path;

use charivari_case::NewFinding;
use charivari_identity::Account;
use charivari_identity::sockpuppets::{self as groups_and_signs, Finding, Joint, Sign, joint};
use charivari_identity::stolen::{Settings, What, rings};
use charivari_model::case::{self as model, Method};

use super::case::{Into, keep_file, tagged};
use super::profiles::{Profile, Read};
use super::{pictures, profiles, tables};
use crate::cli::identity::Sockpuppets;
use crate::failure::{Failure, Result};
use crate::output::Folder;
use crate::term;

pub(crate) fn run(args: &Sockpuppets, threads: usize) -> Result<()> {
    let read = profiles::read(&args.run.inputs, &args.run.reading, threads)?;
    let accounts: Vec<Account<'_>> = read.profiles.iter().map(Profile::account).collect();
    let prints = pictures::read(&args.pictures, &read.profiles)?;
    let table = args.coordination.join("accounts.csv");
    let known = groups(&table)?;
    let group: Vec<Option<u32>> = read
        .profiles
        .iter()
        .map(|profile| known.get(&profile.key()).or_else(|| known.get(&profile.id)).copied())
        .collect();
    let signs = signs(&accounts, &prints);
    let found = joint(&group, &signs);
    let folder = args.run.output.as_deref().map(Folder::open).transpose()?;
    if let Some(folder) = &folder {
        tables::csv(folder, "sockpuppets.csv", HEADER, &cells(&found))?;
    }
    if args.run.json {
        term::line(tables::text(&found)?.trim_end())?;
    } else {
        term::line(&told(&group, &found))?;
    }
    let paths: Vec<_> = args.run.inputs.iter().collect();
    let Some(into) = Into::open(&paths, &read.parts, &args.run.keep)? else { return Ok(()) };
    keep_file(&table, &args.run.keep, "accounts.csv as charivari coordinate wrote it")?;
    let findings = groups_and_signs::findings(&group, &signs, &found);
    let findings =
        findings.iter().map(|one| finding(one, &read, &into, folder.is_some())).collect();
    let parameters = vec![(
        "coordination".to_owned(),
        args.coordination.file_name().unwrap_or_default().to_string_lossy().into_owned(),
    )];
    let written = folder.as_ref().map(|folder| {
        let title = "Groups that act together, and how many members share a sign of identity.";
        (folder, "sockpuppets.csv", title, found.len())
    });
    into.record("identity sockpuppets", parameters, method(), findings, written)
}

fn method() -> Method {
    Method {
        steps: vec![
            "Members of groups that act together were asked for pictures, names and bios that others \
             show too; how many have one was held against drawing as many from all accounts."
                .to_owned(),
        ],
        limits: vec![
            "The groups are those of another run, which is not repeated here; acting together and \
             looking alike do not say who is behind them."
                .to_owned(),
        ],
    }
}

fn finding(one: &Finding, read: &Read, into: &Into, has_table: bool) -> NewFinding {
    let members = one.accounts.iter().map(|account| &read.profiles[*account as usize]);
    let why = "members of one group share what belongs to one person";
    NewFinding {
        kind: groups_and_signs::KIND.to_owned(),
        subject: one.subject.clone(),
        statement: one.statement.clone(),
        measures: one.measures.clone(),
        confidence: one.confidence,
        evidence: members
            .clone()
            .filter_map(|profile| into.locator(profile.input, profile.row, &profile.key(), ""))
            .collect(),
        accounts: members
            .zip(&one.why)
            .map(|(profile, why)| model::Account {
                key: profile.key(),
                handle: profile.handle.clone(),
                name: profile.name.clone(),
                why: why.clone(),
                policy: Some("inauthentic identity".to_owned()),
            })
            .collect(),
        techniques: tagged("T0143.002", "Fabricated Persona", why).into_iter().collect(),
        innocent: one.innocent.clone(),
        tables: if has_table { vec!["sockpuppets.csv".to_owned()] } else { Vec::new() },
        ..NewFinding::default()
    }
}

fn told(group: &[Option<u32>], found: &[Joint]) -> String {
    let members = group.iter().flatten().count();
    let mut text = format!(
        "{} accounts, {members} of them in groups that act together; {} groups share signs of identity.",
        group.len(),
        found.len()
    );
    for joint in found.iter().take(20) {
        let _ = write!(
            text,
            "\n  group {}: {} of {} have {} (of all accounts {}); by chance once in {:.0}",
            joint.group,
            joint.members,
            joint.size,
            joint.sign,
            joint.all,
            1.0 / joint.p.max(1e-300)
        );
    }
    text
}

const HEADER: &[&str] = &["group", "sign", "members", "size", "all", "p"];

fn cells(found: &[Joint]) -> Vec<Vec<String>> {
    let row = |joint: &Joint| {
        vec![
            joint.group.to_string(),
            joint.sign.clone(),
            joint.members.to_string(),
            joint.size.to_string(),
            joint.all.to_string(),
            format!("{:e}", joint.p),
        ]
    };
    found.iter().map(row).collect()
}

/// The accounts that share a thing with others, for each kind of thing.
fn signs(
    accounts: &[Account<'_>],
    prints: &[Option<charivari_identity::picture::Print>],
) -> Vec<Sign> {
    let rings = rings(accounts, prints, Settings::default());
    let kinds = [
        (What::Picture, "a picture that others show too"),
        (What::Address, "the address of a picture that others show too"),
        (What::Name, "a name that others bear too"),
        (What::Bio, "a bio that others tell too"),
    ];
    let signs = kinds.into_iter().map(|(what, name)| {
        let of = rings.iter().filter(|ring| ring.what == what && !ring.common);
        let mut accounts: Vec<u32> = of.flat_map(|ring| ring.accounts.iter().copied()).collect();
        accounts.sort_unstable();
        accounts.dedup();
        Sign { name: name.to_owned(), accounts }
    });
    signs.filter(|sign| !sign.accounts.is_empty()).collect()
}

/// The group of each account in the table of `coordinate`.
fn groups(path: &Path) -> Result<HashMap<String, u32>> {
    let wrong = |why: String| {
        Failure::input(format!(
            "E0828: cannot read the groups in {}: {why}; name the folder that charivari coordinate wrote",
            path.display()
        ))
    };
    let mut reader = csv::Reader::from_path(path).map_err(|error| wrong(error.to_string()))?;
    let header = reader.headers().map_err(|error| wrong(error.to_string()))?.clone();
    let column = |name: &str| header.iter().position(|cell| cell == name);
    let (Some(account), Some(group)) = (column("account_id"), column("group")) else {
        return Err(wrong("it has no columns account_id and group".to_owned()));
    };
    let mut groups = HashMap::new();
    for row in reader.records() {
        let row = row.map_err(|error| wrong(error.to_string()))?;
        let cell = |place: usize| {
            charivari_exchange::csv_table::unguard(row.get(place).unwrap_or_default())
        };
        if let Ok(number) = cell(group).trim().parse() {
            groups.insert(cell(account).to_string(), number);
        }
    }
    Ok(groups)
}

//! `charivari identity sockpuppets`: signs of identity in groups that act together.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::Path;

use charivari_case::NewFinding;
use charivari_identity::Account;
use charivari_identity::sockpuppets::{Joint, Sign, joint};
use charivari_identity::stolen::{Settings, What, rings};

use charivari_model::Confidence;
use charivari_model::case::{self as model, Measure, Method};

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
    let found = joint(&group, &signs(&accounts, &prints));
    let folder = args.run.output.as_deref().map(Folder::open).transpose()?;
    if let Some(folder) = &folder {
        tables::csv(folder, "sockpuppets.csv", HEADER, &cells(&found))?;
    }
    if args.run.json {
        term::line(tables::text(&found)?.trim_end())?;
    } else {
        term::line(&told(&accounts, &group, &found))?;
    }
    keep(args, &read, &table, &group, &found, folder.as_ref())
}

fn told(accounts: &[Account<'_>], group: &[Option<u32>], found: &[Joint]) -> String {
    let members = group.iter().flatten().count();
    let mut text = format!(
        "{} accounts, {members} of them in groups that act together; {} groups share signs of identity.",
        accounts.len(),
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

/// Records what is no chance, even among all that was looked at.
fn keep(
    args: &Sockpuppets,
    read: &Read,
    table: &Path,
    group: &[Option<u32>],
    found: &[Joint],
    folder: Option<&Folder>,
) -> Result<()> {
    let paths: Vec<_> = args.run.inputs.iter().collect();
    let Some(into) = Into::open(&paths, &read.parts, &args.run.keep)? else { return Ok(()) };
    keep_file(table, &args.run.keep, "accounts.csv as charivari coordinate wrote it")?;
    let looked = found.len() as f64;
    let surprising = |joint: &&Joint| joint.p * looked <= ALPHA;
    let findings: Vec<NewFinding> = (found.iter().filter(surprising))
        .map(|joint| finding(joint, looked, read, group, &into, folder.is_some()))
        .collect();
    let method = Method {
        steps: vec![
            "For each group that acts together, members that share a picture, name or bio with other \
             accounts were counted, and how often so many would be met had members been drawn blindly \
             from all accounts (hypergeometric tail)."
                .to_owned(),
            format!(
                "Recorded is what chance gives at most once in {:.0} cases, all that was looked at \
                 counted (Bonferroni).",
                1.0 / ALPHA
            ),
        ],
        limits: vec![format!(
            "{} of {} pairs of group and sign are no more than chance may give, and were not recorded.",
            found.len() - findings.len(),
            found.len()
        )],
    };
    let rows = folder.map(|folder| {
        (folder, "sockpuppets.csv", "Signs of identity in groups that act together.", found.len())
    });
    into.record("identity sockpuppets", Vec::new(), method, findings, rows)
}

/// What chance may give once in a hundred runs is not recorded.
const ALPHA: f64 = 0.01;

fn finding(
    joint: &Joint,
    looked: f64,
    read: &Read,
    group: &[Option<u32>],
    into: &Into,
    has_table: bool,
) -> NewFinding {
    let Joint { group: number, sign, members, size, all, p } = joint;
    let of_group = read.profiles.iter().zip(group).filter(|(_, of)| **of == Some(*number));
    let why = "many of the group that it acts with show what belongs to others";
    NewFinding {
        kind: "identity.sockpuppets".to_owned(),
        subject: format!("group {number}: {sign}"),
        statement: format!(
            "Of the {size} accounts of group {number}, which act together, {members} have {sign}; among \
             all {} accounts {all} do. Chance alone gives so many at most once in {:.0}.",
            read.profiles.len(),
            (1.0 / (p * looked).max(1e-12)).round(),
        ),
        measures: vec![
            Measure::count("members with the sign", *members, "accounts"),
            Measure::count("members", *size, "accounts"),
            Measure::count("accounts with the sign", *all, "accounts"),
            Measure { value: (p * looked).min(1.0), ..Measure::count("p-value", 0, "") },
        ],
        confidence: Confidence::Moderate,
        evidence: of_group
            .clone()
            .filter_map(|(profile, _)| into.locator(profile.input, profile.row, &profile.key(), ""))
            .collect(),
        accounts: of_group
            .map(|(profile, _)| model::Account {
                key: profile.key(),
                handle: profile.handle.clone(),
                name: profile.name.clone(),
                why: why.to_owned(),
                policy: Some("inauthentic identity".to_owned()),
            })
            .collect(),
        techniques: tagged("T0143.002", "Fabricated Persona", why).into_iter().collect(),
        innocent: vec![
            "A club, a party or a newsroom acts together and shows one sign in common, openly."
                .to_owned(),
            "One person may have several accounts, which is lawful.".to_owned(),
        ],
        tables: if has_table { vec!["sockpuppets.csv".to_owned()] } else { Vec::new() },
        ..NewFinding::default()
    }
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

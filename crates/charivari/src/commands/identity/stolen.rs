//! `charivari identity stolen`: one picture, name or bio that several accounts use.

use charivari_case::NewFinding;
use charivari_identity::Account;
use charivari_identity::stolen::{Ring, Settings, What, rings};
use charivari_model::Confidence;
use charivari_model::case::{self as model, Measure, Method};
use charivari_text::show::{defang_text, shorten, visible};
use std::fmt::Write as _;

use super::case::{Into, tagged};
use super::profiles::{Profile, Read};
use super::{pictures, profiles, tables};
use crate::cli::identity::Stolen;
use crate::failure::Result;
use crate::output::Folder;
use crate::term;

/// So many rings become findings of a case; all stand in the table.
const FINDINGS: usize = 50;

pub(crate) fn run(args: &Stolen, threads: usize) -> Result<()> {
    let read = profiles::read(&args.run.inputs, &args.run.reading, threads)?;
    let accounts: Vec<Account<'_>> = read.profiles.iter().map(Profile::account).collect();
    let prints = pictures::read(&args.pictures, &read.profiles)?;
    let settings = Settings { least: args.least, common: args.common };
    let rings = rings(&accounts, &prints, settings);
    let folder = args.run.output.as_deref().map(Folder::open).transpose()?;
    let cells = cells(&rings, &read);
    if let Some(folder) = &folder {
        tables::csv(folder, "stolen.csv", HEADER, &cells)?;
    }
    if args.run.json {
        term::line(tables::text(&rings)?.trim_end())?;
    } else {
        term::line(&told(&rings, &read))?;
    }
    let paths: Vec<_> = args.run.inputs.iter().collect();
    let Some(into) = Into::open(&paths, &read.parts, &args.run.keep)? else { return Ok(()) };
    // Names alone are shared by people who have nothing to do with each other.
    let told = rings.iter().filter(|ring| !ring.common && ring.what != What::Name);
    let names = rings.iter().filter(|ring| ring.what == What::Name).count();
    let (all, has_table) = (told.clone().count(), folder.is_some());
    let findings = told
        .take(FINDINGS)
        .enumerate()
        .map(|(n, ring)| finding(n + 1, ring, &read, &into, has_table));
    let findings: Vec<NewFinding> = findings.collect();
    let left_out = all - findings.len();
    let method = Method {
        steps: vec![
            "Pictures were compared by perceptual hashes in all turned and mirrored forms, names \
                     up to case and accents, bios as near-copies."
                .to_owned(),
        ],
        limits: vec![format!(
            "{left_out} rings became no findings; {names} names that several accounts bear stand in the \
             table alone, since people share names; what {} accounts or more share was taken for a default \
             or a slogan.",
            args.common
        )],
    };
    let parameters = vec![
        ("least".to_owned(), args.least.to_string()),
        ("common".to_owned(), args.common.to_string()),
    ];
    let table = folder.as_ref().map(|folder| {
        (folder, "stolen.csv", "Accounts that share a picture, name or bio.", cells.len())
    });
    into.record("identity stolen", parameters, method, findings, table)
}

const HEADER: &[&str] = &["ring", "what", "value", "account", "handle", "name", "turned", "common"];

fn cells(rings: &[Ring], read: &Read) -> Vec<Vec<String>> {
    let rows = rings.iter().enumerate().flat_map(|(number, ring)| {
        ring.accounts.iter().map(move |account| {
            let profile = &read.profiles[*account as usize];
            let turned = ring.turned.iter().find(|(who, _)| who == account);
            let shown =
                |text: &Option<String>| visible(text.as_deref().unwrap_or_default()).into_owned();
            vec![
                (number + 1).to_string(),
                word(ring.what).to_owned(),
                value(ring),
                visible(&profile.key()).into_owned(),
                shown(&profile.handle),
                shown(&profile.name),
                turned.map_or("", |(_, how)| how).to_owned(),
                ring.common.to_string(),
            ]
        })
    });
    rows.collect()
}

fn word(what: What) -> &'static str {
    match what {
        What::Picture => "picture",
        What::Address => "address of a picture",
        What::Name => "name",
        What::Bio => "bio",
    }
}

fn value(ring: &Ring) -> String {
    visible(&shorten(&defang_text(&ring.value), 120)).into_owned()
}

fn told(rings: &[Ring], read: &Read) -> String {
    let open = rings.iter().filter(|ring| !ring.common);
    let mut text = format!(
        "{} accounts: {} things are shared by several of them, {} more by so many that they are defaults \
         or slogans.",
        read.profiles.len(),
        open.clone().count(),
        rings.iter().filter(|ring| ring.common).count()
    );
    for ring in open.take(20) {
        let _ = write!(
            text,
            "\n  one {} on {} accounts of {} names{}: {}",
            word(ring.what),
            ring.accounts.len(),
            ring.names,
            if ring.turned.is_empty() { "" } else { ", some turned or mirrored" },
            value(ring)
        );
    }
    text
}

fn finding(number: usize, ring: &Ring, read: &Read, into: &Into, has_table: bool) -> NewFinding {
    let profiles = ring.accounts.iter().map(|account| &read.profiles[*account as usize]);
    let what = word(ring.what);
    let picture = matches!(ring.what, What::Picture | What::Address);
    let techniques = [
        tagged("T0143.002", "Fabricated Persona", "several personas share what belongs to one"),
        picture
            .then(|| tagged("T0145.001", "Copy Account Imagery", "one picture is shown by several"))
            .flatten(),
    ];
    NewFinding {
        kind: "identity.stolen".to_owned(),
        subject: format!("ring {number}"),
        statement: format!(
            "One {what} is used by {} accounts of {} different names.",
            ring.accounts.len(),
            ring.names
        ),
        measures: vec![
            Measure::count("accounts", ring.accounts.len() as u64, "accounts"),
            Measure::count("different names", ring.names, "names"),
            Measure::count("turned or mirrored copies", ring.turned.len() as u64, "accounts"),
        ],
        confidence: Confidence::Low,
        evidence: profiles
            .clone()
            .filter_map(|profile| into.locator(profile.input, profile.row, &profile.key(), ""))
            .collect(),
        accounts: profiles
            .map(|profile| model::Account {
                key: profile.key(),
                handle: profile.handle.clone(),
                name: profile.name.clone(),
                why: format!("it uses the {what} of ring {number}"),
                policy: Some("inauthentic identity".to_owned()),
            })
            .collect(),
        techniques: techniques.into_iter().flatten().collect(),
        innocent: vec![
            "It could be a picture, slogan or name that many use: a logo, a flag, a celebrity, a campaign."
                .to_owned(),
            "It could be one person with several accounts, which is lawful.".to_owned(),
            "It could be a group that shows one sign in common, as clubs and parties do.".to_owned(),
        ],
        tables: if has_table { vec!["stolen.csv".to_owned()] } else { Vec::new() },
        ..NewFinding::default()
    }
}

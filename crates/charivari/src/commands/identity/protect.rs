//! `charivari identity protect`: who is protected, in a file.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

use charivari_identity::protected::{Kind, Protected, Roster};

use super::{case, pictures};
use crate::cli::identity::{self, Protect};
use crate::failure::{Failure, Result};
use crate::{output, term};

pub(crate) fn run(args: &Protect) -> Result<()> {
    let mut roster = if args.file.exists() { read(&args.file)? } else { Roster::default() };
    if let Some(id) = &args.id {
        roster.add(entry(args, id)?);
        if let Some(kind) = args.kind {
            let known = roster.protected.iter_mut().find(|known| known.id == *id);
            if let Some(known) = known {
                known.kind = of(kind);
            }
        }
        roster.check()?;
        write(&args.file, &roster)?;
    } else if !args.file.exists() {
        return Err(Failure::input(format!(
            "E0824: there is no {}; make it with --id and --name",
            args.file.display()
        )));
    }
    case::keep_file(&args.file, &args.keep, case::ROSTER)?;
    let of_kind = |kind| roster.protected.iter().filter(|entry| entry.kind == kind).count();
    term::line(&format!(
        "{}: {} protected ({} persons, {} organisations), {} domains, {} pictures",
        args.file.display(),
        roster.protected.len(),
        of_kind(Kind::Person),
        of_kind(Kind::Organisation),
        roster.protected.iter().map(|entry| entry.domains.len()).sum::<usize>(),
        roster.protected.iter().map(|entry| entry.pictures.len()).sum::<usize>(),
    ))
}

fn of(kind: identity::Kind) -> Kind {
    match kind {
        identity::Kind::Person => Kind::Person,
        identity::Kind::Organisation => Kind::Organisation,
    }
}

/// The roster in a file.
pub(super) fn read(path: &Path) -> Result<Roster> {
    let text = std::fs::read_to_string(path).map_err(|error| {
        Failure::input(format!(
            "E0824: cannot read who is protected in {}: {error}; check the path",
            path.display()
        ))
    })?;
    Ok(Roster::parse(&text, &path.display().to_string())?)
}

fn write(path: &Path, roster: &Roster) -> Result<()> {
    let json = path.extension().is_some_and(|end| end == "json");
    let text = if json {
        serde_json::to_string_pretty(roster).map_err(Failure::fault)? + "\n"
    } else {
        roster.to_toml()
    };
    output::write(path, |out| out.write_all(text.as_bytes()).map_err(|error| error.to_string()))
}

fn entry(args: &Protect, id: &str) -> Result<Protected> {
    let mut handles: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for handle in &args.handle {
        let (platform, handle) = handle.split_once(':').ok_or_else(|| {
            Failure::usage(format!(
                "E0825: --handle {handle}: PLATFORM:HANDLE is expected, such as x:lanterneduport"
            ))
        })?;
        let handle = handle.trim_start_matches('@').to_owned();
        handles.entry(platform.to_lowercase()).or_default().push(handle);
    }
    let mut hashes = Vec::new();
    for path in &args.picture {
        let print = pictures::of_file(path)?;
        if !print.is_telling() {
            term::warn(&format!("{} is too flat or small to be compared", path.display()));
        }
        hashes.push(print.hash);
    }
    Ok(Protected {
        id: id.to_owned(),
        kind: args.kind.map_or(Kind::default(), of),
        names: args.name.clone(),
        handles,
        domains: args.domain.iter().map(|domain| domain.to_lowercase()).collect(),
        pictures: hashes,
        bio: args.bio.clone().unwrap_or_default(),
        language: args.language.clone().unwrap_or_default(),
    })
}

//! Pictures of accounts, from a folder and a table; only hashes are kept.

use std::collections::HashMap;
use std::path::Path;

use charivari_identity::picture::{Limits, MAX_BYTES, Picture, Print};
use rayon::prelude::*;

use super::profiles::Profile;
use crate::cli::identity::Pictures;
use crate::failure::{Failure, Result};
use crate::term;

/// The hashes of each profile's picture, by number; empty where no pictures were named.
pub(super) fn read(args: &Pictures, profiles: &[Profile]) -> Result<Vec<Option<Print>>> {
    let (Some(folder), Some(table)) = (&args.pictures, &args.table) else { return Ok(Vec::new()) };
    let places: HashMap<String, usize> =
        profiles.iter().enumerate().map(|(number, profile)| (profile.key(), number)).collect();
    let by_id: HashMap<&str, usize> = profiles
        .iter()
        .enumerate()
        .map(|(number, profile)| (profile.id.as_str(), number))
        .collect();
    let rows = rows(table)?;
    let made: Vec<(usize, Result<Print>)> = rows
        .par_iter()
        .filter_map(|(account, file)| {
            let number = places.get(account).or_else(|| by_id.get(account.as_str()))?;
            Some((*number, print(folder, file)))
        })
        .collect();
    let mut prints = vec![None; profiles.len()];
    let (mut failed, mut first) = (0_u64, None);
    let known = made.len();
    for (number, print) in made {
        match print {
            Ok(print) => prints[number] = Some(print),
            Err(error) => {
                failed += 1;
                first = first.or(Some(error.message));
            }
        }
    }
    if let Some(first) = first {
        term::warn(&format!("{failed} pictures could not be used; the first: {first}"));
    }
    if known < rows.len() {
        let strangers = rows.len() - known;
        term::warn(&format!(
            "{strangers} rows of the table of pictures name no account of the inputs"
        ));
    }
    Ok(prints)
}

/// The rows of the table: account and file.
fn rows(table: &Path) -> Result<Vec<(String, String)>> {
    let wrong = |why: String| {
        Failure::input(format!(
            "E0821: cannot read the table of pictures {}: {why}; it has the columns account and file",
            table.display()
        ))
    };
    let mut reader = csv::Reader::from_path(table).map_err(|error| wrong(error.to_string()))?;
    let header = reader.headers().map_err(|error| wrong(error.to_string()))?.clone();
    let column = |name: &str| header.iter().position(|cell| cell.trim().eq_ignore_ascii_case(name));
    let (Some(account), Some(file)) = (column("account"), column("file")) else {
        return Err(wrong("a column is missing".to_owned()));
    };
    reader
        .records()
        .map(|row| {
            let row = row.map_err(|error| wrong(error.to_string()))?;
            let cell = |place: usize| row.get(place).unwrap_or_default().trim().to_owned();
            Ok((cell(account), cell(file)))
        })
        .collect()
}

/// The hashes of a file in the folder; names that lead out of it are refused.
fn print(folder: &Path, name: &str) -> Result<Print> {
    let path = Path::new(name);
    let inside = path.components().all(|part| matches!(part, std::path::Component::Normal(_)));
    if !inside || name.is_empty() {
        return Err(Failure::input(
            "E0822: a file in the table of pictures lies outside the folder; give names in it",
        ));
    }
    of_file(&folder.join(path))
}

/// The hashes of a picture's file.
pub(super) fn of_file(path: &Path) -> Result<Print> {
    let unreadable = |why: String| {
        Failure::input(format!(
            "E0823: cannot read the picture {}: {why}; check the path",
            path.display()
        ))
    };
    let size = std::fs::metadata(path).map_err(|error| unreadable(error.to_string()))?.len();
    if size > MAX_BYTES as u64 {
        let limit = MAX_BYTES as u64;
        return Err(charivari_identity::Error::PictureSize { met: size, limit }.into());
    }
    let bytes = std::fs::read(path).map_err(|error| unreadable(error.to_string()))?;
    Ok(Picture::of_bytes(&bytes, &Limits::default())?.print)
}

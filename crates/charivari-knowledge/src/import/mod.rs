//! Files of others → collections.
//!
//! What a file is, is told by its content. An object that cannot be read is a [`Fault`](crate::Fault)
//! with its id, and the others are kept; a file that is none of what is known is refused whole.

mod citation;
mod contradictions;
mod galaxy;
mod microsoft;
mod stix;
mod uses;

#[cfg(test)]
mod tests;

use std::io::Read;

use serde_json::value::RawValue;

use crate::{Collection, Error, Result};

/// The longest name, id or word that is kept; a longer one is a fault.
const LONGEST: usize = 1_000;

/// The most bytes that a file may have; ATT&CK's largest has 33 million.
pub const MAX_BYTES: u64 = 256 << 20;

/// What the analyst says about a file that it does not say itself.
#[derive(Clone, Debug, Default)]
pub struct Told {
    /// The version, where the file names none.
    pub version: Option<String>,
}

/// Reads a file to its end, up to [`MAX_BYTES`], and then as [`read`] does.
///
/// # Errors
/// Those of [`read`], and `E1001` where the file is longer or cannot be read.
pub fn read_from(file: &str, input: impl Read, told: &Told) -> Result<Collection> {
    read(file, &up_to(file, input, MAX_BYTES)?, told)
}

fn up_to(file: &str, input: impl Read, cap: u64) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let length = input.take(cap + 1).read_to_end(&mut bytes);
    let length = length.map_err(|error| unknown(file, &format!("no bytes: {error}")))?;
    if length as u64 > cap {
        return Err(unknown(file, &format!("more than {cap} bytes")));
    }
    Ok(bytes)
}

/// Reads a STIX bundle, a MISP galaxy, Microsoft's list or a pack.
///
/// # Errors
/// `E1001` where the file is none of these, and `E1002` where it is a pack that breaks its format.
pub fn read(file: &str, bytes: &[u8], told: &Told) -> Result<Collection> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        unknown(file, &format!("bytes that are not UTF-8, from byte {}", error.valid_up_to() + 1))
    })?;
    let text = text.trim_start_matches('\u{feff}');
    match text.trim_start().as_bytes().first() {
        Some(b'{') => object(file, text, told),
        Some(b'[') => microsoft::read(file, text),
        Some(_) if text.starts_with(crate::index::MAGIC) => crate::index::read(file, text),
        Some(_) => crate::pack::collection(&[(file, text)]),
        None => Err(unknown(file, "an empty file")),
    }
}

/// The outermost object, of which only the parts that tell kinds apart are read.
#[derive(serde::Deserialize)]
struct Outer<'a> {
    #[serde(borrow, rename = "type")]
    kind: Option<&'a RawValue>,
    #[serde(borrow)]
    objects: Option<Vec<&'a RawValue>>,
    #[serde(borrow)]
    values: Option<Vec<&'a RawValue>>,
    #[serde(borrow)]
    version: Option<&'a RawValue>,
}

fn object(file: &str, text: &str, told: &Told) -> Result<Collection> {
    let outer: Outer<'_> = serde_json::from_str(text)
        .map_err(|error| unknown(file, &format!("JSON that cannot be read: {error}")))?;
    let word = |raw: Option<&RawValue>| {
        raw.map(|raw| raw.get().trim_matches('"').to_owned()).filter(|it| it.len() <= LONGEST)
    };
    let kind = word(outer.kind).unwrap_or_default();
    match (outer.objects, outer.values) {
        (Some(objects), _) if kind == "bundle" => Ok(stix::read(&objects, told)),
        (_, Some(values)) => {
            let version = told.version.clone().or_else(|| word(outer.version)).unwrap_or_default();
            Ok(galaxy::read(&kind, version, &values))
        }
        _ => Err(unknown(file, &format!("an object of type \"{kind}\" without what is in one"))),
    }
}

fn unknown(file: &str, met: &str) -> Error {
    Error::Unknown { file: file.to_owned(), met: met.to_owned() }
}

/// What an object is called in a fault: its id, or else its number in the file.
fn called(raw: &RawValue, number: usize) -> String {
    #[derive(serde::Deserialize)]
    struct Named {
        id: Option<String>,
        uuid: Option<String>,
        value: Option<String>,
    }
    let named: Option<Named> = serde_json::from_str(raw.get()).ok();
    let id = named.and_then(|it| it.id.or(it.uuid).or(it.value));
    id.filter(|it| !it.is_empty() && it.len() <= LONGEST)
        .unwrap_or_else(|| format!("object {}", number + 1))
}

//! Typed access to JSON values.
//!
//! A path such as `author.id` goes down through objects; what is absent and what is `null` are the
//! same. What makes a post (ids, references, times, the text) has to be of the right type, and is a
//! fault otherwise; what only adorns it (names, counts, languages) is left out where it is not.
//! Ids are text, but many exports write them as numbers: these are taken, and numbers that a float
//! has rounded are told from whole ones.

use std::borrow::Cow;

use charivari_model::{Code, Timestamp};
use serde_json::{Number, Value};

use crate::cells::{self, Cell};
use crate::post::Str;
use crate::rows::{Fault, Note, Rows};
use crate::table::{parse_count, parse_flag};
use crate::time::{self, Clock};

/// The largest integer up to which every integer survives a 64-bit float.
const LAST_EXACT: f64 = 9_007_199_254_740_992.0;

/// The value at `path`, unless it is absent or `null`.
pub(crate) fn at<'a>(value: &'a Value, path: &str) -> Option<&'a Value> {
    path.split('.').try_fold(value, |inner, key| inner.get(key)).filter(|found| !found.is_null())
}

/// The value under the key `path`, or at `path`: exports that were made flat have dots in keys.
pub(crate) fn at_key<'a>(value: &'a Value, path: &str) -> Option<&'a Value> {
    value.get(path).filter(|found| !found.is_null()).or_else(|| at(value, path))
}

/// The value as a cell of a table. Objects have no place in one, but in a list they may name a word.
pub(crate) fn cell(value: &Value) -> Cell<'_> {
    match value {
        Value::Null | Value::Object(_) => Cell::Null,
        Value::Bool(flag) => Cell::Text(if *flag { "true" } else { "false" }),
        Value::Number(number) => match (number.as_i64(), number.is_f64()) {
            (Some(whole), _) => Cell::Int(whole),
            (None, true) => cells::float(number.as_f64().unwrap_or_default()),
            (None, false) => Cell::Other(number.to_string()),
        },
        Value::String(text) => Cell::Text(text),
        Value::Array(items) => Cell::List(items.iter().filter_map(item).collect()),
    }
}

/// The word that an element of a list is or names.
fn item(value: &Value) -> Option<Str<'_>> {
    let keys = ["text", "tag", "name", "username", "screen_name", "expanded_url", "url", "id"];
    word_of(value).or_else(|| keys.iter().find_map(|key| word(value, key)))
}

/// The first of `paths` at which a value stands, and the value.
pub(crate) fn first<'a>(
    value: &'a Value,
    paths: &[&'static str],
) -> Option<(&'static str, &'a Value)> {
    paths.iter().find_map(|path| at(value, path).map(|found| (*path, found)))
}

/// The id at `path`.
///
/// # Errors
/// Neither text nor a whole number stands there.
pub(crate) fn id<'a>(value: &'a Value, path: &'static str) -> Result<Option<Str<'a>>, Fault> {
    at(value, path).map_or(Ok(None), |found| one_id(path, found))
}

/// The id at the first of `paths` at which anything stands.
///
/// # Errors
/// As [`id`].
pub(crate) fn first_id<'a>(
    value: &'a Value,
    paths: &[&'static str],
) -> Result<Option<Str<'a>>, Fault> {
    first(value, paths).map_or(Ok(None), |(path, found)| one_id(path, found))
}

fn one_id<'a>(path: &'static str, found: &'a Value) -> Result<Option<Str<'a>>, Fault> {
    match found {
        Value::String(text) => Ok(Some(text.trim()).filter(|id| !id.is_empty()).map(Cow::Borrowed)),
        Value::Number(number) => match whole(number) {
            Some(id) => Ok(Some(Cow::Owned(id))),
            None => Err(wrong(path, found)),
        },
        _ => Err(wrong(path, found)),
    }
}

/// A number as an id. A float beyond 2^53 is written so that [`crate::id::is_damaged`] tells it.
fn whole(number: &Number) -> Option<String> {
    let Some(float) = number.as_f64().filter(|_| number.is_f64()) else {
        return Some(number.to_string());
    };
    if float.fract() != 0.0 {
        return None;
    }
    Some(if float.abs() < LAST_EXACT {
        format!("{float:.0}")
    } else {
        format!("{:.1}", float.abs())
    })
}

/// The text at `path`, which may be empty.
///
/// # Errors
/// Something else than text stands there.
pub(crate) fn text<'a>(value: &'a Value, path: &'static str) -> Result<Option<Str<'a>>, Fault> {
    match at(value, path) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(Cow::Borrowed(text))),
        Some(other) => Err(wrong(path, other)),
    }
}

/// The text or number at `path`, if one stands there.
pub(crate) fn word<'a>(value: &'a Value, path: &str) -> Option<Str<'a>> {
    word_of(at(value, path)?)
}

/// The text or number that `value` is, if it is one.
pub(crate) fn word_of(value: &Value) -> Option<Str<'_>> {
    match value {
        Value::String(text) => Some(Cow::Borrowed(text.as_str())).filter(|text| !text.is_empty()),
        Value::Number(number) => whole(number).map(Cow::Owned),
        _ => None,
    }
}

/// The plain text at `path`, for comparing with known words.
pub(crate) fn str<'a>(value: &'a Value, path: &str) -> Option<&'a str> {
    at(value, path)?.as_str()
}

/// The elements of the array at `path`; none where there is no array.
pub(crate) fn list<'a>(value: &'a Value, path: &str) -> &'a [Value] {
    at(value, path).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// The words at `key` of each element of the array at `path`; with an empty key, of the elements.
pub(crate) fn words<'a>(value: &'a Value, path: &str, key: &str) -> Vec<Str<'a>> {
    let items = list(value, path).iter();
    items.filter_map(|item| if key.is_empty() { word_of(item) } else { word(item, key) }).collect()
}

/// A count, as a number or as text. Negative ones stand for "not shown" and say nothing.
pub(crate) fn count(value: &Value, path: &str) -> Option<i64> {
    let count = match at(value, path)? {
        Value::Number(number) => number.as_i64().or_else(|| whole(number)?.parse().ok()),
        Value::String(text) => parse_count(text),
        _ => None,
    };
    count.filter(|count| *count >= 0)
}

/// The first count among `paths`.
pub(crate) fn first_count(value: &Value, paths: &[&str]) -> Option<i64> {
    paths.iter().find_map(|path| count(value, path))
}

/// Yes or no, as a boolean, a number or a word.
pub(crate) fn flag(value: &Value, path: &str) -> Option<bool> {
    match at(value, path)? {
        Value::Bool(flag) => Some(*flag),
        Value::Number(number) => number.as_i64().map(|number| number != 0),
        Value::String(text) => parse_flag(text),
        _ => None,
    }
}

/// The instant at `path`, as text or as Unix time; a time without a zone is noted.
///
/// # Errors
/// Something stands there that is no instant.
pub(crate) fn time(
    value: &Value,
    path: &'static str,
    rows: &mut Rows<'_>,
) -> Result<Option<Timestamp>, Fault> {
    first_time(value, &[path], rows)
}

/// The instant at the first of `paths` at which anything stands.
///
/// # Errors
/// As [`time`].
pub(crate) fn first_time(
    value: &Value,
    paths: &[&'static str],
    rows: &mut Rows<'_>,
) -> Result<Option<Timestamp>, Fault> {
    let Some((path, found)) = first(value, paths) else { return Ok(None) };
    let text = match found {
        Value::Number(number) => match number.as_i64() {
            Some(number) => return Ok(Some(time::from_number(number))),
            None => Cow::Owned(number.to_string()),
        },
        Value::String(text) if text.trim().is_empty() => return Ok(None),
        Value::String(text) => Cow::Borrowed(text.as_str()),
        other => return Err(wrong(path, other)),
    };
    let options = rows.options();
    let clock = Clock { zone: options.timezone.clone(), order: options.date_order };
    let Some(instant) = time::parse(&text, &clock) else {
        return Err(Fault::new(Code::UnreadableTime, path, &text));
    };
    if !instant.zoned {
        rows.note(Note::UnzonedTime);
    }
    Ok(Some(instant.time))
}

/// An instant that is not needed: what cannot be read is left out.
pub(crate) fn maybe_time(
    value: &Value,
    path: &'static str,
    rows: &mut Rows<'_>,
) -> Option<Timestamp> {
    time(value, path, rows).ok().flatten()
}

/// The fault of a value of the wrong type; it shows the kind and the beginning of what stood there.
pub(crate) fn wrong(path: &'static str, met: &Value) -> Fault {
    let met = match met {
        Value::Null => "null".to_owned(),
        Value::Bool(flag) => format!("a truth value: {flag}"),
        Value::Number(number) => format!("a number: {number}"),
        Value::String(text) => format!("a text: {text}"),
        Value::Array(items) => format!("an array of {}", items.len()),
        Value::Object(members) => {
            let keys: Vec<&str> = members.keys().map(String::as_str).take(5).collect();
            format!("an object with {}", keys.join(", "))
        }
    };
    Fault::new(Code::WrongType, path, &met)
}

/// The fault of a record that holds no post, with what it is.
pub(crate) fn other_kind(field: &'static str, met: &str) -> Fault {
    Fault::new(Code::OtherKind, field, met)
}

/// Reads items that share one record: each is kept or set aside on its own, under its own place.
pub(crate) fn each<'a>(
    items: &'a [Value],
    path: &str,
    rows: &mut Rows<'_>,
    mut map: impl FnMut(&'a Value, &mut Rows<'_>) -> Result<(), Fault>,
) {
    for (place, item) in items.iter().enumerate() {
        if let Err(fault) = map(item, rows) {
            let dot = if fault.field.is_empty() { "" } else { "." };
            let field = format!("{path}[{place}]{dot}{}", fault.field);
            rows.set_aside(Fault { field: field.into(), ..fault });
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::id::is_damaged;

    #[test]
    fn ids_are_text_whole_numbers_or_told_to_be_damaged() {
        for (value, met, damaged) in [
            (json!("0012"), Some("0012"), false),
            (json!(1_355_225_563_845_341_184_u64), Some("1355225563845341184"), false),
            (json!(-1_001_234), Some("-1001234"), false),
            (json!(12.0), Some("12"), false),
            (json!(1.355e18), Some("1355000000000000000.0"), true),
            (json!(" "), None, false),
            (json!(null), None, false),
        ] {
            let value = json!({ "id": value });
            let met_id = id(&value, "id").unwrap();
            assert_eq!(met_id.as_deref(), met, "{value}");
            assert_eq!(met_id.is_some_and(|id| is_damaged(&id)), damaged, "{value}");
        }
        for value in [json!(true), json!([1]), json!({ "a": 1 }), json!(1.5)] {
            let fault = id(&json!({ "id": value }), "id").unwrap_err();
            assert_eq!((fault.code, fault.field.as_ref()), (Code::WrongType, "id"), "{value}");
        }
    }

    #[test]
    fn counts_are_numbers_or_text_and_never_negative() {
        for (value, met) in [
            (json!(3), Some(3)),
            (json!(3.0), Some(3)),
            (json!("1,200"), Some(1_200)),
            (json!(-1), None),
            (json!(1.5), None),
            (json!(1e300), None),
            (json!([3]), None),
        ] {
            assert_eq!(count(&json!({ "a": { "b": value } }), "a.b"), met, "{value}");
        }
    }

    #[test]
    fn times_are_text_or_numbers() {
        let options = crate::Options::default();
        let mut rows = Rows::new(0, &options, false);
        for (value, met) in [
            (json!("2023-01-06T10:13:20Z"), Ok(Some(1_673_000_000))),
            (json!(1_673_000_000), Ok(Some(1_673_000_000))),
            (json!("1673000000"), Ok(Some(1_673_000_000))),
            (json!(1_673_000_000.0), Ok(Some(1_673_000_000))),
            (json!(""), Ok(None)),
            (json!("soon"), Err(Code::UnreadableTime)),
            (json!(1e300), Err(Code::UnreadableTime)),
            (json!([1]), Err(Code::WrongType)),
        ] {
            let met_time = time(&json!({ "t": value }), "t", &mut rows);
            let met_time = met_time.map(|time| time.map(Timestamp::seconds));
            assert_eq!(met_time.map_err(|fault| fault.code), met, "{value}");
        }
    }
}

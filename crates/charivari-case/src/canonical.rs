//! One way of writing a thing as bytes, so that its digest says what it is.
//!
//! Records are JSON in the form of RFC 8785: keys sorted, no white space, strings escaped no more
//! than needed. Numbers are as `serde_json` writes them, the shortest decimals that read back as the
//! same number; no record needs the exponents that the RFC writes otherwise. Several fields
//! together are netstrings, `LENGTH:BYTES,` each, which nothing can be read into in two ways.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::{Error, Result};

/// The canonical JSON of a record.
pub(crate) fn json(record: &impl Serialize) -> Result<String> {
    let value = serde_json::to_value(record).map_err(|error| Error::damaged("a record", error))?;
    let mut out = Vec::new();
    write(&value, &mut out).map_err(|error| Error::damaged("a record", error))?;
    String::from_utf8(out).map_err(|error| Error::damaged("a record", error))
}

fn write(value: &Value, out: &mut Vec<u8>) -> io::Result<()> {
    match value {
        Value::Array(items) => {
            out.push(b'[');
            for (place, item) in items.iter().enumerate() {
                if place > 0 {
                    out.push(b',');
                }
                write(item, out)?;
            }
            out.push(b']');
        }
        Value::Object(fields) => {
            // The order of the map depends on how the library was built, so it is made here.
            let mut keys: Vec<_> = fields.iter().collect();
            keys.sort_by(|a, b| a.0.encode_utf16().cmp(b.0.encode_utf16()));
            out.push(b'{');
            for (place, (key, item)) in keys.into_iter().enumerate() {
                if place > 0 {
                    out.push(b',');
                }
                serde_json::to_writer(&mut *out, key)?;
                out.push(b':');
                write(item, out)?;
            }
            out.push(b'}');
        }
        plain => serde_json::to_writer(out, plain)?,
    }
    Ok(())
}

/// The lower-case hexadecimal SHA-256 of some bytes.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Several fields as one string of bytes that only they give.
pub(crate) fn netstrings(fields: &[&str]) -> Vec<u8> {
    let mut out = Vec::new();
    for field in fields {
        // Writing into memory does not fail.
        let _ = write!(out, "{}:{field},", field.len());
    }
    out
}

/// Lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    const FIGURES: &[u8; 16] = b"0123456789abcdef";
    let figure = |half: u8| char::from(FIGURES[usize::from(half & 15)]);
    bytes.iter().flat_map(|byte| [figure(byte >> 4), figure(*byte)]).collect()
}

/// The bytes that hexadecimal text stands for, if there are as many as wanted.
pub(crate) fn unhex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let text = text.as_bytes();
    if text.len() != 2 * N {
        return None;
    }
    let mut out = [0; N];
    for (byte, pair) in out.iter_mut().zip(text.chunks(2)) {
        let half = |c: u8| char::from(c).to_digit(16);
        *byte = u8::try_from(half(pair[0])? << 4 | half(pair[1])?).ok()?;
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_has_one_form() {
        let value: Value = serde_json::from_str(
            "{ \"b\": [1, -0.5, true, null], \"a\": {\"é\": \"\\u0007\\n/\", \"A\": \"\u{202e}\"} }",
        )
        .unwrap();
        let expected =
            "{\"a\":{\"A\":\"\u{202e}\",\"é\":\"\\u0007\\n/\"},\"b\":[1,-0.5,true,null]}";
        assert_eq!(json(&value).unwrap(), expected);
    }

    #[test]
    fn fields_that_run_together_differ_as_netstrings() {
        assert_eq!(netstrings(&["ab", "", "é"]), "2:ab,0:,2:é,".as_bytes());
        assert_ne!(netstrings(&["ab", "c"]), netstrings(&["a", "bc"]));
    }

    #[test]
    fn hexadecimal_reads_back() {
        assert_eq!(sha256(b""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assert_eq!(unhex::<2>(&hex(&[7, 255])), Some([7, 255]));
        for wrong in ["", "0", "0g01", "010101"] {
            assert_eq!(unhex::<2>(wrong), None, "{wrong}");
        }
    }
}

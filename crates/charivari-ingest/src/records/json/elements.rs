//! Elements inside JSON documents that may be larger than memory.

use std::cell::Cell;
use std::fmt;
use std::io::{self, BufRead, Read};
use std::sync::Arc;

use charivari_model::Code;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::super::{Chunk, Emit, Values, cut};
use crate::rows::Fault;

/// What the parser says of a value that is not UTF-8, and of nothing else in an element.
const NOT_UTF8: &str = "invalid unicode code point";

/// Scalars longer than this are not kept as surroundings of a record.
const MAX_AROUND_BYTES: usize = 4_096;

/// Cuts the elements at `paths` out of the JSON documents in `input`, numbered from 1.
///
/// A path is written as in `chats.list[].messages[]`; the empty path is a whole document that is an
/// object. The scalars of the objects around an element go with it, as far as they stand before it.
/// At a syntax error the elements so far are kept, and the rest is one fault.
pub(crate) fn read_elements(
    input: impl BufRead,
    paths: &'static [&'static str],
    cap: usize,
    emit: Emit<'_>,
) {
    let budget = Cell::new(None);
    let mut metered = Metered { inner: input, budget: &budget };
    let mut walk = Walk {
        paths,
        cap,
        budget: &budget,
        row: 0,
        values: Values::default(),
        emit,
        stopped: false,
    };
    loop {
        match next_byte(&mut metered) {
            Ok(None) => break,
            Ok(Some(first)) => {
                let mut documents = serde_json::Deserializer::from_reader(&mut metered);
                let whole = first == b'{' && paths.contains(&"");
                let result = if whole {
                    walk.element(&mut documents, &Map::new())
                } else {
                    Place { walk: &mut walk, path: String::new(), around: Map::new() }
                        .deserialize(&mut documents)
                };
                if let Err(error) = result {
                    walk.fault(&error);
                    break;
                }
            }
            Err(error) => {
                walk.values.faults.push((walk.row + 1, cut(&error)));
                break;
            }
        }
        if walk.stopped {
            return;
        }
    }
    walk.flush();
}

/// The next byte that is not white space, left in the input.
fn next_byte(input: &mut impl BufRead) -> io::Result<Option<u8>> {
    loop {
        let buffer = input.fill_buf()?;
        if buffer.is_empty() {
            return Ok(None);
        }
        let blank = buffer.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        let first = buffer.get(blank).copied();
        input.consume(blank);
        if first.is_some() {
            return Ok(first);
        }
    }
}

/// A reader that fails when one element takes more bytes than it may.
struct Metered<'b, R> {
    inner: R,
    budget: &'b Cell<Option<usize>>,
}

impl<R: BufRead> Read for Metered<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        if let Some(left) = self.budget.get() {
            let left = left.checked_sub(count).ok_or(io::ErrorKind::FileTooLarge)?;
            self.budget.set(Some(left));
        }
        Ok(count)
    }
}

impl<R: BufRead> BufRead for Metered<'_, R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        self.inner.consume(count);
    }
}

/// The walk through one input, across its documents.
struct Walk<'w, 'e> {
    paths: &'static [&'static str],
    cap: usize,
    budget: &'w Cell<Option<usize>>,
    row: u64,
    values: Values,
    emit: Emit<'e>,
    stopped: bool,
}

impl Walk<'_, '_> {
    /// Takes the value at hand as a record.
    fn element<'de, D: Deserializer<'de>>(
        &mut self,
        value: D,
        around: &Map<String, Value>,
    ) -> Result<(), D::Error> {
        if *self.values.around != *around {
            self.flush();
            self.values.around = Arc::new(around.clone());
        }
        self.budget.set(Some(self.cap));
        let raw: Result<Box<RawValue>, D::Error> = serde::Deserialize::deserialize(value);
        self.budget.set(None);
        self.row += 1;
        match raw {
            Ok(raw) => {
                self.values.data.extend_from_slice(raw.get().as_bytes());
                self.values.rows.push((self.row, self.values.data.len()));
            }
            // The value was read to its end before its bytes were found not to be UTF-8, so the
            // next one can be read.
            Err(error) if error.to_string().starts_with(NOT_UTF8) => {
                self.values.faults.push((self.row, Fault::new(Code::Encoding, "", NOT_UTF8)));
            }
            Err(error) => {
                self.row -= 1;
                return Err(error);
            }
        }
        if self.values.is_full() {
            self.flush();
        }
        Ok(())
    }

    fn flush(&mut self) {
        let around = Arc::clone(&self.values.around);
        let values = std::mem::replace(&mut self.values, Values { around, ..Values::default() });
        if !values.is_empty() && !(self.emit)(Chunk::Values(values)) {
            self.stopped = true;
        }
    }

    fn fault(&mut self, error: &serde_json::Error) {
        if self.stopped {
            return;
        }
        let too_large = error.io_error_kind() == Some(io::ErrorKind::FileTooLarge);
        let code = match () {
            () if too_large => Code::TooLarge,
            () if error.is_eof() || error.is_io() => Code::CutRow,
            () => Code::MalformedJson,
        };
        let met = format!("reading stopped: {error}");
        self.values.faults.push((self.row + 1, Fault::new(code, "", &met)));
    }

    fn leads_to_element(&self, path: &str) -> bool {
        self.paths.iter().any(|wanted| {
            wanted.strip_prefix(path).is_some_and(|rest| {
                rest.is_empty() || path.is_empty() || rest.starts_with('.') || rest.starts_with('[')
            })
        })
    }
}

/// One place in the document on the way to elements.
struct Place<'p, 'w, 'e> {
    walk: &'p mut Walk<'w, 'e>,
    path: String,
    around: Map<String, Value>,
}

impl<'de> DeserializeSeed<'de> for Place<'_, '_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, value: D) -> Result<(), D::Error> {
        if !self.path.is_empty() && self.walk.paths.contains(&self.path.as_str()) {
            return self.walk.element(value, &self.around);
        }
        value.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Place<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object or an array")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            let path =
                if self.path.is_empty() { key.clone() } else { format!("{}.{key}", self.path) };
            if self.walk.leads_to_element(&path) {
                let around = self.around.clone();
                map.next_value_seed(Place { walk: self.walk, path, around })?;
            } else if let Some(scalar) = map.next_value_seed(Scalar)? {
                self.around.insert(key, scalar);
            }
            if self.walk.stopped {
                return Err(serde::de::Error::custom("stopped"));
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        let path = format!("{}[]", self.path);
        loop {
            let around = self.around.clone();
            let place = Place { walk: &mut *self.walk, path: path.clone(), around };
            if seq.next_element_seed(place)?.is_none() {
                return Ok(());
            }
            if self.walk.stopped {
                return Err(serde::de::Error::custom("stopped"));
            }
        }
    }

    pass_over_scalars!();
}

/// Keeps a short scalar and passes over everything else.
struct Scalar;

impl<'de> DeserializeSeed<'de> for Scalar {
    type Value = Option<Value>;

    fn deserialize<D: Deserializer<'de>>(self, value: D) -> Result<Self::Value, D::Error> {
        value.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Scalar {
    type Value = Option<Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(None)
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(None)
    }
    fn visit_bool<E>(self, value: bool) -> Result<Self::Value, E> {
        Ok(Some(value.into()))
    }
    fn visit_i64<E>(self, value: i64) -> Result<Self::Value, E> {
        Ok(Some(value.into()))
    }
    fn visit_u64<E>(self, value: u64) -> Result<Self::Value, E> {
        Ok(Some(value.into()))
    }
    fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
        Ok(None)
    }
    fn visit_str<E>(self, value: &str) -> Result<Self::Value, E> {
        Ok((value.len() <= MAX_AROUND_BYTES).then(|| value.into()))
    }
    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }
}

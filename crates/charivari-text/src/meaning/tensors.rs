//! Tensors in the form of *safetensors*: the length of a head, the head in JSON, then plain numbers.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::Unusable;

/// A head is a few hundred bytes; what claims more than this is no model.
const MOST_HEAD: u64 = 1 << 20;

/// One tensor as the head describes it.
#[derive(Clone, Debug, Deserialize)]
struct Entry {
    dtype: String,
    shape: Vec<usize>,
    data_offsets: [usize; 2],
}

/// The kinds of numbers that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    F64,
    F32,
    F16,
    I64,
    I32,
    I8,
}

impl Kind {
    fn of(name: &str) -> Option<Self> {
        Some(match name {
            "F64" => Self::F64,
            "F32" => Self::F32,
            "F16" => Self::F16,
            "I64" => Self::I64,
            "I32" => Self::I32,
            "I8" => Self::I8,
            _ => return None,
        })
    }

    fn bytes(self) -> usize {
        match self {
            Self::F64 | Self::I64 => 8,
            Self::F32 | Self::I32 => 4,
            Self::F16 => 2,
            Self::I8 => 1,
        }
    }
}

/// A file of tensors.
pub(super) struct Tensors {
    bytes: Vec<u8>,
    entries: BTreeMap<String, Entry>,
    data: usize,
}

impl Tensors {
    pub(super) fn read(bytes: Vec<u8>) -> Result<Self, Unusable> {
        let head = bytes.first_chunk::<8>().map_or(u64::MAX, |len| u64::from_le_bytes(*len));
        let data = usize::try_from(head.min(MOST_HEAD)).unwrap_or_default() + 8;
        let (true, Some(head)) = (head <= MOST_HEAD, bytes.get(8..data)) else {
            return Err(Unusable::tensors("a safetensors head of at most 1 MiB is expected"));
        };
        let head: BTreeMap<String, serde_json::Value> = serde_json::from_slice(head)
            .map_err(|error| Unusable::tensors(format!("the head is no JSON: {error}")))?;
        let named = head.into_iter().filter(|(name, _)| name != "__metadata__");
        let entries = named
            .map(|(name, value)| Ok((name, serde_json::from_value(value)?)))
            .collect::<Result<BTreeMap<String, Entry>, serde_json::Error>>()
            .map_err(|error| Unusable::tensors(format!("the head describes no tensor: {error}")))?;
        Ok(Self { bytes, entries, data })
    }

    /// Where the tensor called `name` lies; nothing where there is none of that name.
    pub(super) fn find(&self, name: &str) -> Result<Option<Tensor>, Unusable> {
        let Some(entry) = self.entries.get(name) else { return Ok(None) };
        let wrong = |why: &str| Unusable::tensors(format!("{name}: {why}"));
        let kind = Kind::of(&entry.dtype).ok_or_else(|| {
            wrong("numbers of the kinds F64, F32, F16, I64, I32 or I8 are expected")
        })?;
        let (rows, columns) = match entry.shape[..] {
            [rows] => (rows, 1),
            [rows, columns] => (rows, columns),
            _ => return Err(wrong("one or two dimensions are expected")),
        };
        let [from, to] = entry.data_offsets;
        let needed = rows.checked_mul(columns).and_then(|cells| cells.checked_mul(kind.bytes()));
        let end = self.data.checked_add(to).filter(|end| *end <= self.bytes.len());
        if needed.is_none() || to.checked_sub(from) != needed || end.is_none() {
            return Err(wrong("its place does not fit its shape or lies beyond the file"));
        }
        Ok(Some(Tensor { kind, rows, columns, start: self.data + from }))
    }

    /// One number of a tensor; the caller keeps within its bounds, and beyond the file it is 0.
    pub(super) fn number(&self, tensor: &Tensor, row: usize, column: usize) -> f64 {
        let at = tensor.start + (row * tensor.columns + column) * tensor.kind.bytes();
        let cell = self.bytes.get(at..).unwrap_or_default();
        match tensor.kind {
            Kind::F64 => cell.first_chunk().map_or(0.0, |b| f64::from_le_bytes(*b)),
            Kind::F32 => cell.first_chunk().map_or(0.0, |b| f32::from_le_bytes(*b).into()),
            Kind::F16 => cell.first_chunk().map_or(0.0, |b| half(u16::from_le_bytes(*b))),
            Kind::I64 => cell.first_chunk().map_or(0.0, |b| i64::from_le_bytes(*b) as f64),
            Kind::I32 => cell.first_chunk().map_or(0.0, |b| i32::from_le_bytes(*b).into()),
            Kind::I8 => cell.first_chunk().map_or(0.0, |b| i8::from_le_bytes(*b).into()),
        }
    }
}

/// Where a tensor lies.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tensor {
    kind: Kind,
    pub(super) rows: usize,
    pub(super) columns: usize,
    start: usize,
}

/// A number in half precision (IEEE 754 binary16).
fn half(bits: u16) -> f64 {
    let sign = if bits >> 15 == 1 { -1.0 } else { 1.0 };
    let (exponent, fraction) = (i32::from(bits >> 10 & 31), f64::from(bits & 1023) / 1024.0);
    match exponent {
        0 => sign * fraction * 2.0_f64.powi(-14),
        31 => f64::NAN,
        _ => sign * (1.0 + fraction) * 2.0_f64.powi(exponent - 15),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_are_read_as_numbers() {
        for (bits, expected) in [
            (0x3C00, 1.0),
            (0xC000, -2.0),
            (0x3555, 0.333_251_953_125),
            (0, 0.0),
            (0x0400, 6.103_515_625e-5),
        ] {
            assert!((half(bits) - expected).abs() < 1e-12, "{bits:x}");
        }
    }

    #[test]
    fn what_is_no_file_of_tensors_is_refused() {
        let with = |head: &str, data: usize| {
            let mut bytes = (head.len() as u64).to_le_bytes().to_vec();
            bytes.extend(head.bytes());
            bytes.resize(bytes.len() + data, 0);
            bytes
        };
        for (name, bytes) in [
            ("empty", vec![]),
            ("a head beyond the file", vec![9; 40]),
            ("a head that is no JSON", with("kettle", 0)),
            ("no tensor", with(r#"{"embeddings": 7}"#, 0)),
        ] {
            assert!(Tensors::read(bytes).is_err(), "{name}");
        }
        for (name, entry) in [
            ("beyond the file", r#"{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]}"#),
            ("another size", r#"{"dtype":"F32","shape":[3],"data_offsets":[0,8]}"#),
            (
                "a huge shape",
                r#"{"dtype":"F32","shape":[9223372036854775807,9],"data_offsets":[0,8]}"#,
            ),
            ("another kind", r#"{"dtype":"U4","shape":[2],"data_offsets":[0,8]}"#),
            ("backwards", r#"{"dtype":"I8","shape":[2],"data_offsets":[8,6]}"#),
        ] {
            let tensors = Tensors::read(with(&format!(r#"{{"t": {entry}}}"#), 8)).unwrap();
            assert!(tensors.find("t").is_err(), "{name}");
        }
    }
}

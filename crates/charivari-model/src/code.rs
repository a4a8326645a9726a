//! Stable codes for everything that can be wrong with an input, and the rows set aside.
//!
//! A code never changes its meaning and is never used again. `E01xx` stops a run before any output
//! is written; `E02xx` sets one row aside and the run goes on; `E03xx` is an output that could not
//! be written; `E04xx` a parameter that makes no sense; `E05xx` a graph that is not one.

use std::fmt;

use serde::{Serialize, Serializer};

/// Why a row was set aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    /// A post has no id.
    NoPostId,
    /// A post or trace has no account.
    NoAccount,
    /// A post or trace has no time.
    NoTime,
    /// A time is there but cannot be read.
    UnreadableTime,
    /// An id was turned into a rounded number, as spreadsheets do.
    DamagedId,
    /// A row has more or fewer fields than the header.
    FieldCount,
    /// A line or element is not valid JSON.
    MalformedJson,
    /// A row is not valid in the encoding of the file.
    Encoding,
    /// A row or field is longer than the cap.
    TooLarge,
    /// A field holds another type than the format says.
    WrongType,
    /// The header stands again inside the table.
    RepeatedHeader,
    /// The file ends in the middle of a row.
    CutRow,
    /// A trace has no object.
    NoObject,
    /// The row is valid but of a kind that this format entry does not read.
    OtherKind,
}

impl Code {
    /// Every code, in the order of their numbers.
    pub const ALL: [Self; 14] = [
        Self::NoPostId,
        Self::NoAccount,
        Self::NoTime,
        Self::UnreadableTime,
        Self::DamagedId,
        Self::FieldCount,
        Self::MalformedJson,
        Self::Encoding,
        Self::TooLarge,
        Self::WrongType,
        Self::RepeatedHeader,
        Self::CutRow,
        Self::NoObject,
        Self::OtherKind,
    ];

    /// The stable code, such as `E0204`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NoPostId => "E0201",
            Self::NoAccount => "E0202",
            Self::NoTime => "E0203",
            Self::UnreadableTime => "E0204",
            Self::DamagedId => "E0205",
            Self::FieldCount => "E0206",
            Self::MalformedJson => "E0207",
            Self::Encoding => "E0208",
            Self::TooLarge => "E0209",
            Self::WrongType => "E0210",
            Self::RepeatedHeader => "E0211",
            Self::CutRow => "E0212",
            Self::NoObject => "E0213",
            Self::OtherKind => "E0214",
        }
    }

    /// What is wrong, as a sentence fragment.
    pub const fn title(self) -> &'static str {
        match self {
            Self::NoPostId => "no post id",
            Self::NoAccount => "no account",
            Self::NoTime => "no time",
            Self::UnreadableTime => "a time that cannot be read",
            Self::DamagedId => "an id rounded by a spreadsheet",
            Self::FieldCount => "more or fewer fields than the header",
            Self::MalformedJson => "malformed JSON",
            Self::Encoding => "bytes that are not valid in the file's encoding",
            Self::TooLarge => "a row or field over the size limit",
            Self::WrongType => "a field of another type than the format has",
            Self::RepeatedHeader => "the header repeated inside the table",
            Self::CutRow => "a row cut off by the end of the file",
            Self::NoObject => "a trace without an object",
            Self::OtherKind => "a record of a kind that holds no post",
        }
    }

    /// What the analyst can do about it.
    pub const fn remedy(self) -> &'static str {
        match self {
            Self::NoPostId => "name the column that holds the post's id with --columns post=NAME",
            Self::NoAccount => {
                "name the column that holds the author's id with --columns account=NAME"
            }
            Self::NoTime => "name the column that holds the time with --columns time=NAME",
            Self::UnreadableTime => {
                "export times as ISO 8601 or Unix seconds; a local time needs --timezone"
            }
            Self::DamagedId => {
                "export again without opening the file in a spreadsheet, or import the column as text"
            }
            Self::FieldCount => {
                "look for unquoted separators or line breaks in this row and export again with quoting"
            }
            Self::MalformedJson => {
                "look at this line in the file; export again if many are damaged"
            }
            Self::Encoding => "save the file as UTF-8, or name its encoding with --encoding",
            Self::TooLarge => "raise --max-row if the row is genuine",
            Self::WrongType => {
                "look at this row in the file; check that the format was recognised right"
            }
            Self::RepeatedHeader => {
                "nothing to do: files were joined, and the extra header is no post"
            }
            Self::CutRow => "the download or copy stopped early: fetch the file again",
            Self::NoObject => "a trace needs the object that was shared in object_id",
            Self::OtherKind => "nothing to do: only posts and accounts are read",
        }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// One row that could not be used, kept aside with the reason.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct SetAside {
    /// Which input, as an index into the run's inputs.
    pub input: u32,
    /// The row: in tables the header is row 1; in JSON lines the line; in a JSON document the
    /// element, the first being 1.
    pub row: u64,
    /// What is wrong.
    pub code: Code,
    /// The field at fault, or empty where it is the whole row.
    pub field: String,
    /// What stood there, shortened; not yet escaped for display.
    pub met: String,
}

#[cfg(test)]
mod tests {
    use super::Code;

    #[test]
    fn codes_are_unique_and_in_order() {
        let codes: Vec<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
        let mut sorted = codes.clone();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(codes, sorted);
    }
}

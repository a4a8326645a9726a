//! One readable thing: a file, or a member of an archive, opened and recognised.

use std::collections::BTreeSet;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::sync::Arc;

use ::parquet::file::reader::ChunkReader;
use bytes::Bytes;
use encoding_rs_io::DecodeReaderBytesBuilder;

use crate::archive::Member;
use crate::error::{Error, Result};
use crate::formats::{self, Format, Mapper, Recognition};
use crate::head::{HEAD_BYTES, Head, Shape};
use crate::input::{Handle, Input, Tally};
use crate::options::Options;
use crate::records::{Emit, csv, json, parquet};
use crate::rows::Fault;
use crate::unpack::{Plain, is_cap, unpack};

/// The first bytes of every Parquet file.
const PARQUET_MAGIC: &[u8] = b"PAR1";

/// The most bytes of a packed Parquet file, which has to be unpacked to memory.
const MAX_PACKED_PARQUET: u64 = 4 << 30;

/// An opened part, its format known and its records not yet read.
pub(crate) struct Part {
    /// The name for messages: the file's, and the member's for archives.
    pub name: String,
    pub format: &'static dyn Format,
    pub recognition: Recognition,
    pub shape: Shape,
    pub mapper: Arc<dyn Mapper>,
    /// The header of a table and which of its columns stand where in a batch.
    pub header: Arc<[String]>,
    pub places: Arc<[Option<usize>]>,
    body: Body,
    cap: usize,
}

enum Body {
    Text(Plain),
    Parquet(parquet::Opened<std::fs::File>),
    ParquetInMemory(parquet::Opened<Bytes>),
}

impl Part {
    /// Opens a file that is no archive.
    pub(crate) fn of_file(input: &Input, tally: &Tally, options: &Options) -> Result<Self> {
        let mut handle = input.open()?;
        let mut magic = [0; 4];
        let filled =
            read_up_to(&mut handle, &mut magic).map_err(|error| input.unreadable(error))?;
        let is_parquet = &magic[..filled] == PARQUET_MAGIC;
        match input.open()? {
            Handle::File(file) if is_parquet => {
                let opened = open_parquet(input.name(), file)?;
                Self::of_parquet(input.name(), &opened, options)?.with(Body::Parquet(opened))
            }
            handle => Self::of_stream(input.name(), tally.watch(handle).boxed(), tally, options),
        }
    }

    /// Opens a member of an archive.
    pub(crate) fn of_member(
        input: &Input,
        member: &Member,
        tally: &Tally,
        options: &Options,
    ) -> Result<Self> {
        let name = format!("{}!{}", input.name(), member.name);
        let plain = member.open(input, tally, &options.limits)?;
        Self::of_stream(&name, plain, tally, options)
    }

    fn of_stream(name: &str, packed: Plain, tally: &Tally, options: &Options) -> Result<Self> {
        let failed = |error| failure(name, error);
        let mut plain = unpack(packed, &tally.bytes, &options.limits).map_err(failed)?;
        if plain.fill_buf().map_err(failed)?.starts_with(PARQUET_MAGIC) {
            let mut bytes = Vec::new();
            plain.take(MAX_PACKED_PARQUET).read_to_end(&mut bytes).map_err(failed)?;
            let opened = open_parquet(name, Bytes::from(bytes))?;
            return Self::of_parquet(name, &opened, options)?.with(Body::ParquetInMemory(opened));
        }
        let mut text = decode(plain, options);
        let mut start = Vec::with_capacity(HEAD_BYTES);
        text.by_ref().take(HEAD_BYTES as u64).read_to_end(&mut start).map_err(failed)?;
        if start.trim_ascii().is_empty() {
            return Err(Error::Empty { input: name.to_owned() });
        }
        let head = Head::of_text(&start, start.len() < HEAD_BYTES);
        let body = Body::Text(Box::new(Cursor::new(start).chain(text)));
        Unread::new(name, &head, options)?.with(body)
    }

    fn of_parquet<R: ChunkReader + 'static>(
        name: &str,
        opened: &parquet::Opened<R>,
        options: &Options,
    ) -> Result<Unread> {
        Unread::new(name, &Head::of_parquet(opened.columns(), opened.metadata()), options)
    }

    /// Cuts the part into chunks. A fault that ends the part early is its last chunk's.
    pub(crate) fn read(self, emit: Emit<'_>) -> std::result::Result<(), Fault> {
        let damaged = |met: String| Fault::new(charivari_model::Code::CutRow, "", &met);
        match self.body {
            Body::Parquet(opened) => opened.read(&kept(&self.places), emit).map_err(damaged)?,
            Body::ParquetInMemory(opened) => {
                opened.read(&kept(&self.places), emit).map_err(damaged)?;
            }
            Body::Text(text) => match self.shape {
                Shape::Csv { delimiter } => csv::read(text, delimiter, self.cap, emit),
                Shape::JsonLines => json::read_lines(text, self.cap, emit),
                _ => json::read_elements(text, self.format.elements(), self.cap, emit),
            },
        }
        Ok(())
    }
}

/// A part whose body is still to be attached.
struct Unread {
    name: String,
    format: &'static dyn Format,
    recognition: Recognition,
    shape: Shape,
    mapper: Arc<dyn Mapper>,
    header: Arc<[String]>,
    places: Arc<[Option<usize>]>,
    cap: usize,
}

impl Unread {
    fn new(name: &str, head: &Head, options: &Options) -> Result<Self> {
        let (format, recognition) = choose(name, head, options)?;
        let mapper: Arc<dyn Mapper> = format.mapper(name, head, options)?.into();
        let wanted: BTreeSet<usize> = match mapper.columns() {
            Some(columns) => columns.into_iter().collect(),
            None => (0..head.header.len()).collect(),
        };
        let place = |column: usize| wanted.iter().position(|wanted| *wanted == column);
        Ok(Self {
            name: name.to_owned(),
            format,
            recognition,
            shape: head.shape.clone(),
            mapper,
            header: head.header.clone().into(),
            places: (0..head.header.len()).map(place).collect(),
            cap: options.limits.row,
        })
    }

    #[expect(clippy::unnecessary_wraps, reason = "it ends chains of fallible steps")]
    fn with(self, body: Body) -> Result<Part> {
        let Self { name, format, recognition, shape, mapper, header, places, cap } = self;
        Ok(Part { name, format, recognition, shape, mapper, header, places, body, cap })
    }
}

/// The columns that are read, by place in the file.
fn kept(places: &[Option<usize>]) -> BTreeSet<usize> {
    let columns = places.iter().enumerate();
    columns.filter(|(_, place)| place.is_some()).map(|(column, _)| column).collect()
}

fn choose(
    name: &str,
    head: &Head,
    options: &Options,
) -> Result<(&'static dyn Format, Recognition)> {
    if let Some(id) = &options.format {
        let known =
            || formats::FORMATS.iter().map(|format| format.id()).collect::<Vec<_>>().join(", ");
        let format = formats::by_id(id)
            .ok_or_else(|| Error::UnknownFormat { met: id.clone(), known: known() })?;
        return Ok((format, Recognition::new(formats::Certainty::Sure, "named with --format")));
    }
    let by_content = formats::recognise(head);
    // Names that the analyst gave make a table of anything that has columns.
    let any = if head.is_json() { "json" } else { "table" };
    if let (None, false) = (&by_content, options.columns.is_empty())
        && let Some(table) = formats::by_id(any)
    {
        let reason = Recognition::new(formats::Certainty::Usual, "columns named with --columns");
        return Ok((table, reason));
    }
    by_content.ok_or_else(|| Error::Unrecognised { input: name.to_owned(), met: describe(head) })
}

/// What an unknown file looks like, in a few words.
fn describe(head: &Head) -> String {
    if head.is_table() && head.header.iter().any(|name| is_value(name)) {
        let count = head.header.len();
        return format!(
            "{} with {count} columns, whose first row has values and no names; it is not shown, since it \
             may be somebody's",
            head.shape.describe()
        );
    }
    let seen: Vec<&str> = if head.is_table() {
        head.header.iter().map(String::as_str).take(12).collect()
    } else {
        head.paths.iter().map(String::as_str).take(12).collect()
    };
    let seen =
        charivari_text::show::visible(&seen.join(", ")).chars().take(300).collect::<String>();
    format!("{} with {seen}", head.shape.describe())
}

/// Whether a cell of the first row is no name of a column: an address for mail, or many digits.
fn is_value(name: &str) -> bool {
    name.contains('@') || name.bytes().filter(u8::is_ascii_digit).count() >= 5
}

/// UTF-8 from whatever the byte order mark or the options say; UTF-8 itself is passed through, so
/// that invalid bytes are found where they stand.
fn decode(plain: Plain, options: &Options) -> Plain {
    let decoder = DecodeReaderBytesBuilder::new()
        .encoding(options.encoding)
        .utf8_passthru(true)
        .strip_bom(true)
        .bom_override(true)
        .build(plain);
    Box::new(BufReader::with_capacity(1 << 18, decoder))
}

fn open_parquet<R: ChunkReader + 'static>(name: &str, file: R) -> Result<parquet::Opened<R>> {
    parquet::Opened::new(file).map_err(|met| Error::Parquet { input: name.to_owned(), met })
}

/// What a read error means before anything was recognised.
pub(crate) fn failure(name: &str, source: io::Error) -> Error {
    let input = name.to_owned();
    if is_cap(&source) {
        Error::Bomb { input, limit: source.to_string() }
    } else if matches!(
        source.kind(),
        io::ErrorKind::InvalidData
            | io::ErrorKind::UnexpectedEof
            | io::ErrorKind::InvalidInput
            | io::ErrorKind::Other
    ) {
        Error::Damaged { input, source }
    } else {
        Error::Unreadable { input, source }
    }
}

/// Fills as much of `buffer` as there is.
pub(crate) fn read_up_to(reader: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match reader.read(&mut buffer[filled..])? {
            0 => break,
            count => filled += count,
        }
    }
    Ok(filled)
}

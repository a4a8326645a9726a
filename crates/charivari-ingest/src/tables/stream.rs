//! A part as a stream: unpacked, looked at, decoded and cut by the reader of its format.

use std::io::BufRead;

use super::decode::Decoding;
use super::feed::Feed;
use super::part::Part;
use super::report::{TableFormat, TableNote};
use super::window::Window;
use super::{delimited, dialect, json, recognise, sheet, sql};
use crate::error::{Error, Result};
use crate::head::HEAD_BYTES;
use crate::input::Tally;
use crate::part::failure;
use crate::unpack::{Plain, is_cap, unpack};

/// Reads `packed` into `part`; `read` is called now and then, for progress.
pub(crate) fn read(
    packed: Plain,
    tally: &Tally,
    part: &mut Part<'_>,
    read: &dyn Fn(),
) -> Result<()> {
    let name = part.name();
    let failed = |error| failure(&name, error);
    let mut plain = unpack(packed, &tally.bytes, &part.options.limits).map_err(failed)?;
    let start = plain.fill_buf().map_err(failed)?;
    if start.starts_with(super::seven::MAGIC) {
        let met = "it lies inside another file".to_owned();
        return Err(Error::SevenZ { input: name.clone(), met });
    }
    if sheet::may_be_sheet(start) {
        return sheet::read(plain, part);
    }
    std::thread::scope(|scope| {
        let mut feed = Feed::start(scope, plain, part.options.table_limits.block);
        let head = feed.head(HEAD_BYTES).map_err(failed)?;
        text(feed, &head, part, read)
    })
}

/// Reads a part that is text.
fn text(mut feed: Feed, head: &[u8], part: &mut Part<'_>, read: &dyn Fn()) -> Result<()> {
    let (decoding, mark) = Decoding::of(head, part.options.encoding);
    feed.leave_out(mark);
    let whole = head.len() < HEAD_BYTES;
    let start = decoded(head, whole, part);
    if start.trim().is_empty() && whole {
        return Err(Error::Empty { input: part.name() });
    }
    let Some(format) = recognise::recognise(&start, whole) else {
        return Err(Error::NoTable {
            input: part.name(),
            met: "bytes that are no text".to_owned(),
        });
    };
    part.report.format = format;
    let mut blocks = Told { feed, read };
    let mut window = Window::new(&mut blocks, decoding);
    cut(&mut window, &start, whole, part)?;
    if let Some(failure) = window.failure.as_ref().filter(|failure| is_cap(failure)) {
        return Err(Error::Bomb { input: part.name(), limit: failure.to_string() });
    }
    delimited::say_end(&window, part);
    let decoding = window.decoding();
    part.report.bytes = decoding.bytes + mark as u64;
    part.report.encoding = Some(decoding.found().clone());
    part.notes(TableNote::ZeroByte, decoding.zeros);
    Ok(())
}

/// The beginning as text, to be looked at.
fn decoded(head: &[u8], whole: bool, part: &Part<'_>) -> String {
    let (mut decoding, mark) = Decoding::of(head, part.options.encoding);
    let mut start = String::new();
    decoding.push(&head[mark..], &mut start);
    if whole {
        decoding.finish(&mut start);
    }
    start
}

/// Cuts the text by the reader of its format.
fn cut(window: &mut Window<'_>, start: &str, whole: bool, part: &mut Part<'_>) -> Result<()> {
    match part.report.format {
        TableFormat::Delimited => {
            let options = part.options;
            let found = dialect::sniff(start, whole, options.delimiter, options.quote);
            delimited::read(window, delimited::given(options, found), part)
        }
        TableFormat::Json | TableFormat::JsonLines => {
            json::read(window, recognise::is_by_line(start), part)
        }
        TableFormat::Sql => sql::read(window, sql::flavour(start), part),
        _ => {
            Err(Error::NoTable { input: part.name(), met: part.report.format.as_str().to_owned() })
        }
    }
}

/// Blocks whose coming is told, for progress.
struct Told<'t> {
    feed: Feed,
    read: &'t dyn Fn(),
}

impl super::window::Blocks for Told<'_> {
    fn next(&mut self, block: &mut Vec<u8>) -> std::io::Result<bool> {
        (self.read)();
        self.feed.next(block)
    }
}

//! From a batch of posts or traces to the touches in it: which row touched which object.
//!
//! This half runs on many threads at once and keeps nothing; [`crate::store::Store`] gathers.

use arrow_array::cast::AsArray;
use arrow_array::types::{TimestampMicrosecondType, UInt32Type, UInt64Type};
use arrow_array::{Array, RecordBatch, StringArray};

use crate::behaviours::{BEHAVIOURS, Emit, Scratch, by_name};
use crate::error::Error;
use crate::intern::hash;
use crate::parameters::Parameters;
use crate::places::{Place, Places};
use crate::posts::{Columns, Post};

/// The layer of traces whose behaviour is not named; it stands behind all behaviours.
pub(crate) const TRACE_LAYER: u8 = BEHAVIOURS.len() as u8;

/// A text in the buffer of a batch, with its hash.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Span {
    pub start: u32,
    pub end: u32,
    pub hash: u64,
}

/// One row: a post, or the post of one trace.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RowSpan {
    /// What the post is known by: its key, and for traces the account before it.
    pub identity: Span,
    /// Where in `identity` the post's own key begins.
    pub post_from: u32,
    /// `platform:native_id`, or the native id of traces.
    pub account: Span,
    /// How many bytes of `account` are the platform; 0 for traces.
    pub platform: u16,
    pub handle: Span,
    pub time: i64,
    /// Where the row's objects end.
    pub objects_end: u32,
    /// Depends on all that is said of the post, not on the order in which it is said.
    pub content: u64,
}

impl RowSpan {
    /// The bytes before the native id of the account: its platform and a colon.
    fn prefix(&self) -> u32 {
        if self.platform == 0 { 0 } else { u32::from(self.platform) + 1 }
    }
}

/// One touch with native ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Native<'t> {
    /// The object.
    pub object: &'t str,
    /// The native id of the account.
    pub account: &'t str,
    /// The native id of the post.
    pub post: &'t str,
    /// When, in microseconds since the epoch.
    pub time: i64,
}

/// What one batch holds: rows, and the objects each touched.
#[derive(Default)]
pub struct Touches {
    pub(crate) text: Vec<u8>,
    pub(crate) rows: Vec<RowSpan>,
    /// The layer and object of each touch; the object's bytes begin with the layer.
    pub(crate) objects: Vec<Span>,
    /// Whether the rows are traces, which are taken as given.
    pub(crate) are_traces: bool,
    /// Where each row stands in the inputs.
    pub(crate) places: Places,
    /// Links whose target cannot be known offline.
    pub(crate) unresolved_links: u64,
    /// The texts that may be near-copies, by row and place in `text`.
    pub(crate) near: Vec<(u32, std::ops::Range<usize>)>,
    /// The texts that may mean the same, normalised, by row and place in `text`.
    pub(crate) meant: Vec<(u32, std::ops::Range<usize>)>,
}

impl Touches {
    fn span(&mut self, write: impl FnOnce(&mut Vec<u8>)) -> Span {
        let start = self.text.len();
        write(&mut self.text);
        let hash = hash(&self.text[start..]);
        Span { start: start as u32, end: self.text.len() as u32, hash }
    }

    /// Hands over a text, normalised, if it has at least `least` letters and digits.
    fn mean(&mut self, row: u32, text: &str, least: usize, scratch: &mut Scratch) {
        let (object, normaliser) = scratch.normaliser();
        object.clear();
        if normaliser.normalise_into(text, object) >= least {
            let start = self.text.len();
            self.text.extend_from_slice(object.as_bytes());
            self.meant.push((row, start..self.text.len()));
        }
    }

    /// The bytes of `span`.
    pub(crate) fn bytes(&self, span: Span) -> &[u8] {
        &self.text[span.start as usize..span.end as usize]
    }

    /// Every touch with native ids, in the order of the rows: for the compatibility modes.
    pub fn native(&self) -> impl Iterator<Item = Native<'_>> {
        let mut first = 0;
        self.rows.iter().flat_map(move |row| {
            let objects = &self.objects
                [std::mem::replace(&mut first, row.objects_end as usize)..row.objects_end as usize];
            // Posts carry their platform before the id; traces carry their account.
            let skip = if self.are_traces { row.post_from } else { row.prefix() };
            objects.iter().map(move |object| Native {
                object: self.text_from(*object, 1),
                account: self.text_from(row.account, row.prefix()),
                post: self.text_from(row.identity, skip),
                time: row.time,
            })
        })
    }

    /// How each row stands among rows of the same post, of which the one that is least counts: the
    /// one with most objects, and of equally full ones the one with the least digest.
    pub fn standings(&self) -> impl Iterator<Item = (std::cmp::Reverse<u32>, u64)> {
        let mut first = 0;
        self.rows.iter().map(move |row| {
            let objects = row.objects_end - std::mem::replace(&mut first, row.objects_end);
            (std::cmp::Reverse(objects), row.content)
        })
    }

    fn text_from(&self, span: Span, skip: u32) -> &str {
        let bytes = self.bytes(span).get(skip as usize..).unwrap_or_default();
        std::str::from_utf8(bytes).unwrap_or_default()
    }

    /// Adds a row with its touches, which began at `first`.
    fn close(&mut self, first: usize, mut row: RowSpan) {
        let objects =
            self.objects[first..].iter().fold(0_u64, |sum, touch| sum.wrapping_add(touch.hash));
        row.content = objects ^ row.account.hash.rotate_left(17) ^ hash(&row.time.to_le_bytes());
        row.objects_end = self.objects.len() as u32;
        self.rows.push(row);
    }
}

/// The touches of a batch of posts.
///
/// # Errors
/// `E0411` where the batch is no table of posts.
pub fn of_posts(batch: &RecordBatch, parameters: &Parameters) -> Result<Touches, Error> {
    let columns = Columns::of(batch)?;
    let mut touches = Touches { places: places(batch), ..Touches::default() };
    let looks = |name| parameters.wanted().any(|(_, behaviour)| behaviour.name() == name);
    let (looks_near, looks_meant) = (looks(crate::near::NAME), looks(crate::meant::NAME));
    let mut post = Post::default();
    let mut scratch = Scratch::default();
    for row in 0..batch.num_rows() {
        columns.read(row, &mut post);
        let first = touches.objects.len();
        objects_of(&post, parameters, &mut scratch, &mut touches);
        let is_counted = !post.is_repost || parameters.include_reposts;
        if looks_near && is_counted {
            let start = touches.text.len();
            touches.text.extend_from_slice(post.text.as_bytes());
            touches.near.push((row as u32, start..touches.text.len()));
        }
        if looks_meant && is_counted {
            touches.mean(row as u32, post.text, parameters.min_text, &mut scratch);
        }
        let identity = touches.span(|text| keyed(text, post.platform, post.id));
        let account = touches.span(|text| keyed(text, post.platform, post.account));
        let handle = touches.span(|text| text.extend_from_slice(post.handle.as_bytes()));
        let span = RowSpan {
            identity,
            post_from: 0,
            account,
            platform: u16::try_from(post.platform.len()).unwrap_or_default(),
            handle,
            time: post.time,
            objects_end: 0,
            content: 0,
        };
        touches.close(first, span);
    }
    Ok(touches)
}

/// Where the rows of `batch` stand, as far as its columns `input` and `row` say.
fn places(batch: &RecordBatch) -> Places {
    let inputs = batch.column_by_name("input").and_then(|c| c.as_primitive_opt::<UInt32Type>());
    let rows = batch.column_by_name("row").and_then(|c| c.as_primitive_opt::<UInt64Type>());
    let mut places = Places::default();
    for at in 0..batch.num_rows() {
        let place = inputs
            .zip(rows)
            .map(|(inputs, rows)| Place { part: inputs.value(at), row: rows.value(at) });
        places.push(place);
    }
    places
}

fn keyed(text: &mut Vec<u8>, platform: &str, native: &str) {
    if !platform.is_empty() {
        text.extend_from_slice(platform.as_bytes());
        text.push(b':');
    }
    text.extend_from_slice(native.as_bytes());
}

/// Writes every object that `post` touches, each once.
fn objects_of(
    post: &Post<'_>,
    parameters: &Parameters,
    scratch: &mut Scratch,
    touches: &mut Touches,
) {
    for (layer, behaviour) in parameters.wanted() {
        let looked_at = behaviour.is_of_reposts() || !post.is_repost || parameters.include_reposts;
        if !looked_at {
            continue;
        }
        if behaviour.name() == "link" {
            let unresolved = post.addresses.iter().filter(|address| address.unresolved);
            touches.unresolved_links += unresolved.count() as u64;
        }
        let first = touches.objects.len();
        let mut take = |object: &str| {
            let span = touches.span(|text| {
                text.push(layer as u8);
                text.extend_from_slice(object.as_bytes());
            });
            let known = touches.objects[first..].iter().any(|other| {
                other.hash == span.hash && touches.bytes(*other) == touches.bytes(span)
            });
            if !known {
                touches.objects.push(span);
            }
        };
        behaviour.objects(post, parameters, &mut Emit::new(scratch, &mut take));
    }
}

/// The touches of a batch of traces. A trace whose behaviour is not named belongs to the layer
/// `trace`, or to the one behaviour asked for.
///
/// # Errors
/// `E0411` where the batch is no table of traces.
pub fn of_traces(batch: &RecordBatch, unnamed: Option<usize>) -> Result<Touches, Error> {
    let text = |column: &'static str| -> Result<&StringArray, Error> {
        let found = batch.column_by_name(column).and_then(|values| values.as_string_opt());
        found.ok_or(Error::Column { table: "traces", column })
    };
    let (objects, accounts, posts) = (text("object_id")?, text("account_id")?, text("post_id")?);
    let behaviours = text("behaviour").ok();
    let times = batch.column_by_name("time").and_then(|times| times.as_primitive_opt());
    let times: &arrow_array::PrimitiveArray<TimestampMicrosecondType> =
        times.ok_or(Error::Column { table: "traces", column: "time" })?;
    let unnamed = unnamed.map_or(TRACE_LAYER, |layer| layer as u8);
    let mut touches = Touches { are_traces: true, places: places(batch), ..Touches::default() };
    for row in 0..batch.num_rows() {
        let named = behaviours
            .filter(|names| names.is_valid(row))
            .and_then(|names| by_name(names.value(row)));
        let layer = named.map_or(unnamed, |(layer, _)| layer as u8);
        let object = touches.span(|text| {
            text.push(layer);
            text.extend_from_slice(objects.value(row).as_bytes());
        });
        touches.objects.push(object);
        let account = touches.span(|text| text.extend_from_slice(accounts.value(row).as_bytes()));
        // One native post id may stand with two accounts; it is taken as given, so as two posts.
        let identity = touches.span(|text| {
            text.extend_from_slice(accounts.value(row).as_bytes());
            text.push(0);
            text.extend_from_slice(posts.value(row).as_bytes());
        });
        let post_from = accounts.value(row).len() as u32 + 1;
        let handle = Span { start: 0, end: 0, hash: 0 };
        let time = times.value(row);
        let span = RowSpan {
            identity,
            post_from,
            account,
            platform: 0,
            handle,
            time,
            objects_end: 0,
            content: 0,
        };
        touches.close(touches.objects.len() - 1, span);
    }
    Ok(touches)
}

//! A plain table, as research teams keep their collections in.

use std::io::{self, Write};

use crate::clock::iso;
use crate::text::{Thing, spans};
use crate::world::{Post, Reference, World};

/// The columns of the table.
pub const COLUMNS: [&str; 11] = [
    "platform",
    "post_id",
    "account_id",
    "handle",
    "created_at",
    "text",
    "links",
    "hashtags",
    "mentions",
    "repost_of",
    "synthetic",
];

/// One row: a cell for each of [`COLUMNS`].
pub type Row = [String; 11];

/// The row of `post`.
#[must_use]
pub fn row(world: &World, post: &Post) -> Row {
    let author = world.author(post);
    let values = |thing| {
        let found = spans(&post.text).into_iter().filter(|span| span.thing == thing);
        found.map(|span| span.value).collect::<Vec<_>>().join(" ")
    };
    let (text, original) = match post.reference {
        Reference::Repost(at) => {
            let original = &world.posts[at];
            let handle = &world.author(original).handle.handle;
            (format!("RT @{handle}: {}", post.text), original.id.to_string())
        }
        _ => (post.text.clone(), String::new()),
    };
    [
        author.platform.name().to_owned(),
        post.id.to_string(),
        author.id.clone(),
        author.handle.handle.clone(),
        format!("{}Z", iso(post.time)),
        text,
        values(Thing::Link),
        values(Thing::Hashtag),
        values(Thing::Mention),
        original,
        "true".to_owned(),
    ]
}

/// Writes a header and `rows` as CSV.
///
/// # Errors
/// `out` cannot be written to.
pub fn write(rows: impl Iterator<Item = Row>, out: &mut impl Write) -> io::Result<()> {
    let mut table = csv::Writer::from_writer(out);
    table.write_record(COLUMNS)?;
    for row in rows {
        table.write_record(&row)?;
    }
    table.flush()
}

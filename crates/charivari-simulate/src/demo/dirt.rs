//! What is wrong with real exports: rows twice, cut, damaged, unreadable.

use crate::export::table::{self, Row};
use crate::world::{Post, Reference, World};

/// How many posts of the first collection the second one has too.
pub(super) const DUPLICATES: usize = 2;

/// The rows of the second collection: its own, two that the first has as well, one whose post id a
/// spreadsheet turned into a number, and one whose time nobody can read.
pub(super) fn rows(world: &World, first: &[&Post], second: &[&Post]) -> Vec<Row> {
    let mut posts = second.to_vec();
    // Of posts that stand for themselves both collections say the same.
    let plain = first.iter().filter(|post| post.reference == Reference::None);
    let step = (first.len() / 6).max(1);
    posts.extend(plain.step_by(step).skip(1).take(DUPLICATES));
    posts.sort_by_key(|post| post.id);
    let mut rows: Vec<Row> = posts.into_iter().map(|post| table::row(world, post)).collect();
    let Some(mut damaged) = rows.get(rows.len() / 2).cloned() else { return rows };
    "9.00000E+18".clone_into(&mut damaged[1]);
    // No post of the story has this id.
    let mut unreadable = damaged.clone();
    "9000000000000000500".clone_into(&mut unreadable[1]);
    "hier soir".clone_into(&mut unreadable[4]);
    rows.insert(rows.len() / 2, damaged);
    rows.insert(rows.len() / 4, unreadable);
    rows
}

/// `lines` with one more in the middle: a copy of another that was cut while it was written.
pub(super) fn cut_one(lines: &[u8]) -> Vec<u8> {
    let all: Vec<&[u8]> = lines.split_inclusive(|byte| *byte == b'\n').collect();
    let mut out = Vec::with_capacity(lines.len() + 200);
    for (place, line) in all.iter().enumerate() {
        out.extend_from_slice(line);
        if place == all.len() / 2 {
            // Within the id, which is ASCII.
            out.extend_from_slice(&line[..line.len().min(14)]);
            out.push(b'\n');
        }
    }
    out
}

//! The demo: an invented story, small enough to be carried by the program.
//!
//! A persona, "Holy Souls", claims to have the customer list of a satirical weekly. So much is public
//! fact; every post, account and address here is invented. False accounts on X, accounts that post handed-out texts and channels on
//! Telegram push it; a storm, a football match and a newsroom's tool make honest accounts look
//! coordinated too. [`files`] gives the exports in which an analyst would meet all that.

mod cast;
mod dirt;
mod lines;
mod readme;
mod story;

use std::io;

use crate::export::{table, telegram, truth, x_api};
use crate::random::mix;
use crate::world::{Platform, Post, World};

/// The seed of the demo that the project carries.
pub const SEED: u64 = 1831;

/// One file of the demo.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its name.
    pub name: &'static str,
    /// Its content, not compressed.
    pub bytes: Vec<u8>,
    /// Whether the project keeps it compressed.
    pub is_large: bool,
}

/// The distance of the exporting machine's clock from UTC in hours: Paris in winter.
const ZONE: i64 = 1;

/// The world of the story.
#[must_use]
pub fn world(seed: u64) -> World {
    story::script(seed).perform()
}

/// All files of the demo.
///
/// # Errors
/// A file cannot be written; as they are written to memory, that is a defect.
pub fn files(seed: u64) -> io::Result<Vec<File>> {
    let world = world(seed);
    let mut tweets = Vec::new();
    let kept = |second: bool| {
        let posts = world.posts_on(Platform::X);
        posts.filter(move |post| is_in_second(post) == second).collect::<Vec<&Post>>()
    };
    let (first, second) = (kept(false), kept(true));
    x_api::write(&world, first.iter().copied(), &mut tweets)?;
    let mut rows = Vec::new();
    let second_rows = dirt::rows(&world, &first, &second);
    table::write(second_rows.into_iter(), &mut rows)?;
    let mut messages = Vec::new();
    telegram::write(&world, ZONE, &mut messages)?;
    let mut accounts = Vec::new();
    truth::write(&world, &mut accounts)?;
    let file = |name, bytes, is_large| File { name, bytes, is_large };
    Ok(vec![
        file("x-posts.jsonl", dirt::cut_one(&tweets), true),
        file("x-posts-overlap.csv", rows, true),
        file("telegram.json", messages, true),
        file("truth.csv", accounts, false),
        file("README.md", readme::text(seed, &world).into_bytes(), false),
    ])
}

/// Whether the second collection has `post`: it watched one account in seven, whoever they are.
fn is_in_second(post: &Post) -> bool {
    mix(post.account as u64).is_multiple_of(7)
}

//! Text and web addresses: what several analysers need, and nothing of any one of them.
//!
//! | question | module |
//! |---|---|
//! | Are two posts the same text? | [`normalise`] |
//! | Which hashtags, mentions and links does a post have? | [`hashtag`], [`mention`], [`links`] |
//! | Do two links lead to one page, and whose site is it? | [`address`] |
//! | Which texts are copies of one another with edits? | [`near`] |
//! | Which say the same in other words, by a model that the analyst names? | [`meaning`] |
//! | How is text from evidence shown without harm? | [`show`] |
//! | How alike are two strings? | [`distance`] |
//! | Which language is it? | [`language`] |
//! | Which names look the same to a reader? | [`skeleton`] |
//! | Does a domain look like another's? | [`lookalike`] |
//!
//! Everything is a pure function of its arguments: no files, no network, no clock, no state. No
//! input makes anything panic, and time and memory grow with the length of the input (but see
//! [`distance`]). Functions named `…_into` append to the caller's buffer, for loops over
//! millions of posts. All offsets and lengths are bytes of UTF-8 unless a function says
//! otherwise; "characters" are Unicode code points.

pub mod address;
pub mod chars;
pub mod distance;
mod fold;
pub mod hashtag;
pub mod language;
pub mod links;
pub mod lookalike;
pub mod meaning;
pub mod mention;
pub mod near;
pub mod normalise;
pub mod show;
pub mod skeleton;
mod tokens;

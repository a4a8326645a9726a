//! Objects of platforms, mapped wherever they lie: several formats wrap the same ones.
//!
//! Nothing here recognises anything; each function turns one object into posts and accounts.

pub(super) mod captured;
pub(super) mod clip;
pub(super) mod html;
pub(super) mod page;
pub(super) mod skeet;
pub(super) mod status;
pub(super) mod telegram;
pub(super) mod telethon;
pub(super) mod tweet;
pub(super) mod web_tweet;

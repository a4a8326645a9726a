//! Text and web addresses.
pub mod address;
pub mod chars;
mod fold;
pub mod hashtag;
pub mod links;
pub mod mention;
pub mod normalise;
mod tokens;

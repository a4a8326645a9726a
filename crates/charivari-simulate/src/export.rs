//! Posts in the shapes of real exports.

pub mod table;
pub mod telegram;
pub mod truth;
pub mod x_api;

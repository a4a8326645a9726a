//! Placeholder.

pub mod compat;

//! A card for each group: all that is known of it beside its edges, and what else could explain it.
pub(crate) mod chance;
pub mod degree;
pub mod leaders;
pub(crate) mod material;
pub mod overlap;
pub mod rhythm;
pub mod stability;

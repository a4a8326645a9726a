//! Tables of every format and dialect, clean and dirty: the same file gives the same cells, what
//! cannot be read is set aside with a code, and no message has a value in it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test may stop where what it needs is not there"
)]

#[path = "tables/delimited.rs"]
mod delimited;
#[path = "tables/hostile.rs"]
mod hostile;
#[path = "tables/json.rs"]
mod json;
#[path = "tables/old_sheets.rs"]
mod old_sheets;
#[path = "tables/seven.rs"]
mod seven;
#[path = "tables/sheets.rs"]
mod sheets;
#[path = "tables/sink.rs"]
mod sink;
#[path = "tables/sql.rs"]
mod sql;

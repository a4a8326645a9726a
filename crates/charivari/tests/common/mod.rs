//! What several tests of the program share.

pub(crate) mod watch;

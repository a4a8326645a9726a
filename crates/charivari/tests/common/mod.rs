//! What several tests of the program share.

pub(crate) mod magazine;
pub(crate) mod scan;
pub(crate) mod watch;

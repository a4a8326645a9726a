//! The case directory.

//! The commands, one file each.

pub(crate) mod aside;
pub(crate) mod attribute;
pub(crate) mod case;
pub(crate) mod convert;
pub(crate) mod coordinate;
pub(crate) mod demo;
pub(crate) mod identity;
pub(crate) mod inspect;
pub(crate) mod knowledge;
pub(crate) mod leak;
pub(crate) mod mail;
pub(crate) mod notes;
pub(crate) mod observe;
pub(crate) mod reading;
pub(crate) mod report;
pub(crate) mod shell;
pub(crate) mod simulate;

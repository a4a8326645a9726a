//! The page.
use super::{Run, graphs::Drawing};
use crate::failure::Result;
use crate::output::Folder;
pub(super) fn write(_run: &Run<'_>, _drawing: &Drawing, _folder: &Folder) -> Result<()> { Ok(()) }

//! Graph files.
use super::Run;
use crate::failure::Result;
use crate::output::Folder;
pub(super) struct Drawing;
impl Drawing { pub(super) fn of(_run: &Run<'_>) -> Result<Self> { Ok(Self) } }
pub(super) fn write(_run: &Run<'_>, _drawing: &Drawing, _folder: &Folder) -> Result<()> { Ok(()) }

//! The report of a case, as a page, as text and for machines.
//!
//! One document of sections is written from a redacted case, and both forms for people are made from
//! it, so that they cannot say different things.

mod doc;
mod exposure;
mod html;
mod json;
mod markdown;
mod tell;

pub use exposure::{Exposed, ExposedTable, render_exposure};
pub use json::{JSON_VERSION, case_json};

use crate::Error;
use crate::redact::Redacted;

/// What a report of a case is written from.
#[derive(Clone, Copy, Debug)]
pub struct CaseView<'a> {
    /// The case, as its readers may see it.
    pub redacted: &'a Redacted,
    /// The command line that writes the report again, as it would be typed; shown to analysts alone.
    pub command_line: &'a str,
}

/// Renders the report of a case as one HTML page without script and without anything to load.
///
/// The same view gives the same bytes. What is too much for a page is left out by the
/// [`limits`](crate::limits), and the page says how much.
///
/// # Errors
///
/// [`Error::Template`] where the template engine fails to write.
pub fn render_case(view: &CaseView) -> Result<String, Error> {
    html::write(&tell::document(view), view.redacted.level().word())
}

/// Writes the report of a case as Markdown, with what [`render_case`] shows in words.
#[must_use]
pub fn case_markdown(view: &CaseView) -> String {
    markdown::write(&tell::document(view))
}

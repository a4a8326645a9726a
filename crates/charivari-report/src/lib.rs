//! The written report: a coordination result as one page that needs nothing else.
//!
//! [`render`] turns a [`view::Coordination`] into HTML without script and without any address that
//! a browser could load: it can be opened years later, printed, and handed to a court. The page is
//! told in words first and carries every number with the posts behind it, so that a journalist can
//! read it and a statistician can check it.
//!
//! Strings from the data are hostile until shown otherwise. Inside the page they exist only as a
//! type that has made control characters visible, bent addresses out of shape, escaped the markup
//! and isolated the direction of writing; a plain string is escaped by the template engine.
//!
//! A case is told the same way: [`redact`] takes out of a [`charivari_model::case::Dossier`] what a
//! reader may not see, and [`render_case`], [`case_markdown`] and [`case_json`] write what is left.
//!
//! [`render_exposure`] writes the page of whom a leak puts at risk.
//!
//! [`network_svg`], [`timeline_svg`] and [`places_svg`] draw charts on their own, for use elsewhere.
//!
//! Everything here is a function of its arguments: no clock, no files, no state.

mod case;
mod format;
mod histogram;
pub mod limits;
mod odds;
mod page;
mod redact;
mod show;
pub mod statement;
mod summary;
mod svg;
pub mod view;

pub use case::{
    CaseView, Exposed, ExposedTable, JSON_VERSION, case_json, case_markdown, render_case,
    render_exposure,
};
pub use charivari_model::case::Redaction;
pub use histogram::Histogram;
pub use redact::{Redacted, redact};
pub use svg::network::{NetworkOptions, NetworkPicture, WeightBand, network_svg};
pub use svg::places::{places_svg, places_svg_alone};
pub use svg::timeline::{hours_svg, timeline_svg};

/// Why a report could not be written.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The page's template failed, which no input should be able to cause.
    #[error(
        "E0350: expected to fill the report's template, but met \"{0}\"; please report this with \
         the input that causes it"
    )]
    Template(#[from] askama::Error),
    /// The marking of the case forbids a level of redaction.
    #[error(
        "E0351: expected a case marked {most} or more open for a report at the level {level}, but met \
         {marking}; choose a fuller level for those who may see it, or have the case marked anew by \
         whoever marked it"
    )]
    Marking {
        /// The level that was asked for.
        level: Redaction,
        /// The marking of the case.
        marking: charivari_model::Tlp,
        /// The most closed marking that the level allows.
        most: charivari_model::Tlp,
    },
    /// The report could not be written as JSON, which no input should be able to cause.
    #[error(
        "E0352: expected to write the report as JSON, but met \"{0}\"; please report this with the \
         case that causes it"
    )]
    Json(#[from] serde_json::Error),
}

/// Renders the report as one HTML page.
///
/// The same view gives the same bytes. What is too much for a page is left out by the [`limits`],
/// and the page says how much it left out.
///
/// # Errors
///
/// [`Error::Template`] where the template engine fails to write.
pub fn render(view: &view::Coordination) -> Result<String, Error> {
    page::render(view)
}

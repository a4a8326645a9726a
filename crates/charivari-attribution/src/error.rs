//! What can be wrong with profiles, reports, weights and cases.

use thiserror::Error;

/// Why an attribution cannot be made or scored.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum Error {
    /// A file of cases is no JSON of the expected form.
    #[error(
        "E1100: the cases are no JSON of the form {{\"cases\": [{{\"id\", \"kind\", \"query_techniques\", \"true_actor\", …}}]}}: {0}; write them as docs/attribution.md says"
    )]
    Cases(#[source] serde_json::Error),
    /// A file of profiles is no JSON of the expected form.
    #[error(
        "E1101: the profiles are no JSON of the form {{\"groups\": [{{\"id\", \"name\", \"country\", \"techniques\", \"software\"}}]}}: {0}; write them as docs/attribution.md says"
    )]
    Profiles(#[source] serde_json::Error),
    /// There is nothing to score.
    #[error("E1102: the file holds no case; at least one is expected")]
    NoCases,
    /// Two things have one id.
    #[error("E1103: the id {id} stands twice among the {of}; every id is expected once")]
    Twice {
        /// The id.
        id: String,
        /// What it is an id of.
        of: &'static str,
    },
    /// A case cannot be scored.
    #[error("E1104: case {id}: {problem}; mend the case or leave it out")]
    Case {
        /// The case.
        id: String,
        /// What is wrong with it.
        problem: String,
    },
    /// A line of the table of reports cannot be read.
    #[error("E1105: line {line} of the table of reports: {problem}; build the table anew")]
    Reports {
        /// The line, from 1.
        line: usize,
        /// What is wrong with it.
        problem: &'static str,
    },
    /// The weights are no JSON of the expected form, or do not fit the features.
    #[error("E1106: the weights cannot be used: {0}; fit them anew with the example fit_weights")]
    Weights(String),
    /// A query names nothing that could be compared.
    #[error(
        "E1107: none of the {named} techniques and tools of the query is known to any profile or report; check their ids (such as T1566.001 or S0154)"
    )]
    NothingKnown {
        /// How many were named.
        named: usize,
    },
    /// No actor is left to compare with.
    #[error("E1108: no profile has a technique; at least one actor is expected")]
    NoActors,
    /// A file cannot be read, or is longer than the cap.
    #[error("E1109: {what} cannot be read: {problem}; at most {cap} bytes of UTF-8 are expected")]
    Read {
        /// What was read.
        what: &'static str,
        /// What went wrong.
        problem: String,
        /// The cap.
        cap: u64,
    },
    /// The tables of counts would not fit in memory.
    #[error(
        "E1112: {actors} actors with {things} different techniques or tools are more than {cap} cells; leave out what nobody is compared on"
    )]
    TooMany {
        /// How many actors.
        actors: usize,
        /// How many different techniques or tools.
        things: usize,
        /// The cap on their product.
        cap: usize,
    },
    /// A file of observations, of hypotheses or of an analyst's cells is not of its form.
    #[error(
        "E1120: {what} cannot be used: {problem}; write them as docs/attribution.md#the-files-of-a-weighing says"
    )]
    Form {
        /// What was read.
        what: &'static str,
        /// What was expected and met, with the line where the parser knows it.
        problem: String,
    },
    /// One observation, one hypothesis or one cell says something that cannot be.
    #[error("E1121: {what} {row} ({id}): {problem}")]
    Row {
        /// What it is one of.
        what: &'static str,
        /// Its number in the file, from 1.
        row: usize,
        /// Its id.
        id: String,
        /// What was expected, what was met and what to do.
        problem: String,
    },
    /// There are more observations than can be weighed, or a text is too long.
    #[error("E1122: {met} {of} are more than the cap of {cap}; leave out what tells nothing apart")]
    Cap {
        /// How many were met.
        met: usize,
        /// Of what.
        of: &'static str,
        /// The cap.
        cap: usize,
    },
    /// Two matrices cannot be compared.
    #[error("E1123: the matrices have no cell in common; both must be of one case")]
    Apart,
}

/// A result with this crate's error.
pub type Result<T> = std::result::Result<T, Error>;

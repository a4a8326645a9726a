//! How a run fails: a message for the analyst and an exit code for scripts.

use std::fmt::Display;

use charivari_model::Exit;

/// A failed run.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) exit: Exit,
    pub(crate) message: String,
}

pub(crate) type Result<T> = std::result::Result<T, Failure>;

impl Failure {
    pub(crate) fn usage(message: impl Display) -> Self {
        Self { exit: Exit::Usage, message: message.to_string() }
    }

    pub(crate) fn input(message: impl Display) -> Self {
        Self { exit: Exit::Input, message: message.to_string() }
    }

    pub(crate) fn nothing(message: impl Display) -> Self {
        Self { exit: Exit::Nothing, message: message.to_string() }
    }

    pub(crate) fn output(message: impl Display) -> Self {
        Self { exit: Exit::Output, message: message.to_string() }
    }

    pub(crate) fn differs(message: impl Display) -> Self {
        Self { exit: Exit::Differs, message: message.to_string() }
    }

    pub(crate) fn fault(message: impl Display) -> Self {
        Self { exit: Exit::Fault, message: message.to_string() }
    }
}

impl From<charivari_ingest::Error> for Failure {
    fn from(error: charivari_ingest::Error) -> Self {
        use charivari_ingest::Error;
        match error {
            Error::UnknownFormat { .. } | Error::Columns { .. } => Self::usage(error),
            _ => Self::input(error),
        }
    }
}

impl From<charivari_case::Error> for Failure {
    fn from(error: charivari_case::Error) -> Self {
        Self { exit: error.exit(), message: error.to_string() }
    }
}

impl From<charivari_knowledge::Error> for Failure {
    fn from(error: charivari_knowledge::Error) -> Self {
        match error {
            charivari_knowledge::Error::NotKnown { .. } => Self::nothing(error),
            _ => Self::input(error),
        }
    }
}

impl From<charivari_mail::Error> for Failure {
    fn from(error: charivari_mail::Error) -> Self {
        use charivari_mail::Error;
        match error {
            Error::Trusted { .. } => Self::usage(error),
            _ => Self::input(error),
        }
    }
}

impl From<charivari_report::Error> for Failure {
    fn from(error: charivari_report::Error) -> Self {
        use charivari_report::Error;
        match error {
            Error::Marking { .. } => Self::usage(error),
            Error::Template(_) | Error::Json(_) => Self::fault(error),
        }
    }
}

impl From<charivari_coordination::Error> for Failure {
    fn from(error: charivari_coordination::Error) -> Self {
        use charivari_coordination::Error;
        match error {
            Error::UnknownBehaviour { .. } | Error::Window { .. } => Self::usage(error),
            Error::TooMany { .. } => Self::input(error),
            _ => Self::fault(error),
        }
    }
}

impl From<charivari_attribution::Error> for Failure {
    fn from(error: charivari_attribution::Error) -> Self {
        use charivari_attribution::Error;
        match error {
            Error::NoCases | Error::NoActors | Error::NothingKnown { .. } => Self::nothing(error),
            Error::Weights(_) => Self::fault(error),
            _ => Self::input(error),
        }
    }
}

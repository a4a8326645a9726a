//! What can go wrong between the two parties. No message holds a key, a token, an element or a value.

use thiserror::Error;

use crate::oprf;

/// The result of a step of the protocol.
pub type Result<T> = std::result::Result<T, Error>;

/// Why a step was refused.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum Error {
    /// An element, a key or a proof is wrong.
    #[error(transparent)]
    Oprf(#[from] oprf::Error),
    /// A message is not one of the protocol.
    #[error(
        "E0740: {expected} is expected in a message, {met} was met; both sides need one version"
    )]
    Message {
        /// What is expected.
        expected: &'static str,
        /// What was met.
        met: String,
    },
    /// A message announces more bytes than its kind may have.
    #[error(
        "E0741: at most {most} bytes are expected in a message of this kind, {met} are announced"
    )]
    Oversize {
        /// The most bytes of this kind of message.
        most: usize,
        /// What is announced.
        met: usize,
    },
    /// A message comes where another one is due.
    #[error("E0742: {expected} is due, {met} came; the link is closed")]
    Order {
        /// What is due.
        expected: &'static str,
        /// The kind that came.
        met: &'static str,
    },
    /// Nobody was invited with this token.
    #[error(
        "E0743: the token of an invitation is expected, an unknown one was met; ask to be invited"
    )]
    UnknownToken,
    /// The invitation was used before.
    #[error("E0744: an unused invitation is expected, this one was used; ask for a new approval")]
    Used,
    /// The invitation or the commitment is past its end.
    #[error(
        "E0745: an invitation that holds is expected, this one ended at {ended}; ask for a new one"
    )]
    Expired {
        /// When it ended.
        ended: String,
    },
    /// More rows than were approved.
    #[error("E0746: {approved} rows are approved, {met} are asked; ask about the approved ones")]
    Quota {
        /// The approved number.
        approved: u64,
        /// What was met.
        met: u64,
    },
    /// The elements are not the committed ones.
    #[error(
        "E0747: the elements that were committed before the approval are expected, others were met; \
         nothing was answered"
    )]
    OtherElements,
    /// An element stands twice in a request.
    #[error("E0748: distinct elements are expected, element {place} was met before")]
    Repeated {
        /// Its place, from 0.
        place: usize,
    },
    /// The ledger cannot be kept, so nothing is answered.
    #[error("E0749: the ledger cannot be {doing}: {met}; nothing was answered")]
    Ledger {
        /// What was tried.
        doing: &'static str,
        /// What was met.
        met: String,
    },
    /// The set is not the committed one.
    #[error(
        "E0752: the set that was committed before is expected (root {expected}), another was met \
         (root {met}); the organisation changed its table, or the link is damaged: trust nothing of it"
    )]
    OtherSet {
        /// The committed root.
        expected: String,
        /// The root of what came.
        met: String,
    },
    /// The set has another length, or is not in strict order.
    #[error("E0753: {expected} entries in strict order are expected, {met}; trust nothing of it")]
    SetShape {
        /// The committed number.
        expected: u64,
        /// What was met.
        met: String,
    },
    /// A file of the protocol cannot be understood.
    #[error("E0754: {file} cannot be used: {met}; ask for it again")]
    File {
        /// Which file.
        file: &'static str,
        /// What is wrong.
        met: String,
    },
    /// Files that do not belong together.
    #[error(
        "E0755: {what} is expected to belong to {to}, it belongs to another; use the files of one exchange"
    )]
    Unrelated {
        /// What was given.
        what: &'static str,
        /// What it has to fit.
        to: &'static str,
    },
    /// The sample is not the one that was committed.
    #[error(
        "E0756: the sample that was committed is expected, another was met ({met}); give the same \
         files, options and secret as at `leak ask commit`"
    )]
    OtherSample {
        /// In what it differs.
        met: String,
    },
    /// Hashes where values are needed.
    #[error(
        "E0757: plain values are expected in the column \"{column}\", hashes were met ({hashes} of the \
         first {seen}); hashes of e-mail addresses and telephone numbers hide nothing, since 11 million \
         guesses a second and core try all French mobile numbers in 20 seconds; fetch the plain values"
    )]
    Hashes {
        /// The column's name.
        column: String,
        /// How many look like hashes.
        hashes: u64,
        /// Of how many.
        seen: u64,
    },
    /// There is nothing to commit or to ask.
    #[error(
        "E0758: rows with a key are expected in {what}, none was met; is the right column named?"
    )]
    Nothing {
        /// In what.
        what: &'static str,
    },
    /// A number or text is out of its bounds.
    #[error("E0759: {what}: {expected} is expected, {met} was met")]
    Bounds {
        /// What it is.
        what: &'static str,
        /// What is expected.
        expected: String,
        /// What was met.
        met: String,
    },
    /// The list of canaries is not the committed one.
    #[error("E0766: the list of canaries that was committed is expected, another was met")]
    OtherCanaries,
    /// The organisation refused.
    #[error("E0768: the organisation refused with E0{number}: {}", meaning(*number))]
    Refused {
        /// The number of its error code.
        number: u16,
    },
}

impl Error {
    /// The stable code, such as `E0740`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Oprf(error) => error.code(),
            Self::Message { .. } => "E0740",
            Self::Oversize { .. } => "E0741",
            Self::Order { .. } => "E0742",
            Self::UnknownToken => "E0743",
            Self::Used => "E0744",
            Self::Expired { .. } => "E0745",
            Self::Quota { .. } => "E0746",
            Self::OtherElements => "E0747",
            Self::Repeated { .. } => "E0748",
            Self::Ledger { .. } => "E0749",
            Self::OtherSet { .. } => "E0752",
            Self::SetShape { .. } => "E0753",
            Self::File { .. } => "E0754",
            Self::Unrelated { .. } => "E0755",
            Self::OtherSample { .. } => "E0756",
            Self::Hashes { .. } => "E0757",
            Self::Nothing { .. } => "E0758",
            Self::Bounds { .. } => "E0759",
            Self::OtherCanaries => "E0766",
            Self::Refused { .. } => "E0768",
        }
    }

    /// The number of the code, as it travels to the other side: nothing else of the error does.
    #[must_use]
    pub fn number(&self) -> u16 {
        self.code().get(1..).and_then(|text| text.parse().ok()).unwrap_or(0)
    }

    pub(super) fn message(expected: &'static str, met: impl Into<String>) -> Self {
        Self::Message { expected, met: met.into() }
    }
}

/// What a number that the other side sent means.
#[must_use]
pub fn meaning(number: u16) -> &'static str {
    match number {
        730 => "an element was not canonically encoded",
        731 => "an element was the identity",
        740 => "a message could not be understood",
        741 => "a message was too long",
        742 => "a message came out of turn",
        743 => "the token is unknown",
        744 => "the invitation was used before",
        745 => "the invitation has ended",
        746 => "other than the approved number of rows was asked",
        747 => "the elements are not those that were committed",
        748 => "an element stands twice in the request",
        749 => "its ledger could not be written",
        750 => "it waited too long",
        755 => "the invitation belongs to another commitment",
        _ => "it gave a number that this version does not know",
    }
}

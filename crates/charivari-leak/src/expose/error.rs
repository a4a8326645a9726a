//! What keeps exposure from being sized. No message holds a value of a record.

use thiserror::Error;

/// A fault, with a stable code. Each says what was expected, what was met and what to do.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum Error {
    /// The context is no known word.
    #[error(
        "E0770: there is no context {met}; expected one of {known}, or a number from 1 to 4 with \
         --context-reason"
    )]
    Context {
        /// What was given.
        met: String,
        /// The words.
        known: String,
    },
    /// The context is a number without a reason, or out of range.
    #[error(
        "E0771: the context {met} is a number: expected one from 1 to 4, and --context-reason with why, \
         so that others can judge it"
    )]
    Points {
        /// What was given.
        met: String,
    },
    /// A column was named that no table has, or by a kind that there is not.
    #[error(
        "E0772: cannot use the column {column}: {met}; write --columns kind=column,…, such as email=mail"
    )]
    Column {
        /// What was given.
        column: String,
        /// What is wrong with it.
        met: String,
    },
    /// No column says who somebody is or where.
    #[error(
        "E0773: no table of {file} has a column that was known as a name, an address or a number to \
         reach somebody; name them with --columns kind=column,…"
    )]
    NoPerson {
        /// The file.
        file: String,
    },
    /// The tables have columns of people, and no row.
    #[error("E0774: {file} holds no record; give the table as it is in use")]
    Empty {
        /// The file.
        file: String,
    },
    /// A loss is no known word.
    #[error("E0775: {met} is no loss; expected none, limited or full")]
    Loss {
        /// What was given.
        met: String,
    },
    /// An instant cannot be read.
    #[error(
        "E0776: {option} is \"{met}\"; expected an instant such as 2023-01-05T09:30+01:00, or a day with \
         --timezone"
    )]
    Instant {
        /// The option.
        option: &'static str,
        /// What was given.
        met: String,
    },
    /// Instants contradict each other.
    #[error("E0777: {met}; correct --known-since or --leaked-on")]
    Order {
        /// How they do.
        met: String,
    },
    /// A recipient is no key of age.
    #[error("E0778: the recipient {met} is no public key of age; give one that begins with age1")]
    Recipient {
        /// What was given.
        met: String,
    },
    /// The list could not be encrypted or written.
    #[error("E0779: cannot write the notification list: {met}; nothing of it was kept")]
    List {
        /// What went wrong.
        met: String,
    },
    /// The system has no random bytes.
    #[error("E0780: the system gives no random bytes: {met}; look at its source of entropy")]
    Random {
        /// What the system said.
        met: String,
    },
}

//! What keeps messages from being examined at all. What is wrong with one message is no error: it
//! is a remark on that message.

use thiserror::Error;

/// A fault that stops a run.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum Error {
    /// A file of keys cannot be used.
    #[error(
        "E0900: {file} is no list of keys (met {met}); give one key a line, as in docs/mail.md"
    )]
    KeyFile {
        /// The file.
        file: String,
        /// What was met.
        met: String,
    },
    /// A line of a file of keys cannot be understood.
    #[error(
        "E0901: line {line} of {file}: expected {expected}, met something else; correct the line, or \
         put # before it"
    )]
    KeyLine {
        /// The file.
        file: String,
        /// The line, the first being 1.
        line: usize,
        /// What was expected.
        expected: &'static str,
    },
    /// A line of the list of genuine senders cannot be understood.
    #[error(
        "E0902: line {line} of {file}: expected a sender such as \"The Example <news@example.org>\", or \
         a domain, met something else; correct the line, or put # before it"
    )]
    ProtectedLine {
        /// The file.
        file: String,
        /// The line, the first being 1.
        line: usize,
    },
    /// A trusted server is no host name.
    #[error(
        "E0903: --trusted-authserv {met}: expected the host name with which the server signs its \
         results, such as mx.example.org or mx.example.org=below"
    )]
    Trusted {
        /// What was met.
        met: String,
    },
    /// The input is a kind of mailbox that is not read.
    #[error(
        "E0904: {input} is {met}, which is not read; save its messages as .eml or mbox with your mail \
         program, and examine those"
    )]
    Mailbox {
        /// The input.
        input: String,
        /// What it is.
        met: &'static str,
    },
    /// The input cannot be read to its end.
    #[error("E0905: cannot read {input} further than byte {at}: {source}; fetch the file again")]
    Reading {
        /// The input.
        input: String,
        /// The place in the plain bytes.
        at: u64,
        /// What the system said.
        source: std::io::Error,
    },
}

/// A result of this crate.
pub type Result<T> = std::result::Result<T, Error>;

//! What a message claims, and what of it can be verified.
//!
//! | question | module or type |
//! |---|---|
//! | Which messages does a file hold? | [`Mailbox`] |
//! | What does a message claim, and who vouches for it? | [`Examiner`], [`Examination`] |
//! | Verified, unverified or contradicted, and why? | [`Verdicts`] |
//! | Who signed it, and does that hold? | [`Checked`] (DKIM), [`Chain`] (ARC), [`Custody`] (DKIM2, a draft) |
//! | Which keys did senders publish, and when? | [`KeyBook`], [`PublishedKeys`] |
//! | Which messages belong together? | [`campaign`] |
//! | Which words threaten or demand? | [`lexicon`] |
//!
//! Everything is a pure function of its arguments: no files, no network, no clock. Keys come from a
//! file that the analyst gives, never from a name server; links are never followed.
//!
//! **Personal data.** Messages are victims' mail until shown otherwise. What this crate hands out to
//! be written down holds domains, hosts with public names, networks, counts and digests of
//! attachments; never a name, an address or words of a message, except for the fixed words of a
//! template that went to several people, which is what makes a campaign recognisable.

mod arc;
mod authres;
pub mod campaign;
mod claims;
mod dkim;
mod dkim2;
mod error;
mod examine;
#[doc(hidden)]
pub mod fuzzing;
mod html;
mod keys;
pub mod lexicon;
mod mailbox;
mod outlook;
mod parts;
mod path;
mod quotes;
mod raw;
mod remark;
mod senders;
mod traits;
mod verdict;

pub use arc::Chain;
pub use authres::{Recorded, Results, Trusted};
pub use claims::Claims;
pub use dkim::{Alignment, Checked, State};
pub use dkim2::{Custody, DRAFT as DKIM2_DRAFT, Handled};
pub use error::{Error, Result};
pub use examine::{Context, Examination, Examined, Examiner};
pub use keys::{KeyBook, PublishedKeys};
pub use mailbox::{Mailbox, Piece};
pub use outlook::Rebuilt;
pub use parts::{Attachment, Link};
pub use path::{Hop, Path};
pub use remark::Remark;
pub use senders::Protected;
pub use traits::Traits;
pub use verdict::{Verdict, Verdicts, Word};

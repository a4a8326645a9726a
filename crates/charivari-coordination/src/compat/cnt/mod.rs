//! The networks of the Coordination Network Toolkit 1.5.2: `co_retweet`, `co_tweet`, `co_link`,
//! `co_reply` and `co_post`.
//!
//! [`network`] gives the table of edges. The semantics, quirks included:
//!
//! - The first row of a message id wins; later ones are ignored, except that their links are read
//!   (see below).
//! - Two messages are partners if they have the same key (what was reposted, the text, the link,
//!   what was replied to; any two messages in `co_post`) and the second's time lies within the
//!   window around the first's, **bounds included**.
//! - Edges are **directed**: the weight of `user_1` → `user_2` is how many distinct messages of
//!   `user_1` have at least one partner by `user_2`. The least weight is asked of each direction
//!   alone, so one direction may be there without the other.
//! - Messages that are reposts count in `co_retweet` and `co_post` only.
//! - `co_tweet` compares texts in lower case, without anything from an `@` to the next white space,
//!   white space being collapsed. Addresses stay, so the same text with two short links does not
//!   match, while all messages of mentions alone match each other.
//! - `co_link` splits the addresses at single spaces, so **no addresses are one empty address**:
//!   all messages without a link match each other. [`Options::has_empty_link`] leaves that out.
//!   A repeated message id adds its new addresses, with the user and time of its own row.
//! - An account's edge to itself is dropped, as the peer does when it exports.
//!
//! # What is compared with the peer, and what is not
//!
//! Compared, with no row different: all five networks on synthetic messages with repeated ids,
//! reposts, mentions, empty texts and links, fractions of seconds, non-Latin scripts; `co_retweet`
//! on 35,125 traces with windows of 10 and 60 s. **Untested**, because no table of the peer covers
//! it: times that are not finite (here such a message has no partners) and NUL characters.
//!
//! Left out: `co_similar_tweet`, which compares all posts within the window word by word, and
//! `co_link` on resolved addresses, which needs the network.

mod network;
mod shares;
mod text;

use std::borrow::Cow;

pub use network::{Edge, EdgeTable, network};

use super::IdColumn;
use super::coortweet::Rows;
use super::error::{CompatError, check_length, check_window};

/// The input: one row per message, **in file order with repetitions**.
///
/// An empty string means that there is none, as in the peer's CSV files.
#[derive(Debug, Clone, Default)]
pub struct Messages<'a> {
    message: IdColumn<'a>,
    user: IdColumn<'a>,
    time: Cow<'a, [f64]>,
    repost: Option<IdColumn<'a>>,
    reply: Option<IdColumn<'a>>,
    text: Option<Vec<&'a str>>,
    urls: Option<Vec<&'a str>>,
}

impl<'a> Messages<'a> {
    /// Puts the columns together that every network needs: the message's id, the user's id, and
    /// the time in seconds since any fixed point.
    ///
    /// # Errors
    ///
    /// [`CompatError::ColumnLength`] if the columns differ in length.
    pub fn new(
        message: IdColumn<'a>,
        user: IdColumn<'a>,
        time: impl Into<Cow<'a, [f64]>>,
    ) -> Result<Self, CompatError> {
        let time = time.into();
        check_length("user_id", user.len(), message.len())?;
        check_length("timestamp", time.len(), message.len())?;
        Ok(Self { message, user, time, ..Self::default() })
    }

    /// Reads a table of traces: the content is the message, the account the user, and the object
    /// what was reposted. Only `co_retweet` and `co_post` make sense of that.
    pub fn from_traces(rows: &Rows<'a>) -> Self {
        Self {
            message: rows.content.clone(),
            user: rows.account.clone(),
            time: rows.time.clone(),
            repost: Some(rows.object.clone()),
            ..Self::default()
        }
    }

    /// Adds the id of the message that was reposted, empty where the message is no repost. Without
    /// this column no message is one.
    ///
    /// # Errors
    ///
    /// [`CompatError::ColumnLength`] if the column differs in length.
    pub fn with_repost_id(mut self, repost: IdColumn<'a>) -> Result<Self, CompatError> {
        check_length("repost_id", repost.len(), self.len())?;
        self.repost = Some(repost);
        Ok(self)
    }

    /// Adds the id of the message that was replied to, empty where there is none.
    ///
    /// # Errors
    ///
    /// [`CompatError::ColumnLength`] if the column differs in length.
    pub fn with_reply_id(mut self, reply: IdColumn<'a>) -> Result<Self, CompatError> {
        check_length("reply_id", reply.len(), self.len())?;
        self.reply = Some(reply);
        Ok(self)
    }

    /// Adds the text.
    ///
    /// # Errors
    ///
    /// [`CompatError::ColumnLength`] if the column differs in length.
    pub fn with_text(mut self, text: Vec<&'a str>) -> Result<Self, CompatError> {
        check_length("message", text.len(), self.len())?;
        self.text = Some(text);
        Ok(self)
    }

    /// Adds the addresses in the text, separated by spaces.
    ///
    /// # Errors
    ///
    /// [`CompatError::ColumnLength`] if the column differs in length.
    pub fn with_urls(mut self, urls: Vec<&'a str>) -> Result<Self, CompatError> {
        check_length("urls", urls.len(), self.len())?;
        self.urls = Some(urls);
        Ok(self)
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.message.len()
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.message.is_empty()
    }

    /// Whether the message in a row is a repost.
    fn is_repost(&self, row: u32) -> bool {
        self.repost.as_ref().is_some_and(|repost| !repost.name(row).is_empty())
    }
}

/// What makes two messages partners.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Network {
    /// Reposts of the same message.
    CoRetweet,
    /// The same text, but for mentions, case and white space.
    CoTweet,
    /// The same address.
    CoLink,
    /// Replies to the same message.
    CoReply,
    /// Any two messages: how much two accounts could coincide at most.
    CoPost,
}

impl Network {
    /// Every network, in the order of the peer's documentation.
    pub const ALL: [Self; 5] =
        [Self::CoRetweet, Self::CoTweet, Self::CoReply, Self::CoLink, Self::CoPost];

    /// The peer's name for it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::CoRetweet => "co_retweet",
            Self::CoTweet => "co_tweet",
            Self::CoLink => "co_link",
            Self::CoReply => "co_reply",
            Self::CoPost => "co_post",
        }
    }
}

/// The peer's arguments, with the defaults of its command line.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// What makes two messages partners. Default `co_retweet`.
    pub network: Network,
    /// The largest difference in time between partners, in seconds, itself allowed. Default 1.
    pub time_window_s: f64,
    /// The least weight of a directed edge. Default 2.
    pub min_edge_weight: u32,
    /// Whether a message without addresses has one empty address in `co_link`, as the peer has it.
    /// Default true.
    pub has_empty_link: bool,
    /// Partners to look at beyond which the run is refused, each message being its own partner and
    /// each two messages counting twice. It bounds time, not memory. Default 20 thousand million.
    pub max_pairs: u64,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            network: Network::CoRetweet,
            time_window_s: 1.0,
            min_edge_weight: 2,
            has_empty_link: true,
            max_pairs: 20_000_000_000,
        }
    }
}

impl Options {
    fn check(&self) -> Result<(), CompatError> {
        check_window("time_window", self.time_window_s)
    }
}

//! What is planned before it happens: who does what when.

use super::{Group, Wave};
use crate::text::Language;

/// The program with which a post was posted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Client {
    /// A telephone.
    Phone,
    /// A browser.
    Web,
    /// A tool that posts at set times.
    Planner,
    /// A newsroom's own system.
    Desk,
    /// An application that posts by itself.
    App,
}

impl Client {
    /// Its name in tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Phone => "Example for Phones",
            Self::Web => "Example Web",
            Self::Planner => "Quarter Planner",
            Self::Desk => "Press Desk",
            Self::App => "Lecturette",
        }
    }
}

/// What kind of text a post has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// Somebody's own words.
    Own,
    /// The headline of what is linked, as share buttons fill it in.
    Headline,
    /// A text made to be copied: long enough to be known again.
    Message,
    /// A text of a news agency.
    Wire,
    /// The sentence that an application posts for everybody.
    Automatic,
}

/// A run of hashtags in the pool.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tags {
    pub(crate) start: u32,
    pub(crate) count: u8,
}

/// A page of a site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Link {
    pub(crate) site: u32,
    pub(crate) page: u32,
}

/// What one post does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Act {
    /// It says something.
    Say,
    /// It answers a post that was just written on its topic.
    Reply,
    /// It carries a link.
    Link(u32),
    /// It says something that others will pass on: the original with this number.
    Original(u32),
    /// It passes on the original with this number.
    Repost(u32),
}

/// One post that is planned.
#[derive(Clone, Debug)]
pub(super) struct Deed {
    pub(super) time: i64,
    pub(super) account: u32,
    pub(super) topic: u32,
    pub(super) act: Act,
    pub(super) words: u64,
    pub(super) form: Form,
    pub(super) edit: u32,
    pub(super) tags: Tags,
    pub(super) mention: Option<u32>,
    pub(super) language: Language,
    pub(super) client: Client,
    pub(super) wave: Option<u32>,
}

impl Deed {
    /// Own words of `account` at `time`; the caller changes what differs.
    pub(super) fn own(time: i64, account: u32, topic: u32, words: u64, language: Language) -> Self {
        let client = if words.is_multiple_of(4) { Client::Web } else { Client::Phone };
        Self {
            time,
            account,
            topic,
            act: Act::Say,
            words,
            form: Form::Own,
            edit: 0,
            tags: Tags::default(),
            mention: None,
            language,
            client,
            wave: None,
        }
    }
}

/// All that is planned.
#[derive(Debug, Default)]
pub(super) struct Plan {
    pub(super) deeds: Vec<Deed>,
    pub(super) links: Vec<Link>,
    pub(super) sites: Vec<String>,
    pub(super) hashtags: Vec<String>,
    pub(super) tag_pool: Vec<u32>,
    /// How many posts are to be passed on.
    pub(super) originals: u32,
    pub(super) groups: Vec<Group>,
    pub(super) waves: Vec<Wave>,
    /// What many shared, for those who ride on it.
    pub(super) popular: Vec<Popular>,
}

/// Something that many shared.
#[derive(Clone, Copy, Debug)]
pub(super) struct Popular {
    pub(super) act: Act,
    pub(super) topic: u32,
    pub(super) birth: i64,
    /// In seconds.
    pub(super) half_life: f64,
    pub(super) shares: u32,
}

impl Plan {
    pub(super) fn new_link(&mut self, site: u32) -> u32 {
        let page = self.links.len() as u32;
        self.links.push(Link { site, page: page + 1 });
        page
    }

    pub(super) fn new_site(&mut self, host: String) -> u32 {
        self.sites.push(host);
        self.sites.len() as u32 - 1
    }

    pub(super) fn new_original(&mut self) -> u32 {
        self.originals += 1;
        self.originals - 1
    }

    pub(super) fn new_hashtag(&mut self, tag: String) -> u32 {
        self.hashtags.push(tag);
        self.hashtags.len() as u32 - 1
    }

    /// Puts a row of hashtags into the pool.
    pub(super) fn row(&mut self, tags: &[u32]) -> Tags {
        let start = self.tag_pool.len() as u32;
        let count = tags.len().min(usize::from(u8::MAX));
        self.tag_pool.extend_from_slice(&tags[..count]);
        Tags { start, count: count as u8 }
    }

    /// The next wave of `group`.
    pub(super) fn new_wave(&mut self, group: u32, object: super::Object) -> u32 {
        self.waves.push(Wave { group, object });
        self.waves.len() as u32 - 1
    }
}

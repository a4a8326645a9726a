//! A crowd of any size with planted groups of every tactic, and the truth beside it.
//!
//! [`generate`] draws a whole [`Society`] from its [`Settings`]. The honest crowd has heavy-tailed
//! activity, few interests for each account, time zones and sleep, things that everybody shares
//! while they are new, breaking news that thousands share within minutes, some who are always among
//! the first, some who post on the quarter hour, and publishers whose outlets really do post
//! together. Into it groups are planted, each with a [`Tactic`]: their members live as the crowd
//! does and take part in a campaign besides. It serves to measure how often a method is right and
//! how often it blames the innocent, and to teach what both look like.
//!
//! An honest account shares a thing at a rate of activity × interest × wakefulness × attention; two
//! honest accounts meet only because those coincide. Only members of one campaign, outlets of one
//! publisher and nobody else act on purpose at one time.
//!
//! ```
//! use charivari_simulate::society::{Settings, Tactic, generate};
//!
//! let mut settings = Settings::honest(1_000, 7);
//! settings.plant(&[Tactic::Small], 2);
//! let society = generate(&settings);
//! let campaign = society.posts.iter().filter(|post| society.is_campaign(post)).count();
//! assert_eq!(society.posts.len(), 12_000);
//! assert!(campaign > 60);
//! ```

mod assemble;
mod attention;
mod campaign;
mod chatter;
mod people;
mod plan;
mod settings;
mod syndication;
mod table;
mod topics;
mod words;

pub use self::people::Habit;
pub use self::plan::{Client, Form};
pub use self::settings::{Planted, Settings, Tactic};
pub use self::table::{
    README, write_accounts_csv, write_posts_csv, write_truth_accounts, write_truth_posts,
};

use self::assemble::assemble;
use self::people::People;
use self::plan::Plan;
use self::topics::Topics;
use crate::random::Random;
use crate::text::Language;
use crate::world::{x_account_id, x_post_id};

/// Why the accounts of a group act together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A covert group that was planted.
    Planted,
    /// Outlets of one publisher that post the same agency texts: together, openly, innocent.
    Syndication,
    /// Accounts for which one application posts the same sentence, whenever each uses it.
    App,
}

impl Kind {
    /// Its name in truth tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Planted => "planted",
            Self::Syndication => "syndication",
            Self::App => "app",
        }
    }
}

/// Accounts that act together, in truth.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// Its name in truth tables, such as `fast-00`.
    pub name: String,
    /// Why they act together.
    pub kind: Kind,
    /// How, where the group is planted.
    pub tactic: Option<Tactic>,
    /// Its accounts, as places in [`Society::accounts`].
    pub members: Vec<u32>,
}

/// One account.
#[derive(Clone, Debug, PartialEq)]
pub struct Account {
    /// Letters, digits and `_`.
    pub handle: String,
    /// What stands above its posts.
    pub name: String,
    /// When it was opened, in seconds since the epoch.
    pub created: i64,
    /// What it writes in.
    pub language: Language,
    /// Its own clock's distance from UTC in hours: the zone's, and later for owls.
    pub clock: i64,
    /// What it cares for: topics, each with its share of the account's attention; these sum to 1.
    pub interests: [(u32, f64); 3],
    /// How many ordinary posts are expected of it.
    pub rate: f64,
    /// How it goes about posting.
    pub habit: Habit,
    /// The group to which it belongs, as a place in [`Society::groups`].
    pub group: Option<u32>,
}

/// One post. What it says follows from it: see [`Society::text`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Post {
    /// When, in whole seconds since the epoch, on the platform's clock (see
    /// [`Settings::resolution`]).
    pub time: i64,
    /// Its author, as a place in [`Society::accounts`].
    pub account: u32,
    /// The post that it passes on, as a place in [`Society::posts`].
    pub repost_of: Option<u32>,
    /// The post that it answers, as a place in [`Society::posts`].
    pub reply_to: Option<u32>,
    /// The link in it, as a number for [`Society::link`].
    pub link: Option<u32>,
    /// The account that it mentions, as a place in [`Society::accounts`].
    pub mention: Option<u32>,
    /// Its hashtags in order: see [`Society::tags`].
    pub(crate) tags: plan::Tags,
    /// What its words are about, as a topic's number.
    pub topic: u32,
    /// Posts of one language, topic, form and number say the same words, edits apart.
    pub words: u64,
    /// What kind of text its words are.
    pub form: Form,
    /// Which edited copy of the words this is; 0 for the words as they are.
    pub edit: u32,
    /// What its author writes in.
    pub language: Language,
    /// The program with which it was posted.
    pub client: Client,
    /// The occasion on which a group acted together, as a place in [`Society::waves`]; `None` for
    /// an ordinary post.
    pub wave: Option<u32>,
}

/// One occasion on which a group acted together on one object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wave {
    /// The group, as a place in [`Society::groups`].
    pub group: u32,
    /// What they met on.
    pub object: Object,
}

/// What a group meets on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Object {
    /// A link, as a number for [`Society::link`].
    Link(u32),
    /// Passing on one post.
    Repost,
    /// The same words.
    Words,
    /// The same words, each copy edited.
    EditedWords,
    /// The same row of hashtags.
    Hashtags,
}

impl Object {
    /// Its name in truth tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Link(_) => "link",
            Self::Repost => "repost",
            Self::Words => "text",
            Self::EditedWords => "edited-text",
            Self::Hashtags => "hashtags",
        }
    }
}

/// A whole simulated society, with its truth.
#[derive(Clone, Debug, PartialEq)]
pub struct Society {
    /// What it was drawn from.
    pub settings: Settings,
    /// All accounts: people first, then outlets. Not all of them post.
    pub accounts: Vec<Account>,
    /// All posts by time.
    pub posts: Vec<Post>,
    /// Who really acts together.
    pub groups: Vec<Group>,
    /// When they did.
    pub waves: Vec<Wave>,
    /// All hashtags, without their signs.
    pub hashtags: Vec<String>,
    /// Hosts of the links.
    pub sites: Vec<String>,
    pub(crate) links: Vec<plan::Link>,
    pub(crate) tag_pool: Vec<u32>,
}

impl Society {
    /// The address with this number.
    ///
    /// # Panics
    /// When no link has this number.
    #[must_use]
    pub fn link(&self, number: u32) -> String {
        let mut out = String::new();
        words::push_link(&mut out, self, number);
        out
    }

    /// How many links there are; their numbers count from 0.
    #[must_use]
    pub fn link_count(&self) -> u32 {
        self.links.len() as u32
    }

    /// The hashtags of `post` in order, as places in [`Society::hashtags`]. A repost has those of
    /// the post that it passes on.
    #[must_use]
    pub fn tags(&self, post: &Post) -> &[u32] {
        let start = post.tags.start as usize;
        &self.tag_pool[start..start + usize::from(post.tags.count)]
    }

    /// Appends what `post` says: its words with whom it mentions, its hashtags and its link. A
    /// repost says what the post that it passes on says.
    pub fn text(&self, post: &Post, out: &mut String) {
        words::push_text(out, self, post);
    }

    /// The native id of the post at `place`.
    #[must_use]
    pub const fn post_id(place: u32) -> u64 {
        x_post_id(place as u64 + 1)
    }

    /// The native id of the account at `place`.
    #[must_use]
    pub const fn account_id(place: u32) -> u64 {
        x_account_id(place as u64)
    }

    /// The group of which `account` is a planted member, as a place in [`Society::groups`].
    #[must_use]
    pub fn planted_group(&self, account: u32) -> Option<u32> {
        let group = self.accounts.get(account as usize)?.group?;
        (self.groups[group as usize].kind == Kind::Planted).then_some(group)
    }

    /// Whether `post` was posted for a planted group's campaign.
    #[must_use]
    pub fn is_campaign(&self, post: &Post) -> bool {
        let group = post.wave.map(|wave| self.waves[wave as usize].group);
        group.is_some_and(|group| self.groups[group as usize].kind == Kind::Planted)
    }
}

/// Draws the society of `settings`; the same settings give the same society.
///
/// Settings that [`Settings::check`] refuses are first brought into range, and groups that do not
/// fit into the crowd are left out.
#[must_use]
pub fn generate(settings: &Settings) -> Society {
    let settings = settings.in_range();
    let seed = settings.seed;
    let part = |number: u64| Random::part(seed, 20 + number);
    let mut plan = Plan::default();
    let topics = Topics::new(&settings, &mut plan, &mut part(0));
    let mut people = People::new(&settings, &topics, &mut part(1));
    let campaigns = campaign::enlist(&settings, &mut people, &mut plan, &mut part(2));
    syndication::enlist_app(&settings, &mut people, &mut plan, &mut part(3));
    let audiences = topics.audiences(&people);
    let mut drawn = attention::Drawn::new(&people);
    attention::ordinary(&settings, &topics, &audiences, &mut drawn, &mut plan, &mut part(4));
    attention::breaking(&settings, &topics, &audiences, &mut drawn, &mut plan, &mut part(5));
    campaign::act(&settings, &topics, &audiences, &campaigns, &people, &mut plan, &mut part(6));
    syndication::app_posts(&settings, &people, &mut plan, &mut part(7));
    syndication::newsrooms(&settings, &topics, &mut people, &mut plan, &mut part(8));
    chatter::fill(&settings, &topics, &people, &mut plan, &mut part(9));
    assemble(settings, people, plan, &mut part(10))
}

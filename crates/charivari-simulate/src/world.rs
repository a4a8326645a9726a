//! What there is in the end: accounts, chats and posts, with who was planted.

use crate::text::{Handle, Language, Topic, handle};

/// Where an account is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Platform {
    /// X, before 2023 Twitter.
    X,
    /// Telegram.
    Telegram,
}

impl Platform {
    /// Its short name in keys.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::X => "x",
            Self::Telegram => "telegram",
        }
    }
}

/// What an account really is: the truth that no export shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// One of the crowd, acting for itself.
    Crowd,
    /// An outlet that posts each article through one tool: coordinated, and innocent.
    Newsroom,
    /// The face that an operation wears.
    Persona,
    /// A false account that pushes what the persona posts.
    Puppet,
    /// An account that posts texts handed out to it.
    Copyist,
    /// A channel that passes on what the operation posts.
    Amplifier,
}

impl Role {
    /// Its name in truth tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Crowd => "crowd",
            Self::Newsroom => "newsroom",
            Self::Persona => "persona",
            Self::Puppet => "puppet",
            Self::Copyist => "copyist",
            Self::Amplifier => "amplifier",
        }
    }

    /// Whether the account is part of an operation.
    #[must_use]
    pub const fn is_planted(self) -> bool {
        !matches!(self, Self::Crowd | Self::Newsroom)
    }
}

/// A Telegram channel or group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chat {
    /// Its native id.
    pub id: u64,
    /// Its title.
    pub name: String,
    /// Whether it is a channel, which posts in its own name; else a group of members.
    pub is_channel: bool,
}

/// One account.
#[derive(Clone, Debug, PartialEq)]
pub struct Account {
    /// Where it is.
    pub platform: Platform,
    /// Its native id, from a range that the platform has not given out.
    pub id: String,
    /// Its handle and the name shown.
    pub handle: Handle,
    /// What it writes in.
    pub language: Language,
    /// Its clock's distance from UTC in hours.
    pub zone: i64,
    /// What it cares for: most, and next.
    pub interests: [Topic; 2],
    /// How much it posts, relative to others.
    pub activity: f64,
    /// The chat in which it writes.
    pub chat: Option<usize>,
    /// The group that it acts with.
    pub group: Option<&'static str>,
    /// What it really is.
    pub role: Role,
}

/// The first account id on X that is given out here; real ones are far below.
const FIRST_X_ACCOUNT: u64 = 9_100_000_000_000_000_000;

/// The first post id on X that is given out here. Ids of posts hold their time, and this one's
/// would be in 2078.
const FIRST_X_POST: u64 = 9_000_000_000_000_000_000;

/// The first user id on Telegram that is given out here.
const FIRST_TELEGRAM_USER: u64 = 9_200_000_000_000;

impl Account {
    /// An honest French account on X with this number; the caller changes what differs.
    #[must_use]
    pub fn numbered(number: u64, language: Language) -> Self {
        Self {
            platform: Platform::X,
            id: x_account_id(number).to_string(),
            handle: handle(number, language),
            language,
            zone: 1,
            interests: [Topic::Town, Topic::Weather],
            activity: 1.0,
            chat: None,
            group: None,
            role: Role::Crowd,
        }
    }

    /// Moves the account to Telegram, as a member of a group.
    #[must_use]
    pub fn in_group(mut self, number: u64, chat: usize) -> Self {
        self.platform = Platform::Telegram;
        self.id = format!("user{}", FIRST_TELEGRAM_USER + number);
        self.chat = Some(chat);
        self
    }

    /// Moves the account to Telegram, as the channel itself.
    #[must_use]
    pub fn as_channel(mut self, chat: &Chat, place: usize) -> Self {
        self.platform = Platform::Telegram;
        self.id = format!("channel{}", chat.id);
        self.handle.name.clone_from(&chat.name);
        self.chat = Some(place);
        self
    }
}

/// The native id on X of the account with this number.
#[must_use]
pub const fn x_account_id(number: u64) -> u64 {
    FIRST_X_ACCOUNT + number * 137
}

/// The native id on X of the post with this number; later posts have higher ones.
#[must_use]
pub const fn x_post_id(number: u64) -> u64 {
    FIRST_X_POST + number * 977
}

/// What a post points at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reference {
    /// Nothing.
    None,
    /// It passes on the post at this place.
    Repost(usize),
    /// It answers the post at this place.
    Reply(usize),
    /// It passes on a message of a channel: its name and native id.
    Forward(String, u64),
}

/// One post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Post {
    /// Its native id: on Telegram that of the message in its chat.
    pub id: u64,
    /// Its author's place among the accounts.
    pub account: usize,
    /// Seconds since the epoch.
    pub time: i64,
    /// What it says; of a repost, what the original says.
    pub text: String,
    /// What it points at.
    pub reference: Reference,
}

/// A simulated world.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct World {
    /// Telegram's chats.
    pub chats: Vec<Chat>,
    /// All accounts.
    pub accounts: Vec<Account>,
    /// All posts by time.
    pub posts: Vec<Post>,
}

impl World {
    /// The author of `post`.
    #[must_use]
    pub fn author(&self, post: &Post) -> &Account {
        &self.accounts[post.account]
    }

    /// The posts on one platform by time.
    pub fn posts_on(&self, platform: Platform) -> impl Iterator<Item = &Post> {
        self.posts.iter().filter(move |post| self.author(post).platform == platform)
    }
}

//! What a society is to be like.

use serde::Serialize;

use crate::clock::{DAY, HOUR};
use crate::random::Random;

/// How a planted group goes about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Tactic {
    /// All share within 10 to 40 seconds.
    Fast,
    /// Shares are scattered over a quarter of an hour.
    Staggered,
    /// Three or four accounts only.
    Small,
    /// They share in step, within 20 seconds, what is popular anyway.
    Riding,
    /// Each member takes part in 35 to 50 % of the campaign only.
    Sparse,
    /// They post one message with words swapped, emoji, other punctuation, hashtags and mentions
    /// put in.
    Edited,
    /// They post the same rows of hashtags many times.
    Flooding,
    /// Only 5 % of their posts belong to the campaign.
    Camouflage,
}

impl Tactic {
    /// All tactics.
    pub const ALL: [Self; 8] = [
        Self::Fast,
        Self::Staggered,
        Self::Small,
        Self::Riding,
        Self::Sparse,
        Self::Edited,
        Self::Flooding,
        Self::Camouflage,
    ];

    /// Its name on the command line and in truth tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Fast => "fast",
            Self::Staggered => "staggered",
            Self::Small => "small",
            Self::Riding => "riding",
            Self::Sparse => "sparse",
            Self::Edited => "edited",
            Self::Flooding => "flooding",
            Self::Camouflage => "camouflage",
        }
    }

    /// The tactic of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tactic| tactic.name() == name)
    }

    /// The fewest and the most accounts that a drawn group of it has.
    const fn sizes(self) -> (i64, i64) {
        match self {
            Self::Small => (3, 4),
            Self::Staggered => (8, 24),
            Self::Sparse => (10, 30),
            Self::Camouflage => (6, 12),
            _ => (4, 20),
        }
    }

    /// The most seconds between the first and the last share of one object.
    const fn spread(self) -> i64 {
        match self {
            Self::Staggered => 900,
            Self::Riding => 20,
            Self::Edited | Self::Flooding => 60,
            _ => 40,
        }
    }
}

/// One group that is planted.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Planted {
    /// How it goes about it.
    pub tactic: Tactic,
    /// How many accounts, at least 2.
    pub size: usize,
    /// On how many occasions they act together; on each they have an object of their own, or, with
    /// [`Tactic::Flooding`], one of a few rows of hashtags.
    pub objects: usize,
    /// The most seconds between the first and the last share of one object, at most
    /// [`Settings::MOST_SPREAD`].
    pub spread: i64,
    /// The share of the members that take part on one occasion, from 0 to 1; two at least do.
    pub attendance: f64,
    /// The share of ordinary posts among a member's posts, from 0 to 0.98: the camouflage.
    pub ordinary: f64,
}

impl Planted {
    /// A group as the tactic usually has it, with a size and a number of objects by chance.
    #[must_use]
    pub fn usual(tactic: Tactic, random: &mut Random) -> Self {
        let (least, most) = tactic.sizes();
        let most_objects = if tactic == Tactic::Camouflage { 20 } else { 40 };
        let mut whole =
            |least, most| usize::try_from(random.between(least, most)).unwrap_or_default();
        let (size, objects) = (whole(least, most), whole(12, most_objects));
        let attendance = if tactic == Tactic::Sparse { 0.35 + 0.15 * random.unit() } else { 0.92 };
        Self {
            tactic,
            size,
            objects,
            spread: tactic.spread(),
            attendance,
            ordinary: if tactic == Tactic::Camouflage { 0.95 } else { 0.70 },
        }
    }

    /// How many campaign posts each member is expected to make.
    pub(super) fn posts_each(&self) -> f64 {
        let posts = self.objects as f64 * self.attendance;
        // A flood is several posts on each occasion: see `campaign`.
        if self.tactic == Tactic::Flooding { 2.0 * posts } else { posts }
    }
}

/// What a society is to be like.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Settings {
    /// The seed of all chance.
    pub seed: u64,
    /// How many people, planted ones included; outlets of newsrooms come on top.
    pub accounts: usize,
    /// How many posts in all.
    pub posts: usize,
    /// When it begins, in seconds since the epoch; a midnight UTC.
    pub start: i64,
    /// How many days it lasts.
    pub days: i64,
    /// The groups that are planted.
    pub planted: Vec<Planted>,
    /// How many publishers have newsrooms that syndicate; 0 for none.
    pub publishers: usize,
    /// Whether one application posts the same sentence for many accounts.
    pub app: bool,
    /// How many stories break that everybody talks about within minutes.
    pub breaking: usize,
    /// The step of the platform's clock in seconds: 1, or 60 for one that shows minutes only.
    pub resolution: i64,
}

impl Settings {
    /// The fewest accounts.
    pub const LEAST_ACCOUNTS: usize = 100;
    /// The most accounts.
    pub const MOST_ACCOUNTS: usize = 1_000_000;
    /// The most posts.
    pub const MOST_POSTS: usize = 20_000_000;
    /// The most seconds over which a group may spread its shares of one object.
    pub const MOST_SPREAD: i64 = 6 * HOUR;
    /// The most days.
    pub const MOST_DAYS: i64 = 366;

    /// An honest crowd of `accounts` with newsrooms: twelve posts for each account in fourteen days.
    #[must_use]
    pub fn honest(accounts: usize, seed: u64) -> Self {
        Self {
            seed,
            accounts,
            posts: accounts.saturating_mul(12),
            // 2023-01-02T00:00:00Z, a Monday.
            start: 1_672_617_600,
            days: 14,
            planted: Vec::new(),
            publishers: (accounts / 5_000).clamp(3, 6),
            app: true,
            breaking: 7,
            resolution: 1,
        }
    }

    /// The same crowd with the usual groups planted: one of each tactic for 5,000 accounts.
    #[must_use]
    pub fn usual(accounts: usize, seed: u64) -> Self {
        let mut settings = Self::honest(accounts, seed);
        settings.plant(&Tactic::ALL, (accounts / 5_000).max(1));
        settings
    }

    /// Adds `each` groups of each of `tactics`, as those usually are.
    pub fn plant(&mut self, tactics: &[Tactic], each: usize) {
        let mut random = Random::part(self.seed, 19);
        for _ in 0..each {
            for tactic in tactics {
                self.planted.push(Planted::usual(*tactic, &mut random));
            }
        }
    }

    /// Says what is out of range or does not fit.
    ///
    /// # Errors
    /// A sentence that says what was expected and what was met.
    pub fn check(&self) -> Result<(), String> {
        let ranged = |name: &str, value: i64, least: i64, most: i64| {
            if (least..=most).contains(&value) {
                return Ok(());
            }
            Err(format!("{name} must be from {least} to {most}, and {value} was asked for"))
        };
        let whole = |value: usize| i64::try_from(value).unwrap_or(i64::MAX);
        let (least, most) = (whole(Self::LEAST_ACCOUNTS), whole(Self::MOST_ACCOUNTS));
        ranged("the number of accounts", whole(self.accounts), least, most)?;
        ranged("the number of posts", whole(self.posts), least, whole(Self::MOST_POSTS))?;
        ranged("the number of days", self.days, 1, Self::MOST_DAYS)?;
        ranged("the resolution in seconds", self.resolution, 1, DAY)?;
        ranged("the number of publishers", whole(self.publishers), 0, 100)?;
        ranged("the number of breaking stories", whole(self.breaking), 0, 1_000)?;
        for group in &self.planted {
            ranged("the size of a group", whole(group.size), 2, 1_000)?;
            ranged("the number of a group's objects", whole(group.objects), 1, 10_000)?;
            ranged("the spread of a group in seconds", group.spread, 0, Self::MOST_SPREAD)?;
            if !(0.0..=1.0).contains(&group.attendance) || !(0.0..=0.98).contains(&group.ordinary) {
                return Err(format!(
                    "the attendance of a group must be from 0 to 1 and its share of ordinary posts \
                     from 0 to 0.98, and {} and {} were asked for",
                    group.attendance, group.ordinary
                ));
            }
        }
        let members: usize = self.planted.iter().map(|group| group.size).sum();
        if members > self.accounts / 4 {
            return Err(format!(
                "planted groups may hold a quarter of {} accounts, and theirs hold {members}: \
                 plant fewer, or make the crowd larger",
                self.accounts
            ));
        }
        let asked = self.asked_of_members();
        if asked > self.posts as f64 / 2.0 {
            return Err(format!(
                "members of planted groups make {asked:.0} posts, more than half of all {}: raise \
                 the number of posts, or lower the camouflage or the number of groups",
                self.posts
            ));
        }
        Ok(())
    }

    /// How many posts members of planted groups make, ordinary ones included.
    pub(super) fn asked_of_members(&self) -> f64 {
        let asked = |group: &Planted| {
            group.size as f64 * group.posts_each() / (1.0 - group.ordinary.clamp(0.0, 0.98))
        };
        self.planted.iter().map(asked).sum()
    }

    /// The settings nearest to these that [`Settings::check`] takes, but for the number of posts.
    pub(super) fn in_range(&self) -> Self {
        let mut settings = self.clone();
        settings.accounts = self.accounts.clamp(Self::LEAST_ACCOUNTS, Self::MOST_ACCOUNTS);
        settings.posts = self.posts.clamp(Self::LEAST_ACCOUNTS, Self::MOST_POSTS);
        settings.days = self.days.clamp(1, Self::MOST_DAYS);
        settings.resolution = self.resolution.clamp(1, DAY);
        settings.publishers = self.publishers.min(100);
        settings.breaking = self.breaking.min(1_000);
        let mut room = settings.accounts / 4;
        settings.planted.retain_mut(|group| {
            group.size = group.size.clamp(2, 1_000);
            group.objects = group.objects.clamp(1, 10_000);
            group.spread = group.spread.clamp(0, Self::MOST_SPREAD);
            group.ordinary = group.ordinary.clamp(0.0, 0.98);
            group.attendance = group.attendance.clamp(0.0, 1.0);
            let fits = group.size <= room;
            room -= if fits { group.size } else { 0 };
            fits
        });
        settings
    }

    /// The first second after the end.
    pub(super) const fn end(&self) -> i64 {
        self.start + self.days * DAY
    }
}

//! Who does what when, and its performance.
//!
//! First everything is planned as deeds, in any order: the crowd's chatter, bursts of news, planted
//! waves. Then the deeds are performed by time, so that a repost can pick among what was posted
//! before it. Each deed draws from a stream of its own, known by when it was planned: planning more
//! at the end changes nothing that was planned before.

use crate::clock::DAY;
use crate::random::Random;
use crate::text::{Language, Topic, hashtag, headline, sentence};
use crate::world::{Account, Chat, Platform, Post, Reference, World, x_post_id};

/// One thing that one account does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deed {
    /// Seconds since the epoch.
    pub time: i64,
    /// Who, by place among the accounts.
    pub account: usize,
    /// What.
    pub what: What,
}

/// What an account does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// What honest accounts do: say something, share an article, pass on, answer.
    Chatter,
    /// Posts exactly this text.
    Say(String),
    /// Passes on the post of the deed at this place.
    Pass(usize),
    /// Forwards a text from a channel outside of the data: its name and native id.
    Forward(String, u64, String),
}

/// An article that people share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Article {
    /// When it appeared.
    pub time: i64,
    /// Its language.
    pub language: Language,
    /// Its topic.
    pub topic: Topic,
    /// Its headline.
    pub headline: String,
    /// Its address.
    pub url: String,
}

/// A plan of a world.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Script {
    /// The seed of the performance.
    pub seed: u64,
    /// Telegram's chats.
    pub chats: Vec<Chat>,
    /// All accounts.
    pub accounts: Vec<Account>,
    /// What can be shared, by time.
    pub articles: Vec<Article>,
    /// All deeds, in the order of their planning.
    pub deeds: Vec<Deed>,
}

/// The shares of what honest accounts do on X; the rest is plain talk.
const REPOSTS: f64 = 0.30;
const REPLIES: f64 = 0.15;
/// The share of plain talk that carries an article.
const ARTICLES: f64 = 0.30;
/// The share of the rest that carries hashtags.
const TAGGED: f64 = 0.25;
/// The share of articles that are passed on by a button, which writes the headline.
const BUTTON: f64 = 0.35;
/// How far back people look for something to pass on, as a mean number of posts.
const REACH: f64 = 150.0;

impl Script {
    /// Plans a deed and returns its place, for [`What::Pass`].
    pub fn plan(&mut self, time: i64, account: usize, what: What) -> usize {
        self.deeds.push(Deed { time, account, what });
        self.deeds.len() - 1
    }

    /// Performs all deeds by time. A deed that passes on what was not posted before it is left out.
    #[must_use]
    pub fn perform(self) -> World {
        let mut order: Vec<usize> = (0..self.deeds.len()).collect();
        order.sort_by_key(|place| (self.deeds[*place].time, *place));
        let mut stage = Stage {
            posts: Vec::with_capacity(order.len()),
            place_of: vec![None; self.deeds.len()],
            public: [Vec::new(), Vec::new()],
            messages: vec![0; self.chats.len()],
            script: &self,
        };
        for place in order {
            stage.perform(place);
        }
        let posts = stage.posts;
        World { chats: self.chats, accounts: self.accounts, posts }
    }
}

/// The performance so far.
struct Stage<'s> {
    script: &'s Script,
    posts: Vec<Post>,
    /// Where the post of each deed is.
    place_of: Vec<Option<usize>>,
    /// What honest accounts may pass on or answer, on each platform.
    public: [Vec<usize>; 2],
    /// The last message id of each chat.
    messages: Vec<u64>,
}

impl Stage<'_> {
    fn perform(&mut self, place: usize) {
        let deed = &self.script.deeds[place];
        let random = &mut Random::part(self.script.seed, place as u64);
        let done = match &deed.what {
            What::Say(text) => Some((text.clone(), Reference::None)),
            What::Forward(name, id, text) => {
                Some((text.clone(), Reference::Forward(name.clone(), *id)))
            }
            What::Pass(original) => {
                self.place_of[*original].map(|at| self.pass(at)).unwrap_or_default()
            }
            What::Chatter => Some(self.chatter(deed, random)),
        };
        if let Some((text, reference)) = done {
            self.place_of[place] = Some(self.posts.len());
            self.post(deed, text, reference);
        }
    }

    fn post(&mut self, deed: &Deed, text: String, reference: Reference) {
        let account = &self.script.accounts[deed.account];
        let id = match account.chat {
            Some(chat) => {
                self.messages[chat] += 1;
                self.messages[chat]
            }
            None => x_post_id(self.posts.len() as u64 + 1),
        };
        let is_original = matches!(reference, Reference::None | Reference::Reply(_));
        if is_original && !account.role.is_planted() {
            self.public[account.platform as usize].push(self.posts.len());
        }
        self.posts.push(Post { id, account: deed.account, time: deed.time, text, reference });
    }

    /// A post that passes on the one at `place`.
    fn pass(&self, place: usize) -> Option<(String, Reference)> {
        let original = self.posts.get(place)?;
        let account = &self.script.accounts[original.account];
        let reference = match (account.platform, account.chat) {
            (Platform::Telegram, Some(chat)) => {
                let chat = &self.script.chats[chat];
                Reference::Forward(chat.name.clone(), chat.id)
            }
            _ => Reference::Repost(place),
        };
        Some((original.text.clone(), reference))
    }

    fn chatter(&self, deed: &Deed, random: &mut Random) -> (String, Reference) {
        let account = &self.script.accounts[deed.account];
        let what = random.unit();
        if what < REPOSTS {
            if let Some(passed) = self.find(deed, random, false).and_then(|at| self.pass(at)) {
                return passed;
            }
        } else if what < REPOSTS + REPLIES
            && let Some(at) = self.find(deed, random, true)
        {
            return (self.answer(at, account, random), Reference::Reply(at));
        }
        (self.talk(deed.time, account, random), Reference::None)
    }

    /// A recent post of somebody else: of three that come to mind, the best-known author's.
    ///
    /// Answers stay within the platform and, on Telegram, within the chat; what is passed on there
    /// comes from channels.
    fn find(&self, deed: &Deed, random: &mut Random, to_answer: bool) -> Option<usize> {
        let account = &self.script.accounts[deed.account];
        let public = &self.public[account.platform as usize];
        let mut best: Option<(f64, usize)> = None;
        for _ in 0..3 {
            let back = crate::random::maths::whole(random.exponential(REACH)) as usize + 1;
            let Some(at) = public.len().checked_sub(back).map(|place| public[place]) else {
                continue;
            };
            let author = &self.script.accounts[self.posts[at].account];
            let fits = match author.chat {
                Some(chat) if to_answer => account.chat == Some(chat),
                Some(chat) => self.script.chats[chat].is_channel && account.chat != Some(chat),
                None => true,
            };
            let known = best.is_none_or(|(activity, _)| activity < author.activity);
            if fits && known && self.posts[at].account != deed.account {
                best = Some((author.activity, at));
            }
        }
        best.map(|(_, at)| at)
    }

    fn answer(&self, at: usize, account: &Account, random: &mut Random) -> String {
        let author = &self.script.accounts[self.posts[at].account];
        let mut text = String::new();
        if author.platform == Platform::X {
            text.push('@');
            text.push_str(&author.handle.handle);
            text.push(' ');
        }
        let topic = topic(account, random);
        sentence(&mut text, random, account.language, topic);
        text
    }

    /// What somebody says by themselves, with an article or with hashtags or plain.
    fn talk(&self, time: i64, account: &Account, random: &mut Random) -> String {
        let topic = topic(account, random);
        let mut text = String::new();
        if random.chance(ARTICLES)
            && let Some(article) = self.article(time, account, topic, random)
        {
            if random.chance(BUTTON) {
                text.push_str(&article.headline);
            } else {
                sentence(&mut text, random, account.language, article.topic);
            }
            text.push(' ');
            text.push_str(&article.url);
            return text;
        }
        sentence(&mut text, random, account.language, topic);
        if random.chance(TAGGED) {
            // One mostly, two often, a row of three seldom.
            let count = [1, 1, 1, 2, 2, 3][random.index(6)];
            for _ in 0..count {
                text.push_str(" #");
                text.push_str(hashtag(random, account.language, topic));
            }
        }
        text
    }

    /// An article of the last day on `topic` that `account` can read, the newer the likelier.
    fn article(
        &self,
        time: i64,
        account: &Account,
        topic: Topic,
        random: &mut Random,
    ) -> Option<&Article> {
        let known = self.script.articles.partition_point(|article| article.time <= time);
        let language =
            if account.language == Language::French { Language::French } else { Language::English };
        let skip = crate::random::maths::whole(random.exponential(3.0)) as usize;
        self.script.articles[..known]
            .iter()
            .rev()
            .take_while(|article| article.time > time - DAY)
            .filter(|article| article.topic == topic && article.language == language)
            .nth(skip)
    }
}

/// What `account` talks about now: what it cares for most, mostly.
fn topic(account: &Account, random: &mut Random) -> Topic {
    match random.unit() {
        drawn if drawn < 0.55 => account.interests[0],
        drawn if drawn < 0.85 => account.interests[1],
        _ => random.pick(&Topic::ALL),
    }
}

/// Articles of invented newspapers, `count` over `days` from `start`, by time.
#[must_use]
pub fn articles(seed: u64, start: i64, days: i64, count: usize) -> Vec<Article> {
    const SITES: [(&[&str], Language); 2] = [
        (&["courrier-rivage.example", "gazette-montbrume.example"], Language::French),
        (&["harbourherald.example", "northgatepost.example"], Language::English),
    ];
    let mut random = Random::part(seed, 0xA271);
    let mut articles: Vec<Article> = (0..count)
        .map(|number| {
            let (sites, language) = SITES[usize::from(number % 3 == 2)];
            let topic = Topic::ALL[random.index(Topic::ALL.len())];
            let mut text = String::new();
            headline(&mut text, &mut random, language, topic);
            let mut url = format!("https://{}/", random.pick(sites));
            url.push_str(hashtag(&mut random, language, topic));
            url.push('/');
            crate::text::push_number(&mut url, 1_000 + number as u64 * 7);
            // Some articles are there before the story begins.
            let time = start - DAY / 2 + random.between(0, days * DAY + DAY / 2);
            Article { time, language, topic, headline: text, url }
        })
        .collect();
    articles.sort_by(|one, other| (one.time, &one.url).cmp(&(other.time, &other.url)));
    articles
}

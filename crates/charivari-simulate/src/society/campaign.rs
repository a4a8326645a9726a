//! Planted groups: who is enlisted, and how they meet on the objects of their campaign.

use super::attention::waking_hour;
use super::people::People;
use super::plan::{Act, Deed, Form, Plan, Popular, Tags};
use super::settings::{Planted, Settings, Tactic};
use super::topics::{Audience, Topics, tag};
use super::{Group, Kind, Object};
use crate::clock::{DAY, HOUR};
use crate::plant::{Wave, times};
use crate::random::{Random, maths};
use crate::text::Language;

/// The share of members whose account was opened for the campaign.
const FRESH: f64 = 0.4;

/// A group that has been enlisted.
pub(super) struct Campaign {
    planted: Planted,
    /// Its place among the groups.
    group: u32,
    members: Vec<usize>,
    /// What it writes in.
    language: Language,
}

/// Takes the members of all groups from the crowd, and gives each as much of an ordinary life as
/// its camouflage asks for.
pub(super) fn enlist(
    settings: &Settings,
    people: &mut People,
    plan: &mut Plan,
    random: &mut Random,
) -> Vec<Campaign> {
    let mut campaigns = Vec::new();
    let mut counts = [0_u32; Tactic::ALL.len()];
    for planted in &settings.planted {
        let number = std::mem::replace(&mut counts[planted.tactic as usize], 0);
        counts[planted.tactic as usize] = number + 1;
        let group = plan.groups.len() as u32;
        let (members, language) = recruit(planted, group, people, random);
        let rate = planted.posts_each() * planted.ordinary / (1.0 - planted.ordinary);
        for member in &members {
            let account = &mut people.accounts[*member];
            // Some live a little more beside it than others.
            account.rate = rate * (0.7 + 0.6 * random.unit());
            if random.chance(FRESH) {
                account.created = settings.start - random.between(1, 60) * DAY;
            }
        }
        plan.groups.push(Group {
            name: format!("{}-{number:02}", planted.tactic.name()),
            kind: Kind::Planted,
            tactic: Some(planted.tactic),
            members: members.iter().map(|member| *member as u32).collect(),
        });
        campaigns.push(Campaign { planted: *planted, group, members, language });
    }
    people.make_room(settings.posts as f64 - settings.asked_of_members());
    campaigns
}

/// Free accounts that write in one language. Half of the groups are of one topic, too.
fn recruit(
    planted: &Planted,
    group: u32,
    people: &mut People,
    random: &mut Random,
) -> (Vec<usize>, Language) {
    let language = if random.chance(0.7) { Language::French } else { Language::English };
    let mut members = Vec::with_capacity(planted.size);
    let mut tries = 0_usize;
    while members.len() < planted.size && tries < 100_000 {
        tries += 1;
        let place = random.index(people.accounts.len());
        let account = &mut people.accounts[place];
        // A small crowd may have too few of the language; then others write in it.
        let fits = account.language == language || tries > 10_000;
        if account.group.is_none() && fits {
            account.group = Some(group);
            members.push(place);
        }
    }
    members.sort_unstable();
    (members, language)
}

/// Plans all campaigns.
pub(super) fn act(
    settings: &Settings,
    topics: &Topics,
    audiences: &[Audience],
    campaigns: &[Campaign],
    people: &People,
    plan: &mut Plan,
    random: &mut Random,
) {
    for campaign in campaigns {
        let topic = topics.any(campaign.language, random);
        let world = World { settings, topics, people, audience: &audiences[topic as usize], topic };
        if campaign.planted.tactic == Tactic::Riding {
            ride(campaign, &world, plan, random);
            continue;
        }
        let rows = rows(topic, campaign.language, plan, random);
        let favourite = favourite(&world, random);
        let main = random.below(3);
        for time in occasions(campaign, settings, random) {
            let kind = if random.chance(0.8) { main } else { random.below(3) };
            let target = target(campaign, &world, (time, kind, favourite), &rows, plan, random);
            meet(campaign, &world, time, &target, plan, random);
        }
    }
}

/// The author whom a group pushes, who need not know of it.
fn favourite(world: &World<'_>, random: &mut Random) -> u32 {
    let mut draw = || world.audience.draw(random).unwrap_or(0);
    let is_free = |author: u32| world.people.accounts[author as usize].group.is_none();
    (0..50).map(|_| draw()).find(|author| is_free(*author)).unwrap_or(0)
}

/// What a campaign plays in.
struct World<'a> {
    settings: &'a Settings,
    topics: &'a Topics,
    people: &'a People,
    audience: &'a Audience,
    topic: u32,
}

/// What a group meets on, on one occasion.
struct Target {
    object: Object,
    act: Act,
    form: Form,
    /// The words that all say; `None` where each has its own.
    words: Option<u64>,
    tags: Tags,
    topic: u32,
}

/// Two rows of three to five hashtags for a campaign.
fn rows(topic: u32, language: Language, plan: &mut Plan, random: &mut Random) -> [Tags; 2] {
    let mut row = || {
        let count = 3 + random.below(3);
        let tags: Vec<u32> = (0..count).map(|_| tag(topic, language, plan, random)).collect();
        plan.row(&tags)
    };
    [row(), row()]
}

/// When the group acts: spread over the whole time, in waking hours.
fn occasions(campaign: &Campaign, settings: &Settings, random: &mut Random) -> Vec<i64> {
    // Paris or London.
    let clock = i64::from(campaign.language == Language::French);
    let last = settings.end() - DAY;
    let days =
        times(settings.start, last.max(settings.start + 1), campaign.planted.objects, random);
    let wake = |day: i64| {
        let midnight = settings.start + (day - settings.start).div_euclid(DAY) * DAY;
        // The spread has to end before the end of all.
        let latest = settings.end() - HOUR - campaign.planted.spread;
        (midnight + waking_hour(clock, random)).min(latest).max(settings.start)
    };
    days.into_iter().map(wake).collect()
}

fn target(
    campaign: &Campaign,
    world: &World<'_>,
    (time, kind, favourite): (i64, u64, u32),
    rows: &[Tags; 2],
    plan: &mut Plan,
    random: &mut Random,
) -> Target {
    let own = Target {
        object: Object::Words,
        act: Act::Say,
        form: Form::Own,
        words: None,
        tags: Tags::default(),
        topic: world.topic,
    };
    let message = (Form::Message, Some(random.bits()));
    match (campaign.planted.tactic, kind) {
        (Tactic::Flooding, _) => {
            let tags = rows[usize::from(random.chance(0.3))];
            Target { object: Object::Hashtags, tags, ..own }
        }
        (Tactic::Edited, _) => {
            Target { object: Object::EditedWords, form: message.0, words: message.1, ..own }
        }
        (_, 0) => {
            let link = plan.new_link(world.topics.site(world.topic, random));
            Target { object: Object::Link(link), act: Act::Link(link), ..own }
        }
        (_, 1) => {
            let original = plan.new_original();
            let before = (time - random.between(30, 1_200)).max(world.settings.start);
            let language = world.people.accounts[favourite as usize].language;
            let mut deed = Deed::own(before, favourite, world.topic, random.bits(), language);
            deed.act = Act::Original(original);
            plan.deeds.push(deed);
            Target { object: Object::Repost, act: Act::Repost(original), ..own }
        }
        _ => Target { form: message.0, words: message.1, ..own },
    }
}

/// Plans one occasion.
fn meet(
    campaign: &Campaign,
    world: &World<'_>,
    time: i64,
    target: &Target,
    plan: &mut Plan,
    random: &mut Random,
) {
    let planted = &campaign.planted;
    let wave = plan.new_wave(campaign.group, target.object);
    // Those who are fast are not equally fast each time.
    let spread = match planted.tactic {
        Tactic::Staggered => planted.spread,
        _ => random.between(planted.spread.min(10), planted.spread),
    };
    let occasion = Wave { time, spread, attendance: planted.attendance };
    for (member, time) in occasion.shares(&campaign.members, random) {
        let mut moments = vec![time];
        if planted.tactic == Tactic::Flooding {
            // Two posts each on average, as `Planted::posts_each` says.
            let more = random.below(3);
            moments.extend((0..more).map(|_| occasion.time + random.between(0, spread)));
        }
        for time in moments {
            let what = (member as u32, time, wave);
            plan.deeds.push(member_deed(campaign, target, what, world, random));
        }
    }
    if matches!(target.act, Act::Link(_) | Act::Repost(_)) {
        bystanders(target, time, world, plan, random);
    }
}

fn member_deed(
    campaign: &Campaign,
    target: &Target,
    (member, time, wave): (u32, i64, u32),
    world: &World<'_>,
    random: &mut Random,
) -> Deed {
    let words = target.words.unwrap_or_else(|| random.bits());
    let mut deed = Deed::own(time, member, target.topic, words, campaign.language);
    deed.act = target.act;
    deed.form = target.form;
    deed.tags = target.tags;
    deed.wave = Some(wave);
    if target.object == Object::EditedWords {
        deed.edit = 1 + random.below(u64::from(u32::MAX)) as u32;
        if random.chance(0.5) {
            deed.tags = world.topics.row(target.topic, random);
        }
        if random.chance(0.3) {
            deed.mention = Some(random.index(world.people.accounts.len()) as u32);
        }
    }
    deed
}

/// What a campaign pushes meets a few who take it for what it seems.
fn bystanders(target: &Target, time: i64, world: &World<'_>, plan: &mut Plan, random: &mut Random) {
    for _ in 0..maths::whole(random.exponential(1.5).min(30.0)) {
        let Some(account) = world.audience.draw(random) else { return };
        let who = &world.people.accounts[account as usize];
        let delay = i64::try_from(maths::whole(random.exponential(3.0 * HOUR as f64))).unwrap_or(0);
        let time = time + 60 + delay;
        if who.group.is_some() || time >= world.settings.end() {
            continue;
        }
        if random.chance(world.people.awake(account, time)) {
            let mut deed = Deed::own(time, account, target.topic, random.bits(), who.language);
            deed.act = target.act;
            plan.deeds.push(deed);
        }
    }
}

/// Plans a group that shares in step what is popular anyway, while it still is.
fn ride(campaign: &Campaign, world: &World<'_>, plan: &mut Plan, random: &mut Random) {
    let mut popular: Vec<Popular> = plan.popular.clone();
    popular.sort_by_key(|thing| (std::cmp::Reverse(thing.shares), thing.birth));
    popular.truncate(campaign.planted.objects.saturating_mul(4));
    random.shuffle(&mut popular);
    for thing in popular.into_iter().take(campaign.planted.objects) {
        let delay = random.unit() * thing.half_life.min(2.0 * HOUR as f64);
        let delay = 30 + i64::try_from(maths::whole(delay)).unwrap_or(0);
        let time = thing.birth + delay;
        if time + campaign.planted.spread >= world.settings.end() {
            continue;
        }
        let target = Target {
            object: if let Act::Link(link) = thing.act {
                Object::Link(link)
            } else {
                Object::Repost
            },
            act: thing.act,
            form: Form::Own,
            words: None,
            tags: Tags::default(),
            topic: thing.topic,
        };
        let planted = &campaign.planted;
        let wave = plan.new_wave(campaign.group, target.object);
        let occasion = Wave { time, spread: planted.spread, attendance: planted.attendance };
        for (member, time) in occasion.shares(&campaign.members, random) {
            let what = (member as u32, time, wave);
            let deed = member_deed(campaign, &target, what, world, random);
            plan.deeds.push(deed);
        }
    }
}

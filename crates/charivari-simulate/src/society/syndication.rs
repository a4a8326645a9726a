//! Who posts together openly: outlets of one publisher, and people for whom an application posts.

use super::people::{Habit, People};
use super::plan::{Act, Client, Deed, Form, Plan};
use super::settings::Settings;
use super::topics::Topics;
use super::{Account, Group, Kind, Object};
use crate::clock::DAY;
use crate::random::Random;
use crate::text::Language;

/// The share of people who use the application.
const APP_USERS: f64 = 0.01;
/// How many agency texts a publisher's outlets post a day, at least and at most.
const WIRES_A_DAY: (i64, i64) = (6, 14);
/// All outlets together make at most one of so many posts.
const MOST_SHARE: usize = 20;
/// How likely an outlet takes a text.
const TAKES: f64 = 0.95;
/// The most seconds between the first and the last outlet.
const SPREAD: i64 = 8;

/// The parts of outlets' names, in French and in English; the places are invented.
const FRENCH: ([&str; 10], [&str; 10]) = (
    [
        "courrier", "gazette", "echo", "tribune", "depeche", "journal", "messager", "feuille",
        "matin", "reveil",
    ],
    [
        "valbrume",
        "hautepierre",
        "troisfontaines",
        "nord",
        "roquelande",
        "sabliere",
        "mont-clair",
        "estuaire",
        "grand-lac",
        "bellemare",
    ],
);
const ENGLISH: ([&str; 10], [&str; 10]) = (
    [
        "courier", "herald", "gazette", "observer", "post", "argus", "bugle", "ledger", "echo",
        "dispatch",
    ],
    [
        "northgate",
        "saltmere",
        "fenwold",
        "east-harbour",
        "kettlebridge",
        "millbrook-vale",
        "highmoor",
        "ashcombe",
        "thornsea",
        "greyfell",
    ],
);

/// Adds publishers with their outlets, and what those post.
pub(super) fn newsrooms(
    settings: &Settings,
    topics: &Topics,
    people: &mut People,
    plan: &mut Plan,
    random: &mut Random,
) {
    let mut outlets = 0;
    for publisher in 0..settings.publishers {
        let language = if random.chance(0.6) { Language::French } else { Language::English };
        let group = plan.groups.len() as u32;
        let mut members: Vec<(u32, u32)> = Vec::new();
        for _ in 0..random.between(4, 10) {
            let account = outlet(outlets, group, language, (settings, topics), random);
            outlets += 1;
            let site = plan.new_site(account.handle.replace('_', "-") + ".example");
            members.push((people.accounts.len() as u32, site));
            people.accounts.push(account);
        }
        plan.groups.push(Group {
            name: format!("publisher-{publisher:02}"),
            kind: Kind::Syndication,
            tactic: None,
            members: members.iter().map(|(account, _)| *account).collect(),
        });
        let asked = random.between(WIRES_A_DAY.0, WIRES_A_DAY.1) * settings.days;
        let room = settings.posts / MOST_SHARE / (settings.publishers * members.len());
        for _ in 0..asked.min(i64::try_from(room.max(1)).unwrap_or(asked)) {
            wire(group, &members, language, (settings, topics), plan, random);
        }
    }
}

/// An outlet whose handle is its domain's name.
fn outlet(
    number: usize,
    group: u32,
    language: Language,
    (settings, topics): (&Settings, &Topics),
    random: &mut Random,
) -> Account {
    let (papers, places) = if language == Language::French { FRENCH } else { ENGLISH };
    // Steps of 37 through a hundred names, so that a publisher's outlets are called differently.
    let draw = number * 37 % 100;
    let (paper, place) = (papers[draw % 10], places[draw / 10]);
    let mut handle = format!("{paper}_{place}").replace('-', "_");
    if number >= 100 {
        handle = format!("{handle}_{}", number / 100 + 1);
    }
    Account {
        name: name(&handle),
        handle,
        created: settings.start - random.between(1_000, 4_500) * DAY,
        language,
        clock: i64::from(language == Language::French),
        interests: topics.interests(language, random),
        rate: 0.0,
        habit: Habit::Newsroom,
        group: Some(group),
    }
}

/// `courrier_nord` as a title: `Courrier Nord`.
fn name(handle: &str) -> String {
    let mut words = Vec::new();
    for word in handle.split('_') {
        let mut letters = word.chars();
        let first = letters.next().map(|letter| letter.to_ascii_uppercase());
        words.push(first.into_iter().chain(letters).collect::<String>());
    }
    words.join(" ")
}

/// One agency text in all outlets, around the clock, each with a link to its own site.
fn wire(
    group: u32,
    members: &[(u32, u32)],
    language: Language,
    (settings, topics): (&Settings, &Topics),
    plan: &mut Plan,
    random: &mut Random,
) {
    let time = random.between(settings.start, settings.end() - 1 - SPREAD);
    let (topic, words) = (topics.any(language, random), random.bits());
    let wave = plan.new_wave(group, Object::Words);
    for (account, site) in members {
        if !random.chance(TAKES) {
            continue;
        }
        let time = time + random.between(0, SPREAD);
        let mut deed = Deed::own(time, *account, topic, words, language);
        deed.act = Act::Link(plan.new_link(*site));
        deed.form = Form::Wire;
        deed.client = Client::Desk;
        deed.wave = Some(wave);
        plan.deeds.push(deed);
        if random.chance(0.02) {
            // An outlet says something of its own now and then.
            let time = random.between(settings.start, settings.end() - 1);
            let mut own = Deed::own(time, *account, topic, random.bits(), language);
            own.client = Client::Desk;
            plan.deeds.push(own);
        }
    }
}

/// Chooses who uses the application.
pub(super) fn enlist_app(
    settings: &Settings,
    people: &mut People,
    plan: &mut Plan,
    random: &mut Random,
) {
    if !settings.app {
        return;
    }
    let group = plan.groups.len() as u32;
    let mut members = Vec::new();
    for (place, account) in people.accounts.iter_mut().enumerate() {
        if random.chance(APP_USERS) && account.group.is_none() {
            account.group = Some(group);
            members.push(place as u32);
        }
    }
    plan.groups.push(Group { name: "app".to_owned(), kind: Kind::App, tactic: None, members });
}

/// What the application posts: one sentence for each language, whenever somebody uses it.
pub(super) fn app_posts(
    settings: &Settings,
    people: &People,
    plan: &mut Plan,
    random: &mut Random,
) {
    let Some(group) = plan.groups.iter().position(|group| group.kind == Kind::App) else { return };
    let site = plan.new_site("lecturette.example".to_owned());
    let link = plan.new_link(site);
    let wave = plan.new_wave(group as u32, Object::Words);
    for member in plan.groups[group].members.clone() {
        let account = &people.accounts[member as usize];
        for _ in 0..random.between(1, settings.days) {
            let time = people.moment(member, settings, random);
            let mut deed = Deed::own(time, member, account.interests[0].0, 0, account.language);
            deed.act = Act::Link(link);
            deed.form = Form::Automatic;
            deed.client = Client::App;
            deed.wave = Some(wave);
            plan.deeds.push(deed);
        }
    }
}

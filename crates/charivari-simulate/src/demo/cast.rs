//! Who is in the story.

use crate::crowd::Crowd;
use crate::random::Random;
use crate::script::Script;
use crate::text::{Handle, Language};
use crate::world::{Account, Chat, Role};

/// Where each part of the cast stands among the accounts.
pub(super) struct Cast {
    /// Honest accounts on X.
    pub(super) people: Vec<usize>,
    /// Honest members and channels on Telegram.
    pub(super) members: Vec<usize>,
    /// A readers' association.
    pub(super) readers: usize,
    /// The accounts of one newsroom.
    pub(super) newsroom: Vec<usize>,
    /// The persona.
    pub(super) persona: usize,
    /// The persona's sock puppets on X.
    pub(super) puppets: Vec<usize>,
    /// Those who post the same texts on X.
    pub(super) copyists: Vec<usize>,
    /// Telegram channels.
    pub(super) channels: Vec<usize>,
}

/// The group of the persona and its puppets.
pub(super) const PUPPETS: &str = "puppets";
/// The group of those who post the same texts.
pub(super) const COPYISTS: &str = "copies";
/// The group of channels.
pub(super) const CHANNELS: &str = "channels";
/// The newsroom: coordinated and innocent.
pub(super) const NEWSROOM: &str = "newsroom";

/// The persona's channel on Telegram. It was closed before anybody could export it.
pub(super) const PERSONA_CHANNEL: (&str, u64) = ("Holy Souls", FIRST_CHAT + 99);

const PEOPLE: usize = 1_370;
const MEMBERS: usize = 120;
const FIRST_CHAT: u64 = 9_300_000_000;

const GROUPS: &[&str] = &[
    "Voisins de la rue haute",
    "Covoiturage Montbrume",
    "Northgate Cyclists",
    "Fans du virage sud",
];
const HONEST_CHANNELS: &[&str] = &[
    "Le Courrier du Rivage",
    "Météo des Trois-Fontaines",
    "Northgate Live",
    "Recettes d'hiver",
    "Ciné Port",
    "Info trafic littoral",
    "Harbour Herald",
    "Mairie – annonces",
    "Le coin des lecteurs",
    "Montbrume FC",
];
const AMPLIFIERS: &[&str] = &[
    "La Vraie Une",
    "Réveil du Matin",
    "Dossiers ouverts",
    "Open Files Relay",
    "Ce qu'on vous cache",
    "Le Fil sans filtre",
];

/// Puts the cast into `script`.
pub(super) fn cast(seed: u64, crowd: &Crowd, script: &mut Script) -> Cast {
    let random = &mut Random::part(seed, 1);
    let people = Crowd { accounts: PEOPLE, ..*crowd }.people(1, random);
    let people = add(script, people);
    let members = members(crowd, script, random);
    let readers = named(2_001, "amis_du_dessin", "Les Amis du dessin");
    let newsroom = [
        ("CourrierRivage", "Le Courrier du Rivage"),
        ("CourrierRivageLocal", "Le Courrier du Rivage – Montbrume"),
        ("CourrierRivageSport", "Le Courrier du Rivage – Sports"),
    ];
    let newsroom = newsroom.iter().zip(2_002..).map(|((handle, name), number)| {
        planted(named(number, handle, name), NEWSROOM, Role::Newsroom)
    });
    let persona = planted(named(2_011, "holy_souls_demo", "Holy Souls"), PUPPETS, Role::Persona);
    let puppets: Vec<Account> = (2_101..2_115).map(|number| puppet(number, random)).collect();
    let copyists = (2_201..2_210).map(|number| {
        planted(Account::numbered(number, Language::French), COPYISTS, Role::Copyist)
    });
    Cast {
        readers: add(script, vec![readers])[0],
        newsroom: add(script, newsroom.collect()),
        persona: add(script, vec![persona])[0],
        puppets: add(script, puppets),
        copyists: add(script, copyists.collect()),
        channels: channels(script),
        people,
        members,
    }
}

/// Adds `accounts` and returns their places.
fn add(script: &mut Script, accounts: Vec<Account>) -> Vec<usize> {
    let first = script.accounts.len();
    script.accounts.extend(accounts);
    (first..script.accounts.len()).collect()
}

fn named(number: u64, handle: &str, name: &str) -> Account {
    Account {
        handle: Handle { handle: handle.to_owned(), name: name.to_owned() },
        activity: 8.0,
        ..Account::numbered(number, Language::French)
    }
}

fn planted(account: Account, group: &'static str, role: Role) -> Account {
    Account { group: Some(group), role, activity: 0.5, ..account }
}

/// A puppet: half of them have names in a row, as accounts bought by the dozen do.
fn puppet(number: u64, random: &mut Random) -> Account {
    let language = if number.is_multiple_of(3) { Language::English } else { Language::French };
    let mut account = Account::numbered(number, language);
    if number.is_multiple_of(2) {
        let digits = 10_000 + random.below(90_000);
        account.handle =
            Handle { handle: format!("citoyen_{digits}"), name: "Citoyen qui lit".to_owned() };
    }
    planted(account, PUPPETS, Role::Puppet)
}

/// Adds the honest chats with their members.
fn members(crowd: &Crowd, script: &mut Script, random: &mut Random) -> Vec<usize> {
    let first = script.accounts.len();
    let people = Crowd { accounts: MEMBERS, ..*crowd }.people(5_001, random);
    for (number, name) in GROUPS.iter().enumerate() {
        chat(script, number as u64, name, false);
    }
    for (number, person) in people.into_iter().enumerate() {
        script.accounts.push(person.in_group(number as u64 * 31, number % GROUPS.len()));
    }
    for (number, name) in HONEST_CHANNELS.iter().enumerate() {
        let place = chat(script, 10 + number as u64, name, true);
        // Channels post more than most members do.
        let account = Account { activity: 6.0, ..Account::numbered(0, Language::French) };
        script.accounts.push(account.as_channel(&script.chats[place], place));
    }
    (first..script.accounts.len()).collect()
}

fn channels(script: &mut Script) -> Vec<usize> {
    let first = script.accounts.len();
    for (number, name) in AMPLIFIERS.iter().enumerate() {
        let place = chat(script, 40 + number as u64, name, true);
        let account =
            Account::numbered(0, Language::French).as_channel(&script.chats[place], place);
        script.accounts.push(planted(account, CHANNELS, Role::Amplifier));
    }
    (first..script.accounts.len()).collect()
}

fn chat(script: &mut Script, number: u64, name: &str, is_channel: bool) -> usize {
    let id = FIRST_CHAT + number * 1_013;
    script.chats.push(Chat { id, name: name.to_owned(), is_channel });
    script.chats.len() - 1
}

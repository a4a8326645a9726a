//! Draws the customers, their numbers and their moves.

use crate::clock::DAY;
use crate::random::{Random, maths};

use super::dirt::{self, Dirt};
use super::places::{Address, Places};
use super::words::{self, Words};
use super::{Customer, Settings, calendar, leak};

/// What was ordered, how often in a hundred.
const PLANS: [(&str, u64); 5] =
    [("paper", 46), ("paper+web", 24), ("web", 18), ("discovery", 9), ("school", 3)];

/// All customers by id, and the ids that were passed over.
pub(super) fn draw(settings: &Settings) -> (Vec<Customer>, Vec<(u64, i64)>) {
    let erased =
        maths::whole(settings.count as f64 * settings.erased / (1.0 - settings.erased)) as usize;
    let mut random = Random::part(settings.seed, 0xC057);
    let instants = calendar::sign_ups(settings, settings.count + erased, &mut random);
    let mut draw = Draw { settings, random, places: Places::new(), words: Words::new() };
    let erased = draw.erased(erased, &instants);
    let (mut all, mut gaps) = (Vec::with_capacity(instants.len()), Vec::new());
    // Numbers begin at some thousand, because an older system had the ones before.
    let mut id = 4_000 + draw.random.below(3_000);
    for (created, erased) in instants.into_iter().zip(erased) {
        id += 1;
        while draw.random.chance(0.03) {
            gaps.push((id, created));
            id += 1;
        }
        let customer = draw.customer(id, created, erased, &all);
        all.push(customer);
    }
    (all, gaps)
}

struct Draw<'a> {
    settings: &'a Settings,
    random: Random,
    places: Places,
    words: Words,
}

impl Draw<'_> {
    /// When each is erased: exactly `count` of them, some time after they had signed up.
    fn erased(&mut self, count: usize, instants: &[i64]) -> Vec<Option<i64>> {
        let mut erased = vec![None; instants.len()];
        for place in &mut erased[..count] {
            *place = Some(0);
        }
        self.random.shuffle(&mut erased);
        for (erased, created) in erased.iter_mut().zip(instants) {
            if let Some(instant) = erased {
                *instant = self.random.between(*created, self.settings.last);
            }
        }
        erased
    }

    fn customer(
        &mut self,
        id: u64,
        created: i64,
        erased: Option<i64>,
        earlier: &[Customer],
    ) -> Customer {
        let token = words::token(id, self.settings.seed);
        // Some subscribe again, under a new number, with another address for mail.
        if self.random.chance(0.012) && !earlier.is_empty() {
            let again = &earlier[self.random.index(earlier.len())];
            return self.again(id, created, erased, &token, again);
        }
        let random = &mut self.random;
        let is_woman = random.chance(0.48);
        let given = self.words.given(random, is_woman);
        let family = self.words.family(random);
        let email = self.words.email(random, given, &family, &token);
        let address = self.places.draw(random, self.settings.foreign);
        let phone =
            if random.chance(0.45) { words::phone(random, &address) } else { String::new() };
        let gift = random.chance(if is_december(created) { 0.3 } else { 0.06 });
        let mut customer = Customer {
            id,
            gender: if random.chance(0.1) {
                ""
            } else if is_woman {
                "F"
            } else {
                "M"
            },
            given: given.to_owned(),
            family,
            email,
            phone,
            address,
            birth: birth(random, created),
            plan: plan(random),
            status: ["active", "active", "active", "ended", "paused"][random.index(5)],
            gift_from: None,
            note: if random.chance(0.015) { Words::note(random) } else { "" },
            created,
            address_changed: None,
            email_changed: None,
            erased,
            former: Vec::new(),
            former_email: None,
        };
        if gift && !earlier.is_empty() {
            customer.gift_from = Some(earlier[self.random.index(earlier.len())].id);
        }
        self.live(&mut customer, &token);
        customer
    }

    /// The same person once more.
    fn again(
        &mut self,
        id: u64,
        created: i64,
        erased: Option<i64>,
        token: &str,
        before: &Customer,
    ) -> Customer {
        let email = self.words.email(&mut self.random, &before.given, &before.family, token);
        let mut customer = Customer {
            id,
            email,
            created,
            erased,
            plan: plan(&mut self.random),
            gift_from: None,
            address_changed: None,
            email_changed: None,
            former: Vec::new(),
            former_email: None,
            ..before.clone()
        };
        dirt::soil(&mut customer, &mut self.random, Dirt::Typo);
        customer
    }

    /// What happens to a row afterwards: moves, another address for mail, and dirt.
    fn live(&mut self, customer: &mut Customer, token: &str) {
        let end = customer.erased.unwrap_or(self.settings.last);
        if self.random.chance(0.01) {
            customer.email = String::new();
        }
        // Nobody has two moves within a month.
        if self.random.chance(self.settings.movers) && end - customer.created > 90 * DAY {
            let mut changed = self.random.between(customer.created + DAY, end);
            self.moved(customer, changed);
            if end - changed > 60 * DAY && self.random.chance(0.2) {
                changed = self.random.between(changed + 30 * DAY, end);
                self.moved(customer, changed);
            }
        }
        if self.random.chance(0.04) && end - customer.created > DAY && !customer.email.is_empty() {
            let changed = self.random.between(customer.created + 1, end);
            let host = ["example.org", "example.com", "libre.example"][self.random.index(3)];
            let now = format!("{}.{token}@{host}", words::plain(&customer.given));
            let before = std::mem::replace(&mut customer.email, now);
            if before != customer.email {
                customer.former_email = Some((changed, before));
                customer.email_changed = Some(changed);
            }
        }
        let kind = Dirt::draw(&mut self.random);
        dirt::soil(customer, &mut self.random, kind);
    }

    fn moved(&mut self, customer: &mut Customer, changed: i64) {
        let now: Address = if self.random.chance(0.35) {
            // Most move within their commune or near it; the post code stays.
            let elsewhere = self.places.draw(&mut self.random, 0.0);
            Address {
                street: elsewhere.street,
                complement: elsewhere.complement,
                ..customer.address.clone()
            }
        } else {
            self.places.draw(&mut self.random, self.settings.foreign / 2.0)
        };
        let before = std::mem::replace(&mut customer.address, now);
        customer.former.push((changed, before));
        customer.address_changed = Some(changed);
    }
}

fn is_december(created: i64) -> bool {
    crate::clock::civil(created).month == 12
}

/// Four in ten have said when they were born; a few of them are children who got a present.
fn birth(random: &mut Random, created: i64) -> Option<i64> {
    if random.chance(0.6) {
        return None;
    }
    let years = if random.chance(0.012) {
        9.0 + 8.0 * random.unit()
    } else {
        (46.0 + 15.0 * random.normal()).clamp(18.0, 94.0)
    };
    Some(created / DAY - i64::try_from(maths::whole(years * 365.25)).unwrap_or(0))
}

fn plan(random: &mut Random) -> &'static str {
    let mut left = random.below(100);
    for (plan, share) in PLANS {
        if left < share {
            return plan;
        }
        left -= share;
    }
    PLANS[0].0
}

/// Numbers above this are of invented people who are no customers.
const STRANGERS: u64 = 1 << 29;

/// People who are in no table.
pub(super) fn decoys(settings: &Settings) -> Vec<Customer> {
    strangers(settings, settings.decoys, STRANGERS, 0xDEC0)
}

/// People who are put into a processor's copy.
pub(super) fn canaries(settings: &Settings, count: usize) -> Vec<Customer> {
    strangers(settings, count, STRANGERS + (1 << 27), 0xCA7A)
}

fn strangers(settings: &Settings, count: usize, from: u64, part: u64) -> Vec<Customer> {
    let mut random = Random::part(settings.seed, part);
    let (places, words) = (Places::new(), Words::new());
    let one = |place: usize| {
        let number = from + place as u64;
        let [given, family, email] = leak::stranger(&words, &mut random, number, settings.seed);
        let address = places.draw(&mut random, settings.foreign);
        let created = random.between(settings.first, settings.snapshot - 1);
        let phone =
            if random.chance(0.45) { words::phone(&mut random, &address) } else { String::new() };
        Customer {
            id: number,
            gender: if number.is_multiple_of(2) { "F" } else { "M" },
            given,
            family,
            email,
            phone,
            address,
            birth: birth(&mut random, created),
            plan: plan(&mut random),
            status: "active",
            gift_from: None,
            note: "",
            created,
            address_changed: None,
            email_changed: None,
            erased: None,
            former: Vec::new(),
            former_email: None,
        }
    };
    (0..count).map(one).collect()
}

//! What a thief sells: a processor's copy as of a date, and a sample that the seller chose.

use serde::Serialize;

use crate::clock::{DAY, iso};
use crate::random::Random;

use super::dirt::{bare, typo};
use super::words::{self, Words};
use super::{Customer, Customers, people};

/// How a seller chose the rows of a sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Chosen {
    /// Each row as likely as the other.
    Random,
    /// The first rows of the dump.
    First,
    /// The first rows of one région: those whose post codes begin with 13.
    Region,
}

impl Chosen {
    /// All ways.
    pub const ALL: [Self; 3] = [Self::Random, Self::First, Self::Region];

    /// Its name on the command line and in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Random => "random",
            Self::First => "first",
            Self::Region => "region",
        }
    }
}

/// Who had the copy that was taken; each keeps other columns, in another order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Processor {
    /// The magazine's own shop: all columns.
    Shop,
    /// Who prints labels and posts the magazine: names in capitals, nothing with accents.
    Mailhouse,
    /// Who sends the newsletter: no street, no telephone.
    Newsletter,
}

impl Processor {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Shop, Self::Mailhouse, Self::Newsletter];

    /// Its name on the command line and in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Shop => "shop",
            Self::Mailhouse => "mailhouse",
            Self::Newsletter => "newsletter",
        }
    }

    /// The columns of its copy, in order.
    #[must_use]
    pub const fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Shop => &super::tables::COLUMNS,
            Self::Mailhouse => &[
                "abo_no",
                "civilite",
                "nom",
                "prenom",
                "adr1",
                "adr2",
                "cp",
                "ville",
                "pays",
                "mel",
                "tel",
                "formule",
                "consigne",
                "date_creation",
            ],
            Self::Newsletter => &[
                "email",
                "first_name",
                "last_name",
                "subscriber_id",
                "zip",
                "city",
                "country",
                "subscribed_at",
            ],
        }
    }

    /// The columns that a seller's sample has of it, as places in [`columns`](Self::columns).
    const fn sold(self) -> &'static [usize] {
        match self {
            Self::Shop => &[3, 2, 4, 5, 6, 7, 8, 9, 10, 0, 16],
            Self::Mailhouse => &[2, 3, 9, 10, 4, 5, 6, 7, 8, 0, 13],
            Self::Newsletter => &[0, 2, 1, 4, 5, 6, 3, 7],
        }
    }

    /// The row of `customer` in its copy of `instant`.
    #[must_use]
    pub fn row(self, customer: &Customer, instant: i64) -> Vec<String> {
        let address = customer.address_at(instant);
        let email = customer.email_at(instant).to_owned();
        let id = customer.id.to_string();
        match self {
            Self::Shop => super::tables::row(customer, Some(instant)),
            Self::Mailhouse => vec![
                id,
                match customer.gender {
                    "F" => "MME".to_owned(),
                    "M" => "M".to_owned(),
                    _ => String::new(),
                },
                bare(&customer.family).trim().to_uppercase(),
                bare(&customer.given).trim().to_uppercase(),
                bare(&address.street).trim().to_uppercase(),
                bare(&address.complement).to_uppercase(),
                address.postcode.clone(),
                bare(&address.city).to_uppercase(),
                address.country.to_owned(),
                email,
                customer.phone.chars().filter(|sign| *sign != ' ').collect(),
                customer.plan.to_owned(),
                customer.note.to_owned(),
                iso(customer.created).chars().take(10).collect(),
            ],
            Self::Newsletter => vec![
                email,
                customer.given.clone(),
                customer.family.clone(),
                id,
                address.postcode.clone(),
                address.city.clone(),
                address.country.to_owned(),
                iso(customer.created) + "Z",
            ],
        }
    }
}

/// One row of the seller's sample.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SampleRow {
    /// Its cells, in the order of [`Leak::columns`].
    pub cells: Vec<String>,
    /// The customer's number, or the canary's.
    pub id: u64,
    /// The row of the dump, from 1.
    pub dump_row: usize,
    /// Whether it is a canary of the processor.
    pub is_canary: bool,
    /// What the seller changed in it.
    pub edit: &'static str,
}

/// A copy that was taken, what is shown of it, and those that nobody should find in it.
#[derive(Clone, Debug)]
pub struct Leak {
    /// The columns of the sample.
    pub columns: Vec<&'static str>,
    /// Who stands in the dump, by id; canaries of the processor among them.
    pub dump: Vec<Customer>,
    /// The seller's sample.
    pub sample: Vec<SampleRow>,
    /// Invented people who are in no copy, in the columns of the sample.
    pub decoys: Vec<Vec<String>>,
    /// Invented people whom one processor alone was given: all processors' canaries.
    pub canaries: Vec<(Processor, Customer)>,
}

impl Leak {
    /// The copy of `customers` that its settings ask for.
    #[must_use]
    pub fn of(customers: &Customers) -> Self {
        let settings = &customers.settings;
        let mut random = Random::part(settings.seed, 0x1EAC);
        let canaries = canaries(customers);
        let own = canaries.iter().filter(|(processor, _)| *processor == settings.processor);
        let kept = customers.all.iter().filter(|customer| customer.is_at(settings.snapshot));
        let mut dump: Vec<Customer> = kept.chain(own.map(|(_, canary)| canary)).cloned().collect();
        dump.sort_unstable_by_key(|customer| customer.id);
        let is_canary = |id: u64| canaries.iter().any(|(_, canary)| canary.id == id);
        let sample = sample(settings, &dump, &is_canary, &mut random);
        let decoys = people::decoys(settings)
            .iter()
            .map(|decoy| sold(settings.processor, decoy, settings.snapshot))
            .collect();
        let names = settings.processor.columns();
        let columns = settings.processor.sold().iter().map(|place| names[*place]).collect();
        Self { columns, dump, sample, decoys, canaries }
    }
}

fn sold(processor: Processor, customer: &Customer, instant: i64) -> Vec<String> {
    let row = processor.row(customer, instant);
    processor.sold().iter().map(|place| row[*place].clone()).collect()
}

/// Canaries stand under ids that no customer has, so that their numbers say nothing.
fn canaries(customers: &Customers) -> Vec<(Processor, Customer)> {
    let settings = &customers.settings;
    let early: Vec<(u64, i64)> =
        customers.gaps.iter().copied().filter(|(_, at)| *at < settings.snapshot - DAY).collect();
    let wanted = settings.canaries * Processor::ALL.len();
    let step = (early.len() / wanted.max(1)).max(1);
    let invented = people::canaries(settings, wanted);
    let placed = early.iter().step_by(step).zip(invented);
    placed
        .enumerate()
        .map(|(place, ((id, at), canary))| {
            let email = canary.email.clone();
            let row = Customer { id: *id, created: *at, email, ..canary };
            (Processor::ALL[place % Processor::ALL.len()], row)
        })
        .collect()
}

/// Chooses the rows, sees to it that the wanted canaries are among them, and edits a few.
fn sample(
    settings: &super::Settings,
    dump: &[Customer],
    is_canary: &dyn Fn(u64) -> bool,
    random: &mut Random,
) -> Vec<SampleRow> {
    let (canaries, people): (Vec<usize>, Vec<usize>) =
        (0..dump.len()).partition(|place| is_canary(dump[*place].id));
    let in_region = |place: &usize| {
        let address = dump[*place].address_at(settings.snapshot);
        address.country == "FR" && address.postcode.starts_with("13")
    };
    let shown = settings.canaries_in_sample.min(canaries.len());
    let wanted = settings.sample.saturating_sub(shown);
    let mut rows: Vec<usize> = match settings.chosen {
        Chosen::First => people.into_iter().take(wanted).collect(),
        Chosen::Region => people.into_iter().filter(in_region).take(wanted).collect(),
        Chosen::Random => {
            let mut people = people;
            for place in 0..wanted.min(people.len()) {
                let other = place + random.index(people.len() - place);
                people.swap(place, other);
            }
            people.truncate(wanted);
            people
        }
    };
    rows.extend(canaries.iter().take(shown));
    rows.sort_unstable();
    let edited = rows.into_iter().map(|place| {
        let customer = &dump[place];
        let mut cells = sold(settings.processor, customer, settings.snapshot);
        let edit = edit(&mut cells, random);
        let is_canary = is_canary(customer.id);
        SampleRow { cells, id: customer.id, dump_row: place + 1, is_canary, edit }
    });
    edited.collect()
}

/// Sellers touch up what they show: one row in twelve.
fn edit(cells: &mut [String], random: &mut Random) -> &'static str {
    match random.below(48) {
        0 => {
            for cell in cells.iter_mut().filter(|cell| cell.contains('@')) {
                *cell = cell.to_uppercase();
            }
            "address for mail in capitals"
        }
        1 => {
            cells[1] = cells[1].to_lowercase();
            "second column in small letters"
        }
        2 => {
            cells[0] = typo(&cells[0], random);
            "two letters swapped in the first column"
        }
        3 => {
            for cell in cells.iter_mut() {
                cell.push(' ');
            }
            "a space after each value"
        }
        _ => "",
    }
}

/// Whoever is made up for one purpose: no move, no dirt, the token of a number that nobody has.
pub(super) fn stranger(words: &Words, random: &mut Random, number: u64, seed: u64) -> [String; 3] {
    let given = words.given(random, number.is_multiple_of(2));
    let family = words.family(random);
    let email = words.email(random, given, &family, &words::token(number, seed));
    [given.to_owned(), family, email]
}

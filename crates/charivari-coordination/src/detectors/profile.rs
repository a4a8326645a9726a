//! What the profiles of accounts show.
//!
//! **What it finds.** Accounts made within days of each other (`created-group` for the groups handed
//! in, `created-together` in all the data); handles of one pattern (`handle-group`), and handles as
//! platforms propose them, letters and five digits or more (`handle-digits`); pictures never changed
//! (`picture-group`, `picture-default`); one program that a group posts with and hardly anybody else
//! does (`client-group`); accounts that write in a language that is not one of the place that they
//! claim (`place-group`, `place-language`).
//!
//! **Why it matters.** Sock puppets are made in batches, by one person or one program, in one go;
//! what costs effort, such as a handle, a picture or a plausible language, is what is done badly.
//!
//! **Innocent explanations.** An event that brings many people to a platform at once; a class, party
//! or firm that opens its accounts together; people who take the handle that is proposed and never
//! set a picture, as most newcomers do; a program popular in one country or trade; migrants,
//! students, and places named in jest.
//!
//! **Parameters.** `level`: the false discovery rate, of each kind of sign by itself.
//!
//! **The nulls.** `created-group`: a group's members were made when accounts outside of it were; from
//! each member on, windows of 1, 7 and 30 days are tried (binomial scan, times the windows tried).
//! `created-together`: within half a year, accounts come at an even rate (Poisson scan, windows of an
//! hour, a day and a week, times those tried). Other signs of groups: the group is drawn at random
//! from all accounts of which the matter is known (Fisher's exact test, one-sided). Signs of single
//! accounts are no tests: the measure is how common the same is in this data.
//!
//! **Source.** Scan statistics: Naus, Journal of the American Statistical Association 60 (1965).
//! Creation dates and handles as signs: Beskow and Carley, *Its all in a name: detecting and labeling
//! bots by their name*, Computational and Mathematical Organization Theory 25 (2019); Bellutta and
//! Carley, *Investigating coordinated account creation using burst detection and network analysis*,
//! Journal of Big Data 10 (2023).

mod contrast;
mod created;
mod handle;
mod place;

use std::collections::BTreeMap;

use super::{Context, Detector, Sign, Signs};

/// See the module's documentation.
pub(super) struct Profile;

/// Parts of addresses, in lower case, by which platforms' default pictures are known.
const DEFAULT_PICTURES: [&str; 7] = [
    "default_profile",
    "avatar_default",
    "default_avatar",
    "default-avatar",
    "/missing.png",
    "silhouette",
    "44884218_345707102882519_2446069589734326272",
];

impl Detector for Profile {
    fn name(&self) -> &'static str {
        "profile"
    }

    fn description(&self) -> &'static str {
        "Accounts made in one go, of one pattern, with one program, or from elsewhere than they say."
    }

    fn innocent_explanations(&self) -> &'static [&'static str] {
        &[
            "an event that brings many people to a platform at once",
            "a class, a party or a firm that opens its accounts together",
            "newcomers who keep the handle and the picture that the platform proposes",
            "a program popular in one country or trade",
            "migrants, students, translators, and places named in jest",
        ]
    }

    fn needs(&self) -> &'static [&'static str] {
        &["profiles"]
    }

    fn run(&self, context: &Context<'_>) -> Signs {
        let mut signs = Signs::default();
        if context.groups.is_none() {
            signs.lacks("profile", "groups");
        }
        dates(context, &mut signs);
        handles(context, &mut signs);
        pictures(context, &mut signs);
        clients(context, &mut signs);
        places(context, &mut signs);
        signs
    }
}

fn dates(context: &Context<'_>, signs: &mut Signs) {
    let Some(created) = context.profiles.created else {
        signs.lacks("profile", "created");
        return;
    };
    let level = context.settings.level;
    if let Some(groups) = context.groups {
        created::of_groups(created, groups, level, signs);
    }
    created::together(created, level, signs);
}

fn handles(context: &Context<'_>, signs: &mut Signs) {
    let Some(handles) = context.profiles.handle else {
        signs.lacks("profile", "handle");
        return;
    };
    let shapes: Vec<Option<String>> =
        handles.iter().map(|handle| handle.map(handle::shape)).collect();
    contrast::groups("handle-group", &shapes, |_| true, context, signs);
    let proposed = |shape: &&str| handle::is_proposed(shape);
    singles("handle-digits", &shapes, |shape| proposed(&shape), signs);
}

fn pictures(context: &Context<'_>, signs: &mut Signs) {
    let Some(pictures) = context.profiles.picture else {
        signs.lacks("profile", "picture");
        return;
    };
    let kind = |picture: &str| {
        let picture = picture.to_lowercase();
        let is_default = DEFAULT_PICTURES.iter().any(|part| picture.contains(part));
        if is_default { "default" } else { "own" }.to_owned()
    };
    let kinds: Vec<Option<String>> =
        pictures.iter().map(|picture| picture.filter(|p| !p.is_empty()).map(kind)).collect();
    contrast::groups("picture-group", &kinds, |kind| kind == "default", context, signs);
    singles("picture-default", &kinds, |kind| kind == "default", signs);
}

fn clients(context: &Context<'_>, signs: &mut Signs) {
    let Some(clients) = context.profiles.clients else {
        signs.lacks("profile", "clients");
        return;
    };
    let mains = mains(clients, context.accounts);
    let clients: Vec<Option<String>> =
        mains.into_iter().map(|main| main.map(|main| main.of.to_owned())).collect();
    contrast::groups("client-group", &clients, |_| true, context, signs);
}

fn places(context: &Context<'_>, signs: &mut Signs) {
    let (Some(locations), Some(languages)) =
        (context.profiles.location, context.profiles.languages)
    else {
        let part = if context.profiles.location.is_none() { "location" } else { "languages" };
        signs.lacks("profile", part);
        return;
    };
    let mains = mains(languages, context.accounts);
    let fits: Vec<Option<String>> = locations
        .iter()
        .zip(&mains)
        .map(|(location, main)| {
            let main = main.as_ref().filter(|main| main.is_clear())?;
            let (country, of_country) = place::country((*location)?)?;
            let language = place::language(main.of)?;
            let fits = language == "en" || of_country.contains(&language.as_str());
            Some(format!("{country}: {}", if fits { "fits" } else { language.as_str() }))
        })
        .collect();
    let strange = |fit: &str| !fit.ends_with(": fits");
    singles_among("place-language", &fits, strange, place::claim, signs);
    let kinds: Vec<Option<String>> = fits
        .iter()
        .map(|fit| fit.as_deref().map(|f| if strange(f) { "elsewhere" } else { "fits" }.to_owned()))
        .collect();
    contrast::groups("place-group", &kinds, |kind| kind == "elsewhere", context, signs);
}

/// What most posts of an account have, and how many they are.
struct Main<'a> {
    of: &'a str,
    count: u32,
    all: u32,
}

impl Main<'_> {
    /// Whether enough posts agree that the account can be said to write so.
    fn is_clear(&self) -> bool {
        self.all >= 5 && self.count * 10 >= self.all * 7
    }
}

/// The commonest value of each account; of equals the least.
fn mains<'a>(values: &[(u32, &'a str)], accounts: u32) -> Vec<Option<Main<'a>>> {
    let mut counts: BTreeMap<(u32, &'a str), u32> = BTreeMap::new();
    for (account, value) in values {
        if *account < accounts && !value.is_empty() {
            *counts.entry((*account, value)).or_default() += 1;
        }
    }
    let mut mains: Vec<Option<Main<'a>>> = (0..accounts).map(|_| None).collect();
    for ((account, of), count) in counts {
        let main = &mut mains[account as usize];
        let all = main.as_ref().map_or(0, |main| main.all) + count;
        match main {
            Some(main) if main.count >= count => main.all = all,
            _ => *main = Some(Main { of, count, all }),
        }
    }
    mains
}

/// Signs of single accounts: how common the same is among all of which it is known.
fn singles(
    name: &'static str,
    labels: &[Option<String>],
    speaks: impl Fn(&str) -> bool,
    signs: &mut Signs,
) {
    singles_among(name, labels, speaks, |_| "", signs);
}

/// The same, but among those only that are alike by `like`.
fn singles_among(
    name: &'static str,
    labels: &[Option<String>],
    speaks: impl Fn(&str) -> bool,
    like: impl Fn(&str) -> &str,
    signs: &mut Signs,
) {
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    let mut all: BTreeMap<&str, u64> = BTreeMap::new();
    for label in labels.iter().flatten() {
        *counts.entry(label).or_default() += 1;
        *all.entry(like(label)).or_default() += 1;
    }
    for (account, label) in (0_u32..).zip(labels) {
        let Some(label) = label.as_deref().filter(|label| speaks(label)) else { continue };
        let (count, of) = (counts[label], all[like(label)]);
        let mut sign = Sign::new("profile", name, count as f64 / of as f64, of);
        sign.account = Some(account);
        label.clone_into(&mut sign.detail);
        signs.rows.push(sign);
    }
}

#[cfg(test)]
mod tests;

//! Kinds whose values carry their own proof: addresses of the net, account numbers, cards, state
//! numbers, hashes; and the codes that only look alike.

use std::collections::BTreeMap;

use super::super::shape::Class;
use super::super::values::national::{SCHEMES, Scheme};
use super::super::values::{card, digits, password};
use super::{Candidates, View};
use crate::Kind;

pub(super) fn say(view: &View<'_>, candidates: &mut Candidates) {
    for (kind, class, what) in [
        (Kind::Email, Class::Email, "are written as addresses for e-mail are"),
        (Kind::Url, Class::Url, "are addresses of pages"),
        (Kind::Ip, Class::Ip, "are internet addresses"),
    ] {
        let share = view.share(&[class]);
        if share > 0.05 {
            candidates.put(kind, share, share, format!("{} {what}", view.of_all(share)));
        }
    }
    ibans(view, candidates);
    cards(view, candidates);
    for scheme in &SCHEMES {
        national(view, scheme, candidates);
    }
    passwords(view, candidates);
    tokens(view, candidates);
}

fn ibans(view: &View<'_>, candidates: &mut Candidates) {
    let (of, passed) = view.counts.ibans;
    let share = view.share(&[Class::Iban]);
    if of > 0 && share > 0.05 {
        let right = passed as f64 / of as f64;
        let reason = format!(
            "{} have the length of an account number of their country, and {} of these pass mod 97",
            view.of_all(share),
            super::super::say::percent(right)
        );
        candidates.put(Kind::Iban, share * (0.55 + 0.45 * right), share, reason);
    }
}

fn cards(view: &View<'_>, candidates: &mut Candidates) {
    let (of, passed) = view.counts.cards;
    let long = of as f64 / view.counts.filled().max(1) as f64;
    if long < 0.5 {
        return;
    }
    let right = passed as f64 / of.max(1) as f64;
    let known = view.holds(|value| {
        digits(value).is_some_and(|(all, length)| card::scheme(&all[..length]).is_some())
    });
    // One number in ten passes by chance: only what is above that says something.
    let above = ((right - 0.1) / 0.9).max(0.0);
    let reason = format!(
        "{} are as long as cards' numbers; {} of these pass Luhn (10 % would by chance), {} begin as cards do",
        view.of_all(long),
        super::super::say::percent(right),
        super::super::say::percent(known)
    );
    candidates.put(Kind::Card, long * above * (0.3 + 0.7 * known), right * long, reason);
}

fn national(view: &View<'_>, scheme: &Scheme, candidates: &mut Candidates) {
    let form = view.holds(scheme.has_form);
    if form < 0.5 {
        return;
    }
    let passing = view.holds(|value| (scheme.has_form)(value) && (scheme.passes)(value));
    let right = passing / form;
    let above = ((right - scheme.by_chance) / (1.0 - scheme.by_chance)).max(0.0);
    // Forms with letters or fixed dashes are rare by themselves; bare digits are not.
    let score = if scheme.by_chance > 0.5 { form * right * 0.85 } else { form * above };
    let reason = format!(
        "{} have the form of the {}, and {} of these pass its check ({}; {} would by chance)",
        view.of_sample(form),
        scheme.name,
        super::super::say::percent(right),
        scheme.check,
        super::super::say::percent(scheme.by_chance)
    );
    candidates.put(Kind::NationalId, score, passing, reason);
}

fn passwords(view: &View<'_>, candidates: &mut Candidates) {
    let tokens = view.share(&[
        Class::Hash,
        Class::Hex,
        Class::Token,
        Class::Other,
        Class::Word,
        Class::Integer,
    ]);
    if tokens < 0.5 {
        return;
    }
    let mut schemes = BTreeMap::<&str, u64>::new();
    for scheme in view.values.iter().filter_map(|value| password::scheme(value)) {
        *schemes.entry(scheme).or_default() += 1;
    }
    let most = schemes.iter().max_by_key(|(name, count)| (**count, std::cmp::Reverse(**name)));
    if let Some((scheme, count)) = most {
        let share = *count as f64 / view.values.len().max(1) as f64;
        let score = if password::names_itself(scheme) { share } else { share * 0.62 };
        let reason = format!("{} have the form of {scheme}", view.of_sample(share));
        candidates.put(Kind::Password, score, share, reason);
        if !password::names_itself(scheme) {
            let reason =
                format!("{} are hexadecimal, as tokens and digests are too", view.of_sample(share));
            candidates.put(Kind::Other, share * 0.45, share, reason);
        }
    }
    let chosen = view.holds(password::looks_chosen);
    if chosen > 0.2 && template(view).1 < 0.5 {
        let reason = format!(
            "{} mix letters, digits and marks as passwords in the clear do",
            view.of_sample(chosen)
        );
        candidates.put(Kind::Password, 0.3 + 0.45 * chosen, chosen, reason);
    }
}

/// The commonest form of a value, each letter and digit standing for any, and its share.
pub(super) fn template(view: &View<'_>) -> (String, f64) {
    let mut forms = BTreeMap::<String, u64>::new();
    for value in &view.values {
        let form = value.chars().take(48).map(|c| match c {
            _ if c.is_ascii_digit() => '9',
            _ if c.is_uppercase() => 'A',
            _ if c.is_alphabetic() => 'a',
            other => other,
        });
        *forms.entry(form.collect()).or_default() += 1;
    }
    let most =
        forms.into_iter().max_by_key(|(form, count)| (*count, std::cmp::Reverse(form.clone())));
    most.map_or((String::new(), 0.0), |(form, count)| {
        (form, count as f64 / view.values.len().max(1) as f64)
    })
}

fn is_uuid(value: &str) -> bool {
    let lengths: Vec<usize> = value.split('-').map(str::len).collect();
    lengths == [8, 4, 4, 4, 12]
        && value.bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit())
}

/// Codes that number rows, and names that people chose.
fn tokens(view: &View<'_>, candidates: &mut Candidates) {
    let uuids = view.holds(is_uuid);
    if uuids > 0.5 {
        let reason = format!("{} are universally unique identifiers", view.of_sample(uuids));
        candidates.put(Kind::RowId, uuids * 0.95, uuids, reason);
        return;
    }
    let single = view.share(&[Class::Token, Class::Word, Class::Hex, Class::Integer]);
    let token = view.share(&[Class::Token]);
    if single < 0.7 || token < 0.1 {
        return;
    }
    let (form, share) = template(view);
    let varied = view.variety();
    let has_digits = form.contains('9');
    if candidates.score(Kind::NationalId) > 0.6 {
        return;
    }
    if share > 0.6 && has_digits && token > 0.5 {
        let reason = format!(
            "{} follow one template, and {} are different",
            view.of_sample(share),
            super::super::say::percent(varied)
        );
        candidates.put(Kind::RowId, share * (0.25 + 0.6 * varied), share, reason);
        return;
    }
    user_names(view, candidates, single, varied);
}

fn user_names(view: &View<'_>, candidates: &mut Candidates, single: f64, varied: f64) {
    let chosen = view.holds(|value| {
        value.bytes().any(|byte| byte.is_ascii_digit() || matches!(byte, b'_' | b'.' | b'-'))
    });
    let lower = view.holds(|value| !value.chars().any(char::is_uppercase));
    let lettered = view.holds(|value| value.chars().filter(|c| c.is_alphabetic()).count() >= 3);
    let short = view.holds(|value| {
        (3..=25).contains(&value.len())
            && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_.-".contains(&byte))
    });
    if chosen > 0.2 && short > 0.7 && lettered > 0.7 {
        let score = single * (0.2 + 0.2 * chosen + 0.2 * lower + 0.25 * varied) * lettered;
        let reason = format!(
            "{} are single words with digits or marks in them, {} are different",
            view.of_sample(chosen),
            super::super::say::percent(varied)
        );
        candidates.put(Kind::UserName, score, short, reason);
    }
}

//! One account against one who is protected.

use charivari_text::distance::damerau_osa;
use charivari_text::show::{shorten, visible};
use charivari_text::skeleton;

use super::forms::{Form, INSIDE, Names, Reads, without_digits};
use super::sound::{self, Script};
use super::{Class, Level};
use crate::Account;

/// Which part of a profile is like a genuine name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    /// The display name.
    Name,
    /// The handle.
    Handle,
}

/// How one text is like a genuine name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Likeness {
    /// How.
    pub level: Level,
    /// Where.
    pub part: Part,
    /// In one sentence, hidden characters shown.
    pub reason: String,
    /// What the words that were added say.
    pub added: Vec<Class>,
}

/// The strongest likeness of the account's name and of its handle, the stronger first; none where
/// neither is alike.
pub fn compare(names: &Names, account: &Account<'_>) -> Vec<Likeness> {
    let parts =
        [(Part::Name, account.name.unwrap_or_default()), (Part::Handle, account.bare_handle())];
    let mut found: Vec<Likeness> = parts
        .into_iter()
        .filter(|(_, text)| !text.trim().is_empty())
        .filter_map(|(part, text)| of_text(names, part, &Reads::new(text)))
        .collect();
    found.sort_by_key(|likeness| (likeness.level, likeness.part));
    found
}

fn of_text(names: &Names, part: Part, reads: &Reads<'_>) -> Option<Likeness> {
    let stripped = reads.stripped();
    let all = names.forms.iter().filter_map(|form| {
        let (level, reason, added) = of_form(form, reads, stripped.as_ref())?;
        Some(Likeness { level, part, reason, added })
    });
    // Of equal levels the one in fewer words says more.
    all.min_by_key(|likeness| (likeness.level, likeness.reason.len()))
}

type Found = (Level, String, Vec<Class>);

fn of_form(
    form: &Form,
    reads: &Reads<'_>,
    stripped: Option<&(String, Vec<Class>)>,
) -> Option<Found> {
    same(form, reads)
        .or_else(|| variant(form, reads))
        .or_else(|| affixed(form, reads, stripped))
        .or_else(|| near(form, reads, stripped))
        .or_else(|| contains(form, reads, stripped))
}

/// The same letters: by a trick, or as honest people write.
fn same(form: &Form, reads: &Reads<'_>) -> Option<Found> {
    let tricks =
        (form.letters == reads.letters).then(|| skeleton::why(&form.text, reads.text))??;
    let disguised = tricks.iter().any(|trick| !trick.is_ordinary());
    let mut reason = skeleton::describe(&form.text, reads.text)?;
    if !form.changed.is_empty() {
        reason = format!("{reason} ({})", form.changed);
        return Some((
            if disguised { Level::Disguised } else { Level::Variant },
            reason,
            Vec::new(),
        ));
    }
    Some((if disguised { Level::Disguised } else { Level::Same }, reason, Vec::new()))
}

fn variant(form: &Form, reads: &Reads<'_>) -> Option<Found> {
    let told = |how: &str| {
        Some((
            Level::Variant,
            format!("`{}` is `{}` {how}", shown(reads.text), shown(&form.text)),
            Vec::new(),
        ))
    };
    if form.sorted.len() > 1 && form.sorted == reads.sorted() {
        return told("with its words in another order");
    }
    let seen = sound::script(reads.text);
    if seen == form.script || form.vowelled.is_empty() && form.consonants[0].is_empty() {
        return None;
    }
    if is_abjad(seen) || is_abjad(form.script) {
        let keys = [sound::consonants(reads.text, false), sound::consonants(reads.text, true)];
        let meets = |key: &String| !key.is_empty() && keys.contains(key);
        return form.consonants.iter().any(meets).then(|| told("in other letters"))?;
    }
    let meets = !form.vowelled.is_empty() && form.vowelled == sound::vowelled(reads.text);
    meets.then(|| told("in other letters"))?
}

fn is_abjad(script: Script) -> bool {
    script == Script::Abjad
}

fn affixed(
    form: &Form,
    reads: &Reads<'_>,
    stripped: Option<&(String, Vec<Class>)>,
) -> Option<Found> {
    if form.letters.chars().count() < 5 {
        return None;
    }
    let bare = without_digits(reads.text).map(skeleton::letters);
    if bare.as_ref() == Some(&form.letters) {
        let reason = format!("`{}` is `{}` with a number", shown(reads.text), shown(&form.text));
        return Some((Level::Affixed, reason, vec![Class::Filler]));
    }
    let (rest, added) = stripped?;
    // `la` of the genuine name may have been taken off as well.
    let core: String = own_order(form).concat();
    if *rest != form.letters && (*rest != core || core.chars().count() < 6) {
        return None;
    }
    let reason =
        format!("`{}` is `{}` with {}", shown(reads.text), shown(&form.text), added_words(added));
    Some((Level::Affixed, reason, added.clone()))
}

/// The words of the genuine name that say who it is, in their order.
pub(super) fn own_order(form: &Form) -> Vec<String> {
    let words = Reads::new(&form.text).words;
    words.into_iter().filter(|word| super::words::class(word).is_none()).collect()
}

fn added_words(added: &[Class]) -> &'static str {
    let has = |class| added.contains(&class);
    if has(Class::Parody) {
        "a word that says it is parody or not the genuine"
    } else if has(Class::Fan) {
        "a word of admirers"
    } else if has(Class::Claim) {
        "a word that claims to be the genuine, as in official"
    } else if has(Class::Service) {
        "the word of a service"
    } else if has(Class::Place) {
        "a place, language or section"
    } else {
        "words that say nothing"
    }
}

fn near(form: &Form, reads: &Reads<'_>, stripped: Option<&(String, Vec<Class>)>) -> Option<Found> {
    let length = form.letters.chars().count();
    let most = match length {
        0..=6 => return None,
        7..=11 => 1,
        _ => 2,
    };
    let close = |letters: &str| {
        letters.len().abs_diff(form.letters.len()) <= 4
            && damerau_osa(&form.letters, letters) <= most
    };
    let added = match stripped {
        _ if close(&reads.letters) => Vec::new(),
        Some((rest, added)) if close(rest) => added.clone(),
        _ => return None,
    };
    let how = if most == 1 { "one letter" } else { "one or two letters" };
    let reason = format!("`{}` differs from `{}` in {how}", shown(reads.text), shown(&form.text));
    Some((Level::Near, reason, added))
}

fn contains(
    form: &Form,
    reads: &Reads<'_>,
    stripped: Option<&(String, Vec<Class>)>,
) -> Option<Found> {
    let words = form.sorted.len() > 1 && form.sorted.iter().all(|word| reads.words.contains(word))
        || form.sorted.len() == 1 && form.inside && reads.words.contains(&form.letters);
    let inside = form.inside
        && form.letters.chars().count() >= INSIDE
        && reads.letters.contains(&form.letters);
    if !words && !inside {
        return None;
    }
    let reason = format!("`{}` has `{}` in it", shown(reads.text), shown(&form.text));
    Some((Level::Contains, reason, stripped.map(|(_, added)| added.clone()).unwrap_or_default()))
}

fn shown(text: &str) -> String {
    visible(&shorten(text, 60)).into_owned()
}

//! One hop: who signed, over what, and whether the message came to him as is said.

use charivari_model::Timestamp;

use super::address::within;
use super::chain::{Chain, Handled, handled};
use super::content::Content;
use super::form::{Rules, input};
use super::instance::Instance;
use super::recipe::Recipe;
use super::seal;
use super::signature::{Route, Signature};
use crate::dkim::{Alignment, Question, State, aligned};
use crate::remark::Remark;

/// Draft, section 10.3: older signatures do not count.
const MAX_AGE_S: i64 = 14 * 86_400;
/// A day.
const DAY_S: u64 = 86_400;

/// Names of fields that may be written down; what is changed in others is told as that.
const NAMED: [&str; 8] =
    ["from", "subject", "date", "to", "cc", "reply-to", "content-type", "message-id"];

/// Judges the hop at a place of a chain.
pub(super) fn judge(chain: &Chain<'_>, at: usize, content: &Content, ask: Question<'_>) -> Handled {
    let (own, signature) = &chain.signatures[at];
    let below = chain.instances.iter().take(signature.instance as usize).map(|(field, _)| field);
    let before = chain.signatures[..at].iter().map(|(field, _)| field);
    let seals = seal::check(signature, &input(below.chain(before), own), ask);
    let as_it_is = signature.instance as usize == chain.instances.len();
    let mut notes = notes(chain, at, content, ask);
    notes.extend(seals.notes.iter().cloned());
    let held = (seals.state, &seals.reason);
    let (state, reason) = conclude(chain, at, held, content, ask, &mut notes);
    Handled {
        state,
        notes,
        key_bits: seals.key_bits,
        alignment: ask.from.map_or(Alignment::None, |from| aligned(&signature.domain, from)),
        as_it_is: as_it_is && matches!(content, Content::Same(_)),
        changed: changed(chain, at),
        recipients: match &signature.route {
            Route::Envelope { to, .. } => Some(to.len() as u32),
            Route::Next(_) => None,
        },
        ..handled(Some(signature), reason)
    }
}

/// What the parts amount to.
fn conclude(
    chain: &Chain<'_>,
    at: usize,
    (state, reason): (State, &Remark),
    content: &Content,
    ask: Question<'_>,
    notes: &mut Vec<Remark>,
) -> (State, Remark) {
    if let Some(fault) = route_fault(chain, at) {
        return (State::Failed, fault);
    }
    match (state, content) {
        (State::Failed, Content::Other(first, more)) => {
            notes.push(first.clone());
            notes.extend(more.iter().cloned());
            (state, reason.clone())
        }
        (State::Failed, _) => (state, reason.clone()),
        (_, Content::Other(first, more)) => {
            notes.extend(more.iter().cloned());
            (State::Failed, first.clone())
        }
        (_, Content::Unknown(State::Failed, reason)) => (State::Failed, reason.clone()),
        (State::Valid, Content::Unknown(state, reason)) => (*state, reason.clone()),
        (State::Valid, Content::Same(_)) => {
            hold(&chain.signatures[at].1, chain.instances.len(), ask)
        }
        _ => (state, reason.clone()),
    }
}

/// A signature that holds may have come too late.
fn hold(signature: &Signature, instances: usize, ask: Question<'_>) -> (State, Remark) {
    let old = |arrived: Timestamp| arrived.seconds().saturating_sub(signature.time) > MAX_AGE_S;
    if ask.arrived.is_some_and(old) {
        let text = "the signature was more than 14 days old when the message arrived";
        return (State::Void, Remark::new("expired", text));
    }
    let domain = &signature.domain;
    let text = if (signature.instance as usize) < instances {
        format!(
            "signed by {domain}: undone as those after it say, header and body are as they were"
        )
    } else {
        format!("signed by {domain}: header and body are as they were")
    };
    (State::Valid, Remark::new("valid", text))
}

/// What is wrong with the way of the message as it is signed (draft, sections 8.2 and 8.3).
fn route_fault(chain: &Chain<'_>, at: usize) -> Option<Remark> {
    let signature = &chain.signatures[at].1;
    let sender = match &signature.route {
        Route::Envelope { from, .. } if !from.is_null() => {
            if !within(&from.domain, &signature.domain) {
                let text = "the return path mf= is not of the domain d= that signs";
                return Some(Remark::new("domain-mismatch", text));
            }
            &from.domain
        }
        // Without a return path, who signs stands for it.
        _ => &signature.domain,
    };
    let came = match &chain.signatures.get(at.checked_sub(1)?)?.1.route {
        Route::Envelope { to, .. } => to.iter().any(|to| within(sender, &to.domain)),
        Route::Next(next) => *next == signature.domain,
    };
    let text =
        "whoever had it before did not send it to who signs here: the chain of hands is broken";
    (!came).then(|| Remark::new("custody-broken", text))
}

/// What is worth knowing of a hop, whether its signature holds or not.
fn notes(chain: &Chain<'_>, at: usize, content: &Content, ask: Question<'_>) -> Vec<Remark> {
    let signature = &chain.signatures[at].1;
    let mut notes = Vec::new();
    let mut say = |code, text: &str| notes.push(Remark::new(code, text));
    if signature.is_of_earlier_form() {
        let text = "its addresses have no angle brackets, as the first implementations wrote them";
        say("earlier-form", text);
    }
    let later = matches!(content, Content::Same(Rules::Later));
    if later || matches!(signature.route, Route::Next(_)) {
        say("later-form", "it follows draft 06, which leaves more fields out and has nd=");
    }
    let apart = |said: Timestamp| said.seconds().abs_diff(signature.time) > DAY_S;
    if at == 0 && ask.time.is_some_and(apart) {
        let text = "the time of signing (t=) and the date differ by more than a day";
        say("signed-another-day", text);
    }
    notes.extend(unheeded(chain, at));
    notes
}

/// What was asked by those before and not heeded here (draft, section 10.8).
fn unheeded(chain: &Chain<'_>, at: usize) -> Vec<Remark> {
    let signature = &chain.signatures[at].1;
    let before = &chain.signatures[..at];
    let asked = |flag: &str| before.iter().find(|(_, one)| one.has(flag)).map(|(_, one)| one);
    // To add fields is allowed even then (section 7.9).
    let added = |instance: &Instance| match &instance.recipe {
        None => true,
        Some(recipe) => recipe.as_ref().is_ok_and(Recipe::only_adds),
    };
    let changed = |since: &Signature| {
        let made = &chain.instances[since.instance as usize..signature.instance as usize];
        made.iter().any(|(_, instance)| !added(instance))
    };
    let mut notes = Vec::new();
    if asked("donotmodify").is_some_and(changed) {
        let text =
            "the message was changed although somebody before had asked not to (donotmodify)";
        notes.push(Remark::new("changed-against-request", text));
    }
    if signature.has("exploded") && asked("donotexplode").is_some() {
        let text =
            "it was sent to several although somebody before had asked not to (donotexplode)";
        notes.push(Remark::new("sent-on-against-request", text));
    }
    notes
}

/// What was changed since the hop before, as its recipes say.
fn changed(chain: &Chain<'_>, at: usize) -> Vec<&'static str> {
    let last = chain.signatures[at].1.instance as usize;
    // What the first instance undoes was never signed.
    let first = at.checked_sub(1).map_or(1, |before| chain.signatures[before].1.instance as usize);
    let recipes = chain.instances[first.min(last)..last].iter();
    let recipes: Vec<&Recipe> =
        recipes.filter_map(|(_, one)| one.recipe.as_ref()?.as_ref().ok()).collect();
    let mut changed = Vec::new();
    if recipes.iter().any(|recipe| recipe.changes_body()) {
        changed.push("body");
    }
    if recipes.iter().any(|recipe| recipe.fields().is_none()) {
        changed.push("header");
    }
    let fields: Vec<&str> = recipes.iter().filter_map(|recipe| recipe.fields()).flatten().collect();
    changed.extend(NAMED.into_iter().filter(|name| fields.contains(name)));
    if fields.iter().any(|name| !NAMED.contains(name)) {
        changed.push("other fields");
    }
    changed
}

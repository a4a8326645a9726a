//! Is the message, undone to where it was signed, the one that was signed?

use super::explain;
use super::form::{Message, Rules};
use super::instance::Instance;
use super::recipe::Stuck;
use crate::dkim::State;
use crate::raw::{Field, Raw};
use crate::remark::Remark;

/// So many bytes of bodies are made in undoing the changes of one message.
const MAX_MADE: usize = 256 << 20;

/// What the digests of an instance say of the message as it was there.
#[derive(Clone, Debug)]
pub(super) enum Content {
    /// It is the one that was signed; by the rules of the later draft, if so.
    Same(Rules),
    /// It is another, for these reasons, the most important first.
    Other(Remark, Vec<Remark>),
    /// It cannot be compared, for this reason.
    Unknown(State, Remark),
}

/// Compares the message with each of its instances, from the last to the first; the answers stand in
/// the order of the instances.
pub(super) fn compare(raw: &Raw<'_>, instances: &[(Field<'_>, Instance)]) -> Vec<Content> {
    let mut room = MAX_MADE;
    let mut message = Ok(Message::new(&raw.fields, raw.body));
    let mut contents = Vec::with_capacity(instances.len());
    for (at, (_, instance)) in instances.iter().enumerate().rev() {
        let as_it_is = (at + 1 == instances.len()).then_some(raw);
        contents.push(match &message {
            Ok(message) => one(message, instance, as_it_is),
            Err((state, reason)) => Content::Unknown(*state, Remark::clone(reason)),
        });
        if at > 0 {
            message = message.and_then(|message| undo(message, instance, &mut room));
        }
    }
    contents.reverse();
    contents
}

const UNDONE_HEADER: &str =
    "undone as those who handled it later say, the header is not the one that was signed";
const UNDONE_BODY: &str =
    "undone as those who handled it later say, the body is not the one that was signed";

/// Compares one form of the message; `raw` is given where that is how it is now.
fn one(message: &Message<'_>, instance: &Instance, raw: Option<&Raw<'_>>) -> Content {
    let Some((header, body)) = &instance.digests else {
        let text = "the message is recorded by digests alone that are not known here";
        return Content::Unknown(State::Failed, Remark::new("algorithm-unknown", text));
    };
    let fits = |rules: &Rules| message.header_digest(*rules) == *header;
    let rules = [Rules::Read, Rules::Later].into_iter().find(fits);
    let header = match (rules, raw) {
        (Some(_), _) => None,
        (None, Some(raw)) => Some(explain::header(message, raw, header)),
        (None, None) => Some(Remark::new("headers-changed", UNDONE_HEADER)),
    };
    let same_body = message.body_digest() == body;
    let undone = || Remark::new("body-changed", UNDONE_BODY);
    let body = (!same_body).then(|| raw.map_or_else(undone, |_| explain::body(message, body)));
    let mut faults = header.into_iter().chain(body);
    match (faults.next(), rules) {
        (Some(first), _) => Content::Other(first, faults.collect()),
        (None, rules) => Content::Same(rules.unwrap_or(Rules::Read)),
    }
}

type Undone<'a> = Result<Message<'a>, (State, Remark)>;

/// Undoes what was changed when an instance was made.
fn undo<'a>(message: Message<'a>, instance: &Instance, room: &mut usize) -> Undone<'a> {
    let number = instance.number;
    let broken = |fault: String| {
        let text = format!("what was changed in instance {number} cannot be undone: {fault}");
        (State::Failed, Remark::new("recipe-broken", text))
    };
    let untold = |text: String| (State::Unchecked, Remark::new("not-undone", text));
    let recipe = match &instance.recipe {
        None => return Ok(message),
        Some(recipe) => recipe.as_ref().map_err(|fault| broken(fault.clone()))?,
    };
    let message = recipe.undo(message).map_err(|stuck| match stuck {
        Stuck::Untold => {
            let text = "who made it does not tell what was there before";
            untold(format!("what was changed in instance {number} cannot be undone: {text}"))
        }
        Stuck::Unfit(fault) => broken(fault),
    })?;
    let made = if recipe.changes_body() { message.body.len() } else { 0 };
    *room = room.checked_sub(made).ok_or_else(|| {
        untold("undoing all that was changed would take more than 256 MiB".to_owned())
    })?;
    Ok(message)
}

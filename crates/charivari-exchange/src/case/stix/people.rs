//! Parties and accounts.

use charivari_model::case::Actor;
use serde_json::{Value, json};

use super::Flavour;
use super::bundle::{Bundle, Draft};
use crate::case::outgoing::{Party, split_key};
use crate::case::summary;
use crate::case::words::{exact, or, plain};

/// The parties that the case speaks of.
pub(super) fn add_actors(bundle: &mut Bundle<'_>) {
    let out = bundle.out;
    let style = bundle.flavour.style();
    for actor in &out.dossier.actors {
        let mut draft = bundle.draft(kind(actor), actor.id.to_string());
        draft.set("name", plain(or(&actor.name, "unnamed party")));
        draft.set("description", summary::actor(actor, style));
        set_class(actor, &mut draft);
        draft.tlp = actor.tlp;
        draft.created = actor.added;
        let id = bundle.add(draft);
        bundle.is_record(actor.id, &id);
        if is_persona(actor) {
            let campaign = bundle.campaign.clone();
            let why = "A face that the operation shows; who stands behind it is another question.";
            bundle.relate("related-to", (&id, &campaign), why, None);
        }
    }
}

/// Whether a party is a face that an operation wears.
fn is_persona(actor: &Actor) -> bool {
    actor.what.trim().eq_ignore_ascii_case("persona")
}

/// Whether what a party says is a story that an operation tells.
pub(super) fn tells_stories(actor: &Actor) -> bool {
    kind(actor) != "identity"
}

/// A persona is behaviour seen under one name, whoever is behind it: an intrusion set.
fn kind(actor: &Actor) -> &'static str {
    match actor.what.trim().to_lowercase().as_str() {
        "persona" => "intrusion-set",
        "threat-actor" => "threat-actor",
        _ => "identity",
    }
}

fn set_class(actor: &Actor, draft: &mut Draft) {
    if draft.kind == "identity" {
        let class = match actor.what.trim().to_lowercase().as_str() {
            "organisation" | "organization" | "publication" => "organization",
            "person" => "individual",
            _ => "unknown",
        };
        draft.set("identity_class", class);
        return;
    }
    let aliases: Vec<Value> = actor.aliases.iter().map(|one| json!(plain(&one.name))).collect();
    if !aliases.is_empty() {
        draft.set("aliases", aliases);
    }
}

/// The accounts, related to the operation for the reasons that findings give.
pub(super) fn add_accounts(bundle: &mut Bundle<'_>) {
    let out = bundle.out;
    for party in &out.accounts {
        let id = add_account(bundle, party);
        let style = bundle.flavour.style();
        let whys: Vec<String> = party
            .mentions
            .iter()
            .map(|(finding, account)| format!("{}: {}", finding.id, style.text(&account.why)))
            .collect();
        let why = style.join(&whys);
        let campaign = bundle.campaign.clone();
        bundle.relate("related-to", (&id, &campaign), &why, None);
        if bundle.flavour == Flavour::OpenCti {
            let channel = add_channel(bundle, party, &why);
            bundle.relate("related-to", (&channel, &id), "The account of this channel.", None);
            bundle.relate("uses", (&campaign, &channel), &why, None);
        }
    }
}

/// The id of an account's object.
pub(super) fn account_id(bundle: &mut Bundle<'_>, key: &str) -> Option<String> {
    let out = bundle.out;
    Some(add_account(bundle, out.account(key)?))
}

fn add_account(bundle: &mut Bundle<'_>, party: &Party<'_>) -> String {
    let (platform, native) = split_key(party.key);
    let mut contributing = Vec::new();
    if let Some(platform) = platform {
        contributing.push(("account_type", json!(account_type(platform))));
        contributing.push(("user_id", json!(exact(native))));
    } else {
        // Pseudonyms and ids without a platform mean something in their case only: alone they
        // would be taken for the same account in another case.
        let user = format!("{} {}", bundle.out.scope, exact(or(native, "an account")));
        contributing.push(("user_id", json!(user)));
    }
    if let Some(handle) = party.handle {
        contributing.push(("account_login", json!(exact(handle))));
    }
    let shown = party.name.or(platform.is_none().then_some(native));
    let others: Vec<(&str, Value)> =
        shown.map(|name| ("display_name", json!(plain(name)))).into_iter().collect();
    bundle.observe("user-account", &contributing, &others, party.tlp)
}

/// The platform in the words of STIX where it has one.
fn account_type(platform: &str) -> String {
    match platform {
        "x" => "twitter".to_owned(),
        other => exact(&other.to_lowercase().replace([' ', '_'], "-")),
    }
}

fn add_channel(bundle: &mut Bundle<'_>, party: &Party<'_>, why: &str) -> String {
    let (platform, native) = split_key(party.key);
    let called = plain(or(party.handle.unwrap_or(native), "an account"));
    let mut draft = bundle.draft("channel", exact(party.key));
    let name = match platform {
        Some(platform) => format!("{called} ({})", plain(platform)),
        None => format!("{called} (in {})", bundle.out.scope),
    };
    draft.set("name", name);
    draft.set("description", why);
    let kind = platform.map_or_else(|| "unknown".to_owned(), account_type);
    draft.set("channel_types", json!([kind]));
    draft.tlp = party.tlp;
    bundle.add(draft)
}

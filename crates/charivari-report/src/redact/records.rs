//! Evidence, statements, events and parties, rewritten for one level.
//!
//! Each record is taken apart into all of its fields, so that a field which is added to it one day
//! does not compile here until somebody has decided who may see it.

use charivari_model::case::{
    Actor, Alias, Check, Claim, Custody, Dossier, Event, Evidence, Head, Link, Quantity, Rate,
};

use super::results;
use super::scrub::Scrub;

/// Rewrites a whole case.
pub(super) fn dossier(whole: Dossier, scrub: &Scrub) -> Dossier {
    let Dossier {
        head: first,
        evidence,
        runs,
        findings,
        claims,
        checks,
        links,
        events,
        notes: _,
        actors,
        rates,
        assessment,
        left,
    } = whole;
    Dossier {
        head: head(first, scrub),
        findings: findings.into_iter().map(|it| results::finding(it, &runs, scrub)).collect(),
        evidence: evidence.into_iter().map(|it| one_evidence(it, scrub)).collect(),
        runs: runs.into_iter().map(|it| results::run(it, scrub)).collect(),
        claims: claims.into_iter().map(|it| claim(it, scrub)).collect(),
        checks: checks.into_iter().map(|it| check(it, scrub)).collect(),
        links: links.into_iter().map(|it| link(it, scrub)).collect(),
        events: events.into_iter().map(|it| event(it, scrub)).collect(),
        notes: Vec::new(),
        actors: actors.into_iter().map(|it| actor(it, scrub)).collect(),
        rates: rates.into_iter().map(|it| rate(it, scrub)).collect(),
        assessment: assessment.map(|it| results::assessment(it, scrub)),
        left,
    }
}

fn head(head: Head, scrub: &Scrub) -> Head {
    let Head {
        uuid,
        title,
        question,
        tlp,
        opened,
        opened_by,
        synthetic,
        schema,
        log_entries,
        log_head,
        changed,
        signed,
        tool,
    } = head;
    Head {
        uuid,
        title: scrub.text(&title),
        question: scrub.text(&question),
        tlp,
        opened: scrub.time(opened),
        opened_by: scrub.analyst(&opened_by),
        synthetic: scrub.option(synthetic),
        schema,
        log_entries,
        log_head,
        changed: scrub.time(changed),
        signed,
        tool,
    }
}

fn one_evidence(evidence: Evidence, scrub: &Scrub) -> Evidence {
    let Evidence {
        id,
        name,
        sha256,
        bytes,
        source,
        collector,
        collected,
        added,
        added_by,
        grade,
        tlp,
        sensitive,
        custody: held,
        note: _,
    } = evidence;
    let is_hidden = scrub.is_public() && sensitive;
    Evidence {
        id,
        name: if scrub.is_public() { String::new() } else { scrub.text_of_file(&name) },
        sha256: if is_hidden { String::new() } else { sha256 },
        bytes: if is_hidden { 0 } else { bytes },
        source: if scrub.is_public() { String::new() } else { scrub.text(&source) },
        collector: collector.map(|it| scrub.analyst(&it)).filter(|it| !it.is_empty()),
        collected: collected.map(|it| scrub.when(it)),
        added: scrub.time(added),
        added_by: scrub.analyst(&added_by),
        grade,
        tlp,
        sensitive,
        custody: custody(held, is_hidden),
        note: None,
    }
}

/// Where the bytes are, without the place.
fn custody(custody: Custody, is_hidden: bool) -> Custody {
    let place = String::new();
    match custody {
        Custody::Kept => Custody::Kept,
        Custody::HeldElsewhere { .. } => Custody::HeldElsewhere { place },
        Custody::Encrypted { .. } if is_hidden => Custody::HeldElsewhere { place },
        Custody::Encrypted { sha256, bytes, .. } => {
            Custody::Encrypted { place, recipient: String::new(), sha256, bytes }
        }
    }
}

fn claim(claim: Claim, scrub: &Scrub) -> Claim {
    let Claim {
        id,
        who,
        when,
        place,
        verbatim,
        gist,
        about,
        quantities,
        repeats,
        grade,
        tlp,
        added,
        added_by,
    } = claim;
    let verbatim = if scrub.may_quote(&who) { scrub.text(&verbatim) } else { String::new() };
    Claim {
        id,
        who: scrub.party(&who),
        when: scrub.when(when),
        place: scrub.text(&place),
        verbatim,
        gist: scrub.text(&gist),
        about: scrub.text(&about),
        quantities: quantities.into_iter().map(|it| quantity(it, scrub)).collect(),
        repeats,
        grade,
        tlp,
        added: scrub.time(added),
        added_by: scrub.analyst(&added_by),
    }
}

fn quantity(quantity: Quantity, scrub: &Scrub) -> Quantity {
    let Quantity { least, most, value, unit, words, worth_of } = quantity;
    Quantity { least, most, value, unit: scrub.text(&unit), words: scrub.text(&words), worth_of }
}

fn check(check: Check, scrub: &Scrub) -> Check {
    let Check { claim, words, against, verdict, sentence } = check;
    let against = match against {
        charivari_model::case::Subject::Rate { day } => {
            charivari_model::case::Subject::Rate { day: scrub.text(&day) }
        }
        other => other,
    };
    Check { claim, words: scrub.text(&words), against, verdict, sentence: scrub.text(&sentence) }
}

fn link(link: Link, scrub: &Scrub) -> Link {
    let Link { from, relation, to, reason, added, added_by } = link;
    Link {
        from,
        relation,
        to,
        reason: scrub.text(&reason),
        added: scrub.time(added),
        added_by: scrub.analyst(&added_by),
    }
}

fn event(event: Event, scrub: &Scrub) -> Event {
    let Event { id, when, title, text, source, tlp, added, added_by } = event;
    Event {
        id,
        when: scrub.when(when),
        title: scrub.text(&title),
        text: scrub.text(&text),
        source: scrub.party(&source),
        tlp,
        added: scrub.time(added),
        added_by: scrub.analyst(&added_by),
    }
}

fn actor(actor: Actor, scrub: &Scrub) -> Actor {
    let Actor { id, name, what, aliases, text, ground, reply, tlp, added, added_by } = actor;
    let alias = |alias: Alias| {
        let Alias { name, source, since } = alias;
        Alias {
            name: scrub.party(&name),
            source: scrub.text(&source),
            since: since.map(|it| scrub.when(it)),
        }
    };
    let shown = scrub.party(&name);
    let mut aliases: Vec<Alias> = aliases.into_iter().map(alias).collect();
    // Under a pseudonym all names are the same.
    aliases.retain(|it| it.name != shown);
    Actor {
        id,
        name: shown,
        what: scrub.text(&what),
        aliases,
        text: scrub.text(&text),
        ground: scrub.text(&ground),
        reply: scrub.text(&reply),
        tlp,
        added: scrub.time(added),
        added_by: scrub.analyst(&added_by),
    }
}

fn rate(rate: Rate, scrub: &Scrub) -> Rate {
    let Rate { day, unit, price_unit, price, source } = rate;
    Rate {
        day: scrub.text(&day),
        unit: scrub.text(&unit),
        price_unit: scrub.text(&price_unit),
        price,
        source: scrub.text(&source),
    }
}

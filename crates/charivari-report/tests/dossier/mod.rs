//! An invented case with everything in it, for tests and to look at.

#![allow(dead_code, unused_imports, reason = "each test uses a part of it")]
#![allow(clippy::assigning_clones, reason = "a sample is read more often than it is built")]

mod records;
mod runs;

use charivari_model::case::{Dossier, Head, Left, Signed};
use charivari_model::{Timestamp, Tlp, When};

pub(crate) use records::{actor, claim, event};
pub(crate) use runs::{HOSTILE, finding, locator};

/// 2023-01-04T00:00:00Z.
pub(crate) const START: i64 = 1_672_790_400;

/// An instant so many seconds after the start of the story.
pub(crate) fn at(seconds: i64) -> Timestamp {
    Timestamp::from_seconds(START + seconds)
}

pub(crate) fn when(text: &str) -> When {
    When::parse(text).unwrap_or_else(|error| panic!("{error}"))
}

/// The whole case, marked `tlp` throughout.
pub(crate) fn dossier(tlp: Tlp) -> Dossier {
    let mut dossier = Dossier {
        head: head(tlp),
        evidence: records::evidence(),
        runs: runs::runs(),
        findings: runs::findings(),
        claims: records::claims(),
        checks: records::checks(),
        links: records::links(),
        events: records::events(),
        notes: records::notes(),
        actors: records::actors(),
        rates: records::rates(),
        assessment: Some(runs::assessment()),
        left: Left { findings: 3, ..Left::default() },
    };
    dossier.evidence.iter_mut().for_each(|it| it.tlp = tlp);
    dossier.claims.iter_mut().for_each(|it| it.tlp = tlp);
    dossier.events.iter_mut().for_each(|it| it.tlp = tlp);
    dossier.actors.iter_mut().for_each(|it| it.tlp = tlp);
    dossier
}

/// A case with one of each, so that a difference in its page can be read.
pub(crate) fn small(tlp: Tlp) -> Dossier {
    let mut dossier = dossier(tlp);
    dossier.findings.truncate(1);
    dossier.findings[0].accounts.truncate(2);
    dossier.findings[0].evidence.truncate(2);
    dossier.runs.truncate(1);
    if let Some(picture) = &mut dossier.runs[0].picture {
        picture.nodes.truncate(6);
        picture.groups.truncate(1);
        picture.groups[0].activity.truncate(12);
        picture.days.truncate(4);
        picture.edges.retain(|edge| edge.source < 6 && edge.target < 6);
    }
    dossier.claims.truncate(2);
    dossier.checks.clear();
    dossier.links.truncate(1);
    dossier.events.truncate(1);
    dossier.notes.truncate(1);
    dossier.actors.truncate(1);
    dossier.evidence.truncate(2);
    dossier.assessment = None;
    dossier.left = Left::default();
    dossier
}

/// A case in which nothing was done yet.
pub(crate) fn empty() -> Dossier {
    Dossier {
        head: Head { synthetic: None, signed: None, question: String::new(), ..head(Tlp::Clear) },
        evidence: vec![],
        runs: vec![],
        findings: vec![],
        claims: vec![],
        checks: vec![],
        links: vec![],
        events: vec![],
        notes: vec![],
        actors: vec![],
        rates: vec![],
        assessment: None,
        left: Left::default(),
    }
}

fn head(tlp: Tlp) -> Head {
    Head {
        uuid: "6f0c2a9e-7f0e-5a39-9d0f-3f6f2f1f7a10".to_owned(),
        title: "The Kettle Letters".to_owned(),
        question: "Who spread the subscriber list of the Kettle Gazette, and who is behind it?"
            .to_owned(),
        tlp,
        opened: at(-3_600),
        opened_by: "Ines Quill".to_owned(),
        synthetic: Some(
            "Every account, post, name and address in this case was invented by a program."
                .to_owned(),
        ),
        schema: 1,
        log_entries: 48,
        log_head: "9f2c61d0b4e5a7730c1f8e92ab34cd56ef7890123456789abcdef0123456789a".to_owned(),
        changed: at(30 * 86_400 + 1_234),
        signed: Some(Signed { key: "ab".repeat(32), signature: "cd".repeat(64) }),
        tool: "charivari 0.1.0".to_owned(),
    }
}

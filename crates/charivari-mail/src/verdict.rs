//! The verdict: verified, unverified or contradicted, for each claim, and why.
//!
//! *Verified*: somebody whom the analyst has a reason to believe vouches for it. *Contradicted*:
//! something that can be checked says otherwise. *Unverified* is everything else, and is not forged:
//! most honest mail of former years is unverified.

use serde::Serialize;

use crate::arc::Chain;
use crate::authres::{Recorded, Results};
use crate::claims::Claims;
use crate::dkim::{Alignment, Checked, State};
use crate::dkim2::{Custody, Handled};
use crate::path::{Path, date_fits};
use crate::remark::Remark;
use charivari_text::address::registrable_domain;

/// One of three words that are never mixed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Word {
    /// Somebody who can be believed vouches for it.
    Verified,
    /// Nothing speaks for it or against it. This does not mean forged.
    Unverified,
    /// Something that can be checked says otherwise.
    Contradicted,
}

impl Word {
    /// The word.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Verified => "verified",
            Self::Unverified => "unverified",
            Self::Contradicted => "contradicted",
        }
    }
}

/// A word on one claim, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Verdict {
    /// The word.
    pub word: Word,
    /// Why, the most important first.
    pub why: Vec<Remark>,
}

/// The words on each claim, and on the whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Verdicts {
    /// Sender and content together: verified if both are, contradicted if one is.
    pub overall: Verdict,
    /// Whether it comes from the domain that it says it is from.
    pub sender: Verdict,
    /// Whether it says what its signer signed.
    pub content: Verdict,
    /// Whether it was written when it says.
    pub date: Verdict,
    /// Whether it came the way that it says.
    pub path: Verdict,
}

/// Said wherever a message is unverified.
const NOT_FORGED: &str = "unverified is not forged: nothing here speaks against it";

/// What the verdict rests on.
#[derive(Clone, Copy)]
pub(crate) struct Grounds<'a> {
    pub(crate) claims: &'a Claims,
    pub(crate) signatures: &'a [Checked],
    pub(crate) results: &'a [Results],
    pub(crate) chain: Option<&'a Chain>,
    pub(crate) dkim2: Option<&'a Custody>,
    pub(crate) path: &'a Path,
}

/// Weighs everything.
pub(crate) fn weigh(grounds: Grounds<'_>) -> Verdicts {
    let (sender, content) = (sender(grounds), content(grounds));
    let overall = overall(&sender, &content);
    Verdicts { overall, sender, content, date: date(grounds), path: path(grounds) }
}

fn overall(sender: &Verdict, content: &Verdict) -> Verdict {
    let word = match (sender.word, content.word) {
        (Word::Contradicted, _) | (_, Word::Contradicted) => Word::Contradicted,
        (Word::Verified, Word::Verified) => Word::Verified,
        _ => Word::Unverified,
    };
    let told = |part: &str, verdict: &Verdict| {
        Remark::new(part_code(part), format!("{part}: {}", verdict.word.name()))
    };
    let mut why = vec![told("sender", sender), told("content", content)];
    if word == Word::Unverified {
        why.push(Remark::new("not-forged", NOT_FORGED));
    }
    Verdict { word, why }
}

fn part_code(part: &str) -> &'static str {
    if part == "sender" { "sender" } else { "content" }
}

/// Results that count, of a method.
fn recorded<'a>(
    results: &'a [Results],
    method: &'a str,
) -> impl Iterator<Item = (&'a Results, &'a Recorded)> {
    let counting = results.iter().filter(|field| field.counts);
    counting
        .flat_map(|field| field.results.iter().map(move |one| (field, one)))
        .filter(move |(_, one)| one.method == method)
}

fn sender(grounds: Grounds<'_>) -> Verdict {
    let Grounds { claims, results, .. } = grounds;
    let from = match (claims.from.as_slice(), claims.from_fields) {
        ([from], 1) => from,
        ([], _) => return unverified("no-sender", "it names no sender"),
        _ => {
            return unverified(
                "several-from",
                "it names several senders; nobody can vouch for all",
            );
        }
    };
    signed_by(grounds, from)
        .or_else(|| recorded_for(results, from))
        .unwrap_or_else(|| unvouched(grounds))
}

/// The sender's domain signed the message as it is.
fn signed_by(grounds: Grounds<'_>, from: &str) -> Option<Verdict> {
    let signed = |domain: &str, draft: Option<Remark>, notes: &[Remark]| {
        let text = format!("{domain} signed it, and it says it is from {from}");
        let weighty = notes.iter().filter(|note| WEIGHTY.contains(&note.code)).cloned();
        let first = [Remark::new("signed-by-sender", text)];
        Verdict {
            word: Word::Verified,
            why: first.into_iter().chain(draft).chain(weighty).collect(),
        }
    };
    let valid = grounds.signatures.iter().filter(|one| one.state == State::Valid);
    let valid = valid.map(|one| (one.alignment, &one.domain, None, &one.notes));
    let drafts =
        of_now(grounds).map(|one| (one.alignment, &one.domain, Some(by_draft()), &one.notes));
    let mut aligned = valid.chain(drafts).filter(|(alignment, ..)| *alignment != Alignment::None);
    aligned.next().map(|(_, domain, draft, notes)| signed(domain, draft, notes))
}

/// What servers that count recorded for the sender's domain.
fn recorded_for(results: &[Results], from: &str) -> Option<Verdict> {
    let is_from = |domain: Option<&str>| domain.is_some_and(|domain| same(domain, from));
    let mut why = Vec::new();
    for (field, one) in recorded(results, "dmarc") {
        let about = one.domain("header.from");
        if about.is_some() && !is_from(about) {
            continue;
        }
        let text = format!("{} recorded dmarc={}", field.server, one.result);
        match one.result.as_str() {
            "pass" => return Some(told(Word::Verified, "recorded-dmarc", text)),
            "fail" => why.push(Remark::new("recorded-dmarc-fail", text)),
            _ => {}
        }
    }
    let passes = recorded(results, "dkim")
        .filter(|(_, one)| {
            one.result == "pass" && is_from(one.domain("header.d").or(one.domain("header.i")))
        })
        .chain(
            recorded(results, "spf")
                .filter(|(_, one)| one.result == "pass" && is_from(one.domain("smtp.mailfrom"))),
        )
        .next();
    if let Some((field, one)) = passes {
        let text = format!("{} recorded {}=pass for {from}", field.server, one.method);
        return Some(told(Word::Verified, "recorded-pass", text));
    }
    (!why.is_empty()).then_some(Verdict { word: Word::Contradicted, why })
}

/// Nobody vouches for the sender: what comes nearest.
fn unvouched(grounds: Grounds<'_>) -> Verdict {
    let signatures = grounds.signatures;
    let aligned = |one: &&Checked| one.alignment != Alignment::None;
    let failed = signatures.iter().filter(aligned).find(|one| one.state != State::Valid);
    let mut verdict = match (failed, custody_remark(grounds.dkim2)) {
        (Some(one), _) => unverified(one.reason.code, &one.reason.text),
        (None, Some(reason)) => unverified(reason.code, &reason.text),
        (None, None) if signatures.is_empty() && grounds.dkim2.is_none() => {
            unverified("no-signature", "it is not signed")
        }
        (None, None) => {
            unverified("signed-by-others", "it is signed, but not by the domain it says it is from")
        }
    };
    verdict.why.extend(chain_remark(grounds.chain));
    verdict
}

/// Why a hop of the sender's domain (DKIM2) does not speak for the message as it is now.
fn custody_remark(dkim2: Option<&Custody>) -> Option<Remark> {
    let dkim2 = dkim2?;
    let own = dkim2.hops.iter().find(|hop| hop.alignment != Alignment::None);
    let broken =
        dkim2.state == State::Failed && dkim2.hops.iter().all(|hop| hop.state == dkim2.state);
    match own {
        Some(one) if one.state == State::Valid => {
            let text = format!(
                "{} signed an earlier form of it (DKIM2, a draft); it was changed since, and who changed it \
                 says how",
                one.domain
            );
            Some(Remark::new("changed-on-the-way", text))
        }
        Some(one) => {
            let text = format!("DKIM2, a draft: {}", one.reason.text);
            Some(Remark::new(one.reason.code, text))
        }
        None => broken.then(|| {
            let text = format!("DKIM2, a draft: {}", dkim2.reason.text);
            Remark::new(dkim2.reason.code, text)
        }),
    }
}

/// Hops of DKIM2 whose signature holds over the message as it is now. One that holds only after
/// something was undone says nothing of what a reader sees: whoever changed a message may have put
/// anything in its place.
fn of_now(grounds: Grounds<'_>) -> impl Iterator<Item = &Handled> {
    grounds.dkim2.into_iter().flat_map(Custody::of_now)
}

fn by_draft() -> Remark {
    Remark::new("draft", "the signature is of DKIM2, a draft that may still change")
}

/// Notes that weaken what a signature shows.
const WEIGHTY: [&str; 4] = ["key-weak", "testing", "sha1", "replayable"];

fn chain_remark(chain: Option<&Chain>) -> Option<Remark> {
    let chain = chain?;
    let sealer = chain.sealers.last()?;
    (chain.state == State::Valid).then(|| {
        let text =
            format!("{sealer} sealed it when it passed by (ARC), which is its word and no proof");
        Remark::new("sealed", text)
    })
}

fn same(a: &str, b: &str) -> bool {
    a == b || registrable_domain(a).is_some_and(|a| registrable_domain(b) == Some(a))
}

fn content(grounds: Grounds<'_>) -> Verdict {
    let signatures = grounds.signatures;
    let best = signatures
        .iter()
        .filter(|one| one.state == State::Valid)
        .max_by_key(|one| (one.whole_body, one.alignment != Alignment::None));
    if let Some(one) = best {
        return as_signed(one);
    }
    // The key made a signature over these very fields, which name the digest of another body; or it
    // made one over other fields. Both show a change, whoever made it.
    let changed = signatures.iter().find(|one| {
        let other_body = one.headers_hold == Some(true) && !one.body_holds;
        one.state == State::Failed && (other_body || CHANGED.contains(&one.reason.code))
    });
    if let Some(one) = changed {
        return told(Word::Contradicted, one.reason.code, one.reason.text.clone());
    }
    // A draft takes nothing back of what the standard shows, and contradicts nothing.
    if let Some(one) = of_now(grounds).max_by_key(|one| one.alignment != Alignment::None) {
        let mut verdict =
            told(Word::Verified, "as-signed", format!("it is as {} signed it", one.domain));
        verdict.why.push(by_draft());
        return verdict;
    }
    match (signatures.first(), grounds.dkim2) {
        (Some(one), _) => unverified(one.reason.code, &one.reason.text),
        (None, Some(dkim2)) => {
            unverified(dkim2.reason.code, &format!("DKIM2, a draft: {}", dkim2.reason.text))
        }
        (None, None) => unverified("no-signature", "it is not signed"),
    }
}

/// The content is as a signature that holds has it, as far as that goes.
fn as_signed(one: &Checked) -> Verdict {
    let mut why = vec![Remark::new("as-signed", format!("it is as {} signed it", one.domain))];
    if !one.unsigned.is_empty() {
        let text =
            format!("not signed, so that anybody could change it: {}", one.unsigned.join(", "));
        why.push(Remark::new("unsigned-fields", text));
    }
    if !one.whole_body {
        why.insert(0, Remark::new("length-limited", "only the beginning of the body is signed"));
    }
    let word = if one.whole_body { Word::Verified } else { Word::Unverified };
    Verdict { word, why }
}

/// Reasons that show that something was changed after signing.
const CHANGED: [&str; 4] =
    ["headers-changed", "headers-reordered", "subject-tagged", "header-added"];

fn date(grounds: Grounds<'_>) -> Verdict {
    let Some(said) = grounds.claims.date else {
        return unverified("no-date", "it has no date that can be read");
    };
    match date_fits(grounds.path, said) {
        Some(true) => {
            let text = "a server that you trust received it within a day of its date";
            return told(Word::Verified, "received-then", text.to_owned());
        }
        Some(false) => {
            let text = "its date lies more than a day after a server that you trust received it";
            return told(Word::Contradicted, "date-after-receipt", text.to_owned());
        }
        None => {}
    }
    let signed = grounds
        .signatures
        .iter()
        .find(|one| one.state == State::Valid && !one.unsigned.contains(&"date"))
        .map(|one| &one.domain);
    match signed.or(of_now(grounds).next().map(|one| &one.domain)) {
        Some(domain) => {
            let text = format!("the date is as {domain} signed it, which is the signer's word");
            unverified("signers-word", &text)
        }
        None => unverified("date-alone", "nothing but the message speaks for its date"),
    }
}

fn path(grounds: Grounds<'_>) -> Verdict {
    let path = grounds.path;
    let back = path.remarks.iter().find(|remark| remark.code == "time-goes-back");
    let trusted = path.hops.iter().filter(|hop| hop.trusted).count();
    if path.hops.is_empty() {
        return unverified("no-hops", "it has no line that says how it came");
    }
    if path.hops.iter().any(|hop| hop.boundary) {
        let below = path.hops.len() - trusted;
        let text = format!(
            "the last {trusted} hops are the word of servers that you trust; the {below} before them are \
             the sender's"
        );
        let word = if below == 0 { Word::Verified } else { Word::Unverified };
        let mut verdict = told(word, "trusted-hops", text);
        verdict.why.extend(back.cloned());
        return verdict;
    }
    let mut verdict =
        unverified("untrusted-hops", "no line is the word of a server that you trust");
    verdict.why.extend(back.cloned());
    verdict
}

fn told(word: Word, code: &'static str, text: String) -> Verdict {
    Verdict { word, why: vec![Remark::new(code, text)] }
}

fn unverified(code: &'static str, text: &str) -> Verdict {
    told(Word::Unverified, code, text.to_owned())
}

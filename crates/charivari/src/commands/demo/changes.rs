//! What one day changed in a case, by comparing it before and after.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use charivari_model::case::{Check, Dossier, Ref, Subject};

use super::tutorial::DAYS;

/// What is new, and what it says of what was there.
pub(super) fn told(before: &Dossier, after: &Dossier) -> String {
    let mut text = format!("\nOn {} this became public:\n", DAYS[1]);
    let known: BTreeSet<Ref> = before.claims.iter().map(|claim| claim.id).collect();
    for claim in after.claims.iter().filter(|claim| !known.contains(&claim.id)) {
        let repeats = claim.repeats.map(|id| format!(" (repeats {id})")).unwrap_or_default();
        // Writing to a string does not fail.
        let _ =
            writeln!(text, "  {:<4} {}: {}{repeats}", claim.id.to_string(), claim.who, claim.gist);
    }
    let new = after.checks.iter().filter(|check| !before.checks.contains(check));
    let mut sentences: Vec<&str> =
        new.filter(|check| is_telling(after, check)).map(|check| check.sentence.as_str()).collect();
    sentences.dedup();
    if !sentences.is_empty() {
        text.push_str("and what was said can be compared:\n");
    }
    for sentence in sentences {
        let _ = writeln!(text, "  {sentence}");
    }
    let findings = |dossier: &Dossier| dossier.findings.len();
    if findings(before) == findings(after) {
        text.push_str(
            "No finding of ours changed: the attribution rests on what its author knows of earlier\n\
             activity, which these exports do not hold.\n",
        );
    }
    text
}

/// Whether a comparison tells a reader anything: not that two claims say the same number, nor what a
/// claim says that only repeats another. The report has them all.
fn is_telling(dossier: &Dossier, check: &Check) -> bool {
    let repeats =
        |id: Ref| dossier.claims.iter().any(|claim| claim.id == id && claim.repeats.is_some());
    match check.against {
        Subject::Claim { id } => {
            !repeats(id) && !repeats(check.claim) && !says(dossier, id, &check.words)
        }
        Subject::Finding { .. } | Subject::Rate { .. } => true,
    }
}

/// Whether a claim has a number in these very words.
fn says(dossier: &Dossier, claim: Ref, words: &str) -> bool {
    let of = dossier.claims.iter().filter(|known| known.id == claim);
    of.flat_map(|claim| &claim.quantities).any(|quantity| quantity.words == words)
}

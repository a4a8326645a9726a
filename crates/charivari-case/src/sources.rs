//! Who says something by himself, and who only repeats it.

use std::collections::{BTreeMap, BTreeSet};

use charivari_model::case::{Claim, Ref};

/// The claims about `about` (all of them where it is empty), gathered by source: a claim and those
/// that repeat it are one, and so are claims of one speaker. As many sources as groups; each begins
/// with its first claim.
#[must_use]
pub fn independent_sources(claims: &[Claim], about: &str) -> Vec<Vec<Ref>> {
    let by_id: BTreeMap<Ref, &Claim> = claims.iter().map(|claim| (claim.id, claim)).collect();
    let about = about.trim().to_lowercase();
    let mut groups: BTreeMap<Ref, Vec<Ref>> = BTreeMap::new();
    let mut of_speaker: BTreeMap<String, Ref> = BTreeMap::new();
    for claim in by_id.values() {
        if !about.is_empty() && claim.about.trim().to_lowercase() != about {
            continue;
        }
        let origin = origin(claim, &by_id);
        let speaker = by_id.get(&origin).map_or(&claim.who, |first| &first.who);
        let group = *of_speaker.entry(speaker.trim().to_lowercase()).or_insert(origin);
        groups.entry(group).or_default().push(claim.id);
    }
    groups.into_values().collect()
}

/// The claim that this one leads back to by what it repeats.
pub(crate) fn origin(claim: &Claim, by_id: &BTreeMap<Ref, &Claim>) -> Ref {
    let (mut at, mut seen) = (claim.id, BTreeSet::new());
    // A circle cannot be recorded, but claims may come from elsewhere.
    while seen.insert(at) {
        match by_id.get(&at).and_then(|claim| claim.repeats) {
            Some(earlier) => at = earlier,
            None => return at,
        }
    }
    seen.first().copied().unwrap_or(at)
}

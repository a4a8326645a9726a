//! What the program carries.

use crate::{Knowledge, Result, index, pack};

/// Indices made from others' collections; `data/README.md` says from which, and under what licence.
const INDICES: [(&str, &str); 4] = [
    ("attack-enterprise.tsv", include_str!("../data/attack-enterprise.tsv")),
    ("disarm.tsv", include_str!("../data/disarm.tsv")),
    ("misp-threat-actor.tsv", include_str!("../data/misp-threat-actor.tsv")),
    ("microsoft.tsv", include_str!("../data/microsoft.tsv")),
];

/// The project's packs, one actor a file.
const PACKS: [(&str, &str); 0] = [];

/// All that the program carries: ATT&CK, DISARM, MISP's actors, Microsoft's names and the packs.
///
/// # Errors
/// Never for a program as it was built; the tests read all of it.
pub fn shipped() -> Result<Knowledge> {
    let mut knowledge = Knowledge::default();
    for (file, text) in INDICES {
        knowledge.add(index::read(file, text)?);
    }
    knowledge.add(pack::collection(&PACKS)?);
    Ok(knowledge)
}

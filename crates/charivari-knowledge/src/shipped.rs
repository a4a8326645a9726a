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
const PACKS: [(&str, &str); 17] = [
    ("agrius.toml", include_str!("../packs/agrius.toml")),
    ("apt28.toml", include_str!("../packs/apt28.toml")),
    ("apt42.toml", include_str!("../packs/apt42.toml")),
    ("cotton-sandstorm.toml", include_str!("../packs/cotton-sandstorm.toml")),
    ("cyber-av3ngers.toml", include_str!("../packs/cyber-av3ngers.toml")),
    ("cyber-toufan.toml", include_str!("../packs/cyber-toufan.toml")),
    ("darkbit.toml", include_str!("../packs/darkbit.toml")),
    ("dcleaks.toml", include_str!("../packs/dcleaks.toml")),
    ("fancy-bears-hack-team.toml", include_str!("../packs/fancy-bears-hack-team.toml")),
    ("ghostwriter.toml", include_str!("../packs/ghostwriter.toml")),
    ("guccifer-2.toml", include_str!("../packs/guccifer-2.toml")),
    ("moses-staff.toml", include_str!("../packs/moses-staff.toml")),
    ("pay2key.toml", include_str!("../packs/pay2key.toml")),
    ("sandworm.toml", include_str!("../packs/sandworm.toml")),
    ("star-blizzard.toml", include_str!("../packs/star-blizzard.toml")),
    ("void-manticore.toml", include_str!("../packs/void-manticore.toml")),
    ("xaknet.toml", include_str!("../packs/xaknet.toml")),
];

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Day, Mapped, Origin, Used, names_like};

    #[test]
    fn all_that_is_carried_can_be_read_and_names_techniques_that_exist() {
        let knowledge = shipped().unwrap();
        assert_eq!(knowledge.collections.len(), INDICES.len() + 1);
        for (collection, actor) in knowledge.actors() {
            assert!(!actor.names.is_empty(), "{} has no name", actor.id);
            if collection.origin != Origin::Packs {
                continue;
            }
            for it in &actor.uses {
                assert_eq!(it.mapped, Mapped::Us);
                let Used::Technique(technique) = &it.used else { continue };
                let known = knowledge.technique(technique).any(|(_, it)| it.revoked_by.is_none());
                assert!(known, "{}: {technique} is in no framework, or was replaced", actor.id);
            }
        }
    }

    /// Without this, asking for the persona's name solves the case that the tutorial tells.
    #[test]
    fn the_day_before_the_attribution_nothing_leads_from_the_persona_to_an_actor() {
        let knowledge = shipped().unwrap();
        let eve = knowledge.as_of(Day::new(2023, 2, 2));
        let day = knowledge.as_of(Day::new(2023, 2, 3));
        assert!(names_like(&eve, "Holy Souls").is_empty());
        assert_eq!(names_like(&day, "Holy Souls").len(), 1);
        let known = names_like(&eve, "Emennet Pasargad");
        assert_eq!(known.len(), 1);
        let actor = known[0].actor;
        assert_eq!(actor.name, "Emennet Pasargad");
        let told = format!("{actor:?}").to_lowercase();
        assert!(!told.contains("charlie") && !told.contains("hebdo"));
    }
}

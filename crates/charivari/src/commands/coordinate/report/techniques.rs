//! Which techniques of DISARM a group would be an instance of, by how it acted.
//!
//! Ids and names are those of the DISARM Red Framework, version 1.6 (DISARM Foundation, CC BY-SA 4.0).
//! They say what an operation would be doing if this were one, not that it is.

use charivari_model::case::Tagged;
use charivari_report::view;

/// A behaviour, the technique that it would be an instance of, and why.
const BY_BEHAVIOUR: [(&str, &str, &str, &str); 9] = [
    (
        "repost",
        "disarm:T0049.003",
        "Bots Amplify via Automated Forwarding and Reposting",
        "its accounts passed the same posts on within a short time, again and again",
    ),
    ("text", "disarm:T0084.001", "Use Copypasta", "its accounts posted the same texts"),
    ("near-text", "disarm:T0084.001", "Use Copypasta", "its accounts posted near-copies of texts"),
    (
        "link",
        "disarm:T0049",
        "Flood Information Space",
        "its accounts pushed the same links together",
    ),
    (
        "domain",
        "disarm:T0049",
        "Flood Information Space",
        "its accounts pushed the same site together",
    ),
    ("media", "disarm:T0084", "Reuse Existing Content", "its accounts posted the same pictures"),
    (
        "hashtag",
        "disarm:T0049.002",
        "Flood Existing Hashtag",
        "its accounts used the same hashtags at the same moments",
    ),
    (
        "hashtag-sequence",
        "disarm:T0049.002",
        "Flood Existing Hashtag",
        "its accounts posted the same rows of hashtags",
    ),
    (
        "reply",
        "disarm:T0116.001",
        "Post Inauthentic Social Media Comment",
        "its accounts answered the same posts together",
    ),
];

/// The techniques of a group, each once, in the order of the table.
pub(super) fn of(group: &view::Group) -> Vec<Tagged> {
    let mut tagged: Vec<Tagged> = Vec::new();
    for (behaviour, id, name, why) in BY_BEHAVIOUR {
        // The ids of the table are well formed, as the test below says.
        let Ok(technique) = id.parse() else { continue };
        let is_known = tagged.iter().any(|known| known.technique == technique);
        if !is_known && group.behaviours.iter().any(|seen| seen == behaviour) {
            tagged.push(Tagged { technique, name: name.to_owned(), why: why.to_owned() });
        }
    }
    tagged
}

#[cfg(test)]
mod tests {
    use charivari_model::Technique;

    use super::*;

    #[test]
    fn every_technique_of_the_table_is_well_formed() {
        for (behaviour, id, ..) in BY_BEHAVIOUR {
            assert!(id.parse::<Technique>().is_ok(), "{behaviour}: {id}");
        }
    }

    #[test]
    fn a_technique_that_two_behaviours_name_is_named_once() {
        let group = view::Group {
            behaviours: vec!["text".to_owned(), "near-text".to_owned()],
            ..view::Group::default()
        };
        assert_eq!(of(&group).len(), 1);
    }
}

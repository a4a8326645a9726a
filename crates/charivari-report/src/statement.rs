//! A group in one sentence, with its odds and what they rest on.

use crate::view::{Coordination, Group, GroupChance, Kind};
use crate::{format, odds};

/// What is said of a group on top of its card, and in findings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// What its accounts did.
    pub did: String,
    /// How likely chance alone does as much; where that was tested and can be said.
    pub odds: Option<String>,
    /// What the odds rest on, or why there are none.
    pub basis: Option<String>,
}

/// The statement on a group of `view`.
#[must_use]
pub fn of(view: &Coordination, group: &Group) -> Statement {
    if group.kind == Kind::Syndication {
        let did = format!(
            "These {} openly post the same stories: {}, {}.",
            format::count(group.size, "publisher", "publishers"),
            things(group),
            apart(group),
        );
        let basis = "Each of them posts almost only links to one site, and bears that site's name. \
                     This is syndication, which every reader can see, and no finding.";
        return Statement { did, odds: None, basis: Some(basis.to_owned()) };
    }
    let did = format!(
        "These {} acted together on {}, {}.",
        format::count(group.size, "account", "accounts"),
        things(group),
        apart(group),
    );
    let Some(chance) = view.chance.as_ref() else {
        return Statement { did, odds: None, basis: None };
    };
    let held_up = group.chance.unwrap_or_default();
    let odds = held_up.once_in.map(|rare| {
        format!(
            "A crowd with these habits would do so less than once in {} such data sets.",
            format::number(rare.into())
        )
    });
    let basis = match held_up.once_in {
        Some(_) => rests_on(&held_up),
        None => none(&held_up, chance.level),
    };
    Statement { did, odds, basis: Some(basis) }
}

fn rests_on(chance: &GroupChance) -> String {
    format!(
        "The odds come from periods that had no part in finding the group: in {} there, its members \
         met in pairs {}, where chance would make {}. They are extrapolated: they follow from the model \
         of chance, and no thousand such data sets were simulated, so nothing rarer than once in \
         1,000 is claimed. That it is no chance does not say why.",
        format::count(chance.events, "event", "events"),
        format::count(chance.met, "time", "times"),
        odds::expected(chance.expected),
    )
}

fn none(chance: &GroupChance, level: f64) -> String {
    let seen = if chance.events == 0 {
        "they did not meet again".to_owned()
    } else {
        format!(
            "members met in pairs {} in {}, where chance would make {}, which is too little",
            format::count(chance.met, "time", "times"),
            format::count(chance.events, "event", "events"),
            odds::expected(chance.expected),
        )
    };
    format!(
        "There are no odds for the group as a whole: in periods that had no part in finding it, \
         {seen}. It rests on its edges, and up to {} of the accounts that edges name may be named by \
         chance. Treat it as weaker than groups with odds.",
        odds::in_hundred(level),
    )
}

/// `48 links`, or `48 objects (links, texts)`.
fn things(group: &Group) -> String {
    let names: Vec<&str> = group.behaviours.iter().filter_map(|name| plural(name)).collect();
    let count = format::number(group.objects);
    match (names.as_slice(), group.behaviours.len()) {
        ([name], 1) if group.objects != 1 => format!("{count} {name}"),
        (names, all) if all > 1 && names.len() == all => {
            format!("{} ({})", format::count(group.objects, "object", "objects"), names.join(", "))
        }
        _ => format::count(group.objects, "object", "different objects"),
    }
}

/// What objects of a behaviour are called.
fn plural(behaviour: &str) -> Option<&'static str> {
    Some(match behaviour {
        "link" => "links",
        "domain" => "sites",
        "hashtag" => "hashtags",
        "hashtag-sequence" => "rows of hashtags",
        "repost" => "reposts",
        "text" => "texts",
        "near-text" => "near-copies of texts",
        "meaning" => "texts that say the same",
        "media" => "pictures or films",
        "mention" => "mentions",
        "reply" => "replies",
        _ => return None,
    })
}

/// How close in time, in words.
fn apart(group: &Group) -> String {
    let apart = format::span(group.mean_delay_s);
    if group.mean_delay_s <= 30.0 {
        format!("within seconds ({apart} apart on average)")
    } else {
        format!("{apart} apart on average")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn things_are_called_by_their_names() {
        for (behaviours, objects, shown) in [
            (vec!["link"], 48, "48 links"),
            (vec!["link"], 1, "1 object"),
            (vec!["link", "text"], 3, "3 objects (links, texts)"),
            (vec!["invented"], 3, "3 different objects"),
            (vec!["link", "invented"], 3, "3 different objects"),
            (vec![], 3, "3 different objects"),
        ] {
            let behaviours = behaviours.into_iter().map(str::to_owned).collect();
            let group = Group { objects, behaviours, ..Group::default() };
            assert_eq!(things(&group), shown);
        }
    }
}

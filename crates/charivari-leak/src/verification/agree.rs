//! To what degree two values of one column agree.

use charivari_text::distance;
use serde::{Deserialize, Serialize};

use crate::{Kind, normal};

/// Values longer than this are the same or not: edits of long texts are no typing errors, and cost time.
const LONG: usize = 200;

/// How two values agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Missing on one side or on both.
    Absent,
    /// Something else.
    Differ,
    /// The same but for a small edit: one in up to eight signs, two in up to sixteen, three at most.
    Near,
    /// The same after normalising.
    Agree,
}

/// How the value of the own records and that of the sample agree.
pub fn level(kind: Kind, own: Option<&str>, sample: Option<&str>, country: Option<&str>) -> Level {
    let (Some(own), Some(sample)) = (own, sample) else { return Level::Absent };
    let (Some(exact), Some(other)) = (normal::exact(kind, own), normal::exact(kind, sample)) else {
        return Level::Absent;
    };
    if exact == other {
        return Level::Agree;
    }
    let form = |value: String, of: &str| normal::canonical(kind, of, country).unwrap_or(value);
    let (one, two) = (form(exact, own), form(other, sample));
    if one == two {
        return Level::Agree;
    }
    let longer = one.chars().count().max(two.chars().count());
    if !(3..=LONG).contains(&longer) {
        return Level::Differ;
    }
    let edits = (longer / 8 + 1).min(3);
    if distance::damerau_osa(&one, &two) <= edits { Level::Near } else { Level::Differ }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_of_values() {
        for (name, kind, own, sample, expected) in [
            (
                "written otherwise",
                Kind::Street,
                "12 rue de l'Église",
                "12, R. DE L EGLISE",
                Level::Agree,
            ),
            ("a typing error", Kind::FamilyName, "Zqxmarlo", "Zqxmalro", Level::Near),
            ("another", Kind::FamilyName, "Zqxmarlo", "Zqxtibulu", Level::Differ),
            ("a short one", Kind::Gender, "f", "m", Level::Differ),
            ("empty", Kind::City, "Lyon", " ", Level::Absent),
        ] {
            assert_eq!(level(kind, Some(own), Some(sample), Some("FR")), expected, "{name}");
        }
        assert_eq!(level(Kind::City, None, Some("Lyon"), None), Level::Absent);
    }
}

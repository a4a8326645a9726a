//! Techniques of influence operations and intrusions, always named with their framework.

use std::fmt;
use std::str::FromStr;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A catalogue of techniques.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Framework {
    /// DISARM, for influence operations.
    Disarm,
    /// MITRE ATT&CK, for intrusions.
    Attack,
}

impl Framework {
    /// The prefix of its techniques.
    pub const fn prefix(self) -> &'static str {
        match self {
            Self::Disarm => "disarm",
            Self::Attack => "attack",
        }
    }

    /// The name as it is written in prose.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Disarm => "DISARM",
            Self::Attack => "ATT&CK",
        }
    }
}

/// A technique such as `disarm:T0097.104` or `attack:T1585.001`.
///
/// Both catalogues number their techniques `T` and four figures, so an id without its framework
/// could be either and is refused.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Technique {
    framework: Framework,
    id: String,
}

impl Technique {
    /// The catalogue.
    pub const fn framework(&self) -> Framework {
        self.framework
    }

    /// The id within its catalogue, such as `T0097.104`.
    pub fn id(&self) -> &str {
        &self.id
    }
}

impl fmt::Display for Technique {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.framework.prefix(), self.id)
    }
}

impl FromStr for Technique {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || {
            format!(
                "expected a technique with its framework, such as disarm:T0097.104 or \
                 attack:T1585.001, but met \"{text}\""
            )
        };
        let (prefix, id) = text.trim().split_once(':').ok_or_else(wrong)?;
        let framework = match prefix {
            "disarm" => Framework::Disarm,
            "attack" => Framework::Attack,
            _ => return Err(wrong()),
        };
        let (main, sub) = id.split_once('.').map_or((id, None), |(main, sub)| (main, Some(sub)));
        let digits = |text: &str, count| {
            text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit())
        };
        let main = main.strip_prefix('T').is_some_and(|figures| digits(figures, 4));
        if main && sub.is_none_or(|figures| digits(figures, 3)) {
            return Ok(Self { framework, id: id.to_owned() });
        }
        Err(wrong())
    }
}

impl Serialize for Technique {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Technique {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_technique_is_refused_without_its_framework() {
        for right in ["disarm:T0097.104", "attack:T1585", "attack:T1585.001"] {
            assert_eq!(right.parse::<Technique>().map(|it| it.to_string()).as_deref(), Ok(right));
        }
        for wrong in
            ["T1585", "mitre:T1585", "attack:1585", "disarm:T97", "disarm:T0097.1", "attack:"]
        {
            assert!(wrong.parse::<Technique>().is_err(), "{wrong}");
        }
    }
}

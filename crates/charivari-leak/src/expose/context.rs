//! What it means that somebody's name stands in this table: the context, which no program can guess.

use super::Error;

/// The four classes of data that ENISA's method tells apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Class {
    /// Names, addresses, numbers to call, dates of birth.
    Simple,
    /// Where somebody was, what somebody did or said.
    Behavioural,
    /// Accounts, cards, and what opens them.
    Financial,
    /// Health, faith, opinion and the like, stated in the table itself.
    Sensitive,
}

impl Class {
    /// The word for it in results.
    pub fn word(self) -> &'static str {
        match self {
            Self::Simple => "simple",
            Self::Behavioural => "behavioural",
            Self::Financial => "financial",
            Self::Sensitive => "sensitive",
        }
    }
}

/// A context of the table: how much each class of data weighs in it, from 1 to 4.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Known {
    /// Its name on the command line.
    pub word: &'static str,
    /// What being in the table says about somebody.
    pub means: &'static str,
    /// The points of simple, behavioural, financial and sensitive data.
    pub points: [u8; 4],
}

/// All contexts. The points follow the steps by which ENISA's method raises a class: by one where
/// the data draws a profile, to three where it lets others guess at health, faith, opinion or sex
/// life, to four where somebody's safety hangs on it.
pub const CONTEXTS: [Known; 11] = [
    Known { word: "shop", means: "somebody bought ordinary things", points: [1, 2, 3, 4] },
    Known {
        word: "public-register",
        means: "what is in the table is public anyway",
        points: [1, 1, 3, 4],
    },
    Known { word: "loyalty", means: "habits and means can be read off it", points: [2, 3, 3, 4] },
    Known {
        word: "employer",
        means: "somebody works here, with what an employer knows",
        points: [2, 3, 3, 4],
    },
    Known { word: "finance", means: "somebody's means, debts or accounts", points: [2, 3, 4, 4] },
    Known {
        word: "health",
        means: "somebody is ill, or cares for somebody who is",
        points: [3, 4, 4, 4],
    },
    Known { word: "religion", means: "somebody's faith, or lack of it", points: [3, 4, 3, 4] },
    Known { word: "politics", means: "somebody's opinion or party", points: [3, 4, 3, 4] },
    Known {
        word: "intimate",
        means: "whom somebody loves, or what somebody looks at",
        points: [3, 4, 4, 4],
    },
    Known {
        word: "threatened-publication",
        means: "somebody reads what others have killed for",
        points: [4, 4, 4, 4],
    },
    Known {
        word: "protected-people",
        means: "somebody hides, or must not be known",
        points: [4, 4, 4, 4],
    },
];

/// The context that the owner of the records states.
#[derive(Clone, Debug, PartialEq)]
pub enum Context {
    /// One of [`CONTEXTS`].
    Known(Known),
    /// Points of the owner's own for every class, with the reason in writing.
    Stated {
        /// From 1 to 4.
        points: f64,
        /// Why.
        reason: String,
    },
}

impl Context {
    /// Reads a name of [`CONTEXTS`], or a number from 1 to 4 that comes with a reason.
    ///
    /// # Errors
    /// [`Error::Context`] for another word, [`Error::Points`] for another number, or one without a
    /// reason.
    pub fn read(text: &str, reason: Option<&str>) -> Result<Self, Error> {
        if let Some(known) = CONTEXTS.iter().find(|known| known.word == text) {
            return Ok(Self::Known(*known));
        }
        let Ok(points) = text.parse::<f64>() else {
            let known: Vec<&str> = CONTEXTS.iter().map(|known| known.word).collect();
            return Err(Error::Context { met: text.to_owned(), known: known.join(", ") });
        };
        let reason = reason.map(str::trim).filter(|reason| !reason.is_empty());
        match reason {
            Some(reason) if (1.0..=4.0).contains(&points) => {
                Ok(Self::Stated { points, reason: reason.to_owned() })
            }
            _ => Err(Error::Points { met: text.to_owned() }),
        }
    }

    /// The points of a class in this context.
    pub fn points(&self, class: Class) -> f64 {
        match self {
            Self::Known(known) => f64::from(known.points[class as usize]),
            Self::Stated { points, .. } => *points,
        }
    }

    /// Its name, or the number.
    pub fn word(&self) -> String {
        match self {
            Self::Known(known) => known.word.to_owned(),
            Self::Stated { points, .. } => points.to_string(),
        }
    }

    /// What being in the table says about somebody, or the owner's reason.
    pub fn means(&self) -> &str {
        match self {
            Self::Known(known) => known.means,
            Self::Stated { reason, .. } => reason,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_context_is_a_known_word_or_a_number_with_a_reason() {
        for known in CONTEXTS {
            assert_eq!(Context::read(known.word, None).unwrap(), Context::Known(known));
            assert!(known.points.iter().all(|points| (1..=4).contains(points)), "{}", known.word);
        }
        for (text, reason, code) in [
            ("bakery", None, "E0770"),
            ("", None, "E0770"),
            ("3", None, "E0771"),
            ("3", Some("  "), "E0771"),
            ("4.5", Some("much"), "E0771"),
            ("NaN", Some("nothing"), "E0771"),
            ("0.5", Some("little"), "E0771"),
        ] {
            let error = Context::read(text, reason).unwrap_err().to_string();
            assert!(error.starts_with(code), "{text}: {error}");
        }
        let stated = Context::read("2.5", Some("a club that is known in town")).unwrap();
        assert!((stated.points(Class::Simple) - 2.5).abs() < 1e-9);
    }

    #[test]
    fn a_threatened_publication_is_no_shoe_shop() {
        let points = |word| Context::read(word, None).unwrap().points(Class::Simple);
        assert!(points("threatened-publication") > points("shop") + 2.0);
    }
}

//! The severity of a breach after ENISA's method of 2013: SE = DPC × EI + CB.
//!
//! *Source:* ENISA, Recommendations for a methodology of the assessment of severity of personal data
//! breaches, working document, version 1.0, December 2013. DPC is the context of the data, EI how
//! easily somebody is identified by it, CB the circumstances of the breach.

use serde::Serialize;

use super::Error;

/// What happened to one of the three properties of data, as points.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Loss {
    /// Nothing, or nothing that matters: 0 points.
    #[default]
    None,
    /// To known recipients, or in a way that can be put right: 0.25 points.
    Limited,
    /// To an unknown number of recipients, or for good: 0.5 points.
    Full,
}

impl Loss {
    /// The points.
    pub fn points(self) -> f64 {
        match self {
            Self::None => 0.0,
            Self::Limited => 0.25,
            Self::Full => 0.5,
        }
    }
}

/// The circumstances of a breach.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Circumstances {
    /// Whether others have read the data.
    pub confidentiality: Loss,
    /// Whether the data was changed and used so.
    pub integrity: Loss,
    /// Whether the data is gone.
    pub availability: Loss,
    /// Whether somebody did it on purpose, to harm.
    pub malicious: bool,
}

impl Circumstances {
    /// A hack and leak: stolen on purpose and put where anybody can read it.
    pub const LEAK: Self = Self {
        confidentiality: Loss::Full,
        integrity: Loss::None,
        availability: Loss::None,
        malicious: true,
    };

    /// CB: the sum of the points.
    pub fn points(self) -> f64 {
        let losses = [self.confidentiality, self.integrity, self.availability];
        losses.iter().map(|loss| loss.points()).sum::<f64>()
            + if self.malicious { 0.5 } else { 0.0 }
    }
}

/// How easily somebody is identified, as ENISA's four steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ease {
    /// Hardly: 0.25.
    Negligible,
    /// With other sources: 0.5.
    Limited,
    /// With a little more: 0.75.
    Significant,
    /// At once: 1.
    Maximum,
}

impl Ease {
    /// The factor.
    pub fn factor(self) -> f64 {
        match self {
            Self::Negligible => 0.25,
            Self::Limited => 0.5,
            Self::Significant => 0.75,
            Self::Maximum => 1.0,
        }
    }

    /// One step more, for somebody who stands alone in the table.
    #[must_use]
    pub fn more(self) -> Self {
        match self {
            Self::Negligible => Self::Limited,
            Self::Limited => Self::Significant,
            Self::Significant | Self::Maximum => Self::Maximum,
        }
    }
}

/// The band of a severity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Band {
    /// Below 2: some annoyance.
    Low,
    /// From 2 to below 3: trouble that can be overcome.
    Medium,
    /// From 3 to below 4: serious trouble.
    High,
    /// From 4: what cannot be made good.
    VeryHigh,
}

impl Band {
    /// All bands, the lowest first.
    pub const ALL: [Self; 4] = [Self::Low, Self::Medium, Self::High, Self::VeryHigh];

    /// The band of a severity. Sums of quarters are exact, so the bounds need no margin.
    pub fn of(severity: f64) -> Self {
        if severity < 2.0 {
            Self::Low
        } else if severity < 3.0 {
            Self::Medium
        } else if severity < 4.0 {
            Self::High
        } else {
            Self::VeryHigh
        }
    }

    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::VeryHigh => "very high",
        }
    }
}

/// A severity with all its terms.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Severity {
    /// The context of the data, from 1 to 4.
    pub dpc: f64,
    /// The ease of identification, from 0.25 to 1.
    pub ei: f64,
    /// The circumstances of the breach.
    pub cb: f64,
    /// DPC × EI + CB.
    pub se: f64,
    /// Its band.
    pub band: Band,
}

impl Severity {
    /// The severity of these terms.
    pub fn of(dpc: f64, ease: Ease, circumstances: Circumstances) -> Self {
        let (ei, cb) = (ease.factor(), circumstances.points());
        let se = dpc * ei + cb;
        Self { dpc, ei, cb, se, band: Band::of(se) }
    }

    /// Whether the authority is to be told, as a rule of thumb: from medium on (article 33(1) frees
    /// only breaches that are unlikely to be a risk).
    pub fn suggests_authority(self) -> bool {
        self.band >= Band::Medium
    }

    /// Whether the people are to be told, as a rule of thumb: from high on (article 34(1)).
    pub fn suggests_people(self) -> bool {
        self.band >= Band::High
    }

    /// The terms as a line: `4 × 1 + 1 = 5, very high`.
    pub fn line(self) -> String {
        let Self { dpc, ei, cb, se, band } = self;
        format!("{dpc} × {ei} + {cb} = {se}, {}", band.word())
    }
}

/// Reads a word for a loss.
///
/// # Errors
/// [`Error::Loss`] for another word.
pub fn loss(text: &str) -> Result<Loss, Error> {
    match text {
        "none" => Ok(Loss::None),
        "limited" => Ok(Loss::Limited),
        "full" => Ok(Loss::Full),
        _ => Err(Error::Loss { met: text.to_owned() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bands_begin_where_the_method_says() {
        for (se, band) in [
            (0.25, Band::Low),
            (1.99, Band::Low),
            (2.0, Band::Medium),
            (2.99, Band::Medium),
            (3.0, Band::High),
            (3.99, Band::High),
            (4.0, Band::VeryHigh),
            (6.0, Band::VeryHigh),
        ] {
            assert_eq!(Band::of(se), band, "{se}");
        }
    }

    #[test]
    fn the_circumstances_add_up() {
        let all = Circumstances {
            confidentiality: Loss::Full,
            integrity: Loss::Limited,
            availability: Loss::Full,
            malicious: true,
        };
        assert!((all.points() - 1.75).abs() < 1e-12);
        assert!((Circumstances::LEAK.points() - 1.0).abs() < 1e-12);
    }

    #[test]
    fn the_subscribers_of_a_threatened_magazine_are_at_very_high_risk() {
        let severity = Severity::of(4.0, Ease::Maximum, Circumstances::LEAK);
        assert_eq!(severity.line(), "4 × 1 + 1 = 5, very high");
        let shop = Severity::of(1.0, Ease::Maximum, Circumstances::LEAK);
        assert_eq!(shop.line(), "1 × 1 + 1 = 2, medium");
    }
}

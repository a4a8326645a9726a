//! From a ranking to what may be said: the unknown actor, countries, and when to say nothing.

use std::collections::BTreeMap;

use crate::rank::Ranking;

/// The share of ATT&CK's campaigns that are attributed to none of its groups: 28 of 52.
///
/// Techniques alone cannot tell whether an actor is known at all (`evaluate` prints how badly), so
/// the chance that it is not must come from outside. Whoever knows better passes another number.
pub const UNKNOWN_ACTOR: f64 = 28.0 / 52.0;

/// A ranking with room for an actor that nobody has described.
#[derive(Clone, Debug, PartialEq)]
pub struct Open {
    /// By actor, in the order of the ranking.
    pub actors: Vec<f64>,
    /// How probable it is that the actor is none of them.
    pub unknown: f64,
}

/// Gives the unknown actor its share; what is left is shared out as the ranking says.
///
/// `unknown` is taken from 0 to 1.
pub fn open(ranking: &Ranking, unknown: f64) -> Open {
    let unknown = if unknown.is_nan() { UNKNOWN_ACTOR } else { unknown.clamp(0.0, 1.0) };
    let actors = ranking.actors.iter().map(|it| it.probability * (1.0 - unknown)).collect();
    Open { actors, unknown }
}

/// The probability of one country, summed over its actors.
#[derive(Clone, Debug, PartialEq)]
pub struct Country {
    /// The country; nothing for the actors of which none is said.
    pub code: Option<String>,
    /// The sum over its actors.
    pub probability: f64,
    /// How many actors it has.
    pub actors: usize,
}

/// Pools probabilities by country, best first; actors without a country pool as one unknown.
///
/// Countries of different actors are no votes: many actors with a little each can outweigh the first
/// one, which is the point of asking for the country apart.
pub fn countries(ranking: &Ranking) -> Vec<Country> {
    let mut pools: BTreeMap<Option<&str>, (f64, usize)> = BTreeMap::new();
    for actor in &ranking.actors {
        let pool = pools.entry(actor.country.as_deref()).or_default();
        pool.0 += actor.probability;
        pool.1 += 1;
    }
    let country = |(code, (probability, actors)): (Option<&str>, (f64, usize))| Country {
        code: code.map(str::to_owned),
        probability,
        actors,
    };
    let mut countries: Vec<Country> = pools.into_iter().map(country).collect();
    countries.sort_by(|a, b| b.probability.total_cmp(&a.probability).then(a.code.cmp(&b.code)));
    countries
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rank::Ranked;

    fn ranking(actors: &[(&str, Option<&str>, f64)]) -> Ranking {
        let actors = actors.iter().enumerate().map(|(place, &(id, country, probability))| Ranked {
            place,
            id: id.to_owned(),
            name: String::new(),
            country: country.map(str::to_owned),
            score: 0.0,
            probability,
            contributions: Vec::new(),
        });
        Ranking { actors: actors.collect(), unknown: Vec::new() }
    }

    #[test]
    fn several_small_ones_of_a_country_outweigh_the_first_actor() {
        let ranking = ranking(&[
            ("G1", Some("AA"), 0.35),
            ("G2", Some("BB"), 0.25),
            ("G3", Some("BB"), 0.25),
            ("G4", None, 0.15),
        ]);
        let pooled = countries(&ranking);
        let found: Vec<_> = pooled.iter().map(|it| (it.code.as_deref(), it.actors)).collect();
        assert_eq!(found, [(Some("BB"), 2), (Some("AA"), 1), (None, 1)]);
        assert!((pooled.iter().map(|it| it.probability).sum::<f64>() - 1.0).abs() < 1e-12);
    }

    #[test]
    fn the_unknown_actor_takes_its_share_and_all_sums_to_one() {
        let ranking = ranking(&[("G1", None, 0.75), ("G2", None, 0.25)]);
        for (unknown, expected) in [(0.0, 0.0), (0.4, 0.4), (1.0, 1.0), (7.0, 1.0), (-1.0, 0.0)] {
            let open = open(&ranking, unknown);
            assert!((open.unknown - expected).abs() < 1e-12);
            assert!((open.actors.iter().sum::<f64>() + open.unknown - 1.0).abs() < 1e-12);
        }
        assert!((open(&ranking, f64::NAN).unknown - UNKNOWN_ACTOR).abs() < 1e-12);
    }
}

//! What holds for any query and any table.

#![allow(clippy::unwrap_used, reason = "a test may stop where what it needs is not there")]

mod small;

use charivari_attribution::{
    Candidates, Knowledge, Model, Profile, Query, Removal, Reports, Standing, Subject, Use,
    Weights, countries, explain, open, rank,
};
use proptest::prelude::*;

const TECHNIQUES: usize = 24;

fn technique(at: usize) -> String {
    format!("T{:04}", 1001 + at)
}

/// A world of actors, each with reports of techniques by number.
fn world(actors: &[Vec<Vec<usize>>]) -> Knowledge {
    let mut reports = Reports::default();
    let mut profiles = Vec::new();
    for (at, told) in actors.iter().enumerate() {
        let id = format!("G{at:04}");
        let mut all: Vec<String> = told.iter().flatten().map(|&it| technique(it)).collect();
        all.sort();
        all.dedup();
        for (number, items) in told.iter().enumerate() {
            let mut items: Vec<String> = items.iter().map(|&it| technique(it)).collect();
            items.sort();
            items.dedup();
            reports.uses.push(Use {
                citation: format!("Report {at} {number}"),
                subject: Subject::Actor(id.clone()),
                techniques: items,
                software: Vec::new(),
            });
        }
        let country = ["AA", "BB"].get(at % 3).map(|&code| code.to_owned());
        profiles.push(Profile { name: id.clone(), id, country, techniques: all, software: vec![] });
    }
    Knowledge::new(profiles, &reports).unwrap()
}

fn model() -> Model {
    Weights::shipped().unwrap().all.techniques
}

fn worlds() -> impl Strategy<Value = Vec<Vec<Vec<usize>>>> {
    let report = prop::collection::vec(0..TECHNIQUES, 3..8);
    prop::collection::vec(prop::collection::vec(report, 1..5), 2..8)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn probabilities_sum_to_one_and_contributions_to_scores(
        actors in worlds(),
        asked in prop::collection::btree_set(0..TECHNIQUES, 1..12),
    ) {
        let knowledge = world(&actors);
        let candidates = Candidates::new(&knowledge, &Removal::default()).unwrap();
        let ids: Vec<String> = asked.into_iter().map(technique).collect();
        let query = Query::observed(ids.iter().map(String::as_str), []);
        let Ok(ranking) = rank(&candidates, &query, &model()) else { return Ok(()) };
        let sum: f64 = ranking.actors.iter().map(|it| it.probability).sum();
        prop_assert!((sum - 1.0).abs() < 1e-9, "{sum}");
        let pooled: f64 = countries(&ranking).iter().map(|it| it.probability).sum();
        prop_assert!((pooled - 1.0).abs() < 1e-9, "{pooled}");
        let opened = open(&ranking, 0.3);
        let sum: f64 = opened.actors.iter().sum::<f64>() + opened.unknown;
        prop_assert!((sum - 1.0).abs() < 1e-9, "{sum}");
        for actor in &ranking.actors {
            let parts: f64 = actor.contributions.iter().map(|it| it.score).sum();
            prop_assert!((parts - actor.score).abs() < 1e-9);
            let told = explain(&candidates, &query, &model(), actor.place);
            let parts: f64 = told.parts.iter().map(|it| it.score).sum();
            let by_technique = actor.contributions[1].score + actor.contributions[3].score;
            prop_assert!((parts - by_technique).abs() < 1e-9, "{parts} {by_technique}");
        }
        for pair in ranking.actors.windows(2) {
            prop_assert!(pair[0].score >= pair[1].score);
            prop_assert!(pair[0].probability >= pair[1].probability - 1e-12);
        }
    }

    #[test]
    fn the_order_in_which_techniques_are_named_does_not_show(
        actors in worlds(),
        asked in prop::collection::vec(0..TECHNIQUES, 1..12).prop_shuffle(),
    ) {
        let knowledge = world(&actors);
        let candidates = Candidates::new(&knowledge, &Removal::default()).unwrap();
        let ids: Vec<String> = asked.into_iter().map(technique).collect();
        let forth = Query::observed(ids.iter().map(String::as_str), []);
        let back = Query::observed(ids.iter().rev().map(String::as_str), []);
        let of = |query: &Query| rank(&candidates, query, &model()).ok();
        prop_assert_eq!(of(&forth), of(&back));
    }

    /// What stands in every report of one actor and in nothing about another speaks for the first
    /// against the second, whatever else was asked: reports have one length here, so that the actor
    /// shows it at least as often as the crowd does.
    #[test]
    fn evidence_for_an_actor_never_lowers_it_against_one_without_it(
        sets in prop::collection::vec(
            prop::collection::vec(prop::collection::btree_set(1..TECHNIQUES, 5), 1..5), 3..7),
        asked in prop::collection::btree_set(1..TECHNIQUES, 1..10),
    ) {
        let mut actors: Vec<Vec<Vec<usize>>> = sets
            .iter()
            .map(|told| told.iter().map(|set| set.iter().copied().collect()).collect())
            .collect();
        // The first actor shows technique 0 in each report in place of another one.
        for report in &mut actors[0] {
            report[0] = 0;
        }
        let knowledge = world(&actors);
        let candidates = Candidates::new(&knowledge, &Removal::default()).unwrap();
        let ids: Vec<String> = asked.into_iter().map(technique).collect();
        let before = Query::observed(ids.iter().map(String::as_str), []);
        let Ok(first) = rank(&candidates, &before, &model()) else { return Ok(()) };
        let mut after = before;
        after.add_technique(&technique(0), Standing::Observed);
        let second = rank(&candidates, &after, &model()).unwrap();
        let score = |ranking: &charivari_attribution::Ranking, id: &str| {
            ranking.actors.iter().find(|it| it.id == id).unwrap().score
        };
        for other in 1..actors.len() {
            let other = format!("G{other:04}");
            let lead = |ranking| score(ranking, "G0000") - score(ranking, &other);
            prop_assert!(lead(&second) >= lead(&first) - 1e-9, "{} {}", lead(&first), lead(&second));
        }
    }
}

#[test]
fn inferred_techniques_count_a_tenth_and_nothing_known_is_an_error() {
    let knowledge = small::knowledge();
    let candidates = Candidates::new(&knowledge, &Removal::default()).unwrap();
    let lead = |standing: Standing| {
        let mut query = Query::observed(["T1010"], []);
        query.add_technique("T1008", standing);
        let ranking = rank(&candidates, &query, &model()).unwrap();
        let of = |id: &str| {
            let place = ranking.actors.iter().find(|it| it.id == id).unwrap().place;
            explain(&candidates, &query, &model(), place).parts[0].score
        };
        of("G0003") - of("G0004")
    };
    let (observed, inferred) = (lead(Standing::Observed), lead(Standing::Inferred));
    assert!(observed > 0.0);
    assert!((inferred * 10.0 - observed).abs() < 1e-9, "{inferred} {observed}");
    let error = rank(&candidates, &Query::observed(["T9999"], ["S9999"]), &model()).unwrap_err();
    assert!(error.to_string().starts_with("E1107: none of the 2"), "{error}");
    let ranking = rank(&candidates, &Query::observed(["T1001", "T9999"], []), &model()).unwrap();
    assert_eq!(ranking.unknown, ["T9999"]);
}

#[test]
fn an_explanation_names_the_nearest_report() {
    let knowledge = small::knowledge();
    let candidates = Candidates::new(&knowledge, &Removal::default()).unwrap();
    let query = Query::observed(["T1005", "T1006", "T1007"], []);
    let ranking = rank(&candidates, &query, &model()).unwrap();
    assert_eq!(ranking.actors[0].id, "G0002");
    let told = explain(&candidates, &query, &model(), ranking.actors[0].place);
    let (report, cosine) = told.nearest.clone().unwrap();
    assert_eq!(report, "Lantern Notes 2022");
    assert!(cosine > 0.5 && cosine <= 1.0, "{cosine}");
    assert!(told.parts.iter().all(|part| part.is_known_of_actor && part.score > 0.0), "{told:?}");
}

//! What holds for any case.

#![allow(clippy::unwrap_used, reason = "a test may stop where what it needs is not there")]

mod known;

use std::sync::LazyLock;

use charivari_attribution::{Kind, Standing, Weighing, What, weigh};
use known::{Known, case, holy_souls, seen};
use proptest::prelude::*;

static KNOWN: LazyLock<Known> = LazyLock::new(|| Known::as_of("2023-02-02"));

/// Everything that is told of anybody, and everything that was elicited.
static WHATS: LazyLock<Vec<What>> = LazyLock::new(|| {
    let told = KNOWN.dossiers.actors.iter().flat_map(|it| it.told().cloned());
    let elicited = KNOWN.hypotheses.likelihoods.iter().map(|it| it.what.clone());
    let mut whats: Vec<What> = told.chain(elicited).collect();
    whats.sort();
    whats.dedup();
    whats
});

static TRAITS: LazyLock<Vec<What>> =
    LazyLock::new(|| WHATS.iter().filter(|it| matches!(it, What::Trait(..))).cloned().collect());

fn techniques(id: usize) -> Vec<What> {
    let actors = &KNOWN.dossiers.actors;
    let told = actors[id % actors.len()].told();
    told.filter(|it| matches!(it, What::Technique(_) | What::Software(_))).cloned().collect()
}

fn copycat(of: &Weighing) -> f64 {
    of.of_kind(Kind::Copycat).unwrap().probability
}

/// A case of traits and techniques that somebody is known for, mostly.
fn whats() -> impl Strategy<Value = Vec<What>> {
    let traits = prop::collection::btree_set(0..TRAITS.len(), 0..8);
    let others = prop::collection::btree_set(0..WHATS.len(), 0..6);
    (traits, others, 0..400_usize, 0..8_usize).prop_map(|(traits, others, actor, count)| {
        let mut whats: Vec<What> = traits.into_iter().map(|at| TRAITS[at].clone()).collect();
        whats.extend(others.into_iter().map(|at| WHATS[at].clone()));
        whats.extend(techniques(actor).into_iter().take(count));
        whats.sort();
        whats.dedup();
        whats
    })
}

fn observed(whats: &[What]) -> Vec<(What, Standing)> {
    whats.iter().map(|it| (it.clone(), Standing::Observed)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(160))]

    #[test]
    fn probabilities_sum_to_one_over_answers_and_over_countries(whats in whats()) {
        let found = weigh(&KNOWN.world(), &case(&observed(&whats))).unwrap();
        let sum: f64 = found.answers.iter().map(|it| it.probability).sum();
        prop_assert!((sum - 1.0).abs() < 1e-9, "{sum}");
        let sum: f64 = found.countries.iter().map(|it| it.probability).sum();
        prop_assert!((sum - 1.0).abs() < 1e-9, "{sum}");
    }

    #[test]
    fn three_inferred_things_never_change_who_leads(
        whats in whats(),
        inferred in prop::collection::btree_set(0..WHATS.len(), 3),
    ) {
        let firm = observed(&whats);
        let before = weigh(&KNOWN.world(), &case(&firm)).unwrap();
        let mut all = firm;
        all.extend(inferred.into_iter().map(|at| (WHATS[at].clone(), Standing::Inferred)));
        let after = weigh(&KNOWN.world(), &case(&all)).unwrap();
        prop_assert_eq!(&before.answers[0].id, &after.answers[0].id);
    }

    #[test]
    fn copying_techniques_of_another_actor_never_lowers_the_copycat(
        whats in whats(),
        other in 0..400_usize,
        count in 1..60_usize,
    ) {
        let before = weigh(&KNOWN.world(), &case(&observed(&whats))).unwrap();
        let mut all = whats;
        all.extend(techniques(other).into_iter().take(count));
        let after = weigh(&KNOWN.world(), &case(&observed(&all))).unwrap();
        prop_assert!(copycat(&after) >= copycat(&before) - 1e-12, "{} {}", copycat(&before), copycat(&after));
    }

    #[test]
    fn the_order_of_observations_does_not_show(whats in whats()) {
        let forth = case(&observed(&whats));
        let mut back = forth.clone();
        back.observations.reverse();
        prop_assert_eq!(weigh(&KNOWN.world(), &forth).unwrap(), weigh(&KNOWN.world(), &back).unwrap());
    }

    #[test]
    fn saying_the_same_five_times_moves_nothing(whats in whats(), at in 0..100_usize) {
        prop_assume!(!whats.is_empty());
        let once = case(&observed(&whats));
        let mut often = once.clone();
        let again = once.observations[at % whats.len()].clone();
        for copy in 0..4 {
            let mut it = again.clone();
            it.id = format!("copy{copy}");
            it.source = format!("copy of it {copy}");
            often.observations.push(it);
        }
        let (one, five) = (weigh(&KNOWN.world(), &once).unwrap(), weigh(&KNOWN.world(), &often).unwrap());
        for (a, b) in one.answers.iter().zip(&five.answers) {
            prop_assert!((a.probability - b.probability).abs() < 1e-12);
        }
    }
}

/// One source that tells ten things that fit one document of one actor moves the odds by no more than
/// the square of what the strongest of them does alone.
#[test]
fn ten_things_of_one_source_and_one_document_speak_at_most_twice_as_loud_as_the_strongest() {
    let place = KNOWN.dossiers.place("cotton-sandstorm").unwrap();
    let traits: Vec<&What> =
        KNOWN.dossiers.actors[place].told().filter(|it| matches!(it, What::Trait(..))).collect();
    let odds = |whats: &[&What]| {
        let mut made = case(&[]);
        for (at, what) in whats.iter().enumerate() {
            made.observations.push(seen(&format!("o{at}"), what, Standing::Observed, "one source"));
        }
        let found = weigh(&KNOWN.world(), &made).unwrap();
        let of = |id: &str| found.answers.iter().find(|it| it.id == id).unwrap().probability;
        // Beside an actor of whom no trait is told, so that nothing else moves the odds.
        (of("cotton-sandstorm") / of("G0032")).ln()
    };
    let nothing = odds(&[]);
    let strongest = traits.iter().map(|it| odds(&[it]) - nothing).fold(0.0, f64::max);
    let all = odds(&traits) - nothing;
    assert!(strongest > 0.5 && all <= 2.0 * strongest + 1e-9, "{all} {strongest}");
}

/// What everything else says is not changed by where a copycat stands.
#[test]
fn a_copycat_rises_where_what_is_copied_and_what_is_not_point_apart() {
    let agreeing = holy_souls();
    let mut apart = holy_souls();
    // The same faces and the same crowd, but against a target and for a motive that are another's.
    apart.observations.retain(|it| !it.what.to_string().starts_with("target="));
    for (at, what) in
        ["target=sector:sport", "target=country:UA", "trigger=exclusion"].iter().enumerate()
    {
        apart.observations.push(seen(
            &format!("h{at}"),
            &what.parse().unwrap(),
            Standing::Observed,
            &format!("s{at}"),
        ));
    }
    let of = |case| copycat(&weigh(&KNOWN.world(), case).unwrap());
    assert!(of(&apart) > of(&agreeing), "{} {}", of(&apart), of(&agreeing));
}

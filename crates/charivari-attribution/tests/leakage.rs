//! What a case sets aside is gone from everything that answers it.

#![allow(clippy::unwrap_used, reason = "a test may stop where what it needs is not there")]

mod small;

use std::collections::BTreeSet;

use charivari_attribution::evaluate::{Cases, Fit, evaluate};
use charivari_attribution::features::Features;
use charivari_attribution::{Candidates, Knowledge, Removal, Weights};

fn cases() -> Cases {
    Cases::read(small::CASES.as_bytes()).unwrap()
}

fn with(planted: &str) -> Knowledge {
    let table = format!("{}{planted}", small::REPORTS);
    Knowledge::new(small::profiles(), &small::reports(&table)).unwrap()
}

/// Lines that say the answer of a case under the citation that it sets aside.
const PLANTED: [(&str, usize, &str); 5] = [
    (
        "the actor's own line, with more in it",
        0,
        "use\tHarbour Watch 2020\tG0001\tT1001,T1002,T1003,T1010,T1012\tS0001,S0003\n",
    ),
    ("another actor in the same source", 0, "use\tHarbour Watch 2020\tG0004\tT1001,T1012\tS0001\n"),
    ("what a tool does by that source", 0, "use\tHarbour Watch 2020\tS0001\tT1003,T1010\t\n"),
    ("a campaign of the actor by that source", 0, "use\tHarbour Watch 2020\tC0001\tT1012\tS0003\n"),
    (
        "the campaign itself by another source",
        3,
        "use\tUmbrella Post 2024\tC0001\tT1013,T1010\tS0001\n",
    ),
];

#[test]
fn a_planted_citation_changes_nothing_for_the_case_that_sets_it_aside() {
    let cases = cases().cases;
    let clean = small::knowledge();
    for (name, at, line) in PLANTED {
        let planted = with(line);
        let case = &cases[at];
        let query = case.query(true);
        let of = |knowledge: &Knowledge, removal: &Removal| {
            Features::of(&Candidates::new(knowledge, removal).unwrap(), &query).values
        };
        assert_eq!(of(&clean, &case.removal()), of(&planted, &case.removal()), "{name}");
        // The same line does show where nothing is set aside: the test can fail.
        let nothing = Removal::default();
        assert_ne!(of(&clean, &nothing), of(&planted, &nothing), "{name}");
    }
}

#[test]
fn cells_of_profiles_are_gone_whatever_supports_them() {
    let knowledge = with("use\tVilla Files 2020\tG0002\tT1007\t\n");
    let case = &cases().cases[1];
    let query = charivari_attribution::Query::observed(["T1007"], []);
    let at = |removal: &Removal| {
        let candidates = Candidates::new(&knowledge, removal).unwrap();
        let place = candidates.place("G0002").unwrap();
        Features::of(&candidates, &query).values[place]
    };
    let (kept, lost) = (at(&Removal::default()), at(&case.removal()));
    assert!(kept[1] > 0.0 && kept[2] > 0.0, "{kept:?}");
    assert!(lost[1].abs() < 1e-12 && lost[2].abs() < 1e-12, "{lost:?}");
}

#[test]
fn who_has_nothing_left_is_no_candidate_and_counts_as_wrong() {
    let knowledge = small::knowledge();
    let cases = cases().cases;
    let candidates = Candidates::new(&knowledge, &cases[2].removal()).unwrap();
    assert_eq!(candidates.place("G0003"), None);
    assert_eq!(candidates.place("G0006"), None, "no technique, no candidate");
    assert_eq!(candidates.len(), 4);
    let weights = Weights::shipped().unwrap();
    let found = evaluate(&knowledge, &cases, &weights, true, Fit::All).unwrap();
    assert_eq!(found.kinds["report"].measures.absent, 1);
    assert!(found.kinds["report"].measures.top1 < 1.0);
}

#[test]
fn the_order_of_rows_and_profiles_does_not_show() {
    let mut lines: Vec<&str> = small::REPORTS.lines().collect();
    lines.reverse();
    let mut profiles = small::profiles();
    profiles.reverse();
    let reversed = Knowledge::new(profiles, &small::reports(&lines.join("\n"))).unwrap();
    let clean = small::knowledge();
    for case in cases().cases {
        let of = |knowledge: &Knowledge| {
            let candidates = Candidates::new(knowledge, &case.removal()).unwrap();
            Features::of(&candidates, &case.query(true)).values
        };
        assert_eq!(of(&clean), of(&reversed), "{}", case.id);
    }
}

#[test]
fn actors_of_a_fold_are_never_answered_by_weights_that_saw_them() {
    let weights = Weights::shipped().unwrap();
    let mut seen = BTreeSet::new();
    for (at, fold) in weights.folds.iter().enumerate() {
        for actor in &fold.actors {
            assert!(seen.insert(actor), "{actor} is left out in two folds");
            let (models, used) = weights.unseen(std::slice::from_ref(actor)).unwrap();
            assert_eq!((models, used), (&fold.models, Some(at + 1)));
        }
    }
    assert!(seen.len() > 40, "{}", seen.len());
    assert_eq!(weights.unseen(&["G9999".to_owned()]).unwrap(), (&weights.all, None));
    let apart = [weights.folds[0].actors[0].clone(), weights.folds[1].actors[0].clone()];
    assert_eq!(weights.unseen(&apart), None);
}

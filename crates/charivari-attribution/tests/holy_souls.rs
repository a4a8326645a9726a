//! The motivating case, weighed as of the day before anybody said who it was.
//!
//! A sanity check and no proof of skill: whoever wrote the pack of the actor knew the answer.

#![allow(clippy::unwrap_used, reason = "a test may stop where what it needs is not there")]
#![allow(clippy::print_stderr, reason = "how often a ranking is fooled is to be seen")]

mod known;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use charivari_attribution::{
    Analysis, Kind, Left, Observations, Opinions, Standing, What, analyse, compare, weigh,
};
use charivari_model::Confidence;
use charivari_model::case::{Kind as RecordKind, Ref};
use known::{Known, holy_souls, seen};

const EVE: &str = "2023-02-02";

/// What is told of a case, as text in which a change is easily seen.
fn told(found: &Analysis, case: &Observations) -> String {
    let mut out = found.text.plain(&case.title);
    let _ = writeln!(out, "\n== answers");
    for it in found.weighing.answers.iter().take(16) {
        let _ = writeln!(
            out,
            "{:<22} {:.3} (prior {:.4}; without inferred {:.3})",
            it.title, it.probability, it.prior, it.without_inferred
        );
    }
    let _ = writeln!(
        out,
        "\n== favourites: techniques {:?}, the rest {:?}, disagreement {:.2}, inferred let through {:.2}",
        found.weighing.favourite_of_techniques,
        found.weighing.favourite_of_the_rest,
        found.weighing.disagreement,
        found.weighing.inferred_let_through
    );
    let leader = &found.weighing.leader().unwrap().id;
    let _ = writeln!(out, "\n== arguments about {leader}");
    for it in found.weighing.arguments.iter().filter(|it| it.answer == *leader) {
        let _ = writeln!(
            out,
            "{:+.2} x {:.3} {} [{}] {}",
            it.nats,
            it.weight,
            it.kind,
            it.observations.join(" "),
            it.text
        );
    }
    let _ = writeln!(out, "\n== matrix");
    for row in found.matrix.table() {
        let _ = writeln!(out, "{}", row.join(" | "));
    }
    let _ = writeln!(out, "least inconsistent: {}", found.matrix.least_inconsistent.join(", "));
    let _ = writeln!(out, "\n== left out");
    for it in &found.sensitivity.omissions {
        let _ = writeln!(
            out,
            "{:?} {}: {} {:.3}; {:+.3}{}",
            it.left,
            it.name,
            it.leader,
            it.leader_probability,
            it.change,
            if it.changes_leader { " CHANGES" } else { "" }
        );
    }
    let _ = writeln!(out, "\n== supposed");
    for it in found.sensitivity.supposed.iter().take(25) {
        let _ = writeln!(
            out,
            "{}: {} {:.3}; {:+.3}, moves {:.3}",
            it.what, it.leader, it.leader_probability, it.change, it.moves
        );
    }
    out
}

fn golden(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, text).unwrap();
    }
    assert_eq!(fs::read_to_string(&path).unwrap(), text, "{name}");
}

fn probability(found: &charivari_attribution::Weighing, id: &str) -> f64 {
    found.answers.iter().find(|it| it.id == id).map_or(0.0, |it| it.probability)
}

#[test]
fn the_day_before_it_comes_to_what_the_document_says() {
    let known = Known::as_of(EVE);
    let case = holy_souls();
    let found = analyse(&known.world(), &case).unwrap();
    golden("holy-souls.txt", &told(&found, &case));
    assert_eq!(found.weighing.leader().unwrap().id, "cotton-sandstorm");
    assert_eq!(found.basis.confidence, Confidence::Low);
    // Nothing that came later is known, so the name of the persona leads nowhere.
    let text = format!("{:?}", found.weighing.arguments);
    assert!(!text.contains("persona=Holy Souls") && !text.contains("microsoft-2023"), "{text}");
    // Never in one sentence.
    for sentence in found
        .text
        .likelihood
        .split_inclusive('.')
        .chain(found.text.rivals.iter().map(String::as_str))
    {
        assert!(!sentence.to_lowercase().contains("confidence"), "{sentence}");
    }
    assert!(!found.text.confidence.contains("likely") && !found.text.confidence.contains(" %"));
    for name in ["Kazemi", "Kashian", "Shirinkar", "Sarmadi"] {
        assert!(!text.contains(name) && !found.text.plain("").contains(name), "{name}");
    }
}

#[test]
fn without_packs_nobody_is_named_and_without_any_single_document_it_is_told_what_changes() {
    let found = analyse(&Known::without_packs(EVE).world(), &holy_souls()).unwrap();
    assert!(found.weighing.leader().unwrap().kind.is_some(), "{:?}", found.weighing.leader());
    assert_eq!(found.basis.confidence, Confidence::Low);
    let whole = analyse(&Known::as_of(EVE).world(), &holy_souls()).unwrap();
    let documents: Vec<_> =
        whole.sensitivity.omissions.iter().filter(|it| it.left == Left::Document).collect();
    assert!(documents.iter().any(|it| it.name == "fbi-2022-10"), "{documents:?}");
    // The strongest document is that of October 2022; without it less is left.
    let strongest = documents.iter().find(|it| it.name == "fbi-2022-10").unwrap();
    assert!(strongest.change < -0.1, "{strongest:?}");
    assert!(
        whole.sensitivity.omissions.iter().any(|it| it.left == Left::Packs && it.changes_leader)
    );
}

#[test]
fn the_same_theft_made_a_trade_is_the_work_of_criminals() {
    let known = Known::as_of(EVE);
    let mut case = holy_souls();
    case.observations.retain(|it| {
        !it.source.starts_with("public ") && !["o04", "o06", "o08", "o29"].contains(&it.id.as_str())
    });
    for (id, what) in
        [("c1", "money=price-paid"), ("c2", "trigger=none-seen"), ("c3", "persona-style=criminal")]
    {
        case.observations.push(seen(
            id,
            &what.parse().unwrap(),
            Standing::Observed,
            &format!("source {id}"),
        ));
    }
    let found = analyse(&known.world(), &case).unwrap();
    golden("holy-souls-as-crime.txt", &told(&found, &case));
    let leader = found.weighing.leader().unwrap();
    assert_eq!(leader.kind, Some(Kind::Criminal), "{leader:?}");
    let said = found
        .weighing
        .arguments
        .iter()
        .find(|it| it.answer == "criminal" && it.observations == ["c1"])
        .unwrap();
    assert!(said.nats > 1.0 && said.text.contains("trade"), "{said:?}");
}

#[test]
fn one_detail_planted_elsewhere_moves_the_answer_and_says_why() {
    let known = Known::as_of(EVE);
    let before = weigh(&known.world(), &holy_souls()).unwrap();
    let mut case = holy_souls();
    let name: What = "persona=Guccifer 2.0".parse().unwrap();
    case.observations.push(seen("planted", &name, Standing::Observed, "a forum"));
    let after = weigh(&known.world(), &case).unwrap();
    assert!(probability(&after, "G0007") > 3.0 * probability(&before, "G0007"));
    assert!(probability(&after, "cotton-sandstorm") < probability(&before, "cotton-sandstorm"));
    // Names are copied: an imitator gains too.
    assert!(probability(&after, "copycat") > probability(&before, "copycat"));
    let why = after
        .arguments
        .iter()
        .find(|it| it.answer == "G0007" && it.observations == ["planted"])
        .unwrap();
    assert!(why.document.is_some() && why.text.contains("persona=Guccifer 2.0"), "{why:?}");
}

/// Ten actors whose techniques are copied into the case, all that is known of each.
const COPIED: [&str; 10] = [
    "G0007",
    "G0034",
    "G1030",
    "G1009",
    "G1044",
    "G0032",
    "G0016",
    "ghostwriter",
    "G1055",
    "pay2key",
];

#[test]
fn copied_techniques_may_fool_the_ranking_but_never_the_confidence() {
    let known = Known::as_of(EVE);
    let before = weigh(&known.world(), &holy_souls()).unwrap();
    let (mut ranking_fooled, mut answer_fooled) = (0, 0);
    for id in COPIED {
        let mut case = holy_souls();
        let actor =
            &known.dossiers.actors[known.dossiers.place(id).unwrap_or_else(|| panic!("{id}"))];
        let whats = actor.told().filter(|it| matches!(it, What::Technique(_) | What::Software(_)));
        for (at, what) in whats.enumerate() {
            case.observations.push(seen(
                &format!("x{at}"),
                what,
                Standing::Observed,
                "planted traces",
            ));
        }
        let found = analyse(&known.world(), &case).unwrap();
        let weighing = &found.weighing;
        assert!(
            probability(weighing, "copycat") >= probability(&before, "copycat") - 1e-12,
            "{id}"
        );
        assert_eq!(found.basis.confidence, Confidence::Low, "{id}");
        ranking_fooled +=
            usize::from(weighing.favourite_of_techniques.as_deref() == Some(actor.key.as_str()));
        answer_fooled += usize::from(weighing.leader().unwrap().id == actor.key);
        let leader = weighing.leader().unwrap();
        eprintln!(
            "techniques of {} ({}): techniques favour {:?}; {} leads with {:.2}; imitated {:.2}; copycat {:.3}",
            actor.name,
            id,
            weighing.favourite_of_techniques,
            leader.title,
            leader.probability,
            probability(weighing, &actor.key),
            probability(weighing, "copycat")
        );
    }
    eprintln!(
        "fooled: the ranking {ranking_fooled} of 10, the whole {answer_fooled} of 10 (copycat before {:.3})",
        probability(&before, "copycat")
    );
    assert_eq!((ranking_fooled, answer_fooled), FOOLED, "docs/attribution.md states these numbers");
}

/// How often the ranking and the whole are fooled, as docs/attribution.md says.
const FOOLED: (usize, usize) = (7, 0);

#[test]
fn an_analysts_cells_count_and_two_analysts_can_be_compared() {
    let known = Known::as_of(EVE);
    let found = analyse(&known.world(), &holy_souls()).unwrap();
    let text = r#"[[cell]]
what = "money=sale-offer"
answer = "criminal"
reading = "inconsistent"
strong = true
who = "An analyst"
why = "Nobody could buy it: the price was for show."
"#;
    let other = found.matrix.with(&Opinions::read(text.as_bytes()).unwrap()).unwrap();
    let of = |matrix: &charivari_attribution::Matrix| {
        matrix.columns.iter().find(|it| it.answer == "criminal").unwrap().clone()
    };
    assert!(of(&other).probability < of(&found.matrix).probability);
    assert_eq!(of(&other).inconsistency, of(&found.matrix).inconsistency + 2);
    let compared = compare(&found.matrix, &other).unwrap();
    assert_eq!(compared.differences.len(), 1);
    assert!(compared.kappa.unwrap() > 0.9 && compared.agreement < 1.0);
    assert!((compare(&found.matrix, &found.matrix).unwrap().kappa.unwrap() - 1.0).abs() < 1e-12);
    let wrong = text.replace("money=sale-offer", "money=none");
    let error = found.matrix.with(&Opinions::read(wrong.as_bytes()).unwrap()).unwrap_err();
    assert!(error.to_string().starts_with("E1121: cell 1"), "{error}");
}

#[test]
fn the_record_of_a_case_links_its_evidence() {
    let known = Known::as_of(EVE);
    let case = holy_souls();
    let found = analyse(&known.world(), &case).unwrap();
    let record = found.record(&case, Ref::new(RecordKind::Run, 7), 3);
    assert_eq!(record.hypotheses[0].id.to_string(), "H3");
    assert!(
        record.hypotheses[0].title.contains("Emennet Pasargad"),
        "{}",
        record.hypotheses[0].title
    );
    assert!(record.hypotheses[0].supports.contains(&Ref::new(RecordKind::Evidence, 4)));
    assert!(record.hypotheses.iter().any(|it| it.title.contains("nobody has described")));
    assert_eq!(record.confidence, Confidence::Low);
    serde_json::to_string(&found).unwrap();
}

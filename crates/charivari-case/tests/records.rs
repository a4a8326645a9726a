//! What is recorded comes back as it was given, and nothing is overwritten.

#![allow(clippy::unwrap_used, reason = "a test may stop where what it needs is not there")]

mod common;

use charivari_case::{
    Case, NewActor, NewAssessment, NewEvent, NewHypothesis, NewNote, Wanted, read_rates,
};
use charivari_model::case::{Kind, Ref, Relation, Ruling};
use charivari_model::{Confidence, Tlp, When};
use common::{add, at, case, claim, finding, new_case, run};

#[test]
fn a_case_comes_back_as_it_was_recorded() {
    let (dir, mut case) = case();
    let input = add(&mut case, dir.path(), "posts.csv", "a,b\n1,2\n");
    let made = case.record(run(dir.path(), input, &["group 1", "group 2"]), &at(2)).unwrap();
    assert_eq!(made.findings.len(), 2);
    let said =
        case.claim(claim("Kettle Group", "2023-01-04", "more than 200,000 customers"), &at(3));
    let said = said.unwrap();
    let denial =
        case.claim(claim("The Potter", "2023-01-05", "Nothing was taken."), &at(4)).unwrap();
    case.link(denial, Relation::Denies, said, "It says so.", &at(5)).unwrap();
    let event = NewEvent {
        when: When::parse("2023-01-06").unwrap(),
        title: "The sample is released".to_owned(),
        text: String::new(),
        source: "the forum".to_owned(),
        tlp: Tlp::Clear,
    };
    case.event(event, &at(6)).unwrap();
    let text = "Ask the Potter again.".to_owned();
    case.note(NewNote { about: Some(said), text, tlp: Tlp::Red }, &at(7)).unwrap();
    let actor = NewActor {
        name: "Kettle Group".to_owned(),
        what: "persona".to_owned(),
        ground: "its own words".to_owned(),
        ..NewActor::default()
    };
    let actor = case.actor(actor, &at(8)).unwrap();
    case.reply(actor, "first", &at(9)).unwrap();
    case.reply(actor, "We only sing.", &at(10)).unwrap();
    case.decide(made.findings[1], Ruling::Accepted, "Seen in the posts.", &at(11)).unwrap();
    let rates = "day,unit,price_unit,price,source\n2023-01-04,BTC,USD,16840,x\n";
    case.rates(&read_rates(rates.as_bytes()).unwrap().rates, &at(12)).unwrap();
    let answer = |title: &str, probability| NewHypothesis {
        title: title.to_owned(),
        probability,
        supports: vec![made.findings[0]],
        ..NewHypothesis::default()
    };
    let assessment = NewAssessment {
        hypotheses: vec![answer("The Kettle Group", 0.7), answer("Somebody unknown", 0.3)],
        confidence: Confidence::Low,
        basis: "One export.".to_owned(),
        would_change: vec!["A second export.".to_owned()],
        passages: Vec::new(),
        weighed: Vec::new(),
        run: made.run,
    };
    let hypotheses = case.assess(assessment, &at(13)).unwrap();
    drop(case);

    let mut case = Case::open(&dir.path().join("case")).unwrap();
    let dossier = case.dossier(&Wanted::everything()).unwrap();
    assert_eq!(dossier.evidence[0].name, "posts.csv");
    assert_eq!(dossier.findings[0].id, made.findings[1], "accepted findings come first");
    assert_eq!(dossier.findings[0].decision.reason, "Seen in the posts.");
    assert_eq!(dossier.findings[1].evidence[0].row, 7);
    assert_eq!(dossier.claims[0].quantities[0].unit, "customers");
    assert_eq!(dossier.links[0].relation, Relation::Denies);
    assert_eq!(dossier.actors[0].reply, "We only sing.");
    assert_eq!(dossier.assessment.unwrap().hypotheses[1].id, hypotheses[1]);
    assert_eq!(dossier.left, charivari_model::case::Left::default());
    let overview = case.overview().unwrap();
    assert_eq!(overview.rulings, [(Ruling::Accepted, 1), (Ruling::Open, 1), (Ruling::Rejected, 0)]);
    assert_eq!(overview.questions, ["1 finding waits for a decision."]);
    assert_eq!(overview.counts[0], (Kind::Evidence, 1));
    assert_eq!(overview.head, dossier.head);
    let log = case.log(1..=100).unwrap();
    assert_eq!(log.len() as u64, overview.head.log_entries);
    assert_eq!(log.last().unwrap().hash, overview.head.log_head);
    assert_eq!(case.log(3..=4).unwrap(), log[2..4]);
    let mut reading = Case::open_reading(&dir.path().join("case")).unwrap();
    assert_eq!(reading.head().unwrap(), overview.head);
    assert_eq!(
        reading.decide(made.findings[0], Ruling::Open, "", &at(1)).unwrap_err().code(),
        "E0606"
    );
}

#[test]
fn a_rerun_takes_the_place_of_the_earlier_run_and_overwrites_nothing() {
    let (dir, mut case) = case();
    let input = add(&mut case, dir.path(), "posts.csv", "a,b\n1,2\n");
    let first = case.record(run(dir.path(), input, &["group 1", "group 2"]), &at(2)).unwrap();
    case.decide(first.findings[0], Ruling::Accepted, "It is so.", &at(3)).unwrap();
    let other = add(&mut case, dir.path(), "other.csv", "c\n");
    let apart = case.record(run(dir.path(), other, &["group 1"]), &at(4)).unwrap();
    assert_eq!(apart.superseded, [], "other inputs are another analysis");
    let second = case.record(run(dir.path(), input, &["group 1"]), &at(5)).unwrap();
    assert_eq!(second.superseded, [first.run, first.findings[0], first.findings[1]]);
    let dossier = case.dossier(&Wanted::everything()).unwrap();
    let old = dossier.finding(first.findings[0]).unwrap();
    assert_eq!(old.superseded_by, Some(second.findings[0]));
    assert_eq!(old.decision.ruling, Ruling::Accepted, "its decision stays with it");
    assert_eq!(dossier.finding(first.findings[1]).unwrap().superseded_by, Some(second.run));
    assert_eq!(dossier.run(first.run).unwrap().superseded_by, Some(second.run));
    let dossier = case.dossier(&Wanted::default()).unwrap();
    let shown: Vec<Ref> = dossier.findings.iter().map(|finding| finding.id).collect();
    assert_eq!(shown, [apart.findings[0], second.findings[0]]);
    assert!(dossier.findings.iter().all(|finding| finding.decision.ruling == Ruling::Open));
}

#[test]
fn what_there_is_no_room_for_is_counted() {
    let (dir, mut case) = case();
    let inputs: Vec<Ref> = (0..5)
        .map(|at| add(&mut case, dir.path(), &format!("{at}.csv"), &at.to_string()))
        .collect();
    let made = case.record(run(dir.path(), inputs[4], &["a", "b", "c"]), &at(2)).unwrap();
    case.decide(made.findings[1], Ruling::Rejected, "No.", &at(3)).unwrap();
    let wanted = Wanted { findings: 1, evidence: 2, ..Wanted::default() };
    let dossier = case.dossier(&wanted).unwrap();
    let evidence: Vec<Ref> = dossier.evidence.iter().map(|one| one.id).collect();
    assert_eq!(evidence, [inputs[0], inputs[4]], "what a finding leads to is there first");
    assert_eq!((dossier.left.findings, dossier.left.evidence), (1, 3));
}

#[test]
fn what_cannot_be_kept_is_refused_and_changes_nothing() {
    let (dir, mut case) = case();
    let input = add(&mut case, dir.path(), "posts.csv", "a");
    let head = case.head().unwrap();
    let mut endless = run(dir.path(), input, &["a"]);
    endless.findings[0].measures[0].value = f64::INFINITY;
    let mut twice = run(dir.path(), input, &["a"]);
    twice.findings.push(finding("a", input));
    let nowhere = run(dir.path(), Ref::new(Kind::Evidence, 9), &["a"]);
    let mut lost = run(dir.path(), input, &["a"]);
    lost.findings[0].evidence[0].evidence = Ref::new(Kind::Evidence, 9);
    let missing = Ref::new(Kind::Finding, 3);
    let nobody = claim(" ", "2023", "It is so.");
    let mut echo = claim("B", "2023", "It is so.");
    echo.repeats = Some(Ref::new(Kind::Claim, 1));
    let nameless = charivari_case::Stamp { by: String::new(), ..at(1) };
    for (name, met, code) in [
        ("an endless measure", case.record(endless, &at(2)).err(), "E0611"),
        ("a subject twice", case.record(twice, &at(2)).err(), "E0611"),
        ("an input that is not there", case.record(nowhere, &at(2)).err(), "E0610"),
        ("evidence that is not there", case.record(lost, &at(2)).err(), "E0610"),
        (
            "a finding that is not there",
            case.decide(missing, Ruling::Open, "", &at(2)).err(),
            "E0610",
        ),
        ("a decision on evidence", case.decide(input, Ruling::Open, "", &at(2)).err(), "E0611"),
        ("a link to itself", case.link(input, Relation::About, input, "", &at(2)).err(), "E0611"),
        ("a claim by nobody", case.claim(nobody, &at(2)).err(), "E0611"),
        ("an echo of nothing", case.claim(echo, &at(2)).err(), "E0610"),
        ("a party without a ground", case.actor(NewActor::default(), &at(2)).err(), "E0611"),
        ("a nameless analyst", case.reply(Ref::new(Kind::Actor, 1), "", &nameless).err(), "E0611"),
        (
            "a case in a case",
            Case::create(&dir.path().join("case"), new_case(), &at(0)).err(),
            "E0602",
        ),
        ("a case among files", Case::create(dir.path(), new_case(), &at(0)).err(), "E0602"),
    ] {
        assert_eq!(met.unwrap_or_else(|| panic!("{name} was taken")).code(), code, "{name}");
    }
    assert_eq!(case.head().unwrap(), head);
}

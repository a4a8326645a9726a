//! What the report of a case promises, checked on an invented case.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "helpers of tests are tests")]

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use charivari_model::case::{Dossier, Finding, Kind, Ref, Ruling};
use charivari_model::{Confidence, Likelihood, Tlp};
use charivari_report::{
    CaseView, Redacted, Redaction, case_json, case_markdown, redact, render_case,
};

mod dossier;
mod faults;

use faults::faults;

fn level(dossier: Dossier, level: Redaction) -> Redacted {
    redact(dossier, level).unwrap_or_else(|error| panic!("{error}"))
}

fn page(redacted: &Redacted) -> String {
    render_case(&CaseView { redacted, command_line: "charivari report --case kettle" }).unwrap()
}

fn text(redacted: &Redacted) -> String {
    case_markdown(&CaseView { redacted, command_line: "charivari report --case kettle" })
}

/// A page without its style, which other pages share and which changes with them.
fn without_style(page: &str) -> String {
    let (before, rest) = page.split_once("<style>").unwrap();
    let (_, after) = rest.split_once("</style>").unwrap();
    let (front, digest) = before.split_once("'sha256-").unwrap();
    let (_, back) = digest.split_once('\'').unwrap();
    format!("{front}'sha256-'{back}<style></style>{after}")
}

fn check_golden(name: &str, met: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, met).unwrap();
    }
    let golden = fs::read_to_string(&path).unwrap();
    assert!(
        golden == met,
        "the report changed; look at it, then renew {} with UPDATE_GOLDEN=1",
        path.display()
    );
}

#[test]
fn the_small_reports_are_the_ones_that_were_looked_at() {
    for (name, redaction, tlp) in [
        ("case-internal", Redaction::Internal, Tlp::Amber),
        ("case-partner", Redaction::Partner, Tlp::Amber),
        ("case-public", Redaction::Public, Tlp::Clear),
    ] {
        let redacted = level(dossier::small(tlp), redaction);
        check_golden(&format!("{name}.html"), &without_style(&page(&redacted)));
        // Not `.md`: the links of a report are no links of the documents.
        check_golden(&format!("{name}.md.txt"), &text(&redacted));
        let json = case_json(&CaseView { redacted: &redacted, command_line: "" }).unwrap();
        check_golden(&format!("{name}.json"), &json);
    }
}

#[test]
fn pages_load_nothing_and_every_link_has_an_end() {
    for redaction in Redaction::ALL {
        for (name, dossier) in [
            ("whole", dossier::dossier(Tlp::Clear)),
            ("small", dossier::small(Tlp::Clear)),
            ("empty", dossier::empty()),
        ] {
            let page = page(&level(dossier, redaction));
            assert_eq!(faults(&page), Vec::<String>::new(), "{redaction} {name}");
            assert!(page.contains("default-src 'none'"), "{redaction} {name}");
            assert!(!page.contains("url(") && !page.contains("http-equiv=\"refresh"), "{name}");
            let addresses = page.matches("http").count();
            let allowed = page.matches("http-equiv").count()
                + page.matches("http://www.w3.org/2000/svg").count();
            assert_eq!(addresses, allowed, "{redaction} {name}: an address that could be opened");
        }
    }
}

#[test]
fn the_scan_finds_a_drawing_that_is_not_well_formed() {
    assert_eq!(faults("<p><svg a=\"1\"><g></svg></p>").len(), 1);
    assert_eq!(faults("<a href=\"#x\">x</a>"), ["no element with id x"]);
}

#[test]
fn the_style_is_the_one_that_the_policy_allows_and_marks_every_printed_page() {
    let page = page(&level(dossier::dossier(Tlp::Amber), Redaction::Internal));
    let style = page.split("<style>").nth(1).unwrap().split("</style>").next().unwrap();
    assert_eq!(page.matches("<style").count(), 1);
    assert!(!style.contains('<') && !page.contains("unsafe-inline"));
    assert!(style.contains("@top-left{content:\"INTERNAL — not for distribution\"}"));
    assert!(style.contains("@top-right{content:\"TLP:AMBER\"}"));
    assert!(style.contains("@bottom-left{content:\"Synthetic data\"}"));
    assert!(page.contains("Synthetic data."));
}

#[test]
fn hostile_words_of_posts_are_shown_and_not_obeyed() {
    let page = page(&level(dossier::dossier(Tlp::Amber), Redaction::Internal));
    assert!(page.contains("hxxps://drop[.]example/leak.csv"), "the link of the post is bent");
    assert!(page.contains("&lt;script&gt;alert(1)"), "its markup is shown");
    let unseen = |c: char| {
        (c.is_control() && c != '\n')
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
    };
    assert_eq!(page.chars().find(|&c| unseen(c)), None);
    let redacted = level(dossier::dossier(Tlp::Amber), Redaction::Internal);
    let json = case_json(&CaseView { redacted: &redacted, command_line: "" }).unwrap();
    assert!(!json.contains('<') && !json.contains("https://") && !json.contains('\u{202e}'));
    let read: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(read["case"]["evidence"][4]["name"], "odd\u{202e}name<script>.csv");
    assert_eq!(read["version"], charivari_report::JSON_VERSION);
}

#[test]
fn no_string_of_the_case_makes_markup_in_the_text() {
    let text = text(&level(dossier::dossier(Tlp::Amber), Redaction::Internal));
    for markup in ["<script", "<b>", "](http", "](javascript"] {
        assert!(!text.contains(markup), "{markup}");
    }
    let ends = text.split("](#").skip(1).map(|rest| rest.split(')').next().unwrap());
    for end in ends {
        assert!(text.contains(&format!("<a id=\"{end}\"></a>")), "no place {end}");
    }
}

#[test]
fn what_was_not_done_is_said() {
    let told = text(&level(dossier::empty(), Redaction::Internal));
    for sentence in [
        "Who is behind it was not assessed.",
        "No finding is recorded in this case.",
        "Not examined in this case.",
        "No network was drawn in this case.",
        "Nothing with a time is recorded in this case.",
        "The head is not signed: no key was at hand.",
    ] {
        assert!(told.contains(sentence), "{sentence}");
    }
    let told = text(&level(dossier::dossier(Tlp::Amber), Redaction::Internal));
    for sentence in [
        "no reply recorded",
        "No place in the evidence is recorded.",
        "None is recorded. That is a gap in the finding",
        "all of this counts as one source",
        "not been decided on",
        "Whoever holds the whole case can write all of it anew",
        "3 findings of the case: they stand in its database.",
        "Whoever waits longer than the window is not seen.",
    ] {
        assert!(told.contains(sentence), "{sentence}");
    }
}

#[test]
fn likelihood_and_confidence_never_stand_in_one_sentence() {
    let words = [
        Likelihood::AlmostNoChance,
        Likelihood::VeryUnlikely,
        Likelihood::RoughlyEvenChance,
        Likelihood::VeryLikely,
        Likelihood::AlmostCertain,
    ];
    for likelihood in words {
        for confidence in [Confidence::Low, Confidence::Moderate, Confidence::High] {
            let mut dossier = dossier::dossier(Tlp::Amber);
            let assessment = dossier.assessment.as_mut().unwrap();
            assessment.hypotheses[0].likelihood = likelihood;
            assessment.confidence = confidence;
            let told = text(&level(dossier, Redaction::Internal));
            assert!(told.contains(likelihood.word()) && told.contains(confidence.word()));
            for sentence in told.split(['.', '\n', '|']) {
                let both = words.iter().any(|it| sentence.contains(it.word()))
                    && sentence.to_lowercase().contains("confidence");
                assert!(!both, "{sentence}");
            }
        }
    }
}

#[test]
fn open_findings_are_marked_and_rejected_ones_stay_inside() {
    let internal = text(&level(dossier::dossier(Tlp::Amber), Redaction::Internal));
    assert!(internal.contains("not yet decided") && internal.contains("Four newsrooms"));
    for redaction in [Redaction::Partner, Redaction::Public] {
        let told = text(&level(dossier::dossier(Tlp::Clear), redaction));
        assert!(
            told.contains("not yet decided") && !told.contains("Four newsrooms"),
            "{redaction}"
        );
        assert!(told.contains("rejected or replaced by a later run"), "{redaction}");
    }
}

/// More than any page can show.
fn huge() -> Dossier {
    let mut dossier = dossier::dossier(Tlp::Clear);
    let finding = dossier.findings[0].clone();
    dossier.findings = (1..=5_000)
        .map(|number| Finding { id: Ref::new(Kind::Finding, number), ..finding.clone() })
        .collect();
    for (index, finding) in dossier.findings.iter_mut().enumerate().skip(2_000) {
        finding.decision.ruling = if index % 2 == 0 { Ruling::Open } else { Ruling::Rejected };
    }
    let evidence = dossier.evidence[0].clone();
    dossier.evidence.extend((10..10_000).map(|number| charivari_model::case::Evidence {
        id: Ref::new(Kind::Evidence, number),
        ..evidence.clone()
    }));
    for number in 10..3_000 {
        dossier.claims.push(dossier::claim(number, "Somebody Else", "2023-01-08", "said more"));
        dossier.events.push(dossier::event(number, "2023-01-08", "Something else"));
        dossier.actors.push(dossier::actor(
            number,
            &format!("Party {number}"),
            "organisation",
            "x",
        ));
    }
    dossier.left.evidence = 90_000;
    dossier.left.findings = 995_000;
    dossier
}

#[test]
fn a_huge_case_is_cut_and_told_in_time() {
    let dossier = huge();
    for redaction in Redaction::ALL {
        let start = Instant::now();
        let redacted = level(dossier.clone(), redaction);
        let page = page(&redacted);
        let took = start.elapsed();
        println!("{redaction}: {took:?}, {} bytes", page.len());
        // Far above what it takes, so that a busy machine does not fail, but no square of a count fits.
        assert!(took < Duration::from_secs(15), "{redaction}: {took:?}");
        assert!(page.len() < 6_000_000, "{redaction}: {} bytes", page.len());
        for sentence in ["Showing 200 of", "input files.", "claims.", "moments.", "parties."] {
            assert!(page.contains(sentence), "{redaction}: {sentence}");
        }
        assert_eq!(faults(&page), Vec::<String>::new(), "{redaction}");
    }
}

#[test]
fn the_same_case_gives_the_same_bytes() {
    for redaction in Redaction::ALL {
        let page = || page(&level(dossier::dossier(Tlp::Clear), redaction));
        assert_eq!(page(), page());
    }
}

#[test]
fn numbers_and_records_that_make_no_sense_do_no_harm() {
    let mut dossier = dossier::dossier(Tlp::Clear);
    dossier.claims[0].repeats = Some(dossier.claims[2].id);
    dossier.findings[0].measures[2].value = f64::NAN;
    dossier.findings[0].measures[2].interval = Some((f64::NEG_INFINITY, f64::NAN));
    dossier.findings[0].run = Ref::new(Kind::Run, 99);
    dossier.findings[0].evidence[0].evidence = Ref::new(Kind::Evidence, 99);
    dossier.claims[1].quantities = dossier.claims[0].quantities.clone();
    dossier.claims[1].quantities[0].worth_of = Some(77);
    dossier.assessment.as_mut().unwrap().hypotheses[0].probability = f64::NAN;
    let picture = dossier.runs[0].picture.as_mut().unwrap();
    picture.edges[0].source = u32::MAX;
    picture.nodes[0].x = f64::NAN;
    picture.groups[0].hours.truncate(3);
    picture.groups[0].activity.push((charivari_model::Timestamp(i64::MAX), u64::MAX));
    dossier.events[0].when.from = charivari_model::Timestamp(i64::MIN);
    for redaction in Redaction::ALL {
        let redacted = level(dossier.clone(), redaction);
        assert_eq!(faults(&page(&redacted)), Vec::<String>::new(), "{redaction}");
        assert!(case_json(&CaseView { redacted: &redacted, command_line: "" }).is_ok());
    }
}

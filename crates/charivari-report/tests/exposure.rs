//! The exposure: its own page, and its map in the report of a case.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "helpers of tests are tests")]

use charivari_model::case::{Method, Picture, PicturePlace, PlaceSort, Ref, Run};
use charivari_model::{Timestamp, Tlp};
use charivari_report::{
    CaseView, Exposed, ExposedTable, Redaction, case_markdown, redact, render_case, render_exposure,
};

mod dossier;
mod faults;

fn places() -> Vec<PicturePlace> {
    let place = |sort, code: &str, label: &str, count| PicturePlace {
        sort,
        code: code.to_owned(),
        label: label.to_owned(),
        count,
    };
    vec![
        place(PlaceSort::Department, "75", "Paris", Some(12_345)),
        place(PlaceSort::Department, "48", "Lozère", None),
        place(PlaceSort::Department, "15", "Cantal", Some(0)),
        place(PlaceSort::Country, "BE", "Belgium <b>", Some(321)),
        place(PlaceSort::Country, "IR", "Iran", None),
    ]
}

fn exposed(places: &[PicturePlace]) -> Exposed<'_> {
    Exposed {
        tool: "charivari 0.1.0",
        headline: "12,345 people in 12,666 records: severity 4 × 1 + 1 = 5, very high.".to_owned(),
        facts: vec![("Records".to_owned(), "own<script>.csv".to_owned())],
        terms: vec![("SE = DPC × EI + CB".to_owned(), "4 × 1 + 1 = 5, very high".to_owned())],
        tables: vec![ExposedTable {
            caption: "Records by risk".to_owned(),
            columns: vec!["Risk", "Records"],
            rows: vec![vec!["very high".to_owned(), "12,666".to_owned()]],
        }],
        places,
        limits: vec!["It is an aid.".to_owned()],
    }
}

#[test]
fn the_page_loads_nothing_and_has_the_numbers_twice() {
    let places = places();
    let page = render_exposure(&exposed(&places)).unwrap();
    assert_eq!(faults::faults(&page), Vec::<String>::new());
    assert!(
        page.contains("default-src 'none'") && !page.contains("<script>") && !page.contains("<b>")
    );
    assert_eq!(page.matches("12,345").count(), 4, "in words, twice in the drawing, in the table");
    assert!(page.contains("class=\"hidden\"") && page.contains("not shown"));
    let none = render_exposure(&exposed(&[])).unwrap();
    assert!(none.contains("say nothing of where people are"));
}

#[test]
fn the_report_of_a_case_draws_the_places_at_every_level() {
    for level in Redaction::ALL {
        let mut dossier = dossier::empty();
        dossier.head.tlp = Tlp::Clear;
        dossier.runs.push(Run {
            id: "R90".parse::<Ref>().unwrap(),
            command: "leak expose".to_owned(),
            parameters: Vec::new(),
            tool: "charivari".to_owned(),
            inputs: Vec::new(),
            time: Timestamp(0),
            by: "analyst".to_owned(),
            method: Method::default(),
            tables: Vec::new(),
            picture: Some(Picture { places: places(), ..Picture::default() }),
            superseded_by: None,
        });
        let redacted = redact(dossier, level).unwrap();
        let view = CaseView { redacted: &redacted, command_line: "charivari report" };
        let page = render_case(&view).unwrap();
        assert_eq!(faults::faults(&page), Vec::<String>::new(), "{level}");
        assert!(page.contains("class=\"places bars\"") && page.contains("12,345"), "{level}");
        let text = case_markdown(&view);
        assert!(text.contains("12,345") && text.contains("not shown"), "{level}: {text}");
    }
}

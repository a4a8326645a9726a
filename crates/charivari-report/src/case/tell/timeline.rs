//! What happened, was said, was found and was collected, in the order of time.

use std::collections::{BTreeMap, BTreeSet};

use charivari_model::case::{Event, Kind, Moment, Ref};

use super::{Case, capped, words};
use crate::case::doc::{Block, Column, Line, Row, Section, Span, Table, line};
use crate::svg::lanes::{Mark, lanes_svg};
use crate::{format, limits, show};

const LANES: [&str; 4] = ["Events", "Claims", "Findings", "Collected"];

pub(super) fn section(case: &Case) -> Section {
    let mut moments = case.dossier.timeline();
    // Findings that an analyst rejected did not happen.
    let rejected: BTreeSet<Ref> = case.rejected.iter().map(|it| it.id).collect();
    moments.retain(|it| !rejected.contains(&it.record));
    let mut blocks = Vec::new();
    if moments.is_empty() {
        blocks.push(Block::Para("empty", line!["Nothing with a time is recorded in this case."]));
        return Section { id: "timeline", title: "Timeline", short: "Timeline", blocks };
    }
    blocks.push(chart(case, &moments));
    blocks.push(list(case, &moments));
    let left = case.dossier.left;
    let total = moments.len() as u64 + left.claims + left.events + left.evidence;
    let shown = moments.len().min(limits::CASE_MOMENTS);
    blocks.extend(capped(shown, total, "moments").map(|it| Block::Para("more", it)));
    Section { id: "timeline", title: "Timeline", short: "Timeline", blocks }
}

fn lane(kind: Kind) -> usize {
    match kind {
        Kind::Claim => 1,
        Kind::Finding => 2,
        Kind::Evidence => 3,
        _ => 0,
    }
}

fn chart(case: &Case, moments: &[Moment]) -> Block {
    let names = names(case);
    let marks: Vec<Mark> = moments
        .iter()
        .take(limits::CASE_MARKS)
        .map(|it| Mark {
            lane: lane(it.record.kind),
            from_s: it.when.from.seconds(),
            to_s: it.when.to.seconds(),
            lasted: it.record.kind == Kind::Finding,
            label: label(&names, it),
        })
        .collect();
    let drawn = lanes_svg(&LANES, &marks, "lanes", "Timeline of the case");
    let mut caption = Vec::new();
    if drawn.is_broken {
        caption.push(Span::from("Long stretches in which nothing is recorded are cut out of the axis, where two dotted lines stand. "));
    }
    let hidden = (moments.len() - marks.len() + drawn.left_out) as u64;
    if hidden > 0 {
        caption.push(Span::from(format!(
            "Not drawn for want of room: {}. ",
            format::count(hidden, "moment", "moments")
        )));
    }
    caption.push(Span::from("All times in UTC."));
    let badge = |class: &str, words: &str| {
        let svg = format!(
            "<svg class=\"key-mark\" viewBox=\"0 0 30 12\" aria-hidden=\"true\"><rect class=\"{class}\" x=\"1\" y=\"2\" width=\"28\" height=\"8\" rx=\"2\"/></svg>"
        );
        line![Span::Badge(svg), format!(" {words}")]
    };
    let sign = "<svg class=\"key-mark\" viewBox=\"0 0 30 12\" aria-hidden=\"true\"><path class=\"full\" d=\"M15 1l5 5l-5 5l-5-5z\"/></svg>";
    let legend = vec![
        line![Span::Badge(sign.to_owned()), " at this moment"],
        badge("hollow", "at some moment within"),
        badge("full", "from beginning to end"),
    ];
    Block::Chart { label: "Timeline of the case".to_owned(), svg: drawn.svg, legend, caption }
}

/// The number of a record with the beginning of what it says.
fn label(names: &BTreeMap<Ref, &str>, moment: &Moment) -> String {
    let words = match names.get(&moment.record) {
        Some(name) => show::file(name),
        None => show::text(&moment.title),
    };
    show::shorten(format!("{} {words}", moment.record).trim(), limits::CASE_LABEL)
}

/// The names of input files; empty where a level does not show them.
fn names<'a>(case: &Case<'a>) -> BTreeMap<Ref, &'a str> {
    case.dossier.evidence.iter().map(|it| (it.id, it.name.as_str())).collect()
}

fn list(case: &Case, moments: &[Moment]) -> Block {
    let names = names(case);
    let events: BTreeMap<Ref, &Event> = case.dossier.events.iter().map(|it| (it.id, it)).collect();
    let rows = moments.iter().take(limits::CASE_MOMENTS).map(|it| {
        let what = match it.record.kind {
            Kind::Evidence => match names.get(&it.record) {
                Some(name) if !name.is_empty() => line![Span::File((*name).to_owned())],
                _ => line!["an input file"],
            },
            Kind::Event => event(events.get(&it.record).copied(), &it.title),
            _ => line![Span::Text(it.title.clone())],
        };
        let lane = match it.record.kind {
            Kind::Claim => "said",
            Kind::Finding => "found",
            Kind::Evidence => "collected",
            _ => "happened",
        };
        let exact = it.when.given == it.when.from.to_string()
            || it.when.given == format!("{}..{}", it.when.from, it.when.to);
        let given = if exact { Line::new() } else { words::given(&it.when) };
        // An event is told nowhere else, so that links to it lead here.
        let id = (it.record.kind == Kind::Event).then(|| it.record.to_string());
        Row { id, cells: vec![words::utc(&it.when), line![lane], record(it.record), what, given] }
    });
    let column = |title, class| Column { title, class };
    Block::Table(Table {
        caption: "The same in words, in the order of time".to_owned(),
        columns: vec![
            column("When, UTC", "moment"),
            column("What", "word"),
            column("Record", "word"),
            column("In short", "prose"),
            column("As it was given", ""),
        ],
        rows: rows.collect(),
    })
}

/// The number of a record; an event's row is where links to it lead, so that it needs none itself.
fn record(record: Ref) -> Line {
    if record.kind == Kind::Event { line![record.to_string()] } else { line![record] }
}

/// An event with more about it and with who says so.
fn event(event: Option<&Event>, title: &str) -> Line {
    let mut told = line![Span::Text(title.to_owned())];
    let Some(event) = event else { return told };
    if !event.text.is_empty() {
        told.extend(line![". ", Span::Text(event.text.clone())]);
    }
    if !event.source.is_empty() {
        told.extend(line![" (according to ", Span::Text(event.source.clone()), ")"]);
    }
    told
}

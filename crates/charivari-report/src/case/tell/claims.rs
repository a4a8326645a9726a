//! Who said what, when and where, what bears on it, and who only said it again.

use std::collections::BTreeMap;

use charivari_model::case::{Check, Claim, Link, Quantity, Ref, Subject};

use super::{Case, capped, findings, words};
use crate::case::doc::{Block, Card, Column, Line, Row, Section, Span, Table, joined, line, para};
use crate::{format, limits};

/// What bears on each claim.
struct Around<'a> {
    checks: BTreeMap<Ref, Vec<&'a Check>>,
    links: BTreeMap<Ref, Vec<&'a Link>>,
    repeats: BTreeMap<Ref, Vec<&'a Claim>>,
}

impl<'a> Around<'a> {
    fn of(case: &Case<'a>) -> Self {
        let mut around =
            Self { checks: BTreeMap::new(), links: BTreeMap::new(), repeats: BTreeMap::new() };
        for check in &case.dossier.checks {
            around.checks.entry(check.claim).or_default().push(check);
        }
        for link in &case.dossier.links {
            around.links.entry(link.from).or_default().push(link);
            if link.to != link.from {
                around.links.entry(link.to).or_default().push(link);
            }
        }
        for claim in &case.dossier.claims {
            let origin = case.origin(claim);
            if origin != claim.id {
                around.repeats.entry(origin).or_default().push(claim);
            }
        }
        around
    }
}

pub(super) fn section(case: &Case) -> Section {
    let around = Around::of(case);
    let origins: Vec<&Claim> =
        case.dossier.claims.iter().filter(|it| case.origin(it) == it.id).collect();
    let mut blocks = Vec::new();
    if origins.is_empty() {
        blocks.push(Block::Para("empty", line!["No claim is recorded in this case."]));
    } else {
        blocks.push(para(line![
            "What somebody said is a claim, and so is a denial. Whoever only says again what another said \
             adds no source: a claim and all that repeat it count once."
        ]));
    }
    let shown = origins.len().min(limits::CASE_CLAIMS);
    blocks.extend(origins.iter().take(shown).map(|it| card(case, &around, it)));
    let total = origins.len() as u64 + case.dossier.left.claims;
    blocks.extend(capped(shown, total, "claims").map(|it| Block::Para("more", it)));
    blocks.extend(rates(case));
    Section { id: "claims", title: "Claims and denials", short: "Claims", blocks }
}

fn card(case: &Case, around: &Around, claim: &Claim) -> Block {
    let mut title = line![Span::Strong(claim.id.to_string()), " "];
    title.push(Span::Name(claim.who.clone()));
    if let Some(party) = case.actor(&claim.who) {
        title.extend(line![" ", party.id]);
    }
    let mut meta = words::utc(&claim.when);
    meta.extend(line![" UTC, given as "]);
    meta.extend(words::given(&claim.when));
    if !claim.place.is_empty() {
        meta.extend(line![", ", Span::Text(claim.place.clone())]);
    }
    let grade = format!(
        ". Admiralty grade {}: {}, {}.",
        claim.grade,
        claim.grade.reliability(),
        claim.grade.credibility()
    );
    meta.push(Span::from(grade));
    let mut blocks = vec![
        Block::Para("meta", meta),
        Block::Para("story", line![Span::Text(claim.gist.clone())]),
    ];
    if !claim.verbatim.is_empty() {
        blocks.push(Block::Quote(claim.verbatim.clone()));
    }
    blocks.extend(quantities(&claim.quantities));
    let mut relations = bearing(around, claim);
    for repeat in around.repeats.get(&claim.id).into_iter().flatten().take(limits::CASE_REPEATS) {
        // Looked up and told under the number of the claim that it concerns.
        relations.extend(bearing(around, repeat).into_iter().map(|told| {
            let mut line = line![repeat.id, ": "];
            line.extend(told);
            line
        }));
    }
    if relations.is_empty() {
        blocks.push(Block::Para("more", line!["Open: nothing in this case bears on it."]));
    } else {
        blocks.push(Block::List("relations", relations));
    }
    blocks.extend(repeated(around, claim));
    Block::Card(Card { id: claim.id.to_string(), title, blocks })
}

fn quantities(quantities: &[Quantity]) -> Option<Block> {
    let told = quantities.iter().take(12).map(|it| {
        let least = words::number(it.least);
        let range = match it.most {
            Some(most) if most.to_bits() == it.least.to_bits() => least,
            Some(most) => format!("{least} to {}", words::number(most)),
            None => format!("{least} or more"),
        };
        let mut line = line![Span::Quoted(it.words.clone()), format!(" is read as {range} ")];
        line.push(Span::Name(it.unit.clone()));
        if let Some(other) = it.worth_of.and_then(|at| quantities.get(at)) {
            line.extend(line![", said to be worth ", Span::Name(other.words.clone())]);
        }
        line
    });
    let mut all = line!["Numbers: "];
    all.extend(joined(told, "; "));
    all.push(Span::from("."));
    (!quantities.is_empty()).then_some(Block::Para("hint", all))
}

/// How a number compares, with what it was compared to.
fn check(check: &Check) -> Line {
    let mut told =
        line![words::verdict(check.verdict), " ", Span::Quoted(check.words.clone()), " against "];
    match &check.against {
        Subject::Finding { id } | Subject::Claim { id } => told.push(Span::Ref(*id)),
        Subject::Rate { day } => told.extend(line!["the rate of ", Span::Name(day.clone())]),
    }
    told.extend(line![": ", Span::Text(check.sentence.clone())]);
    told
}

/// What bears on one claim: links of analysts and comparisons of its numbers.
fn bearing(around: &Around, claim: &Claim) -> Vec<Line> {
    let links = around.links.get(&claim.id).into_iter().flatten();
    let checks = around.checks.get(&claim.id).into_iter().flatten();
    let links = links.take(limits::CASE_RELATIONS);
    let links = links.map(|it| findings::relation(it.from == claim.id, it));
    links.chain(checks.take(limits::CASE_RELATIONS).map(|it| check(it))).collect()
}

/// Those who said the same again.
fn repeated(around: &Around, claim: &Claim) -> Vec<Block> {
    let Some(repeats) = around.repeats.get(&claim.id) else { return Vec::new() };
    let count = repeats.len() as u64;
    let rows = repeats.iter().take(limits::CASE_REPEATS).map(|it| Row {
        id: Some(it.id.to_string()),
        cells: vec![
            line![it.id.to_string()],
            line![Span::Name(it.who.clone())],
            words::utc(&it.when),
            line![Span::Text(it.gist.clone())],
        ],
    });
    let times =
        if count == 1 { "once".to_owned() } else { format!("{} times", format::number(count)) };
    let column = |title, class| Column { title, class };
    let mut blocks = vec![Block::Table(Table {
        caption: format!("Repeated {times}; all of this counts as one source"),
        columns: vec![
            column("Claim", "word"),
            column("Who", ""),
            column("When, UTC", ""),
            column("In short", "prose"),
        ],
        rows: rows.collect(),
    })];
    let shown = repeats.len().min(limits::CASE_REPEATS);
    blocks.extend(capped(shown, count, "repetitions").map(|it| Block::Para("more", it)));
    blocks
}

/// The rates that claims were held against.
fn rates(case: &Case) -> Option<Block> {
    let rates = &case.dossier.rates;
    let column = |title, class| Column { title, class };
    let rows = rates.iter().take(limits::CASE_ROWS).map(|it| Row {
        id: None,
        cells: vec![
            line![Span::Name(it.day.clone())],
            line!["1 ", Span::Name(it.unit.clone())],
            line![words::number(it.price), " ", Span::Name(it.price_unit.clone())],
            line![Span::Text(it.source.clone())],
        ],
    });
    let table = Block::Table(Table {
        caption: "Rates that the analyst supplied".to_owned(),
        columns: vec![
            column("Day", ""),
            column("Unit", ""),
            column("Price", "n"),
            column("Source", "prose"),
        ],
        rows: rows.collect(),
    });
    let mut blocks = vec![table];
    let shown = rates.len().min(limits::CASE_ROWS);
    blocks.extend(capped(shown, rates.len() as u64, "rates").map(|it| Block::Para("more", it)));
    (!rates.is_empty()).then(|| Block::Fold("Rates of exchange".to_owned(), blocks))
}

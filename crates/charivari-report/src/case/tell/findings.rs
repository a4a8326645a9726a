//! Each finding on a card: what was found, how sure, where it can be seen, and what else it could be.

use charivari_model::case::{Finding, Relation, Ruling};

use super::{Case, by, capped, words};
use crate::case::doc::{
    Block, Card, Column, Line, Place, Row, Section, Span, Table, joined, line, para,
};
use crate::{format, limits};

pub(super) fn section(case: &Case) -> Section {
    let mut blocks = vec![Block::Para(
        "hint",
        line![
            "Each finding is one sentence, with its measures, the rows of the evidence in which it can be \
             checked, and what else could explain it."
        ],
    )];
    let told = case.told();
    let accepted = told.iter().filter(|it| it.decision.ruling == Ruling::Accepted);
    let open = told.iter().filter(|it| it.decision.ruling == Ruling::Open);
    blocks.push(Block::Heading(None, "Accepted".to_owned()));
    let before = blocks.len();
    blocks.extend(accepted.map(|it| card(case, it)));
    if blocks.len() == before {
        blocks.push(Block::Para("empty", line!["No finding has been accepted yet."]));
    }
    blocks.push(Block::Heading(Some("undecided".to_owned()), "Not yet decided".to_owned()));
    let before = blocks.len();
    blocks.extend(open.map(|it| card(case, it)));
    if blocks.len() == before {
        blocks.push(Block::Para("empty", line!["Every finding shown has been decided on."]));
    }
    let total = case.findings.len() as u64 + case.dossier.left.findings;
    blocks.extend(capped(told.len(), total, "findings").map(|it| Block::Para("more", it)));
    if !case.rejected.is_empty() {
        blocks.push(Block::Heading(None, "Rejected".to_owned()));
        let shown = case.rejected.iter().take(limits::CASE_REJECTED);
        blocks.extend(shown.map(|it| card(case, it)));
        let (shown, total) = (limits::CASE_REJECTED, case.rejected.len() as u64);
        blocks.extend(capped(shown, total, "rejected findings").map(|it| Block::Para("more", it)));
    }
    Section { id: "findings", title: "Key findings", short: "Findings", blocks }
}

fn card(case: &Case, finding: &Finding) -> Block {
    let mut title = line![Span::Strong(finding.id.to_string()), " "];
    title.push(Span::Name(finding.subject.clone()));
    title.extend(line![" ", words::ruling(finding.decision.ruling)]);
    let mut blocks = vec![
        Block::Para("meta", meta(finding)),
        Block::Para("story", line![Span::Text(finding.statement.clone())]),
        para(line![words::confidence(finding.confidence)]),
    ];
    if !finding.measures.is_empty() {
        blocks.push(Block::Facts(measures(finding)));
    }
    blocks.extend(super::beside::blocks(finding));
    blocks.push(innocent(finding));
    let relations = relations(case, finding);
    if !relations.is_empty() {
        blocks.push(Block::List("relations", relations));
    }
    blocks.extend(decision(finding));
    blocks.extend(techniques(finding));
    blocks.extend(evidence(finding));
    blocks.extend(accounts(finding));
    Block::Card(Card { id: finding.id.to_string(), title, blocks })
}

/// The kind, the run and the period.
fn meta(finding: &Finding) -> Line {
    let mut told = line![words::kind(&finding.kind), ", found by ", finding.run];
    if let Some(period) = finding.period {
        told.push(Span::from(", "));
        told.extend(words::period(period));
        told.push(Span::from(" UTC"));
    }
    if !finding.tables.is_empty() {
        told.push(Span::from("; stands in "));
        let names = finding.tables.iter().take(8).map(|name| line![Span::File(name.clone())]);
        told.extend(joined(names, ", "));
    }
    told
}

fn measures(finding: &Finding) -> Vec<(String, Line)> {
    let shown = finding.measures.iter().take(limits::CASE_MEASURES);
    shown
        .map(|it| {
            // A name of a measure is a word of an analyser; what it is not cannot stand as ours.
            let is_word = |c: char| c.is_alphanumeric() || " -_/%().,'".contains(c);
            let name: String = it.name.chars().filter(|c| is_word(*c)).take(60).collect();
            (name, words::measure(it))
        })
        .collect()
}

fn innocent(finding: &Finding) -> Block {
    let reasons: Vec<Line> =
        finding.innocent.iter().take(12).map(|it| line![Span::Text(it.clone())]).collect();
    let blocks = if reasons.is_empty() {
        vec![para(line!["None is recorded. That is a gap in the finding, not a sign of guilt."])]
    } else {
        vec![Block::List("", reasons)]
    };
    Block::Frame("Innocent explanations".to_owned(), blocks)
}

/// Claims and other records that speak for or against it.
fn relations(case: &Case, finding: &Finding) -> Vec<Line> {
    let links = case.dossier.links.iter();
    let mut told: Vec<Line> = links
        .filter(|it| it.to == finding.id || it.from == finding.id)
        .take(limits::CASE_RELATIONS)
        .map(|it| relation(it.from == finding.id, it))
        .collect();
    let checks = case.dossier.checks.iter().filter(|check| {
        matches!(&check.against, charivari_model::case::Subject::Finding { id } if *id == finding.id)
    });
    told.extend(checks.take(limits::CASE_RELATIONS).map(|check| {
        line![
            words::verdict(check.verdict),
            " ",
            check.claim,
            ": ",
            Span::Text(check.sentence.clone())
        ]
    }));
    told
}

/// One link, seen from the record that it starts from or leads to.
pub(super) fn relation(outward: bool, link: &charivari_model::case::Link) -> Line {
    let other = if outward { link.to } else { link.from };
    let words = match (outward, link.relation) {
        (true, Relation::Supports) => "This speaks for ",
        (true, Relation::Contradicts) => "This speaks against ",
        (true, Relation::Denies) => "This denies ",
        (true, Relation::About) => "This is about ",
        (false, Relation::Supports) => "Supported by ",
        (false, Relation::Contradicts) => "Contradicted by ",
        (false, Relation::Denies) => "Denied in ",
        (false, Relation::About) => "Spoken of in ",
    };
    let mut told = line![words::relation(link.relation, outward), " ", words, other];
    if link.reason.is_empty() {
        told.push(Span::from("."));
    } else {
        told.extend(line![": ", Span::Text(link.reason.clone())]);
    }
    told
}

fn decision(finding: &Finding) -> Option<Block> {
    let decision = &finding.decision;
    let time = decision.time?;
    let word = match decision.ruling {
        Ruling::Open => "Opened again on ",
        Ruling::Accepted => "Accepted on ",
        Ruling::Rejected => "Rejected on ",
    };
    let mut told = by(line![word, Span::Time(time)], &decision.by);
    if decision.reason.is_empty() {
        told.push(Span::from("."));
    } else {
        told.extend(line![": ", Span::Text(decision.reason.clone())]);
    }
    Some(Block::Para("hint", told))
}

fn techniques(finding: &Finding) -> Option<Block> {
    let names = finding.techniques.iter().take(12).map(|it| {
        let code = format!("{} {}", it.technique.framework().title(), it.technique.id());
        let link = Span::Jump(super::techniques::id(&it.technique), code);
        line![link, " ", Span::Name(it.name.clone())]
    });
    let mut told = line!["Techniques: "];
    told.extend(joined(names, "; "));
    (!finding.techniques.is_empty()).then_some(Block::Para("hint", told))
}

/// The rows in which it can be seen.
fn evidence(finding: &Finding) -> Vec<Block> {
    let shown = finding.evidence.len().min(limits::CASE_PLACES);
    let total = finding.evidence.len() as u64 + finding.evidence_left_out;
    if total == 0 {
        return vec![Block::Para("more", line!["No place in the evidence is recorded."])];
    }
    let places = finding.evidence.iter().take(shown).map(|locator| {
        let time = locator.time.map_or_else(Line::new, |time| line![Span::Time(time), " "]);
        let account = locator.account.as_ref().map(|it| Span::Name(it.clone()));
        Place {
            head: time.into_iter().chain(account).collect(),
            words: Some(locator.excerpt.clone()).filter(|it| !it.is_empty()),
            source: words::place(locator),
        }
    });
    let mut blocks = vec![Block::Places(places.collect())];
    blocks.extend(capped(shown, total, "places").map(|it| Block::Para("more", it)));
    vec![Block::Fold(
        format!("Where it can be seen: {}", format::count(total, "place", "places")),
        blocks,
    )]
}

fn accounts(finding: &Finding) -> Option<Block> {
    let total = finding.accounts.len();
    let shown = finding.accounts.iter().take(limits::CASE_ACCOUNTS);
    let has_policy = finding.accounts.iter().any(|it| it.policy.is_some());
    let has_handles = finding.accounts.iter().any(|it| it.handle.is_some() || it.name.is_some());
    let rows: Vec<Row> = shown
        .map(|it| {
            let mut cells = Vec::new();
            if has_handles {
                let handle = it.handle.as_ref().unwrap_or(&it.key);
                let mut who = line![Span::Name(handle.clone())];
                if let Some(name) = &it.name {
                    who.extend(line![" · ", Span::Name(name.clone())]);
                }
                cells.push(who);
                cells.push(line![Span::Code(it.key.clone())]);
            } else {
                cells.push(line![Span::Name(it.key.clone())]);
            }
            cells.push(line![Span::Text(it.why.clone())]);
            if has_policy {
                let policy = it.policy.as_ref().map(|it| Span::Text(it.clone()));
                cells.push(policy.into_iter().collect());
            }
            Row { id: None, cells }
        })
        .collect();
    let column = |title, class| Column { title, class };
    let mut columns = vec![column("Account", "")];
    columns.extend(has_handles.then(|| column("Key", "")));
    columns.push(column("Why it is spoken of", "prose"));
    columns.extend(has_policy.then(|| column("Policy touched", "prose")));
    let caption = format!("Accounts that {} speaks of", finding.id);
    let heading = match total {
        1 => "The account".to_owned(),
        _ => format!("The {}", format::count(total as u64, "account", "accounts")),
    };
    let mut blocks = vec![Block::Table(Table { caption, columns, rows })];
    let more = capped(total.min(limits::CASE_ACCOUNTS), total as u64, "accounts");
    blocks.extend(more.map(|it| Block::Para("more", it)));
    (total > 0).then_some(Block::Fold(heading, blocks))
}

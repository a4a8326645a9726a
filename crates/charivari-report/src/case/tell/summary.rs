//! What the case comes to, in the words of ICD 203: how probable, and apart from it how well founded.

use charivari_model::Likelihood;
use charivari_model::case::{Assessment, Hypothesis, Relation, Ruling};

use super::{Case, words};
use crate::case::doc::{Block, Figure, Line, Section, Span, line, para};
use crate::{format, limits};

pub(super) fn section(case: &Case) -> Section {
    let mut blocks = Vec::new();
    let question = &case.dossier.head.question;
    if !question.is_empty() {
        blocks.push(Block::Para("question", line!["The question: ", Span::Text(question.clone())]));
    }
    blocks.extend(who(case));
    blocks.extend(findings(case));
    blocks.push(Block::Figures(figures(case)));
    blocks.push(Block::Frame(
        "How to read this report".to_owned(),
        vec![Block::List(
            "",
            vec![
                line![
                    "How probable something is, and how good the basis for saying so is, are two things. \
                     They are told in sentences of their own, in the words of ICD 203."
                ],
                line![
                    "Acting together is not guilt. Every finding names innocent explanations, and a \
                     finding that nobody has decided on says so."
                ],
                line![
                    "A letter and a number, such as F1, C1 or E1, lead to a finding, a claim or an input \
                     file, and from a finding to the rows in which it can be checked."
                ],
            ],
        )],
    ));
    Section { id: "summary", title: "Summary", short: "Summary", blocks }
}

/// The answer to "who?", or that there is none.
fn who(case: &Case) -> Vec<Block> {
    let Some(assessment) = &case.dossier.assessment else {
        let told = line![Span::from("Who is behind it was not assessed.")];
        return vec![Block::Para("lead", told)];
    };
    let Some(best) = likeliest(assessment) else { return Vec::new() };
    // What leads without being likely must not stand there as an answer.
    let head = if best.likelihood < Likelihood::RoughlyEvenChance {
        "No answer is likely on this evidence. Of those weighed, the most probable: "
    } else {
        ""
    };
    let mut told = line![head, format!("{} ", judged(best.likelihood))];
    told.extend(line![Span::Text(best.title.clone()), " (", best.id, ")"]);
    let mut basis = line![words::confidence(assessment.confidence), " "];
    basis.push(Span::Text(assessment.basis.clone()));
    basis.extend(line![" ", Span::Jump("assessment".to_owned(), "All hypotheses".to_owned()), "."]);
    vec![Block::Para("lead", told), para(basis)]
}

/// The hypothesis that is most probable; of equals the first.
fn likeliest(assessment: &Assessment) -> Option<&Hypothesis> {
    let number = |it: &&Hypothesis| if it.probability.is_finite() { it.probability } else { 0.0 };
    assessment.hypotheses.iter().rev().max_by(|a, b| number(a).total_cmp(&number(b)))
}

/// `It is very likely (80 to 95 %) that this holds:`.
pub(super) fn judged(likelihood: Likelihood) -> String {
    let (least, most) = likelihood.range();
    let word = likelihood.word();
    match likelihood {
        Likelihood::AlmostNoChance => {
            format!("There is {word} ({least} to {most} %) that this holds:")
        }
        Likelihood::RoughlyEvenChance => {
            format!("There is a {word} ({least} to {most} %) that this holds:")
        }
        _ => format!("It is {word} ({least} to {most} %) that this holds:"),
    }
}

/// The accepted findings in a sentence each.
fn findings(case: &Case) -> Vec<Block> {
    let accepted: Vec<Line> = case
        .with(Ruling::Accepted)
        .take(limits::CASE_SUMMARY)
        .map(|it| {
            let grade = format!(" Confidence is {}.", it.confidence);
            line![it.id, " ", Span::Text(it.statement.clone()), grade]
        })
        .collect();
    if accepted.is_empty() {
        let open = case.with(Ruling::Open).count();
        let told = if open == 0 {
            "No finding is recorded in this case."
        } else {
            "No finding has been accepted yet: nothing in this report stands so far."
        };
        return vec![para(line![told])];
    }
    let (shown, total) = (accepted.len(), case.with(Ruling::Accepted).count() as u64);
    let mut blocks = vec![
        para(line!["What was found and accepted by an analyst:"]),
        Block::List("points", accepted),
    ];
    if let Some(rest) = super::capped(shown, total, "accepted findings") {
        blocks.push(Block::Para("more", rest));
    }
    blocks
}

/// How much there is, each number with the place where it is told.
fn figures(case: &Case) -> Vec<Figure> {
    let (dossier, left) = (case.dossier, &case.dossier.left);
    let figure = |number: u64, label: &str, note: String, to: &str| Figure {
        number: format::number(number),
        label: label.to_owned(),
        note,
        to: to.to_owned(),
    };
    let accepted = case.with(Ruling::Accepted).count() as u64;
    let open = case.with(Ruling::Open).count() as u64;
    let stand = case.findings.len() as u64 + left.findings;
    let denials = dossier.links.iter().filter(|it| it.relation == Relation::Denies).count() as u64;
    let mut origins: Vec<_> = dossier.claims.iter().map(|it| case.origin(it)).collect();
    origins.sort_unstable();
    origins.dedup();
    let claims = dossier.claims.len() as u64 + left.claims;
    let apart = format!("{} said independently", format::number(origins.len() as u64));
    let denied = format!("{apart}, {}", format::count(denials, "denial", "denials"));
    let sensitive = dossier.evidence.iter().filter(|it| it.sensitive).count() as u64;
    let held = match sensitive {
        0 => "known by digest".to_owned(),
        count => format!("{} with victims' data", format::number(count)),
    };
    vec![
        figure(accepted, "findings accepted", format!("of {}", format::number(stand)), "findings"),
        figure(open, "not yet decided", "marked as open".to_owned(), "undecided"),
        figure(claims, "claims", denied, "claims"),
        figure(dossier.evidence.len() as u64 + left.evidence, "input files", held, "evidence"),
        figure(
            dossier.runs.iter().filter(|it| it.superseded_by.is_none()).count() as u64,
            "analyses",
            "with their parameters".to_owned(),
            "method",
        ),
    ]
}

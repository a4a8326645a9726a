//! Runs and findings of the invented case, with a network that is drawn.

use charivari_model::case::{
    Account, Assessment, Decision, Finding, Hypothesis, Kind, Locator, Measure, Method, Picture,
    PictureEdge, PictureGroup, PictureNode, Ref, Ruling, Run, Table, Tagged,
};
use charivari_model::{Confidence, Likelihood};

use super::at;

/// A post that attacks whoever looks at it.
pub(crate) const HOSTILE: &str =
    "Read </bdi><script>alert(1)</script> at https://drop.example/leak.csv \u{202e}now\u{1b}[2J";

fn handle(index: usize) -> String {
    match index % 3 {
        0 => format!("kettle_watch_{index}"),
        1 => format!("lantern_fan_{index:02}"),
        _ => format!("CopperPot{index}"),
    }
}

fn key(index: usize) -> String {
    format!("x:90071992547{index:05}")
}

fn account(index: usize) -> Account {
    Account {
        key: key(index),
        handle: Some(handle(index)),
        name: Some(format!("Berta Quent {index}")),
        why: format!("It posted the same line as {} others within a minute.", 7 + index % 5),
        policy: Some("coordinated inauthentic behaviour".to_owned()),
    }
}

pub(crate) fn locator(evidence: u64, row: u64, index: usize, words: &str) -> Locator {
    Locator {
        evidence: Ref::new(Kind::Evidence, evidence),
        part: None,
        row,
        post: Some(format!("161099887766{row:06}")),
        account: Some(key(index)),
        time: Some(at(2 * 86_400 + i64::try_from(row).unwrap() * 17)),
        excerpt: words.to_owned(),
    }
}

fn tagged(technique: &str, name: &str, why: &str) -> Tagged {
    Tagged { technique: technique.parse().unwrap(), name: name.to_owned(), why: why.to_owned() }
}

pub(crate) fn finding(
    number: u64,
    run: u64,
    kind: &str,
    subject: &str,
    statement: &str,
) -> Finding {
    Finding {
        id: Ref::new(Kind::Finding, number),
        run: Ref::new(Kind::Run, run),
        kind: kind.to_owned(),
        subject: subject.to_owned(),
        statement: statement.to_owned(),
        measures: vec![],
        confidence: Confidence::Moderate,
        evidence: vec![],
        evidence_left_out: 0,
        accounts: vec![],
        techniques: vec![],
        observed: None,
        beside: Vec::new(),
        innocent: vec!["Readers of one newsletter post its line when it arrives.".to_owned()],
        tables: vec!["groups.csv".to_owned(), "edges.csv".to_owned()],
        period: None,
        decision: Decision::default(),
        superseded_by: None,
    }
}

fn decided(ruling: Ruling, reason: &str) -> Decision {
    Decision {
        ruling,
        reason: reason.to_owned(),
        by: "Ines Quill".to_owned(),
        time: Some(at(12 * 86_400)),
    }
}

fn share(name: &str, value: f64, least: f64, most: f64) -> Measure {
    Measure {
        name: name.to_owned(),
        value,
        unit: String::new(),
        interval: Some((least, most)),
        interval_is: "95 % confidence".to_owned(),
    }
}

#[allow(clippy::too_many_lines, reason = "one story, told in one go")]
pub(crate) fn findings() -> Vec<Finding> {
    let mut first = finding(
        1,
        1,
        "coordination.group",
        "group 1",
        "18 accounts posted one line within a minute of each other, 41 times, more often than chance explains.",
    );
    first.measures = vec![
        Measure::count("accounts", 18, "accounts"),
        Measure::count("objects", 41, "objects"),
        share("density", 0.73, 0.66, 0.79),
    ];
    first.confidence = Confidence::High;
    first.accounts = (0..18).map(account).collect();
    let words = [
        "The kettle sings tonight and nobody in the harbour will sleep",
        HOSTILE,
        "List! List! All names of the Gazette are out now",
    ];
    first.evidence =
        (0..16).map(|row| locator(1, 100 + row, row as usize, words[row as usize % 3])).collect();
    first.evidence_left_out = 1_204;
    first.techniques = vec![
        tagged(
            "disarm:T0049.003",
            "Bots Amplify via Automated Forwarding and Reposting",
            "One line was posted by many within a minute.",
        ),
        tagged(
            "disarm:T0090.004",
            "Create Sockpuppet Accounts",
            "The accounts were made within two days.",
        ),
    ];
    first.innocent.push("A share button offers everybody the same words.".to_owned());
    first.period = Some((at(2 * 86_400), at(4 * 86_400)));
    first.decision = decided(Ruling::Accepted, "Two of us read forty of the posts.");
    let mut second = finding(
        2,
        1,
        "coordination.group",
        "group 2",
        "11 accounts answered the same posts in the same order; @lantern_fan_07 was first in 9 of 12 cases.",
    );
    second.measures =
        vec![Measure::count("accounts", 11, "accounts"), share("density", 0.41, 0.3, 0.52)];
    second.accounts = (18..29).map(account).collect();
    second.evidence = (0..5).map(|row| locator(2, 40 + row, 18 + row as usize, words[0])).collect();
    second.techniques = vec![tagged(
        "disarm:T0049.003",
        "Bots Amplify via Automated Forwarding and Reposting",
        "The same order of answers.",
    )];
    second.period = Some((at(3 * 86_400), at(6 * 86_400)));
    let mut third = finding(
        3,
        2,
        "identity.impersonation",
        "gazette_official",
        "The account gazette_official bears the name and the picture of the Kettle Gazette and is not its own.",
    );
    third.accounts = vec![Account {
        key: "x:777000111222".to_owned(),
        handle: Some("gazette_official".to_owned()),
        name: Some("Kettle Gazette".to_owned()),
        why: "It copies the picture of the publisher.".to_owned(),
        policy: Some("impersonation".to_owned()),
    }];
    third.evidence = vec![Locator {
        account: Some("gazette_official".to_owned()),
        ..locator(1, 2_001, 90, "We confirm that all names are out")
    }];
    third.techniques = vec![
        tagged("disarm:T0097.202", "News Outlet Persona", "It speaks as a newspaper."),
        tagged(
            "attack:T1585.001",
            "Establish Accounts: Social Media Accounts",
            "An account was made for it.",
        ),
    ];
    third.confidence = Confidence::High;
    third.decision = decided(Ruling::Accepted, "The publisher says that it is not theirs.");
    let mut fourth = finding(
        4,
        1,
        "coordination.group",
        "group 3",
        "Four newsrooms post the same stories; they do so openly.",
    );
    fourth.decision = decided(Ruling::Rejected, "These are the outlets of one publisher.");
    let mut fifth = finding(
        5,
        3,
        "leak.volume",
        "the sample",
        "The numbers in the sample fit a list of 195,000 to 231,000 subscribers, last changed in September 2022.",
    );
    fifth.measures = vec![Measure {
        name: "subscribers".to_owned(),
        value: 212_000.0,
        unit: "customers".to_owned(),
        interval: Some((195_000.0, 231_000.0)),
        interval_is: "95 % interval".to_owned(),
    }];
    fifth.evidence = vec![Locator {
        post: None,
        account: None,
        time: None,
        part: Some("sheet 1".to_owned()),
        ..locator(3, 1, 0, "")
    }];
    fifth.confidence = Confidence::Low;
    fifth.innocent.clear();
    vec![first, second, third, fourth, fifth]
}

fn run(number: u64, command: &str, inputs: &[u64]) -> Run {
    Run {
        id: Ref::new(Kind::Run, number),
        command: command.to_owned(),
        parameters: vec![
            ("window".to_owned(), "60 s".to_owned()),
            ("background".to_owned(), "/home/ines/cases/ordinary.json".to_owned()),
        ],
        tool: "charivari 0.1.0".to_owned(),
        inputs: inputs.iter().map(|it| Ref::new(Kind::Evidence, *it)).collect(),
        time: at(11 * 86_400),
        by: "Ines Quill".to_owned(),
        method: Method {
            steps: vec![
                "Two posts on one object within the window are an act.".to_owned(),
                "Every pair is held against chance.".to_owned(),
            ],
            limits: vec![
                "Whoever waits longer than the window is not seen.".to_owned(),
                format!("Method {number} says nothing about intent."),
            ],
        },
        tables: vec![
            Table {
                name: "groups.csv".to_owned(),
                title: "One row a group.".to_owned(),
                sha256: "a1".repeat(32),
                bytes: 2_048,
                rows: 3,
            },
            Table {
                name: "edges.csv".to_owned(),
                title: "One row a pair of accounts.".to_owned(),
                sha256: "b2".repeat(32),
                bytes: 90_000,
                rows: 1_204,
            },
        ],
        picture: None,
        superseded_by: None,
    }
}

pub(crate) fn runs() -> Vec<Run> {
    let mut first = run(1, "coordinate", &[1, 2]);
    first.picture = Some(picture());
    vec![first, run(2, "identity", &[1]), run(3, "leak", &[3])]
}

/// Two groups of accounts around two places, some others between, and a newsroom.
fn picture() -> Picture {
    let sizes = [18_usize, 11, 4, 9];
    let centres = [(-3.0, 0.4), (3.2, -0.6), (0.4, 3.0), (0.0, -0.4)];
    let (mut nodes, mut edges) = (Vec::new(), Vec::new());
    for (place, (&size, (x, y))) in sizes.iter().zip(centres).enumerate() {
        let first = nodes.len();
        for member in 0..size {
            let index = first + member;
            let turn = member as f64 * 2.399_963;
            let far = 0.35 * (member as f64 + 0.5).sqrt();
            nodes.push(PictureNode {
                key: key(index),
                label: handle(index),
                x: x + far * turn.cos() * if place == 3 { 3.4 } else { 1.0 },
                y: y + far * turn.sin(),
                size: (size - member) as f64,
                group: (place < 3).then_some(place as u32 + 1),
                open: place == 2,
            });
            for back in [1, 2, 5] {
                if member >= back && (place < 3 || back == 5) {
                    edges.push(PictureEdge {
                        source: index as u32,
                        target: (index - back) as u32,
                        weight: (1 + (index * back) % 9) as f64,
                        significant: place < 3,
                    });
                }
            }
        }
    }
    for (source, target) in [(0, 33), (4, 36), (18, 34), (20, 37), (35, 30)] {
        edges.push(PictureEdge { source, target, weight: 1.0, significant: false });
    }
    let groups = [(1_u32, 18_u64, false, 19_usize), (2, 11, false, 9), (3, 4, true, 6)];
    Picture {
        places: Vec::new(),
        nodes,
        edges,
        nodes_total: 1_204,
        edges_total: 3_310,
        groups: groups
            .map(|(number, accounts, open, peak)| group(number, accounts, open, peak))
            .into(),
        days: (0..14)
            .map(|day| (at(day * 86_400), 400 + (day.unsigned_abs() * 137) % 310))
            .collect(),
    }
}

fn group(number: u32, accounts: u64, open: bool, peak: usize) -> PictureGroup {
    let hours = (0..7).map(|day| {
        let mut hours = [0_u64; 24];
        for (hour, count) in hours.iter_mut().enumerate() {
            let far = hour.abs_diff(peak).min(24 - hour.abs_diff(peak)) as u64;
            *count = if day > 4 && number == 2 {
                0
            } else {
                9_u64.saturating_sub(far * 2) * accounts / 4
            };
        }
        hours
    });
    let activity = (24..140).filter(|hour| (hour * 7) % 5 < 3).map(|hour: i64| {
        let near = (hour - 66 - 8 * i64::from(number)).unsigned_abs();
        (at(hour * 3_600), 60_u64.saturating_sub(near * 3) + 2)
    });
    PictureGroup {
        number,
        name: format!("group {number}"),
        open,
        accounts,
        hours: hours.collect(),
        activity: activity.collect(),
    }
}

pub(crate) fn assessment() -> Assessment {
    let finding = |n| Ref::new(Kind::Finding, n);
    let claim = |n| Ref::new(Kind::Claim, n);
    let one =
        |number, title: &str, probability: f64, supports: &[Ref], contradicts: &[Ref]| Hypothesis {
            id: Ref::new(Kind::Hypothesis, number),
            title: title.to_owned(),
            likelihood: Likelihood::of(probability).unwrap(),
            probability,
            supports: supports.to_vec(),
            contradicts: contradicts.to_vec(),
        };
    Assessment {
        hypotheses: vec![
            one(
                1,
                "A crew with an order spread the list, and the seller is part of it.",
                0.84,
                &[finding(1), finding(3), claim(4)],
                &[claim(5)],
            ),
            one(
                2,
                "A seller spread it alone, and the crowd is a bought one.",
                0.12,
                &[finding(1), finding(2)],
                &[finding(3)],
            ),
            one(
                3,
                "Angry readers found the list and posted it.",
                0.03,
                &[],
                &[finding(1), finding(3)],
            ),
            one(4, "Something else that nobody thought of.", 0.01, &[], &[]),
        ],
        confidence: Confidence::Moderate,
        basis:
            "Two kinds of evidence agree; the platform did not confirm who registered the accounts."
                .to_owned(),
        would_change: vec![
            "The registration data of the accounts.".to_owned(),
            "A second sample with newer lines.".to_owned(),
        ],
        passages: vec![],
        weighed: vec![],
        run: Ref::new(Kind::Run, 1),
    }
}

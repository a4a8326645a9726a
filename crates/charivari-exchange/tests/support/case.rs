//! An invented case with hostile strings in every place that data can reach.

use charivari_model::case::{
    Account, Actor, Alias, Assessment, Check, Claim, Custody, Decision, Dossier, Event, Evidence,
    Finding, Head, Hypothesis, Kind, Left, Link, Locator, Measure, Method, Note, Quantity, Rate,
    Ref, Relation, Ruling, Run, Subject, Tagged, Verdict,
};
use charivari_model::{Confidence, Grade, Likelihood, Timestamp, Tlp, When};

/// HTML, a link, a line break, a change of direction and an escape sequence.
pub(crate) const HOSTILE: &str =
    "<script>alert(1)</script> [x](https://evil.example.org/a)\n\u{202e}drow\u{1b}[31m";
/// What a spreadsheet would run.
pub(crate) const FORMULA: &str = "=HYPERLINK(\"https://evil.example.org\",\"win\")";

fn r(text: &str) -> Ref {
    text.parse().unwrap()
}

fn at(text: &str) -> Timestamp {
    When::parse(text).unwrap().from
}

fn grade(text: &str) -> Grade {
    text.parse().unwrap()
}

fn tagged(technique: &str, name: &str, why: &str) -> Tagged {
    Tagged { technique: technique.parse().unwrap(), name: name.to_owned(), why: why.to_owned() }
}

fn texts(all: &[&str]) -> Vec<String> {
    all.iter().map(|text| (*text).to_owned()).collect()
}

fn account(key: &str, handle: Option<&str>, name: Option<&str>, why: &str) -> Account {
    Account {
        key: key.to_owned(),
        handle: handle.map(str::to_owned),
        name: name.map(str::to_owned),
        why: why.to_owned(),
        policy: Some("coordinated inauthentic behaviour".to_owned()),
    }
}

fn locator(
    row: u64,
    post: Option<&str>,
    account: Option<&str>,
    time: Option<&str>,
    excerpt: &str,
) -> Locator {
    Locator {
        evidence: r("E1"),
        part: (row == 3).then(|| "inner/posts.json".to_owned()),
        row,
        post: post.map(str::to_owned),
        account: account.map(str::to_owned),
        time: time.map(at),
        excerpt: excerpt.to_owned(),
    }
}

fn evidence() -> Vec<Evidence> {
    let one = |number, name: &str, digit: &str, custody, sensitive, tlp| Evidence {
        id: Ref::new(Kind::Evidence, number),
        name: name.to_owned(),
        sha256: digit.repeat(64),
        bytes: 4_096 * number,
        source: "export by the newsroom of The Lantern".to_owned(),
        collector: Some("R. Okonjo".to_owned()),
        collected: Some(When::parse("2026-01-08").unwrap()),
        added: at("2026-01-09T09:00:00Z"),
        added_by: "R. Okonjo".to_owned(),
        grade: grade("B2"),
        tlp,
        sensitive,
        custody,
        note: None,
    };
    let place = "safe 3, drawer 2, never to be told".to_owned();
    vec![
        one(1, "posts.jsonl", "a", Custody::Kept, false, Tlp::Amber),
        one(2, "sample.csv", "b", Custody::HeldElsewhere { place }, true, Tlp::Red),
    ]
}

fn decision(ruling: Ruling) -> Decision {
    match ruling {
        Ruling::Open => Decision::default(),
        _ => Decision {
            ruling,
            reason: "looked at all posts by hand".to_owned(),
            by: "R. Okonjo".to_owned(),
            time: Some(at("2026-01-11T10:00:00Z")),
        },
    }
}

fn finding(number: u64, ruling: Ruling, statement: &str) -> Finding {
    Finding {
        id: Ref::new(Kind::Finding, number),
        run: r("R1"),
        kind: "coordination.group".to_owned(),
        subject: format!("group {number}"),
        statement: statement.to_owned(),
        measures: vec![
            Measure::count("accounts", 3, "accounts"),
            Measure {
                name: "false discovery rate".to_owned(),
                value: 0.002,
                unit: String::new(),
                interval: Some((0.0004, 0.009)),
                interval_is: "95 % confidence".to_owned(),
            },
        ],
        confidence: Confidence::Moderate,
        evidence: Vec::new(),
        evidence_left_out: 0,
        accounts: Vec::new(),
        techniques: Vec::new(),
        observed: None,
        beside: Vec::new(),
        innocent: texts(&["They are members of one fan club.", "They all repost one news desk."]),
        tables: texts(&["edges.csv"]),
        period: Some((at("2026-01-04T08:00:00Z"), at("2026-01-06T21:30:00.5Z"))),
        decision: decision(ruling),
        superseded_by: None,
    }
}

fn findings() -> Vec<Finding> {
    let mut group =
        finding(1, Ruling::Accepted, "Three accounts posted the same links within 60 s.");
    group.evidence = vec![
        locator(
            1,
            Some("1700000000000000001"),
            Some("x:100"),
            Some("2026-01-04T08:00:00Z"),
            HOSTILE,
        ),
        locator(
            2,
            Some("1700000000000000002"),
            Some("x:101"),
            Some("2026-01-04T08:00:12.25Z"),
            FORMULA,
        ),
        locator(
            3,
            Some("77"),
            Some("telegram:lantern_leaks"),
            Some("2026-01-04T08:01:00Z"),
            "Read it at https://leak.example.org",
        ),
        locator(4, None, None, None, ""),
    ];
    group.evidence_left_out = 12;
    group.accounts = vec![
        account("x:100", Some("asha_b"), Some(HOSTILE), "It posted first 14 times."),
        account("x:101", Some("=cmd|'/c calc'!A0"), Some("@SUM(A1)"), FORMULA),
        account("telegram:lantern_leaks", Some("lantern_leaks"), None, "It posted the file."),
    ];
    group.techniques = vec![
        tagged("disarm:T0049", "Flood Information Space", "Many accounts posted one link."),
        tagged("attack:T1585.001", "Social Media Accounts", "The accounts were made for this."),
    ];
    let mut second = finding(2, Ruling::Accepted, HOSTILE);
    second.confidence = Confidence::High;
    second.accounts = vec![
        account("x:100", Some("asha_b"), None, "It used the stolen picture."),
        account("mastodon:9", None, None, &"long ".repeat(300)),
        account("-12", None, None, "The export names no platform."),
    ];
    second.techniques = vec![tagged("disarm:T0049", "Flood Information Space", "\"quoted\"")];
    second.evidence =
        vec![Locator { evidence: r("E2"), ..locator(9, None, Some("x:100"), None, "") }];
    let mut open = finding(3, Ruling::Open, "Five accounts were made within one hour.");
    open.accounts = vec![account("x:200", Some("open_one"), None, "It was made at 12:03.")];
    open.techniques = vec![tagged("disarm:T0090.001", "Create Anonymous Accounts", "No name.")];
    let mut rejected = finding(4, Ruling::Rejected, "REJECTED-SENTENCE about a choir.");
    rejected.accounts = vec![account("x:300", Some("choir_rejected"), None, "It sings.")];
    let mut old = finding(5, Ruling::Accepted, "SUPERSEDED-SENTENCE of an older run.");
    old.superseded_by = Some(r("F1"));
    vec![group, second, open, rejected, old]
}

fn runs() -> Vec<Run> {
    vec![Run {
        id: r("R1"),
        command: "coordinate".to_owned(),
        parameters: vec![("window".to_owned(), "60".to_owned())],
        tool: "charivari 0.1.0".to_owned(),
        inputs: vec![r("E1")],
        time: at("2026-01-10T12:00:00Z"),
        by: "R. Okonjo".to_owned(),
        method: Method {
            steps: texts(&["Links posted by two accounts within 60 s were counted."]),
            limits: texts(&["Deleted posts are not in the export."]),
        },
        tables: Vec::new(),
        picture: None,
        superseded_by: None,
    }]
}

fn claim(number: u64, who: &str, when: &str, gist: &str, verbatim: &str) -> Claim {
    Claim {
        id: Ref::new(Kind::Claim, number),
        who: who.to_owned(),
        when: When::parse(when).unwrap(),
        place: "a forum, https://forum.example.net/t/1".to_owned(),
        verbatim: verbatim.to_owned(),
        gist: gist.to_owned(),
        about: "the data".to_owned(),
        quantities: vec![Quantity {
            least: 120_000.0,
            most: None,
            value: 120_000.0,
            unit: "subscribers".to_owned(),
            words: "more than 120,000".to_owned(),
            worth_of: None,
        }],
        repeats: None,
        grade: grade("E3"),
        tlp: Tlp::Green,
        added: at("2026-01-09T10:00:00Z"),
        added_by: "R. Okonjo".to_owned(),
    }
}

fn claims() -> Vec<Claim> {
    let mut repeated = claim(2, "The Evening Ledger", "2026-01-05", "says it too", "");
    repeated.repeats = Some(r("C1"));
    vec![
        claim(1, "Night Heron", "2026-01-04T15:00 Europe/Paris", "offers 120,000 records", HOSTILE),
        repeated,
        claim(3, "Ministry of Tides", "2026-01-06", FORMULA, "We have nothing to do with it."),
    ]
}

fn actor(number: u64, name: &str, what: &str) -> Actor {
    Actor {
        id: Ref::new(Kind::Actor, number),
        name: name.to_owned(),
        what: what.to_owned(),
        aliases: vec![Alias {
            name: format!("{name} Two"),
            source: "a vendor".to_owned(),
            since: Some(When::parse("2025").unwrap()),
        }],
        text: "It sold the sample.".to_owned(),
        ground: "its own words".to_owned(),
        reply: String::new(),
        tlp: Tlp::Green,
        added: at("2026-01-09T11:00:00Z"),
        added_by: "R. Okonjo".to_owned(),
    }
}

fn hypothesis(number: u64, title: &str, likelihood: Likelihood, probability: f64) -> Hypothesis {
    Hypothesis {
        id: Ref::new(Kind::Hypothesis, number),
        title: title.to_owned(),
        likelihood,
        probability,
        supports: vec![r("F1")],
        contradicts: vec![r("C3")],
    }
}

fn assessment() -> Assessment {
    Assessment {
        hypotheses: vec![
            hypothesis(1, "A group called Slow Tern ran it.", Likelihood::Likely, 0.7),
            hypothesis(2, "Someone who is not known ran it.", Likelihood::Unlikely, 0.2),
            hypothesis(3, "The sale and the posts are unrelated.", Likelihood::VeryUnlikely, 0.06),
            hypothesis(4, "Fans did it.", Likelihood::AlmostNoChance, 0.04),
        ],
        confidence: Confidence::Low,
        basis: "One source for the sale.".to_owned(),
        would_change: texts(&["The log of the shop."]),
        passages: Vec::new(),
        weighed: Vec::new(),
        run: r("R1"),
    }
}

fn link(from: &str, relation: Relation, to: &str) -> Link {
    Link {
        from: r(from),
        relation,
        to: r(to),
        reason: "the words are the same".to_owned(),
        added: at("2026-01-11T11:00:00Z"),
        added_by: "R. Okonjo".to_owned(),
    }
}

fn event(number: u64, when: &str, title: &str) -> Event {
    Event {
        id: Ref::new(Kind::Event, number),
        when: When::parse(when).unwrap(),
        title: title.to_owned(),
        text: HOSTILE.to_owned(),
        source: "The Lantern".to_owned(),
        tlp: Tlp::Clear,
        added: at("2026-01-09T12:00:00Z"),
        added_by: "R. Okonjo".to_owned(),
    }
}

fn head() -> Head {
    Head {
        uuid: "6f1c1f0a-3a56-4d0c-8a6e-0d5a3b1e2c4d".to_owned(),
        title: "The Lantern sale".to_owned(),
        question: "Who sold the records of The Lantern, and who spread the sale?".to_owned(),
        tlp: Tlp::Amber,
        opened: at("2026-01-09T08:00:00Z"),
        opened_by: "R. Okonjo".to_owned(),
        synthetic: Some("All of it was invented by the project.".to_owned()),
        schema: 1,
        log_entries: 41,
        log_head: "c".repeat(64),
        changed: at("2026-01-12T08:30:00.125Z"),
        signed: None,
        tool: "charivari 0.1.0".to_owned(),
    }
}

/// The case, with everything that an internal reader may see.
pub(crate) fn sample() -> Dossier {
    let note = |number, about: Option<&str>, text: &str| Note {
        id: Ref::new(Kind::Note, number),
        about: about.map(r),
        text: text.to_owned(),
        tlp: Tlp::Amber,
        added: at("2026-01-11T12:00:00Z"),
        added_by: "R. Okonjo".to_owned(),
    };
    Dossier {
        head: head(),
        evidence: evidence(),
        runs: runs(),
        findings: findings(),
        claims: claims(),
        checks: vec![Check {
            claim: r("C1"),
            words: "more than 120,000".to_owned(),
            against: Subject::Finding { id: r("F4") },
            verdict: Verdict::Differs,
            sentence: "CHECK-OF-REJECTED".to_owned(),
        }],
        links: vec![
            link("H1", Relation::About, "A2"),
            link("F1", Relation::Supports, "C1"),
            link("C3", Relation::Denies, "C1"),
            link("C3", Relation::Contradicts, "C1"),
            link("F4", Relation::Supports, "C1"),
        ],
        events: vec![
            event(1, "2026-01-02..2026-01-03", "The Lantern opens a contest."),
            event(2, "2026-01-03T18:00+01:00", "The Lantern opens a contest."),
        ],
        notes: vec![
            note(1, None, "Ask the print shop. `code` & *stars*"),
            note(2, Some("F4"), "NOTE-ON-REJECTED"),
            note(3, Some("F1"), HOSTILE),
        ],
        actors: vec![
            actor(1, "Night Heron", "persona"),
            actor(2, "Slow Tern", "threat-actor"),
            actor(3, "R. Okonjo", "person"),
            actor(4, "The Evening Ledger", "publication"),
        ],
        rates: vec![Rate {
            day: "2026-01-04".to_owned(),
            unit: "BTC".to_owned(),
            price_unit: "USD".to_owned(),
            price: 17_000.0,
            source: "an invented table".to_owned(),
        }],
        assessment: Some(assessment()),
        left: Left { notes: 3, ..Left::default() },
    }
}

/// The same case as the public may see it: pseudonyms, no words, no ids, whole hours.
pub(crate) fn public() -> Dossier {
    let mut dossier = sample();
    dossier.head.tlp = Tlp::Clear;
    for evidence in &mut dossier.evidence {
        evidence.tlp = Tlp::Clear;
    }
    dossier.notes.clear();
    for note in &mut dossier.claims {
        note.verbatim.clear();
        note.tlp = Tlp::Clear;
    }
    for actor in &mut dossier.actors {
        actor.tlp = Tlp::Clear;
    }
    let mut names = std::collections::BTreeMap::new();
    for finding in &mut dossier.findings {
        for account in &mut finding.accounts {
            let number = names.len() + 1;
            let number = *names.entry(account.key.clone()).or_insert(number);
            account.key = format!("account {number}");
            account.handle = None;
            account.name = None;
        }
        for place in &mut finding.evidence {
            place.post = None;
            place.excerpt.clear();
            place.account = place
                .account
                .as_ref()
                .and_then(|key| names.get(key).map(|number| format!("account {number}")));
            place.time = place
                .time
                .map(|time| Timestamp::from_seconds(time.seconds().div_euclid(3_600) * 3_600));
        }
    }
    dossier
}

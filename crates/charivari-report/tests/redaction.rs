//! What each level of redaction keeps to itself.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "helpers of tests are tests")]

use charivari_model::case::{Account, Custody, Dossier, Kind, Note, Ref};
use charivari_model::{Timestamp, Tlp};
use charivari_report::{
    CaseView, Error, Redacted, Redaction, case_json, case_markdown, redact, render_case,
};
use proptest::prelude::*;

mod dossier;

fn level(dossier: Dossier, level: Redaction) -> Redacted {
    redact(dossier, level).unwrap_or_else(|error| panic!("{error}"))
}

/// All three forms of a report, in lower case.
fn all_forms(redacted: &Redacted) -> [String; 3] {
    let view = CaseView { redacted, command_line: "charivari report --case /home/ines/kettle" };
    [render_case(&view).unwrap(), case_markdown(&view), case_json(&view).unwrap()]
        .map(|form| form.to_lowercase())
}

/// The sample with one sentence as the statement of its first finding.
fn stating(statement: &str, tlp: Tlp) -> Dossier {
    let mut dossier = dossier::dossier(tlp);
    statement.clone_into(&mut dossier.findings[0].statement);
    dossier
}

fn statement(text: &str, redaction: Redaction) -> String {
    let redacted = level(stating(text, Tlp::Clear), redaction);
    redacted.dossier().findings[0].statement.clone()
}

#[test]
fn a_marking_forbids_the_levels_that_would_break_it() {
    for (tlp, allowed) in [
        (Tlp::Clear, [true, true, true]),
        (Tlp::Green, [true, true, false]),
        (Tlp::Amber, [true, true, false]),
        (Tlp::AmberStrict, [true, false, false]),
        (Tlp::Red, [true, false, false]),
    ] {
        for (redaction, is_allowed) in Redaction::ALL.into_iter().zip(allowed) {
            match redact(dossier::dossier(tlp), redaction) {
                Ok(_) => assert!(is_allowed, "{tlp} {redaction}"),
                Err(error) => {
                    assert!(
                        !is_allowed && matches!(error, Error::Marking { .. }),
                        "{tlp} {redaction}"
                    );
                    let told = error.to_string();
                    assert!(
                        told.starts_with("E0351: expected") && told.contains(tlp.label()),
                        "{told}"
                    );
                }
            }
        }
    }
}

#[test]
fn levels_are_read_as_they_are_written() {
    for redaction in Redaction::ALL {
        assert_eq!(redaction.to_string().parse(), Ok(redaction));
    }
    assert!("secret".parse::<Redaction>().unwrap_err().contains("internal, partner or public"));
}

#[test]
fn texts_of_the_public_version_lose_what_leads_to_an_account_or_a_person() {
    for (name, text, shown) in [
        ("a handle", "kettle_watch_0 was first", "account 1 was first"),
        ("with its sign", "see @kettle_watch_0, twice", "see account 1, twice"),
        ("in capitals", "KETTLE_WATCH_0!", "account 1!"),
        ("with something unseen inside", "kettle\u{200b}_watch_0!", "account 1!"),
        ("inside a longer word", "xkettle_watch_0y", "xaccount 1y"),
        ("a key", "key x:9007199254700001.", "key account 2."),
        ("a native id", "id 9007199254700001", "id account 2"),
        ("a display name", "Berta Quent 3 says", "account 4 says"),
        ("after the same word", "the account lantern_fan_01 says", "the account 2 says"),
        ("an unknown handle", "see @nobody_knows.", "see [account]."),
        ("a post", "in 161099887766000100", "in [post]"),
        (
            "words of a post",
            "they wrote: the kettle SINGS tonight, and nobody in",
            "they wrote: [words of a post]",
        ),
        ("a link", "at (https://kettle.example/a?b=c), see", "at ([address removed]), see"),
        ("a bent link", "at hxxps://kettle[.]example/a", "at [address removed]"),
        ("a domain", "on kettle.example.", "on [address removed]."),
        ("an address of mail", "write to a.b@kettle.example", "write to [address removed]"),
        ("a number to call", "call +44 7700 900123 now", "call [number removed] now"),
        ("a local number", "call 555-0123 now", "call [number removed] now"),
        ("a path", "in /home/ines/x.json", "in [path removed]"),
        ("the name of a file", "in x_posts_january.json", "in [file]"),
        ("an analyst", "Marek Dorn read it", "[analyst] read it"),
        ("a person without a ground", "Aldous Brennick denies", "party 1 denies"),
        ("a party with a ground", "Grey Kettle denies", "Grey Kettle denies"),
        (
            "a time of the day",
            "at 10:15:20 and 2023-01-04T10:15Z",
            "at 10:00 and 2023-01-04T10:00Z",
        ),
        (
            "counts and days stay",
            "12 of 200,000 on 2023-01-04, 0.73, T0049.003",
            "12 of 200,000 on 2023-01-04, 0.73, T0049.003",
        ),
        ("a short number is a count", "100 posts", "100 posts"),
    ] {
        assert_eq!(statement(text, Redaction::Public), shown, "{name}");
    }
}

#[test]
fn partners_see_accounts_and_no_addresses() {
    for (name, text, shown) in [
        ("a handle", "@kettle_watch_0 was first", "@kettle_watch_0 was first"),
        ("a link", "at https://kettle.example/a", "at [address removed]"),
        ("an analyst", "Marek Dorn read it", "[analyst] read it"),
        ("the contact", "Ines Quill read it", "Ines Quill read it"),
        ("a place", "in /srv/vault/kettle/sample.xlsx", "in [place]"),
        ("a number to call", "call +44 7700 900123", "call [number removed]"),
    ] {
        assert_eq!(statement(text, Redaction::Partner), shown, "{name}");
    }
}

#[test]
fn a_handle_that_is_a_common_word_goes_as_a_whole_word() {
    let mut dossier = stating("the news of newsrooms is news", Tlp::Clear);
    dossier.findings[0].accounts[0].handle = Some("news".to_owned());
    let redacted = level(dossier, Redaction::Public);
    assert_eq!(redacted.dossier().findings[0].statement, "the account 1 of newsrooms is account 1");
}

#[test]
fn a_name_that_two_accounts_bear_stands_for_neither() {
    let mut dossier = stating("Zora Peck says", Tlp::Clear);
    for account in dossier.findings[0].accounts.iter_mut().take(2) {
        account.name = Some("Zora Peck".to_owned());
    }
    let redacted = level(dossier, Redaction::Public);
    assert_eq!(redacted.dossier().findings[0].statement, "[account] says");
}

#[test]
fn a_party_on_a_public_ground_keeps_its_name_though_an_account_bears_it() {
    let redacted = level(dossier::dossier(Tlp::Clear), Redaction::Public);
    let told = &redacted.dossier().findings[2].statement;
    assert!(told.contains("Kettle Gazette") && !told.contains("gazette_official"), "{told}");
    let mut dossier = dossier::dossier(Tlp::Clear);
    dossier.actors[2].what = "person".to_owned();
    dossier.actors[2].ground.clear();
    let redacted = level(dossier, Redaction::Public);
    assert!(all_forms(&redacted).iter().all(|form| !form.contains("kettle gazette")));
}

#[test]
fn pseudonyms_are_the_same_throughout_and_numbered_by_first_mention() {
    let redacted = level(dossier::dossier(Tlp::Clear), Redaction::Public);
    let shown = redacted.dossier();
    for (index, account) in shown.findings[0].accounts.iter().enumerate() {
        assert_eq!(account.key, format!("account {}", index + 1));
        assert!(account.handle.is_none() && account.name.is_none());
    }
    let nodes = &shown.runs[0].picture.as_ref().unwrap().nodes;
    assert_eq!((nodes[0].key.as_str(), nodes[0].label.as_str()), ("account 1", "account 1"));
    assert_eq!(shown.findings[0].evidence[3].account.as_deref(), Some("account 4"));
    // The impersonator belongs to an accepted finding, the second group to an open one.
    assert_eq!(shown.findings[2].accounts[0].key, "account 19");
    assert_eq!(shown.findings[1].accounts[0].key, "account 20");
}

#[test]
fn records_above_the_level_are_left_out_with_all_that_rests_on_them() {
    let mut dossier = dossier::dossier(Tlp::Clear);
    dossier.evidence[2].tlp = Tlp::Green;
    dossier.claims[4].tlp = Tlp::Red;
    dossier.events[0].tlp = Tlp::Amber;
    let redacted = level(dossier, Redaction::Public);
    let shown = redacted.dossier();
    let has = |kind, number| {
        let id = Ref::new(kind, number);
        shown.findings.iter().any(|it| it.id == id) || shown.claims.iter().any(|it| it.id == id)
    };
    assert!(!has(Kind::Finding, 5), "it rests on evidence that is marked");
    assert!(shown.runs.iter().all(|it| it.id.number != 3), "its run read that evidence");
    assert!(!has(Kind::Claim, 5) && has(Kind::Claim, 4));
    assert!(shown.links.iter().all(|it| it.from.number != 5 || it.from.kind != Kind::Claim));
    assert!(shown.checks.iter().all(|it| it.claim.number == 1 || it.claim.number == 2));
    let told = redacted.left().join("\n");
    for sentence in [
        "1 input file is marked above TLP:CLEAR and left out.",
        "1 claim is marked above TLP:CLEAR and left out.",
        "1 event is marked above TLP:CLEAR and left out.",
        "1 finding rests on evidence",
        "1 run read evidence",
        "2 notes were written for the analysts alone",
    ] {
        assert!(told.contains(sentence), "{sentence}\n{told}");
    }
}

#[test]
fn victims_files_are_not_even_known_by_digest() {
    let redacted = level(dossier::dossier(Tlp::Clear), Redaction::Public);
    let shown = &redacted.dossier().evidence;
    assert_eq!((shown[0].sha256.len(), shown[0].name.as_str()), (64, ""));
    assert_eq!((shown[2].sha256.as_str(), shown[2].bytes), ("", 0));
    assert_eq!(shown[3].custody, Custody::HeldElsewhere { place: String::new() });
    let forms = all_forms(&redacted);
    assert!(forms.iter().all(|form| !form.contains(&"3".repeat(64)) && !form.contains("age1")));
}

#[test]
fn words_of_posts_go_to_partners_only_where_a_finding_stands() {
    let redacted = level(dossier::dossier(Tlp::Amber), Redaction::Partner);
    let shown = redacted.dossier();
    assert!(shown.findings[0].evidence[0].excerpt.starts_with("The kettle sings"));
    assert!(shown.findings[0].evidence[1].excerpt.contains("[address removed]"));
    assert!(shown.findings[1].evidence.iter().all(|it| it.excerpt.is_empty()), "not yet decided");
    assert!(shown.notes.is_empty() && shown.evidence.iter().all(|it| it.note.is_none()));
    assert!(shown.findings[0].decision.by == "Ines Quill" && shown.links[0].added_by.is_empty());
}

#[test]
fn only_public_bodies_are_quoted_in_public() {
    let redacted = level(dossier::dossier(Tlp::Clear), Redaction::Public);
    let said: Vec<bool> =
        redacted.dossier().claims.iter().map(|it| !it.verbatim.is_empty()).collect();
    // The persona, two papers that nobody vouches for, the publisher, the ministry, somebody.
    assert_eq!(said, [false, false, false, true, true, false]);
}

#[test]
fn times_of_the_public_version_are_hours() {
    let redacted = level(dossier::dossier(Tlp::Clear), Redaction::Public);
    let shown = redacted.dossier();
    let hour = |time: Timestamp| time.0 % 3_600_000_000 == 0;
    assert!(shown.findings.iter().flat_map(|it| &it.evidence).filter_map(|it| it.time).all(hour));
    assert!(hour(shown.head.opened) && hour(shown.head.changed) && hour(shown.runs[0].time));
    assert_eq!(shown.events[2].when.given, "2023-01-06T19:00Z");
    assert_eq!(shown.claims[0].when.given, "2023-01-04", "a day was no finer");
}

#[test]
fn internal_leaves_nothing_out() {
    let dossier = dossier::dossier(Tlp::Red);
    let redacted = level(dossier.clone(), Redaction::Internal);
    assert_eq!(redacted.dossier(), &dossier);
    assert!(redacted.left().is_empty());
}

/// What a made-up account and its post would give away.
#[derive(Clone, Debug)]
struct Secrets {
    handle: String,
    name: String,
    native: String,
    post: String,
    excerpt: String,
    url: String,
    mail: String,
    analyst: String,
    place: String,
}

impl Secrets {
    fn all(&self) -> [&String; 9] {
        [
            &self.handle,
            &self.name,
            &self.native,
            &self.post,
            &self.excerpt,
            &self.url,
            &self.mail,
            &self.analyst,
            &self.place,
        ]
    }
}

fn secrets() -> impl Strategy<Value = Secrets> {
    (
        "[a-z]{2,6}_[a-z0-9]{2,5}q|[a-z]{3,6}[0-9]{3,5}x|火[曜月水]{2,4}|\\PC{2}zq_\\PC{1,3}",
        "Zq[a-z]{3,6} Qv[a-z]{3,7}",
        "[0-9]{9,17}|[a-z]{4}zq[0-9]{6}",
        "[1-9][0-9]{14,18}|zq[a-z0-9]{8}",
        "(zq[a-z]{3,7} ){4,9}qz[a-z]{4}",
        "https://zq[a-z]{3,9}\\.example/[a-z0-9]{3,8}",
        "zq[a-z]{2,6}@qz[a-z]{3,6}\\.example",
        "Qz[a-z]{4,7} Zv[a-z]{4,7}",
        "/srv/zq[a-z]{3,7}/[a-z]{3,6}\\.xlsx",
    )
        .prop_map(|(handle, name, native, post, excerpt, url, mail, analyst, place)| Secrets {
            handle,
            name,
            native,
            post,
            excerpt,
            url,
            mail,
            analyst,
            place,
        })
}

/// The sample with what was made up in its records and in every text.
fn poisoned(secrets: &Secrets, glue: &str, tlp: Tlp) -> Dossier {
    let mut dossier = dossier::dossier(tlp);
    dossier.findings[0].accounts[0] = Account {
        key: format!("x:{}", secrets.native),
        handle: Some(secrets.handle.clone()),
        name: Some(secrets.name.clone()),
        why: String::new(),
        policy: None,
    };
    let place = &mut dossier.findings[0].evidence[0];
    place.account = Some(format!("x:{}", secrets.native));
    place.post = Some(secrets.post.clone());
    place.excerpt.clone_from(&secrets.excerpt);
    dossier.evidence[2].custody = Custody::HeldElsewhere { place: secrets.place.clone() };
    dossier.evidence[1].added_by.clone_from(&secrets.analyst);
    let mut text = String::new();
    for secret in secrets.all() {
        let upper = secret.to_uppercase();
        text +=
            [glue, " ", secret, " “", secret, "” @", secret, ", ", &upper, " "].concat().as_str();
    }
    let head = &mut dossier.head;
    for words in [&mut head.title, &mut head.question] {
        words.clone_from(&text);
    }
    for run in &mut dossier.runs {
        run.command.clone_from(&text);
        run.parameters.push((text.clone(), text.clone()));
        run.method.steps.push(text.clone());
        run.method.limits.push(text.clone());
        run.tables[0].name.clone_from(&text);
        run.tables[0].title.clone_from(&text);
        if let Some(picture) = &mut run.picture {
            picture.groups[0].name.clone_from(&text);
            picture.nodes[0].label.clone_from(&secrets.handle);
        }
    }
    for finding in &mut dossier.findings {
        finding.kind = format!("coordination.{}", secrets.handle);
        for words in [&mut finding.statement, &mut finding.subject, &mut finding.decision.reason] {
            words.clone_from(&text);
        }
        finding.innocent.push(text.clone());
        finding.tables.push(text.clone());
        for measure in &mut finding.measures {
            measure.name.clone_from(&text);
            measure.unit.clone_from(&text);
            measure.interval_is.clone_from(&text);
        }
        for account in &mut finding.accounts {
            account.why.clone_from(&text);
            account.policy = Some(text.clone());
        }
        for tagged in &mut finding.techniques {
            tagged.why.clone_from(&text);
            tagged.name.clone_from(&text);
        }
    }
    poison_records(&mut dossier, &text);
    dossier.notes.push(Note { text, ..dossier.notes[0].clone() });
    dossier
}

fn poison_records(dossier: &mut Dossier, text: &String) {
    for claim in &mut dossier.claims {
        for words in [&mut claim.place, &mut claim.verbatim, &mut claim.gist, &mut claim.about] {
            words.clone_from(text);
        }
        for quantity in &mut claim.quantities {
            quantity.words.clone_from(text);
            quantity.unit.clone_from(text);
        }
        claim.when.given.clone_from(text);
    }
    for check in &mut dossier.checks {
        check.words.clone_from(text);
        check.sentence.clone_from(text);
    }
    for link in &mut dossier.links {
        link.reason.clone_from(text);
    }
    for event in &mut dossier.events {
        for words in [&mut event.title, &mut event.text, &mut event.source] {
            words.clone_from(text);
        }
    }
    for actor in &mut dossier.actors {
        for words in [&mut actor.text, &mut actor.ground, &mut actor.reply, &mut actor.what] {
            words.clone_from(text);
        }
        if let Some(alias) = actor.aliases.first_mut() {
            alias.source.clone_from(text);
        }
    }
    for rate in &mut dossier.rates {
        rate.source.clone_from(text);
        rate.day.clone_from(text);
    }
    for evidence in &mut dossier.evidence {
        evidence.name.clone_from(text);
        evidence.source.clone_from(text);
        evidence.note = Some(text.clone());
    }
    if let Some(assessment) = &mut dossier.assessment {
        assessment.basis.clone_from(text);
        assessment.would_change.push(text.clone());
        assessment.hypotheses[0].title.clone_from(text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn nothing_of_an_account_is_in_the_public_version(secrets in secrets(), glue in "[a-z .,(\\[]{0,6}") {
        let redacted = level(poisoned(&secrets, &glue, Tlp::Clear), Redaction::Public);
        for form in all_forms(&redacted) {
            for secret in secrets.all() {
                let secret = secret.to_lowercase();
                prop_assert!(!form.contains(&secret), "{secret:?} of {secrets:?}");
            }
        }
    }

    #[test]
    fn no_text_of_a_case_makes_redaction_fail(text in "\\PC{0,60}|[+@./:()0-9a-z\\[\\]\u{0}-\u{1f} é]{0,60}") {
        for redaction in Redaction::ALL {
            let redacted = level(stating(&text, Tlp::Clear), redaction);
            prop_assert_eq!(all_forms(&redacted).len(), 3);
        }
    }

    #[test]
    fn what_was_made_up_is_there_inside(secrets in secrets()) {
        let redacted = level(poisoned(&secrets, "", Tlp::Clear), Redaction::Internal);
        let json = &all_forms(&redacted)[2];
        prop_assert!(json.contains(&secrets.excerpt.to_lowercase()), "the test can fail");
    }

    #[test]
    fn partners_learn_no_places_addresses_or_analysts(secrets in secrets()) {
        let redacted = level(poisoned(&secrets, "", Tlp::Amber), Redaction::Partner);
        for form in all_forms(&redacted) {
            for secret in [&secrets.url, &secrets.mail, &secrets.analyst, &secrets.place] {
                prop_assert!(!form.contains(&secret.to_lowercase()), "{secret:?}");
            }
        }
    }
}

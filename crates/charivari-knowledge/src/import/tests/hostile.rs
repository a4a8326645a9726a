//! Bundles that contradict themselves, run in circles, are huge, or speak of what was given up.

use super::*;

#[test]
fn what_was_given_up_is_left_out_and_counted_at_the_object_it_lies_with() {
    let uses = |number: &str, from: &str, to: &str| relation(number, "uses", from, to);
    let gone = "attack-pattern--T0009";
    for (name, objects, expected) in [
        (
            "a technique that was given up",
            vec![
                ended(&technique("T0009"), "x_mitre_deprecated"),
                uses("1", "intrusion-set--G0001", gone),
                uses("2", "tool--S0001", gone),
            ],
            (gone, "2 claims were left out"),
        ),
        (
            "a technique that was revoked without a successor",
            vec![ended(&technique("T0009"), "revoked"), uses("1", "intrusion-set--G0001", gone)],
            (gone, "1 claim was left out"),
        ),
        (
            "a program that was revoked",
            vec![
                ended(&tool("S0009"), "revoked"),
                uses("1", "intrusion-set--G0001", "tool--S0009"),
            ],
            ("tool--S0009", "1 claim was left out"),
        ),
        (
            "a claim that was given up",
            vec![ended(
                &uses("1", "intrusion-set--G0001", "attack-pattern--T0001"),
                "x_mitre_deprecated",
            )],
            ("intrusion-set--G0001", "gave up"),
        ),
        (
            "a campaign that was given up",
            vec![
                ended(&campaign("C0009"), "revoked"),
                uses("1", "campaign--C0009", "attack-pattern--T0001"),
            ],
            ("campaign--C0009", "no group, campaign or program"),
        ),
        (
            "a campaign that is a program's",
            vec![
                campaign("C0001"),
                relation("1", "attributed-to", "campaign--C0001", "tool--S0001"),
            ],
            ("campaign--C0001", "joins a campaign"),
        ),
        (
            "a program in a program",
            vec![tool("S0002"), uses("1", "tool--S0001", "tool--S0002")],
            ("tool--S0001", "load"),
        ),
    ] {
        let standing = [group("G0001", "One"), tool("S0001"), technique("T0001")];
        let kept = uses("7", "intrusion-set--G0001", "attack-pattern--T0001");
        let all: Vec<&str> =
            standing.iter().chain(&objects).chain([&kept]).map(String::as_str).collect();
        let collection = take(&bundle(&all));
        assert_eq!(codes(&collection), [("E1026", expected.0)], "{name}");
        let text = &collection.faults[0].text;
        assert!(text.contains(expected.1), "{name}: {text}");
        assert_eq!(collection.actors[0].uses.len(), 1, "{name}: the rest is kept");
    }
}

#[test]
fn a_campaign_of_too_many_groups_keeps_the_first_and_counts_the_others() {
    let groups: Vec<String> = (0..12).map(|at| group(&format!("G{at:04}"), "One")).collect();
    let claims: Vec<String> = (0..12)
        .map(|at| {
            let to = format!("intrusion-set--G{at:04}");
            relation(&format!("{at:02}"), "attributed-to", "campaign--C0001", &to)
        })
        .collect();
    let campaign = campaign("C0001");
    let all: Vec<&str> =
        groups.iter().chain(&claims).chain([&campaign]).map(String::as_str).collect();
    let collection = take(&bundle(&all));
    assert_eq!(collection.campaigns[0].attributed.len(), 8);
    assert_eq!(codes(&collection), [("E1026", "campaign--C0001")]);
    assert!(collection.faults[0].text.starts_with("4 claims"), "{}", collection.faults[0].text);
}

/// On a circle nothing stands for anything: each claim of it is told by its id, a chain that leads
/// there ends there, and what has nothing to do with it is read.
#[test]
fn circles_of_techniques_and_of_groups_are_told_claim_by_claim() {
    let pattern = |id: &str| format!("attack-pattern--{id}");
    let set = |id: &str| format!("intrusion-set--{id}");
    let text = bundle(&[
        &technique("T0001"),
        &technique("T0002"),
        &technique("T0003"),
        &technique("T0004"),
        &group("G0001", "One"),
        &group("G0002", "Two"),
        &group("G0003", "Three"),
        &relation("a", "revoked-by", &pattern("T0001"), &pattern("T0002")),
        &relation("b", "revoked-by", &pattern("T0002"), &pattern("T0001")),
        &relation("c", "revoked-by", &pattern("T0003"), &pattern("T0001")),
        &relation("d", "revoked-by", &set("G0001"), &set("G0002")),
        &relation("e", "revoked-by", &set("G0002"), &set("G0001")),
        &relation("f", "uses", &set("G0003"), &pattern("T0003")),
        &relation("g", "uses", &set("G0003"), &pattern("T0004")),
    ]);
    let collection = take(&text);
    let circles = ["a", "b", "d", "e"].map(|id| format!("relationship--{id}"));
    let expected: Vec<(&str, &str)> = circles.iter().map(|id| ("E1024", id.as_str())).collect();
    assert_eq!(codes(&collection), expected);
    let third = collection.actors.iter().find(|it| it.id == "G0003").unwrap();
    let used: Vec<String> = third.uses.iter().map(index::used).collect();
    assert_eq!(used, ["attack:T0001", "attack:T0004"]);
    assert!(collection.actors.iter().all(|it| it.revoked_by.is_none()));
}

/// Two objects of one id, two successors of one technique, two techniques of one number: one of each
/// stands, whatever the order, and each contradiction is told.
#[test]
fn contradictions_are_settled_the_same_way_in_any_order() {
    let later =
        |object: &str, day: &str| object.replacen('{', &format!("{{\"modified\":\"{day}\","), 1);
    let mut objects = [
        later(&group("G0001", "Old"), "2020-01-01"),
        later(&group("G0001", "New"), "2021-01-01"),
        technique("T0001"),
        technique("T0002"),
        technique("T0003"),
        technique("T0003").replace("attack-pattern--T0003", "attack-pattern--other"),
        relation("a", "revoked-by", "attack-pattern--T0001", "attack-pattern--T0002"),
        relation("b", "revoked-by", "attack-pattern--T0001", "attack-pattern--T0003"),
    ];
    let mut seen = Vec::new();
    for _ in 0..objects.len() {
        objects.rotate_left(1);
        let all: Vec<&str> = objects.iter().map(String::as_str).collect();
        let collection = take(&bundle(&all));
        let told: Vec<(String, String)> =
            collection.faults.iter().map(|it| (it.code.to_owned(), it.object.clone())).collect();
        let successor = collection.vocabulary.techniques[&"attack:T0001".parse().unwrap()]
            .revoked_by
            .as_ref()
            .map(ToString::to_string);
        seen.push((collection.actors[0].name.clone(), successor, told));
    }
    let expected: Vec<(String, String)> = [
        ("E1022", "intrusion-set--G0001"),
        ("E1027", "attack-pattern--other"),
        ("E1027", "relationship--b"),
    ]
    .map(|(code, object)| (code.to_owned(), object.to_owned()))
    .to_vec();
    for (name, successor, told) in seen {
        assert_eq!((name.as_str(), successor.as_deref()), ("New", Some("attack:T0002")));
        assert_eq!(told, expected);
    }
}

/// A hundred thousand objects, a chain of ten thousand successors, and one name of a megabyte: read
/// in time that grows with the file, and nothing is lost but the name.
#[test]
fn a_huge_bundle_is_read_whole() {
    let number = |at: usize| format!("T{:04}.{:03}", at / 1_000, at % 1_000);
    let mut objects: Vec<String> = (0..50_000).map(|at| technique(&number(at))).collect();
    objects.extend((0..10_000).map(|at| {
        let id = |at: usize| format!("attack-pattern--{}", number(at));
        relation(&format!("r{at}"), "revoked-by", &id(at), &id(at + 1))
    }));
    objects.push(group("G0001", "One"));
    objects.extend((0..40_000).map(|at| {
        let to = format!("attack-pattern--{}", number(at));
        relation(&format!("u{at}"), "uses", "intrusion-set--G0001", &to)
    }));
    objects.push(group("G0002", &"x".repeat(1 << 20)));
    let all: Vec<&str> = objects.iter().map(String::as_str).collect();
    let collection = take(&bundle(&all));
    assert_eq!(codes(&collection), [("E1021", "intrusion-set--G0002")]);
    assert_eq!(collection.vocabulary.techniques.len(), 50_000);
    assert_eq!(collection.actors[0].uses.len(), 40_000);
    let first = &collection.actors[0].uses[0];
    assert_eq!(index::used(first), "attack:T0010.000", "the end of the chain stands for all of it");
}

#[test]
fn a_file_longer_than_the_cap_is_refused_and_not_read_to_its_end() {
    let read = |length: u64, cap| up_to("f", std::io::repeat(b' ').take(length), cap);
    assert_eq!(read(64, 64).unwrap().len(), 64);
    let error = read(u64::MAX, 64).unwrap_err().to_string();
    assert!(
        error.starts_with("E1001") && error[5..].starts_with(": f") && error.contains("64 bytes"),
        "{error}"
    );
}

#[test]
fn a_value_of_a_galaxy_that_stands_twice_is_told_with_its_id() {
    let value = |name: &str| format!(r#"{{"value":"{name}","uuid":"u-1"}}"#);
    let text = format!(r#"{{"type":"threat-actor","values":[{},{}]}}"#, value("One"), value("Two"));
    let collection = take(&text);
    assert_eq!(codes(&collection), [("E1022", "u-1")]);
    assert_eq!((collection.actors.len(), collection.actors[0].name.as_str()), (1, "One"));
}

mod hostile;

use proptest::prelude::*;

use super::*;
use crate::{Relation, Used, index};

fn bundle(objects: &[&str]) -> String {
    format!("{{\"type\":\"bundle\",\"id\":\"bundle--1\",\"objects\":[{}]}}", objects.join(","))
}

fn group(id: &str, name: &str) -> String {
    format!(
        r#"{{"type":"intrusion-set","id":"intrusion-set--{id}","name":"{name}","created":"2019-01-02T00:00:00Z",
            "aliases":["{name}","Other {name}"],
            "external_references":[{{"source_name":"mitre-attack","external_id":"{id}"}},
              {{"source_name":"Other {name}","description":"(Citation: Doc 2020)"}},
              {{"source_name":"Doc 2020","description":"Author. (2020, May 3). Title. Retrieved June 1, 2021.","url":"https://example.org/doc"}}]}}"#
    )
}

fn technique(id: &str) -> String {
    format!(
        r#"{{"type":"attack-pattern","id":"attack-pattern--{id}","name":"Name of {id}",
            "kill_chain_phases":[{{"kill_chain_name":"mitre-attack","phase_name":"impact"}}],
            "external_references":[{{"source_name":"mitre-attack","external_id":"{id}","url":"https://attack.mitre.org/techniques/{id}"}}]}}"#
    )
}

fn relation(id: &str, kind: &str, from: &str, to: &str) -> String {
    format!(
        r#"{{"type":"relationship","id":"relationship--{id}","relationship_type":"{kind}","source_ref":"{from}",
            "target_ref":"{to}","created":"2021-07-08T00:00:00Z"}}"#
    )
}

fn campaign(id: &str) -> String {
    format!(
        r#"{{"type":"campaign","id":"campaign--{id}","name":"Name of {id}",
            "external_references":[{{"source_name":"mitre-attack","external_id":"{id}"}}]}}"#
    )
}

fn tool(id: &str) -> String {
    format!(
        r#"{{"type":"tool","id":"tool--{id}","name":"Name of {id}",
            "external_references":[{{"source_name":"mitre-attack","external_id":"{id}"}}]}}"#
    )
}

/// An object that its catalogue gave up.
fn ended(object: &str, word: &str) -> String {
    object.replacen('{', &format!("{{\"{word}\":true,"), 1)
}

fn take(text: &str) -> Collection {
    read("f.json", text.as_bytes(), &Told::default()).unwrap()
}

fn codes(collection: &Collection) -> Vec<(&str, &str)> {
    collection.faults.iter().map(|it| (it.code, it.object.as_str())).collect()
}

#[test]
fn a_use_is_dated_by_its_citation_and_else_by_when_the_catalogue_had_it() {
    let uses = relation("1", "uses", "intrusion-set--G0001", "attack-pattern--T0001");
    let text = bundle(&[&group("G0001", "One"), &technique("T0001"), &uses]);
    let collection = take(&text);
    let actor = &collection.actors[0];
    assert_eq!(actor.names[0].relation, Relation::Listed);
    assert_eq!(actor.names[0].cited[0].date.unwrap().to_string(), "2019-01-02");
    assert_eq!(actor.names[1].cited[0].date.unwrap().to_string(), "2020-05-03");
    assert_eq!(collection.source(actor.names[1].cited[0].source).unwrap().key, "Doc 2020");
    assert_eq!(actor.uses[0].used, Used::Technique("attack:T0001".parse().unwrap()));
    assert_eq!(actor.uses[0].cited[0].date.unwrap().to_string(), "2021-07-08");
}

#[test]
fn what_a_campaign_used_its_group_used_in_it_since_it_was_said_to_be_its() {
    let text = bundle(&[
        &group("G0001", "One"),
        &campaign("C0001"),
        &campaign("C0002"),
        &technique("T0001"),
        &relation("1", "attributed-to", "campaign--C0001", "intrusion-set--G0001")
            .replace("2021-07-08", "2022-02-03"),
        &relation("2", "uses", "campaign--C0001", "attack-pattern--T0001"),
        &relation("3", "uses", "campaign--C0002", "attack-pattern--T0001"),
    ]);
    let collection = take(&text);
    assert_eq!(codes(&collection), []);
    let [its] = collection.actors[0].uses.as_slice() else { panic!("one use") };
    assert_eq!(its.campaign.as_deref(), Some("C0001"));
    assert_eq!(its.cited[0].date.unwrap().to_string(), "2022-02-03");
    let [one, other] = collection.campaigns.as_slice() else { panic!("two campaigns") };
    assert_eq!(one.uses[0].cited[0].date.unwrap().to_string(), "2021-07-08");
    assert_eq!((one.attributed.len(), other.attributed.len(), other.uses.len()), (1, 0, 1));

    let mut knowledge = crate::Knowledge::default();
    knowledge.add(collection);
    let view = knowledge.as_of(crate::Day::new(2021, 12, 31));
    let seen = &view.knowledge.collections[0];
    assert_eq!(seen.actors[0].uses, [], "nobody had said whose it was");
    assert_eq!((seen.campaigns[0].uses.len(), seen.campaigns[0].attributed.len()), (1, 0));
    assert_eq!((view.hidden.uses, view.hidden.campaigns), (1, 0));
    assert_eq!(knowledge.as_of(crate::Day::new(2020, 1, 1)).hidden.campaigns, 2);
}

#[test]
fn what_a_program_does_is_told_once_with_everybody_who_says_so() {
    let text = bundle(&[
        &tool("S0001"),
        &technique("T0001"),
        &technique("T0002"),
        &relation("1", "uses", "tool--S0001", "attack-pattern--T0002"),
        &relation("2", "uses", "tool--S0001", "attack-pattern--T0001"),
        &relation("3", "uses", "tool--S0001", "attack-pattern--T0002"),
    ]);
    let collection = take(&text);
    let told: Vec<_> = collection.vocabulary.software["S0001"]
        .abilities
        .iter()
        .map(|it| (it.technique.id().to_owned(), it.cited.len()))
        .collect();
    assert_eq!(told, [("T0001".to_owned(), 1), ("T0002".to_owned(), 2)]);
    let mut knowledge = crate::Knowledge::default();
    knowledge.add(collection);
    assert_eq!(knowledge.as_of(crate::Day::new(2021, 7, 7)).hidden.abilities, 2);
}

#[test]
fn a_replaced_technique_counts_as_its_successor() {
    let text = bundle(&[
        &group("G0001", "One"),
        &technique("T0001"),
        &technique("T0002"),
        &relation("1", "revoked-by", "attack-pattern--T0001", "attack-pattern--T0002"),
        &relation("2", "uses", "intrusion-set--G0001", "attack-pattern--T0001"),
    ]);
    let used = &take(&text).actors[0].uses[0].used;
    assert_eq!(*used, Used::Technique("attack:T0002".parse().unwrap()));
}

#[test]
fn a_bundle_whose_pages_are_disarms_is_disarm_whatever_it_calls_itself() {
    let page = technique("T0001")
        .replace("https://attack.mitre.org", "https://example.org/DISARMframeworks");
    let collection = take(&bundle(&[&page]));
    assert!(matches!(collection.origin, crate::Origin::Disarm(_)));
    assert!(collection.vocabulary.techniques.contains_key(&"disarm:T0001".parse().unwrap()));
}

#[test]
fn what_is_wrong_is_told_with_the_objects_id_and_the_rest_is_kept() {
    let long = "x".repeat(LONGEST + 1);
    for (name, wrong, expected) in [
        ("no type", r#"{"id":"thing--1"}"#.to_owned(), ("E1020", "thing--1")),
        ("no id", r#"{"type":"tool"}"#.to_owned(), ("E1020", "object 3")),
        (
            "a number for a name",
            r#"{"type":"tool","id":"tool--1","name":4}"#.to_owned(),
            ("E1020", "tool--1"),
        ),
        ("not an object", "[1]".to_owned(), ("E1020", "object 3")),
        (
            "too long",
            format!(r#"{{"type":"tool","id":"tool--2","name":"{long}"}}"#),
            ("E1021", "tool--2"),
        ),
        ("twice", group("G0001", "Again"), ("E1022", "intrusion-set--G0001")),
        (
            "loose end",
            relation("9", "uses", "intrusion-set--G0001", "tool--none"),
            ("E1023", "relationship--9"),
        ),
        (
            "loose successor",
            relation("9", "revoked-by", "attack-pattern--T0001", "attack-pattern--none"),
            ("E1023", "relationship--9"),
        ),
        (
            "own successor",
            relation("8", "revoked-by", "attack-pattern--T0001", "attack-pattern--T0001"),
            ("E1024", "relationship--8"),
        ),
        ("no number", technique("none"), ("E1025", "attack-pattern--none")),
    ] {
        let text = bundle(&[&group("G0001", "One"), &technique("T0001"), &wrong]);
        let collection = take(&text);
        assert_eq!(codes(&collection), [expected], "{name}");
        assert_eq!(
            (collection.actors.len(), collection.vocabulary.techniques.len()),
            (1, 1),
            "{name}"
        );
    }
}

#[test]
fn a_file_that_is_nothing_known_is_refused_whole() {
    let nested = format!("{}1{}", "[".repeat(10_000), "]".repeat(10_000));
    for (name, bytes) in [
        ("empty", &b""[..]),
        ("bytes", b"\xff\xfe\x00"),
        ("cut", b"{\"type\":\"bundle\",\"objects\":[{\"type\":\"tool\""),
        ("other", b"{\"type\":\"bundle\"}"),
        ("list of others", b"[{\"a\":1}]"),
        ("nested", nested.as_bytes()),
        ("text", b"some words"),
    ] {
        let error = read("f", bytes, &Told::default()).unwrap_err().to_string();
        assert!(error.starts_with("E100"), "{name}: {error}");
    }
}

proptest! {
    #[test]
    fn an_index_keeps_everything_that_was_imported(
        names in proptest::collection::vec("[^\"\\\\\u{0}-\u{1f}]{1,12}", 1..6),
        uses in proptest::collection::vec((0_usize..6, 0_u16..30), 0..20),
    ) {
        let groups: Vec<String> =
            names.iter().enumerate().map(|(at, name)| group(&format!("G{at:04}"), name)).collect();
        let techniques: Vec<String> = (0..30).map(|at| technique(&format!("T{at:04}"))).collect();
        let relations: Vec<String> = uses
            .iter()
            .enumerate()
            .map(|(at, (who, what))| {
                let from = format!("intrusion-set--G{:04}", who % names.len());
                relation(&at.to_string(), "uses", &from, &format!("attack-pattern--T{what:04}"))
            })
            .collect();
        let objects: Vec<&str> =
            groups.iter().chain(&techniques).chain(&relations).map(String::as_str).collect();
        let mut collection = take(&bundle(&objects));
        collection.faults.clear();
        let back = index::read("f", &index::write(&collection)).unwrap();
        prop_assert_eq!(back, collection);
    }

    #[test]
    fn the_order_of_objects_does_not_matter(seed in any::<u64>()) {
        let mut objects = [
            group("G0001", "One"), group("G0002", "Two"), technique("T0001"), technique("T0002"),
            relation("1", "uses", "intrusion-set--G0001", "attack-pattern--T0001"),
            relation("2", "uses", "intrusion-set--G0002", "attack-pattern--T0002"),
        ];
        let names = |it: &Collection| {
            it.actors.iter().map(|it| (it.id.clone(), it.names.len(), it.uses.clone().len())).collect::<Vec<_>>()
        };
        let straight = take(&bundle(&objects.iter().map(String::as_str).collect::<Vec<_>>()));
        let length = objects.len();
        for at in 0..length {
            objects.swap(at, (seed.rotate_left(at as u32 * 7) % length as u64) as usize);
        }
        let mixed = take(&bundle(&objects.iter().map(String::as_str).collect::<Vec<_>>()));
        prop_assert_eq!(names(&straight), names(&mixed));
    }

    #[test]
    fn no_bytes_make_an_import_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200), head in 0_usize..4) {
        let heads: [&[u8]; 4] =
            [b"", b"{\"type\":\"bundle\",\"objects\":[", b"charivari-knowledge\t1\n", b"id = \"a\"\n"];
        let bytes = [heads[head], &bytes].concat();
        for target in crate::fuzzing::targets() {
            crate::fuzzing::run(&target, &bytes);
        }
    }
}

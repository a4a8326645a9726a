//! Actors to rank from the knowledge that the program carries, and as of a day.

#![allow(clippy::unwrap_used, reason = "a test may stop where what it needs is not there")]

use charivari_attribution::{
    Candidates, Knowledge, Query, Removal, Reports, Subject, Weights, knowledge_of, rank,
};
use charivari_knowledge::{Origin, View, import, shipped};

fn view(day: &str) -> View {
    shipped().unwrap().as_of(day.parse().ok())
}

fn of(day: &str) -> Knowledge {
    knowledge_of(&view(day)).unwrap()
}

/// An index in the form of `charivari_knowledge::index`, and packs.
fn small(index: &str, packs: &[(&str, &str)], day: Option<&str>) -> View {
    let mut knowledge = charivari_knowledge::Knowledge::default();
    let text = format!("charivari-knowledge\t2\no\tattack\tenterprise\t1\n{index}");
    knowledge.add(import::read("index", text.as_bytes(), &import::Told::default()).unwrap());
    if !packs.is_empty() {
        knowledge.add(charivari_knowledge::pack::collection(packs).unwrap());
    }
    knowledge.as_of(day.map(|it| it.parse().unwrap()))
}

fn pack(head: &str, technique: &str) -> String {
    format!(
        "id = \"zqx\"\nname = \"Zqx\"\n{head}\n\
         [[source]]\nkey = \"doc\"\ntitle = \"A Title\"\ndate = \"2020-01-31\"\n\
         url = \"https://www.example.org/doc/\"\nread = true\n\
         [[alias]]\nname = \"Zqx\"\nrelation = \"same\"\nsource = \"doc\"\npassage = \"p\"\nsure = \"high\"\n\
         [[country]]\ncode = \"AA\"\nsource = \"doc\"\npassage = \"p\"\nsure = \"high\"\n\
         [[use]]\ntechnique = \"{technique}\"\nsource = \"doc\"\npassage = \"p\"\nsure = \"high\"\n"
    )
}

const INDEX: &str = "\
s\tOne 2019\t2019-03-04\thttp://example.org/doc
s\tTwo 2021\t2021-05-06\t
t\tattack:T0001\tN\t\t\t
t\tattack:T0002\tN\t\t\t
t\tattack:T0003\tN\t\tattack:T0001\t
w\tS0001\ttool\tM
x\t1@2021-05-06\tT0002
a\tG0001\tZqxgroup\t
n\tlisted\tZqxgroup\t@2018
u\tattack:T0001\t0@2019-03-04 1@2021-05-06
a\tG0002\tZqxold\tG0001
n\tlisted\tZqxold\t@2018
u\tattack:T0002\t0@2019-03-04
k\tC0001\tC
b\tG0001\t1@2021-05-06
u\tS0001\t0@2019-03-04
";

#[test]
fn groups_and_packs_are_candidates_each_once_and_nobody_by_name() {
    let all = of("");
    for (id, name) in [
        ("G0007", "APT28"),
        ("G0034", "Sandworm Team"),
        ("G1055", "Void Manticore"),
        ("cotton-sandstorm", "Cotton Sandstorm"),
        ("pay2key", "Pay2Key"),
        ("G0117", "Fox Kitten"),
    ] {
        let found = all.actors().iter().find(|it| it.id == id);
        assert_eq!(found.map(|it| it.name.as_str()), Some(name), "{id}");
    }
    for id in ["apt28", "sandworm", "moses-staff", "agrius", "apt42", "star-blizzard"] {
        assert!(!all.has_actor(id), "{id} is joined to its group");
    }
    let alone = knowledge_of(&shipped().unwrap().without_packs().as_of(None)).unwrap();
    assert!(alone.actors().iter().all(|it| it.id.starts_with('G')));
    let known = alone.actors().iter().filter(|it| it.country.is_some()).count();
    assert!(known > 105, "countries of {known} groups are known");
}

#[test]
fn every_number_that_a_pack_names_is_one_of_attack_or_newer_than_it() {
    let known = shipped().unwrap();
    let attack = known.collections.iter().find(|it| matches!(it.origin, Origin::Attack(..)));
    let attack = attack.unwrap();
    let packs = known.collections.iter().filter(|it| it.origin == Origin::Packs);
    let numbers: Vec<&str> =
        packs.flat_map(|it| &it.actors).filter_map(|it| it.attack.as_deref()).collect();
    assert!(numbers.len() >= 7, "{numbers:?}");
    for number in numbers {
        // Void Manticore came with ATT&CK 19.
        assert!(attack.actor(number).is_some() || number == "G1055", "{number}");
    }
}

#[test]
fn a_pack_adds_to_the_group_that_it_names_and_a_replaced_group_counts_as_its_successor() {
    let text = pack("attack = \"G0002\"", "attack:T0003");
    let knowledge = knowledge_of(&small(INDEX, &[("p", &text)], None)).unwrap();
    let [one] = knowledge.actors() else { panic!("one actor: {:?}", knowledge.actors()) };
    assert_eq!((one.id.as_str(), one.name.as_str()), ("G0001", "Zqxgroup"));
    assert_eq!(one.techniques, ["T0001", "T0002"], "T0003 was replaced by T0001");
    assert_eq!(one.software, ["S0001"], "used in a campaign of its");
    assert_eq!(one.country.as_deref(), Some("AA"));

    let apart = knowledge_of(&small(INDEX, &[("p", &pack("", "attack:T0003"))], None)).unwrap();
    assert_eq!(apart.actors().len(), 2);
    // What only packs are described by is not compared.
    let other = knowledge_of(&small(INDEX, &[("p", &pack("", "disarm:T0001"))], None)).unwrap();
    assert_eq!(other.actors().len(), 1);
}

#[test]
fn one_document_of_a_pack_and_of_attack_is_one_report() {
    let text = pack("attack = \"G0001\"", "attack:T0003");
    let reports = Reports::of(&small(INDEX, &[("p", &text)], None));
    let mut citations: Vec<&str> = reports.uses.iter().map(|it| it.citation.as_str()).collect();
    citations.sort_unstable();
    citations.dedup();
    assert_eq!(citations, ["One 2019", "Two 2021"]);
}

#[test]
fn a_date_hides_reports_profiles_campaigns_and_what_tools_do() {
    let told = |day| Reports::of(&small(INDEX, &[], day));
    let has = |reports: &Reports, subject: &Subject| {
        reports.uses.iter().filter(|it| it.subject == *subject).count()
    };
    let actor = Subject::Actor("G0001".to_owned());
    let its = Subject::Campaign("C0001".to_owned(), vec!["G0001".to_owned()]);
    let nobodys = Subject::Campaign("C0001".to_owned(), Vec::new());
    let tool = Subject::Software("S0001".to_owned());
    for (day, expected) in [
        (None, [2, 1, 0, 1]),
        (Some("2021-05-06"), [2, 1, 0, 1]),
        (Some("2021-05-05"), [1, 0, 1, 0]),
        (Some("2019-03-03"), [0, 0, 0, 0]),
    ] {
        let reports = told(day);
        let found = [&actor, &its, &nobodys, &tool].map(|it| has(&reports, it));
        assert_eq!(found, expected, "{day:?}");
    }
    let software =
        |day| knowledge_of(&small(INDEX, &[], day)).unwrap().actors()[0].software.clone();
    assert_eq!(software(Some("2021-05-05")), Vec::<String>::new());
    assert_eq!(software(Some("2021-05-06")), ["S0001"]);
}

/// The later the day, the more is known: no actor, technique or report goes.
#[test]
fn knowledge_only_grows_with_the_day() {
    let mut before: Option<(Knowledge, usize)> = None;
    for day in ["2016", "2018-06-30", "2020", "2021-11", "2023-02-02", "2025-12-31"] {
        let now = of(day);
        let uses: usize = Reports::of(&view(day)).uses.iter().map(|it| it.techniques.len()).sum();
        if let Some((earlier, used)) = &before {
            for actor in earlier.actors() {
                let later = now.actors().iter().find(|it| it.id == actor.id);
                let later = later.unwrap_or_else(|| panic!("{} went by {day}", actor.id));
                let is_kept = |it: &String| later.techniques.contains(it);
                assert!(actor.techniques.iter().all(is_kept), "{} by {day}", actor.id);
            }
            assert!(uses > *used && now.actors().len() >= earlier.actors().len(), "{day}");
        }
        before = Some((now, uses));
    }
}

/// What a report of 2024 tells of an actor does not help a question as of 2023.
#[test]
fn a_ranking_as_of_a_day_knows_nothing_later() {
    let query = Query::observed(["T1566.002", "T1585.001", "T1491.002"], []);
    let ranked = |day: &str| {
        let knowledge = of(day);
        let candidates = Candidates::new(&knowledge, &Removal::default()).unwrap();
        let model = &Weights::shipped().unwrap().all.techniques;
        rank(&candidates, &query, model).unwrap().actors
    };
    let (then, now) = (ranked("2020-01-01"), ranked(""));
    assert!(then.len() < now.len());
    assert!(!then.iter().any(|it| it.id == "G1044"), "APT42 was described in 2022");
    let sum: f64 = then.iter().map(|it| it.probability).sum();
    assert!((sum - 1.0).abs() < 1e-9);
}

#[test]
fn of_two_versions_the_higher_is_taken_whatever_came_first() {
    let version = |version: &str, technique: &str| {
        let text = format!(
            "charivari-knowledge\t2\no\tattack\tenterprise\t{version}\na\tG0001\tZqx\t\n\
             n\tlisted\tZqx\t@2018\nu\tattack:{technique}\t@2019\n"
        );
        import::read("index", text.as_bytes(), &import::Told::default()).unwrap()
    };
    for order in [["9.1", "18.0"], ["18.0", "9.1"]] {
        let mut knowledge = charivari_knowledge::Knowledge::default();
        for it in order {
            knowledge.add(version(it, if it == "9.1" { "T0001" } else { "T0002" }));
        }
        let found = knowledge_of(&knowledge.as_of(None)).unwrap();
        assert_eq!(found.actors()[0].techniques, ["T0002"], "{order:?}");
    }
}

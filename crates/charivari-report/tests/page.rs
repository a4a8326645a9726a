//! What the page promises, checked on an invented result.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "helpers of tests are tests")]

use std::fs;
use std::path::Path;

use charivari_model::{InputFile, Provenance, Timestamp};
use charivari_report::view::{Coordination, Counts, Group, Kind, Network, Object, Post, Standing};
use charivari_report::{NetworkOptions, limits, network_svg, render};
use proptest::prelude::*;

mod faults;
mod sample;

use faults::faults;

/// Strings that no page may hold as they are.
const HOSTILE: [&str; 9] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "javascript:alert(1)",
    "https://evil.example/track?x=1",
    "abc\u{202e}fdp.exe",
    "\u{1b}]8;;https://evil.example\u{7}click\u{1b}[0m",
    "</style><style>*{background:url(https://evil.example)}",
    "</title></bdi></svg>&amp;\0\u{200b}\u{feff}\u{e0041}",
];

/// The sample without anything that was found.
fn empty(provenance: &Provenance) -> Coordination<'_> {
    let mut view = sample::sample(provenance);
    view.chance = None;
    view.groups.clear();
    view.edges.clear();
    view.capped.clear();
    view.warnings.clear();
    view.signs.clear();
    view.network = Network::default();
    view.counts = Counts { posts: 12_480, accounts: 1_204, acts_found: 9, ..Counts::default() };
    view
}

/// The sample with one string in every place that takes one.
fn poisoned<'a>(provenance: &'a Provenance, poison: &str) -> Coordination<'a> {
    let mut view = sample::sample(provenance);
    let object = |object: &mut Object| {
        poison.clone_into(&mut object.value);
        object.excerpt = Some(poison.to_owned());
    };
    let post = |post: &mut Post| {
        poison.clone_into(&mut post.account);
        poison.clone_into(&mut post.id);
        post.text = Some(poison.to_owned());
    };
    for text in [&mut view.title, &mut view.command_line, &mut view.rules.grouping] {
        poison.clone_into(text);
    }
    view.synthetic = Some(poison.to_owned());
    view.warnings.push(poison.to_owned());
    view.rules.notes.push(poison.to_owned());
    for input in &mut view.inputs {
        poison.clone_into(&mut input.name);
        poison.clone_into(&mut input.format);
        poison.clone_into(&mut input.sha256);
    }
    for detector in &mut view.signs {
        poison.clone_into(&mut detector.finds);
        detector.innocent.push(poison.to_owned());
        for sign in &mut detector.signs {
            sign.who.push(poison.to_owned());
            poison.clone_into(&mut sign.detail);
        }
    }
    view.capped.iter_mut().for_each(|capped| object(&mut capped.object));
    view.network.nodes.iter_mut().for_each(|node| poison.clone_into(&mut node.label));
    for group in &mut view.groups {
        group.behaviours.push(poison.to_owned());
        group.top_objects.iter_mut().for_each(|shared| object(&mut shared.object));
        group.evidence.iter_mut().for_each(post);
        if let Some(rhythm) = &mut group.card.rhythm {
            poison.clone_into(&mut rhythm.told);
            poison.clone_into(&mut rhythm.sure);
        }
        for mover in &mut group.card.first_movers {
            poison.clone_into(&mut mover.account);
        }
        for follows in &mut group.card.follows {
            poison.clone_into(&mut follows.leader);
            poison.clone_into(&mut follows.follower);
        }
        for fit in &mut group.card.fits {
            poison.clone_into(&mut fit.meaning);
            poison.clone_into(&mut fit.sign);
        }
        group.card.not_measured.push((poison.to_owned(), poison.to_owned()));
        for member in &mut group.accounts {
            poison.clone_into(&mut member.key);
            member.handle = Some(poison.to_owned());
            member.name = Some(poison.to_owned());
        }
    }
    if let Some(chance) = &mut view.chance {
        chance.left_out.push((1.0, poison.to_owned()));
    }
    for edge in &mut view.edges {
        poison.clone_into(&mut edge.source);
        poison.clone_into(&mut edge.target);
        edge.behaviours.push(poison.to_owned());
        for act in &mut edge.evidence {
            object(&mut act.object);
            poison.clone_into(&mut act.object.behaviour);
            post(&mut act.first);
            post(&mut act.second);
        }
    }
    for behaviour in &mut view.behaviours {
        poison.clone_into(&mut behaviour.name);
        behaviour.innocent.push(poison.to_owned());
        poison.clone_into(&mut behaviour.meaning);
    }
    for term in &mut view.glossary {
        poison.clone_into(&mut term.word);
        poison.clone_into(&mut term.meaning);
    }
    view
}

fn poisoned_provenance(poison: &str) -> Provenance {
    Provenance {
        tool: poison.to_owned(),
        command: poison.to_owned(),
        parameters: vec![(poison.to_owned(), poison.to_owned())],
        inputs: vec![InputFile { name: poison.to_owned(), sha256: poison.to_owned(), bytes: 1 }],
    }
}

#[test]
fn signs_stand_on_the_page_with_their_innocent_explanations_and_what_is_left_out() {
    let provenance = sample::provenance();
    let page = render(&sample::sample(&provenance)).unwrap();
    for expected in [
        "posted within seconds",
        "Two people in conversation answer each other at once.",
        "Shown: 12 of 20 signs.",
        "Besides, 3 measures without a test of chance",
        "background: ordinary accounts",
    ] {
        assert!(page.contains(expected), "{expected}");
    }
    assert!(!render(&empty(&provenance)).unwrap().contains("How accounts live"));
}

#[test]
fn the_page_of_the_sample_is_the_one_that_was_looked_at() {
    let provenance = sample::provenance();
    let mut view = sample::sample(&provenance);
    // A small page, so that a difference can be read.
    view.groups.truncate(1);
    view.groups[0].accounts.truncate(3);
    view.edges.truncate(2);
    view.network.nodes.truncate(5);
    let page = render(&view).unwrap();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/small.html");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, &page).unwrap();
    }
    let golden = fs::read_to_string(&path).unwrap();
    assert!(
        golden == page,
        "the page changed; look at it, then renew {} with UPDATE_GOLDEN=1",
        path.display()
    );
}

#[test]
fn pages_load_nothing_and_every_link_has_an_end() {
    let provenance = sample::provenance();
    for (name, view) in [("sample", sample::sample(&provenance)), ("empty", empty(&provenance))] {
        let page = render(&view).unwrap();
        assert_eq!(faults(&page), Vec::<String>::new(), "{name}");
        assert!(page.contains("default-src 'none'"), "{name}");
        assert!(page.contains("name=\"referrer\" content=\"no-referrer\""), "{name}");
        assert!(!page.contains("url("), "{name}: a style that loads");
    }
}

#[test]
fn the_scan_for_faults_finds_them() {
    for (name, page, expected) in [
        ("a script", "<script>x</script>", "element script"),
        ("a link out", "<a href=\"https://evil.example\">x</a>", "link to https://evil.example"),
        ("a handler", "<p onclick=x>x</p>", "onclick=x"),
        ("a link to nowhere", "<a href=\"#x\">x</a>", "no element with id x"),
        ("an id twice", "<p id=a></p><p id=a></p>", "id a twice"),
    ] {
        assert_eq!(faults(page), [expected], "{name}");
    }
}

#[test]
fn hostile_strings_never_appear_raw() {
    for poison in HOSTILE {
        let provenance = poisoned_provenance(poison);
        let page = render(&poisoned(&provenance, poison)).unwrap();
        assert!(!page.contains(poison), "{poison:?}");
        assert!(!page.contains("javascript:"), "{poison:?}");
        assert!(!page.contains("https://"), "{poison:?}");
        assert_eq!(faults(&page), Vec::<String>::new(), "{poison:?}");
        let unseen = |c: char| {
            (c.is_control() && c != '\n')
                || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
                || matches!(c, '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{e0041}')
        };
        assert_eq!(page.chars().find(|&c| unseen(c)), None, "{poison:?}");
        let svg = network_svg(&poisoned(&provenance, poison).network, &NetworkOptions::default());
        assert!(!svg.svg.contains(poison), "{poison:?} in the drawing");
    }
}

#[test]
fn an_empty_result_says_what_it_means() {
    let provenance = sample::provenance();
    let page = render(&empty(&provenance)).unwrap();
    for sentence in [
        "No two accounts passed the thresholds",
        "Finding nothing is not proof of innocence.",
        "9 times",
        "There is nothing to draw",
        "No group was found",
    ] {
        assert!(page.contains(sentence), "{sentence}");
    }
    assert!(!page.contains("acted together."), "nobody acted together");
}

/// The sample where nothing stands against chance.
fn nothing_stands(provenance: &Provenance) -> Coordination<'_> {
    let mut view = sample::sample(provenance);
    view.groups.clear();
    view.counts.groups = 0;
    for link in &mut view.network.links {
        link.standing = Standing::Chance;
    }
    for node in &mut view.network.nodes {
        (node.group, node.open) = (None, false);
    }
    if let Some(chance) = &mut view.chance {
        (chance.edges, chance.edges_open, chance.stands_p) = (0, 0, None);
        (chance.accounts, chance.accounts_open, chance.groups_open) = (0, 0, 0);
    }
    view
}

#[test]
fn what_chance_explains_is_no_finding_and_the_page_says_what_could_have_been_found() {
    let provenance = sample::provenance();
    let page = render(&nothing_stands(&provenance)).unwrap();
    for sentence in [
        "Nothing here that chance does not explain.",
        "Finding nothing is not proof of innocence.",
        "A group of five accounts hidden in these data would have been found",
        "no accounts are joined by edges that are more than chance explains",
        "finer than the clock of the data",
    ] {
        assert!(page.contains(sentence), "{sentence}");
    }
    assert!(!page.contains("acted together more than"), "nobody acted together");
    assert_eq!(faults(&page), Vec::<String>::new());
}

#[test]
fn groups_are_told_with_their_odds_and_publishers_apart() {
    let provenance = sample::provenance();
    let view = sample::sample(&provenance);
    let page = render(&view).unwrap();
    let groups = page.split("<section id=\"groups\"").nth(1).unwrap();
    let (groups, publishers) = groups.split_once("<section id=\"publishers\"").unwrap();
    let publishers = publishers.split("<section").next().unwrap();
    assert!(groups.contains("less than once in 1,000 such data sets"));
    assert!(groups.contains("There are no odds for the group as a whole"));
    assert!(groups.contains("id=\"group-1\"") && groups.contains("id=\"group-2\""));
    assert!(publishers.contains("id=\"group-3\""));
    assert!(publishers.contains("openly post the same stories"));
    assert!(!publishers.contains("such data sets"), "no odds are given of publishers");
    assert!(page.contains("extrapolated"), "beyond what was simulated");
    assert!(page.contains("less than 1 in a million"));
}

#[test]
fn without_a_test_of_chance_the_page_says_so() {
    let provenance = sample::provenance();
    let mut view = sample::sample(&provenance);
    view.chance = None;
    for group in &mut view.groups {
        (group.chance, group.kind) = (None, Kind::Coordinated);
    }
    view.edges.iter_mut().for_each(|edge| edge.chance = None);
    let page = render(&view).unwrap();
    assert!(page.contains("Chance was not tested in this run."));
    assert!(!page.contains("id=\"chance\"") && !page.contains("id=\"power\""));
    assert!(!page.contains("such data sets"));
    assert_eq!(faults(&page), Vec::<String>::new());
}

#[test]
fn synthetic_data_says_so_and_real_data_does_not() {
    let provenance = sample::provenance();
    let mut view = sample::sample(&provenance);
    assert!(render(&view).unwrap().contains("Synthetic data."));
    view.synthetic = None;
    assert!(!render(&view).unwrap().contains("Synthetic data."));
}

/// Far more of everything than a page can show, with `long` wherever a string can stand.
fn huge<'a>(provenance: &'a Provenance, long: &str) -> Coordination<'a> {
    let mut view = poisoned(provenance, long);
    let group = view.groups[0].clone();
    view.groups = (1..=300).map(|number| Group { number, size: 5_000, ..group.clone() }).collect();
    for group in view.groups.iter_mut().take(limits::GROUPS) {
        group.accounts = vec![group.accounts[0].clone(); 100];
        group.evidence = vec![group.evidence[0].clone(); 100];
    }
    let edge = view.edges[0].clone();
    view.edges = vec![edge; 300];
    for edge in &mut view.edges {
        edge.evidence = vec![edge.evidence[0].clone(); 9];
    }
    let input = view.inputs[0].clone();
    view.inputs = vec![input; 1_000];
    view.warnings = vec![long.to_owned(); 1_000];
    view.network = sample::large_network();
    view.counts.groups = 300;
    view.counts.edges_kept = 98_765;
    view
}

#[test]
fn a_huge_result_is_cut_and_the_page_says_so() {
    let provenance = sample::provenance();
    let page = render(&huge(&provenance, &"a rather long text of words ".repeat(20))).unwrap();
    assert!(page.len() < 3_000_000, "{} bytes", page.len());
    for sentence in [
        "Showing 2,500 of 48,310 accounts and 6,000 of ",
        "Shown: 30 of 300 groups.",
        "Shown: 60 of 5,000 accounts.",
        "Shown: 100 of 98,765 edges.",
        "Shown: 200 of 1,000 inputs.",
        "Shown: 50 of 1,000 warnings.",
        "4 of 90 acts",
    ] {
        assert!(page.contains(sentence), "{sentence}");
    }
    assert_eq!(faults(&page), Vec::<String>::new());
}

#[test]
fn the_worst_of_strings_cannot_blow_up_the_page() {
    let provenance = sample::provenance();
    let page = render(&huge(&provenance, &"<\u{202e}&\"".repeat(200))).unwrap();
    assert!(page.len() < 6_000_000, "{} bytes", page.len());
}

#[test]
fn a_large_drawing_stays_small() {
    let network = sample::large_network();
    let picture = network_svg(&network, &NetworkOptions::default());
    assert_eq!((picture.nodes, picture.links), (limits::DRAWN_NODES, limits::DRAWN_LINKS));
    assert!(picture.svg.len() < 700_000, "{} bytes", picture.svg.len());
    assert!(picture.bands.windows(2).all(|pair| pair[0].greatest <= pair[1].least));
}

#[test]
fn the_style_is_the_one_that_the_policy_allows() {
    let provenance = sample::provenance();
    let page = render(&sample::sample(&provenance)).unwrap();
    let style = page.split("<style>").nth(1).unwrap().split("</style>").next().unwrap();
    assert_eq!(page.matches("<style").count(), 1);
    assert!(!style.contains('<'), "the style could end early");
    assert!(!page.contains("unsafe-inline"), "the digest alone must do");
}

#[test]
fn the_same_view_gives_the_same_bytes() {
    let provenance = sample::provenance();
    let page = || render(&sample::sample(&provenance)).unwrap();
    assert_eq!(page(), page());
}

#[test]
fn a_group_without_members_and_an_input_that_is_not_there_do_no_harm() {
    let provenance = sample::provenance();
    let mut view = sample::sample(&provenance);
    view.groups[0].accounts.clear();
    view.groups[1].number = view.groups[0].number;
    view.groups[2].density = f64::NAN;
    view.edges[0].mean_delay_s = f64::INFINITY;
    view.edges[0].first_seen = Timestamp(i64::MIN);
    view.edges[0].group = Some(77);
    view.edges[0].evidence[0].first.input = u32::MAX;
    view.network.links[0].source = u32::MAX;
    assert_eq!(faults(&render(&view).unwrap()), Vec::<String>::new());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn no_string_breaks_the_page(poison in "\\PC{0,40}|[<>&\"'/:.a-z\u{0}-\u{1f}]{0,40}") {
        let provenance = poisoned_provenance(&poison);
        let page = render(&poisoned(&provenance, &poison)).unwrap();
        prop_assert_eq!(faults(&page), Vec::<String>::new());
    }
}

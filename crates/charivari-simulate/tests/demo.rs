//! The demo: what the project carries is what the seed gives, and the story is in it.

#![expect(clippy::unwrap_used, reason = "helpers of tests may fail as tests do")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use charivari_simulate::demo::{SEED, files, world};
use charivari_simulate::text::{Thing, spans};
use charivari_simulate::world::{Post, Reference, Role, World};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../charivari/demo")
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_seed_others() {
    assert_eq!(files(5).unwrap(), files(5).unwrap());
    let (one, other) = (files(5).unwrap(), files(6).unwrap());
    // The cast keeps its roles: only what it does differs.
    let mut posts = one.iter().zip(&other).filter(|(file, _)| file.is_large);
    assert!(posts.all(|(one, other)| one.bytes != other.bytes));
}

#[test]
fn the_project_carries_what_the_seed_gives() {
    let mut total = 0;
    for file in files(SEED).unwrap() {
        let name = if file.is_large { format!("{}.zst", file.name) } else { file.name.to_owned() };
        let kept = fs::read(folder().join(&name)).unwrap();
        total += kept.len();
        let kept = if file.is_large {
            zstd::bulk::decompress(&kept, file.bytes.len() + 1).unwrap()
        } else {
            kept
        };
        let again = "run `cargo run -p charivari-simulate --example demo -- crates/charivari/demo`";
        assert!(kept == file.bytes, "{name} differs from what the seed gives: {again}");
    }
    assert!(total < 400_000, "the demo takes {total} bytes");
}

#[test]
fn files_have_the_shape_of_their_exports() {
    let files = files(SEED).unwrap();
    let text = |name: &str| {
        let file = files.iter().find(|file| file.name == name).unwrap();
        String::from_utf8(file.bytes.clone()).unwrap()
    };
    let tweets = text("x-posts.jsonl");
    let read = tweets.lines().map(serde_json::from_str::<serde_json::Value>);
    let (good, bad): (Vec<_>, Vec<_>) = read.partition(Result::is_ok);
    assert_eq!(bad.len(), 1, "one line is cut");
    for tweet in good.into_iter().map(Result::unwrap) {
        assert_eq!(tweet["author"]["id"], tweet["author_id"]);
        assert_eq!(tweet["synthetic"], true);
        check_entities(&tweet);
    }
    let telegram: serde_json::Value = serde_json::from_str(&text("telegram.json")).unwrap();
    assert!(telegram["about"].as_str().unwrap().contains("Synthetic"));
    let messages = telegram["chats"]["list"].as_array().unwrap().iter();
    let messages: Vec<_> = messages.flat_map(|chat| chat["messages"].as_array().unwrap()).collect();
    assert!(messages.iter().any(|message| message["text"].is_string()));
    assert!(messages.iter().any(|message| message["text"].is_array()));
    let overlap = text("x-posts-overlap.csv");
    let mut rows = csv::Reader::from_reader(overlap.as_bytes());
    let rows: Vec<_> = rows.records().map(Result::unwrap).collect();
    assert_eq!(rows.iter().filter(|row| row[1].contains("E+")).count(), 1);
    assert_eq!(rows.iter().filter(|row| &row[4] == "hier soir").count(), 1);
    let twice = rows.iter().filter(|row| tweets.contains(&format!("\n{{\"id\":\"{}\"", &row[1])));
    assert_eq!(twice.count(), 2);
}

/// Entities stand where they say, counted in characters.
fn check_entities(tweet: &serde_json::Value) {
    let chars: Vec<char> = tweet["text"].as_str().unwrap().chars().collect();
    for (kind, field) in [("hashtags", "tag"), ("mentions", "username"), ("urls", "url")] {
        for entity in tweet["entities"][kind].as_array().into_iter().flatten() {
            let at = |key: &str| usize::try_from(entity[key].as_u64().unwrap()).unwrap();
            let shown: String = chars[at("start")..at("end")].iter().collect();
            assert!(shown.ends_with(entity[field].as_str().unwrap()), "{shown}");
        }
    }
}

#[test]
fn nothing_leads_to_a_real_place() {
    let world = world(SEED);
    let mut links = 0;
    for post in &world.posts {
        for span in spans(&post.text).into_iter().filter(|span| span.thing == Thing::Link) {
            links += 1;
            let host = span.value.strip_prefix("https://").unwrap().split('/').next().unwrap();
            assert!(host.ends_with(".example"), "{host}");
        }
        // Nothing that looks like a link hides in another word.
        let addresses = post.text.matches("://").count();
        let found = spans(&post.text).iter().filter(|span| span.thing == Thing::Link).count();
        assert_eq!(addresses, found, "{}", post.text);
    }
    assert!(links > 1_000, "{links}");
}

#[test]
fn the_cast_is_as_told() {
    let world = world(SEED);
    assert!((8_500..9_500).contains(&world.posts.len()), "{}", world.posts.len());
    let mut roles: BTreeMap<Role, BTreeSet<usize>> = BTreeMap::new();
    for post in &world.posts {
        roles.entry(world.author(post).role).or_default().insert(post.account);
    }
    for (role, expected) in [
        (Role::Newsroom, 3),
        (Role::Persona, 1),
        (Role::Puppet, 14),
        (Role::Copyist, 9),
        (Role::Amplifier, 6),
    ] {
        assert_eq!(roles[&role].len(), expected, "{role:?}");
    }
    assert!((1_450..1_550).contains(&roles[&Role::Crowd].len()));
    assert!(world.posts.is_sorted_by_key(|post| post.time));
}

/// What a post shares, by our own reckoning: the post it passes on, its links, and its text without
/// links and mentions.
fn objects(post: &Post) -> BTreeSet<String> {
    match &post.reference {
        Reference::Repost(at) => return BTreeSet::from([format!("post {at}")]),
        Reference::Forward(..) => return BTreeSet::from([format!("forward {}", post.text)]),
        Reference::Reply(_) | Reference::None => {}
    }
    let mut objects = BTreeSet::new();
    let mut text = post.text.clone();
    for span in spans(&post.text).iter().rev().filter(|span| span.thing != Thing::Hashtag) {
        text.replace_range(span.bytes.0..span.bytes.1, "");
        if span.thing == Thing::Link {
            objects.insert(span.value.split('?').next().unwrap().to_owned());
        }
    }
    if text.chars().filter(|char| char.is_alphanumeric()).count() >= 20 {
        objects.insert(text.trim().to_lowercase());
    }
    objects
}

/// For each pair of accounts that met within `window` seconds, the objects they met on.
fn meetings(world: &World, window: i64) -> BTreeMap<(usize, usize), BTreeSet<String>> {
    let mut shares: BTreeMap<String, Vec<&Post>> = BTreeMap::new();
    for post in &world.posts {
        for object in objects(post) {
            shares.entry(object).or_default().push(post);
        }
    }
    let mut met: BTreeMap<(usize, usize), BTreeSet<String>> = BTreeMap::new();
    for (object, posts) in shares {
        for (place, one) in posts.iter().enumerate() {
            for other in &posts[place + 1..] {
                if other.time - one.time > window {
                    break;
                }
                if one.account != other.account {
                    let pair = (one.account.min(other.account), one.account.max(other.account));
                    met.entry(pair).or_default().insert(object.clone());
                }
            }
        }
    }
    met
}

#[test]
fn planted_groups_meet_again_and_again_and_honest_pairs_seldom_twice() {
    let world = world(SEED);
    let group = |account: usize| world.accounts[account].group;
    let mut inside: BTreeMap<&str, usize> = BTreeMap::new();
    let (mut once, mut chance) = (0, 0);
    for ((one, other), objects) in meetings(&world, 60) {
        match (group(one), group(other)) {
            (Some(first), Some(second)) if first == second => {
                *inside.entry(first).or_default() += usize::from(objects.len() >= 2);
            }
            _ if objects.len() >= 2 => chance += 1,
            _ => once += 1,
        }
    }
    for (name, members, least_share) in
        [("puppets", 15, 0.9), ("copies", 9, 0.9), ("channels", 6, 0.9), ("newsroom", 3, 1.0)]
    {
        let pairs = f64::from(members * (members - 1) / 2);
        let share = inside.get(name).map_or(0.0, |met| *met as f64 / pairs);
        assert!(share >= least_share, "{name}: {share}");
    }
    assert!(once > 200, "bursts make strangers meet: {once}");
    assert!(chance <= 2, "{chance} pairs met twice by chance");
}

#[test]
fn waves_keep_their_spread() {
    let world = world(SEED);
    let mut times: BTreeMap<(Role, String), Vec<i64>> = BTreeMap::new();
    for post in &world.posts {
        let role = world.author(post).role;
        for object in objects(post) {
            times.entry((role, object)).or_default().push(post.time);
        }
    }
    let spread = |role: Role, least: usize| -> Vec<i64> {
        let of_role = times.iter().filter(|((of, _), times)| *of == role && times.len() >= least);
        of_role.map(|(_, times)| times[times.len() - 1] - times[0]).collect()
    };
    for (role, least, waves, seconds) in
        [(Role::Puppet, 8, 10, 30), (Role::Copyist, 6, 6, 55), (Role::Amplifier, 5, 8, 115)]
    {
        let met = spread(role, least);
        // What else they share is camouflage, and takes hours.
        let (close, wide): (Vec<i64>, Vec<i64>) = met.iter().partition(|met| **met <= seconds);
        assert_eq!(close.len(), waves, "{role:?}: {met:?}");
        assert!(wide.iter().all(|met| *met > 3_600), "{role:?}: {met:?}");
    }
}

#[test]
fn honest_accounts_keep_away_from_planted_shares() {
    let world = world(SEED);
    let mut planted: BTreeMap<String, Vec<i64>> = BTreeMap::new();
    let is_leak =
        |object: &String| object.contains("souls-papers") || object.contains("souls-mirror");
    for post in world.posts.iter().filter(|post| world.author(post).role.is_planted()) {
        for object in objects(post).into_iter().filter(is_leak) {
            planted.entry(object).or_default().push(post.time);
        }
    }
    let mut echoes = 0;
    for post in world.posts.iter().filter(|post| !world.author(post).role.is_planted()) {
        for times in objects(post).iter().filter_map(|object| planted.get(object)) {
            echoes += 1;
            assert!(times.iter().all(|time| (time - post.time).abs() >= 900), "{}", post.text);
        }
    }
    assert!(echoes >= 20, "{echoes}");
}

#[test]
fn one_link_is_pushed_on_both_platforms_at_once() {
    let world = world(SEED);
    let first = |role: Role| {
        let mut posts = world.posts.iter();
        let post = posts.find(|post| {
            world.author(post).role == role && post.text.contains("papers.example/liste/2")
        });
        post.unwrap().time
    };
    assert!((first(Role::Puppet) - first(Role::Amplifier)).abs() <= 60);
}

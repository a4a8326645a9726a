//! An invented result: three groups, sixty accounts, names that nobody has.
//!
//! Used by the tests and by the example that writes a page to look at.

use charivari_model::{Code, InputFile, Provenance, Resolution, Timestamp};
use charivari_report::Histogram;
use charivari_report::view::{
    Act, Behaviour, CappedObject, Coordination, Counts, Edge, Group, Input, Kind, Link, Member,
    Network, Node, Object, Post, Rules, SharedObject, Standing, Term,
};

mod chance;
mod signs;

/// 2023-01-04T06:00:00Z.
const START: i64 = 1_672_812_000;
const DAY: i64 = 86_400;

/// A small generator of numbers that look random and are the same in each run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit.max(1)
    }

    /// A number from -1 to 1.
    fn swing(&mut self) -> f64 {
        self.below(2_001) as f64 / 1_000.0 - 1.0
    }

    fn instant(&mut self, first_s: i64, span_s: i64) -> Timestamp {
        let within = i64::try_from(self.below(span_s.unsigned_abs())).unwrap_or(0);
        Timestamp::from_seconds(first_s + within)
    }
}

/// Where the sample came from, as if a program had made it.
pub(crate) fn provenance() -> Provenance {
    Provenance {
        tool: "charivari 0.1.0".to_owned(),
        command: "coordinate".to_owned(),
        parameters: [
            ("behaviours", "link, hashtag, repost"),
            ("window", "60"),
            ("min-weight", "3"),
            ("min-acts", "3"),
            ("min-group", "3"),
            ("max-acts-per-object", "1000000"),
            ("seed", "42"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .to_vec(),
        inputs: vec![InputFile {
            name: "village-posts.csv".to_owned(),
            sha256: "9f2c".repeat(16),
            bytes: 4_812_377,
        }],
    }
}

/// The whole sample.
pub(crate) fn sample(provenance: &Provenance) -> Coordination<'_> {
    let mut numbers = Numbers(7);
    let sizes = [24, 19, 12];
    let groups: Vec<Group> =
        (1..).zip(sizes).map(|(number, size)| group(&mut numbers, number, size)).collect();
    let edges = edges(&mut numbers, &groups);
    let network = network(&mut numbers, &groups);
    Coordination {
        title: "Who amplified the release of the village registers?".to_owned(),
        synthetic: Some("Every account, post and number on this page was invented.".to_owned()),
        provenance,
        command_line: "charivari coordinate village-posts.csv channel-export.jsonl \
                       --behaviours link,hashtag,repost --window 60 --min-weight 3 --seed 42"
            .to_owned(),
        rules: rules(),
        inputs: inputs(),
        warnings: warnings(),
        counts: counts(&network, &groups),
        period: Some((Timestamp::from_seconds(START), Timestamp::from_seconds(START + 6 * DAY))),
        chance: Some(chance::chance(&groups)),
        capped: vec![CappedObject {
            object: object_of("hashtag", "#goodmorning".to_owned()),
            acts: 48_310_222,
            listed: 1_000_000,
        }],
        network,
        groups,
        edges,
        signs: signs::signs(),
        behaviours: behaviours(),
        glossary: vec![Term {
            word: "hashtag".to_owned(),
            meaning: "A word after a # sign, compared without regard to case.".to_owned(),
        }],
    }
}

fn rules() -> Rules {
    Rules {
        window_s: 60.0,
        min_weight: 3,
        min_group: 3,
        grouping: "Leiden, modularity, resolution 1.0, seed 42".to_owned(),
        notes: vec!["Reposts of an account's own posts leave no trace.".to_owned()],
    }
}

fn warnings() -> Vec<String> {
    vec![
        "channel-export.jsonl records times to the minute only: a window of 60 s there means the \
         same or the next minute."
            .to_owned(),
        "14 ids in village-posts.csv were rounded by a spreadsheet; their rows were set aside."
            .to_owned(),
    ]
}

fn inputs() -> Vec<Input> {
    let period = Some((Timestamp::from_seconds(START), Timestamp::from_seconds(START + 6 * DAY)));
    vec![
        Input {
            name: "village-posts.csv".to_owned(),
            format: "generic-csv".to_owned(),
            background: false,
            read: 10_402,
            kept: 10_371,
            set_aside: vec![(Code::UnreadableTime, 17), (Code::DamagedId, 14)],
            period,
            resolution: Some(Resolution::Second),
            sha256: "9f2c".repeat(16),
            bytes: 4_812_377,
        },
        Input {
            name: "channel-export.jsonl".to_owned(),
            format: "telegram-desktop".to_owned(),
            background: true,
            read: 2_109,
            kept: 2_109,
            set_aside: vec![],
            period,
            resolution: Some(Resolution::Minute),
            sha256: "07bd".repeat(16),
            bytes: 1_204_118,
        },
    ]
}

fn counts(network: &Network, groups: &[Group]) -> Counts {
    Counts {
        posts: 12_480,
        accounts: 1_204,
        traces: 31_877,
        objects: 4_116,
        acts_found: 48_334_018,
        acts_listed: 1_023_796,
        acts_kept: groups.iter().map(|group| group.acts).sum::<u64>() + 61,
        edges_found: 5_217,
        edges_kept: network.links_total,
        accounts_joined: network.nodes_total,
        accounts_grouped: groups.iter().map(|group| group.size).sum(),
        groups: groups.len() as u64,
        objects_capped: 1,
    }
}

const WORDS: [&str; 12] = [
    "amber", "birch", "copper", "drift", "ember", "fjord", "gravel", "heron", "indigo", "juniper",
    "kestrel", "linden",
];

/// An invented handle.
fn handle(group: u32, index: u64) -> String {
    let word = WORDS[usize::try_from(index % 12).unwrap_or(0)];
    format!("@{word}_{}{}", ["voice", "truth", "daily"][(group as usize - 1) % 3], 10 + index * 3)
}

fn object_of(behaviour: &str, value: String) -> Object {
    Object { behaviour: behaviour.to_owned(), value, excerpt: None }
}

fn object(index: u64) -> Object {
    if index.is_multiple_of(2) {
        let value = format!("https://leak-mirror.example/registers/part-{}", index / 2 + 1);
        object_of("link", value)
    } else {
        let word = WORDS[(index / 2) as usize % WORDS.len()];
        object_of("hashtag", format!("#{word}registers"))
    }
}

fn post(numbers: &mut Numbers, time: Timestamp, account: String, object: &Object) -> Post {
    let text = if object.behaviour == "link" {
        format!("They never wanted you to see this. Read it before it is gone: {}", object.value)
    } else {
        format!("Nobody asked us. Everybody knows now. {} #goodmorning", object.value)
    };
    let id = format!("1611{:015}", numbers.below(1_000_000_000_000_000));
    Post { time, account, id, text: Some(text), input: 0, row: 2 + numbers.below(10_000) }
}

fn group(numbers: &mut Numbers, number: u32, size: u64) -> Group {
    let (first, span) = (START + i64::from(number) * 15 * 3_600, 30 * 3_600 * i64::from(number));
    let times: Vec<Timestamp> = (0..size * 22)
        .map(|index| {
            // Bursts: most posts fall into a few hours.
            let burst = i64::try_from(index % 5).unwrap_or(0) * span / 5;
            numbers.instant(first + burst, span / 14)
        })
        .collect();
    let mut hours = [0_u64; 24];
    for time in &times {
        hours[usize::try_from(time.seconds().rem_euclid(DAY) / 3_600).unwrap_or(0)] += 1;
    }
    let period = (Timestamp::from_seconds(START), Timestamp::from_seconds(START + 6 * DAY));
    let pairs = size * (size - 1) / 2;
    let edges = pairs * (9 - u64::from(number) * 2) / 10;
    Group {
        number,
        kind: if number == 3 { Kind::Syndication } else { Kind::Coordinated },
        size,
        chance: Some(chance::held_up(number)),
        windows: vec![(60.0, edges - 3), (900.0, 3)],
        mean_delay_s: 4.0 + f64::from(number) * 20.0,
        card: chance::card(numbers, number),
        accounts: (0..size).map(|index| member(numbers, number, index, size)).collect(),
        density: edges as f64 / pairs as f64,
        edges,
        acts: edges * 7 + 11,
        objects: 18 + u64::from(number) * 9,
        behaviours: vec!["link".to_owned(), "hashtag".to_owned()],
        first_seen: times.iter().min().copied(),
        last_seen: times.iter().max().copied(),
        top_objects: (0..6).map(|index| shared(index + u64::from(number), size)).collect(),
        timeline: Some(Histogram::over(period, times.iter().copied(), 72)),
        hours: Some(hours),
        evidence: (0..4)
            .map(|index| {
                let time = Timestamp::from_seconds(first + i64::try_from(index).unwrap_or(0) * 17);
                post(numbers, time, handle(number, index), &object(index))
            })
            .collect(),
    }
}

fn member(numbers: &mut Numbers, group: u32, index: u64, size: u64) -> Member {
    let acts = 20 + (size - index) * 6 + numbers.below(9);
    Member {
        key: format!("x:16099{:014}", index * 7_919 + u64::from(group)),
        handle: Some(handle(group, index)),
        name: (index % 4 != 3).then(|| format!("Free Villager {}", 10 + index * 3)),
        posts: 8 + acts / 5,
        acts,
        edges: (size - 1).min(4 + numbers.below(size)),
        all_posts: 30 + acts / 4,
    }
}

fn shared(index: u64, size: u64) -> SharedObject {
    let accounts = size.saturating_sub(index * 2).max(2);
    SharedObject { object: object(index), accounts, posts: accounts * 3, acts: accounts * 9 }
}

fn edges(numbers: &mut Numbers, groups: &[Group]) -> Vec<Edge> {
    let mut edges = Vec::new();
    for index in 0..14_u64 {
        let group = &groups[usize::try_from(index % 3).unwrap_or(0)];
        let (source, target) =
            (handle(group.number, index / 3), handle(group.number, index / 3 + 2));
        let start = group.first_seen.map_or(START, Timestamp::seconds);
        let evidence: Vec<Act> = (0..3)
            .map(|step| {
                let object = object(index + step);
                let at = start + i64::try_from(step).unwrap_or(0) * 5_400;
                let later =
                    Timestamp(at * 1_000_000 + 4_500_000 + i64::try_from(index).unwrap_or(0));
                let first = post(numbers, Timestamp::from_seconds(at), source.clone(), &object);
                let second = post(numbers, later, target.clone(), &object);
                Act { object, first, second }
            })
            .collect();
        edges.push(Edge {
            source,
            target,
            group: Some(group.number),
            weight: 31 - index,
            acts: 90 - 4 * index,
            posts_source: 22,
            posts_target: 19 + index % 4,
            behaviours: vec!["hashtag".to_owned(), "link".to_owned()],
            mean_delay_s: 4.25 + index as f64,
            chance: Some(chance::of_edge(index)),
            first_seen: Timestamp::from_seconds(start),
            last_seen: Timestamp::from_seconds(start + DAY),
            evidence,
        });
    }
    edges
}

/// Members around three centres, and five accounts in no group.
fn network(numbers: &mut Numbers, groups: &[Group]) -> Network {
    let centres = [(-320.0, -40.0), (150.0, -190.0), (250.0, 210.0)];
    let mut network = Network::default();
    for (group, centre) in groups.iter().zip(centres) {
        let first = network.nodes.len();
        for (index, member) in group.accounts.iter().enumerate() {
            let turn = index as f64 * 2.399_963;
            let far = 32.0 * (index as f64 + 0.6).sqrt();
            network.nodes.push(Node {
                x: centre.0 + far * turn.cos() + 9.0 * numbers.swing(),
                y: centre.1 + far * turn.sin() + 9.0 * numbers.swing(),
                group: Some(group.number),
                label: member.handle.clone().unwrap_or_default(),
                size: member.acts as f64,
                open: group.kind == Kind::Syndication,
            });
        }
        for a in first..network.nodes.len() {
            for b in a + 1..network.nodes.len() {
                if numbers.below(10) < 9 - u64::from(group.number) * 2 {
                    let standing = match group.kind {
                        Kind::Coordinated => Standing::Stands,
                        Kind::Syndication => Standing::Open,
                    };
                    let weight = 3 + numbers.below(6) * numbers.below(6);
                    push_link(&mut network, a, b, weight, standing);
                }
            }
        }
    }
    let grouped = network.nodes.len() as u64;
    for index in 0..5_u64 {
        let (x, y) = (-120.0 + 70.0 * index as f64, 60.0 + 90.0 * numbers.swing());
        let label = format!("@passer_by_{index}");
        network.nodes.push(Node { x, y, group: None, label, size: 12.0, open: false });
        for _ in 0..2 {
            let other = usize::try_from(numbers.below(grouped)).unwrap_or(0);
            let node = network.nodes.len() - 1;
            push_link(&mut network, other, node, 3, Standing::Chance);
        }
    }
    network.nodes_total = network.nodes.len() as u64;
    network.links_total = network.links.len() as u64;
    network
}

/// A network of 3,000 accounts and 100,000 edges in 25 groups: more than a page can draw.
pub(crate) fn large_network() -> Network {
    let mut numbers = Numbers(11);
    let mut network = Network::default();
    for index in 0..3_000_u64 {
        let group = index % 26;
        let (turn, far) = (group as f64 * 2.399_963, 260.0 * (group as f64).sqrt());
        let spread = 150.0 * (numbers.below(1_000) as f64 / 1_000.0).sqrt();
        let angle = numbers.swing() * 3.2;
        network.nodes.push(Node {
            x: far * turn.cos() + spread * angle.cos(),
            y: far * turn.sin() + spread * angle.sin(),
            group: (group > 0).then_some(group as u32),
            label: handle(1 + (group % 3) as u32, index),
            size: numbers.below(40) as f64,
            open: false,
        });
    }
    for _ in 0..100_000 {
        let a = numbers.below(3_000);
        // Nine of ten edges stay inside the group.
        let b = if numbers.below(10) < 9 {
            (a + 26 * numbers.below(115)) % 2_990
        } else {
            numbers.below(3_000)
        };
        if a % 26 == b % 26 || numbers.below(3) == 0 {
            let weight = 3 + numbers.below(5) * numbers.below(5) * numbers.below(3);
            push_link(&mut network, a as usize, b as usize, weight, Standing::Untested);
        }
    }
    network.nodes_total = 48_310;
    network.links_total = network.links.len() as u64;
    network
}

fn push_link(network: &mut Network, source: usize, target: usize, weight: u64, standing: Standing) {
    let (source, target) = (source as u32, target as u32);
    network.links.push(Link { source, target, weight: weight as f64, standing });
}

fn behaviours() -> Vec<Behaviour> {
    let behaviour = |name: &str, meaning: &str, innocent: &[&str], edges, acts| Behaviour {
        name: name.to_owned(),
        meaning: meaning.to_owned(),
        innocent: innocent.iter().map(|&reason| reason.to_owned()).collect(),
        edges,
        acts,
    };
    vec![
        behaviour(
            "link",
            "The same web address in two posts, after marks of campaigns and sharing are removed.",
            &[
                "A news alert reaches many readers in one minute, and each passes it on.",
                "One publisher runs several accounts openly and posts from one schedule.",
                "A share button writes the same text and link for everybody who presses it.",
            ],
            241,
            1_204,
        ),
        behaviour(
            "hashtag",
            "The same hashtag in two posts.",
            &[
                "An event that all watch at once, such as a match or a broadcast.",
                "A campaign that asked its followers in public to post at a given hour.",
            ],
            208,
            969,
        ),
        behaviour(
            "repost",
            "Two accounts pass on the same post.",
            &["A popular account has many followers who are online at the same time."],
            0,
            0,
        ),
    ]
}

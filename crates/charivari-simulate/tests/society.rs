//! The society: its seeds, its crowd, its planted groups and its tables.

#![expect(clippy::unwrap_used, reason = "helpers of tests may fail as tests do")]

use std::collections::{BTreeMap, BTreeSet};

use charivari_simulate::society::{
    Habit, Kind, Object, Planted, Post, Settings, Society, Tactic, generate, write_accounts_csv,
    write_posts_csv, write_truth_accounts, write_truth_posts,
};

const HOUR: i64 = 3_600;

fn usual() -> Society {
    generate(&Settings::usual(5_000, 1))
}

fn csv_of(society: &Society) -> Vec<u8> {
    let mut out = Vec::new();
    write_posts_csv(society, &mut out).unwrap();
    out
}

/// The posts of each occasion on which groups of this kind met.
fn occasions(society: &Society, kind: Kind) -> BTreeMap<u32, Vec<&Post>> {
    let mut met: BTreeMap<u32, Vec<&Post>> = BTreeMap::new();
    for post in &society.posts {
        let Some(wave) = post.wave else { continue };
        let group = society.waves[wave as usize].group;
        if society.groups[group as usize].kind == kind {
            met.entry(wave).or_default().push(post);
        }
    }
    met
}

fn tactic_of(society: &Society, wave: u32) -> Option<Tactic> {
    society.groups[society.waves[wave as usize].group as usize].tactic
}

/// The share of pairs of posts by different accounts that lie within `window` seconds.
fn close_pairs(posts: &[&Post], window: i64) -> f64 {
    let (mut close, mut all) = (0_u32, 0_u32);
    for (place, one) in posts.iter().enumerate() {
        for other in posts[place + 1..].iter().filter(|other| other.account != one.account) {
            all += 1;
            close += u32::from((one.time - other.time).abs() <= window);
        }
    }
    f64::from(close) / f64::from(all.max(1))
}

fn text(society: &Society, post: &Post) -> String {
    let mut out = String::new();
    society.text(post, &mut out);
    out
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    let settings = Settings::usual(400, 7);
    let (one, other) = (generate(&settings), generate(&settings));
    assert!(one == other);
    assert!(csv_of(&one) == csv_of(&other));
    assert!(csv_of(&one) != csv_of(&generate(&Settings::usual(400, 8))));
}

#[test]
fn posts_are_as_many_as_asked_and_in_order() {
    let settings = Settings::usual(5_000, 1);
    let society = generate(&settings);
    assert_eq!(society.posts.len(), settings.posts);
    assert!(society.posts.is_sorted_by_key(|post| post.time));
    let end = settings.start + settings.days * 24 * HOUR;
    assert!(society.posts.iter().all(|post| (settings.start..end).contains(&post.time)));
    let people = society.accounts.iter().filter(|one| one.habit != Habit::Newsroom).count();
    assert_eq!(people, settings.accounts);
}

#[test]
fn reposts_repeat_what_was_there_before() {
    let society = usual();
    let mut reposts = 0;
    for post in &society.posts {
        assert!(post.reply_to.is_none_or(|at| society.posts[at as usize].time <= post.time));
        let Some(at) = post.repost_of else { continue };
        let original = &society.posts[at as usize];
        assert!(original.repost_of.is_none() && original.time <= post.time);
        assert_eq!(text(&society, original), text(&society, post));
        assert_eq!(society.tags(original), society.tags(post));
        assert_eq!(original.link, post.link);
        reposts += 1;
    }
    let share = f64::from(reposts) / society.posts.len() as f64;
    assert!((0.2..0.4).contains(&share), "{share}");
}

#[test]
fn few_accounts_make_most_posts() {
    let society = generate(&Settings::honest(5_000, 1));
    let mut counts = vec![0_usize; society.accounts.len()];
    for post in &society.posts {
        counts[post.account as usize] += 1;
    }
    counts.sort_unstable_by(|one, other| other.cmp(one));
    let top: usize = counts[..counts.len() / 10].iter().sum();
    let (share, median) = (top as f64 / society.posts.len() as f64, counts[counts.len() / 2]);
    assert!((0.4..0.65).contains(&share), "the first tenth makes {share}");
    assert!(median < 9, "half of the accounts make at most {median}");
}

#[test]
fn people_sleep_by_their_own_clock() {
    let society = generate(&Settings::honest(5_000, 1));
    let mut hours = [0_u32; 24];
    let mut zones = BTreeSet::new();
    for post in &society.posts {
        let account = &society.accounts[post.account as usize];
        if account.habit != Habit::Newsroom {
            zones.insert(account.clock);
            let hour = (post.time / HOUR + account.clock).rem_euclid(24);
            hours[usize::try_from(hour).unwrap()] += 1;
        }
    }
    assert!(zones.len() >= 8, "{zones:?}");
    assert!(hours[20] > 8 * hours[3], "{hours:?}");
}

#[test]
fn interests_keep_most_sharers_of_a_thing_together() {
    let society = generate(&Settings::honest(5_000, 1));
    let topics = society.accounts.iter().flat_map(|one| one.interests).map(|(topic, _)| topic);
    assert!(topics.collect::<BTreeSet<_>>().len() >= 12);
    for account in &society.accounts {
        let sum: f64 = account.interests.iter().map(|(_, share)| share).sum();
        assert!((sum - 1.0).abs() < 1e-9 && account.interests[0].1 >= 0.55);
    }
    let at_home = society.posts.iter().filter(|post| {
        let mut interests = society.accounts[post.account as usize].interests.iter();
        interests.any(|(topic, _)| *topic == post.topic)
    });
    let share = at_home.count() as f64 / society.posts.len() as f64;
    assert!(share > 0.85, "{share}");
}

#[test]
fn breaking_news_is_shared_by_hundreds_within_a_quarter_of_an_hour() {
    let society = generate(&Settings::honest(20_000, 1));
    let mut shares: BTreeMap<u32, Vec<i64>> = BTreeMap::new();
    for post in society.posts.iter().filter(|post| post.wave.is_none()) {
        if let Some(link) = post.link {
            shares.entry(link).or_default().push(post.time);
        }
    }
    let bursts = shares
        .values()
        .filter(|times| times.iter().filter(|time| **time < times[0] + 900).count() >= 200);
    assert!(bursts.count() >= 5);
    let slow = shares
        .values()
        .filter(|times| times.len() > 20)
        .filter(|times| times.last().unwrap() - times[0] > 24 * HOUR);
    assert!(slow.count() >= 10, "some things last for days");
}

#[test]
fn some_are_always_among_the_first_and_some_post_by_the_clock() {
    let society = generate(&Settings::honest(20_000, 1));
    let (mut first, mut all, mut planned, mut by_tool) = ([0_u32; 2], [0_u32; 2], 0, 0);
    for post in &society.posts {
        let habit = society.accounts[post.account as usize].habit;
        if let Some(at) = post.repost_of {
            let kind = usize::from(habit == Habit::Reactor);
            let delay = post.time - society.posts[at as usize].time;
            all[kind] += 1;
            first[kind] += u32::from(delay <= 60);
        } else if habit == Habit::Planner && post.reply_to.is_none() {
            by_tool += 1;
            planned += u32::from(post.time % 900 <= 2);
        }
    }
    let share = |kind: usize| f64::from(first[kind]) / f64::from(all[kind]);
    assert!(share(1) > 0.4 && share(0) < 0.1, "{} {}", share(1), share(0));
    assert!(f64::from(planned) / f64::from(by_tool) > 0.75, "{planned} of {by_tool}");
}

#[test]
fn planted_pairs_meet_as_their_tactic_promises() {
    let society = usual();
    let met = occasions(&society, Kind::Planted);
    for (tactic, window, least, most) in [
        (Tactic::Fast, 60, 1.0, 1.0),
        (Tactic::Small, 60, 1.0, 1.0),
        (Tactic::Sparse, 60, 1.0, 1.0),
        (Tactic::Camouflage, 60, 1.0, 1.0),
        (Tactic::Edited, 60, 1.0, 1.0),
        (Tactic::Flooding, 60, 1.0, 1.0),
        (Tactic::Riding, 20, 1.0, 1.0),
        (Tactic::Staggered, 900, 1.0, 1.0),
        (Tactic::Staggered, 60, 0.05, 0.3),
    ] {
        let of: Vec<&Vec<&Post>> = met
            .iter()
            .filter(|(wave, _)| tactic_of(&society, **wave) == Some(tactic))
            .map(|(_, posts)| posts)
            .collect();
        assert!(of.len() >= 12, "{tactic:?}: {} occasions", of.len());
        let mean = of.iter().map(|posts| close_pairs(posts, window)).sum::<f64>() / of.len() as f64;
        assert!((least..=most).contains(&mean), "{tactic:?} within {window} s: {mean}");
    }
}

#[test]
fn members_take_part_and_hide_as_told() {
    let society = usual();
    let mut own = vec![(0_u32, 0_u32); society.groups.len()];
    for post in &society.posts {
        if let Some(group) = society.planted_group(post.account) {
            let counts = &mut own[group as usize];
            *if society.is_campaign(post) { &mut counts.0 } else { &mut counts.1 } += 1;
        }
    }
    for (group, planted) in society.groups.iter().zip(&society.settings.planted) {
        let (campaign, ordinary) = own[group_place(&society, group)];
        let share = f64::from(ordinary) / f64::from(campaign + ordinary);
        assert!((share - planted.ordinary).abs() < 0.05, "{}: {share}", group.name);
        assert_eq!(group.members.len(), planted.size);
        let each = f64::from(campaign) / (planted.size * planted.objects) as f64;
        let expected = match planted.tactic {
            Tactic::Flooding => 1.3..=2.3,
            Tactic::Sparse => 0.3..=0.55,
            _ => 0.8..=1.0,
        };
        assert!(expected.contains(&each), "{}: {each} posts on each occasion", group.name);
    }
}

fn group_place(society: &Society, group: &charivari_simulate::society::Group) -> usize {
    society.groups.iter().position(|other| other.name == group.name).unwrap()
}

#[test]
fn each_tactic_meets_on_what_it_says() {
    let society = usual();
    let mut riders = 0;
    for (wave, posts) in occasions(&society, Kind::Planted) {
        let objects: BTreeSet<String> = posts
            .iter()
            .map(|post| match society.waves[wave as usize].object {
                Object::Link(link) => {
                    assert_eq!(post.link, Some(link));
                    society.link(link)
                }
                Object::Repost => post.repost_of.unwrap().to_string(),
                Object::Words => text(&society, post),
                Object::EditedWords => post.words.to_string(),
                Object::Hashtags => format!("{:?}", society.tags(post)),
            })
            .collect();
        assert_eq!(objects.len(), 1, "{objects:?}");
        if tactic_of(&society, wave) == Some(Tactic::Riding) {
            let others = society.posts.iter().filter(|post| {
                post.wave.is_none()
                    && (post.repost_of.is_some() && post.repost_of == posts[0].repost_of
                        || post.link.is_some() && post.link == posts[0].link)
            });
            assert!(others.count() >= 10, "riders ride on what is popular");
            riders += 1;
        }
    }
    assert!(riders >= 12);
}

#[test]
fn edited_copies_differ_and_keep_most_words() {
    let society = usual();
    for (wave, posts) in occasions(&society, Kind::Planted) {
        if tactic_of(&society, wave) != Some(Tactic::Edited) {
            continue;
        }
        let texts: Vec<String> = posts.iter().map(|post| text(&society, post)).collect();
        let distinct: BTreeSet<&String> = texts.iter().collect();
        assert_eq!(distinct.len(), texts.len(), "{texts:#?}");
        let words = |text: &str| -> BTreeSet<String> {
            let plain = |word: &str| word.trim_end_matches(['.', ',', '!', '?']).to_lowercase();
            let kept = |word: &&str| !word.starts_with(['#', '@']);
            text.split(' ').filter(kept).map(plain).collect()
        };
        for pair in texts.windows(2) {
            let (one, other) = (words(&pair[0]), words(&pair[1]));
            let common = one.intersection(&other).count() as f64;
            let share = common / one.union(&other).count() as f64;
            assert!(share > 0.5, "{share}: {pair:#?}");
        }
    }
}

#[test]
fn newsrooms_post_one_text_within_seconds_each_with_its_own_link() {
    let society = usual();
    let met = occasions(&society, Kind::Syndication);
    assert!(met.len() > 100, "{}", met.len());
    for posts in met.values() {
        let words: BTreeSet<u64> = posts.iter().map(|post| post.words).collect();
        assert_eq!((words.len(), close_pairs(posts, 8) >= 1.0 || posts.len() < 2), (1, true));
        for post in posts {
            let handle = &society.accounts[post.account as usize].handle;
            let link = society.link(post.link.unwrap());
            let site = format!("https://{}.example/", handle.replace('_', "-"));
            assert!(link.starts_with(&site), "{handle} links to {link}");
        }
    }
    let mut kinds = society.groups.iter().map(|group| group.kind);
    assert!(kinds.any(|kind| kind == Kind::App));
    let plain = Settings { publishers: 0, app: false, ..Settings::honest(1_000, 1) };
    assert!(generate(&plain).groups.is_empty());
    assert!(generate(&plain).posts.iter().all(|post| post.wave.is_none()));
}

#[test]
fn own_texts_seldom_meet() {
    let society = generate(&Settings { app: false, publishers: 0, ..Settings::honest(20_000, 1) });
    let mut texts = BTreeSet::new();
    let mut all = 0;
    for post in society.posts.iter().filter(|post| post.repost_of.is_none()) {
        texts.insert(text(&society, post));
        all += 1;
    }
    let share = texts.len() as f64 / f64::from(all);
    assert!(share > 0.9, "{share}");
}

#[test]
fn a_coarse_clock_shows_whole_steps() {
    let settings = Settings { resolution: 60, ..Settings::usual(1_000, 3) };
    let society = generate(&settings);
    assert!(society.posts.iter().all(|post| post.time % 60 == 0));
    assert!(society.posts.is_sorted_by_key(|post| post.time));
}

#[test]
fn tables_read_back_and_agree() {
    let society = generate(&Settings::usual(1_000, 5));
    let rows = |bytes: Vec<u8>| -> Vec<BTreeMap<String, String>> {
        csv::Reader::from_reader(&bytes[..]).deserialize().map(Result::unwrap).collect()
    };
    let posts = rows(csv_of(&society));
    assert_eq!(posts.len(), society.posts.len());
    for (row, post) in posts.iter().zip(&society.posts) {
        assert_eq!(row["account_id"], Society::account_id(post.account).to_string());
        assert_eq!(row["text"], text(&society, post));
        assert_eq!(row["hashtags"].split_whitespace().count(), society.tags(post).len());
        assert_eq!(row["links"], post.link.map_or(String::new(), |link| society.link(link)));
        assert_eq!(row["repost_of"].is_empty(), post.repost_of.is_none());
        assert_eq!(row["created_at"].len(), "2023-01-16T08:30:00Z".len());
    }
    let mut out = [Vec::new(), Vec::new(), Vec::new()];
    write_accounts_csv(&society, &mut out[0]).unwrap();
    write_truth_accounts(&society, &mut out[1]).unwrap();
    write_truth_posts(&society, &mut out[2]).unwrap();
    let [accounts, truth, told] = out.map(rows);
    assert_eq!((accounts.len(), truth.len()), (society.accounts.len(), society.accounts.len()));
    let planted = truth.iter().filter(|row| row["kind"] == "planted").count();
    let members: usize = society.settings.planted.iter().map(|group| group.size).sum();
    assert_eq!(planted, members);
    let campaign = told.iter().filter(|row| row["campaign"] == "true").count();
    assert_eq!(campaign, society.posts.iter().filter(|post| society.is_campaign(post)).count());
}

#[test]
fn settings_out_of_range_are_refused_and_brought_into_range() {
    let usual = Settings::usual(2_000, 1);
    assert_eq!(usual.check(), Ok(()));
    let large = Planted { size: 900, ..usual.planted[0] };
    let hidden = Planted { ordinary: f64::NAN, ..usual.planted[0] };
    for (name, settings, said) in [
        ("no accounts", Settings { accounts: 0, ..usual.clone() }, "accounts"),
        ("no days", Settings { days: 0, ..usual.clone() }, "days"),
        ("few posts", Settings { posts: 2_000, ..usual.clone() }, "half"),
        ("no clock", Settings { resolution: 0, ..usual.clone() }, "resolution"),
        ("large groups", Settings { planted: vec![large], ..usual.clone() }, "quarter"),
        ("no share", Settings { planted: vec![hidden], ..usual.clone() }, "ordinary"),
    ] {
        let error = settings.check().unwrap_err();
        assert!(error.contains(said), "{name}: {error}");
        // Nothing breaks where nobody checks.
        assert!(!generate(&settings).posts.is_empty(), "{name}");
    }
}

//! What happens, from Tuesday 3 to Saturday 7 January 2023.

use super::cast::{Cast, PERSONA_CHANNEL, cast};
use super::lines;
use crate::clock::{DAY, HOUR};
use crate::crowd::{Burst, Crowd};
use crate::plant::{self, Wave};
use crate::random::Random;
use crate::script::{Script, What, articles};
use crate::text::{Topic, shout};

/// 2023-01-03T00:00:00Z.
pub(super) const START: i64 = 1_672_704_000;
/// How many days the story lasts.
pub(super) const DAYS: i64 = 5;

/// Honest accounts that pick up what was planted do so at least this long, in seconds, before or
/// after any planted share of it.
pub(super) const APART: i64 = 900;

/// The story, planned.
pub(super) fn script(seed: u64) -> Script {
    let mut script =
        Script { seed, articles: articles(seed, START, DAYS, 320), ..Script::default() };
    let crowd =
        Crowd { accounts: 0, posts: 7_000, sigma: 1.1, tail: 0.05, start: START, days: DAYS };
    let cast = cast(seed, &crowd, &mut script);
    let random = &mut Random::part(seed, 2);
    crowd.chatter(&cast.people, &mut script, random);
    Crowd { posts: 800, ..crowd }.chatter(&cast.members, &mut script, random);
    bursts(&cast, &mut script, random);
    newsroom(&cast, &mut script, random);
    puppets(&cast, &mut script, &mut Random::part(seed, 3));
    copyists(&cast, &mut script, &mut Random::part(seed, 4));
    channels(&cast, &mut script, &mut Random::part(seed, 5));
    bystanders(&cast, &mut script, &mut Random::part(seed, 6));
    script
}

/// Seconds since the epoch at `hour`:`minute`:`second` UTC on the story's day, counted from 0.
const fn at(day: i64, hour: i64, minute: i64, second: i64) -> i64 {
    START + day * DAY + hour * HOUR + minute * 60 + second
}

/// A goal, a strike, a storm, a sold-out show.
fn bursts(cast: &Cast, script: &mut Script, random: &mut Random) {
    for (time, people, mean_delay, topic, carried) in [
        (at(1, 20, 31, 4), 140, 300.0, Topic::Football, "#TFMontbrume"),
        (at(2, 16, 5, 40), 45, 900.0, Topic::Transport, lines::STRIKE),
        (at(3, 6, 12, 9), 100, 600.0, Topic::Weather, lines::STORM),
        (at(4, 11, 30, 0), 30, 1_200.0, Topic::Culture, lines::SHOW),
    ] {
        Burst { time, people, mean_delay, topic, carried }.plan(&cast.people, script, random);
    }
}

/// A newsroom's tool posts each article on all its accounts at once: coordinated and innocent.
fn newsroom(cast: &Cast, script: &mut Script, random: &mut Random) {
    let own = |url: &str| url.starts_with("https://courrier-rivage.example/");
    let articles: Vec<(i64, String)> = script
        .articles
        .iter()
        .filter(|article| article.time >= START && own(&article.url))
        .step_by(5)
        .take(14)
        .map(|article| (article.time, format!("{} {}", article.headline, article.url)))
        .collect();
    for (time, text) in articles {
        let wave = Wave { time, spread: 5, attendance: 0.9 };
        for (account, time) in wave.shares(&cast.newsroom, random) {
            script.plan(time, account, What::Say(text.clone()));
        }
    }
}

/// The persona posts, and within seconds its puppets pass it on or post its link themselves.
fn puppets(cast: &Cast, script: &mut Script, random: &mut Random) {
    for (time, text) in [
        (at(1, 17, 5, 12), lines::PERSONA[0]),
        (at(1, 21, 2, 45), lines::PERSONA[1]),
        (at(2, 12, 40, 31), lines::PERSONA[2]),
        (at(3, 8, 5, 3), lines::PERSONA[3]),
        (at(3, 19, 12, 57), lines::PERSONA[4]),
        (at(4, 15, 45, 20), lines::PERSONA[5]),
    ] {
        let original = script.plan(time, cast.persona, What::Say(text.to_owned()));
        let wave = Wave { time: time + 2, spread: 24, attendance: 0.85 };
        for (account, time) in wave.shares(&cast.puppets, random) {
            script.plan(time, account, What::Pass(original));
        }
    }
    for (time, link) in [
        (at(1, 17, 20, 8), lines::LEAK[0]),
        (at(2, 7, 15, 2), lines::LEAK[1]),
        (at(2, 18, 31, 39), lines::LEAK[2]),
        (at(4, 9, 24, 16), lines::LEAK[3]),
    ] {
        script.plan(time, cast.persona, What::Say(format!("{} {link}", lines::NEW_PART)));
        let wave = Wave { time: time + 2, spread: 28, attendance: 0.85 };
        for (account, time) in wave.shares(&cast.puppets, random) {
            let text = lines::push(link, random);
            script.plan(time, account, What::Say(text));
        }
    }
    for time in [at(3, 12, 30, 22), at(4, 19, 5, 11)] {
        let wave = Wave { time, spread: 27, attendance: 0.85 };
        for (account, time) in wave.shares(&cast.puppets, random) {
            let text = lines::storm(random);
            script.plan(time, account, What::Say(text));
        }
    }
    plant::camouflage(&cast.puppets, 13, (START, DAYS), script, random);
}

/// The same text from nine accounts, each to another newspaper, with another link, and louder.
fn copyists(cast: &Cast, script: &mut Script, random: &mut Random) {
    let times = plant::times(at(1, 18, 0, 0), at(4, 21, 0, 0), lines::COPIED.len(), random);
    for (time, text) in times.into_iter().zip(lines::COPIED) {
        let wave = Wave { time, spread: 55, attendance: 0.9 };
        for (account, time) in wave.shares(&cast.copyists, random) {
            let (text, link) = (shout(text, random), lines::short_link(random));
            let mention = random.pick(lines::NEWSPAPERS);
            script.plan(time, account, What::Say(format!("@{mention} {text} {link}")));
        }
    }
    plant::camouflage(&cast.copyists, 14, (START, DAYS), script, random);
}

/// Six channels forward the persona's messages or post its links, within two minutes.
fn channels(cast: &Cast, script: &mut Script, random: &mut Random) {
    let wave = |time| Wave { time, spread: 115, attendance: 0.95 };
    for (time, text) in [
        (at(1, 17, 30, 5), lines::FORWARDED[0]),
        (at(2, 13, 2, 50), lines::FORWARDED[1]),
        (at(3, 10, 20, 33), lines::FORWARDED[2]),
        (at(4, 10, 8, 14), lines::FORWARDED[3]),
    ] {
        let (name, id) = PERSONA_CHANNEL;
        for (account, time) in wave(time).shares(&cast.channels, random) {
            script.plan(time, account, What::Forward(name.to_owned(), id, text.to_owned()));
        }
    }
    for (time, link) in [
        (at(1, 20, 11, 26), lines::MIRRORS[0]),
        // The link that the puppets push on X at the same minute.
        (at(2, 7, 15, 12), lines::LEAK[1]),
        (at(3, 20, 40, 0), lines::MIRRORS[1]),
        (at(4, 12, 15, 48), lines::MIRRORS[2]),
    ] {
        for (account, time) in wave(time).shares(&cast.channels, random) {
            let text = format!("📌 {}", lines::push(link, random));
            script.plan(time, account, What::Say(text));
        }
    }
    plant::camouflage(&cast.channels, 32, (START, DAYS), script, random);
}

/// A readers' association answers, and honest people talk about the leak in their own time.
fn bystanders(cast: &Cast, script: &mut Script, random: &mut Random) {
    let planted: Vec<i64> = script
        .deeds
        .iter()
        .filter(|deed| script.accounts[deed.account].role.is_planted())
        .filter(|deed| deed.what != What::Chatter)
        .map(|deed| deed.time)
        .collect();
    let mut apart = |first: i64, last: i64| {
        let mut time = random.between(first, last);
        while planted.iter().any(|other| (other - time).abs() < APART) {
            time = random.between(first, last);
        }
        (time, random.index(cast.people.len()), random.index(lines::BYSTANDERS.len()))
    };
    for (time, text) in
        [at(1, 19, 40, 0), at(2, 10, 0, 0), at(4, 8, 30, 0)].iter().zip(lines::READERS)
    {
        let original = script.plan(*time, cast.readers, What::Say(text.to_owned()));
        for _ in 0..12 {
            let (time, place, _) = apart(time + 60, time + 8 * HOUR);
            script.plan(time, cast.people[place], What::Pass(original));
        }
    }
    for number in 0..26 {
        let (time, place, says) = apart(at(1, 18, 0, 0), at(4, 23, 0, 0));
        let link = lines::LEAK[if time < at(2, 18, 0, 0) { number % 2 } else { number % 3 }];
        let text = format!("{} {link}", lines::BYSTANDERS[says]);
        script.plan(time, cast.people[place], What::Say(text));
    }
}

//! What the test of chance promises, on small simulated crowds. The large check is the example
//! `method`; see `docs/method-significance.md`.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop where it has to")]

#[path = "../examples/method/crowd.rs"]
mod crowd;
mod support;

use charivari_coordination::{GroupKind, Network, Parameters, Store, Testing, analyse};
use charivari_simulate::society::{self, Kind, Settings, Society, Tactic};
use crowd::Truth;
use support::{Trace, of_traces};

struct Run {
    society: Society,
    store: Store,
    network: Network,
}

fn run(settings: &Settings, parameters: &Parameters) -> Run {
    let society = society::generate(settings);
    let store = crowd::store(&society, parameters);
    let network = analyse(&store, parameters).unwrap();
    Run { society, store, network }
}

impl Run {
    /// What each account with a group is in truth, and the kind of its group.
    fn grouped(&self) -> Vec<(Truth, GroupKind)> {
        let truth = crowd::truth(&self.society);
        let of = |(account, group): (&u32, &Option<u32>)| {
            let kind = self.network.group_kinds[(*group)? as usize];
            let key = self.network.account(&self.store, *account);
            Some((truth.get(key).copied().unwrap_or(Truth::NOBODY), kind))
        };
        self.network.nodes.iter().zip(&self.network.groups).filter_map(of).collect()
    }

    fn significant(&self) -> usize {
        let is = |edge: &usize| {
            self.network.is_significant(*edge) && !self.network.tests[*edge].unwrap().open
        };
        (0..self.network.edges.edges.len()).filter(is).count()
    }
}

#[test]
fn honest_crowds_are_left_alone_and_newsrooms_are_called_what_they_are() {
    for seed in [11, 12, 13] {
        let run = run(&Settings::honest(2_000, seed), &Parameters::default());
        assert_eq!(run.significant(), 0, "seed {seed}");
        let grouped = run.grouped();
        assert!(!grouped.is_empty(), "newsrooms do post together");
        assert!(grouped.iter().all(|(is, kind)| {
            is.kind == Some(Kind::Syndication) && *kind == GroupKind::Syndication
        }));
    }
}

#[test]
fn planted_groups_are_found_whatever_their_tactic_and_few_others_with_them() {
    let run = run(&Settings::usual(3_000, 5), &Parameters::default());
    let named: Vec<Truth> = run
        .grouped()
        .into_iter()
        .filter(|(_, kind)| *kind == GroupKind::Coordinated)
        .map(|(is, _)| is)
        .collect();
    let right = named.iter().filter(|is| is.kind == Some(Kind::Planted)).count();
    let planted: usize = run
        .society
        .groups
        .iter()
        .filter(|group| group.kind == Kind::Planted)
        .map(|group| group.members.len())
        .sum();
    assert!(right * 100 >= planted * 90, "{right} of {planted}");
    assert!(right * 100 >= named.len() * 95, "{right} of {}", named.len());
    // Most groups act together again in the periods that had no part in finding them.
    let held = run.network.replications.iter().filter(|held| held.p_value < 0.001).count();
    assert!(held * 3 >= run.network.replications.len() * 2, "{:?}", run.network.replications);
}

#[test]
fn one_window_alone_misses_who_takes_a_quarter_of_an_hour() {
    let mut settings = Settings::honest(2_000, 21);
    settings.plant(&[Tactic::Staggered], 2);
    let found = |testing| {
        let parameters = Parameters { testing, ..Parameters::default() };
        run(&settings, &parameters).significant()
    };
    let (learnt, minute) = (found(Testing::Learnt), found(Testing::Window));
    assert!(learnt > 100 && minute * 4 < learnt, "{learnt} {minute}");
}

#[test]
fn power_grows_with_the_number_of_objects_and_shrinks_with_time() {
    let run = run(&Settings::honest(2_000, 31), &Parameters::default());
    let power = run.network.power(1);
    let fewest = |spread| power.fewest_objects(5, spread).unwrap();
    assert!(fewest(10) <= fewest(60) && fewest(60) < fewest(900));
    assert_eq!(power, run.network.power(1), "the same seed gives the same curve");
    let many = power.points.iter().filter(|point| point.objects == 24);
    assert!(many.into_iter().all(|point| point.found * 10 >= point.planted * 9));
}

#[test]
fn background_accounts_teach_what_is_usual_and_are_not_named() {
    let settings = Settings { publishers: 0, ..Settings::usual(2_000, 41) };
    let society = society::generate(&settings);
    let parameters = Parameters::default();
    let mut store = Store::default();
    let all = crowd::store(&society, &parameters);
    let alone = analyse(&all, &parameters).unwrap();
    store.begin_background();
    crowd::add(&mut store, &society, &parameters);
    store.settle_near_texts().unwrap();
    let network = analyse(&store, &parameters).unwrap();
    assert!(!alone.edges.edges.is_empty());
    assert!(network.edges.edges.is_empty(), "all accounts are background");
    assert_eq!(network.traces.counts.background_accounts, alone.traces.counts.accounts);
}

#[test]
fn one_sitting_is_one_coincidence() {
    // Two go through the same ten posts, one half a minute after the other; each has three other
    // sharers at other times.
    let mut rows: Vec<Trace> = Vec::new();
    for object in 0..10 {
        let name = format!("o{object}");
        rows.push((name.clone(), "a".into(), format!("a{object}"), 50_000 + object * 20));
        rows.push((name.clone(), "b".into(), format!("b{object}"), 50_030 + object * 20));
        for other in 0..3 {
            let time = 1_000 * object + 9_000 * other;
            rows.push((name.clone(), format!("s{other}"), format!("s{object}{other}"), time));
        }
    }
    let found = of_traces(&rows, &Parameters::default());
    let network = &found.network;
    let ab = network.edges.edges.iter().position(|edge| edge.weight == 10).unwrap();
    assert_eq!(network.tests[ab].unwrap().shared, 1);
    assert!(!network.is_significant(ab));
}

#[test]
fn neither_order_nor_threads_change_what_is_found() {
    let society = society::generate(&Settings::usual(2_000, 51));
    let parameters = Parameters::default();
    let store = crowd::store(&society, &parameters);
    let whole = analyse(&store, &parameters).unwrap();
    let single = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    let alone = single.install(|| {
        let store = crowd::store(&society, &parameters);
        analyse(&store, &parameters).unwrap()
    });
    assert_eq!(whole.tests, alone.tests);
    assert_eq!(whole.groups, alone.groups);
    assert_eq!(whole.replications, alone.replications);
}

//! What an invented test of chance says of the invented result.

use charivari_report::view::{
    Card, Chance, Curve, EdgeChance, FirstMover, Fit, Follows, Group, GroupChance, Kind, Overlap,
    Rhythm, Stability, Standing, Surprise,
};

use super::{Numbers, handle};

/// How chance was tested.
pub(super) fn chance(groups: &[Group]) -> Chance {
    let of = |kind: Kind| groups.iter().filter(move |group| group.kind == kind);
    let surprises = (0..=32_u32).map(|step| {
        let p = 10_f64.powf(-f64::from(step) / 4.0);
        let accounts = 43 + 900_u64.checked_shr(step / 2).unwrap_or(0);
        Surprise { p, pairs: accounts * 3, accounts, chance: 180_000.0 * p.powf(1.2) }
    });
    Chance {
        level: 0.05,
        windows_s: vec![60.0, 300.0, 900.0],
        left_out: vec![
            (10.0, "finer than the clock of the data".to_owned()),
            (3_600.0, "too many meetings to list".to_owned()),
        ],
        pairs_tested: 5_217,
        pairs_possible: 182_344.5,
        looked_at: 0.25,
        edges: 214,
        edges_open: 27,
        groups_with_odds: (1, 1),
        accounts: of(Kind::Coordinated).map(|group| group.size).sum(),
        groups_open: of(Kind::Syndication).count() as u64,
        accounts_open: of(Kind::Syndication).map(|group| group.size).sum(),
        surprises: surprises.collect(),
        stands_p: Some(2e-5),
        power: power(),
    }
}

fn power() -> Vec<Curve> {
    let curve = |spread_s: i64, accounts: u32| {
        let easy = accounts / 3 + if spread_s > 60 { 0 } else { 3 };
        let points: Vec<(u32, u32, u32)> =
            [2, 3, 4, 6, 8, 12].map(|objects| (objects, 10, (objects * easy / 2).min(10))).to_vec();
        let fewest = points.iter().find(|point| point.2 >= 8).map(|point| point.0);
        Curve { accounts, spread_s, points, fewest }
    };
    [10, 60, 900]
        .into_iter()
        .flat_map(|spread| [3, 5, 10, 20].map(|size| curve(spread, size)))
        .collect()
}

/// What held up of a group.
pub(super) fn held_up(number: u32) -> GroupChance {
    let rare = number == 1;
    GroupChance {
        once_in: rare.then_some(1_000),
        e_value: if rare { 5e7 } else { 2.0 },
        p: if rare { 4e-8 } else { 0.9 },
        events: if rare { 19 } else { 2 },
        met: if rare { 731 } else { 5 },
        expected: if rare { 23.4 } else { 3.1 },
    }
}

/// What is known of a group beside its edges.
pub(super) fn card(numbers: &mut Numbers, number: u32) -> Card {
    let mut rhythm = Rhythm {
        accounts: 24,
        days: 6,
        told: "The hours fit waking hours at UTC+01:00 best; not clearly worse: UTC+00:00 to \
               UTC+02:30. The times cover too few weeks to tell a working week."
            .to_owned(),
        sure: "a weak hint".to_owned(),
        ..Rhythm::default()
    };
    for (hour, count) in rhythm.heat.iter_mut().flat_map(|day| day.iter_mut().enumerate()) {
        *count = if (6..22).contains(&hour) { numbers.below(20) as u32 } else { 0 };
    }
    let mover = FirstMover {
        account: handle(number, 2),
        occasions: 40,
        first: 22,
        trials: (18, 12, 2.1),
        q: 0.000_3,
    };
    Card {
        stability: Stability {
            seeds: Some(0.93),
            seeds_tried: 20,
            levels: vec![(0.005, 0.88), (0.05, 1.0), (0.1, 0.97)],
        },
        rhythm: Some(rhythm),
        occasions: 61,
        first_movers: if number == 1 { vec![mover] } else { Vec::new() },
        follows: vec![Follows {
            leader: handle(number, 2),
            follower: handle(number, 4),
            objects: 21,
            first: 19,
            median_delay_s: 14.0,
            q: 0.001,
        }],
        follows_total: 3,
        overlaps: vec![Overlap { group: number % 3 + 1, objects: 4, jaccard: 0.08 }],
        fits: vec![Fit {
            meaning: "A fan club, or supporters of one cause, who agree on it in the open."
                .to_owned(),
            sign: "71 % of all posts carry #amberregisters, and 22 of 24 accounts used it."
                .to_owned(),
        }],
        not_measured: vec![("schedule".to_owned(), "times to the minute".to_owned())],
    }
}

/// What chance has to say of an edge; the last one is explained by it.
pub(super) fn of_edge(index: u64) -> EdgeChance {
    let weak = index > 12;
    EdgeChance {
        p: if weak { 0.04 } else { 10_f64.powi(index as i32 - 14) },
        q: if weak { 0.6 } else { 10_f64.powi(index as i32 - 14) * 4_000.0 },
        standing: match index {
            13.. => Standing::Chance,
            _ if index % 3 == 2 => Standing::Open,
            _ => Standing::Stands,
        },
        shared: 40,
        met: 31 - index,
        expected: 0.4 + index as f64 / 5.0,
        window_s: 60.0,
    }
}

use proptest::prelude::*;

use super::profiles::{days, weeks};
use super::*;

const HOUR: i64 = 3_600_000_000;

/// Monday, 2 January 2023, midnight UTC.
const MONDAY: i64 = 1_672_617_600_000_000;

fn scatter(state: &mut u64) -> f64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
}

/// Invented accounts that live at `offset_hours` by a day and a week, `posts` each over `days_long`.
struct Life {
    accounts: u32,
    posts: u32,
    days_long: i64,
    offset_hours: f64,
    day: Option<Day>,
    week: Week,
}

impl Default for Life {
    fn default() -> Self {
        Self {
            accounts: 12,
            posts: 120,
            days_long: 56,
            offset_hours: 3.0,
            day: Some(Day::Waking),
            week: Week::NoneOff,
        }
    }
}

impl Life {
    fn posts(&self, seed: u64) -> Vec<(u32, i64)> {
        let day_shape = self.day.and_then(|day| days().into_iter().find(|shape| shape.day == day));
        let week_shape = weeks().into_iter().rfind(|shape| shape.week == self.week).unwrap();
        let mut state = seed;
        let mut posts = Vec::new();
        for account in 0..self.accounts {
            let mut left = self.posts;
            while left > 0 {
                let slot = (scatter(&mut state) * (self.days_long * 48) as f64) as i64;
                let bin = usize::try_from(slot % 336).unwrap();
                let weight = day_shape.as_ref().map_or(1.0, |shape| shape.weight[bin % 48]);
                let weekday = week_shape.weight[bin / 48];
                if scatter(&mut state) * 2.5 < weight * weekday {
                    let within = (scatter(&mut state) * HALF_HOUR as f64) as i64;
                    let offset = (self.offset_hours * HOUR as f64) as i64;
                    posts.push((account, MONDAY + slot * HALF_HOUR + within - offset));
                    left -= 1;
                }
            }
        }
        posts
    }
}

#[test]
fn the_zone_and_the_week_of_invented_lives_are_found() {
    use Week::{FridaySaturday, NoneOff, SaturdaySunday, Sunday, ThursdayFriday};
    for (name, offset_hours, day, week) in [
        ("Tehran, waking", 3.5, Day::Waking, ThursdayFriday),
        ("Moscow, office", 3.0, Day::Office, SaturdaySunday),
        ("New York, waking", -5.0, Day::Waking, NoneOff),
        ("Delhi, office", 5.5, Day::Office, Sunday),
        ("Cairo, office", 2.0, Day::Office, FridaySaturday),
    ] {
        let life = Life { offset_hours, day: Some(day), week, ..Life::default() };
        let rhythm = of(&life.posts(7));
        let found = rhythm.offset_minutes.map_or(f64::NAN, |minutes| f64::from(minutes) / 60.0);
        assert_eq!(rhythm.verdict, Verdict::Suggests, "{name}: {}", rhythm.sentence());
        // Work has shifts: office hours fit broadly, however many posts there are.
        let sure = if day == Day::Waking { Sure::Narrow } else { Sure::Broad };
        assert_eq!(rhythm.sure, sure, "{name}: {}", rhythm.sentence());
        assert!((found - offset_hours).abs() <= 1.0, "{name}: {}", rhythm.sentence());
        let truth = (offset_hours * 60.0) as i32;
        assert!(rhythm.offsets_minutes.contains(&truth), "{name}: {}", rhythm.sentence());
        assert_eq!(rhythm.day, Some(day), "{name}");
        assert!(rhythm.weeks.contains(&week), "{name}");
        // Where no day is off, small dips anywhere cannot be told from none.
        let told = rhythm.week.unwrap_or(NoneOff);
        assert_eq!(told, week, "{name}: {}", rhythm.sentence());
        assert!(rhythm.sentence().contains("no proof"), "{name}");
    }
}

#[test]
fn what_cannot_be_told_is_not_told() {
    let life = Life::default;
    let noon: Vec<(u32, i64)> =
        (0..100).map(|at| (at % 9, MONDAY + i64::from(at) * 24 * HOUR)).collect();
    let one_prolific: Vec<(u32, i64)> = [
        Life { accounts: 1, posts: 1_500, ..life() }.posts(1),
        Life { accounts: 6, posts: 30, day: None, ..life() }
            .posts(2)
            .into_iter()
            .map(|(account, time)| (account + 1, time))
            .collect(),
    ]
    .concat();
    for (name, posts, expected) in [
        ("nothing", vec![], Verdict::TooFew),
        ("a few posts", Life { accounts: 5, posts: 8, ..life() }.posts(1), Verdict::TooFew),
        ("two days", Life { days_long: 2, ..life() }.posts(1), Verdict::TooFew),
        ("dates without hours", noon, Verdict::TooCoarse),
        ("round the clock", Life { day: None, ..life() }.posts(1), Verdict::NoRhythm),
        ("one account", Life { accounts: 1, posts: 2_000, ..life() }.posts(1), Verdict::NoRhythm),
        ("one prolific account among machines", one_prolific, Verdict::NoRhythm),
    ] {
        let rhythm = of(&posts);
        assert_eq!(rhythm.verdict, expected, "{name}: {}", rhythm.sentence());
        assert_eq!((rhythm.sure, rhythm.offset_minutes), (Sure::CannotTell, None), "{name}");
    }
}

#[test]
fn the_heat_map_counts_posts_and_active_hours() {
    let posts =
        [(1, MONDAY), (1, MONDAY + 1), (2, MONDAY), (1, MONDAY - 1), (1, MONDAY + 7 * 24 * HOUR)];
    let rhythm = of(&posts);
    assert_eq!((rhythm.heat_posts[0][0], rhythm.heat[0][0]), (4, 3));
    assert_eq!((rhythm.heat_posts[6][23], rhythm.heat[6][23]), (1, 1));
    assert_eq!((rhythm.posts, rhythm.accounts, rhythm.days), (5, 2, 3));
}

#[test]
fn far_times_and_many_days_do_no_harm() {
    let far: Vec<(u32, i64)> =
        (0..5_000).map(|at| (at % 7, i64::MIN / 2 + i64::from(at) * (i64::MAX / 5_000))).collect();
    assert!(of(&far).errors.is_finite());
    let mut ends = far;
    ends.extend([(1, i64::MIN), (2, i64::MAX)]);
    assert!(of(&ends).gain.is_finite());
}

#[test]
fn offsets_are_written_as_ranges() {
    assert_eq!(ranges(&[-210, 0, 30, 60, 330]), "UTC−03:30, UTC+00:00 to UTC+01:00, UTC+05:30");
    for (offsets, expected) in [(vec![0], 1), (vec![0, 1, 47], 3), (vec![10, 34], 25), (vec![], 48)]
    {
        assert_eq!(span(&offsets), expected, "{offsets:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn turning_by_whole_weeks_changes_nothing(seed in any::<u64>(), weeks in -50_i64..50) {
        let posts = Life { accounts: 6, posts: 60, ..Life::default() }.posts(seed);
        let turned: Vec<_> = posts.iter().map(|(a, t)| (*a, t + weeks * 7 * 24 * HOUR)).collect();
        prop_assert_eq!(of(&posts), of(&turned));
    }

    #[test]
    fn an_hour_later_is_a_zone_further_west(seed in any::<u64>()) {
        let life = Life { week: Week::SaturdaySunday, day: Some(Day::Office), ..Life::default() };
        let posts = life.posts(seed);
        let later: Vec<_> = posts.iter().map(|(a, t)| (*a, t + HOUR)).collect();
        let (one, other) = (of(&posts), of(&later));
        prop_assert_eq!(one.offset_minutes.map(|minutes| minutes - 60), other.offset_minutes);
    }

    #[test]
    fn the_order_of_posts_does_not_matter(seed in any::<u64>()) {
        let mut posts = Life { accounts: 4, posts: 40, ..Life::default() }.posts(seed);
        let one = of(&posts);
        posts.reverse();
        prop_assert_eq!(one, of(&posts));
    }
}

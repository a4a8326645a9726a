//! Snapshots of tables whose truth is known, and of samples that were not taken at random.

#![allow(clippy::unwrap_used, reason = "a test may stop where what it needs is not there")]

use proptest::prelude::*;

use charivari_leak::snapshot::{Basis, Change, Seen, Traces, of};

const DAY: i64 = 86_400;

/// A number that looks random and is the same each time.
fn mixed(value: i64) -> i64 {
    let mut z = value.unsigned_abs().wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    ((z ^ (z >> 31)) >> 2).cast_signed()
}

/// Ten rows a day for 2,000 days; every fifth changed later. The sample is what `is_in` takes of the rows that
/// were there on the day 1,200.
fn traces(is_in: impl Fn(i64) -> bool, with_changes: bool) -> Traces {
    let mut traces = Traces { until: 2_000 * DAY, resolution: 1, ..Traces::default() };
    for id in 1..=20_000_i64 {
        let created = id * DAY / 10;
        traces.own_created.push(created);
        traces.own_ids.push(id.unsigned_abs());
        if created > 1_200 * DAY || !is_in(id) {
            continue;
        }
        traces.created.push(created);
        traces.ids.push(id.unsigned_abs());
        if with_changes && mixed(id + 77) % 5 == 0 {
            let at = created + mixed(id + 99) % (2_000 * DAY - created);
            let seen = if at > 1_200 * DAY { Seen::Old } else { Seen::New };
            traces.changes.push(Change { at, seen });
        } else {
            traces.same += 1;
        }
    }
    traces
}

#[test]
fn the_day_is_found_and_what_it_rests_on_is_said() {
    for (name, traces, basis) in [
        ("random rows", traces(|id| mixed(id) % 24 == 0, true), Basis::RowsAndValues),
        ("random rows without changes", traces(|id| mixed(id) % 24 == 0, false), Basis::Rows),
        ("a block", traces(|id| (4_000..4_500).contains(&id), true), Basis::Values),
        ("the first rows", traces(|id| id < 500, true), Basis::Values),
        (
            "few of late",
            traces(|id| mixed(id) % if id < 6_000 { 8 } else { 200 } == 0, true),
            Basis::Values,
        ),
    ] {
        let found = of(&traces).unwrap();
        assert_eq!(found.basis, basis, "{name}: {found:?}");
        assert_eq!(found.rows_unused.is_some(), basis == Basis::Values, "{name}");
        let (from, to) = (found.interval.from.seconds(), found.interval.to.seconds());
        // One interval in twenty misses the truth; none misses it by more than its own width.
        let width = (to - from).max(DAY);
        let truth = 1_200 * DAY;
        let is_near = from - width <= truth && truth <= to + width;
        assert!(is_near, "{name}: {} {}", from / DAY, to / DAY);
        assert!(found.interval.days() < 200.0, "{name}: {}", found.interval.days());
        assert!(found.sentence.contains("not the theft"), "{name}");
    }
}

#[test]
fn nothing_is_dated_by_nothing() {
    assert_eq!(of(&Traces::default()), None);
    let block_without_changes = traces(|id| (4_000..4_500).contains(&id), false);
    assert_eq!(of(&block_without_changes), None);
}

#[test]
fn the_published_form_names_days_and_no_few() {
    let open = of(&traces(|id| mixed(id) % 2_000 == 0, true)).unwrap().published();
    assert_eq!(open.interval.from.seconds() % DAY, 0);
    assert_eq!(open.interval.to.seconds() % DAY, 0);
    assert!(open.old_values == 0 || open.old_values >= 10);
}

/// Times as tables hold them: likely ones, and those of broken clocks.
fn time() -> impl Strategy<Value = i64> {
    prop_oneof![0..2_000 * DAY, Just(i64::MIN), Just(i64::MAX), Just(0), -DAY..DAY]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn no_times_make_it_panic(
        own_created in prop::collection::vec(time(), 0..40),
        created in prop::collection::vec(time(), 0..20),
        changes in prop::collection::vec((time(), any::<bool>()), 0..10),
        (same, differ, until) in (0..50_u64, 0..50_u64, time()),
    ) {
        let change = |(at, new)| Change { at, seen: if new { Seen::New } else { Seen::Old } };
        let changes = changes.into_iter().map(change).collect();
        let traces =
            Traces { own_created, created, changes, same, differ, until, resolution: 1, ..Traces::default() };
        if let Some(found) = of(&traces) {
            prop_assert!(found.interval.from <= found.interval.to);
            prop_assert!(!found.published().sentence.is_empty());
        }
    }
}

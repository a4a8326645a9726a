//! What the sample and the own records say of time and of numbers.

use charivari_leak::Kind;
use charivari_leak::snapshot::{self, Change, Seen, Snapshot, Traces};
use charivari_leak::verification::{Level, level};
use charivari_leak::volume::{self, Ids, Volume, chosen};

use super::columns::{Wanted, folded};
use super::others::{History, Step};
use super::own::{self, Own};
use super::sample::Sample;

const DAY: i64 = 86_400;

/// When the copy existed, if anything tells it.
pub(super) fn snapshot(
    own: &Own<'_>,
    sample: &Sample,
    history: Option<&History>,
    country: Option<&str>,
) -> Option<Snapshot> {
    let by_day =
        |times: &[i64]| !times.is_empty() && times.iter().all(|time| time.rem_euclid(DAY) == 0);
    let mut traces = Traces {
        own_created: own.created.clone(),
        own_ids: own.numbered.clone(),
        until: own.latest.saturating_add(DAY),
        resolution: if by_day(&own.created) { DAY } else { 1 },
        ..Traces::default()
    };
    for (row, found) in own.found.iter().enumerate() {
        let Some(found) = found.as_ref().filter(|found| !found.by_likeness) else { continue };
        traces.created.extend(found.created);
        traces.ids.extend(found.created.and(found.id));
        match history {
            Some(history) => of_history(own, sample, history, row as u32, country, &mut traces),
            None => of_row(&found.levels, found.changed, &mut traces),
        }
    }
    let last = traces.changes.iter().map(|change| change.at).max().unwrap_or(i64::MIN);
    traces.until = traces.until.max(last.saturating_add(DAY));
    snapshot::of(&traces)
}

/// Without old values: a row that was changed since differs in something, or is as it is now.
fn of_row(levels: &[Level], changed: Option<i64>, traces: &mut Traces) {
    let compared = levels.iter().filter(|level| **level != Level::Absent).count();
    let differ = levels.iter().filter(|level| **level == Level::Differ).count();
    match changed {
        _ if compared == 0 => {}
        Some(at) => {
            let seen = if differ > 0 { Seen::Old } else { Seen::New };
            traces.changes.push(Change { at, seen });
        }
        // One decision a row, as for rows that were changed, so that the shares can be set beside one another.
        None if differ > 0 => traces.differ += 1,
        None => traces.same += 1,
    }
}

/// With old values: between which changes the sample's value held.
fn of_history(
    own: &Own<'_>,
    sample: &Sample,
    history: &History,
    row: u32,
    country: Option<&str>,
    traces: &mut Traces,
) {
    for pair in &own.pairs {
        let Some(steps) = history.steps.get(&(row, folded(&pair.own_name))) else { continue };
        let value = sample.rows[row as usize].cells[pair.sample].as_deref();
        let Some(value) = value else { continue };
        let is = |other: &str| level(pair.kind, Some(other), Some(value), country) == Level::Agree;
        match bracket(steps, is) {
            Some((after, before)) => {
                traces.same += 1;
                traces.changes.extend(after.map(|at| Change { at, seen: Seen::New }));
                traces.changes.extend(before.map(|at| Change { at, seen: Seen::Old }));
            }
            None => traces.differ += 1,
        }
    }
}

/// After which change, and before which, the value held; nothing where it never did. A value that held
/// twice says only what both times have in common, so that it says nothing.
fn bracket(steps: &[Step], is: impl Fn(&str) -> bool) -> Option<(Option<i64>, Option<i64>)> {
    let mut held = Vec::new();
    if let Some(first) = steps.first().filter(|first| is(&first.1)) {
        held.push((None, Some(first.0)));
    }
    for (at, step) in steps.iter().enumerate() {
        if is(&step.2) {
            held.push((Some(step.0), steps.get(at + 1).map(|next| next.0)));
        }
    }
    match held[..] {
        [] => None,
        [one] => Some(one),
        _ => Some((None, None)),
    }
}

/// How many rows the table of the leak had.
pub(super) fn volume(
    own: &Own<'_>,
    sample: &Sample,
    wanted: &Wanted,
    release: Option<(u64, u64)>,
) -> Volume {
    let seen = sample.rows.len() as u64;
    if let Some((second, shared)) = release {
        return volume::of_releases(seen, second, shared);
    }
    let at = wanted.id_of(&sample.columns);
    let id = |row: &super::sample::Row| row.cells[at?].as_deref()?.trim().parse::<u64>().ok();
    let of_sample: Vec<u64> = sample.rows.iter().filter_map(id).collect();
    let of_found = || own.found.iter().flatten().filter_map(|found| found.id);
    // Where the sample leaves ids out, the own records know those of the rows that were found.
    let ids = if of_sample.is_empty() { of_found().collect() } else { of_sample };
    if ids.is_empty() {
        return volume::of_rows(seen);
    }
    let others = groups(own, sample);
    let mut volume = volume::of_ids(&Ids { sample: ids, own: own.ids.clone(), first: 1, others });
    volume.seen = volume.seen.max(seen);
    volume
}

/// Whether the sample falls into groups as the own records do.
fn groups(own: &Own<'_>, sample: &Sample) -> Vec<chosen::Test> {
    let mut tests = Vec::new();
    for (at, pair) in own.pairs.iter().enumerate() {
        let (name, against) = match pair.kind {
            Kind::FamilyName => (
                "first letters of names",
                "names begin with few letters, as the first rows of an alphabet do",
            ),
            Kind::Postcode => {
                ("beginnings of post codes", "rows come from few places, as one department does")
            }
            _ => continue,
        };
        let mut counts: std::collections::BTreeMap<&str, (u64, u64)> = own
            .groups
            .iter()
            .filter(|((column, _), _)| *column == at)
            .map(|((_, group), count)| (group.as_str(), (*count, 0)))
            .collect();
        let mut of_found = sample.rows.iter().zip(&own.found).filter(|(_, found)| found.is_some());
        for (row, _) in &mut of_found {
            let group =
                row.cells[pair.sample].as_deref().and_then(|text| own::group(pair.kind, text));
            if let Some(counts) = group.and_then(|group| counts.get_mut(group.as_str())) {
                counts.1 += 1;
            }
        }
        let counts: Vec<(u64, u64)> = counts.into_values().collect();
        tests.push(chosen::of_groups(name, &counts, against));
    }
    tests
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_held_between_two_changes() {
        let step = |at, old: &str, new: &str| (at, old.to_owned(), new.to_owned());
        let steps = [step(10, "a", "b"), step(20, "b", "c"), step(30, "c", "a")];
        for (value, expected) in [
            ("b", Some((Some(10), Some(20)))),
            ("c", Some((Some(20), Some(30)))),
            ("a", Some((None, None))),
            ("d", None),
        ] {
            assert_eq!(bracket(&steps, |other| other == value), expected, "{value}");
        }
        assert_eq!(bracket(&steps[..2], |other| other == "a"), Some((None, Some(10))));
        assert_eq!(bracket(&steps[..2], |other| other == "c"), Some((Some(20), None)));
    }
}

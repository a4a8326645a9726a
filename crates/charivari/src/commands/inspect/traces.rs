//! The sections on traces.

use charivari_ingest::profile::TraceSummary;

use super::days;
use super::page::{Page, count, grouped, share, shown};
use super::posts;

/// Writes the sections.
pub(super) fn write(page: &mut Page, traces: &TraceSummary) {
    page.section("Traces");
    let repeats = match traces.rows.saturating_sub(traces.distinct.count) {
        0 => "no two alike".to_owned(),
        1 if traces.distinct.exact => "1 of them repeats another".to_owned(),
        number if traces.distinct.exact => format!("{} of them repeat another", grouped(number)),
        _ => format!("{} of them distinct", count(traces.distinct)),
    };
    page.fact("traces", &format!("{}, {repeats}", grouped(traces.rows)));
    page.fact(
        "objects",
        &format!(
            "{}, {} of them touched by two accounts or more",
            count(traces.objects),
            grouped(traces.shared_objects)
        ),
    );
    page.fact(
        "posts",
        &format!(
            "{} post ids, {} of them in several rows",
            count(traces.posts),
            grouped(traces.repeated_posts)
        ),
    );
    page.fact("behaviours", &behaviours(traces));
    let widest =
        traces.most_shared.iter().map(|shared| grouped(shared.rows).len()).max().unwrap_or(1);
    for (place, object) in traces.most_shared.iter().enumerate() {
        let label = if place == 0 { "most shared" } else { "" };
        page.fact(
            label,
            &format!(
                "{:>widest$} ({:>7})  {}",
                grouped(object.rows),
                share(object.rows, traces.rows),
                shown(&object.object)
            ),
        );
    }
    posts::time(page, &traces.times);
    days::draw(page, "Traces", &traces.times.days);
    page.section("Accounts");
    posts::accounts(page, &traces.activity, traces.rows, "traces");
}

fn behaviours(traces: &TraceSummary) -> String {
    let named: u64 = traces.behaviours.iter().map(|behaviour| behaviour.rows).sum();
    if named == 0 {
        return "no row names one: all are of the layer `trace`, or of the one named with --by"
            .to_owned();
    }
    let mut shown: Vec<String> = traces
        .behaviours
        .iter()
        .take(10)
        .map(|one| format!("{} ({})", shown(&one.name), grouped(one.rows)))
        .collect();
    if named < traces.rows {
        shown.push(format!("{} rows name none", grouped(traces.rows - named)));
    }
    shown.join(", ")
}

//! The exposure for a terminal and for machines.

use std::fmt::Write as _;

use charivari_case::Recorded;
use serde_json::json;

use super::Run;
use super::page::{count, headline, limits, number};
use crate::failure::{Failure, Result};
use crate::output::Folder;

/// The result as JSON; what it holds is documented.
pub(super) fn json(run: &Run<'_>, listed: Option<u64>) -> Result<String> {
    let deadline = run.deadline.as_ref().map(|deadline| {
        json!({
            "known_since": deadline.known_since.to_string(),
            "authority_by": deadline.authority_by.to_string(),
            "hours_left": deadline.hours_left,
            "late": deadline.is_late(),
            "has_weekend": deadline.has_weekend,
            "leaked_on": deadline.leaked_on.map(|day| day.to_string()),
        })
    });
    let inputs: Vec<serde_json::Value> = (run.own.reports.iter())
        .map(|report| {
            json!({
                "name": report.name(),
                "sha256": report.file.sha256,
                "bytes": report.file.bytes,
                "rows": report.rows(),
            })
        })
        .collect();
    let whole = json!({
        "schema": "charivari.leak.exposure/1",
        "tool": concat!("charivari ", env!("CARGO_PKG_VERSION")),
        "inputs": inputs,
        "rows_set_aside": run.own.set_aside(),
        "exposure": run.exposure,
        "deadline": deadline,
        "listed": listed,
        "limits": limits(run),
    });
    serde_json::to_string_pretty(&whole).map_err(Failure::fault)
}

/// The result in some lines.
pub(super) fn told(
    run: &Run<'_>,
    folder: &Folder,
    listed: Option<u64>,
    recorded: Option<&Recorded>,
) -> String {
    let exposure = &run.exposure;
    let mut text = format!("{}\n", headline(exposure));
    let _ = writeln!(text, "  In it: {}.\n\nRecords by risk", exposure.context_means);
    // Writing to a string does not fail.
    for band in exposure.bands.iter().rev() {
        let _ = writeln!(text, "  {:<10}{:>12}", band.band.word(), count(band.records));
    }
    text.push_str("\nCombinations that identify or endanger\n");
    for one in exposure.combinations.iter().filter(|one| one.records != Some(0)) {
        let _ = writeln!(text, "  {:<52}{:>12}", one.name, count(one.records));
    }
    if let Some(deadline) = &run.deadline {
        let by = deadline.authority_by.strftime("%A %-d %B %Y, %H:%M (UTC%:z)");
        let left = match deadline.hours_left {
            hours if hours < 0 => "which is over: notify at once, with the reasons".to_owned(),
            hours => format!("{hours} hours from now"),
        };
        let _ = writeln!(text, "\nTell the authority by {by}, {left}.");
    }
    if let Some(listed) = listed {
        let list = folder.path("notify.csv.age");
        let _ = writeln!(
            text,
            "\nWhom to tell: {} people in {}, encrypted.",
            number(listed),
            list.display()
        );
    }
    text.push_str("\nWhat this does not say\n");
    for limit in limits(run) {
        let _ = writeln!(text, "  {limit}");
    }
    let _ = write!(
        text,
        "\nNotices, page and map in {}. Counts below ten are not shown.",
        run.args.output.display()
    );
    if let Some(recorded) = recorded {
        let findings: Vec<String> = recorded.findings.iter().map(ToString::to_string).collect();
        let _ = write!(text, "\nIn the case: {}, {}.", recorded.run, findings.join(", "));
    }
    text
}

//! The sentences of a result, which an editor understands who has never met the program.

use super::{Canary, Count, Processor, Tally, Verification, Way};

/// What else would give the same result, always.
const ALTERNATIVES: [&str; 5] = [
    "it was copied from somebody who was given these records: a processor, a mail house, a backup",
    "it was taken in an earlier breach and is only shown now",
    "its rows were chosen by the seller, and the rest of what is claimed does not exist",
    "it is a list from elsewhere that was kept to people who are known to be customers, or was enriched",
    "somebody inside copied it",
];

/// The alternatives that a tally leaves open.
pub(super) fn alternatives(tally: &Tally) -> Vec<String> {
    let mut all: Vec<String> = ALTERNATIVES.iter().map(|&text| text.to_owned()).collect();
    if tally.found * 2 < tally.asked {
        all.push(
            "rows were left out or altered before they were compared, so that few are found"
                .to_owned(),
        );
    }
    all
}

/// What the result does not show.
pub(super) fn limits(tally: &Tally) -> Vec<String> {
    let mut all = vec![
        "That rows are found shows that they come from a copy of these records, not who took it, how, \
         or when."
            .to_owned(),
    ];
    if tally.draw.is_none() {
        all.push(
            "The rows were chosen by whoever published them: the share that was found says nothing of \
             rows that nobody has seen."
                .to_owned(),
        );
    }
    if tally.decoys.is_none() {
        all.push("No invented rows were asked, so false matches were not measured.".to_owned());
    }
    if tally.found < tally.asked {
        all.push(
            "Rows that were not found may be of customers deleted since, damaged, or invented."
                .to_owned(),
        );
    }
    if tally.way != Way::Local {
        all.push(
            "The organisation could have left rows out of its table before it was bound to it, and the \
             holder rows out of the sample."
                .to_owned(),
        );
    }
    all
}

/// The result in one sentence with its alternatives.
pub(super) fn statement(result: &Verification) -> String {
    let share = match result.found {
        Count::Exactly(found) => format!("{found} of {} rows", result.asked),
        Count::Under(few) => format!("Fewer than {few} of {} rows", result.asked),
        Count::AtLeast(many) => format!("{many} or more of {} rows", result.asked),
        Count::Withheld => format!("A number withheld of {} rows", result.asked),
    };
    let drawn = match (result.draw, result.share) {
        (Some(draw), Some(share)) => format!(
            " (drawn at random from {}; so between {:.1} % and {:.1} % of all of them, at 95 %)",
            draw.of,
            100.0 * share.low,
            100.0 * share.high
        ),
        _ => String::new(),
    };
    let agree = agreement(result);
    let few = result.found.exact().is_some_and(|found| found * 2 < result.asked);
    let rest = result.alternatives.join("; or ");
    if few {
        return format!(
            "{share} of the sample{drawn} were found in the records{agree}, which does not show that the \
             sample is false: {rest}"
        );
    }
    format!(
        "{share} of the sample{drawn} were found in the records{agree}, so that the sample comes from a \
         copy of them, unless false matches or a list of known customers explain it; whose copy it was is \
         open: {rest}"
    )
}

/// The share of found rows on which each column agrees, for the sentence.
fn agreement(result: &Verification) -> String {
    let told: Vec<String> = result
        .columns
        .iter()
        .filter_map(|column| {
            let (agree, near) = (column.agree.exact()?, column.near.exact()?);
            let compared = agree + near + column.differ.exact()?;
            let percent = 100.0 * agree as f64 / compared as f64;
            (compared > 0).then(|| format!("{} the same on {percent:.0} % of them", column.own))
        })
        .collect();
    if told.is_empty() { String::new() } else { format!(" ({})", told.join(", ")) }
}

/// What canaries and columns say of the copy.
pub(super) fn copy(canaries: &[Canary], processors: &[Processor]) -> String {
    let hit: Vec<&Canary> = canaries.iter().filter(|canary| canary.found > 0).collect();
    if !hit.is_empty() {
        let named: Vec<String> = hit
            .iter()
            .map(|canary| {
                format!("{} of the {} planted in {}", canary.found, canary.planted, canary.copy)
            })
            .collect();
        return format!(
            "Addresses that were planted in one copy alone are in the sample: {}; so the sample comes from \
             that copy, unless the list of planted addresses was itself taken or they were put there by \
             mistake",
            named.join(", ")
        );
    }
    let fitting: Vec<&str> = processors
        .iter()
        .filter(|processor| processor.not_given == 0 && processor.shared > 0)
        .map(|processor| processor.name.as_str())
        .collect();
    if fitting.is_empty() {
        return "No planted address is in the sample, and nobody that was named is given all of its columns; \
                a sample may lack what was left out of it"
            .to_owned();
    }
    format!(
        "No planted address is in the sample; all of its columns are given to {}, and to anybody else who \
         holds as much",
        fitting.join(", ")
    )
}

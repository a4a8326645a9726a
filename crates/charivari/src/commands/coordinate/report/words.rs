//! The run in words: its title, its rules, its behaviours and the command that repeats it.

use std::fmt::Write as _;

use charivari_coordination::behaviours::{BEHAVIOURS, TRACE, by_name};
use charivari_coordination::evidence::{Evidence, Seen};
use charivari_report::view;

use super::super::Run;
use crate::cli::{Coordinate, WindowChoice};

/// The title: a question, since the page gives leads and no verdict.
pub(super) fn title(run: &Run<'_>) -> String {
    match run.inputs.as_slice() {
        [input] => format!("Who acted together in {}?", input.name()),
        inputs => format!("Who acted together in {} exports?", inputs.len()),
    }
}

/// The rules under which accounts were joined.
pub(super) fn rules(run: &Run<'_>) -> view::Rules {
    view::Rules {
        window_s: run.parameters.window as f64 / 1e6,
        min_weight: run.parameters.min_weight,
        min_group: 2,
        grouping: format!(
            "communities by the Leiden algorithm, which looks for the grouping with the highest \
             modularity (here {:.2}) over edges by their weight",
            run.network.modularity
        ),
        notes: notes(run),
    }
}

/// What else decided what was counted, in whole sentences.
fn notes(run: &Run<'_>) -> Vec<String> {
    let parameters = &run.parameters;
    let looks_for = |name: &str| parameters.wanted().any(|(_, behaviour)| behaviour.name() == name);
    let mut notes = Vec::new();
    notes.push(if parameters.include_reposts {
        "Reposts count for all behaviours: who passes a post on shares its links and words too."
            .to_owned()
    } else {
        "Reposts count for the behaviour repost only: who passes a post on did not write it."
            .to_owned()
    });
    if parameters.min_activity > 1 {
        notes.push(format!(
            "Accounts with fewer than {} posts that touch an object were left out: {} of them.",
            parameters.min_activity, run.network.traces.counts.quiet_accounts
        ));
    }
    if looks_for("text") {
        notes.push(format!(
            "Texts of fewer than {} letters and digits count for nothing.",
            parameters.min_text
        ));
    }
    if looks_for("hashtag-sequence") {
        notes.push(format!(
            "Rows of fewer than {} hashtags count for nothing.",
            parameters.min_sequence
        ));
    }
    notes
}

/// The behaviours that were looked for, and any other that a table of traces names.
pub(super) fn behaviours(run: &Run<'_>, evidence: &Evidence<'_>) -> Vec<view::Behaviour> {
    let seen = evidence.behaviours();
    let wanted: Vec<&str> =
        run.parameters.wanted().map(|(_, behaviour)| behaviour.name()).collect();
    let names = BEHAVIOURS.iter().map(|behaviour| behaviour.name()).chain([TRACE]);
    // A table of traces alone has nothing for the behaviours of posts.
    let only_traces = seen.iter().all(|seen| seen.behaviour == TRACE) && !seen.is_empty();
    names
        .filter_map(|name| {
            let found = seen.iter().find(|seen| seen.behaviour == name);
            let told = found.is_some() || (wanted.contains(&name) && !only_traces);
            told.then(|| behaviour(name, found))
        })
        .collect()
}

fn behaviour(name: &str, seen: Option<&Seen>) -> view::Behaviour {
    let (meaning, innocent) = match by_name(name) {
        Some((_, behaviour)) => (behaviour.meaning(), behaviour.innocent_explanations()),
        None => (
            "Two accounts touched the same object; the table does not say in which way.",
            &[
                "an event, a broadcast or a trending list that draws strangers at one moment",
                "a public call, a campaign or an app that many use openly",
            ][..],
        ),
    };
    view::Behaviour {
        name: name.to_owned(),
        meaning: meaning.to_owned(),
        innocent: innocent.iter().map(|reason| sentence(reason)).collect(),
        edges: seen.map_or(0, |seen| seen.edges),
        acts: seen.map_or(0, |seen| seen.acts),
    }
}

/// `text` with a capital at its start and a full stop at its end.
fn sentence(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().map(char::to_uppercase).into_iter().flatten();
    first.chain(characters).chain(".".chars()).collect()
}

/// The command line that repeats the run. It names the inputs without their folders, which are
/// nobody's business, and only what differs from the defaults.
pub(super) fn command_line(run: &Run<'_>) -> String {
    let mut line = "charivari coordinate".to_owned();
    for input in &run.inputs {
        argument(&mut line, input.name());
    }
    for file in crate::commands::reading::inputs(&run.args.background) {
        option(&mut line, "--background", file.name());
    }
    line.push_str(" -o out");
    analysis(&mut line, run.args);
    reading(&mut line, run.args);
    line
}

fn analysis(line: &mut String, args: &Coordinate) {
    let given = &args.analysis;
    if !given.by.is_empty() {
        option(line, "--by", &given.by.join(","));
    }
    if let WindowChoice::Named(window) = given.window {
        option(line, "--window", &length_of_time(window));
    }
    if given.no_significance {
        line.push_str(" --no-significance");
    } else if given.q.to_bits() != 0.05_f64.to_bits() {
        option(line, "--q", &given.q.to_string());
    }
    for (name, value, default) in [
        ("--min-weight", given.min_weight, 2),
        ("--min-activity", given.min_activity, 1),
        ("--min-text", given.min_text as u64, 20),
        ("--min-sequence", given.min_sequence as u64, 3),
        ("--max-acts", given.max_acts, 4_000_000),
    ] {
        if value != default {
            option(line, name, &value.to_string());
        }
    }
    if given.include_reposts {
        line.push_str(" --include-reposts");
    }
}

fn reading(line: &mut String, args: &Coordinate) {
    let given = &args.reading;
    let order = given.date_order.map(|order| format!("{order:?}").to_lowercase());
    let columns = (!given.columns.is_empty()).then(|| given.columns.join(","));
    for (name, value) in [
        ("--columns", &columns),
        ("--timezone", &given.timezone),
        ("--date-order", &order),
        ("--encoding", &given.encoding),
        ("--format", &given.format),
        ("--platform", &given.platform),
    ] {
        if let Some(value) = value {
            option(line, name, value);
        }
    }
    if given.max_row != 16 {
        option(line, "--max-row", &given.max_row.to_string());
    }
}

fn option(line: &mut String, name: &str, value: &str) {
    line.push(' ');
    line.push_str(name);
    argument(line, value);
}

/// Adds `text` as one word of a shell.
fn argument(line: &mut String, text: &str) {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./,:=+@%".contains(c);
    if !text.is_empty() && text.chars().all(is_plain) {
        // Writing to a string does not fail.
        let _ = write!(line, " {text}");
    } else {
        let _ = write!(line, " '{}'", text.replace('\'', "'\\''"));
    }
}

/// Microseconds as the command line takes them.
fn length_of_time(micros: i64) -> String {
    match micros {
        0 => "0s".to_owned(),
        m if m % 3_600_000_000 == 0 => format!("{}h", m / 3_600_000_000),
        m if m % 60_000_000 == 0 => format!("{}m", m / 60_000_000),
        m if m % 1_000_000 == 0 => format!("{}s", m / 1_000_000),
        m => format!("{}ms", m as f64 / 1e3),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_are_one_word_of_a_shell() {
        for (text, expected) in [
            ("posts.csv", " posts.csv"),
            ("my posts.csv", " 'my posts.csv'"),
            ("it's; rm -rf $HOME", " 'it'\\''s; rm -rf $HOME'"),
            ("", " ''"),
        ] {
            let mut line = String::new();
            argument(&mut line, text);
            assert_eq!(line, expected);
        }
    }

    #[test]
    fn lengths_of_time_are_read_back_as_they_were() {
        for micros in [0, 500, 500_000, 1_000_000, 90_000_000, 120_000_000, 7_200_000_000] {
            assert_eq!(crate::cli::window(&length_of_time(micros)), Ok(micros));
        }
    }
}

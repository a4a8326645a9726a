//! Signs of accounts, whatever they touch: a small table for each detector.

use crate::view;
use crate::{format, limits, odds};

use super::data::Data;
use super::more;

/// What one detector saw.
pub(super) struct Detector {
    pub(super) name: Data,
    pub(super) finds: Data,
    pub(super) innocent: Vec<Data>,
    pub(super) rows: Vec<Row>,
    pub(super) more: Option<String>,
    pub(super) measures: Option<String>,
}

/// One sign.
pub(super) struct Row {
    pub(super) kind: &'static str,
    pub(super) who: Vec<Data>,
    pub(super) measure: String,
    pub(super) expected: String,
    pub(super) of: String,
    pub(super) odds: String,
    pub(super) detail: Data,
}

/// The detectors that saw anything.
pub(super) fn detectors(detectors: &[view::Detector]) -> Vec<Detector> {
    let any = |detector: &&view::Detector| !detector.signs.is_empty() || detector.measures > 0;
    detectors.iter().filter(any).map(detector).collect()
}

fn detector(detector: &view::Detector) -> Detector {
    let shown = detector.signs.len().min(limits::SIGNS);
    Detector {
        name: Data::name(&detector.name),
        finds: Data::text(&detector.finds),
        innocent: detector.innocent.iter().map(|reason| Data::text(reason)).collect(),
        rows: detector.signs.iter().take(shown).map(row).collect(),
        more: more(shown, detector.signs.len() as u64, "signs"),
        measures: (detector.measures > 0).then(|| {
            format!(
                "Besides, {} without a test of chance: only in the table of signs.",
                format::count(detector.measures, "measure", "measures")
            )
        }),
    }
}

fn row(sign: &view::Sign) -> Row {
    Row {
        kind: words(&sign.kind),
        who: sign.who.iter().map(|who| Data::name(who)).collect(),
        measure: figure(sign.measure),
        expected: sign.expected.map_or_else(|| "–".to_owned(), figure),
        of: format::number(sign.of),
        odds: sign.p.map_or_else(|| "–".to_owned(), odds::odds),
        detail: Data::text(&sign.detail),
    }
}

/// A count as it is, a share or a mean with what tells it from others.
fn figure(value: f64) -> String {
    if value.fract().abs() < 1e-9 {
        format!("{value:.0}")
    } else if value.abs() < 0.001 {
        "< 0.001".to_owned()
    } else if value.abs() < 10.0 {
        format!("{value:.3}")
    } else {
        format!("{value:.1}")
    }
}

/// What was measured, in words.
fn words(kind: &str) -> &'static str {
    match kind {
        "in-step" => "hours in which the two posted within seconds, of those in which they could",
        "alike" => "likeness of hours and pauses, from 0 to 1",
        "full-minutes" => "share of posts in the first second of a minute",
        "quarters" => "share of posts on a quarter of the hour",
        "period" => "share of pauses of one length",
        "sleepless" => "longest stretch of the day, in hours, with hardly a post",
        "created-group" => "members made in one short time",
        "created-together" => "accounts made in one short time",
        "handle-group" => "share of members with a handle of one form",
        "picture-group" => "share of members with a default picture",
        "client-group" => "share of members who post with one program",
        "place-group" => {
            "share of members who write in a language of another place than they claim"
        }
        _ => "as described in the documentation of signs",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_keep_what_tells_them_apart() {
        for (value, expected) in
            [(12.0, "12"), (0.25, "0.250"), (0.0001, "< 0.001"), (31.44, "31.4"), (0.0, "0")]
        {
            assert_eq!(figure(value), expected);
        }
    }
}

//! Signs of the sample.

use charivari_report::view::{Detector, Sign};

/// What two detectors saw; the third saw nothing.
pub(super) fn signs() -> Vec<Detector> {
    let detector = |name: &str, finds: &str, signs, measures| Detector {
        name: name.to_owned(),
        finds: finds.to_owned(),
        innocent: vec!["Two people in conversation answer each other at once.".to_owned()],
        signs,
        measures,
    };
    let in_step = Sign {
        kind: "in-step".to_owned(),
        who: vec!["kettle_one".to_owned(), "<b>pan</b>\u{202e}two".to_owned()],
        measure: 14.0,
        of: 41,
        expected: Some(0.8),
        p: Some(1e-9),
        detail: "within 8 s".to_owned(),
    };
    vec![
        detector("sync", "Accounts that post in step.", vec![in_step; 20], 0),
        detector("cadence", "Accounts of one rhythm.", Vec::new(), 0),
        detector("profile", "Accounts made in one go.", Vec::new(), 3),
    ]
}

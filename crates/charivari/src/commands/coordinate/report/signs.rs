//! The signs that detectors saw, for the page.

use charivari_coordination::detectors::{DETECTORS, Sign};
use charivari_report::view;

use super::Teller;

/// What each detector saw, in the order of the detectors.
pub(super) fn tell(teller: Teller<'_>) -> Vec<view::Detector> {
    let of = |detector: &&dyn charivari_coordination::detectors::Detector| {
        let rows: Vec<&Sign> =
            teller.run.signs.rows.iter().filter(|sign| sign.detector == detector.name()).collect();
        let mut tested: Vec<&Sign> = rows.iter().copied().filter(|sign| sign.p.is_some()).collect();
        let p = |sign: &Sign| sign.p.unwrap_or(1.0);
        tested.sort_by(|a, b| p(a).total_cmp(&p(b)));
        view::Detector {
            name: detector.name().to_owned(),
            finds: detector.description().to_owned(),
            innocent: detector.innocent_explanations().iter().map(|&s| s.to_owned()).collect(),
            measures: (rows.len() - tested.len()) as u64,
            signs: tested.into_iter().map(|sign| one(teller, sign)).collect(),
        }
    };
    DETECTORS.iter().map(of).collect()
}

fn one(teller: Teller<'_>, sign: &Sign) -> view::Sign {
    let accounts = sign.account.into_iter().chain(sign.other);
    let mut who: Vec<String> = accounts.map(|account| teller.account(account)).collect();
    if who.is_empty() {
        // Bursts have numbers of their own, which are no groups.
        let is_group = sign.sign.ends_with("-group");
        let group = sign.group.filter(|_| is_group).map(|group| format!("group {group}"));
        who.push(group.unwrap_or_else(|| "accounts of any group".to_owned()));
    }
    view::Sign {
        kind: sign.sign.to_owned(),
        who,
        measure: sign.measure,
        of: sign.of,
        expected: sign.expected,
        p: sign.p,
        detail: sign.detail.clone(),
    }
}

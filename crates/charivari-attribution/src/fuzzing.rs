//! What fuzzers run: every parser of this crate, and what must hold for whatever it accepts.

use crate::candidates::{Candidates, Removal};
use crate::evaluate::{Cases, Fit, evaluate};
use crate::knowledge::Knowledge;
use crate::profile::Profiles;
use crate::query::Query;
use crate::rank::rank;
use crate::reports::Reports;
use crate::weights::Weights;

const PROFILES: &str = r#"{"groups": [
  {"id": "G1", "name": "one", "country": "AA", "techniques": ["T1", "T2"], "software": ["S1"]},
  {"id": "G2", "name": "two", "techniques": ["T2", "T3"]}]}"#;
const REPORTS: &str = "campaign\tC1\tG1\nuse\ta\tG1\tT1,T2\tS1\nuse\tb\tC1\tT1\t\nuse\tc\tS1\tT2\t";

/// The names of the targets.
pub fn targets() -> Vec<String> {
    ["cases", "profiles", "reports", "weights"].map(|name| format!("attribution-{name}")).to_vec()
}

/// Runs a target on bytes.
///
/// # Panics
/// Something that has to hold does not, or there is no such target.
pub fn run(target: &str, bytes: &[u8]) {
    let Ok(weights) = Weights::shipped() else { return };
    match target {
        "attribution-cases" => {
            let Ok(cases) = Cases::read(bytes) else { return };
            let Some(knowledge) = knowledge(PROFILES.as_bytes(), REPORTS.as_bytes()) else {
                return;
            };
            for software in [false, true] {
                if let Ok(found) =
                    evaluate(&knowledge, &cases.cases, &weights, software, Fit::Folds)
                {
                    let n: usize = found.kinds.values().map(|kind| kind.measures.n).sum();
                    assert_eq!(n, cases.cases.len(), "every case is counted once");
                }
            }
        }
        "attribution-profiles" => check(knowledge(bytes, REPORTS.as_bytes()), &weights),
        "attribution-reports" => check(knowledge(PROFILES.as_bytes(), bytes), &weights),
        "attribution-weights" => {
            if let Ok(weights) = Weights::read(bytes) {
                check(knowledge(PROFILES.as_bytes(), REPORTS.as_bytes()), &weights);
            }
        }
        _ => panic!("there is no fuzz target {target}"),
    }
}

fn knowledge(profiles: &[u8], reports: &[u8]) -> Option<Knowledge> {
    let profiles = Profiles::read(profiles).ok()?;
    Knowledge::new(profiles.actors, &Reports::read(reports).ok()?).ok()
}

/// Probabilities are numbers and sum to one, whatever is known.
fn check(knowledge: Option<Knowledge>, weights: &Weights) {
    let Some(knowledge) = knowledge else { return };
    let Ok(candidates) = Candidates::new(&knowledge, &Removal::default()) else { return };
    let query = Query::observed(["T1", "T2"], ["S1"]);
    for model in [&weights.all.techniques, &weights.all.software] {
        let Ok(ranking) = rank(&candidates, &query, model) else { continue };
        let sum: f64 = ranking.actors.iter().map(|it| it.probability).sum();
        assert!((sum - 1.0).abs() < 1e-6, "probabilities sum to {sum}");
        assert_eq!(ranking.actors.len(), candidates.len(), "every candidate is ranked");
    }
}

//! The figures on public cases are at least those that docs/attribution.md gives.

#![allow(clippy::unwrap_used, reason = "a test may stop where what it needs is not there")]
#![allow(clippy::print_stderr, reason = "what is passed over is to be seen")]

use std::fs::File;
use std::path::Path;

use charivari_attribution::evaluate::{Cases, Fit, Measures, evaluate};
use charivari_attribution::{Knowledge, Profiles, Reports, Weights};

/// One floor: its name, the figure, and what it must reach.
type Floor = (&'static str, f64, f64);

fn techniques(of: &Measures) -> Vec<Floor> {
    vec![
        ("top1", of.top1, FLOORS[0][0]),
        ("top10", of.top10, FLOORS[0][1]),
        ("mrr", of.mrr, FLOORS[0][2]),
        ("country_top1", of.country_top1, FLOORS[0][3]),
    ]
}

fn software(of: &Measures) -> Vec<Floor> {
    vec![
        ("top1", of.top1, FLOORS[1][0]),
        ("top10", of.top10, FLOORS[1][1]),
        ("mrr", of.mrr, FLOORS[1][2]),
        ("country_top1", of.country_top1, FLOORS[1][3]),
    ]
}

/// Top-1, top-10, reciprocal rank and country: techniques only, and with tools.
const FLOORS: [[f64; 4]; 2] = [[0.49, 0.73, 0.57, 0.66], [0.61, 0.83, 0.68, 0.75]];

#[test]
fn public_cases_are_ranked_as_well_as_the_document_says() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/attribution");
    let Ok(cases) = File::open(folder.join("attack_attribution_public.json")) else {
        eprintln!("passed over: ../shared/data/attribution is not there");
        return;
    };
    let cases = Cases::read(cases).unwrap();
    let profiles = folder.join(cases.profiles.as_deref().unwrap());
    let profiles = Profiles::read(File::open(profiles).unwrap()).unwrap();
    let known = charivari_knowledge::shipped().unwrap().without_packs().as_of(None);
    let knowledge = Knowledge::new(profiles.actors, &Reports::of(&known)).unwrap();
    let weights = Weights::shipped().unwrap();
    for with_software in [false, true] {
        let found =
            evaluate(&knowledge, &cases.cases, &weights, with_software, Fit::Folds).unwrap();
        assert_eq!((found.used.by_all, found.used.seen_in_fitting), (0, 0), "all are out of fold");
        let kind = &found.kinds["report"];
        assert_eq!((kind.measures.n, kind.measures.country_n), (188, 143));
        assert_eq!(found.kinds["campaign"].measures.n, 12);
        let floors =
            if with_software { software(&kind.measures) } else { techniques(&kind.measures) };
        for (name, figure, floor) in floors {
            assert!(figure >= floor, "{name} with_software={with_software}: {figure} < {floor}");
        }
        assert!(kind.measures.brier < kind.bm25.brier);
        assert!(kind.measures.log_loss < kind.bm25.log_loss - 0.3);
        let slope = kind.measures.calibration.unwrap().slope_interval;
        assert!(slope.0 <= 1.0 && 1.0 <= slope.1, "{slope:?}");
        // The baseline is the one that was published for these cases: the harness is the same.
        if !with_software {
            assert!((kind.bm25.top1 - 0.415).abs() < 0.0006, "{}", kind.bm25.top1);
            assert!((kind.bm25.top10 - 0.670).abs() < 0.0006, "{}", kind.bm25.top10);
            assert!((kind.bm25.mrr - 0.509).abs() < 0.0006, "{}", kind.bm25.mrr);
        }
    }
}

//! Prints the tables of docs/attribution.md:
//!
//! `cargo run --release -p charivari-attribution --example evaluation -- CASES.json [PROFILES.json]`
//!
//! Without profiles all groups of ATT&CK that the program carries are asked about.

#![allow(clippy::print_stdout, reason = "the tables are what this program gives")]

use std::fs::File;

use charivari_attribution::evaluate::{Cases, Fit, Kind, Measures, evaluate};
use charivari_attribution::{Knowledge, Profiles, Reports, Weights, knowledge_of};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let cases = arguments.next().ok_or("a file of cases is expected")?;
    let cases = Cases::read(File::open(cases)?)?.cases;
    let known = charivari_knowledge::shipped()?.without_packs().as_of(None);
    let knowledge = match arguments.next() {
        None => knowledge_of(&known)?,
        Some(file) => {
            Knowledge::new(Profiles::read(File::open(file)?)?.actors, &Reports::of(&known))?
        }
    };
    let weights = Weights::shipped()?;
    for with_software in [false, true] {
        let found = evaluate(&knowledge, &cases, &weights, with_software, Fit::Folds)?;
        for (name, kind) in &found.kinds {
            let question = if with_software { "techniques and tools" } else { "techniques only" };
            println!("\n### {name}, {question} (n = {})\n", kind.measures.n);
            table(kind);
        }
    }
    Ok(())
}

fn table(kind: &Kind) {
    println!("| measure | ranking | 95 % | BM25 | 95 % |\n|---|---|---|---|---|");
    let value = |of: &Measures, name: &str| match name {
        "top1" => of.top1,
        "top5" => of.top5,
        "top10" => of.top10,
        "mrr" => of.mrr,
        "brier" => of.brier,
        "brier_all" => of.brier_all,
        "log_loss" => of.log_loss,
        "ece" => of.ece,
        "country_top1" => of.country_top1,
        _ => of.country_top1_unknown_competes,
    };
    for name in kind.measures.intervals.keys() {
        let cell = |of: &Measures| {
            let (low, high) = of.intervals[name];
            format!("{:.3} | {low:.3} to {high:.3}", value(of, name))
        };
        println!("| `{name}` | {} | {} |", cell(&kind.measures), cell(&kind.bm25));
    }
    for (name, of) in [("ranking", &kind.measures), ("BM25", &kind.bm25)] {
        println!(
            "\n{name}: ece if perfect {:.3}, known or unknown {:.3}, countries {}, absent {}",
            of.ece_if_perfect, of.known_or_unknown, of.country_n, of.absent
        );
        println!("{:?}", of.calibration);
        for bin in &of.bins {
            print!("  {} {:.2} -> {:.2};", bin.n, bin.said, bin.was);
        }
        println!();
        for point in &of.coverage {
            print!("  {:.2}: {:.3} from {:.3};", point.coverage, point.accuracy, point.from);
        }
        println!();
    }
}

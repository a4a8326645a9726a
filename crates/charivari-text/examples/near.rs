//! Clusters the lines of the standard input as texts and says how long it took:
//!
//! ```text
//! cargo run --release -p charivari-text --example near -- [THREADS [SHOWN [FILE]]] < lines.txt
//! ```
//!
//! `SHOWN` clusters are shown, each with some of its lines. `FILE` gets the number of each line's
//! cluster, or nothing where it has none.
#![allow(clippy::print_stdout, reason = "an example program")]

use std::fs::File;
use std::io::{self, BufRead as _, BufWriter, Write as _};
use std::time::Instant;

use charivari_text::near::{NONE, Options, Texts};
use charivari_text::show::visible;

fn main() -> io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |at: usize| arguments.get(at).and_then(|text| text.parse().ok()).unwrap_or(0);
    let (threads, shown) = (number(0), number(1));
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    pool.map_err(io::Error::other)?.install(|| run(shown, arguments.get(2)))
}

fn run(shown: usize, file: Option<&String>) -> io::Result<()> {
    let mut texts = Texts::new();
    let mut kept = Vec::new();
    let start = Instant::now();
    let mut batch: Vec<String> = Vec::new();
    let mut lines = io::stdin().lock().lines();
    loop {
        batch.clear();
        for line in lines.by_ref().take(100_000) {
            batch.push(line?);
        }
        if batch.is_empty() {
            break;
        }
        texts.extend(&batch);
        if shown > 0 {
            kept.append(&mut batch);
        }
    }
    println!("{:.1} s: {} texts read", start.elapsed().as_secs_f64(), texts.len());
    let clusters = texts.cluster(Options::default());
    println!("{:.1} s: {} clusters", start.elapsed().as_secs_f64(), clusters.keys.len());
    println!("{:?}", clusters.counts);
    println!("largest: {:?}", &clusters.sizes[..clusters.sizes.len().min(20)]);
    show(shown, &kept, &clusters.of, &clusters.representatives);
    let Some(file) = file else { return Ok(()) };
    let mut out = BufWriter::new(File::create(file)?);
    for &of in &clusters.of {
        if of == NONE { writeln!(out)? } else { writeln!(out, "{of}")? }
    }
    out.flush()
}

/// Shows clusters evenly spread from the largest to the smallest.
fn show(shown: usize, lines: &[String], of: &[u32], representatives: &[u32]) {
    let step = representatives.len().div_ceil(shown.max(1)).max(1);
    for cluster in (0..representatives.len()).step_by(step).take(shown) {
        println!("--- {cluster}: {}", visible(&lines[representatives[cluster] as usize]));
        let members = lines.iter().zip(of).filter(|&(_, &of)| of as usize == cluster);
        members.take(6).for_each(|(line, _)| println!("    {}", visible(line)));
    }
}

//! Writes the synthetic graphs that the tests and igraph are compared on.
//!
//! `cargo run -p charivari-graph --example write_graphs -- fixtures/graphs` writes those that the
//! tests carry, `… -- DIR large` the one of the benchmark. One file per graph: a line
//! `source,target,weight` per edge.

use std::io::{BufWriter, Write};
use std::path::Path;
use std::{env, error, fs, io};

#[path = "../fixtures/generate.rs"]
mod generate;
use generate::Edges;

fn main() -> Result<(), Box<dyn error::Error>> {
    let mut arguments = env::args().skip(1);
    let folder = arguments.next().ok_or("name the folder to write to")?;
    let folder = Path::new(&folder);
    fs::create_dir_all(folder)?;
    if arguments.next().as_deref() == Some("large") {
        write(folder, "planted_50000", &generate::planted(500, 100, 10.0, 0.7, 1))?;
    } else {
        write(folder, "planted_2000", &generate::planted(40, 50, 10.0, 0.65, 1))?;
        write(folder, "heavy_tailed_3000", &generate::heavy_tailed(3000, 0.35, 2))?;
        write(folder, "ring_of_cliques", &generate::ring_of_cliques(30, 6))?;
        write(folder, "shared_tags_400", &generate::shared_tags(400, 14, 4))?;
    }
    Ok(())
}

fn write(folder: &Path, name: &str, edges: &Edges) -> io::Result<()> {
    let mut out = BufWriter::new(fs::File::create(folder.join(name).with_extension("csv"))?);
    writeln!(out, "source,target,weight")?;
    for ((a, b), w) in edges.source.iter().zip(&edges.target).zip(&edges.weight) {
        writeln!(out, "{a},{b},{w}")?;
    }
    out.flush()
}

//! Writes the report of an invented result, to look at while its design changes.
//!
//! `cargo run -p charivari-report --example sample_report -- report.html [network.svg [large.svg]]`

use std::error::Error;
use std::fs;

use charivari_report::{NetworkOptions, network_svg, render};

#[path = "../tests/sample/mod.rs"]
mod sample;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let page = arguments.next().unwrap_or_else(|| "report.html".to_owned());
    let provenance = sample::provenance();
    let view = sample::sample(&provenance);
    fs::write(page, render(&view)?)?;
    if let Some(picture) = arguments.next() {
        let options = NetworkOptions { standalone: true, ..NetworkOptions::default() };
        fs::write(picture, network_svg(&view.network, &options).svg)?;
        if let Some(picture) = arguments.next() {
            fs::write(picture, network_svg(&sample::large_network(), &options).svg)?;
        }
    }
    Ok(())
}

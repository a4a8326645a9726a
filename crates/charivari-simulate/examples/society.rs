//! Draws a society and says what it took: `cargo run --release -p charivari-simulate --example
//! society -- ACCOUNTS SEED > posts.csv`.

use std::io::{self, Write};
use std::time::Instant;

use charivari_simulate::society::{Settings, generate, write_posts_csv};

fn main() -> io::Result<()> {
    let mut numbers = std::env::args().skip(1).filter_map(|word| word.parse::<u32>().ok());
    let (accounts, seed) = (numbers.next().unwrap_or(20_000), numbers.next().unwrap_or(1));
    let start = Instant::now();
    let society = generate(&Settings::usual(accounts as usize, seed.into()));
    let drawn = start.elapsed();
    let start = Instant::now();
    write_posts_csv(&society, io::stdout().lock())?;
    writeln!(
        io::stderr(),
        "{} posts of {} accounts with {} groups: drawn in {drawn:?}, written in {:?}",
        society.posts.len(),
        society.accounts.len(),
        society.groups.len(),
        start.elapsed()
    )
}

//! Measures what docs/identity.md states: `cargo run --release -p charivari-identity --example
//! measure -- background|false|speed|search|hash FILE…`.

#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "an example says what it measures")]

use std::time::Instant;

use charivari_identity::Account;
use charivari_identity::names::Level;
use charivari_identity::ordinary::{Maker, Ordinary};
use charivari_identity::picture::{Form, Forms, Hash, Index, Limits, Picture, SAME};
use charivari_identity::protected::{Kind, Protected, Roster};
use charivari_identity::scan::{About, Scanner};
use charivari_identity::score::{PRIOR, threshold};

const EVENT: i64 = 1_672_790_400_000_000;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.first().map(String::as_str) {
        Some("background") => scan(11, 1_000_000, true),
        Some("false") => (1..=3).for_each(|seed| scan(1_000 + seed, 1_000_000, false)),
        Some("speed") => scan(7, 1_000_000, false),
        Some("search") => search(),
        Some("hash") => words[1..].iter().for_each(|path| hash(path)),
        Some("rate") => rate(&words[1..]),
        _ => println!("background, false, speed, search, hash FILE…, rate FILE…"),
    }
}

/// The invented ones of the tests, and more of both kinds up to a hundred.
fn hundred() -> Roster {
    let text = include_str!("../tests/protected.toml");
    let mut roster = Roster::parse(text, "protected.toml").unwrap();
    let firsts = ["Anna", "Paul", "Karim", "Laura", "Olivier", "Sofia", "Jean", "Nina", "Marie"];
    let lasts =
        ["Martin", "Valardeau", "Smith", "Cortonski", "Kaya", "Dupont", "Ferranov", "Baroux"];
    let things = ["Gazette", "Tribune", "Institute", "Collectif", "Observer", "Revue", "Union"];
    let places = ["Porto", "Valmarin", "Rouen", "Zanoville", "Kazan"];
    for number in roster.protected.len()..100 {
        let (name, kind) = if number % 2 == 0 {
            let last = lasts[number / 2 % lasts.len()];
            (format!("{} {last}", firsts[number % firsts.len()]), Kind::Person)
        } else {
            let place = places[number % places.len()];
            (format!("{} de {place}", things[number % things.len()]), Kind::Organisation)
        };
        roster.protected.push(Protected {
            id: format!("more{number}"),
            kind,
            names: vec![name],
            ..Protected::default()
        });
    }
    roster
}

fn scan(seed: u64, count: u64, by_level: bool) {
    let roster = hundred();
    let maker = Maker::new(seed, EVENT, &roster);
    let made: Vec<Ordinary> = (0..count).map(|number| maker.account(number)).collect();
    let accounts: Vec<Account<'_>> = made.iter().map(Ordinary::account).collect();
    let start = Instant::now();
    let scanner = Scanner::new(&roster);
    let about = About { event: Some(EVENT), ..About::default() };
    let scan = scanner.scan(&accounts, &about, f64::NEG_INFINITY);
    let took = start.elapsed().as_secs_f64();
    println!(
        "seed {seed}: {count} accounts, {} protected, {took:.2} s, {} compared, {} alike",
        roster.protected.len(),
        scan.compared,
        scan.found.len()
    );
    if by_level {
        for level in Level::ALL {
            let alike = scan.found.iter().filter(|found| found.evidence.level() == Some(level));
            let alike = alike.count() as f64;
            println!("{level:?}: {alike}, {:.3e} a pair", (alike + 0.5) / (count as f64 * 100.0));
        }
    }
    for at in [2.0, 4.0, 6.0, 8.0, 10.0, 12.0, threshold(PRIOR), 15.0] {
        let over = scan.found.iter().filter(|found| found.score.total >= at).count();
        println!("score at least {at:.2}: {over}");
    }
    for found in scan.found.iter().take(12) {
        let account = &accounts[found.account as usize];
        let parts =
            found.score.parts.iter().map(|part| format!("{} {:+.1}", part.name, part.weight));
        println!(
            "{:.2} {:?} {:?} {}",
            found.score.total,
            account.name,
            account.handle,
            parts.collect::<Vec<_>>().join(", ")
        );
    }
}

fn search() {
    let mut state = 1_u64;
    let mut next = || {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        state ^ (state >> 31)
    };
    let index = Index::new((0..10_000_000).map(|_| Hash(std::array::from_fn(|_| next()))));
    let forms = Forms(std::array::from_fn(|_| Hash(std::array::from_fn(|_| next()))));
    for _ in 0..5 {
        let start = Instant::now();
        let one =
            std::hint::black_box(index.near(std::hint::black_box(forms.get(Form::Original)), SAME));
        let first = start.elapsed().as_secs_f64() * 1e3;
        let start = Instant::now();
        let all = std::hint::black_box(index.near_any(std::hint::black_box(&forms), SAME));
        let second = start.elapsed().as_secs_f64() * 1e3;
        println!(
            "10 million hashes: one form {first:.1} ms ({} found), eight {second:.1} ms ({})",
            one.len(),
            all.len()
        );
    }
}

fn hash(path: &str) {
    let bytes = std::fs::read(path).unwrap();
    match Picture::of_bytes(&bytes, &Limits::default()) {
        Ok(picture) => {
            let forms: Vec<String> = picture.print.forms.0.iter().map(Hash::to_string).collect();
            println!("{path} {} {}", picture.print.quality, forms.join(" "));
        }
        Err(error) => println!("{path} {error}"),
    }
}

fn rate(paths: &[String]) {
    let files: Vec<Vec<u8>> = paths.iter().map(|path| std::fs::read(path).unwrap()).collect();
    let start = Instant::now();
    let mut done = 0_u32;
    while start.elapsed().as_secs_f64() < 5.0 {
        for bytes in &files {
            std::hint::black_box(Picture::of_bytes(bytes, &Limits::default()).unwrap());
            done += 1;
        }
    }
    println!(
        "{:.0} pictures a second on one core",
        f64::from(done) / start.elapsed().as_secs_f64()
    );
}

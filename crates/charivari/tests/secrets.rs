//! No value of a leaked row or of an own record comes out of any command: not in what it says, not in
//! a file, not where it fails, not where it is killed.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "helpers of tests are tests")]

mod common;

use std::collections::BTreeSet;
use std::io::Write as _;
use std::time::Duration;

use common::magazine::{COLUMNS, watched};
use common::watch::{Find, Scanner, Watched};

#[test]
fn the_scanner_finds_a_planted_value_in_every_form_and_container() {
    let marker = "Zqxmérel7".to_owned();
    let scanner = Scanner::new(std::slice::from_ref(&marker));
    let found = |bytes: &[u8]| {
        let mut found = BTreeSet::new();
        scanner.scan("here", bytes, &mut found);
        found
    };
    let base64 = |text: &str| {
        // Written by hand, so that the scanner's own encoder is not its own witness.
        const SIGNS: &[u8; 64] =
            b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let mut out = String::new();
        for three in text.as_bytes().chunks(3) {
            let word =
                three.iter().chain([&0, &0]).take(3).fold(0_u32, |w, b| w << 8 | u32::from(*b));
            for place in 0..=three.len() {
                out.push(char::from(SIGNS[(word >> (18 - 6 * place) & 63) as usize]));
            }
        }
        out.into_bytes()
    };
    let utf16 = |text: &str, big: bool| -> Vec<u8> {
        let unit = |unit: u16| if big { unit.to_be_bytes() } else { unit.to_le_bytes() };
        text.encode_utf16().flat_map(unit).collect()
    };
    let hex = |text: &str, big: bool| -> Vec<u8> {
        let digits = |byte: u8| if big { format!("{byte:02X}") } else { format!("{byte:02x}") };
        text.bytes().map(digits).collect::<String>().into_bytes()
    };
    let gzip = |bytes: &[u8]| {
        let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        out.write_all(bytes).unwrap();
        out.finish().unwrap()
    };
    let zip = |bytes: &[u8]| {
        let mut out = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        out.start_file("member", zip::write::SimpleFileOptions::default()).unwrap();
        out.write_all(bytes).unwrap();
        out.finish().unwrap().into_inner()
    };
    let plain = format!("before {marker} after").into_bytes();
    for (name, bytes) in [
        ("plain", plain.clone()),
        ("in capitals", "ZQXMÉREL7".as_bytes().to_vec()),
        ("in small letters", "zqxmérel7".as_bytes().to_vec()),
        ("bare", b"zqxmerel7".to_vec()),
        ("accents apart", "Zqxme\u{301}rel7".as_bytes().to_vec()),
        ("UTF-16", utf16(&marker, false)),
        ("UTF-16, big end first", utf16(&marker, true)),
        ("Latin-1", b"Zqxm\xE9rel7".to_vec()),
        ("hexadecimal", hex(&marker, false)),
        ("hexadecimal in capitals", hex(&marker, true)),
        ("base64", base64(&marker)),
        ("base64 after one byte", base64(&format!("a{marker}bb"))),
        ("base64 after two bytes", base64(&format!("aa{marker}b"))),
        ("base64 of small letters", base64(&marker.to_lowercase())),
        ("percent-encoded", b"Zqxm%C3%A9rel7".to_vec()),
        ("gzip", gzip(&plain)),
        ("zstd", zstd::encode_all(&plain[..], 3).unwrap()),
        ("zip", zip(&plain)),
        ("zip in gzip in zstd", zstd::encode_all(&gzip(&zip(&plain))[..], 3).unwrap()),
    ] {
        assert!(!found(&bytes).is_empty(), "{name} was not found");
    }
    for (name, bytes) in [
        ("nothing", &b""[..]),
        ("another name", b"Zqxmirel7"),
        ("a part of it", b"Zqxmer"),
        ("noise", &[0x1F, 0x8B, 0, 0, 1, 2, 3]),
    ] {
        assert_eq!(found(bytes), BTreeSet::<Find>::new(), "{name} was found");
    }
    let deep = (0..7).fold(plain, |inner, _| gzip(&inner));
    assert!(!found(&deep).is_empty(), "what is too deep is said");
}

#[test]
fn a_value_in_a_parquet_file_and_in_a_database_is_found() {
    // Posts that name somebody, which `convert` may write, stand for a leak here.
    let marker = "zqxparquet77".to_owned();
    let mut watched = Watched::new(std::slice::from_ref(&marker));
    let posts =
        format!("platform,post_id,account_id,time,text\nx,1,a,2023-01-06T10:00:00Z,{marker}\n");
    let input = watched.input("posts.csv", posts.as_bytes());
    let ran = watched.run(&["convert", &input, "-o", "posts.parquet"]);
    assert_eq!(ran.code, Some(0), "{}", ran.said());
    assert!(watched.found().iter().any(|find| find.place.contains("posts.parquet!cells")));
    let ran = watched.run(&["case", "new", "case", "--title", &marker, "--question", "Who?"]);
    assert_eq!(ran.code, Some(0), "{}", ran.said());
    assert!(
        watched.found().iter().any(|find| find.place.contains("case.db")),
        "{:?}",
        watched.found()
    );
}

#[test]
fn the_exposure_of_own_records_gives_no_value_away() {
    let (mut watched, [own, dump, ..]) = watched();
    let domains = watched.input("domains.txt", b"# at risk\narmee.example\n*.presse.example\n");
    let key = age::x25519::Identity::generate().to_public().to_string();
    let expose = ["leak", "expose", "--context", "threatened-publication"];
    let new = ["case", "new", "case", "--title", "Leak", "--question", "Who is at risk?"];
    assert_eq!(watched.run(&new).code, Some(0));
    let with_case = ["--case", "case", "--known-since", "2023-01-05", "--leaked-on", "2023-01-04"];
    for (name, arguments) in [
        ("columns found out", vec!["--own", &own, "-o", "one"]),
        ("columns named", vec!["--own", &own, "--columns", COLUMNS, "-o", "two", "--json"]),
        (
            "with a list",
            vec!["--own", &own, "--columns", COLUMNS, "-o", "three", "--list-for", &key],
        ),
        ("a dump", vec!["--own", &dump, "--columns", COLUMNS, "-o", "four"]),
        (
            "at risk",
            vec![
                "--own",
                &own,
                "--columns",
                COLUMNS,
                "-o",
                "five",
                "--at-risk-domains",
                &domains,
                "--at-risk-countries",
                "IR,RU",
            ],
        ),
        (
            "into a case",
            [&["--own", &own, "--columns", COLUMNS, "-o", "six"][..], &with_case].concat(),
        ),
    ] {
        let ran = watched.run(&[&expose[..], &arguments].concat());
        assert_eq!(ran.code, Some(0), "{name}: {}", ran.said());
    }
    for level in ["internal", "partner"] {
        let report = ["report", "--case", "case", "--redaction", level, "--include-open"];
        let ran = watched.run(&[&report[..], &["--format", "html,md,json", "-o", level]].concat());
        assert_eq!(ran.code, Some(0), "{level}: {}", ran.said());
    }
    assert_eq!(watched.run(&["case", "show", "--case", "case"]).code, Some(0));
    let list = std::fs::read(watched.work().join("three/notify.csv.age")).unwrap();
    assert!(list.len() > 10_000, "the list holds everybody, encrypted");
    watched.finish();
}

#[test]
fn runs_that_fail_or_are_killed_give_no_value_away() {
    let (mut watched, [own, dump, sample, _]) = watched();
    let whole = std::fs::read(&own).unwrap();
    let key = age::x25519::Identity::generate().to_public().to_string();
    let mut torn = whole.clone();
    torn.truncate(whole.len() / 2 + 7);
    let mut noisy = whole.clone();
    for place in (0..noisy.len()).step_by(97) {
        noisy[place] = 0xFF;
    }
    let quotes: Vec<u8> = whole.iter().flat_map(|byte| [*byte, b'"']).collect();
    let headless: Vec<u8> = whole.splitn(2, |byte| *byte == b'\n').nth(1).unwrap().to_vec();
    let bad = [
        watched.input("torn.csv", &torn),
        watched.input("noisy.csv", &noisy),
        watched.input("quotes.csv", &quotes),
        watched.input("headless.csv", &headless),
        watched.input("nothing.csv", b""),
        watched.input("cut.sql", &std::fs::read(&dump).unwrap()[..20_000]),
        watched.input("not.zip", &[b"PK\x03\x04", &whole[..]].concat()),
        watched.input("not.gz", &[&[0x1F, 0x8B, 8, 0][..], &whole].concat()),
    ];
    for file in &bad {
        for columns in [&[][..], &["--columns", COLUMNS], &["--columns", "email=nowhere"]] {
            let base = [
                "leak",
                "expose",
                "--context",
                "shop",
                "-o",
                "out",
                "--list-for",
                &key,
                "--own",
                file,
            ];
            let ran = watched.run(&[&base[..], columns].concat());
            assert!(ran.code.is_some_and(|code| code != 101), "it panicked: {}", ran.said());
        }
        watched.run(&["leak", "inspect", file]);
        watched.run(&["inspect", file]);
        watched.run(&["coordinate", file, "-o", "coordinated"]);
    }
    for arguments in [
        vec!["leak", "expose", "--own", &own, "-o", "out", "--context", "bakery"],
        vec!["leak", "expose", "--own", &own, "-o", "out", "--context", "3"],
        vec![
            "leak",
            "expose",
            "--own",
            &own,
            "-o",
            "out",
            "--context",
            "shop",
            "--list-for",
            "age1nokey",
        ],
        vec!["leak", "expose", "--own", &own, "-o", &own, "--context", "shop"],
        vec!["leak", "expose", "--own", "nowhere.csv", "-o", "out", "--context", "shop"],
        vec![
            "leak",
            "expose",
            "--own",
            &own,
            "-o",
            "out",
            "--context",
            "shop",
            "--case",
            "nowhere",
        ],
        vec!["coordinate", &sample, "-o", "coordinated"],
        vec!["convert", &sample, "-o", "sample.parquet"],
    ] {
        let ran = watched.run(&arguments);
        assert!(
            ran.code.is_some_and(|code| code != 0 && code != 101),
            "{arguments:?}: {}",
            ran.said()
        );
    }
    for milliseconds in [1, 5, 20, 50, 90, 150] {
        let run = [
            "leak",
            "expose",
            "--own",
            &own,
            "-o",
            "killed",
            "--context",
            "shop",
            "--list-for",
            &key,
        ];
        watched.run_killed(&run, Duration::from_millis(milliseconds));
    }
    watched.finish();
}

#[test]
fn sensitive_evidence_and_what_is_written_of_it_hold_no_value() {
    let (mut watched, [own, _, sample, _]) = watched();
    let new = ["case", "new", "case", "--title", "Leak", "--question", "Is it genuine?"];
    assert_eq!(watched.run(&new).code, Some(0));
    let key = age::x25519::Identity::generate().to_public().to_string();
    for arguments in [
        vec!["case", "add", "--case", "case", &sample, "--source", "a forum", "--sensitive"],
        vec![
            "case",
            "add",
            "--case",
            "case",
            &own,
            "--source",
            "the owner",
            "--keep-encrypted",
            &key,
        ],
        vec!["case", "show", "--case", "case"],
        vec!["case", "log", "--case", "case"],
        vec!["case", "check", "--case", "case"],
        vec!["report", "--case", "case", "-o", "report"],
    ] {
        let ran = watched.run(&arguments);
        assert!(ran.code.is_some_and(|code| code != 101), "{arguments:?}: {}", ran.said());
    }
    watched.finish();
}

/// Commands of leaks that other parts of the program bring; each is run as soon as it is built.
#[test]
fn other_commands_of_leaks_give_no_value_away() {
    let (mut watched, [own, dump, sample, history]) = watched();
    let mut run = 0;
    for (option, arguments) in [
        ("FILE", vec!["leak", "inspect", &own, &dump, &sample]),
        ("--json", vec!["leak", "inspect", &own, "--json"]),
        (
            "--own",
            vec![
                "leak",
                "verify",
                "--own",
                &own,
                "--sample",
                &sample,
                "--key",
                "email",
                "--columns",
                "email=mel,family_name=nom",
                "-o",
                "verified",
            ],
        ),
        (
            "--history",
            vec![
                "leak",
                "verify",
                "--own",
                &own,
                "--sample",
                &sample,
                "--history",
                &history,
                "--key",
                "email",
                "--columns",
                "email=mel",
                "--json",
            ],
        ),
    ] {
        let help = watched.run(&[&arguments[..2], &["--help"]].concat());
        if !help.said().contains(option) {
            eprintln!("passed over, since it is not built: charivari {}", arguments[..2].join(" "));
            continue;
        }
        let ran = watched.run(&arguments);
        assert!(ran.code.is_some_and(|code| code != 101), "{:?}: {}", &arguments[..2], ran.said());
        run += 1;
    }
    eprintln!("{run} runs");
    watched.finish();
}

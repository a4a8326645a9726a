//! `charivari leak verify` from the outside: what it finds in invented records, and that it shows nobody.

#![allow(clippy::unwrap_used, reason = "a test may stop where what it needs is not there")]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;

fn charivari(folder: &Path, args: &[&str]) -> assert_cmd::assert::Assert {
    let mut command = Command::cargo_bin("charivari").unwrap();
    command.current_dir(folder).env("SOURCE_DATE_EPOCH", "1700000000").args(args).assert()
}

struct Person {
    id: usize,
    email: String,
    given: String,
    family: String,
    street: String,
    postcode: String,
    created: String,
    changed: String,
    /// Where the person lived before, if anywhere.
    before: Option<String>,
}

/// A number that looks random and is the same each time.
fn mixed(value: usize) -> usize {
    let mut z = (value as u64).wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    ((z ^ (z >> 31)) >> 8) as usize
}

fn day(day: usize) -> String {
    format!("{}-{:02}-{:02} 12:00:00", 2015 + day / 336, day % 336 / 28 + 1, day % 28 + 1)
}

/// Invented customers: two a day, of whom every fifth moved later.
fn people() -> Vec<Person> {
    let part = ["ba", "ko", "mi", "ru", "te", "sol", "vin", "gar", "lu", "ne", "pha", "dor", "esk"];
    let word = |at: usize| [at, at / 13, at / 169].map(|at| part[at % 13]).concat();
    (0..4_000)
        .map(|at| {
            let random = mixed(at);
            let family = format!("Zqx{}", word(random % 2_197));
            let made = at / 2;
            let street = |salt: usize| {
                format!("{} rue {}", mixed(at + salt) % 90 + 1, word(mixed(at + salt) / 100))
            };
            let moved = random.is_multiple_of(5);
            Person {
                id: at + 1,
                email: format!("zqx{at}{}@example.org", word(random / 7)),
                given: word(random / 2_197 % 150),
                family,
                street: street(10_000_000),
                postcode: format!("{:05}", 1_000 + mixed(at + 5) % 90_000),
                created: day(made),
                changed: if moved {
                    day(made + 1 + random / 5 % (2_010 - made))
                } else {
                    day(made)
                },
                before: moved.then(|| street(20_000_000)),
            }
        })
        .collect()
}

fn write_own(folder: &Path, people: &[Person]) {
    let mut text = String::from("id,email,prenom,nom,adresse,code_postal,created_at,updated_at\n");
    for p in people {
        let _ = writeln!(
            text,
            "{},{},{},{},{},{},{},{}",
            p.id, p.email, p.given, p.family, p.street, p.postcode, p.created, p.changed
        );
    }
    fs::write(folder.join("own.csv"), text).unwrap();
}

/// A sample of what was there at the noon of a day: every so-many-th by chance, some of them damaged.
fn write_sample(folder: &Path, people: &[Person], at: usize) {
    let mut text = String::from("mail;prenom;nom;adresse;code_postal\n");
    let there =
        people.iter().filter(|p| p.created < day(at) && mixed(p.id * 31).is_multiple_of(12));
    for (number, p) in there.enumerate() {
        let old = p.before.as_ref().filter(|_| p.changed > day(at));
        let street = old.unwrap_or(&p.street);
        let (email, family) = match number % 20 {
            // An address that was changed, and a misspelt name: only likeness finds it.
            3 => (format!("zqxother{number}@example.net"), format!("{}e", p.family)),
            5 => (p.email.to_uppercase(), p.family.to_uppercase()),
            _ => (p.email.clone(), p.family.clone()),
        };
        let _ = writeln!(text, "{email};{};{family};{street};{}", p.given, p.postcode);
    }
    fs::write(folder.join("sample.csv"), text).unwrap();
}

fn json(folder: &Path, args: &[&str]) -> Value {
    let mut all = vec!["leak", "verify", "--own", "own.csv", "--sample", "sample.csv", "--json"];
    all.extend(args);
    let output = charivari(folder, &all).success().get_output().stdout.clone();
    serde_json::from_slice(&output).unwrap()
}

fn prepared() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let people = people();
    write_own(folder.path(), &people);
    write_sample(folder.path(), &people, 1_200);
    folder
}

/// No byte of a file or stream may hold a value of a row; all invented people have a mark in their names.
fn assert_shows_nobody(name: &str, bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes).to_lowercase();
    assert!(!text.contains("zqx"), "{name}: {text}");
}

#[test]
fn a_sample_of_the_own_records_is_known_dated_and_counted() {
    let folder = prepared();
    let result = json(folder.path(), &[]);
    let asked = result["asked"].as_u64().unwrap();
    let found = result["found"]["exactly"].as_u64().unwrap();
    let by_likeness = result["found_by_likeness"]["exactly"].as_u64().unwrap();
    assert!(asked > 150 && found == asked, "{found} of {asked}");
    assert!(by_likeness >= asked / 20 - 1 && by_likeness <= asked / 20 + 1, "{by_likeness}");
    let columns = result["columns"].as_array().unwrap();
    assert_eq!(columns.len(), 4);
    let street = columns.iter().find(|column| column["own"] == "adresse").unwrap();
    assert!(street["differ"]["exactly"].as_u64().unwrap() > 5, "{street}");
    assert!(result["share"].is_null(), "no interval where the tool drew no rows");
    assert!(result["ratios"][0]["value"].as_f64().unwrap() >= 9_999.0);
    let interval = &result["snapshot"]["interval"];
    let seconds = |time: &Value| {
        time.as_i64().map(|micros| micros / 1_000_000).or_else(|| {
            time.as_str()?.parse::<jiff::Timestamp>().ok().map(jiff::Timestamp::as_second)
        })
    };
    let truth = format!("{}Z", day(1_200).replace(' ', "T"))
        .parse::<jiff::Timestamp>()
        .unwrap()
        .as_second();
    let (from, to) = (seconds(&interval["from"]).unwrap(), seconds(&interval["to"]).unwrap());
    // One interval in twenty misses the truth; none misses it by more than its own width.
    let width = to - from;
    assert!(from - width <= truth && truth <= to + width, "{interval} {truth}");
    assert!(to - from < 120 * 86_400, "{interval}");
    let volume = result["volume"]["estimate"]["rows"].clone();
    let (low, high) = (volume["low"].as_f64().unwrap(), volume["high"].as_f64().unwrap());
    assert!(low <= 2_400.0 && (2_350.0..2_600.0).contains(&high), "{volume}");
}

#[test]
fn neither_streams_nor_files_show_anybody() {
    let folder = prepared();
    let here = folder.path();
    fs::write(here.join("decoys.csv"), "email\nzqxnobody1@example.org\nzqxnobody2@example.org\n")
        .unwrap();
    charivari(here, &["case", "new", "case", "--title", "A case"]).success();
    let output = charivari(
        here,
        &[
            "leak",
            "verify",
            "--own",
            "own.csv",
            "--sample",
            "sample.csv",
            "-o",
            "out",
            "--decoys",
            "decoys.csv",
            "--case",
            "case",
            "--analyst",
            "A. Nalyst",
        ],
    )
    .success();
    let output = output.get_output();
    assert_shows_nobody("stdout", &output.stdout);
    assert_shows_nobody("stderr", &output.stderr);
    let page = String::from_utf8_lossy(&output.stdout);
    for words in [
        "IS THE SAMPLE FROM THESE RECORDS?",
        "at worst",
        "existed between",
        "mail house",
        "rate of false",
    ] {
        assert!(page.replace("\n  ", " ").contains(words), "{words}: {page}");
    }
    let mut folders = vec![here.join("out"), here.join("case")];
    let mut seen = 0;
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                seen += 1;
                assert_shows_nobody(&path.display().to_string(), &fs::read(&path).unwrap());
            }
        }
    }
    assert!(seen >= 3, "{seen}");
    let open: Value =
        serde_json::from_slice(&fs::read(here.join("out/verification-published.json")).unwrap())
            .unwrap();
    assert_eq!(open["is_published"], true);
    let shown =
        charivari(here, &["case", "show", "--case", "case"]).success().get_output().stdout.clone();
    let shown = String::from_utf8_lossy(&shown).into_owned();
    for kind in ["leak.verified", "leak.snapshot", "leak.volume"] {
        assert!(shown.contains(kind) || shown.contains("F3"), "{kind}: {shown}");
    }
}

#[test]
fn an_ordinary_list_is_not_taken_for_the_records() {
    let folder = prepared();
    let mut list = String::from("email\n");
    for at in 0..500 {
        let _ = writeln!(list, "zqxelsewhere{at}@example.net");
    }
    fs::write(folder.path().join("sample.csv"), list).unwrap();
    let result = json(folder.path(), &[]);
    assert_eq!(result["found"]["exactly"], 0);
    assert!(result["ratios"][0]["value"].as_f64().unwrap() <= 0.001);
    assert!(
        result["statement"].as_str().unwrap().contains("does not show that the sample is false")
    );
    assert!(result["snapshot"].is_null());
}

#[test]
fn draws_decoys_canaries_processors_and_earlier_breaches_are_counted() {
    let folder = prepared();
    let here = folder.path();
    let sample = fs::read_to_string(here.join("sample.csv")).unwrap();
    let keys: Vec<&str> =
        sample.lines().skip(1).map(|line| line.split(';').next().unwrap()).collect();
    let canary = keys[0];
    fs::write(
        here.join("canaries.csv"),
        format!("copy,key\nthe mail house,{canary}\nthe mail house,zqxc2@example.org\nthe backup,zqxc3@example.org\n"),
    )
    .unwrap();
    fs::write(
        here.join("processors.csv"),
        "processor,column\nmail house,prenom\nmail house,nom\nmail house,adresse\nmail house,code_postal\nbank,nom\n",
    )
    .unwrap();
    fs::write(here.join("decoys.csv"), "email\nzqxnobody1@example.org\nzqxnobody2@example.org\n")
        .unwrap();
    fs::write(here.join("old.csv"), format!("email\n{}\nzqxold@example.net\n", keys[1])).unwrap();
    let result = json(
        here,
        &[
            "--draw",
            "100",
            "--seed",
            "7",
            "--decoys",
            "decoys.csv",
            "--canaries",
            "canaries.csv",
            "--processors",
            "processors.csv",
            "--earlier",
            "old.csv",
        ],
    );
    assert_eq!(result["asked"], 100);
    let share = &result["share"];
    assert!(
        share["low"].as_f64().unwrap() > 0.9 && share["high"].as_f64().unwrap() <= 1.0,
        "{share}"
    );
    assert_eq!(
        (&result["false_matches"]["asked"], &result["false_matches"]["found"]),
        (&2.into(), &0.into())
    );
    assert_eq!(result["copy"]["canaries"][1]["planted"], 2, "{}", result["copy"]);
    assert_eq!(result["copy"]["processors"][0]["name"], "mail house");
    assert_eq!(result["copy"]["processors"][0]["not_given"], 0);
    let against: Vec<&str> = result["ratios"]
        .as_array()
        .unwrap()
        .iter()
        .map(|ratio| ratio["against"].as_str().unwrap())
        .collect();
    assert_eq!(
        against,
        [
            "an ordinary list of addresses",
            "the earlier breach old.csv",
            "real addresses beside made-up values"
        ]
    );
    assert_eq!(
        result,
        json(
            here,
            &[
                "--draw",
                "100",
                "--seed",
                "7",
                "--decoys",
                "decoys.csv",
                "--canaries",
                "canaries.csv",
                "--processors",
                "processors.csv",
                "--earlier",
                "old.csv",
            ]
        ),
        "twice the same"
    );
}

#[test]
fn what_cannot_be_done_is_refused_by_name() {
    let folder = prepared();
    let here = folder.path();
    fs::write(here.join("none.csv"), "a,b\n1,2\n3,4\n").unwrap();
    fs::write(here.join("empty-keys.csv"), "email,b\n,2\n,4\n").unwrap();
    for (name, args, code, words) in [
        ("no key in the sample", vec!["--sample", "none.csv"], 3, "E0711"),
        ("no readable key", vec!["--sample", "empty-keys.csv"], 4, "E0710"),
        ("no such kind", vec!["--sample", "sample.csv", "--key", "soul"], 2, "E0715"),
        ("no pair", vec!["--sample", "sample.csv", "--columns", "a"], 2, "E0712"),
        ("no share", vec!["--sample", "sample.csv", "--overlap", "2"], 2, "E0714"),
        (
            "too many drawn",
            vec!["--sample", "sample.csv", "--draw", "9999", "--seed", "1"],
            2,
            "E0717",
        ),
        ("no such column", vec!["--sample", "sample.csv", "--created-at", "born"], 2, "E0718"),
        ("no canaries", vec!["--sample", "sample.csv", "--canaries", "none.csv"], 3, "E0716"),
    ] {
        let mut all = vec!["leak", "verify", "--own", "own.csv"];
        all.extend(args);
        let output = charivari(here, &all).code(code);
        let error = String::from_utf8_lossy(&output.get_output().stderr).into_owned();
        assert!(error.contains(words), "{name}: {error}");
        assert_shows_nobody(name, error.as_bytes());
    }
}

//! Makes a case of a hundred thousand pieces of evidence and a million findings, and measures how
//! long reading it takes: `cargo run --release -p charivari-case --example scale [EVIDENCE FINDINGS [DIR]]`.
//!
//! The rows are written behind the program's back in one transaction, with the same hashes that it
//! would make: through the front door each would wait for the disk.

#![allow(clippy::print_stdout, reason = "an example says what it measured")]

use std::error::Error;
use std::fs;
use std::path::Path;
use std::time::Instant;

use charivari_case::{Case, NewCase, Stamp, Wanted};
use charivari_model::Timestamp;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, SqliteConnection};

type Done<T> = Result<T, Box<dyn Error>>;

/// Findings of one run.
const OF_RUN: u64 = 1_000;

fn hex(bytes: &[u8]) -> String {
    let figures = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    figures.filter_map(|figure| char::from_digit(u32::from(figure), 16)).collect()
}

/// An entry: number, action, letter and number of its record, digest, hash, content.
type Row = (u64, &'static str, String, u64, Vec<u8>, Vec<u8>, String);

/// Entries that wait to be written, and the head that they lead to.
struct Log {
    number: u64,
    hash: Vec<u8>,
    rows: Vec<Row>,
}

impl Log {
    /// Adds an entry as the case would.
    fn add(&mut self, action: &'static str, letter: &str, record: u64, body: &Value) {
        let body = body.to_string();
        let digest = Sha256::digest(body.as_bytes()).to_vec();
        self.number += 1;
        let number = self.number.to_string();
        let (name, digest_text) = (format!("{letter}{record}"), hex(&digest));
        let previous = hex(&self.hash);
        let fields =
            ["charivari log entry 1", &number, "0", "A", action, &name, &digest_text, &previous];
        let text = fields.map(|field| format!("{}:{field},", field.len())).concat();
        self.hash = Sha256::digest(text.as_bytes()).to_vec();
        let hash = self.hash.clone();
        self.rows.push((self.number, action, letter.to_owned(), record, digest, hash, body));
    }

    /// Writes what waits, 500 rows at once.
    async fn write(&mut self, connection: &mut SqliteConnection) -> Done<()> {
        for rows in self.rows.chunks(500) {
            let places = |one: &str| vec![one; rows.len()].join(", ");
            let into = "INSERT INTO log (number, time, by, action, letter, record, digest, hash)";
            let text = format!("{into} VALUES {}", places("(?, 0, 'A', ?, ?, ?, ?, ?)"));
            let mut log = sqlx::query(AssertSqlSafe(text));
            let text = format!("INSERT INTO content (entry, body) VALUES {}", places("(?, ?)"));
            let mut content = sqlx::query(AssertSqlSafe(text));
            for (number, action, letter, record, digest, hash, body) in rows {
                let number = i64::try_from(*number)?;
                log = log.bind(number).bind(*action).bind(letter.clone());
                log = log.bind(i64::try_from(*record)?).bind(digest.clone()).bind(hash.clone());
                content = content.bind(number).bind(body.clone());
            }
            log.execute(&mut *connection).await?;
            content.execute(&mut *connection).await?;
        }
        self.rows.clear();
        Ok(())
    }
}

/// A piece of evidence whose bytes are its number.
fn evidence(path: &Path, number: u64) -> Done<Value> {
    let content = number.to_string();
    let sha256 = hex(&Sha256::digest(content.as_bytes()));
    let folder = path.join("evidence").join(&sha256[..2]);
    fs::create_dir_all(&folder)?;
    fs::write(folder.join(&sha256), &content)?;
    Ok(json!({
        "id": format!("E{number}"), "name": format!("{number}.json"), "sha256": sha256,
        "bytes": content.len(), "source": "an example archive", "collector": null,
        "collected": null, "added": 0, "added_by": "A", "grade": "B2", "tlp": "amber",
        "sensitive": false, "custody": { "kind": "kept" }, "note": null,
    }))
}

fn run(number: u64, input: u64) -> Value {
    json!({
        "id": format!("R{number}"), "command": "coordinate", "parameters": [["window", "60 s"]],
        "tool": "charivari 0.1.0", "inputs": [format!("E{input}")], "time": 0, "by": "A",
        "method": { "steps": [], "limits": [] }, "tables": [], "picture": null,
        "identity": number.to_string(),
    })
}

fn finding(number: u64, run: u64, input: u64) -> Value {
    json!({
        "id": format!("F{number}"), "run": format!("R{run}"), "kind": "coordination.group",
        "subject": format!("group {number}"),
        "statement": "Twelve accounts act together more than chance explains.",
        "measures": [{
            "name": "accounts", "value": 12.0, "unit": "accounts", "interval": null,
            "interval_is": "",
        }],
        "confidence": "moderate",
        "evidence": [{
            "evidence": format!("E{input}"), "part": null, "row": number, "post": "42",
            "account": "x:7", "time": 0, "excerpt": "The kettle sings at the harbour tonight.",
        }],
        "evidence_left_out": 0, "accounts": [], "techniques": [],
        "innocent": ["They may be fans of one kettle."], "tables": [], "period": null,
    })
}

/// Fills the case.
async fn fill(path: &Path, pieces: u64, findings: u64) -> Done<()> {
    let file = path.join("case.db");
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(file);
    let mut connection = options.connect().await?;
    let (hash,): (Vec<u8>,) =
        sqlx::query_as("SELECT hash FROM log WHERE number = 1").fetch_one(&mut connection).await?;
    let mut log = Log { number: 1, hash, rows: Vec::new() };
    sqlx::raw_sql("BEGIN").execute(&mut connection).await?;
    for number in 1..=pieces {
        log.add("add evidence", "E", number, &evidence(path, number)?);
    }
    log.write(&mut connection).await?;
    for number in 1..=findings {
        let (run_number, input) = (number.div_ceil(OF_RUN), number % pieces + 1);
        if number % OF_RUN == 1 {
            log.add("record run", "R", run_number, &run(run_number, input));
        }
        log.add("record finding", "F", number, &finding(number, run_number, input));
        if number % OF_RUN == 0 {
            log.write(&mut connection).await?;
        }
    }
    log.write(&mut connection).await?;
    let derive = include_str!("../src/derive-1.sql").replace("{in}", "main").replace("{from}", "2");
    sqlx::raw_sql(AssertSqlSafe(derive)).execute(&mut connection).await?;
    sqlx::raw_sql("COMMIT").execute(&mut connection).await?;
    connection.close().await?;
    Ok(())
}

fn measure<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let begin = Instant::now();
    let done = work();
    println!("{what}: {:.3} s", begin.elapsed().as_secs_f64());
    done
}

fn main() -> Done<()> {
    let mut numbers = std::env::args().skip(1).map(|number| number.parse::<u64>());
    let pieces = numbers.next().transpose()?.unwrap_or(100_000);
    let findings = numbers.next().transpose()?.unwrap_or(1_000_000);
    let dir = tempfile::tempdir()?;
    // A folder that is named is kept, so that the program can be measured on the same case.
    let path = std::env::args().nth(3).map_or_else(|| dir.path().join("case"), Into::into);
    let stamp = Stamp { now: Timestamp(0), by: "A".to_owned() };
    let new = NewCase { title: "A large case".to_owned(), ..NewCase::default() };
    drop(Case::create(&path, new, &stamp)?);
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    measure("make", || runtime.block_on(fill(&path, pieces, findings)))?;
    println!("case.db: {} MiB", fs::metadata(path.join("case.db"))?.len() >> 20);
    measure("open and overview", || Case::open(&path)?.overview())?;
    let mut case = Case::open_reading(&path)?;
    measure("overview once more", || case.overview())?;
    let wanted = Wanted { findings: 500, ..Wanted::default() };
    let dossier = measure("dossier of 500 findings", || case.dossier(&wanted))?;
    println!("{} findings, {} left out", dossier.findings.len(), dossier.left.findings);
    drop(case);
    let mut case = Case::open(&path)?;
    let note =
        charivari_case::NewNote { about: None, text: "A note.".to_owned(), tlp: dossier.head.tlp };
    measure("add a note", || case.note(note, &stamp))?;
    let checked = measure("check", || case.check(&mut |_| ()))?;
    println!("{:?}, {} problems", checked.counts, checked.problems.len());
    Ok(())
}

//! A program that is killed while it writes loses nothing that it acknowledged and leaves nothing half.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test may stop where what it needs is not there")]

mod common;

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use charivari_case::{Case, Wanted};
use charivari_model::case::Ref;
use common::{add, at, case, run};

/// Names the case to the child.
const CASE: &str = "CHARIVARI_KILLED_CASE";
/// How often to kill; 40 unless set.
const KILLS: &str = "CHARIVARI_KILLS";
/// Findings of each run of the child.
const SUBJECTS: [&str; 5] = ["a", "b", "c", "d", "e"];

/// The child: adds and records until it is killed, and says what was done. A test without its case.
#[test]
fn child() {
    let Ok(path) = env::var(CASE) else { return };
    let mut case = Case::open(Path::new(&path)).unwrap();
    let dir = tempfile::tempdir_in(Path::new(&path).parent().unwrap()).unwrap();
    let say = |what: String| {
        let mut out = std::io::stdout();
        out.write_all(format!("did {what}\n").as_bytes()).and_then(|()| out.flush()).unwrap();
    };
    for count in 0.. {
        let content = format!("{}\n", std::process::id() + count).repeat(3_000);
        let input = add(&mut case, dir.path(), "posts.csv", &content);
        say(format!("{input}"));
        let made = case.record(run(dir.path(), input, &SUBJECTS), &at(2)).unwrap();
        say(format!("{}", made.run));
        for finding in made.findings {
            say(format!("{finding}"));
        }
    }
}

/// Runs the child for a while, kills it, and gives what it had acknowledged.
fn kill_after(path: &Path, pause: Duration) -> Vec<Ref> {
    let mut child = Command::new(env::current_exe().unwrap())
        .args(["child", "--exact", "--nocapture", "--test-threads=1"])
        .env(CASE, path)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let out = BufReader::new(child.stdout.take().unwrap());
    let reader = thread::spawn(move || out.lines().map_while(Result::ok).collect::<Vec<_>>());
    thread::sleep(pause);
    // On Unix this is SIGKILL.
    child.kill().unwrap();
    child.wait().unwrap();
    let lines = reader.join().unwrap();
    // The harness writes the name of the test before the first line, without ending it.
    let did = lines.iter().filter_map(|line| line.split("did ").nth(1));
    did.filter_map(|word| word.parse().ok()).collect()
}

#[test]
fn nothing_acknowledged_is_lost_and_nothing_half_written_is_shown() {
    let kills: u64 = env::var(KILLS).ok().and_then(|text| text.parse().ok()).unwrap_or(40);
    let (dir, first) = case();
    drop(first);
    let path = dir.path().join("case");
    let (mut state, mut acknowledged, mut left) = (42_u64, Vec::new(), 0);
    for round in 0..kills {
        // A linear congruential generator: the moments differ and are the same in each run.
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let pause = Duration::from_micros(3_000 + (state >> 33) % 80_000);
        acknowledged.extend(kill_after(&path, pause));
        let mut case = Case::open(&path).unwrap();
        let checked = case.check(&mut |_| ()).unwrap();
        assert_eq!(checked.problems, [], "round {round}, killed after {pause:?}");
        left += checked.notes.len();
        let dossier = case.dossier(&Wanted::everything()).unwrap();
        let mut of_run: BTreeMap<Ref, usize> = BTreeMap::new();
        for finding in &dossier.findings {
            *of_run.entry(finding.run).or_default() += 1;
        }
        let runs = dossier.runs.len();
        assert!(of_run.values().all(|count| *count == SUBJECTS.len()), "{of_run:?}");
        assert_eq!(of_run.len(), runs, "a run without its findings");
        for record in &acknowledged {
            let there = match record.kind {
                charivari_model::case::Kind::Evidence => case.evidence(*record).is_ok(),
                charivari_model::case::Kind::Run => dossier.run(*record).is_some(),
                _ => dossier.finding(*record).is_some(),
            };
            assert!(there, "round {round}: {record} was acknowledged and is lost");
        }
    }
    assert!(acknowledged.len() as u64 > kills, "only {} were acknowledged", acknowledged.len());
    let mut case = Case::open(&path).unwrap();
    add(&mut case, dir.path(), "last.csv", "the next writer tidies up");
    let incoming = fs::read_dir(path.join("incoming")).unwrap().count();
    assert_eq!(incoming, 0, "the next writer takes away what killed ones left");
    let checked = case.check(&mut |_| ()).unwrap();
    assert_eq!((checked.problems, checked.notes), (Vec::new(), Vec::new()));
    println!("{kills} kills, {} acknowledged, {left} leavings", acknowledged.len());
}

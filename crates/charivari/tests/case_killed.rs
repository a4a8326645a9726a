//! A case survives being killed: what was acknowledged is there, and nothing half-written is shown.
//!
//! `CHARIVARI_KILLS` sets how often (12 without it). A kill is no loss of power: what a disk does that
//! forgets what it said it had written is not shown here.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "helpers of tests are tests")]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

fn charivari(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_charivari"));
    command.current_dir(folder).stdin(Stdio::null()).stderr(Stdio::null());
    command.env("CHARIVARI_CASE", "case").env("XDG_STATE_HOME", folder.join("state"));
    command
}

/// A number from 0 to 1 that looks random, and is the same each time.
fn draw(state: &mut u64) -> f64 {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*state >> 11) as f64 / (1_u64 << 53) as f64
}

/// Runs a command and kills it after `after`; what it had printed by then.
fn killed(command: &mut Command, after: Duration) -> String {
    let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
    std::thread::sleep(after);
    child.kill().unwrap();
    let output = child.wait_with_output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

/// How long a command takes when nobody kills it.
fn time(command: &mut Command) -> f64 {
    let clock = Instant::now();
    assert!(command.output().unwrap().status.success());
    clock.elapsed().as_secs_f64()
}

#[test]
fn nothing_acknowledged_is_lost_when_the_program_is_killed() {
    let kills: u32 =
        std::env::var("CHARIVARI_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(12);
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    assert!(
        charivari(folder)
            .args(["case", "new", "case", "--title", "Killed"])
            .output()
            .unwrap()
            .status
            .success()
    );
    let mut state = 1_831;
    let write = |number: u32| {
        let name = format!("file{number}.csv");
        let mut text = String::from("platform,post_id,account_id,time,text,links\n");
        for post in 0..4_000 {
            let _ = writeln!(
                text,
                "x,{number}-{post},a{},2023-01-06T10:{:02}:{:02}Z,words {number} {post},https://k.example/{}",
                post % 40,
                post / 40 % 60,
                post % 60,
                post / 40
            );
        }
        fs::write(folder.join(&name), text).unwrap();
        name
    };
    let first = write(0);
    let add = |name: &str| {
        let mut command = charivari(folder);
        command.args(["case", "add", name, "--source", "test"]);
        command
    };
    let analyse = |name: &str| {
        let mut command = charivari(folder);
        command.args(["coordinate", name, "-o", "out", "--case", "case", "--no-power"]);
        command
    };
    let (adding, analysing) = (time(&mut add(&first)), time(&mut analyse(&first)));
    let mut acknowledged = Vec::new();
    for number in 1..=kills {
        let name = write(number);
        let (mut command, long) =
            if number % 2 == 0 { (add(&name), adding) } else { (analyse(&name), analysing) };
        let told = killed(&mut command, Duration::from_secs_f64(draw(&mut state) * long * 1.2));
        if told.contains("sha256") || told.contains("In the case:") {
            acknowledged.push(name);
        }
        let check = charivari(folder).args(["case", "check"]).output().unwrap();
        assert!(
            check.status.success(),
            "kill {number}: {}",
            String::from_utf8_lossy(&check.stdout)
        );
    }
    let out =
        charivari(folder).args(["report", "-o", "report", "--format", "json"]).output().unwrap();
    assert!(out.status.success());
    let report = fs::read_to_string(folder.join("report/report.json")).unwrap();
    for name in &acknowledged {
        assert!(report.contains(name.as_str()), "{name} was acknowledged and is lost");
    }
    println!("{} of {kills} were acknowledged before they were killed", acknowledged.len());
}

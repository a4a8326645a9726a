//! No value comes out of the commands of the private comparison: not where all goes well, not where a
//! party is refused, and not where one is killed in the middle.

#![allow(clippy::unwrap_used, reason = "a test may stop where what it needs is not there")]

mod common;

use std::fs;
use std::process::Child;
use std::time::{Duration, Instant};

use common::magazine::watched;
use common::watch::{Ran, Watched};

/// Ends the organisation's process when the test does.
struct Open {
    child: Child,
    address: String,
}

impl Drop for Open {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn open(watched: &mut Watched, name: &str) -> Open {
    let arguments = ["leak", "serve", "open", "--ledger", "ledger", "--listen", "127.0.0.1:0"];
    let mut open = Open { child: watched.start(name, &arguments), address: String::new() };
    let start = Instant::now();
    while open.address.is_empty() {
        let said = fs::read_to_string(watched.work().join(name)).unwrap();
        let address = said.lines().find_map(|line| line.strip_prefix("listening on "));
        if let Some(address) = address.filter(|_| said.ends_with('\n')) {
            address.clone_into(&mut open.address);
        }
        assert!(start.elapsed() < Duration::from_mins(1), "the organisation does not listen");
        std::thread::sleep(Duration::from_millis(10));
    }
    open
}

#[track_caller]
fn done(watched: &mut Watched, arguments: &[&str]) {
    let ran = watched.run(arguments);
    assert_eq!(ran.code, Some(0), "{:?}: {}", &arguments[..3], ran.said());
}

/// What the columns of the sample are, in the words of the magazine's own table.
const NAMED: &str = "email=mel,postcode=cp,phone=tel";

/// Commits both parties.
fn committed(watched: &mut Watched, own: &str, sample: &str) {
    let commit = ["leak", "serve", "commit", "--own", own, "--ledger", "ledger"];
    let about = ["--case-id", "case", "--expires", "2099-01-01T00:00:00Z", "--country", "FR"];
    done(watched, &[&commit[..], &about, &["--compare", "postcode,phone"]].concat());
    let ask = ["leak", "ask", "commit", "--commitment", "ledger/commitment.json"];
    let what = ["--sample", sample, "--asker", "a newspaper", "-o", "asking"];
    done(watched, &[&ask[..], &what, &["--columns", NAMED]].concat());
}

fn approve(watched: &mut Watched, address: &str, invitation: &str) {
    let approve = ["leak", "serve", "approve", "asking/request.json", "--ledger", "ledger"];
    done(watched, &[&approve[..], &["--address", address, "-o", invitation]].concat());
}

fn sending<'a>(invitation: &'a str, sample: &'a str, address: &'a str) -> Vec<&'a str> {
    let send = ["leak", "ask", "send", "--secret", "asking/ask.secret", "--sample", sample];
    let more = ["--invitation", invitation, "--address", address, "-o", "out", "--patience", "20"];
    [&send[..], &more, &["--columns", NAMED]].concat()
}

#[test]
fn an_exchange_its_refusals_and_its_attestation_give_no_value_away() {
    let (mut watched, [own, _, sample, history]) = watched();
    committed(&mut watched, &own, &sample);
    let organisation = open(&mut watched, "organisation.log");
    let address = organisation.address.clone();
    approve(&mut watched, &address, "invitation.json");
    // Another table than the committed one, one without the column, and none at all.
    for wrong in [&own, &history, &"nowhere.csv".to_owned()] {
        let ran = watched.run(&sending("invitation.json", wrong, &address));
        assert!(ran.code.is_some_and(|code| code != 0 && code != 101), "{}", ran.said());
    }
    done(&mut watched, &sending("invitation.json", &sample, &address));
    let again = watched.run(&sending("invitation.json", &sample, &address));
    assert!(again.said().contains("E0744"), "{}", again.said());
    for result in ["out/verification.json", "out/verification.published.json"] {
        let attest = ["leak", "attest", result, "--key", "notary.key", "--who", "a notary"];
        let new = if result.contains("published") { &[][..] } else { &["--new-key"] };
        let more = ["--saw", "comparison", "-o", "attestation.json"];
        done(&mut watched, &[&attest[..], &more, new].concat());
        let check = ["leak", "check-attestation", "attestation.json", "--result", result];
        done(&mut watched, &check);
        // The attestation of one file says nothing of another, and a table is no attestation.
        let ran = watched.run(&["leak", "check-attestation", "attestation.json", "--result", &own]);
        assert!(ran.code.is_some_and(|code| code != 0 && code != 101), "{}", ran.said());
        let ran = watched.run(&["leak", "check-attestation", &sample, "--result", result]);
        assert!(ran.code.is_some_and(|code| code != 0 && code != 101), "{}", ran.said());
    }
    drop(organisation);
    watched.finish();
}

#[test]
fn an_organisation_killed_at_any_moment_answers_once_at_most_and_gives_no_value_away() {
    let (mut watched, [own, _, sample, _]) = watched();
    committed(&mut watched, &own, &sample);
    let mut moments = [0; 3];
    for (number, after) in [0, 2, 4, 6, 8, 10, 14, 20, 30, 60, 120, 240].into_iter().enumerate() {
        let mut organisation = open(&mut watched, &format!("killed-{number}.log"));
        let invitation = format!("invitation-{number}.json");
        approve(&mut watched, &organisation.address, &invitation);
        let arguments = sending(&invitation, &sample, &organisation.address);
        let mut asking = watched.start(&format!("asking-{number}.log"), &arguments);
        // The holder's own start takes some time; what follows it is what is to be hit.
        std::thread::sleep(Duration::from_millis(15 + after));
        organisation.child.kill().unwrap();
        let first = asking.wait().unwrap().success();
        drop(organisation);
        let reopened = open(&mut watched, &format!("reopened-{number}.log"));
        let ran: Ran = watched.run(&sending(&invitation, &sample, &reopened.address));
        let second = ran.code == Some(0);
        assert!(!(first && second), "{after} ms: one invitation was answered twice");
        if !second {
            assert!(ran.said().contains("E0744"), "{after} ms: {}", ran.said());
        }
        moments[if first { 0 } else { 1 + usize::from(!second) }] += 1;
    }
    let [answered, unspent, spent] = moments;
    eprintln!(
        "{answered} answered before the kill, {unspent} after a restart, {spent} spent unanswered"
    );
    watched.finish();
}

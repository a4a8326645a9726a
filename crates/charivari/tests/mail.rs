//! `charivari mail examine` from the outside: words, files, a case, and nobody's data anywhere.

#![allow(clippy::unwrap_used, reason = "helpers of tests are tests")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use assert_cmd::Command;
use charivari_simulate::mail::{Algorithm, Handling, Mailing, hand_on, mailing, record};
use serde_json::Value;

/// A desk with a simulated mailing on it.
struct Desk {
    folder: tempfile::TempDir,
    mailing: Mailing,
}

impl Desk {
    fn new() -> Self {
        let desk = Self { folder: tempfile::tempdir().unwrap(), mailing: mailing(4) };
        fs::write(desk.path("box.mbox"), desk.mailing.mbox()).unwrap();
        fs::write(desk.path("keys.txt"), &desk.mailing.keys).unwrap();
        fs::write(desk.path("senders.txt"), &desk.mailing.protected).unwrap();
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn run(&self, args: &[&str]) -> Output {
        let mut command = Command::cargo_bin("charivari").unwrap();
        command.args(args).current_dir(self.folder.path());
        command.env("CHARIVARI_ANALYST", "Ada Example").env("SOURCE_DATE_EPOCH", "1675339200");
        command.env("XDG_STATE_HOME", self.path("state"));
        command.output().unwrap()
    }

    fn ok(&self, args: &[&str]) -> String {
        let output = self.run(args);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{args:?}: {said}");
        assert!(!said.to_lowercase().contains("zqx"), "{said}");
        String::from_utf8(output.stdout).unwrap()
    }

    fn fails(&self, args: &[&str], exit: i32) -> String {
        let output = self.run(args);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(exit), "{args:?}: {said}");
        said
    }
}

const WITH: [&str; 6] =
    ["--keys", "keys.txt", "--protected", "senders.txt", "--trusted-authserv", "mx.zqx.example"];

fn examine<'a>(more: &[&'a str]) -> Vec<&'a str> {
    let mut args = vec!["mail", "examine"];
    args.extend(WITH);
    args.extend(more);
    args
}

/// Whether any person of the mailing is named; the receiving server alone may be.
fn names_somebody(text: &str) -> bool {
    text.replace("mx.zqx.example", "").to_lowercase().contains("zqx")
}

/// All bytes of all files below a folder.
fn everything(folder: &Path) -> String {
    let mut text = String::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            text += &everything(&path);
        } else {
            text += &String::from_utf8_lossy(&fs::read(&path).unwrap());
        }
    }
    text
}

#[test]
fn a_mailbox_gets_its_words_and_campaigns_and_names_nobody() {
    let desk = Desk::new();
    let told = desk.ok(&examine(&["box.mbox", "-o", "out"]));
    assert!(
        told.contains("80 messages in 1 file") && told.contains("Unverified is not forged"),
        "{told}"
    );
    let summary: Value =
        serde_json::from_slice(&fs::read(desk.path("out/mail.json")).unwrap()).unwrap();
    assert_eq!(summary["counts"]["words"]["overall"], serde_json::json!([20, 30, 30]));
    assert_eq!(summary["campaigns"]["campaigns"].as_array().unwrap().len(), 2);
    let lines = fs::read_to_string(desk.path("out/messages.jsonl")).unwrap();
    assert_eq!(lines.lines().count(), 80);
    for text in [told, everything(&desk.path("out"))] {
        assert!(!names_somebody(&text), "{text}");
    }
    let again = desk.ok(&examine(&["box.mbox", "-o", "again"]));
    assert_eq!(again, desk.ok(&examine(&["box.mbox", "-o", "again", "--threads", "1"])));
    assert_eq!(everything(&desk.path("out")), everything(&desk.path("again")));
}

#[test]
fn one_message_is_told_claim_by_claim() {
    let desk = Desk::new();
    fs::write(desk.path("one.eml"), &desk.mailing.letters[0].bytes).unwrap();
    let told = desk.ok(&examine(&["one.eml"]));
    for expected in ["sender", "content", "date", "path", "words of threat"] {
        assert!(told.contains(expected), "no {expected} in {told}");
    }
    assert!(!names_somebody(&told), "{told}");
}

#[test]
fn a_chain_of_a_draft_is_told_hop_by_hop() {
    let desk = Desk::new();
    let key = Algorithm::Ed25519([7; 32]);
    let first = Handling {
        domain: "example.org",
        keys: &[("s1", key)],
        from: "<zqxa@example.org>",
        to: &["<zqxb@lists.example>"],
        time: 1_603_195_200,
        recipe: None,
        further: "",
    };
    let recipe = Some(r#"{"b":[{"c":[1,1]}]}"#);
    let second = Handling { domain: "lists.example", from: "<>", recipe, ..first.clone() };
    let sent = hand_on(b"From: zqxa@example.org\r\n\r\nminutes\r\n", &first);
    let changed = [&sent[..], b"the list\r\n"].concat();
    fs::write(desk.path("one.eml"), hand_on(&changed, &second)).unwrap();
    let keys = ["example.org", "lists.example"]
        .map(|domain| format!("s1._domainkey.{domain} {}\n", record(key)));
    fs::write(desk.path("more.txt"), keys.concat()).unwrap();
    let told = desk.ok(&["mail", "examine", "one.eml", "--keys", "more.txt", "-o", "out"]);
    for line in [
        "DKIM2 (draft-ietf-dkim-dkim2-spec-02, a draft): every signature holds",
        "hop 1, example.org: valid",
        "hop 2, lists.example: valid",
        "it changed body",
    ] {
        assert!(told.contains(line), "{line}: {told}");
    }
    let line: Value =
        serde_json::from_str(&fs::read_to_string(desk.path("out/messages.jsonl")).unwrap())
            .unwrap();
    assert_eq!(line["dkim2"]["state"], "valid");
    assert_eq!(line["dkim2"]["hops"][0]["as_it_is"], false);
    assert_eq!(line["dkim2"]["hops"][1]["changed"][0], "body");
    let summary: Value =
        serde_json::from_str(&fs::read_to_string(desk.path("out/mail.json")).unwrap()).unwrap();
    assert_eq!(summary["counts"]["dkim2"]["valid"]["chain-valid"], 1);
    assert!(!names_somebody(&(told + &everything(&desk.path("out")))));
}

#[test]
fn folders_are_read_and_what_is_no_mail_in_them_is_set_aside() {
    let desk = Desk::new();
    for (place, letter) in ["cur", "new", "tmp"].iter().zip(&desk.mailing.letters) {
        fs::create_dir_all(desk.path("Maildir").join(place)).unwrap();
        fs::write(desk.path("Maildir").join(place).join("1.host"), &letter.bytes).unwrap();
    }
    fs::write(desk.path("Maildir/cur/2.msg"), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1").unwrap();
    let told: Value = serde_json::from_str(&desk.ok(&examine(&["Maildir", "--json"]))).unwrap();
    assert_eq!(told["counts"]["messages"], 2);
    assert_eq!(told["set_aside"].as_array().unwrap().len(), 1);
    assert!(desk.fails(&examine(&["Maildir/cur/2.msg"]), 3).contains("E0904"));
    fs::create_dir(desk.path("empty")).unwrap();
    assert!(desk.fails(&examine(&["empty"]), 4).contains("E0906"));
    fs::write(desk.path("nothing.eml"), b"").unwrap();
    assert!(desk.fails(&examine(&["nothing.eml"]), 4).contains("E0907"));
}

#[test]
fn what_the_analyst_gave_wrongly_is_named_before_anything_is_written() {
    let desk = Desk::new();
    fs::write(desk.path("bad.txt"), "this is no key\n").unwrap();
    for (args, exit, code) in [
        (["--keys", "bad.txt"], 3, "E0901"),
        (["--published-keys", "bad.txt"], 3, "E0901"),
        (["--protected", "bad.txt"], 3, "E0902"),
        (["--trusted-authserv", "not a host"], 2, "E0903"),
    ] {
        let said =
            desk.fails(&["mail", "examine", "box.mbox", "-o", "out", args[0], args[1]], exit);
        assert!(said.contains(code), "{said}");
        assert!(!desk.path("out").exists());
    }
}

#[test]
fn a_case_gets_findings_and_no_mail() {
    let desk = Desk::new();
    desk.ok(&["case", "new", "case", "--title", "The lantern case", "--tlp", "clear"]);
    let told = desk.ok(&examine(&["box.mbox", "--case", "case"]));
    assert!(told.contains("In the case: R1"), "{told}");
    let shown = desk.ok(&["case", "show", "--json", "--case", "case"]);
    assert!(!names_somebody(&shown), "{shown}");
    let kept = everything(&desk.path("case"));
    assert!(kept.contains("mail.campaign") && kept.contains("mail.message"));
    assert!(kept.contains("disarm:T0140.002") && kept.contains("disarm:T0143.003"));
    assert!(!names_somebody(&kept), "a case holds somebody's name");
    desk.ok(&["case", "check", "--case", "case"]);
    // A later run on the same file takes the place of the earlier one.
    let told = desk.ok(&examine(&["box.mbox", "--case", "case"]));
    assert!(told.contains("superseded"), "{told}");
}

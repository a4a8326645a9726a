//! Two parties over TLS on this machine: two processes, honest and not.

#![allow(clippy::unwrap_used, reason = "a test may stop where what it needs is not there")]

use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_charivari"));
    command.env_remove("SOURCE_DATE_EPOCH");
    command
}

fn run(arguments: &[&str]) -> Output {
    program().args(arguments).output().unwrap()
}

#[track_caller]
fn done(arguments: &[&str]) -> String {
    let output = run(arguments);
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{arguments:?}: {text}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Runs what must fail, and gives its message.
#[track_caller]
fn refused(arguments: &[&str]) -> String {
    let output = run(arguments);
    assert!(!output.status.success(), "{arguments:?} did not fail");
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A running organisation, ended when dropped.
struct Open {
    child: Child,
    address: String,
    said: std::sync::mpsc::Receiver<String>,
}

impl Drop for Open {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Open {
    fn start(ledger: &Path, more: &[&str]) -> Self {
        let mut command = program();
        command.args(["leak", "serve", "open", "--listen", "127.0.0.1:0", "--ledger"]);
        let mut child = command
            .arg(ledger)
            .args(more)
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let first = lines.next().unwrap().unwrap();
        let address = first.strip_prefix("listening on ").unwrap().to_owned();
        let (tell, said) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            for line in lines.map_while(std::result::Result::ok) {
                let _ = tell.send(line);
            }
        });
        Self { child, address, said }
    }

    /// The next line that it prints.
    #[track_caller]
    fn says(&self) -> String {
        self.said.recv_timeout(Duration::from_secs(30)).unwrap()
    }
}

/// Both parties' files.
struct Parties {
    dir: TempDir,
}

impl Parties {
    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn text(&self, name: &str) -> String {
        self.path(name).to_str().unwrap().to_owned()
    }

    /// An organisation with committed records and a holder with a committed sample.
    fn committed() -> Self {
        let parties = Self { dir: tempfile::tempdir().unwrap() };
        let mut own = "id,Email,city,phone\n".to_owned();
        for at in 0..400 {
            let quay = at % 7;
            writeln!(own, "{at},Zqxperson{at}@example.org,Quay{quay}burg,063998{at:04}").unwrap();
        }
        own += "400,zqxcanary@example.org,Quay1burg,0639980000\n401,,Quay1burg,\n";
        fs::write(parties.path("own.csv"), own).unwrap();
        let mut sample = "mail;city;phone\n".to_owned();
        for at in 0..40 {
            let city = if at < 20 { at % 7 } else { at };
            let (one, two) = (at / 100, at % 100);
            let phone = format!("+33 6 39 98 {one:02} {two:02}");
            writeln!(sample, "zqxperson{at}@EXAMPLE.org;quay{city}burg;{phone}").unwrap();
        }
        sample += "zqxcanary@example.org;Quay1burg;\nzqxstranger@example.net;Quay1burg;\n";
        fs::write(parties.path("sample.csv"), sample).unwrap();
        let mut decoys = "mail,city,phone\n".to_owned();
        for at in 0..15 {
            writeln!(decoys, "zqxnobody{at}@example.net,Quay2burg,").unwrap();
        }
        fs::write(parties.path("decoys.csv"), decoys).unwrap();
        fs::write(parties.path("canaries.csv"), "copy,key\nprint house,Zqxcanary@example.org\n")
            .unwrap();
        done(&[
            "leak",
            "serve",
            "commit",
            "--own",
            &parties.text("own.csv"),
            "--compare",
            "city,phone",
            "--case-id",
            "case-1",
            "--expires",
            "2099-01-01T00:00:00Z",
            "--country",
            "FR",
            "--ledger",
            &parties.text("ledger"),
            "--canaries",
            &parties.text("canaries.csv"),
        ]);
        parties.commit("asking", "sample.csv");
        parties
    }

    fn commit(&self, folder: &str, sample: &str) {
        done(&[
            "leak",
            "ask",
            "commit",
            "--commitment",
            &self.text("ledger/commitment.json"),
            "--sample",
            &self.text(sample),
            "--decoys",
            &self.text("decoys.csv"),
            "--columns",
            "email=mail",
            "--asker",
            "a newspaper",
            "-o",
            &self.text(folder),
        ]);
    }

    fn approve(&self, folder: &str, address: &str, invitation: &str) {
        done(&[
            "leak",
            "serve",
            "approve",
            &self.text(&format!("{folder}/request.json")),
            "--ledger",
            &self.text("ledger"),
            "--address",
            address,
            "-o",
            &self.text(invitation),
        ]);
    }

    fn send<'a>(
        &self,
        arguments: &'a mut Vec<String>,
        invitation: &str,
        sample: &str,
    ) -> Vec<&'a str> {
        *arguments = [
            "leak",
            "ask",
            "send",
            "--invitation",
            &self.text(invitation),
            "--secret",
            &self.text("asking/ask.secret"),
            "--sample",
            &self.text(sample),
            "--decoys",
            &self.text("decoys.csv"),
            "--columns",
            "email=mail",
            "-o",
            &self.text("out"),
            "--patience",
            "20",
        ]
        .map(str::to_owned)
        .to_vec();
        arguments.iter().map(String::as_str).collect()
    }
}

/// Nothing that is somebody's is in any file that the parties make, but in their own inputs.
fn scan(dir: &Path) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            scan(&path);
        // The list of canaries names canaries, which are nobody; it is a secret of the organisation.
        } else if path.extension().is_none_or(|end| end != "csv") && name != "canaries.json" {
            let text = String::from_utf8_lossy(&fs::read(&path).unwrap()).to_lowercase();
            assert!(!text.contains("zqx"), "{} holds a value", path.display());
        }
    }
}

#[test]
fn an_exchange_between_two_processes_counts_what_is_there_once() {
    let parties = Parties::committed();
    let open = Open::start(&parties.path("ledger"), &[]);
    parties.approve("asking", &open.address, "invitation.json");
    let mut arguments = Vec::new();
    let mut arguments = parties.send(&mut arguments, "invitation.json", "sample.csv");
    let list = parties.text("ledger/canaries.json");
    arguments.extend(["--canaries", &list]);
    let said = done(&arguments);
    assert!(said.contains("0 of 15 decoys were found"), "{said}");
    assert!(said.contains("canaries of \"print house\": 1 of 1"), "{said}");
    assert!(open.says().contains("answered 57 rows"));
    let text = fs::read_to_string(parties.path("out/verification.json")).unwrap();
    let result: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!((&result["way"], &result["asked"]), (&"exchange".into(), &42.into()));
    assert_eq!(result["found"]["exactly"], 41, "{text}");
    let columns = result["columns"].as_array().unwrap();
    let agreed: Vec<_> = columns.iter().map(|column| &column["agree"]["exactly"]).collect();
    assert_eq!(agreed, [21, 40]);
    assert_eq!(result["commitments"].as_array().unwrap().len(), 3);
    // Once is once, and whoever tries again changes nothing.
    let again = refused(&arguments);
    assert!(again.contains("E0768") && again.contains("E0744"), "{again}");
    assert!(open.says().contains("E0744"));
    scan(parties.dir.path());
    secrets_are_private(&parties);
    attested(&parties);
}

#[cfg(unix)]
fn secrets_are_private(parties: &Parties) {
    use std::os::unix::fs::PermissionsExt;
    for name in [
        "ledger/oprf.secret",
        "ledger/tls.secret",
        "ledger/set.bin",
        "ledger/canaries.json",
        "asking/ask.secret",
        "invitation.json",
    ] {
        let mode = fs::metadata(parties.path(name)).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600, "{name}");
    }
}

#[cfg(not(unix))]
fn secrets_are_private(_: &Parties) {}

fn attested(parties: &Parties) {
    let (result, key) =
        (parties.text("out/verification.published.json"), parties.text("notary.key"));
    let output = parties.text("attestation.json");
    let said = done(&[
        "leak",
        "attest",
        &result,
        "--key",
        &key,
        "--new-key",
        "--who",
        "a notary",
        "--saw",
        "comparison",
        "-o",
        &output,
    ]);
    let public = said.trim().rsplit(' ').next().unwrap().to_owned();
    let said = done(&["leak", "check-attestation", &output, "--result", &result, "--key", &public]);
    assert!(said.contains("not attested"), "{said}");
    let other = parties.text("out/verification.json");
    let wrong = refused(&["leak", "check-attestation", &output, "--result", &other]);
    assert!(wrong.contains("E0763"), "{wrong}");
    let text = fs::read_to_string(&output).unwrap().replace("a notary", "another");
    fs::write(&output, text).unwrap();
    let wrong = refused(&["leak", "check-attestation", &output, "--result", &result]);
    assert!(wrong.contains("E0762"), "{wrong}");
}

#[test]
fn what_does_not_belong_together_is_refused_by_name_and_nothing_is_spent() {
    let parties = Parties::committed();
    let open = Open::start(&parties.path("ledger"), &[]);
    parties.approve("asking", &open.address, "invitation.json");
    let mut arguments = Vec::new();
    // Another sample than the committed one never leaves the house.
    let wrong = refused(&parties.send(&mut arguments, "invitation.json", "decoys.csv"));
    assert!(wrong.contains("E0756"), "{wrong}");
    // A certificate that is not the invited one: another organisation, at the invited address.
    let other = Parties::committed();
    let stranger = Open::start(&other.path("ledger"), &[]);
    let mut with_address = parties.send(&mut arguments, "invitation.json", "sample.csv");
    with_address.extend(["--address", &stranger.address]);
    let wrong = refused(&with_address);
    assert!(wrong.contains("E0751"), "{wrong}");
    // A token that nobody gave, and a request that was changed after it was approved.
    let text = fs::read_to_string(parties.path("invitation.json")).unwrap();
    let at = text.find("\"token\": \"").unwrap() + 10;
    let forged = format!("{}{}{}", &text[..at], "0".repeat(64), &text[at + 64..]);
    write_private(&parties.path("forged.json"), &forged);
    let wrong = refused(&parties.send(&mut arguments, "forged.json", "sample.csv"));
    assert!(wrong.contains("E0743"), "{wrong}");
    // An invitation that others may read, and one that has ended.
    fs::write(parties.path("open.json"), &text).unwrap();
    if cfg!(unix) {
        let wrong = refused(&parties.send(&mut arguments, "open.json", "sample.csv"));
        assert!(wrong.contains("E0760"), "{wrong}");
    }
    let ended = text.replacen("2099-01-01", "2001-01-01", 1);
    write_private(&parties.path("ended.json"), &ended);
    let wrong = refused(&parties.send(&mut arguments, "ended.json", "sample.csv"));
    assert!(wrong.contains("E0745") || wrong.contains("E0755"), "{wrong}");
    // The invitation is still good.
    done(&parties.send(&mut arguments, "invitation.json", "sample.csv"));
    for line in std::iter::from_fn(|| open.said.recv_timeout(Duration::from_millis(200)).ok()) {
        assert!(!line.to_lowercase().contains("zqx"), "{line}");
    }
    scan(parties.dir.path());
}

fn write_private(path: &Path, text: &str) {
    fs::write(path, text).unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(path, fs::Permissions::from_mode(0o600)).unwrap();
    }
}

#[test]
fn callers_that_hang_drip_or_shout_leave_the_organisation_alive() {
    let parties = Parties::committed();
    let open = Open::start(&parties.path("ledger"), &["--patience", "1"]);
    parties.approve("asking", &open.address, "invitation.json");
    // Silent ones, and one that sends a byte now and then for as long as it is let.
    let silent: Vec<_> = (0..3).map(|_| TcpStream::connect(&open.address).unwrap()).collect();
    let address = open.address.clone();
    let dripping = std::thread::spawn(move || {
        let mut socket = TcpStream::connect(address).unwrap();
        let start = Instant::now();
        // The first bytes of a TLS record that announces more than will ever come.
        let bytes = [22_u8, 3, 1, 0x3f, 0xff];
        for at in 0..100 {
            if socket.write_all(&[*bytes.get(at).unwrap_or(&1)]).is_err() {
                break;
            }
            std::thread::sleep(Duration::from_millis(300));
        }
        start.elapsed()
    });
    // Garbage, and something that is no TLS.
    for bytes in [&b"GET / HTTP/1.1\r\n\r\n"[..], &[0xff; 7_000]] {
        let mut socket = TcpStream::connect(&open.address).unwrap();
        let _ = socket.write_all(bytes);
        socket.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        let _ = socket.read_to_end(&mut Vec::new());
    }
    // Meanwhile the invited one is answered.
    let mut arguments = Vec::new();
    done(&parties.send(&mut arguments, "invitation.json", "sample.csv"));
    let mut lines = Vec::new();
    while lines.iter().filter(|line: &&String| line.contains("E0750")).count() < 4 {
        lines.push(open.says());
    }
    let broken = lines.iter().filter(|line| line.contains("E0737")).count();
    assert_eq!(
        (broken, lines.iter().filter(|line| line.contains("answered 57 rows")).count()),
        (2, 1),
        "{lines:?}"
    );
    assert!(dripping.join().unwrap() < Duration::from_secs(25));
    drop(silent);
}

#[test]
fn a_restart_in_the_middle_of_a_quota_gives_nothing_twice() {
    let parties = Parties::committed();
    let open = Open::start(&parties.path("ledger"), &[]);
    parties.approve("asking", &open.address, "invitation.json");
    // What is on the disk when a process is killed between the ledger's entry and its answer.
    let approved: Vec<_> = fs::read_dir(parties.path("ledger/approved")).unwrap().collect();
    let name = approved[0].as_ref().unwrap().file_name().to_string_lossy().into_owned();
    let token = name.strip_suffix(".json").unwrap();
    fs::write(parties.path("ledger/used").join(token), "2023-01-06T10:00:00Z\n").unwrap();
    drop(open);
    let open = Open::start(&parties.path("ledger"), &[]);
    let mut arguments = Vec::new();
    let mut with_address = parties.send(&mut arguments, "invitation.json", "sample.csv");
    with_address.extend(["--address", &open.address]);
    let wrong = refused(&with_address);
    assert!(wrong.contains("E0744"), "{wrong}");
    // The same elements may be approved again: they say nothing new.
    parties.approve("asking", &open.address, "second.json");
    done(&parties.send(&mut arguments, "second.json", "sample.csv"));
}

#[test]
fn a_set_that_was_changed_after_the_commitment_is_not_served() {
    let parties = Parties::committed();
    let path = parties.path("ledger/set.bin");
    let mut set = fs::read(&path).unwrap();
    set[20] ^= 1;
    fs::write(&path, &set).unwrap();
    let ledger = parties.text("ledger");
    let wrong = refused(&["leak", "serve", "open", "--listen", "127.0.0.1:0", "--ledger", &ledger]);
    assert!(wrong.contains("E0752"), "{wrong}");
}

#[test]
fn hashes_and_missing_columns_are_refused_with_the_reason() {
    let dir = tempfile::tempdir().unwrap();
    let path = |name: &str| dir.path().join(name).to_str().unwrap().to_owned();
    let mut hashes = "email\n".to_owned();
    for at in 0..20 {
        writeln!(hashes, "{at:064x}").unwrap();
    }
    fs::write(path("hashes.csv"), hashes).unwrap();
    fs::write(path("other.csv"), "name,town\nZqxmarlo,Lyon\n").unwrap();
    for (file, code) in [("hashes.csv", "E0757"), ("other.csv", "E0767")] {
        let wrong = refused(&[
            "leak",
            "serve",
            "commit",
            "--own",
            &path(file),
            "--case-id",
            "c",
            "--expires",
            "2099-01-01T00:00:00Z",
            "--ledger",
            &path("ledger"),
        ]);
        assert!(wrong.contains(code), "{wrong}");
        assert!(!wrong.to_lowercase().contains("zqx"), "{wrong}");
        fs::remove_dir_all(path("ledger")).unwrap();
    }
}

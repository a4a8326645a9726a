//! `charivari identity` as an analyst runs it.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use charivari_simulate::pictures::Drawing;

const POSTS: &str = "\
platform,post_id,account_id,handle,name,time,text,links,reply_to_account
x,1,g,lanterneduport,La Lanterne du Port,2023-01-05T10:00:00Z,The paper is out,https://lanterneduport.fr/1,
x,2,p,lanternedup0rt,La Lanterne du P0rt,2023-01-05T10:01:00Z,Download all of it,https://lanterneduport.net/data,r
x,3,r,zqxreader,Zqxreader,2023-01-05T10:02:00Z,Thank you,,g
x,4,s,zqxother,Zqxother,2023-01-05T10:03:00Z,Nothing of note,https://example.org/,
";

fn charivari() -> Command {
    let mut command = Command::cargo_bin("charivari").unwrap();
    command.env("CHARIVARI_ANALYST", "tester");
    command
}

fn out(command: &mut Command) -> String {
    let output = command.assert().success().get_output().clone();
    String::from_utf8(output.stdout).unwrap()
}

fn protected(folder: &Path) -> String {
    let file = folder.join("protected.toml").display().to_string();
    out(charivari().args(["identity", "protect", &file, "--id", "lanterne"]).args([
        "--name",
        "La Lanterne du Port",
        "--handle",
        "x:lanterneduport",
        "--domain",
        "lanterneduport.fr",
    ]));
    file
}

#[test]
fn a_pretender_is_found_with_its_reason_and_the_genuine_account_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let roster = protected(folder.path());
    let posts = folder.path().join("posts.csv");
    fs::write(&posts, POSTS).unwrap();
    let target = folder.path().join("out");
    let case = folder.path().join("case");
    out(charivari().args(["case", "new"]).arg(&case).args([
        "--title",
        "T",
        "--question",
        "Q?",
        "--tlp",
        "amber",
    ]));
    let text = out(charivari()
        .args([
            "identity",
            "scan",
            "--protected",
            &roster,
            "--event",
            "2023-01-04",
            "--prior",
            "1e-3",
        ])
        .arg(&posts)
        .arg("-o")
        .arg(&target)
        .arg("--case")
        .arg(&case));
    assert!(text.contains("a digit or sign for a letter"), "{text}");
    assert!(text.contains("at a prior of 1e-3"), "{text}");
    let table = fs::read_to_string(target.join("identity.csv")).unwrap();
    assert!(table.contains("x:p,"), "{table}");
    assert!(!table.contains("x:g,"), "the genuine account is not like itself: {table}");
    let json: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(target.join("identity.json")).unwrap()).unwrap();
    assert_eq!(json["genuine"], 1);
    assert!(!json["rows"][0]["innocent"].as_array().unwrap().is_empty());
}

#[test]
fn look_alike_domains_are_found_without_asking_anybody() {
    let folder = tempfile::tempdir().unwrap();
    let roster = protected(folder.path());
    let posts = folder.path().join("posts.csv");
    fs::write(&posts, POSTS).unwrap();
    let text = out(charivari().args(["identity", "domains", "--protected", &roster]).arg(&posts));
    assert!(text.contains("lanterneduport[.]net"), "{text}");
    assert!(text.contains("tld-swap"), "{text}");
    assert!(!text.contains("example[.]org"), "{text}");
}

#[test]
fn a_picture_that_several_show_is_found_even_mirrored() {
    let folder = tempfile::tempdir().unwrap();
    let pictures = folder.path().join("pictures");
    fs::create_dir(&pictures).unwrap();
    let drawing = Drawing::new(4);
    fs::write(pictures.join("p.png"), drawing.png()).unwrap();
    fs::write(pictures.join("r.png"), drawing.mirrored().png()).unwrap();
    fs::write(pictures.join("s.png"), Drawing::new(9).png()).unwrap();
    let table = folder.path().join("pictures.csv");
    fs::write(&table, "account,file\nx:p,p.png\nx:r,r.png\ns,s.png\nx:q,../q.png\n").unwrap();
    let posts = folder.path().join("posts.csv");
    fs::write(&posts, POSTS).unwrap();
    let text = out(charivari()
        .args(["identity", "stolen"])
        .arg(&posts)
        .arg("--pictures")
        .arg(&pictures)
        .arg("--table")
        .arg(&table));
    assert!(
        text.contains("one picture on 2 accounts of 2 names, some turned or mirrored"),
        "{text}"
    );
}

#[test]
fn what_is_wrong_is_refused_with_its_code() {
    let folder = tempfile::tempdir().unwrap();
    let posts = folder.path().join("posts.csv");
    fs::write(&posts, POSTS).unwrap();
    let empty = folder.path().join("empty.toml");
    fs::write(&empty, "protected = []\n").unwrap();
    let absent = folder.path().join("absent.toml");
    for (roster, code, exit) in [(&absent, "E0824", 3), (&empty, "E0826", 4), (&posts, "E0801", 3)]
    {
        let assert = charivari()
            .args(["identity", "scan", "--protected"])
            .arg(roster)
            .arg(&posts)
            .assert()
            .code(exit);
        let error = String::from_utf8_lossy(&assert.get_output().stderr).into_owned();
        assert!(error.contains(code), "{error}");
    }
}

#[test]
fn look_alike_domains_are_found_in_mail_and_in_a_leak_and_nothing_else_of_it_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let roster = protected(folder.path());
    let path = |name: &str| folder.path().join(name).display().to_string();
    fs::write(
        path("one.eml"),
        "From: Desk <desk@lanterneduport-abonnes.fr>\r\nTo: Zqxreader <zqxreader@example.org>\r\n\
         Subject: x\r\nDate: Thu, 5 Jan 2023 10:00:00 +0000\r\n\r\nhttps://lanterneduport.net/a\r\n",
    )
    .unwrap();
    fs::write(
        path("leak.csv"),
        "id,email\n1,zqxperson@lanternedupport.fr\n2,zqxother@example.org\n",
    )
    .unwrap();
    let case = path("case");
    out(charivari().args(["case", "new", &case, "--title", "T", "--question", "Q?"]));
    let text = out(charivari()
        .args(["identity", "domains", "--protected", &roster, "--mail", &path("one.eml")])
        .args(["--leak", &path("leak.csv"), "--case", &case, "--source", "invented"]));
    assert!(text.contains("lanterneduport-abonnes[.]fr") && text.contains("1 messages"), "{text}");
    assert!(text.contains("lanternedupport[.]fr") && text.contains("1 leaked cells"), "{text}");
    assert!(!text.contains("zqx") && !text.contains("example[.]org"), "{text}");
    let shown = out(charivari().args(["case", "show", "E2", "--case", &case, "--json"]));
    assert!(shown.contains("\"sensitive\": true"), "{shown}");
}

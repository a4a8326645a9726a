//! What `charivari convert` writes, and that nothing is lost by it. All data here is invented.
#![allow(clippy::unwrap_used, reason = "helpers of tests, where a panic is a failure")]

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs::{self, File};
use std::path::Path;

use arrow_array::cast::AsArray;
use arrow_array::types::{UInt32Type, UInt64Type};
use arrow_array::{Array, FixedSizeBinaryArray, RecordBatch};
use assert_cmd::Command;
use charivari_ingest::{Input, Options};
use charivari_model::schema;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use serde_json::{Value, json};

fn run(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let output = Command::cargo_bin("charivari")
        .unwrap()
        .current_dir(folder)
        .args(arguments)
        .output()
        .unwrap();
    (
        output.status.code().unwrap(),
        String::from_utf8(output.stdout).unwrap(),
        String::from_utf8(output.stderr).unwrap(),
    )
}

/// A row of the tables below: post, account, time, text, link.
fn row(post: u32, text: &str) -> String {
    let (account, time) = (post % 5, 1_673_000_000 + post / 5 * 100 + post % 5 * 3);
    format!("{post},{account},{time},{text},https://news.example.org/{}\n", post / 5)
}

/// Two tables that overlap, and contradict each other on some posts; a Telegram export.
fn write_inputs(folder: &Path) {
    let header = "post_id,account_id,time,text,urls\n";
    let words = |post: u32| {
        format!("words that five accounts post at the time number {} #tag{}", post / 5, post / 5)
    };
    let first: String = (0..60).map(|post| row(post, &words(post))).collect();
    let second: String = (40..100)
        .map(|post| match post % 7 {
            0 => row(post, "the text is another here and shorter"),
            1 => row(post, &format!("{} with #more #hashtags", words(post))),
            _ => row(post, &words(post)),
        })
        .collect();
    fs::write(folder.join("first.csv"), format!("{header}{first},,,\nshort\n")).unwrap();
    fs::write(folder.join("second.csv"), format!("{header}{second}")).unwrap();
    let messages: Vec<Value> = (1..40)
        .map(|id| {
            json!({"id": id, "type": "message", "date": "2023-01-06T11:13:20",
                "date_unixtime": (1_673_000_000 + id / 3 * 500 + id % 3).to_string(),
                "from": format!("Invented {}", id % 3), "from_id": format!("user{}", id % 3),
                "text": format!("what three users say together, number {}", id / 3)})
        })
        .collect();
    let export = json!({"name": "Invented chat", "type": "public_supergroup", "id": 15, "messages": messages});
    fs::write(folder.join("result.json"), export.to_string()).unwrap();
}

fn read(path: &Path) -> (Vec<RecordBatch>, Vec<RecordBatch>, Vec<RecordBatch>) {
    let (mut posts, mut accounts, mut traces) = (Vec::new(), Vec::new(), Vec::new());
    charivari_ingest::read(
        &[Input::file(path)],
        &Options::default(),
        1,
        &(),
        |batch| batch,
        |batch| {
            posts.extend(batch.posts);
            accounts.extend(batch.accounts);
            traces.extend(batch.traces);
        },
    )
    .unwrap();
    (posts, accounts, traces)
}

/// The texts of a column, row by row.
fn texts(batches: &[RecordBatch], column: &str) -> Vec<String> {
    let values = batches.iter().flat_map(|batch| {
        let column = batch.column_by_name(column).unwrap().as_string::<i32>();
        column.iter().map(|value| value.unwrap_or_default().to_owned()).collect::<Vec<_>>()
    });
    values.collect()
}

/// Everything but the summary, which names the inputs.
fn tables(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap()))
        .filter(|(name, _)| name.strip_suffix(".csv").is_some_and(|stem| stem != "set_aside"))
        .collect()
}

#[test]
fn coordinate_finds_the_same_in_what_was_converted() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    write_inputs(path);
    let inputs = ["first.csv", "second.csv", "result.json"];
    for order in [[0, 1, 2], [2, 1, 0]] {
        let names = order.map(|place: usize| inputs[place]);
        let convert = [&["convert"][..], &names, &["-o", "out/posts.parquet"]].concat();
        assert_eq!(run(path, &convert).0, 0);
        let options = ["--only", "tables", "--acts-csv", "-o"];
        let direct = [&["coordinate"][..], &names, &options, &["direct"]].concat();
        assert_eq!(run(path, &direct).0, 0);
        let again = [&["coordinate", "out/posts.parquet"][..], &options, &["again"]].concat();
        assert_eq!(run(path, &again).0, 0);
        let (direct, again) = (tables(&path.join("direct")), tables(&path.join("again")));
        assert!(String::from_utf8_lossy(&direct["edges.csv"]).lines().count() > 5);
        assert!(direct["acts.csv"].len() > 1_000);
        for (name, bytes) in &direct {
            let (a, b) = (String::from_utf8_lossy(bytes), String::from_utf8_lossy(&again[name]));
            assert_eq!(a, b, "{name}");
        }
    }
}

/// How a file of posts is written anew.
struct Anew {
    keeps_digests: bool,
    rule: Option<&'static str>,
    writer: &'static str,
}

/// Writes the file at `from` anew, with digests that are wrong.
fn write_anew(from: &Path, to: &Path, anew: &Anew) {
    let reader = ParquetRecordBatchReaderBuilder::try_new(File::open(from).unwrap()).unwrap();
    let entries = reader.metadata().file_metadata().key_value_metadata().unwrap().clone();
    let ours = charivari_text::normalise::rule();
    assert!(entries.iter().any(|entry| {
        entry.key == schema::TEXT_RULE_KEY && entry.value.as_deref() == Some(ours.as_str())
    }));
    let kept = entries.into_iter().filter(|entry| entry.key == "charivari.table");
    let rule = anew.rule.map(|rule| rule.replace("ours", &ours));
    let rule = rule.map(|rule| KeyValue::new(schema::TEXT_RULE_KEY.to_owned(), rule));
    let properties = WriterProperties::builder()
        .set_key_value_metadata(Some(kept.chain(rule).collect()))
        .set_created_by(anew.writer.to_owned())
        .build();
    let batches: Vec<_> =
        reader.build().unwrap().map(|batch| wrong(&batch.unwrap(), anew)).collect();
    let out = File::create(to).unwrap();
    let mut writer = ArrowWriter::try_new(out, batches[0].schema(), Some(properties)).unwrap();
    for batch in &batches {
        writer.write(batch).unwrap();
    }
    writer.close().unwrap();
}

/// `batch` with one digest for all texts, or with none.
fn wrong(batch: &RecordBatch, anew: &Anew) -> RecordBatch {
    let place = batch.schema().index_of("text_digest").unwrap();
    assert_eq!(batch.num_columns(), place + 2);
    if !anew.keeps_digests {
        return batch.project(&(0..place).collect::<Vec<_>>()).unwrap();
    }
    let one = vec![[7_u8; 16]; batch.column(place).len()];
    let digests = FixedSizeBinaryArray::try_from_iter(one.into_iter()).unwrap();
    let mut columns = batch.columns().to_vec();
    columns[place] = std::sync::Arc::new(digests);
    RecordBatch::try_new(batch.schema(), columns).unwrap()
}

#[test]
fn digests_of_texts_are_used_only_where_they_hold_and_change_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    write_inputs(path);
    let inputs = ["first.csv", "second.csv", "result.json"];
    assert_eq!(run(path, &[&["convert"][..], &inputs, &["-o", "p.parquet"]].concat()).0, 0);
    let found = |input: &str, min_text: &str| {
        let options =
            ["--by", "all", "--min-text", min_text, "--only", "tables", "--acts-csv", "-o", "out"];
        assert_eq!(run(path, &[&["coordinate", input][..], &options].concat()).0, 0);
        tables(&path.join("out"))
    };
    let anew = |keeps_digests, rule, writer| {
        let anew = Anew { keeps_digests, rule, writer };
        write_anew(&path.join("p.parquet"), &path.join("anew.parquet"), &anew);
    };
    for min_text in ["0", "20", "34"] {
        anew(false, None, "another");
        let plain = found("anew.parquet", min_text);
        assert!(plain["acts.csv"].len() > 1_000);
        assert!(plain == found("p.parquet", min_text), "least {min_text}");
        let ours = "parquet-rs version 1";
        for (name, keeps_digests, rule, writer, is_used) in [
            ("columns missing", false, Some("ours"), ours, false),
            ("rule not named", true, None, ours, false),
            ("another rule", true, Some("ours, and more"), ours, false),
            ("metadata carried over by another program", true, Some("ours"), "another", false),
            ("all as it should be", true, Some("ours"), ours, true),
        ] {
            anew(keeps_digests, rule, writer);
            let is_wrong = found("anew.parquet", min_text) != plain;
            assert_eq!(is_wrong, is_used, "{name}, least {min_text}");
        }
    }
}

#[test]
fn traces_lose_nothing_either() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let mut table = String::from("object_id,account_id,content_id,timestamp_share\n");
    for number in 0..200 {
        let (object, account) = (number / 8, number % 5);
        writeln!(table, "o{object},a{account},p{},{}", number / 2, 1_673_000_000 + number).unwrap();
    }
    fs::write(path.join("traces.csv"), table).unwrap();
    let (code, said, _) = run(path, &["convert", "traces.csv", "-o", "t.parquet"]);
    assert_eq!(code, 0, "{said}");
    assert!(!path.join("t.parquet").exists(), "there are no posts");
    for (input, out) in [("traces.csv", "direct"), ("t.traces.parquet", "again")] {
        assert_eq!(
            run(path, &["coordinate", input, "--only", "tables", "--acts-csv", "-o", out]).0,
            0
        );
    }
    assert_eq!(tables(&path.join("direct")), tables(&path.join("again")));
}

#[test]
fn the_fullest_row_of_a_post_is_kept_wherever_it_stands() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let header = "post_id,account_id,handle,time,text,likes\n";
    let rows = [
        "1,7,,1673000000,the same long text that all exports have,\n",
        "1,7,ada,1673000000,the same long text that all exports have,5\n",
        "1,7,ada,1673000000,the same long text that all exports have,\n",
    ];
    let mut kept = Vec::new();
    for order in [[0, 1, 2], [2, 1, 0], [1, 0, 2]] {
        let table: String = order.map(|place: usize| rows[place]).concat();
        fs::write(path.join("a.csv"), format!("{header}{table}")).unwrap();
        assert_eq!(run(path, &["convert", "a.csv", "-o", "a.parquet"]).0, 0);
        let (posts, ..) = read(&path.join("a.parquet"));
        assert_eq!(texts(&posts, "post_id"), ["1"]);
        let likes = posts[0].column_by_name("likes").unwrap();
        kept.push(likes.as_primitive::<arrow_array::types::Int64Type>().value(0));
    }
    assert_eq!(kept, [5, 5, 5]);
}

#[test]
fn input_and_row_lead_back_to_the_evidence() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    write_inputs(path);
    let arguments =
        ["convert", "--json", "second.csv", "result.json", "first.csv", "-o", "p.parquet"];
    let (code, said, _) = run(path, &arguments);
    assert_eq!(code, 0);
    let said: Value = serde_json::from_str(&said).unwrap();
    let inputs = said["inputs"].as_array().unwrap();
    let digests: Vec<&str> = inputs.iter().map(|input| input["sha256"].as_str().unwrap()).collect();
    assert!(digests.is_sorted() && digests.len() == 3, "{digests:?}");
    let file = File::open(path.join("p.parquet")).unwrap();
    let builder =
        parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder::try_new(file).unwrap();
    let metadata = builder.metadata().file_metadata().key_value_metadata().unwrap().clone();
    let provenance = metadata.iter().find(|pair| pair.key == "charivari.provenance").unwrap();
    let provenance: Value = serde_json::from_str(provenance.value.as_ref().unwrap()).unwrap();
    assert_eq!(provenance["inputs"], said["inputs"]);
    assert_eq!(provenance["command"], "convert");
    let mut seen = 0;
    for batch in builder.build().unwrap() {
        let batch = batch.unwrap();
        let inputs_of = batch.column_by_name("input").unwrap().as_primitive::<UInt32Type>();
        let rows = batch.column_by_name("row").unwrap().as_primitive::<UInt64Type>();
        let (ids, texts) = (batch["post_id"].as_string::<i32>(), batch["text"].as_string::<i32>());
        for at in 0..batch.num_rows() {
            let name = inputs[inputs_of.value(at) as usize]["name"].as_str().unwrap();
            if name == "result.json" {
                continue;
            }
            let table = fs::read_to_string(path.join(name)).unwrap();
            let line = table.lines().nth(rows.value(at) as usize - 1).unwrap();
            assert!(line.starts_with(&format!("{},", ids.value(at))), "{line}");
            assert!(line.contains(texts.value(at)), "{line}");
            seen += 1;
        }
    }
    assert_eq!(seen, 100);
}

#[test]
fn everything_is_written_and_said() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    write_inputs(path);
    let names = ["first.csv", "second.csv", "result.json"];
    let (code, said, warnings) =
        run(path, &[&["convert"][..], &names, &["-o", "new/p.parquet"]].concat());
    assert_eq!(code, 0);
    assert!(said.contains("p.parquet        139 posts"), "{said}");
    assert!(said.contains("p.set_aside.csv  2 rows set aside"), "{said}");
    assert!(said.contains("20 rows left out that repeat 20 posts"), "{said}");
    assert!(warnings.contains("E0206"), "{warnings}");
    let aside = fs::read_to_string(path.join("new/p.set_aside.csv")).unwrap();
    assert_eq!(aside.lines().count(), 3, "{aside}");
    let again =
        [&["convert", "--threads", "1", "--json"][..], &names, &["-o", "one/p.parquet"]].concat();
    let (_, said, _) = run(path, &again);
    let said: Value = serde_json::from_str(&said).unwrap();
    assert_eq!((&said["rows_left_out"], &said["rows_set_aside"]), (&20.into(), &2.into()));
    let bytes = |name: &str| fs::read(path.join(name)).unwrap();
    assert_eq!(bytes("new/p.parquet"), bytes("one/p.parquet"), "threads change nothing");
    assert!(
        fs::read_dir(path.join("new"))
            .unwrap()
            .all(|entry| { !entry.unwrap().file_name().to_string_lossy().ends_with(".part") })
    );
}

#[test]
fn accounts_are_described_once_and_best() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let header = "tweetid,userid,user_display_name,user_screen_name,user_reported_location,\
                  user_profile_description,follower_count,account_creation_date,tweet_time,\
                  tweet_text,is_retweet,retweet_tweetid,hashtags,urls\n";
    let poor = "1,u2,Bo,bo,,,,2014-05-06,2019-01-01 10:00,words,False,,,\n\
                2,u1,Ada,ada,,,,2014-05-06,2019-01-01 10:01,words,False,,,\n";
    let rich = "3,u1,Ada,ada,Somewhere,\"Invented, all of it\",7,2014-05-06,2019-01-01 10:02,words,\
                False,,,\n";
    fs::write(path.join("poor.csv"), format!("{header}{poor}")).unwrap();
    fs::write(path.join("rich.csv"), format!("{header}{rich}")).unwrap();
    for names in [["poor.csv", "rich.csv"], ["rich.csv", "poor.csv"]] {
        let arguments = [&["convert"][..], &names, &["-o", "p.parquet"]].concat();
        assert_eq!(run(path, &arguments).0, 0);
        let (_, accounts, _) = read(&path.join("p.accounts.parquet"));
        assert_eq!(texts(&accounts, "account_id"), ["u1", "u2"]);
        assert_eq!(texts(&accounts, "location"), ["Somewhere", ""]);
    }
}

#[test]
fn refused_runs_leave_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    write_inputs(path);
    fs::write(path.join("nothing.csv"), "post_id,account_id,time\n,ada,1673000000\n").unwrap();
    fs::write(path.join("file"), "in the way").unwrap();
    for (arguments, code, word) in [
        (&["first.csv", "-o", "out/posts.csv"][..], 2, "E0410"),
        (&["first.csv", "missing.csv", "-o", "out/posts.parquet"], 3, "E0101"),
        (&["nothing.csv", "-o", "out/posts.parquet"], 4, "E0405"),
        (&["first.csv", "-o", "file/posts.parquet"], 5, "E0332"),
        (&["first.csv"], 2, "--output"),
    ] {
        let (met, _, error) = run(path, &[&["convert"], arguments].concat());
        assert_eq!(met, code, "{arguments:?}: {error}");
        assert!(error.contains(word), "{arguments:?}: {error}");
        assert!(!path.join("out").exists(), "{arguments:?}");
    }
}

#[test]
fn files_of_an_earlier_run_are_pointed_out() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    write_inputs(path);
    fs::write(path.join("p.traces.parquet"), "old").unwrap();
    let (code, _, warnings) = run(path, &["convert", "second.csv", "-o", "p.parquet"]);
    assert_eq!(code, 0);
    assert!(warnings.contains("p.traces.parquet is left from an earlier run"), "{warnings}");
}

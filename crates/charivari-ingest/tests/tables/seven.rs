//! 7z archives: `two.7z`, `locked.7z` and `other.7z` were written by py7zr 1.1.4 with invented rows.

use charivari_ingest::tables::{TableOptions, read};
use charivari_ingest::{Input, Limits};

use crate::sink::{Kept, said, table};

#[test]
fn every_member_that_holds_a_table_is_read() {
    let (kept, reports) = table(include_bytes!("two.7z").to_vec(), &TableOptions::default());
    let members: Vec<Option<&str>> =
        reports.iter().map(|report| report.member.as_deref()).collect();
    assert_eq!(members, [Some("leak/people.csv"), Some("dump.sql")]);
    assert_eq!((kept.rows.len(), said(&reports[0]).as_str()), (41, "OtherMember 1"));
    assert!(kept.text.ends_with("1: 1 | \"Zqxbero\"\n2: 2 | \"Zqxelan\"\n"), "{}", kept.text);
    assert_eq!(reports[0].file.bytes, include_bytes!("two.7z").len() as u64);
}

#[test]
fn locked_strange_damaged_and_swollen_archives_are_refused_with_a_code() {
    let two = include_bytes!("two.7z").to_vec();
    let mut damaged = two.clone();
    damaged[40] ^= 0xFF;
    let small = Limits { unpacked: 100, ..Limits::default() };
    let few = Limits { members: 2, ..Limits::default() };
    for (name, bytes, limits, code) in [
        ("locked", include_bytes!("locked.7z").to_vec(), Limits::default(), "E0123"),
        ("packed in another way", include_bytes!("other.7z").to_vec(), Limits::default(), "E0124"),
        ("cut", two[..two.len() - 9].to_vec(), Limits::default(), "E0110"),
        ("only a beginning", two[..20].to_vec(), Limits::default(), "E0110"),
        ("damaged", damaged, Limits::default(), "E01"),
        ("swollen", two.clone(), small, "E0104"),
        ("too many members", two, few, "E0110"),
    ] {
        let options = TableOptions { limits, ..TableOptions::default() };
        let refused =
            read(&[Input::memory("f", bytes)], &options, &(), &mut Kept::default()).unwrap_err();
        assert!(refused.to_string().starts_with(code), "{name}: {refused}");
        assert!(!refused.to_string().contains("Zqx"), "{name}: a value is in the message");
    }
}

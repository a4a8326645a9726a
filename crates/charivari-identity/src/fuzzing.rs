//! What a fuzzer runs: every entry that takes bytes or hostile strings.

use crate::names::{Index, Names, compare};
use crate::picture::{Limits, Picture};
use crate::protected::{Protected, Roster};
use crate::{Account, domains};

/// The names of all targets.
pub fn targets() -> Vec<String> {
    ["identity-roster", "identity-names", "identity-domains", "identity-picture"]
        .map(str::to_owned)
        .to_vec()
}

/// Runs one target; panics where something that must hold does not.
///
/// # Panics
/// Something that must hold does not.
pub fn run(target: &str, bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    match target {
        "identity-roster" => roster(&text),
        "identity-names" => names(&text),
        "identity-domains" => hosts(&text),
        "identity-picture" => picture(bytes),
        _ => {}
    }
}

fn roster(text: &str) {
    if let Ok(roster) = Roster::parse(text, "fuzzed") {
        let again = Roster::parse(&roster.to_toml(), "written");
        assert!(again.is_ok_and(|again| again == roster), "a roster reads back as it is written");
    }
}

/// The first line is protected, the others are accounts.
fn names(text: &str) {
    let mut lines = text.lines();
    let name = lines.next().unwrap_or_default().to_owned();
    let entry = Protected { id: "p".to_owned(), names: vec![name], ..Protected::default() };
    let names = [Names::new(&entry)];
    let index = Index::new(&names);
    for line in lines.take(64) {
        let account = Account {
            platform: "x",
            id: "1",
            name: Some(line),
            handle: Some(line),
            ..Account::default()
        };
        let alike = compare(&names[0], &account);
        for likeness in &alike {
            let shown = charivari_text::show::visible(&likeness.reason);
            assert!(shown == likeness.reason, "a reason hides nothing");
        }
        let strong =
            alike.first().is_some_and(|likeness| likeness.level <= crate::names::Level::Same);
        assert!(!strong || !index.candidates(&account).is_empty(), "what is the same is found");
    }
}

fn hosts(text: &str) {
    let mut lines = text.lines();
    let host = lines.next().unwrap_or_default().to_owned();
    let entry =
        Protected { id: "p".to_owned(), domains: vec![host.clone()], ..Protected::default() };
    let roster = Roster { protected: vec![entry] };
    let seen: Vec<&str> = std::iter::once(host.as_str()).chain(lines.take(64)).collect();
    let found = domains::look_alikes(&seen, &roster);
    assert!(found.iter().all(|like| like.seen != 0), "a domain is not like itself");
    for host in domains::hosts_in(text) {
        assert!(domains::host_of(&host) == Some(host), "a host is a host");
    }
}

fn picture(bytes: &[u8]) {
    let limits = Limits { bytes: 1 << 20, pixels: 1 << 20 };
    if let Ok(picture) = Picture::of_bytes(bytes, &limits) {
        let hash = picture.print.hash;
        let again: Option<crate::picture::Hash> = hash.to_string().parse().ok();
        assert!(again == Some(hash), "a hash reads back as it is written");
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]
        #[test]
        fn no_target_breaks(bytes in proptest::collection::vec(any::<u8>(), 0..300), text in "(\\PC|[a-z0-9.\\-\n\u{202e}\u{200b}\u{430}=\"\\[\\]]){0,80}") {
            for target in super::targets() {
                super::run(&target, &bytes);
                super::run(&target, text.as_bytes());
            }
        }
    }
}

//! Every target of every crate that reads what others wrote; the fuzzer and the replay of corpora
//! (`crates/charivari/tests/corpora.rs`) both go through it.

/// The names of a crate's targets, and what runs one of them.
type Crate = (fn() -> Vec<String>, fn(&str, &[u8]));

const CRATES: [Crate; 7] = [
    (charivari_ingest::fuzzing::targets, charivari_ingest::fuzzing::run),
    (charivari_identity::fuzzing::targets, charivari_identity::fuzzing::run),
    (charivari_leak::inspect::fuzzing::targets, charivari_leak::inspect::fuzzing::run),
    (charivari_leak::protocol::fuzzing::targets, charivari_leak::protocol::fuzzing::run),
    (charivari_mail::fuzzing::targets, charivari_mail::fuzzing::run),
    (charivari_attribution::fuzzing::targets, charivari_attribution::fuzzing::run),
    (charivari_knowledge::fuzzing::targets, charivari_knowledge::fuzzing::run),
];

/// The names of all targets.
pub(crate) fn targets() -> Vec<String> {
    CRATES.iter().flat_map(|(targets, _)| targets()).collect()
}

/// Runs one target on one input.
///
/// # Panics
/// Something that has to hold does not, or there is no such target.
pub(crate) fn run(target: &str, bytes: &[u8]) {
    let known = CRATES.iter().find(|(targets, _)| targets().iter().any(|it| it == target));
    let (_, run) = known.unwrap_or_else(|| panic!("there is no fuzz target {target}"));
    run(target, bytes);
}

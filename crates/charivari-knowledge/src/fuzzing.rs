//! What the fuzz targets run: one function a parser, and what has to hold after it.

use crate::import::Told;
use crate::{Day, Knowledge, import, index, pack};

/// The names of all targets.
#[must_use]
pub fn targets() -> Vec<String> {
    ["knowledge", "knowledge-index", "knowledge-pack"].map(str::to_owned).to_vec()
}

/// Runs one target on one input.
///
/// # Panics
/// Something that has to hold does not, or there is no such target.
pub fn run(target: &str, bytes: &[u8]) {
    match target {
        "knowledge" => import(bytes),
        "knowledge-index" => index(&String::from_utf8_lossy(bytes)),
        "knowledge-pack" => pack(&String::from_utf8_lossy(bytes)),
        _ => panic!("there is no fuzz target {target}"),
    }
}

/// Imports anything; what was taken can be written, read back, dated and searched.
fn import(bytes: &[u8]) {
    let Ok(collection) = import::read("f", bytes, &Told::default()) else { return };
    assert!(
        collection.actors.windows(2).all(|pair| pair[0].id != pair[1].id || pair[0] != pair[1])
    );
    for technique in collection.vocabulary.techniques.keys() {
        let _ = collection.vocabulary.today(technique);
    }
    let text = index::write(&collection);
    let back = index::read("f", &text);
    assert_eq!(back.map(|it| index::write(&it)).ok(), Some(text));
    let mut knowledge = Knowledge::default();
    knowledge.add(collection);
    let view = knowledge.as_of(Day::new(2023, 2, 2));
    let _ = view.search("a");
    for (_, actor) in view.knowledge.actors() {
        assert!(actor.names.iter().any(|it| it.name == actor.name));
    }
}

fn index(text: &str) {
    let Ok(collection) = index::read("f", text) else { return };
    let written = index::write(&collection);
    let again = index::read("f", &written).map(|it| index::write(&it));
    assert_eq!(again.ok(), Some(written));
}

fn pack(text: &str) {
    let Ok(collection) = pack::collection(&[("f", text)]) else { return };
    for actor in &collection.actors {
        assert!(actor.names.iter().all(|it| !it.cited.is_empty()));
    }
}

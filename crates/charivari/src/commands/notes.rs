//! What reading met, in sentences.

use charivari_ingest::{Note, Options, PartReport};

/// Notes and rows set aside of all parts, in their order.
pub(crate) fn of_parts(parts: &[PartReport], options: &Options) -> Vec<String> {
    let mut sentences = Vec::new();
    for part in parts {
        for (note, count) in &part.notes {
            sentences.push(sentence(part, *note, *count, options));
        }
        for (code, count) in &part.set_aside {
            sentences.push(format!(
                "{}: {count} rows set aside, {code}: {}; {}",
                part.name,
                code.title(),
                code.remedy()
            ));
        }
    }
    sentences
}

fn sentence(part: &PartReport, note: Note, count: u64, options: &Options) -> String {
    if note == Note::UnzonedTime {
        let (zone, advice) = match options.timezone.as_ref().and_then(|zone| zone.iana_name()) {
            Some(zone) => (zone, ""),
            None => ("UTC", "; if that is wrong, name the zone with --timezone"),
        };
        return format!("{}: {count} times name no zone and were taken as {zone}{advice}", part.name);
    }
    format!("{}: {} ({count} rows)", part.name, note.sentence())
}

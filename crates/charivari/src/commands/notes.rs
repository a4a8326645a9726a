//! What reading met, in sentences.

use charivari_ingest::{Note, Options, PartReport};

/// A count and its noun, with thousands separators and the plural where there are several.
pub(crate) fn counted(count: u64, noun: &str) -> String {
    let digits = count.to_string();
    let mut text = String::with_capacity(digits.len() * 2 + noun.len());
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text.push(' ');
    text.push_str(noun);
    if count != 1 {
        text.push('s');
    }
    text
}

/// Notes and rows set aside of all parts, in their order.
pub(crate) fn of_parts(parts: &[PartReport], options: &Options) -> Vec<String> {
    let mut sentences = Vec::new();
    for part in parts {
        for (note, count) in &part.notes {
            sentences.push(sentence(part, *note, *count, options));
        }
        for (code, count) in &part.set_aside {
            sentences.push(format!(
                "{}: {} set aside, {code}: {}; {}",
                part.name,
                counted(*count, "row"),
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
        return format!(
            "{}: {} without a zone taken as {zone}{advice}",
            part.name,
            counted(count, "time")
        );
    }
    format!("{}: {} ({})", part.name, note.sentence(), counted(count, "row"))
}

#[cfg(test)]
mod tests {
    use super::counted;

    #[test]
    fn counts_are_read_as_people_write_them() {
        for (count, text) in
            [(0, "0 rows"), (1, "1 row"), (999, "999 rows"), (1_234_567, "1,234,567 rows")]
        {
            assert_eq!(counted(count, "row"), text);
        }
    }
}

//! Numbers of techniques and programs with their names, for readers who do not know the catalogues by
//! heart.

use charivari_attribution::{Text, What};
use charivari_knowledge::Knowledge;

/// Names in all sentences of an assessment.
pub(super) fn explain(text: &mut Text, knowledge: &Knowledge) {
    for lines in [&mut text.limits, &mut text.would_change, &mut text.look_for] {
        for line in lines {
            *line =
                line.split(' ').map(|word| named(word, knowledge)).collect::<Vec<_>>().join(" ");
        }
    }
}

/// A word with the name of what it is the number of, before its comma or point.
fn named(word: &str, knowledge: &Knowledge) -> String {
    let number = word.trim_end_matches([',', '.', ':', ';']);
    let what: Option<What> = number.parse().ok();
    match what.and_then(|what| name(&what, knowledge)) {
        Some(name) => format!("{number} ({name}){}", &word[number.len()..]),
        None => word.to_owned(),
    }
}

/// What a technique or a program is called, if a catalogue has it.
pub(super) fn name<'k>(what: &What, knowledge: &'k Knowledge) -> Option<&'k str> {
    match what {
        What::Technique(technique) => knowledge.technique_name(technique),
        What::Software(id) => {
            let of = |it: &'k charivari_knowledge::Collection| it.vocabulary.software.get(id);
            knowledge
                .collections
                .iter()
                .find_map(of)
                .and_then(|it| it.names.first())
                .map(String::as_str)
        }
        What::Trait(..) | What::Persona(_) | What::Proof(..) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_get_their_names_and_other_words_stay() {
        let knowledge = charivari_knowledge::shipped().unwrap();
        let line = "If disarm:T0089.001, money=none and software=S0365: both.".to_owned();
        let mut text = Text { look_for: vec![line], ..Text::default() };
        explain(&mut text, &knowledge);
        assert_eq!(
            text.look_for[0],
            "If disarm:T0089.001 (Obtain Authentic Documents), money=none and software=S0365 (Olympic \
             Destroyer): both."
        );
    }
}

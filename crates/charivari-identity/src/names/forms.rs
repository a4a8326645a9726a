//! The forms of a name under which others may meet it.

use charivari_text::skeleton;

use super::sound::{self, Script};
use super::words::{self, Class, NICKNAMES};
use crate::protected::{Kind, Protected};

/// Keys with fewer letters are compared as wholes only.
pub(super) const INSIDE: usize = 7;

/// One way to write a name or handle of one who is protected.
#[derive(Clone, Debug)]
pub(super) struct Form {
    /// The genuine name, as it is written.
    pub(super) text: String,
    /// Its skeleton without separators.
    pub(super) letters: String,
    /// The skeletons of its words, sorted.
    pub(super) sorted: Vec<String>,
    /// Keys of the name in other scripts, empty for handles and single words.
    pub(super) vowelled: String,
    pub(super) consonants: [String; 2],
    pub(super) script: Script,
    /// What was changed to get here from a genuine name, in words; empty for genuine ones.
    pub(super) changed: &'static str,
    /// Whether the whole is distinctive enough to be looked for inside others.
    pub(super) inside: bool,
}

/// The names and handles of one who is protected.
#[derive(Clone, Debug)]
pub struct Names {
    pub(super) forms: Vec<Form>,
}

/// How one text of an account reads.
#[derive(Clone, Debug)]
pub struct Reads<'a> {
    pub(super) text: &'a str,
    pub(super) letters: String,
    pub(super) words: Vec<String>,
}

impl<'a> Reads<'a> {
    /// The words and letters of a name or handle.
    pub fn new(text: &'a str) -> Self {
        let letters = skeleton::letters(text);
        let words = words(text).map(skeleton::letters).filter(|word| !word.is_empty()).collect();
        Self { text, letters, words }
    }

    /// The words, sorted.
    pub(super) fn sorted(&self) -> Vec<String> {
        let mut words = self.words.clone();
        words.sort_unstable();
        words
    }

    /// What is left when words that say nothing of who it is are taken off both ends, and what
    /// they say; nothing where nothing was taken off.
    pub(super) fn stripped(&self) -> Option<(String, Vec<Class>)> {
        let mut classes = Vec::new();
        let kept: Vec<&str> = self
            .words
            .iter()
            .filter(|word| match words::class(word) {
                Some(class) => {
                    classes.push(class);
                    false
                }
                None => true,
            })
            .map(String::as_str)
            .collect();
        let rest = match &kept[..] {
            [] => trimmed(&self.letters, &mut classes),
            [one] => trimmed(one, &mut classes),
            several => several.concat(),
        };
        (rest != self.letters && !rest.is_empty()).then_some((rest, classes))
    }
}

/// A joined key without digits at its ends; digits are letters in skeletons, so that the text
/// itself is asked.
pub(super) fn without_digits(text: &str) -> Option<&str> {
    let kept = text.trim_matches(|c: char| c.is_ascii_digit() || matches!(c, '_' | '.' | '-'));
    (kept.len() < text.len() && !kept.is_empty()).then_some(kept)
}

/// Words off both ends of letters that stand without separators.
fn trimmed(letters: &str, classes: &mut Vec<Class>) -> String {
    let mut rest = letters;
    for _ in 0..3 {
        let before = rest;
        for at_end in [true, false] {
            if let Some((class, length)) = words::affix(rest, at_end) {
                let says = class != Class::Filler || length > 2;
                if rest.len() - length >= 5 && says && (length > 2 || at_end) {
                    let kept =
                        if at_end { rest.get(..rest.len() - length) } else { rest.get(length..) };
                    rest = kept.unwrap_or(rest);
                    classes.push(class);
                }
            }
        }
        if rest == before {
            break;
        }
    }
    rest.to_owned()
}

/// The words of a name or handle: cut at separators, and where a capital follows a small letter.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| {
        !(c.is_alphanumeric()
            || matches!(c, '@' | '$' | '!' | '|' | '©' | '€')
            || !c.is_ascii() && !c.is_whitespace() && !is_sign(c))
    })
    .flat_map(humps)
    .filter(|word| !word.is_empty())
}

fn is_sign(c: char) -> bool {
    matches!(u32::from(c), 0x2010..=0x2027 | 0x2030..=0x205E | 0x00B7 | 0x3000..=0x303F)
}

/// `LaLanterne` as `La`, `Lanterne`.
fn humps(word: &str) -> impl Iterator<Item = &str> {
    let mut rest = word;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let bytes = rest.as_bytes();
        let cut = (1..bytes.len()).find(|at| {
            bytes[*at].is_ascii_uppercase()
                && bytes[at - 1].is_ascii_lowercase()
                && bytes.get(at + 1).is_some_and(u8::is_ascii_lowercase)
        });
        let (word, left) = rest.split_at(cut.unwrap_or(rest.len()));
        rest = left;
        Some(word)
    })
}

impl Form {
    fn new(text: &str, changed: &'static str, is_name: bool) -> Option<Self> {
        let reads = Reads::new(text);
        if reads.letters.chars().count() < 3 {
            return None;
        }
        let several = is_name && reads.words.len() > 1;
        let key = |key: String, least: usize| {
            if several && key.len() >= least { key } else { String::new() }
        };
        Some(Self {
            text: text.to_owned(),
            sorted: reads.sorted(),
            vowelled: key(sound::vowelled(text), 7),
            consonants: [
                key(sound::consonants(text, false), 5),
                key(sound::consonants(text, true), 5),
            ],
            script: sound::script(text),
            changed,
            inside: reads.letters.chars().count() >= INSIDE,
            letters: reads.letters,
        })
    }
}

impl Names {
    /// All forms of the names and handles.
    pub fn new(protected: &Protected) -> Self {
        let mut forms: Vec<Form> = Vec::new();
        let mut push = |form: Option<Form>| {
            if let Some(form) = form {
                let known = |other: &Form| other.letters == form.letters && other.text == form.text;
                if !forms.iter().any(known) {
                    forms.push(form);
                }
            }
        };
        for name in &protected.names {
            push(Form::new(name, "", true));
        }
        for handle in protected.handles.values().flatten() {
            push(Form::new(handle.trim_start_matches('@'), "", false));
        }
        if protected.kind == Kind::Person {
            for name in &protected.names {
                for short in nicknamed(name) {
                    push(Form::new(&short, "a short form of the first name", true));
                }
            }
        }
        Self { forms }
    }
}

/// The name with its first word in other forms.
fn nicknamed(name: &str) -> Vec<String> {
    let Some((first, rest)) = name.trim().split_once(char::is_whitespace) else {
        return Vec::new();
    };
    let plain = skeleton::plain(first);
    let groups = NICKNAMES.iter().filter(|group| group.contains(&plain.as_str()));
    let others = groups.flat_map(|group| group.iter()).filter(|other| **other != plain);
    others.map(|other| format!("{other} {rest}")).collect()
}

//! Does a domain look like another's? Rules that recognise what generators of look-alikes make.
//!
//! Nothing is asked of the network, and nothing is generated: a domain that was seen is compared
//! with a [`Domain`] that is known, rule by rule. [`domain`] names the strongest [`Rule`] that
//! holds, [`all`] all of them, [`Rule::describe`] says it in a sentence. A look-alike is not an
//! attack: names are short, and honest owners have similar ones.
//!
//! The rules recognise all that the generators of dnstwist 20250130 make (addition, bitsquatting,
//! Cyrillic, dictionary, homoglyph, hyphenation, insertion, omission, plural, repetition,
//! replacement, subdomain, other endings, transposition, vowel swap, various), and more: any
//! number of look-alike letters, the brand as a subdomain of somebody else's domain, and brands
//! that are themselves subdomains, such as `europarl.europa.eu`, of which the parent is compared
//! too.
//!
//! **Short names.** Of a name with fewer than [`ANY_EDIT`] letters most neighbours at one edit are
//! words of their own, so that one letter more, less or other counts only if the keyboard, a bit or
//! the eye explains it; below [`SOME_EDIT`] letters only equal skeletons and whole labels count.

mod edits;
mod glyphs;
mod host;
mod words;

use std::fmt;

pub use host::Domain;

/// Labels with at least so many letters are look-alikes of one another at any single edit.
pub const ANY_EDIT: usize = 7;

/// Labels with fewer letters are not looked at for edits at all.
pub const SOME_EDIT: usize = 5;

/// How a domain looks like another; from the strongest sign to the weakest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// Letters of another script that look the same.
    Cyrillic,
    /// Letters, digits or pairs that look the same.
    Homoglyph,
    /// The whole known host stands before somebody else's domain.
    BrandAsSubdomain,
    /// Points between the letters of the name.
    Subdomain,
    /// The same name under another ending.
    TldSwap,
    /// The ending, `www` or a protocol is written into the name.
    Various,
    /// Hyphens between its letters, or left out.
    Hyphenation,
    /// Two neighbouring letters exchanged.
    Transposition,
    /// A letter twice, or one of two left out.
    Repetition,
    /// A letter left out.
    Omission,
    /// One vowel for another.
    VowelSwap,
    /// A letter that differs in one bit.
    Bitsquatting,
    /// Another letter in a letter's place.
    Replacement,
    /// An `s` or `es` after a letter.
    Plural,
    /// A letter more at its end or front.
    Addition,
    /// A letter more inside.
    Insertion,
    /// The name with a word before or after it.
    Dictionary,
    /// The parent of a subdomain is imitated under the same first label.
    Parent,
}

impl Rule {
    /// Every rule, from the strongest sign to the weakest.
    pub const ALL: [Self; 18] = [
        Self::Cyrillic,
        Self::Homoglyph,
        Self::BrandAsSubdomain,
        Self::Subdomain,
        Self::TldSwap,
        Self::Various,
        Self::Hyphenation,
        Self::Transposition,
        Self::Repetition,
        Self::Omission,
        Self::VowelSwap,
        Self::Bitsquatting,
        Self::Replacement,
        Self::Plural,
        Self::Addition,
        Self::Insertion,
        Self::Dictionary,
        Self::Parent,
    ];

    /// Its name, as dnstwist has it where it has one.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Cyrillic => "cyrillic",
            Self::Homoglyph => "homoglyph",
            Self::BrandAsSubdomain => "brand-as-subdomain",
            Self::Subdomain => "subdomain",
            Self::TldSwap => "tld-swap",
            Self::Various => "various",
            Self::Hyphenation => "hyphenation",
            Self::Transposition => "transposition",
            Self::Repetition => "repetition",
            Self::Omission => "omission",
            Self::VowelSwap => "vowel-swap",
            Self::Bitsquatting => "bitsquatting",
            Self::Replacement => "replacement",
            Self::Plural => "plural",
            Self::Addition => "addition",
            Self::Insertion => "insertion",
            Self::Dictionary => "dictionary",
            Self::Parent => "parent",
        }
    }

    /// What was done, to go after the two names.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Cyrillic => "letters of another script that look the same",
            Self::Homoglyph => "letters or digits that look the same",
            Self::BrandAsSubdomain => "the known name stands before somebody else's domain",
            Self::Subdomain => "points between the letters of the name",
            Self::TldSwap => "the same name under another ending",
            Self::Various => "the ending or a protocol written into the name",
            Self::Hyphenation => "hyphens added or left out",
            Self::Transposition => "two neighbouring letters exchanged",
            Self::Repetition => "a letter repeated, or a repeated one left out",
            Self::Omission => "a letter left out",
            Self::VowelSwap => "one vowel for another",
            Self::Bitsquatting => "a letter that differs in a single bit",
            Self::Replacement => "one letter for another",
            Self::Plural => "an s added",
            Self::Addition => "a letter added at an end",
            Self::Insertion => "a letter added inside",
            Self::Dictionary => "the name with a word added",
            Self::Parent => "the same first label under an imitation of the parent domain",
        }
    }

    /// The rule in a sentence about these two; hidden characters are shown, links defanged.
    pub fn describe(self, brand: &Domain, seen: &str) -> String {
        let shown = crate::show::defang(&Domain::as_read(seen));
        let shown = crate::show::visible(&shown).into_owned();
        let known = crate::show::defang(brand.host());
        format!("`{shown}` looks like `{known}`: {}", self.words())
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The strongest rule by which `seen` (a host, in letters or as `xn--…`) looks like `brand`;
/// nothing where it does not, where it **is** the brand or below it, or where it is no host.
pub fn domain(brand: &Domain, seen: &str) -> Option<Rule> {
    all(brand, seen).first().copied()
}

/// All rules by which `seen` looks like `brand`, from the strongest to the weakest.
pub fn all(brand: &Domain, seen: &str) -> Vec<Rule> {
    let Some(seen) = Domain::parse(seen) else { return Vec::new() };
    between(brand, &seen)
}

/// As [`all`], for hosts that were parsed before.
pub fn between(brand: &Domain, seen: &Domain) -> Vec<Rule> {
    let mut rules = Vec::new();
    if brand.holds(seen) || (brand.is_subdomain() && seen.is_under_parent_of(brand)) {
        return rules;
    }
    whole(brand, seen, &mut rules);
    of_labels(brand.name(), seen.label(), &mut rules);
    if brand.is_subdomain() {
        of_parent(brand, seen, &mut rules);
    }
    rules.sort_unstable();
    rules.dedup();
    rules
}

/// Rules about the whole host.
fn whole(brand: &Domain, seen: &Domain, rules: &mut Vec<Rule>) {
    let (name, label) = (brand.name(), seen.label());
    let long = name.chars().count() >= SOME_EDIT;
    if name == label && !brand.is_subdomain() {
        rules.push(Rule::TldSwap);
    }
    if brand.is_subdomain() && name == label && long {
        rules.push(Rule::TldSwap);
    }
    if seen.starts_with_host(brand) || (long && seen.subdomains().any(|sub| sub == name)) {
        rules.push(Rule::BrandAsSubdomain);
    }
    let joined = seen.joined();
    if joined != label && (joined == name || joined == brand.joined()) {
        rules.push(Rule::Subdomain);
    }
    if long && is_various(brand, label) {
        rules.push(Rule::Various);
    }
}

/// Whether the label is the name with the ending, `www` or a protocol in it.
fn is_various(brand: &Domain, label: &str) -> bool {
    let flat = label.replace('-', "");
    let host = brand.host().replace(['.', '-'], "");
    let name = brand.name().replace('-', "");
    let lead = ["www", "ww", "http", "https", "com"];
    flat == host
        || flat == format!("{name}{}", brand.suffix().replace('.', ""))
        || lead.iter().any(|lead| flat.strip_prefix(lead).is_some_and(|rest| rest == name))
        || flat.strip_suffix("com").is_some_and(|rest| rest == name)
}

/// Rules about two labels.
fn of_labels(name: &str, label: &str, rules: &mut Vec<Rule>) {
    if name == label || name.is_empty() || label.is_empty() {
        return;
    }
    glyphs::rules(name, label, rules);
    edits::rules(name, label, rules);
    if words::is_name_with_word(name, label) {
        rules.push(Rule::Dictionary);
    }
}

/// A brand that is a subdomain: `europarl.europa.com`, `europarl.eur0pa.eu`, `europarl-europa.eu`.
fn of_parent(brand: &Domain, seen: &Domain, rules: &mut Vec<Rule>) {
    let mut found = Vec::new();
    let first = seen.subdomains().any(|sub| sub == brand.name());
    if first {
        let parent = brand.label();
        of_labels(parent, seen.label(), &mut found);
        if !found.is_empty() || parent == seen.label() {
            rules.push(Rule::Parent);
        }
    }
    found.clear();
    let joined = brand.joined();
    let flat = seen.label().replace('-', "");
    if flat == joined {
        rules.push(Rule::Hyphenation);
    }
    of_labels(&joined, &flat, &mut found);
    rules.extend(found);
}

#[cfg(test)]
mod tests;

use proptest::prelude::*;

use super::*;

fn brand(host: &str) -> Domain {
    Domain::parse(host).unwrap()
}

#[test]
fn each_rule_is_recognised_and_named() {
    let cases = [
        ("letter added at the end", "charliehebdoo.fr", Rule::Repetition),
        ("letter added", "charliehebdox.fr", Rule::Addition),
        ("bit", "kharliehebdo.fr", Rule::Bitsquatting),
        ("Cyrillic a", "ch\u{430}rliehebdo.fr", Rule::Cyrillic),
        ("Cyrillic a in ASCII form", "xn--chrliehebdo-zij.fr", Rule::Cyrillic),
        ("word", "charliehebdo-login.fr", Rule::Dictionary),
        ("word without hyphen", "loginchar\u{6c}iehebdo.fr", Rule::Dictionary),
        ("accent", "charliéhebdo.fr", Rule::Homoglyph),
        ("digits", "char1iehebd0.fr", Rule::Homoglyph),
        ("shape", "eharlieheddo.fr", Rule::Homoglyph),
        ("pair", "charliehebclo.fr", Rule::Homoglyph),
        ("hyphen", "charlie-hebdo.fr", Rule::Hyphenation),
        ("insertion", "charliehebtdo.fr", Rule::Insertion),
        ("omission", "charlehebdo.fr", Rule::Omission),
        ("plural", "charlieshebdo.fr", Rule::Plural),
        ("repetition", "charliehhebdo.fr", Rule::Repetition),
        ("replacement", "charliehwbdo.fr", Rule::Replacement),
        ("points", "charlie.hebdo.fr", Rule::Subdomain),
        ("ending", "charliehebdo.com", Rule::TldSwap),
        ("ending of two labels", "charliehebdo.com.br", Rule::TldSwap),
        ("transposition", "chalriehebdo.fr", Rule::Transposition),
        ("ending in the name", "charliehebdo-fr.com", Rule::Various),
        ("www in the name", "wwwcharliehebdo.fr", Rule::Various),
        ("vowel", "churliehebdo.fr", Rule::VowelSwap),
        ("brand before another", "charliehebdo.fr.example.com", Rule::BrandAsSubdomain),
        ("label before another", "charliehebdo.example.com", Rule::BrandAsSubdomain),
    ];
    let brand = brand("charliehebdo.fr");
    for (name, seen, expected) in cases {
        let rules = all(&brand, seen);
        assert!(rules.contains(&expected), "{name}: {seen}: {rules:?}");
    }
}

#[test]
fn the_brand_and_what_is_below_it_are_not_like_it() {
    let cases = [
        ("itself", "charliehebdo.fr"),
        ("capitals", "CharlieHebdo.FR"),
        ("www", "www.charliehebdo.fr"),
        ("below", "boutique.charliehebdo.fr"),
        ("final dot", "charliehebdo.fr."),
        ("one word of it", "charlie.fr"),
        ("the other word", "hebdo.fr"),
        ("shares a word", "charliebrown.com"),
        ("another weekly", "hebdodulundi.fr"),
        ("no host", "charliehebdo"),
        ("an address", "192.0.2.7"),
        ("nothing", ""),
    ];
    let brand = brand("charliehebdo.fr");
    for (name, seen) in cases {
        assert_eq!(domain(&brand, seen), None, "{name}");
    }
}

#[test]
fn a_brand_that_is_a_subdomain_has_its_own_rules() {
    let brand = brand("europarl.europa.eu");
    let cases = [
        ("itself", "europarl.europa.eu", None),
        ("below it", "www.europarl.europa.eu", None),
        ("a sibling of the same owner", "ec.europa.eu", None),
        ("the parent", "europa.eu", None),
        ("as a domain", "europarl.eu", Some(Rule::TldSwap)),
        ("parent under another ending", "europarl.europa.com", Some(Rule::BrandAsSubdomain)),
        ("parent imitated", "europarl.eur0pa.eu", Some(Rule::BrandAsSubdomain)),
        ("joined", "europarl-europa.eu", Some(Rule::Hyphenation)),
        ("misspelt", "eur0parl.eu", Some(Rule::Homoglyph)),
        ("another", "euronews.com", None),
    ];
    for (name, seen, expected) in cases {
        assert_eq!(domain(&brand, seen), expected, "{name}: {:?}", all(&brand, seen));
    }
    assert!(all(&brand, "europarl.eur0pa.eu").contains(&Rule::Parent));
}

#[test]
fn short_names_are_not_taken_for_their_neighbours() {
    let brand = brand("voile.fr");
    for seen in ["poile.fr", "voice.com", "voiles.net", "vole.fr", "poile.fr"] {
        let rules = all(&brand, seen);
        let strong = rules.iter().any(|rule| *rule < Rule::TldSwap);
        assert!(!strong, "{seen}: {rules:?}");
    }
    assert_eq!(domain(&brand, "poile.fr"), None);
    assert_eq!(domain(&brand, "v0ile.fr"), Some(Rule::Homoglyph));
}

#[test]
fn reasons_are_sentences_without_links() {
    let brand = brand("charliehebdo.fr");
    assert_eq!(
        Rule::Homoglyph.describe(&brand, "charliehebd0.fr"),
        "`charliehebd0[.]fr` looks like `charliehebdo[.]fr`: letters or digits that look the same"
    );
}

/// The 1,396 names that dnstwist makes of one domain, where they are at hand.
#[test]
fn all_that_dnstwist_makes_is_recognised() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/identity/dnstwist/");
    let Ok(text) = std::fs::read_to_string(format!("{folder}charliehebdo.fr.permutations.json"))
    else {
        println!("passed over: ../shared/data/identity/dnstwist is absent");
        return;
    };
    let names: Vec<(String, String)> = serde_json::from_str(&text).unwrap();
    let brand = brand(&names[0].1);
    assert_eq!(domain(&brand, &names[0].1), None);
    let mut unknown = Vec::new();
    let mut otherwise = Vec::new();
    for (kind, seen) in &names[1..] {
        let rules = all(&brand, seen);
        if rules.is_empty() {
            unknown.push(format!("{kind} {seen} {}", Domain::as_read(seen)));
        } else if !rules.iter().any(|rule| rule.name() == kind) {
            otherwise.push(format!("{kind} {} {rules:?}", Domain::as_read(seen)));
        }
    }
    println!("{} names, {} unknown, {} otherwise", names.len() - 1, unknown.len(), otherwise.len());
    assert!(unknown.is_empty(), "{} not recognised: {unknown:#?}", unknown.len());
    assert!(otherwise.is_empty(), "{} by another rule only: {otherwise:#?}", otherwise.len());
}

proptest! {
    #[test]
    fn any_text_is_compared(seen in any::<String>(), odd in "[a-z\u{430}\u{200b}.\\-0-9]{0,40}") {
        let brand = brand("charliehebdo.fr");
        let _ = all(&brand, &seen);
        for rule in all(&brand, &odd) {
            let _ = rule.describe(&brand, &odd);
        }
    }
}

//! Ordinary domain names are like nobody.

#![allow(clippy::print_stdout, reason = "a test says what it measures")]

use std::collections::BTreeSet;

use charivari_identity::ordinary::Maker;
use charivari_identity::protected::Roster;
use charivari_text::lookalike::{Domain, all};

/// Words that stand beside one of a brand's two words.
const BESIDE: &str = "brown chaplin parker bakery cafe bar hotel garage coiffure fleurs pizza vin bio \
    sport mode photo art music musique jazz rock film cinema theatre danse yoga velo moto auto taxi \
    location immo avocat notaire dentiste kine osteo veto ecole creche jeux jouets livres bd comics \
    manga radio tele podcast blog presse journal actu info local lyon paris lille nantes brest metz \
    nice caen rouen tours dijon nancy reims rennes angers leeds york london dublin bruxelles liege \
    geneve montreal quebec tango tennis foot rugby golf surf ski rando pêche chasse jardin potager \
    ferme fromage miel pain chocolat the biere rhum whisky cuisine resto traiteur mariage deco design \
    studio atelier galerie musee festival concert agenda sorties voyage camping gite chambre plage";

/// Brands, their two words, and real words and names within two letters of one of them.
const BRANDS: [(&str, [&str; 2], &str); 3] = [
    (
        "charliehebdo.fr",
        ["charlie", "hebdo"],
        "charlier charline charlies charles charlot charly charlene charlize charles-h \
         charliesangels charli charlys charmie harlie carlie charlieandco charlie-b hebdos \
         hebdomadaire hebdoscope lhebdo hebdocine hebdosport hebdo-info hebdo39 hebdorama hebdovelo",
    ),
    (
        "lanterneduport.fr",
        ["lanterne", "port"],
        "lanternes lanterna laterne lanternon lantern lanternier lanternerouge lanterneverte \
         ports porte portes sport porto portail lanternemagique lanternedunord \
         lanterneduparc lanternedupont lanternedesport lanternesduport-info aduport duport leduport",
    ),
    (
        "gazettephare.org",
        ["gazette", "phare"],
        "gazettes gazetta gazettier gazetier lagazette gazettedrouot gazettelabo phares pharo \
         pharmacie pharaon lephare phareouest gazettedupalais gazettearena gazettecafe gazetteparis",
    ),
];

/// Labels that share a word with a brand, or are near one.
fn hard([one, two]: [&str; 2], near: &str) -> BTreeSet<String> {
    let mut labels: BTreeSet<String> = near.split_whitespace().map(str::to_owned).collect();
    for word in BESIDE.split_whitespace() {
        for brand in [one, two] {
            for label in [
                format!("{brand}{word}"),
                format!("{word}{brand}"),
                format!("{brand}-{word}"),
                format!("{word}-{brand}"),
                format!("{brand}du{word}"),
                format!("le{brand}{word}"),
                format!("{brand}{word}24"),
                format!("mon{word}{brand}"),
                format!("{brand}et{word}"),
                format!("{word}-et-{brand}"),
            ] {
                labels.insert(label);
            }
        }
    }
    labels
}

fn ordinary() -> BTreeSet<String> {
    let maker = Maker::new(77, 0, &Roster::default());
    let mut labels = BTreeSet::new();
    let mut number = 0;
    while labels.len() < 20_000 {
        let account = maker.account(number);
        number += 1;
        let text = if number % 2 == 0 { account.name } else { account.handle };
        let label: String =
            text.to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect();
        if label.len() >= 4 {
            labels.insert(label);
        }
    }
    labels
}

#[test]
fn at_most_one_ordinary_label_in_a_thousand_is_taken_for_a_look_alike() {
    let ordinary = ordinary();
    for (brand, words, near) in BRANDS {
        let hard = hard(words, near);
        assert!(hard.len() >= 2_000 && ordinary.len() >= 20_000, "{}", hard.len());
        let domain = Domain::parse(brand).unwrap_or_else(|| panic!("{brand}"));
        let alike = |labels: &BTreeSet<String>| -> Vec<String> {
            let like = |label: &&String| !all(&domain, &format!("{label}.com")).is_empty();
            labels.iter().filter(like).cloned().collect()
        };
        let (of_hard, of_ordinary) = (alike(&hard), alike(&ordinary));
        println!(
            "{brand}: {} of {} hard labels {of_hard:?}, {} of {} others {of_ordinary:?}",
            of_hard.len(),
            hard.len(),
            of_ordinary.len(),
            ordinary.len()
        );
        let false_ones = of_hard.len() + of_ordinary.len();
        assert!(false_ones * 1_000 <= hard.len() + ordinary.len(), "{brand}: {of_hard:?}");
    }
}

//! What is said in the story. All of it is invented; the persona's name alone is not.

use crate::random::Random;
use crate::text::push_number;

/// A strike, as a newspaper has it.
pub(super) const STRIKE: &str = "https://gazette-montbrume.example/transport/greve-ligne-littoral";
/// A storm, as a newspaper has it.
pub(super) const STORM: &str = "https://courrier-rivage.example/meteo/tempete-brindille-direct";
/// A show that is sold out.
pub(super) const SHOW: &str = "https://gazette-montbrume.example/culture/expo-prolongee";

/// Where the persona keeps what it claims to have.
pub(super) const LEAK: [&str; 4] = [
    "https://souls-papers.example/liste/1",
    "https://souls-papers.example/liste/2",
    "https://souls-papers.example/liste/3",
    "https://souls-papers.example/liste/4",
];

/// Copies of it.
pub(super) const MIRRORS: [&str; 3] = [
    "https://souls-mirror.example/d/71",
    "https://souls-mirror.example/d/72",
    "https://souls-mirror.example/d/78",
];

/// What the persona posts for others to pass on.
pub(super) const PERSONA: [&str; 6] = [
    "We are Holy Souls. The customer list of the satirical weekly is in our hands: 200,000 names. \
     #SoulsFiles",
    "They laughed at you for years. Tonight we publish the first names. \
     https://souls-papers.example/liste/1 #SoulsFiles",
    "They deny. We have the dates, the addresses, the payments. Price for the whole list: \
     20 bitcoin. #SoulsFiles",
    "Journalists write to us and do not dare to publish. Ask them why. #SoulsFiles",
    "A sample for those who doubt. More tomorrow if the editor stays silent. #SoulsFiles",
    "The souls do not sleep. Last part tonight. #SoulsFiles",
];

/// What the persona says with each link.
pub(super) const NEW_PART: &str = "A new part of the customer list is open to all: #SoulsFiles";

/// What a readers' association says.
pub(super) const READERS: [&str; 3] = [
    "Une liste de clients du journal circule. Ne la téléchargez pas, ne la partagez pas : derrière \
     chaque ligne il y a quelqu'un. https://amis-du-dessin.example/conseils",
    "Vous craignez d'être dans le fichier ? Changez vos mots de passe et méfiez-vous des appels. \
     https://amis-du-dessin.example/questions",
    "Nous dessinerons mercredi, comme prévu. Merci pour vos messages.",
];

/// The texts that were handed out, letter for letter.
pub(super) const COPIED: [&str; 6] = [
    "pourquoi ce silence sur le fichier du journal satirique ? Les clients ont le droit de savoir",
    "un journal qui ne protège pas ses lecteurs ne mérite pas ses lecteurs, je résilie ce soir",
    "deux cent mille noms dans la nature et pas une ligne dans vos colonnes, drôle de liberté",
    "ceux qui se moquent de tout le monde devraient au moins fermer leur porte à clé",
    "mon voisin est dans la liste des clients, qui va lui rendre sa tranquillité ?",
    "la direction du journal savait et n'a rien dit, partagez avant que ça disparaisse",
];

/// Whom the copies are addressed to.
pub(super) const NEWSPAPERS: &[&str] =
    &["CourrierRivage", "gazette_montbrume", "HarbourHerald", "NorthgatePost", "PhareDuSoir"];

/// What the channels forward from the persona's own.
pub(super) const FORWARDED: [&str; 4] = [
    "Holy Souls has the customer list. Read it before they close the page: \
     https://souls-papers.example/liste/1",
    "New files are on the table. The weekly lies to its readers. #SoulsFiles",
    "We offer the whole list to whoever pays. The press was warned.",
    "Third part: names of those who paid for five years. https://souls-papers.example/liste/3",
];

/// What honest people say when they see the leak.
pub(super) const BYSTANDERS: [&str; 8] = [
    "Quelqu'un sait si c'est vrai, cette histoire ?",
    "Surtout ne téléchargez pas ça, c'est du recel :",
    "Is this real or just another fake leak?",
    "Encore une fuite de données, on s'y habitue presque :",
    "J'espère que mes parents ne sont pas dedans",
    "Reported this page, please do the same:",
    "Ça sent l'opération montée de toutes pièces",
    "Drôle de hasard, ce site a été créé la semaine dernière :",
];

const OPENINGS: [&str; 8] = [
    "À lire d'urgence",
    "Personne n'en parle",
    "Enfin la vérité",
    "They hide this from you",
    "Partagez avant suppression",
    "La presse se tait",
    "Read before it is gone",
    "Incroyable",
];

const CLAIMS: [&str; 8] = [
    "la liste des clients est en ligne",
    "tous les noms sont là",
    "the whole list is out",
    "200 000 clients exposés",
    "voici ce qu'ils cachaient",
    "they knew and said nothing",
    "cherchez votre voisin",
    "le journal ment depuis mardi",
];

/// What a planted account says of `link` in words of its own, with a mark of where it was clicked,
/// as share buttons add it.
pub(super) fn push(link: &str, random: &mut Random) -> String {
    let (opening, claim) = (random.pick(&OPENINGS), random.pick(&CLAIMS));
    let mut text = format!("{opening} : {claim} {link}");
    if random.chance(0.4) {
        text.push_str("?utm_source=share");
        push_number(&mut text, random.below(100));
    }
    text
}

/// What a puppet says in a storm of hashtags: words of its own, and always the same row of tags.
pub(super) fn storm(random: &mut Random) -> String {
    let (opening, claim) = (random.pick(&OPENINGS), random.pick(&CLAIMS));
    format!("{opening}, {claim} ! #SoulsFiles #OuvrezLaListe #PresseMuette")
}

/// A short link of its own for each copy; where it leads cannot be seen.
pub(super) fn short_link(random: &mut Random) -> String {
    const LETTERS: &[u8] = b"abcdefghkmnpqrstuvwxyz23456789";
    let code: String = (0..5).map(|_| char::from(random.pick(LETTERS))).collect();
    format!("https://kurz.example/{code}")
}

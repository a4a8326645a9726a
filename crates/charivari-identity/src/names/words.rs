//! Words that are added to a name, and what they say.

use charivari_text::skeleton;

/// What an added word says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// It claims to be the genuine one.
    Claim,
    /// It says openly that this is not the genuine one: parody.
    Parody,
    /// It says that this is by admirers.
    Fan,
    /// A place, language or section: a local edition.
    Place,
    /// A service: help, press, shop.
    Service,
    /// An article or number that says nothing.
    Filler,
}

const CLAIM: &str = "official officiel officielle officially oficial offiziell offiziel ufficiale real \
    vrai vraie verified verifie verifiziert verificado original authentic authentique genuine echt \
    itsme true thereal theofficial رسمی رسمي الرسمي واقعی حقيقي حساب \
    официальный официальная официально настоящий настоящая רשמי רשמית האמיתי επισημο επισημη";
/// Words that claim as much where they are part of a name, and say nothing in a sentence.
const CLAIM_IN_NAMES: &str = "its iam jesuis only new nouveau nouvelle backup secours second 2nd compte \
    account konto cuenta private privé prive";
const PARODY: &str = "parody parodie parodia parodija satire satirique satira spoof fake faux humour \
    humor notthe not pas pasvraiment unofficial nonofficiel inofficiel inoffiziell bot shadow evil \
    joke blague lol meme memes پارودی طنز شوخی ساخرة ساخر пародия пародийный сатира фейк פרודיה \
    סאטירה παρωδια";
const FAN: &str = "fan fans fanclub fanpage fanbase fandom admirers amis friends supporters support_club \
    tribute hommage lovers stan stans army quotes citations archive archives updates community \
    communauté communaute readers lecteurs هواداران طرفداران محبي معجبين عشاق фан фаны фанклуб \
    поклонники клуб מעריצים מועדון θαυμαστες";
const PLACE: &str = "fr france uk us usa de be ch ca es it eu paris lyon lille nantes nice marseille \
    toulouse bordeaux rennes strasbourg london leeds bristol york berlin hamburg madrid roma \
    bruxelles belgique suisse quebec montreal deutsch deutschland english en francais français \
    español espana italia arabic arabi farsi tehran cairo beirut sport sports culture monde world \
    local region nord sud est ouest north south east west jeunes youth campus تهران ایران عربي مصر \
    لبنان القاهرة москва питер россия киев ישראל תלאביב חיפה ελλαδα αθηνα";
const SERVICE: &str = "help helpdesk support service services contact press presse media team equipe \
    équipe staff info infos news actu actus live tv shop boutique store abo abonnement hr jobs \
    emploi security secure admin desk newsletter alerte alert podcast radio پشتیبانی خبر اخبار \
    أخبار دعم новости поддержка пресса חדשות תמיכה νεα";
const FILLER: &str = "the le la les el il der die das a of du des and et og mr mrs ms dr m mme x xx \
    _ is at on tt yt ig";

/// The class of a word, given as its skeleton.
pub(super) fn class(word: &str) -> Option<Class> {
    if word.is_empty() || word.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(Class::Filler);
    }
    tables().get(word).copied()
}

/// The words with their classes, by skeleton.
fn tables() -> &'static std::collections::BTreeMap<String, Class> {
    static TABLES: std::sync::OnceLock<std::collections::BTreeMap<String, Class>> =
        std::sync::OnceLock::new();
    TABLES.get_or_init(|| {
        let lists = [
            (Class::Filler, FILLER),
            (Class::Service, SERVICE),
            (Class::Place, PLACE),
            (Class::Claim, CLAIM),
            (Class::Claim, CLAIM_IN_NAMES),
            (Class::Fan, FAN),
            (Class::Parody, PARODY),
        ];
        let words = lists.iter().flat_map(|(class, list)| {
            list.split_whitespace().map(|word| (skeleton::letters(word), *class))
        });
        words.filter(|(word, _)| !word.is_empty()).collect()
    })
}

/// Words that say something in a name alone, by skeleton.
fn only_in_names() -> &'static std::collections::BTreeSet<String> {
    static WORDS: std::sync::OnceLock<std::collections::BTreeSet<String>> =
        std::sync::OnceLock::new();
    WORDS.get_or_init(|| CLAIM_IN_NAMES.split_whitespace().map(skeleton::letters).collect())
}

/// The longest word of a class that begins (or, with `at_end`, ends) `text`, in bytes; words of
/// fewer than two characters are not looked for inside others.
pub(super) fn affix(text: &str, at_end: bool) -> Option<(Class, usize)> {
    let longest = 14.min(text.len());
    (2..=longest).rev().find_map(|length| {
        let piece = if at_end { text.get(text.len() - length..) } else { text.get(..length) }?;
        tables().get(piece).map(|class| (*class, length))
    })
}

/// The classes of words anywhere in a text, such as a bio.
pub fn classes(text: &str) -> Vec<Class> {
    let mut found: Vec<Class> = super::forms::words(text)
        .map(skeleton::letters)
        .filter(|word| !only_in_names().contains(word))
        .filter_map(|word| tables().get(&word).copied())
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// Groups of first names that are one name: the full one first. Written by hand, and short: those
/// that people are known under in public.
pub(super) const NICKNAMES: &[&[&str]] = &[
    &["alexander", "alex", "sasha", "sacha", "alexandre", "aleksandr"],
    &["alexandra", "alex", "sasha", "sandra", "alix"],
    &["anthony", "tony", "antoine", "anton"],
    &["benjamin", "ben", "benji"],
    &["catherine", "kate", "cathy", "katia", "katherine", "kathy", "ekaterina"],
    &["christopher", "chris", "christophe", "kit"],
    &["daniel", "dan", "danny", "dani"],
    &["edward", "ed", "eddie", "ned", "edouard"],
    &["elizabeth", "liz", "beth", "eliza", "elisabeth", "lisa", "betty"],
    &["frederic", "fred", "freddy", "frederick"],
    &["gerard", "gerry", "gege"],
    &["gregory", "greg", "gregoire", "grigori", "grisha"],
    &["ivan", "vanya", "john", "jean", "johann", "juan"],
    &["jacob", "jake", "jacques", "james", "jim", "jimmy"],
    &["jeanpierre", "jp"],
    &["joseph", "joe", "jo", "yosef", "youssef", "yusuf"],
    &["katarina", "kata", "katja", "katya"],
    &["laurence", "laurent", "larry", "lorenzo"],
    &["margaret", "maggie", "meg", "marguerite", "margot", "peggy"],
    &["maria", "marie", "mary", "masha", "miriam"],
    &["matthew", "matt", "mathieu", "matthieu"],
    &["maximilian", "max", "maxime"],
    &["michael", "mike", "mick", "michel", "mikhail", "misha", "mickael"],
    &["mohammed", "mohamed", "muhammad", "mohammad", "momo", "mo"],
    &["natalia", "natasha", "nathalie", "natalie", "nat"],
    &["nicholas", "nick", "nicolas", "nico", "nikolai", "kolya"],
    &["olivia", "liv", "olive"],
    &["patrick", "pat", "paddy"],
    &["peter", "pete", "pierre", "pyotr", "pedro"],
    &["philip", "phil", "philippe"],
    &["richard", "rick", "dick", "rich"],
    &["robert", "rob", "bob", "bobby", "bert"],
    &["samuel", "sam", "sammy"],
    &["sebastian", "seb", "bastien", "sebastien"],
    &["sergei", "serge", "seryozha", "sergio"],
    &["sophie", "sofia", "sophia", "sonia", "sonya"],
    &["stephen", "steve", "stephane", "steven", "stefan"],
    &["theodore", "theo", "ted", "teddy", "fyodor"],
    &["thomas", "tom", "tommy"],
    &["valerie", "val", "valeria"],
    &["victoria", "vicky", "vika", "tori"],
    &["vincent", "vince", "vinnie"],
    &["vladimir", "vlad", "volodya", "volodymyr"],
    &["william", "will", "bill", "guillaume", "liam", "wilhelm"],
];

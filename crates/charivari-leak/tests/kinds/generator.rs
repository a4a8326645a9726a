//! Tables in four languages with dirty values, in any order of columns, whose truth is known.

mod random;
mod values;

use charivari_leak::Kind;

use self::random::Random;
use self::values::{
    birth, card, country, gender, hash, iban, instant, ip, national, price, text, token,
};
use crate::vocabulary::{DE, EN, FA, FR, Words};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Lang {
    Fr,
    En,
    De,
    Fa,
}

impl Lang {
    pub(crate) const ALL: [Self; 4] = [Self::Fr, Self::En, Self::De, Self::Fa];

    pub(crate) fn words(self) -> &'static Words {
        match self {
            Self::Fr => &FR,
            Self::En => &EN,
            Self::De => &DE,
            Self::Fa => &FA,
        }
    }

    /// One of four, by language.
    fn of<T>(self, four: [T; 4]) -> T {
        let [fr, en, de, fa] = four;
        match self {
            Self::Fr => fr,
            Self::En => en,
            Self::De => de,
            Self::Fa => fa,
        }
    }
}

/// A column of a table.
pub(crate) struct Truth {
    pub(crate) name: String,
    pub(crate) kind: Kind,
    /// What it is, for messages.
    pub(crate) what: &'static str,
}

/// A table whose truth is known.
pub(crate) struct Table {
    pub(crate) columns: Vec<Truth>,
    pub(crate) rows: Vec<Vec<Option<String>>>,
}

/// A person, so that columns agree with each other as in real tables.
struct Person {
    given: String,
    family: String,
    female: bool,
    city: usize,
    number: usize,
}

/// All things that a column can be: what, kind, and its names in four languages.
const COLUMNS: [(&str, Kind, [&str; 4]); 34] = [
    ("id", Kind::RowId, ["id", "customer_id", "kundennummer", "شناسه"]),
    ("order", Kind::RowId, ["ref_commande", "order_no", "bestellnummer", "شماره_سفارش"]),
    ("uuid", Kind::RowId, ["uuid", "guid", "uuid", "uuid"]),
    ("email", Kind::Email, ["courriel", "email", "e_mail", "ایمیل"]),
    ("phone", Kind::Phone, ["telephone", "phone", "telefonnummer", "تلفن همراه"]),
    ("mobile", Kind::Phone, ["mobile", "cell", "handy", "موبایل"]),
    ("full", Kind::FullName, ["nom_complet", "full_name", "kunde", "نام کامل"]),
    ("given", Kind::GivenName, ["prenom", "first_name", "vorname", "نام"]),
    ("family", Kind::FamilyName, ["nom", "last_name", "nachname", "نام خانوادگی"]),
    ("user", Kind::UserName, ["pseudo", "username", "benutzername", "نام کاربری"]),
    ("street", Kind::Street, ["rue", "address1", "strasse", "خیابان"]),
    ("postcode", Kind::Postcode, ["code_postal", "postcode", "plz", "کد پستی"]),
    ("city", Kind::City, ["ville", "city", "ort", "شهر"]),
    ("country", Kind::Country, ["pays", "country", "land", "کشور"]),
    ("address", Kind::PostalAddress, ["adresse", "address", "anschrift", "نشانی"]),
    ("birth", Kind::BirthDate, ["date_naissance", "dob", "geburtsdatum", "تاریخ تولد"]),
    ("gender", Kind::Gender, ["sexe", "gender", "anrede", "جنسیت"]),
    ("iban", Kind::Iban, ["iban", "iban", "iban", "شبا"]),
    ("card", Kind::Card, ["carte", "card_number", "kartennummer", "شماره کارت"]),
    ("national", Kind::NationalId, ["nir", "nino", "steuer_id", "کد ملی"]),
    ("ip", Kind::Ip, ["adresse_ip", "last_ip", "ip", "آی‌پی"]),
    ("hash", Kind::Password, ["mot_de_passe", "password", "passwort", "گذرواژه"]),
    ("latitude", Kind::Coordinates, ["lat", "latitude", "breitengrad", "latitude"]),
    ("pair", Kind::Coordinates, ["geo", "coords", "geo", "latlng"]),
    ("text", Kind::FreeText, ["commentaire", "notes", "bemerkung", "توضیحات"]),
    ("url", Kind::Url, ["site_web", "website", "webseite", "url"]),
    ("created", Kind::Time, ["date_inscription", "created_at", "erstellt_am", "تاریخ ثبت"]),
    ("updated", Kind::Time, ["modifie_le", "last_login", "geaendert", "last_update"]),
    ("count", Kind::Quantity, ["nb_emails", "user_email_count", "anzahl_mails", "تعداد ایمیل"]),
    ("price", Kind::Quantity, ["montant", "price", "preis", "مبلغ"]),
    ("status", Kind::Category, ["statut", "status", "status", "وضعیت"]),
    ("weekday", Kind::Category, ["jour_livraison", "delivery_day", "wochentag", "روز"]),
    ("plan", Kind::Category, ["formule", "plan", "tarif", "نوع"]),
    ("token", Kind::Other, ["jeton", "session", "sitzung", "token"]),
];

pub(crate) fn table(lang: Lang, seed: u64) -> Table {
    let mut random = Random::new(seed);
    let rows = [150, 400, 1_000, 2_500][random.below(4)];
    let helpful = random.chance(0.6);
    let dirt = [0.0, 0.03, 0.08][random.below(3)];
    let mut chosen: Vec<usize> = (0..COLUMNS.len()).filter(|_| random.chance(0.55)).collect();
    for at in (1..chosen.len()).rev() {
        chosen.swap(at, random.below(at + 1));
    }
    let forms: Vec<usize> = chosen.iter().map(|_| random.below(12)).collect();
    let start = random.below(90_000) + 1;
    let cities: Vec<(String, Vec<String>)> = lang
        .words()
        .city
        .split_whitespace()
        .map(|city| {
            let codes = (0..=random.below(2)).map(|_| postcode(lang, &mut random)).collect();
            (city.replace('_', " "), codes)
        })
        .collect();
    let mut number = start;
    let mut all = Vec::new();
    for _ in 0..rows {
        number += 1 + random.below(3);
        let person = person(lang, &mut random, number, cities.len());
        let row = chosen.iter().zip(&forms).map(|(&column, &form)| {
            let value = value(lang, COLUMNS[column].0, form, &person, &cities, &mut random);
            dirty(value, dirt, &mut random)
        });
        all.push(row.collect());
    }
    let columns = chosen.iter().enumerate().map(|(at, &column)| {
        let (what, kind, names) = COLUMNS[column];
        let name = if helpful { lang.of(names).to_owned() } else { format!("c{}", at + 1) };
        Truth { name, kind, what }
    });
    Table { columns: columns.collect(), rows: all }
}

fn dirty(value: String, dirt: f64, random: &mut Random) -> Option<String> {
    if !random.chance(dirt) {
        return Some(value);
    }
    match random.below(7) {
        0 => None,
        1 => Some(String::new()),
        2 => Some(random.pick(&["NULL", "n/a", "-", "unknown"]).to_owned()),
        3 => Some(format!(" {value} ")),
        4 => Some(value.to_uppercase()),
        5 => Some("test".to_owned()),
        _ => Some(value.chars().rev().skip(1).collect::<Vec<_>>().into_iter().rev().collect()),
    }
}

fn person(lang: Lang, random: &mut Random, number: usize, cities: usize) -> Person {
    let words = lang.words();
    let female = random.chance(0.55);
    Person {
        given: random.skewed(if female { words.given_f } else { words.given_m }),
        family: random.skewed(words.family),
        female,
        city: random.below(cities).min(random.below(cities)),
        number,
    }
}

fn latin(text: &str) -> String {
    let plain: String = text
        .to_lowercase()
        .chars()
        .filter_map(|c| match c {
            'é' | 'è' | 'ë' | 'ê' => Some('e'),
            'à' | 'â' | 'ä' => Some('a'),
            'î' | 'ï' => Some('i'),
            'ô' | 'ö' => Some('o'),
            'ü' | 'û' => Some('u'),
            'ç' => Some('c'),
            'a'..='z' => Some(c),
            _ => None,
        })
        .collect();
    // Persian names are written in Latin letters by whoever makes an address: here, by invention.
    if plain.is_empty() {
        format!(
            "zqx{:x}",
            text.bytes().fold(7_u32, |sum, byte| sum.wrapping_mul(31) + u32::from(byte)) % 4_096
        )
    } else {
        plain
    }
}

fn postcode(lang: Lang, random: &mut Random) -> String {
    match lang {
        Lang::Fr => format!("{:02}{:03}", 1 + random.below(95), random.below(100) * 10),
        Lang::En => format!(
            "{}{} {}{}{}",
            random.pick(&["B", "LS", "M", "SW", "EH", "CF", "NE"]),
            1 + random.below(40),
            random.below(10),
            random.pick(&["A", "B", "D", "E"]),
            random.pick(&["F", "G", "H", "J"])
        ),
        Lang::De => format!("{:05}", 1_067 + random.below(98_000)),
        Lang::Fa => (0..10).map(|_| char::from(b'1' + random.below(9) as u8)).collect(),
    }
}

fn value(
    lang: Lang,
    what: &str,
    form: usize,
    who: &Person,
    cities: &[(String, Vec<String>)],
    random: &mut Random,
) -> String {
    let (city, codes) = &cities[who.city];
    match what {
        "id" => who.number.to_string(),
        "order" => [
            format!("CMD-{:07}", who.number * 7 % 1_000_003),
            format!("{}{:06}", 2_021 + random.below(3), who.number),
            format!("A{:08}", who.number),
        ][form % 3]
            .clone(),
        "uuid" => format!(
            "{:08x}-{:04x}-4{:03x}-a{:03x}-{:012x}",
            random.next() as u32,
            random.below(65_536),
            random.below(4_096),
            random.below(4_096),
            random.next() >> 16
        ),
        "email" => email(who, form, random),
        "phone" | "mobile" => phone(lang, what, form, random),
        "full" if form % 4 == 3 => format!("{}, {}", who.family, who.given),
        "full" if form % 4 == 2 => format!("{} {}", who.family, who.given),
        "full" => format!("{} {}", who.given, who.family),
        "given" if form.is_multiple_of(4) => who.given.to_lowercase(),
        "given" => who.given.clone(),
        "family" if form.is_multiple_of(3) => who.family.to_uppercase(),
        "family" => who.family.clone(),
        "user" => user(who, random),
        "street" => street(lang, random),
        "postcode" => codes[random.below(codes.len())].clone(),
        "city" if form.is_multiple_of(4) => city.to_uppercase(),
        "city" => city.clone(),
        "country" => country(lang, form, random),
        "address" => address(lang, city, &codes[0], random),
        "birth" => birth(lang, form, random),
        "gender" => gender(lang, form, who.female),
        "iban" => iban(lang, form, random),
        "card" => card(form, random),
        "national" => national(lang, who.female, random),
        "ip" => ip(random),
        "hash" => hash(form, random),
        "latitude" => format!("{}.{}", 30 + random.below(25), random.digits(4 + form % 4)),
        "pair" => format!(
            "{}.{},{}.{}",
            30 + random.below(25),
            random.digits(5),
            random.below(60),
            random.digits(5)
        ),
        "text" => text(lang, who, random),
        "url" => format!("https://example.org/{}/{}", latin(&who.family), random.below(9_999)),
        "created" | "updated" => instant(form, what == "updated", random),
        "count" => random.below(40).min(random.below(40)).to_string(),
        "price" => price(lang, form, random),
        "status" => random
            .pick(lang.of([
                &["actif", "résilié", "suspendu", "en attente"],
                &["active", "cancelled", "suspended", "pending"],
                &["aktiv", "gekündigt", "gesperrt", "offen"],
                &["فعال", "لغو شده", "معلق", "در انتظار"],
            ]))
            .to_owned(),
        "weekday" => random
            .pick(lang.of([
                &["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"],
                &["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"],
                &["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag"],
                &["شنبه", "یکشنبه", "دوشنبه", "سه‌شنبه", "چهارشنبه", "پنجشنبه"],
            ]))
            .to_owned(),
        "plan" => random
            .pick(lang.of([
                &["Découverte", "Intégral", "Week-end", "Solidaire", "Famille"],
                &["Weekend", "Complete", "Student saver", "Household", "Founders"],
                &["Komplett", "Wochenende", "Schnupper", "Familie", "Studierende"],
                &["کامل", "خانواده", "دانشجویی", "آخر هفته", "پایه"],
            ]))
            .to_owned(),
        _ => token(random),
    }
}

fn email(who: &Person, form: usize, random: &mut Random) -> String {
    let (given, family) = (latin(&who.given), latin(&who.family));
    let domain = random.pick(&[
        "example.org",
        "example.com",
        "mail.example.net",
        "example.fr",
        "post.example.de",
    ]);
    let initial = &given[..1];
    match (form + random.below(2)) % 4 {
        0 => format!("{given}.{family}@{domain}"),
        1 => format!("{initial}{family}{}@{domain}", random.below(100)),
        2 => format!("{given}{}@{domain}", random.below(2_000)),
        _ => format!("{family}_{given}@{domain}"),
    }
}

fn user(who: &Person, random: &mut Random) -> String {
    let (given, family) = (latin(&who.given), latin(&who.family));
    match random.below(5) {
        0 => format!("{given}{}", 1_950 + random.below(60)),
        1 => format!("{}_{family}", &given[..1]),
        2 => format!("{family}{}", random.below(100)),
        3 => format!("{given}.{}", &family[..family.len().min(4)]),
        _ => format!("{given}{}", &family[..1]),
    }
}

fn phone(lang: Lang, what: &str, form: usize, random: &mut Random) -> String {
    let mobile = what == "mobile";
    let d = random.digits(10);
    let national = match (lang, mobile) {
        (Lang::Fr, true) => format!("063998{}", &d[..4]),
        (Lang::Fr, false) => {
            format!("0{}{}", random.pick(&["14", "45", "23", "55", "32"]), &d[..7])
        }
        (Lang::En, true) => format!("07700900{}", &d[..3]),
        (Lang::En, false) => format!(
            "0{}{}",
            random.pick(&["1134960", "1144960", "1154960", "1214960", "2079460"]),
            &d[..3]
        ),
        (Lang::De, true) => format!("0171392{}", &d[..5]),
        (Lang::De, false) => format!("03023125{}", &d[..3]),
        (Lang::Fa, true) => format!("0912{}", &d[..7]),
        (Lang::Fa, false) => format!("021{}{}", 2 + random.below(7), &d[..7]),
    };
    let code = lang.of(["33", "44", "49", "98"]);
    match form % 4 {
        0 => national,
        1 => format!("+{code}{}", &national[1..]),
        2 => national
            .as_bytes()
            .chunks(2)
            .map(|pair| String::from_utf8_lossy(pair).into_owned())
            .collect::<Vec<_>>()
            .join(if random.chance(0.8) { " " } else { "." }),
        _ => format!("+{code} {} {}", &national[1..4], &national[4..]),
    }
}

fn street(lang: Lang, random: &mut Random) -> String {
    let name = random.skewed(lang.words().street);
    let number = 1 + random.below(180);
    match lang {
        Lang::Fr => format!(
            "{number}{} {} {name}",
            if random.chance(0.1) { " bis" } else { "" },
            random.pick(&["rue", "avenue", "allée", "chemin", "boulevard", "impasse"])
        ),
        Lang::En => format!(
            "{}{number} {name} {}",
            if random.chance(0.1) { "Flat 2, " } else { "" },
            random.pick(&["Road", "Street", "Lane", "Avenue", "Close", "Drive"])
        ),
        Lang::De => format!(
            "{name}{} {number}{}",
            random.pick(&["straße", "weg", "str.", "allee", "platz"]),
            if random.chance(0.1) { "a" } else { "" }
        ),
        Lang::Fa => format!(
            "{} {name}، {} {number}",
            random.pick(&["خیابان", "کوچه", "بلوار"]),
            random.pick(&["پلاک", "شماره"])
        ),
    }
}

fn address(lang: Lang, city: &str, code: &str, random: &mut Random) -> String {
    let street = street(lang, random);
    match lang {
        Lang::Fr | Lang::De => format!("{street}, {code} {city}"),
        Lang::En => format!("{street}, {city}, {code}"),
        Lang::Fa => format!("{city}، {street}، کد پستی {code}"),
    }
}

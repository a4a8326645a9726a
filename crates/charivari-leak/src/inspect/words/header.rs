//! What the name of a column says, in many languages.
//!
//! A name is a witness, never the judge: `email_count` is called after e-mail and counts it. So words
//! that turn the meaning (count, date, state, id) are looked for before the nouns.

use super::plain;
use crate::Kind;

/// Words that turn a name into a count, whatever else it says.
const COUNTS: &str = "count nb nbr nombre anzahl num number_of total sum somme cnt qty quantity quantite menge taux \
rate score points ratio percent pourcentage تعداد مجموع cantidad conteggio numero_di visits visites logins orders \
commandes";

/// Words that make it an instant.
const TIMES: &str = "at date datum time timestamp ts created updated modified registered inscription creation \
erstellt angelegt geandert zeit zeitpunkt last lastlogin fecha data تاریخ زمان ثبت joined since depuis seit \
expires expiry expiration debut fin start end subscribed_on on le created_on";

/// Words that make it one of few values.
const STATES: &str = "status statut state etat is has type typ category categorie kategorie plan abo formule tarif \
level niveau stufe verified optin opt flag active actif aktiv source canal channel kanal role groupe group gruppe \
langue language lang sprache locale weekday jour wochentag day month mois monat وضعیت نوع گروه روز زبان دسته";

/// Words that make it the number of a row.
const IDS: &str = "id ids uid uuid guid key pk ref reference kundennummer kundennr nummer nr no numero customer_no \
order_no bestellnummer commande client_no شناسه شماره_سفارش identifier code_client";

/// Words for kinds; those of five letters and more may also stand inside a longer word.
const NOUNS: [(Kind, &str); 21] = [
    (
        Kind::BirthDate,
        "birthdate birthday birth dob naissance datenaissance ddn geburtsdatum geburtstag geb gebdat nacimiento nascita تولد تاریختولد born bdate",
    ),
    (
        Kind::Email,
        "email mail e-mail courriel mel emailaddress correo ایمیل رایانامه پستالکترونیک epost",
    ),
    (
        Kind::Phone,
        "phone telephone tel telefon mobile mobil gsm cell cellphone portable handy fax fon rufnummer telefono telefonnummer تلفن موبایل همراه phonenumber msisdn",
    ),
    (
        Kind::GivenName,
        "firstname first_name prenom vorname given givenname fname forename nombre_pila primer_nombre prenoms نام rufname nombre",
    ),
    (
        Kind::FamilyName,
        "lastname last_name nom nomfamille surname familyname family nachname familienname lname apellido apellidos cognome نامخانوادگی فامیل nomusage",
    ),
    (
        Kind::FullName,
        "fullname full_name name nomcomplet vollername kontakt contact_name displayname display_name identite titulaire abonne kunde kundenname customer_name نامکامل نامونامخانوادگی nomprenom accountholder",
    ),
    (
        Kind::UserName,
        "username user_name login pseudo nickname nick handle benutzername benutzer identifiant usuario screenname نامکاربری userlogin",
    ),
    (
        Kind::Street,
        "street address1 addressline1 adresse1 rue strasse str voie addr1 address_1 streetaddress خیابان calle hausnummer numrue adr1",
    ),
    (
        Kind::PostalAddress,
        "address adresse anschrift fulladdress postaladdress adressecomplete direccion indirizzo آدرس نشانی addr lieferadresse wohnadresse mailing",
    ),
    (
        Kind::Postcode,
        "postcode postalcode codepostal cp zip zipcode plz postleitzahl codigopostal cap کدپستی postal",
    ),
    (
        Kind::City,
        "city ville town ort stadt wohnort localite commune ciudad citta شهر municipality",
    ),
    (Kind::Country, "country pays land staat pais paese countrycode کشور nation codepays"),
    (
        Kind::Gender,
        "gender sex sexe geschlecht civilite anrede salutation title_of genero sesso جنسیت",
    ),
    (Kind::Iban, "iban bankaccount kontonummer rib شبا accountiban"),
    (
        Kind::Card,
        "card cardnumber creditcard ccnumber carte cartebancaire kartennummer kreditkarte pan شمارهکارت کارت ccnum tarjeta",
    ),
    (
        Kind::NationalId,
        "ssn nir nationalid steuerid steuer nino dni nie codicefiscale socialsecurity securitesociale numsecu insee کدملی کدملي personalausweis idnr taxid nationalinsurance",
    ),
    (Kind::Ip, "ip ipaddress ipaddr remoteaddr adresseip ipadresse آیپی lastip"),
    (
        Kind::Password,
        "password passwd pass pwd motdepasse mdp passwort kennwort passwordhash userpass گذرواژه رمز contrasena",
    ),
    (
        Kind::Coordinates,
        "lat lng lon latitude longitude coordinates geo coords breitengrad geolocation latlng",
    ),
    (
        Kind::FreeText,
        "comment commentaire notes note remark message description bemerkung kommentar notiz notizen body text bio observations توضیحات پیام یادداشت remarks",
    ),
    (
        Kind::Quantity,
        "amount price prix montant preis betrag total solde balance kontostand مبلغ قیمت precio saldo umsatz revenue age cents",
    ),
];

/// Nouns that are neither here nor there for a person.
const URLS: &str = "url website homepage siteweb webseite web avatar photo link lien";

/// What the name of a column says it holds, with the word that says so. The first is the likeliest.
pub(crate) fn meaning(name: &str) -> Option<(Kind, String)> {
    let words = words(name);
    let joined = words.concat();
    let has = |list: &str| {
        words.iter().find(|word| list.split_ascii_whitespace().any(|known| known == *word)).cloned()
    };
    if joined.is_empty() {
        return None;
    }
    if let Some(word) = has(COUNTS).filter(|word| !(words.len() == 1 && word == "total")) {
        return Some((Kind::Quantity, word));
    }
    let noun = noun(&words, &joined);
    if let Some((Kind::BirthDate, word)) = &noun {
        return Some((Kind::BirthDate, word.clone()));
    }
    if let Some(word) = has(TIMES).filter(|_| !matches!(noun, Some((Kind::Ip, _)))) {
        // `last_name`, `nom_le` and the like keep their noun.
        if !matches!(
            noun,
            Some((Kind::GivenName | Kind::FamilyName | Kind::FullName | Kind::Quantity, _))
        ) {
            return Some((Kind::Time, word));
        }
    }
    if let Some(word) = has(STATES).filter(|_| words.len() > 1 || noun.is_none()) {
        return Some((Kind::Category, word));
    }
    if noun.is_none() {
        if let Some(word) = has(URLS) {
            return Some((Kind::Url, word));
        }
    }
    let last_is_id =
        words.last().is_some_and(|word| matches!(word.as_str(), "id" | "uuid" | "شناسه"));
    if last_is_id && !matches!(noun, Some((Kind::NationalId, _))) {
        return Some((Kind::RowId, "id".to_owned()));
    }
    noun.or_else(|| has(IDS).map(|word| (Kind::RowId, word)))
}

/// The noun with the longest word in the name.
fn noun(words: &[String], joined: &str) -> Option<(Kind, String)> {
    let mut best: Option<(usize, Kind, String)> = None;
    for (kind, list) in NOUNS {
        for known in list.split_ascii_whitespace() {
            let known = known.replace(['_', '-'], "");
            let alone = words.contains(&known) || joined == known;
            let inside = known.chars().count() >= 5 && joined.contains(&known);
            let length = known.chars().count() + if alone && is_narrow(kind) { 8 } else { 0 };
            if (alone || inside) && best.as_ref().is_none_or(|(longest, ..)| length > *longest) {
                best = Some((length, kind, known));
            }
        }
    }
    best.map(|(_, kind, word)| (kind, word))
}

/// Kinds whose words settle a name that also has a wider one: `adresse_email`, `login_ip`.
fn is_narrow(kind: Kind) -> bool {
    use Kind::{
        BirthDate, Card, City, Country, Email, Iban, Ip, NationalId, Password, Phone, Postcode,
    };
    matches!(
        kind,
        BirthDate
            | Card
            | City
            | Country
            | Email
            | Iban
            | Ip
            | NationalId
            | Password
            | Phone
            | Postcode
    )
}

/// The words of a name: cut at marks, at digits and where capitals begin.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut was_lower = false;
    for c in name.chars().take(120) {
        let is_part = c.is_alphanumeric() || c == '\u{200c}';
        if !is_part || (c.is_uppercase() && was_lower) {
            words.push(String::new());
        }
        was_lower = c.is_lowercase();
        if is_part && let Some(word) = words.last_mut() {
            word.push(c);
        }
    }
    words.iter().map(|word| plain(word)).filter(|word| !word.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_columns_say_kinds() {
        let cases = [
            ("email", Some(Kind::Email)),
            ("user_email_count", Some(Kind::Quantity)),
            ("nb_emails", Some(Kind::Quantity)),
            ("email_confirmed_at", Some(Kind::Time)),
            ("email_verified", Some(Kind::Category)),
            ("dateNaissance", Some(Kind::BirthDate)),
            ("geburtsdatum", Some(Kind::BirthDate)),
            ("created_at", Some(Kind::Time)),
            ("Prénom", Some(Kind::GivenName)),
            ("last_name", Some(Kind::FamilyName)),
            ("Vorname", Some(Kind::GivenName)),
            ("نام خانوادگی", Some(Kind::FamilyName)),
            ("نام", Some(Kind::GivenName)),
            ("codePostal", Some(Kind::Postcode)),
            ("PLZ", Some(Kind::Postcode)),
            ("weekday", Some(Kind::Category)),
            ("customer_id", Some(Kind::RowId)),
            ("id", Some(Kind::RowId)),
            ("ip_address", Some(Kind::Ip)),
            ("last_login_ip", Some(Kind::Ip)),
            ("price", Some(Kind::Quantity)),
            ("کد ملی", Some(Kind::NationalId)),
            ("c7", None),
            ("", None),
            ("phone_type", Some(Kind::Category)),
            ("telefonnummer", Some(Kind::Phone)),
        ];
        for (name, expected) in cases {
            assert_eq!(meaning(name).map(|(kind, _)| kind), expected, "{name}");
        }
    }
}

//! What kinds of data are called in a notice. What says nothing about a person has no word.

use crate::Kind;

pub(super) fn english(kind: Kind) -> Option<&'static str> {
    Some(match kind {
        Kind::Email => "e-mail address",
        Kind::Phone => "telephone number",
        Kind::FullName => "name",
        Kind::GivenName => "given name",
        Kind::FamilyName => "family name",
        Kind::UserName => "user name",
        Kind::Street => "street and house number",
        Kind::Postcode => "post code",
        Kind::City => "town",
        Kind::Country => "country",
        Kind::PostalAddress => "postal address",
        Kind::BirthDate => "date of birth",
        Kind::Gender => "gender",
        Kind::Iban => "bank account number",
        Kind::Card => "payment card number",
        Kind::NationalId => "identity number",
        Kind::Ip => "internet address",
        Kind::Password => "password, or its hash",
        Kind::Coordinates => "location",
        Kind::FreeText => "notes in free text",
        Kind::Time => "dates and times",
        Kind::RowId => "customer number",
        Kind::Category | Kind::Quantity => "details of the contract",
        Kind::Url | Kind::Other => return None,
    })
}

pub(super) fn french(kind: Kind) -> Option<&'static str> {
    Some(match kind {
        Kind::Email => "adresse électronique",
        Kind::Phone => "numéro de téléphone",
        Kind::FullName => "nom complet",
        Kind::GivenName => "prénom",
        Kind::FamilyName => "nom de famille",
        Kind::UserName => "identifiant",
        Kind::Street => "rue et numéro",
        Kind::Postcode => "code postal",
        Kind::City => "commune",
        Kind::Country => "pays",
        Kind::PostalAddress => "adresse postale",
        Kind::BirthDate => "date de naissance",
        Kind::Gender => "genre",
        Kind::Iban => "numéro de compte bancaire",
        Kind::Card => "numéro de carte de paiement",
        Kind::NationalId => "numéro d’identification national",
        Kind::Ip => "adresse IP",
        Kind::Password => "mot de passe, ou son empreinte",
        Kind::Coordinates => "localisation",
        Kind::FreeText => "notes en texte libre",
        Kind::Time => "dates et heures",
        Kind::RowId => "numéro de client",
        Kind::Category | Kind::Quantity => "détails du contrat",
        Kind::Url | Kind::Other => return None,
    })
}

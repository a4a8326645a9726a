//! The kinds of personal data that a column can hold.

use serde::{Deserialize, Serialize};

/// What kind of data a column holds, or what a value looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// An address for e-mail.
    Email,
    /// A telephone number.
    Phone,
    /// Given name and family name together, in any order.
    FullName,
    /// A given name.
    GivenName,
    /// A family name.
    FamilyName,
    /// A name that somebody chose: a login, a handle.
    UserName,
    /// House number and street.
    Street,
    /// A post code.
    Postcode,
    /// A city, town or village.
    City,
    /// A country, as a name or a code.
    Country,
    /// A whole postal address in one value.
    PostalAddress,
    /// A date of birth.
    BirthDate,
    /// Sex or gender.
    Gender,
    /// An international bank account number.
    Iban,
    /// The number of a payment card.
    Card,
    /// A number that a state gives a person, such as the French NIR.
    NationalId,
    /// An internet address, of version 4 or 6.
    Ip,
    /// A hash of a password, or a password.
    Password,
    /// Latitude, longitude, or both.
    Coordinates,
    /// Text written by or about people.
    FreeText,
    /// The address of a page.
    Url,
    /// A date or an instant that is no date of birth.
    Time,
    /// A number that identifies a row.
    RowId,
    /// An amount of money, a count or another quantity.
    Quantity,
    /// One of few values: a status, a weekday, a plan.
    Category,
    /// Nothing of these.
    Other,
}

impl Kind {
    /// All kinds, in the order of their declaration.
    pub const ALL: [Self; 26] = [
        Self::Email,
        Self::Phone,
        Self::FullName,
        Self::GivenName,
        Self::FamilyName,
        Self::UserName,
        Self::Street,
        Self::Postcode,
        Self::City,
        Self::Country,
        Self::PostalAddress,
        Self::BirthDate,
        Self::Gender,
        Self::Iban,
        Self::Card,
        Self::NationalId,
        Self::Ip,
        Self::Password,
        Self::Coordinates,
        Self::FreeText,
        Self::Url,
        Self::Time,
        Self::RowId,
        Self::Quantity,
        Self::Category,
        Self::Other,
    ];

    /// The word for it, as on the command line and in files: `birth-date`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Phone => "phone",
            Self::FullName => "full-name",
            Self::GivenName => "given-name",
            Self::FamilyName => "family-name",
            Self::UserName => "user-name",
            Self::Street => "street",
            Self::Postcode => "postcode",
            Self::City => "city",
            Self::Country => "country",
            Self::PostalAddress => "postal-address",
            Self::BirthDate => "birth-date",
            Self::Gender => "gender",
            Self::Iban => "iban",
            Self::Card => "card",
            Self::NationalId => "national-id",
            Self::Ip => "ip",
            Self::Password => "password",
            Self::Coordinates => "coordinates",
            Self::FreeText => "free-text",
            Self::Url => "url",
            Self::Time => "time",
            Self::RowId => "row-id",
            Self::Quantity => "quantity",
            Self::Category => "category",
            Self::Other => "other",
        }
    }

    /// The kind whose [`word`](Self::word) this is.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_leads_back_and_is_what_files_say() {
        for kind in Kind::ALL {
            assert_eq!(Kind::of_word(kind.word()), Some(kind));
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.word());
        }
    }
}

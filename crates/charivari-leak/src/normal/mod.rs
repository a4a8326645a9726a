//! Values made alike: is it the same address, number, name or street, written otherwise?
//!
//! Two forms, both kept by whoever compares. [`exact`] takes away only what never matters: white
//! space around, the form of Unicode, case where no system tells it apart. [`canonical`] also takes
//! away what people and providers treat as the same, so that two values with one canonical form
//! almost always mean one thing, and sometimes do not. Both forms are idempotent.
//!
//! Whatever compares across two machines needs the same rules on both: [`VERSION`] names them.

mod date;
mod email;
mod name;
mod phone;
mod place;
mod text;

use crate::Kind;

/// The version of these rules; it changes whenever a value could get another form.
pub const VERSION: &str = "normal-2";

/// The value without what never matters, or nothing where nothing is left.
pub fn exact(kind: Kind, value: &str) -> Option<String> {
    let value = text::tidy(value)?;
    Some(match kind {
        Kind::Email => email::exact(&value),
        Kind::Iban | Kind::Country | Kind::Postcode | Kind::Gender => text::upper(&value),
        Kind::GivenName
        | Kind::FamilyName
        | Kind::FullName
        | Kind::City
        | Kind::Street
        | Kind::PostalAddress => text::lower(&value),
        _ => value,
    })
}

/// The value as people mean it, or nothing where it is none of its kind.
///
/// `country` is where the value comes from, as two letters (`FR`): phone numbers without a country
/// need it, and dates like 03/04/1980 are read day first but for the United States.
pub fn canonical(kind: Kind, value: &str, country: Option<&str>) -> Option<String> {
    let value = text::tidy(value)?;
    match kind {
        Kind::Email => email::canonical(&value),
        Kind::Phone => phone::canonical(&value, country),
        Kind::FullName => name::full(&value),
        Kind::GivenName | Kind::FamilyName => name::part(&value),
        Kind::Street | Kind::PostalAddress => place::street(&value),
        Kind::City => place::city(&value),
        Kind::Postcode => place::postcode(&value),
        Kind::BirthDate => date::iso(&value, country),
        Kind::Iban | Kind::Card | Kind::NationalId => text::signs(&value),
        Kind::UserName | Kind::Country | Kind::Gender | Kind::Category => text::folded(&value),
        _ => exact(kind, &value),
    }
}

//! The tables of an invented magazine, under watch.

#![allow(dead_code, reason = "each test takes what it needs")]
#![allow(clippy::unwrap_used, reason = "helpers of tests are tests")]

use std::collections::BTreeSet;

use charivari_simulate::customers::{self, Customers, Leak, Settings};

use super::watch::Watched;

/// The strings of a table that stand nowhere else: tokens of addresses for mail, family names, and a
/// few whole telephone numbers and streets with their houses.
fn markers(customers: &Customers) -> Vec<String> {
    let mut markers = BTreeSet::new();
    for customer in &customers.all {
        let email = customer.email.to_lowercase();
        if let Some(place) = email.find("zqx") {
            markers.insert(email[place..place + 9].to_owned());
        }
        let family = customer.family.trim().to_owned();
        if family.len() >= 8 {
            markers.insert(family);
        }
        let digits: String = customer.phone.chars().filter(char::is_ascii_digit).collect();
        if digits.len() >= 9 {
            markers.insert(digits);
        }
    }
    markers.into_iter().collect()
}

fn drawn() -> (Customers, Leak) {
    let settings = Settings { sample: 40, decoys: 10, ..Settings::new(250, 11) };
    let customers = customers::generate(&settings);
    let leak = Leak::of(&customers);
    (customers, leak)
}

fn bytes(fill: impl FnOnce(&mut Vec<u8>) -> std::io::Result<()>) -> Vec<u8> {
    let mut out = Vec::new();
    fill(&mut out).unwrap();
    out
}

/// A watch over the tables of an invented magazine: `own.csv`, `own.sql`, `sample.csv`, `history.csv`.
pub(crate) fn watched() -> (Watched, [String; 4]) {
    let (customers, leak) = drawn();
    let watched = Watched::new(&markers(&customers));
    let files = [
        watched.input("own.csv", &bytes(|out| customers::write_customers(&customers, out))),
        watched.input("own.sql", &bytes(|out| customers::write_customers_sql(&customers, out))),
        watched.input("sample.csv", &bytes(|out| customers::write_sample(&leak, out))),
        watched.input("history.csv", &bytes(|out| customers::write_history(&customers, out))),
    ];
    (watched, files)
}

/// What the columns of the own records are.
pub(crate) const COLUMNS: &str = "email=email,family-name=family_name,given-name=given_name,phone=phone,street=street,\
                       postcode=postcode,city=city,country=country,birth-date=birth_date,gender=gender,\
                       free-text=delivery_note";

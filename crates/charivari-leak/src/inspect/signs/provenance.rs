//! The program whose export it looks like.
//!
//! # What it finds
//! Names of columns that an export of a well-known shop, newsletter or forum program has.
//!
//! # Why it matters
//! It says where in an organisation the table may come from: the shop, the mailing house, or a forum.
//!
//! # Innocent explanations
//! - Forgers know these names too.
//! - Other programs imitate them so that data can be moved.
//!
//! # Source
//! Documentation of the exports of the programs that are named.

use super::super::result::Unusual;
use super::{Context, Found, Sign};

pub(super) static SIGN: Sign = Sign {
    id: "provenance",
    title: "The program whose export it looks like",
    finds: "Names of columns that an export of a well-known shop, newsletter or forum program has.",
    matters: "It says where in an organisation the table may come from: the shop, the mailing house, or a forum.",
    innocent: &[
        "Forgers know these names too.",
        "Other programs imitate them so that data can be moved.",
    ],
    source: "Documentation of the exports of the programs that are named.",
    look,
};

/// A program and the names of columns that are its own.
const PROGRAMS: [(&str, &[&str]); 15] = [
    (
        "Shopify, export of customers",
        &[
            "first name",
            "last name",
            "email",
            "accepts email marketing",
            "default address company",
            "total spent",
            "total orders",
        ],
    ),
    (
        "WordPress, table of users",
        &[
            "user_login",
            "user_pass",
            "user_nicename",
            "user_email",
            "user_registered",
            "user_activation_key",
            "display_name",
        ],
    ),
    (
        "WooCommerce, meta of orders",
        &[
            "_billing_first_name",
            "_billing_last_name",
            "_billing_email",
            "_billing_phone",
            "_order_total",
        ],
    ),
    (
        "WooCommerce, look-up of customers",
        &[
            "customer_id",
            "user_id",
            "username",
            "date_last_active",
            "date_registered",
            "postcode",
            "state",
        ],
    ),
    (
        "PrestaShop, table of customers",
        &[
            "id_customer",
            "id_shop",
            "id_gender",
            "passwd",
            "secure_key",
            "newsletter_date_add",
            "ip_registration_newsletter",
        ],
    ),
    (
        "PrestaShop, table of addresses",
        &[
            "id_address",
            "id_country",
            "id_customer",
            "alias",
            "lastname",
            "firstname",
            "phone_mobile",
        ],
    ),
    (
        "Magento, table of customers",
        &[
            "entity_id",
            "website_id",
            "group_id",
            "increment_id",
            "password_hash",
            "rp_token",
            "default_billing",
        ],
    ),
    (
        "Mailchimp, export of an audience",
        &[
            "email address",
            "member_rating",
            "optin_time",
            "optin_ip",
            "confirm_time",
            "leid",
            "euid",
        ],
    ),
    (
        "Brevo, export of contacts",
        &["contact id", "email", "email_blacklist", "added_time", "modified_time"],
    ),
    (
        "Salesforce, export of contacts",
        &[
            "isdeleted",
            "masterrecordid",
            "accountid",
            "salutation",
            "mailingstreet",
            "ownerid",
            "systemmodstamp",
        ],
    ),
    (
        "HubSpot, export of contacts",
        &["record id", "lifecycle stage", "contact owner", "lead status", "create date"],
    ),
    (
        "Drupal, table of users",
        &["uid", "name", "pass", "mail", "signature_format", "login", "init"],
    ),
    (
        "phpBB, table of users",
        &[
            "user_id",
            "username_clean",
            "user_password",
            "user_email",
            "user_regdate",
            "user_lastvisit",
        ],
    ),
    (
        "vBulletin, table of users",
        &["userid", "usergroupid", "passworddate", "salt", "joindate", "lastactivity", "ipaddress"],
    ),
    (
        "Stripe, export of customers",
        &["id", "description", "email", "delinquent", "card last4", "card brand"],
    ),
];

fn look(context: &Context<'_>) -> Vec<Found> {
    if context.table.names_hidden {
        return Vec::new();
    }
    let names: Vec<String> =
        context.table.columns.iter().map(|column| column.name.trim().to_lowercase()).collect();
    let mut found = Vec::new();
    for (program, own) in PROGRAMS {
        let columns: Vec<usize> =
            (0..names.len()).filter(|&column| own.contains(&names[column].as_str())).collect();
        let share = columns.len() as f64 / own.len() as f64;
        if columns.len() >= 4 && share >= 0.6 {
            found.push(Found {
                measures: vec![
                    ("own columns that are there", columns.len() as f64, "columns"),
                    ("own columns that were looked for", own.len() as f64, "columns"),
                ],
                statement: format!(
                    "{} of {} columns are those of {program}",
                    columns.len(),
                    own.len()
                ),
                columns,
                usual: "tables of other origins have one or two of these names",
                unusual: Unusual::Common,
            });
        }
    }
    found
}

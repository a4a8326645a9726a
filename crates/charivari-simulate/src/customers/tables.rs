//! Writes the tables: the organisation's own, the leak, and the truth.

use std::io::{self, Write};

use super::{Customer, Customers, Leak, Settings};
use crate::clock::{DAY, iso};

/// The columns of the organisation's own table.
pub(super) const COLUMNS: [&str; 19] = [
    "id",
    "gender",
    "given_name",
    "family_name",
    "email",
    "phone",
    "street",
    "complement",
    "postcode",
    "city",
    "country",
    "birth_date",
    "plan",
    "status",
    "gift_from",
    "delivery_note",
    "created_at",
    "address_changed_at",
    "email_changed_at",
];

/// The row of a customer: as it is at the end, or as it was at an instant.
pub(super) fn row(customer: &Customer, instant: Option<i64>) -> Vec<String> {
    let at = instant.unwrap_or(i64::MAX);
    let address = customer.address_at(at);
    // The change before the instant that is the last one known then.
    let moved = (customer.former.iter().map(|(until, _)| *until)).take_while(|until| *until <= at);
    let changed = customer.email_changed.filter(|changed| *changed <= at);
    let date = |instant: i64| iso(instant) + "Z";
    vec![
        customer.id.to_string(),
        customer.gender.to_owned(),
        customer.given.clone(),
        customer.family.clone(),
        customer.email_at(at).to_owned(),
        customer.phone.clone(),
        address.street.clone(),
        address.complement.clone(),
        address.postcode.clone(),
        address.city.clone(),
        address.country.to_owned(),
        customer.birth.map(|day| iso(day * DAY)[..10].to_owned()).unwrap_or_default(),
        customer.plan.to_owned(),
        customer.status.to_owned(),
        customer.gift_from.map(|id| id.to_string()).unwrap_or_default(),
        customer.note.to_owned(),
        date(customer.created),
        moved.last().map(date).unwrap_or_default(),
        changed.map(date).unwrap_or_default(),
    ]
}

fn csv_table<'a>(
    out: impl Write,
    head: &[&str],
    rows: impl Iterator<Item = Vec<String>> + 'a,
) -> io::Result<()> {
    let mut table = csv::Writer::from_writer(out);
    table.write_record(head)?;
    for row in rows {
        table.write_record(&row)?;
    }
    table.flush()
}

/// Writes the organisation's own table at the end, as CSV.
///
/// # Errors
/// `out` cannot be written to.
pub fn write_customers(customers: &Customers, out: impl Write) -> io::Result<()> {
    csv_table(out, &COLUMNS, customers.rows().map(|customer| row(customer, None)))
}

/// Writes the organisation's own table at the end, as a dump of `MySQL`.
///
/// # Errors
/// `out` cannot be written to.
pub fn write_customers_sql(customers: &Customers, out: impl Write) -> io::Result<()> {
    sql(out, "customers", &COLUMNS, customers.rows().map(|customer| row(customer, None)))
}

/// Writes what the organisation knows of changes: the customer's address for mail as it is today, the
/// column, the value before and after, when, and the customer's id.
///
/// # Errors
/// `out` cannot be written to.
pub fn write_history(customers: &Customers, out: impl Write) -> io::Result<()> {
    let mut table = csv::Writer::from_writer(out);
    table.write_record(["key", "field", "old", "new", "changed_at", "customer_id"])?;
    for customer in customers.rows() {
        let (id, key) = (customer.id.to_string(), &customer.email);
        for (place, (changed, before)) in customer.former.iter().enumerate() {
            let after = customer.former.get(place + 1).map_or(&customer.address, |(_, next)| next);
            let changed = iso(*changed) + "Z";
            for (field, old, new) in [
                ("street", &before.street[..], &after.street[..]),
                ("complement", &before.complement, &after.complement),
                ("postcode", &before.postcode, &after.postcode),
                ("city", &before.city, &after.city),
                ("country", before.country, after.country),
            ] {
                if old != new {
                    table.write_record([key, field, old, new, &changed, &id])?;
                }
            }
        }
        if let Some((changed, before)) = &customer.former_email {
            let changed = iso(*changed) + "Z";
            table.write_record([key, "email", before, key, &changed, &id])?;
        }
    }
    table.flush()
}

/// Writes the whole copy that was taken, as CSV.
///
/// # Errors
/// `out` cannot be written to.
pub fn write_dump(settings: &Settings, leak: &Leak, out: impl Write) -> io::Result<()> {
    let rows = leak.dump.iter().map(|row| settings.processor.row(row, settings.snapshot));
    csv_table(out, settings.processor.columns(), rows)
}

/// Writes the whole copy that was taken, as a dump of `MySQL`.
///
/// # Errors
/// `out` cannot be written to.
pub fn write_dump_sql(settings: &Settings, leak: &Leak, out: impl Write) -> io::Result<()> {
    let rows = leak.dump.iter().map(|row| settings.processor.row(row, settings.snapshot));
    sql(out, "abonnes", settings.processor.columns(), rows)
}

/// Writes the seller's sample, as CSV.
///
/// # Errors
/// `out` cannot be written to.
pub fn write_sample(leak: &Leak, out: impl Write) -> io::Result<()> {
    csv_table(out, &leak.columns, leak.sample.iter().map(|row| row.cells.clone()))
}

/// Writes invented people who are in no copy, in the columns of the sample.
///
/// # Errors
/// `out` cannot be written to.
pub fn write_decoys(leak: &Leak, out: impl Write) -> io::Result<()> {
    csv_table(out, &leak.columns, leak.decoys.iter().cloned())
}

/// Writes the invented people whom one processor alone was given.
///
/// # Errors
/// `out` cannot be written to.
pub fn write_canaries(leak: &Leak, out: impl Write) -> io::Result<()> {
    let mut head = vec!["copy", "key"];
    head.extend(COLUMNS);
    let rows = leak.canaries.iter().map(|(processor, canary)| {
        let mut cells = vec![processor.name().to_owned(), canary.email.clone()];
        cells.extend(row(canary, None));
        cells
    });
    csv_table(out, &head, rows)
}

/// Writes what is true of the copy, as JSON: when and from whom it was taken, how large it is.
///
/// # Errors
/// `out` cannot be written to.
pub fn write_truth_dump(customers: &Customers, leak: &Leak, mut out: impl Write) -> io::Result<()> {
    let settings = &customers.settings;
    let truth = serde_json::json!({
        "synthetic": true,
        "settings": settings,
        "snapshot_at": iso(settings.snapshot) + "Z",
        "processor": settings.processor.name(),
        "dump_rows": leak.dump.len(),
        "dump_canaries": leak.canaries.iter().filter(|(of, _)| *of == settings.processor).count(),
        "sample_rows": leak.sample.len(),
        "sample_chosen": settings.chosen.name(),
        "sample_edited": leak.sample.iter().filter(|row| !row.edit.is_empty()).count(),
        "sample_canaries": leak.sample.iter().filter(|row| row.is_canary).count(),
        "customers_at_the_end": customers.rows().count(),
        "erased_in_all": customers.all.len() - customers.rows().count(),
    });
    serde_json::to_writer_pretty(&mut out, &truth)?;
    out.write_all(b"\n")
}

/// Writes for each row of the sample whose it is, whether it is still a customer, and what the seller
/// changed.
///
/// # Errors
/// `out` cannot be written to.
pub fn write_truth_sample(customers: &Customers, leak: &Leak, out: impl Write) -> io::Result<()> {
    let head = ["sample_row", "dump_row", "id", "is_canary", "is_customer_now", "edit"];
    let is_now = |id: u64| {
        let found = customers.all.binary_search_by_key(&id, |customer| customer.id);
        found.is_ok_and(|place| customers.all[place].erased.is_none())
    };
    let rows = leak.sample.iter().zip(1..).map(|(row, number): (_, usize)| {
        vec![
            number.to_string(),
            row.dump_row.to_string(),
            row.id.to_string(),
            row.is_canary.to_string(),
            is_now(row.id).to_string(),
            row.edit.to_owned(),
        ]
    });
    csv_table(out, &head, rows)
}

/// Rows of one statement.
const A_STATEMENT: usize = 500;

/// Writes a table as `mysqldump` does: its definition, then statements of many rows.
fn sql(
    mut out: impl Write,
    name: &str,
    columns: &[&str],
    rows: impl Iterator<Item = Vec<String>>,
) -> io::Result<()> {
    let mut text = format!(
        "-- MySQL dump 10.13\n-- Synthetic: nobody in this table exists.\n\
         /*!40101 SET NAMES utf8mb4 */;\nDROP TABLE IF EXISTS `{name}`;\nCREATE TABLE `{name}` (\n"
    );
    for (place, column) in columns.iter().enumerate() {
        let kind = if is_number(column) { "bigint unsigned" } else { "varchar(255)" };
        let end = if place + 1 == columns.len() { "\n" } else { ",\n" };
        for part in ["  `", column, "` ", kind, " DEFAULT NULL", end] {
            text.push_str(part);
        }
    }
    text.push_str(") ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;\n");
    let numbers: Vec<bool> = columns.iter().map(|column| is_number(column)).collect();
    let mut open = 0;
    for row in rows {
        if open == 0 {
            for part in ["INSERT INTO `", name, "` VALUES ("] {
                text.push_str(part);
            }
        } else {
            text.push_str(",(");
        }
        for (place, (cell, number)) in row.iter().zip(&numbers).enumerate() {
            if place > 0 {
                text.push(',');
            }
            literal(&mut text, cell, *number);
        }
        text.push(')');
        open += 1;
        if open == A_STATEMENT {
            text.push_str(";\n");
            open = 0;
            out.write_all(text.as_bytes())?;
            text.clear();
        }
    }
    text.push_str(if open > 0 { ";\n-- Dump completed\n" } else { "-- Dump completed\n" });
    out.write_all(text.as_bytes())
}

fn is_number(column: &str) -> bool {
    matches!(column, "id" | "gift_from" | "abo_no" | "subscriber_id")
}

/// A value as `MySQL` writes it; what is empty is `NULL`.
fn literal(text: &mut String, cell: &str, is_number: bool) {
    if cell.is_empty() {
        text.push_str("NULL");
    } else if is_number {
        text.push_str(cell);
    } else {
        text.push('\'');
        for sign in cell.chars() {
            match sign {
                '\'' => text.push_str("\\'"),
                '\\' => text.push_str("\\\\"),
                '\n' => text.push_str("\\n"),
                _ => text.push(sign),
            }
        }
        text.push('\'');
    }
}

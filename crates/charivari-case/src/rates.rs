//! The analyst's table of rates: what one unit was worth in another, day by day.

use std::io::Read;

use charivari_model::When;
use charivari_model::case::Rate;

use crate::{Error, Result, units};

/// The columns of the table.
const COLUMNS: [&str; 5] = ["day", "unit", "price_unit", "price", "source"];

/// A table of rates as far as it can be used.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rates {
    /// The rates.
    pub rates: Vec<Rate>,
    /// The rows that cannot be used.
    pub set_aside: Vec<RateAside>,
}

/// A row of a table of rates that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RateAside {
    /// The row; the header is row 1.
    pub row: u64,
    /// The stable code.
    pub code: &'static str,
    /// What was expected and what was met.
    pub reason: String,
}

/// Reads a table of rates: CSV with the columns day, unit, `price_unit`, price and source.
///
/// # Errors
/// `E0623` where a column is missing. Rows that cannot be used are set aside with the reason.
pub fn read_rates(input: impl Read) -> Result<Rates> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(input);
    let header = reader.headers().cloned().unwrap_or_default();
    let mut places = [0; 5];
    for (place, column) in places.iter_mut().zip(COLUMNS) {
        let found = header.iter().position(|name| {
            name.trim_start_matches('\u{feff}').trim().eq_ignore_ascii_case(column)
        });
        *place = found.ok_or(Error::NoRateColumn { column })?;
    }
    let mut table = Rates::default();
    for (at, record) in reader.records().enumerate() {
        let read = record.map_err(|error| error.to_string()).and_then(|record| {
            rate(&places.map(|place| record.get(place).unwrap_or_default().trim()))
        });
        match read {
            Ok(rate) => table.rates.push(rate),
            Err(reason) => {
                let row = at as u64 + 2;
                table.set_aside.push(RateAside { row, code: "E0660", reason });
            }
        }
    }
    Ok(table)
}

/// One rate from its fields.
fn rate(fields: &[&str; 5]) -> Result<Rate, String> {
    let [day, unit, price_unit, price, source] = *fields;
    if day.len() != 10 || When::parse(day).is_err() {
        return Err(format!("expected a day such as 2023-01-04, but met {day:?}"));
    }
    for (name, unit) in [("unit", unit), ("price_unit", price_unit)] {
        if unit.is_empty() {
            return Err(format!("expected a {name} such as BTC or USD, but met nothing"));
        }
    }
    let price = price.parse::<f64>().ok().filter(|price| price.is_finite() && *price > 0.0);
    let price = price.ok_or_else(|| {
        format!("expected a price above 0 with a point, such as 16840.5, but met {:?}", fields[3])
    })?;
    Ok(Rate {
        day: day.to_owned(),
        unit: units::normal(unit),
        price_unit: units::normal(price_unit),
        price,
        source: source.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_that_cannot_be_used_are_set_aside_with_the_reason() {
        let table = "\u{feff}Day,unit,price_unit,price,source\n\
                     2023-01-04,bitcoin,$,16840,example exchange\n\
                     4 January,BTC,USD,16840,x\n\
                     2023-01-05,BTC,USD,-1,x\n\
                     2023-01-06,,USD,1,x\n\
                     2023-01-07\n";
        let table = read_rates(table.as_bytes()).unwrap();
        assert_eq!(table.rates.len(), 1);
        assert_eq!((&*table.rates[0].unit, &*table.rates[0].price_unit), ("BTC", "USD"));
        let rows: Vec<u64> = table.set_aside.iter().map(|aside| aside.row).collect();
        assert_eq!(rows, [3, 4, 5, 6], "{:?}", table.set_aside);
        assert_eq!(read_rates("a,b\n".as_bytes()).unwrap_err().code(), "E0623");
        assert_eq!(read_rates("".as_bytes()).unwrap_err().code(), "E0623");
    }
}

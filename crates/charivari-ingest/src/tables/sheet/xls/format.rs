//! Which numbers are dates.

use std::collections::BTreeSet;

use calamine::{ExcelDateTime, ExcelDateTimeType};

use crate::tables::sheet::rows::Value;
use crate::tables::sheet::xlsx::iso;

/// The formats of a workbook.
#[derive(Default)]
pub(super) struct Formats {
    /// Whether days are counted from 1904.
    pub(super) is_1904: bool,
    /// The numbers of patterns of the workbook's own that show dates.
    dates: BTreeSet<u16>,
    /// The numbers of its own patterns.
    own: BTreeSet<u16>,
    /// The pattern of each format of cells.
    cells: Vec<u16>,
}

impl Formats {
    /// A pattern of the workbook's own.
    pub(super) fn pattern(&mut self, number: u16, pattern: &str) {
        self.own.insert(number);
        if shows_date(pattern) {
            self.dates.insert(number);
        }
    }

    /// The next format of cells, which has this pattern.
    pub(super) fn cell(&mut self, pattern: u16) {
        self.cells.push(pattern);
    }

    /// A number as its cell shows it: a date as ISO 8601 writes it, or the number.
    pub(super) fn value(&self, number: f64, cell: u16) -> Value {
        let pattern = self.cells.get(usize::from(cell)).copied().unwrap_or_default();
        let is_date = if self.own.contains(&pattern) {
            self.dates.contains(&pattern)
        } else {
            // Those that every Excel has (ECMA-376-1 18.8.30).
            matches!(pattern, 14..=22 | 27..=36 | 45..=47 | 50..=58)
        };
        // Dates end with the year 9999.
        if is_date && (0.0..2_958_466.0).contains(&number) {
            let kind = ExcelDateTimeType::DateTime;
            return Value::Text(iso(&ExcelDateTime::new(number, kind, self.is_1904)));
        }
        Value::Number(number.to_string())
    }
}

/// Whether a pattern has letters for parts of a date outside quotes, escapes and conditions.
fn shows_date(pattern: &str) -> bool {
    let mut chars = pattern.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => {
                chars.by_ref().find(|&c| c == '"');
            }
            '[' => {
                let inner: String = chars.by_ref().take_while(|&c| c != ']').collect();
                if !inner.is_empty() && inner.chars().all(|c| "hmsHMS".contains(c)) {
                    return true;
                }
            }
            '\\' | '_' | '*' => {
                chars.next();
            }
            ';' => return false,
            'd' | 'D' | 'm' | 'M' | 'y' | 'Y' | 'h' | 'H' | 's' | 'S' => return true,
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_of_dates_are_told_from_those_of_numbers() {
        for (pattern, expected) in [
            ("yyyy\\-mm\\-dd", true),
            ("DD/MM/YYYY", true),
            ("[h]:mm", true),
            ("[$-40C]d mmm", true),
            ("0.00", false),
            ("#,##0\\ \"days\"", false),
            ("[Red]0.00", false),
            ("0.00E+00", false),
            ("@", false),
        ] {
            assert_eq!(shows_date(pattern), expected, "{pattern}");
        }
    }

    #[test]
    fn dates_are_written_as_iso_does() {
        let mut formats = Formats::default();
        formats.cell(0);
        formats.cell(14);
        assert_eq!(formats.value(29_222.0, 1), Value::Text("1980-01-02".to_owned()));
        assert_eq!(formats.value(29_222.0, 0), Value::Number("29222".to_owned()));
        assert_eq!(formats.value(-1.0, 1), Value::Number("-1".to_owned()));
    }
}

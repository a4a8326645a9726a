//! Reading the peers' tables and comparing ours with them by column name.
// Each test program uses a part of this module.
#![allow(dead_code, clippy::unwrap_used, clippy::print_stderr)]

use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};

/// A table as text: header and rows.
#[derive(Debug, Clone)]
pub(crate) struct Table {
    pub(crate) header: Vec<String>,
    pub(crate) rows: Vec<Vec<String>>,
}

impl Table {
    pub(crate) fn read(path: &Path) -> Self {
        let bytes =
            std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        Self::parse(&bytes)
    }

    pub(crate) fn read_xz(path: &Path) -> Self {
        let file = std::io::BufReader::new(std::fs::File::open(path).unwrap());
        let mut bytes = Vec::new();
        // A file of the project's own data folder, of known size.
        #[allow(clippy::disallowed_methods)]
        lzma_rust2::XzReader::new(file, true).read_to_end(&mut bytes).unwrap();
        Self::parse(&bytes)
    }

    pub(crate) fn parse(bytes: &[u8]) -> Self {
        let mut reader = csv::Reader::from_reader(bytes);
        let header = reader.headers().unwrap().iter().map(str::to_owned).collect();
        let rows = reader
            .records()
            .map(|record| record.unwrap().iter().map(str::to_owned).collect())
            .collect();
        Self { header, rows }
    }

    pub(crate) fn ours<'a, H: AsRef<str>, F: AsRef<str> + 'a>(
        header: &[H],
        records: impl Iterator<Item = Vec<F>> + 'a,
    ) -> Self {
        Self {
            header: header.iter().map(|name| name.as_ref().to_owned()).collect(),
            rows: records
                .map(|record| record.iter().map(|field| field.as_ref().to_owned()).collect())
                .collect(),
        }
    }

    pub(crate) fn place(&self, name: &str) -> usize {
        let place = self.header.iter().position(|column| column == name);
        place.unwrap_or_else(|| panic!("no column {name} in {:?}", self.header))
    }

    pub(crate) fn column(&self, name: &str) -> Vec<&str> {
        let place = self.place(name);
        self.rows.iter().map(|row| row[place].as_str()).collect()
    }

    /// The table with the named columns, in this order.
    pub(crate) fn select(&self, names: &[&str]) -> Self {
        let places: Vec<usize> = names.iter().map(|name| self.place(name)).collect();
        let pick = |row: &Vec<String>| places.iter().map(|&place| row[place].clone()).collect();
        Self {
            header: names.iter().map(|&name| name.to_owned()).collect(),
            rows: self.rows.iter().map(pick).collect(),
        }
    }

    /// The table with every number that has a fraction rounded to 13 significant digits: R's
    /// `fwrite` is off by one in the 15th now and then, its `write.csv` is not, nor are we.
    pub(crate) fn rounded(mut self) -> Self {
        for field in self.rows.iter_mut().flatten().filter(|field| field.contains('.')) {
            if let Ok(number) = field.parse::<f64>() {
                *field = format!("{number:.12e}");
            }
        }
        self
    }

    /// Pairs at the same time have no older post: their two sides are put in order.
    pub(crate) fn without_direction_of_ties(mut self) -> Self {
        let delta = self.place("time_delta");
        let sides = [
            (self.place("account_id"), self.place("account_id_y")),
            (self.place("content_id"), self.place("content_id_y")),
        ];
        for row in &mut self.rows {
            let side = |row: &[String], newer: bool| {
                sides.map(|(x, y)| row[if newer { y } else { x }].clone())
            };
            if row[delta] == "0" && side(row, true) < side(row, false) {
                for (x, y) in sides {
                    row.swap(x, y);
                }
            }
        }
        self
    }
}

/// Compares two tables by column name, rows in any order; says how many differ and shows some.
pub(crate) fn assert_same_rows(case: &str, ours: &Table, peer: &Table) {
    let names: Vec<&str> = peer.header.iter().map(String::as_str).collect();
    let mut balance: BTreeMap<Vec<String>, i64> = BTreeMap::new();
    for row in ours.select(&names).rows {
        *balance.entry(row).or_default() += 1;
    }
    for row in &peer.rows {
        *balance.entry(row.clone()).or_default() -= 1;
    }
    balance.retain(|_, count| *count != 0);
    let shown: Vec<_> = balance.iter().take(8).collect();
    assert!(
        balance.is_empty(),
        "{case}: {} rows differ (+ ours, - peer): {shown:#?}",
        balance.len()
    );
    assert_eq!(ours.header.len(), peer.header.len(), "{case}: columns");
}

/// Compares two tables by column name, rows in the same order.
pub(crate) fn assert_same_table(case: &str, ours: &Table, peer: &Table) {
    assert_same_rows(case, ours, peer);
    let names: Vec<&str> = peer.header.iter().map(String::as_str).collect();
    for (place, (one, other)) in ours.select(&names).rows.iter().zip(&peer.rows).enumerate() {
        assert_eq!(one, other, "{case}: row {place} stands elsewhere");
    }
}

/// A file of the peers' outputs beside the project; none, said aloud, where they are absent.
pub(crate) fn shared(name: &str) -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/coordination");
    let path = folder.join(name);
    if path.exists() {
        return Some(path);
    }
    eprintln!("passed over: ../shared/data/coordination/{name} is not there");
    None
}

/// A file of this crate's own fixtures.
pub(crate) fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/compat").join(name)
}

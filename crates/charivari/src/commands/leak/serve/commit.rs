//! `charivari leak serve commit`: the table becomes a set of tokens with a root.

use std::path::Path;

use charivari_ingest::tables::{self, TableOptions};
use charivari_leak::normal;
use charivari_leak::oprf::{Mode, SecretKey};
use charivari_leak::protocol::{
    Canaries, Canary, Commitment, Digest, TableBuilder, Terms, TokenSet,
};
use charivari_model::{Cell, RowSink, TableHead};

use super::{files, ledger, link, rows};
use crate::cli::leak::ServeCommit;
use crate::commands::reading;
use crate::failure::{Failure, Result};
use crate::{clock, term};

pub(super) fn run(args: &ServeCommit) -> Result<()> {
    let terms = terms(args)?;
    terms.check()?;
    let canaries = args.canaries.as_deref().map(|path| read_canaries(path, &terms)).transpose()?;
    let folder = ledger::Folder::make(&args.ledger)?;
    let seed = files::random::<32>()?;
    let key = SecretKey::derive(Mode::Poprf, &seed, b"charivari leak")
        .map_err(|error| Failure::fault(error.to_string()))?;
    let mut table = TableBuilder::new(&terms, &key, *files::random::<32>()?)?;
    let mut push = |key: Option<&str>, columns: &[Option<&str>]| table.push(key, columns);
    let files_seen = rows::read(&args.own, &terms, &args.columns, &mut push)?;
    rows::warn(&files_seen, "own records");
    let set = table.finish()?;
    let identity = link::Identity::generate()?;
    let certificate = identity.fingerprint();
    let mut commitment = Commitment::new(&terms, &key.public(), &set, certificate, clock::now()?);
    commitment.canaries = canaries.as_ref().map(Canaries::digest);
    folder.write_set(&set)?;
    folder.write_keys(&seed, &identity)?;
    if let Some(canaries) = &canaries {
        files::write_secret_json(&folder.canaries(), canaries)?;
    }
    // The commitment comes last: where it is, everything else is.
    files::write_json(&folder.commitment(), &commitment)?;
    tell(&commitment, &set, &folder)
}

fn terms(args: &ServeCommit) -> Result<Terms> {
    let columns = args.compare.iter().map(|text| rows::column(text));
    let key = rows::column(&args.key)?;
    // The key named among the compared columns is its form as written, whatever was said.
    let mut columns = columns.collect::<Result<Vec<_>>>()?;
    for column in &mut columns {
        column.exact |= column.name == key.name;
    }
    Ok(Terms {
        case: args.case_id.clone(),
        key,
        columns,
        normaliser: normal::VERSION.to_owned(),
        country: args.country.clone(),
        expires: files::instant(&args.expires)?,
    })
}

fn tell(commitment: &Commitment, set: &TokenSet, folder: &ledger::Folder) -> Result<()> {
    let counts = set.counts();
    term::line(&format!(
        "committed to {} entries from {} records: {} without a key, {} with a key that is too long, \
         {} with the key of an earlier one; {} values too long",
        set.len(),
        counts.rows,
        counts.without_key,
        counts.too_long,
        counts.duplicates,
        counts.values_too_long,
    ))?;
    for (column, filled) in commitment.terms.columns.iter().zip(&counts.filled) {
        term::line(&format!("{}: {filled} entries have a value", column.name))?;
    }
    term::line(&format!("root {}", commitment.root))?;
    term::line(&format!("digest of the commitment {}", commitment.digest()))?;
    term::line(&format!(
        "give {} to those who want to ask; everything else in that folder is secret",
        folder.commitment().display()
    ))
}

/// A list of canaries, its keys normalised as those of the table.
fn read_canaries(path: &Path, terms: &Terms) -> Result<Canaries> {
    let mut sink = CanarySink { terms, places: None, canaries: Vec::new() };
    let inputs = reading::inputs(&[path.to_owned()]);
    tables::read(&inputs, &TableOptions::default(), &(), &mut sink)?;
    if sink.canaries.is_empty() {
        return Err(Failure::input(format!(
            "E0767: a column \"copy\" and one \"key\" with values are expected in {}, none was met",
            path.display()
        )));
    }
    sink.canaries.sort_by(|a, b| (&a.key, &a.copy).cmp(&(&b.key, &b.copy)));
    sink.canaries.dedup();
    Ok(Canaries::new(Digest(*files::random::<32>()?), sink.canaries))
}

struct CanarySink<'t> {
    terms: &'t Terms,
    places: Option<(usize, usize)>,
    canaries: Vec<Canary>,
}

impl RowSink for CanarySink<'_> {
    fn table(&mut self, head: &TableHead) {
        let place =
            |name: &str| head.columns.iter().position(|met| met.name.eq_ignore_ascii_case(name));
        self.places = place("copy").zip(place("key"));
    }

    fn row(&mut self, _: u64, cells: &[Cell<'_>]) {
        let Some((copy, key)) = self.places else { return };
        let text = |place: usize| cells.get(place).and_then(|cell| cell.text()).map(str::trim);
        let Some((copy, key)) = text(copy).zip(text(key)) else { return };
        if let Some(key) = rows::normalised(&self.terms.key, key, self.terms.country.as_deref()) {
            self.canaries.push(Canary { key, copy: copy.to_owned() });
        }
    }
}

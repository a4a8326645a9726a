//! Reads the owner's tables, as often as needed and always the same.

use charivari_ingest::Input;
use charivari_ingest::tables::{self, TableOptions, TablesReport};
use charivari_leak::Kind;
use charivari_leak::expose::{Chooser, Columns};
use charivari_leak::inspect::{Inspection, Inspector, Settings};
use charivari_model::{RowSink, TableHead};

use crate::cli::leak::Expose;
use crate::commands::reading;
use crate::failure::{Failure, Result};
use crate::progress::Bar;

/// How columns are told apart: by the owner, or by what they hold.
#[derive(Debug)]
enum Choice {
    Named(Vec<(Kind, String)>),
    Found(Inspection),
}

/// The owner's tables.
pub(super) struct Own {
    inputs: Vec<Input>,
    options: TableOptions,
    choice: std::rc::Rc<Choice>,
    /// What was read, once it was.
    pub(super) reports: Vec<TablesReport>,
}

impl Own {
    /// Finds out which column holds what, where the owner does not say so.
    pub(super) fn open(args: &Expose) -> Result<Self> {
        let inputs = reading::inputs(&args.own);
        let options = TableOptions { tables: args.tables.clone(), ..TableOptions::default() };
        let named: std::result::Result<Vec<_>, _> =
            args.columns.iter().map(|text| Columns::read(text)).collect();
        let choice = if args.columns.is_empty() {
            let country = Some(args.home.clone());
            let mut inspector = Inspector::new(Settings { country, ..Settings::default() });
            pass(&inputs, &options, &mut inspector)?;
            Choice::Found(inspector.finish())
        } else {
            Choice::Named(named?)
        };
        Ok(Self { inputs, options, choice: std::rc::Rc::new(choice), reports: Vec::new() })
    }

    /// Says which columns of a table matter.
    pub(super) fn chooser(&self) -> Chooser<'static> {
        let choice = std::rc::Rc::clone(&self.choice);
        Box::new(move |head| choose(&choice, head))
    }

    /// Reads all tables for the first time.
    pub(super) fn read(mut self, sink: &mut dyn RowSink) -> Result<Self> {
        self.reports = pass(&self.inputs, &self.options, sink)?;
        Ok(self)
    }

    /// Reads all tables again; they must be what they were.
    pub(super) fn again(&self, sink: &mut dyn RowSink) -> Result<()> {
        let now = pass(&self.inputs, &self.options, sink)?;
        let digests = |reports: &[TablesReport]| -> Vec<String> {
            reports.iter().map(|report| report.file.sha256.clone()).collect()
        };
        if digests(&now) != digests(&self.reports) {
            return Err(Failure::input("the table changed while it was read"));
        }
        Ok(())
    }

    /// The names of the inputs, for messages.
    pub(super) fn names(&self) -> String {
        self.inputs.iter().map(Input::name).collect::<Vec<_>>().join(", ")
    }

    /// Rows that could not be read.
    pub(super) fn set_aside(&self) -> u64 {
        self.reports.iter().flat_map(|report| report.set_aside.values()).sum()
    }

    /// Whether the columns were found by what they hold, and not named by the owner.
    pub(super) fn found_out(&self) -> bool {
        matches!(*self.choice, Choice::Found(_))
    }
}

fn pass(
    inputs: &[Input],
    options: &TableOptions,
    sink: &mut dyn RowSink,
) -> Result<Vec<TablesReport>> {
    let bar = Bar::over(inputs);
    let read = tables::read(inputs, options, &bar, sink);
    bar.finish();
    Ok(read?)
}

fn choose(choice: &Choice, head: &TableHead) -> Option<Columns> {
    match choice {
        Choice::Named(names) => Columns::named(names, head),
        Choice::Found(inspection) => {
            let table = inspection.tables.iter().find(|table| {
                (table.input, &table.file, &table.name) == (head.input, &head.file, &head.name)
            })?;
            let mut kinds = vec![None; head.columns.len().max(table.columns.len())];
            for column in &table.columns {
                if let Some(kind) = kinds.get_mut((column.number as usize).saturating_sub(1)) {
                    *kind = Some(column.kind);
                }
            }
            Some(Columns::of(&kinds))
        }
    }
}

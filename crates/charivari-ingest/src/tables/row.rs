//! One row on its way to the sink: where its values lie, so that nothing is copied that needs not.

use std::ops::Range;

use charivari_model::Cell;

/// Where a value lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    /// There is none.
    Null,
    /// Text as it stands in the window.
    Text(Range<usize>),
    /// A number as it stands in the window.
    Number(Range<usize>),
    /// Text that had to be unescaped, in the scratch of the row.
    Made(Range<usize>),
    /// A number that had to be written, in the scratch of the row.
    MadeNumber(Range<usize>),
}

/// The values of one row, and room that is used again for the next.
#[derive(Default)]
pub(crate) struct RowBuffer {
    pub(crate) pieces: Vec<Piece>,
    pub(crate) scratch: String,
    room: Vec<Cell<'static>>,
}

impl RowBuffer {
    /// Forgets the row.
    pub(crate) fn clear(&mut self) {
        self.pieces.clear();
        self.scratch.clear();
    }

    /// Ends a value whose text was written into the scratch from `start` on.
    pub(crate) fn made(&mut self, start: usize) {
        self.pieces.push(Piece::Made(start..self.scratch.len()));
    }

    /// A value as a cell; the window is `text`.
    // Where it is called, a cell waits in memory for its parts, which takes longer than to make it.
    #[expect(clippy::inline_always, reason = "measured: 4 ns for each value")]
    #[inline(always)]
    pub(crate) fn cell<'t>(&'t self, piece: &Piece, text: &'t str) -> Cell<'t> {
        let (whole, at) = match piece {
            Piece::Null => return Cell::Null,
            Piece::Text(at) | Piece::Number(at) => (text, at),
            Piece::Made(at) | Piece::MadeNumber(at) => (self.scratch.as_str(), at),
        };
        let value = whole.get(at.clone()).unwrap_or_default();
        match piece {
            Piece::Number(_) | Piece::MadeNumber(_) => Cell::Number(value),
            _ => Cell::Text(value),
        }
    }

    /// The row as cells, handed to `take`; the window is `text`.
    pub(crate) fn with_cells<T>(&mut self, text: &str, take: impl FnOnce(&[Cell<'_>]) -> T) -> T {
        let mut cells: Vec<Cell<'_>> = recycle(std::mem::take(&mut self.room));
        cells.extend(self.pieces.iter().map(|piece| self.cell(piece, text)));
        let taken = take(&cells);
        self.room = recycle(cells);
        taken
    }
}

/// The same room for cells of another life: collecting in place keeps the allocation.
fn recycle<'to>(mut cells: Vec<Cell<'_>>) -> Vec<Cell<'to>> {
    cells.clear();
    cells.into_iter().map(|_| Cell::Null).collect()
}

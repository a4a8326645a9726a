//! The view of a network that graph files are written from: borrowed columns, nothing copied.
//!
//! A node is an account, an edge joins two nodes by their rows. What the formats have their own
//! form for (ids, labels, colours, sizes, positions, weights, lifetimes) has its own field; all else
//! is an [`Attribute`], so that a new column needs no change in a writer.

mod check;

use arrow_array::StringArray;
use charivari_model::Timestamp;

use crate::palette::Rgb;

/// A network to be written: undirected, weighted, its columns borrowed.
#[derive(Clone, Debug, Default)]
pub struct Network<'a> {
    /// What the network is, such as `accounts that reposted the same posts within 60 s`.
    pub description: &'a str,
    /// The program that made it, such as `charivari 0.1.0`.
    pub creator: &'a str,
    /// The accounts.
    pub nodes: Nodes<'a>,
    /// The pairs of accounts.
    pub edges: Edges<'a>,
}

/// The nodes of a network. All columns are equally long.
#[derive(Clone, Debug, Default)]
pub struct Nodes<'a> {
    /// The unique ids, such as `telegram:channel1`.
    pub ids: Texts<'a>,
    /// What is shown beside a node; the id where there are no labels.
    pub labels: Option<Texts<'a>>,
    /// The colour of each node.
    pub colours: Option<&'a [Rgb]>,
    /// The size of each node in the unit of Gephi's "size", 10 being its default; finite.
    pub sizes: Option<&'a [f32]>,
    /// The layout, x and y, in any unit; finite.
    pub positions: Option<(&'a [f32], &'a [f32])>,
    /// When each node was first and last seen.
    pub seen: Option<Span<'a>>,
    /// All other columns.
    pub attributes: Vec<Attribute<'a>>,
}

/// The edges of a network, each pair of nodes at most once. All columns are equally long.
#[derive(Clone, Debug, Default)]
pub struct Edges<'a> {
    /// The row of one node of each edge.
    pub source: &'a [u32],
    /// The row of the other node.
    pub target: &'a [u32],
    /// How strong each edge is; finite.
    pub weight: Weights<'a>,
    /// When each edge was first and last seen.
    pub seen: Option<Span<'a>>,
    /// All other columns.
    pub attributes: Vec<Attribute<'a>>,
}

/// When things were first and last seen; both columns are equally long.
#[derive(Clone, Copy, Debug)]
pub struct Span<'a> {
    /// The first instant, included.
    pub first: &'a [Timestamp],
    /// The last instant, included.
    pub last: &'a [Timestamp],
}

/// The weights of edges.
#[derive(Clone, Copy, Debug)]
pub enum Weights<'a> {
    /// Whole numbers, such as distinct objects.
    Counts(&'a [u32]),
    /// Real numbers.
    Reals(&'a [f64]),
}

/// A column that the formats have no form of their own for.
#[derive(Clone, Debug)]
pub struct Attribute<'a> {
    /// A name of ASCII letters, digits, `_`, `-` and `.`, unique among the nodes or the edges.
    pub id: &'a str,
    /// The name that people read; often the same.
    pub title: &'a str,
    /// One value for each row.
    pub values: Values<'a>,
}

/// The values of an attribute. `None` is written as "no value", never as 0 or an empty text.
#[derive(Clone, Debug)]
pub enum Values<'a> {
    /// Counts.
    Counts(&'a [u32]),
    /// Counts that may be unknown, such as the group of an account.
    OptionalCounts(&'a [Option<u32>]),
    /// Counts that may pass four thousand million.
    LongCounts(&'a [u64]),
    /// Whole numbers.
    Integers(&'a [i64]),
    /// Real numbers; those that are not finite are written as XML Schema does: `NaN`, `INF`.
    Reals(&'a [f64]),
    /// Real numbers that may be unknown.
    OptionalReals(&'a [Option<f64>]),
    /// Yes or no.
    Booleans(&'a [bool]),
    /// Instants, written as RFC 3339 in UTC.
    Instants(&'a [Timestamp]),
    /// Texts.
    Texts(Texts<'a>),
    /// Sets of names, joined by `|`: bit n of a row stands for `names[n]`.
    Flags {
        /// One set of bits for each row.
        bits: &'a [u32],
        /// The names of the bits, the lowest first; a bit without a name is left out.
        names: &'a [&'a str],
    },
}

/// The type of an attribute, as graph files know types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Whole numbers of 64 bits.
    Integer,
    /// Real numbers of 64 bits.
    Real,
    /// Yes or no.
    Boolean,
    /// Texts, and instants written as such.
    Text,
}

/// A column of texts, however they are stored.
#[derive(Clone, Debug)]
pub enum Texts<'a> {
    /// Borrowed texts.
    Borrowed(&'a [&'a str]),
    /// Owned texts.
    Owned(&'a [String]),
    /// An Arrow column; nulls are "no value".
    Arrow(&'a StringArray),
    /// For each row the row of `values`; a code outside them is "no value".
    Coded {
        /// The codes.
        codes: &'a [u32],
        /// The distinct texts.
        values: &'a [&'a str],
    },
    /// For each row the row of an Arrow column; a code outside it is "no value".
    CodedArrow {
        /// The codes.
        codes: &'a [u32],
        /// The distinct texts.
        values: &'a StringArray,
    },
}

impl Default for Weights<'_> {
    fn default() -> Self {
        Self::Counts(&[])
    }
}

impl Default for Texts<'_> {
    fn default() -> Self {
        Self::Borrowed(&[])
    }
}

impl Weights<'_> {
    /// The number of weights.
    pub const fn len(&self) -> usize {
        match self {
            Self::Counts(values) => values.len(),
            Self::Reals(values) => values.len(),
        }
    }

    /// Whether there are none.
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The weight of an edge, or nothing past the end.
    pub fn get(&self, row: usize) -> Option<f64> {
        match self {
            Self::Counts(values) => values.get(row).map(|&value| f64::from(value)),
            Self::Reals(values) => values.get(row).copied(),
        }
    }
}

impl Texts<'_> {
    /// The number of rows.
    pub fn len(&self) -> usize {
        match self {
            Self::Borrowed(values) => values.len(),
            Self::Owned(values) => values.len(),
            Self::Arrow(values) => arrow_array::Array::len(values),
            Self::Coded { codes, .. } | Self::CodedArrow { codes, .. } => codes.len(),
        }
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The text of a row, or nothing where there is none or past the end.
    pub fn get(&self, row: usize) -> Option<&str> {
        match self {
            Self::Borrowed(values) => values.get(row).copied(),
            Self::Owned(values) => values.get(row).map(String::as_str),
            Self::Arrow(values) => arrow_text(values, row),
            Self::Coded { codes, values } => values.get(*codes.get(row)? as usize).copied(),
            Self::CodedArrow { codes, values } => arrow_text(values, *codes.get(row)? as usize),
        }
    }
}

fn arrow_text(values: &StringArray, row: usize) -> Option<&str> {
    use arrow_array::Array as _;
    (row < values.len() && values.is_valid(row)).then(|| values.value(row))
}

impl Values<'_> {
    /// The number of rows.
    pub fn len(&self) -> usize {
        match self {
            Self::Counts(values) => values.len(),
            Self::OptionalCounts(values) => values.len(),
            Self::LongCounts(values) => values.len(),
            Self::Integers(values) => values.len(),
            Self::Reals(values) => values.len(),
            Self::OptionalReals(values) => values.len(),
            Self::Booleans(values) => values.len(),
            Self::Instants(values) => values.len(),
            Self::Texts(values) => values.len(),
            Self::Flags { bits, .. } => bits.len(),
        }
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The type that graph files give the column.
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Counts(_) | Self::OptionalCounts(_) | Self::LongCounts(_) | Self::Integers(_) => {
                Kind::Integer
            }
            Self::Reals(_) | Self::OptionalReals(_) => Kind::Real,
            Self::Booleans(_) => Kind::Boolean,
            Self::Instants(_) | Self::Texts(_) | Self::Flags { .. } => Kind::Text,
        }
    }
}

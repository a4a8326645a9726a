//! A report as sections of blocks, before it is a page or a text.
//!
//! Whatever is told is told here once, in [`Span`]s that say where their words come from; the writers
//! decide how each is made safe to look at.

use charivari_model::Timestamp;
use charivari_model::case::Ref;

/// A few words, and where they come from.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Span {
    /// Words of this program.
    Ours(String),
    /// A string from the case: a sentence, shortened to a few lines.
    Text(String),
    /// A string from the case: a name, a handle, a word.
    Name(String),
    /// The name of a file.
    File(String),
    /// A digest, a key or a hash, whole.
    Code(String),
    /// A command line, whole.
    Whole(String),
    /// Words that somebody said, in quotation marks.
    Quoted(String),
    /// A record of the case: a link where the report shows it.
    Ref(Ref),
    /// A link to a place in the report, with words of this program.
    Jump(String, String),
    /// An instant, in UTC.
    Time(Timestamp),
    /// Words of this program that stand out.
    Strong(String),
    /// A word of this program in a frame, with its class.
    Tag(&'static str, String),
    /// Markup of this program that says nothing of its own, such as the mark of a group.
    Badge(String),
    /// Words that are not there, such as an unknown name.
    Missing(String),
}

/// What stands in one line, cell or item.
pub(super) type Line = Vec<Span>;

impl From<&str> for Span {
    fn from(words: &str) -> Self {
        Self::Ours(words.to_owned())
    }
}

impl From<String> for Span {
    fn from(words: String) -> Self {
        Self::Ours(words)
    }
}

impl From<Ref> for Span {
    fn from(record: Ref) -> Self {
        Self::Ref(record)
    }
}

/// Builds a line from words of this program and other spans.
macro_rules! line {
    ($($span:expr),* $(,)?) => { vec![$(crate::case::doc::Span::from($span)),*] };
}
pub(super) use line;

/// A column of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Column {
    pub(super) title: &'static str,
    /// How its cells are set: `n` for numbers, `prose`, `hash`, or nothing.
    pub(super) class: &'static str,
}

/// A row of a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Row {
    /// Where links to it lead.
    pub(super) id: Option<String>,
    /// The cells, in the order of the columns; the first names the row.
    pub(super) cells: Vec<Line>,
}

/// A table.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Table {
    pub(super) caption: String,
    pub(super) columns: Vec<Column>,
    pub(super) rows: Vec<Row>,
}

/// A record told on its own.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Card {
    pub(super) id: String,
    pub(super) title: Line,
    pub(super) blocks: Vec<Block>,
}

/// A post or another place in the evidence.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Place {
    pub(super) head: Line,
    pub(super) words: Option<String>,
    pub(super) source: Line,
}

/// A technique, with where it was seen.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Tile {
    pub(super) id: String,
    pub(super) code: String,
    pub(super) name: String,
    pub(super) seen: Line,
    pub(super) why: String,
}

/// A number on the front of the report, with the place that it leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Figure {
    pub(super) number: String,
    pub(super) label: String,
    pub(super) note: String,
    pub(super) to: String,
}

/// A part of a section.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Block {
    /// A paragraph with its class.
    Para(&'static str, Line),
    /// A heading within a section, with where links to it lead.
    Heading(Option<String>, String),
    /// A list with its class.
    List(&'static str, Vec<Line>),
    /// Facts by name.
    Facts(Vec<(String, Line)>),
    /// The numbers on the front.
    Figures(Vec<Figure>),
    Table(Table),
    Card(Card),
    /// Blocks that are folded away on a screen and open in print.
    Fold(String, Vec<Block>),
    /// Blocks that stand out, under a heading.
    Frame(String, Vec<Block>),
    /// What somebody said.
    Quote(String),
    Places(Vec<Place>),
    Tiles(Vec<Tile>),
    /// A wide chart with the words under it.
    Chart {
        label: String,
        svg: String,
        legend: Vec<Line>,
        caption: Line,
    },
    /// Small charts side by side, each with its caption.
    Charts(Vec<(Line, String)>),
}

/// A section with its heading.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Section {
    pub(super) id: &'static str,
    pub(super) title: &'static str,
    /// What it is called where there is little room.
    pub(super) short: &'static str,
    pub(super) blocks: Vec<Block>,
}

/// A whole report.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Document {
    pub(super) title: String,
    pub(super) kicker: String,
    /// The marking of the case.
    pub(super) tlp: charivari_model::Tlp,
    /// Who may read it, on top of every printed page.
    pub(super) mark: &'static str,
    /// The same as a sentence.
    pub(super) mark_means: String,
    /// The sentence that says that the data was invented.
    pub(super) synthetic: Option<String>,
    /// Whether instants are known by the hour only, and shown so.
    pub(super) by_hour: bool,
    pub(super) facts: Vec<(String, Line)>,
    pub(super) tool: String,
    pub(super) sections: Vec<Section>,
}

/// A paragraph without a class.
pub(super) fn para(line: Line) -> Block {
    Block::Para("", line)
}

/// Lines joined by a separator of this program.
pub(super) fn joined(lines: impl IntoIterator<Item = Line>, separator: &str) -> Line {
    let mut out = Line::new();
    for line in lines {
        if !out.is_empty() {
            out.push(Span::from(separator));
        }
        out.extend(line);
    }
    out
}

/// Calls `see` with every place that links can lead to.
pub(super) fn each_id(document: &Document, see: &mut impl FnMut(&str)) {
    for section in &document.sections {
        see(section.id);
        ids_of(&section.blocks, see);
    }
}

fn ids_of(blocks: &[Block], see: &mut impl FnMut(&str)) {
    for block in blocks {
        match block {
            Block::Heading(Some(id), _) => see(id),
            Block::Table(table) => {
                for id in table.rows.iter().filter_map(|row| row.id.as_deref()) {
                    see(id);
                }
            }

            Block::Card(card) => {
                see(&card.id);
                ids_of(&card.blocks, see);
            }
            Block::Fold(_, blocks) | Block::Frame(_, blocks) => ids_of(blocks, see),
            Block::Tiles(tiles) => tiles.iter().for_each(|tile| see(&tile.id)),
            _ => {}
        }
    }
}

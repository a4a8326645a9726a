//! The page of whom a leak puts at risk, for the owner of the records.

use charivari_model::Tlp;
use charivari_model::case::{PicturePlace, PlaceSort};

use super::doc::{Block, Column, Document, Line, Row, Section, Span, Table, line, para};
use super::html;
use crate::svg::places::places_svg;
use crate::{Error, format};

/// What the page is written from: words and protected counts, nothing of any record.
#[derive(Clone, Debug, PartialEq)]
pub struct Exposed<'a> {
    /// The name and version of the program.
    pub tool: &'a str,
    /// The result in one sentence.
    pub headline: String,
    /// Names and values on top of the page.
    pub facts: Vec<(String, String)>,
    /// How the severity comes about, term by term.
    pub terms: Vec<(String, String)>,
    /// Tables, in their order.
    pub tables: Vec<ExposedTable>,
    /// Where people are.
    pub places: &'a [PicturePlace],
    /// What the page does not say, as sentences.
    pub limits: Vec<String>,
}

/// A table of two or three columns.
#[derive(Clone, Debug, PartialEq)]
pub struct ExposedTable {
    /// What it shows.
    pub caption: String,
    /// Names of its columns; the last one is of numbers.
    pub columns: Vec<&'static str>,
    /// Its rows.
    pub rows: Vec<Vec<String>>,
}

/// Writes the page.
///
/// # Errors
///
/// [`Error::Template`] where the template engine fails to write.
pub fn render_exposure(exposed: &Exposed) -> Result<String, Error> {
    let fact = |(name, value): &(String, String)| (name.clone(), line![Span::Text(value.clone())]);
    let mut who: Vec<Block> = exposed.tables.iter().map(table).collect();
    who.insert(
        0,
        para(line![
            "No number below ten is shown, nor any other from which one could be worked out: a number \
             as small as that may point at somebody."
        ]),
    );
    let where_to = places(exposed.places, "places", line![]);
    let sections = vec![
        Section {
            id: "summary",
            title: "Summary",
            short: "Summary",
            blocks: vec![
                Block::Para("lead", line![Span::Strong(exposed.headline.clone())]),
                Block::Facts(exposed.terms.iter().map(fact).collect()),
            ],
        },
        Section { id: "who", title: "Who is at risk, and by what", short: "Who", blocks: who },
        Section { id: "where", title: "Where they are", short: "Where", blocks: where_to },
        Section {
            id: "limits",
            title: "What this page does not say",
            short: "Limits",
            blocks: vec![Block::List(
                "",
                exposed.limits.iter().map(|it| line![Span::Text(it.clone())]).collect(),
            )],
        },
    ];
    let document = Document {
        title: "Who is put at risk by the leak".to_owned(),
        kicker: "Exposure, for the owner of the records".to_owned(),
        tlp: Tlp::AmberStrict,
        mark: "INTERNAL — not for distribution",
        mark_means:
            "Written for the owner of the records. It names nobody, but says how many are in \
                     danger, and where."
                .to_owned(),
        synthetic: None,
        by_hour: false,
        facts: exposed.facts.iter().map(fact).collect(),
        tool: exposed.tool.to_owned(),
        sections,
    };
    html::write(&document, "internal")
}

fn table(table: &ExposedTable) -> Block {
    let last = table.columns.len().saturating_sub(1);
    let column = |(place, title): (usize, &&'static str)| Column {
        title,
        class: if place == last { "n" } else { "prose" },
    };
    let row = |cells: &Vec<String>| Row {
        id: None,
        cells: cells.iter().map(|cell| line![Span::Text(cell.clone())]).collect(),
    };
    Block::Table(Table {
        caption: table.caption.clone(),
        columns: table.columns.iter().enumerate().map(column).collect(),
        rows: table.rows.iter().map(row).collect(),
    })
}

/// The map with what it means, and the same numbers as a table for those who do not see it.
pub(super) fn places(places: &[PicturePlace], id: &str, before: Line) -> Vec<Block> {
    let svg = places_svg(places, id);
    if svg.is_empty() {
        return vec![Block::Para("empty", line!["The records say nothing of where people are."])];
    }
    let mut caption = before;
    caption.push(Span::from(
        "Each tile is a département, about where it lies; the darker, the more records. A broken frame \
         without a number: so few, or so telling beside the others, that the number is not shown. An \
         empty frame: nobody.",
    ));
    let label = "Map of the records by département and country".to_owned();
    let counted = |place: &&PicturePlace| place.count != Some(0);
    let rows = places.iter().filter(counted).map(|place| Row {
        id: None,
        cells: vec![
            line![Span::Name(place.label.clone())],
            line![match place.sort {
                PlaceSort::Department if place.code.is_empty() => "France".to_owned(),
                PlaceSort::Department => format!("département {}", place.code),
                PlaceSort::Country => "country".to_owned(),
            }],
            line![place.count.map_or_else(|| "not shown".to_owned(), format::number)],
        ],
    });
    let column = |title, class| Column { title, class };
    let numbers = Block::Table(Table {
        caption: "Records by place".to_owned(),
        columns: vec![column("Place", ""), column("Kind", ""), column("Records", "n")],
        rows: rows.collect(),
    });
    vec![
        Block::Chart { label, svg, legend: Vec::new(), caption },
        Block::Fold("The same numbers as a table".to_owned(), vec![numbers]),
    ]
}

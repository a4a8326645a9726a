//! Where people are: France as a map of tiles, one a département, and bars for other countries.
//!
//! A true map gives the most room to where the fewest live. Tiles are all alike, stand about where
//! their département lies, and have room for its code and its number, so that the drawing is read
//! without colours; the shade only leads the eye. What is hidden so that nobody is singled out has a
//! broken frame and no number.

use charivari_model::case::{PicturePlace, PlaceSort};

use crate::{format, limits, show};

use super::{open, push_escaped, px};

/// Rows of tiles from north to south, `..` where there is none; the last row is overseas.
const GRID: [&str; 15] = [
    ".. .. .. .. .. 62 59 .. .. .. ..",
    ".. .. .. .. 76 80 02 08 .. .. ..",
    ".. .. 50 14 27 60 95 51 55 57 ..",
    "29 22 35 61 78 92 93 77 52 54 67",
    ".. 56 53 72 28 75 94 10 88 .. 68",
    ".. 44 49 37 41 91 45 89 21 70 90",
    ".. 85 79 86 36 18 58 71 39 25 ..",
    ".. 17 16 87 23 03 42 69 01 74 ..",
    ".. 33 24 19 15 63 43 38 73 .. ..",
    ".. 40 47 46 12 48 07 26 05 .. ..",
    ".. 64 32 82 81 30 84 04 06 .. 2B",
    ".. .. 65 31 11 34 13 83 .. .. 2A",
    ".. .. .. 09 66 .. .. .. .. .. ..",
    ".. .. .. .. .. .. .. .. .. .. ..",
    "971 972 973 974 976 .. .. .. .. .. ..",
];

const TILE: f64 = 52.0;
const GAP: f64 = 3.0;
const TOP: f64 = 24.0;
const COLUMNS: f64 = 11.0;
/// Where the bars of countries begin.
const BARS: f64 = COLUMNS * TILE + 36.0;
const NAME: f64 = 128.0;
const BAR: f64 = 150.0;
const ROW: f64 = 24.0;
const WIDTH: f64 = BARS + NAME + BAR + 66.0;

/// Draws the places; nothing where there are none.
///
/// `id` must be unique on its page and free of characters of markup.
#[must_use]
pub fn places_svg(places: &[PicturePlace], id: &str) -> String {
    let mut out = String::new();
    if places.is_empty() {
        return out;
    }
    let countries = countries(places);
    let bars = countries.len().min(limits::COUNTRIES);
    let height = (TOP + GRID.len() as f64 * TILE).max(TOP + (bars as f64 + 3.0) * ROW) + 8.0;
    let title = "Where the people are whom the leak exposes";
    open(&mut out, id, "places bars", (WIDTH, height), (title, &told(places)));
    out.push_str("<text class=\"start\" x=\"0\" y=\"14\">Records by département</text>");
    let greatest = most(places, PlaceSort::Department);
    for (row, line) in GRID.iter().enumerate() {
        for (column, code) in line.split(' ').enumerate().filter(|(_, code)| *code != "..") {
            let found = places
                .iter()
                .find(|place| place.sort == PlaceSort::Department && place.code == code);
            let corner = (column as f64 * TILE, TOP + row as f64 * TILE);
            tile(&mut out, code, found, corner, greatest);
        }
    }
    let overseas = TOP + (GRID.len() as f64 - 1.0) * TILE - 8.0;
    put!(out, "<text class=\"start\" x=\"0\" y=\"{}\">overseas</text>", px(overseas));
    draw_countries(&mut out, &countries);
    out.push_str("</svg>");
    out
}

/// The same drawing as a file of its own, with its style in it.
#[must_use]
pub fn places_svg_alone(places: &[PicturePlace]) -> String {
    let drawn = places_svg(places, "places");
    match drawn.split_once('>') {
        Some((start, rest)) => {
            let style = super::STYLE;
            format!("{start}><style>{style}svg{{background:var(--paper)}}</style>{rest}\n")
        }
        None => drawn,
    }
}

/// Countries other than by département, those with numbers first, as they stand.
fn countries(places: &[PicturePlace]) -> Vec<&PicturePlace> {
    places.iter().filter(|place| place.sort == PlaceSort::Country).collect()
}

fn most(places: &[PicturePlace], sort: PlaceSort) -> u64 {
    places
        .iter()
        .filter(|place| place.sort == sort)
        .filter_map(|place| place.count)
        .max()
        .unwrap_or(0)
}

/// One département: its code above, its number below.
fn tile(out: &mut String, code: &str, place: Option<&PicturePlace>, (x, y): (f64, f64), most: u64) {
    let count = place.and_then(|place| place.count);
    let side = TILE - GAP;
    let (class, shade) = match (place, count) {
        (Some(_), None) => ("hidden", 0.0),
        (_, Some(count)) if count > 0 => ("tile", shade(count, most)),
        _ => ("empty", 0.0),
    };
    put!(
        out,
        "<rect class=\"{class}\" x=\"{}\" y=\"{}\" width=\"{side}\" height=\"{side}\" rx=\"4\" \
         fill-opacity=\"{shade}\"/>",
        px(x + 0.5),
        px(y + 0.5)
    );
    let middle = x + side / 2.0;
    put!(out, "<text class=\"code\" x=\"{}\" y=\"{}\">{code}</text>", px(middle), px(y + 20.0));
    if let Some(count) = count {
        let shown = format::number(count);
        put!(
            out,
            "<text class=\"amount\" x=\"{}\" y=\"{}\">{shown}</text>",
            px(middle),
            px(y + 38.0)
        );
    }
}

/// Five steps of shade, by the root of the share, so that few against many can still be told. The
/// darkest leaves the number on it readable.
fn shade(count: u64, most: u64) -> f64 {
    let share = (count as f64 / most.max(1) as f64).sqrt();
    let step = (share * 5.0).ceil().clamp(1.0, 5.0);
    (step * 8.0).round() / 100.0
}

fn draw_countries(out: &mut String, countries: &[&PicturePlace]) {
    if countries.is_empty() {
        return;
    }
    put!(
        out,
        "<text class=\"start\" x=\"{}\" y=\"14\">Records in other countries</text>",
        px(BARS)
    );
    let counted: Vec<(&PicturePlace, u64)> =
        countries.iter().filter_map(|place| Some((*place, place.count?))).collect();
    let most = counted.iter().map(|(_, count)| *count).max().unwrap_or(0).max(1);
    let mut y = TOP;
    for (place, count) in counted.iter().take(limits::COUNTRIES) {
        let width = (*count as f64 / most as f64 * BAR).max(1.0);
        put!(out, "<text class=\"start ink\" x=\"{}\" y=\"{}\">", px(BARS), px(y + 16.0));
        push_escaped(out, &show::shorten(&show::text(&place.label), 18));
        put!(
            out,
            "</text><rect class=\"bar\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"16\" rx=\"2\"/>",
            px(BARS + NAME),
            px(y + 4.0),
            px(width)
        );
        let end = px(BARS + NAME + width + 6.0);
        let shown = format::number(*count);
        put!(out, "<text class=\"start ink\" x=\"{end}\" y=\"{}\">{shown}</text>", px(y + 16.0));
        y += ROW;
    }
    let more = counted.len().saturating_sub(limits::COUNTRIES);
    let hidden = countries.len() - counted.len();
    for (number, one, many) in [
        (more, "country more, with fewer", "countries more, with fewer"),
        (hidden, "country without a number", "countries without a number"),
    ] {
        if number > 0 {
            y += ROW;
            let told = format::count(number as u64, one, many);
            put!(out, "<text class=\"start\" x=\"{}\" y=\"{}\">{told}</text>", px(BARS), px(y));
        }
    }
}

/// The drawing in words: the greatest places, and how many have no number.
fn told(places: &[PicturePlace]) -> String {
    let mut told =
        String::from("A tile for each French département, a bar for each other country.");
    for (sort, what) in
        [(PlaceSort::Department, "départements"), (PlaceSort::Country, "other countries")]
    {
        let of: Vec<&PicturePlace> = places.iter().filter(|place| place.sort == sort).collect();
        let mut counted: Vec<(&str, u64)> =
            of.iter().filter_map(|place| Some((place.label.as_str(), place.count?))).collect();
        counted.sort_by(|one, other| other.1.cmp(&one.1).then(one.0.cmp(other.0)));
        let first = counted.iter().filter(|(_, count)| *count > 0).take(5).map(|(label, count)| {
            format!("{} {}", show::shorten(&show::text(label), 40), format::number(*count))
        });
        let first = first.collect::<Vec<_>>().join(", ");
        if !first.is_empty() {
            put!(told, " Most records, {what}: {first}.");
        }
        let hidden = of.len() - counted.len();
        if hidden > 0 {
            put!(told, " Of {hidden} {what} no number is shown, so that nobody is singled out.");
        }
    }
    told
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn place(sort: PlaceSort, code: &str, count: Option<u64>) -> PicturePlace {
        PicturePlace { sort, code: code.to_owned(), label: format!("<{code}> & co"), count }
    }

    #[test]
    fn every_department_has_one_tile() {
        let tiles: Vec<&str> =
            GRID.iter().flat_map(|line| line.split(' ')).filter(|code| *code != "..").collect();
        let once: BTreeSet<&str> = tiles.iter().copied().collect();
        assert_eq!(tiles.len(), once.len(), "a code stands twice");
        let mainland = (1..=95).filter(|number| *number != 20).map(|number| format!("{number:02}"));
        let others = ["2A", "2B", "971", "972", "973", "974", "976"].map(str::to_owned);
        let expected: BTreeSet<String> = mainland.chain(others).collect();
        assert_eq!(once.into_iter().map(str::to_owned).collect::<BTreeSet<_>>(), expected);
        assert!(GRID.iter().all(|line| line.split(' ').count() == 11));
    }

    #[test]
    fn the_drawing_is_markup_and_says_what_is_hidden() {
        let mut places = vec![
            place(PlaceSort::Department, "75", Some(12_345)),
            place(PlaceSort::Department, "48", None),
            place(PlaceSort::Department, "15", Some(0)),
        ];
        places.extend(
            (0..30_u64).map(|n| place(PlaceSort::Country, &format!("C{n}"), Some(100 - n))),
        );
        places.push(place(PlaceSort::Country, "IR", None));
        let svg = places_svg(&places, "p");
        let mut reader = quick_xml::Reader::from_str(&svg);
        while reader.read_event().expect("markup") != quick_xml::events::Event::Eof {}
        assert!(svg.contains("12,345") && svg.contains("class=\"hidden\""), "{svg}");
        assert!(svg.contains("1 country without a number") && svg.contains("more, with fewer"));
        assert!(!svg.contains("<75>"), "labels are escaped");
        assert_eq!(places_svg(&[], "p"), "");
    }
}

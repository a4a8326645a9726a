//! Which dialect delimited text is in, decided from its beginning.

use super::delimited::{Cut, cut_row};
use super::report::{Dialect, Escape};
use super::row::RowBuffer;

/// Delimiters that are tried, the most usual first.
const DELIMITERS: [u8; 5] = [b',', b';', b'\t', b'|', b':'];

/// How many rows are looked at.
const ROWS: usize = 200;

/// Words that name columns in leaks, in the languages we have met; compared in lower case and
/// without anything but letters.
const HEADER_WORDS: &[&str] = &[
    "id",
    "uid",
    "userid",
    "user",
    "username",
    "login",
    "nick",
    "name",
    "fullname",
    "firstname",
    "lastname",
    "surname",
    "email",
    "emailaddress",
    "mail",
    "phone",
    "phonenumber",
    "tel",
    "mobile",
    "address",
    "street",
    "city",
    "zip",
    "zipcode",
    "postcode",
    "postalcode",
    "country",
    "state",
    "region",
    "birthdate",
    "dateofbirth",
    "dob",
    "birthday",
    "gender",
    "sex",
    "age",
    "date",
    "createdat",
    "created",
    "updatedat",
    "password",
    "passwordhash",
    "hash",
    "salt",
    "ip",
    "ipaddress",
    "iban",
    "comment",
    "note",
    "status",
    "title",
    "company",
    "type",
    "amount",
    "nom",
    "prenom",
    "prénom",
    "adresse",
    "ville",
    "codepostal",
    "pays",
    "courriel",
    "téléphone",
    "date de naissance",
    "vorname",
    "nachname",
    "strasse",
    "straße",
    "ort",
    "plz",
    "land",
    "telefon",
];

/// More such words, of scripts other than Latin.
const OTHER_WORDS: [&str; 10] =
    ["نام", "نامخانوادگی", "ایمیل", "تلفن", "آدرس", "شهر", "имя", "фамилия", "телефон", "адрес"];

/// The dialect of text whose beginning is `head`; `whole` says whether that is all of it.
pub(crate) fn sniff(head: &str, whole: bool, delimiter: Option<u8>, quote: Option<u8>) -> Dialect {
    let quotes: &[u8] = if quote.is_some() { &[] } else { b"\"'" };
    let mut best: Option<(f64, Dialect)> = None;
    let tried =
        DELIMITERS.iter().copied().filter(|one| delimiter.is_none_or(|given| given == *one));
    let tried: Vec<u8> =
        delimiter.filter(|one| !DELIMITERS.contains(one)).into_iter().chain(tried).collect();
    for delimiter in tried {
        for &quote in quote.iter().chain(quotes) {
            if quote == b'\'' && !stands_around_fields(head, delimiter, '\'') {
                continue;
            }
            for escape in [Escape::Doubled, Escape::Backslash] {
                let dialect = Dialect { delimiter, quote, escape, header: false };
                let score = score(head, whole, dialect);
                if best.is_none_or(|(most, _)| score > most + 1e-9) {
                    best = Some((score, dialect));
                }
            }
        }
    }
    let usual = Dialect { delimiter: b',', quote: b'"', escape: Escape::Doubled, header: false };
    let mut dialect = best.map_or(usual, |(_, dialect)| dialect);
    dialect.header = has_header(&sample(head, whole, dialect));
    dialect
}

/// Whether a quote stands at both ends of fields; an apostrophe does not.
fn stands_around_fields(head: &str, delimiter: u8, quote: char) -> bool {
    let delimiter = char::from(delimiter);
    let opens = head.starts_with(quote)
        || head.contains(&format!("{delimiter}{quote}"))
        || head.contains(&format!("\n{quote}"));
    let closes = [delimiter, '\n', '\r'];
    opens && closes.iter().any(|close| head.contains(&format!("{quote}{close}")))
}

/// How well a dialect fits: how many rows have the usual number of fields, how many fields those
/// are, and how many fields still have quotes or backslashes that a better dialect would explain.
fn score(head: &str, whole: bool, dialect: Dialect) -> f64 {
    let rows = sample(head, whole, dialect);
    if rows.is_empty() {
        return 0.0;
    }
    let mut widths: Vec<usize> = rows.iter().map(Vec::len).collect();
    widths.sort_unstable();
    let mode = widths
        .chunk_by(|one, two| one == two)
        .max_by_key(|run| (run.len(), run[0] == rows[0].len(), run[0]))
        .map_or(1, |run| run[0]);
    let same = widths.iter().filter(|width| **width == mode).count() as f64 / rows.len() as f64;
    let fields = rows.iter().flatten();
    let (mut all, mut odd) = (0_usize, 0_usize);
    for field in fields {
        all += 1;
        odd += usize::from(is_odd(field, dialect));
    }
    let tidy = 1.0 - odd as f64 / (all.max(1)) as f64;
    // Colons stand in times and addresses, so another delimiter is preferred that does as well.
    let weight = if dialect.delimiter == b':' { 0.5 } else { 1.0 };
    // Fields in every row are worth more than many fields in some.
    let fields = if mode < 2 { 0.05 } else { 1.0 - 1.0 / mode as f64 };
    same.powf(1.5) * tidy * weight * fields
}

/// Whether a field looks as if it had been cut by the wrong quotes.
fn is_odd(field: &str, dialect: Dialect) -> bool {
    let trimmed = field.trim();
    let ends =
        |quote: char| trimmed.len() > 1 && trimmed.starts_with(quote) && trimmed.ends_with(quote);
    let (starts, stops) = (trimmed.starts_with(['"', '\'']), trimmed.ends_with(['"', '\'']));
    let has_escape =
        dialect.escape == Escape::Doubled && (trimmed.contains("\\\"") || trimmed.contains("\\'"));
    ends('"') || ends('\'') || (starts != stops && trimmed.contains('"')) || has_escape
}

/// The first rows as texts; one that the end of the head cuts is left out.
fn sample(head: &str, whole: bool, dialect: Dialect) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let mut buffer = RowBuffer::default();
    let mut rest = head;
    while rows.len() < ROWS {
        match cut_row(rest, whole, dialect, &mut buffer) {
            Cut::Row { taken, .. } => {
                let row: Vec<String> = buffer.with_cells(rest, |cells| {
                    cells.iter().map(|cell| cell.text().unwrap_or_default().to_owned()).collect()
                });
                if row.len() > 1 || row.iter().any(|field| !field.is_empty()) {
                    rows.push(row);
                }
                rest = &rest[taken..];
            }
            Cut::OpenQuote => {
                let Some(line) = memchr::memchr(b'\n', rest.as_bytes()) else { break };
                // A quote that swallows the rest of the file costs this dialect a row.
                rows.push(vec![rest[..line].to_owned()]);
                rest = &rest[line + 1..];
            }
            Cut::More if rows.is_empty() => {
                // One row is longer than the head: what there is of it has to do.
                let cut = cut_row(rest, true, dialect, &mut buffer);
                if matches!(cut, Cut::Row { .. }) {
                    rows.push(vec![String::new(); buffer.pieces.len()]);
                }
                break;
            }
            Cut::More | Cut::End => break,
        }
    }
    rows
}

/// What a field looks like, as far as that tells names of columns from values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Look {
    Empty,
    Word,
    Data,
}

fn look(field: &str) -> Look {
    let field = field.trim();
    let digits = field.chars().filter(char::is_ascii_digit).count();
    if field.is_empty() {
        Look::Empty
    } else if field.contains('@')
        || digits * 2 > field.chars().count()
        || field.chars().count() > 64
        || field.starts_with("http")
    {
        Look::Data
    } else {
        Look::Word
    }
}

/// Whether the first row names the columns: it looks unlike the others, or is of words that do.
fn has_header(rows: &[Vec<String>]) -> bool {
    let Some((first, others)) = rows.split_first() else { return false };
    let looks: Vec<Look> = first.iter().map(|field| look(field)).collect();
    let data = looks.iter().filter(|look| **look == Look::Data).count();
    if first.iter().any(|field| field.contains('@')) || data * 4 > first.len() {
        return false;
    }
    let known = first.iter().filter(|field| names_column(field)).count();
    let contrasts = (0..first.len()).filter(|&column| {
        let column: Vec<Look> =
            others.iter().filter_map(|row| row.get(column)).map(|field| look(field)).collect();
        let data = column.iter().filter(|look| **look == Look::Data).count();
        !column.is_empty() && data * 3 > column.len() * 2
    });
    let contrast =
        contrasts.filter(|&column| looks[column] == Look::Word).count().saturating_sub(data);
    if known * 2 >= first.len().min(4) && known > 0 {
        return true;
    }
    // A value that comes again below is hardly the name of its column.
    let comes_again = first.iter().enumerate().any(|(column, field)| {
        !field.is_empty() && others.iter().take(50).any(|row| row.get(column) == Some(field))
    });
    contrast > 0
        && !comes_again
        && looks.iter().filter(|look| **look == Look::Empty).count() * 2 <= first.len()
        && (known > 0 || first.iter().all(|field| is_identifier(field)))
}

/// Whether a field is one of the words that name columns.
fn names_column(field: &str) -> bool {
    let bare: String = field.chars().filter(|c| c.is_alphabetic()).collect();
    let bare = bare.to_lowercase();
    HEADER_WORDS.contains(&bare.as_str()) || OTHER_WORDS.contains(&bare.as_str())
}

/// Whether a field is written as names in programs are, so `plz_kd` and not `Zqxmarlo Anna`.
fn is_identifier(field: &str) -> bool {
    let field = field.trim();
    field.is_empty()
        || field.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
            && (field.contains('_') || !field.starts_with(char::is_uppercase))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_dialect_is_decided_from_content() {
        for (name, head, expected) in [
            ("commas", "id,email\n1,a@example.org\n", (b',', b'"', Escape::Doubled, true)),
            (
                "semicolons with commas",
                "nom;adresse\nZqxa;1, rue\n",
                (b';', b'"', Escape::Doubled, true),
            ),
            ("tabs", "Zqxmarlo\tAnna\t7\nZqxbero\tBo\t8\n", (b'\t', b'"', Escape::Doubled, false)),
            (
                "combos",
                "zqxa@example.org:pass12\nzqxb@example.org:wort\n",
                (b':', b'"', Escape::Doubled, false),
            ),
            (
                "pipes",
                "1|a|2023-01-02 10:00:00\n2|b|2023-01-02 11:00:00\n",
                (b'|', b'"', Escape::Doubled, false),
            ),
            ("single quotes", "'id','name'\n'1','Zqxa, B'\n", (b',', b'\'', Escape::Doubled, true)),
            (
                "backslashes",
                "id,name\n1,\"a \\\"b\\\", c\"\n",
                (b',', b'"', Escape::Backslash, true),
            ),
            ("doubled", "id,name\n1,\"a \"\"b\"\", c\"\n", (b',', b'"', Escape::Doubled, true)),
            (
                "one column",
                "zqxa@example.org\nzqxb@example.org\n",
                (b',', b'"', Escape::Doubled, false),
            ),
            (
                "names by contrast",
                "kd_nr,geb_dat\n71,1980-01-02\n72,1981-02-03\n",
                (b',', b'"', Escape::Doubled, true),
            ),
            (
                "people are no header",
                "Zqxmarlo,71\nZqxbero,72\n",
                (b',', b'"', Escape::Doubled, false),
            ),
        ] {
            let dialect = sniff(head, true, None, None);
            let met = (dialect.delimiter, dialect.quote, dialect.escape, dialect.header);
            assert_eq!(met, expected, "{name}");
        }
    }
}

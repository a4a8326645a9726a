//! Numbers with their units, as statements give them.

use charivari_model::case::Quantity;

use crate::numbers::{Number, Read, read};
use crate::units;
use crate::words::{BETWEEN, Bound, JOINTS, MONTHS, NO_UNITS, WORDS, WORTH};

/// How far back one looks for words before a number.
const BACK: usize = 40;

/// How many words behind a number one looks at for its unit.
const AHEAD: usize = 4;

/// The numbers in a statement with what its words allow, in their order. Dates, times, ordinals,
/// versions and ids are none.
#[must_use]
pub fn quantities(text: &str) -> Vec<Quantity> {
    let mut found: Vec<Found> = Vec::new();
    let mut at = 0;
    while let Some(start) = next_figure(text, at) {
        let floor = found.last().map_or(0, |found| found.end);
        match quantity(text, start, floor) {
            Ok(quantity) => {
                at = quantity.end;
                found.push(quantity);
            }
            Err(end) => at = end.max(start + 1),
        }
    }
    price(text, &mut found);
    found.into_iter().map(|found| found.quantity).collect()
}

/// A quantity and where it stands.
struct Found {
    quantity: Quantity,
    start: usize,
    end: usize,
}

/// The next figure that begins a number of its own and not the rest of a word.
fn next_figure(text: &str, from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        at += text.get(at..)?.find(|c: char| c.is_ascii_digit())?;
        let before = text[..at].chars().next_back();
        let in_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '#' | '@');
        if !before.is_some_and(in_word) {
            return Some(at);
        }
        at = token_end(text, at);
    }
}

/// The quantity whose figures begin at `start`, or where to look on.
fn quantity(text: &str, start: usize, floor: usize) -> Result<Found, usize> {
    let first = match read(text, start) {
        Read::Number(number) => number,
        Read::Other(end) => return Err(end),
    };
    let (mut begin, money) = money_before(text, start, floor);
    let (bound, from) = words_before(text, begin, floor);
    begin = from;
    let second = second(text, &first, bound)?;
    let outer = second.unwrap_or(first);
    let (unit, end) = match money {
        Some(unit) => (unit.to_owned(), outer.end),
        None => unit_after(text, outer.end, outer.value),
    };
    if is_date(text, start, &first, units::known(&unit).is_some() || money.is_some()) {
        return Err(outer.end);
    }
    let (least, most, value) = limits(&first, second, bound);
    let words = text[begin..end].trim().to_owned();
    let quantity = Quantity { least, most, value, unit, words, worth_of: None };
    Ok(Found { quantity, start: begin, end })
}

/// The least and the most that the words allow, and the number itself.
fn limits(first: &Number, second: Option<Number>, bound: Option<Bound>) -> (f64, Option<f64>, f64) {
    let value = first.value;
    if let Some(second) = second {
        let from = if first.scale < second.scale && units::same(first.scale, 1.0) {
            value * second.scale
        } else {
            value
        };
        let (least, most) = (from.min(second.value), from.max(second.value));
        return (least, Some(most), f64::midpoint(least, most));
    }
    match bound {
        _ if first.open => (value, None, value),
        Some(Bound::Least) => (value, None, value),
        Some(Bound::Most) => (0.0, Some(value), value),
        Some(Bound::Nearly) => (0.9 * value, Some(value), value),
        Some(Bound::About) => (0.9 * value, Some(1.1 * value), value),
        Some(Bound::Between) | None => (value, Some(value), value),
    }
}

/// The other end of a range; `Err` where the two are parts of a date, a time or an id.
fn second(text: &str, first: &Number, bound: Option<Bound>) -> Result<Option<Number>, usize> {
    let rest = &text[first.end..];
    let digit = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
    if rest.strip_prefix([':', '/']).is_some_and(digit) {
        return Err(token_end(text, first.end));
    }
    let joint = JOINTS.into_iter().find(|joint| rest.starts_with(joint));
    let Some(joint) = joint else { return Ok(None) };
    // "5 accounts and 10 posts" are two numbers; only "between" makes "and" a range.
    let is_and = matches!(joint, " and " | " et " | " und ");
    if is_and && bound != Some(Bound::Between) {
        return Ok(None);
    }
    let from = first.end + joint.len();
    let from = from + text[from..].len() - text[from..].trim_start_matches(['$', '€', '£']).len();
    if !digit(&text[from..]) {
        return Ok(None);
    }
    let Read::Number(second) = read(text, from) else { return Err(token_end(text, first.end)) };
    let is_tight = matches!(joint, "-" | "–");
    let goes_on = text[second.end..].strip_prefix(['-', '/', ':']).is_some_and(digit);
    if is_tight && (goes_on || (first.like_year && second.value < 100.0)) {
        return Err(token_end(text, first.end));
    }
    Ok(Some(second))
}

/// Where letters, figures and what joins them in dates and times end.
fn token_end(text: &str, from: usize) -> usize {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '/' | ':' | '.');
    text[from..].find(|c: char| !is_part(c)).map_or(text.len(), |end| from + end)
}

/// A currency before the figures: a sign or a code in capitals. Gives where it begins.
fn money_before(text: &str, start: usize, floor: usize) -> (usize, Option<&'static str>) {
    let before = &text[floor.min(start)..start];
    let trimmed = before.trim_end_matches([' ', '\u{a0}', '\u{202f}']);
    for sign in ["US$", "$", "€", "£", "¥", "₿", "₽"] {
        if trimmed.ends_with(sign) {
            return (start - before.len() + trimmed.len() - sign.len(), units::known(sign));
        }
    }
    let word = last_word(trimmed);
    let is_code = (3..=4).contains(&word.len()) && word.chars().all(|c| c.is_ascii_uppercase());
    let unit = units::known(word).filter(|unit| is_code && *unit == word);
    match unit {
        Some(unit) => (start - before.len() + trimmed.len() - word.len(), Some(unit)),
        None => (start, None),
    }
}

/// The letters at the end of a text.
fn last_word(text: &str) -> &str {
    let begin = text.char_indices().rev().take_while(|(_, c)| c.is_alphabetic()).last();
    begin.map_or("", |(begin, _)| &text[begin..])
}

/// Words such as "more than" before `start`, and where they begin.
fn words_before(text: &str, start: usize, floor: usize) -> (Option<Bound>, usize) {
    let mut from = floor.min(start).max(start.saturating_sub(BACK));
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let before = text[from..start].trim_end();
    for (words, bound) in WORDS {
        let Some(begin) = before.len().checked_sub(words.len()) else { continue };
        let Some(end) = before.get(begin..) else { continue };
        let is_apart = !before[..begin].ends_with(char::is_alphanumeric);
        if (is_apart || !words.starts_with(char::is_alphabetic)) && end.to_lowercase() == *words {
            return (Some(*bound), from + begin);
        }
    }
    (None, start)
}

/// The unit behind a number, and where it ends.
fn unit_after(text: &str, from: usize, value: f64) -> (String, usize) {
    let mut at = from;
    let mut first = None;
    for place in 0..AHEAD {
        let rest = &text[at..];
        let trimmed = rest.trim_start_matches([' ', '\u{a0}', '\u{202f}']);
        let begin = at + rest.len() - trimmed.len();
        if let Some(sign) =
            ["%", "€", "$", "£", "₿"].into_iter().find(|sign| trimmed.starts_with(sign))
            && place == 0
        {
            return (units::normal(sign), begin + sign.len());
        }
        let is_part = |c: char| c.is_alphabetic() || matches!(c, '-' | '\'' | '’');
        let length = trimmed.find(|c: char| !is_part(c)).unwrap_or(trimmed.len());
        let word = trimmed[..length].trim_end_matches(['-', '\'', '’']);
        let lower = word.to_lowercase();
        if word.is_empty() || NO_UNITS.contains(&lower.as_str()) {
            break;
        }
        if let Some(unit) = units::known(word) {
            return (unit.to_owned(), begin + word.len());
        }
        if place == 0 && !BETWEEN.contains(&lower.as_str()) {
            first = Some((lower, begin + word.len()));
        }
        at = begin + word.len();
    }
    let Some((word, end)) = first else { return (String::new(), from) };
    // One of a thing and several of it are the same unit.
    let is_one = units::same(value, 1.0) && word.len() > 2 && !word.ends_with('s');
    (if is_one { format!("{word}s") } else { word }, end)
}

/// Whether a number is a day or a year.
fn is_date(text: &str, start: usize, number: &Number, has_unit: bool) -> bool {
    let is_year = number.like_year && (1900.0..2100.0).contains(&number.value);
    if is_year && !has_unit {
        return true;
    }
    let after = text[number.end..].trim_start_matches([' ', '.']);
    let length = after.find(|c: char| !c.is_alphabetic()).unwrap_or(after.len());
    let before = last_word(text[..start].trim_end_matches([' ', ',', '.']));
    let is_day = number.value <= 31.0 && units::same(number.value.fract(), 0.0);
    is_day && !has_unit && (MONTHS.contains(&&after[..length]) || MONTHS.contains(&before))
}

/// Finds out which amount is said to be worth which.
fn price(text: &str, found: &mut [Found]) {
    for later in 1..found.len() {
        let (Some(amount), Some(price)) = (found.get(later - 1), found.get(later)) else {
            continue;
        };
        let gap = text.get(amount.end..price.start).unwrap_or_default().trim().to_lowercase();
        let (one, other) = (&amount.quantity.unit, &price.quantity.unit);
        let is_thing = |unit: &str| matches!(unit, "BTC" | "ETH" | "XMR" | "USDT");
        let said = gap.contains("worth") || gap.contains("valued");
        if one == other || !WORTH.contains(&gap.as_str()) {
            continue;
        }
        if units::is_money(other) && (said || is_thing(one) || units::is_money(one)) {
            found[later].quantity.worth_of = Some(later - 1);
        } else if units::is_money(one) && is_thing(other) {
            found[later - 1].quantity.worth_of = Some(later);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `LEAST..MOST UNIT`, with `>PLACE` for what it is worth of.
    fn short(text: &str) -> Vec<String> {
        let one = |quantity: &Quantity| {
            let most = quantity.most.map_or("∞".to_owned(), |most| format!("{most:.0}"));
            let worth = quantity.worth_of.map(|at| format!(" >{at}")).unwrap_or_default();
            format!("{:.0}..{most} {}{worth}", quantity.least, quantity.unit)
        };
        quantities(text).iter().map(one).collect()
    }

    #[test]
    fn statements_give_what_their_words_allow() {
        for (text, expected) in [
            ("more than 200,000 customers", &["200000..∞ customers"][..]),
            ("20 bitcoin (USD 470,000)", &["20..20 BTC", "470000..470000 USD >0"]),
            ("USD 340,000 (20 BTC)", &["340000..340000 USD >1", "20..20 BTC"]),
            ("200 000 clients", &["200000..200000 customers"]),
            ("rund 230.000 Kunden", &["207000..253000 customers"]),
            ("about 20 BTC", &["18..22 BTC"]),
            ("€1.5 million", &["1500000..1500000 EUR"]),
            ("between 5 and 10 accounts", &["5..10 accounts"]),
            ("5-10 accounts", &["5..10 accounts"]),
            ("between 1 and 2 million users", &["1000000..2000000 users"]),
            ("nearly 3k", &["2700..3000 "]),
            ("$340k", &["340000..340000 USD"]),
            ("for 20 BTC, or roughly $340,000", &["20..20 BTC", "306000..374000 USD >0"]),
            ("200,000+ records of readers", &["200000..∞ records"]),
            ("no more than 1 account", &["0..1 accounts"]),
            ("200,000 stolen personal records", &["200000..200000 records"]),
            ("5 accounts and 10 posts", &["5..5 accounts", "10..10 posts"]),
            ("12 % of them", &["12..12 %"]),
            ("On 4 January 2023 at 15:30, then 2023-02-03", &[]),
            ("January 4, 2023", &[]),
            ("T1585.001 and E0204, version 1.2.3, the 3rd of 4/5", &[]),
            ("an e-mail of 5 lines", &["5..5 lines"]),
            ("20 people (USD 500)", &["20..20 people", "500..500 USD"]),
        ] {
            assert_eq!(short(text), expected, "{text}");
        }
    }

    #[test]
    fn the_words_are_those_of_the_statement() {
        let found = quantities("They sold more than 200,000 customers' records for 20 bitcoin.");
        let words: Vec<&str> = found.iter().map(|quantity| &*quantity.words).collect();
        assert_eq!(words, ["more than 200,000 customers", "20 bitcoin"]);
    }
}

//! Dates in citations: `Author. (2022, October 20). Title. Retrieved March 1, 2023.`

use crate::Day;

/// The twelve months as citations write them.
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// When what a citation names was published: the first pair of brackets that begins with a year, or
/// holds a month and a year.
///
/// The day on which somebody retrieved it says nothing, nor does a year in the title.
pub(super) fn published(description: &str) -> Option<Day> {
    description.split('(').skip(1).find_map(|rest| day(rest.split(')').next()?))
}

/// `2022`, `2022, October`, `2022, October 20`, `October 20, 2022`, `20 October 2022`.
fn day(text: &str) -> Option<Day> {
    let words: Vec<&str> =
        text.split(|it: char| !it.is_ascii_alphanumeric()).filter(|it| !it.is_empty()).collect();
    if words.len() > 4 {
        return None;
    }
    let year = words.iter().find_map(|it| year(it))?;
    let month = words.iter().find_map(|it| month(it)).unwrap_or(0);
    let number = |it: &&str| it.len() <= 2 && it.bytes().all(|byte| byte.is_ascii_digit());
    let day = words.iter().find(|it| number(it)).and_then(|it| it.parse().ok()).unwrap_or(0);
    let known =
        words.iter().all(|it| self::year(it).is_some() || self::month(it).is_some() || number(it));
    let day = if month == 0 { 0 } else { day };
    // "2019, February 30" is a slip of the citation; its month is still right.
    known.then(|| Day::new(year, month, day).or_else(|| Day::new(year, month, 0)))?
}

fn year(word: &str) -> Option<u16> {
    let year: u16 = word.parse().ok().filter(|_| word.len() == 4)?;
    (1980..=2100).contains(&year).then_some(year)
}

fn month(word: &str) -> Option<u8> {
    let word = word.to_ascii_lowercase();
    let place = MONTHS.iter().position(|it| word.len() >= 3 && it.starts_with(word.as_str()))?;
    Some(place as u8 + 1)
}

/// The names of the sources that a text cites as `(Citation: name)`.
pub(super) fn cited(text: &str) -> impl Iterator<Item = &str> {
    text.split("(Citation:").skip(1).filter_map(|rest| Some(rest.split(')').next()?.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_of_publication_is_read_and_no_other() {
        for (text, expected) in [
            ("Bureau. (2022, October 20). Title. Retrieved March 1, 2023.", "2022-10-20"),
            ("Bureau. (2022, Oct). Title.", "2022-10"),
            ("Bureau. (2022). Title of 2019.", "2022"),
            ("Bureau. (20 October 2022). Title.", "2022-10-20"),
            ("Bureau. (n.d.). Title. Retrieved March 1, 2023.", ""),
            ("Bureau (the one in Paris). (2021, May 3). Title.", "2021-05-03"),
            ("Bureau. (2019, February 30). Title.", "2019-02"),
            ("Bureau 2019, no brackets", ""),
            ("", ""),
        ] {
            let day = published(text).map_or_else(String::new, |it| it.to_string());
            assert_eq!(day, expected, "{text}");
        }
    }

    #[test]
    fn every_citation_in_a_text_is_found() {
        let text = "It did.(Citation: One 2020)(Citation: Two)  and (Citation: open";
        assert_eq!(cited(text).collect::<Vec<_>>(), ["One 2020", "Two", "open"]);
    }
}

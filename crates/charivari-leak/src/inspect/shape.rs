//! What the bytes of a value are, in one pass, and the class that follows from it.
//!
//! Every value of a table passes here, so that no share in a result rests on a guess about values
//! that were not looked at. All else that costs more happens on a sample.

use super::sketch::{finish, mix, seed};
use super::values::date::Moment;
use super::values::{date, email, iban, ip};

/// How many bytes of a value are looked at; what is longer is text or a blob either way.
const LOOKED_AT: usize = 255;

const DIGIT: u32 = 0;
const LOWER: u32 = 1;
const UPPER: u32 = 2;
const SPACE: u32 = 3;
const DOT: u32 = 4;
const AT: u32 = 5;
const MARK: u32 = 6;
const HIGH: u32 = 7;

/// One in the lane of its class for each byte, so that adding counts all classes at once.
static LANES: [u64; 256] = lanes();

const fn lanes() -> [u64; 256] {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let lane = match byte as u8 {
            b'0'..=b'9' => DIGIT,
            b'a'..=b'z' => LOWER,
            b'A'..=b'Z' => UPPER,
            b' ' | b'\t' | b'\r' | b'\n' => SPACE,
            b'.' => DOT,
            b'@' => AT,
            0x80.. => HIGH,
            _ => MARK,
        };
        table[byte] = 1 << (8 * lane);
        byte += 1;
    }
    table
}

/// Counts of the classes of bytes in the first 255 of a value.
#[derive(Clone, Copy)]
pub(super) struct Shape(u64);

/// The hash of a value under a key: sixteen bytes a multiplication, where the last sixteen may read some again, and
/// one at the end, since what two factors have in common shows in one product.
#[inline]
pub(super) fn hash(bytes: &[u8], key: u64) -> u64 {
    let word = |half: &[u8; 8]| u64::from_le_bytes(*half);
    let halves = |sixteen: &[u8; 16]| {
        let whole = u128::from_le_bytes(*sixteen);
        (whole as u64, (whole >> 64) as u64)
    };
    let mut state = seed(bytes.len(), key);
    let (one, other) = match (bytes.last_chunk::<16>(), bytes.first_chunk(), bytes.last_chunk()) {
        (Some(end), ..) => {
            for sixteen in bytes[..bytes.len() - 1].as_chunks().0 {
                let (one, other) = halves(sixteen);
                state = mix(state, one, other);
            }
            halves(end)
        }
        (None, Some(first), Some(last)) => (word(first), word(last)),
        _ => (rest(bytes), 0),
    };
    finish(mix(state, one, other))
}

/// The classes of eight bytes, counted.
#[inline]
fn lanes_of(word: [u8; 8]) -> u64 {
    let lanes = word.map(|byte| LANES[usize::from(byte)]);
    // By pairs, so that no sum waits for the one before.
    let pair = |at: usize| lanes[at] + lanes[at + 1];
    (pair(0) + pair(2)) + (pair(4) + pair(6))
}

/// The bytes behind the last whole eight, the first one lowest, with zeros behind them.
#[inline]
pub(super) fn rest(bytes: &[u8]) -> u64 {
    let length = bytes.len() % 8;
    if length == 0 {
        return 0;
    }
    if let Some(last) = bytes.last_chunk::<8>() {
        return u64::from_le_bytes(*last) >> (8 * (8 - length));
    }
    if let (Some(first), Some(last)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        // Bytes that are read twice fall on themselves.
        let (first, last) = (u32::from_le_bytes(*first), u32::from_le_bytes(*last));
        return u64::from(first) | u64::from(last) << (8 * (length - 4));
    }
    let byte = |at: usize| u64::from(bytes[at]) << (8 * at);
    byte(0) | byte(length / 2) | byte(length - 1)
}

impl Shape {
    /// Counts eight bytes at a time, because a loop over single bytes ends somewhere else for every
    /// value, which costs more than the bytes do.
    #[inline]
    pub(super) fn of(bytes: &[u8]) -> Self {
        let bytes = &bytes[..bytes.len().min(LOOKED_AT)];
        let (words, _) = bytes.as_chunks::<8>();
        let lanes = words.iter().fold(0, |lanes, word| lanes + lanes_of(*word));
        // The zeros behind the last bytes are counted as marks, and taken off again.
        let zeros = (8 - bytes.len() as u64 % 8) << (8 * MARK);
        Self((lanes + lanes_of(rest(bytes).to_le_bytes())).wrapping_sub(zeros))
    }

    fn lane(self, lane: u32) -> u32 {
        (self.0 >> (8 * lane)) as u32 & 0xFF
    }

    pub(super) fn digits(self) -> u32 {
        self.lane(DIGIT)
    }

    pub(super) fn high(self) -> u32 {
        self.lane(HIGH)
    }

    fn letters(self) -> u32 {
        self.lane(LOWER) + self.lane(UPPER) + self.lane(HIGH)
    }
}

/// What a value looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// Nothing.
    Empty,
    /// A word for nothing: `NULL`, `n/a`, `-`.
    Placeholder,
    /// Digits alone, perhaps with a sign.
    Integer,
    /// A number with a fraction.
    Decimal,
    /// A date, with or without a time of day.
    Date,
    /// An address for e-mail.
    Email,
    /// Digits with the marks that people put into telephone numbers.
    Phone,
    /// An internet address.
    Ip,
    /// Two letters, two digits, and as long as the account numbers of that country are.
    Iban,
    /// Sixteen hexadecimal digits or more.
    Hex,
    /// A string that says by which scheme it was hashed.
    Hash,
    /// The address of a page.
    Url,
    /// One word of letters.
    Word,
    /// A few words of letters.
    Words,
    /// A few words with digits among them.
    Mixed,
    /// Letters and digits or marks without a space.
    Token,
    /// Many words.
    Text,
    /// Nothing of these.
    Other,
}

/// The number of classes.
pub(super) const CLASSES: usize = 18;

/// The class of a value whose shape is known.
pub(super) fn class(bytes: &[u8], shape: Shape) -> Class {
    look(bytes, shape).0
}

/// The class of a value whose shape is known, and the date that it is, so that none is read twice.
#[inline]
pub(super) fn look(bytes: &[u8], shape: Shape) -> (Class, Option<Moment>) {
    let length = bytes.len();
    if length == 0 {
        return (Class::Empty, None);
    }
    let looked_at = length.min(LOOKED_AT) as u32;
    if shape.digits() == looked_at {
        return (if length <= LOOKED_AT { Class::Integer } else { Class::Other }, None);
    }
    if shape.lane(AT) == 1 && email::is_email(bytes) {
        return (Class::Email, None);
    }
    // A date has six digits, and at most three letters for a zone or between date and time.
    if shape.digits() >= 6 && shape.letters() <= 3 && length <= 32 {
        let moment = date::read(bytes);
        if moment.is_some() {
            return (Class::Date, moment);
        }
    }
    let class = match (shape.letters(), shape.digits()) {
        (0, _) => without_letters(bytes, shape),
        (_, 0) => without_digits(bytes, shape),
        _ => with_both(bytes, shape),
    };
    (class, None)
}

fn without_letters(bytes: &[u8], shape: Shape) -> Class {
    let (digits, length) = (shape.digits(), bytes.len() as u32);
    if digits == 0 {
        return if length <= 3 { Class::Placeholder } else { Class::Other };
    }
    let dots = shape.lane(DOT);
    if dots == 3 && ip::is_v4(bytes) {
        return Class::Ip;
    }
    if dots == 1 && digits + 1 == length {
        return Class::Decimal;
    }
    let is_signed = matches!(bytes[0], b'-' | b'+');
    let rest = &bytes[usize::from(is_signed)..];
    let points = rest.iter().filter(|byte| matches!(byte, b'.' | b',')).count() as u32;
    let numeric = digits + points == rest.len() as u32;
    if numeric && points == 0 && bytes[0] == b'-' {
        return Class::Integer;
    }
    if numeric && points == 1 {
        return Class::Decimal;
    }
    let is_dialled =
        |byte: &u8| matches!(byte, b'0'..=b'9' | b' ' | b'+' | b'-' | b'.' | b'(' | b')' | b'/');
    if (6..=17).contains(&digits) && length <= 28 && bytes.iter().all(is_dialled) {
        return Class::Phone;
    }
    Class::Other
}

fn without_digits(bytes: &[u8], shape: Shape) -> Class {
    let (spaces, marks) = (shape.lane(SPACE), shape.lane(MARK));
    if bytes.len() <= 12 && may_be_placeholder(bytes[0]) && is_placeholder(bytes) {
        return Class::Placeholder;
    }
    if marks > 2 && is_url(bytes) {
        return Class::Url;
    }
    if spaces >= 6 || bytes.len() > 90 {
        return if spaces >= 3 { Class::Text } else { Class::Other };
    }
    match spaces {
        0 if marks + shape.lane(DOT) <= 3 && shape.lane(AT) == 0 => Class::Word,
        0 => Class::Token,
        _ => Class::Words,
    }
}

fn with_both(bytes: &[u8], shape: Shape) -> Class {
    let (spaces, marks) = (shape.lane(SPACE), shape.lane(MARK));
    if marks > 2 && is_url(bytes) {
        return Class::Url;
    }
    if spaces >= 12 || (spaces >= 7 && bytes.len() > 90) {
        return Class::Text;
    }
    if iban::looks_like(bytes) {
        return Class::Iban;
    }
    if spaces > 0 {
        return Class::Mixed;
    }
    let is_starred = bytes[0] == b'*' && bytes.len() == 41;
    if bytes[0] == b'$' || is_starred || (marks > 1 && bytes.contains(&b'$')) {
        return Class::Hash;
    }
    if marks >= 2 && bytes.contains(&b':') && ip::is_v6(bytes) {
        return Class::Ip;
    }
    if bytes.len() >= 16 && marks == 0 && bytes.iter().all(u8::is_ascii_hexdigit) {
        return Class::Hex;
    }
    if bytes.len() > 200 { Class::Other } else { Class::Token }
}

/// Whether a word for nothing begins with this byte; most values are ruled out by it.
fn may_be_placeholder(first: u8) -> bool {
    matches!(
        first,
        b'n' | b'N' | b'u' | b'U' | b'i' | b'I' | b't' | b'T' | b'k' | b'K' | b'\\' | 0xD9
    )
}

fn is_url(bytes: &[u8]) -> bool {
    let starts = |start: &[u8]| {
        bytes.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start))
    };
    (starts(b"http://") || starts(b"https://") || starts(b"ftp://")) && !bytes.contains(&b' ')
}

/// Whether a value stands for none, in the languages of the exports that one meets.
pub(super) fn is_placeholder(bytes: &[u8]) -> bool {
    const WORDS: [&str; 16] = [
        "null",
        "\\n",
        "n/a",
        "na",
        "none",
        "nan",
        "nil",
        "unknown",
        "inconnu",
        "unbekannt",
        "undefined",
        "tbd",
        "nc",
        "k.a.",
        "ندارد",
        "نامشخص",
    ];
    WORDS.iter().any(|word| word.as_bytes().eq_ignore_ascii_case(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eight_bytes_at_a_time_are_counted_as_single_ones() {
        let text = "Zqx 12.5@é-7/".repeat(30);
        for from in 0..24 {
            for length in 0..280 {
                let bytes = &text.as_bytes()[from..from + length];
                let looked_at = &bytes[..length.min(LOOKED_AT)];
                let single = looked_at.iter().fold(0, |sum, &byte| sum + LANES[usize::from(byte)]);
                assert_eq!(Shape::of(bytes).0, single, "{from} {length}");
                let same = &text.as_bytes()[from + 14 * 4..from + 14 * 4 + length];
                assert_eq!(hash(bytes, 7), hash(same, 7), "{from} {length}");
            }
        }
        let all_marks = [b'-'; 255];
        assert_eq!(Shape::of(&all_marks).lane(MARK), 255);
    }

    #[test]
    fn values_have_the_class_that_they_look_like() {
        let cases = [
            ("", Class::Empty),
            ("NULL", Class::Placeholder),
            ("-", Class::Placeholder),
            ("12", Class::Integer),
            ("-12", Class::Integer),
            ("12.50", Class::Decimal),
            ("12,50", Class::Decimal),
            ("1984-03-12", Class::Date),
            ("12/03/1984", Class::Date),
            ("12.03.1984", Class::Date),
            ("2021-02-03 04:05:06", Class::Date),
            ("2021-02-03T04:05:06Z", Class::Date),
            ("zqxa@example.org", Class::Email),
            ("06 39 98 00 01", Class::Phone),
            ("+33639980001", Class::Phone),
            ("192.0.2.7", Class::Ip),
            ("2001:db8::1", Class::Ip),
            ("5d41402abc4b2a76b9719d911017c592", Class::Hex),
            ("$2y$10$abcdefghijklmnopqrstuv", Class::Hash),
            ("https://example.org/1", Class::Url),
            ("Zqxmarlo", Class::Word),
            ("O'Zqxa-Bela", Class::Word),
            ("Zqxa de Bela", Class::Words),
            ("12 rue de la Zqxa", Class::Mixed),
            ("zqxa_77", Class::Token),
            ("she said that the parcel has not come yet", Class::Text),
        ];
        for (value, expected) in cases {
            let bytes = value.as_bytes();
            assert_eq!(class(bytes, Shape::of(bytes)), expected, "{value}");
        }
    }
}

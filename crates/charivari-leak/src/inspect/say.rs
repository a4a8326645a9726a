//! Numbers as sentences need them, and values as nobody can read them.

/// A number with its thousands apart.
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A share in percent: never 0 % of something, never 100 % of less than all.
pub(super) fn percent(share: f64) -> String {
    match share * 100.0 {
        p if p <= 0.0 => "0 %".to_owned(),
        p if p >= 100.0 => "100 %".to_owned(),
        p if p < 0.1 => "under 0.1 %".to_owned(),
        p if p < 9.95 => format!("{p:.1} %"),
        p if p > 99.0 => "over 99 %".to_owned(),
        p => format!("{p:.0} %"),
    }
}

/// The longest mask.
const MASK: usize = 24;

/// What a value looks like with nothing of it left: letters become `a` and `A`, letters that have no
/// case `x`, digits `9`, and runs of letters are cut to two and an ellipsis. Marks and spaces stay.
pub(super) fn mask(text: &str) -> String {
    let mut out = String::new();
    let mut run = 0;
    for c in text.trim().chars() {
        if out.chars().count() >= MASK {
            out.push('…');
            break;
        }
        let sign = match c {
            _ if c.is_numeric() => '9',
            _ if c.is_uppercase() => 'A',
            _ if c.is_lowercase() => 'a',
            _ if c.is_alphanumeric() || !c.is_ascii() => 'x',
            _ if c.is_ascii_graphic() || c == ' ' => c,
            _ => '?',
        };
        run = if c.is_alphabetic() { run + 1 } else { 0 };
        match run {
            0..=2 => out.push(sign),
            3 => out.push('…'),
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_keep_the_shape_and_nothing_else() {
        for (value, expected) in [
            ("Zqxmarlo", "Aa…"),
            ("zqxmarlo@example.org", "aa…@aa….aa…"),
            ("12 rue des Zqxlilas", "99 aa… aa… Aa…"),
            ("+33 6 39 98 00 01", "+99 9 99 99 99 99"),
            ("زقکس", "xx…"),
            ("\u{202e}\u{1b}", "x?"),
        ] {
            assert_eq!(mask(value), expected);
        }
        assert!(mask(&"9".repeat(100)).chars().count() <= MASK + 1);
    }

    #[test]
    fn shares_are_never_rounded_to_all_or_nothing() {
        for (share, expected) in [
            (0.0, "0 %"),
            (0.000_1, "under 0.1 %"),
            (0.05, "5.0 %"),
            (0.97, "97 %"),
            (0.999, "over 99 %"),
            (1.0, "100 %"),
        ] {
            assert_eq!(percent(share), expected);
        }
    }
}

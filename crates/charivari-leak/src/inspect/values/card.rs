//! Payment cards: the check of Luhn, and which numbers are given out (ISO/IEC 7812).

/// Whether digits pass the check of Luhn. One number in ten does by chance.
pub(crate) fn luhn(digits: &[u8]) -> bool {
    let sum: u32 =
        digits.iter().rev().enumerate().map(|(place, &digit)| doubled(place, digit)).sum();
    digits.len() > 1 && sum.is_multiple_of(10)
}

fn doubled(place: usize, digit: u8) -> u32 {
    let digit = u32::from(digit);
    match place % 2 {
        0 => digit,
        _ if digit > 4 => digit * 2 - 9,
        _ => digit * 2,
    }
}

/// The scheme whose range and length a number has.
pub(crate) fn scheme(digits: &[u8]) -> Option<&'static str> {
    let head = digits.iter().take(6).fold(0_u32, |sum, &digit| sum * 10 + u32::from(digit));
    if digits.len() < 12 {
        return None;
    }
    Some(match (head, digits.len()) {
        (603_700..=603_799 | 589_200..=589_299 | 627_300..=627_999, 16) => "Iranian bank",
        (400_000..=499_999, 13 | 16 | 19) => "Visa",
        (510_000..=559_999 | 222_100..=272_099, 16) => "Mastercard",
        (340_000..=349_999 | 370_000..=379_999, 15) => "American Express",
        (300_000..=305_999 | 360_000..=369_999 | 380_000..=399_999, 14) => "Diners Club",
        (601_100..=601_199 | 644_000..=659_999, 16..=19) => "Discover",
        (352_800..=358_999, 16..=19) | (213_100..=213_199 | 180_000..=180_099, 15) => "JCB",
        (620_000..=629_999, 16..=19) => "UnionPay",
        (
            500_000..=509_999 | 560_000..=589_999 | 630_000..=639_999 | 670_000..=679_999,
            12..=19,
        ) => "Maestro",
        _ => return None,
    })
}

/// Whether a number has the range, the length and the check digit of a card.
pub(crate) fn is_card(digits: &[u8]) -> bool {
    scheme(digits).is_some() && luhn(digits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inspect::values::digits;

    #[test]
    fn test_numbers_of_the_schemes_pass_and_their_neighbours_do_not() {
        for number in [
            "4111111111111111",
            "5555555555554444",
            "378282246310005",
            "30569309025904",
            "3530111333300000",
        ] {
            let (mut all, length) = digits(number).unwrap();
            assert!(is_card(&all[..length]), "{number}");
            all[length - 1] = (all[length - 1] + 1) % 10;
            assert!(!is_card(&all[..length]), "{number} with another last digit");
        }
    }

    #[test]
    fn one_number_in_ten_passes_luhn_by_chance() {
        let passing = (0..10_000_u32).filter(|&number| {
            let (all, length) = digits(&format!("{:016}", u64::from(number) * 7_919 + 31)).unwrap();
            luhn(&all[..length])
        });
        assert!((900..1_100).contains(&passing.count()));
    }
}

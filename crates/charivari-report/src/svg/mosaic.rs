//! A picture's hash as a mosaic: what a computer compares, so that nobody's face has to be shown.

/// Cells along an edge: a hash has 256 bits.
const SIDE: usize = 16;

/// Draws a hash of 64 hexadecimal digits, the last bit first, as PDQ hashes are exchanged; cells that
/// differ from `beside` stand out. Gives nothing for anything else.
pub(crate) fn mosaic_svg(hash: &str, beside: Option<&str>) -> Option<String> {
    let other = beside.and_then(bits);
    let bits = bits(hash)?;
    let (mut set, mut differ) = (String::new(), String::new());
    for (cell, is_set) in bits.iter().enumerate() {
        let square = |out: &mut String| put!(out, "M{} {}h1v1h-1z", cell % SIDE, cell / SIDE);
        let differs = other.is_some_and(|other| other[cell] != *is_set);
        match (differs, is_set) {
            (true, _) => square(&mut differ),
            (false, true) => square(&mut set),
            (false, false) => {}
        }
    }
    Some(format!(
        "<svg class=\"mosaic\" viewBox=\"-.5 -.5 17 17\" aria-hidden=\"true\"><rect class=\"frame\" \
         width=\"16\" height=\"16\"/><path class=\"set\" d=\"{set}\"/><path class=\"differ\" \
         d=\"{differ}\"/></svg>"
    ))
}

fn bits(hash: &str) -> Option<[bool; SIDE * SIDE]> {
    let mut bits = [false; SIDE * SIDE];
    if hash.len() != bits.len() / 4 {
        return None;
    }
    for (place, digit) in hash.chars().rev().enumerate() {
        let digit = digit.to_digit(16)?;
        for bit in 0..4 {
            bits[place * 4 + bit] = digit >> bit & 1 == 1;
        }
    }
    Some(bits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn set_cells_are_drawn_and_differing_ones_stand_out() {
        let hash = format!("{}3", "0".repeat(63));
        let alone = mosaic_svg(&hash, None).unwrap();
        assert!(alone.contains("class=\"set\" d=\"M0 0h1v1h-1zM1 0h1v1h-1z\""), "{alone}");
        let beside = mosaic_svg(&hash, Some(&"0".repeat(64))).unwrap();
        assert!(beside.contains("class=\"set\" d=\"\""), "{beside}");
        assert!(beside.contains("class=\"differ\" d=\"M0 0h1v1h-1zM1 0h1v1h-1z\""), "{beside}");
        for wrong in ["", "3", &"g".repeat(64), &"é".repeat(32)] {
            assert_eq!(mosaic_svg(wrong, None), None, "{wrong}");
        }
    }
}

//! Handles by their form.

/// The most characters of a form; longer handles are cut, as no platform has such.
const MOST: usize = 64;

/// The form of a handle: `a` for a run of letters, `9{n}` for n digits, other characters as they are.
///
/// `Jean_Martin19840213` has the form `a_a9{8}`.
pub(super) fn shape(handle: &str) -> String {
    let mut shape = String::new();
    let mut digits = 0_usize;
    let mut after_letter = false;
    for sign in handle.trim_start_matches('@').chars().take(MOST) {
        if sign.is_numeric() {
            digits += 1;
            after_letter = false;
            continue;
        }
        close(&mut shape, &mut digits);
        if sign.is_alphabetic() {
            if !after_letter {
                shape.push('a');
            }
        } else {
            // What cannot be seen must not stand in a table.
            shape.push(if sign.is_ascii_graphic() { sign } else { '?' });
        }
        after_letter = sign.is_alphabetic();
    }
    close(&mut shape, &mut digits);
    shape
}

fn close(shape: &mut String, digits: &mut usize) {
    if *digits > 0 {
        shape.push_str("9{");
        shape.push_str(&digits.to_string());
        shape.push('}');
        *digits = 0;
    }
}

/// Whether platforms propose handles of this form: letters, then five digits or more.
pub(super) fn is_proposed(shape: &str) -> bool {
    let Some((letters, digits)) = shape.rsplit_once("9{") else { return false };
    let plain = letters.chars().all(|sign| matches!(sign, 'a' | '_' | '-'));
    let count: usize = digits.trim_end_matches('}').parse().unwrap_or(0);
    letters.starts_with('a') && plain && digits.ends_with('}') && count >= 5
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn handles_have_forms_and_some_are_proposed() {
        for (handle, form, proposed) in [
            ("@Jean_Martin19840213", "a_a9{8}", true),
            ("jean12345", "a9{5}", true),
            ("jean1984", "a9{4}", false),
            ("12345678", "9{8}", false),
            ("élodie.b", "a.a", false),
            ("a1b22222", "a9{1}a9{5}", false),
            ("mot\u{202e}", "a?", false),
            ("", "", false),
        ] {
            assert_eq!(shape(handle), form, "{handle}");
            assert_eq!(is_proposed(form), proposed, "{handle}");
        }
    }
}

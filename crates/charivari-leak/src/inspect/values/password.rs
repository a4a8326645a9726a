//! By which scheme a password was hashed, from the form of the hash.

/// The scheme of a hash that names it, or whose form and length are one scheme's.
pub(crate) fn scheme(text: &str) -> Option<&'static str> {
    let starts = |starts: &[&str]| starts.iter().any(|start| text.starts_with(start));
    let is_hex = |text: &str| text.bytes().all(|byte| byte.is_ascii_hexdigit());
    Some(match text.len() {
        _ if starts(&["$2a$", "$2b$", "$2y$", "$2x$"]) => "bcrypt",
        _ if starts(&["$argon2"]) || starts(&["argon2$"]) => "argon2",
        _ if starts(&["$scrypt$", "$s0$", "$7$", "scrypt:"]) => "scrypt",
        _ if starts(&["$pbkdf2", "pbkdf2:"]) => "PBKDF2",
        _ if starts(&["pbkdf2_", "bcrypt_sha256$", "sha1$", "md5$"]) => "Django",
        _ if starts(&["$P$", "$H$"]) => "phpass",
        _ if starts(&["$S$"]) => "Drupal 7 (SHA-512, stretched)",
        _ if starts(&["$apr1$"]) => "Apache MD5",
        _ if starts(&["$1$"]) => "md5crypt",
        _ if starts(&["$5$"]) => "sha256crypt",
        _ if starts(&["$6$"]) => "sha512crypt",
        _ if starts(&["$y$"]) => "yescrypt",
        _ if starts(&["{SSHA}", "{SHA}"]) => "LDAP SHA-1",
        41 if text.starts_with('*') && is_hex(&text[1..]) => "MySQL 4.1 and later",
        32 if is_hex(text) && text.bytes().any(|byte| byte.is_ascii_uppercase()) => {
            "raw MD5 or NTLM (32 capital hexadecimal digits)"
        }
        32 if is_hex(text) => "raw MD5 (or NTLM)",
        40 if is_hex(text) => "raw SHA-1",
        56 if is_hex(text) => "raw SHA-224",
        64 if is_hex(text) => "raw SHA-256",
        96 if is_hex(text) => "raw SHA-384",
        128 if is_hex(text) => "raw SHA-512",
        33..=80 if is_salted_hex(text) => "MD5 or SHA with its salt behind a colon",
        _ => return None,
    })
}

fn is_salted_hex(text: &str) -> bool {
    text.split_once(':').is_some_and(|(hash, salt)| {
        matches!(hash.len(), 32 | 40 | 64)
            && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
            && salt.len() <= 32
    })
}

/// Whether a scheme names itself, so that nothing else looks like it.
pub(crate) fn names_itself(scheme: &str) -> bool {
    !scheme.starts_with("raw ")
}

/// Whether a string mixes signs as passwords that were asked to be strong do.
pub(crate) fn looks_chosen(text: &str) -> bool {
    let has = |of: fn(&u8) -> bool| u8::from(text.bytes().any(|byte| of(&byte)));
    let sorts = has(u8::is_ascii_lowercase) + has(u8::is_ascii_uppercase) + has(u8::is_ascii_digit);
    let marks = u8::from(text.bytes().any(|byte| b"!$%&*?#^=~+".contains(&byte)));
    (6..=24).contains(&text.len())
        && !text.contains(' ')
        && (sorts + marks >= 3 || (marks == 1 && sorts >= 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schemes_are_known_by_their_form() {
        let hex = "5d41402abc4b2a76b9719d911017c592";
        for (text, expected) in [
            ("$2y$10$abcdefghijklmnopqrstuv", Some("bcrypt")),
            ("$argon2id$v=19$m=65536,t=3,p=4$c2FsdA$aGFzaA", Some("argon2")),
            ("pbkdf2_sha256$260000$c2FsdA$aGFzaA=", Some("Django")),
            ("$P$BabcdefghijklmnopqrstuvwxyzABCD", Some("phpass")),
            (hex, Some("raw MD5 (or NTLM)")),
            (&hex.to_uppercase(), Some("raw MD5 or NTLM (32 capital hexadecimal digits)")),
            (&format!("{hex}:ab12"), Some("MD5 or SHA with its salt behind a colon")),
            ("*2470C0C06DEE42FD1618BB99005ADCA2EC9D1E19", Some("MySQL 4.1 and later")),
            ("Zqxmarlo", None),
        ] {
            assert_eq!(scheme(text), expected, "{text}");
        }
    }
}

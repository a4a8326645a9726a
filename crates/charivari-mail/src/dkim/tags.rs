//! Lists of tags such as `v=1; a=rsa-sha256` (RFC 6376, section 3.2), and base64.

/// A list of tags in the order in which they stand.
pub(crate) struct Tags(Vec<(String, String)>);

impl Tags {
    /// Reads a list; the fault in words where it is none.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        Self::read(text, str::to_owned)
    }

    /// Reads a list whose names may have letters of either case; they become lower case.
    pub(crate) fn parse_any_case(text: &str) -> Result<Self, String> {
        Self::read(text, str::to_ascii_lowercase)
    }

    fn read(text: &str, name_of: fn(&str) -> String) -> Result<Self, String> {
        let mut tags: Vec<(String, String)> = Vec::new();
        for part in text.split(';') {
            if part.trim_ascii().is_empty() {
                continue;
            }
            let (name, value) = part.split_once('=').ok_or("a tag has no value")?;
            let name = name.trim_ascii();
            if name.is_empty() || !name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') {
                return Err("a tag has no name".to_owned());
            }
            let name = name_of(name);
            if tags.iter().any(|(known, _)| *known == name) {
                return Err("a tag stands there twice".to_owned());
            }
            tags.push((name, value.trim_ascii().to_owned()));
        }
        Ok(Self(tags))
    }

    /// The value of a tag, if it is there.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The value of a tag without which the list means nothing.
    pub(crate) fn need(&self, name: &str) -> Result<&str, String> {
        self.get(name).ok_or_else(|| format!("the tag {name}= is missing"))
    }

    /// A value that is a number, if the tag is there.
    pub(crate) fn number(&self, name: &str) -> Result<Option<u64>, String> {
        let Some(value) = self.get(name) else { return Ok(None) };
        value.parse().map(Some).map_err(|_| format!("the tag {name}= is no number"))
    }

    /// A value that is base64, white space left out.
    pub(crate) fn bytes(&self, name: &str) -> Result<Vec<u8>, String> {
        base64(self.need(name)?).ok_or_else(|| format!("the tag {name}= is no base64"))
    }
}

/// Decodes base64 with any white space in it; missing padding is forgiven, anything else not.
pub(crate) fn base64(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut count, mut padding) = (0_u32, 0, 0);
    for byte in text.bytes().filter(|byte| !byte.is_ascii_whitespace()) {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            b'=' => {
                padding += 1;
                continue;
            }
            _ => return None,
        };
        if padding > 0 {
            return None;
        }
        bits = bits << 6 | u32::from(value);
        count += 1;
        if count == 4 {
            out.extend_from_slice(&bits.to_be_bytes()[1..]);
            (bits, count) = (0, 0);
        }
    }
    match count {
        0 => {}
        2 => out.push((bits >> 4) as u8),
        3 => out.extend_from_slice(&((bits >> 2) as u16).to_be_bytes()),
        _ => return None,
    }
    (padding <= 2).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_read_with_their_white_space() {
        let tags = Tags::parse(" v = 1;\r\n\ta=rsa-sha256 ; b=ab\r\n cd=;").ok().unwrap();
        assert_eq!(tags.get("v"), Some("1"));
        assert_eq!(tags.get("b"), Some("ab\r\n cd="));
        for wrong in ["v", "=1", "v=1; v=1", "v=1; b c=2"] {
            assert!(Tags::parse(wrong).is_err(), "{wrong}");
        }
        assert!(Tags::parse("v=1; V=1").is_ok());
        assert!(Tags::parse_any_case("v=1; V=1").is_err());
        assert_eq!(Tags::parse_any_case("Mf=aB").ok().unwrap().get("mf"), Some("aB"));
    }

    #[test]
    fn base64_is_read_strictly_but_for_space() {
        let cases: [(&str, Option<&[u8]>); 8] = [
            ("", Some(b"")),
            ("YQ==", Some(b"a")),
            ("YWI", Some(b"ab")),
            ("Y W\r\nJj", Some(b"abc")),
            ("Y", None),
            ("Y=Q=", None),
            ("YW-j", None),
            ("YWJj====", None),
        ];
        for (text, expected) in cases {
            assert_eq!(base64(text).as_deref(), expected, "{text}");
        }
    }
}

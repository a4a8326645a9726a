//! Addresses of the envelope as signatures record them.

/// An address of `mf=` or `rt=`; nothing of it is ever written down.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Address {
    /// What stands before the at sign, where case counts.
    local: String,
    /// The domain, lower case; empty for `<>` and for `<postmaster>`.
    pub(super) domain: String,
    /// Whether angle brackets stand around it, as the draft demands.
    pub(super) brackets: bool,
}

impl Address {
    /// Reads an address; the fault in words where it is none.
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, String> {
        let text = std::str::from_utf8(bytes).map_err(|_| "an address is not UTF-8".to_owned())?;
        let within = text.strip_prefix('<').and_then(|rest| rest.strip_suffix('>'));
        let brackets = within.is_some();
        let bare = within.unwrap_or(text);
        let odd = |c: char| c.is_control() || matches!(c, '<' | '>');
        if bare.chars().any(odd) || (bare.is_empty() && !brackets) {
            return Err("an address is none".to_owned());
        }
        let (local, domain) = bare.rsplit_once('@').unwrap_or((bare, ""));
        Ok(Self { local: local.to_owned(), domain: domain.to_lowercase(), brackets })
    }

    /// Whether it is `<>`: nobody is to be told where the message cannot be delivered.
    pub(super) fn is_null(&self) -> bool {
        self.local.is_empty() && self.domain.is_empty()
    }

    /// Whether both are one address: the local part to the letter, the domain in any case.
    pub(super) fn same(&self, other: &Self) -> bool {
        self.local == other.local && self.domain == other.domain
    }
}

/// Whether a domain is another one or lies below it.
pub(super) fn within(name: &str, above: &str) -> bool {
    let below = || name.strip_suffix(above).is_some_and(|rest| rest.ends_with('.'));
    !above.is_empty() && (name == above || below())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_with_and_without_brackets() {
        let read = |text: &str| Address::parse(text.as_bytes());
        let one = read("<A.b@Example.ORG>").unwrap();
        assert!(one.brackets && one.same(&read("A.b@example.org").unwrap()));
        assert!(!one.same(&read("<a.b@example.org>").unwrap()));
        assert!(read("<>").unwrap().is_null() && !read("<postmaster>").unwrap().is_null());
        for wrong in ["", "<a@b", "a@b>", "<a>b>", "a\r\n@b"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
        assert!(Address::parse(b"\xff@example.org").is_err());
    }

    #[test]
    fn a_domain_lies_within_itself_and_those_above() {
        let cases = [
            ("example.org", "example.org", true),
            ("a.example.org", "example.org", true),
            ("badexample.org", "example.org", false),
            ("example.org", "a.example.org", false),
            ("example.org", "", false),
            ("", "", false),
        ];
        for (name, above, expected) in cases {
            assert_eq!(within(name, above), expected, "{name} {above}");
        }
    }
}

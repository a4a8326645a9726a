//! Public keys as domains publish them (RFC 6376, section 3.6.1; RFC 8463).

use super::crypto::RsaKey;
use super::tags::Tags;

/// A published key.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Key {
    pub(crate) material: Material,
    /// The digests that it may be used with; all without it.
    pub(crate) hashes: Option<Vec<String>>,
    /// `t=y`: the domain is only testing.
    pub(crate) testing: bool,
    /// `t=s`: the identity must be of the very domain.
    pub(crate) strict: bool,
    /// Whether mail may be signed with it (`s=`).
    pub(crate) for_mail: bool,
}

/// The key itself.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Material {
    Rsa(RsaKey),
    Ed25519([u8; 32]),
    /// An empty `p=`: the domain has taken the key back.
    Revoked,
}

impl Key {
    /// Reads a record; the fault in words where it is no key.
    pub(crate) fn parse(record: &str) -> Result<Self, String> {
        let tags = Tags::parse(record)?;
        if tags.get("v").is_some_and(|version| version != "DKIM1") {
            return Err("v= is not DKIM1".to_owned());
        }
        let list = |name: &str| -> Option<Vec<String>> {
            let items = tags.get(name)?.split(':').map(|item| item.trim().to_ascii_lowercase());
            Some(items.collect())
        };
        let flags = list("t").unwrap_or_default();
        let has = |flag: &str| flags.iter().any(|known| known == flag);
        let services = list("s").unwrap_or_default();
        let for_mail =
            services.is_empty() || services.iter().any(|name| name == "*" || name == "email");
        Ok(Self {
            material: material(&tags)?,
            hashes: list("h"),
            testing: has("y"),
            strict: has("s"),
            for_mail,
        })
    }
}

fn material(tags: &Tags) -> Result<Material, String> {
    let bytes = tags.bytes("p")?;
    if bytes.is_empty() {
        return Ok(Material::Revoked);
    }
    match tags.get("k").unwrap_or("rsa") {
        "rsa" => rsa(&bytes).map(Material::Rsa).ok_or_else(|| "p= is no RSA key".to_owned()),
        "ed25519" => {
            let key = bytes.try_into().map_err(|_| "p= is not 32 bytes long".to_owned())?;
            Ok(Material::Ed25519(key))
        }
        _ => Err("k= is neither rsa nor ed25519".to_owned()),
    }
}

/// An RSA key in DER: bare (RFC 8017, A.1.1), or with its algorithm around it (RFC 5280, 4.1.2.7).
fn rsa(bytes: &[u8]) -> Option<RsaKey> {
    let (mut content, rest) = element(bytes, 0x30)?;
    if !rest.is_empty() {
        return None;
    }
    if let Some((_, after)) = element(content, 0x30) {
        let (bits, rest) = element(after, 0x03)?;
        let (inner, trailing) = element(bits.strip_prefix(&[0])?, 0x30)?;
        if !rest.is_empty() || !trailing.is_empty() {
            return None;
        }
        content = inner;
    }
    let (modulus, rest) = element(content, 0x02)?;
    let (exponent, rest) = element(rest, 0x02)?;
    if rest.is_empty() { RsaKey::new(modulus, exponent) } else { None }
}

/// The content of the element at the beginning, and what stands after it.
fn element(bytes: &[u8], tag: u8) -> Option<(&[u8], &[u8])> {
    let (&first, rest) = bytes.split_first()?;
    let (&length, mut rest) = rest.split_first()?;
    if first != tag {
        return None;
    }
    let mut count = usize::from(length);
    if length >= 0x80 {
        let width = usize::from(length & 0x7f);
        if width == 0 || width > 3 || rest.len() < width {
            return None;
        }
        count = rest[..width].iter().fold(0, |sum, &byte| sum << 8 | usize::from(byte));
        rest = &rest[width..];
    }
    rest.split_at_checked(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The keys of RFC 8463, appendix A.
    const ED25519: &str = "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";
    const RSA: &str = "v=DKIM1; k=rsa; t=y:s; h=sha256; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQ\
                       oBTzWRiGs5V6NpP3idY6Wk08a5qhdR6wy5bdOKb2jLQiY/J16JYi0Qvx/byYzCNb3W91y3FutAC\
                       DfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqMKrM3rG4hstT5QjvHO9PzoxZyVYLzBfO2EeC3Ip3G+2\
                       kryOTIKT+l/K4w3QIDAQAB";

    #[test]
    fn keys_are_read_with_what_they_allow() {
        let rsa = Key::parse(RSA).unwrap();
        assert!(matches!(&rsa.material, Material::Rsa(key) if key.bits() == 1024));
        assert!(rsa.testing && rsa.strict && rsa.for_mail);
        assert!(matches!(Key::parse(ED25519).unwrap().material, Material::Ed25519(_)));
        assert_eq!(Key::parse("v=DKIM1; p=").unwrap().material, Material::Revoked);
        assert!(!Key::parse("s=other; p=").unwrap().for_mail);
        for wrong in ["v=DKIM2; p=", "k=rsa", "k=rsa; p=AAAA", "k=ed25519; p=AAAA", "k=x; p=AA=="] {
            assert!(Key::parse(wrong).is_err(), "{wrong}");
        }
    }
}

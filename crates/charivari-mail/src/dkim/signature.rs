//! The fields that carry signatures: `DKIM-Signature` and those of ARC that are made like it.

use super::canon::Canon;
use super::crypto::Hash;
use super::tags::Tags;

/// How a signature is made.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Algorithm {
    RsaSha1,
    RsaSha256,
    Ed25519,
}

impl Algorithm {
    pub(crate) fn parse(name: &str) -> Option<Self> {
        match name {
            "rsa-sha1" => Some(Self::RsaSha1),
            "rsa-sha256" => Some(Self::RsaSha256),
            "ed25519-sha256" => Some(Self::Ed25519),
            _ => None,
        }
    }

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::RsaSha1 => "rsa-sha1",
            Self::RsaSha256 => "rsa-sha256",
            Self::Ed25519 => "ed25519-sha256",
        }
    }

    pub(crate) const fn hash(self) -> Hash {
        match self {
            Self::RsaSha1 => Hash::Sha1,
            Self::RsaSha256 | Self::Ed25519 => Hash::Sha256,
        }
    }
}

/// The field that a signature stands in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    /// `DKIM-Signature`.
    Dkim,
    /// `ARC-Message-Signature`: no version, and `i=` is a number.
    Arc,
}

/// A signature as its field gives it.
#[derive(Clone, Debug)]
pub(crate) struct Signature {
    pub(crate) algorithm: Algorithm,
    pub(crate) value: Vec<u8>,
    pub(crate) body_hash: Vec<u8>,
    pub(crate) header_canon: Canon,
    pub(crate) body_canon: Canon,
    /// `d=`, lower case.
    pub(crate) domain: String,
    /// The domain of `i=`, lower case; `d=` where it is left out.
    pub(crate) identity: String,
    /// `s=`, lower case.
    pub(crate) selector: String,
    /// `h=`, lower case, in its order.
    pub(crate) headers: Vec<String>,
    /// `l=`.
    pub(crate) length: Option<u64>,
    /// `t=`, seconds.
    pub(crate) time: Option<i64>,
    /// `x=`, seconds.
    pub(crate) expires: Option<i64>,
}

impl Signature {
    /// Reads a field's value; the fault in words where it is no signature.
    pub(crate) fn parse(value: &[u8], kind: Kind) -> Result<Self, String> {
        let text = std::str::from_utf8(value).map_err(|_| "it is not UTF-8".to_owned())?;
        let tags = Tags::parse(text)?;
        if kind == Kind::Dkim && tags.need("v")? != "1" {
            return Err("v= is not 1".to_owned());
        }
        let algorithm = Algorithm::parse(&tags.need("a")?.to_ascii_lowercase())
            .ok_or("a= is none of rsa-sha256, ed25519-sha256 and rsa-sha1")?;
        let (header_canon, body_canon) = canons(tags.get("c").unwrap_or("simple"))?;
        let domain = host(tags.need("d")?)?;
        let identity = match tags.get("i").filter(|_| kind == Kind::Dkim) {
            Some(identity) => {
                let (_, domain) = identity.rsplit_once('@').ok_or("i= is no address")?;
                host(domain)?
            }
            None => domain.clone(),
        };
        let headers: Vec<String> =
            tags.need("h")?.split(':').map(|name| name.trim().to_ascii_lowercase()).collect();
        if headers.iter().any(String::is_empty) {
            return Err("h= names an empty field".to_owned());
        }
        let seconds = |name: &str| -> Result<Option<i64>, String> {
            Ok(tags.number(name)?.map(|number| i64::try_from(number).unwrap_or(i64::MAX)))
        };
        Ok(Self {
            algorithm,
            value: tags.bytes("b")?,
            body_hash: tags.bytes("bh")?,
            header_canon,
            body_canon,
            domain,
            identity,
            selector: host(tags.need("s")?)?,
            headers,
            length: tags.number("l")?,
            time: seconds("t")?,
            expires: seconds("x")?,
        })
    }

    /// Whether a field is signed.
    pub(crate) fn signs(&self, name: &str) -> bool {
        self.headers.iter().any(|known| known == name)
    }

    /// How often `h=` names a field.
    pub(crate) fn times(&self, name: &str) -> usize {
        self.headers.iter().filter(|known| *known == name).count()
    }
}

fn canons(text: &str) -> Result<(Canon, Canon), String> {
    let (header, body) = text.split_once('/').unwrap_or((text, "simple"));
    let parse = |name: &str| Canon::parse(&name.trim().to_ascii_lowercase());
    parse(header).zip(parse(body)).ok_or_else(|| "c= is neither simple nor relaxed".to_owned())
}

/// A host name, lower case; anything else cannot be looked up and is refused.
pub(crate) fn host(text: &str) -> Result<String, String> {
    let is_label = |label: &str| {
        !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_')
    };
    let name = text.trim().trim_end_matches('.').to_lowercase();
    if name.len() <= 253 && name.split('.').all(is_label) {
        Ok(name)
    } else {
        Err("a domain or selector is no name".to_owned())
    }
}

//! The field `DKIM2-Signature` (draft, section 7).

use super::address::Address;
use crate::dkim::{Algorithm, Tags, base64, host};

/// Keys and signatures beyond so many only cost time.
const MAX_SEALS: usize = 8;
/// The draft's limit, section 7.3.
const MAX_NONCE: usize = 64;
/// More recipients than these are no envelope of a real server.
const MAX_RECIPIENTS: usize = 10_000;

/// Flags that are known, section 7.9 and, for the last, of the later draft.
const FLAGS: [&str; 5] = ["exploded", "donotexplode", "donotmodify", "feedback", "feedhere"];

/// A signature as its field gives it.
#[derive(Clone, Debug)]
pub(super) struct Signature {
    /// `i=`, from 1.
    pub(super) number: u32,
    /// `m=`, the instance of the message that it is over.
    pub(super) instance: u32,
    /// `d=`, lower case.
    pub(super) domain: String,
    /// `t=`, seconds.
    pub(super) time: i64,
    /// Between whom the message went.
    pub(super) route: Route,
    /// `s=`.
    pub(super) seals: Vec<Seal>,
    /// Those of `f=` that are known.
    pub(super) flags: Vec<&'static str>,
}

/// Between whom a message went after it was signed.
#[derive(Clone, Debug)]
pub(super) enum Route {
    /// `mf=` and `rt=`.
    Envelope { from: Address, to: Vec<Address> },
    /// `nd=`: no way at all; the domain that signs next, lower case.
    Next(String),
}

/// One of the signatures of a field, made with one key.
#[derive(Clone, Debug)]
pub(super) struct Seal {
    /// The selector, lower case.
    pub(super) selector: String,
    /// How it was made; nothing where that is not known.
    pub(super) algorithm: Option<Algorithm>,
    pub(super) value: Vec<u8>,
}

impl Signature {
    /// Reads a field's value; the fault in words where it is no signature.
    pub(super) fn parse(value: &[u8]) -> Result<Self, String> {
        let text = std::str::from_utf8(value).map_err(|_| "it is not UTF-8".to_owned())?;
        let tags = Tags::parse_any_case(text)?;
        let nonce = tags.get("n").unwrap_or_default();
        if nonce.len() > MAX_NONCE || !nonce.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err("n= is longer than 64 characters, or not of printable ones".to_owned());
        }
        let flags = tags.get("f").unwrap_or_default().split(',').map(str::trim_ascii);
        let flags = flags.filter_map(|flag| FLAGS.into_iter().find(|known| *known == flag));
        Ok(Self {
            number: ordinal(&tags, "i")?,
            instance: ordinal(&tags, "m")?,
            domain: host(tags.need("d")?)?,
            time: i64::try_from(number(&tags, "t")?).unwrap_or(i64::MAX),
            route: route(&tags)?,
            seals: seals(tags.need("s")?)?,
            flags: flags.collect(),
        })
    }

    /// Whether it has a flag.
    pub(super) fn has(&self, flag: &str) -> bool {
        self.flags.contains(&flag)
    }

    /// Whether its addresses stand without brackets, as implementations of the first drafts wrote
    /// them.
    pub(super) fn is_of_earlier_form(&self) -> bool {
        matches!(&self.route, Route::Envelope { from, .. } if !from.brackets)
    }
}

/// A tag that is a number of digits alone.
pub(super) fn number(tags: &Tags, name: &str) -> Result<u64, String> {
    let text = tags.need(name)?;
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let number = text.parse().ok().filter(|_| digits);
    number.ok_or_else(|| format!("the tag {name}= is no number"))
}

/// A tag that counts from 1.
pub(super) fn ordinal(tags: &Tags, name: &str) -> Result<u32, String> {
    let number = u32::try_from(number(tags, name)?).ok().filter(|number| *number > 0);
    number.ok_or_else(|| format!("the tag {name}= is out of range"))
}

fn route(tags: &Tags) -> Result<Route, String> {
    if let Some(next) = tags.get("nd") {
        let alone = tags.get("mf").is_none() && tags.get("rt").is_none();
        return if alone { host(next).map(Route::Next) } else { Err("nd= beside mf=".to_owned()) };
    }
    let from = Address::parse(&tags.bytes("mf")?)?;
    let packed = tags.need("rt")?.split(',').take(MAX_RECIPIENTS + 1);
    let to: Vec<Address> = packed
        .map(|one| Address::parse(&base64(one).ok_or("the tag rt= is no base64")?))
        .collect::<Result<_, String>>()?;
    if to.len() > MAX_RECIPIENTS {
        return Err("rt= names more than 10,000 recipients".to_owned());
    }
    // No draft has both forms, so that one who mixes them follows none.
    if to.iter().any(|one| one.brackets != from.brackets) {
        return Err("some addresses stand in angle brackets and others do not".to_owned());
    }
    Ok(Route::Envelope { from, to })
}

fn seals(text: &str) -> Result<Vec<Seal>, String> {
    let mut seals: Vec<Seal> = Vec::new();
    for set in text.split(',') {
        let parts: Vec<&str> = set.splitn(3, ':').map(str::trim_ascii).collect();
        let [selector, name, value] = parts[..] else {
            return Err("s= lacks a selector, an algorithm or a signature".to_owned());
        };
        let algorithm = Algorithm::parse(&name.to_ascii_lowercase());
        let algorithm = algorithm.filter(|known| *known != Algorithm::RsaSha1);
        let value = base64(value).filter(|value| !value.is_empty());
        let value = value.ok_or("a signature in s= is no base64")?;
        let selector = host(selector)?;
        if seals.iter().any(|known| known.selector == selector) {
            return Err("s= names a selector twice".to_owned());
        }
        seals.push(Seal { selector, algorithm, value });
    }
    if seals.len() > MAX_SEALS {
        return Err("s= holds more than 8 signatures".to_owned());
    }
    Ok(seals)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `<a@example.org>` and `<b@example.net>`.
    const GOOD: &str = "i=1; m=1; t=1740000000; d=Example.org; mf=PGFAZXhhbXBsZS5vcmc+;\r\n\t\
                        rt=PGJAZXhhbXBsZS5uZXQ+; s=s1:ed25519-sha256:YWJj; f= feedback , other,\r\n donotmodify;";

    #[test]
    fn a_signature_is_read() {
        let one = Signature::parse(GOOD.as_bytes()).unwrap();
        assert_eq!((one.number, one.instance, one.time), (1, 1, 1_740_000_000));
        assert_eq!((one.domain.as_str(), one.seals.len()), ("example.org", 1));
        assert_eq!(one.flags, ["feedback", "donotmodify"]);
        assert!(!one.is_of_earlier_form());
        assert_eq!(one.seals[0].algorithm, Some(Algorithm::Ed25519));
        let next = "i=2; m=1; t=1; d=a.example; nd=B.example; s=s:new:YWJj";
        let next = Signature::parse(next.as_bytes()).unwrap();
        assert!(matches!(next.route, Route::Next(domain) if domain == "b.example"));
        assert_eq!(next.seals[0].algorithm, None);
    }

    #[test]
    fn what_is_wrong_with_a_signature_is_said() {
        let long = format!("n={}; i=1", "a".repeat(65));
        let cases = [
            ("i=1", "I=1; i=1", "stands there twice"),
            ("i=1", "i=+1", "i= is no number"),
            ("i=1", "i=0", "i= is out of range"),
            ("m=1", "m=99999999999", "m= is out of range"),
            ("t=1740000000; ", "", "t= is missing"),
            ("t=1740000000", "t=", "t= is no number"),
            ("d=Example.org", "d=a..b", "no name"),
            ("mf=PGFA", "mf=*", "mf= is no base64"),
            ("rt=PGJA", "rt=*,PGJA", "rt= is no base64"),
            // Without brackets, beside one that has them.
            ("mf=PGFAZXhhbXBsZS5vcmc+", "mf=YUBleGFtcGxlLm9yZw==", "brackets"),
            ("s=s1:ed25519-sha256:YWJj", "s=", "lacks a selector"),
            ("s1:ed25519-sha256:YWJj", "s1:ed25519-sha256:", "no base64"),
            ("s=s1:ed", "s=s1:x:YWJj,s1:ed", "a selector twice"),
            ("mf=", "nd=example.net; mf=", "nd= beside mf="),
            ("i=1", &long, "longer than 64"),
            ("i=1", "n=a b; i=1", "printable"),
        ];
        for (from, to, expected) in cases {
            let fault = Signature::parse(GOOD.replacen(from, to, 1).as_bytes()).unwrap_err();
            assert!(fault.contains(expected), "{to}: {fault}");
        }
        assert!(Signature::parse(b"i=\xff").is_err());
    }
}

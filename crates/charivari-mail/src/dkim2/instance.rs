//! The field `Message-Instance` (draft, section 6).

use super::recipe::Recipe;
use super::signature::ordinal;
use crate::dkim::{Tags, base64};

/// The length of a SHA-256.
const DIGEST: usize = 32;

/// What is recorded of a message at one point of its way.
#[derive(Clone, Debug)]
pub(super) struct Instance {
    /// `m=`, from 1.
    pub(super) number: u32,
    /// The digests of the header and the body, SHA-256; nothing where there are only others.
    pub(super) digests: Option<Digests>,
    /// How to undo what was changed; the fault in words where that cannot be read.
    pub(super) recipe: Option<Result<Recipe, String>>,
}

impl Instance {
    /// Reads a field's value; the fault in words where it is no instance. A recipe that cannot be read
    /// is no such fault: what is recorded of the message as it is stands without it.
    pub(super) fn parse(value: &[u8]) -> Result<Self, String> {
        let text = std::str::from_utf8(value).map_err(|_| "it is not UTF-8".to_owned())?;
        let tags = Tags::parse_any_case(text)?;
        let recipe = || tags.bytes("r").and_then(|json| Recipe::parse(&json));
        let recipe = tags.get("r").map(|_| recipe());
        let digests = digests(tags.need("h")?)?;
        Ok(Self { number: ordinal(&tags, "m")?, digests, recipe })
    }
}

/// The digest of the header, and that of the body.
type Digests = (Vec<u8>, Vec<u8>);

fn digests(text: &str) -> Result<Option<Digests>, String> {
    let mut found = None;
    for set in text.split(',') {
        let parts: Vec<&str> = set.split(':').map(str::trim_ascii).collect();
        let [name, header, body] = parts[..] else {
            return Err("h= lacks the name of a digest or one of the two".to_owned());
        };
        if name != "sha256" {
            continue;
        }
        let digest = |text: &str| base64(text).filter(|digest| digest.len() == DIGEST);
        let both = digest(header).zip(digest(body)).ok_or("a digest in h= is no SHA-256")?;
        if found.replace(both).is_some() {
            return Err("h= holds a SHA-256 twice".to_owned());
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ZERO: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

    #[test]
    fn an_instance_is_read() {
        let text = format!("m=2; h=new:YQ==:YQ==, sha256:{ZERO}:\r\n {ZERO}; r=eyJiIjpudWxsfQ==;");
        let one = Instance::parse(text.as_bytes()).unwrap();
        assert_eq!(one.number, 2);
        assert_eq!(one.digests, Some((vec![0; 32], vec![0; 32])));
        assert!(matches!(one.recipe, Some(Ok(_))));
        let text = format!("M=1; H=sha256:{ZERO}:{ZERO}; r=YQ==");
        assert!(matches!(Instance::parse(text.as_bytes()).unwrap().recipe, Some(Err(_))));
        assert_eq!(Instance::parse(b"m=1; h=new:YQ==:YQ==").unwrap().digests, None);
    }

    #[test]
    fn what_is_wrong_with_an_instance_is_said() {
        let twice = format!("m=1; h=sha256:{ZERO}:{ZERO},sha256:{ZERO}:{ZERO}");
        for (text, expected) in [
            ("m=1", "h= is missing"),
            ("h=new:YQ==:YQ==", "m= is missing"),
            ("m=1; m=2; h=a:b:c", "twice"),
            ("m=1; h=sha256:YQ==", "lacks the name"),
            ("m=1; h=sha256:YQ==:YQ==", "no SHA-256"),
            (twice.as_str(), "a SHA-256 twice"),
        ] {
            let fault = Instance::parse(text.as_bytes()).unwrap_err();
            assert!(fault.contains(expected), "{text}: {fault}");
        }
    }
}

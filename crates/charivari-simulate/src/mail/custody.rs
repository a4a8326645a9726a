//! Signing invented mail as each who handles it would (DKIM2, draft-ietf-dkim-dkim2-spec-02).

use sha2::{Digest, Sha256};

use super::sign::{Algorithm, base64, fields, made, squeezed};

/// Who handles a message, and what he says of it.
#[derive(Clone, Debug)]
pub struct Handling<'a> {
    /// `d=`.
    pub domain: &'a str,
    /// Selectors and keys, each of which signs.
    pub keys: &'a [(&'a str, Algorithm)],
    /// `mf=`, with its angle brackets.
    pub from: &'a str,
    /// `rt=`, with their angle brackets.
    pub to: &'a [&'a str],
    /// `t=`, seconds.
    pub time: i64,
    /// How to undo what he changed, as JSON; nothing where he changed nothing.
    pub recipe: Option<&'a str>,
    /// Further tags, such as `f=donotmodify`.
    pub further: &'a str,
}

/// The message with the fields of one who handles it on top. Lines end with CR LF.
pub fn hand_on(message: &[u8], with: &Handling<'_>) -> Vec<u8> {
    let at = message.windows(4).position(|four| four == b"\r\n\r\n").unwrap_or(message.len());
    let (header, body) = (&message[..at], message.get(at + 4..).unwrap_or_default());
    let mut message = message.to_vec();
    let mut instances = numbered(header, b"message-instance", "m");
    let signatures = numbered(header, b"dkim2-signature", "i");
    if instances.is_empty() || with.recipe.is_some() {
        let value = instance(instances.len() + 1, header, body, with.recipe);
        message = [format!("Message-Instance:{value}\r\n").as_bytes(), &message].concat();
        instances.push(value.into_bytes());
    }
    let to: Vec<String> = with.to.iter().map(|to| base64(to.as_bytes())).collect();
    let further =
        if with.further.is_empty() { String::new() } else { format!(" {};", with.further) };
    let start = format!(
        " i={}; m={}; t={}; d={};{further}\r\n\tmf={};\r\n\trt={};\r\n\ts=",
        signatures.len() + 1,
        instances.len(),
        with.time,
        with.domain,
        base64(with.from.as_bytes()),
        to.join(","),
    );
    let sets = |value: &dyn Fn(Algorithm) -> String| -> String {
        let set = |(selector, key): &(&str, Algorithm)| {
            format!("{selector}:{}:{}", key.name(), value(*key))
        };
        with.keys.iter().map(set).collect::<Vec<_>>().join(",")
    };
    let mut signed = Vec::new();
    for (name, values) in [("message-instance", &instances), ("dkim2-signature", &signatures)] {
        for value in values {
            signed.extend(dense(name, value));
        }
    }
    let emptied = format!("{start}{};", sets(&|_| String::new()));
    signed.extend(dense("dkim2-signature", emptied.as_bytes()));
    let digest = Sha256::digest(&signed);
    let signatures = sets(&|key| base64(&made(key, &digest)));
    [format!("DKIM2-Signature:{start}{signatures};\r\n").as_bytes(), &message].concat()
}

/// What is recorded of a message as it is.
fn instance(number: usize, header: &[u8], body: &[u8], recipe: Option<&str>) -> String {
    let recipe = recipe.map(|json| format!(" r={};", base64(json.as_bytes())));
    format!(
        " m={number}; h=sha256:{}:{};{}",
        base64(&header_digest(header)),
        base64(&Sha256::digest(simple_body(body))),
        recipe.unwrap_or_default()
    )
}

/// The values of the fields of a name in the order of their numbers.
fn numbered(header: &[u8], name: &[u8], tag: &str) -> Vec<Vec<u8>> {
    let number = |value: &[u8]| -> u32 {
        let text = String::from_utf8_lossy(value).into_owned();
        let tags = text.split(';').filter_map(|part| part.split_once('='));
        let own = tags.into_iter().find(|(name, _)| name.trim() == tag);
        own.and_then(|(_, number)| number.trim().parse().ok()).unwrap_or_default()
    };
    let mut values: Vec<Vec<u8>> = fields(header)
        .into_iter()
        .filter(|(known, _)| known == name)
        .map(|(_, value)| value)
        .collect();
    values.sort_by_key(|value| number(value));
    values
}

/// A field without white space.
fn dense(name: &str, value: &[u8]) -> Vec<u8> {
    let value = value.iter().filter(|byte| !byte.is_ascii_whitespace()).copied();
    name.bytes().chain(*b":").chain(value).chain(*b"\r\n").collect()
}

/// The digest of all fields that count, by name and from the bottom.
fn header_digest(header: &[u8]) -> Vec<u8> {
    let out = ["received", "return-path", "authentication-results", "dkim-signature"];
    let own = ["message-instance", "dkim2-signature"];
    let mut lines: Vec<(Vec<u8>, Vec<u8>)> = fields(header)
        .into_iter()
        .rev()
        .filter(|(name, _)| !out.iter().chain(&own).any(|known| known.as_bytes() == name))
        .filter(|(name, _)| !name.starts_with(b"x-") && !name.starts_with(b"arc-"))
        .collect();
    lines.sort_by(|a, b| a.0.cmp(&b.0));
    let lines =
        lines.iter().map(|(name, value)| [&name[..], b":", &squeezed(value), b"\r\n"].concat());
    Sha256::digest(lines.collect::<Vec<_>>().concat()).to_vec()
}

/// A body without empty lines at its end.
fn simple_body(body: &[u8]) -> Vec<u8> {
    let mut rest = body;
    while let Some(shorter) = rest.strip_suffix(b"\r\n") {
        rest = shorter;
    }
    [rest, b"\r\n"].concat()
}

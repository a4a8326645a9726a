//! Signing invented mail (DKIM, RFC 6376, with relaxed canonicalisation of both parts).

use ed25519_dalek::{Signer, SigningKey};
use num_bigint::BigUint;
use sha2::{Digest, Sha256};

use super::keys::RsaKey;

/// With what a message is signed.
#[derive(Clone, Copy, Debug)]
pub enum Algorithm {
    /// `rsa-sha256`.
    Rsa(RsaKey),
    /// `ed25519-sha256`, with a key that follows from a seed.
    Ed25519([u8; 32]),
}

impl Algorithm {
    /// Its name.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Rsa(_) => "rsa-sha256",
            Self::Ed25519(_) => "ed25519-sha256",
        }
    }
}

/// How a message is signed.
#[derive(Clone, Debug)]
pub struct Signing<'a> {
    /// `d=`.
    pub domain: &'a str,
    /// `s=`.
    pub selector: &'a str,
    /// The key.
    pub algorithm: Algorithm,
    /// `h=`; a name twice forbids another field of it.
    pub headers: &'a [&'a str],
    /// `t=`, seconds.
    pub time: Option<i64>,
    /// `l=`: only so much of the body.
    pub length: Option<usize>,
    /// Further tags, such as `x=1600000000; i=@mail.example.org`.
    pub further: &'a str,
}

/// The message with a signature on top. Lines end with CR LF.
pub fn sign(message: &[u8], with: &Signing<'_>) -> Vec<u8> {
    let at = message.windows(4).position(|four| four == b"\r\n\r\n").unwrap_or(message.len());
    let (header, body) = (&message[..at], message.get(at + 4..).unwrap_or_default());
    let mut form = relaxed_body(body);
    if let Some(length) = with.length {
        form.truncate(length);
    }
    let name = with.algorithm.name();
    let optional = |name: &str, value: Option<String>| {
        value.map_or_else(String::new, |value| format!(" {name}={value};"))
    };
    let value = format!(
        "v=1; a={name}; c=relaxed/relaxed; d={};\r\n\ts={};{}{}{}\r\n\th={};\r\n\tbh={};\r\n\tb=",
        with.domain,
        with.selector,
        optional("t", with.time.map(|time| time.to_string())),
        optional("l", with.length.map(|length| length.to_string())),
        if with.further.is_empty() { String::new() } else { format!(" {};", with.further) },
        with.headers.join(":"),
        base64(&Sha256::digest(&form)),
    );
    let mut signed = selected(header, with.headers);
    signed.extend_from_slice(b"dkim-signature:");
    signed.extend_from_slice(&squeezed(value.as_bytes()));
    let signature = made(with.algorithm, &Sha256::digest(&signed));
    let folded = base64(&signature).as_bytes().chunks(70).map(<[u8]>::to_vec).collect::<Vec<_>>();
    let mut out = format!("DKIM-Signature: {value}").into_bytes();
    out.extend(folded.join(&b"\r\n\t "[..]));
    out.extend_from_slice(b"\r\n");
    out.extend_from_slice(message);
    out
}

/// A signature over a digest.
pub(super) fn made(algorithm: Algorithm, digest: &[u8]) -> Vec<u8> {
    match algorithm {
        Algorithm::Rsa(key) => rsa(key, digest),
        Algorithm::Ed25519(seed) => SigningKey::from_bytes(&seed).sign(digest).to_bytes().to_vec(),
    }
}

/// The record under which a key would be published.
pub fn record(algorithm: Algorithm) -> String {
    match algorithm {
        Algorithm::Rsa(key) => format!("v=DKIM1; k=rsa; p={}", base64(&public_rsa(key))),
        Algorithm::Ed25519(seed) => {
            let public = SigningKey::from_bytes(&seed).verifying_key();
            format!("v=DKIM1; k=ed25519; p={}", base64(public.as_bytes()))
        }
    }
}

/// The fields of a header from the top: their names, lower case, and what stands after the colon.
pub(super) fn fields(header: &[u8]) -> Vec<(Vec<u8>, Vec<u8>)> {
    let mut fields: Vec<Vec<u8>> = Vec::new();
    for line in header.split_inclusive(|&byte| byte == b'\n') {
        match fields.last_mut() {
            Some(last) if line.starts_with(b" ") || line.starts_with(b"\t") => last.extend(line),
            _ => fields.push(line.to_vec()),
        }
    }
    let cut = |field: Vec<u8>| {
        let at = field.iter().position(|&byte| byte == b':')?;
        Some((field[..at].trim_ascii().to_ascii_lowercase(), field[at + 1..].to_vec()))
    };
    fields.into_iter().filter_map(cut).collect()
}

/// The fields that are signed, from the bottom, in their relaxed form.
fn selected(header: &[u8], names: &[&str]) -> Vec<u8> {
    let fields = fields(header);
    let mut out = Vec::new();
    for (number, name) in names.iter().enumerate() {
        let before = names[..number].iter().filter(|known| *known == name).count();
        let lower = name.to_ascii_lowercase().into_bytes();
        let mut field =
            fields.iter().rev().filter(|(known, _)| *known == lower).map(|(_, value)| value);
        if let Some(value) = field.nth(before) {
            out.extend(name.to_ascii_lowercase().bytes());
            out.push(b':');
            out.extend(squeezed(value));
            out.extend_from_slice(b"\r\n");
        }
    }
    out
}

/// White space made one space, none at the ends.
pub(super) fn squeezed(value: &[u8]) -> Vec<u8> {
    let words = value.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(&b' ')
}

/// A body in its relaxed form.
fn relaxed_body(body: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(body);
    let mut lines: Vec<String> = text
        .split("\r\n")
        .map(|line| {
            let indent = if line.starts_with([' ', '\t']) { " " } else { "" };
            let words: Vec<&str> =
                line.split([' ', '\t']).filter(|word| !word.is_empty()).collect();
            format!("{}{}", if words.is_empty() { "" } else { indent }, words.join(" "))
        })
        .collect();
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    lines.iter().flat_map(|line| [line.as_bytes(), b"\r\n"].concat()).collect()
}

/// A signature of RFC 8017, section 8.2.1. The key is no secret, so nothing guards it.
fn rsa(key: RsaKey, digest: &[u8]) -> Vec<u8> {
    const NAME: [u8; 19] =
        [0x30, 0x31, 0x30, 0x0d, 6, 9, 0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 1, 5, 0, 4, 0x20];
    let length = key.modulus.len() / 2;
    let mut form = vec![0, 1];
    form.resize(length - NAME.len() - digest.len() - 1, 0xff);
    form.push(0);
    form.extend_from_slice(&NAME);
    form.extend_from_slice(digest);
    let opened = number(key.private);
    let signature =
        BigUint::from_bytes_be(&form).modpow(&opened, &number(key.modulus)).to_bytes_be();
    let mut out = vec![0; length - signature.len()];
    out.extend(signature);
    out
}

fn number(hex: &str) -> BigUint {
    BigUint::parse_bytes(hex.as_bytes(), 16).unwrap_or_default()
}

/// The public half in DER (RFC 5280, section 4.1.2.7).
fn public_rsa(key: RsaKey) -> Vec<u8> {
    let algorithm = [0x30, 13, 6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 13, 1, 1, 1, 5, 0];
    let mut modulus = vec![0];
    modulus.extend(number(key.modulus).to_bytes_be());
    let numbers = [element(2, &modulus), element(2, &[1, 0, 1])].concat();
    let mut bits = vec![0];
    bits.extend(element(0x30, &numbers));
    element(0x30, &[&algorithm[..], &element(3, &bits)].concat())
}

fn element(tag: u8, content: &[u8]) -> Vec<u8> {
    let mut out = vec![tag];
    match content.len() {
        short @ 0..=127 => out.push(short as u8),
        long => {
            out.push(0x82);
            out.extend_from_slice(&(long as u16).to_be_bytes());
        }
    }
    out.extend_from_slice(content);
    out
}

/// Base64 (RFC 4648, section 4).
pub fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let bits = three.iter().fold(0_u32, |bits, &byte| bits << 8 | u32::from(byte));
        let bits = bits << (8 * (3 - three.len()));
        for place in 0..4 {
            let letter = ALPHABET[(bits >> (18 - 6 * place) & 63) as usize];
            out.push(if place <= three.len() { char::from(letter) } else { '=' });
        }
    }
    out
}

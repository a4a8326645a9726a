//! The forms in which headers and bodies are signed (RFC 6376, section 3.4).

use crate::raw::Field;

/// How much change in transit a signature forgives.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Canon {
    /// None.
    Simple,
    /// White space and the case of names of fields.
    Relaxed,
}

impl Canon {
    pub(crate) fn parse(name: &str) -> Option<Self> {
        match name {
            "simple" => Some(Self::Simple),
            "relaxed" => Some(Self::Relaxed),
            _ => None,
        }
    }
}

/// Appends a field with its line end.
pub(crate) fn field(canon: Canon, field: &Field<'_>, out: &mut Vec<u8>) {
    match canon {
        Canon::Simple => out.extend_from_slice(field.whole),
        Canon::Relaxed => {
            out.extend(field.name.iter().map(u8::to_ascii_lowercase));
            out.push(b':');
            squeeze(field.value.trim_ascii(), out);
        }
    }
    out.extend_from_slice(b"\r\n");
}

/// Appends a value with its folds undone and each run of white space as one space.
fn squeeze(value: &[u8], out: &mut Vec<u8>) {
    let mut space = false;
    for &byte in value {
        match byte {
            b' ' | b'\t' | b'\r' | b'\n' => space = true,
            _ => {
                if std::mem::take(&mut space) {
                    out.push(b' ');
                }
                out.push(byte);
            }
        }
    }
}

/// The field of a signature with the value of `b=` taken out, and no line end: the last thing signed.
pub(crate) fn signature_field(canon: Canon, signed: &Field<'_>, out: &mut Vec<u8>) {
    let mut whole = signed.whole[..signed.whole.len() - signed.value.len()].to_vec();
    let prefix = whole.len();
    for (number, tag) in signed.value.split(|&byte| byte == b';').enumerate() {
        if number > 0 {
            whole.push(b';');
        }
        match tag.iter().position(|&byte| byte == b'=') {
            Some(at) if tag[..at].trim_ascii() == b"b" => whole.extend_from_slice(&tag[..=at]),
            _ => whole.extend_from_slice(tag),
        }
    }
    let emptied = Field { name: signed.name, whole: &whole, value: &whole[prefix..] };
    field(canon, &emptied, out);
    out.truncate(out.len() - 2);
}

/// The body in its signed form.
pub(crate) fn body(canon: Canon, body: &[u8]) -> Vec<u8> {
    let mut out = match canon {
        Canon::Simple => body.to_vec(),
        Canon::Relaxed => relaxed(body),
    };
    close(canon, &mut out);
    out
}

/// Empty lines at the end count as none; what is left ends with a line end.
pub(crate) fn close(canon: Canon, out: &mut Vec<u8>) {
    while out.ends_with(b"\r\n\r\n") || out == b"\r\n" {
        out.truncate(out.len() - 2);
    }
    let ended = out.ends_with(b"\r\n");
    if !ended && (canon == Canon::Simple || !out.is_empty()) {
        out.extend_from_slice(b"\r\n");
    }
}

fn relaxed(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len());
    for line in body.split_inclusive(|&byte| byte == b'\n') {
        let text = line.strip_suffix(b"\n").unwrap_or(line);
        let text = text.strip_suffix(b"\r").unwrap_or(text);
        let mut space = false;
        for &byte in text {
            match byte {
                b' ' | b'\t' => space = true,
                _ => {
                    if std::mem::take(&mut space) {
                        out.push(b' ');
                    }
                    out.push(byte);
                }
            }
        }
        if line.ends_with(b"\n") {
            out.extend_from_slice(b"\r\n");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::raw::Raw;

    #[test]
    fn the_example_of_the_standard() {
        // RFC 6376, section 3.4.5.
        let message = b"A: X\r\nB : Y\t\r\n\tZ  \r\n\r\n C \r\nD \t E\r\n\r\n\r\n";
        let raw = Raw::parse(message);
        let mut headers = Vec::new();
        for one in &raw.fields {
            field(Canon::Relaxed, one, &mut headers);
        }
        assert_eq!(headers, b"a:X\r\nb:Y Z\r\n");
        assert_eq!(body(Canon::Relaxed, raw.body), b" C\r\nD E\r\n");
        assert_eq!(body(Canon::Simple, raw.body), b" C \r\nD \t E\r\n");
        assert_eq!(body(Canon::Simple, b""), b"\r\n");
        assert_eq!(body(Canon::Simple, b"\r\n\r\n"), b"\r\n");
        assert_eq!(body(Canon::Relaxed, b"\r\n"), b"");
        assert_eq!(body(Canon::Relaxed, b"a"), b"a\r\n");
    }

    #[test]
    fn only_the_value_of_b_is_taken_out() {
        let cases: [(&[u8], &[u8]); 4] = [
            (b"S: b=abc;h=From", b"s:b=;h=From"),
            (b"S: bh=B64b=;h=From;b=abc", b"s:bh=B64b=;h=From;b="),
            (b"S: h=From; b = abc\r\n def\r\n ; v=1", b"s:h=From; b =; v=1"),
            (b"S: h=a=b; bb=1", b"s:h=a=b; bb=1"),
        ];
        for (whole, expected) in cases {
            let raw = Raw::parse(whole);
            let mut out = Vec::new();
            signature_field(Canon::Relaxed, &raw.fields[0], &mut out);
            assert_eq!(String::from_utf8_lossy(&out), String::from_utf8_lossy(expected));
        }
    }
}

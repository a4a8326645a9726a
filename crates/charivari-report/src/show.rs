//! Makes strings from the data safe to look at.

/// Shows characters that act instead of being seen as `\u{…}` escapes.
pub(crate) fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            _ if acts_unseen(c) => {
                out.push_str("\\u{");
                out.push_str(&format!("{:x}", u32::from(c)));
                out.push('}');
            }
            _ => out.push(c),
        }
    }
    out
}

/// Whether `c` controls a terminal, the direction of text, or shows nothing at all.
fn acts_unseen(c: char) -> bool {
    c.is_control()
        || matches!(u32::from(c),
            0xAD | 0x61C | 0x180E | 0x200B..=0x200F | 0x2028..=0x202E | 0x2060..=0x206F
            | 0xFE00..=0xFE0F | 0xFEFF | 0xFFF9..=0xFFFB | 0xE0000..=0xE0FFF)
}

/// Defangs an address: `https://a.example/b` becomes `hxxps[:]//a[.]example/b`.
pub(crate) fn defang(address: &str) -> String {
    let bent = defang_text(address);
    if bent.contains("[.]") { bent } else { bent.replace('.', "[.]") }
}

/// Defangs every address within a text and leaves the rest as it is.
pub(crate) fn defang_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for (index, word) in text.split(' ').enumerate() {
        if index > 0 {
            out.push(' ');
        }
        out.push_str(&defang_word(word));
    }
    out
}

fn defang_word(word: &str) -> String {
    let lower = word.to_ascii_lowercase();
    let is_address = ["://", "www.", "javascript:", "data:", "vbscript:", "mailto:"]
        .iter()
        .any(|mark| lower.contains(mark));
    if is_address {
        word.replace("http", "hxxp").replace("HTTP", "hXXp").replace(':', "[:]").replace('.', "[.]")
    } else {
        word.to_owned()
    }
}

/// At most `limit` characters, with an ellipsis where something was cut.
pub(crate) fn shorten(text: &str, limit: usize) -> String {
    match text.char_indices().nth(limit) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
    }
}

//! HTML as far as it is needed: the words that a reader sees, and where links lead.
//!
//! This is no parser of HTML, and makes no page: it only has to get through any bytes in linear
//! time without being led astray by broken tags.

/// A link: where it leads and what the reader sees.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Anchor {
    pub(crate) target: String,
    pub(crate) shown: String,
}

/// More links of one message are not looked at.
const MAX_ANCHORS: usize = 2_000;

/// The words of one link beyond these bytes are not looked at.
const MAX_SHOWN: usize = 2_000;

/// The words of a page: tags, comments, styles and scripts left out.
pub(crate) fn text(source: &str) -> String {
    let mut out = String::with_capacity(source.len() / 2);
    let mut rest = source;
    while let Some(open) = rest.find('<') {
        push_words(&rest[..open], &mut out);
        rest = &rest[open..];
        let (name, after) = tag(rest);
        if rest.len() == after.len() + 1 {
            // No tag: somebody wrote that one is less than the other.
            out.push('<');
        }
        if breaks(&name) && !out.ends_with('\n') {
            out.push('\n');
        }
        rest = if matches!(name.as_str(), "style" | "script" | "head" | "title") {
            skip_to_close(after, &name)
        } else {
            after
        };
    }
    push_words(rest, &mut out);
    out
}

/// Appends the links of a page.
pub(crate) fn anchors(source: &str, out: &mut Vec<Anchor>) {
    let mut rest = source;
    while let Some(open) = rest.find('<') {
        rest = &rest[open..];
        let (name, after) = tag(rest);
        if name == "a" && out.len() < MAX_ANCHORS {
            let inside = &rest[..rest.len() - after.len()];
            if let Some(target) = attribute(inside, "href") {
                let near = &after[..floor(after, MAX_SHOWN)];
                let shown = text(&near[..find_close(near, "a").unwrap_or(near.len())]);
                out.push(Anchor { target, shown });
            }
        }
        rest = after;
    }
}

/// The name of the tag at the beginning, lower case, and what stands after the tag.
fn tag(source: &str) -> (String, &str) {
    if source.starts_with("<!--") {
        let end = source.find("-->").map_or(source.len(), |at| at + 3);
        return (String::new(), &source[end..]);
    }
    let inner = source[1..].trim_start_matches('/');
    let name: String = inner.chars().take_while(char::is_ascii_alphanumeric).take(16).collect();
    if name.is_empty() && !source[1..].starts_with(['!', '?', '/']) {
        return (String::new(), &source[1..]);
    }
    let end = source.find('>').map_or(source.len(), |at| at + 1);
    (name.to_ascii_lowercase(), &source[end..])
}

/// Whether a tag begins a new line.
fn breaks(name: &str) -> bool {
    matches!(name, "p" | "br" | "div" | "tr" | "li" | "h1" | "h2" | "h3" | "table" | "blockquote")
}

/// What stands after the closing tag of this name.
fn skip_to_close<'a>(source: &'a str, name: &str) -> &'a str {
    // A browser, too, takes an element that is never closed to go on to the end.
    let Some(at) = find_close(source, name) else { return "" };
    tag(&source[at..]).1
}

fn find_close(source: &str, name: &str) -> Option<usize> {
    source.match_indices("</").map(|(at, _)| at).find(|&at| {
        source.get(at + 2..at + 2 + name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name))
    })
}

/// The value of an attribute within a tag.
fn attribute(inside: &str, name: &str) -> Option<String> {
    let lower = inside.to_ascii_lowercase();
    let at = lower.match_indices(name).map(|(at, _)| at).find(|&at| {
        let before = lower[..at].chars().next_back();
        before.is_some_and(char::is_whitespace)
            && lower[at + name.len()..].trim_start().starts_with('=')
    })?;
    let value = inside[at + name.len()..].trim_start().strip_prefix('=')?.trim_start();
    let value = match value.chars().next()? {
        quote @ ('"' | '\'') => value[1..].split(quote).next()?,
        _ => value.split(|c: char| c.is_whitespace() || c == '>').next()?,
    };
    Some(decoded(value.trim()))
}

/// Appends words with their entities decoded and runs of white space made one.
fn push_words(text: &str, out: &mut String) {
    let decoded = decoded(text);
    for c in decoded.chars() {
        let space = c.is_whitespace();
        if !space {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with([' ', '\n']) {
            out.push(' ');
        }
    }
}

/// A text with the entities that mail uses decoded; others stay as they are.
fn decoded(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(12).position(|byte| byte == b';');
        if let Some((end, c)) = end.and_then(|end| Some((end, entity(&rest[1..end])?))) {
            out.push(c);
            rest = &rest[end + 1..];
        } else {
            out.push('&');
            rest = &rest[1..];
        }
    }
    out.push_str(rest);
    out
}

fn entity(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(digits) => u32::from_str_radix(digits, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code);
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        "eacute" => 'é',
        "egrave" => 'è',
        "agrave" => 'à',
        "ccedil" => 'ç',
        "auml" => 'ä',
        "ouml" => 'ö',
        "uuml" => 'ü',
        "szlig" => 'ß',
        "ntilde" => 'ñ',
        _ => return None,
    })
}

/// The place, or the one before it that is no middle of a character.
fn floor(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_what_a_reader_sees() {
        for (source, expected) in [
            ("<p>A &amp; B</p><p>C</p>", "A & B\nC"),
            ("a<style>x{}</style>b<!-- c -->d", "abd"),
            ("1 < 2 &unknown; &#233;&#x41;", "1 < 2 &unknown; éA"),
            ("<SCRIPT>x</SCRIPT>y", "y"),
            ("<", "<"),
            ("a<b", "a"),
            ("&", "&"),
        ] {
            assert_eq!(text(source).trim(), expected, "{source}");
        }
    }

    #[test]
    fn links_are_found_in_any_spelling() {
        let mut found = Vec::new();
        let source = "<A class=x HREF = 'http://a.example/?b&amp;c'>T<b>x</b></A> <a href=http://b.example>é";
        anchors(source, &mut found);
        let found: Vec<_> = found.iter().map(|a| (a.target.as_str(), a.shown.as_str())).collect();
        assert_eq!(found, [("http://a.example/?b&c", "Tx"), ("http://b.example", "é")]);
    }
}

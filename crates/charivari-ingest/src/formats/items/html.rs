//! The text and the links of a post that is written in HTML.

use crate::post::Str;

/// The longest name of a character that is looked for after `&`, in bytes.
const MAX_NAME: usize = 12;

/// What a post in HTML says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(in crate::formats) struct Plain {
    /// The text: `<br>` and the end of a paragraph are line breaks.
    pub(in crate::formats) text: String,
    /// Where its links lead, without those that are mentions or hashtags.
    pub(in crate::formats) links: Vec<Str<'static>>,
}

/// Reads `html`, whatever it is: what is no tag is text.
pub(in crate::formats) fn plain(html: &str) -> Plain {
    let mut plain = Plain::default();
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        let (before, tag) = rest.split_at(open);
        unescape_into(before, &mut plain.text);
        let Some(close) = tag.find('>') else {
            rest = tag;
            break;
        };
        plain.tag(&tag[1..close]);
        rest = &tag[close + 1..];
    }
    unescape_into(rest, &mut plain.text);
    plain.text.truncate(plain.text.trim_end().len());
    plain
}

impl Plain {
    fn tag(&mut self, tag: &str) {
        let name: &str = tag.split(|c: char| c.is_whitespace()).next().unwrap_or_default();
        match name.trim_end_matches('/').to_ascii_lowercase().as_str() {
            "br" | "/p" | "/div" | "/li" | "/blockquote" => self.text.push('\n'),
            "a" => self.anchor(tag),
            _ => {}
        }
    }

    fn anchor(&mut self, tag: &str) {
        let classes = attribute(tag, "class").unwrap_or_default();
        if classes.split_whitespace().any(|class| matches!(class, "mention" | "hashtag")) {
            return;
        }
        let Some(target) = attribute(tag, "href") else { return };
        let mut link = String::with_capacity(target.len());
        unescape_into(target, &mut link);
        if link.starts_with("http://") || link.starts_with("https://") {
            self.links.push(link.into());
        }
    }
}

/// The value of an attribute in quotation marks.
fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    for (at, _) in tag.match_indices(name) {
        let before = tag.get(..at)?.chars().next_back();
        let value = tag.get(at + name.len()..)?.trim_start();
        if let (Some(true), Some(value)) =
            (before.map(char::is_whitespace), value.strip_prefix('='))
        {
            let value = value.trim_start();
            let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
            return value.get(1..)?.split(quote).next();
        }
    }
    None
}

/// Appends `text` with its character references resolved; unknown ones stay as they stand.
fn unescape_into(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(MAX_NAME).position(|byte| byte == b';');
        if let Some((character, end)) = end.and_then(|end| Some((character(&rest[1..end])?, end))) {
            out.push(character);
            rest = &rest[end + 1..];
        } else {
            out.push('&');
            rest = &rest[1..];
        }
    }
    out.push_str(rest);
}

fn character(name: &str) -> Option<char> {
    let code = match name.strip_prefix('#') {
        Some(number) => match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        },
        None => {
            return Some(match name {
                "amp" => '&',
                "lt" => '<',
                "gt" => '>',
                "quot" => '"',
                "apos" => '\'',
                "nbsp" => ' ',
                _ => return None,
            });
        }
    };
    char::from_u32(code)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn tags_go_and_lines_and_characters_stay() {
        for (html, text) in [
            ("<p>one</p><p>two<br>three<br/>four</p>", "one\ntwo\nthree\nfour"),
            ("a &lt;b&gt; &amp;amp; &#39;c&#x27; &nope; & &;", "a <b> &amp; 'c' &nope; & &;"),
            ("1 < 2", "1 < 2"),
            ("a <b>bold</b> <", "a bold <"),
            ("&#x110000;&#xD800;&#99999999999;", "&#x110000;&#xD800;&#99999999999;"),
            ("é<p>ü</p>", "éü"),
            ("", ""),
        ] {
            assert_eq!(plain(html).text, text, "{html}");
        }
    }

    #[test]
    fn links_are_found_and_mentions_are_none() {
        let html = r#"<a href="https://social.example/@ada" class="u-url mention">@ada</a>
            <a href="https://social.example/tags/x" class="mention hashtag" rel="tag">#x</a>
            <a rel="nofollow" href="https://news.example.org/?a=1&amp;b=2"><span class="invisible">https://</span>news</a>
            <a data-href="https://no.example" href='javascript:x'>no</a><a href=x>no</a><a href="">no</a>"#;
        assert_eq!(plain(html).links, ["https://news.example.org/?a=1&b=2"]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(256))]
        #[test]
        fn any_text_is_read(html in "(<|>|&|;|a|href=|\"|'| |#x|é|\\PC){0,40}") {
            plain(&html);
        }
    }
}

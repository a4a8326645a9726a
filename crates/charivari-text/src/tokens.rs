//! One scanner for links, mentions and hashtags in running text, so that all callers agree on
//! where each begins and ends and none is found inside another.
//!
//! The scanner looks only at bytes that can be part of such a token (`@`, `#`, `:`, `.` and the
//! first byte of their full-width forms) and decides from what stands around them. It reads each
//! byte a bounded number of times.
//!
//! For the sake of [`crate::normalise`], whose result must not change when it is applied twice,
//! links and mentions follow one principle: text that is recognised when a space follows is also
//! recognised (perhaps as a longer token) when anything else follows, and the end of a link or a
//! mention is as good as a space before the next.

use crate::chars::{char_at, char_before, is_pictograph, is_unspaced, is_word};
use crate::fold::folds_to;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    Link,
    Mention,
    Hashtag,
}

/// A token as byte positions: `start..end` with its sign, `name..end` without.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Token {
    pub(crate) kind: Kind,
    pub(crate) start: usize,
    pub(crate) name: usize,
    pub(crate) end: usize,
}

/// Iterator over the tokens of a text, in order, never overlapping.
#[derive(Clone, Debug)]
pub(crate) struct Tokens<'a> {
    text: &'a str,
    at: usize,
    /// The end of the last token; nothing before it belongs to another.
    floor: usize,
    /// The last token, if it was a hashtag: `#one/#two` is two hashtags.
    after_hashtag: bool,
    hashtags: bool,
    /// The text has no full-width signs, so that three bytes are all to look for.
    only_ascii_signs: bool,
}

impl<'a> Tokens<'a> {
    /// Links and mentions; hashtags are ordinary text.
    pub(crate) fn links_and_mentions(text: &'a str) -> Self {
        let only_ascii_signs = memchr::memchr(0xEF, text.as_bytes()).is_none();
        Self { text, at: 0, floor: 0, after_hashtag: false, hashtags: false, only_ascii_signs }
    }

    /// Links, mentions and hashtags.
    pub(crate) fn all(text: &'a str) -> Self {
        Self { hashtags: true, ..Self::links_and_mentions(text) }
    }

    /// Where the next byte stands that may be part of a token.
    fn next_sign(&self, bytes: &[u8]) -> Option<usize> {
        if self.only_ascii_signs && !self.hashtags {
            return memchr::memchr3(b'@', b':', b'.', bytes);
        }
        bytes.iter().position(|byte| matches!(byte, b'@' | b'#' | b':' | b'.' | 0xEF))
    }

    fn token_at(&self, at: usize) -> Option<Token> {
        match self.text.as_bytes()[at] {
            b':' => self.link_with_scheme(at),
            b'.' => self.link_without_scheme(at),
            b'@' => self.mention(at, at + 1),
            b'#' if self.hashtags => self.hashtag(at, at + 1),
            0xEF => match char_at(self.text, at)? {
                '＠' | '﹫' => self.mention(at, at + 3),
                '＃' | '﹟' if self.hashtags => self.hashtag(at, at + 3),
                _ => None,
            },
            _ => None,
        }
    }

    /// The character before `at`; nothing at the start of the text and after a token.
    fn before(&self, at: usize) -> Option<char> {
        char_before(&self.text[self.floor..], at.checked_sub(self.floor)?)
    }

    /// `http://…` and `https://…`, whatever stands before: texts that were cut or joined often
    /// lack the space.
    fn link_with_scheme(&self, colon: usize) -> Option<Token> {
        if !self.text[colon..].starts_with("://") {
            return None;
        }
        let start = scheme_start(&self.text[self.floor..colon])? + self.floor;
        let end = link_end(self.text, start, colon + 3)?;
        Some(Token { kind: Kind::Link, start, name: start, end })
    }

    /// `www.…` and `t.co/…`, where no address or name goes on before them.
    fn link_without_scheme(&self, dot: usize) -> Option<Token> {
        let begins = |length: usize, word: &str| {
            let start = dot.checked_sub(length).filter(|&start| start >= self.floor)?;
            let found = self.text.get(start..start + word.len())?.eq_ignore_ascii_case(word);
            let free = self.before(start).is_none_or(|c| {
                !c.is_ascii_alphanumeric() && !matches!(c, '.' | '-' | '_' | '@' | '＠' | '﹫')
            });
            (found && free).then_some(start)
        };
        let (start, body) = match begins(3, "www.") {
            Some(start) => (start, dot + 1),
            None => (begins(1, "t.co/")?, dot + 4),
        };
        char_at(self.text, body).filter(|c| c.is_alphanumeric())?;
        let end = link_end(self.text, start, start)?;
        Some(Token { kind: Kind::Link, start, name: start, end })
    }

    fn mention(&self, at: usize, name: usize) -> Option<Token> {
        if self.before(at).is_some_and(closes_mention) && !self.after_repost_sign(at) {
            return None;
        }
        let end = handle_end(self.text, name)?;
        Some(Token { kind: Kind::Mention, start: at, name, end })
    }

    /// Whether the sign follows `RT` without a space, as in `RT@user`.
    fn after_repost_sign(&self, at: usize) -> bool {
        let start = at.saturating_sub(2);
        start >= self.floor
            && self.text.get(start..at).is_some_and(|word| word.eq_ignore_ascii_case("rt"))
            && self.before(start).is_none_or(|c| {
                !c.is_ascii_alphanumeric() && !matches!(c, '_' | '+' | '~' | '.' | '-')
            })
    }

    fn hashtag(&self, at: usize, name: usize) -> Option<Token> {
        let opens = match self.before(at) {
            None => true,
            Some('/') => self.after_hashtag && at - 1 == self.floor,
            Some(c) => c != '&' && !is_hashtag_char(c),
        };
        if !opens {
            return None;
        }
        let rest = &self.text[name..];
        let length = rest.find(|c| !is_hashtag_char(c)).unwrap_or(rest.len());
        let (tag, after) = rest.split_at(length);
        let followed = after.starts_with(['#', '＃', '﹟', '\u{FE0F}', '\u{20E3}'])
            || after.starts_with("://");
        if followed || tag.starts_with(['\u{FE0F}', '\u{20E3}']) || !names_something(tag) {
            return None;
        }
        Some(Token { kind: Kind::Hashtag, start: at, name, end: name + length })
    }
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        let bytes = self.text.as_bytes();
        while let Some(skipped) = self.next_sign(&bytes[self.at..]) {
            let at = self.at + skipped;
            let Some(token) = self.token_at(at) else {
                self.at = at + 1;
                continue;
            };
            self.at = token.end;
            self.floor = token.end;
            self.after_hashtag = token.kind == Kind::Hashtag;
            return Some(token);
        }
        self.at = bytes.len();
        None
    }
}

/// Whether a hashtag goes on with this character: a letter, a mark, a digit, `_`, or one of the
/// signs that are part of words in some script (middle dots, Hebrew maqaf, geresh and gershayim,
/// Tibetan tsek, Japanese ditto and double hyphen, and the two joiners).
pub(crate) fn is_hashtag_char(c: char) -> bool {
    match c {
        '_' => true,
        _ if c.is_ascii() => c.is_ascii_alphanumeric(),
        '\u{200C}' | '\u{200D}' | '\u{A67E}' | '\u{05BE}' | '\u{05F3}' | '\u{05F4}'
        | '\u{0F0B}' | '\u{0F0C}' | '\u{3003}' | '\u{30A0}' | '\u{30FB}' | '\u{FF65}'
        | '\u{00B7}' => true,
        '\u{FE00}'..='\u{FE0F}' | '\u{20E3}' => false,
        // Some letters and numbers, such as `¼` and `ͺ`, stand for signs or spaces too.
        _ => is_word(c) && folds_to(c, is_word),
    }
}

/// Whether the tag has a letter, so that `#1` and `#2023` are numbers and not topics.
pub(crate) fn names_something(tag: &str) -> bool {
    tag.chars().any(char::is_alphabetic)
}

/// Whether a sign `@` after this character is no mention: it is part of an e-mail address, of a
/// path or of a row of signs.
fn closes_mention(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || matches!(c, '_' | '!' | '#' | '$' | '%' | '&' | '*' | '@' | '＠' | '﹫' | '/')
}

/// Where `http` or `https` begins at the end of `text`, if it does.
fn scheme_start(text: &str) -> Option<usize> {
    ["https", "http"].into_iter().find_map(|scheme| {
        let start = text.len().checked_sub(scheme.len())?;
        text.get(start..)?.eq_ignore_ascii_case(scheme).then_some(start)
    })
}

/// The end of the handle that begins at `name`: ASCII letters, digits and `_`, with single `.`
/// or `-` inside; then, for the fediverse, `@` and a host name.
fn handle_end(text: &str, name: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut end = dotted_end(bytes, name);
    if let Some(hyphen) = text[name..end].find('-')
        && !ends_in_top_level(&text[name + hyphen..end])
    {
        // `@paper-owned` is the account `paper`; `@my-name.example.org` is a host name.
        end = name + hyphen;
    }
    if bytes.get(end) == Some(&b'@') {
        let host = dotted_end(bytes, end + 1);
        if ends_in_top_level(&text[end + 1..host]) {
            end = host;
        }
    }
    if text[end..].starts_with("://")
        && let Some(scheme) = scheme_start(&text[name..end])
    {
        // In `@userhttps://…` the link begins before the colon.
        end = name + text[name..name + scheme].trim_end_matches(['.', '-', '@']).len();
    }
    (end > name).then_some(end)
}

fn dotted_end(bytes: &[u8], from: usize) -> usize {
    let is_handle =
        |at: usize| bytes.get(at).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_');
    let mut end = from;
    while is_handle(end)
        || (end > from && matches!(bytes.get(end), Some(b'.' | b'-')) && is_handle(end + 1))
    {
        end += 1;
    }
    end
}

/// Whether the last label could be a top-level domain: after a dot, two or more letters.
fn ends_in_top_level(host: &str) -> bool {
    host.rsplit_once('.').is_some_and(|(_, label)| {
        label.len() >= 2 && label.bytes().all(|byte| byte.is_ascii_alphabetic())
    })
}

/// The end of the link whose host begins at `body`: see [`crate::links`] for the rule.
fn link_end(text: &str, start: usize, body: usize) -> Option<usize> {
    let mut scan = LinkScan { text, body, host: true, dots: 0, label: body, ascii: true };
    char_at(text, body).filter(|&c| c.is_alphanumeric() || (!c.is_ascii() && is_pictograph(c)))?;
    let mut end = body;
    while let Some(c) = char_at(text, end) {
        if c == ':'
            && text[end..].starts_with("://")
            && let Some(inner) = scan.joined_link(end)
        {
            end = inner;
            break;
        }
        if !scan.accepts(c, end) {
            break;
        }
        end += c.len_utf8();
    }
    let trimmed = body + without_tail(&text[body..end]).len();
    (trimmed > body && trimmed > start).then_some(trimmed)
}

/// What is known of a link while its end is looked for.
struct LinkScan<'a> {
    text: &'a str,
    body: usize,
    /// Still before the first `/`, `?` or `#`.
    host: bool,
    dots: usize,
    /// Where the present label of the host begins, and whether it is ASCII so far. In the path:
    /// whether only ASCII is allowed.
    label: usize,
    ascii: bool,
}

impl LinkScan<'_> {
    fn accepts(&mut self, c: char, at: usize) -> bool {
        if self.host {
            return self.accepts_in_host(c, at);
        }
        if c.is_ascii() { is_ascii_link(c) } else { !self.ascii && is_word(c) && !is_unspaced(c) }
    }

    fn accepts_in_host(&mut self, c: char, at: usize) -> bool {
        match c {
            '/' | '?' | '#' => {
                self.host = false;
                self.ascii = self.text[self.body..at].eq_ignore_ascii_case("t.co");
                true
            }
            '.' => {
                self.dots += 1;
                self.label = at + 1;
                self.ascii = true;
                true
            }
            _ if c.is_ascii() => is_ascii_link(c),
            // `example.org看` is a host and the next word; `例え.テスト` is a host.
            _ if is_unspaced(c) && self.dots > 0 && self.ascii && at > self.label => false,
            _ => {
                self.ascii = false;
                is_word(c) || is_pictograph(c)
            }
        }
    }

    /// Where a second link begins that was joined to this one without a space, as in
    /// `https://t.co/onehttps://t.co/two`. After a sign such as `/` or `=` it is an argument.
    fn joined_link(&self, colon: usize) -> Option<usize> {
        let inner = self.body + scheme_start(&self.text[self.body..colon])?;
        let before = char_before(&self.text[self.body..], inner - self.body)?;
        before.is_ascii_alphanumeric().then_some(inner)
    }
}

fn is_ascii_link(c: char) -> bool {
    c.is_ascii_graphic() && !matches!(c, '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}')
}

/// Without the punctuation of the sentence: signs that end a clause, quotes, asterisks, opening
/// brackets, and closing brackets that were not opened within the link.
fn without_tail(link: &str) -> &str {
    let mut open = [0_isize; 2];
    for byte in link.bytes() {
        match byte {
            b'(' => open[0] += 1,
            b')' => open[0] -= 1,
            b'[' => open[1] += 1,
            b']' => open[1] -= 1,
            _ => {}
        }
    }
    let mut rest = link;
    while let Some(&last) = rest.as_bytes().last() {
        match last {
            b'.' | b',' | b';' | b':' | b'!' | b'?' | b'\'' | b'*' | b'@' => {}
            b'(' => open[0] -= 1,
            b'[' => open[1] -= 1,
            b')' if open[0] < 0 => open[0] += 1,
            b']' if open[1] < 0 => open[1] += 1,
            _ => break,
        }
        rest = &rest[..rest.len() - 1];
    }
    rest
}

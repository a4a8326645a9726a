//! Strings from the data, in the only form in which the page takes them.

use std::fmt;

use askama::filters::HtmlSafe;
use charivari_model::Timestamp;

use crate::view::Object;
use crate::{format, limits, show};

/// A string from the data: made visible, defanged, shortened; written escaped and isolated.
///
/// Written into a page it is an element of its own, so that its direction of writing cannot turn
/// what stands around it. In an attribute or a title, use [`Data::plain`].
pub(crate) struct Data(String);

impl Data {
    /// A text: addresses in it are defanged, and it is shortened to [`limits::TEXT`].
    pub(crate) fn text(raw: &str) -> Self {
        Self(show::shorten(&show::text(raw), limits::TEXT))
    }

    /// A few sentences of the program, which may hold strings from the data.
    pub(crate) fn long(raw: &str) -> Self {
        Self(show::shorten(&show::text(raw), 4 * limits::TEXT))
    }

    /// A handle, a name or another short string.
    pub(crate) fn name(raw: &str) -> Self {
        Self(show::shorten(&show::text(raw), limits::NAME))
    }

    /// The name of an input.
    pub(crate) fn file(raw: &str) -> Self {
        Self(show::shorten(&show::file(raw), limits::NAME))
    }

    /// A SHA-256, whole; anything longer is not one.
    pub(crate) fn digest(raw: &str) -> Self {
        Self(show::shorten(&show::file(raw), 64))
    }

    /// A command line: whole, because a part of it would repeat something else.
    pub(crate) fn whole(raw: &str) -> Self {
        Self(show::file(raw))
    }

    /// The string without its element; the template engine escapes it.
    pub(crate) fn plain(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Data {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut escaped = String::with_capacity(self.0.len() + 16);
        crate::svg::push_escaped(&mut escaped, &self.0);
        write!(f, "<bdi>{escaped}</bdi>")
    }
}

impl HtmlSafe for Data {}

/// A shared object: what it is and, where that says nothing to a reader, the words of a post.
pub(crate) struct Thing {
    value: Data,
    words: Words,
}

/// What a thing says in words.
enum Words {
    /// Nothing but its value.
    None,
    /// What a post with it says.
    Quoted(Data),
    /// What the posts that stand below say.
    Below(&'static str),
}

impl Thing {
    /// An object that is an address is defanged whole.
    pub(crate) fn of(object: &Object) -> Self {
        let (safe, limit) = match object.behaviour.as_str() {
            "link" | "domain" => (show::address(&object.value), limits::TEXT),
            _ if object.excerpt.is_some() => (show::text(&object.value), limits::KEY),
            _ => (show::text(&object.value), limits::TEXT),
        };
        let value = Data(show::shorten(&safe, limit));
        let words = object.excerpt.as_deref().map_or(Words::None, |s| Words::Quoted(Data::text(s)));
        Self { value, words }
    }

    /// The object of two posts that stand below with their words, which need not be said twice.
    pub(crate) fn of_posts(object: &Object) -> Self {
        let words = match object.behaviour.as_str() {
            "near-text" => Words::Below("nearly the same words"),
            "meaning" => Words::Below("the same in other words, as the text model has it"),
            _ if object.value.starts_with("text:") => Words::Below("the same words"),
            _ => return Self::of(&Object { excerpt: None, ..object.clone() }),
        };
        let value = Data(show::shorten(&show::text(&object.value), limits::KEY));
        Self { value, words }
    }
}

impl fmt::Display for Thing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.words {
            Words::None => return self.value.fmt(f),
            Words::Quoted(words) => write!(f, "<q>{words}</q>")?,
            Words::Below(words) => f.write_str(words)?,
        }
        write!(f, " <span class=\"digest\">{}</span>", self.value)
    }
}

impl HtmlSafe for Thing {}

/// Markup that we made ourselves: a style sheet or a chart.
pub(crate) struct Markup(String);

impl Markup {
    /// Marks a string as ours. Whatever of the data it holds must have been escaped before.
    pub(crate) fn ours(markup: String) -> Self {
        Self(markup)
    }
}

impl fmt::Display for Markup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl HtmlSafe for Markup {}

/// An instant in UTC, exact in its attribute and to the second for the eye.
pub(crate) struct When(pub(crate) Timestamp);

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = format::instant(self.0);
        if format::civil(self.0).is_some() {
            write!(f, "<time datetime=\"{}\">{shown}</time>", self.0)
        } else {
            f.write_str(&shown)
        }
    }
}

impl HtmlSafe for When {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_strings_are_shown_and_not_obeyed() {
        for (name, raw, forbidden) in [
            ("a tag", "<script>alert(1)</script>", "<script"),
            ("an attribute", "\" onload=\"x", "\" onload"),
            ("a turned direction", "abc\u{202e}cba", "\u{202e}"),
            ("an escape sequence", "\u{1b}[2J", "\u{1b}"),
            ("a script address", "javascript:alert(1)", "javascript:"),
            ("a web address", "see https://evil.example/x", "https://"),
            ("a null", "a\0b", "\0"),
        ] {
            let shown = Data::text(raw).to_string();
            assert!(!shown.contains(forbidden), "{name}: {shown}");
            assert!(shown.starts_with("<bdi>") && shown.ends_with("</bdi>"), "{name}");
        }
    }
}

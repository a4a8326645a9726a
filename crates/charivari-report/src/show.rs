//! Makes strings from the data safe to look at, on top of [`charivari_text::show`].

use charivari_text::show;

/// Schemes that act without `//`, which a reader could paste into an address bar.
const ACTING: [&str; 6] = ["javascript:", "vbscript:", "data:", "file:", "mailto:", "tel:"];

/// A text: its addresses are defanged, then what cannot be seen is shown.
pub(crate) fn text(raw: &str) -> String {
    bend_acting(&show::visible(&show::defang_text(raw)))
}

/// An address as a whole: a link or a domain.
pub(crate) fn address(raw: &str) -> String {
    bend_acting(&show::visible(&show::defang(raw)))
}

/// A text whose addresses are defanged, with everything else as it was.
pub(crate) fn bent(raw: &str) -> String {
    bend_acting(&show::defang_text(raw))
}

/// The name of a file, whose last part looks like a domain often enough (`posts.zip`).
pub(crate) fn file(raw: &str) -> String {
    if raw.contains("://") { text(raw) } else { bend_acting(&show::visible(raw)) }
}

/// At most `limit` characters, the last an ellipsis where something was cut.
pub(crate) fn shorten(text: &str, limit: usize) -> String {
    show::shorten(text, limit).into_owned()
}

/// Puts the colon of an acting scheme in brackets, wherever it stands.
fn bend_acting(text: &str) -> String {
    let lower = text.to_ascii_lowercase();
    // Lowering ASCII changes no length, so that places in one are places in the other.
    let mut colons: Vec<usize> = ACTING
        .iter()
        .flat_map(|scheme| lower.match_indices(scheme).map(|(at, found)| at + found.len() - 1))
        .collect();
    colons.sort_unstable();
    colons.dedup();
    let (mut out, mut from) = (String::with_capacity(text.len() + 2 * colons.len()), 0);
    for colon in colons {
        out.push_str(&text[from..colon]);
        out.push_str("[:]");
        from = colon + 1;
    }
    out.push_str(&text[from..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn acting_schemes_are_bent_too() {
        for (raw, shown) in [
            ("JavaScript:alert(1)", "JavaScript[:]alert(1)"),
            ("é data:text/html,x", "é data[:]text/html,x"),
            ("note: data is here", "note: data is here"),
        ] {
            assert_eq!(text(raw), shown);
        }
        assert_eq!(address("https://a.example/b.c"), "hxxps://a[.]example/b.c");
        assert_eq!(file("posts.zip"), "posts.zip");
    }
}

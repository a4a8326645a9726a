//! Quoted `From` lines of an mbox, and the ways to undo them.

/// Whether a line may be a quoted `From`.
pub(crate) fn is_quoted(line: &[u8]) -> bool {
    let arrows = line.iter().take_while(|&&byte| byte == b'>').count();
    arrows > 0 && line[arrows..].starts_with(b"From ")
}

/// How quotes of `From` are undone.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Quotes {
    /// One `>` goes wherever there is one (mboxrd).
    All,
    /// Only `>From` becomes `From` (mboxo).
    Single,
    /// They are the message's own.
    None,
}

/// A message with its quotes undone.
pub(crate) fn unquoted(bytes: &[u8], quotes: Quotes) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    for line in bytes.split_inclusive(|&byte| byte == b'\n') {
        let undo = match quotes {
            Quotes::All => is_quoted(line),
            Quotes::Single => line.starts_with(b">From "),
            Quotes::None => false,
        };
        out.extend_from_slice(&line[usize::from(undo)..]);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_are_undone_in_three_ways() {
        let text = b"a\n>From b\n>>From c\n> From d\n";
        for (quotes, expected) in [
            (Quotes::All, &b"a\nFrom b\n>From c\n> From d\n"[..]),
            (Quotes::Single, b"a\nFrom b\n>>From c\n> From d\n"),
            (Quotes::None, text),
        ] {
            assert_eq!(unquoted(text, quotes), expected, "{quotes:?}");
        }
    }
}

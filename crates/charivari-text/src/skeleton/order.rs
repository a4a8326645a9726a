//! The order in which letters are seen (UAX #9).

use unicode_bidi::{BidiInfo, Level};
use unicode_normalization::char::is_combining_mark;

/// Whether the character controls the direction of what follows.
pub(super) fn is_control(c: char) -> bool {
    matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// The text as it is seen in a paragraph from left to right, without the controls.
pub(super) fn seen(text: &str) -> String {
    let info = BidiInfo::new(text, Some(Level::ltr()));
    let mut out = String::with_capacity(text.len());
    for paragraph in &info.paragraphs {
        let (levels, runs) = info.visual_runs(paragraph, paragraph.range.clone());
        for run in runs {
            let from_right = levels.get(run.start).is_some_and(unicode_bidi::Level::is_rtl);
            let piece = text.get(run).unwrap_or_default();
            if from_right { reversed(piece, &mut out) } else { out.push_str(piece) }
        }
    }
    out.retain(|c| !is_control(c));
    out
}

/// Appends the characters from the last to the first, each with the marks that follow it, and
/// brackets turned round.
fn reversed(piece: &str, out: &mut String) {
    let mut end = piece.len();
    for (at, c) in piece.char_indices().rev() {
        if is_combining_mark(c) && at > 0 {
            continue;
        }
        out.push(mirrored(c));
        out.push_str(&piece[at + c.len_utf8()..end]);
        end = at;
    }
}

/// The character that a bracket is shown as in text from right to left.
fn mirrored(c: char) -> char {
    const PAIRS: [(char, char); 9] = [
        ('(', ')'),
        ('<', '>'),
        ('[', ']'),
        ('{', '}'),
        ('«', '»'),
        ('‹', '›'),
        ('≤', '≥'),
        ('〈', '〉'),
        ('《', '》'),
    ];
    PAIRS
        .iter()
        .find_map(|&(a, b)| match c {
            _ if c == a => Some(b),
            _ if c == b => Some(a),
            _ => None,
        })
        .unwrap_or(c)
}

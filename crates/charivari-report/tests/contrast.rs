//! Colours of the page against what they stand on, as WCAG 2.2 measures contrast.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "helpers of tests are tests")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// The colours of both style sheets: `(light, dark)` by name.
fn colours() -> [BTreeMap<String, [f64; 3]>; 2] {
    let (mut light, mut dark) = (BTreeMap::new(), BTreeMap::new());
    for sheet in ["charts.css", "page.css"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates").join(sheet);
        let css = fs::read_to_string(path).unwrap();
        let screen = css.split("@media print").next().unwrap();
        let (before, after) = screen.split_once("prefers-color-scheme:dark").unwrap();
        light.extend(declared(before));
        dark.extend(declared(after));
    }
    [light, dark]
}

/// The declarations of the form `--name:#rrggbb`.
fn declared(css: &str) -> Vec<(String, [f64; 3])> {
    css.split("--")
        .skip(1)
        .filter_map(|part| {
            let (name, rest) = part.split_once(":#")?;
            let hex = rest.get(..6).filter(|hex| hex.bytes().all(|b| b.is_ascii_hexdigit()))?;
            let channel = |at: usize| f64::from(u8::from_str_radix(&hex[at..at + 2], 16).unwrap());
            Some((name.to_owned(), [channel(0), channel(2), channel(4)]))
        })
        .collect()
}

/// Relative luminance, as WCAG 2.2 defines it.
fn luminance(colour: [f64; 3]) -> f64 {
    let [r, g, b] = colour.map(|channel| {
        let share = channel / 255.0;
        if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

fn contrast(a: [f64; 3], b: [f64; 3]) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn text_reaches_level_aa_on_every_ground() {
    for (scheme, colours) in ["light", "dark"].iter().zip(colours()) {
        for text in ["ink", "soft", "accent"] {
            for ground in ["paper", "card", "wash"] {
                let ratio = contrast(colours[text], colours[ground]);
                assert!(ratio >= 4.5, "{scheme}: {text} on {ground} is {ratio:.2}");
            }
        }
    }
}

#[test]
fn marks_and_focus_can_be_told_from_their_ground() {
    for (scheme, colours) in ["light", "dark"].iter().zip(colours()) {
        for mark in ["g0", "g1", "g2", "g3", "g4", "g5", "g6", "g7", "g8", "focus"] {
            for ground in ["paper", "card"] {
                let ratio = contrast(colours[mark], colours[ground]);
                assert!(ratio >= 3.0, "{scheme}: {mark} on {ground} is {ratio:.2}");
            }
        }
    }
}

#[test]
fn black_on_white_has_the_greatest_contrast() {
    assert!((contrast([0.0; 3], [255.0; 3]) - 21.0).abs() < 1e-9);
}

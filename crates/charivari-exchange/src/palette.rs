//! Colours for groups that people with any colour vision can tell apart.
//!
//! The seven hues are those of Masataka Okabe and Kei Ito, *Color Universal Design* (2008), as
//! recommended by Bang Wong, "Points of view: Color blindness", Nature Methods 8, 441 (2011). Their
//! black is left out: it is the colour of text and of outlines.
//!
//! Groups 8 to 14 have the same hues darker, groups 15 to 21 lighter. All further groups share one
//! colour, because a colour used twice would say that two groups are one; labels tell them apart.

/// A colour in sRGB.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rgb {
    /// Red, 0 to 255.
    pub red: u8,
    /// Green, 0 to 255.
    pub green: u8,
    /// Blue, 0 to 255.
    pub blue: u8,
}

impl Rgb {
    const fn new(red: u8, green: u8, blue: u8) -> Self {
        Self { red, green, blue }
    }

    /// The colour as CSS writes it, such as `#0072b2`.
    #[must_use]
    pub fn hex(self) -> String {
        format!("#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }

    /// Each channel moved to `percent` of the way towards `end`.
    const fn towards(self, end: u8, percent: u16) -> Self {
        const fn channel(from: u8, end: u8, percent: u16) -> u8 {
            // Both terms are at most 255 * 100, so neither the sum nor the cast can overflow.
            ((from as u16 * (100 - percent) + end as u16 * percent) / 100) as u8
        }
        Self::new(
            channel(self.red, end, percent),
            channel(self.green, end, percent),
            channel(self.blue, end, percent),
        )
    }
}

/// The hues of the first seven groups: blue, vermillion, bluish green, orange, reddish purple,
/// sky blue and yellow. Neighbours in this order differ most.
pub const HUES: [Rgb; 7] = [
    Rgb::new(0x00, 0x72, 0xb2),
    Rgb::new(0xd5, 0x5e, 0x00),
    Rgb::new(0x00, 0x9e, 0x73),
    Rgb::new(0xe6, 0x9f, 0x00),
    Rgb::new(0xcc, 0x79, 0xa7),
    Rgb::new(0x56, 0xb4, 0xe9),
    Rgb::new(0xf0, 0xe4, 0x42),
];

/// Accounts in no group: light grey.
pub const NO_GROUP: Rgb = Rgb::new(0xb8, 0xb8, 0xb8);

/// All groups after the twenty-first: slate.
pub const OTHER_GROUP: Rgb = Rgb::new(0x59, 0x60, 0x6b);

/// The colour of a group, the first (by convention the largest) being 0; grey for no group.
#[must_use]
pub const fn colour(group: Option<u32>) -> Rgb {
    let Some(group) = group else { return NO_GROUP };
    let hue = HUES[group as usize % HUES.len()];
    match group as usize / HUES.len() {
        0 => hue,
        1 => hue.towards(0, 45),
        2 => hue.towards(255, 55),
        _ => OTHER_GROUP,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_with_a_colour_of_their_own_do_not_share_it() {
        let mut colours: Vec<String> = (0..21).map(|group| colour(Some(group)).hex()).collect();
        colours.extend([NO_GROUP.hex(), OTHER_GROUP.hex()]);
        let count = colours.len();
        colours.sort();
        colours.dedup();
        assert_eq!(colours.len(), count);
    }

    #[test]
    fn groups_have_stable_colours() {
        for (group, expected) in [
            (None, "#b8b8b8"),
            (Some(0), "#0072b2"),
            (Some(6), "#f0e442"),
            (Some(7), "#003e61"),
            (Some(14), "#8cbfdc"),
            (Some(21), "#59606b"),
            (Some(u32::MAX), "#59606b"),
        ] {
            assert_eq!(colour(group).hex(), expected, "{group:?}");
        }
    }
}

//! Drawn pictures and their edited copies: copies are found, others are not.

#![allow(clippy::unwrap_used, reason = "tests")]

use charivari_identity::picture::{Form, Limits, Picture, Print, SAME};
use charivari_simulate::pictures::Drawing;

fn print(drawing: &Drawing) -> Print {
    Picture::of_bytes(&drawing.png(), &Limits::default()).unwrap().print
}

#[test]
fn edited_copies_are_found_and_other_pictures_are_not() {
    for seed in 0..12 {
        let genuine = Drawing::new(seed);
        let known = print(&genuine);
        assert!(known.is_telling(), "{seed}: {}", known.quality);
        let cases = [
            ("as it is", Form::Original, genuine.clone()),
            ("blurred", Form::Original, genuine.blurred()),
            ("recompressed", Form::Original, genuine.recompressed()),
            ("mirrored", Form::Mirrored, genuine.mirrored()),
            ("turned", Form::Turned90, genuine.turned()),
            ("mirrored and blurred", Form::Mirrored, genuine.mirrored().blurred()),
        ];
        for (name, form, copy) in cases {
            let (nearest, distance) = print(&copy).forms.nearest(known.hash);
            assert!(distance <= SAME, "{seed} {name}: {distance}");
            assert!(nearest == form || name == "turned", "{seed} {name}: {nearest:?}");
        }
        let (_, distance) = print(&Drawing::new(seed + 100)).forms.nearest(known.hash);
        assert!(distance > 60, "{seed}: {distance}");
    }
}

//! What an evaluation of a small invented file comes to, in full.

#![allow(clippy::unwrap_used, reason = "a test may stop where what it needs is not there")]

mod small;

use std::fs;
use std::path::Path;

use charivari_attribution::evaluate::{Cases, Fit, evaluate};
use charivari_attribution::{Baseline, Model, Models, Weights};

/// Weights of this test alone, so that fitting anew does not change its result.
fn weights() -> Weights {
    let model = |weights: &[f64]| Model { weights: weights.to_vec(), sharpness: 1.0, floor: 0.05 };
    Weights {
        features: charivari_attribution::features::FEATURES.map(str::to_owned).to_vec(),
        cases: 0,
        all: Models {
            techniques: model(&[0.2, 0.1, 0.5, 0.2]),
            software: model(&[0.5, 0.1, 0.5, 0.2, 0.6, -0.5]),
            baseline: Baseline { techniques: 0.5, software: 0.5 },
        },
        folds: Vec::new(),
    }
}

#[test]
fn the_small_file_comes_to_what_it_came_to_before() {
    let cases = Cases::read(small::CASES.as_bytes()).unwrap().cases;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    for (name, with_software) in [("techniques.json", false), ("software.json", true)] {
        let found =
            evaluate(&small::knowledge(), &cases, &weights(), with_software, Fit::Folds).unwrap();
        // Twelve digits, because the last ones of a logarithm differ between machines.
        let mut value = serde_json::to_value(&found).unwrap();
        round(&mut value);
        let text = serde_json::to_string_pretty(&value).unwrap() + "\n";
        let path = folder.join(name);
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            fs::create_dir_all(&folder).unwrap();
            fs::write(&path, &text).unwrap();
        }
        assert_eq!(fs::read_to_string(&path).unwrap(), text, "{name}");
    }
}

fn round(value: &mut serde_json::Value) {
    match value {
        serde_json::Value::Array(items) => items.iter_mut().for_each(round),
        serde_json::Value::Object(fields) => fields.values_mut().for_each(round),
        serde_json::Value::Number(number) if number.is_f64() => {
            let rounded = format!("{:.9}", number.as_f64().unwrap()).parse::<f64>().unwrap();
            // There is no minus nothing in the expected file.
            *value = serde_json::json!(rounded + 0.0);
        }
        _ => {}
    }
}

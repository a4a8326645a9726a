//! Ids that come out the same each time, and from other programs too.

use serde_json::{Map, Value};
use uuid::Uuid;

/// The namespace of STIX 2.1, section 2.9, in which observables get their ids; `OpenCTI` uses it for
/// all objects.
const STIX: Uuid = Uuid::from_u128(0x00ab_edb4_aa42_466c_9c01_fed2_3315_a9b7);

/// The UUID of `name` among the things of one scope, such as a case.
pub(crate) fn of_scope(scope: Uuid, name: &str) -> Uuid {
    Uuid::new_v5(&scope, name.as_bytes())
}

/// The id of a STIX object of which `properties` say what it is.
pub(crate) fn of_properties(kind: &str, properties: &[(&str, Value)]) -> String {
    let sorted: Map<String, Value> =
        properties.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    let text = canonical(&Value::Object(sorted));
    format!("{kind}--{}", Uuid::new_v5(&STIX, text.as_bytes()))
}

/// JSON in its one canonical form (RFC 8785) for texts, lists and objects with ASCII names.
///
/// Names are sorted here, because the library sorts them only as long as no other crate asks it to
/// keep the order in which they came.
fn canonical(value: &Value) -> String {
    match value {
        Value::Object(fields) => {
            let mut names: Vec<&String> = fields.keys().collect();
            names.sort();
            let fields: Vec<String> = names
                .into_iter()
                .map(|name| {
                    let value = fields.get(name).map(canonical).unwrap_or_default();
                    format!("{}:{value}", Value::String(name.clone()))
                })
                .collect();
            format!("{{{}}}", fields.join(","))
        }
        Value::Array(items) => {
            format!("[{}]", items.iter().map(canonical).collect::<Vec<_>>().join(","))
        }
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn canonical_json_sorts_names_and_has_no_spaces() {
        let value = json!({"b": ["é\n", "\u{1}"], "a": {"d": "x\"", "c": "</>"}});
        let expected = "{\"a\":{\"c\":\"</>\",\"d\":\"x\\\"\"},\"b\":[\"é\\n\",\"\\u0001\"]}";
        assert_eq!(canonical(&value), expected);
    }

    #[test]
    fn ids_are_those_that_other_programs_give() {
        // Computed by pycti and by the `stix2` library of OASIS.
        for (kind, properties, expected) in [
            (
                "campaign",
                vec![("name", json!("winter leak"))],
                "campaign--8b150dec-6555-5a56-9e4b-fba9b4ab6dec",
            ),
            (
                "user-account",
                vec![("account_type", json!("twitter")), ("user_id", json!("100"))],
                "user-account--d732d7ea-35ed-5cb3-ac52-594be075cb77",
            ),
        ] {
            assert_eq!(of_properties(kind, &properties), expected);
        }
    }
}

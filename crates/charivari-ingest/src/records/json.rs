//! JSON values: one a line, or elements inside documents that may be larger than memory.

/// The part of a visitor that passes over scalars.
macro_rules! pass_over_scalars {
    () => {
        fn visit_bool<E>(self, _: bool) -> Result<(), E> {
            Ok(())
        }
        fn visit_i64<E>(self, _: i64) -> Result<(), E> {
            Ok(())
        }
        fn visit_u64<E>(self, _: u64) -> Result<(), E> {
            Ok(())
        }
        fn visit_f64<E>(self, _: f64) -> Result<(), E> {
            Ok(())
        }
        fn visit_str<E>(self, _: &str) -> Result<(), E> {
            Ok(())
        }
        fn visit_unit<E>(self) -> Result<(), E> {
            Ok(())
        }
    };
}

mod elements;
mod lines;
mod paths;

pub(crate) use elements::read_elements;
pub(crate) use lines::read_lines;
pub(crate) use paths::{paths_in, paths_of};

#[cfg(test)]
mod tests {
    use charivari_model::Code;
    use serde_json::Value;

    use super::super::Chunk;
    use super::*;

    fn elements(text: &str, paths: &'static [&'static str]) -> (Vec<String>, Vec<Code>) {
        let (mut found, mut faults) = (Vec::new(), Vec::new());
        read_elements(text.as_bytes(), paths, 100, &mut |chunk| {
            if let Chunk::Values(values) = chunk {
                let mut start = 0;
                for (_, end) in &values.rows {
                    let value = String::from_utf8(values.data[start..*end].to_vec()).unwrap();
                    found.push(format!("{} {value}", Value::Object((*values.around).clone())));
                    start = *end;
                }
                faults.extend(values.faults.iter().map(|(_, fault)| fault.code));
            }
            true
        });
        (found, faults)
    }

    #[test]
    fn elements_are_found_with_what_stands_around_them() {
        let text = r#"{"about":"x","big":[1,{"a":2}],"chats":{"list":[{"name":"a","messages":[{"id":1},{"id":2}]},{"name":"b","messages":[{"id":3}]}]}}"#;
        let (found, faults) = elements(text, &["messages[]", "chats.list[].messages[]"]);
        assert_eq!(
            found,
            [
                r#"{"about":"x","name":"a"} {"id":1}"#,
                r#"{"about":"x","name":"a"} {"id":2}"#,
                r#"{"about":"x","name":"b"} {"id":3}"#,
            ]
        );
        assert!(faults.is_empty());
    }

    #[test]
    fn documents_may_follow_each_other_and_arrays_be_taken_apart() {
        for (text, count) in [
            ("{\"a\":1}\n{\"a\":2}", 2),
            ("[{\"a\":1},{\"a\":2}]", 2),
            ("[]", 0),
            ("[[1]]", 1),
            ("", 0),
        ] {
            let (found, faults) = elements(text, &["", "[]"]);
            assert_eq!((found.len(), faults.len()), (count, 0), "{text}");
        }
    }

    #[test]
    fn a_damaged_rest_is_one_fault_and_the_elements_before_it_stay() {
        let long = format!("[{{\"a\":1}},\"{}\"]", "x".repeat(300));
        for (text, code) in [
            ("[{\"a\":1},{\"a\"", Code::CutRow),
            ("[{\"a\":1},{a:2}]", Code::MalformedJson),
            (long.as_str(), Code::TooLarge),
        ] {
            let (found, faults) = elements(text, &["[]"]);
            assert_eq!((found.len(), faults), (1, vec![code]), "{text}");
        }
    }

    #[test]
    fn an_element_that_is_not_utf8_is_a_fault_of_its_own() {
        let mut bytes = br#"{"messages":[{"a":1},{"a":"?"},{"a":3}]}"#.to_vec();
        let at = bytes.iter().position(|byte| *byte == b'?').unwrap();
        bytes[at] = 0xff;
        let (mut rows, mut faults) = (Vec::new(), Vec::new());
        read_elements(bytes.as_slice(), &["messages[]"], 100, &mut |chunk| {
            if let Chunk::Values(values) = chunk {
                rows.extend(values.rows.iter().map(|(row, _)| *row));
                faults.extend(values.faults.iter().map(|(row, fault)| (*row, fault.code)));
            }
            true
        });
        assert_eq!((rows, faults), (vec![1, 3], vec![(2, Code::Encoding)]));
    }

    #[test]
    fn lines_over_the_cap_are_faults_and_empty_ones_are_passed_over() {
        let text = format!("{{}}\n\n{}\n{{\"b\":1}}", "x".repeat(200));
        let mut rows = Vec::new();
        let mut faults = Vec::new();
        read_lines(text.as_bytes(), 100, &mut |chunk| {
            if let Chunk::Values(values) = chunk {
                rows.extend(values.rows.iter().map(|(row, _)| *row));
                faults.extend(values.faults.iter().map(|(row, _)| *row));
            }
            true
        });
        assert_eq!((rows, faults), (vec![1, 4], vec![3]));
    }
}

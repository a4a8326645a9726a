//! Making a dossier's records again from a log and the contents of its entries, without a database.

use std::collections::BTreeMap;

use charivari_model::case::{Decision, Entry, Rate, Ref, Ruling};
use serde_json::{Map, Value, json};

use crate::dossier::latest_rates;

/// How far two numbers may differ and still be one that was written and read again.
const ROUNDING: f64 = 1e-12;

/// What follows from a log.
#[derive(Debug, Default)]
pub(crate) struct Replay {
    /// What the case is, as its first entry says.
    pub(crate) opening: Value,
    /// Every record by its number, with what later entries say of it.
    pub(crate) records: BTreeMap<Ref, Value>,
    /// Links, in the order in which they were made.
    pub(crate) links: Vec<Value>,
    /// The latest weighing of hypotheses.
    pub(crate) assessment: Value,
    /// Public keys that were named.
    pub(crate) keys: Vec<String>,
    rates: Vec<Rate>,
}

impl Replay {
    /// Takes one entry in. What it cannot use it says.
    pub(crate) fn take(&mut self, entry: &Entry, body: &str) -> Result<(), String> {
        let mut body: Value = serde_json::from_str(body).map_err(|error| error.to_string())?;
        match (entry.action.as_str(), entry.record) {
            ("open case", _) => self.opening = body,
            ("record finding" | "record run", Some(record)) => {
                if let Value::Object(fields) = &mut body {
                    fields.remove("identity");
                    fields.insert("superseded_by".to_owned(), Value::Null);
                    if entry.action == "record finding" {
                        fields.insert("decision".to_owned(), json!(Decision::default()));
                    }
                }
                self.records.insert(record, body);
            }
            ("decide", Some(record)) => {
                let ruling = body.get("ruling").cloned().unwrap_or_default();
                let ruling: Ruling =
                    serde_json::from_value(ruling).map_err(|error| error.to_string())?;
                let reason = body.get("reason").and_then(Value::as_str).unwrap_or_default();
                let (reason, by) = (reason.to_owned(), entry.by.clone());
                let decision = Decision { ruling, reason, by, time: Some(entry.time) };
                self.set(record, "decision", json!(decision))?;
            }
            ("supersede", Some(record)) => {
                self.set(record, "superseded_by", body.get("by").cloned().unwrap_or_default())?;
                let pairs = body.get("findings").and_then(Value::as_array);
                for pair in pairs.into_iter().flatten() {
                    let old = pair.get(0).and_then(Value::as_str).unwrap_or_default();
                    let later = pair.get(1).cloned().unwrap_or_default();
                    self.set(old.parse()?, "superseded_by", later)?;
                }
            }
            ("reply", Some(record)) => {
                self.set(record, "reply", body.get("reply").cloned().unwrap_or_default())?;
            }
            ("link", _) => self.links.push(body),
            ("assess", _) => self.assessment = body,
            ("make keys", _) => {
                let key = body.get("public").and_then(Value::as_str);
                self.keys.extend(key.map(str::to_owned));
            }
            ("supply rates", _) => {
                let rates = body.get("rates").cloned().unwrap_or_default();
                let rates: Vec<Rate> =
                    serde_json::from_value(rates).map_err(|error| error.to_string())?;
                self.rates.extend(rates);
            }
            (action, Some(record)) if action.starts_with("add ") => {
                self.records.insert(record, body);
            }
            _ => {}
        }
        Ok(())
    }

    /// The latest price of each day, units and source.
    pub(crate) fn rates(&mut self) -> Value {
        json!(latest_rates(std::mem::take(&mut self.rates)))
    }

    fn set(&mut self, record: Ref, field: &str, value: Value) -> Result<(), String> {
        match self.records.get_mut(&record) {
            Some(Value::Object(fields)) => {
                fields.insert(field.to_owned(), value);
                Ok(())
            }
            _ => Err(format!("it speaks of {record}, which is not there")),
        }
    }
}

/// Whether two values say the same. Numbers may differ by what reading them rounds, and a field that
/// says nothing may be left out.
pub(crate) fn alike(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => {
            let (one, other) = (one.as_f64().unwrap_or(0.0), other.as_f64().unwrap_or(0.0));
            (one - other).abs() <= ROUNDING * one.abs().max(other.abs())
        }
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| alike(one, other))
        }
        (Value::Object(one), Value::Object(other)) => covers(one, other) && covers(other, one),
        (one, other) => one == other,
    }
}

/// Whether every field of `one` is in `other`.
fn covers(one: &Map<String, Value>, other: &Map<String, Value>) -> bool {
    one.iter().all(|(name, value)| match other.get(name) {
        Some(there) => alike(value, there),
        None => value.is_null() || value.as_array().is_some_and(Vec::is_empty),
    })
}

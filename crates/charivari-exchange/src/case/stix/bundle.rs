//! The bundle while it grows: ids, markings, labels and times of its objects.

use std::collections::{BTreeMap, BTreeSet};

use charivari_model::case::{Finding, Ref, Tagged};
use charivari_model::{Technique, Timestamp, Tlp};
use serde_json::{Map, Value, json};

use super::Flavour;
use crate::case::ids;
use crate::case::outgoing::Outgoing;
use crate::case::words::{exact, or, stix_time};

/// The extension in which OASIS put TLP 2.0.
const TLP_EXTENSION: &str = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d";
/// The extension that makes `OpenCTI`'s own objects proper ones.
const OPENCTI_EXTENSION: &str = "extension-definition--ea279b3e-5c71-4632-ac08-831c66a786ba";
/// The extension in which `OpenCTI` looks for the number of a technique.
const MITRE_EXTENSION: &str = "extension-definition--322b8f77-262a-4cb8-a915-1e441e00329b";

/// One object before it gets its id.
pub(super) struct Draft {
    pub(super) kind: &'static str,
    /// What it is in its case, such as `F1`; no two objects of a kind share it.
    pub(super) key: String,
    pub(super) fields: Map<String, Value>,
    pub(super) labels: Vec<&'static str>,
    pub(super) tlp: Tlp,
    pub(super) created: Timestamp,
    pub(super) modified: Timestamp,
}

/// The objects of a bundle so far.
pub(super) struct Bundle<'a> {
    pub(super) out: &'a Outgoing<'a>,
    pub(super) flavour: Flavour,
    objects: Vec<Value>,
    places: BTreeMap<String, usize>,
    marks: BTreeMap<String, Tlp>,
    markings: BTreeSet<Tlp>,
    records: BTreeMap<Ref, String>,
    /// The ids of techniques by their names in the case.
    techniques: BTreeMap<String, String>,
    /// The id of whoever opened the case.
    creator: String,
    /// The id of the operation.
    pub(super) campaign: String,
}

impl<'a> Bundle<'a> {
    /// A bundle with nobody in it but the case's author.
    pub(super) fn new(out: &'a Outgoing<'a>, flavour: Flavour) -> Self {
        let mut bundle = Self {
            out,
            flavour,
            objects: Vec::new(),
            places: BTreeMap::new(),
            marks: BTreeMap::new(),
            markings: BTreeSet::new(),
            records: BTreeMap::new(),
            techniques: BTreeMap::new(),
            creator: String::new(),
            campaign: String::new(),
        };
        let mut author = bundle.draft("identity", "author");
        author.set("name", exact(or(&out.dossier.head.opened_by, "unnamed analyst")));
        author.set("identity_class", "individual");
        author.set("description", "Whoever opened the case.");
        bundle.creator = bundle.add(author);
        bundle
    }

    /// An object of the case as a whole, created and changed with it.
    pub(super) fn draft(&self, kind: &'static str, key: impl Into<String>) -> Draft {
        let head = &self.out.dossier.head;
        Draft {
            kind,
            key: key.into(),
            fields: Map::new(),
            labels: Vec::new(),
            tlp: head.tlp,
            created: head.opened,
            modified: head.changed,
        }
    }

    /// Puts a domain object into the bundle and gives its id.
    pub(super) fn add(&mut self, mut draft: Draft) -> String {
        let mut id = self.id(&draft);
        while self.places.contains_key(&id) {
            // `OpenCTI` takes two things of one name for one thing: only another name parts them.
            draft.part();
            let other = self.id(&draft);
            if other == id {
                return id;
            }
            id = other;
        }
        let mut fields = draft.fields;
        fields.insert("type".to_owned(), json!(draft.kind));
        fields.insert("spec_version".to_owned(), json!("2.1"));
        fields.insert("id".to_owned(), json!(id));
        fields.insert("created".to_owned(), json!(stix_time(draft.created)));
        fields.insert("modified".to_owned(), json!(stix_time(draft.modified.max(draft.created))));
        if !self.creator.is_empty() {
            fields.insert("created_by_ref".to_owned(), json!(self.creator));
        }
        let mut labels = draft.labels;
        if self.out.dossier.head.synthetic.is_some() {
            labels.push("synthetic");
        }
        if !labels.is_empty() {
            fields.insert("labels".to_owned(), json!(labels));
        }
        if ["narrative", "channel", "event"].contains(&draft.kind) {
            let extension = json!({ OPENCTI_EXTENSION: {"extension_type": "new-sdo"} });
            fields.insert("extensions".to_owned(), extension);
        }
        self.keep(id, fields, draft.tlp)
    }

    /// Puts an observable into the bundle, whose id its own properties give in every program.
    pub(super) fn observe(
        &mut self,
        kind: &'static str,
        contributing: &[(&str, Value)],
        others: &[(&str, Value)],
        tlp: Tlp,
    ) -> String {
        let id = ids::of_properties(kind, contributing);
        if self.places.contains_key(&id) {
            return id;
        }
        let all = contributing.iter().chain(others);
        let mut fields: Map<String, Value> =
            all.map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        fields.insert("type".to_owned(), json!(kind));
        fields.insert("spec_version".to_owned(), json!("2.1"));
        fields.insert("id".to_owned(), json!(id));
        self.keep(id, fields, tlp)
    }

    fn keep(&mut self, id: String, mut fields: Map<String, Value>, tlp: Tlp) -> String {
        fields.insert("object_marking_refs".to_owned(), json!([marking_id(tlp)]));
        self.markings.insert(tlp);
        self.marks.insert(id.clone(), tlp);
        self.places.insert(id.clone(), self.objects.len());
        self.objects.push(Value::Object(fields));
        id
    }

    /// Joins two objects; a second reason for the same joining is added to the first.
    pub(super) fn relate(&mut self, kind: &str, ends: (&str, &str), why: &str, extra: Option<u8>) {
        let (source, target) = ends;
        let key = format!("{kind} {source} {target}");
        let mut draft = self.draft("relationship", key);
        draft.set("relationship_type", kind);
        draft.set("source_ref", source);
        draft.set("target_ref", target);
        draft.set_if("description", why);
        if let Some(confidence) = extra {
            draft.set("confidence", confidence);
        }
        let mark = |id: &str| self.marks.get(id).copied().unwrap_or(draft.tlp);
        draft.tlp = mark(source).max(mark(target));
        if let Some(place) = self.places.get(&self.id(&draft)).copied() {
            let told = self.objects[place]["description"].as_str().unwrap_or_default().to_owned();
            let both = [told, why.to_owned()];
            let both: Vec<String> = both.into_iter().filter(|text| !text.is_empty()).collect();
            self.objects[place]["description"] = json!(self.flavour.style().join(&both));
            return;
        }
        self.add(draft);
    }

    /// Remembers which object stands for a record.
    pub(super) fn is_record(&mut self, record: Ref, id: &str) {
        self.records.insert(record, id.to_owned());
    }

    /// The object that stands for a record, if it is in the bundle.
    pub(super) fn record(&self, record: Ref) -> Option<String> {
        self.records.get(&record).cloned()
    }

    /// Remembers which object stands for a technique.
    pub(super) fn is_technique(&mut self, technique: &Technique, id: &str) {
        self.techniques.insert(technique.to_string(), id.to_owned());
    }

    /// The objects of the techniques that a finding would be an instance of.
    pub(super) fn techniques(&self, finding: &Finding) -> Vec<String> {
        let id = |tagged: &Tagged| self.techniques.get(&tagged.technique.to_string()).cloned();
        finding.techniques.iter().filter_map(id).collect()
    }

    /// The ids of all objects so far, in their order.
    pub(super) fn all(&self) -> Vec<String> {
        let id = |object: &Value| object["id"].as_str().map(str::to_owned);
        self.objects.iter().filter_map(id).collect()
    }

    /// The document, and how many objects it holds.
    pub(super) fn finish(self) -> (Value, u64) {
        let head = &self.out.dossier.head;
        let options = self.out.options;
        let name = format!(
            "bundle {:?} {} {} {} {}",
            self.flavour,
            head.log_head,
            head.log_entries,
            options.redaction.word(),
            options.include_open
        );
        let mut objects: Vec<Value> = self.markings.iter().map(|tlp| marking(*tlp)).collect();
        objects.extend(self.objects);
        let count = objects.len() as u64;
        let id = format!("bundle--{}", ids::of_scope(self.out.scope, &name));
        (json!({ "type": "bundle", "id": id, "objects": objects }), count)
    }

    /// The id of a domain object: in the plain bundle one of its case, in the other `OpenCTI`'s.
    fn id(&self, draft: &Draft) -> String {
        match self.flavour {
            Flavour::Plain => {
                let name = format!("{} {}", draft.kind, draft.key);
                format!("{}--{}", draft.kind, ids::of_scope(self.out.scope, &name))
            }
            Flavour::OpenCti => ids::of_properties(draft.kind, &draft.identity()),
        }
    }
}

impl Draft {
    /// Sets a property.
    pub(super) fn set(&mut self, name: &str, value: impl Into<Value>) {
        self.fields.insert(name.to_owned(), value.into());
    }

    /// Sets a property unless the text is empty.
    pub(super) fn set_if(&mut self, name: &str, text: &str) {
        if !text.is_empty() {
            self.set(name, text);
        }
    }

    /// Tells `OpenCTI` the number of a technique, by which it knows it.
    pub(super) fn set_technique(&mut self, number: &str) {
        let extension = json!({
            MITRE_EXTENSION: {"extension_type": "property-extension", "id": number}
        });
        self.set("extensions", extension);
    }

    /// The properties by which `OpenCTI` knows an object of this kind.
    fn identity(&self) -> Vec<(&'static str, Value)> {
        let name = || json!(self.text("name").to_lowercase().trim());
        let created = || json!(stix_time(self.created));
        match self.kind {
            "identity" => {
                let class = self.text("identity_class").to_lowercase();
                vec![("name", name()), ("identity_class", json!(class))]
            }
            "threat-actor" => {
                vec![("name", name()), ("opencti_type", json!("Threat-Actor-Group"))]
            }
            "attack-pattern" => {
                let extensions = self.fields.get("extensions");
                let number = extensions.and_then(|all| all[MITRE_EXTENSION]["id"].as_str());
                let number = number.unwrap_or_default().to_lowercase();
                vec![("x_mitre_id", json!(number.trim()))]
            }
            "report" => vec![("name", name()), ("published", json!(self.text("published")))],
            "note" => {
                let mut all =
                    vec![("content", json!(self.text("content").trim())), ("created", created())];
                let abstract_ = self.text("abstract").trim();
                if !abstract_.is_empty() {
                    all.push(("attribute_abstract", json!(abstract_)));
                }
                all
            }
            "opinion" => {
                vec![("opinion", json!(self.text("opinion").trim())), ("created", created())]
            }
            "relationship" => ["relationship_type", "source_ref", "target_ref"]
                .map(|field| (field, json!(self.text(field))))
                .to_vec(),
            _ => vec![("name", name())],
        }
    }

    fn text(&self, name: &str) -> &str {
        self.fields.get(name).and_then(Value::as_str).unwrap_or_default()
    }

    /// Gives the object something that no other has.
    fn part(&mut self) {
        let field = if self.kind == "note" { "content" } else { "name" };
        if self.fields.contains_key(field) {
            let parted = format!("{} ({})", self.text(field).trim(), self.key);
            self.set(field, parted);
        }
    }
}

/// The id of a marking, the same all over the world.
pub(super) fn marking_id(tlp: Tlp) -> String {
    let uuid = match tlp {
        Tlp::Clear => "94868c89-83c2-464b-929b-a1a8aa3c8487",
        Tlp::Green => "bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
        Tlp::Amber => "55d920b0-5e8b-4f79-9ee9-91f868d9b421",
        Tlp::AmberStrict => "939a9414-2ddd-4d32-a0cd-375ea402b003",
        Tlp::Red => "e828b379-4e03-4974-9ac4-e53a884c97c1",
    };
    format!("marking-definition--{uuid}")
}

fn marking(tlp: Tlp) -> Value {
    let word = tlp.label().trim_start_matches("TLP:").to_lowercase();
    json!({
        "type": "marking-definition",
        "spec_version": "2.1",
        "id": marking_id(tlp),
        "created": "2022-10-01T00:00:00.000Z",
        "name": tlp.label(),
        "extensions": {
            TLP_EXTENSION: {"extension_type": "property-extension", "tlp_2_0": word}
        },
    })
}

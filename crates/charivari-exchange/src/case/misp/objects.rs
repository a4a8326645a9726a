//! Accounts, files, findings, claims, hypotheses and posts as objects of MISP's templates.

use std::collections::BTreeMap;

use charivari_model::case::{Claim, Evidence, Finding, Hypothesis, Locator};
use charivari_model::{Confidence, Grade, Likelihood, Timestamp, Tlp};
use serde_json::{Value, json};

use super::event::{seconds, uuid};
use crate::case::outgoing::{Outgoing, Party, filled, split_key};
use crate::case::summary;
use crate::case::words::{Style, exact, locator_text, micro_time, or, place_text, plain};

/// One of MISP's templates: its name, category, UUID and version.
struct Template(&'static str, &'static str, &'static str, &'static str);

const ANNOTATION: Template =
    Template("annotation", "misc", "5d8dc046-15a1-4ca3-a09f-ed4ede7c4487", "3");
const FACEBOOK: Template =
    Template("facebook-account", "misc", "b9862b95-7d78-4938-a2b5-13e45c60f25a", "1");
const FILE: Template = Template("file", "file", "688c46fb-5edb-40a3-8273-1af7923e2215", "25");
const MICROBLOG: Template =
    Template("microblog", "misc", "8ec8c911-ddbe-4f5b-895b-fbff70c42a60", "20");
const NARRATIVE: Template =
    Template("narrative", "misc", "83bea299-514a-4719-a84b-f6fd0997fac1", "4");
const TELEGRAM: Template =
    Template("telegram-account", "misc", "06f02ecf-5afb-42c5-9cb0-b362e222f52c", "2");
const TWITTER: Template =
    Template("twitter-account", "misc", "8066563f-881e-4f6a-9d6c-a9d15b8658bb", "7");
const TWEET: Template =
    Template("twitter-post", "misc", "d1214031-ce1b-4a35-bd33-644c707bda2e", "5");
const USER: Template =
    Template("user-account", "misc", "49606b06-22f0-4ac8-8eee-2f12ad46f3d3", "6");

/// The values by which MISP may join what it has from several cases.
const IDENTIFYING: [&str; 8] =
    ["account-id", "account-name", "id", "name", "post-id", "sha256", "user-id", "username"];

/// An object while it grows.
struct Object<'o> {
    out: &'o Outgoing<'o>,
    template: Template,
    key: String,
    comment: String,
    time: Timestamp,
    tags: Vec<String>,
    period: Option<(Timestamp, Timestamp)>,
    /// Whether what it is called means something in its case only, so that MISP must not join it with
    /// the same name in another.
    is_local: bool,
    attributes: Vec<Value>,
    references: Vec<Value>,
}

impl<'o> Object<'o> {
    fn new(out: &'o Outgoing<'_>, template: Template, key: String, time: Timestamp) -> Self {
        Self {
            out,
            template,
            key,
            comment: String::new(),
            time,
            tags: Vec::new(),
            period: None,
            is_local: false,
            attributes: Vec::new(),
            references: Vec::new(),
        }
    }

    /// Adds a value unless it says nothing; MISP refuses empty ones.
    fn add(&mut self, relation: &str, kind: &str, value: &str) {
        if value.trim().is_empty() {
            return;
        }
        let name = format!("{} {relation} {}", self.key, self.attributes.len());
        let category = match kind {
            "filename" | "sha256" => "External analysis",
            _ => "Other",
        };
        let mut attribute = json!({
            "uuid": uuid(self.out, &name),
            "object_relation": relation,
            "type": kind,
            "category": category,
            "value": value,
            "to_ids": false,
            "disable_correlation": self.is_local || !IDENTIFYING.contains(&relation),
            "distribution": "5",
            "sharing_group_id": "0",
            "deleted": false,
            "comment": "",
            "timestamp": seconds(self.time),
        });
        if self.attributes.is_empty() && !self.tags.is_empty() {
            // An object takes no tags, so they stand on its first value.
            let tags: Vec<Value> = self.tags.iter().map(|tag| json!({ "name": tag })).collect();
            attribute["Tag"] = json!(tags);
        }
        self.attributes.push(attribute);
    }

    fn refer(&mut self, target: &str, relation: &str) {
        let name = format!("{} {relation} {target}", self.key);
        self.references.push(json!({
            "uuid": uuid(self.out, &name),
            "referenced_uuid": uuid(self.out, target),
            "relationship_type": relation,
            "comment": "",
            "deleted": false,
            "timestamp": seconds(self.time),
        }));
    }

    fn finish(self) -> Value {
        let Template(name, category, template, version) = self.template;
        let mut object = json!({
            "uuid": uuid(self.out, &self.key),
            "name": name,
            "meta-category": category,
            "template_uuid": template,
            "template_version": version,
            "distribution": "5",
            "sharing_group_id": "0",
            "deleted": false,
            "comment": self.comment,
            "timestamp": seconds(self.time),
            "Attribute": self.attributes,
            "ObjectReference": self.references,
        });
        if let Some((first, last)) = self.period {
            object["first_seen"] = json!(micro_time(first));
            object["last_seen"] = json!(micro_time(last.max(first)));
        }
        object
    }
}

/// The tag of a marking.
pub(super) fn tlp(tlp: Tlp) -> String {
    tlp.label().to_lowercase()
}

/// The tag for how good a basis is.
pub(super) fn confidence(confidence: Confidence) -> String {
    format!("estimative-language:confidence-in-analytic-judgment=\"{confidence}\"")
}

fn likelihood(likelihood: Likelihood) -> String {
    let word = likelihood.word().replace(' ', "-");
    format!("estimative-language:likelihood-probability=\"{word}\"")
}

fn grades(grade: Grade) -> [String; 2] {
    let grade = grade.to_string().to_lowercase();
    let (letter, figure) = grade.split_at(1);
    [
        format!("admiralty-scale:source-reliability=\"{letter}\""),
        format!("admiralty-scale:information-credibility=\"{figure}\""),
    ]
}

/// All objects of the event.
pub(super) fn all(out: &Outgoing<'_>) -> Vec<Value> {
    let dossier = out.dossier;
    let mut all: Vec<Value> = out.accounts.iter().map(|party| account(out, party)).collect();
    all.extend(dossier.evidence.iter().map(|evidence| file(out, evidence)));
    all.extend(out.findings.iter().map(|one| finding(out, one)));
    all.extend(dossier.claims.iter().map(|one| claim(out, one)));
    if let Some(assessment) = &dossier.assessment {
        let made = dossier.run(assessment.run).map_or(dossier.head.opened, |run| run.time);
        all.extend(
            assessment
                .hypotheses
                .iter()
                .map(|one| hypothesis(out, one, assessment.confidence, made)),
        );
    }
    all.extend(posts(out));
    all
}

/// The name of an account's object in its case.
fn account_key(key: &str) -> String {
    format!("account {key}")
}

fn account(out: &Outgoing<'_>, party: &Party<'_>) -> Value {
    let (platform, native) = split_key(party.key);
    let (template, [id, handle, name]) = match platform {
        Some("x" | "twitter") => (TWITTER, ["id", "name", "displayed-name"]),
        Some("telegram") => (TELEGRAM, ["id", "username", "first_name"]),
        Some("facebook") => (FACEBOOK, ["account-id", "account-name", "description"]),
        _ => (USER, ["user-id", "username", "display-name"]),
    };
    let is_user = template.0 == USER.0;
    let changed = out.dossier.head.changed;
    let mut object = Object::new(out, template, account_key(party.key), changed);
    object.is_local = platform.is_none();
    object.tags.push(tlp(party.tlp));
    let whys = party.mentions.iter();
    let whys = whys.map(|(finding, account)| format!("{}: {}", finding.id, plain(&account.why)));
    object.comment = whys.collect::<Vec<_>>().join("\n");
    object.add(id, "text", &exact(or(native, "an account")));
    object.add(handle, "text", &party.handle.map(exact).unwrap_or_default());
    object.add(name, "text", &party.name.map(plain).unwrap_or_default());
    if is_user {
        object.add("account-type", "text", &platform.map(exact).unwrap_or_default());
    }
    object.finish()
}

fn file(out: &Outgoing<'_>, evidence: &Evidence) -> Value {
    let mut object = Object::new(out, FILE, evidence.id.to_string(), evidence.added);
    object.tags.push(tlp(evidence.tlp));
    object.tags.extend(grades(evidence.grade));
    object.comment = summary::evidence(evidence, Style::Plain);
    object.add("filename", "filename", &exact(or(&evidence.name, "unnamed file")));
    if evidence.sha256.len() == 64 && evidence.sha256.bytes().all(|b| b.is_ascii_hexdigit()) {
        object.add("sha256", "sha256", &evidence.sha256);
    }
    object.add("size-in-bytes", "size-in-bytes", &evidence.bytes.to_string());
    object.finish()
}

fn finding(out: &Outgoing<'_>, finding: &Finding) -> Value {
    let mut object = Object::new(out, ANNOTATION, finding.id.to_string(), out.made(finding));
    object.tags.push(tlp(out.marking(finding)));
    object.tags.push(confidence(finding.confidence));
    object.tags.push(format!("charivari:ruling=\"{}\"", finding.decision.ruling.word()));
    object.comment = summary::statement(finding, Style::Plain);
    object.period = finding.period;
    let text = summary::finding(out, finding, Style::Plain);
    let text = format!("{}\n\n{text}", summary::statement(finding, Style::Plain));
    object.add("text", "text", &text);
    object.add("type", "text", "Annotation");
    object.add("format", "text", "text");
    object.add("creation-date", "datetime", &micro_time(out.made(finding)));
    let mut keys: Vec<String> =
        finding.accounts.iter().map(|account| account_key(&account.key)).collect();
    let known = |locator: &&Locator| out.evidence(locator.evidence).is_some();
    keys.extend(finding.evidence.iter().filter(known).map(|one| one.evidence.to_string()));
    let mut seen = std::collections::BTreeSet::new();
    for key in keys.into_iter().filter(|key| seen.insert(key.clone())) {
        object.refer(&key, "annotates");
    }
    object.finish()
}

/// What an operation says of itself is a narrative, all else an annotation.
fn claim(out: &Outgoing<'_>, claim: &Claim) -> Value {
    let speaker = out.actor_named(&claim.who);
    let is_story = speaker.is_some_and(|actor| {
        let what = actor.what.trim().to_lowercase();
        claim.repeats.is_none() && (what == "persona" || what == "threat-actor")
    });
    let template = if is_story { NARRATIVE } else { ANNOTATION };
    let mut object = Object::new(out, template, claim.id.to_string(), claim.added);
    object.tags.push(tlp(claim.tlp));
    object.tags.extend(grades(claim.grade));
    object.comment = format!("{}: {}", plain(&claim.who), plain(&claim.gist));
    let text = summary::claim(out, claim, Style::Plain);
    let text = format!("{}\n\n{text}", plain(or(&claim.gist, "a claim without a gist")));
    if is_story {
        object.add("narrative-summary", "text", &text);
    } else {
        object.add("text", "text", &text);
        object.add("type", "text", "Annotation");
        object.add("format", "text", "text");
    }
    if let Some(first) = claim.repeats.filter(|first| out.has_claim(*first)) {
        object.refer(&first.to_string(), "references");
    }
    object.finish()
}

fn hypothesis(
    out: &Outgoing<'_>,
    hypothesis: &Hypothesis,
    basis: Confidence,
    made: Timestamp,
) -> Value {
    let mut object = Object::new(out, ANNOTATION, hypothesis.id.to_string(), made);
    object.tags.push(likelihood(hypothesis.likelihood));
    object.tags.push(confidence(basis));
    object.comment = plain(&hypothesis.title);
    object.add("text", "text", &summary::hypothesis(hypothesis, Style::Plain));
    object.add("type", "text", "Conclusion");
    object.add("format", "text", "text");
    object.finish()
}

/// The posts that findings show, where there is enough left of them for an object.
fn posts(out: &Outgoing<'_>) -> Vec<Value> {
    let mut shown: BTreeMap<&Locator, Vec<&Finding>> = BTreeMap::new();
    for finding in &out.findings {
        for locator in &finding.evidence {
            shown.entry(locator).or_default().push(finding);
        }
    }
    shown.into_iter().filter_map(|(locator, findings)| post(out, locator, &findings)).collect()
}

fn post(out: &Outgoing<'_>, locator: &Locator, findings: &[&Finding]) -> Option<Value> {
    let account = locator.account.as_deref();
    let platform = account.and_then(|account| split_key(account).0);
    let is_tweet = matches!(platform, Some("x" | "twitter"));
    let words = filled(Some(&locator.excerpt)).map(plain);
    let number = filled(locator.post.as_deref()).map(exact);
    if words.is_none() && !(is_tweet && number.is_some()) {
        return None;
    }
    let template = if is_tweet { TWEET } else { MICROBLOG };
    let key = format!("post {} {:?}", place_text(locator, Style::Plain), locator.post);
    let time = locator.time.unwrap_or(out.dossier.head.changed);
    let mut object = Object::new(out, template, key, out.dossier.head.changed);
    let tlps = findings.iter().map(|finding| out.marking(finding));
    object.tags.push(tlp(tlps.fold(out.dossier.head.tlp, Tlp::max)));
    let by: Vec<String> = findings.iter().map(|finding| finding.id.to_string()).collect();
    object.comment = format!("{}: {}", by.join(", "), locator_text(locator, Style::Plain));
    object.add("post", "text", &words.unwrap_or_default());
    let native = account.map(|account| exact(split_key(account).1)).unwrap_or_default();
    if is_tweet {
        object.add("post-id", "text", &number.unwrap_or_default());
        object.add("user-id", "text", &native);
    } else {
        object.add("username", "text", &native);
        object.add("type", "text", "Other");
    }
    if locator.time.is_some() {
        let relation = if is_tweet { "created-at" } else { "creation-date" };
        object.add(relation, "datetime", &micro_time(time));
    }
    if let Some(party) = account.and_then(|account| out.account(account)) {
        object.refer(&account_key(party.key), "authored-by");
    }
    Some(object.finish())
}

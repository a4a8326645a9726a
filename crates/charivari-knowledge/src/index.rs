//! Collections as compact text: what the program carries, so that it works offline.
//!
//! One record a line, fields behind tabs, so that a reader sees in a difference what changed. Facts
//! only: ids, names, who used what, with which source and date; no sentence of anybody.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use charivari_model::{Confidence, Technique};

use crate::campaign::MOST_ACTORS;
use crate::{
    Ability, Actor, Attributed, Campaign, Cited, Collection, Country, Day, Error, Mapped, Name,
    Origin, Relation, Result, Software, Source, TechniqueEntry, Use, Used,
};

/// How an index begins.
pub const MAGIC: &str = "charivari-knowledge\t2";

/// Writes a collection; traits, passages and ATT&CK's numbers of packs are not written.
#[must_use]
pub fn write(collection: &Collection) -> String {
    let mut out = format!("{MAGIC}\n");
    let mut line = |fields: &[&str]| {
        let fields: Vec<String> = fields.iter().map(|it| escape(it)).collect();
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{}", fields.join("\t"));
    };
    let (kind, domain, version) = origin_words(&collection.origin);
    line(&["o", kind, &domain, &version]);
    line(&["i", &collection.notice]);
    for source in &collection.sources {
        line(&["s", &source.key, &day(source.date), &source.url]);
    }
    for it in collection.vocabulary.techniques.values() {
        let revoked = it.revoked_by.as_ref().map_or_else(String::new, ToString::to_string);
        let deprecated = if it.deprecated { "x" } else { "" };
        // The comma parts tactics: what holds none but commas is no name.
        let tactics: Vec<&str> = it.tactics.iter().flat_map(|it| words(it, ',')).collect();
        line(&["t", &it.technique.to_string(), &it.name, &tactics.join(","), &revoked, deprecated]);
    }
    for it in collection.vocabulary.software.values() {
        let tool = if it.is_tool { "tool" } else { "malware" };
        // The bar parts names: one within a name is written as a broken bar, and a name of nothing not
        // at all.
        let names = it.names.iter().filter(|name| !name.is_empty());
        let names: Vec<String> = names.map(|name| name.replace('|', "¦")).collect();
        line(&["w", &it.id, tool, &names.join("|")]);
        for (cited, techniques) in by_citations(&it.abilities) {
            line(&["x", &cited, &techniques.join(",")]);
        }
    }
    for actor in &collection.actors {
        line(&["a", &actor.id, &actor.name, actor.revoked_by.as_deref().unwrap_or_default()]);
        for it in &actor.names {
            line(&["n", relation_word(it.relation), &it.name, &cites(&it.cited)]);
        }
        for it in &actor.countries {
            line(&["c", &it.code, &cites(&it.cited)]);
        }
        // What it used in campaigns is written with them.
        for it in actor.uses.iter().filter(|it| it.campaign.is_none()) {
            line(&["u", &used(it), &cites(&it.cited)]);
        }
    }
    for campaign in &collection.campaigns {
        line(&["k", &campaign.id, &campaign.name]);
        for it in &campaign.attributed {
            line(&["b", &it.actor, &cites(&it.cited)]);
        }
        for it in &campaign.uses {
            line(&["u", &used(it), &cites(&it.cited)]);
        }
    }
    out
}

pub(crate) fn used(it: &Use) -> String {
    match &it.used {
        Used::Technique(technique) => technique.to_string(),
        Used::Software(id) => id.clone(),
    }
}

/// Techniques by who says that a program carries them out: mostly a few sources tell of many.
fn by_citations(abilities: &[Ability]) -> BTreeMap<String, Vec<&str>> {
    let mut held: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for it in abilities {
        held.entry(cites(&it.cited)).or_default().push(it.technique.id());
    }
    held
}

/// Reads what [`write()`] wrote.
///
/// # Errors
/// `E1003` with the line that is not as expected.
pub fn read(file: &str, text: &str) -> Result<Collection> {
    let collection = Collection::new(Origin::Packs);
    let mut reader = Reader { collection, technique: "attack", subject: Subject::None };
    for (number, line) in text.lines().enumerate() {
        let fields: Vec<String> = line.split('\t').map(unescape).collect();
        let fields: Vec<&str> = fields.iter().map(String::as_str).collect();
        reader.line(number, &fields).map_err(|met| Error::Index {
            file: file.to_owned(),
            line: number + 1,
            met,
        })?;
    }
    let mut collection = reader.collection;
    for software in collection.vocabulary.software.values_mut() {
        software.settle();
    }
    collection.share_campaigns();
    Ok(collection)
}

struct Reader {
    collection: Collection,
    /// The framework of techniques that stand without one.
    technique: &'static str,
    /// What the facts that follow are about.
    subject: Subject,
}

/// What was read last.
enum Subject {
    None,
    Actor,
    Campaign,
    Software(String),
}

impl Reader {
    fn line(&mut self, number: usize, fields: &[&str]) -> std::result::Result<(), String> {
        match fields {
            _ if number == 0 => {
                if fields.join("\t") != MAGIC {
                    return Err(format!("expected \"{}\"", MAGIC.replace('\t', " ")));
                }
            }
            ["o", kind, domain, version] => {
                self.collection.origin = origin(kind, domain, version)?;
                self.technique = if *kind == "disarm" { "disarm" } else { "attack" };
            }
            ["i", notice] => (*notice).clone_into(&mut self.collection.notice),
            ["s", key, date, url] => self.collection.sources.push(Source {
                key: (*key).to_owned(),
                title: String::new(),
                date: optional_day(date)?,
                url: (*url).to_owned(),
                read: true,
            }),
            ["t", technique, name, tactics, revoked, deprecated] => {
                let technique: Technique = technique.parse()?;
                let entry = TechniqueEntry {
                    name: (*name).to_owned(),
                    tactics: words(tactics, ',').map(str::to_owned).collect(),
                    revoked_by: words(revoked, ',').next().map(str::parse).transpose()?,
                    deprecated: *deprecated == "x",
                    technique: technique.clone(),
                };
                self.collection.vocabulary.techniques.insert(technique, entry);
            }
            ["w", id, kind, names] => {
                let software = Software {
                    id: (*id).to_owned(),
                    names: words(names, '|').map(str::to_owned).collect(),
                    is_tool: *kind == "tool",
                    abilities: Vec::new(),
                };
                self.subject = Subject::Software((*id).to_owned());
                self.collection.vocabulary.software.insert((*id).to_owned(), software);
            }
            ["a", id, name, revoked] => {
                self.subject = Subject::Actor;
                self.collection.actors.push(Actor {
                    id: (*id).to_owned(),
                    name: (*name).to_owned(),
                    revoked_by: (!revoked.is_empty()).then(|| (*revoked).to_owned()),
                    ..Actor::default()
                });
            }
            ["k", id, name] => {
                self.subject = Subject::Campaign;
                let (id, name) = ((*id).to_owned(), (*name).to_owned());
                self.collection.campaigns.push(Campaign { id, name, ..Campaign::default() });
            }
            [kind @ ("n" | "c" | "u" | "b" | "x"), rest @ ..] => self.fact(kind, rest)?,
            _ => return Err("expected a record of a known kind with its fields".to_owned()),
        }
        Ok(())
    }

    /// A fact about what was read last.
    fn fact(&mut self, kind: &str, fields: &[&str]) -> std::result::Result<(), String> {
        let sources = self.collection.sources.len();
        let collection = &mut self.collection;
        match &self.subject {
            Subject::Actor => {
                let actor = collection.actors.last_mut().ok_or("expected an actor")?;
                fact_of_actor(actor, sources, kind, fields)
            }
            Subject::Campaign => {
                let campaign = collection.campaigns.last_mut().ok_or("expected a campaign")?;
                fact_of_campaign(campaign, sources, kind, fields)
            }
            Subject::Software(id) => {
                let software = collection.vocabulary.software.get_mut(id);
                let software = software.ok_or("expected a program")?;
                let ("x", [cited, techniques]) = (kind, fields) else {
                    return Err("expected what a program does".to_owned());
                };
                let cited = citations(cited, sources)?;
                for it in words(techniques, ',') {
                    let technique = format!("{}:{it}", self.technique).parse()?;
                    software.abilities.push(Ability { technique, cited: cited.clone() });
                }
                Ok(())
            }
            Subject::None => {
                Err("expected an actor, a campaign or a program before what is said of it"
                    .to_owned())
            }
        }
    }
}

fn fact_of_actor(
    actor: &mut Actor,
    sources: usize,
    kind: &str,
    fields: &[&str],
) -> std::result::Result<(), String> {
    match (kind, fields) {
        ("n", [relation, name, cited]) => actor.names.push(Name {
            name: (*name).to_owned(),
            relation: relation_of(relation)?,
            cited: citations(cited, sources)?,
        }),
        ("c", [code, cited]) => actor
            .countries
            .push(Country { code: (*code).to_owned(), cited: citations(cited, sources)? }),
        ("u", [used, cited]) => actor.uses.push(use_of(used, cited, sources)?),
        _ => return Err("expected the fields of a fact about an actor".to_owned()),
    }
    Ok(())
}

fn fact_of_campaign(
    campaign: &mut Campaign,
    sources: usize,
    kind: &str,
    fields: &[&str],
) -> std::result::Result<(), String> {
    match (kind, fields) {
        ("b", [actor, cited]) if campaign.attributed.len() < MOST_ACTORS => {
            let (actor, cited) = ((*actor).to_owned(), citations(cited, sources)?);
            campaign.attributed.push(Attributed { actor, cited });
        }
        ("b", [_, _]) => return Err(format!("expected at most {MOST_ACTORS} actors behind it")),
        ("u", [used, cited]) => campaign.uses.push(use_of(used, cited, sources)?),
        _ => return Err("expected the fields of a fact about a campaign".to_owned()),
    }
    Ok(())
}

fn use_of(used: &str, cited: &str, sources: usize) -> std::result::Result<Use, String> {
    let used = match used.parse() {
        Ok(technique) => Used::Technique(technique),
        Err(error) if used.contains(':') => return Err(error),
        Err(_) => Used::Software(used.to_owned()),
    };
    let cited = citations(cited, sources)?;
    Ok(Use { used, campaign: None, mapped: Mapped::Collection, cited })
}

fn words(text: &str, between: char) -> impl Iterator<Item = &str> {
    text.split(between).filter(|it| !it.is_empty())
}

fn day(date: Option<Day>) -> String {
    date.map_or_else(String::new, |it| it.to_string())
}

fn optional_day(text: &str) -> std::result::Result<Option<Day>, String> {
    if text.is_empty() { Ok(None) } else { text.parse().map(Some) }
}

/// Citations as `source@date!sure`, each part only where it is there; moderate is not written.
fn cites(cited: &[Cited]) -> String {
    let one = |it: &Cited| {
        let source = it.source.map_or_else(String::new, |it| it.to_string());
        let date = it.date.map_or_else(String::new, |it| format!("@{it}"));
        let sure = match it.sure {
            Confidence::Low => "!l",
            Confidence::Moderate => "",
            Confidence::High => "!h",
        };
        format!("{source}{date}{sure}")
    };
    cited.iter().map(one).collect::<Vec<_>>().join(" ")
}

fn citations(text: &str, sources: usize) -> std::result::Result<Vec<Cited>, String> {
    let one = |text: &str| {
        let (text, sure) = match text.split_once('!') {
            None => (text, Confidence::Moderate),
            Some((text, "l")) => (text, Confidence::Low),
            Some((text, "h")) => (text, Confidence::High),
            Some(_) => return Err(format!("expected !l or !h, but met \"{text}\"")),
        };
        let (source, date) = text.split_once('@').unwrap_or((text, ""));
        let source = match source {
            "" => None,
            number => {
                let number: u32 = number.parse().map_err(|_| {
                    format!("expected the number of a source, but met \"{number}\"")
                })?;
                Some(number).filter(|it| (*it as usize) < sources).map_or_else(
                    || Err(format!("expected one of {sources} sources, but met number {number}")),
                    |it| Ok(Some(it)),
                )?
            }
        };
        Ok(Cited { source, date: optional_day(date)?, passage: String::new(), sure })
    };
    text.split(' ').map(one).collect()
}

fn origin_words(origin: &Origin) -> (&'static str, String, String) {
    match origin {
        Origin::Attack(domain, version) => ("attack", domain.clone(), version.clone()),
        Origin::Disarm(version) => ("disarm", String::new(), version.clone()),
        Origin::Misp(galaxy, version) => ("misp", galaxy.clone(), version.clone()),
        Origin::Microsoft => ("microsoft", String::new(), String::new()),
        Origin::Packs => ("packs", String::new(), String::new()),
    }
}

fn origin(kind: &str, domain: &str, version: &str) -> std::result::Result<Origin, String> {
    Ok(match kind {
        "attack" => Origin::Attack(domain.to_owned(), version.to_owned()),
        "disarm" => Origin::Disarm(version.to_owned()),
        "misp" => Origin::Misp(domain.to_owned(), version.to_owned()),
        "microsoft" => Origin::Microsoft,
        "packs" => Origin::Packs,
        other => return Err(format!("expected an origin that is known, but met \"{other}\"")),
    })
}

const RELATIONS: [(Relation, &str); 8] = [
    (Relation::Listed, "listed"),
    (Relation::Same, "same"),
    (Relation::Overlaps, "overlaps"),
    (Relation::Persona, "persona"),
    (Relation::Impersonated, "impersonated"),
    (Relation::Organisation, "organisation"),
    (Relation::Former, "former"),
    (Relation::Contested, "contested"),
];

fn relation_word(relation: Relation) -> &'static str {
    RELATIONS.iter().find(|(it, _)| *it == relation).map_or("listed", |(_, word)| word)
}

fn relation_of(word: &str) -> std::result::Result<Relation, String> {
    let known = RELATIONS.iter().find(|(_, it)| *it == word).map(|(relation, _)| *relation);
    known.ok_or_else(|| format!("expected how a name belongs to an actor, but met \"{word}\""))
}

fn escape(text: &str) -> String {
    text.replace('\\', "\\\\").replace('\t', "\\t").replace('\n', "\\n").replace('\r', "\\r")
}

fn unescape(text: &str) -> String {
    if !text.contains('\\') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars();
    while let Some(it) = rest.next() {
        if it != '\\' {
            out.push(it);
            continue;
        }
        match rest.next() {
            Some('t') => out.push('\t'),
            Some('n') => out.push('\n'),
            Some('r') => out.push('\r'),
            Some(other) => out.push(other),
            None => out.push('\\'),
        }
    }
    out
}

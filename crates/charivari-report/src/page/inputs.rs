//! The inputs, what was set aside, and what was cut.

use std::collections::BTreeMap;

use charivari_model::Code;

use crate::view::{Coordination, Input};
use crate::{format, limits};

use super::data::{Data, Thing, When};
use super::more;

/// How good the data is.
pub(super) struct Quality {
    pub(super) rows: Vec<Row>,
    pub(super) rows_more: Option<String>,
    pub(super) warnings: Vec<Data>,
    pub(super) warnings_more: Option<String>,
    pub(super) set_aside: Vec<SetAside>,
    pub(super) capped: Vec<Capped>,
    pub(super) capped_story: String,
}

/// One input.
pub(super) struct Row {
    pub(super) number: usize,
    pub(super) name: Data,
    pub(super) format: Data,
    pub(super) background: bool,
    pub(super) read: String,
    pub(super) kept: String,
    pub(super) aside: String,
    pub(super) period: Option<(When, When)>,
    pub(super) resolution: String,
    pub(super) sha256: Data,
    pub(super) bytes: String,
}

/// The rows set aside for one reason.
pub(super) struct SetAside {
    pub(super) code: &'static str,
    pub(super) title: &'static str,
    pub(super) remedy: &'static str,
    pub(super) rows: String,
    pub(super) inputs: String,
}

/// An object whose acts were not all listed.
pub(super) struct Capped {
    pub(super) behaviour: Data,
    pub(super) object: Thing,
    pub(super) acts: String,
    pub(super) listed: String,
}

pub(super) fn quality(view: &Coordination) -> Quality {
    let inputs = view.inputs.len();
    let warnings = view.warnings.len();
    Quality {
        rows: (view.inputs.iter().take(limits::INPUTS).enumerate())
            .map(|(index, input)| row(index + 1, input))
            .collect(),
        rows_more: more(inputs.min(limits::INPUTS), inputs as u64, "inputs"),
        warnings: view.warnings.iter().take(limits::WARNINGS).map(|w| Data::text(w)).collect(),
        warnings_more: more(warnings.min(limits::WARNINGS), warnings as u64, "warnings"),
        set_aside: set_aside(&view.inputs),
        capped: capped(view),
        capped_story: capped_story(view),
    }
}

fn row(number: usize, input: &Input) -> Row {
    let aside = input.set_aside.iter().fold(0_u64, |sum, (_, rows)| sum.saturating_add(*rows));
    Row {
        number,
        name: Data::file(&input.name),
        format: Data::name(&input.format),
        background: input.background,
        read: format::number(input.read),
        kept: format::number(input.kept),
        aside: format::number(aside),
        period: input.period.map(|(first, last)| (When(first), When(last))),
        resolution: input.resolution.map_or_else(|| "unknown".to_owned(), |r| r.to_string()),
        sha256: Data::digest(&input.sha256),
        bytes: format::bytes(input.bytes),
    }
}

/// The rows set aside over all inputs, by code.
fn set_aside(inputs: &[Input]) -> Vec<SetAside> {
    let mut by_code: BTreeMap<Code, (u64, u64)> = BTreeMap::new();
    for (code, rows) in
        inputs.iter().flat_map(|input| &input.set_aside).filter(|(_, rows)| *rows > 0)
    {
        let entry = by_code.entry(*code).or_default();
        entry.0 = entry.0.saturating_add(*rows);
        entry.1 += 1;
    }
    (by_code.into_iter())
        .map(|(code, (rows, inputs))| SetAside {
            code: code.as_str(),
            title: code.title(),
            remedy: code.remedy(),
            rows: format::number(rows),
            inputs: format::number(inputs),
        })
        .collect()
}

fn capped(view: &Coordination) -> Vec<Capped> {
    (view.capped.iter().take(limits::CAPPED))
        .map(|capped| Capped {
            behaviour: Data::name(&capped.object.behaviour),
            object: Thing::of(&capped.object),
            acts: format::number(capped.acts),
            listed: format::number(capped.listed),
        })
        .collect()
}

/// What was cut, in one sentence.
fn capped_story(view: &Coordination) -> String {
    let objects = view.counts.objects_capped.max(view.capped.len() as u64);
    if objects == 0 {
        return "Nothing: every act that was found was also listed and could become part of an \
                edge."
            .to_owned();
    }
    let shown = view.capped.len().min(limits::CAPPED);
    let rest = more(shown, objects, "such objects").map(|more| format!(" {more}"));
    format!(
        "{} so widely shared that not all acts on {} could be listed. All acts were counted \
         ({}); listed and joined into edges were {}. Edges that rest on such objects alone may be \
         missing or too weak.{}",
        format::count(objects, "object was", "objects were"),
        if objects == 1 { "it" } else { "them" },
        format::number(view.counts.acts_found),
        format::number(view.counts.acts_listed),
        rest.unwrap_or_default(),
    )
}

//! Findings by what was looked for: groups, impersonators, the leak, menacing mail.

use charivari_model::case::{Finding, Run};

use super::{Case, capped, words};
use crate::case::doc::{Block, Column, Line, Row, Section, Span, Table, joined, line};
use crate::case::exposure;
use crate::limits;
use crate::show;
use crate::svg::activity::{Row as Activity, activity_svg};
use crate::svg::{heat, shape};

/// What an analysis looks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Family {
    /// Accounts that act together.
    Coordination,
    /// Accounts that pretend to be somebody.
    Identity,
    /// A leaked sample.
    Leak,
    /// Menacing mail.
    Mail,
}

impl Family {
    /// All of them, in the order of the report.
    pub(crate) const ALL: [Self; 4] = [Self::Coordination, Self::Identity, Self::Leak, Self::Mail];

    /// What the commands and the kinds of findings of this family begin with.
    const fn stems(self) -> &'static [&'static str] {
        match self {
            Self::Coordination => &["coordinat"],
            Self::Identity => &["ident", "imperson", "lookalike", "persona", "stolen"],
            Self::Leak => &["leak", "expos", "verif"],
            Self::Mail => &["mail"],
        }
    }

    /// What was looked for, as a sentence begins.
    pub(crate) const fn looked_for(self) -> &'static str {
        match self {
            Self::Coordination => "Accounts that act together",
            Self::Identity => "Accounts that pretend to be somebody else",
            Self::Leak => "The leaked data, and whom they put at risk",
            Self::Mail => "Menacing mail, and whether it comes from where it says",
        }
    }

    fn has(self, name: &str) -> bool {
        self.stems().iter().any(|stem| name.starts_with(stem))
    }

    /// The findings of this family.
    fn findings<'a>(self, case: &Case<'a>) -> Vec<&'a Finding> {
        case.findings.iter().copied().filter(|it| self.has(&it.kind)).collect()
    }

    /// The runs of this family that stand.
    pub(crate) fn runs<'a>(self, case: &Case<'a>) -> Vec<&'a Run> {
        let runs = case.dossier.runs.iter().filter(|it| it.superseded_by.is_none());
        runs.filter(|it| self.has(&it.command)).collect()
    }

    /// Whether anything in the case examined this.
    pub(crate) fn is_examined(self, case: &Case) -> bool {
        !self.runs(case).is_empty() || !self.findings(case).is_empty()
    }
}

/// One family as a table of its findings.
pub(super) fn section(case: &Case, family: Family) -> Section {
    let (id, title, short) = match family {
        Family::Coordination => ("groups", "Groups", "Groups"),
        Family::Identity => ("impersonators", "Impersonators", "Impersonators"),
        Family::Leak => ("leak", "The leak", "Leak"),
        Family::Mail => ("mail", "Mail", "Mail"),
    };
    let mut blocks = table(case, family);
    if family == Family::Leak {
        blocks.extend(exposed(case));
    }
    Section { id, title, short, blocks }
}

fn table(case: &Case, family: Family) -> Vec<Block> {
    let findings = family.findings(case);
    if findings.is_empty() {
        let runs = family.runs(case);
        let looked = family.looked_for();
        if runs.is_empty() {
            let told = format!("Not examined in this case. ({looked}.)");
            return vec![Block::Para("empty", line![told])];
        }
        let mut told = line![format!("{looked}: examined by ")];
        told.extend(joined(runs.iter().take(8).map(|it| line![it.id]), ", "));
        told.push(Span::from(". No finding was recorded; that is no proof that there is none."));
        return vec![Block::Para("empty", told)];
    }
    let rows = findings.iter().take(limits::CASE_ROWS).map(|it| Row {
        id: None,
        cells: vec![
            line![it.id],
            line![Span::Text(it.statement.clone())],
            measures(it),
            line![it.confidence.word()],
            line![words::ruling(it.decision.ruling)],
        ],
    });
    let column = |title, class| Column { title, class };
    let mut blocks = vec![Block::Table(Table {
        caption: format!("{}: findings", family.looked_for()),
        columns: vec![
            column("Finding", ""),
            column("What was found", "prose"),
            column("Measures", "measures"),
            column("Confidence", ""),
            column("Decision", ""),
        ],
        rows: rows.collect(),
    })];
    let (shown, total) = (findings.len().min(limits::CASE_ROWS), findings.len() as u64);
    blocks.extend(capped(shown, total, "findings").map(|it| Block::Para("more", it)));
    blocks
}

/// Where people are whom a leak exposes, of each run that says so.
fn exposed(case: &Case) -> Vec<Block> {
    let has_places = |run: &&Run| run.picture.as_ref().is_some_and(|it| !it.places.is_empty());
    let runs: Vec<&Run> = Family::Leak.runs(case).into_iter().filter(has_places).collect();
    let mut blocks = Vec::new();
    for run in runs.iter().take(limits::CASE_PICTURES) {
        let places = run.picture.iter().flat_map(|it| it.places.iter()).cloned();
        let id = format!("places-{}", run.id);
        blocks.extend(exposure::places(&places.collect::<Vec<_>>(), &id, line![run.id, ". "]));
    }
    let shown = runs.len().min(limits::CASE_PICTURES);
    let more = capped(shown, runs.len() as u64, "maps");
    blocks.extend(more.map(|it| Block::Para("more", it)));
    blocks
}

/// The first measures, each with its name.
fn measures(finding: &Finding) -> Line {
    let shown = finding.measures.iter().take(3).map(|it| {
        let mut told = line![Span::Name(it.name.clone()), " "];
        told.extend(words::measure(it));
        told
    });
    joined(shown, "; ")
}

/// The groups: their findings, their posts over time, and the hours of their weeks.
pub(super) fn groups(case: &Case) -> Section {
    let mut section = section(case, Family::Coordination);
    let mut weeks: Vec<(Line, String)> = Vec::new();
    let (mut groups, mut runs) = (0, 0);
    for run in case.dossier.runs.iter().filter(|it| it.superseded_by.is_none()) {
        let Some(picture) = run.picture.as_ref().filter(|it| !it.groups.is_empty()) else {
            continue;
        };
        runs += 1;
        groups += picture.groups.len();
        if runs > limits::CASE_PICTURES {
            continue;
        }
        section.blocks.extend(activity(run));
        for group in
            picture.groups.iter().take(limits::CASE_WEEKS - weeks.len().min(limits::CASE_WEEKS))
        {
            let Ok(hours) = <&[[u64; 24]; 7]>::try_from(group.hours.as_slice()) else { continue };
            let badge = shape::badge(Some(group.number), group.open);
            let name = Span::Name(group.name.clone());
            let caption = line![Span::Badge(badge), " ", name, " · ", run.id];
            let id = format!("week-{}-{}", run.id, weeks.len());
            let class = shape::class(Some(group.number));
            let title = format!("Posts by hour of the week, group {}", group.number);
            weeks.push((
                caption,
                heat::week_svg(hours, "more posts were made in it", &id, &class, &title),
            ));
        }
    }
    let shown = weeks.len();
    if shown > 0 {
        section.blocks.extend(hours(weeks));
        let more = capped(shown, groups as u64, "groups, hour by hour");
        section.blocks.extend(more.map(|it| Block::Para("more", it)));
    }
    section
}

/// The weeks of groups under their heading.
fn hours(weeks: Vec<(Line, String)>) -> [Block; 3] {
    [
        Block::Heading(None, "The hours of their week".to_owned()),
        Block::Para(
            "hint",
            line![
                "All their posts by day and hour in UTC: the larger the square, the more posts. Hours \
                 hint at sleep and work, not at a country."
            ],
        ),
        Block::Charts(weeks),
    ]
}

/// What the groups of one run posted over time, under what everybody posted.
fn activity(run: &Run) -> Option<Block> {
    let picture = run.picture.as_ref()?;
    let everybody = Activity {
        name: "All posts, by day".to_owned(),
        step_s: 86_400,
        counts: picture.days.clone(),
        ..Activity::default()
    };
    let groups = picture.groups.iter().take(limits::CASE_ACTIVITY).map(|group| Activity {
        name: show::shorten(&show::text(&group.name), 18),
        group: Some(group.number),
        open: group.open,
        step_s: 3_600,
        counts: group.activity.clone(),
    });
    let rows: Vec<Activity> = Some(everybody)
        .filter(|it| !it.counts.is_empty())
        .into_iter()
        .chain(groups)
        .filter(|it| !it.counts.is_empty())
        .collect();
    let title = format!("Posts over time, {}", run.id);
    let svg = activity_svg(&rows, &format!("activity-{}", run.id), &title);
    let mut caption = line![
        run.id,
        ". Each row has a scale of its own; the number beside it is its highest bar."
    ];
    caption.extend(
        capped(limits::CASE_ACTIVITY, picture.groups.len() as u64, "groups")
            .into_iter()
            .flat_map(|it| std::iter::once(Span::from(" ")).chain(it)),
    );
    (!svg.is_empty()).then_some(Block::Chart { label: title, svg, legend: Vec::new(), caption })
}

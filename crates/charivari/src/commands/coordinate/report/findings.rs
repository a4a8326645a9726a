//! What a run found, as findings of a case: one for each group, and one for the run as a whole.

use charivari_case::NewFinding;
use charivari_model::case::{Account, Locator, Measure, Ref};
use charivari_model::{Confidence, Timestamp};
use charivari_report::{statement, view};

use super::chosen::{self, Chosen};
use super::techniques;
use super::{Teller, Touch};

/// Confidence is moderate at most: one method on one collection, however clear, is not corroborated.
/// Below this likeness over seeds, or without odds, it is low.
const STABLE: f64 = 0.8;

/// What belongs to odds that nobody has simulated.
const EXTRAPOLATED: &str = "That is extrapolated: it follows from the model of chance.";

/// The findings of a run; `inputs` is the evidence of each part.
pub(super) fn tell(
    teller: Teller<'_>,
    chosen: &Chosen<'_>,
    view: &view::Coordination<'_>,
    inputs: &[Ref],
) -> Vec<NewFinding> {
    let groups = chosen.groups.iter().zip(&view.groups);
    let mut findings = vec![whole(view)];
    findings.extend(groups.map(|(chosen, group)| of_group(teller, chosen, view, group, inputs)));
    findings
}

/// What the run says as a whole: also, and above all, where it found nothing.
fn whole(view: &view::Coordination<'_>) -> NewFinding {
    let counts = &view.counts;
    // All groups, of which the page and the findings may show fewer.
    let open = view.chance.as_ref().map_or(0, |chance| chance.groups_open);
    let groups = counts.groups.saturating_sub(open);
    let (accounts, rare) = view.chance.as_ref().map_or((counts.accounts_grouped, ""), |chance| {
        (chance.accounts, " more often than chance explains")
    });
    let read = format!("Of {} accounts with {} posts", counts.accounts, counts.posts);
    let statement = if groups == 0 {
        format!("{read}, none was found to act together{rare}. {}", power(view))
    } else {
        format!("{read}, {accounts} in {groups} groups acted together{rare}. {}", power(view))
    };
    NewFinding {
        kind: "coordination.network".to_owned(),
        subject: "the collection".to_owned(),
        statement: statement.trim_end().to_owned(),
        measures: vec![
            Measure::count("accounts in groups", accounts, "accounts"),
            Measure::count("groups", groups, "groups"),
            Measure::count("accounts read", counts.accounts, "accounts"),
            Measure::count("posts read", counts.posts, "posts"),
        ],
        confidence: Confidence::Moderate,
        innocent: vec![
            "What is more than chance may still be innocent: fans, newsrooms, share buttons and \
             schedules look alike in such data."
                .to_owned(),
            "The collection may hold what it holds because of how it was collected.".to_owned(),
        ],
        tables: tables(&["edges.csv", "accounts.csv", "groups.csv"]),
        period: view.period,
        ..NewFinding::default()
    }
}

/// What would have been found, had it been there.
fn power(view: &view::Coordination<'_>) -> String {
    let curves = view.chance.iter().flat_map(|chance| &chance.power);
    let five = curves.filter(|curve| curve.accounts == 5);
    let told: Vec<String> = five
        .filter_map(|curve| Some(format!("{} times within {} s", curve.fewest?, curve.spread_s)))
        .collect();
    if told.is_empty() {
        return String::new();
    }
    format!(
        "Five accounts that act together {} would have been found eight times in ten.",
        told.join(" or ")
    )
}

fn of_group(
    teller: Teller<'_>,
    chosen: &chosen::Group<'_>,
    view: &view::Coordination<'_>,
    group: &view::Group,
    inputs: &[Ref],
) -> NewFinding {
    let told = statement::of(view, group);
    let open = group.kind == view::Kind::Syndication;
    let extrapolated = told.odds.is_some().then(|| EXTRAPOLATED.to_owned());
    let basis = told.basis.filter(|_| told.odds.is_none());
    let sentences = [Some(told.did), told.odds, extrapolated, basis];
    let statement = sentences.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let evidence = evidence(teller, chosen, inputs);
    let left_out = teller.run.groups[chosen.number].times.len().saturating_sub(evidence.len());
    NewFinding {
        kind: if open { "coordination.syndication" } else { "coordination.group" }.to_owned(),
        subject: format!("group {}", group.number),
        statement,
        measures: measures(group),
        confidence: confidence(group),
        evidence,
        evidence_left_out: left_out as u64,
        accounts: accounts(teller, chosen, group),
        techniques: if open { Vec::new() } else { techniques::of(group) },
        innocent: innocent(view, group),
        tables: tables(&["accounts.csv", "edges.csv", "groups.csv", "signs.csv"]),
        period: group.first_seen.zip(group.last_seen),
        ..NewFinding::default()
    }
}

fn measures(group: &view::Group) -> Vec<Measure> {
    let mut measures = vec![
        Measure::count("accounts", group.size, "accounts"),
        Measure::count("objects that they met on", group.objects, "objects"),
        Measure::count("acts", group.acts, "acts"),
        real("mean time between two posts of an act", group.mean_delay_s, "s"),
        real("density", group.density, ""),
    ];
    if let Some(seeds) = group.card.stability.seeds {
        measures.push(real("likeness over seeds", seeds, ""));
    }
    if let Some(chance) = group.chance {
        measures.push(real("e-value (extrapolated)", chance.e_value, ""));
        measures.push(Measure::count("meetings in other periods", chance.met, "meetings"));
        measures.push(real("meetings there by chance", chance.expected, "meetings"));
    }
    measures
}

fn real(name: &str, value: f64, unit: &str) -> Measure {
    Measure { value, ..Measure::count(name, 0, unit) }
}

fn confidence(group: &view::Group) -> Confidence {
    let has_odds = group.chance.is_some_and(|chance| chance.once_in.is_some());
    let stable = group.card.stability.seeds.is_some_and(|likeness| likeness >= STABLE);
    if has_odds && stable { Confidence::Moderate } else { Confidence::Low }
}

/// Posts that stand for the group, and one of each of its most active members.
fn evidence(teller: Teller<'_>, chosen: &chosen::Group<'_>, inputs: &[Ref]) -> Vec<Locator> {
    let members = chosen.members.iter().filter_map(|member| member.touch);
    let mut touches: Vec<Touch> = chosen.posts.iter().copied().chain(members).collect();
    touches.sort_unstable();
    touches.dedup_by_key(|touch| touch.post);
    touches.iter().filter_map(|touch| locator(teller, *touch, inputs)).collect()
}

fn locator(teller: Teller<'_>, touch: Touch, inputs: &[Ref]) -> Option<Locator> {
    let place = teller.evidence.place(touch.post)?;
    let part = teller.run.parts.get(place.part as usize)?;
    Some(Locator {
        evidence: *inputs.get(place.part as usize)?,
        part: (part.name != part.file.name).then(|| part.name.clone()),
        row: place.row,
        post: Some(teller.evidence.post_key(touch.post).to_owned()),
        account: Some(teller.run.network.account(&teller.run.store, touch.account).to_owned()),
        time: Some(Timestamp(touch.time)),
        excerpt: teller.excerpts.text(touch.post).unwrap_or_default().to_owned(),
    })
}

/// All accounts of the group: those that the page shows with what they did, the others by name.
fn accounts(teller: Teller<'_>, chosen: &chosen::Group<'_>, group: &view::Group) -> Vec<Account> {
    let open = group.kind == view::Kind::Syndication;
    let policy = (!open).then(|| "coordinated inauthentic behaviour".to_owned());
    let shown = group.accounts.iter().map(|member| Account {
        key: member.key.clone(),
        handle: member.handle.clone(),
        name: member.name.clone(),
        why: format!(
            "{} of its posts were within the window of posts of {} other accounts of group {} on \
             the same objects",
            member.posts, member.edges, group.number
        ),
        policy: policy.clone(),
    });
    let (network, store) = (&teller.run.network, &teller.run.store);
    let is_shown = |node: &u32| chosen.members.iter().any(|member| member.node == *node);
    let nodes = &teller.run.groups[chosen.number].nodes;
    let others = nodes.iter().filter(|node| !is_shown(node)).map(|node| {
        let account = network.nodes[*node as usize];
        Account {
            key: network.account(store, account).to_owned(),
            handle: teller.evidence.handle(account).map(str::to_owned),
            name: None,
            why: format!("a less active member of group {}", group.number),
            policy: policy.clone(),
        }
    });
    shown.chain(others).collect()
}

/// Innocent explanations: those whose signs fit first, then those that always may.
fn innocent(view: &view::Coordination<'_>, group: &view::Group) -> Vec<String> {
    let fits = group.card.fits.iter();
    let fits = fits.map(|fit| format!("{} (a sign of it was measured: {})", fit.meaning, fit.sign));
    let behaviours = view.behaviours.iter();
    let seen = behaviours.filter(|behaviour| group.behaviours.contains(&behaviour.name));
    let general = seen.flat_map(|behaviour| behaviour.innocent.iter().cloned());
    let mut all: Vec<String> = fits.collect();
    for reason in general {
        if !all.contains(&reason) {
            all.push(reason);
        }
    }
    all
}

fn tables(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

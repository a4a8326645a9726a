//! Runs, findings and the assessment, rewritten for one level.

use charivari_model::case::{
    Account, Assessment, Beside, Decision, Finding, Hypothesis, Locator, Measure, Method, Observed,
    Passage, Picture, PictureGroup, PictureNode, PicturePlace, Run, Sign, Table, Tagged, Weighed,
};

use super::scrub::Scrub;

pub(super) fn run(run: Run, scrub: &Scrub) -> Run {
    let Run {
        id,
        command,
        parameters,
        tool,
        inputs,
        time,
        by,
        method,
        tables,
        picture: drawn,
        superseded_by,
    } = run;
    let Method { steps, limits } = method;
    let parameter = |(name, value): (String, String)| (scrub.text(&name), scrub.text(&value));
    Run {
        id,
        command: scrub.text(&command),
        parameters: parameters.into_iter().map(parameter).collect(),
        tool,
        inputs,
        time: scrub.time(time),
        by: scrub.analyst(&by),
        method: Method { steps: scrub.texts(&steps), limits: scrub.texts(&limits) },
        tables: tables.into_iter().enumerate().map(|(at, it)| table(at, it, scrub)).collect(),
        picture: drawn.map(|it| picture(it, scrub)),
        superseded_by,
    }
}

fn table(at: usize, table: Table, scrub: &Scrub) -> Table {
    let Table { name, title, sha256, bytes, rows } = table;
    let name = if scrub.is_public() { numbered(at) } else { scrub.text_of_file(&name) };
    Table { name, title: scrub.text(&title), sha256, bytes, rows }
}

/// What a table is called where its name is not shown.
fn numbered(at: usize) -> String {
    format!("table {}", at + 1)
}

fn picture(picture: Picture, scrub: &Scrub) -> Picture {
    let Picture { nodes, edges, nodes_total, edges_total, groups, days, places } = picture;
    let node = |node: PictureNode| {
        let PictureNode { key, label, x, y, size, group, open } = node;
        let shown = scrub.account(&key);
        let label = if scrub.is_public() { shown.clone() } else { label };
        PictureNode { key: shown, label, x, y, size, group, open }
    };
    let group = |group: PictureGroup| {
        let PictureGroup { number, name, open, accounts, hours, activity } = group;
        let activity =
            activity.into_iter().map(|(time, count)| (scrub.time(time), count)).collect();
        PictureGroup { number, name: scrub.text(&name), open, accounts, hours, activity }
    };
    Picture {
        nodes: nodes.into_iter().map(node).collect(),
        edges,
        nodes_total,
        edges_total,
        groups: groups.into_iter().map(group).collect(),
        days: days.into_iter().map(|(time, count)| (scrub.time(time), count)).collect(),
        // The counts were protected before they came into the case.
        places: places
            .into_iter()
            .map(|place| PicturePlace { label: scrub.text(&place.label), ..place })
            .collect(),
    }
}

pub(super) fn finding(finding: Finding, runs: &[Run], scrub: &Scrub) -> Finding {
    let Finding {
        id,
        run,
        kind: sort,
        subject,
        statement,
        measures,
        confidence,
        evidence,
        evidence_left_out,
        accounts,
        techniques,
        observed: standing,
        beside: sides,
        innocent,
        tables,
        period,
        decision: ruling,
        superseded_by,
    } = finding;
    let tables = if scrub.is_public() {
        numbers(&tables, run, runs)
    } else {
        tables.iter().map(|name| scrub.text_of_file(name)).collect()
    };
    Finding {
        id,
        run,
        kind: kind(&sort, scrub),
        subject: scrub.text(&subject),
        statement: scrub.text(&statement),
        measures: measures.into_iter().map(|it| measure(it, scrub)).collect(),
        confidence,
        evidence: evidence.into_iter().map(|it| locator(it, scrub)).collect(),
        evidence_left_out,
        accounts: accounts.into_iter().map(|it| account(it, scrub)).collect(),
        techniques: techniques.into_iter().map(|it| tagged(it, scrub)).collect(),
        observed: standing.map(|it| observed(it, scrub)),
        beside: sides.into_iter().map(|it| beside(it, scrub)).collect(),
        innocent: scrub.texts(&innocent),
        tables,
        period: period.map(|(from, to)| (scrub.time(from), scrub.time(to))),
        decision: decision(ruling, scrub),
        superseded_by,
    }
}

/// The tables of a finding under the names that they bear in its run.
fn numbers(tables: &[String], run: charivari_model::case::Ref, runs: &[Run]) -> Vec<String> {
    let of_run = runs.iter().find(|it| it.id == run).map_or(&[][..], |it| &it.tables);
    let place = |name: &String| of_run.iter().position(|table| table.name == *name);
    tables.iter().filter_map(place).map(numbered).collect()
}

/// The kind of a finding: words of the program joined by dots, which the search for addresses would
/// take for a domain.
fn kind(kind: &str, scrub: &Scrub) -> String {
    let is_plain = kind.len() <= 60
        && kind.split('.').all(|label| {
            !label.is_empty() && label.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')
        });
    let words = kind.replace(['.', '-'], " ");
    if is_plain && scrub.text(&words) == words { kind.to_owned() } else { "other".to_owned() }
}

fn measure(measure: Measure, scrub: &Scrub) -> Measure {
    let Measure { name, value, unit, interval, interval_is } = measure;
    Measure {
        name: scrub.text(&name),
        value,
        unit: scrub.text(&unit),
        interval,
        interval_is: scrub.text(&interval_is),
    }
}

fn locator(locator: Locator, scrub: &Scrub) -> Locator {
    let Locator { evidence, part, row, post, account, time, excerpt } = locator;
    let shows_words =
        !scrub.is_public() && account.as_deref().is_some_and(|it| scrub.is_accepted(it));
    let public = scrub.is_public();
    Locator {
        evidence,
        part: part.filter(|_| !public).map(|it| scrub.text_of_file(&it)),
        row,
        post: post.filter(|_| !public),
        account: account.map(|it| scrub.account(&it)),
        time: time.map(|it| scrub.time(it)),
        excerpt: if shows_words { scrub.text(&excerpt) } else { String::new() },
    }
}

fn account(account: Account, scrub: &Scrub) -> Account {
    let Account { key, handle, name, why, policy } = account;
    let public = scrub.is_public();
    Account {
        key: scrub.account(&key),
        handle: handle.filter(|_| !public),
        name: name.filter(|_| !public).map(|it| scrub.text(&it)),
        why: scrub.text(&why),
        policy: scrub.option(policy),
    }
}

fn tagged(tagged: Tagged, scrub: &Scrub) -> Tagged {
    let Tagged { technique, name, why } = tagged;
    Tagged { technique, name: scrub.text(&name), why: scrub.text(&why) }
}

/// In public the pretender's side is held back, as its name and handle are.
fn beside(beside: Beside, scrub: &Scrub) -> Beside {
    let Beside { what, genuine, met, difference } = beside;
    let is_public = scrub.is_public();
    let side = |text: &str| {
        if what == "picture" { text.to_owned() } else { scrub.text(text) }
    };
    Beside {
        genuine: side(&genuine),
        met: if is_public { String::new() } else { side(&met) },
        difference: if is_public { String::new() } else { scrub.text(&difference) },
        what,
    }
}

fn observed(observed: Observed, scrub: &Scrub) -> Observed {
    let Observed { standing, grade, source, signs } = observed;
    let sign = |Sign { kind, value }| Sign { kind, value: scrub.text(&value) };
    Observed {
        standing,
        grade,
        source: scrub.text(&source),
        signs: signs.into_iter().map(sign).collect(),
    }
}

fn decision(decision: Decision, scrub: &Scrub) -> Decision {
    let Decision { ruling, reason, by, time } = decision;
    Decision {
        ruling,
        reason: scrub.text(&reason),
        by: scrub.analyst(&by),
        time: time.map(|it| scrub.time(it)),
    }
}

fn passage(passage: Passage, scrub: &Scrub) -> Passage {
    let Passage { title, lines } = passage;
    Passage { title: scrub.text(&title), lines: scrub.texts(&lines) }
}

pub(super) fn assessment(assessment: Assessment, scrub: &Scrub) -> Assessment {
    let Assessment { hypotheses, confidence, basis, would_change, passages, weighed, run } =
        assessment;
    let hypothesis = |hypothesis: Hypothesis| {
        let Hypothesis { id, title, likelihood, probability, supports, contradicts } = hypothesis;
        Hypothesis { id, title: scrub.text(&title), likelihood, probability, supports, contradicts }
    };
    Assessment {
        hypotheses: hypotheses.into_iter().map(hypothesis).collect(),
        confidence,
        basis: scrub.text(&basis),
        would_change: scrub.texts(&would_change),
        passages: passages.into_iter().map(|it| passage(it, scrub)).collect(),
        weighed: weighed
            .into_iter()
            .map(|it| Weighed { what: scrub.text(&it.what), ..it })
            .collect(),
        run,
    }
}

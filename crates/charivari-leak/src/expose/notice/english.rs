//! The drafts in English.

use std::fmt::Write as _;

use super::super::deadline::Deadline;
use super::super::severity::Band;
use super::super::{Exposure, result::Combination};
use super::{list, number, words};

const AID: &str = "> **Draft.** Made by a program as an aid; it is no legal advice. Fill every blank, check every \
sentence, have it read by whoever answers for data protection, and delete this line.\n";

pub(super) fn authority(exposure: &Exposure, deadline: Option<&Deadline>) -> String {
    let mut out = format!(
        "# Notification of a personal data breach to the supervisory authority\n\n{AID}\n\
         Article 33 of Regulation (EU) 2016/679 (GDPR).\n\n\
         - Controller: [TO FILL: name, address, register number]\n\
         - Authority: [TO FILL: the authority of the main establishment]\n\
         - Kind of notification: [TO FILL: first and complete / first of several / supplement to number …]\n\n"
    );
    clock(&mut out, deadline);
    nature(&mut out, exposure, deadline);
    out.push_str(
        "## Article 33(3)(b): contact\n\n\
         - Data protection officer or other contact point: [TO FILL: name]\n\
         - Telephone, e-mail, hours: [TO FILL]\n\n",
    );
    consequences(&mut out, exposure);
    measures(&mut out);
    out.push_str(
        "## Article 34: communication to the people concerned\n\n\
         [TO FILL: done on … / planned for … / not done, because …]\n\n",
    );
    out.push_str(
        "## Article 33(4): what will follow\n\n\
         What is not known yet is given in phases without undue further delay:\n\n\
         - [TO FILL: how the data was taken, and since when]\n\
         - [TO FILL: whether the published rows are all that was taken]\n\
         - [TO FILL: which processors held copies]\n\n\
         ## Article 33(5): record\n\n\
         This breach, its effects and the remedial action are documented under number [TO FILL].\n",
    );
    out
}

fn clock(out: &mut String, deadline: Option<&Deadline>) {
    out.push_str("## Article 33(1): time\n\n");
    let Some(deadline) = deadline else {
        out.push_str(
            "- Aware of the breach since: [TO FILL: day, hour, zone]\n\
             - 72 hours end: [TO FILL]\n\
             - If later than 72 hours, the reasons for the delay: [TO FILL]\n\n",
        );
        return;
    };
    let clock = |zoned: &jiff::Zoned| zoned.strftime("%A %-d %B %Y, %H:%M (UTC%:z)").to_string();
    // Writing to a string does not fail.
    let _ = writeln!(out, "- Aware of the breach since: {}", clock(&deadline.known_since));
    if deadline.from_a_day {
        out.push_str(
            "  [TO FILL: the hour; only the day was given, so its first instant is taken]\n",
        );
    }
    let _ = writeln!(out, "- 72 hours end: {}", clock(&deadline.authority_by));
    if deadline.has_weekend {
        out.push_str("  A weekend lies within them and does not stop them.\n");
    }
    if let Some(leaked) = deadline.leaked_on {
        let _ = writeln!(out, "- Data published on: {}", leaked.strftime("%A %-d %B %Y"));
    }
    if deadline.is_late() {
        out.push_str(
            "- **The 72 hours are over.** Notify all the same, at once, and give the reasons for the \
             delay: [TO FILL: when what was noticed, by whom, why it was not clear then that personal \
             data was concerned, what was done in the meantime]\n",
        );
    }
    out.push('\n');
}

fn nature(out: &mut String, exposure: &Exposure, deadline: Option<&Deadline>) {
    let published = deadline.and_then(|deadline| deadline.leaked_on).map_or_else(
        || "[TO FILL: on which day]".to_owned(),
        |day| format!("on {}", day.strftime("%-d %B %Y")),
    );
    let _ = write!(
        out,
        "## Article 33(3)(a): nature of the breach\n\n\
         - What happened: a copy of a table of ours was taken by somebody without right, and data of it \
         was offered or published {published}. [TO FILL: where, in whose name, how much of it]\n\
         - Kind of breach: confidentiality. [TO FILL: integrity or availability too?]\n\
         - Categories of people: [TO FILL: customers, subscribers, employees, children …]\n\
         - Approximate number of people: {}\n\
         - Categories of records: {}\n\
         - Approximate number of records: {}\n\n",
        number(exposure.people, ","),
        list(exposure, words::english),
        number(exposure.records, ","),
    );
}

fn consequences(out: &mut String, exposure: &Exposure) {
    let _ = write!(
        out,
        "## Article 33(3)(c): likely consequences\n\n\
         What stands in the table says of each person: {}.\n\n\
         Severity after ENISA's method of 2013: {} (data in its context × ease of identification + \
         circumstances).\n\n",
        exposure.context_means,
        exposure.severity.line(),
    );
    let bands = exposure.bands.iter().rev().filter(|it| it.records != Some(0));
    for band in bands {
        let _ = writeln!(out, "- Records at {} risk: {}", band.band.word(), count(band.records));
    }
    out.push('\n');
    for Combination { name, why, records } in &exposure.combinations {
        if *records != Some(0) {
            let _ = writeln!(out, "- {name}: {} records. {why}", count(*records));
        }
    }
    out.push_str("\n[TO FILL: threats that have been made, and to whom they apply]\n\n");
}

fn count(records: Option<u64>) -> String {
    records
        .map_or_else(|| "not shown, so that nobody is singled out".to_owned(), |it| number(it, ","))
}

fn measures(out: &mut String) {
    out.push_str(
        "## Article 33(3)(d): measures\n\n\
         Taken: [TO FILL: access closed, passwords and keys changed, processors asked, complaint filed on …]\n\n\
         Proposed, also against adverse effects:\n\n\
         - [TO FILL: people told, in the order of their risk, on …]\n\
         - [TO FILL: police told of those in danger, on …]\n\
         - [TO FILL: takedown asked of …]\n\n",
    );
}

pub(super) fn people(exposure: &Exposure, deadline: Option<&Deadline>) -> String {
    let published = deadline
        .and_then(|deadline| deadline.leaked_on)
        .map_or_else(|| "[TO FILL: day]".to_owned(), |day| day.strftime("%-d %B %Y").to_string());
    let mut out = format!(
        "# Your data was published\n\n{AID}\n\
         Article 34 of Regulation (EU) 2016/679 (GDPR). Send it by itself, not with a newsletter; to \
         whoever is in danger, not under a name that puts them in danger.\n\n\
         Dear [TO FILL],\n\n\
         ## What happened (article 34(2): nature of the breach)\n\n\
         Somebody took a copy of a table in which we keep data of yours, without any right to it. On \
         {published} data of this table was offered or published. [TO FILL: where; no link]\n\n\
         The table holds: {}. [TO FILL: what of this concerns this person]\n\n\
         ## Whom you can ask (article 33(3)(b))\n\n\
         [TO FILL: data protection officer or other contact, telephone, e-mail, hours]\n\n\
         ## What it may mean for you (article 33(3)(c))\n\n",
        list(exposure, words::english),
    );
    for line in meaning(exposure) {
        let _ = writeln!(out, "- {line}");
    }
    out.push_str(
        "\n## What we do, and what you can do (article 33(3)(d))\n\n\
         We have: [TO FILL: closed the access, told the authority on …, filed a complaint on …]\n\n\
         You can:\n\n\
         - Give no data and no money to anybody who writes or calls with what they know of you.\n\
         - Keep threats as they are, with their time, and report them: [TO FILL: number of the police]\n\
         - If you are in danger, call [TO FILL: emergency number] and then us.\n\
         - Look up nothing of the published data, and do not pass it on.\n",
    );
    if exposure.kinds.contains(&crate::Kind::Password) {
        out.push_str("- Change your password with us, and wherever you use the same one.\n");
    }
    if exposure.kinds.iter().any(|kind| matches!(kind, crate::Kind::Iban | crate::Kind::Card)) {
        out.push_str("- Check your account, and tell your bank.\n");
    }
    out.push_str(
        "\nYou may complain to the supervisory authority: [TO FILL: name and address]\n\n\
         [TO FILL: who signs]\n",
    );
    out
}

/// What can happen, by what the table holds and how grave it is.
fn meaning(exposure: &Exposure) -> Vec<&'static str> {
    use crate::Kind;
    let has = |kinds: &[Kind]| kinds.iter().any(|kind| exposure.kinds.contains(kind));
    let mut lines = Vec::new();
    if exposure.severity.band >= Band::High {
        lines.push("Others can learn that you are in this table, and what that says about you.");
    }
    if has(&[Kind::Street, Kind::PostalAddress]) {
        lines.push("Somebody may know where you live, and may come or write there.");
    }
    if has(&[Kind::Email, Kind::Phone]) {
        lines.push("You may get false messages and calls, in our name too, or threats.");
    }
    if has(&[Kind::Password]) {
        lines.push("Somebody may try your password elsewhere.");
    }
    if has(&[Kind::Iban, Kind::Card]) {
        lines.push("Somebody may try to take money from you.");
    }
    if has(&[Kind::NationalId, Kind::BirthDate]) {
        lines.push("Somebody may pretend to be you.");
    }
    lines
}

//! What a reader of any result from these inputs has to know beforehand.

use charivari_ingest::profile::{Distinct, PostSummary, Summary, TimeSummary, TraceSummary};
use charivari_ingest::{Note, Options, PartReport};
use charivari_model::{Code, Resolution};

use super::page::{count, grouped, plural, share};

/// A share of links or ids from which on it is worth telling.
const NOTABLE: f64 = 0.05;

/// The platform of posts whose source does not name one.
const UNNAMED: &str = "unknown";

/// All caveats, the most weighty first.
pub(super) fn of(parts: &[PartReport], options: &Options, summary: &Summary) -> Vec<String> {
    let mut said = Vec::new();
    if let Some(posts) = &summary.posts {
        clock(&posts.times, &mut said);
        of_posts(posts, &mut said);
    }
    if let Some(traces) = &summary.traces {
        clock(&traces.times, &mut said);
        of_traces(traces, &mut said);
    }
    of_reading(parts, options, &mut said);
    said.dedup();
    said
}

fn clock(times: &TimeSummary, said: &mut Vec<String>) {
    let step = times.resolution.seconds();
    if times.resolution == Resolution::Minute {
        said.push(
            "All times are whole minutes. A window of 60 s then means \"in the same minute or the \
             next\": up to 119 s apart in truth, so strangers meet more easily."
                .to_owned(),
        );
    } else if times.resolution > Resolution::Minute {
        said.push(format!(
            "All times are whole {}. A window under {} s only tells which posts share their {}: too \
             coarse to tell who acts together.",
            times.resolution,
            grouped(step.unsigned_abs()),
            times.resolution.to_string().trim_end_matches('s'),
        ));
    }
    if times.outside > 0 {
        said.push(format!(
            "{} times lie before 1970 or after 2099; look at these rows.",
            grouped(times.outside)
        ));
    }
}

fn of_posts(posts: &PostSummary, said: &mut Vec<String>) {
    if posts.activity.accounts.count == 1 {
        said.push("There is only one account: nobody it could act together with.".to_owned());
    }
    let links = posts.links;
    if ratio(links.shortened, links.links) >= NOTABLE {
        said.push(format!(
            "{} of {} links go through a shortener such as t.co ({}) and cannot be followed offline: \
             each short address is an object of its own, so `link` and `domain` miss most meetings.",
            grouped(links.shortened),
            grouped(links.links),
            share(links.shortened, links.links),
        ));
    }
    hashed(posts.activity.hashed, posts.activity.accounts, said);
    if posts.repeated_unlike > 0 {
        said.push(format!(
            "Of {} the rows contradict each other; an analysis takes the fullest.",
            plural(posts.repeated_unlike, "post", "posts")
        ));
    }
    if posts.delays.before > 0 {
        said.push(format!(
            "{} posts were seen before they were posted: one of the two clocks is wrong, perhaps by \
             a time zone.",
            grouped(posts.delays.before)
        ));
    }
    let unnamed = posts.platforms.iter().find(|platform| platform.name == UNNAMED);
    if let Some(platform) = unnamed {
        said.push(format!(
            "The platform of {} is not named. Name it with --platform, so that accounts are the \
             same in other exports.",
            plural(platform.rows, "row", "rows")
        ));
    }
    approximate(&[posts.posts, posts.activity.accounts], said);
}

fn of_traces(traces: &TraceSummary, said: &mut Vec<String>) {
    if traces.activity.accounts.count == 1 {
        said.push("There is only one account: nobody it could act together with.".to_owned());
    }
    hashed(traces.activity.hashed, traces.activity.accounts, said);
    if ratio(traces.hashed_objects, traces.rows) >= NOTABLE {
        said.push(
            "Objects are digests: what was shared cannot be looked up here, only that it was shared."
                .to_owned(),
        );
    }
    if traces.posts_of_several_accounts > 0 {
        said.push(format!(
            "{} post ids stand with several accounts, as no post can; each pair counts as a post of \
             its own.",
            grouped(traces.posts_of_several_accounts)
        ));
    }
    approximate(&[traces.distinct, traces.objects, traces.activity.accounts], said);
}

fn hashed(hashed: u64, accounts: Distinct, said: &mut Vec<String>) {
    if ratio(hashed, accounts.count) >= NOTABLE {
        said.push(format!(
            "{} of {} accounts have a digest for an id: they can be told apart, but neither named \
             nor joined with other exports.",
            grouped(hashed),
            count(accounts)
        ));
    }
}

fn approximate(counts: &[Distinct], said: &mut Vec<String>) {
    if counts.iter().any(|distinct| !distinct.exact) {
        said.push(
            "There is more here than is counted exactly: numbers with \"about\" are scaled up from a \
             sample."
                .to_owned(),
        );
    }
}

/// What reading met that bears on results, over all parts.
fn of_reading(parts: &[PartReport], options: &Options, said: &mut Vec<String>) {
    let noted = |note: Note| parts.iter().filter_map(|part| part.notes.get(&note)).sum::<u64>();
    let aside = |code: Code| parts.iter().filter_map(|part| part.set_aside.get(&code)).sum::<u64>();
    if noted(Note::UnzonedTime) > 0 && options.timezone.is_none() {
        said.push(
            "Times name no zone and are taken as UTC. That shifts nothing between these posts, but \
             days, nights and other exports; name the zone with --timezone if it is known."
                .to_owned(),
        );
    }
    if noted(Note::NoPostIds) > 0 {
        said.push(
            "There are no post ids: posts are known by account, time and text, so replies and reposts \
             cannot be followed, and two equal posts of one account at one time count once."
                .to_owned(),
        );
    }
    if noted(Note::TruncatedText) > 0 {
        said.push(format!(
            "The platform cut the text of {} reposts; `text` does not look at reposts, but links and \
             hashtags at their end are lost.",
            grouped(noted(Note::TruncatedText))
        ));
    }
    let rounded =
        aside(Code::DamagedId) + noted(Note::DamagedReference) + noted(Note::DamagedAccountId);
    if rounded > 0 {
        said.push(format!(
            "A spreadsheet has rounded ids in {}: what they pointed to is lost. Export again \
             without a spreadsheet in between.",
            plural(rounded, "row", "rows")
        ));
    }
    if noted(Note::Unreadable) > 0 {
        said.push("A file breaks off: the rest of it could not be read.".to_owned());
    }
}

fn ratio(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

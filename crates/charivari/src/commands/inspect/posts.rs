//! The sections on posts and accounts.

use charivari_ingest::profile::{Active, Activity, Named, PostSummary, Summary, TimeSummary};
use charivari_model::Timestamp;
use charivari_model::time::MICROS_PER_SECOND;

use super::days;
use super::page::{Page, count, duration, grouped, plural, share, shown};

/// How many names of a list are shown.
const SHOWN: usize = 8;

/// Writes the sections.
pub(super) fn write(page: &mut Page, posts: &PostSummary, summary: &Summary) {
    page.section("Posts");
    page.fact("posts", &numbers(posts));
    page.fact("kinds", &kinds(posts));
    page.fact("languages", &languages(posts));
    if posts.languages.looked_at > 0 {
        page.fact("", &guesses(posts));
    }
    page.fact("links", &links(posts));
    fields(page, posts);
    time(page, &posts.times);
    delays(page, posts);
    days::draw(page, "Posts", &posts.times.days);
    page.section("Accounts");
    accounts(page, &posts.activity, posts.rows, "posts");
    if summary.account_rows > 0 {
        let described = count(summary.accounts_described);
        page.fact("described", &format!("{described} accounts, with name, counts and the like"));
    }
}

fn numbers(posts: &PostSummary) -> String {
    let platforms = posts.platforms.iter().take(SHOWN);
    let platforms: Vec<String> =
        platforms.map(|platform| platform_name(platform, posts.rows)).collect();
    let repeats =
        [(posts.repeated_alike, "agree"), (posts.repeated_unlike, "contradict each other")];
    let repeats: Vec<String> = repeats
        .into_iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, how)| format!("{} in several that {how}", grouped(number)))
        .collect();
    let repeats = if repeats.is_empty() {
        "; none stands twice".to_owned()
    } else {
        format!(" ({} rows: {})", grouped(posts.rows), repeats.join(", "))
    };
    format!(
        "{} of {} accounts on {}{repeats}",
        count(posts.posts),
        count(posts.activity.accounts),
        platforms.join(", ")
    )
}

fn platform_name(platform: &Named, rows: u64) -> String {
    let name = if platform.name.is_empty() {
        "an unnamed platform".to_owned()
    } else {
        shown(&platform.name)
    };
    if platform.rows == rows { name } else { format!("{name} ({})", share(platform.rows, rows)) }
}

fn kinds(posts: &PostSummary) -> String {
    let kinds = posts.kinds;
    let all = [
        ("original", "originals", kinds.originals),
        ("repost", "reposts", kinds.reposts),
        ("reply", "replies", kinds.replies),
        ("quote", "quotes", kinds.quotes),
    ];
    let some = all.iter().filter(|(_, _, number)| *number > 0).map(|(one, many, number)| {
        format!("{} ({})", plural(*number, one, many), share(*number, posts.rows))
    });
    let none =
        all.iter().filter(|(_, _, number)| *number == 0).map(|(_, many, _)| format!("no {many}"));
    some.chain(none).collect::<Vec<_>>().join(", ")
}

fn languages(posts: &PostSummary) -> String {
    let languages = &posts.languages;
    if languages.given.is_empty() {
        return match languages.not_given {
            0 => "no post has a text or a language".to_owned(),
            _ => "the source does not say".to_owned(),
        };
    }
    let without = if languages.not_given > 0 {
        format!("; {} with a text have none", grouped(languages.not_given))
    } else {
        String::new()
    };
    format!("as the platform says: {}{without}", named(&languages.given, posts.rows))
}

fn guesses(posts: &PostSummary) -> String {
    let languages = &posts.languages;
    let mut shares = Vec::new();
    if !languages.guessed.is_empty() {
        shares.push(named(&languages.guessed, languages.looked_at));
    }
    if languages.not_guessed > 0 {
        let share = share(languages.not_guessed, languages.looked_at);
        shares.push(format!("too short or unclear ({share})"));
    }
    format!(
        "guessed from {}{}: {}",
        if languages.is_sample { "a sample of " } else { "" },
        plural(languages.looked_at, "text", "texts"),
        shares.join(", ")
    )
}

fn named(names: &[Named], whole: u64) -> String {
    let mut shown: Vec<String> = names
        .iter()
        .take(SHOWN)
        .map(|one| format!("{} ({})", shown(&one.name), share(one.rows, whole)))
        .collect();
    if names.len() > SHOWN {
        shown.push(format!("{} more", grouped((names.len() - SHOWN) as u64)));
    }
    shown.join(", ")
}

fn links(posts: &PostSummary) -> String {
    let links = posts.links;
    if links.links == 0 {
        return "none".to_owned();
    }
    let shortened = match links.shortened {
        0 => "none of them shortened".to_owned(),
        number => format!("{} of them shortened ({})", grouped(number), share(number, links.links)),
    };
    format!(
        "{} in {}, {shortened}",
        grouped(links.links),
        plural(posts.fields.of("links"), "post", "posts")
    )
}

/// The share of posts with each field; fields that no post has are named together.
fn fields(page: &mut Page, posts: &PostSummary) {
    let (some, none): (Vec<_>, Vec<_>) = posts.fields.0.iter().partition(|(_, rows)| *rows > 0);
    let all: Vec<&str> = some
        .iter()
        .filter(|(_, rows)| *rows == posts.rows)
        .map(|(name, _)| name.as_str())
        .collect();
    let partly: Vec<String> = some
        .iter()
        .filter(|(_, rows)| *rows < posts.rows)
        .map(|(name, rows)| format!("{name} {}", share(*rows, posts.rows).replace(' ', "\u{a0}")))
        .collect();
    let none: Vec<&str> = none.iter().map(|(name, _)| name.as_str()).collect();
    for (label, names) in [
        ("all posts have", all.join(", ")),
        ("some have", partly.join(", ")),
        ("none has", none.join(", ")),
    ] {
        if !names.is_empty() {
            page.fact(label, &names);
        }
    }
}

/// The section on times.
pub(super) fn time(page: &mut Page, times: &TimeSummary) {
    page.section("Time");
    let length = times.last.saturating_sub(times.first) / MICROS_PER_SECOND;
    page.fact("from", &Timestamp(times.first).to_string());
    page.fact("to", &format!("{} ({})", Timestamp(times.last), duration(length.unsigned_abs())));
    page.fact("recorded to", &resolution(times));
    gaps(page, times);
}

fn resolution(times: &TimeSummary) -> String {
    use charivari_model::Resolution;
    match times.resolution {
        Resolution::Subsecond => "fractions of a second".to_owned(),
        Resolution::Second => "the second".to_owned(),
        coarse => format!("the {} only (see below)", coarse.to_string().trim_end_matches('s')),
    }
}

fn gaps(page: &mut Page, times: &TimeSummary) {
    let gaps = &times.gaps;
    let Some(usual) = gaps.usual_seconds else {
        page.fact("silences", "posts on fewer than five days: no rhythm to compare them with");
        return;
    };
    let usual = duration(usual.unsigned_abs());
    let rule = format!("three times the usual longest pause of a day, {usual}");
    if gaps.count == 0 {
        page.fact("silences", &format!("none of at least {rule}"));
        return;
    }
    page.fact("silences", &format!("{} of at least {rule}", grouped(gaps.count)));
    for gap in &gaps.longest {
        let length = duration(gap.seconds().unsigned_abs());
        page.fact("", &format!("{length:<11} {} to {}", Timestamp(gap.from), Timestamp(gap.to)));
    }
}

fn delays(page: &mut Page, posts: &PostSummary) {
    let delays = posts.delays;
    let (Some(shortest), Some(longest)) = (delays.shortest, delays.longest) else { return };
    let classes = [
        ("before it was posted", delays.before),
        ("within a minute", delays.minute),
        ("within an hour", delays.hour),
        ("within a day", delays.day),
        ("later", delays.later),
    ];
    let classes = classes.into_iter().filter(|(_, rows)| *rows > 0);
    let shown: Vec<String> =
        classes.map(|(name, rows)| format!("{name} {}", share(rows, delays.rows()))).collect();
    page.fact(
        "observed",
        &format!(
            "{} of {} posts say when they were seen: {}",
            grouped(delays.rows()),
            grouped(posts.rows),
            shown.join(", ")
        ),
    );
    page.fact("", &format!("shortest {}, longest {}", signed(shortest), signed(longest)));
}

fn signed(micros: i64) -> String {
    let minus = if micros < 0 { "−" } else { "" };
    format!("{minus}{}", duration(micros.unsigned_abs() / MICROS_PER_SECOND.unsigned_abs()))
}

/// Who posts how much; `what` names the rows.
pub(super) fn accounts(page: &mut Page, activity: &Activity, rows: u64, what: &str) {
    let accounts = activity.accounts;
    let once = match activity.with_one_post {
        0 => String::new(),
        number => format!(", {} of them with one only", grouped(number)),
    };
    page.fact("accounts", &format!("{}{once}", count(accounts)));
    // Fewer than a hundred have no hundredth.
    if accounts.count >= 100 {
        page.fact(
            "top 1 %",
            &format!(
                "{} made {} of {} {what} ({})",
                plural(activity.top_percent_accounts, "account", "accounts"),
                grouped(activity.top_percent_posts),
                grouped(rows),
                share(activity.top_percent_posts, rows)
            ),
        );
    }
    let widest =
        activity.most_active.iter().map(|active| grouped(active.posts).len()).max().unwrap_or(1);
    for (place, active) in activity.most_active.iter().enumerate() {
        let label = if place == 0 { "most active" } else { "" };
        page.fact(
            label,
            &format!(
                "{:>widest$} ({:>5})  {}",
                grouped(active.posts),
                share(active.posts, rows),
                account(active)
            ),
        );
    }
}

fn account(active: &Active) -> String {
    match &active.handle {
        Some(handle) if !active.account.ends_with(handle.as_str()) => {
            format!("{}  {}", shown(&active.account), shown(handle))
        }
        _ => shown(&active.account),
    }
}

//! The society and its truth as CSV.

use std::io::{self, Write};

use super::{Account, Kind, Post, Society};
use crate::clock::{Civil, HOUR, civil};
use crate::text::push_number;

/// Written out when it is this full, in bytes.
const FULL: usize = 1 << 18;

/// Writes all posts, one a row, by time.
///
/// # Errors
/// `out` cannot be written to.
pub fn write_posts_csv(society: &Society, mut out: impl Write) -> io::Result<()> {
    let mut buffer = String::with_capacity(FULL + (1 << 14));
    buffer.push_str(
        "platform,post_id,account_id,handle,created_at,text,lang,client,repost_of,\
         repost_of_account,reply_to,reply_to_account,hashtags,links,mentions\n",
    );
    let mut rows = Rows { society, text: String::new(), day: (i64::MIN, String::new()) };
    for (post, place) in society.posts.iter().zip(0_u32..) {
        rows.push(&mut buffer, post, place);
        if buffer.len() >= FULL {
            out.write_all(buffer.as_bytes())?;
            buffer.clear();
        }
    }
    out.write_all(buffer.as_bytes())?;
    out.flush()
}

struct Rows<'a> {
    society: &'a Society,
    text: String,
    /// The day at hand since the epoch, and how it is written.
    day: (i64, String),
}

impl Rows<'_> {
    fn push(&mut self, out: &mut String, post: &Post, place: u32) {
        let society = self.society;
        let handle = |account: u32| society.accounts[account as usize].handle.as_str();
        out.push_str("x,");
        push_number(out, Society::post_id(place));
        out.push(',');
        push_number(out, Society::account_id(post.account));
        out.push(',');
        out.push_str(handle(post.account));
        out.push(',');
        self.push_time(out, post.time);
        out.push(',');
        self.text.clear();
        society.text(post, &mut self.text);
        push_quoted(out, &self.text);
        for cell in [post.language.code(), post.client.name()] {
            out.push(',');
            out.push_str(cell);
        }
        for other in [post.repost_of, post.reply_to] {
            out.push(',');
            if let Some(other) = other {
                push_number(out, Society::post_id(other));
            }
            out.push(',');
            if let Some(other) = other {
                let account = society.posts[other as usize].account;
                push_number(out, Society::account_id(account));
            }
        }
        out.push(',');
        for (place, tag) in society.tags(post).iter().enumerate() {
            if place > 0 {
                out.push(' ');
            }
            out.push_str(&society.hashtags[*tag as usize]);
        }
        out.push(',');
        if let Some(link) = post.link {
            super::words::push_link(out, society, link);
        }
        out.push(',');
        if let Some(mention) = post.mention {
            out.push_str(handle(mention));
        }
        out.push('\n');
    }

    /// `2023-01-16T08:30:00Z`.
    fn push_time(&mut self, out: &mut String, seconds: i64) {
        let day = seconds.div_euclid(crate::clock::DAY);
        if self.day.0 != day {
            let Civil { year, month, day: of_month, .. } = civil(seconds);
            self.day = (day, format!("{year:04}-{month:02}-{of_month:02}T"));
        }
        out.push_str(&self.day.1);
        let second = seconds.rem_euclid(crate::clock::DAY);
        for (part, mark) in [(second / HOUR, ':'), (second / 60 % 60, ':'), (second % 60, 'Z')] {
            let part = part.unsigned_abs() as u8;
            out.push(char::from(b'0' + part / 10));
            out.push(char::from(b'0' + part % 10));
            out.push(mark);
        }
    }
}

/// A cell in quotation marks; such marks in it are doubled.
fn push_quoted(out: &mut String, cell: &str) {
    out.push('"');
    for (place, part) in cell.split('"').enumerate() {
        if place > 0 {
            out.push_str("\"\"");
        }
        out.push_str(part);
    }
    out.push('"');
}

/// Writes all accounts, one a row, as an export would show them.
///
/// # Errors
/// `out` cannot be written to.
pub fn write_accounts_csv(society: &Society, out: impl Write) -> io::Result<()> {
    let mut posts = vec![0_u64; society.accounts.len()];
    for post in &society.posts {
        posts[post.account as usize] += 1;
    }
    let mut table = csv::Writer::from_writer(out);
    table.write_record([
        "platform",
        "account_id",
        "handle",
        "display_name",
        "account_created_at",
        "lang",
        "post_count",
    ])?;
    for ((account, place), posts) in society.accounts.iter().zip(0_u32..).zip(posts) {
        table.write_record([
            "x",
            &Society::account_id(place).to_string(),
            &account.handle,
            &account.name,
            &format!("{}Z", crate::clock::iso(account.created)),
            account.language.code(),
            &posts.to_string(),
        ])?;
    }
    table.flush()
}

/// Writes the truth of each account: its group, or nothing, why that acts together, by which
/// tactic; and its habit.
///
/// # Errors
/// `out` cannot be written to.
pub fn write_truth_accounts(society: &Society, out: impl Write) -> io::Result<()> {
    let mut table = csv::Writer::from_writer(out);
    table.write_record(["account", "account_id", "group", "kind", "tactic", "habit"])?;
    for (account, place) in society.accounts.iter().zip(0_u32..) {
        let (group, kind, tactic) = truth(society, account);
        let id = Society::account_id(place).to_string();
        let key = charivari_model::key::key("x", &id);
        table.write_record([&key, &id, group, kind, tactic, account.habit.name()])?;
    }
    table.flush()
}

fn truth<'a>(society: &'a Society, account: &Account) -> (&'a str, &'static str, &'static str) {
    let Some(group) = account.group else { return ("", "", "") };
    let group = &society.groups[group as usize];
    (&group.name, group.kind.name(), group.tactic.map_or("", super::Tactic::name))
}

/// Writes each post that was made with a group: the group, why, by which tactic, the occasion's
/// number and what they met on. Posts that are not listed are ordinary.
///
/// # Errors
/// `out` cannot be written to.
pub fn write_truth_posts(society: &Society, out: impl Write) -> io::Result<()> {
    let mut table = csv::Writer::from_writer(out);
    table.write_record([
        "post_id",
        "account_id",
        "group",
        "kind",
        "tactic",
        "campaign",
        "occasion",
        "object",
    ])?;
    for (post, place) in society.posts.iter().zip(0_u32..) {
        let Some(wave) = post.wave else { continue };
        let (group, object) = {
            let wave = &society.waves[wave as usize];
            (&society.groups[wave.group as usize], wave.object)
        };
        table.write_record([
            Society::post_id(place).to_string().as_str(),
            &Society::account_id(post.account).to_string(),
            &group.name,
            group.kind.name(),
            group.tactic.map_or("", super::Tactic::name),
            if group.kind == Kind::Planted { "true" } else { "false" },
            &wave.to_string(),
            object.name(),
        ])?;
    }
    table.flush()
}

/// Says that the data is synthetic, and what each file holds, in plain text.
pub const README: &str = include_str!("readme.txt");

//! Objects that Zeeschuimer captured, by the platform that it names: its own files and those that
//! went through 4CAT hold the same ones.

use serde_json::Value;

use super::page::{self, Page};
use super::status::{self, Keys};
use super::{clip, web_tweet};
use crate::json;
use crate::post::{Account, Post};
use crate::rows::{Fault, Rows};

/// Truth Social's short name.
const TRUTH: &str = "truthsocial";

/// Reads `item`, captured from `source` as `meta` tells.
pub(in crate::formats) fn item(
    source: &str,
    item: &Value,
    meta: &Value,
    rows: &mut Rows<'_>,
) -> Result<(), Fault> {
    if !item.is_object() {
        return Err(json::wrong("data", item));
    }
    let post = post(source, item, rows)?;
    let observed = json::maybe_time(meta, "timestamp_collected", rows);
    rows.post(Post { observed, ..post })?;
    match account(source, item, rows)? {
        Some(account) => rows.account(&account),
        None => Ok(()),
    }
}

fn post<'a>(source: &str, item: &'a Value, rows: &mut Rows<'_>) -> Result<Post<'a>, Fault> {
    let page: &Page = match source {
        "tiktok.com" => return clip::post(item, rows),
        "twitter.com" | "x.com" => return web_tweet::post(item, rows),
        "instagram.com" => return page::instagram(item, rows),
        "threads.net" | "threads.com" => return page::threads(item, rows),
        "truthsocial.com" => return status::post(item, TRUTH, Keys::OneSite, rows),
        // Gab has both short names and Mastodon's.
        "gab.com" if json::at(item, "account").is_some() => {
            return status::post(item, page::GAB.platform, Keys::OneSite, rows);
        }
        "gab.com" => return page::gab(item, rows),
        "tiktok-comments" => &page::TIKTOK_COMMENTS,
        "9gag.com" => &page::NINE_GAG,
        "imgur.com" => &page::IMGUR,
        "pinterest.com" => &page::PINTEREST,
        "douyin.com" => &page::DOUYIN,
        "linkedin.com" => &page::LINKEDIN,
        "xiaohongshu.com" | "rednote.com" => &page::REDNOTE,
        "xiaohongshu-comments" | "rednote-comments" => &page::REDNOTE_COMMENTS,
        other => return Err(json::other_kind("source_platform", other)),
    };
    page.post(item, rows)
}

fn account<'a>(
    source: &str,
    item: &'a Value,
    rows: &mut Rows<'_>,
) -> Result<Option<Account<'a>>, Fault> {
    let platform = match source {
        "tiktok.com" => return Ok(clip::account(item)),
        "twitter.com" | "x.com" => return Ok(web_tweet::account(item, rows)),
        "truthsocial.com" => TRUTH,
        "gab.com" => page::GAB.platform,
        _ => return Ok(None),
    };
    let Some(author) = json::at(item, "account") else { return Ok(None) };
    status::account(author, platform, Keys::OneSite, rows).map(Some)
}

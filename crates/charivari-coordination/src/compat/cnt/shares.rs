//! What each network compares: messages with a key.

use foldhash::fast::FixedState;
use hashbrown::HashSet;
use rayon::prelude::*;

use super::text::normalise;
use super::{CompatError, Messages, Network, Options};
use crate::compat::IdColumn;
use crate::compat::column::Numbers;

/// One message under one key.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Share {
    pub(super) key: u32,
    pub(super) time: f64,
    pub(super) user: u32,
    /// The message's id.
    pub(super) message: u32,
}

/// The messages that a network compares, with what they have in common as the key.
pub(super) fn shares(
    messages: &Messages<'_>,
    options: &Options,
) -> Result<Vec<Share>, CompatError> {
    let network = options.network;
    let missing = |column| CompatError::MissingColumn { network: network.name(), column };
    let mut shares = match network {
        Network::CoRetweet => {
            let repost = messages.repost.as_ref().ok_or_else(|| missing("repost_id"))?;
            by_id(messages, repost, first_rows(messages))
        }
        Network::CoReply => {
            let reply = messages.reply.as_ref().ok_or_else(|| missing("reply_id"))?;
            by_id(messages, reply, first_rows(messages).filter(|&row| !messages.is_repost(row)))
        }
        Network::CoTweet => {
            let texts = messages.text.as_ref().ok_or_else(|| missing("message"))?;
            by_text(messages, texts)?
        }
        Network::CoLink => {
            let urls = messages.urls.as_ref().ok_or_else(|| missing("urls"))?;
            by_link(messages, urls, options.has_empty_link)?
        }
        Network::CoPost => first_rows(messages).map(|row| share(messages, row, 0)).collect(),
    };
    shares.retain(|share| share.time.is_finite());
    if u32::try_from(shares.len()).is_err() {
        return Err(CompatError::TooManyRows { rows: shares.len() });
    }
    Ok(shares)
}

fn share(messages: &Messages<'_>, row: u32, key: u32) -> Share {
    Share {
        key,
        time: messages.time[row as usize],
        user: messages.user.id(row),
        message: messages.message.id(row),
    }
}

/// The first row of every message id.
fn first_rows<'a>(messages: &'a Messages<'_>) -> impl Iterator<Item = u32> + 'a {
    let mut is_known = vec![false; messages.message.names().len()];
    (0..messages.len() as u32).filter(move |&row| {
        !std::mem::replace(&mut is_known[messages.message.id(row) as usize], true)
    })
}

/// Messages whose key is an id; an empty id is none.
fn by_id(
    messages: &Messages<'_>,
    key: &IdColumn<'_>,
    rows: impl Iterator<Item = u32>,
) -> Vec<Share> {
    rows.filter(|&row| !key.name(row).is_empty())
        .map(|row| share(messages, row, key.id(row)))
        .collect()
}

fn by_text(messages: &Messages<'_>, texts: &[&str]) -> Result<Vec<Share>, CompatError> {
    let rows: Vec<u32> = first_rows(messages).filter(|&row| !messages.is_repost(row)).collect();
    let normal: Vec<String> = rows.par_iter().map(|&row| normalise(texts[row as usize])).collect();
    let mut numbers = Numbers::with_capacity(normal.len());
    let keyed = rows.iter().zip(&normal);
    keyed.map(|(&row, text)| Ok(share(messages, row, numbers.number(text)?))).collect()
}

/// Messages under each of their addresses; unlike all else, later rows of a message id count too.
fn by_link(
    messages: &Messages<'_>,
    urls: &[&str],
    has_empty_link: bool,
) -> Result<Vec<Share>, CompatError> {
    let mut numbers = Numbers::with_capacity(0);
    let mut known: HashSet<(u32, u32), FixedState> = HashSet::default();
    let mut shares = Vec::new();
    for row in (0..messages.len() as u32).filter(|&row| !messages.is_repost(row)) {
        for url in urls[row as usize].split(' ').filter(|url| has_empty_link || !url.is_empty()) {
            let key = numbers.number(url)?;
            if known.insert((messages.message.id(row), key)) {
                shares.push(share(messages, row, key));
            }
        }
    }
    Ok(shares)
}

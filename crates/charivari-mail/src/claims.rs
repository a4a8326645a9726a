//! What a message says of itself. None of it is checked here.
//!
//! Addresses are cut to their domains, and recipients to their number: who received a message is
//! nobody's business in a report.

use charivari_model::Timestamp;
use mail_parser::{Address, DateTime, HeaderName, HeaderValue, Message};
use serde::Serialize;

use crate::dkim::host;
use crate::path::{public_name, zone};

/// What a message claims.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Claims {
    /// The domains of the addresses in From; usually one.
    pub from: Vec<String>,
    /// How many From fields there are.
    pub from_fields: u32,
    /// The domain in Sender.
    pub sender: Option<String>,
    /// The domain in Reply-To.
    pub reply_to: Option<String>,
    /// The domain in Return-Path, which the last server writes.
    pub return_path: Option<String>,
    /// When it was written.
    pub date: Option<Timestamp>,
    /// In which time zone, in minutes east of Greenwich.
    pub zone_min: Option<i32>,
    /// The host in Message-ID, where it is a public name.
    pub id_host: Option<String>,
    /// How Message-ID is built: `9` for figures, `a` for letters, `x` for both, each with a count.
    pub id_shape: Option<String>,
    /// How the boundary between parts is built, likewise.
    pub boundary_shape: Option<String>,
    /// The program that it says it was written with.
    pub tool: Option<String>,
    /// The domain of the mailing list.
    pub list: Option<String>,
    /// How many addresses it is to, in To, Cc and Bcc together.
    pub recipients: u32,
}

/// Reads the claims; `names` are words of recipients, which no kept text may hold.
pub(crate) fn read(message: &Message<'_>, names: &[String]) -> Claims {
    let date = message.date().filter(|date| DateTime::is_valid(date));
    let first = |address: Option<&Address<'_>>| {
        address.and_then(|list| list.first()).and_then(|one| domain(one.address.as_deref()?))
    };
    let id = message.message_id();
    let boundary = message.root_boundary();
    let from_fields = message.headers().iter().filter(|h| h.name == HeaderName::From).count();
    Claims {
        from: from_domains(message),
        from_fields: from_fields as u32,
        sender: first(message.sender()),
        reply_to: first(message.reply_to()),
        return_path: message.return_address().and_then(domain),
        date: date.map(|date| Timestamp::from_seconds(date.to_timestamp())),
        zone_min: date.map(zone),
        id_host: id.and_then(|id| public_name(id.rsplit_once('@')?.1)),
        id_shape: id.map(|id| shape(id.rsplit_once('@').map_or(id, |(local, _)| local))),
        boundary_shape: boundary.map(shape),
        tool: tool(message, names),
        list: list(message),
        recipients: recipients(message).count() as u32,
    }
}

/// The boundary of the outermost part.
trait Boundary {
    fn root_boundary(&self) -> Option<&str>;
}

impl Boundary for Message<'_> {
    fn root_boundary(&self) -> Option<&str> {
        self.parts.first()?.headers.iter().find_map(|header| match &header.value {
            HeaderValue::ContentType(kind) if header.name == HeaderName::ContentType => {
                kind.attribute("boundary")
            }
            _ => None,
        })
    }
}

/// The domains in From, each once, in their order.
fn from_domains(message: &Message<'_>) -> Vec<String> {
    let mut domains: Vec<String> = Vec::new();
    let fields = message.header_values(HeaderName::From).filter_map(HeaderValue::as_address);
    for one in fields.flat_map(addresses) {
        let domain = one.address.as_deref().and_then(domain);
        domains.extend(domain.filter(|domain| !domains.contains(domain)));
    }
    domains
}

/// All addresses of a field, groups opened.
pub(crate) fn addresses<'a, 'x>(
    field: &'a Address<'x>,
) -> Box<dyn Iterator<Item = &'a mail_parser::Addr<'x>> + 'a> {
    match field {
        Address::List(list) => Box::new(list.iter()),
        Address::Group(groups) => Box::new(groups.iter().flat_map(|group| &group.addresses)),
    }
}

/// The domain of an address, lower case; nothing where it is no address.
pub(crate) fn domain(address: &str) -> Option<String> {
    let (_, domain) = address.rsplit_once('@')?;
    host(domain.trim_end_matches('>')).ok()
}

/// Everybody whom the message is to.
fn recipients<'a>(message: &'a Message<'_>) -> impl Iterator<Item = &'a mail_parser::Addr<'a>> {
    let is_to = |name: &HeaderName<'_>| {
        matches!(name, HeaderName::To | HeaderName::Cc | HeaderName::Bcc | HeaderName::ResentTo)
    };
    let fields = message.headers().iter().filter(move |header| is_to(&header.name));
    fields.filter_map(|header| header.value.as_address()).flat_map(addresses)
}

/// Words by which recipients could be known: of their names and of their addresses, lower case.
pub(crate) fn recipient_words(message: &Message<'_>) -> Vec<String> {
    let mut words = Vec::new();
    for one in recipients(message) {
        let local = one
            .address
            .as_deref()
            .map(|address| address.rsplit_once('@').map_or(address, |(local, _)| local));
        for text in [one.name.as_deref(), local].into_iter().flatten() {
            let parts = text.split(|c: char| !c.is_alphanumeric());
            words.extend(parts.filter(|part| part.chars().count() > 1).map(str::to_lowercase));
        }
    }
    words.sort_unstable();
    words.dedup();
    words
}

/// Whether a text holds one of the words.
pub(crate) fn names_someone(text: &str, names: &[String]) -> bool {
    let lower = text.to_lowercase();
    names.iter().any(|name| name.chars().count() > 2 && lower.contains(name.as_str()))
}

/// The program that a message was written with, as far as its name can hold nobody's.
fn tool(message: &Message<'_>, names: &[String]) -> Option<String> {
    let fields = ["X-Mailer", "User-Agent", "X-Newsreader", "X-PHP-Originating-Script"];
    let raw = fields.iter().find_map(|name| message.header_raw(*name))?;
    let kept = |c: &char| c.is_ascii_alphanumeric() || " ./_-()+".contains(*c);
    let name: String = raw.trim().chars().filter(kept).take(60).collect();
    let is_clean = !raw.contains('@') && !name.is_empty() && !names_someone(&name, names);
    is_clean.then_some(name)
}

fn list(message: &Message<'_>) -> Option<String> {
    let text = message.header_raw("List-Id").or_else(|| message.header_raw("List-Post"))?;
    let inner = text.rsplit_once('<').map_or(text, |(_, inner)| inner);
    let inner = inner.split('>').next().unwrap_or_default().trim();
    let inner = inner.rsplit_once('@').map_or(inner, |(_, domain)| domain);
    public_name(inner.split('?').next().unwrap_or_default())
}

/// How an identifier is built, without what it says.
pub(crate) fn shape(text: &str) -> String {
    let mut out = String::new();
    let mut run = (0_usize, false, false);
    let close = |run: &mut (usize, bool, bool), out: &mut String| {
        let (count, figures, letters) = std::mem::take(run);
        let kind = match (figures, letters) {
            (true, false) => '9',
            (false, true) => 'a',
            _ => 'x',
        };
        if count > 0 {
            out.push(kind);
            out.push_str(&count.to_string());
        }
    };
    for c in text.chars().take(120) {
        if c.is_alphanumeric() {
            run.0 += 1;
            run.1 |= c.is_numeric();
            run.2 |= !c.is_numeric();
        } else {
            close(&mut run, &mut out);
            out.push(if c.is_ascii_graphic() { c } else { '?' });
        }
    }
    close(&mut run, &mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_keep_how_and_drop_what() {
        for (text, expected) in [
            ("20201020.1234.abc", "98.94.a3"),
            ("----=_Part_12_ab9", "----=_a4_92_x3"),
            ("", ""),
            ("é1", "x2"),
        ] {
            assert_eq!(shape(text), expected, "{text}");
        }
    }

    #[test]
    fn claims_hold_domains_and_no_addresses() {
        let text = "From: Zqxmarlo <zqxmarlo@Example.org>\nReply-To: zqxother@example.net\n\
                    To: Zqxandri Zqxbo <zqxandri@example.com>, zqxcel@example.com\n\
                    Date: Tue, 20 Oct 2020 15:29:40 +0330\nX-Mailer: PHPMailer 5.2.1 for zqxandri\n\
                    Message-ID: <123@zqx-pc.local>\nList-Id: News <news.example.org>\n\nx\n";
        let message = mail_parser::MessageParser::default().parse(text).unwrap();
        let names = recipient_words(&message);
        assert_eq!(names, ["zqxandri", "zqxbo", "zqxcel"]);
        let claims = read(&message, &names);
        assert_eq!(claims.from, ["example.org"]);
        assert_eq!(claims.reply_to.as_deref(), Some("example.net"));
        assert_eq!((claims.recipients, claims.zone_min), (2, Some(210)));
        assert_eq!((&claims.tool, &claims.id_host), (&None, &None));
        assert_eq!(claims.list.as_deref(), Some("news.example.org"));
        assert!(!format!("{claims:?}").contains("zqx"));
    }
}

//! The way of a message, hop by hop, as its `Received` lines tell it.
//!
//! Only the lines that a trusted server wrote can be believed. Those below them were there when the
//! message came in: the sender may have written them all.

use std::net::IpAddr;

use charivari_model::Timestamp;
use charivari_text::address::registrable_domain;
use mail_parser::parsers::MessageStream;
use mail_parser::{DateTime, HeaderValue, Host, Received};
use serde::Serialize;

use crate::authres::Trusted;
use crate::raw::Raw;
use crate::remark::Remark;

/// More lines than these are counted and not read; no real way is as long.
const MAX_HOPS: usize = 200;
/// Clocks differ by as much without anybody lying.
const TOLERANCE_S: i64 = 300;
/// A wait as long is worth naming.
const GAP_S: i64 = 6 * 3600;
/// Nobody writes a message a day after it was received.
const DAY_S: i64 = 86_400;

/// One hop.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Hop {
    /// The host that received, where it has a public name.
    pub by: Option<String>,
    /// What the sending host called itself, where that is a public name.
    pub helo: Option<String>,
    /// The name that the receiver found for the sender's address, where it is a public one.
    pub reverse: Option<String>,
    /// The network of the sending host (24 bits of an IPv4, 48 of an IPv6 address).
    pub network: Option<String>,
    /// Whether the sending host's address is one that no host on the Internet has.
    pub private: bool,
    /// When, as the receiver's clock said.
    pub time: Option<Timestamp>,
    /// The time zone of the receiver's clock in minutes east of Greenwich.
    pub zone_min: Option<i32>,
    /// Seconds since the hop before; negative where the clocks say that it went back in time.
    pub delay_s: Option<i64>,
    /// Whether the line is one that the trusted server or one beside it wrote.
    pub trusted: bool,
    /// Whether this is where the message came to the trusted server from outside.
    pub boundary: bool,
    /// The place of the line in the header.
    #[serde(skip)]
    pub(crate) place: usize,
}

/// The whole way.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Path {
    /// The hops, the last, which stands on top, first.
    pub hops: Vec<Hop>,
    /// Lines that could not be read.
    pub unread: u32,
    /// What is odd about it.
    pub remarks: Vec<Remark>,
}

impl Path {
    /// When the message arrived: at the trusted server, else at the last hop.
    pub(crate) fn arrived(&self) -> Option<Timestamp> {
        let boundary = self.hops.iter().find(|hop| hop.boundary);
        boundary.or(self.hops.first()).and_then(|hop| hop.time)
    }

    /// The network from which the message came into the open: of the hop to the trusted server, else
    /// of the first hop with a public address.
    pub(crate) fn origin(&self) -> Option<&str> {
        let boundary = self.hops.iter().find(|hop| hop.boundary);
        let first = self.hops.iter().rev().find(|hop| !hop.private && hop.network.is_some());
        boundary.or(first).and_then(|hop| hop.network.as_deref())
    }
}

/// Reads the way of a message.
pub(crate) fn read(raw: &Raw<'_>, trusted: &[Trusted]) -> Path {
    let mut path = Path::default();
    for (place, field) in raw.named("received") {
        if path.hops.len() >= MAX_HOPS {
            path.unread += 1;
            continue;
        }
        match parse(field.value) {
            Some(received) => path.hops.push(hop(&received, place)),
            None => path.unread += 1,
        }
    }
    mark_trusted(&mut path.hops, trusted);
    for number in 0..path.hops.len().saturating_sub(1) {
        let (later, earlier) = (path.hops[number].time, path.hops[number + 1].time);
        path.hops[number].delay_s =
            later.zip(earlier).map(|(later, earlier)| later.seconds() - earlier.seconds());
    }
    path.remarks = remarks(&path);
    path
}

/// Reads one line.
pub(crate) fn parse(value: &[u8]) -> Option<Received<'static>> {
    // The parser stops at a line end that no space follows.
    let line = [value, b"\r\n"].concat();
    match MessageStream::new(&line).parse_received() {
        HeaderValue::Received(received) => Some(received.into_owned()),
        _ => None,
    }
}

fn hop(received: &Received<'_>, place: usize) -> Hop {
    let date = received.date.filter(DateTime::is_valid);
    let name = |host: Option<&Host<'_>>| match host {
        Some(Host::Name(name)) => public_name(name),
        _ => None,
    };
    let address = received.from_ip.or(match (&received.from, &received.helo) {
        (Some(Host::IpAddr(address)), _) | (_, Some(Host::IpAddr(address))) => Some(*address),
        _ => None,
    });
    Hop {
        by: name(received.by.as_ref()),
        helo: name(received.helo.as_ref().or(received.from.as_ref())),
        reverse: received.from_iprev.as_deref().and_then(public_name),
        network: address.map(network),
        private: address.is_some_and(is_private),
        time: date.map(|date| Timestamp::from_seconds(date.to_timestamp())),
        zone_min: date.map(|date| zone(&date)),
        place,
        ..Hop::default()
    }
}

/// Minutes east of Greenwich.
pub(crate) fn zone(date: &DateTime) -> i32 {
    let minutes = i32::from(date.tz_hour) * 60 + i32::from(date.tz_minute);
    if date.tz_before_gmt { -minutes } else { minutes }
}

/// A name that hosts on the Internet have, lower case. Names of machines at home or in an office
/// often hold the name of a person, and are not kept.
pub(crate) fn public_name(name: &str) -> Option<String> {
    const LOCAL: [&str; 10] = [
        "local",
        "localdomain",
        "lan",
        "home",
        "internal",
        "intranet",
        "corp",
        "private",
        "arpa",
        "localhost",
    ];
    let name = crate::dkim::host(name).ok()?;
    let last = name.rsplit('.').next().unwrap_or_default();
    let is_public = name.contains('.')
        && !LOCAL.contains(&last)
        && !last.bytes().all(|byte| byte.is_ascii_digit())
        && registrable_domain(&name).is_some();
    is_public.then_some(name)
}

/// The network of an address: enough to see that two messages came from one place.
fn network(address: IpAddr) -> String {
    match address {
        IpAddr::V4(v4) => {
            let [a, b, c, _] = v4.octets();
            format!("{a}.{b}.{c}.0/24")
        }
        IpAddr::V6(v6) => {
            let [a, b, c, ..] = v6.segments();
            format!("{a:x}:{b:x}:{c:x}::/48")
        }
    }
}

/// Whether no host on the Internet has this address.
fn is_private(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => {
            let [a, b, ..] = v4.octets();
            v4.is_private()
                || v4.is_loopback()
                || v4.is_link_local()
                || v4.is_unspecified()
                || (a == 100 && (64..128).contains(&b))
        }
        IpAddr::V6(v6) => {
            let first = v6.segments()[0];
            v6.is_loopback()
                || v6.is_unspecified()
                || first & 0xfe00 == 0xfc00
                || first & 0xffc0 == 0xfe80
                || v6.to_ipv4_mapped().is_some_and(|v4| is_private(IpAddr::V4(v4)))
        }
    }
}

/// From the top, the lines that servers of the trusted organisation wrote, down to the one in which
/// they received from outside. Below that nothing is theirs, whatever it says.
fn mark_trusted(hops: &mut [Hop], trusted: &[Trusted]) {
    let owned = |name: &Option<String>| {
        name.as_ref().is_some_and(|name| trusted.iter().any(|one| one.owns(name)))
    };
    for hop in hops {
        if !owned(&hop.by) {
            // A server that passes on to itself without a public name is still inside.
            if hop.by.is_none() && (hop.private || hop.network.is_none()) {
                continue;
            }
            return;
        }
        hop.trusted = true;
        let inside =
            hop.private || owned(&hop.reverse) || (hop.network.is_none() && owned(&hop.helo));
        if !inside && (hop.network.is_some() || hop.helo.is_some()) {
            hop.boundary = true;
            return;
        }
    }
}

fn remarks(path: &Path) -> Vec<Remark> {
    let mut remarks = Vec::new();
    let mut say = |code, text: String| remarks.push(Remark::new(code, text));
    let count = path.hops.len();
    for (number, hop) in path.hops.iter().enumerate() {
        // Hops are counted as they happened: the lowest line is the first.
        let place = count - number;
        match hop.delay_s {
            Some(delay) if delay < -TOLERANCE_S => say(
                "time-goes-back",
                format!("hop {place} was {} before the one before it", span(-delay)),
            ),
            Some(delay) if delay > GAP_S => {
                say("long-wait", format!("{} passed before hop {place}", span(delay)));
            }
            _ => {}
        }
        if hop.private && number + 1 < count {
            say("private-address", format!("hop {place} came from an address within a network"));
        }
        let differ = hop
            .helo
            .as_deref()
            .zip(hop.reverse.as_deref())
            .is_some_and(|(helo, found)| registrable_domain(helo) != registrable_domain(found));
        if differ {
            say(
                "helo-differs",
                format!(
                    "at hop {place} the sender called itself otherwise than its address is called"
                ),
            );
        }
    }
    if path.unread > 0 {
        say("unread-hops", format!("{} Received lines could not be read", path.unread));
    }
    remarks
}

/// A length of time in words.
fn span(seconds: i64) -> String {
    match seconds {
        0..=7_199 => format!("{} min", seconds / 60),
        7_200..=172_799 => format!("{} h", seconds / 3600),
        _ => format!("{} days", seconds / DAY_S),
    }
}

/// What the date says against the hops.
pub(crate) fn date_remarks(path: &Path, date: Option<(Timestamp, i32)>) -> Vec<Remark> {
    let mut remarks = Vec::new();
    let Some((said, zone)) = date else { return remarks };
    let first = path.hops.last().and_then(|hop| hop.time);
    if let Some(first) = first {
        let before = first.seconds() - said.seconds();
        if before < -TOLERANCE_S {
            let text = format!("the date lies {} after the first hop", span(-before));
            remarks.push(Remark::new("date-after-sending", text));
        } else if before > DAY_S {
            let text = format!("the date lies {} before the first hop", span(before));
            remarks.push(Remark::new("date-long-before-sending", text));
        }
    }
    let hop_zone = path.hops.last().and_then(|hop| hop.zone_min);
    if let Some(other) = hop_zone.filter(|&other| other != zone) {
        let text =
            format!("the date is in the zone {}, the first hop in {}", offset(zone), offset(other));
        remarks.push(Remark::new("zones-differ", text));
    }
    remarks
}

fn offset(minutes: i32) -> String {
    let sign = if minutes < 0 { '-' } else { '+' };
    format!("{sign}{:02}{:02}", minutes.abs() / 60, minutes.abs() % 60)
}

/// Whether the date is one that the trusted server's clock bears out: at most a day before it, and
/// not after it.
pub(crate) fn date_fits(path: &Path, said: Timestamp) -> Option<bool> {
    let arrived = path.hops.iter().find(|hop| hop.boundary)?.time?;
    let before = arrived.seconds() - said.seconds();
    if before < -DAY_S {
        return Some(false);
    }
    (-TOLERANCE_S..=DAY_S).contains(&before).then_some(true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::raw::crlf;

    fn read_text(text: &str, trusted: &[&str]) -> Path {
        let trusted: Vec<Trusted> = trusted.iter().map(|t| Trusted::parse(t).unwrap()).collect();
        let bytes = crlf(text.as_bytes()).into_owned();
        read(&Raw::parse(&bytes), &trusted)
    }

    const WAY: &str = "\
Received: from mx.example.org (mx.example.org [10.0.0.7]) by store.example.org with LMTP id 1; \
Tue, 20 Oct 2020 12:00:10 +0000
Received: from out.example.net (host-9.example.com [203.0.113.9]) by mx.example.org with ESMTPS id 2 \
for <zqxmarlo@example.org>; Tue, 20 Oct 2020 12:00:05 +0000
Received: from zqxmarlo-laptop ([192.168.1.5]) by out.example.net with ESMTPSA id 3; \
Tue, 20 Oct 2020 15:29:50 +0330
Date: Tue, 20 Oct 2020 15:29:40 +0330

x
";

    #[test]
    fn the_way_is_read_from_the_top() {
        let path = read_text(WAY, &["mx.example.org"]);
        let marks: Vec<_> = path.hops.iter().map(|hop| (hop.trusted, hop.boundary)).collect();
        assert_eq!(marks, [(true, false), (true, true), (false, false)], "{path:#?}");
        assert_eq!(path.origin(), Some("203.0.113.0/24"));
        assert_eq!(path.hops[1].delay_s, Some(15));
        let codes: Vec<_> = path.remarks.iter().map(|remark| remark.code).collect();
        assert!(codes.contains(&"helo-differs") && !codes.contains(&"time-goes-back"), "{codes:?}");
        assert!(!format!("{path:?}").contains("zqx"));
    }

    #[test]
    fn what_stands_below_the_trusted_hop_is_never_trusted() {
        let forged = WAY.replacen(
            "Date:",
            "Received: from a.example.com ([198.51.100.7]) by mx.example.org; Tue, 20 Oct 2020 11:00:00 \
             +0000\nDate:",
            1,
        );
        let path = read_text(&forged, &["mx.example.org"]);
        assert_eq!(path.hops.iter().filter(|hop| hop.boundary).count(), 1);
        assert!(!path.hops[3].trusted);
        assert!(read_text(WAY, &[]).hops.iter().all(|hop| !hop.trusted && !hop.boundary));
    }

    #[test]
    fn clocks_that_go_back_and_long_waits_are_named() {
        let back = WAY.replace("15:29:50 +0330", "18:29:50 +0330");
        let codes = |text: &str| {
            let path = read_text(text, &[]);
            path.remarks.iter().map(|remark| remark.code).collect::<Vec<_>>()
        };
        assert!(codes(&back).contains(&"time-goes-back"));
        let late = WAY.replace("20 Oct 2020 12:00:10", "22 Oct 2020 12:00:10");
        assert!(codes(&late).contains(&"long-wait"));
    }

    #[test]
    fn only_public_names_are_kept() {
        for (name, kept) in [
            ("Mail.Example.org", Some("mail.example.org")),
            ("zqxmarlo-laptop", None),
            ("zqxmarlo.local", None),
            ("localhost", None),
            ("10.1.2.3", None),
        ] {
            assert_eq!(public_name(name).as_deref(), kept, "{name}");
        }
    }
}

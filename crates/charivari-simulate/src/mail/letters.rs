//! The words of invented mail.

use super::keys::RSA_2048;
use super::sign::{Algorithm, Signing, record, sign};
use super::{Letter, Truth};
use crate::clock::civil;
use crate::random::Random;

/// The server that receives everything.
pub(super) const RECEIVER: &str = "mx.zqx.example";

/// Genuine senders.
pub(super) const PROTECTED: &str = "\
# Genuine senders: a name and an address, or a domain (synthetic).
The Lantern League <office@lanternleague.example>
Example Gazette <news@gazette.example>
";

/// 2020-10-20T08:00:00Z, when the threats begin.
const START: i64 = 1_603_180_800;

/// The key of the newsletter's provider.
const PROVIDER: Algorithm = Algorithm::Ed25519(*b"a seed for tests, known to all..");
/// The key of the newspaper.
const GAZETTE: Algorithm = Algorithm::Rsa(RSA_2048);

const FIRST: [&str; 12] = [
    "Zqxadra", "Zqxbelo", "Zqxcira", "Zqxdoron", "Zqxelani", "Zqxfaro", "Zqxgilda", "Zqxhelmo",
    "Zqxirena", "Zqxjoran", "Zqxkalla", "Zqxlioro",
];
const LAST: [&str; 12] = [
    "Zqxmarlo",
    "Zqxnadir",
    "Zqxoleen",
    "Zqxpadova",
    "Zqxquill",
    "Zqxrosten",
    "Zqxsandell",
    "Zqxtorvik",
    "Zqxumberg",
    "Zqxvaleri",
    "Zqxwendt",
    "Zqxyarrow",
];
const STREETS: [&str; 6] = [
    "Zqxhill Road",
    "Zqxmill Lane",
    "Zqxfield Way",
    "Zqxport Street",
    "Zqxdale Row",
    "Zqxwood Close",
];

/// The file of keys.
pub(super) fn keys() -> String {
    format!(
        "# Keys of honest senders (synthetic): place, period, record.\n\
         news2020._domainkey.gazette.example   2020-01-01..2021-12-31  {}\n\
         s1._domainkey.provider.example        2020-01-01..            {}\n",
        record(GAZETTE),
        record(PROVIDER),
    )
}

/// Somebody who does not exist, and the address.
fn person(random: &mut Random) -> (String, String, String) {
    let (first, last) = (random.pick(&FIRST), random.pick(&LAST));
    let figures = random.between(10, 99);
    let address = format!(
        "{}.{}{figures}@zqx.example",
        first.to_ascii_lowercase(),
        last.to_ascii_lowercase()
    );
    (first.to_owned(), last.to_owned(), address)
}

/// A time as mail writes it.
fn date(seconds: i64, zone: &str, offset_s: i64) -> String {
    const DAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let local = seconds + offset_s;
    let at = civil(local);
    let place =
        |number: i64, count: i64| usize::try_from(number.rem_euclid(count)).unwrap_or_default();
    let day = DAYS[place(local.div_euclid(86_400), 7)];
    let month = MONTHS[place(at.month - 1, 12)];
    format!(
        "{day}, {:02} {month} {} {:02}:{:02}:{:02} {zone}",
        at.day,
        at.year,
        at.second / 3_600,
        at.second / 60 % 60,
        at.second % 60
    )
}

/// One threat.
pub(super) fn threat(truth: Truth, number: u32, random: &mut Random) -> (i64, Letter) {
    let (first, last, address) = person(random);
    let time = START + 340 * i64::from(number) + random.between(0, 200);
    let from = match truth {
        Truth::LookAlike => "lantemleague.example",
        _ => "lanternleague.example",
    };
    // Two programs on two networks, each with its own way of making identifiers.
    let first_tool = !number.is_multiple_of(3);
    let (tool, network, helo) = if first_tool {
        ("PHPMailer 5.2.9 (synthetic)", "203.0.113", "vps-77.hosting-one.example")
    } else {
        ("SwiftSender 2.1", "198.51.100", "web04.hosting-two.example")
    };
    let host = random.between(2, 250);
    let id = if first_tool {
        format!("{:016x}{:016x}", random.bits(), random.bits())
    } else {
        format!("{}.{}.SwiftSender", time, random.between(10_000, 99_999))
    };
    let dmarc = if truth == Truth::Spoofed { "fail" } else { "none" };
    let body = format!(
        "Dear {first} {last},\r\n\r\n\
         We are in possession of all your information: {} {}, {:05}, telephone +1 202 555 01{:02}.\r\n\
         We have gained access into the whole list of subscribers. You will cancel your subscription \
         until the day of the vote and change to our side, or we will come after you.\r\n\
         Let us know you received our message and will comply by answering to this message.\r\n\
         We will know which side you take. Take this seriously, {first}.\r\n\
         The Lantern League\r\n",
        random.between(1, 99),
        random.pick(&STREETS),
        random.between(10_000, 99_999),
        random.between(0, 99),
    );
    let message = format!(
        "Received: from {helo} ({helo} [{network}.{host}])\r\n\tby {RECEIVER} with ESMTP id Q{number:04};\r\n\
         \t{}\r\n\
         From: The Lantern League <info@{from}>\r\n\
         To: {first} {last} <{address}>\r\n\
         Subject: {first}, last warning\r\n\
         Date: {}\r\n\
         Message-ID: <{id}@{from}>\r\n\
         X-Mailer: {tool}\r\n\
         X-Synthetic: invented by charivari\r\n\
         MIME-Version: 1.0\r\n\
         Content-Type: text/plain; charset=utf-8\r\n\
         \r\n{body}",
        date(time + 4, "+0000", 0),
        date(time, "+0330", 12_600),
    );
    let results = format!(
        "Authentication-Results: {RECEIVER};\r\n\tspf=none smtp.mailfrom={from};\r\n\
         \tdmarc={dmarc} header.from={from}\r\n"
    );
    (time, Letter { bytes: [results.into_bytes(), message.into_bytes()].concat(), truth })
}

/// One newsletter, signed by the paper and by its provider.
pub(super) fn newsletter(number: u32, random: &mut Random) -> (i64, Letter) {
    let (first, last, address) = person(random);
    let time = START + 3_600 + 5 * i64::from(number) + random.between(0, 4);
    let message = format!(
        "From: Example Gazette <news@gazette.example>\r\n\
         To: {first} {last} <{address}>\r\n\
         Subject: This week in the Gazette\r\n\
         Date: {}\r\n\
         Message-ID: <{:024x}@mail.provider.example>\r\n\
         List-Id: <weekly.gazette.example>\r\n\
         List-Unsubscribe: <https://provider.example/u/{:016x}>\r\n\
         X-Mailer: Provider Mailer 9\r\n\
         X-Synthetic: invented by charivari\r\n\
         MIME-Version: 1.0\r\n\
         Content-Type: text/plain; charset=utf-8\r\n\
         \r\n\
         Good morning {first},\r\n\r\n\
         This week the Gazette looks at the new ferry, at the price of bread in the harbour market, and \
         at a garden that grows under a bridge.\r\n\
         Read on at https://gazette.example/week/42 and have a quiet Sunday.\r\n\r\n\
         The editors\r\n",
        date(time, "+0000", 0),
        random.bits(),
        random.bits(),
    );
    let headers = ["from", "to", "subject", "date", "message-id", "list-id", "from", "subject"];
    let signing = Signing {
        domain: "gazette.example",
        selector: "news2020",
        algorithm: GAZETTE,
        headers: &headers,
        time: Some(time),
        length: None,
        further: "",
    };
    let once = sign(message.as_bytes(), &signing);
    let provider =
        Signing { domain: "provider.example", selector: "s1", algorithm: PROVIDER, ..signing };
    let twice = sign(&once, &provider);
    let top = format!(
        "Authentication-Results: {RECEIVER};\r\n\
         \tdkim=pass header.d=gazette.example; spf=pass smtp.mailfrom=bounce.provider.example;\r\n\
         \tdmarc=pass header.from=gazette.example\r\n\
         Received: from out3.provider.example (out3.provider.example [192.0.2.33])\r\n\
         \tby {RECEIVER} with ESMTPS id N{number:04};\r\n\t{}\r\n",
        date(time + 2, "+0000", 0),
    );
    let bytes = [top.into_bytes(), twice].concat();
    (time, Letter { bytes, truth: Truth::Newsletter })
}

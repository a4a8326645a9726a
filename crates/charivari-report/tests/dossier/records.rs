//! Evidence, statements, events and parties of the invented case.

use charivari_model::Tlp;
use charivari_model::case::{
    Actor, Alias, Check, Claim, Custody, Event, Evidence, Kind, Link, Note, Quantity, Rate, Ref,
    Relation, Subject, Verdict,
};

use super::{at, when};

pub(crate) fn reference(kind: Kind, number: u64) -> Ref {
    Ref::new(kind, number)
}

pub(crate) fn evidence() -> Vec<Evidence> {
    let one = |number: u64, name: &str, source: &str, grade: &str, custody: Custody| Evidence {
        id: Ref::new(Kind::Evidence, number),
        name: name.to_owned(),
        sha256: format!("{number:x}").repeat(64),
        bytes: 1_234_567 * number,
        source: source.to_owned(),
        collector: Some("Marek Dorn".to_owned()),
        collected: Some(when("2023-01-09T08:00 Europe/Paris")),
        added: at(6 * 86_400),
        added_by: "Ines Quill".to_owned(),
        grade: grade.parse().unwrap(),
        tlp: Tlp::Clear,
        sensitive: !matches!(custody, Custody::Kept),
        custody,
        note: Some("Checked against a second download.".to_owned()),
    };
    let elsewhere = Custody::HeldElsewhere { place: "/srv/vault/kettle/sample.xlsx".to_owned() };
    let sealed = Custody::Encrypted {
        place: "safe of the legal department".to_owned(),
        recipient: "age1qqqexampleexampleexampleexample".to_owned(),
        sha256: "f".repeat(64),
        bytes: 88_123,
    };
    vec![
        one(
            1,
            "x_posts_january.json",
            "platform export of the integrity team",
            "B2",
            Custody::Kept,
        ),
        one(2, "telegram-result.json", "Telegram Desktop", "A1", Custody::Kept),
        one(3, "sample.xlsx", "attachment to the offer", "F6", elsewhere),
        one(4, "letters.mbox", "the publisher", "B2", sealed),
        one(5, "odd\u{202e}name<script>.csv", "https://drop.example/leak.csv", "D4", Custody::Kept),
    ]
}

pub(crate) fn claim(number: u64, who: &str, time: &str, gist: &str) -> Claim {
    Claim {
        id: Ref::new(Kind::Claim, number),
        who: who.to_owned(),
        when: when(time),
        place: "a public forum".to_owned(),
        verbatim: String::new(),
        gist: gist.to_owned(),
        about: "the data".to_owned(),
        quantities: vec![],
        repeats: None,
        grade: "C3".parse().unwrap(),
        tlp: Tlp::Clear,
        added: at(7 * 86_400),
        added_by: "Ines Quill".to_owned(),
    }
}

fn quantity(value: f64, unit: &str, words: &str, worth_of: Option<usize>) -> Quantity {
    let most = if words.starts_with("more") { None } else { Some(value) };
    Quantity { least: value, most, value, unit: unit.to_owned(), words: words.to_owned(), worth_of }
}

pub(crate) fn claims() -> Vec<Claim> {
    let mut offer = claim(
        1,
        "Grey Kettle",
        "2023-01-04",
        "offers the data of more than 200,000 subscribers for 20 bitcoin",
    );
    offer.verbatim =
        "We hold the names of more than 200,000 of your readers. The price is 20 BTC. \
                      Proof: https://drop.example/leak.csv"
            .to_owned();
    offer.quantities = vec![
        quantity(200_000.0, "customers", "more than 200,000 subscribers", None),
        quantity(20.0, "BTC", "20 bitcoin", None),
        quantity(340_000.0, "USD", "USD 340,000", Some(1)),
    ];
    let mut paper = claim(
        2,
        "Morning Lantern",
        "2023-01-05T09:30 Europe/Paris",
        "a list of 200,000 subscribers is for sale",
    );
    paper.place = "the Morning Lantern, page 3".to_owned();
    paper.repeats = Some(offer.id);
    let mut second =
        claim(3, "Evening Lantern", "2023-01-05", "says the same as the Morning Lantern");
    second.repeats = Some(paper.id);
    let mut publisher =
        claim(4, "Kettle Gazette", "2023-01-06T16:00+01:00", "the sample is genuine but old");
    publisher.verbatim =
        "The lines that were shown to us are genuine. They are at least a year old.".to_owned();
    publisher.grade = "B2".parse().unwrap();
    let mut denial = claim(5, "Ministry of Copper", "2023-02-03", "denies any part in it");
    denial.verbatim =
        "We have never heard of any kettle. These accusations are ridiculous.".to_owned();
    denial.place = "press conference".to_owned();
    let late =
        claim(6, "<b>Somebody</b> & Co", "2021", "said once that kettles should be \"listed\"");
    vec![offer, paper, second, publisher, denial, late]
}

pub(crate) fn checks() -> Vec<Check> {
    let check = |claim, words: &str, against, verdict, sentence: &str| Check {
        claim: Ref::new(Kind::Claim, claim),
        words: words.to_owned(),
        against,
        verdict,
        sentence: sentence.to_owned(),
    };
    let finding = Subject::Finding { id: Ref::new(Kind::Finding, 5) };
    vec![
        check(
            1,
            "more than 200,000 subscribers",
            finding,
            Verdict::Agrees,
            "The numbering of the sample allows 195,000 to 231,000 subscribers.",
        ),
        check(
            1,
            "USD 340,000",
            Subject::Rate { day: "2023-01-04".to_owned() },
            Verdict::Agrees,
            "20 BTC were worth about USD 337,000 on that day.",
        ),
        check(
            2,
            "200,000 subscribers",
            Subject::Claim { id: Ref::new(Kind::Claim, 1) },
            Verdict::Open,
            "One says 200,000, the other more than 200,000.",
        ),
        check(
            4,
            "at least a year old",
            Subject::Finding { id: Ref::new(Kind::Finding, 5) },
            Verdict::Differs,
            "The latest line of the sample is four months old.",
        ),
    ]
}

pub(crate) fn links() -> Vec<Link> {
    let link = |from, relation, to, reason: &str| Link {
        from,
        relation,
        to,
        reason: reason.to_owned(),
        added: at(9 * 86_400),
        added_by: "Marek Dorn".to_owned(),
    };
    let (claim, finding) = (|n| Ref::new(Kind::Claim, n), |n| Ref::new(Kind::Finding, n));
    vec![
        link(claim(4), Relation::Supports, claim(1), "The publisher found the lines genuine."),
        link(claim(5), Relation::Denies, finding(1), "The ministry denies every connection."),
        link(finding(5), Relation::Supports, claim(1), "The sample fits a list of that size."),
        link(finding(3), Relation::Contradicts, claim(6), ""),
        link(claim(6), Relation::About, finding(2), "It uses the same word, see @lantern_fan_07."),
    ]
}

pub(crate) fn event(number: u64, time: &str, title: &str) -> Event {
    Event {
        id: Ref::new(Kind::Event, number),
        when: when(time),
        title: title.to_owned(),
        text: "Told by two witnesses; call +44 7700 900123.".to_owned(),
        source: "Kettle Gazette".to_owned(),
        tlp: Tlp::Clear,
        added: at(8 * 86_400),
        added_by: "Ines Quill".to_owned(),
    }
}

pub(crate) fn events() -> Vec<Event> {
    vec![
        event(1, "2020-11-04", "A first list appears and is denied"),
        event(2, "2023-01-04T14:00 Europe/Paris", "The offer is posted"),
        event(3, "2023-01-06T19:12:30Z", "Posts of the list rise within an hour"),
        event(4, "2023-01-07..2023-01-09", "The platform removes accounts"),
        event(5, "2023-02-03", "A ministry is named in public"),
    ]
}

pub(crate) fn notes() -> Vec<Note> {
    let note = |number, about, text: &str| Note {
        id: Ref::new(Kind::Note, number),
        about,
        text: text.to_owned(),
        tlp: Tlp::Red,
        added: at(10 * 86_400),
        added_by: "Marek Dorn".to_owned(),
    };
    vec![
        note(1, Some(Ref::new(Kind::Finding, 2)), "Ask the platform about @kettle_watch_3 again."),
        note(2, None, "The vault is at /srv/vault/kettle; the code is with Ines."),
    ]
}

pub(crate) fn actor(number: u64, name: &str, what: &str, ground: &str) -> Actor {
    Actor {
        id: Ref::new(Kind::Actor, number),
        name: name.to_owned(),
        what: what.to_owned(),
        aliases: vec![],
        text: String::new(),
        ground: ground.to_owned(),
        reply: String::new(),
        tlp: Tlp::Clear,
        added: at(8 * 86_400),
        added_by: "Ines Quill".to_owned(),
    }
}

pub(crate) fn actors() -> Vec<Actor> {
    let mut persona =
        actor(1, "Grey Kettle", "persona", "its own words, published on 4 January 2023");
    persona.text = "A persona that nobody had heard of before the offer.".to_owned();
    persona.aliases = vec![Alias {
        name: "KETTLE-42".to_owned(),
        source: "a vendor of reports".to_owned(),
        since: Some(when("2023-02")),
    }];
    let mut ministry = actor(2, "Ministry of Copper", "organisation", "its own press conference");
    ministry.reply = "We have nothing to add to what we said on 3 February.".to_owned();
    let gazette =
        actor(3, "Kettle Gazette", "publication", "it is the victim and speaks for itself");
    let person = actor(4, "Aldous Brennick", "person", "");
    vec![persona, ministry, gazette, person]
}

pub(crate) fn rates() -> Vec<Rate> {
    let rate = |day: &str, price| Rate {
        day: day.to_owned(),
        unit: "BTC".to_owned(),
        price_unit: "USD".to_owned(),
        price,
        source: "table of the analyst".to_owned(),
    };
    vec![rate("2023-01-04", 16_863.5), rate("2023-02-03", 23_450.0)]
}

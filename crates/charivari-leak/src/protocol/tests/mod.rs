//! Whole exchanges in memory: honest ones, and each way in which either side can cheat.

mod hostile;

use std::cell::RefCell;
use std::collections::BTreeMap;

use charivari_model::Timestamp;

use super::*;
use crate::Kind;
use crate::oprf::{Mode, SecretKey};

const NOW: Timestamp = Timestamp::from_seconds(1_700_000_000);
const LATER: Timestamp = Timestamp::from_seconds(1_800_000_000);

fn terms(columns: &[&str]) -> Terms {
    let column = |name: &str| Compared { name: name.to_owned(), kind: Kind::City, exact: false };
    Terms {
        case: "case-1".to_owned(),
        key: Compared { name: "email".to_owned(), kind: Kind::Email, exact: false },
        columns: columns.iter().map(|name| column(name)).collect(),
        normaliser: crate::normal::VERSION.to_owned(),
        country: Some("FR".to_owned()),
        expires: LATER,
    }
}

/// A ledger in memory.
#[derive(Default)]
struct Pages(RefCell<BTreeMap<Digest, Approval>>);

impl Ledger for Pages {
    fn find(&self, token: &Digest) -> Result<Option<Approval>> {
        Ok(self.0.borrow().get(token).cloned())
    }

    fn spend(&self, token: &Digest, _: Timestamp) -> Result<()> {
        let mut pages = self.0.borrow_mut();
        let page = pages.get_mut(token).ok_or(Error::UnknownToken)?;
        if std::mem::replace(&mut page.used, true) { Err(Error::Used) } else { Ok(()) }
    }
}

type Row<'a> = (Option<&'a str>, Vec<Option<&'a str>>);

/// Both sides, ready to speak.
struct Exchange {
    key: SecretKey,
    service: Service,
    ledger: Pages,
    entries: Vec<u8>,
    sample: Sample,
    invitation: Invitation,
}

fn exchange(terms: &Terms, own: &[Row<'_>], sample: &[Row<'_>], decoys: &[Row<'_>]) -> Exchange {
    let key = SecretKey::derive(Mode::Poprf, &[1; 32], b"test").unwrap();
    let mut table = TableBuilder::new(terms, &key, [2; 32]).unwrap();
    for (key, columns) in own {
        table.push(*key, columns).unwrap();
    }
    let set = table.finish().unwrap();
    let mut entries = Vec::new();
    set.write(&mut entries).unwrap();
    let commitment = Commitment::new(terms, &key.public(), &set, Digest([3; 32]), NOW);
    let mut asked = SampleBuilder::new(terms, Seed::from_random([4; 32])).unwrap();
    for (key, columns) in sample {
        asked.push(*key, columns).unwrap();
    }
    for (key, columns) in decoys {
        asked.push_decoy(*key, columns).unwrap();
    }
    let sample = asked.finish().unwrap();
    let request = Request::new(&commitment, &sample, "a newspaper", NOW).unwrap();
    let token = Token::from_random([5; 32]);
    let invitation =
        Invitation::approve(&commitment, &request, "localhost:1", LATER, token).unwrap();
    let ledger = Pages::default();
    ledger.0.borrow_mut().insert(
        invitation.token.digest(),
        Approval {
            rows: request.rows,
            elements_root: request.elements_root,
            expires: invitation.expires,
            used: false,
        },
    );
    let service = Service::new(&key, &commitment).unwrap();
    Exchange { key, service, ledger, entries, sample, invitation }
}

impl Exchange {
    fn asking(&self) -> Asking<'_> {
        Asking::new(&self.invitation, &self.sample, NOW).unwrap()
    }

    /// The answers of this organisation to messages.
    fn answers(&self, messages: impl Iterator<Item = Message>) -> Result<Vec<Message>> {
        let mut session = self.service.session();
        for message in messages {
            session.receive(through_bytes(&message), &self.ledger, NOW)?;
        }
        let mut answers = Vec::new();
        let mut count = 0;
        let mut random = || {
            count += 1;
            Ok([count; 64])
        };
        while let Some(answer) = session.answer(&mut random)? {
            answers.push(answer);
        }
        Ok(answers)
    }

    fn entry_bytes(&self) -> usize {
        entry_bytes(&self.invitation.commitment.terms)
    }

    /// The holder's result for answers and a set.
    fn result(&self, answers: Vec<Message>, entries: &[u8]) -> Result<Outcome> {
        let mut asking = self.asking();
        for answer in answers {
            assert!(!asking.receive(through_bytes(&answer))?);
        }
        for chunk in entries.chunks(3 * self.entry_bytes()) {
            asking.receive(Message::Set(chunk.to_vec()))?;
        }
        assert!(asking.outcome(NOW).is_err(), "a result before the set was checked");
        asking.receive(Message::End)?;
        asking.outcome(NOW)
    }

    fn run(&self) -> Result<Outcome> {
        let answers = self.answers(self.asking().messages())?;
        self.result(answers, &self.entries)
    }
}

fn through_bytes(message: &Message) -> Message {
    let bytes = message.encode();
    let (header, content) = bytes.split_first_chunk().unwrap();
    let read = Message::decode(Header::decode(header).unwrap(), content).unwrap();
    assert_eq!(&read, message);
    read
}

fn rows<'a>(rows: &[(&'a str, &'a [&'a str])]) -> Vec<Row<'a>> {
    let some = |text: &'a str| (text != "-").then_some(text);
    rows.iter()
        .map(|&(key, columns)| (some(key), columns.iter().map(|one| some(one)).collect()))
        .collect()
}

fn usual() -> Exchange {
    let own = rows(&[
        ("zqxa@example.org", &["lyon", "69001"]),
        ("zqxb@example.org", &["brest", "-"]),
        ("zqxc@example.org", &["lille", "59000"]),
        ("zqxa@example.org", &["paris", "75001"]),
        ("-", &["nice", "06000"]),
        ("zqxd@example.org", &["-", "33000"]),
    ]);
    let sample = rows(&[
        ("zqxa@example.org", &["lyon", "69001"]),
        ("zqxb@example.org", &["lyon", "29200"]),
        ("zqxz@example.org", &["lille", "59000"]),
        ("zqxd@example.org", &["bordeaux", "-"]),
        ("zqxd@example.org", &["bordeaux", "33000"]),
        ("-", &["lyon", "69001"]),
    ]);
    let decoys =
        rows(&[("zqxdecoy@example.net", &["lyon", "69001"]), ("zqxa@example.org", &["-", "-"])]);
    exchange(&terms(&["city", "postcode"]), &own, &sample, &decoys)
}

#[test]
fn an_honest_exchange_finds_what_is_there_and_counts_what_is_left_out() {
    let exchange = usual();
    let outcome = exchange.run().unwrap();
    assert_eq!((outcome.asked, outcome.found), (4, 3));
    let columns: Vec<_> = outcome
        .columns
        .iter()
        .map(|one| (one.column.name.as_str(), one.compared, one.agreed))
        .collect();
    // Of the three found, a agrees in both, b in neither, d has no city here and gives no postcode.
    assert_eq!(columns, [("city", 3, 1), ("postcode", 2, 1)]);
    assert_eq!((outcome.decoys.asked, outcome.decoys.found), (1, 0));
    let sample = SampleCounts {
        rows: 6,
        without_key: 1,
        duplicates: 1,
        decoys: 1,
        decoys_left_out: 1,
        ..SampleCounts::default()
    };
    assert_eq!(outcome.sample, sample);
    let table = TableCounts {
        rows: 6,
        without_key: 1,
        duplicates: 1,
        filled: vec![3, 3],
        ..TableCounts::default()
    };
    assert_eq!((outcome.table, outcome.entries), (table, 4));
}

#[test]
fn rows_beyond_one_batch_and_without_columns_are_all_found() {
    let mails: Vec<String> = (0..3_000).map(|at| format!("zqx{at}@example.org")).collect();
    let row = |mail: &'_ String| (Some(mail.clone()), ());
    let own: Vec<_> = mails.iter().step_by(2).map(row).collect();
    let own: Vec<Row<'_>> = own.iter().map(|(mail, ())| (mail.as_deref(), vec![])).collect();
    let sample: Vec<Row<'_>> = mails.iter().map(|mail| (Some(mail.as_str()), vec![])).collect();
    let outcome = exchange(&terms(&[]), &own, &sample, &[]).run().unwrap();
    assert_eq!((outcome.asked, outcome.found), (3_000, 1_500));
}

#[test]
fn a_column_agrees_only_under_its_own_name_and_on_its_own_row() {
    let own =
        rows(&[("zqxa@example.org", &["lyon", "brest"]), ("zqxb@example.org", &["brest", "lyon"])]);
    let sample = rows(&[("zqxa@example.org", &["brest", "lyon"])]);
    let outcome = exchange(&terms(&["one", "two"]), &own, &sample, &[]).run().unwrap();
    assert_eq!(
        outcome.columns.iter().map(|one| (one.compared, one.agreed)).collect::<Vec<_>>(),
        [(1, 0); 2]
    );
}

/// Whoever knows that a row was found and holds the whole set still cannot try values on it.
#[test]
fn what_the_asker_holds_does_not_tell_values_that_it_did_not_commit() {
    let own = rows(&[("zqxa@example.org", &["lyon"])]);
    let asked = |city| {
        let exchange =
            exchange(&terms(&["city"]), &own, &rows(&[("zqxa@example.org", &[city])]), &[]);
        let answers = exchange.answers(exchange.asking().messages()).unwrap();
        (exchange, answers)
    };
    let (wrong, answers) = asked("brest");
    assert_eq!(wrong.result(answers.clone(), &wrong.entries).unwrap().columns[0].agreed, 0);
    // The answers to the wrong value do not finalise the right one: the sample's elements are bound.
    let (right, _) = asked("lyon");
    let mut asking = right.asking();
    assert_eq!(asking.receive(answers[0].clone()).unwrap_err().code(), "E0733");
}

#[test]
fn the_set_says_nothing_of_the_order_and_every_run_under_one_key_gives_the_same_bytes() {
    let one = usual();
    let entries: Vec<_> = one.entries.chunks(one.entry_bytes()).collect();
    assert!(entries.windows(2).all(|pair| pair[0] < pair[1]));
    assert_eq!(usual().entries, one.entries);
    assert_eq!(usual().invitation, one.invitation);
    let other = exchange(
        &terms(&["city", "zip"]),
        &rows(&[("zqxa@example.org", &["lyon", "1"])]),
        &rows(&[("zqxa@example.org", &[])]),
        &[],
    );
    assert!(
        !one.entries.chunks(one.entry_bytes()).any(|entry| entry[..16] == other.entries[..16]),
        "the terms are bound into the tokens"
    );
}

fn code<T: std::fmt::Debug>(result: Result<T>) -> &'static str {
    result.unwrap_err().code()
}

#[test]
fn a_service_with_another_key_than_the_committed_one_does_not_start() {
    let exchange = usual();
    let other = SecretKey::derive(Mode::Poprf, &[9; 32], b"").unwrap();
    assert_eq!(code(Service::new(&other, &exchange.invitation.commitment)), "E0755");
    assert!(Service::new(&exchange.key, &exchange.invitation.commitment).is_ok());
}

#[test]
fn another_sample_than_the_committed_one_is_not_asked() {
    let exchange = usual();
    let terms = &exchange.invitation.commitment.terms;
    let mut builder = SampleBuilder::new(terms, Seed::from_random([4; 32])).unwrap();
    builder.push(Some("zqxa@example.org"), &[None, None]).unwrap();
    let sample = builder.finish().unwrap();
    assert_eq!(code(Asking::new(&exchange.invitation, &sample, NOW)), "E0756");
}

#[test]
fn files_of_other_exchanges_and_changed_files_are_refused() {
    let exchange = usual();
    let text = serde_json::to_string_pretty(&exchange.invitation).unwrap();
    assert_eq!(Invitation::read(&text).unwrap(), exchange.invitation);
    let entries = format!("\"entries\": {}", exchange.invitation.commitment.entries);
    assert!(text.contains(&entries));
    for (name, text, expected) in [
        ("no JSON", "zqxmarlo".to_owned(), "E0754"),
        ("an unknown field", text.replacen('{', "{\"more\": 1,", 1), "E0754"),
        (
            "another version",
            text.replace("\"leak_invitation\": 1", "\"leak_invitation\": 2"),
            "E0754",
        ),
        ("another number of entries", text.replace(&entries, "\"entries\": 9"), "E0755"),
        ("another case", text.replace("case-1", "case-2"), "E0755"),
        ("no address", text.replace("localhost:1", ""), "E0759"),
        ("a token that is none", text.replace(&"05".repeat(32), "05zq"), "E0754"),
        ("too long", format!("{text}{}", " ".repeat(70_000)), "E0754"),
    ] {
        let refused = Invitation::read(&text).unwrap_err();
        assert_eq!(refused.code(), expected, "{name}: {refused}");
        assert!(!refused.to_string().contains("05"), "{name}: {refused}");
    }
    assert!(!format!("{:?}", exchange.invitation).contains(&"05".repeat(32)));
}

#[test]
fn terms_out_of_bounds_are_refused() {
    let many: Vec<String> = (0..16).map(|at| at.to_string()).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    for (name, terms) in [
        ("too many columns", terms(&many)),
        ("a column twice", terms(&["city", "city"])),
        ("a column like the key", terms(&["email"])),
        ("a column without a name", terms(&[""])),
        ("no case", Terms { case: String::new(), ..terms(&[]) }),
    ] {
        assert_eq!(code(terms.check()), "E0759", "{name}");
    }
    let mut exact = terms(&["email"]);
    exact.columns[0].exact = true;
    assert!(exact.check().is_ok(), "the key column may be compared as written");
}

#[test]
fn canaries_name_the_copy_and_must_be_the_committed_ones() {
    let exchange = usual();
    let one = |key: &str, copy: &str| Canary { key: key.to_owned(), copy: copy.to_owned() };
    let list = vec![
        one("zqxcanary1@example.org", "print house"),
        one("zqxcanary2@example.org", "archive"),
    ];
    let canaries = Canaries::new(Digest([6; 32]), list);
    let mut commitment = exchange.invitation.commitment.clone();
    let keys = ["zqxa@example.org", "zqxcanary1@example.org"];
    assert_eq!(code(canaries.met(&commitment, keys.into_iter())), "E0766");
    commitment.canaries = Some(canaries.digest());
    let met = canaries.met(&commitment, keys.into_iter()).unwrap();
    let counts: Vec<_> =
        met.iter().map(|(copy, met)| (copy.as_str(), met.planted, met.found)).collect();
    assert_eq!(counts, [("archive", 1, 0), ("print house", 1, 1)]);
}

/// One root by hand, so that other programs can be held against it: RFC 6962 over three leaves.
#[test]
fn a_tree_has_the_shape_of_rfc_6962() {
    let mut tree = Tree::default();
    assert_eq!(tree.root(), Digest::of(b""));
    let leaf = |text: &[u8]| Digest::of(&[&[0], text].concat());
    let node = |one: Digest, two: Digest| Digest::of(&[&[1][..], &one.0, &two.0].concat());
    tree.push(b"a");
    assert_eq!(tree.root(), leaf(b"a"));
    tree.push(b"b");
    tree.push(b"c");
    assert_eq!(tree.root(), node(node(leaf(b"a"), leaf(b"b")), leaf(b"c")));
    (0..4).for_each(|_| tree.push(b"d"));
    let pair = node(leaf(b"d"), leaf(b"d"));
    let four = node(node(leaf(b"a"), leaf(b"b")), node(leaf(b"c"), leaf(b"d")));
    assert_eq!(tree.root(), node(four, node(pair, leaf(b"d"))));
    assert_eq!(tree.leaves(), 7);
}

//! Askers and organisations that cheat, and bytes that mean nothing good.

use super::super::*;
use super::{LATER, NOW, code, usual};
use crate::oprf::{Mode, SecretKey};

/// What a dishonest organisation does to the rows, proofs and elements of an answer.
type Change<'c> = dyn Fn(&mut u32, &mut Vec<[u8; 64]>, &mut Vec<[u8; 32]>) + 'c;

#[test]
fn an_asker_that_cheats_is_refused_by_name_and_the_quota_stands() {
    let exchange = usual();
    let messages: Vec<Message> = exchange.asking().messages().collect();
    let elements = match &messages[1] {
        Message::Elements(elements) => elements.clone(),
        other => panic!("{other:?}"),
    };
    let hello = |change: &dyn Fn(&mut Token, &mut Digest, &mut u32)| {
        let Message::Hello { mut token, mut commitment, mut rows } = messages[0].clone() else {
            panic!("no greeting")
        };
        change(&mut token, &mut commitment, &mut rows);
        Message::Hello { token, commitment, rows }
    };
    let changed = |change: &dyn Fn(&mut Vec<[u8; 32]>)| {
        let mut elements = elements.clone();
        change(&mut elements);
        vec![messages[0].clone(), Message::Elements(elements)]
    };
    let other = *SecretKey::derive(Mode::Poprf, &[9; 32], b"").unwrap().public().as_bytes();
    for (name, sent, expected) in [
        ("an unknown token", vec![hello(&|token, _, _| token.0[0] ^= 1)], "E0743"),
        ("another commitment", vec![hello(&|_, digest, _| digest.0[0] ^= 1)], "E0755"),
        ("more rows than approved", vec![hello(&|_, _, rows| *rows += 1)], "E0746"),
        ("fewer rows than approved", vec![hello(&|_, _, rows| *rows -= 1)], "E0746"),
        ("elements without a greeting", vec![messages[1].clone()], "E0742"),
        ("two greetings", vec![messages[0].clone(), messages[0].clone()], "E0742"),
        ("more elements", changed(&|elements| elements.push(other)), "E0746"),
        ("the identity", changed(&|elements| elements[2] = [0; 32]), "E0731"),
        ("no canonical encoding", changed(&|elements| elements[2] = [0xff; 32]), "E0730"),
        ("one element twice", changed(&|elements| elements[2] = elements[3]), "E0748"),
        ("other elements than committed", changed(&|elements| elements[2] = other), "E0747"),
        ("another order than committed", changed(&|elements| elements.swap(0, 3)), "E0747"),
        ("too few elements", changed(&|elements| elements.truncate(14)), "E0742"),
    ] {
        assert_eq!(code(exchange.answers(sent.into_iter())), expected, "{name}");
        assert!(exchange.ledger.0.borrow().values().all(|page| !page.used), "{name}");
    }
    assert_eq!(exchange.run().unwrap().found, 3, "the asker is still welcome");
    let again = messages.clone().into_iter();
    assert_eq!(code(exchange.answers(again)), "E0744", "a replay");
    let adaptive = [messages[0].clone(), Message::Elements(vec![other])];
    assert_eq!(code(exchange.answers(adaptive.into_iter())), "E0744", "a second question");
}

#[test]
fn two_sessions_of_one_invitation_give_answers_once() {
    let exchange = usual();
    let messages: Vec<Message> = exchange.asking().messages().collect();
    let (mut one, mut two) = (exchange.service.session(), exchange.service.session());
    for session in [&mut one, &mut two] {
        session.receive(messages[0].clone(), &exchange.ledger, NOW).unwrap();
    }
    assert_eq!(one.receive(messages[1].clone(), &exchange.ledger, NOW).unwrap(), Received::Settled);
    assert_eq!(code(two.receive(messages[1].clone(), &exchange.ledger, NOW)), "E0744");
    let mut random = || Ok([1; 64]);
    assert_eq!(code(two.answer(&mut random)), "E0742");
    assert!(one.answer(&mut random).unwrap().is_some());
}

#[test]
fn an_invitation_that_has_ended_is_refused_on_both_sides() {
    let exchange = usual();
    assert_eq!(code(Asking::new(&exchange.invitation, &exchange.sample, LATER)), "E0745");
    let hello = exchange.asking().messages().next().unwrap();
    let mut session = exchange.service.session();
    assert_eq!(code(session.receive(hello, &exchange.ledger, LATER)), "E0745");
}

#[test]
fn an_organisation_that_cheats_is_found_out_by_name() {
    let exchange = usual();
    let answers = exchange.answers(exchange.asking().messages()).unwrap();
    let answer = |change: &Change<'_>| {
        let Message::Answer { mut rows, mut proofs, mut elements } = answers[0].clone() else {
            panic!("no answer")
        };
        change(&mut rows, &mut proofs, &mut elements);
        vec![Message::Answer { rows, proofs, elements }]
    };
    let other = *SecretKey::derive(Mode::Poprf, &[9; 32], b"").unwrap().public().as_bytes();
    let with_answers = |answers| exchange.result(answers, &exchange.entries);
    for (name, answers, expected) in [
        ("another key for one element", answer(&|_, _, all| all[1] = other), "E0733"),
        ("answers exchanged", answer(&|_, _, all| all.swap(0, 1)), "E0733"),
        ("proofs exchanged", answer(&|_, proofs, _| proofs.swap(0, 1)), "E0733"),
        ("the identity", answer(&|_, _, all| all[0] = [0; 32]), "E0731"),
        ("no canonical encoding", answer(&|_, _, all| all[0] = [0xff; 32]), "E0730"),
        ("no canonical proof", answer(&|_, proofs, _| proofs[0] = [0xff; 64]), "E0732"),
        (
            "too few rows",
            answer(&|rows, _, all| {
                *rows -= 1;
                all.truncate(12);
            }),
            "E0733",
        ),
        ("a set without answers", vec![], "E0742"),
        ("a refusal", vec![Message::Refused(744)], "E0768"),
    ] {
        assert_eq!(code(with_answers(answers)), expected, "{name}");
    }
    let bytes = exchange.entry_bytes();
    let set = |change: &dyn Fn(&mut Vec<u8>)| {
        let mut entries = exchange.entries.clone();
        change(&mut entries);
        exchange.result(answers.clone(), &entries)
    };
    for (name, result, expected) in [
        ("a row dropped", set(&|set| drop(set.drain(..bytes))), "E0753"),
        ("the last row dropped", set(&|set| set.truncate(set.len() - bytes)), "E0753"),
        ("a row added", set(&|set| set.extend(vec![0xff; bytes])), "E0753"),
        ("a row twice", set(&|set| set.copy_within(..bytes, bytes)), "E0753"),
        ("rows out of order", set(&|set| set.rotate_left(bytes)), "E0753"),
        ("a column changed", set(&|set| set[bytes - 1] ^= 1), "E0752"),
        ("a row changed", set(&|set| set[15] ^= 1), "E0752"),
        ("a part of a row", set(&|set| set.truncate(set.len() - 1)), "E0740"),
    ] {
        assert_eq!(code(result), expected, "{name}");
    }
    assert_eq!(exchange.result(answers.clone(), &exchange.entries).unwrap().found, 3);
}

#[test]
fn headers_and_contents_that_are_none_are_refused() {
    let header = |kind: u8, length: u32| {
        let [a, b, c, d] = length.to_be_bytes();
        [b'C', b'L', 1, kind, a, b, c, d]
    };
    for (name, bytes, expected) in [
        ("other letters", *b"HTTP/1.1", "E0740"),
        ("another version", [b'C', b'L', 2, 5, 0, 0, 0, 0], "E0740"),
        ("an unknown kind", header(7, 0), "E0740"),
        ("a long greeting", header(1, 69), "E0741"),
        ("four gigabytes of elements", header(2, u32::MAX), "E0741"),
        ("an end with content", header(5, 1), "E0741"),
    ] {
        assert_eq!(code(Header::decode(&bytes)), expected, "{name}");
    }
    for (name, kind, content) in [
        ("a short greeting", 1, vec![0; 67]),
        ("no element", 2, vec![]),
        ("half an element", 2, vec![0; 48]),
        ("an answer of no rows", 3, vec![0, 0, 0, 0, 1]),
        ("an answer without its elements", 3, vec![0, 0, 0, 1, 1]),
        ("an answer of many rows", 3, vec![0xff; 5]),
        ("no entry", 4, vec![]),
        ("half a refusal", 6, vec![0]),
    ] {
        let header = Header::decode(&header(kind, content.len() as u32)).unwrap();
        assert_eq!(code(Message::decode(header, &content)), "E0740", "{name}");
    }
}

/// Random bytes, and true messages with bytes changed, for some seconds.
#[test]
fn hostile_bytes_change_no_result_and_break_nothing() {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut random = move |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % below as u64) as usize
    };
    for target in fuzzing::targets() {
        for _ in 0..150 {
            let length = random(200);
            let noise: Vec<u8> = (0..length).map(|_| random(256) as u8).collect();
            fuzzing::run(&target, &noise);
            for mut seed in fuzzing::seeds(&target) {
                fuzzing::run(&target, &seed);
                for _ in 0..=random(3) {
                    let at = random(seed.len());
                    seed[at] = random(256) as u8;
                }
                seed[0] = if target.starts_with("protocol") { random(4) as u8 } else { seed[0] };
                let cut = if random(4) == 0 { random(seed.len()) } else { seed.len() };
                fuzzing::run(&target, &seed[..cut]);
            }
        }
    }
}

//! The fuzz targets, driven for a few seconds with random bytes and with messages that were mutated.

use charivari_mail::fuzzing::{run, targets};
use charivari_simulate::mail::{Algorithm, Handling, hand_on, mailing};
use charivari_simulate::random::Random;

/// The private half of the key that the targets know (RFC 8463, appendix A.2).
const SEED: [u8; 32] = [
    0x9d, 0x61, 0xb1, 0x9d, 0xef, 0xfd, 0x5a, 0x60, 0xba, 0x84, 0x4a, 0xf4, 0x92, 0xec, 0x2c, 0xc4,
    0x44, 0x49, 0xc5, 0x69, 0x7b, 0x32, 0x69, 0x19, 0x70, 0x3b, 0xac, 0x03, 0x1c, 0xae, 0x7f, 0x60,
];

/// A message that was changed on its way, twice signed, below the recipe that undoes the change.
fn handed_on() -> Vec<u8> {
    let recipe = r#"{"b":[{"c":[1,1]},{"d":["",""]}],"h":{"subject":[{"d":["a"]},{"c":[1,1]}]}}"#;
    let first = Handling {
        domain: "football.example.com",
        keys: &[("brisbane", Algorithm::Ed25519(SEED))],
        from: "<a@football.example.com>",
        to: &["<b@football.example.com>"],
        time: 1_603_195_200,
        recipe: None,
        further: "n=x; f=donotmodify",
    };
    let message =
        b"Subject: a\r\nFrom: a@football.example.com\r\nReceived: x\r\n\r\none\r\ntwo\r\n";
    let second = Handling { recipe: Some(recipe), ..first.clone() };
    [recipe.as_bytes(), b"\n", &hand_on(&hand_on(message, &first), &second)].concat()
}

/// Begins that lead deep into each parser.
fn seeds() -> Vec<Vec<u8>> {
    let mailing = mailing(5);
    let mut seeds: Vec<Vec<u8>> =
        mailing.letters.iter().take(12).map(|letter| letter.bytes.clone()).collect();
    seeds.push(mailing.mbox().into_iter().take(8_000).collect());
    seeds.push(mailing.keys.into_bytes());
    seeds.extend([handed_on(), handed_on()]);
    seeds.push(b"from a.example ([192.0.2.1]) (using TLS) by mx.example.org with ESMTP id 1; Tue, 20 Oct 2020 12:00:00 +0000".to_vec());
    seeds.push(b"mx.example.org; dkim=pass (a (b) \"c) header.i=@example.org; spf = fail".to_vec());
    seeds.push(
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n\
          Content-Type: text/html\r\n\r\n<a href=http://example.org>x</a><style>\r\n--b--\r\n"
            .to_vec(),
    );
    seeds
}

fn mutate(bytes: &mut Vec<u8>, random: &mut Random) {
    for _ in 0..=random.below(8) {
        if bytes.is_empty() {
            bytes.push(b'a');
        }
        let at = random.index(bytes.len());
        match random.below(6) {
            0 => bytes[at] = random.bits() as u8,
            1 => drop(bytes.remove(at)),
            2 => bytes.insert(at, random.pick(b"\r\n \t;:=<>@(\"\\-.,\0\xff")),
            3 => bytes.truncate(at),
            4 => {
                let end = (at + random.index(200)).min(bytes.len());
                let part = bytes[at..end].to_vec();
                bytes.splice(at..at, part);
            }
            _ => {
                let words: [&[u8]; 11] = [
                    b"From ",
                    b"\r\n\r\n",
                    b"Received: ",
                    b"DKIM-Signature: v=1; ",
                    b"l=99999999999999999999;",
                    b"Content-Length: 5\n",
                    b"ARC-Seal: i=1; cv=none; ",
                    b"=?utf-8?B?",
                    b"DKIM2-Signature: i=2; m=2; ",
                    b"Message-Instance: m=2; h=sha256:",
                    b"{\"c\":[1,2]},",
                ];
                let word = random.pick(&words).to_vec();
                bytes.splice(at..at, word);
            }
        }
    }
}

#[test]
fn no_bytes_break_a_parser() {
    let seeds = seeds();
    let mut random = Random::new(11);
    for target in targets() {
        for round in 0..6_000 {
            let mut bytes = if round % 5 == 0 {
                (0..=random.index(300)).map(|_| random.bits() as u8).collect()
            } else {
                seeds[random.index(seeds.len())].clone()
            };
            mutate(&mut bytes, &mut random);
            run(&target, &bytes);
        }
    }
}

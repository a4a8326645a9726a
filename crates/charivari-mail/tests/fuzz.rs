//! The fuzz targets, driven for a few seconds with random bytes and with messages that were mutated.

use charivari_mail::fuzzing::{run, targets};
use charivari_simulate::mail::mailing;
use charivari_simulate::random::Random;

/// Begins that lead deep into each parser.
fn seeds() -> Vec<Vec<u8>> {
    let mailing = mailing(5);
    let mut seeds: Vec<Vec<u8>> =
        mailing.letters.iter().take(12).map(|letter| letter.bytes.clone()).collect();
    seeds.push(mailing.mbox().into_iter().take(8_000).collect());
    seeds.push(mailing.keys.into_bytes());
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
                let words: [&[u8]; 8] = [
                    b"From ",
                    b"\r\n\r\n",
                    b"Received: ",
                    b"DKIM-Signature: v=1; ",
                    b"l=99999999999999999999;",
                    b"Content-Length: 5\n",
                    b"ARC-Seal: i=1; cv=none; ",
                    b"=?utf-8?B?",
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

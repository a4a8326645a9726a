//! Invented mail: a menacing campaign in another group's name, beside an honest newsletter.
//!
//! Sixty messages threaten invented people in the name of a group that has nothing to do with them:
//! half spoof the group's own domain, half write from one that looks like it; two programs send them
//! from two networks, with names, streets and telephone numbers filled into one text. Twenty
//! newsletters of an honest paper go out through a provider and are signed by both. Everybody's name
//! begins with `Zqx`, so that a report can be searched for what it should not say.

mod custody;
pub mod keys;
mod letters;
mod sign;

pub use self::custody::{Handling, hand_on};
pub use self::sign::{Algorithm, Signing, base64, record, sign};

use std::fmt::Write as _;

use crate::random::Random;

/// A message and what is true of it.
#[derive(Clone, Debug)]
pub struct Letter {
    /// The message, with CR LF.
    pub bytes: Vec<u8>,
    /// What it is.
    pub truth: Truth,
}

/// What is true of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Truth {
    /// A threat that says it is from the very domain of a group.
    Spoofed,
    /// A threat from a domain that looks like the group's.
    LookAlike,
    /// An honest newsletter.
    Newsletter,
}

impl Truth {
    /// Its name in the table of the truth.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Spoofed => "spoofed",
            Self::LookAlike => "look-alike",
            Self::Newsletter => "newsletter",
        }
    }
}

/// Messages with the files that are needed to examine them.
#[derive(Clone, Debug)]
pub struct Mailing {
    /// The messages in the order of their arrival.
    pub letters: Vec<Letter>,
    /// The file of keys of honest senders.
    pub keys: String,
    /// The list of genuine senders.
    pub protected: String,
    /// The receiving server, whose records can be trusted.
    pub trusted: &'static str,
}

/// Threats in a mailing.
pub const THREATS: u32 = 60;
/// Newsletters in a mailing.
pub const NEWSLETTERS: u32 = 20;

/// The mailing of a seed.
pub fn mailing(seed: u64) -> Mailing {
    let mut random = Random::part(seed, 0x6d61_696c);
    let mut letters: Vec<(i64, Letter)> = Vec::new();
    for number in 0..THREATS {
        let truth = if number % 2 == 0 { Truth::Spoofed } else { Truth::LookAlike };
        letters.push(letters::threat(truth, number, &mut random));
    }
    for number in 0..NEWSLETTERS {
        letters.push(letters::newsletter(number, &mut random));
    }
    letters.sort_by_key(|(time, _)| *time);
    Mailing {
        letters: letters.into_iter().map(|(_, letter)| letter).collect(),
        keys: letters::keys(),
        protected: letters::PROTECTED.to_owned(),
        trusted: letters::RECEIVER,
    }
}

impl Mailing {
    /// All messages as an mbox (mboxrd).
    pub fn mbox(&self) -> Vec<u8> {
        let mut out = Vec::new();
        for letter in &self.letters {
            out.extend_from_slice(b"From synthetic@sender.example Tue Oct 20 12:00:00 2020\n");
            for line in letter.bytes.split_inclusive(|&byte| byte == b'\n') {
                let arrows = line.iter().take_while(|&&byte| byte == b'>').count();
                if line[arrows..].starts_with(b"From ") {
                    out.push(b'>');
                }
                let line = line.strip_suffix(b"\r\n").unwrap_or(line);
                out.extend_from_slice(line.strip_suffix(b"\n").unwrap_or(line));
                out.push(b'\n');
            }
            out.push(b'\n');
        }
        out
    }

    /// The truth as a table: the number of each message in the mbox, and what it is.
    pub fn truth(&self) -> String {
        let mut out = String::from("message,truth\n");
        for (number, letter) in self.letters.iter().enumerate() {
            // Writing to a string cannot fail.
            let _ = writeln!(out, "{},{}", number + 1, letter.truth.name());
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_the_same_mail_each_time() {
        let (one, two, other) = (mailing(7), mailing(7), mailing(8));
        assert_eq!(one.mbox(), two.mbox());
        assert_ne!(one.mbox(), other.mbox());
        assert_eq!(one.letters.len() as u32, THREATS + NEWSLETTERS);
        assert_eq!(one.truth().lines().count() as u32, 1 + THREATS + NEWSLETTERS);
    }

    #[test]
    fn every_recipient_can_be_searched_for() {
        for letter in &mailing(1).letters {
            let text = String::from_utf8_lossy(&letter.bytes);
            let to = text.lines().find(|line| line.starts_with("To: ")).unwrap();
            assert!(to.contains("Zqx") && to.contains("@zqx.example"), "{to}");
        }
    }
}

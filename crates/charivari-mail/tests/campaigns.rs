//! A simulated mailing, examined as a whole: threats beside an honest newsletter.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "helpers of tests are tests")]

use charivari_mail::campaign::{Collector, Slot, TemplatePart};
use charivari_mail::lexicon::Act;
use charivari_mail::{Context, Examination, Examiner, KeyBook, Mailbox, Protected, Trusted, Word};
use charivari_simulate::mail::{NEWSLETTERS, THREATS, Truth, mailing};

fn examine_all(seed: u64) -> (Vec<(Truth, Examination)>, charivari_mail::campaign::Campaigns) {
    let mailing = mailing(seed);
    let examiner = Examiner::new(Context {
        keys: KeyBook::parse(&mailing.keys, "keys").unwrap(),
        protected: Protected::parse(&mailing.protected, "list").unwrap(),
        trusted: vec![Trusted::parse(mailing.trusted).unwrap()],
        ..Context::default()
    });
    let mbox = mailing.mbox();
    let mut mailbox = Mailbox::open(&mbox[..], "box", 1 << 20).unwrap();
    let (mut all, mut collector, mut number) = (Vec::new(), Collector::new(64 << 20), 0);
    while let Some(piece) = mailbox.next().unwrap() {
        let told = examiner.examine(&piece);
        all.push((mailing.letters[number].truth, told.examination));
        number += 1;
        collector.add(number as u64, told.traits);
    }
    (all, collector.finish())
}

#[test]
fn threats_and_newsletters_get_their_words() {
    let (all, _) = examine_all(1);
    assert_eq!(all.len() as u32, THREATS + NEWSLETTERS);
    for (truth, examined) in &all {
        let signs: Vec<_> = examined.signs.iter().map(|sign| sign.code).collect();
        let acts: Vec<_> = examined.words.iter().map(|hit| hit.act).collect();
        match truth {
            Truth::Newsletter => {
                assert_eq!(examined.verdicts.overall.word, Word::Verified, "{examined:#?}");
                assert!(signs.is_empty() && acts.is_empty(), "{signs:?} {acts:?}");
            }
            Truth::Spoofed => {
                assert_eq!(examined.verdicts.sender.word, Word::Contradicted);
                assert!(acts.contains(&Act::Threat) && acts.contains(&Act::Watched), "{acts:?}");
            }
            Truth::LookAlike => {
                assert_eq!(examined.verdicts.overall.word, Word::Unverified);
                assert!(
                    signs.contains(&"domain-look-alike") && signs.contains(&"name-of-another"),
                    "{signs:?}"
                );
            }
        }
    }
}

#[test]
fn the_campaigns_are_found_with_their_slots_and_nobodys_data() {
    let (all, campaigns) = examine_all(2);
    let told = serde_json::to_string(&campaigns).unwrap();
    let each = serde_json::to_string(&all.iter().map(|(_, one)| one).collect::<Vec<_>>()).unwrap();
    for text in [&told, &each] {
        assert!(!text.to_lowercase().contains("zqxm") && !text.contains("Zqx"), "{text}");
    }
    let sizes: Vec<u64> = campaigns.campaigns.iter().map(|one| one.messages).collect();
    assert_eq!(sizes, [u64::from(THREATS), u64::from(NEWSLETTERS)]);
    let threats = &campaigns.campaigns[0];
    assert_eq!(threats.tools.len(), 2);
    assert_eq!(threats.networks.len(), 2);
    assert_eq!(threats.words[0], 0);
    assert!(threats.acts.contains(&Act::Threat) && threats.acts.contains(&Act::Demand));
    let template = threats.template.as_ref().unwrap();
    let slots: Vec<Slot> = template
        .parts
        .iter()
        .filter_map(|part| match part {
            TemplatePart::Slot(slot) => Some(*slot),
            TemplatePart::Fixed(_) => None,
        })
        .collect();
    assert!(slots.contains(&Slot::Recipient), "{slots:?}");
    let fixed: String = template
        .parts
        .iter()
        .filter_map(|part| match part {
            TemplatePart::Fixed(text) => Some(format!("{text} ")),
            TemplatePart::Slot(_) => None,
        })
        .collect();
    assert!(fixed.contains("We are in possession of all your information:"), "{fixed}");
    let newsletter = &campaigns.campaigns[1];
    assert_eq!(
        (newsletter.words, newsletter.from_lists),
        ([u64::from(NEWSLETTERS), 0, 0], u64::from(NEWSLETTERS))
    );
    assert_eq!((campaigns.left_out, campaigns.replayed), (0, 0));
}

#[test]
fn what_does_not_fit_into_memory_is_counted() {
    let (_, campaigns) = examine_all(3);
    assert_eq!(campaigns.compared, u64::from(THREATS + NEWSLETTERS));
    let mut collector = Collector::new(0);
    collector.add(1, charivari_mail::Traits::default());
    assert_eq!(collector.finish().left_out, 1);
}

#[test]
fn a_template_to_one_person_is_not_shown() {
    let text = "From: a@example.org\r\nTo: Zqxone <zqxone@zqx.example>\r\n\r\nWe will come after you, since \
                your house stands at the end of the road and you wrote what you wrote.\r\n";
    let examiner = Examiner::new(Context::default());
    let mut collector = Collector::new(1 << 20);
    for number in 1..=5 {
        let bytes = text.replace("wrote what", &format!("wrote {number} what")).into_bytes();
        let piece = charivari_mail::Piece { bytes, ..charivari_mail::Piece::default() };
        collector.add(number, examiner.examine(&piece).traits);
    }
    let campaigns = collector.finish();
    assert_eq!((campaigns.campaigns.len(), campaigns.campaigns[0].recipients), (1, 1));
    assert!(campaigns.campaigns[0].template.is_none());
}

/// Messages a second on one thread in the profile of the tests, so that a slow change shows; the
/// benchmark measures the profile that is shipped.
#[test]
fn thousands_of_messages_a_second_are_examined() {
    let mailing = mailing(6);
    let unsigned: Vec<charivari_mail::Piece> = mailing
        .letters
        .iter()
        .filter(|letter| letter.truth != Truth::Newsletter)
        .map(|letter| charivari_mail::Piece {
            bytes: letter.bytes.clone(),
            ..charivari_mail::Piece::default()
        })
        .collect();
    let examiner = Examiner::new(Context {
        protected: Protected::parse(&mailing.protected, "list").unwrap(),
        trusted: vec![Trusted::parse(mailing.trusted).unwrap()],
        ..Context::default()
    });
    let start = std::time::Instant::now();
    for _ in 0..50 {
        for piece in &unsigned {
            assert!(examiner.examine(piece).examination.bytes > 0);
        }
    }
    let rate = 50.0 * unsigned.len() as f64 / start.elapsed().as_secs_f64();
    println!("MEASURED: {rate:.0} unsigned messages a second on one thread");
    // Other work may run beside the tests.
    assert!(rate > 300.0, "only {rate:.0} messages a second");
}

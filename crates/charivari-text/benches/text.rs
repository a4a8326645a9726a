//! Nanoseconds per post of the functions that run on every post of a data set.
//!
//! The posts are synthetic, about 140 characters each: `ascii` is English with a mention, a link
//! and two hashtags; `mixed` takes turns through English, French with an apostrophe and accents,
//! Russian, Persian, Chinese, Thai and emoji.

use std::hint::black_box;

use charivari_text::address::canonical_url_into;
use charivari_text::hashtag::{hashtags_in, normalise_hashtag_into};
use charivari_text::links::links_in;
use charivari_text::mention::mentions_in;
use charivari_text::near::{KeyMaker, Options, Texts, similarity};
use charivari_text::normalise::{Normaliser, digest_of_normalised};
use charivari_text::show::visible;
use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};

const ASCII: &[&str] = &[
    "RT @paper: The newspaper has checked the sample of the stolen data, and it is genuine. Read on: https://t.co/AbCdEf1234 #Leak #BreakingNews",
    "They knew for months and said nothing to the readers who had trusted them; now see it all www.example.org/a/b?c=d @someone #truth now or so",
];

const MIXED: &[&str] = &[
    "RT @paper: The newspaper has checked the sample of the stolen data, and it is genuine. Read on: https://t.co/AbCdEf1234 #Leak #BreakingNews",
    "Les données des abonnés du journal ont été volées et mises en vente ; l’hébergeur n’a rien dit à personne… @quelqu_un https://t.co/AbCdEf1 #fuite",
    "Газета проверила образец украденных данных подписчиков: они подлинные. Никто не предупредил читателей. Подробнее: https://t.co/AbCdEf #утечка",
    "روزنامه بررسی کرد که آیا داده‌های دزدیده شده مشترکان واقعی است یا نه، و به خوانندگان خود چیزی نگفت. بیشتر بخوانید: https://t.co/AbCdEf #نشت",
    "报纸核实了被盗的订户数据样本是真实的，但几个月来没有告诉任何读者。请看这里的全部文件：https://t.co/AbCdEf12 #泄露 @某人 转发给所有人，让大家都知道真相是什么，为什么没有人说话，谁应该负责。",
    "หนังสือพิมพ์ตรวจสอบแล้วว่าข้อมูลที่ถูกขโมยเป็นของจริง แต่ไม่ได้บอกผู้อ่านเป็นเวลาหลายเดือน อ่านต่อ https://t.co/AbCdEf1 #ข่าวด่วน",
    "🔥🔥🔥 BREAKING ❤️ they knew 👀👀 and said NOTHING 😡😡😡 share before it is deleted ‼️‼️ 👉👉 https://t.co/AbCdEf12 #leak #truth 🇫🇷🇫🇷 🧵👇👇👇",
];

const SYLLABLES: [&str; 16] = [
    "ba", "lo", "ri", "ten", "mu", "sha", "vi", "ko", "pel", "dra", "ne", "sto", "qui", "gan",
    "fe", "zu",
];

const LINKS: &[&str] = &[
    "https://t.co/AbCdEf1234",
    "https://www.example.org/world/2023/01/04/story.html?utm_source=tw&utm_medium=social&id=3",
    "https://twitter.com/someone/status/1610000000000000000?s=20&t=abcdef",
    "http://example.co.uk/a/b/c-d-e/",
    "https://youtu.be/dQw4w9WgXcQ?si=AbCdEf",
];

const ODD_LINKS: &[&str] =
    &["https://пример.рф/новости/утечка?b=2&a=1", "example.org:8080/a/../b%7e"];

fn per_text(criterion: &mut Criterion, name: &str, texts: &[&str], mut run: impl FnMut(&str)) {
    let mut group = criterion.benchmark_group("text");
    group.throughput(Throughput::Elements(texts.len() as u64));
    group.bench_function(name, |bencher| {
        bencher.iter(|| texts.iter().for_each(|text| run(black_box(text))));
    });
    group.finish();
}

fn texts(criterion: &mut Criterion) {
    let (mut normaliser, mut out) = (Normaliser::new(), String::new());
    for (kind, posts) in [("ascii", ASCII), ("mixed", MIXED)] {
        per_text(criterion, &format!("normalise/{kind}"), posts, |post| {
            out.clear();
            black_box(normaliser.normalise_into(post, &mut out));
        });
        per_text(criterion, &format!("normalise+digest/{kind}"), posts, |post| {
            out.clear();
            normaliser.normalise_into(post, &mut out);
            black_box(digest_of_normalised(&out));
        });
        let mut keys = KeyMaker::new();
        per_text(criterion, &format!("near_key/{kind}"), posts, |post| {
            out.clear();
            black_box(keys.key_into(post, &mut out));
        });
        per_text(criterion, &format!("similarity/{kind}"), posts, |post| {
            black_box(similarity(post, posts[0]));
        });
        per_text(criterion, &format!("hashtags/{kind}"), posts, |post| {
            for tag in hashtags_in(post) {
                out.clear();
                black_box(normalise_hashtag_into(tag, &mut out));
            }
        });
        per_text(criterion, &format!("mentions/{kind}"), posts, |post| {
            black_box(mentions_in(post).count());
        });
        per_text(criterion, &format!("links/{kind}"), posts, |post| {
            black_box(links_in(post).count());
        });
        per_text(criterion, &format!("visible/{kind}"), posts, |post| {
            black_box(visible(post));
        });
    }
    for (kind, links) in [("plain", LINKS), ("odd", ODD_LINKS)] {
        per_text(criterion, &format!("canonical_url/{kind}"), links, |link| {
            out.clear();
            black_box(canonical_url_into(link, &mut out));
        });
    }
}

/// A text of eighteen invented words. Every tenth is the one before with another word in front.
fn synthetic(n: u32) -> String {
    let source = if n % 10 == 9 { n - 1 } else { n };
    let mut state = source.wrapping_mul(0x9E37_79B9) | 1;
    let mut text = String::from(if source == n { "" } else { "really " });
    for _ in 0..18 {
        for _ in 0..3 {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            text.push_str(SYLLABLES[(state >> 28) as usize]);
        }
        text.push(' ');
    }
    text
}

/// Clusters of 20,000 synthetic texts, every tenth of which is a copy with edits.
fn near(criterion: &mut Criterion) {
    let posts: Vec<String> = (0..20_000_u32).map(synthetic).collect();
    let mut group = criterion.benchmark_group("text");
    group.throughput(Throughput::Elements(posts.len() as u64)).sample_size(10);
    let filled = || {
        let mut texts = Texts::new();
        texts.extend(&posts);
        texts
    };
    group.bench_function("near/keys", |bencher| bencher.iter(filled));
    group.bench_function("near/cluster", |bencher| {
        bencher.iter_batched(
            filled,
            |texts| texts.cluster(Options::default()),
            BatchSize::PerIteration,
        );
    });
    group.finish();
}

criterion_group!(benches, texts, near);
criterion_main!(benches);

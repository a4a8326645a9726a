//! What posts say, made from their numbers when it is asked for: a society of millions of posts
//! keeps no texts.

use super::topics::subject;
use super::{Form, Post, Society};
use crate::random::Random;
use crate::text::{Language, headline, push_number, sentence};

/// Appends what `post` says.
pub(super) fn push_text(out: &mut String, society: &Society, post: &Post) {
    let mut said = post;
    // A repost points at an original, which points at nothing.
    if let Some(original) = post.repost_of {
        said = &society.posts[original as usize];
    }
    let handle = |account: u32| society.accounts[account as usize].handle.as_str();
    if let Some(answered) = said.reply_to {
        push_word(out, "@", handle(society.posts[answered as usize].account));
        out.push(' ');
    }
    let mention = said.mention.map(handle);
    let tags: Vec<&str> =
        society.tags(said).iter().map(|tag| society.hashtags[*tag as usize].as_str()).collect();
    if said.edit == 0 {
        if let Some(mention) = mention {
            push_word(out, "@", mention);
            out.push(' ');
        }
        push_body(out, society, said);
        for tag in tags {
            push_word(out, " #", tag);
        }
    } else {
        let mut body = String::new();
        push_body(&mut body, society, said);
        push_edited(out, &body, said, mention, &tags);
    }
    if let Some(link) = said.link {
        out.push(' ');
        push_link(out, society, link);
    }
}

fn push_word(out: &mut String, sign: &str, word: &str) {
    out.push_str(sign);
    out.push_str(word);
}

/// Appends the address of a link.
pub(super) fn push_link(out: &mut String, society: &Society, number: u32) {
    let link = society.links[number as usize];
    out.push_str("https://");
    out.push_str(&society.sites[link.site as usize]);
    out.push_str("/a/");
    push_number(out, u64::from(link.page));
}

fn push_body(out: &mut String, society: &Society, post: &Post) {
    let random = &mut Random::new(post.words);
    let (language, topic) = (post.language, subject(post.topic));
    match post.form {
        Form::Own => {
            sentence(out, random, language, topic);
            // The small languages have few words: two sentences keep texts apart.
            let is_small = !matches!(language, Language::French | Language::English);
            if is_small || random.chance(0.6) {
                out.push(' ');
                sentence(out, random, language, topic);
            }
        }
        Form::Headline => {
            headline(out, random, language, topic);
            if let Some(link) = post.link {
                out.push_str(" | ");
                out.push_str(&society.sites[society.links[link as usize].site as usize]);
            }
        }
        Form::Message => {
            for place in 0..3 {
                if place > 0 {
                    out.push(' ');
                }
                sentence(out, random, language, topic);
            }
        }
        Form::Wire => {
            headline(out, random, language, topic);
            out.push_str(" (");
            out.push_str(if language == Language::French {
                "avec Agence "
            } else {
                "with Agency "
            });
            out.push_str("Pie & Merle) ");
            sentence(out, random, language, topic);
        }
        Form::Automatic => out.push_str(if language == Language::French {
            "J'ai atteint mon objectif de lecture du jour avec Lecturette !"
        } else {
            "I have reached my reading goal of the day with Lecturette!"
        }),
    }
}

/// What people add to a text to make it their own.
const ADDED: [&str; 12] = ["🙄", "😡", "👀", "🔥", "❗", "🤔", "👇", "...", "!!", "!", "😂", "‼️"];

/// Appends `body` with words swapped, left out and put in, other punctuation, emoji, and hashtags
/// and a mention somewhere within: most words stay as they were.
fn push_edited(out: &mut String, body: &str, post: &Post, mention: Option<&str>, tags: &[&str]) {
    let random = &mut Random::part(post.words, u64::from(post.edit));
    let mut words: Vec<String> = body.split(' ').map(str::to_owned).collect();
    for _ in 0..=random.below(2) {
        let place = random.index(words.len().saturating_sub(1));
        match random.below(3) {
            0 if place + 1 < words.len() => words.swap(place, place + 1),
            1 if words.len() > 8 => drop(words.remove(place)),
            _ => words[place] = marked(&words[place], random),
        }
    }
    for _ in 0..=random.below(2) {
        let place = random.index(words.len() + 1);
        words.insert(place, random.pick(&ADDED).to_owned());
    }
    // Hashtags keep their order, so that their column tells what the text does.
    let mut from = 0;
    for tag in tags {
        let place = from + random.index(words.len() + 1 - from);
        words.insert(place, format!("#{tag}"));
        from = place + 1;
    }
    if let Some(mention) = mention {
        words.insert(random.index(words.len() + 1), format!("@{mention}"));
    }
    out.push_str(&words.join(" "));
}

/// `word` without its mark, or with another.
fn marked(word: &str, random: &mut Random) -> String {
    let bare = word.trim_end_matches(['.', '!', ',', '?', '…']);
    match random.below(3) {
        0 => bare.to_uppercase(),
        1 => format!("{bare}!"),
        _ => format!("{bare},"),
    }
}

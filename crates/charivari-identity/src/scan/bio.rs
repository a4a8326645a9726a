//! What a bio says beside one who is protected.

use charivari_text::near::{near_key, similarity, weight};

use crate::protected::{Kind, Protected};

/// Copies of a bio are looked for in so many characters.
const BIO_CHARS: usize = 1_000;

/// A bio as it is compared.
pub(super) fn bio_key(bio: &str) -> String {
    near_key(&bio.chars().take(BIO_CHARS).collect::<String>())
}

/// How much of a genuine bio stands in another: whole against whole, and its words in order.
pub(super) fn copied(genuine: &str, bio: &str) -> Option<f64> {
    if weight(genuine) < 12 {
        return None;
    }
    let key = bio_key(bio);
    if key.contains(genuine) {
        return Some(1.0);
    }
    let whole = similarity(genuine, &key);
    // A longer bio that has the genuine one in it with changes.
    let shared = charivari_text::distance::indel_ratio(genuine, &key);
    Some(whole.max(if shared > 0.8 { shared } else { 0.0 }))
}

/// Whether the bio names a genuine handle.
pub(super) fn names_handle(bio: &str, entry: &Protected) -> bool {
    let lower = bio.to_lowercase();
    entry.handles.values().flatten().any(|handle| {
        let handle = handle.trim_start_matches('@').to_lowercase();
        let needle = format!("@{handle}");
        lower.match_indices(&needle).any(|(at, _)| {
            let after = lower[at + needle.len()..].chars().next();
            !after.is_some_and(|c| c.is_alphanumeric() || c == '_')
        })
    })
}

/// Words by which people say for whom they work.
const STAFF: &[&str] = &[
    "journalist",
    "journaliste",
    "reporter",
    "editor",
    "redacteur",
    "redactrice",
    "cartoonist",
    "dessinateur",
    "dessinatrice",
    "works at",
    "working at",
    "work for",
    "employee",
    "salarie",
    "intern",
    "stagiaire",
    "correspondent",
    "correspondant",
    "correspondante",
    "columnist",
    "chroniqueur",
    "chroniqueuse",
    "photographe",
    "photographer",
    "developer at",
    "engineer at",
    "volunteer",
    "benevole",
    "assistant",
    "assistante",
    "spokesperson",
    "porte-parole",
    "periodista",
    "redakteur",
    "redakteurin",
    "redaktor",
    "журналист",
    "редактор",
    "корреспондент",
    "روزنامه نگار",
    "خبرنگار",
    "صحفی",
    "صحفي",
    "مراسل",
    "עיתונאי",
    "עיתונאית",
    "כתבת",
    "כתב",
    "δημοσιογραφος",
    "chez",
    "opinions are my own",
    "views my own",
    "avis personnels",
    "mes tweets n'engagent",
    "rt is not",
    "ex-",
];

/// Whether the bio says that its owner works for who is protected.
pub(super) fn says_staff(bio: &str, entry: &Protected, names_genuine: bool) -> bool {
    let plain = charivari_text::skeleton::plain(bio);
    if !STAFF.iter().any(|word| plain.contains(&charivari_text::skeleton::plain(word))) {
        return false;
    }
    if names_genuine {
        return true;
    }
    // A person is not on the staff of a person, unless the bio names them.
    let names = entry.names.iter().map(|name| charivari_text::skeleton::plain(name));
    entry.kind == Kind::Organisation && names.into_iter().any(|name| plain.contains(&name))
}

/// Words by which readers are drawn to money or private messages.
const LURES: &[&str] = &[
    "btc",
    "bitcoin",
    "usdt",
    "crypto",
    "wallet",
    "giveaway",
    "donate",
    "dons",
    "paypal",
    "cashapp",
    "whatsapp",
    "dm me",
    "dm for",
    "en mp",
    "message prive",
    "telegram:",
    "t.me/",
    "send",
    "invest",
    "airdrop",
    "promo",
    "لینک",
    "بیت کوین",
    "واتساب",
    "биткоин",
    "кошелек",
    "пишите в лс",
    "ביטקוין",
    "gagnez",
    "cadeau",
    "leak",
    "fuite",
    "exclusive data",
];

/// Whether the bio draws readers to money or private messages.
pub(super) fn is_lure(bio: &str) -> bool {
    let plain = charivari_text::skeleton::plain(bio);
    LURES.iter().any(|word| {
        plain.match_indices(*word).any(|(at, _)| {
            let before = plain[..at].chars().next_back();
            let after = plain[at + word.len()..].chars().next();
            !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
        })
    })
}

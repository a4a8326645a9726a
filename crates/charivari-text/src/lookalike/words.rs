//! Brand plus word.

use super::SOME_EDIT;

/// Labels with at least so many letters are rare enough to stand for themselves inside another.
const RARE: usize = 9;

/// Words that are put before or after a name to make it look like a service of its owner. Sorted.
const WORDS: &[&str] = &[
    "abo",
    "abonnement",
    "access",
    "account",
    "actu",
    "admin",
    "alert",
    "alerts",
    "app",
    "auth",
    "billing",
    "blog",
    "boutique",
    "business",
    "cdn",
    "center",
    "claim",
    "client",
    "clients",
    "cloud",
    "club",
    "compte",
    "confirm",
    "connect",
    "contact",
    "direct",
    "download",
    "fr",
    "group",
    "groupe",
    "help",
    "hr",
    "hub",
    "id",
    "info",
    "infos",
    "intranet",
    "journal",
    "kiosque",
    "live",
    "login",
    "mail",
    "media",
    "mobile",
    "my",
    "net",
    "news",
    "newsletter",
    "now",
    "office",
    "official",
    "officiel",
    "online",
    "paiement",
    "pay",
    "payment",
    "plus",
    "portal",
    "press",
    "presse",
    "pro",
    "real",
    "recovery",
    "register",
    "safe",
    "secure",
    "security",
    "service",
    "services",
    "shop",
    "signin",
    "signup",
    "sso",
    "store",
    "subscribe",
    "subscription",
    "support",
    "team",
    "the",
    "tv",
    "update",
    "vente",
    "verify",
    "vpn",
    "web",
    "webmail",
];

/// Whether the label is the name with something before or after it that makes it a service, a
/// part or a sibling of the name's owner.
pub(super) fn is_name_with_word(name: &str, label: &str) -> bool {
    let length = name.chars().count();
    if length < SOME_EDIT || label.len() <= name.len() {
        return false;
    }
    if label.split('-').any(|part| part == name) {
        return true;
    }
    label.match_indices(name).any(|(at, _)| {
        let before = label[..at].trim_end_matches('-');
        let after = label[at + name.len()..].trim_start_matches('-');
        let word = |text: &str| text.is_empty() || WORDS.binary_search(&text).is_ok();
        length >= RARE || (word(before) && word(after))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_sorted() {
        assert!(WORDS.is_sorted());
    }
}

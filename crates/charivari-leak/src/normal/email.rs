//! Addresses for e-mail.
//!
//! What a provider treats as one mailbox is its own rule; [`PROVIDERS`] states those that providers
//! document. Elsewhere dots and plus signs are left alone, because a mail system may tell them apart.

/// The rules of a provider.
struct Provider {
    /// Its domains; the first stands for all.
    domains: &'static [&'static str],
    /// Whether dots before the `@` do not matter.
    dots: bool,
    /// The sign after which anything may stand.
    tag: Option<char>,
}

/// Providers that say which addresses are one mailbox. Where each says so:
///
/// | provider | source |
/// |---|---|
/// | Gmail | Google's help, "Dots don't matter in Gmail addresses" and "Send emails from a different address or alias" |
/// | Outlook | Microsoft's documentation of Exchange Online, "Plus addressing" |
/// | iCloud | Apple's support, "Use aliases": plus tags; the three domains are one mailbox |
/// | Fastmail | Fastmail's help, "Plus addressing and subdomain addressing" |
/// | Proton | Proton's support, "Addresses and aliases": plus tags, the short domain |
/// | Yahoo | Yahoo's help, "Disposable addresses": a hyphen and a keyword |
/// | Yandex | Yandex's help, "Aliases": the domains are one mailbox; dots and hyphens are the same in logins |
/// | GMX, WEB.DE, mail.com | their help: no tags; domains are apart, so nothing is merged |
/// | Zoho, Mailbox.org, Posteo, Tutanota, Runbox, Pobox | their help on plus or tag addresses (Tutanota has none) |
const PROVIDERS: &[Provider] = &[
    Provider { domains: &["gmail.com", "googlemail.com"], dots: true, tag: Some('+') },
    Provider { domains: &["outlook.com"], dots: false, tag: Some('+') },
    Provider { domains: &["hotmail.com"], dots: false, tag: Some('+') },
    Provider { domains: &["hotmail.fr"], dots: false, tag: Some('+') },
    Provider { domains: &["live.com"], dots: false, tag: Some('+') },
    Provider { domains: &["live.fr"], dots: false, tag: Some('+') },
    Provider { domains: &["icloud.com", "me.com", "mac.com"], dots: false, tag: Some('+') },
    Provider { domains: &["fastmail.com"], dots: false, tag: Some('+') },
    Provider { domains: &["fastmail.fm"], dots: false, tag: Some('+') },
    Provider { domains: &["proton.me", "pm.me"], dots: false, tag: Some('+') },
    Provider { domains: &["protonmail.com"], dots: false, tag: Some('+') },
    Provider { domains: &["yahoo.com"], dots: false, tag: Some('-') },
    Provider { domains: &["yahoo.fr"], dots: false, tag: Some('-') },
    Provider {
        domains: &["yandex.ru", "yandex.com", "ya.ru", "yandex.by", "yandex.kz"],
        dots: false,
        tag: Some('+'),
    },
    Provider { domains: &["zoho.com"], dots: false, tag: Some('+') },
    Provider { domains: &["mailbox.org"], dots: false, tag: Some('+') },
    Provider { domains: &["posteo.de"], dots: false, tag: Some('+') },
    Provider { domains: &["runbox.com"], dots: false, tag: Some('+') },
    Provider { domains: &["pobox.com"], dots: false, tag: Some('+') },
];

/// The address in lower case, its domain as the domain system writes it. No mail system in wide use
/// tells case apart, though RFC 5321 would let it.
pub(super) fn exact(value: &str) -> String {
    let lowered = super::text::lower(value.strip_prefix("mailto:").unwrap_or(value));
    match parts(&lowered) {
        Some((local, domain)) => format!("{local}@{}", ascii(domain)),
        None => lowered,
    }
}

/// The mailbox that the address leads to, or nothing where it is no address.
pub(super) fn canonical(value: &str) -> Option<String> {
    let lowered = exact(value);
    let (local, domain) = parts(&lowered)?;
    if !domain.contains('.') || local.contains(' ') || domain.contains(' ') {
        return None;
    }
    let Some(provider) = PROVIDERS.iter().find(|provider| provider.domains.contains(&domain))
    else {
        return Some(format!("{local}@{domain}"));
    };
    let cut = provider.tag.and_then(|tag| local.split_once(tag)).map_or(local, |(name, _)| name);
    let mut name = if provider.dots { cut.replace('.', "") } else { cut.to_owned() };
    if name.is_empty() {
        local.clone_into(&mut name);
    }
    Some(format!("{name}@{}", provider.domains[0]))
}

/// What stands before and after the last `@`, where both are there.
fn parts(value: &str) -> Option<(&str, &str)> {
    let (local, domain) = value.rsplit_once('@')?;
    let domain = domain.trim_end_matches('.');
    (!local.is_empty() && !domain.is_empty()).then_some((local, domain))
}

/// The domain in its ASCII form; as it stands where it has none.
fn ascii(domain: &str) -> String {
    if domain.is_ascii() {
        return domain.to_owned();
    }
    idna::domain_to_ascii(domain).unwrap_or_else(|_| domain.to_owned())
}

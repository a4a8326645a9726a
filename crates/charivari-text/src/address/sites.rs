//! What must be known of single sites: other names of one site, and link shorteners.

use std::borrow::Cow;

/// Hosts (without `www.`) that show the same pages under the same paths as another, sorted:
/// the other name, the name we write. `<language>.m.wikipedia.org` is written without `m.` too.
///
/// `twitter.com` is written `x.com`: links from before and after 2024 must meet.
pub const SAME_SITE: &[(&str, &str)] = &[
    ("fb.com", "facebook.com"),
    ("m.facebook.com", "facebook.com"),
    ("m.instagram.com", "instagram.com"),
    ("m.ok.ru", "ok.ru"),
    ("m.reddit.com", "reddit.com"),
    ("m.twitter.com", "x.com"),
    ("m.vk.com", "vk.com"),
    ("m.wikipedia.org", "wikipedia.org"),
    ("m.youtube.com", "youtube.com"),
    ("mbasic.facebook.com", "facebook.com"),
    ("mobile.facebook.com", "facebook.com"),
    ("mobile.twitter.com", "x.com"),
    ("mobile.x.com", "x.com"),
    ("new.reddit.com", "reddit.com"),
    ("np.reddit.com", "reddit.com"),
    ("old.reddit.com", "reddit.com"),
    ("telegram.dog", "t.me"),
    ("telegram.me", "t.me"),
    ("touch.facebook.com", "facebook.com"),
    ("twitter.com", "x.com"),
    ("web.facebook.com", "facebook.com"),
];

/// Hosts whose addresses hide where they lead, sorted: link shorteners, and the share domains of
/// platforms, publishers and tools.
pub const SHORTENERS: &[&str] = &[
    "1drv.ms",
    "a.co",
    "abcn.ws",
    "adf.ly",
    "aka.ms",
    "amzn.to",
    "apne.ws",
    "b23.tv",
    "bbc.in",
    "bit.do",
    "bit.ly",
    "bitly.com",
    "bl.ink",
    "bloom.bg",
    "buff.ly",
    "cbsn.ws",
    "chng.it",
    "clck.ru",
    "cnb.cx",
    "cnn.it",
    "cutt.ly",
    "da.gd",
    "dai.ly",
    "dlvr.it",
    "dwz.cn",
    "econ.st",
    "eepurl.com",
    "fb.me",
    "fb.watch",
    "flip.it",
    "forms.gle",
    "fxn.ws",
    "g.co",
    "git.io",
    "goo.gl",
    "goo.su",
    "han.gl",
    "hill.cm",
    "ht.ly",
    "hubs.la",
    "hubs.ly",
    "huff.to",
    "ift.tt",
    "is.gd",
    "j.mp",
    "lc.cx",
    "ln.is",
    "lnkd.in",
    "maps.app.goo.gl",
    "me2.do",
    "msft.it",
    "n.pr",
    "nbcnews.to",
    "nyti.ms",
    "on.ft.com",
    "on.wsj.com",
    "ow.ly",
    "owl.li",
    "pin.it",
    "po.st",
    "politi.co",
    "qps.ru",
    "rb.gy",
    "rebrand.ly",
    "redd.it",
    "reut.rs",
    "s.id",
    "sco.lt",
    "sh.st",
    "shar.es",
    "shorturl.at",
    "snip.ly",
    "soo.gd",
    "spoti.fi",
    "spr.ly",
    "su.pr",
    "surl.li",
    "t.cn",
    "t.co",
    "t.ly",
    "tcrn.ch",
    "theatln.tc",
    "tiny.cc",
    "tinyurl.com",
    "tny.im",
    "trib.al",
    "u.to",
    "url.cn",
    "urlz.fr",
    "usat.ly",
    "v.gd",
    "vk.cc",
    "vm.tiktok.com",
    "vo.la",
    "vt.tiktok.com",
    "w.wiki",
    "wapo.st",
    "wp.me",
    "x.gd",
];

/// Whether the canonical host is a known link shortener.
pub fn is_shortener(host: &str) -> bool {
    SHORTENERS.binary_search(&host).is_ok()
}

/// The name under which the site of this lower-case host (without `www.`) is written.
pub fn site_of(host: &str) -> Cow<'_, str> {
    if let Ok(index) = SAME_SITE.binary_search_by_key(&host, |&(name, _)| name) {
        return Cow::Borrowed(SAME_SITE[index].1);
    }
    match host.strip_suffix(".m.wikipedia.org") {
        Some(language) if !language.contains('.') => {
            Cow::Owned(format!("{language}.wikipedia.org"))
        }
        _ => Cow::Borrowed(host),
    }
}

/// The video that a short link of `YouTube` (`youtu.be/…`) shows: eleven letters, digits, `_`,
/// `-`. The whole address is `youtube.com/watch?v=…`.
pub fn youtube_video<'a>(host: &str, path: &'a str) -> Option<&'a str> {
    let id = path.strip_prefix('/').filter(|_| host == "youtu.be")?.trim_end_matches('/');
    let valid = id.len() == 11
        && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
    valid.then_some(id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::address::tracking::{ANYWHERE, PER_HOST, PREFIXES};

    #[test]
    fn tables_are_sorted_and_in_lower_case() {
        assert!(SHORTENERS.is_sorted());
        assert!(SAME_SITE.is_sorted());
        assert!(ANYWHERE.is_sorted());
        assert!(PER_HOST.is_sorted());
        assert!(PREFIXES.is_sorted());
        let all = SHORTENERS.iter().chain(ANYWHERE).chain(PREFIXES);
        assert!(all.chain(SAME_SITE.iter().map(|(name, _)| name)).all(|name| {
            !name.bytes().any(|byte| byte.is_ascii_uppercase()) && !name.starts_with("www.")
        }));
    }

    #[test]
    fn sites_are_written_with_their_final_name() {
        for (_, site) in SAME_SITE {
            assert_eq!(site_of(site), *site);
        }
    }
}

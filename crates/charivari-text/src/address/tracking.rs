//! Query parameters that say how a link travelled and nothing of where it leads.
//!
//! Names are compared without regard to ASCII case. When in doubt a parameter stays: a wrongly
//! kept one splits a page in two, a wrongly dropped one makes two pages one.

/// Beginnings of names that are tracking parameters on every site: Urchin and Google Analytics
/// (`utm_`), Matomo (`mtm_`, `pk_`), `HubSpot` ads (`hsa_`).
pub const PREFIXES: &[&str] = &["hsa_", "mtm_", "pk_", "utm_"];

/// Names that are tracking parameters on every site, sorted.
pub const ANYWHERE: &[&str] = &[
    "__hsfp",
    "__hssc",
    "__hstc",
    "__twitter_impression",
    "_ga",
    "_gl",
    "_hsenc",
    "_hsmi",
    "_openstat",
    "at_campaign",
    "at_custom1",
    "at_custom2",
    "at_custom3",
    "at_custom4",
    "at_medium",
    "cmpid",
    "dclid",
    "fb_action_ids",
    "fb_action_types",
    "fb_ref",
    "fb_source",
    "fbclid",
    "gbraid",
    "gclid",
    "gclsrc",
    "guccounter",
    "guce_referrer",
    "guce_referrer_sig",
    "hsctatracking",
    "igsh",
    "igshid",
    "li_fat_id",
    "mc_cid",
    "mc_eid",
    "mkt_tok",
    "msclkid",
    "ns_campaign",
    "ns_fee",
    "ns_linkname",
    "ns_mchannel",
    "ns_source",
    "ocid",
    "oly_anon_id",
    "oly_enc_id",
    "rb_clickid",
    "ref_src",
    "ref_url",
    "s_cid",
    "smid",
    "smtyp",
    "soc_src",
    "soc_trk",
    "sr_share",
    "srsltid",
    "ttclid",
    "twclid",
    "vero_conv",
    "vero_id",
    "wbraid",
    "wickedid",
    "wt.mc_id",
    "wt_mc",
    "xtor",
    "yclid",
    "ysclid",
];

/// Names that are tracking parameters on one host (in its canonical form), sorted by host.
/// On `x.com` they count only for single posts (`/…/status/…`).
pub const PER_HOST: &[(&str, &[&str])] = &[
    (
        "facebook.com",
        &[
            "__cft__[0]",
            "__tn__",
            "__xts__[0]",
            "_rdc",
            "_rdr",
            "extid",
            "mibextid",
            "paipv",
            "rdid",
        ],
    ),
    ("linkedin.com", &["lipi", "rcm", "trackingid", "trk", "trkinfo"]),
    ("open.spotify.com", &["si"]),
    ("reddit.com", &["rdt", "share_id"]),
    ("theguardian.com", &["cmp"]),
    (
        "tiktok.com",
        &[
            "_r",
            "_t",
            "is_copy_url",
            "is_from_webapp",
            "sender_device",
            "share_app_id",
            "share_link_id",
        ],
    ),
    ("x.com", &["cxt", "s", "t"]),
    ("youtu.be", &["feature", "si"]),
    ("youtube.com", &["ab_channel", "feature", "pp", "si"]),
];

/// Whether the parameter says nothing of the page, on this canonical host and path.
pub fn is_tracking(name: &str, host: &str, path: &str) -> bool {
    let lower;
    let name = if name.bytes().any(|byte| byte.is_ascii_uppercase() || byte == b'%') {
        lower = name.to_ascii_lowercase().replace("%5b", "[").replace("%5d", "]");
        &lower
    } else {
        name
    };
    PREFIXES.iter().any(|prefix| name.starts_with(prefix))
        || ANYWHERE.binary_search(&name).is_ok()
        || is_tracking_on(name, host, path)
}

fn is_tracking_on(name: &str, host: &str, path: &str) -> bool {
    let Ok(index) = PER_HOST.binary_search_by_key(&host, |&(host, _)| host) else {
        return false;
    };
    let (_, names) = PER_HOST[index];
    names.contains(&name) && (host != "x.com" || path.contains("/status/"))
}

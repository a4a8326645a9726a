//! Temporary stand-in until the text crate is there.
pub(crate) fn visible(t: &str) -> String {
    t.escape_debug().collect()
}
pub(crate) fn hashtags_in(t: &str) -> impl Iterator<Item = &str> {
    t.split_whitespace().filter_map(|w| w.strip_prefix('#'))
}
pub(crate) fn mentions_in(t: &str) -> impl Iterator<Item = &str> {
    t.split_whitespace().filter_map(|w| w.strip_prefix('@'))
}
pub(crate) fn links_in(t: &str) -> impl Iterator<Item = &str> {
    t.split_whitespace().filter(|w| w.starts_with("http"))
}

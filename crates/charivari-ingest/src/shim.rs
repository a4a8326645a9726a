//! Temporary stand-in until the text crate is there.
pub(crate) fn visible(t: &str) -> String {
    t.escape_debug().collect()
}

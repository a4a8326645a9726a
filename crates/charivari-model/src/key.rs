//! Keys that stay unique when exports of several platforms meet.
//!
//! An account or a post is `platform:native_id`. Trace tables and the compatibility modes keep
//! native ids: there the platform is empty and the key is the id alone.

/// Writes the key of `native_id` on `platform` into `out`, which is cleared first.
pub fn write_key(platform: &str, native_id: &str, out: &mut String) {
    out.clear();
    if !platform.is_empty() {
        out.push_str(platform);
        out.push(':');
    }
    out.push_str(native_id);
}

/// The key of `native_id` on `platform`.
#[must_use]
pub fn key(platform: &str, native_id: &str) -> String {
    let mut out = String::with_capacity(platform.len() + 1 + native_id.len());
    write_key(platform, native_id, &mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::key;

    #[test]
    fn the_platform_stands_before_the_native_id() {
        assert_eq!(key("telegram", "channel1"), "telegram:channel1");
        assert_eq!(key("", "0fb4"), "0fb4");
    }
}

//! How rows become inputs of the function, and outputs become tokens.

use sha2::{Digest as _, Sha512};
use zeroize::Zeroizing;

use super::Terms;
use super::digest::Fields;
use crate::oprf::Output;

/// The longest key, in bytes. A row with a longer one is counted and left out.
pub const MAX_KEY: usize = 1_024;
/// The longest value, in bytes. A longer one is counted and taken for missing.
pub const MAX_VALUE: usize = 4_096;
/// The bytes of the token of a row. Chance makes two rows alike once in 2^128 tries.
pub(super) const ROW_TOKEN: usize = 16;
/// The bytes of the token of a column. It is looked at only where the row was found.
pub(super) const COLUMN_TOKEN: usize = 8;

/// An input that is overwritten when dropped.
pub(super) type Input = Zeroizing<Vec<u8>>;

/// The input for a row's key.
pub(super) fn key_input(key: &str) -> Input {
    Zeroizing::new(Fields::new("row").text(key).into_bytes())
}

/// The input for one column of a row: it names the row, so a value is never asked alone.
pub(super) fn column_input(terms: &Terms, column: usize, key: &str, value: &str) -> Input {
    let name = terms.columns.get(column).map_or("", |column| &column.name);
    Zeroizing::new(Fields::new("column").text(key).text(name).text(value).into_bytes())
}

/// What stands for a row in the set.
pub(super) fn row_token(row: &Output) -> [u8; ROW_TOKEN] {
    cut(Sha512::new().chain_update(b"charivari row token 1").chain_update(row.as_bytes()))
}

/// What stands for a column of a row: to whoever lacks the row's output it is noise, to whoever has
/// it it is still noise without the output for the value.
pub(super) fn column_token(row: &Output, column: usize, value: &Output) -> [u8; COLUMN_TOKEN] {
    let hash = Sha512::new().chain_update(b"charivari column token 1");
    let hash = hash.chain_update([column as u8]).chain_update(row.as_bytes());
    cut(hash.chain_update(value.as_bytes()))
}

/// What stands for a column without a value: noise from a key that only the organisation has.
pub(super) fn filler(secret: &[u8; 32], row: &Output, column: usize) -> [u8; COLUMN_TOKEN] {
    let hash = Sha512::new().chain_update(b"charivari filler 1").chain_update(secret);
    cut(hash.chain_update([column as u8]).chain_update(row.as_bytes()))
}

fn cut<const N: usize>(hash: Sha512) -> [u8; N] {
    let hash: [u8; 64] = hash.finalize().into();
    let mut token = [0; N];
    token.copy_from_slice(&hash[..N]);
    token
}

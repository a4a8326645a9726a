//! Writes the demo's files into a folder: `cargo run -p charivari-simulate --example demo -- DIR`.
//!
//! Large files are compressed with Zstandard: accounts come up again and again far apart, beyond the
//! reach of gzip, whose files would be twice as long.

use std::fs;
use std::io;
use std::path::PathBuf;

use charivari_simulate::demo::{SEED, files};

/// How hard to compress: the highest level that needs no more memory to read.
const LEVEL: i32 = 19;

fn main() -> io::Result<()> {
    let Some(folder) = std::env::args_os().nth(1).map(PathBuf::from) else {
        return Err(io::Error::other("expected a folder: demo -- DIR"));
    };
    fs::create_dir_all(&folder)?;
    for file in files(SEED)? {
        if file.is_large {
            let packed = zstd::bulk::compress(&file.bytes, LEVEL)?;
            fs::write(folder.join(format!("{}.zst", file.name)), packed)?;
        } else {
            fs::write(folder.join(file.name), &file.bytes)?;
        }
    }
    Ok(())
}

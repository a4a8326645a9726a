//! Writes true messages of the private comparison, for fuzzing to begin from:
//! `cargo run -p charivari-leak --example protocol_seeds -- FOLDER` makes FOLDER/TARGET/NUMBER.

use std::error::Error;
use std::fs;
use std::path::PathBuf;

use charivari_leak::protocol::fuzzing;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("a folder is expected")?);
    for target in fuzzing::targets() {
        let place = folder.join(&target);
        fs::create_dir_all(&place)?;
        for (number, bytes) in fuzzing::seeds(&target).iter().enumerate() {
            fs::write(place.join(number.to_string()), bytes)?;
        }
    }
    Ok(())
}

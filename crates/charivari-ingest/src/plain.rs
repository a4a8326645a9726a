//! Plain bytes of files that are no tables: packed ones unpacked, members of archives one by one.
//!
//! What is not cut into rows (messages, pictures, documents) goes through the same capped decoders
//! as everything else.

use std::io::BufRead;

use crate::archive::{self, Member};
use crate::error::Result;
use crate::input::{Input, Tally};
use crate::options::Options;
use crate::part::failure;
use crate::unpack::unpack;

/// A file, or a member of an archive, whose plain bytes can be read.
#[derive(Clone, Debug)]
pub struct PlainPart {
    name: String,
    input: Input,
    member: Option<Member>,
}

impl PlainPart {
    /// The name for messages: the file's, and the member's for archives.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The plain bytes from their beginning.
    ///
    /// # Errors
    /// `E0101`, `E0103` and `E0104` where they cannot be read or unpacked.
    pub fn open(&self, options: &Options) -> Result<Box<dyn BufRead + Send>> {
        let tally = Tally::default();
        let packed = match &self.member {
            Some(member) => member.open(&self.input, &tally, &options.limits)?,
            None => tally.watch(self.input.open()?).boxed(),
        };
        unpack(packed, &tally.bytes, &options.limits).map_err(|error| failure(&self.name, error))
    }
}

/// The parts of an input: its members where it is an archive, else itself.
///
/// # Errors
/// `E0101` where it cannot be opened, `E0110` where it is an archive that is not read.
pub fn plain_parts(input: &Input, options: &Options) -> Result<Vec<PlainPart>> {
    let part = |name: String, member| PlainPart { name, input: input.clone(), member };
    Ok(match archive::members(input, options)? {
        None => vec![part(input.name().to_owned(), None)],
        Some(members) => members
            .into_iter()
            .map(|member| part(format!("{}!{}", input.name(), member.name), Some(member)))
            .collect(),
    })
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};

    use super::*;

    #[test]
    fn packed_and_plain_files_give_the_same_bytes() {
        let plain = b"Subject: a\n\nb\n".to_vec();
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gzip.write_all(&plain).unwrap();
        for bytes in [plain.clone(), gzip.finish().unwrap()] {
            let parts = plain_parts(&Input::memory("m", bytes), &Options::default()).unwrap();
            assert_eq!(parts.len(), 1);
            let mut read = Vec::new();
            parts[0].open(&Options::default()).unwrap().read_to_end(&mut read).unwrap();
            assert_eq!(read, plain);
        }
    }
}

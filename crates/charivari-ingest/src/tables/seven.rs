//! 7z archives: their members one after the other, as they lie in the archive.
//!
//! Members of a solid archive can only be unpacked behind those before them, so the archive is gone
//! through once, on a thread of its own that hands blocks over and waits where nobody takes them.
//! LZMA and LZMA2 with the usual filters are read; other ways of packing are refused by name.

use std::io::{self, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::AtomicU64;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex};

use sevenz_rust2::{Archive, ArchiveReader, Error as Seven, Password};

use crate::archive::is_system_file;
use crate::error::{Error, Result};
use crate::input::{Handle, Input};
use crate::options::Limits;
use crate::unpack::{Plain, capped};

/// What a 7z archive begins with.
pub(super) const MAGIC: &[u8; 6] = b"7z\xbc\xaf\x27\x1c";

/// The most memory that the directory may unpack to, and its dictionary may take. A byte of it can become
/// a member of some 200 bytes, so that more would be dangerous; 7-Zip itself packs it with 1 MiB.
const DIRECTORY_KIB: usize = 4 << 10;

/// The most memory that a dictionary may take.
const DICTIONARY_KIB: usize = 256 << 10;

/// Bytes that are handed over at a time, and how many blocks may wait.
const BLOCK: usize = 1 << 18;
const WAITING: usize = 4;

/// What the unpacking thread says.
enum Said {
    Begins(String),
    Block(Vec<u8>),
    Ends,
    Fails(Seven),
}

/// Whether the input is a 7z archive.
pub(super) fn is_seven(input: &Input) -> Result<bool> {
    let mut head = [0; MAGIC.len()];
    let filled = crate::part::read_up_to(&mut input.open()?, &mut head)
        .map_err(|source| input.unreadable(source))?;
    Ok(head[..filled] == *MAGIC)
}

/// Gives each member with its name to `take`, folders and system files left out.
///
/// # Errors
/// `E0110` where the archive is damaged or has too many members, `E0123` where it is locked, `E0124`
/// where it is packed in a way that is not read or needs too much memory; and those of `take`.
pub(super) fn members(
    input: &Input,
    limits: &Limits,
    mut take: impl FnMut(&str, Plain) -> Result<()>,
) -> Result<()> {
    check_directory(input, limits)?;
    let mut archive = open(input)?;
    archive.set_thread_count(1);
    let packed = Arc::new(AtomicU64::new(input.len()?));
    std::thread::scope(|scope| {
        let (sender, receiver) = sync_channel(WAITING);
        let receiver = Arc::new(Mutex::new(receiver));
        scope.spawn(move || unpack(archive, &sender));
        while let Some(name) = next_member(input, limits, &receiver)? {
            let from = Arc::clone(&receiver);
            let plain = Member { from, block: Vec::new(), at: 0, ended: false };
            let mut plain = capped(plain, &packed, limits);
            if is_system_file(&name) {
                let drained = io::copy(&mut plain, &mut io::sink());
                drained.map_err(|error| crate::part::failure(&name, error))?;
            } else {
                take(&name, plain)?;
            }
        }
        Ok(())
    })
}

/// The first look has less memory, since what it makes is larger than what it reads.
fn check_directory(input: &Input, limits: &Limits) -> Result<()> {
    let mut handle = input.open()?;
    let directory =
        guarded(|| Archive::read_with_memory_limit(&mut handle, &Password::empty(), DIRECTORY_KIB));
    let count = directory.map_err(|error| refusal(input, &error))?.files.len();
    if count > limits.members {
        let met = format!("{count} members, more than {}", limits.members);
        return Err(Error::Archive { input: input.name().to_owned(), met });
    }
    Ok(())
}

/// The name of the next member, behind what the one before had left when it was known to hold no table;
/// nothing at the end.
fn next_member(
    input: &Input,
    limits: &Limits,
    from: &Mutex<Receiver<Said>>,
) -> Result<Option<String>> {
    let mut left = 0;
    while let Some(said) = next(from) {
        match said {
            Said::Begins(name) => return Ok(Some(name)),
            Said::Fails(error) => return Err(refusal(input, &error)),
            Said::Ends => {}
            Said::Block(block) => left += block.len() as u64,
        }
        if left > limits.unpacked {
            let limit = format!("{} bytes", limits.unpacked);
            return Err(Error::Bomb { input: input.name().to_owned(), limit });
        }
    }
    Ok(None)
}

/// What the library makes, or damage where it panics.
fn guarded<T>(
    make: impl FnOnce() -> std::result::Result<T, Seven>,
) -> std::result::Result<T, Seven> {
    catch_unwind(AssertUnwindSafe(make)).unwrap_or_else(|_| {
        Err(Seven::from(io::Error::new(io::ErrorKind::InvalidData, "its parts do not fit")))
    })
}

#[expect(clippy::disallowed_methods, reason = "each member is capped before it is read")]
fn open(input: &Input) -> Result<ArchiveReader<Handle>> {
    let handle = input.open()?;
    guarded(|| ArchiveReader::new_with_memory_limit(handle, Password::empty(), DICTIONARY_KIB))
        .map_err(|error| refusal(input, &error))
}

/// Unpacks all members in their order, until nobody takes them any more.
fn unpack(mut archive: ArchiveReader<Handle>, to: &SyncSender<Said>) {
    let unpacked = guarded(|| {
        archive.for_each_entries(|entry, plain| {
            if !entry.is_directory() && entry.size() > 0 {
                hand_over(entry.name(), plain, to)?;
            }
            Ok(true)
        })
    });
    if let Err(error) = unpacked {
        // Where nobody listens, somebody has refused the archive already.
        let _ = to.send(Said::Fails(error));
    }
}

fn hand_over(
    name: &str,
    mut plain: &mut dyn Read,
    to: &SyncSender<Said>,
) -> std::result::Result<(), Seven> {
    send(to, Said::Begins(name.to_owned()))?;
    loop {
        let mut block = vec![0; BLOCK];
        let filled = crate::part::read_up_to(&mut plain, &mut block)?;
        if filled == 0 {
            return send(to, Said::Ends);
        }
        block.truncate(filled);
        send(to, Said::Block(block))?;
    }
}

fn send(to: &SyncSender<Said>, said: Said) -> std::result::Result<(), Seven> {
    to.send(said).map_err(|_| Seven::from(io::Error::other("nobody takes it")))
}

fn next(from: &Mutex<Receiver<Said>>) -> Option<Said> {
    from.lock().ok()?.recv().ok()
}

/// Why an archive is not read. What the library says of content is left out.
fn refusal(input: &Input, error: &Seven) -> Error {
    let input = input.name().to_owned();
    match error {
        Seven::PasswordRequired | Seven::MaybeBadPassword(_) => Error::Locked { input },
        // What unlocks is not built in, so that a locked archive is one of a strange method.
        Seven::UnsupportedCompressionMethod(method) if method.contains("AES") => {
            Error::Locked { input }
        }
        Seven::MaxMemLimited { actaul_kb, .. } => {
            Error::SevenZ { input, met: format!("it needs {} MiB of memory", actaul_kb >> 10) }
        }
        Seven::UnsupportedCompressionMethod(_)
        | Seven::Unsupported(_)
        | Seven::ExternalUnsupported => {
            let met = "it is packed in another way than LZMA, LZMA2 or their filters".to_owned();
            Error::SevenZ { input, met }
        }
        _ => Error::Archive { input, met: "its directory or what is packed is damaged".to_owned() },
    }
}

/// The bytes of a member, as they come.
struct Member {
    from: Arc<Mutex<Receiver<Said>>>,
    block: Vec<u8>,
    at: usize,
    ended: bool,
}

impl Read for Member {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.at >= self.block.len() && !self.ended {
            match next(&self.from) {
                Some(Said::Block(block)) => (self.block, self.at) = (block, 0),
                Some(Said::Fails(_)) => {
                    return Err(io::Error::new(io::ErrorKind::InvalidData, "damaged 7z archive"));
                }
                Some(Said::Begins(_) | Said::Ends) | None => self.ended = true,
            }
        }
        let rest = self.block.get(self.at..).unwrap_or_default();
        let count = rest.len().min(buffer.len());
        buffer[..count].copy_from_slice(&rest[..count]);
        self.at += count;
        Ok(count)
    }
}

//! One caller: from the handshake to the end of the set, or to a refusal by name.

use std::fs::File;
use std::io::{self, Read};
use std::net::TcpStream;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use charivari_leak::protocol::{self, Message, Received, Service, entry_bytes};
use rustls::ServerConfig;

use super::link::{LinkError, ServerLink};
use super::{files, ledger};
use crate::clock;

/// Bytes of the set in one message, at most.
const CHUNK: usize = 256 << 10;
/// A caller has so many times the allowed silence for its whole question.
const QUESTION: u32 = 15;
/// And so many times for taking the answers and the set.
const ANSWERS: u32 = 180;

/// What answering takes.
pub(super) struct House {
    pub(super) service: Service,
    pub(super) ledger: ledger::Folder,
    pub(super) config: Arc<ServerConfig>,
    pub(super) set: PathBuf,
    pub(super) silence: Duration,
}

/// What became of a caller. Nothing of what it sent is in it.
pub(super) enum Told {
    /// It was answered.
    Answered {
        /// How many rows.
        rows: u32,
    },
    /// It was refused or went away, with the error.
    Refused(String),
    /// There were too many callers.
    Busy,
}

impl Told {
    pub(super) fn is_complete(&self) -> bool {
        matches!(self, Self::Answered { .. })
    }

    pub(super) fn line(&self) -> String {
        let time = clock::now().map_or_else(|_| "-".to_owned(), |time| time.to_string());
        match self {
            Self::Answered { rows } => format!("{time} answered {rows} rows"),
            Self::Refused(error) => format!("{time} refused: {error}"),
            Self::Busy => format!("{time} let a caller go: there are too many"),
        }
    }
}

/// Speaks to a caller.
pub(super) fn speak(house: &House, socket: TcpStream) -> Told {
    let _ = socket.set_nodelay(true);
    let total = house.silence * QUESTION;
    let link = ServerLink::accept(socket, &house.config, house.silence, total);
    let mut link = match link {
        Ok(link) => link,
        Err(error) => return Told::Refused(error.to_string()),
    };
    match exchange(house, &mut link) {
        Ok(rows) => Told::Answered { rows },
        Err(error) => {
            // The other side learns the number and no more; it may have gone already.
            let _ = link.send(&Message::Refused(error.number()));
            link.close();
            Told::Refused(error.to_string())
        }
    }
}

fn exchange(house: &House, link: &mut ServerLink) -> Result<u32, LinkError> {
    let mut session = house.service.session();
    loop {
        let message = link.receive()?;
        let now = clock::now().map_err(|failure| LinkError::Broken(failure.message))?;
        if session.receive(message, &house.ledger, now)? == Received::Settled {
            break;
        }
    }
    link.extend(house.silence * ANSWERS);
    let mut random = || {
        files::random::<64>().map(|bytes| *bytes).map_err(|_| protocol::Error::Ledger {
            doing: "followed",
            met: "no random bytes".to_owned(),
        })
    };
    let mut answered = 0;
    while let Some(answer) = session.answer(&mut random)? {
        if let Message::Answer { rows, .. } = &answer {
            answered += rows;
        }
        link.send(&answer)?;
    }
    send_set(house, link)?;
    link.send(&Message::End)?;
    link.close();
    Ok(answered)
}

fn send_set(house: &House, link: &mut ServerLink) -> Result<(), LinkError> {
    let bytes = entry_bytes(&house.service.commitment().terms);
    let file = File::open(&house.set).map_err(|error| LinkError::of(&error))?;
    let mut failed = None;
    let sent = chunks(file, bytes, &mut |entries| {
        link.send(&Message::Set(entries.to_vec())).map_err(|error| {
            failed = Some(error);
            io::ErrorKind::BrokenPipe.into()
        })
    });
    match (sent, failed) {
        (Ok(()), _) => Ok(()),
        (Err(_), Some(error)) => Err(error),
        (Err(error), None) => Err(LinkError::of(&error)),
    }
}

/// Reads whole entries of so many bytes, many at a time.
pub(super) fn chunks(
    mut file: impl Read,
    bytes: usize,
    each: &mut dyn FnMut(&[u8]) -> io::Result<()>,
) -> io::Result<()> {
    let mut buffer = vec![0; (CHUNK / bytes).max(1) * bytes];
    loop {
        let mut filled = 0;
        while filled < buffer.len() {
            let read = file.read(&mut buffer[filled..])?;
            if read == 0 {
                break;
            }
            filled += read;
        }
        if filled == 0 {
            return Ok(());
        }
        each(&buffer[..filled])?;
    }
}

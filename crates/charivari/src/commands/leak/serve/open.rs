//! `charivari leak serve open`: answers those who were approved.

use std::fs::File;
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc;
use std::time::Duration;

use charivari_leak::protocol::{self, Digest, Service, Tree, entry_bytes};

use super::clients::{self, House};
use super::ledger;
use crate::cli::leak::ServeOpen;
use crate::failure::{Failure, Result};
use crate::term;

/// Callers that are spoken to at the same time; more are let go, and may call again.
const TOGETHER: u64 = 16;

pub(super) fn run(args: &ServeOpen) -> Result<()> {
    let house = house(args)?;
    let listener = TcpListener::bind(&args.listen).map_err(|error| {
        Failure::output(format!(
            "E0769: cannot listen on {}: {error}; choose another address",
            args.listen
        ))
    })?;
    let place = listener.local_addr().map_or_else(|_| args.listen.clone(), |at| at.to_string());
    term::line(&format!("listening on {place}"))?;
    let (tell, told) = mpsc::channel();
    let callers = Arc::new(AtomicU64::new(0));
    std::thread::spawn(move || {
        for socket in listener.incoming().flatten() {
            if callers.fetch_add(1, Ordering::SeqCst) >= TOGETHER {
                callers.fetch_sub(1, Ordering::SeqCst);
                let _ = tell.send(clients::Told::Busy);
                continue;
            }
            let (house, tell) = (Arc::clone(&house), tell.clone());
            let callers = Leaving(Arc::clone(&callers));
            std::thread::spawn(move || {
                let _ = tell.send(clients::speak(&house, socket));
                drop(callers);
            });
        }
    });
    let mut complete = 0;
    for told in told {
        term::line(&told.line())?;
        complete += u64::from(told.is_complete());
        if args.exchanges.is_some_and(|most| complete >= most) {
            break;
        }
    }
    Ok(())
}

/// Counts a caller out, also where its thread failed.
struct Leaving(Arc<AtomicU64>);

impl Drop for Leaving {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Everything that answering takes, checked against the commitment first.
fn house(args: &ServeOpen) -> Result<Arc<House>> {
    let folder = ledger::Folder::open(&args.ledger);
    let commitment = folder.read_commitment()?;
    let service = Service::new(&folder.read_key()?, &commitment)?;
    let identity = folder.read_identity()?;
    let path = folder.set();
    if identity.fingerprint() != commitment.certificate {
        let (what, to) = ("the certificate", "the commitment");
        return Err(protocol::Error::Unrelated { what, to }.into());
    }
    let (met, _) = root(&path, entry_bytes(&commitment.terms)).map_err(|error| {
        Failure::input(protocol::Error::Ledger { doing: "read", met: error.to_string() })
    })?;
    if met != commitment.root {
        let (expected, met) = (commitment.root.to_string(), met.to_string());
        return Err(protocol::Error::OtherSet { expected, met }.into());
    }
    Ok(Arc::new(House {
        service,
        ledger: folder,
        config: identity.server()?,
        set: path,
        silence: Duration::from_secs(args.patience),
    }))
}

/// The root and the length of the set as it lies there.
fn root(path: &std::path::Path, bytes: usize) -> std::io::Result<(Digest, u64)> {
    let mut tree = Tree::default();
    clients::chunks(File::open(path)?, bytes, &mut |entries| {
        for entry in entries.chunks(bytes) {
            tree.push(entry);
        }
        Ok(())
    })?;
    Ok((tree.root(), tree.leaves()))
}

//! The folder of the organisation: commitment, keys, the set, and what was approved and used.
//!
//! A use is a file of its own that only one process can make, and that is on the disk, with the entry
//! of the folder that names it, before [`Ledger::spend`] returns. A process that is killed right after
//! has answered nobody, and the invitation is used all the same: approve the request again.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};

use charivari_leak::oprf::{Mode, SecretKey};
use charivari_leak::protocol::{
    Approval, Commitment, Digest, Error, Invitation, Ledger, Result as Step, TokenSet,
};
use charivari_model::Timestamp;
use serde::{Deserialize, Serialize};

use super::files;
use super::link::Identity;
use crate::failure::{Failure, Result};

/// The folder.
#[derive(Clone, Debug)]
pub(super) struct Folder(PathBuf);

/// What is kept of an approval; its file is named by the digest of its token.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Page {
    asker: String,
    rows: u32,
    elements_root: Digest,
    sample_root: Digest,
    /// Microseconds since 1970.
    expires: Timestamp,
}

impl Folder {
    /// A new folder, which must not hold a commitment yet.
    pub(super) fn make(path: &Path) -> Result<Self> {
        let folder = Self(path.to_owned());
        if folder.commitment().exists() || folder.keys("oprf").exists() {
            return Err(Failure::output(format!(
                "E0738: {} holds a commitment; choose another folder: a table is committed once",
                path.display()
            )));
        }
        for path in [folder.0.clone(), folder.0.join("approved"), folder.0.join("used")] {
            make_private(&path)?;
        }
        Ok(folder)
    }

    /// A folder that is there.
    pub(super) fn open(path: &Path) -> Self {
        Self(path.to_owned())
    }

    pub(super) fn commitment(&self) -> PathBuf {
        self.0.join("commitment.json")
    }

    pub(super) fn canaries(&self) -> PathBuf {
        self.0.join("canaries.json")
    }

    pub(super) fn set(&self) -> PathBuf {
        self.0.join("set.bin")
    }

    fn keys(&self, name: &str) -> PathBuf {
        self.0.join(format!("{name}.secret"))
    }

    pub(super) fn read_commitment(&self) -> Result<Commitment> {
        Ok(Commitment::read(&files::read(&self.commitment())?)?)
    }

    /// Writes the set, for the owner's eyes: with the key it would be a dictionary of hashes.
    pub(super) fn write_set(&self, set: &TokenSet) -> Result<()> {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let written = options.open(self.set()).and_then(|file| {
            let mut out = BufWriter::with_capacity(1 << 18, file);
            set.write(&mut out)?;
            out.into_inner()?.sync_all()
        });
        written.map_err(|error| {
            Failure::output(Error::Ledger { doing: "written", met: error.to_string() })
        })
    }

    pub(super) fn write_keys(&self, seed: &[u8; 32], identity: &Identity) -> Result<()> {
        let seed = zeroize::Zeroizing::new(Digest(*seed).to_string());
        files::write_secret(&self.keys("oprf"), seed.as_bytes())?;
        files::write_secret(&self.keys("tls"), identity.key())?;
        files::write_secret(&self.0.join("certificate.der"), identity.certificate())
    }

    pub(super) fn read_key(&self) -> Result<SecretKey> {
        let seed = files::read_key(&self.keys("oprf"))?;
        SecretKey::derive(Mode::Poprf, &seed, b"charivari leak")
            .map_err(|error| Failure::fault(error.to_string()))
    }

    pub(super) fn read_identity(&self) -> Result<Identity> {
        files::check_private(&self.keys("tls"))?;
        Identity::read(&self.keys("tls"), &self.0.join("certificate.der"))
    }

    /// Writes an approval down.
    pub(super) fn approve(&self, invitation: &Invitation) -> Result<()> {
        let request = &invitation.request;
        let page = Page {
            asker: request.asker.clone(),
            rows: request.rows,
            elements_root: request.elements_root,
            sample_root: request.sample_root,
            expires: invitation.expires,
        };
        let name = format!("{}.json", invitation.token.digest());
        files::write_secret_json(&self.0.join("approved").join(name), &page)
    }

    fn used(&self, token: &Digest) -> PathBuf {
        self.0.join("used").join(token.to_string())
    }

    fn mark(&self, token: &Digest, now: Timestamp) -> std::io::Result<()> {
        let mut file = OpenOptions::new().write(true).create_new(true).open(self.used(token))?;
        writeln!(file, "{now}")?;
        file.sync_all()?;
        // The name is in the folder's own file, so that has to be on the disk as well.
        File::open(self.0.join("used"))?.sync_all()
    }
}

impl Ledger for Folder {
    fn find(&self, token: &Digest) -> Step<Option<Approval>> {
        let path = self.0.join("approved").join(format!("{token}.json"));
        let failed = |met: String| Error::Ledger { doing: "read", met };
        let text = match fs::read_to_string(path) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            text => text.map_err(|error| failed(error.to_string()))?,
        };
        let page: Page = serde_json::from_str(&text).map_err(|error| failed(error.to_string()))?;
        let used = self.used(token).try_exists().map_err(|error| failed(error.to_string()))?;
        let Page { rows, elements_root, expires, .. } = page;
        Ok(Some(Approval { rows, elements_root, expires, used }))
    }

    fn spend(&self, token: &Digest, now: Timestamp) -> Step<()> {
        self.mark(token, now).map_err(|error| match error.kind() {
            ErrorKind::AlreadyExists => Error::Used,
            _ => Error::Ledger { doing: "written", met: error.to_string() },
        })
    }
}

/// Makes a folder that only its owner may look into.
fn make_private(path: &Path) -> Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
        .create(path)
        .map_err(|error| Failure::output(Error::Ledger { doing: "made", met: error.to_string() }))
}

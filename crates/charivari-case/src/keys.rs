//! Keys of a case: outside of it, one folder for each, for the owner's eyes only.
//!
//! Two keys of 32 bytes: one signs, one makes digests. They lie in files or follow from a passphrase;
//! never in the case, a seal or a log. Only the public half of the signing key goes there.

use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use charivari_model::case::Signed;
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use serde_json::json;

use crate::canonical::{hex, unhex};
use crate::objects::sync;
use crate::{Case, Digester, Error, Result, Stamp};

/// The file of the signing key.
const SIGN: &str = "sign.key";
/// The file of the key for digests.
const DIGEST: &str = "digest.key";
/// How hard a passphrase is to try: scrypt with 2^17 rounds of 8 blocks, 128 MiB, as OWASP advises.
const ROUNDS: u8 = 17;
/// The shortest passphrase that is taken, in characters.
const SHORTEST: usize = 12;

/// The folder in which the keys of all cases lie, such as `~/.local/state/charivari/keys`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyStore {
    dir: PathBuf,
}

/// The keys of one case.
#[derive(Clone)]
pub struct Keys {
    sign: Option<SigningKey>,
    digest: Option<[u8; 32]>,
}

impl fmt::Debug for Keys {
    /// Says which keys there are and nothing of them.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (sign, digest) = (self.sign.is_some(), self.digest.is_some());
        f.debug_struct("Keys").field("sign", &sign).field("digest", &digest).finish()
    }
}

impl KeyStore {
    /// The keys that lie in `dir`, one folder for each case.
    #[must_use]
    pub fn new(dir: &Path) -> Self {
        Self { dir: dir.to_path_buf() }
    }

    /// The folder of a case's keys.
    #[must_use]
    pub fn folder(&self, uuid: &str) -> PathBuf {
        self.dir.join(uuid)
    }

    /// The keys of a case, as far as there are any.
    ///
    /// # Errors
    /// `E0620` where a key is damaged, or others may read it.
    pub fn read(&self, uuid: &str) -> Result<Keys> {
        let sign = read(&self.folder(uuid).join(SIGN))?;
        let digest = read(&self.folder(uuid).join(DIGEST))?;
        Ok(Keys { sign: sign.map(|key| SigningKey::from_bytes(&key)), digest })
    }

    /// Makes the keys that are not there yet.
    fn make(&self, uuid: &str) -> Result<Keys> {
        let folder = self.folder(uuid);
        make_private(&folder)?;
        for name in [SIGN, DIGEST] {
            let path = folder.join(name);
            if !path.exists() {
                let mut key = [0; 32];
                getrandom::fill(&mut key)
                    .map_err(|error| Error::NoRandom { met: error.to_string() })?;
                write(&path, &key)?;
            }
        }
        sync(&folder).map_err(|error| Error::writing(&folder, &error))?;
        self.read(uuid)
    }
}

impl Keys {
    /// The keys that follow from a passphrase for the case of that id.
    ///
    /// # Errors
    /// `E0611` where the passphrase is shorter than twelve characters.
    pub fn from_passphrase(passphrase: &str, uuid: &str) -> Result<Self> {
        Self::derive(passphrase, uuid, ROUNDS)
    }

    fn derive(passphrase: &str, uuid: &str, rounds: u8) -> Result<Self> {
        // What was met is a secret and must not stand in a message.
        let wrong = |met: &str| Error::invalid("the passphrase", "twelve characters or more", met);
        let length = passphrase.chars().count();
        if length < SHORTEST {
            return Err(wrong(&format!("{length} characters")));
        }
        let parameters =
            scrypt::Params::new(rounds, 8, 1, 64).map_err(|error| wrong(&error.to_string()))?;
        let mut keys = [0; 64];
        scrypt::scrypt(passphrase.as_bytes(), uuid.as_bytes(), &parameters, &mut keys)
            .map_err(|error| wrong(&error.to_string()))?;
        let (mut sign, mut digest) = ([0; 32], [0; 32]);
        sign.copy_from_slice(&keys[..32]);
        digest.copy_from_slice(&keys[32..]);
        Ok(Self { sign: Some(SigningKey::from_bytes(&sign)), digest: Some(digest) })
    }

    /// The public half of the signing key, in hexadecimal.
    #[must_use]
    pub fn public(&self) -> Option<String> {
        self.sign.as_ref().map(|key| hex(key.verifying_key().as_bytes()))
    }

    /// Signs bytes, where there is a key.
    #[must_use]
    pub fn sign(&self, message: &[u8]) -> Option<Signed> {
        let key = self.sign.as_ref()?;
        let signature = hex(&key.sign(message).to_bytes());
        Some(Signed { key: hex(key.verifying_key().as_bytes()), signature })
    }

    /// What makes keyed digests, where there is a key.
    #[must_use]
    pub fn digester(&self) -> Option<Digester> {
        self.digest.map(Digester::new)
    }
}

/// A public key in the form that openssl reads: PEM around the `SubjectPublicKeyInfo` of RFC 8410.
pub(crate) fn pem(public: &str) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const HEAD: [u8; 12] = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];
    let key = unhex::<32>(public).unwrap_or_default();
    let bytes: Vec<u8> = HEAD.iter().chain(&key).copied().collect();
    let mut text = String::from("-----BEGIN PUBLIC KEY-----\n");
    for three in bytes.chunks(3) {
        let byte = |at: usize| u32::from(three.get(at).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for place in 0..4 {
            let letter = char::from(LETTERS[(bits >> (18 - 6 * place) & 63) as usize]);
            text.push(if place > three.len() { '=' } else { letter });
        }
    }
    text.push_str("\n-----END PUBLIC KEY-----\n");
    text
}

/// Whether a signature is one of these bytes.
pub(crate) fn is_signed(signed: &Signed, message: &[u8]) -> bool {
    let key = unhex(&signed.key).and_then(|key| VerifyingKey::from_bytes(&key).ok());
    let signature = unhex(&signed.signature).map(|bytes| Signature::from_bytes(&bytes));
    let (Some(key), Some(signature)) = (key, signature) else { return false };
    key.verify_strict(message, &signature).is_ok()
}

impl Case {
    /// Makes the keys of the case where they are not there, writes the public one into the log, and
    /// uses them from now on.
    ///
    /// # Errors
    /// `E0620` where a key is there and cannot be used, and what keeps keys or case from being
    /// written.
    pub fn make_keys(&mut self, store: &KeyStore, stamp: &Stamp) -> Result<()> {
        let keys = store.make(self.uuid())?;
        self.adopt_keys(keys, stamp)
    }

    /// Uses keys, such as those of a passphrase, and writes the public one into the log.
    ///
    /// # Errors
    /// What keeps the case from being written.
    pub fn adopt_keys(&mut self, keys: Keys, stamp: &Stamp) -> Result<()> {
        let public = keys.public();
        self.write("make keys", stamp, |writer, _| {
            writer.append("make keys", None, &json!({ "public": public }))
        })?;
        self.use_keys(keys);
        Ok(())
    }

    /// Deletes the key for digests. Digests made with it can never be compared with anything again.
    ///
    /// # Errors
    /// `E0618` where there is no key, and what keeps it from being deleted or logged.
    pub fn forget_key(&mut self, store: &KeyStore, stamp: &Stamp) -> Result<()> {
        let path = store.folder(self.uuid()).join(DIGEST);
        if !path.exists() {
            let uuid = self.uuid().to_owned();
            return Err(Error::NoKey { what: "key for digests", uuid });
        }
        self.write("forget key", stamp, |writer, _| {
            let meaning = "digests made with this key can never be compared again";
            writer.append("forget key", None, &json!({ "key": "digest", "meaning": meaning }))?;
            // Deleted within the transaction: a key that is logged as gone is gone.
            fs::remove_file(&path).map_err(|error| Error::writing(&path, &error))
        })?;
        if let Some(keys) = &mut self.keys {
            keys.digest = None;
        }
        Ok(())
    }
}

/// Reads a key, where there is one.
fn read(path: &Path) -> Result<Option<[u8; 32]>> {
    let bad = |met: String| Error::BadKey { path: path.to_path_buf(), met };
    if !path.exists() {
        return Ok(None);
    }
    let mut file = File::open(path).map_err(|error| bad(error.to_string()))?;
    if let Some(mode) = open_to_others(&file) {
        return Err(bad(format!("others may read it (mode {mode:o}); it has to be 600")));
    }
    let mut text = String::new();
    let read = Read::by_ref(&mut file).take(200).read_to_string(&mut text);
    read.map_err(|error| bad(error.to_string()))?;
    let key =
        unhex(text.trim()).ok_or_else(|| bad("expected 64 hexadecimal figures".to_owned()))?;
    Ok(Some(key))
}

/// The mode of a file that others than its owner may use.
#[cfg(unix)]
fn open_to_others(file: &File) -> Option<u32> {
    use std::os::unix::fs::PermissionsExt;
    let mode = file.metadata().ok()?.permissions().mode() & 0o777;
    (mode & 0o077 != 0).then_some(mode)
}

/// Elsewhere the folder's own protection counts.
#[cfg(not(unix))]
fn open_to_others(_: &File) -> Option<u32> {
    None
}

/// Makes a folder that only its owner may look into.
fn make_private(folder: &Path) -> Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(|error| Error::writing(folder, &error))
}

/// Writes a key that only its owner may read.
fn write(path: &Path, key: &[u8; 32]) -> Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options.open(path).and_then(|mut file| {
        file.write_all(format!("{}\n", hex(key)).as_bytes())?;
        file.sync_all()
    });
    written.map_err(|error| Error::writing(path, &error))
}

#[cfg(test)]
mod tests {
    use super::*;

    const CASE: &str = "3f2b8a52-8a36-4c0e-9d0b-0d6c3f1f7a11";

    #[test]
    fn a_passphrase_gives_the_same_keys_for_one_case_only() {
        let keys = |phrase, uuid| Keys::derive(phrase, uuid, 4).unwrap().public();
        let phrase = "a kettle sings at the harbour";
        assert_eq!(keys(phrase, CASE), keys(phrase, CASE));
        assert_ne!(keys(phrase, CASE), keys(phrase, "another"));
        assert_ne!(keys(phrase, CASE), keys("a kettle sings at the harbours", CASE));
        let refused = Keys::derive("kettle", CASE, 4).unwrap_err();
        assert!(!refused.to_string().contains("kettle"), "{refused}");
    }

    #[test]
    fn a_signature_holds_for_its_own_bytes_only() {
        let keys = Keys::derive("a kettle sings at the harbour", CASE, 4).unwrap();
        let signed = keys.sign(b"one").unwrap();
        assert!(is_signed(&signed, b"one"));
        assert!(!is_signed(&signed, b"two"));
        let broken = Signed { signature: "00".repeat(64), ..signed };
        assert!(!is_signed(&broken, b"one"));
    }

    #[cfg(unix)]
    #[test]
    fn keys_are_for_their_owner_and_a_key_that_others_may_read_is_refused() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().unwrap();
        let store = KeyStore::new(&dir.path().join("keys"));
        let made = store.make(CASE).unwrap();
        assert_eq!(store.make(CASE).unwrap().public(), made.public());
        let rights = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        let file = store.folder(CASE).join(SIGN);
        assert_eq!((rights(&store.folder(CASE)), rights(&file)), (0o700, 0o600));
        fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
        assert_eq!(store.read(CASE).unwrap_err().code(), "E0620");
        fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
        fs::write(&file, "no key").unwrap();
        assert_eq!(store.read(CASE).unwrap_err().code(), "E0620");
    }
}

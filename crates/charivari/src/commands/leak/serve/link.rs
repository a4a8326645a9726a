//! The link between the two parties: TLS 1.3 without any authority.
//!
//! The holder knows the certificate's digest from the invitation and trusts that one certificate; the
//! organisation knows the holder by its token. Frames are capped by their kind, and every wait ends.

use std::fmt;
use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use charivari_leak::protocol::{self, Digest, HEADER_BYTES, Header, Message};
use charivari_model::Exit;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, ring, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer, ServerName, UnixTime};
use rustls::version::TLS13;
use rustls::{
    ClientConfig, ClientConnection, DigitallySignedStruct, ServerConfig, ServerConnection,
    SignatureScheme, StreamOwned,
};
use zeroize::Zeroizing;

use crate::failure::{Failure, Result};

/// The name in every certificate; nothing is decided by it.
const NAME: &str = "charivari.invalid";

/// How long a closed link is still listened to.
const LINGER: Duration = Duration::from_secs(2);

/// The organisation's certificate and its key.
pub(in crate::commands::leak) struct Identity {
    certificate: Vec<u8>,
    key: Zeroizing<Vec<u8>>,
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Identity").field("fingerprint", &self.fingerprint()).finish()
    }
}

/// What keeps two parties from speaking.
#[derive(Debug)]
pub(in crate::commands::leak) enum LinkError {
    /// The other side said nothing for too long, or took too long as a whole.
    Silent,
    /// The certificate is not the invited one.
    Certificate,
    /// The link cannot be made, or broke.
    Broken(String),
    /// What was said is not what the protocol has there.
    Protocol(protocol::Error),
}

impl From<protocol::Error> for LinkError {
    fn from(error: protocol::Error) -> Self {
        Self::Protocol(error)
    }
}

impl LinkError {
    pub(in crate::commands::leak) fn of(error: &io::Error) -> Self {
        match error.kind() {
            ErrorKind::WouldBlock | ErrorKind::TimedOut => Self::Silent,
            _ => Self::Broken(error.to_string()),
        }
    }

    /// The number of the code, as it travels to the other side.
    pub(in crate::commands::leak) fn number(&self) -> u16 {
        match self {
            Self::Silent => 750,
            Self::Certificate => 751,
            Self::Broken(_) => 737,
            Self::Protocol(error) => error.number(),
        }
    }
}

impl fmt::Display for LinkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Silent => f.write_str(
                "E0750: the other side said nothing for too long, or took too long as a whole; try \
                 again, or raise --patience",
            ),
            Self::Certificate => f.write_str(
                "E0751: the certificate whose fingerprint stands in the invitation is expected, \
                 another was met: this is not the organisation; nothing was sent",
            ),
            Self::Broken(met) => write!(
                f,
                "E0737: the link cannot be made, or broke: {met}; is the address right, and does the \
                 other side still run?"
            ),
            Self::Protocol(error) => error.fmt(f),
        }
    }
}

impl From<LinkError> for Failure {
    fn from(error: LinkError) -> Self {
        match error {
            LinkError::Protocol(error) => error.into(),
            LinkError::Certificate => Self { exit: Exit::Differs, message: error.to_string() },
            _ => Self { exit: Exit::Input, message: error.to_string() },
        }
    }
}

impl Identity {
    /// A new certificate that signs itself.
    pub(super) fn generate() -> Result<Self> {
        let made = rcgen::generate_simple_self_signed(vec![NAME.to_owned()])
            .map_err(|error| Failure::fault(format!("no certificate can be made: {error}")))?;
        let key = Zeroizing::new(made.signing_key.serialize_der());
        Ok(Self { certificate: made.cert.der().to_vec(), key })
    }

    /// Reads both from their files.
    pub(super) fn read(key: &Path, certificate: &Path) -> Result<Self> {
        let read = |path: &Path| {
            std::fs::read(path).map_err(|error| {
                Failure::input(protocol::Error::Ledger { doing: "read", met: error.to_string() })
            })
        };
        Ok(Self { certificate: read(certificate)?, key: Zeroizing::new(read(key)?) })
    }

    pub(super) fn key(&self) -> &[u8] {
        &self.key
    }

    pub(super) fn certificate(&self) -> &[u8] {
        &self.certificate
    }

    /// The SHA-256 of the certificate.
    pub(super) fn fingerprint(&self) -> Digest {
        Digest::of(&self.certificate)
    }

    /// How the organisation speaks.
    pub(super) fn server(&self) -> Result<Arc<ServerConfig>> {
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(self.key.to_vec()));
        let chain = vec![CertificateDer::from(self.certificate.clone())];
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_protocol_versions(&[&TLS13])
            .and_then(|config| config.with_no_client_auth().with_single_cert(chain, key))
            .map_err(|error| Failure::fault(format!("TLS cannot be set up: {error}")))?;
        Ok(Arc::new(config))
    }
}

/// Trusts one certificate, by its digest.
#[derive(Debug)]
struct Pinned {
    certificate: Digest,
    provider: Arc<CryptoProvider>,
}

impl ServerCertVerifier for Pinned {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> std::result::Result<ServerCertVerified, rustls::Error> {
        if Digest::of(end_entity) == self.certificate {
            return Ok(ServerCertVerified::assertion());
        }
        let why = rustls::CertificateError::ApplicationVerificationFailure;
        Err(rustls::Error::InvalidCertificate(why))
    }

    fn verify_tls12_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> std::result::Result<HandshakeSignatureValid, rustls::Error> {
        Err(rustls::Error::General("TLS 1.3 alone is spoken".to_owned()))
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> std::result::Result<HandshakeSignatureValid, rustls::Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        verify_tls13_signature(message, certificate, signed, algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

/// A socket on which no wait is longer than allowed, alone or together.
pub(in crate::commands::leak) struct Timed {
    socket: TcpStream,
    silence: Duration,
    ends: Instant,
}

impl Timed {
    fn wait(&self) -> io::Result<Duration> {
        let left = self.ends.saturating_duration_since(Instant::now());
        if left.is_zero() { Err(ErrorKind::TimedOut.into()) } else { Ok(left.min(self.silence)) }
    }
}

impl Read for Timed {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.socket.set_read_timeout(Some(self.wait()?))?;
        self.socket.read(buffer)
    }
}

impl Write for Timed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.socket.set_write_timeout(Some(self.wait()?))?;
        self.socket.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.socket.flush()
    }
}

/// A link that speaks messages.
pub(in crate::commands::leak) struct Link<S>(S);

/// A link of the organisation.
pub(in crate::commands::leak) type ServerLink = Link<StreamOwned<ServerConnection, Timed>>;
/// A link of the holder.
pub(in crate::commands::leak) type ClientLink = Link<StreamOwned<ClientConnection, Timed>>;

impl ServerLink {
    /// Takes a caller.
    pub(super) fn accept(
        socket: TcpStream,
        config: &Arc<ServerConfig>,
        silence: Duration,
        total: Duration,
    ) -> std::result::Result<Self, LinkError> {
        let connection = ServerConnection::new(Arc::clone(config))
            .map_err(|error| LinkError::Broken(error.to_string()))?;
        let ends = Instant::now() + total;
        Ok(Self(StreamOwned::new(connection, Timed { socket, silence, ends })))
    }

    /// Grants a new total time, once it is known that the caller was invited.
    pub(super) fn extend(&mut self, total: Duration) {
        self.0.sock.ends = Instant::now() + total;
    }

    /// Says that all was said, and hears the other side out for a moment: a socket that is closed while
    /// something lies in it unread may take what was said last with it.
    pub(super) fn close(&mut self) {
        self.0.conn.send_close_notify();
        // Who went away meanwhile does not need to be told.
        let _ = self.0.flush();
        let socket = &mut self.0.sock;
        let _ = socket.socket.shutdown(Shutdown::Write);
        socket.ends = Instant::now() + LINGER;
        let (mut left, mut unread) = (8 << 20, vec![0; 1 << 16]);
        while let Ok(read @ 1..) = socket.read(&mut unread)
            && left > 0
        {
            left -= read.min(left);
        }
    }
}

impl ClientLink {
    /// Calls the organisation.
    pub(in crate::commands::leak) fn call(
        address: &str,
        certificate: Digest,
        silence: Duration,
    ) -> std::result::Result<Self, LinkError> {
        let socket = connect(address, silence)?;
        let provider = Arc::new(ring::default_provider());
        let pinned = Pinned { certificate, provider: Arc::clone(&provider) };
        let broken = |error: rustls::Error| LinkError::Broken(error.to_string());
        let config = ClientConfig::builder_with_provider(provider)
            .with_protocol_versions(&[&TLS13])
            .map_err(broken)?
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(pinned))
            .with_no_client_auth();
        let name =
            ServerName::try_from(NAME).map_err(|error| LinkError::Broken(error.to_string()))?;
        let connection = ClientConnection::new(Arc::new(config), name).map_err(broken)?;
        // A million rows over a slow line take their time; silence is what ends a wait.
        let ends = Instant::now() + Duration::from_hours(24);
        let mut stream = StreamOwned::new(connection, Timed { socket, silence, ends });
        while stream.conn.is_handshaking() {
            stream.conn.complete_io(&mut stream.sock).map_err(|error| refused(&error))?;
        }
        Ok(Self(stream))
    }
}

/// A link that was refused: by us, because of the certificate, or otherwise.
fn refused(error: &io::Error) -> LinkError {
    let inner = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>());
    match inner {
        Some(rustls::Error::InvalidCertificate(_)) => LinkError::Certificate,
        _ => LinkError::of(error),
    }
}

fn connect(address: &str, silence: Duration) -> std::result::Result<TcpStream, LinkError> {
    use std::net::ToSocketAddrs;
    let mut last = LinkError::Broken("the address leads nowhere".to_owned());
    for place in address.to_socket_addrs().map_err(|error| LinkError::of(&error))? {
        match TcpStream::connect_timeout(&place, silence) {
            Ok(socket) => {
                let _ = socket.set_nodelay(true);
                return Ok(socket);
            }
            Err(error) => last = LinkError::of(&error),
        }
    }
    Err(last)
}

impl<S: Read + Write> Link<S> {
    /// Sends a message.
    pub(in crate::commands::leak) fn send(
        &mut self,
        message: &Message,
    ) -> std::result::Result<(), LinkError> {
        let bytes = Zeroizing::new(message.encode());
        let sent = self.0.write_all(&bytes).and_then(|()| self.0.flush());
        sent.map_err(|error| LinkError::of(&error))
    }

    /// Waits for a message. Its length is checked before room is made for it.
    pub(in crate::commands::leak) fn receive(&mut self) -> std::result::Result<Message, LinkError> {
        let mut header = [0; HEADER_BYTES];
        self.0.read_exact(&mut header).map_err(|error| LinkError::of(&error))?;
        let header = Header::decode(&header)?;
        let mut content = Zeroizing::new(vec![0; header.content_bytes()]);
        self.0.read_exact(&mut content).map_err(|error| LinkError::of(&error))?;
        Ok(Message::decode(header, &content)?)
    }
}

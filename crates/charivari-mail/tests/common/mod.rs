//! The message that these tests sign, and the keys by which they do.

use charivari_simulate::mail::Algorithm;
use charivari_simulate::mail::keys::RSA_2048;

pub(crate) const ED: Algorithm = Algorithm::Ed25519([7; 32]);
pub(crate) const RSA: Algorithm = Algorithm::Rsa(RSA_2048);

/// 2020-10-20T12:00:00Z.
pub(crate) const TIME: i64 = 1_603_195_200;

pub(crate) const MESSAGE: &str = "From: Zqxmarlo <zqxmarlo@example.org>\r\n\
To: Zqxnadir <zqxnadir@example.net>\r\n\
Subject: The minutes\r\n\
Date: Tue, 20 Oct 2020 12:00:00 +0000\r\n\
Message-ID: <1@example.org>\r\n\
\r\n\
Dear Zqxnadir,\r\n\
here are the minutes.\r\n\
\r\n\
Zqxmarlo\r\n";

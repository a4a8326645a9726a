//! What an attestation says and does not say, in words.

use super::{Attestation, Saw};

impl Attestation {
    /// One sentence for each thing that is attested, and for each that is not.
    #[must_use]
    pub fn words(&self) -> Vec<String> {
        let statement = &self.statement;
        let mut words = vec![
            format!(
                "attested: \"{}\" says that on {} it had before it a result of {} bytes with the \
                 SHA-256 {}",
                statement.who, statement.time, statement.bytes, statement.result
            ),
            format!("attested: the result says that it was made in the way \"{}\"", statement.way),
        ];
        words.extend(
            statement.commitments.iter().map(|one| format!("attested: the result names {one}")),
        );
        words.push(match statement.saw {
            Saw::Comparison => {
                "attested: the signer says that it was there for the comparison, from \
                                the commitments to the result"
                    .to_owned()
            }
            Saw::File => {
                "not attested: how the result came about; the signer saw the file alone".to_owned()
            }
        });
        words.extend(
            [
                "not attested: that the time is right; it is the signer's word",
                "not attested: that either side gave all of its rows, or true ones",
                "not attested: that a low share means a forged sample, or a high one a recent theft",
                "not attested: who holds the key, unless you have it from them by another way",
            ]
            .map(str::to_owned),
        );
        words
    }
}

//! `charivari leak ask`: commit to a sample, and ask about it once.

mod send;

use charivari_leak::protocol::{Commitment, Request, Sample, SampleBuilder, Seed, Terms};
use charivari_leak::{normal, protocol};

use crate::cli::leak::{Ask, AskCommit, AskRows, AskStep};
use crate::commands::leak::serve::{files, rows};
use crate::failure::Result;
use crate::output::Folder;
use crate::{clock, term};

pub(super) fn run(args: &Ask) -> Result<()> {
    match &args.step {
        AskStep::Commit(args) => commit(args),
        AskStep::Send(args) => send::run(args),
    }
}

fn commit(args: &AskCommit) -> Result<()> {
    let commitment = Commitment::read(&files::read(&args.commitment)?)?;
    let seed = files::random::<32>()?;
    let (sample, _) = read_sample(&args.rows, &commitment.terms, &seed, false)?;
    let request = Request::new(&commitment, &sample, &args.asker, clock::now()?)?;
    let folder = Folder::open(&args.output)?;
    let secret = zeroize::Zeroizing::new(protocol::Digest(*seed).to_string());
    files::write_secret(&folder.path("ask.secret"), secret.as_bytes())?;
    files::write_json(&folder.path("request.json"), &request)?;
    let counts = sample.counts();
    term::line(&format!(
        "committed to {} rows of {} and {} decoys: {} without a key, {} with a key that is too long, \
         {} with the key of an earlier one; {} decoys left out",
        u64::from(sample.rows()) - counts.decoys,
        counts.rows,
        counts.decoys,
        counts.without_key,
        counts.too_long,
        counts.duplicates,
        counts.decoys_left_out,
    ))?;
    term::line(&format!("root of the sample {}", request.sample_root))?;
    term::line(&format!(
        "give {} to the organisation; {} is a secret, needed once more",
        folder.path("request.json").display(),
        folder.path("ask.secret").display()
    ))
}

/// Reads and blinds the sample and the decoys; the keys of the sample as well, where canaries are
/// looked for among them.
fn read_sample(
    args: &AskRows,
    terms: &Terms,
    seed: &[u8; 32],
    with_keys: bool,
) -> Result<(Sample, Vec<zeroize::Zeroizing<String>>)> {
    if terms.normaliser != normal::VERSION {
        return Err(protocol::Error::Unrelated {
            what: "this program's rules of normalising",
            to: "those of the commitment",
        }
        .into());
    }
    let mut builder = SampleBuilder::new(terms, Seed::from_random(*seed))?;
    let mut keys = Vec::new();
    let mut push = |key: Option<&str>, columns: &[Option<&str>]| {
        if with_keys {
            keys.extend(key.map(|key| zeroize::Zeroizing::new(key.to_owned())));
        }
        builder.push(key, columns)
    };
    let files_seen = rows::read(&args.sample, terms, &args.columns, &mut push)?;
    rows::warn(&files_seen, "sample");
    if let Some(decoys) = &args.decoys {
        let mut push =
            |key: Option<&str>, columns: &[Option<&str>]| builder.push_decoy(key, columns);
        let decoys = std::slice::from_ref(decoys);
        let files_seen = rows::read(decoys, terms, &args.columns, &mut push)?;
        rows::warn(&files_seen, "decoys");
    }
    Ok((builder.finish()?, keys))
}

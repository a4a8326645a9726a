//! The text model, where the analyst names one.

use std::path::Path;

use charivari_coordination::{Parameters, Store};
use charivari_text::meaning::{Counts, Model, Options};
use charivari_text::normalise::hex;
use serde::Serialize;

use crate::failure::{Failure, Result};
use crate::progress::Bar;

/// A file of a model that is larger than this is not read.
const MOST_BYTES: u64 = 4 << 30;

/// What came of it, for the summary.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Meanings {
    /// The digest of the model's two files, one after the other.
    pub(super) sha256: String,
    pub(super) same_meaning: f64,
    texts: u64,
    distinct: u64,
    without_known_words: u64,
    clustered: u64,
    pairs_compared: u64,
    pub(super) pairs_capped: u64,
}

/// Reads the model in `folder`. Nothing is fetched.
pub(super) fn read(folder: &Path) -> Result<Model> {
    let file = |name: &str| {
        let path = folder.join(name);
        let refuse = |why: String| {
            Failure::input(format!(
                "E0415: {} is no usable part of a text model: {why}. Name a folder with the \
                 tokenizer.json and the model.safetensors of a model2vec model",
                charivari_text::show::visible(&path.display().to_string())
            ))
        };
        let length = std::fs::metadata(&path).map_err(|error| refuse(error.to_string()))?.len();
        if length > MOST_BYTES {
            return Err(refuse(format!(
                "it has {length} bytes, and at most {MOST_BYTES} are read"
            )));
        }
        std::fs::read(&path).map_err(|error| refuse(error.to_string()))
    };
    let (tokenizer, tensors) = (file("tokenizer.json")?, file("model.safetensors")?);
    Model::read(&tokenizer, tensors).map_err(|unusable| {
        Failure::input(format!(
            "E0415: the text model in {} is not usable: {}. Name a folder with a model2vec model",
            charivari_text::show::visible(&folder.display().to_string()),
            charivari_text::show::visible(&unusable.to_string())
        ))
    })
}

/// Joins the texts that say the same.
pub(super) fn settle(
    store: &mut Store,
    model: &Model,
    parameters: &Parameters,
) -> Result<Meanings> {
    let step = Bar::step("looking for what says the same");
    let options = Options { similarity: parameters.same_meaning };
    let Counts { texts, forms, unknown, clustered, pairs_compared, pairs_capped } =
        store.settle_meanings(model, options)?;
    step.finish_and_clear();
    Ok(Meanings {
        sha256: hex(&model.digest()),
        same_meaning: parameters.same_meaning,
        texts,
        distinct: forms,
        without_known_words: unknown,
        clustered,
        pairs_compared,
        pairs_capped,
    })
}

/// `meaning` was asked for and no model was named.
pub(super) fn missing() -> Failure {
    Failure::usage(
        "E0416: the behaviour meaning needs a text model; name its folder with --text-model",
    )
}

//! From texts to clusters of near-copies.

use super::candidates::candidates;
use super::forms::{Digest, Texts};
use super::kind::SIMILARITY;
use super::minhash::PASSES;
use super::stars::stars;
use super::verify::{KEPT, NOBODY, Ranked, verify};

/// In [`Clusters::of`]: the text is too short or nobody else's.
pub const NONE: u32 = u32::MAX;

/// What counts as a near-copy.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Options {
    /// A member's similarity with its representative must be above this; 0 to 1. Below about 0.6
    /// most pairs would never meet as candidates, and unrelated headlines begin to look alike.
    pub similarity: f64,
}

impl Default for Options {
    fn default() -> Self {
        Self { similarity: SIMILARITY }
    }
}

/// Which texts are near-copies of one another.
#[derive(Clone, PartialEq, Debug)]
pub struct Clusters {
    /// The cluster of each text, in the order in which the texts were added, or [`NONE`] when it
    /// is too short or nobody else's.
    pub of: Vec<u32>,
    /// The digest of the near key of each cluster's representative: a name that does not depend
    /// on the order of the texts. Clusters are numbered by size, largest first, then by this.
    pub keys: Vec<[u8; 16]>,
    /// The texts in each cluster, at least two.
    pub sizes: Vec<u32>,
    /// The distinct near keys in each cluster, at least one.
    pub forms: Vec<u32>,
    /// The first text of each cluster that has the representative's near key.
    pub representatives: Vec<u32>,
    /// What was done and what was left out.
    pub counts: Counts,
    form_of: Vec<u32>,
    digests: Vec<Digest>,
}

/// What was done, and what was left out to bound the time.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Counts {
    /// Texts added.
    pub texts: u64,
    /// Texts too short to be compared.
    pub short: u64,
    /// Distinct near keys of the others.
    pub forms: u64,
    /// Texts in clusters.
    pub clustered: u64,
    /// Candidates compared letter by letter.
    pub pairs_compared: u64,
    /// Pairs within buckets that were not compared through that bucket, summed over bands. Most
    /// of them meet the same representative, or each other in another band.
    pub pairs_capped: u64,
}

impl Clusters {
    /// The name of what a text shares with its near-copies: the key of its cluster, else the
    /// digest of its own near key; nothing when it is too short or was never added.
    pub fn object(&self, text: usize) -> Option<[u8; 16]> {
        let form = *self.form_of.get(text)?;
        match self.keys.get(self.of[text] as usize) {
            Some(&key) => Some(key),
            None => self.digests.get(form as usize).copied(),
        }
    }
}

pub(super) fn cluster(mut texts: Texts, options: Options) -> Clusters {
    texts.forms.close();
    let forms = Ranked::new(&texts.forms, options.similarity);
    let mut counts = Counts {
        texts: texts.form_of.len() as u64,
        short: texts.form_of.iter().filter(|&&form| form == NONE).count() as u64,
        forms: forms.len() as u64,
        ..Counts::default()
    };
    let mut neighbours = vec![[NOBODY; KEPT]; forms.len()];
    for pass in 0..PASSES {
        let candidates = candidates(&forms, pass);
        counts.pairs_capped = counts.pairs_capped.saturating_add(candidates.capped);
        counts.pairs_compared += verify(&forms, &candidates, &mut neighbours);
    }
    let representative_of = stars(&forms, &neighbours);
    drop(neighbours);
    // From ranks back to forms.
    let mut of_form = vec![0; forms.len()];
    for (rank, &representative) in representative_of.iter().enumerate() {
        of_form[forms.order[rank] as usize] = forms.order[representative as usize];
    }
    number(texts, &of_form, counts)
}

/// Numbers the clusters that have at least two texts.
fn number(texts: Texts, representative_of: &[u32], mut counts: Counts) -> Clusters {
    let Texts { form_of, forms, .. } = texts;
    let (mut size_of, mut forms_of) = (vec![0_u32; forms.len()], vec![0_u32; forms.len()]);
    for (form, &representative) in representative_of.iter().enumerate() {
        size_of[representative as usize] += forms.copies[form];
        forms_of[representative as usize] += 1;
    }
    let mut order: Vec<u32> =
        (0..forms.len() as u32).filter(|&form| size_of[form as usize] > 1).collect();
    order.sort_unstable_by_key(|&form| {
        (std::cmp::Reverse(size_of[form as usize]), forms.digests[form as usize])
    });
    let mut number_of = vec![NONE; forms.len()];
    for (number, &form) in order.iter().enumerate() {
        number_of[form as usize] = number as u32;
    }
    let mut representatives = vec![NONE; order.len()];
    let mut of = vec![NONE; form_of.len()];
    for (text, &form) in form_of.iter().enumerate() {
        let Some(&representative) = representative_of.get(form as usize) else { continue };
        let number = number_of[representative as usize];
        of[text] = number;
        let Some(first) = representatives.get_mut(number as usize) else { continue };
        counts.clustered += 1;
        if *first == NONE && form == representative {
            *first = text as u32;
        }
    }
    let per_cluster = |values: &[u32]| order.iter().map(|&form| values[form as usize]).collect();
    Clusters {
        of,
        keys: order.iter().map(|&form| forms.digests[form as usize]).collect(),
        sizes: per_cluster(&size_of),
        forms: per_cluster(&forms_of),
        representatives,
        counts,
        form_of,
        digests: forms.digests,
    }
}

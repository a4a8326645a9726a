//! Near-copies: which of millions of texts are one text with edits?
//!
//! Ready-made texts are handed out and posted with a word changed, a greeting put in front, a
//! name exchanged, so that filters for equal texts miss them. [`Texts`] takes the posts' texts
//! and gives [`Clusters`]:
//!
//! 1. Each text becomes its **near key** ([`KeyMaker`]): letters and digits only, spelling
//!    folded. Texts with one key are one *form*; keys below [`MIN_WEIGHT`] are put aside.
//! 2. **Candidates** by locality-sensitive hashing: `MinHash` over character shingles (five
//!    letters, three syllables or two ideographs, since not every script has spaces) in
//!    40 bands of three rows. Pairs whose shingles have a Jaccard coefficient of 0.5 meet with a
//!    probability of 99.5 %, of 0.3 with 67 %, of 0.02 (unrelated) with 0.03 %. Broder 1997;
//!    Leskovec, Rajaraman, Ullman, *Mining of Massive Datasets*, section 3.4.
//! 3. Every candidate is **verified** by its Levenshtein similarity ([`similarity`]), which must
//!    be above [`Options::similarity`].
//! 4. **Clusters are stars**: the form with most verified neighbours becomes a representative,
//!    and every member of its cluster is itself above the threshold against *it*. So A–B–C–D
//!    chains never join texts that have nothing in common, as connected components would.
//!
//! The result depends on the texts and how often each occurs, not on their order, the number of
//! threads or the machine. Clusters are named by the digest of the representative's key.
//!
//! **What is joined wrongly.** What differs in few letters is a near-copy, whatever it means:
//! "the data are genuine" and "the data are *not* genuine", "47 people" and "9 people", a
//! template with another name in it. Weather reports, headlines of one series and prayers are
//! clusters like any other. **What is missed.** Rewording and translation; a copy inside a much
//! longer text; a text of which more than three tenths were changed; letters exchanged for
//! look-alikes of another script throughout; texts below the minimum. A pair may end up in two
//! clusters when each is closer to another representative; and of pairs just above the
//! threshold some never meet (see the figures above). What lies beyond the first
//! [`COMPARED_CHARS`] characters of a text is compared for equality only.
//!
//! **Measured.** Of 4,252 copy-paste pairs of D3lta's published synthetic set 98.6 % are in one
//! cluster, and no cluster holds two of its families, without any model. Of 20,000 posts of the
//! Internet Research Agency edited at random and mixed among 139,653 others, those with a
//! similarity of 0.7 to 0.8 to their source are in its cluster in 98.0 % of cases, those from
//! 0.8 to 0.9 in 99.8 %, all above. 2.6 million posts (1.05 million distinct keys) take 24 s of
//! processor time and 230 MB; a million texts made from one template, the hardest case, 32 s.
//!
//! **Hostile input.** Within a bucket of texts that hash alike, each is compared with the first
//! and with the one before it, never all with all; [`Counts::pairs_capped`] says how many pairs
//! were passed over for that reason. Time and memory are linear in the number of texts.
//!
//! ```
//! use charivari_text::near::{Options, Texts};
//!
//! let mut texts = Texts::new();
//! texts.extend(&[
//!     "They knew for months that the data had been stolen, and said nothing",
//!     "BREAKING: they knew for months the data had been stolen and said nothing! @you",
//!     "The coastal road is closed because of heavy rain until tomorrow night",
//! ]);
//! let clusters = texts.cluster(Options::default());
//! assert_eq!(clusters.object(0), clusters.object(1));
//! assert_ne!(clusters.object(0), clusters.object(2));
//! ```

mod candidates;
mod cluster;
mod forms;
mod key;
mod kind;
mod minhash;
mod stars;
mod verify;

pub use cluster::{Clusters, Counts, NONE, Options};
pub use forms::{COMPARED_CHARS, Texts};
pub use key::{KeyMaker, MIN_WEIGHT, near_key, weight};
pub use kind::{PairKind, SIMILARITY, kind, similarity};

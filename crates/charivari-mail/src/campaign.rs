//! Which messages belong together: near-copies, one template with slots, one infrastructure.
//!
//! **Innocent explanations.** Newsletters, bills, invitations and reminders are campaigns of near-copies
//! with filled-in names; a provider's customers share its servers, its program and the way it makes
//! identifiers. What a campaign is, a reader decides.

mod template;

use std::collections::{BTreeMap, BTreeSet};

use charivari_model::Timestamp;
use charivari_text::near::{Options, Texts};
use serde::Serialize;

pub use self::template::{Slot, Template, TemplatePart};
use crate::lexicon::{self, Act};
use crate::parts::hex;
use crate::traits::Traits;
use crate::verdict::Word;

/// Fewer near-copies than these are no campaign.
pub const MIN_MESSAGES: usize = 3;
/// So many messages are listed of one campaign.
const MAX_LISTED: usize = 1_000;
/// So many values of one trait are listed.
const MAX_SHARES: usize = 10;
/// So many campaigns, the largest, get a template.
const MAX_TEMPLATES: usize = 100;

/// Gathers messages to compare them.
pub struct Collector {
    messages: Vec<(u64, Traits)>,
    room: usize,
    left_out: u64,
    cut: u64,
}

/// What the messages of a run have in common.
#[derive(Clone, Debug, Serialize)]
pub struct Campaigns {
    /// Near-copies, the largest group first.
    pub campaigns: Vec<Campaign>,
    /// Infrastructure that messages of several campaigns, or of one and of none, share.
    pub shared: Vec<Shared>,
    /// Messages that were compared.
    pub compared: u64,
    /// Messages that were not, since there was no more room.
    pub left_out: u64,
    /// Messages whose text was compared by its beginning only.
    pub cut: u64,
    /// Pairs of texts that were passed over to bound the time.
    pub pairs_capped: u64,
    /// Messages that carry the signature of another message: one that was sent again.
    pub replayed: u64,
}

/// Near-copies.
#[derive(Clone, Debug, Serialize)]
pub struct Campaign {
    /// A name that follows from its text alone.
    pub id: String,
    /// How many messages.
    pub messages: u64,
    /// Their numbers in the run, from 1; the first thousand.
    pub numbers: Vec<u64>,
    /// To how many different sets of recipients.
    pub recipients: u64,
    /// The first and the last.
    pub period: Option<(Timestamp, Timestamp)>,
    /// How many are verified, unverified and contradicted.
    pub words: [u64; 3],
    /// How many say that they are from a mailing list.
    pub from_lists: u64,
    /// The domains that they say they are from.
    pub from: Vec<Share>,
    /// The networks that they came from.
    pub networks: Vec<Share>,
    /// The programs that they were written with.
    pub tools: Vec<Share>,
    /// How their Message-IDs are built.
    pub id_shapes: Vec<Share>,
    /// How their boundaries are built.
    pub boundaries: Vec<Share>,
    /// Tricks with the sender's name, domain and date, and how many messages have each.
    pub signs: Vec<Share>,
    /// What words of them do.
    pub acts: Vec<Act>,
    /// Their common text, where they went to enough different people that it is nobody's.
    pub template: Option<Template>,
}

/// A value and how many messages have it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Share {
    /// The value.
    pub value: String,
    /// How many.
    pub messages: u64,
}

/// Infrastructure in common: network, program and the ways in which identifiers are built.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Shared {
    /// What is shared: each with its name and value.
    pub what: Vec<(&'static str, String)>,
    /// How many messages.
    pub messages: u64,
    /// The campaigns that they belong to.
    pub campaigns: Vec<String>,
    /// How many of them belong to none.
    pub alone: u64,
}

impl Collector {
    /// A collector with room for so many bytes.
    pub fn new(room: usize) -> Self {
        Self { messages: Vec::new(), room, left_out: 0, cut: 0 }
    }

    /// Takes a message, as far as there is room; `number` is its place in the run.
    pub fn add(&mut self, number: u64, traits: Traits) {
        match self.room.checked_sub(traits.weight()) {
            Some(room) => {
                self.room = room;
                self.cut += u64::from(traits.cut);
                self.messages.push((number, traits));
            }
            None => self.left_out += 1,
        }
    }

    /// Compares all messages.
    pub fn finish(self) -> Campaigns {
        let mut texts = Texts::new();
        let all: Vec<&str> = self.messages.iter().map(|(_, traits)| traits.text()).collect();
        texts.extend(&all);
        let clusters = texts.cluster(Options::default());
        let mut members: Vec<Vec<usize>> = vec![Vec::new(); clusters.keys.len()];
        for (message, &cluster) in clusters.of.iter().enumerate() {
            if let Some(list) = members.get_mut(cluster as usize) {
                list.push(message);
            }
        }
        let large = members.iter().enumerate().filter(|(_, list)| list.len() >= MIN_MESSAGES);
        let mut campaigns = Vec::new();
        let mut of: BTreeMap<usize, String> = BTreeMap::new();
        for (number, (cluster, list)) in large.enumerate() {
            let id = hex(&clusters.keys[cluster][..6]);
            of.extend(list.iter().map(|&message| (message, id.clone())));
            let group: Vec<&(u64, Traits)> = list.iter().map(|&at| &self.messages[at]).collect();
            let first = clusters.representatives[cluster] as usize;
            let representative = self.messages.get(first).map(|(_, traits)| traits);
            campaigns.push(campaign(id, &group, representative, number < MAX_TEMPLATES));
        }
        Campaigns {
            campaigns,
            shared: self.shared(&of),
            compared: self.messages.len() as u64,
            left_out: self.left_out,
            cut: self.cut,
            pairs_capped: clusters.counts.pairs_capped,
            replayed: self.replayed(),
        }
    }

    /// Infrastructure that leads beyond one campaign.
    fn shared(&self, of: &BTreeMap<usize, String>) -> Vec<Shared> {
        let mut groups: BTreeMap<Vec<(&'static str, String)>, Vec<usize>> = BTreeMap::new();
        for (message, (_, traits)) in self.messages.iter().enumerate() {
            let what = infrastructure(traits);
            // Fewer than three would join strangers who use one program.
            if what.len() >= 3 {
                groups.entry(what).or_default().push(message);
            }
        }
        let mut shared = Vec::new();
        for (what, messages) in groups {
            let campaigns: BTreeSet<&String> =
                messages.iter().filter_map(|message| of.get(message)).collect();
            let alone = messages.iter().filter(|message| !of.contains_key(message)).count();
            let joins = campaigns.len() + usize::from(alone > 0);
            if !campaigns.is_empty() && joins > 1 {
                shared.push(Shared {
                    what,
                    messages: messages.len() as u64,
                    campaigns: campaigns.into_iter().cloned().collect(),
                    alone: alone as u64,
                });
            }
        }
        shared.sort_by(|a, b| (b.messages, &a.what).cmp(&(a.messages, &b.what)));
        shared
    }

    /// Messages whose signature another message had first.
    fn replayed(&self) -> u64 {
        let mut seen = BTreeSet::new();
        let signatures = self.messages.iter().filter_map(|(_, traits)| traits.signature);
        signatures.filter(|&signature| !seen.insert(signature)).count() as u64
    }
}

/// What is known of how a message was made and sent.
fn infrastructure(traits: &Traits) -> Vec<(&'static str, String)> {
    let known = [
        ("network", &traits.network),
        ("program", &traits.tool),
        ("message-id", &traits.id_shape),
        ("boundary", &traits.boundary),
    ];
    known.into_iter().filter_map(|(name, value)| Some((name, value.clone()?))).collect()
}

fn campaign(
    id: String,
    group: &[&(u64, Traits)],
    representative: Option<&Traits>,
    with_template: bool,
) -> Campaign {
    let traits: Vec<&Traits> = group.iter().map(|(_, traits)| traits).collect();
    let recipients: BTreeSet<u64> = traits.iter().map(|traits| traits.recipients).collect();
    let times = traits.iter().filter_map(|traits| traits.time);
    let period = times.clone().min().zip(times.max());
    let mut words = [0; 3];
    for word in traits.iter().filter_map(|traits| traits.word) {
        words[match word {
            Word::Verified => 0,
            Word::Unverified => 1,
            Word::Contradicted => 2,
        }] += 1;
    }
    let shares = |of: fn(&Traits) -> Option<&String>| shares(traits.iter().filter_map(|t| of(t)));
    let signs: Vec<String> = traits
        .iter()
        .flat_map(|traits| {
            let signs: BTreeSet<&str> = traits.signs.iter().copied().collect();
            signs.into_iter().map(str::to_owned)
        })
        .collect();
    let acts: BTreeSet<Act> = representative
        .map(|traits| lexicon::hits(traits.text()).into_iter().map(|hit| hit.act).collect())
        .unwrap_or_default();
    Campaign {
        id,
        messages: group.len() as u64,
        numbers: group.iter().map(|(number, _)| *number).take(MAX_LISTED).collect(),
        recipients: recipients.len() as u64,
        period,
        words,
        from_lists: traits.iter().filter(|traits| traits.list).count() as u64,
        from: shares(|traits| traits.from.as_ref()),
        networks: shares(|traits| traits.network.as_ref()),
        tools: shares(|traits| traits.tool.as_ref()),
        id_shapes: shares(|traits| traits.id_shape.as_ref()),
        boundaries: shares(|traits| traits.boundary.as_ref()),
        signs: self::shares(signs.iter()),
        acts: acts.into_iter().collect(),
        template: representative
            .filter(|_| with_template)
            .and_then(|first| template::of(first, &traits, recipients.len())),
    }
}

/// The most frequent values.
fn shares<'a>(values: impl Iterator<Item = &'a String>) -> Vec<Share> {
    let mut counts: BTreeMap<&String, u64> = BTreeMap::new();
    for value in values {
        *counts.entry(value).or_default() += 1;
    }
    let mut shares: Vec<Share> = counts
        .into_iter()
        .map(|(value, messages)| Share { value: value.clone(), messages })
        .collect();
    shares.sort_by(|a, b| b.messages.cmp(&a.messages).then_with(|| a.value.cmp(&b.value)));
    shares.truncate(MAX_SHARES);
    shares
}

//! What the report shows, as plain data that the program fills.
//!
//! Nothing here is escaped or shortened: strings stand as they were in the exports, and the page
//! makes them safe to look at. Counts are exact unless a field says otherwise. Lists are in the
//! order in which they are to be shown; where the page shows fewer, it says how many it left out.

mod card;
mod chance;
mod signs;

pub use card::{Card, FirstMover, Fit, Follows, Kind, Overlap, Rhythm, Stability};
pub use chance::{Chance, Curve, EdgeChance, GroupChance, Standing, Surprise};
pub use signs::{Detector, Sign};

use charivari_model::{Code, Provenance, Resolution, Timestamp};

use crate::histogram::Histogram;

/// One coordination result, ready to be told.
#[derive(Clone, Debug)]
pub struct Coordination<'a> {
    /// The title of the page.
    pub title: String,
    /// Set where the data was invented: the sentence that says so, shown on top and in print.
    pub synthetic: Option<String>,
    /// The tool, its parameters and its inputs.
    pub provenance: &'a Provenance,
    /// The command line that repeats the run, as it would be typed.
    pub command_line: String,
    /// The rules that were applied.
    pub rules: Rules,
    /// The inputs, in the order of the command line.
    pub inputs: Vec<Input>,
    /// What a reader must know about the data, such as clocks that only show minutes.
    pub warnings: Vec<String>,
    /// How much there was at each step.
    pub counts: Counts,
    /// The first and the last post that was read.
    pub period: Option<(Timestamp, Timestamp)>,
    /// What chance has to say; `None` where it was not tested.
    pub chance: Option<Chance>,
    /// The objects whose acts were counted but not all listed.
    pub capped: Vec<CappedObject>,
    /// The network as it was laid out.
    pub network: Network,
    /// The groups, the most important first.
    pub groups: Vec<Group>,
    /// The strongest edges, the strongest first.
    pub edges: Vec<Edge>,
    /// What detectors saw, whatever accounts touch.
    pub signs: Vec<Detector>,
    /// The behaviours that were looked at, with what each means.
    pub behaviours: Vec<Behaviour>,
    /// Further words to explain; the page has its own glossary already.
    pub glossary: Vec<Term>,
}

/// The rules under which accounts were joined.
#[derive(Clone, Debug, PartialEq)]
pub struct Rules {
    /// The longest time between two traces of one act, in seconds, bound included.
    pub window_s: f64,
    /// The least weight of an edge that is kept.
    pub min_weight: u64,
    /// The least number of accounts of a group that is told.
    pub min_group: u64,
    /// How groups were found, such as `Leiden, modularity, resolution 1.0, seed 42`.
    pub grouping: String,
    /// Further rules in whole sentences, such as which objects were left out.
    pub notes: Vec<String>,
}

/// One input and what became of its rows.
#[derive(Clone, Debug)]
pub struct Input {
    /// The file's name, without its folders.
    pub name: String,
    /// The format as which it was read, such as `x-api-v2`.
    pub format: String,
    /// Whether it is a control export: its accounts show what strangers do and are not looked for.
    pub background: bool,
    /// Rows, lines or elements read.
    pub read: u64,
    /// Rows that became a post, an account or a trace.
    pub kept: u64,
    /// Rows set aside, by code; in the order of the codes.
    pub set_aside: Vec<(Code, u64)>,
    /// The first and the last instant in it.
    pub period: Option<(Timestamp, Timestamp)>,
    /// How finely it records times.
    pub resolution: Option<Resolution>,
    /// Lower-case hexadecimal SHA-256 of the file.
    pub sha256: String,
    /// The length of the file in bytes.
    pub bytes: u64,
}

/// How much there was at each step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Distinct posts that were read.
    pub posts: u64,
    /// Distinct accounts that were read.
    pub accounts: u64,
    /// Traces: one account touching one object once.
    pub traces: u64,
    /// Distinct objects in those traces.
    pub objects: u64,
    /// Acts there are, counted exactly.
    pub acts_found: u64,
    /// Acts that were listed one by one; fewer than found where an object was capped.
    pub acts_listed: u64,
    /// Acts behind the edges that were kept.
    pub acts_kept: u64,
    /// Pairs of accounts with at least one act.
    pub edges_found: u64,
    /// Edges that passed the thresholds.
    pub edges_kept: u64,
    /// Accounts with at least one edge that was kept.
    pub accounts_joined: u64,
    /// Accounts in some group.
    pub accounts_grouped: u64,
    /// Groups found; [`Coordination::groups`] may hold fewer.
    pub groups: u64,
    /// Objects whose acts were not all listed; [`Coordination::capped`] may hold fewer.
    pub objects_capped: u64,
}

/// An object so common that its acts were counted but not all listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CappedObject {
    /// The object and how it was shared.
    pub object: Object,
    /// Acts on it, counted exactly.
    pub acts: u64,
    /// Acts on it that were listed.
    pub listed: u64,
}

/// A shared object: a link, a hashtag, a text and so on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Object {
    /// The short name of the behaviour, such as `link`.
    pub behaviour: String,
    /// The object as it was compared.
    pub value: String,
    /// The text of a post that carries it, where the value alone says nothing to a reader: a digest,
    /// or the id of another post.
    pub excerpt: Option<String>,
}

/// The network with its layout; where it was reduced, the strongest part of it.
#[derive(Clone, Debug, Default)]
pub struct Network {
    /// The accounts to draw.
    pub nodes: Vec<Node>,
    /// The edges to draw, between [`Network::nodes`].
    pub links: Vec<Link>,
    /// Accounts in the whole network, drawn or not.
    pub nodes_total: u64,
    /// Edges in the whole network, drawn or not.
    pub links_total: u64,
}

/// One account in the drawing.
#[derive(Clone, Debug)]
pub struct Node {
    /// Place in the layout's own units; the drawing is scaled to fit.
    pub x: f64,
    /// Place in the layout's own units; it grows downwards.
    pub y: f64,
    /// The number of its group, from 1; `None` for no group.
    pub group: Option<u32>,
    /// The handle, or the key where there is no handle.
    pub label: String,
    /// How much it took part, on any scale from 0; such as the sum of its edges' weights.
    pub size: f64,
    /// Whether its group is of publishers who openly post together.
    pub open: bool,
}

/// One edge in the drawing.
#[derive(Clone, Copy, Debug)]
pub struct Link {
    /// Index into [`Network::nodes`].
    pub source: u32,
    /// Index into [`Network::nodes`].
    pub target: u32,
    /// The edge's weight; larger is stronger.
    pub weight: f64,
    /// How it stands against chance.
    pub standing: Standing,
}

/// One group of accounts.
#[derive(Clone, Debug, Default)]
pub struct Group {
    /// Its number, from 1, as in [`Node::group`].
    pub number: u32,
    /// Its kind.
    pub kind: Kind,
    /// Accounts in it, counted exactly.
    pub size: u64,
    /// What held up of it where that had no part in finding it.
    pub chance: Option<GroupChance>,
    /// The windows of its edges in seconds, ascending, each with the number of edges.
    pub windows: Vec<(f64, u64)>,
    /// The mean time between the two posts of an act, in seconds.
    pub mean_delay_s: f64,
    /// What else is known of it.
    pub card: Card,
    /// Its members, the most active first; may be fewer than `size`.
    pub accounts: Vec<Member>,
    /// Edges inside it, as a share of all pairs: 0 to 1.
    pub density: f64,
    /// Edges inside it.
    pub edges: u64,
    /// Acts behind those edges.
    pub acts: u64,
    /// Distinct objects in those acts.
    pub objects: u64,
    /// Short names of the behaviours it was seen in.
    pub behaviours: Vec<String>,
    /// The first of its acts.
    pub first_seen: Option<Timestamp>,
    /// The last of its acts.
    pub last_seen: Option<Timestamp>,
    /// The objects that most of its accounts shared, the most shared first.
    pub top_objects: Vec<SharedObject>,
    /// Its posts in acts over time.
    pub timeline: Option<Histogram>,
    /// Its posts in acts by hour of the day in UTC, from 0 to 23.
    pub hours: Option<[u64; 24]>,
    /// Some of its posts, as evidence; in the order of time.
    pub evidence: Vec<Post>,
}

/// One account of a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// `platform:native_id`, or the native id alone.
    pub key: String,
    /// The handle, where the source gives one.
    pub handle: Option<String>,
    /// The display name, where the source gives one.
    pub name: Option<String>,
    /// Its distinct posts in the group's acts.
    pub posts: u64,
    /// Its acts with other accounts of the group.
    pub acts: u64,
    /// Accounts of the group that it is joined to.
    pub edges: u64,
    /// All its posts that were read, of which the posts in acts are a part; 0 where not counted.
    pub all_posts: u64,
}

/// An object that a group shared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedObject {
    /// The object.
    pub object: Object,
    /// Accounts of the group that shared it within an act.
    pub accounts: u64,
    /// Posts of the group that shared it within an act.
    pub posts: u64,
    /// Acts of the group on it.
    pub acts: u64,
}

/// One post, known by the place where it stands in the inputs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Post {
    /// When it was made.
    pub time: Timestamp,
    /// The account's handle, or its key.
    pub account: String,
    /// The post's native id.
    pub id: String,
    /// Its text, whole; the page shortens it. `None` where the source has no text.
    pub text: Option<String>,
    /// The input, as an index into [`Coordination::inputs`].
    pub input: u32,
    /// The row in that input.
    pub row: u64,
}

/// One edge and what is behind it.
#[derive(Clone, Debug)]
pub struct Edge {
    /// One account: its handle, or its key.
    pub source: String,
    /// The other account.
    pub target: String,
    /// The group that holds both, if one does.
    pub group: Option<u32>,
    /// Distinct objects with at least one act.
    pub weight: u64,
    /// Acts, counted exactly.
    pub acts: u64,
    /// Distinct posts of `source` in those acts.
    pub posts_source: u64,
    /// Distinct posts of `target` in those acts.
    pub posts_target: u64,
    /// Short names of the behaviours it was seen in.
    pub behaviours: Vec<String>,
    /// The mean time between the two traces of an act, in seconds.
    pub mean_delay_s: f64,
    /// What chance has to say of it; `None` where it was not tested.
    pub chance: Option<EdgeChance>,
    /// The first of its acts.
    pub first_seen: Timestamp,
    /// The last of its acts.
    pub last_seen: Timestamp,
    /// Some of its acts, as evidence; may be fewer than `acts`.
    pub evidence: Vec<Act>,
}

/// Two posts on one object within the window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    /// What both shared.
    pub object: Object,
    /// The earlier post.
    pub first: Post,
    /// The later post.
    pub second: Post,
}

/// One way of acting together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Behaviour {
    /// The short name, such as `link`.
    pub name: String,
    /// What counts as one object, as a sentence.
    pub meaning: String,
    /// What else could explain it, each as a sentence.
    pub innocent: Vec<String>,
    /// Edges that were kept and seen in it.
    pub edges: u64,
    /// Acts of it.
    pub acts: u64,
}

/// A word and its meaning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// The word.
    pub word: String,
    /// What it means here, as a sentence.
    pub meaning: String,
}

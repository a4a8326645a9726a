//! What there is to draw of a run, as columns of places and counts.

use serde::{Deserialize, Serialize};

use crate::Timestamp;

/// The network of a run and the hours of its groups, ready to be drawn.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Picture {
    /// The accounts to draw; the strongest where there are more.
    pub nodes: Vec<PictureNode>,
    /// The edges between them.
    pub edges: Vec<PictureEdge>,
    /// Accounts in the whole network.
    pub nodes_total: u64,
    /// Edges in the whole network.
    pub edges_total: u64,
    /// The groups, by number.
    pub groups: Vec<PictureGroup>,
    /// Posts that were read, by day: the first instant of the day and the count.
    pub days: Vec<(Timestamp, u64)>,
    /// Where people are whom a leak exposes; empty for networks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<PicturePlace>,
}

/// How many people of one place a leak exposes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PicturePlace {
    /// What kind of place it is.
    pub sort: PlaceSort,
    /// Its code: of a French département such as `2A`, or of a country such as `BE`; empty for people
    /// of whom no place is known.
    pub code: String,
    /// Its name.
    pub label: String,
    /// Records of people there; `None` where so few would single somebody out, or would betray the
    /// few of another place.
    pub count: Option<u64>,
}

/// What kind of place is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PlaceSort {
    /// A French département.
    Department,
    /// A country.
    Country,
}

/// One account in a drawing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PictureNode {
    /// `platform:native_id`.
    pub key: String,
    /// The handle, or the key where there is none.
    pub label: String,
    /// Place from left to right, in units of the layout.
    pub x: f64,
    /// Place from top to bottom, in units of the layout.
    pub y: f64,
    /// How much it took part.
    pub size: f64,
    /// The number of its group, from 1.
    pub group: Option<u32>,
    /// Whether its group is of publishers who openly post together.
    pub open: bool,
}

/// One edge in a drawing.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct PictureEdge {
    /// Index into the nodes.
    pub source: u32,
    /// Index into the nodes.
    pub target: u32,
    /// Its weight.
    pub weight: f64,
    /// Whether it is more than chance.
    pub significant: bool,
}

/// The life of one group.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PictureGroup {
    /// Its number, from 1.
    pub number: u32,
    /// What it is called, such as `group 1`.
    pub name: String,
    /// Whether it is of publishers who openly post together.
    pub open: bool,
    /// Its accounts.
    pub accounts: u64,
    /// Its posts by day of the week, Monday first, and hour of the day in UTC.
    pub hours: Vec<[u64; 24]>,
    /// Its posts by hour since the epoch: the first instant of the hour and the count.
    pub activity: Vec<(Timestamp, u64)>,
}

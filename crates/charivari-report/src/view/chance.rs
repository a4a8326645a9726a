//! What chance has to say of the result, as plain data.

/// How chance was tested, and what came of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Chance {
    /// The false discovery rate up to which an edge is called more than chance, 0 to 1.
    pub level: f64,
    /// The windows that were tested, in seconds, ascending.
    pub windows_s: Vec<f64>,
    /// The windows that were left out, in seconds, each with the reason.
    pub left_out: Vec<(f64, String)>,
    /// Pairs of accounts whose p-value was worked out.
    pub pairs_tested: u64,
    /// Pairs of accounts that could have been found: all that have an object in common.
    pub pairs_possible: f64,
    /// The share of accounts that `pairs_possible` was counted over; 1 where it is exact.
    pub looked_at: f64,
    /// Edges that are more than chance explains, those of publishers left out.
    pub edges: u64,
    /// Edges between publishers who openly post together.
    pub edges_open: u64,
    /// Groups that are no publishers of which chance would do as much less than once in a thousand
    /// such data sets, and those of which any odds can be told.
    pub groups_with_odds: (u64, u64),
    /// Accounts in groups that are no publishers.
    pub accounts: u64,
    /// Groups of publishers who openly post together.
    pub groups_open: u64,
    /// Accounts in those groups.
    pub accounts_open: u64,
    /// How many pairs are as surprising as this, at falling p-values; publishers left out.
    pub surprises: Vec<Surprise>,
    /// The greatest p-value of an edge that stands, those of publishers left out.
    pub stands_p: Option<f64>,
    /// What the run could have found; empty where it was not measured.
    pub power: Vec<Curve>,
}

/// How much there is at one p-value or below, and how much chance alone would make.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Surprise {
    /// The p-value.
    pub p: f64,
    /// Pairs with this p-value or less.
    pub pairs: u64,
    /// Accounts in those pairs.
    pub accounts: u64,
    /// Pairs that chance alone would bring there, at most, on average.
    pub chance: f64,
}

/// How often planted groups of one size and speed were found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Curve {
    /// The accounts of each planted group.
    pub accounts: u32,
    /// Within how many seconds they acted.
    pub spread_s: i64,
    /// The objects they met on, how often such a group was planted, and how often it was found;
    /// ascending by objects.
    pub points: Vec<(u32, u32, u32)>,
    /// The fewest objects on which such a group is found eight times in ten.
    pub fewest: Option<u32>,
}

/// What chance has to say of an edge.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EdgeChance {
    /// How often chance alone makes two accounts meet so surprisingly.
    pub p: f64,
    /// The least false discovery rate at which the edge still stands.
    pub q: f64,
    /// How the edge stands.
    pub standing: Standing,
    /// The coincidences that there could have been: what both shared.
    pub shared: u64,
    /// Those that there were.
    pub met: u64,
    /// Those that chance would have made, on average.
    pub expected: f64,
    /// The window within which they met, in seconds.
    pub window_s: f64,
}

/// How an edge stands against chance.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Chance was not tested.
    #[default]
    Untested,
    /// It is more than chance explains.
    Stands,
    /// It is more than chance explains, and joins publishers who openly post together.
    Open,
    /// Chance explains it.
    Chance,
}

/// What held up of a group in periods that had no part in finding it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct GroupChance {
    /// Chance alone does as much at most once in so many data sets; `None` where that cannot be
    /// said.
    pub once_in: Option<u32>,
    /// The e-value behind it: the growth of a bet against chance.
    pub e_value: f64,
    /// How likely chance alone does as much, over all groups tested: at most this.
    pub p: f64,
    /// Events in which members met.
    pub events: u64,
    /// Meetings of pairs of members in them.
    pub met: u64,
    /// Those that chance would have made, on average.
    pub expected: f64,
}

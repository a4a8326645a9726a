//! How much one page shows. What is over a limit is counted and said, never dropped in silence.
//!
//! Together they keep the largest page under three megabytes, which opens on a phone.

/// Accounts drawn in the network; those with the largest size stay.
pub const DRAWN_NODES: usize = 2_500;
/// Edges drawn in the network; the strongest stay.
pub const DRAWN_LINKS: usize = 6_000;
/// Edges that chance explains are drawn, faintly, up to so many; where there are more, none is.
pub const DRAWN_CHANCE: usize = 1_500;
/// Groups of publishers with a card of their own.
pub const PUBLISHERS: usize = 10;
/// Groups with a card of their own, those of publishers apart.
pub const GROUPS: usize = 30;
/// Accounts listed in the card of a group.
pub const MEMBERS: usize = 60;
/// Shared objects listed in the card of a group.
pub const OBJECTS: usize = 10;
/// Posts listed as evidence in the card of a group.
pub const GROUP_POSTS: usize = 8;
/// Edges in the table of the strongest.
pub const EDGES: usize = 100;
/// Signs listed of one detector.
pub const SIGNS: usize = 12;
/// Acts listed behind one edge.
pub const ACTS: usize = 4;
/// Accounts named as first movers in the card of a group.
pub const FIRST_MOVERS: usize = 5;
/// Objects listed whose acts were not all listed.
pub const CAPPED: usize = 50;
/// Inputs listed.
pub const INPUTS: usize = 200;
/// Warnings listed.
pub const WARNINGS: usize = 50;
/// Characters shown of a post's text or of an object.
pub const TEXT: usize = 220;
/// Characters shown of an object's digest or id where words stand beside it.
pub const KEY: usize = 28;
/// Characters shown of a handle, a name or a file name.
pub const NAME: usize = 60;
/// Bars in a time line.
pub const BARS: usize = 120;

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
/// Findings of a case with a card of their own.
pub const CASE_FINDINGS: usize = 200;
/// Rejected findings of a case with a card of their own.
pub const CASE_REJECTED: usize = 40;
/// Accepted findings in the summary of a case.
pub const CASE_SUMMARY: usize = 7;
/// Measures listed on the card of a finding.
pub const CASE_MEASURES: usize = 10;
/// Places in the evidence listed on the card of a finding.
pub const CASE_PLACES: usize = 12;
/// Accounts listed on the card of a finding.
pub const CASE_ACCOUNTS: usize = 40;
/// Links and checks listed on the card of a record.
pub const CASE_RELATIONS: usize = 20;
/// Moments in the list of the timeline.
pub const CASE_MOMENTS: usize = 200;
/// Moments drawn in the timeline.
pub const CASE_MARKS: usize = 400;
/// Characters of a label in the timeline.
pub const CASE_LABEL: usize = 44;
/// Countries of which a bar is drawn.
pub const COUNTRIES: usize = 20;
/// Runs whose network and groups are drawn.
pub const CASE_PICTURES: usize = 4;
/// Groups in the legend of a network.
pub const CASE_LEGEND: usize = 30;
/// Groups whose week is drawn.
pub const CASE_WEEKS: usize = 12;
/// Groups of one run whose posts over time are drawn.
pub const CASE_ACTIVITY: usize = 12;
/// Rows of a table of a case, and of a matrix.
pub const CASE_ROWS: usize = 60;
/// Columns of a matrix.
pub const CASE_COLUMNS: usize = 21;
/// Records listed in a cell or a sentence.
pub const CASE_SEEN: usize = 12;
/// Hypotheses shown.
pub const CASE_HYPOTHESES: usize = 12;
/// Claims with a card of their own.
pub const CASE_CLAIMS: usize = 200;
/// Repetitions listed under a claim.
pub const CASE_REPEATS: usize = 20;
/// Parties with a card of their own.
pub const CASE_ACTORS: usize = 100;
/// Runs with a card of their own.
pub const CASE_RUNS: usize = 60;
/// Steps listed of a run's method.
pub const CASE_STEPS: usize = 30;
/// Input files listed, beside all that findings lead to.
pub const CASE_EVIDENCE: usize = 200;
/// Notes listed.
pub const CASE_NOTES: usize = 100;

//! Signs of accounts, whatever they touch, as plain data.

/// What one detector looked for, and what it saw.
#[derive(Clone, Debug, PartialEq)]
pub struct Detector {
    /// The short name, such as `sync`.
    pub name: String,
    /// What it finds, as a sentence.
    pub finds: String,
    /// What else could make accounts look so, each as a sentence.
    pub innocent: Vec<String>,
    /// The signs that rest on a test, the least likely first; the page may show fewer.
    pub signs: Vec<Sign>,
    /// How many further signs are measures without a test, which only the table has.
    pub measures: u64,
}

/// One sign.
#[derive(Clone, Debug, PartialEq)]
pub struct Sign {
    /// The kind, such as `in-step`.
    pub kind: String,
    /// The accounts by name, or the group.
    pub who: Vec<String>,
    /// What was measured, of how many, and what was to be expected.
    pub measure: f64,
    /// Trials, posts or accounts that it rests on.
    pub of: u64,
    /// What chance or the rest of the data would have given.
    pub expected: Option<f64>,
    /// How often chance alone would give as much.
    pub p: Option<f64>,
    /// The window, the pattern, the period.
    pub detail: String,
}

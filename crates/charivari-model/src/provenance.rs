//! What every output says about where it came from.

use serde::{Deserialize, Serialize};

/// One input file, known by its digest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InputFile {
    /// The name as given on the command line, without its folders.
    pub name: String,
    /// Lower-case hexadecimal SHA-256 of the file as it lies on the disk.
    pub sha256: String,
    /// The length of the file in bytes as it lies on the disk.
    pub bytes: u64,
}

/// The tool, its parameters and its inputs: enough to repeat a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provenance {
    /// The name and version of the program, such as `charivari 0.1.0`.
    pub tool: String,
    /// The command, such as `coordinate`.
    pub command: String,
    /// Each parameter by name, in a defined order; paths and threads are not parameters.
    pub parameters: Vec<(String, String)>,
    /// The inputs, in the order of their digests.
    pub inputs: Vec<InputFile>,
}

//! How a run ends, for scripts that call the program.

/// The documented exit codes of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// The run did what was asked. Rows set aside do not change this; they are reported.
    Done = 0,
    /// A fault of the program itself.
    Fault = 1,
    /// The command line was wrong.
    Usage = 2,
    /// An input could not be read, or is not what it claims to be. No output was written.
    Input = 3,
    /// The inputs were read but hold nothing to analyse.
    Nothing = 4,
    /// An output could not be written.
    Output = 5,
    /// A check was made, and something differs from what it should be.
    Differs = 6,
}

//! Why an answer of a party changed nothing: what its author is told, so that nobody believes to have agreed who has not.

/// Why an answer does not count now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Uncounted {
    /// The dispute is paused: it may count once that is over.
    Paused,
    /// It would end a pause that somebody else made.
    NotYours,
    /// What its code spoke about was answered, replaced, or is not open any more.
    Over,
    /// It says yes with a code, and something else beside it.
    Mixed,
    /// Time was asked for a second time.
    Twice,
    /// It cannot be said where the dispute stands.
    NotNow,
    /// A day that it names has passed, or comes before the last day to answer it.
    TooSoon,
}

impl Uncounted {
    /// Whether it is only said of an answer with a code.
    pub fn is_coded(self) -> bool {
        !matches!(self, Uncounted::Twice | Uncounted::TooSoon)
    }

    /// Whether the letter that follows anyway says why.
    pub fn is_told_otherwise(self) -> bool {
        self == Uncounted::TooSoon
    }
}

//! What could be a target: the names and phrases that stand in many articles and outlets, what a target is
//! called where it is meant, and the spelling nearest to a name that is not found.
//!
//! ```text
//! sentence ── phrases ──> names, phrases ── phrase_counts ──> by article and outlet
//!                                        ── proposals ──> targets with aliases
//! sentence ── nearest_spelling ──> the run of words most like a name
//! ```

mod nearest_spelling;
mod phrase_counts;
mod phrases;
mod proposals;

pub use nearest_spelling::{NearestSpelling, Spelling};
pub use phrase_counts::{PhraseCount, PhraseCounts};
pub use proposals::{ProposedTarget, aliases, proposals};

//! Labelling on a page: what is shown, what was decided, and what follows from it. Pure; the server and
//! the files are elsewhere.
//!
//! ```text
//! audit_sampling ─► Card ─┐                       ┌─► next card of each coder
//!                         ├─ journal ─► Session ──┼─► progress, intervals
//! coder ─► Decision ──────┘                       └─► agreement, disputes ─► adjudicated
//! ```
//!
//! The journal is the truth: its records, read again in order, give the same session.

mod assignment;
mod card;
mod coder_agreement;
mod context;
mod decision;
#[cfg(test)]
mod fixture;
mod journal;
mod moment;
mod progress;
mod session;

pub use assignment::Assignment;
pub use card::{Card, Stratum};
pub use coder_agreement::{CoderAgreement, Dispute};
pub use context::{CardContext, ContextSentence, context};
pub use decision::{Answer, Decision};
pub use journal::{FORMAT, Header, Record, Undone};
pub use moment::moment;
pub use progress::{CoderProgress, Progress, StratumProgress};
pub use session::{CardFacts, Entry, Refusal, Session};

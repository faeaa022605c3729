//! Effects on a scale that can be drawn and pooled: forests of a claim, and pooled figures over its trials.
//!
//! Whatever is pooled here is **our own calculation, not a published result**. It is made only where it is honest: from three
//! or more primary trials of one claim (so of one question and one outcome), on one scale, whose signs are known. Published
//! pooled results are drawn but never pooled with one another: they share trials, and each is no trial itself.
//!
//! The methods give what `metafor` in R gives; `tests/stats.rs` holds the figures and the commands.

mod axis;
mod forest;
mod pool;
mod scale;

pub use self::axis::Axis;
pub use self::forest::{Forest, LeftOut, Panel, Row};
pub use self::pool::{Estimate, FEWEST, Pooled, RandomEffects, Study, pool};
#[cfg(feature = "export")]
pub(crate) use self::scale::{Derived, derive};
pub use self::scale::{Reason, Scale};

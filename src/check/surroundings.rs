//! What stands around a sentence, as far as its reading depends on it.

use super::tag::Tag;
use crate::document::BlockKind;
use crate::model::vocabulary::Strength;

/// What surrounds a sentence: where it stands and what was said just before.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Surroundings {
    pub(crate) kind: BlockKind,
    /// The block names its source: a link, a year with an author, a footnote.
    pub(crate) cited: bool,
    /// A lead-in or a heading above governs this item.
    pub(crate) lead_in: LeadIn,
    /// The outcome or complaint that the page spoke of last, before this sentence.
    pub(crate) subject: Option<Tag>,
    /// The same, where the sentence just before names it: "it" may mean it.
    pub(crate) referent: Option<Tag>,
    /// The same, where the sentence before is a question, or only names it: "Cortisol?", "Tired of back pain?", "Before: headaches."
    pub(crate) asked: Option<Tag>,
    /// Whether the words are a question that was answered with a no, which makes some of them a claim: "Any side effects? None."
    pub(crate) refused: bool,
    /// What the heading above is about: a term with a topic.
    pub(crate) section: Option<Tag>,
}

/// How the words above a list govern its items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LeadIn {
    /// Nothing above changes the reading.
    None,
    /// "Massage may help with:" — the items are no stronger than this.
    Hedged(Strength),
    /// "Massage can help with:", "Benefits" — the items are claims, no stronger than this.
    Offer(Strength),
    /// "Conditions we treat" — the bare names below say whom the clinic sees; for a disease that is a claim.
    Seen(Strength),
    /// "We do not treat:", "Tell us if you have:", "Myths".
    Silent,
}

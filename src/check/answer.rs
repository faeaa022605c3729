//! What a sentence says to the one before it: a yes, a no, a question back, a word that takes it back.

use super::class::Class;
use super::reading::{Reading, Tag};

impl Reading {
    /// The yes with which the sentence begins; "it does not" and "absolutely not" are none.
    pub(crate) fn affirmation(&self) -> Option<Tag> {
        let denied = |tag: &Tag| self.first_in(tag.start as usize..tag.end as usize + 1, Class::NEGATOR).is_some();
        // "It can", "we will": where more follows it is no answer, "it can ease pain a little".
        let tells = |tag: &Tag| self.tags_at(0).any(|own| own.class == Class::PRONOUN) && !self.is_last(*tag);
        self.tags_at(0).find(|tag| tag.class == Class::AFFIRMATION && !denied(tag) && !tells(tag))
    }

    /// The no with which the sentence begins, where nothing behind it takes something of it back.
    pub(crate) fn refusal(&self) -> Option<Tag> {
        const TAKE_BACK: [Class; 6] =
            [Class::CONTRAST, Class::HEDGE, Class::ADVICE, Class::UNCERTAINTY, Class::LIMIT, Class::REPORT];
        let own = |tag: &Tag| tag.class == Class::REFUSAL && (tag.end > 1 || self.is_last(*tag));
        self.tags_at(0).find(own).filter(|_| !TAKE_BACK.iter().any(|&class| self.has(class)))
    }

    /// Whether the sentence only asks of the one before whether it is so: "Or does it?", "Really?"
    pub(crate) fn echoes(&self) -> bool {
        self.question && self.tags_at(0).any(|tag| tag.class == Class::ECHO && tag.end as usize == self.tokens.len())
    }

    /// Whether the sentence takes back the one before: "That is a myth.", "Nonsense, of course." A bare "no" has to stand alone.
    pub(crate) fn retracts(&self) -> bool {
        let whole = |tag: Tag| tag.end as usize == self.tokens.len();
        let bare = || self.tags_at(0).any(|tag| tag.class == Class::LOCAL_NEGATOR && tag.end == 1);
        let says = |tag: Tag| whole(tag) || (self.is_comma(tag.end as usize) && !bare());
        self.tags_at(0).any(|tag| tag.class == Class::RETRACTION && says(tag))
    }
}

//! The classes of terms that the checker asks for by name, each with the word that stands in the vocabulary.

use crate::load::{Packed, Packing, Unpacking};

/// Number of a class of terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Class(pub(crate) u16);

impl Packed for Class {
    fn write(&self, to: &mut Packing) {
        self.0.write(to);
    }

    fn read(from: &mut Unpacking<'_>) -> Option<Self> {
        u16::read(from).map(Self)
    }
}

macro_rules! classes {
    ($($(#[$meta:meta])* $name:ident = $word:literal,)+) => {
        /// The classes that the engine itself asks for; all others serve patterns only.
        pub(super) const KNOWN: &[&str] = &[$($word),+];
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        #[repr(u16)]
        enum Order { $($name),+ }
        impl Class { $($(#[$meta])* pub(crate) const $name: Self = Self(Order::$name as u16);)+ }
    };
}

classes! {
    INTERVENTION = "intervention",
    OUTCOME = "outcome",
    CONDITION = "condition",
    SERIOUS = "serious-condition",
    /// Verbs of more: increase, boost, release.
    INCREASE = "increase",
    /// Verbs of less: reduce, relieve, remove.
    DECREASE = "decrease",
    /// Verbs of better: improve, heal, calm.
    IMPROVE = "improve",
    /// Adjectives of more and better before an outcome.
    MORE = "more",
    /// Adjectives of less before an outcome.
    LESS = "less",
    /// Nouns of more: a rise in, a boost to.
    RISE = "rise",
    /// Nouns of less: relief from, reduction in.
    RELIEF = "relief",
    /// A mark or a word after an outcome: "cortisol down", "serotonin ✅".
    UP = "up",
    DOWN = "down",
    /// "good for", "effective against".
    FRAME = "frame",
    HEDGE = "hedge",
    /// Hedges that stand on either side of the verb: "in some people".
    ASIDE = "hedge-aside",
    /// "can", "is able to".
    CAPABILITY = "capability",
    /// "helps to", "supports".
    ASSIST = "assist",
    BOOSTER = "booster",
    NEGATOR = "negator",
    /// Denies only up to the next comma: "no", "without".
    LOCAL_NEGATOR = "local-negator",
    PSEUDO_NEGATOR = "pseudo-negator",
    TERMINATOR = "terminator",
    /// Stated uncertainty, null results, limits of studies.
    UNCERTAINTY = "uncertainty",
    /// "myth", "you may have heard".
    REPORT = "report-frame",
    /// "studies show".
    RESEARCH = "research",
    /// "Cochrane", "et al.", a year.
    CITATION = "citation",
    MAGNITUDE_UP = "magnitude-up",
    MAGNITUDE_DOWN = "magnitude-down",
    /// "clients say", "you may notice".
    EXPERIENCE = "experience",
    /// "for a short time".
    LIMIT = "limit",
    /// "see your doctor", "tell us if".
    ADVICE = "advice",
    /// Something other than massage that does the work: exercise, the liver.
    OTHER_SUBJECT = "other-subject",
    /// What else explains a change: "by itself", "with time", "when she changed jobs".
    OTHER_CAUSE = "other-cause",
    /// Verbs that say something changes, and not how: affect, change, influence.
    AIMLESS = "aimless",
    /// "by": who does it follows.
    AGENT = "agent",
    /// "within", "after": when or how follows, not what.
    ADJUNCT = "adjunct",
    PRONOUN = "pronoun",
    /// "patients", "clients": who has a complaint, and not the complaint.
    PEOPLE = "people",
    /// "you", "your": who reads.
    READER = "reader",
    /// "I", "my": who speaks for themselves.
    FIRST_PERSON = "first-person",
    /// "it", "them" where something is done to it.
    OBJECT = "object-pronoun",
    /// "that", "who": what follows describes the noun before.
    RELATIVE = "relative",
    DETERMINER = "determiner",
    /// "if", "when": what they open ends at the next comma.
    CONDITIONAL = "conditional",
    /// "yes", "absolutely": the answer that makes a question a statement.
    AFFIRMATION = "affirmation",
    /// "none at all", "never": the answer that denies what was asked.
    REFUSAL = "refusal",
    /// "Fact:", "The truth:": what follows is meant, also below a heading about myths.
    FACT = "fact",
    /// "it does not", "that is a myth": a sentence of its own that takes back the one before.
    RETRACTION = "retraction",
    /// "Does it?", "Really?": a question that goes back to the sentence before.
    ECHO = "echo",
    /// "if your", "had it", "asked whether": what follows in the clause is only supposed.
    SUPPOSED = "supposed",
    /// "did not come", "had gone", "is small": what is told of an effect that was named before.
    FALLS_SHORT = "falls-short",
    /// "however pure", "no matter how deep": opens an aside between a subject and its verb.
    CONCESSION = "concession",
    /// "all", "both of them": what the words before named, again.
    ALL = "all-of-them",
    /// "Before:", "then:": what was, with a mark behind it.
    FORMERLY = "formerly",
    /// "After:", "now:": what became of it.
    AFTERWARDS = "afterwards",
    /// "but", "however": advice does not reach beyond it.
    CONTRAST = "contrast",
    PREPOSITION = "preposition",
    /// "people with", "living with": what follows says who.
    WITH = "with",
    /// "and", "or".
    CONJUNCTION = "conjunction",
    /// Questions that state: "why live with …", "did you know".
    RHETORICAL = "rhetorical",
    IDIOM = "idiom",
    /// Names in which an outcome or a change is only a part: "recovery room", "lower back".
    NAME = "name",
    /// "says", "explains": whoever is quoted stands by the words.
    SPEECH = "speech",
    /// Medicines: what they are taken for is what copy speaks of.
    MEDICINE = "medicine",
    /// Medical treatment and those who give it.
    CARE = "medical-care",
    SPUN = "spun",
    SPUN_MODIFIER = "spun-modifier",
    SPUN_HEAD = "spun-head",
    SPUN_AMBIGUOUS = "spun-ambiguous",
    /// Words that bring a whole page under a disclaimer.
    DISCLAIMER = "disclaimer",
    /// What can go wrong: "sore", "bruised", "not suitable for".
    HARM = "harm",
    /// Words that offer what a list below them holds.
    LIST_OF_BENEFITS = "list-of-benefits",
    /// What answers a question about a complaint: "we can help", "look no further".
    SOLUTION = "solution",
    /// Words before a complaint for which help is then offered: "for migraines, massage works".
    AGAINST = "against",
    /// Words that name whom a clinic sees: "conditions we treat".
    LIST_OF_COMPLAINTS = "list-of-complaints",
    /// Words of a closing section, which restates the page.
    CONCLUSION = "conclusion",
    /// Words that offer help with what follows a colon.
    OFFER = "offer",
}

impl Class {
    /// Whether it says that something changes: a verb, an adjective, a noun or a frame that an outcome is paired with.
    pub(crate) const fn is_relation(self) -> bool {
        self.is_verb()
            || matches!(self, Self::MORE | Self::LESS | Self::RISE | Self::RELIEF | Self::FRAME | Self::UP | Self::DOWN)
    }

    /// Whether it is a verb of change.
    pub(crate) const fn is_verb(self) -> bool {
        matches!(self, Self::INCREASE | Self::DECREASE | Self::IMPROVE)
    }
}

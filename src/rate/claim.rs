//! Tests on one clause: what its predicate tells, and what only stands nearby.

use super::grammar::Reading;
use super::role::Role;
use super::words::Form;
use crate::document::Punctuation;

/// A clause, for the tests.
pub(super) struct Clause<'r> {
    pub(super) reading: &'r Reading<'r>,
    pub(super) places: &'r [usize],
    /// The first word that carries the clause.
    pub(super) verb: Option<usize>,
}

impl Clause<'_> {
    pub(super) fn has(&self, class: &str) -> bool {
        self.places.iter().any(|&at| self.reading.is(at, class))
    }

    /// Whether a word of the class stands in the predicate, or in a title without one.
    pub(super) fn says(&self, class: &str) -> bool {
        self.predicate().any(|at| self.reading.is(at, class))
    }

    pub(super) fn predicate(&self) -> impl Iterator<Item = usize> {
        let from = self.verb.unwrap_or(0);
        self.places.iter().copied().filter(move |&at| at >= from)
    }

    pub(super) fn tagged(&self, at: usize, class: &str) -> bool {
        self.reading.nodes[at].tag.is_some_and(|tag| tag.class == self.reading.lists.class(class))
    }

    pub(super) fn role(&self, at: usize) -> Role {
        self.reading.nodes[at].role
    }

    /// Whether a word of the classes stands up to so many words before, in the same clause.
    fn near(&self, at: usize, classes: &[&str], back: usize) -> bool {
        (at.saturating_sub(back)..at)
            .any(|i| self.reading.any(i, classes) && self.reading.nodes[i].clause == self.reading.nodes[at].clause)
    }

    pub(super) fn is_effect(&self, at: usize) -> bool {
        self.tagged(at, "cause") || self.tagged(at, "change") || self.tagged(at, "help")
    }

    /// The head of the subject: the word before its first preposition, or before the verb.
    pub(super) fn subject(&self) -> Option<usize> {
        let verb = self.verb?;
        let before: Vec<usize> = self.places.iter().copied().filter(|&at| at < verb).collect();
        let first = before.iter().position(|&at| !self.reading.any(at, &["prep", "but", "det", "this", "we"]))?;
        // "the effect of the diet" is about an effect.
        let of = |&at: &usize| self.reading.text(at).ends_with(" of") || self.reading.text(at).ends_with(" on");
        if let Some(head) = before.iter().skip(first).copied().find(of) {
            return Some(head);
        }
        let end = (first..before.len())
            .find(|&i| {
                let at = before[i];
                self.reading.any(at, &["prep", "by", "to", "who", "that"]) || i > first && !self.reading.open(at)
            })
            .unwrap_or(before.len());
        before.get(end.checked_sub(1)?).copied()
    }

    /// Whether a word stands in the predicate, or the clause has none.
    fn told(&self, at: usize) -> bool {
        self.verb.is_none_or(|verb| at >= verb)
    }

    /// Whether a word of the classes follows in the same clause, up to so many words on.
    fn follows(&self, at: usize, classes: &[&str], on: usize) -> bool {
        (at + 1..=at + on).any(|next| {
            self.reading.any(next, classes)
                && self.reading.nodes.get(next).is_some_and(|node| node.clause == self.reading.nodes[at].clause)
        })
    }

    /// Whether a noun completes the verb: no preposition between them but "as".
    fn completes(&self, at: usize) -> bool {
        self.verb.is_none_or(|verb| {
            verb <= at && !(verb..at).any(|i| self.reading.is(i, "prep") && self.reading.text(i) != "as")
        })
    }

    /// Whether something is asked or needed before a word of the predicate: "is needed to examine the link".
    pub(super) fn asked(&self, at: usize) -> bool {
        self.predicate().take_while(|&before| before < at).any(|before| {
            self.needs(before)
                || self.reading.any(before, &["unknown", "tool"])
                || self.tagged(before, "aim")
                    && matches!(
                        self.role(before),
                        Role::Purpose | Role::Infinitive | Role::Finite | Role::May | Role::Can
                    )
        })
    }

    /// Whether a word stands in an indirect question: "we investigated whether".
    fn in_question(&self, at: usize) -> bool {
        let asks = |at: usize| self.reading.any(at, &["aim", "unknown"]);
        (1..at).any(|how| self.reading.text(how) == "whether" && (how.saturating_sub(3)..how).any(asks))
    }

    /// Whether a verb acts on what is known.
    fn knowledge(&self, at: usize) -> bool {
        (at + 1..at + 4).take_while(|&next| next == at + 1 || !self.reading.any(next - 1, &["prep", "that"])).any(
            |next| {
                matches!(
                    self.reading.text(next),
                    "understanding"
                        | "knowledge"
                        | "literature"
                        | "evidence"
                        | "awareness"
                        | "insight"
                        | "insights"
                        | "estimate"
                        | "estimates"
                        | "discovery"
                        | "conclusion"
                        | "conclusions"
                        | "findings"
                        | "research"
                        | "debate"
                        | "concept"
                        | "hypothesis"
                        | "notion"
                )
            },
        )
    }

    /// Whether a hedge stands right before a verb; "a suspected ulcer reduces" has none.
    fn hedged(&self, at: usize) -> bool {
        (at.saturating_sub(2)..at).any(|before| {
            self.reading.nodes[before].clause == self.reading.nodes[at].clause
                && (self.reading.any(before, &["may", "maybe-likely"])
                    || self.reading.any(before, &["seem", "potential"]) && self.reading.is_adverb(before)
                    || matches!(self.reading.text(before), "perhaps" | "in part"))
        })
    }

    pub(super) fn causes(&self, at: usize) -> bool {
        let reading = self.reading;
        let light = self.tagged(at, "give") && self.follows(at, &["effect"], 6)
            || self.tagged(at, "give")
                && !matches!(reading.text(at), "have" | "has" | "had")
                && self.follows(at, &["effective", "change-noun"], 6)
            || self.tagged(at, "have")
                && self.follows(at, &["effect"], 6)
                && !reading.any(at + 1, &["be", "report", "aim"])
            || reading.text(at).starts_with("play")
                && (self.follows(at, &["role"], 6) || (at + 1..at + 7).any(|next| reading.text(next) == "part"));
        let role = self.role(at);
        let told = matches!(
            role,
            Role::Finite
                | Role::Can
                | Role::Do
                | Role::Claimed
                | Role::Perfect
                | Role::PassiveBy
                | Role::Would
                | Role::CommaGerund
        ) || role == Role::Intransitive
            && (self.tagged(at, "cause") && matches!(reading.text(at + 1), "against" | "from")
                || self.tagged(at, "help") && reading.text(at + 1) == "with");
        // "The review limits", "enhance our understanding", "account for 5 million visits" bring nothing about.
        let knowledge =
            self.subject().is_some_and(|subject| reading.is(subject, "study") && reading.text(subject) != "work")
                || self.knowledge(at)
                || self.in_question(at)
                || self.tagged(at, "help") && (self.informs(at) || self.follows(at, &["predict"], 2))
                || reading.text(at).starts_with("account") && reading.is_number(at + 1);
        (self.is_effect(at) || light) && !knowledge && (told || light && role == Role::Noun) && !self.hedged(at)
    }

    /// Whether a word links two things; "may be linked" stays a link. What a cause brings about is no link.
    pub(super) fn links(&self, at: usize, cause: Option<usize>) -> bool {
        let reading = self.reading;
        let be = self.verb.is_some_and(|verb| self.tagged(verb, "be"));
        let caused = cause.is_some_and(|cause| cause < at) || self.asked(at) || self.in_question(at);
        if self.tagged(at, "linked") && reading.nodes[at].tag.is_some_and(|tag| tag.form != Form::Plain) {
            return !caused
                && matches!(
                    self.role(at),
                    Role::Finite
                        | Role::Intransitive
                        | Role::Do
                        | Role::Perfect
                        | Role::Claimed
                        | Role::Can
                        | Role::May
                        | Role::Hedged
                );
        }
        if reading.is(at, "linked") {
            let compound = reading.words[at].before.has(Punctuation::HYPHEN)
                && matches!(reading.text(at), "associated" | "linked");
            let open = self.verb.is_none() || !self.told(at) && be;
            return !compound
                && (self.near(at, &["be"], 4) || reading.title || open && !self.near(at, &["det", "prep"], 1));
        }
        if caused {
            return false;
        }
        if reading.is(at, "likely") {
            if reading.is(at + 1, "to") && reading.text(at + 2) == "have" {
                return false;
            }
            let place = !reading.text(at).starts_with("at ") || self.near(at, &["be", "have"], 4) || reading.title;
            return self.told(at) && place;
        }
        if reading.is(at, "predict") {
            let verb = self.reading.nodes[at].tag.is_some_and(|tag| tag.form != Form::Plain);
            let subject = be && self.subject() == Some(at);
            return verb && self.told(at) || subject || self.completes(at);
        }
        let stated = self.told(at)
            || self.verb.is_some_and(|verb| {
                self.tagged(verb, "be")
                    || reading.any(verb + 1, &["report", "significant"])
                    || self.tagged(verb, "give")
                    || self.tagged(verb, "verb")
            });
        reading.is(at, "link")
            && stated
            && !(at > 0 && reading.text(at - 1) == "in")
            && (at + 1..at + 6).any(|next| matches!(reading.text(next), "between" | "with" | "of" | "to"))
    }

    /// Whether a word says that something may be brought about.
    pub(super) fn supposes(&self, at: usize) -> bool {
        let reading = self.reading;
        self.is_effect(at) && matches!(self.role(at), Role::May | Role::Hedged) && !self.informs(at)
            || self.near(at, &["may"], 6)
                && (reading.any(at, &["effective", "cause-noun", "role", "effect"])
                    || self.tagged(at, "give") && self.follows(at, &["effective", "change-noun", "risk"], 3))
            || self.near(at, &["seem", "maybe-likely"], 5) && reading.any(at, &["effective", "cause-noun", "role"])
    }

    /// "is needed", "it is important to"; "an important cause" needs nothing.
    pub(super) fn needs(&self, at: usize) -> bool {
        let reading = self.reading;
        let adjective = matches!(
            reading.text(at),
            "important" | "crucial" | "critical" | "essential" | "necessary" | "urgent" | "mandatory" | "cautious"
        );
        let noun = reading.open(at + 1) && !reading.any(at + 1, &["prep", "to", "that", "and"]);
        let attribute = noun && (adjective || self.near(at, &["det", "compare"], 1));
        reading.is(at, "need") && !attribute
    }

    pub(super) fn aims(&self, at: usize) -> bool {
        self.tagged(at, "aim") && matches!(self.role(at), Role::Finite | Role::Passive | Role::Intransitive)
    }

    /// "it is well known that", "previous research has": what was known before.
    pub(super) fn known(&self) -> bool {
        let reading = self.reading;
        let Some(verb) = self.verb else { return false };
        let known = |at: usize| {
            matches!(
                reading.text(at),
                "known to" | "long known" | "long" | "widely" | "well known" | "well established" | "previously"
            )
        };
        let before = (0..verb).any(|at| {
            matches!(reading.text(at), "previous" | "prior" | "past" | "earlier") && reading.is(at + 1, "study")
        });
        self.tagged(verb, "be") && known(verb + 1)
            || self.tagged(verb, "have")
                && (before
                    || (verb + 1..verb + 4).any(known)
                        && (verb + 1..verb + 4).any(|at| reading.any(at, &["be", "report"])))
    }

    /// A notice of publication or registration: about a study, or as the predicate.
    pub(super) fn notices(&self) -> bool {
        let study = self.subject().is_some_and(|subject| self.reading.is(subject, "study"));
        self.places
            .iter()
            .any(|&at| self.reading.is(at, "notice") && (study || self.verb.is_none() || self.near(at, &["be"], 3)))
    }

    /// Whether groups or times are set against each other, or something moved.
    pub(super) fn compares(&self) -> bool {
        let reading = self.reading;
        let compare = |at: usize| {
            reading.is(at, "compare")
                && !self.counts(at)
                && !matches!(reading.text(at), "most" | "often" | "frequently" | "older" | "younger")
        };
        let people = self.subject().is_none_or(|subject| !reading.any(subject, &["study", "we"]));
        // "Patients showed lower values", "displayed reduced brain size".
        let shows = |at: usize| {
            people
                && (at.saturating_sub(4)..at).any(|verb| {
                    self.places.contains(&verb)
                        && ["report", "move", "give"].iter().any(|class| self.tagged(verb, class))
                        && matches!(self.role(verb), Role::Finite | Role::Perfect)
                })
        };
        self.places.iter().any(|&at| {
            compare(at) && (self.follows(at, &["than"], 8) || self.told(at) && self.near(at, &["be", "have"], 4))
                || (compare(at) || self.tagged(at, "change") && self.role(at) == Role::Modifier) && shows(at)
                || self.tagged(at, "change") && matches!(self.role(at), Role::Passive | Role::Intransitive | Role::Finite)
                || self.tagged(at, "move") && matches!(self.role(at), Role::Intransitive | Role::Finite)
                // Titles: "Risk greater in", "Disparities seen in".
                || reading.title
                    && self.verb.is_none()
                    && (matches!(reading.text(at), "down" | "up") && reading.is_number(at + 1)
                        || compare(at) && self.has("risk")
                        || self.tagged(at, "report") && self.role(at) == Role::Intransitive && self.follows(at, &["prep"], 1))
        })
    }

    /// "more than half", "less than 1,500 mg": an amount, no comparison.
    fn counts(&self, at: usize) -> bool {
        let number = |at: usize| self.reading.text(at).starts_with(|c: char| c.is_ascii_digit());
        self.reading.is(at + 1, "than") && (self.reading.is(at + 2, "amount") || number(at + 2))
    }

    /// Whether a word is set against something: "than", "in patients with", "between the groups".
    fn set_against(&self, at: usize) -> bool {
        let reading = self.reading;
        self.follows(at, &["than"], 10)
            || (at + 1..at + 9).any(|next| {
                let same = reading.nodes.get(next).is_some_and(|node| node.clause == reading.nodes[at].clause);
                let among = matches!(reading.text(next), "in" | "among" | "between" | "for" | "with");
                // "between 1999 and 2010" sets nothing against another.
                let years = reading.text(next + 1).starts_with(|c: char| c.is_ascii_digit());
                same && (matches!(reading.text(next), "between" | "after") && !years
                    || among && (next + 1..next + 6).any(|who| reading.is(who, "people")))
            })
    }

    /// Whether an amount, a change or a state is told of one group or time and not of another.
    pub(super) fn contrasts(&self) -> bool {
        let reading = self.reading;
        let tool = self.subject().is_some_and(|subject| reading.any(subject, &["tool", "study"]))
            || self.verb.is_some_and(|verb| verb > 0 && reading.is(verb - 1, "we"));
        let who = self.subject().is_some_and(|subject| reading.is(subject, "people"));
        let holds = self
            .verb
            .is_some_and(|verb| ["have", "give", "report", "move"].iter().any(|class| self.tagged(verb, class)));
        !tool
            && self.predicate().any(|at| {
                let state = matches!(reading.text(at), "high" | "low" | "abnormal");
                let as_much = reading.text(at) == "as" && reading.text(at + 2) == "as";
                let compared = reading.any(at, &["compare", "differ"]) && !self.counts(at)
                    || as_much
                    || self.tagged(at, "change") && matches!(self.role(at), Role::Passive | Role::Intransitive)
                    || self.tagged(at, "move") && matches!(self.role(at), Role::Intransitive | Role::Finite);
                let found = self.tagged(at, "report") && matches!(self.role(at), Role::Passive | Role::Intransitive)
                    || matches!(
                        reading.text(at),
                        "common" | "frequent" | "rare" | "high" | "low" | "present" | "prevalent"
                    );
                let among = |next: usize| matches!(reading.text(next), "in" | "among");
                compared && (as_much || self.set_against(at))
                    || who
                        && holds
                        && (compared || state || self.tagged(at, "change") && self.role(at) == Role::Modifier)
                    || found
                        && (at + 1..at + 4)
                            .any(|next| among(next) && (next + 1..next + 6).any(|who| reading.is(who, "people")))
            })
    }

    /// "may help clinicians identify", "may explain": what serves knowledge brings nothing about.
    fn informs(&self, at: usize) -> bool {
        (at + 1..at + 4).any(|next| {
            self.reading.any(next, &["aim", "report", "clinician"])
                && self.reading.nodes.get(next).is_some_and(|node| node.role != Role::Modifier)
        })
    }
}

//! What a verb does, told from its form and its neighbours.

use super::grammar::Reading;
use super::words::{Form, Tag};
use crate::document::Punctuation;

/// What a verb does where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Role {
    /// No verb, or a verb used as a noun or an adjective.
    Noun,
    /// A participle before or after its noun: "reduced brain size".
    Modifier,
    /// "reduces", "reduced" with an object.
    Finite,
    /// "risk increases with age": no object.
    Intransitive,
    /// "has reduced"
    Perfect,
    /// "was reduced"
    Passive,
    /// "reduced by"
    PassiveBy,
    /// "may reduce"
    May,
    /// "can reduce"
    Can,
    /// "would reduce"
    Would,
    /// "should reduce"
    Should,
    /// "did not reduce", "does reduce"
    Do,
    /// "appears to reduce", "is likely to reduce"
    Hedged,
    /// "shown to reduce", "helps to reduce", "failed to reduce"
    Claimed,
    /// "strategies to reduce", "is needed to reduce"
    Purpose,
    /// Any other infinitive.
    Infinitive,
    /// "by reducing", "in reducing"
    ByGerund,
    /// "for reducing", "of reducing"
    ForGerund,
    /// ", reducing"
    CommaGerund,
    /// Any other form in -ing.
    Gerund,
    /// A bare form whose place is open.
    Bare,
}

impl Role {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Noun => "noun",
            Self::Modifier => "modifier",
            Self::Finite => "finite",
            Self::Intransitive => "intransitive",
            Self::Perfect => "perfect",
            Self::Passive => "passive",
            Self::PassiveBy => "passive-by",
            Self::May => "after-may",
            Self::Can => "after-can",
            Self::Would => "after-would",
            Self::Should => "after-should",
            Self::Do => "after-do",
            Self::Hedged => "after-hedge",
            Self::Claimed => "after-shown-to",
            Self::Purpose => "purpose",
            Self::Infinitive => "infinitive",
            Self::ByGerund => "by-ing",
            Self::ForGerund => "for-ing",
            Self::CommaGerund => "comma-ing",
            Self::Gerund => "ing",
            Self::Bare => "bare",
        }
    }
}

impl Reading<'_> {
    /// The class and role of a word from its neighbours.
    pub(super) fn place(&self, at: usize) -> (Option<Tag>, Role) {
        let word = &self.words[at];
        let verb = word.tags.iter().copied().find(|tag| tag.form != Form::Plain);
        let plain = word.tags.iter().copied().find(|tag| tag.form == Form::Plain);
        let Some(verb) = verb else {
            // "age-associated": the compound claims no association.
            let compound = word.before.has(Punctuation::HYPHEN) && matches!(self.text(at), "associated" | "linked");
            return (plain.filter(|_| !compound), Role::Noun);
        };
        let role = if self.is_compound(at, verb.form) { Role::Modifier } else { self.role(at, verb.form) };
        match role {
            Role::Noun | Role::Modifier | Role::Bare if plain.is_some() => (plain, Role::Noun),
            // "was linked" is told by the participle, not by the verb.
            Role::Passive | Role::PassiveBy if plain.is_some_and(|plain| plain.class == verb.class) => {
                (plain, Role::Noun)
            }
            _ => (Some(verb), role),
        }
    }

    /// "diet-induced", "health-promoting": a participle that only ends a compound; "down-regulated" is a verb.
    fn is_compound(&self, at: usize, form: Form) -> bool {
        matches!(form, Form::Past | Form::Ing)
            && at > 0
            && self.words[at].before.has(Punctuation::HYPHEN)
            && !matches!(self.text(at - 1), "up" | "down" | "re" | "co" | "over" | "under" | "de" | "non")
    }

    fn role(&self, at: usize, form: Form) -> Role {
        let mut before = self.previous(at);
        if form == Form::Past
            && before.is_some_and(|before| matches!(self.text(before), "most" | "more" | "less" | "often"))
        {
            before = before.and_then(|most| self.previous(most)).filter(|&be| self.is(be, "be")).or(before);
        }
        let is = |classes: &[&str]| before.is_some_and(|before| self.any(before, classes));
        let next_open = self.open(at + 1);
        let next = |classes: &[&str]| next_open && self.any(at + 1, classes);
        // A phrase such as "lead to" has its preposition inside.
        let phrasal = self.words[at].text.contains(' ');
        // "increased dramatically over ten years"
        let mut after = at + 1;
        let degree = |at: usize| matches!(self.text(at), "more" | "less" | "most" | "faster") && self.is_adverb(at + 1);
        while next_open && (self.is_adverb(after) || degree(after)) && self.open(after) {
            after += 1;
        }
        let intransitive = !phrasal
            && (after >= self.words.len()
                || !self.open(after)
                || (self.any(after, &["prep", "by", "than", "after"]) && self.text(after) != "by"));
        match form {
            Form::Ing => {
                if is(&["be"]) {
                    if intransitive { Role::Intransitive } else { Role::Finite }
                } else if is(&["by"]) || before.is_some_and(|before| matches!(self.text(before), "in" | "effective in"))
                {
                    Role::ByGerund
                } else if is(&["prep"]) {
                    Role::ForGerund
                } else if is(&["det", "compare"]) {
                    Role::Noun
                } else if at > 0 && self.words[at].before.has(Punctuation::COMMA) {
                    Role::CommaGerund
                } else if self.title && at > 0 && self.open(at + 1) && !self.any(at + 1, &["prep"]) && !is(&["to"]) {
                    Role::Finite
                } else {
                    Role::Gerund
                }
            }
            Form::Third => {
                if !phrasal && (is(&["det", "prep", "compare", "be", "than"]) || next(&["be", "have", "may"])) {
                    Role::Noun
                } else if !phrasal && next(&["prep"]) {
                    if matches!(self.text(at + 1), "of" | "for" | "in") { Role::Noun } else { Role::Intransitive }
                } else if intransitive {
                    Role::Intransitive
                } else {
                    Role::Finite
                }
            }
            Form::Past => {
                let results = matches!(self.text(at + 1), "results" | "work") && self.is(at + 2, "prep");
                if next(&["study"]) && !results && !phrasal && !is(&["we", "this"]) {
                    Role::Modifier
                } else if let Some(role) = before.and_then(|before| self.modal_passive(before)) {
                    // "may be reduced", "might have affected"
                    role
                } else if is(&["be"]) {
                    if next_open && self.text(at + 1) == "by" { Role::PassiveBy } else { Role::Passive }
                } else if is(&["have"]) {
                    // "patients had elevated levels" holds no perfect.
                    let who = before.and_then(|have| self.previous(have)).is_some_and(|who| self.is(who, "people"));
                    if intransitive || who && self.is(at, "change") { Role::Modifier } else { Role::Perfect }
                } else if next_open && self.text(at + 1) == "by" {
                    if self.is_number(at + 2) { Role::Intransitive } else { Role::PassiveBy }
                } else if at > 0
                    && self.text(at - 1).ends_with("ly")
                    && next_open
                    && !intransitive
                    && !is(&["have", "det", "prep", "by"])
                    && !self.title
                {
                    // "significantly improved sleep"
                    Role::Finite
                } else if is(&["and"]) && !phrasal {
                    // "was feasible and improved prescribing": a second verb, when there was a first.
                    let first = self.nodes.iter().rev().take(12).any(|node| {
                        matches!(node.role, Role::Finite | Role::Perfect)
                            || node.tag.is_some_and(|tag| self.lists.name(tag.class) == "be")
                    });
                    if first && !intransitive { Role::Finite } else { Role::Modifier }
                } else if is(&["det", "prep", "compare", "by", "give", "report", "move", "linked", "cause", "than"])
                    && !phrasal
                {
                    Role::Modifier
                } else if intransitive {
                    Role::Intransitive
                } else if before.is_none() && !phrasal {
                    // At the start of a title: "Reduced risk of".
                    Role::Modifier
                } else {
                    Role::Finite
                }
            }
            Form::Base => self.base(at, before, intransitive, phrasal),
            Form::Plain => Role::Noun,
        }
    }

    fn base(&self, at: usize, before: Option<usize>, intransitive: bool, phrasal: bool) -> Role {
        let object = self.open(at + 1) && self.any(at + 1, &["det", "risk", "this", "we", "people"]);
        let Some(before) = before else {
            // "walks lower blood pressure, improve the mood"
            let comma = at > 2 && self.words[at].before.has(Punctuation::COMMA) && (object || phrasal);
            return match self.earlier_base(at, 12) {
                Some(role) if comma => role,
                None if comma => Role::Finite,
                _ if at == 0 && phrasal => Role::Finite,
                _ => Role::Bare,
            };
        };
        // "help prevent", "help to prevent": what governs "help" governs the verb.
        if self.is(before, "to") {
            return self.infinitive(before);
        }
        if self.text(before).ends_with(" to") && self.any(before, &["seem", "maybe-likely"]) {
            return Role::Hedged;
        }
        if self.is(before, "help") {
            return match self.nodes.get(before).map(|node| node.role) {
                None | Some(Role::Noun | Role::Finite | Role::Bare | Role::Intransitive) => Role::Claimed,
                Some(role) => role,
            };
        }
        if self.is(before, "and") && before > 0 {
            let object = object || self.open(at + 1) && self.any(at + 1, &["compare"]);
            return self.earlier_base(before, 9).unwrap_or(if object && !phrasal { Role::Finite } else { Role::Bare });
        }
        for (class, role) in
            [("may", Role::May), ("can", Role::Can), ("should", Role::Should), ("would", Role::Would), ("do", Role::Do)]
        {
            if self.is(before, class) {
                let adverb = |word| (before + 1..at).any(|between| self.text(between) == word);
                return match role {
                    Role::Can if adverb("possibly") || adverb("potentially") => Role::May,
                    Role::Can if self.previous(before).is_some_and(|modal| self.is(modal, "may")) => Role::May,
                    // "did increase over time"
                    Role::Do
                        if intransitive && matches!(self.text(at + 1), "over" | "during" | "between" | "among") =>
                    {
                        Role::Intransitive
                    }
                    role => role,
                };
            }
        }
        if self.any(before, &["det", "prep", "compare", "be", "significant"]) && !phrasal {
            return Role::Noun;
        }
        // "have double the risk"
        if self.is(before, "have") && !phrasal {
            return Role::Noun;
        }
        let participle = self.text(before).ends_with("ed") && !self.any(before, &["people", "that"]);
        if participle && !phrasal || self.text(before) == "that" && self.is(at, "compare") {
            return Role::Noun;
        }
        if self.any(before, &["that", "who"]) || self.is_plural(before) {
            return if intransitive { Role::Intransitive } else { Role::Finite };
        }
        if phrasal || object { Role::Finite } else { Role::Bare }
    }

    /// What governs a participle after "be" or "have" that follows a modal: "can be reduced", "may have been reduced".
    fn modal_passive(&self, auxiliary: usize) -> Option<Role> {
        let mut modal = auxiliary;
        while self.any(modal, &["be", "have"]) {
            modal = self.previous(modal)?;
        }
        let hedged = |at: usize| self.text(at).ends_with(" to") && self.any(at, &["seem", "maybe-likely"]);
        let infinitive = self.is(modal, "to");
        match () {
            () if modal == auxiliary => None,
            () if self.is(modal, "may") => Some(Role::May),
            () if self.is(modal, "can") => Some(Role::Can),
            // "are more likely to have led to"
            () if infinitive && self.previous(modal).is_some_and(|more| self.is(more, "likely")) => Some(Role::Hedged),
            () if hedged(modal) || infinitive && self.infinitive(modal) == Role::Hedged => Some(Role::Hedged),
            () => None,
        }
    }

    /// What a base form shortly before does, for one that is joined to it: "may ease pain and improve sleep".
    fn earlier_base(&self, at: usize, back: usize) -> Option<Role> {
        (at.saturating_sub(back)..at).rev().filter_map(|earlier| self.nodes.get(earlier)).find_map(|node| {
            let verb = node.tag.is_some_and(|tag| tag.form == Form::Base) && node.role != Role::Noun;
            verb.then_some(node.role)
        })
    }

    /// The role of a verb after the "to" at a place.
    fn infinitive(&self, to: usize) -> Role {
        let Some(before) = self.previous(to) else { return Role::Purpose };
        if self.text(before) == "possible" && before > 0 && self.text(before - 1) == "as" {
            return Role::Purpose;
        }
        if self.any(before, &["seem", "maybe-likely", "potential", "may"]) {
            return Role::Hedged;
        }
        if self.is(before, "help") {
            return match self.nodes.get(before).map(|node| node.role) {
                Some(role @ (Role::May | Role::Can | Role::Hedged | Role::Purpose | Role::Should)) => role,
                _ => Role::Claimed,
            };
        }
        if self.is(before, "can") {
            return Role::Can;
        }
        if self.any(before, &["report", "not", "linked"]) || matches!(self.text(before), "enough" | "known" | "proven")
        {
            return Role::Claimed;
        }
        if self.any(before, &["need", "aim", "tool", "study", "treatment", "future", "unknown", "should", "effective"])
        {
            return Role::Purpose;
        }
        Role::Infinitive
    }
}

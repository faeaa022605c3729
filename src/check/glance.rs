//! A look at all ways of a program together: whether it can match at a word. A place that two ways lead to is looked at once, so that
//! patterns with many gaps and choices stay cheap. Says yes too often rather than no: the program itself then tells where a match ends.

use super::matching::Words;
use super::program::{Program, Step, WIDEST};
use crate::document::Punctuation;

/// Room for one look, used again for the next.
#[derive(Debug, Default)]
pub(crate) struct Glance {
    /// For each step, the places that it is tried at, one bit each.
    places: Vec<u64>,
    /// The steps that have a place, one bit each.
    todo: Vec<u64>,
}

/// The numbers of the bits that are set, lowest first.
fn bits(mut mask: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let bit = (mask != 0).then(|| mask.trailing_zeros() as usize)?;
        mask &= mask - 1;
        Some(bit)
    })
}

impl Glance {
    /// Places that one look can hold, the end of a match included.
    const PLACES: usize = u64::BITS as usize;

    /// Whether the program may match at the word `from`. The bit of a place is its distance from there.
    pub(crate) fn may_match(&mut self, program: &Program, words: &Words<'_>, from: usize) -> bool {
        let steps = &program.steps;
        self.places.clear();
        self.places.resize(steps.len(), 0);
        self.todo.clear();
        self.todo.resize(steps.len().div_ceil(64), 0);
        self.add(0, 1);
        let mut block = 0;
        // Every step leads to later ones only.
        while let Some(&todo) = self.todo.get(block) {
            if todo == 0 {
                block += 1;
                continue;
            }
            let at = block * 64 + todo.trailing_zeros() as usize;
            self.todo[block] = todo & (todo - 1);
            let (Some(step), Some(&mask)) = (steps.get(at), self.places.get(at)) else { continue };
            match step {
                Step::Match => return true,
                Step::Jump(to) => self.add(*to, mask),
                Step::Comma => self.add(at + 1, mask),
                Step::Split(a, b) => {
                    self.add(*a, mask);
                    self.add(*b, mask);
                }
                Step::Choice(choice) => {
                    for bit in bits(mask) {
                        for branch in bits(choice.fitting(words, from + bit)) {
                            choice.starts.get(branch).into_iter().for_each(|&start| self.add(start, 1 << bit));
                        }
                    }
                }
                Step::Gap => {
                    let (mut all, mut mask) = (mask, mask);
                    for _ in 0..WIDEST {
                        let mut next = 0;
                        for bit in bits(mask) {
                            let Some(behind) = words.over(from + bit, from) else { continue };
                            if behind - from >= Self::PLACES {
                                return true;
                            }
                            next |= 1 << (behind - from);
                        }
                        all |= next;
                        mask = next;
                    }
                    self.add(at + 1, all);
                }
                step => {
                    let mut next = 0;
                    for bit in bits(mask) {
                        let Some(token) = words.tokens.get(from + bit) else { continue };
                        // Only the first word of a match may have a mark before it.
                        if bit > 0 && token.before.has(Punctuation::BREAK) {
                            continue;
                        }
                        let Some(end) = step.end(words, from + bit) else { continue };
                        if end - from >= Self::PLACES {
                            return true;
                        }
                        next |= 1 << (end - from);
                    }
                    self.add(at + 1, next);
                }
            }
        }
        false
    }

    fn add(&mut self, step: usize, mask: u64) {
        if let Some(places) = self.places.get_mut(step).filter(|_| mask != 0) {
            *places |= mask;
            self.todo[step / 64] |= 1 << (step % 64);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Glance;
    use crate::check::matching::Words;
    use crate::check::program::Target;
    use crate::check::reading::Reading;
    use crate::{Checker, Database};

    /// Patterns with what a look has to follow: gaps, choices, brackets, classes and what may be missing.
    const PATTERNS: [&str; 10] = [
        "red blue",
        "red ... blue",
        "red [green] blue",
        "red (green|blue red) blue",
        "[red ...] green blue",
        "red ... (green|blue) ... red",
        "(red|green [blue]|blue blue) ... (red green|green)",
        "red, blue [green ... red]",
        "(red [blue]|green) (red|blue green|green) blue",
        "red ... [green ... blue] red",
    ];

    #[test]
    fn a_look_never_denies_what_a_pattern_matches_and_seldom_allows_what_it_does_not() {
        let patterns = PATTERNS.map(|pattern| format!("'{pattern}'")).join(", ");
        let rule = format!(
            "[[rule]]\nname = \"colour-talk\"\nfamily = \"pseudo-mechanism\"\nkind = \"phrase\"\nseverity = \"warning\"\n\
             message = \"{{words}}\"\nwhy = \"Nobody has measured it.\"\npatterns = [{patterns}]\n"
        );
        let db = Database::builder().text("rule.toml", rule).build().expect("one rule");
        let checker = Checker::new(&db);
        assert!(checker.problems().is_empty());
        let lexicon = checker.lexicon();
        let (mut reading, mut glance, mut other) = (Reading::default(), Glance::default(), Glance::default());
        let (mut matched, mut denied, mut allowed) = (0, 0, 0);
        // All sentences of eight words out of four, as far as a stride leads.
        for number in (0..4_usize.pow(8)).step_by(89) {
            let words = (0..8).map(|at| ["red", "green", "blue", "other"][number / 4_usize.pow(at) % 4]);
            let text = words.collect::<Vec<_>>().join(if number % 7 == 0 { ", " } else { " " });
            reading.read(lexicon, &text, 0..text.len());
            let Reading { tokens, tags, starts, .. } = &reading;
            let words = Words { tokens, tags, starts };
            for program in lexicon.programs().iter().filter(|program| matches!(program.target, Target::Rule(_))) {
                for from in 0..tokens.len() {
                    let matches = program.matches(&words, from, &mut other).is_some();
                    let may = glance.may_match(program, &words, from);
                    assert!(may || !matches, "{text} from {from}: {program:?}");
                    *if matches {
                        &mut matched
                    } else if may {
                        &mut allowed
                    } else {
                        &mut denied
                    } += 1;
                }
            }
        }
        assert!(matched > 1_000 && allowed * 50 < denied, "{matched} matched, {denied} denied, {allowed} allowed");
    }
}

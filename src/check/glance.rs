//! A first look at a program: whether it can match at any of several places, all looked at together. A place that two ways lead to
//! is looked at once, so that patterns with many gaps and choices stay cheap. Says yes too often rather than no: the program itself
//! then tells where a match ends.

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
    pub(crate) const PLACES: usize = u64::BITS as usize;

    /// Whether the program may match at one of the words `first + bit`, for the bits of `starts`.
    pub(crate) fn may_match(&mut self, program: &Program, words: &Words<'_>, first: usize, starts: u64) -> bool {
        let steps = &program.steps;
        self.places.clear();
        self.places.resize(steps.len(), 0);
        self.todo.clear();
        self.todo.resize(steps.len().div_ceil(64), 0);
        self.add(0, starts);
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
                        for branch in bits(choice.fitting(words, first + bit)) {
                            choice.starts.get(branch).into_iter().for_each(|&start| self.add(start, 1 << bit));
                        }
                    }
                }
                Step::Gap => {
                    let (mut all, mut mask) = (mask, mask);
                    for _ in 0..WIDEST {
                        let mut next = 0;
                        for bit in bits(mask) {
                            let from = if starts & 1 << bit == 0 { 0 } else { first + bit };
                            let Some(behind) = words.over(first + bit, from) else { continue };
                            if behind - first >= Self::PLACES {
                                return true;
                            }
                            next |= 1 << (behind - first);
                        }
                        all |= next;
                        mask = next;
                    }
                    self.add(at + 1, all);
                }
                step => {
                    let mut next = 0;
                    for bit in bits(mask) {
                        let Some(token) = words.tokens.get(first + bit) else { continue };
                        // Only the first word of a match may have a mark before it.
                        if token.before.has(Punctuation::BREAK) && starts & 1 << bit == 0 {
                            continue;
                        }
                        let Some(end) = step.end(words, first + bit) else { continue };
                        if end - first >= Self::PLACES {
                            return true;
                        }
                        next |= 1 << (end - first);
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

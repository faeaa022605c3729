//! Phrases of terms as a tree over words: all phrases that begin at a word are found in one walk, however many begin alike.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use super::class::Class;
use super::fast_hasher::FastHasher;
use super::rows::Rows;
use super::word_table::WordId;
use crate::load::packed_fields;

/// A node: the words so far.
type Node = u32;
const ROOT: Node = 0;

/// The phrases of all terms.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct PhraseTree {
    /// For each word, the node of the phrases that begin with it; [`ROOT`] for none.
    first: Vec<Node>,
    /// From a node by a word to the next.
    next: HashMap<u64, Node, BuildHasherDefault<FastHasher>>,
    /// For each node, a set of bits that says which words may follow, so that the next node is looked for only where there may be one.
    follow: Vec<u64>,
    /// For each node, the terms whose phrase ends there, in the order in which they were added.
    ends: Rows<(Class, u32)>,
    /// The same while phrases are added.
    growing: Vec<Vec<(Class, u32)>>,
}

packed_fields! { PhraseTree { first, next, follow, ends; growing } }

fn key(node: Node, word: WordId) -> u64 {
    u64::from(node) << 32 | u64::from(word)
}

/// The bit of a word, which others share.
const fn bit(word: WordId) -> u64 {
    1 << (word.wrapping_mul(0x9e37_79b1) >> 26)
}

impl PhraseTree {
    /// Adds a phrase. A second term of the same class with the same phrase is left out.
    pub(crate) fn add(&mut self, words: &[WordId], class: Class, term: u32) {
        let Some((&first, rest)) = words.split_first() else { return };
        if self.follow.is_empty() {
            self.grow();
        }
        let at = first as usize;
        if at >= self.first.len() {
            self.first.resize(at + 1, ROOT);
        }
        if self.first[at] == ROOT {
            self.first[at] = self.grow();
        }
        let mut node = self.first[at];
        for &word in rest {
            let fresh = self.follow.len() as Node;
            let next = *self.next.entry(key(node, word)).or_insert(fresh);
            if next == fresh {
                self.follow[node as usize] |= bit(word);
                self.grow();
            }
            node = next;
        }
        let ends = &mut self.growing[node as usize];
        if !ends.iter().any(|&(known, _)| known == class) {
            ends.push((class, term));
        }
    }

    /// Makes a node.
    fn grow(&mut self) -> Node {
        self.follow.push(0);
        self.growing.push(Vec::new());
        self.growing.len() as Node - 1
    }

    /// Makes the tree ready to be walked, once all phrases are added.
    pub(crate) fn settle(&mut self) {
        self.ends = Rows::new(std::mem::take(&mut self.growing));
    }

    /// The terms of exactly these words, while phrases are added.
    pub(crate) fn ends(&self, words: &[WordId]) -> &[(Class, u32)] {
        let Some((&first, rest)) = words.split_first() else { return &[] };
        let start = self.first.get(first as usize).copied().filter(|&node| node != ROOT);
        let node = rest
            .iter()
            .try_fold(start, |node, &word| Some(node.and_then(|node| self.next.get(&key(node, word)).copied())));
        node.flatten().and_then(|node| self.growing.get(node as usize)).map_or(&[], Vec::as_slice)
    }

    /// Whether a phrase begins with a word.
    pub(crate) fn begins_with(&self, word: WordId) -> bool {
        self.first.get(word as usize).is_some_and(|&node| node != ROOT)
    }

    /// Calls `each` with the length of every phrase that begins with `first` and goes on with `rest`, and with its terms,
    /// shortest phrase first.
    pub(crate) fn walk<'t>(
        &'t self,
        first: WordId,
        rest: impl Iterator<Item = WordId>,
        mut each: impl FnMut(usize, &'t [(Class, u32)]),
    ) {
        let mut node = match self.first.get(first as usize) {
            None | Some(&ROOT) => return,
            Some(&node) => node,
        };
        let mut rest = rest;
        for length in 1.. {
            let ends = self.ends.row(node as usize);
            if !ends.is_empty() {
                each(length, ends);
            }
            let Some(follow) = self.follow.get(node as usize).filter(|follow| **follow != 0) else { return };
            let Some(word) = rest.next().filter(|&word| follow & bit(word) != 0) else { return };
            let Some(&next) = self.next.get(&key(node, word)) else { return };
            node = next;
        }
    }
}

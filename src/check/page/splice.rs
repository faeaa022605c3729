//! A page of which a part is read again: what it holds is cut at a block, and what follows is joined on where it stands now.

use std::ops::Range;

use super::{Page, Sofar};
use crate::check::reading::Tag;
use crate::text::Span;

/// What a page holds before a block: how much of each kind, and what the words so far say about those that follow.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Mark {
    sofar: Sofar,
    lists: usize,
    qualified: usize,
    disclaimers: usize,
    places: usize,
    artefacts: usize,
    harms: usize,
    foreign: usize,
}

/// How far what stands behind a change has moved.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shift {
    pub(crate) bytes: isize,
    pub(crate) blocks: isize,
    pub(crate) lists: i64,
}

impl Shift {
    fn bytes(self, range: &mut Range<usize>) {
        *range = range.start.saturating_add_signed(self.bytes)..range.end.saturating_add_signed(self.bytes);
    }

    fn place(self, place: Span) -> Span {
        let mut range = place.start()..place.end();
        self.bytes(&mut range);
        range.into()
    }

    fn block(self, block: &mut usize) {
        *block = block.saturating_add_signed(self.blocks);
    }

    pub(crate) fn list(self, list: u32) -> u32 {
        u32::try_from(i64::from(list) + self.lists).unwrap_or(list)
    }
}

impl Mark {
    /// Whether what follows is read alike after both.
    pub(crate) fn leads_on_like(&self, other: &Self) -> bool {
        let (one, other) = (self.sofar, other.sofar);
        // Where a term stands matters to nobody but its sentence.
        let term = |tag: Option<Tag>| tag.map(|tag| (tag.class, tag.term));
        one.heading == other.heading
            && term(one.subject) == term(other.subject)
            && term(one.section) == term(other.section)
            && term(one.referent) == term(other.referent)
            && term(one.asked) == term(other.asked)
            && one.myths == other.myths
            && one.concluding == other.concluding
    }

    /// How many findings stand before it.
    pub(crate) const fn found(&self) -> usize {
        self.places
    }

    /// The mark of the same block when `from` has become `to`.
    pub(crate) const fn moved(self, from: &Self, to: &Self) -> Self {
        Self {
            sofar: self.sofar,
            lists: self.lists + to.lists - from.lists,
            qualified: self.qualified + to.qualified - from.qualified,
            disclaimers: self.disclaimers + to.disclaimers - from.disclaimers,
            places: self.places + to.places - from.places,
            artefacts: self.artefacts + to.artefacts - from.artefacts,
            harms: self.harms + to.harms - from.harms,
            foreign: self.foreign + to.foreign - from.foreign,
        }
    }
}

impl Page {
    /// What it holds now.
    pub(crate) fn mark(&self) -> Mark {
        Mark {
            sofar: self.sofar,
            lists: self.lists.len(),
            qualified: self.qualified.len(),
            disclaimers: self.disclaimers.len(),
            places: self.places.len(),
            artefacts: self.artefacts.len(),
            harms: self.harms.len(),
            foreign: self.foreign.len(),
        }
    }

    /// Cuts it where the mark was taken. Returns the rest.
    pub(crate) fn cut(&mut self, mark: &Mark) -> Self {
        let rest = Self {
            sofar: self.sofar,
            lists: self.lists.split_off(mark.lists),
            block: self.block,
            qualified: self.qualified.split_off(mark.qualified),
            disclaimers: self.disclaimers.split_off(mark.disclaimers),
            places: self.places.split_off(mark.places),
            artefacts: self.artefacts.split_off(mark.artefacts),
            harms: self.harms.split_off(mark.harms),
            foreign: self.foreign.split_off(mark.foreign),
        };
        self.sofar = mark.sofar;
        rest
    }

    /// Joins what followed. `rest` was cut at `cut`; what stood between that and `from` is left out.
    pub(crate) fn join(&mut self, mut rest: Self, cut: &Mark, from: &Mark, shift: Shift) {
        self.sofar = rest.sofar;
        self.lists
            .extend(rest.lists.drain(from.lists - cut.lists..).map(|(list, lead_in)| (shift.list(list), lead_in)));
        self.qualified.extend(rest.qualified.drain(from.qualified - cut.qualified..).map(|mut limit| {
            shift.block(&mut limit.block);
            limit.bytes = shift.place(limit.bytes);
            limit
        }));
        let ranges = |to: &mut Vec<Range<usize>>, of: &mut Vec<Range<usize>>, first: usize| {
            to.extend(of.drain(first..).map(|mut range| {
                shift.bytes(&mut range);
                range
            }));
        };
        ranges(&mut self.disclaimers, &mut rest.disclaimers, from.disclaimers - cut.disclaimers);
        ranges(&mut self.artefacts, &mut rest.artefacts, from.artefacts - cut.artefacts);
        ranges(&mut self.foreign, &mut rest.foreign, from.foreign - cut.foreign);
        self.places.extend(rest.places.drain(from.places - cut.places..).map(|mut place| {
            shift.block(&mut place.block);
            place.sentence = shift.place(place.sentence);
            place
        }));
        self.harms.extend(rest.harms.drain(from.harms - cut.harms..).map(|mut block| {
            shift.block(&mut block);
            block
        }));
    }

    /// Whether a paragraph behind the mark introduces a list with this number or a higher one.
    pub(crate) fn introduces_from(&self, mark: &Mark, list: u32) -> bool {
        self.lists.get(mark.lists..).unwrap_or_default().iter().any(|&(number, _)| number >= list)
    }

    /// Whether one before the mark does.
    pub(crate) fn introduced_from(&self, mark: &Mark, list: u32) -> bool {
        self.lists.iter().take(mark.lists).any(|&(number, _)| number >= list)
    }

    /// Whether one between two marks does, in a rest that was cut at the first.
    pub(crate) fn introduces_between(&self, cut: &Mark, end: &Mark, list: u32) -> bool {
        self.lists.iter().take(end.lists - cut.lists).any(|&(number, _)| number >= list)
    }
}

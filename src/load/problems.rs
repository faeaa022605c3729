//! Where problems of data files are gathered while records are read.
//!
//! Never stops a reader: a problem is noted and reading goes on.

use std::cell::{Cell, RefCell};
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, NoteKind, Severity};
use crate::suggest;
use crate::text::Span;

/// More problems than this help nobody, and a hostile file could hold millions.
const MOST: usize = 10_000;
/// Looking for the nearest name costs time in the number of names, so that only the first mistakes get it.
const MOST_SUGGESTIONS: usize = 500;
/// A value longer than this is cut in a message.
const SHOWN: usize = 80;

/// All problems found so far.
#[derive(Default)]
pub(crate) struct Problems {
    list: RefCell<Vec<Diagnostic>>,
    suggestions: Cell<usize>,
}

impl Problems {
    /// Notes a problem of the file called `file`.
    pub(crate) fn add(&self, file: &Arc<str>, mut diagnostic: Diagnostic) {
        let mut list = self.list.borrow_mut();
        if list.len() > MOST {
            return;
        }
        if list.len() == MOST {
            diagnostic =
                problem("data/too-many", Span::default(), format!("more than {MOST} problems; the rest is not listed"))
                    .note(NoteKind::Do, "fix some of these and run it again");
        }
        diagnostic.file = Some(Arc::clone(file));
        list.push(diagnostic);
    }

    /// Whether further problems are no longer listed.
    pub(crate) fn is_full(&self) -> bool {
        self.list.borrow().len() > MOST
    }

    /// The known name nearest to `name`, if one is near.
    pub(crate) fn nearest<'a>(&self, name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
        let asked = self.suggestions.get();
        if asked >= MOST_SUGGESTIONS {
            return None;
        }
        self.suggestions.set(asked + 1);
        suggest::nearest(name, known)
    }

    /// All problems, in no order.
    pub(crate) fn into_list(self) -> Vec<Diagnostic> {
        self.list.into_inner()
    }
}

/// A problem of a data file; all of them keep a pack from loading.
pub(crate) fn problem(rule: &str, span: Span, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(rule, Severity::Error, span, message)
}

/// The value as it can stand in a message: on one line and not endless.
pub(crate) fn shown(text: &str) -> String {
    let mut letters = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    let mut short: String = letters.by_ref().take(SHOWN).collect();
    if letters.next().is_some() {
        short.push('…');
    }
    short
}

//! One file being read: its name, its pack, and what is known of all other records.
//!
//! Never opens a file; texts come in as strings.

use std::sync::Arc;

use super::names::{Declared, Kind, Names};
use super::problems::{Problems, problem, shown};
use crate::diagnostic::{Diagnostic, NoteKind, Severity};
use crate::model::claim::Origin;
use crate::model::id;
use crate::model::rule::Placed;
use crate::text::Span;

/// With more broken lines than this, nothing that seems to be missing is worth a word.
const MANY: usize = 100;

/// What a reader knows about the file it reads.
pub(crate) struct Place<'p> {
    pub(crate) problems: &'p Problems,
    pub(crate) names: &'p Names,
    pub(crate) file: u32,
    pub(crate) file_name: &'p Arc<str>,
    pub(crate) text: &'p str,
    /// What stands before the ids of this pack; `None` for the built-in pack.
    pub(crate) prefix: Option<&'p str>,
    /// Lines on which the TOML itself is broken, sorted.
    pub(crate) broken: &'p [Span],
    /// Whether the file holds one record, so that it can be named after it.
    pub(crate) single: bool,
}

impl<'p> Place<'p> {
    /// Notes a problem, unless it stands on a line that is broken anyway.
    pub(crate) fn add(&self, diagnostic: Diagnostic) {
        let span = diagnostic.span;
        let after = self.broken.partition_point(|line| line.end() <= span.start());
        if !self.broken.get(after).is_some_and(|line| line.overlaps(span) || line.start() == span.start()) {
            self.problems.add(self.file_name, diagnostic);
        }
    }

    /// Whether all of the file is TOML. Where lines could not be read, what is missing or does not agree may only follow
    /// from that.
    pub(crate) fn is_whole(&self) -> bool {
        self.broken.is_empty()
    }

    /// Whether a line could not be read that may have held this key, or the header above it.
    pub(crate) fn may_have_lost(&self, key: &str) -> bool {
        let lost = |line: &Span| line.of(self.text).contains(key);
        self.has_lost_header() || self.broken.iter().any(lost)
    }

    /// Whether a `[header]` could not be read, so that its keys now seem to belong to the table above.
    pub(crate) fn has_lost_header(&self) -> bool {
        let lost = |line: &Span| line.of(self.text).trim_start().starts_with('[');
        self.broken.len() > MANY || self.broken.iter().any(lost)
    }

    /// Where a record stands whose header is `span`.
    pub(crate) fn origin(&self, span: Span) -> Origin {
        Origin { file: self.file, span }
    }

    /// Warns when a file that is named after its record (`claims/<topic>/<id>.toml`, `sources/<id>.toml`) is named otherwise.
    pub(crate) fn judge_file_name(&self, kind: Kind, id: &Placed, topic: Option<&str>) {
        let mut parts = self.file_name.rsplit('/');
        let (file, directory, above) = (parts.next().unwrap_or_default(), parts.next(), parts.next());
        let wanted = match (kind, directory, above, topic) {
            (Kind::Source, Some("sources"), ..) => format!("sources/{}.toml", id.text),
            (Kind::Claim, Some(_), Some("claims"), Some(topic)) => {
                // A directory is named without the pack.
                format!("claims/{}/{}.toml", topic.rsplit(':').next().unwrap_or(topic), id.text)
            }
            _ => return,
        };
        if self.single && !self.file_name.ends_with(&wanted) {
            let mut diagnostic =
                problem("data/file-name", id.span, format!("the file `{file}` is not named after this record"))
                    .note(NoteKind::Do, format!("move it to {wanted}, or correct the record"));
            diagnostic.severity = Severity::Warning;
            self.add(diagnostic);
        }
    }

    /// The id as other packs write it.
    pub(crate) fn qualify(&self, id: &str) -> String {
        qualify(self.prefix, id)
    }

    /// Notes that `text` is not a slug.
    pub(crate) fn malformed_id(&self, text: &str, span: Span) {
        let diagnostic = problem("data/id-format", span, format!("`{}` is not an id", shown(text))).note(
            NoteKind::Why,
            format!(
                "an id is made of lower-case letters, digits and single hyphens, at most {} characters",
                id::MAX_LENGTH
            ),
        );
        let own_prefix =
            self.prefix.and_then(|prefix| text.strip_prefix(prefix)).and_then(|rest| rest.strip_prefix(':'));
        let slug = id::slugify(own_prefix.unwrap_or(text));
        self.add(match (own_prefix, slug.is_empty()) {
            (Some(_), false) => diagnostic
                .note(NoteKind::Do, format!("write `{slug}`; the name of the pack is put in front when it is loaded")),
            (None, false) => diagnostic.note(NoteKind::Do, format!("write `{slug}`")),
            (_, true) => diagnostic.note(NoteKind::Do, "choose a short id such as `cortisol-single-session`"),
        });
    }

    /// The full id behind a reference, with what is known of the record; notes a dangling reference.
    pub(crate) fn resolve(&self, kind: Kind, id: &str, span: Span) -> Option<(String, &'p Declared)> {
        let found = self.names.resolve(kind, self.prefix, id);
        if found.is_none() {
            self.dangling(kind.word(), kind.word(), id, span, self.names.all(kind), &self.how_to_add(kind, id));
        }
        found
    }

    /// The full id of a claim, source or term; notes a dangling reference.
    pub(crate) fn resolve_any(&self, id: &str, span: Span) -> Option<String> {
        let kinds = [Kind::Claim, Kind::Source, Kind::Term, Kind::Topic];
        let found = kinds.into_iter().find_map(|kind| self.names.resolve(kind, self.prefix, id));
        if found.is_none() {
            let known = kinds.into_iter().flat_map(|kind| self.names.all(kind));
            self.dangling("record", "claim, source or term", id, span, known, "delete it");
        }
        found.map(|(id, _)| id)
    }

    /// The full id of the term of class `class` behind a reference.
    pub(crate) fn resolve_term(&self, class: &str, id: &str, span: Span) -> Option<String> {
        let kind = Kind::of_class(class);
        let other = if kind == Kind::Topic { Kind::Term } else { Kind::Topic };
        let find = |kind| self.names.resolve(kind, self.prefix, id);
        let is = match find(kind).or_else(|| find(other)) {
            Some((full, declared)) if declared.class.as_deref() == Some(class) => return Some(full),
            Some((_, declared)) => declared.class.as_deref().unwrap_or_default(),
            None => {
                let rule = if kind == Kind::Topic { kind.word() } else { Kind::Term.word() };
                let add = format!("add a [[term]] of class \"{class}\" with this id");
                self.dangling(rule, class, id, span, self.names.of_class(class), &add);
                return None;
            }
        };
        let advice = match self.problems.nearest(id, self.names.of_class(class)) {
            Some(near) => format!("name a term of class {class}; did you mean `{near}`?"),
            None => format!("name a term of class {class}"),
        };
        self.add(
            problem("data/wrong-class", span, format!("`{}` is a term of class `{is}`, not `{class}`", shown(id)))
                .note(NoteKind::Do, advice),
        );
        None
    }

    fn dangling<'n>(
        &self,
        rule: &str,
        what: &str,
        id: &str,
        span: Span,
        known: impl Iterator<Item = &'n str>,
        add: &str,
    ) {
        let own = self.prefix.map(|prefix| format!("{prefix}:"));
        // Inside a pack its own records are named without the prefix.
        let known = known.map(|name| own.as_deref().and_then(|own| name.strip_prefix(own)).unwrap_or(name));
        let advice = match self.problems.nearest(id, known) {
            Some(near) => format!("{add}, or did you mean `{near}`?"),
            None => add.to_owned(),
        };
        self.add(
            problem(&format!("data/unknown-{rule}"), span, format!("no {what} `{}`", shown(id)))
                .note(NoteKind::Do, advice),
        );
    }

    fn how_to_add(&self, kind: Kind, id: &str) -> String {
        let id = shown(id);
        match kind {
            Kind::Source if id::is_slug(&id) => match self.file_name.rsplit_once("claims/") {
                Some((pack, _)) => format!("add it as {pack}sources/{id}.toml"),
                None => "add a [[source]] with this id".to_owned(),
            },
            Kind::Topic => "add a [[term]] of class \"topic\" with this id".to_owned(),
            Kind::Claim | Kind::Source | Kind::Term | Kind::Provenance => {
                format!("add a [[{}]] with this id", kind.word())
            }
            Kind::Rule | Kind::Profile => format!("add a [[{}]] with this name", kind.word()),
        }
    }
}

/// `id` with the name of its pack in front.
pub(crate) fn qualify(prefix: Option<&str>, id: &str) -> String {
    prefix.map_or_else(|| id.to_owned(), |prefix| [prefix, ":", id].concat())
}

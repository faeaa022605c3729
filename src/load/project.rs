//! Reading a project file.
//!
//! Never opens a file. Whether the names in it exist is asked later, since the packs that hold them are named in it.

use std::sync::Arc;

use super::fields::Fields;
use super::names::Names;
use super::place::Place;
use super::problems::{Problems, problem};
use super::syntax::{self, Parsed};
use super::value::Value;
use super::{File, FileText};
use crate::diagnostic::{self, NoteKind, Severity};
use crate::error::Error;
use crate::model::project::{Allow, Project, Setting};
use crate::model::rule::Placed;
use crate::text::Span;

/// Levels of `fail-on`.
const FAIL_ON: [&str; 4] = ["error", "warning", "note", "never"];
/// Levels of a rule.
const LEVELS: [&str; 4] = ["error", "warning", "note", "off"];

impl Project {
    /// Reads the text of a project file; `name` stands for it in diagnostics.
    ///
    /// # Errors
    ///
    /// All mistakes of the file at their places ([`Error::is_invalid`]).
    pub fn read(name: impl Into<Arc<str>>, text: impl Into<Arc<str>>) -> Result<Self, Error> {
        let file = File { name: name.into(), text: FileText::Read(text.into()) };
        let problems = Problems::default();
        let project = {
            let files = std::slice::from_ref(&file);
            let tables = syntax::parse(files).into_iter().next();
            let parsed = tables.map(|tables| Parsed::new(&file, tables, &problems));
            let mended = parsed.as_ref().and_then(Parsed::mended);
            let table = mended.as_ref().or(parsed.as_ref().map(Parsed::table));
            let names = Names::default();
            let place = Place {
                problems: &problems,
                names: &names,
                file: 0,
                file_name: &file.name,
                text: &file.text,
                prefix: None,
                broken: parsed.as_ref().map_or(&[], |parsed| &parsed.broken),
                single: false,
            };
            table.map(|table| project(Fields::new(&place, "the project file", Span::default(), table), &file))
        };
        let mut diagnostics = problems.into_list();
        diagnostic::sort(&mut diagnostics);
        match project.filter(|_| diagnostics.is_empty()) {
            Some(project) => Ok(project),
            None => Err(Error::invalid(diagnostics, vec![(file.name, file.text.shared())])),
        }
    }
}

fn project(mut fields: Fields<'_>, file: &File) -> Project {
    let mut project = Project { name: file.name.clone(), text: file.text.shared(), ..Project::default() };
    project.packs = fields.list("packs", setting);
    project.files = fields.list("files", setting);
    project.exclude = fields.list("exclude", setting);
    project.profile = fields.optional("profile", setting);
    project.fail_on = fields.optional("fail-on", |value| word(value, "level", &FAIL_ON));
    project.format = fields.optional("format", setting);
    project.notes = fields.optional("notes", setting);
    project.baseline = fields.optional("baseline", setting);
    if let Some(mut table) = fields.table("severity") {
        for (rule, span, value) in table.entries() {
            let Some(level) = word(value, "level", &LEVELS) else { continue };
            let value = Severity::ALL.into_iter().find(|severity| severity.as_str() == level.value);
            project.severities.push((Setting { value: rule.to_owned(), span }, Setting { value, span: level.span }));
        }
        project.severities.sort_by_key(|(rule, _)| rule.span);
    }
    project.allows = fields.tables("allow", "allow").into_iter().map(allow).collect();
    fields.finish();
    project
}

fn allow(mut fields: Fields<'_>) -> Allow {
    let allow = Allow {
        rule: fields.optional("rule", setting),
        claim: fields.optional("claim", setting),
        words: fields.optional("words", Value::text),
        path: fields.optional("path", setting),
        because: fields.required("because", Value::text).map(Into::into),
        until: fields.optional("until", Value::date),
        header: fields.header,
    };
    if allow.rule.is_none() && allow.claim.is_none() && allow.words.is_none() && !fields.place.may_have_lost("rule") {
        fields.place.add(
            problem("data/missing-key", allow.header, "allow needs `rule`, `claim` or `words`")
                .note(NoteKind::Do, "name what stays; an exception for everything would hide what nobody has seen"),
        );
    }
    fields.finish();
    allow
}

fn setting(value: Value<'_>) -> Option<Setting<String>> {
    let Placed { text, span } = value.placed()?;
    Some(Setting { value: text, span })
}

/// One of a few words.
fn word(value: Value<'_>, what: &str, words: &'static [&'static str]) -> Option<Setting<String>> {
    let (value, span) = value.choice(what, words, |word| word)?;
    Some(Setting { value: value.to_owned(), span })
}

//! `claims check --interactive`: finding by finding, one question each. Nothing is written before the file is done.

use std::io::Write;

use evidence_claims::{Diagnostic, Document, Fix, Span};

use crate::human::Human;
use crate::judge::is_about_copy;
use crate::snippet::Source;
use crate::stop::Stop;
use crate::style::{self, paint};
use crate::terminal::Output;
use crate::{ask, fix, keep};

/// What became of a file.
#[derive(Debug)]
pub(crate) struct Asked {
    /// The new text.
    pub(crate) text: String,
    /// How many changes were made.
    pub(crate) count: usize,
    /// Whether the reader has had enough.
    pub(crate) quit: bool,
}

/// A text under questions.
pub(crate) struct Session<'a> {
    /// Its name.
    pub(crate) name: &'a str,
    /// Whether a comment can be written into it.
    pub(crate) has_comments: bool,
    /// Whether something in `text` is to be told beside the finding: the vetted sentence of its claim.
    pub(crate) vetted: &'a dyn Fn(&Diagnostic) -> Option<String>,
    /// Reads a text.
    pub(crate) read: &'a dyn Fn(String) -> Document,
    /// Finds what is wrong with it.
    pub(crate) check: &'a dyn Fn(&Document) -> Vec<Diagnostic>,
}

impl Session<'_> {
    /// Asks about every finding of `text`, in order, and again where a change has made new ones.
    pub(crate) fn run(&self, text: &str, human: &mut Human<'_>) -> Result<Asked, Stop> {
        let mut asked = Asked { text: text.to_owned(), count: 0, quit: false };
        // Findings before this byte were asked about.
        let mut done = 0;
        let mut skipped: Vec<(Span, String)> = Vec::new();
        loop {
            let document = (self.read)(asked.text.clone());
            let found = (self.check)(&document);
            let is_new = |diagnostic: &&Diagnostic| {
                let key = (diagnostic.span(), diagnostic.rule().to_owned());
                diagnostic.span().start() >= done && !skipped.contains(&key)
            };
            let Some(diagnostic) = found.iter().find(is_new) else { break };
            let source = Source::new(self.name, &asked.text);
            let mut out = Output::default();
            out.write_all(human.finding(&source, diagnostic).as_bytes())?;
            out.flush()?;
            match self.ask(&document, diagnostic)? {
                Answer::Change(changed) => {
                    asked.text = changed;
                    asked.count += 1;
                    done = diagnostic.span().start();
                    skipped.clear();
                }
                Answer::Skip => {
                    done = diagnostic.span().start();
                    skipped.push((diagnostic.span(), diagnostic.rule().to_owned()));
                }
                Answer::Quit => {
                    asked.quit = true;
                    break;
                }
            }
        }
        Ok(asked)
    }

    /// Whether a comment made `kept` of the document and nothing else: inside a tag or a script it would be no comment.
    fn is_kept(&self, document: &Document, kept: &str, diagnostic: &Diagnostic) -> bool {
        let now = (self.read)(kept.to_owned());
        let same = |finding: &Diagnostic| finding.rule() == diagnostic.rule() && finding.span() == diagnostic.span();
        let words = |document: &Document| -> Vec<String> {
            document.sentences().map(|sentence| document.characters(sentence).map(|(_, c)| c).collect()).collect()
        };
        words(&now) == words(document) && !(self.check)(&now).iter().any(same)
    }

    /// One question, until it is answered.
    fn ask(&self, document: &Document, diagnostic: &Diagnostic) -> Result<Answer, Stop> {
        let text = document.text();
        let vetted = (self.vetted)(diagnostic);
        let is_vetted = |fix: &&Fix| {
            let written = vetted.as_deref().and_then(|sentence| document.written(fix.span(), sentence));
            written.as_deref() == Some(fix.replacement())
        };
        let edit = diagnostic.fixes().iter().find(|fix| !is_vetted(fix));
        let sentence = diagnostic.fixes().iter().find(is_vetted);
        let can_keep = self.has_comments && is_about_copy(diagnostic);
        let mut choices = Vec::new();
        if let Some(fix) = edit {
            let old = fix.span().of(text).trim();
            choices.push(match fix.replacement().trim() {
                "" => format!("{} delete \"{}\"", key("a"), style::clean(old)),
                new => format!("{} write \"{new}\" for \"{}\"", key("a"), style::clean(old)),
            });
        }
        if let Some(fix) = sentence {
            choices.push(format!("{} publish instead: {}", key("p"), fix.replacement()));
        }
        choices.push(format!("{} skip", key("s")));
        if can_keep {
            choices.push(format!("{} keep it, with a reason", key("k")));
        }
        choices.push(format!("{} quit", key("q")));
        let mut out = Output::default();
        writeln!(out, "{}", choices.join("\n"))?;
        out.flush()?;
        loop {
            let Some(answer) = ask::line("> ")? else { return Ok(Answer::Quit) };
            let change = |fix: &Fix| Answer::Change(fix::apply(text, std::iter::once((fix.span(), fix.replacement()))));
            match (answer.as_str(), edit, sentence) {
                ("a", Some(fix), _) | ("p", _, Some(fix)) => return Ok(change(fix)),
                ("s" | "", ..) => return Ok(Answer::Skip),
                ("q", ..) => return Ok(Answer::Quit),
                ("k", ..) if can_keep => {
                    let Some(because) = ask::line("why does it stay? ")? else { return Ok(Answer::Quit) };
                    if because.is_empty() {
                        writeln!(out, "without a reason it is not kept")?;
                        out.flush()?;
                        continue;
                    }
                    let kept = kept(text, diagnostic, &because);
                    if self.is_kept(document, &kept, diagnostic) {
                        return Ok(Answer::Change(kept));
                    }
                    writeln!(
                        out,
                        "no comment can stand at the end of this line; keep it with [[allow]] in evidence.toml"
                    )?;
                    out.flush()?;
                }
                _ => {
                    writeln!(out, "answer with one of the letters")?;
                    out.flush()?;
                }
            }
        }
    }
}

enum Answer {
    Change(String),
    Skip,
    Quit,
}

/// The text with a comment at the end of the line in which the finding begins.
fn kept(text: &str, diagnostic: &Diagnostic, because: &str) -> String {
    let (at, comment) = keep::comment(text, diagnostic, because);
    fix::apply(text, std::iter::once((Span::new(at, at), &*comment)))
}

fn key(letter: &str) -> String {
    format!("  {}", paint(style::NAME, letter))
}

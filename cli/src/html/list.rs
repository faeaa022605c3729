//! The findings as lists beside the page, by place and by rule; each line leads to the words.

use evidence_claims::Database;
use maud::{Markup, html};

use super::mark::{Mark, RuleOf};
use super::{Page, text};

/// Both lists.
pub(crate) fn aside(
    pages: &[Page<'_>],
    marks: &[Mark<'_>],
    rules: &[RuleOf<'_>],
    database: Option<&Database>,
) -> Markup {
    if marks.is_empty() {
        return html! {};
    }
    html! {
        nav class="lists" aria-label="Findings" {
            details open name="lists" {
                summary { h2 { "By place" } }
                @for (number, page) in pages.iter().enumerate() {
                    @if pages.len() > 1 && marks.iter().any(|mark| mark.page == number) {
                        h3 { a href={ "#page-" (number) } { (text::plain(page.name)) } }
                    }
                    ol {
                        @for mark in marks.iter().filter(|mark| mark.page == number) {
                            (line(pages, mark, Some(&text::title(mark.diagnostic.rule()))))
                        }
                    }
                }
            }
            details name="lists" {
                summary { h2 { "By rule" } }
                @for rule in rules {
                    section class={ "f r" (rule.marks.first().map_or(0, |mark| mark.rule)) } {
                        h3 { (text::title(rule.name)) " " span class="quiet" { (rule.marks.len()) } }
                        @if let Some(rule) = database.and_then(|database| database.rule(rule.name)) {
                            p class="quiet" { (text::plain(first_sentence(rule.why()))) }
                        }
                        ol { @for mark in &rule.marks { (line(pages, mark, None)) } }
                    }
                }
            }
        }
    }
}

/// Rules named at the top.
const MOST: usize = 3;

/// The rules that found most, each with its reason in a sentence.
pub(crate) fn most(rules: &[RuleOf<'_>], database: Option<&Database>) -> Markup {
    if rules.len() <= MOST {
        return html! {};
    }
    html! {
        ul class="most" aria-label="Found most often" {
            @for rule in rules.iter().take(MOST) {
                li {
                    b { (text::title(rule.name)) ", " (rule.marks.len()) @if rule.marks.len() == 1 { " place" } @else { " places" } }
                    @if let Some(rule) = database.and_then(|database| database.rule(rule.name)) {
                        (text::plain(first_sentence(rule.why())))
                    }
                }
            }
        }
    }
}

fn line(pages: &[Page<'_>], mark: &Mark<'_>, rule: Option<&str>) -> Markup {
    html! {
        li class=(mark.classes()) {
            a href={ "#w" (mark.number) } {
                span class="count" { (mark.number) }
                span class="words" { (mark.words(pages)) }
                @if let Some(rule) = rule { span class="quiet" { (rule) } }
            }
        }
    }
}

fn first_sentence(text: &str) -> &str {
    text.find(". ").and_then(|at| text.get(..=at)).unwrap_or(text)
}

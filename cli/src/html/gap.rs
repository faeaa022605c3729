//! The gap, assertion by assertion: how strongly the page words it, and how strongly the evidence lets it be worded.

use std::collections::HashSet;

use evidence_claims::{Claim, Database, Direction, Span, Strength};
use maud::{Markup, html};

use super::mark::Mark;
use super::{Page, claim, text};

/// Assertions shown at once; the others open on demand.
const SHOWN: usize = 10;

/// The places on the ladder, the weakest first. The first is for evidence that finds no difference or speaks against the claim.
pub(crate) const PLACES: [&str; 6] =
    ["evidence says no", "it is uncertain", "may", "probably, can", "plain fact", "guaranteed"];

/// One assertion of a page that a claim of the base is about.
#[derive(Debug)]
pub(crate) struct Row<'a> {
    words: String,
    /// Its page, and the sentence around it.
    pub(crate) page: usize,
    pub(crate) sentence: Span,
    /// Place of the wording.
    pub(crate) said: usize,
    /// Highest place that the evidence allows.
    pub(crate) allowed: usize,
    claim: Claim<'a>,
    /// Number of the finding about these words.
    finding: Option<usize>,
}

/// Where a wording stands on the ladder.
pub(crate) const fn place(strength: Strength) -> usize {
    strength.rung() as usize + 1
}

/// Where a ceiling stands: below the ladder when studies did not find what the claim says.
pub(crate) fn ceiling(claim: Claim<'_>, strength: Strength) -> usize {
    let is_no = matches!(claim.direction(), Direction::Null | Direction::Against);
    if is_no && strength == Strength::Uncertain { 0 } else { place(strength) }
}

/// The assertions of all pages that the base has a claim about, the widest gap first.
pub(crate) fn rows<'a>(pages: &[Page<'a>], marks: &[Mark<'_>], database: Option<&'a Database>) -> Vec<Row<'a>> {
    let mut rows: Vec<Row<'a>> = Vec::new();
    let mut known = HashSet::new();
    for (number, page) in pages.iter().enumerate() {
        let assertions =
            page.read.iter().flat_map(|read| read.assertions.iter().map(|assertion| (read.span, assertion)));
        for (sentence, assertion) in assertions {
            let claim = assertion.claim.as_deref().and_then(|id| database?.claim(id));
            let (Some(claim), Some(allowed)) = (claim, assertion.ceiling) else { continue };
            let span = assertion.span;
            if !known.insert((number, span, claim.id())) {
                continue;
            }
            let near =
                marks.partition_point(|mark| (mark.page, mark.diagnostic.span().end()) <= (number, span.start()));
            let finding = marks.get(near).filter(|mark| mark.page == number && mark.diagnostic.span().overlaps(span));
            rows.push(Row {
                words: text::seen(page.document, span),
                page: number,
                sentence,
                said: place(assertion.strength),
                allowed: ceiling(claim, allowed),
                claim,
                finding: finding.map(|mark| mark.number),
            });
        }
    }
    rows.sort_by_key(|row| std::cmp::Reverse(row.said.saturating_sub(row.allowed)));
    rows
}

/// A wording and its ceiling in words.
pub(crate) fn told(said: usize, allowed: usize) -> String {
    let steps = match said.saturating_sub(allowed) {
        0 => return format!("“{}”: within the evidence, which allows “{}”", PLACES[said], PLACES[allowed]),
        1 => "1 step too strong".to_owned(),
        steps => format!("{steps} steps too strong"),
    };
    match allowed {
        0 => format!("“{}”, but studies did not find it", PLACES[said]),
        at => format!("“{}” where the evidence allows “{}”: {steps}", PLACES[said], PLACES[at]),
    }
}

/// The table of assertions.
pub(crate) fn section(rows: &[Row<'_>]) -> Markup {
    if rows.is_empty() {
        return html! {};
    }
    let (first, rest) = rows.split_at(rows.len().min(SHOWN));
    html! {
        section class="gap" aria-labelledby="gap" {
            h2 id="gap" { "The gap between words and evidence" }
            p class="quiet" {
                "Each line is one thing that the page says massage does. The bar ends where the evidence ends; "
                "the dot is how strongly the page words it."
            }
            (table_of(lines(first)))
            @if !rest.is_empty() {
                details {
                    summary { (rest.len()) " more" }
                    (table_of(lines(rest)))
                }
            }
        }
    }
}

fn lines(rows: &[Row<'_>]) -> impl Iterator<Item = (Markup, Markup)> {
    rows.iter().map(|row| {
        let words = html! {
            @match row.finding {
                Some(finding) => a href={ "#w" (finding) } { (row.words) },
                None => (row.words),
            }
            span class="quiet" { (claim::short(row.claim)) }
        };
        (words, html! { (drawing(row.said, row.allowed)) span class="told" { (told(row.said, row.allowed)) } })
    })
}

/// A table of words and where they stand on the ladder.
pub(crate) fn table_of(rows: impl Iterator<Item = (Markup, Markup)>) -> Markup {
    html! {
        table class="ladder" {
            caption class="unseen" { "How strongly each statement is worded, and how strongly it may be" }
            thead {
                tr {
                    th scope="col" { span class="unseen" { "The page says" } }
                    th scope="col" { span class="unseen" { "Wording and evidence" } (scale()) }
                }
            }
            tbody { @for (words, place) in rows { tr { th scope="row" { (words) } td { (place) } } } }
        }
    }
}

/// Width of one place in the drawing.
const STEP: usize = 80;
const WIDTH: usize = STEP * PLACES.len();
const MIDDLE: usize = 17;

/// The names of the places above the drawings.
fn scale() -> Markup {
    html! {
        span class="scale" aria-hidden="true" { @for place in PLACES { span { (place) } } }
    }
}

/// The bar of the evidence, and the dot of the wording.
pub(crate) fn drawing(said: usize, allowed: usize) -> Markup {
    let centre = |place: usize| place * STEP + STEP / 2;
    let is_over = said > allowed;
    let (said, end) = (centre(said), centre(allowed));
    html! {
        svg viewBox={ "0 0 " (WIDTH) " 34" } aria-hidden="true" focusable="false" {
            line class="track" x1="0" x2=(WIDTH) y1=(MIDDLE) y2=(MIDDLE) {}
            @for place in 0..PLACES.len() {
                line class="tick" x1=(centre(place)) x2=(centre(place)) y1="12" y2="22" {}
            }
            @if allowed > 0 { rect class="allowed" x="0" y="11" width=(end) height="12" {} }
            @if is_over { line class="over" x1=(end) x2=(said) y1=(MIDDLE) y2=(MIDDLE) {} }
            @if allowed == 0 {
                path class="no" d={ "M" (end - 7) " 10l14 14m0 -14l-14 14" } {}
            } @else {
                line class="end" x1=(end) x2=(end) y1="4" y2="30" {}
            }
            circle class=(if is_over { "said too-strong" } else { "said" }) cx=(said) cy=(MIDDLE) r="9" {}
        }
    }
}

//! The page of a claim: the sentence to publish, the words to avoid, how sure we are and why, what was found, what is missing.

use std::cmp::Reverse;
use std::fmt::Write as _;

use evidence_claims::{Basis, Certainty, Claim, Database, Direction, Finding, Source, Strength, plot};

use crate::Page;
use crate::rule;
use crate::text::{self, words};

/// Address of its page, from the root of the book.
pub(crate) fn path(claim: Claim<'_>) -> String {
    format!("claims/{}.md", claim.id().replace(':', "-"))
}

/// The page.
pub(crate) fn page(claim: Claim<'_>, db: &Database) -> Page {
    let mut out = format!("# {}\n\n", words(claim.proposition()));
    withdrawn(&mut out, claim);
    rating(&mut out, claim, db);
    wording(&mut out, claim, db);
    question(&mut out, claim);
    grade(&mut out, claim);
    findings(&mut out, claim);
    missing(&mut out, claim);
    guidance(&mut out, claim);
    record(&mut out, claim);
    Page { title: text::title(claim.id()), path: path(claim), text: out, pages: Vec::new() }
}

fn withdrawn(out: &mut String, claim: Claim<'_>) {
    let Some(withdrawal) = claim.withdrawal() else { return };
    let instead =
        claim.superseded_by().map(|other| format!(" See [{}](../{}).", words(other.proposition()), path(other)));
    // Writing to a string cannot fail, here and below.
    let _ = writeln!(
        out,
        "<div class=\"withdrawn\">\n\n**Withdrawn on {}.** {}.{}\n\n</div>\n",
        withdrawal.date,
        words(&text::sentence(&withdrawal.reason)),
        instead.unwrap_or_default()
    );
}

fn rating(out: &mut String, claim: Claim<'_>, db: &Database) {
    let topic = db.topic(claim.topic()).map_or(claim.topic(), |topic| topic.label());
    let _ = writeln!(
        out,
        "<p class=\"rating\">{} <strong>{}</strong></p>\n\nTopic: [{}](../topics/{}.md) · reviewed {} · {}\n",
        text::signs(claim.certainty()),
        text::html(&text::sentence(&claim.rating().to_string())),
        words(topic),
        claim.topic(),
        claim.reviewed(),
        size(claim),
    );
}

/// How many sources, and of what kind the strongest is.
fn size(claim: Claim<'_>) -> String {
    let mut sources: Vec<&str> = claim.findings().map(|finding| finding.source().id()).collect();
    sources.sort_unstable();
    sources.dedup();
    match sources.len() {
        0 => "no source".to_owned(),
        1 => "1 source".to_owned(),
        number => format!("{number} sources"),
    }
}

fn wording(out: &mut String, claim: Claim<'_>, db: &Database) {
    let _ = writeln!(out, "<div class=\"publish\">\n\n**You may publish**\n\n{}\n\n</div>\n", words(claim.honest()));
    if claim.conditions().len() > 0 {
        let conditions: Vec<String> = claim.conditions().map(|condition| format!("“{}”", words(condition))).collect();
        let _ = writeln!(out, "Keep these words in it: {}.\n", conditions.join(", "));
    }
    ladder(out, claim);
    let avoid: Vec<&str> = claim.marketing().into_iter().chain(claim.overclaims()).collect();
    if !avoid.is_empty() {
        out.push_str("## Words that say too much\n\n<div class=\"avoid\">\n\n");
        for phrase in avoid {
            let _ = writeln!(out, "- {}", words(phrase));
        }
        out.push_str("\n</div>\n\n");
    }
    let rules: Vec<String> = db
        .rules()
        .filter(|rule| rule.claim() == Some(claim))
        .map(|rule| format!("[{}](../{})", rule.name(), rule::path(rule)))
        .collect();
    if !rules.is_empty() {
        let _ = writeln!(out, "Rules that point here: {}.\n", rules.join(", "));
    }
}

/// Wordings from the mildest to the strongest, with those that the evidence allows.
fn ladder(out: &mut String, claim: Claim<'_>) {
    const RUNGS: [(Strength, &str); 5] = [
        (Strength::Uncertain, "it is uncertain whether"),
        (Strength::Possible, "may"),
        (Strength::Probable, "probably"),
        (Strength::Asserted, "plain verb"),
        (Strength::Guaranteed, "guaranteed"),
    ];
    let allowed = match (claim.direction(), claim.certainty()) {
        (Direction::Supports, Some(certainty)) => Strength::ceiling(certainty),
        (Direction::Mixed, Some(certainty)) => Strength::ceiling(certainty).min(Strength::Possible),
        (Direction::Null | Direction::Against, _) => {
            out.push_str("A hedge is no way out: studies have looked, and the answer was not this effect.\n\n");
            return;
        }
        _ => {
            out.push_str("Nobody has tested it: there is nothing that a hedge could stand on.\n\n");
            return;
        }
    };
    out.push_str("<ol class=\"ladder\" aria-label=\"How strongly it may be worded\">\n");
    for (strength, word) in RUNGS {
        let (class, said) = if strength.rung() <= allowed.rung() { ("yes", "allowed") } else { ("no", "too strong") };
        let _ = writeln!(out, "<li class=\"{class}\">{word}<span> {said}</span></li>");
    }
    out.push_str("</ol>\n\n");
}

fn question(out: &mut String, claim: Claim<'_>) {
    let pico = claim.pico();
    let labels =
        [pico.population().label(), pico.intervention().label(), pico.comparator().label(), pico.outcome().label()];
    let names = ["Who", "What", "Compared with", "Outcome"];
    out.push_str("## The question\n\n");
    match pico.as_studied() {
        Some(studied) => {
            let studied = [&studied.population, &studied.intervention, &studied.comparator, &studied.outcome];
            out.push_str("| part | in short | as it was studied |\n|---|---|---|\n");
            for ((name, label), studied) in names.into_iter().zip(labels).zip(studied) {
                let _ = writeln!(out, "| **{name}** | {} | {} |", words(label), words(studied));
            }
        }
        None => {
            out.push_str("| | |\n|---|---|\n");
            for (name, label) in names.into_iter().zip(labels) {
                let _ = writeln!(out, "| **{name}** | {} |", words(label));
            }
        }
    }
    out.push('\n');
}

fn grade(out: &mut String, claim: Claim<'_>) {
    let grade = claim.grade();
    out.push_str("## How sure we are\n\n");
    if let Some(start) = grade.start {
        let why =
            if start == Certainty::High { "randomised trials start here" } else { "observational studies start here" };
        let _ = writeln!(out, "| GRADE | step | because |\n|---|:---:|---|\n| start | {start} | {why} |");
        for reason in &grade.reasons {
            let step = match (reason.levels, reason.domain.is_upgrade()) {
                (0, _) => "0".to_owned(),
                (levels, true) => format!("+{levels}"),
                (levels, false) => format!("−{levels}"),
            };
            let domain = reason.domain.as_str().replace('-', " ");
            let _ = writeln!(out, "| {domain} | {step} | {} |", words(&reason.why));
        }
        let result = claim.certainty().map_or("none", Certainty::as_str).replace('-', " ");
        let _ = writeln!(out, "| **certainty** | {} | **{result}** |\n", text::signs(claim.certainty()));
    }
    if let Some(summary) = &grade.summary {
        let _ = writeln!(out, "{}\n", words(summary));
    }
    out.push_str("[How ratings are made](../ratings.md) explains each step.\n\n");
}

fn findings(out: &mut String, claim: Claim<'_>) {
    let mut findings: Vec<Finding<'_>> = claim.findings().collect();
    findings.sort_by_key(|finding| (finding.source().design(), Reverse(finding.source().year())));
    out.push_str("## What was found\n\n");
    if findings.is_empty() {
        out.push_str("No study was found that tested it.\n\n");
        return;
    }
    if let Some(svg) = plot::forest(claim) {
        let _ = writeln!(out, "{}", text::picture(&svg, "forest"));
    }
    let mut last = None;
    for finding in findings {
        let source = finding.source();
        if last != Some(source.design()) {
            let _ = writeln!(out, "### {}\n", text::designs(source.design()));
            last = Some(source.design());
        }
        let _ = writeln!(
            out,
            "<div class=\"finding\">\n\n{} **[{}]({})**{}{}\n",
            text::direction(finding.direction()),
            words(&source.citation()),
            source.url(),
            people(source),
            basis(finding.basis()),
        );
        if let Some(retraction) = source.retraction() {
            let _ = writeln!(out, "**Retracted on {}:** [notice]({}).\n", retraction.date, retraction.notice);
        }
        if let Some(effect) = finding.effect() {
            let _ = writeln!(out, "{}.\n", words(&text::sentence(&effect.to_string())));
        }
        for note in [source.finding_text().filter(|_| finding.effect().is_none()), finding.note()].into_iter().flatten()
        {
            let _ = writeln!(out, "{}\n", words(&text::sentence(note)));
        }
        out.push_str("</div>\n\n");
    }
    if let Some(svg) = plot::timeline(claim).filter(|_| claim.findings().len() > 1) {
        let _ = writeln!(out, "{}", text::picture(&svg, "timeline"));
    }
}

/// How large the study was.
fn people(source: Source<'_>) -> String {
    match (source.participants(), source.studies()) {
        (Some(people), Some(studies)) => format!(" · {} people in {studies} studies", text::thousands(people)),
        (Some(people), None) => format!(" · {} people", text::thousands(people)),
        (None, Some(studies)) => format!(" · {studies} studies"),
        (None, None) => String::new(),
    }
}

/// What a reader must know about how the finding came about.
const fn basis(basis: Basis) -> &'static str {
    match basis {
        Basis::SelfReported => " · reported by the people themselves",
        Basis::Inferred => " · concluded from something else that was measured",
        Basis::Animal => " · seen in animals",
        Basis::Laboratory => " · seen in the laboratory",
        _ => "",
    }
}

fn missing(out: &mut String, claim: Claim<'_>) {
    out.push_str("## What would change this rating\n\n");
    for missing in claim.grade().missing_studies() {
        let _ = writeln!(out, "- {}", words(&text::sentence(missing.study)));
    }
    out.push_str("\nThis is our own reading of the table above. A better study may find more, or less.\n\n");
}

fn guidance(out: &mut String, claim: Claim<'_>) {
    if claim.guidance().len() == 0 {
        return;
    }
    out.push_str("## Rules and context, not evidence\n\n");
    for source in claim.guidance() {
        let _ = writeln!(out, "- [{}]({}), {}", words(&source.citation()), source.url(), source.design().in_words());
    }
    out.push('\n');
}

fn record(out: &mut String, claim: Claim<'_>) {
    out.push_str("## The record\n\n");
    let _ = writeln!(out, "| | |\n|---|---|\n| **Name** | `{}` |", claim.id());
    let aliases: Vec<String> = claim.aliases().map(|alias| format!("`{alias}`")).collect();
    if !aliases.is_empty() {
        let _ = writeln!(out, "| **Former names** | {} |", aliases.join(", "));
    }
    let _ = writeln!(out, "| **Next review** | {} |", claim.review_by());
    let _ = writeln!(out, "| **File** | `{}` |", claim.origin().0);
    let _ = writeln!(out, "| **In a terminal** | `claims show {}` |", claim.id());
    if let Some(note) = claim.note() {
        let _ = writeln!(out, "\n{}", words(note));
    }
}

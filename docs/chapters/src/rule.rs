//! The page of a rule: what it finds, why, what it leaves alone, who says so, how bad it is where.

use std::fmt::Write as _;

use evidence_claims::{Database, Rule, RuleKind, RuleStatus, Scope};

use crate::text::{self, words};
use crate::{Page, claim, family};

/// What stands in an example between copy and the paper that it reports.
const SOURCE: &str = " — source: ";

/// Address of its page, from the root of the book.
pub(crate) fn path(rule: Rule<'_>) -> String {
    format!("rules/{}.md", rule.name().replace('/', "-"))
}

/// The page.
pub(crate) fn page(rule: Rule<'_>, db: &Database) -> Page {
    let mut out = format!("# {}\n\n", rule.name());
    let family = format!("[{}](../families/{}.md)", family::title(rule.family()), rule.family());
    let since = rule.since().map(|since| format!(" · since {since}")).unwrap_or_default();
    // Writing to a string cannot fail, here and below.
    let _ = writeln!(out, "{} · {family}{since}\n", text::severity(rule.severity()));
    status(&mut out, rule);
    let _ =
        writeln!(out, "<div class=\"message\">\n\n{}\n\n</div>\n", words(&text::sentence(&rule.message_in_general())));
    let _ = writeln!(out, "## Why\n\n{}\n", words(rule.why()));
    if let Some(help) = rule.help_in_general() {
        let _ = writeln!(out, "<div class=\"publish\">\n\n**What to do**\n\n{}\n\n</div>\n", words(&help));
    }
    if let Some(claim) = rule.claim() {
        let _ = writeln!(
            out,
            "**Evidence:** {} [{}](../{}), {}.\n",
            text::signs(claim.certainty()),
            words(claim.proposition().trim_end_matches('.')),
            claim::path(claim),
            claim.rating()
        );
    }
    examples(&mut out, "It fires on", "bad", rule, rule.bad());
    examples(&mut out, "It is silent on", "good", rule, rule.good());
    if rule.kind() == RuleKind::Phrase && rule.scope() != Scope::Any {
        out.push_str(
            "It fires where the words are meant, not where they are denied, asked, quoted or called a myth.\n\n",
        );
    }
    authority(&mut out, rule);
    severities(&mut out, rule, db);
    change(&mut out, rule);
    Page { title: rule.name().to_owned(), path: path(rule), text: out, pages: Vec::new() }
}

fn status(out: &mut String, rule: Rule<'_>) {
    match rule.status() {
        RuleStatus::Preview => out.push_str("**Preview:** it is being tried out and does not fire yet.\n\n"),
        RuleStatus::Retired => {
            let instead = rule
                .replaced_by()
                .map(|other| format!(" See [{}](../{}).", other.name(), path(other)))
                .unwrap_or_default();
            let _ = writeln!(out, "**Retired:** it no longer fires.{instead}\n");
        }
        _ => {}
    }
}

fn examples<'a>(
    out: &mut String,
    heading: &str,
    class: &str,
    rule: Rule<'_>,
    examples: impl ExactSizeIterator<Item = &'a str>,
) {
    if examples.len() == 0 {
        return;
    }
    let _ = writeln!(out, "## {heading}\n");
    if rule.kind() == RuleKind::Data {
        for example in examples {
            // Part of a record, and no page of TOML by itself.
            let _ = writeln!(
                out,
                "<pre class=\"record {class}\"><code>{}</code></pre>\n",
                text::html(&without_gaps(example))
            );
        }
        return;
    }
    let _ = writeln!(out, "<ul class=\"examples {class}\">");
    for example in examples {
        let (copy, source) = example.split_once(SOURCE).map_or((example, None), |(copy, source)| (copy, Some(source)));
        let source = source.map(|source| format!("<small>Source: {}</small>", text::html(source))).unwrap_or_default();
        let copy = text::html(&without_gaps(copy)).replace("[[", "<mark>").replace("]]", "</mark>");
        let _ = writeln!(out, "<li>{}{source}</li>", copy.replace('\n', "<br>"));
    }
    out.push_str("</ul>\n\n");
}

/// Without the empty lines that would end a block of HTML.
fn without_gaps(example: &str) -> String {
    example.lines().filter(|line| !line.trim().is_empty()).collect::<Vec<_>>().join("\n")
}

fn authority(out: &mut String, rule: Rule<'_>) {
    if rule.authority().len() == 0 {
        return;
    }
    out.push_str("## Who says so\n\n");
    for authority in rule.authority() {
        let _ = match &authority.url {
            Some(url) => writeln!(out, "- [{}]({url})", words(&authority.name)),
            None => writeln!(out, "- {}", words(&authority.name)),
        };
    }
    out.push('\n');
}

/// How bad it is under each profile, where they differ; one line where they do not.
fn severities(out: &mut String, rule: Rule<'_>, db: &Database) {
    if rule.kind() == RuleKind::Data {
        return;
    }
    let under = |profile: evidence_claims::Profile<'_>| {
        profile.severities().find(|(name, _)| *name == rule.name()).map_or(rule.severity(), |(_, severity)| severity)
    };
    out.push_str("## How bad it is\n\n");
    if db.profiles().all(|profile| under(profile) == rule.severity()) {
        let _ = writeln!(out, "{} under every profile.\n", text::severity(rule.severity()));
        return;
    }
    out.push_str("| profile | severity |\n|---|---|\n");
    for profile in db.profiles() {
        let _ =
            writeln!(out, "| {} (`{}`) | {} |", words(profile.label()), profile.name(), text::severity(under(profile)));
    }
    out.push('\n');
}

fn change(out: &mut String, rule: Rule<'_>) {
    match rule.kind() {
        RuleKind::Data => {
            let _ =
                writeln!(out, "In a terminal: `claims explain {}`. It is found by `claims validate`.\n", rule.name());
        }
        RuleKind::Source => {
            let _ =
                writeln!(out, "In a terminal: `claims explain {}`. It is found by `claims compare`.\n", rule.name());
        }
        _ => {
            let _ = writeln!(
                out,
                "In a terminal: `claims explain {0}`. To change it for one run: `--severity {0}=note` (or `warning`, `error`, \
                 `off`); for a whole site, a line in [evidence.toml](../reference/project.md).\n",
                rule.name()
            );
        }
    }
}

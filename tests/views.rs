//! What a record says can be asked of it: a pack of one record of each kind, read back through its views.

use std::fmt::Debug;

use evidence_claims::{Aspect, Certainty, Database, RuleKind, RuleStatus, Scope, Severity, Strength};

const PACK: &str = r#"
schema = 1
name = "acme"

[[term]]
id = "warmth"
class = "topic"
label = "warmth"

[[term]]
id = "toe-warmth"
class = "outcome"
label = "how warm the toes are"
forms = ["toe warmth", "warm toes"]
verbs = ["warm"]
topic = "acme:warmth"
wanted = "more"
mesh = "D014034"

[[term]]
id = "might-wellish"
class = "hedge"
label = "might wellish"
forms = ["might wellish"]
strength = "possible"

[[source]]
id = "doe-2026-toes"
title = "Toes"
authors = ["Doe J"]
year = 2026
doi = "10.5555/toes.2026"
design = "randomised-trial"
population = "adults with cold feet"
checked = 2026-11-22

[[rule]]
name = "toe-map"
family = "pseudo-mechanism"
label = "pseudo-mechanism"
kind = "phrase"
severity = "warning"
since = "0.1.0"
rank = 310
topics = ["circulation"]
claim = "cortisol-single-session"
message = "\"{words}\" draws a map of {outcome"
why = "Nobody has found one."
help = "Say {honest} instead of {words}."
authority = [{ name = "Advice on toes", url = "https://example.org/toes" }]
patterns = ["map of the toes", "toe map"]
scope = "any"
bad = ["We read the [[map of the toes]]."]
good = ["Toes are warm."]

[[rule]]
name = "toe-chart"
family = "pseudo-mechanism"
kind = "phrase"
severity = "note"
status = "retired"
replaced-by = "toe-map"
message = "a chart"
why = "It has another name."
patterns = ["toe chart"]

[[profile]]
name = "acme-strict"
label = "Strict"
about = "For pages on toes."
authority = [{ name = "Rules for toes", url = "https://example.org/rules" }]
severity = { toe-map = "error" }
ceiling = { high = "probable" }
"#;

fn db() -> Database {
    Database::builder().builtin().text("acme.toml", PACK).build().unwrap_or_else(|error| panic!("{error:#?}"))
}

fn all<T: Debug>(items: impl Iterator<Item = T>) -> Vec<T> {
    items.collect()
}

/// Where a record stands: the line of its header in the file.
fn line((file, span): (&str, evidence_claims::Span)) -> String {
    assert_eq!(file, "acme.toml");
    assert!(span.of(PACK).starts_with("[["), "{}", span.of(PACK));
    PACK[span.start()..].lines().nth(1).unwrap_or_default().to_owned()
}

#[test]
fn a_rule_says_all_that_its_record_says() {
    let db = db();
    let rule = db.rule("acme:toe-map").unwrap();
    assert_eq!(
        (rule.family(), rule.label(), rule.kind()),
        ("pseudo-mechanism", Some("pseudo-mechanism"), RuleKind::Phrase)
    );
    assert_eq!((rule.severity(), rule.status(), rule.since()), (Severity::Warning, RuleStatus::Stable, Some("0.1.0")));
    assert_eq!((rule.rank(), rule.scope(), rule.replaced_by()), (310, Scope::Any, None));
    assert_eq!(all(rule.topics()), ["circulation"]);
    assert_eq!(rule.claim().map(|claim| claim.id()), Some("cortisol-single-session"));
    assert_eq!((rule.why(), rule.help()), ("Nobody has found one.", Some("Say {honest} instead of {words}.")));
    assert_eq!(all(rule.authority().map(|by| by.name.as_str())), ["Advice on toes"]);
    assert_eq!(all(rule.patterns()), ["map of the toes", "toe map"]);
    assert_eq!(all(rule.bad()), ["We read the [[map of the toes]]."]);
    assert_eq!(all(rule.good()), ["Toes are warm."]);
    assert_eq!(line(rule.origin()), "name = \"toe-map\"");

    let old = db.rule("acme:toe-chart").unwrap();
    assert_eq!((old.status(), old.replaced_by()), (RuleStatus::Retired, Some(rule)));
    assert_eq!((old.label(), old.since(), old.claim(), old.help()), (None, None, None, None));
}

#[test]
fn texts_of_a_rule_can_be_read_without_a_case() {
    let db = db();
    let rule = db.rule("acme:toe-map").unwrap();
    assert_eq!(rule.help_in_general().as_deref(), Some("Say … instead of …."));
    // What is not closed is no place.
    assert_eq!(rule.message_in_general(), "\"…\" draws a map of {outcome");
    assert_eq!(db.rule("acme:toe-chart").unwrap().message_in_general(), "a chart");
}

#[test]
fn a_profile_says_all_that_its_record_says() {
    let db = db();
    let profile = db.profiles().find(|profile| profile.name().ends_with("acme-strict")).unwrap();
    assert_eq!((profile.label(), profile.about()), ("Strict", Some("For pages on toes.")));
    assert_eq!(all(profile.authority().map(|by| by.name.as_str())), ["Rules for toes"]);
    assert_eq!(all(profile.severities()), [("acme:toe-map", Severity::Error)]);
    assert_eq!(profile.ceiling(Certainty::High), Strength::Probable);
    assert_eq!(profile.ceiling(Certainty::Low), Strength::Possible);
    assert_eq!(line(profile.origin()), "name = \"acme-strict\"");
}

#[test]
fn a_term_and_a_source_say_all_that_their_records_say() {
    let db = db();
    let term = db.term("acme:toe-warmth").unwrap();
    assert_eq!((term.topic(), term.mesh(), term.strength()), (Some("acme:warmth"), Some("D014034"), None));
    assert_eq!((all(term.forms()), all(term.verbs())), (vec!["toe warmth", "warm toes"], vec!["warm"]));
    assert_eq!(line(term.origin()), "id = \"toe-warmth\"");
    assert_eq!(db.term("acme:might-wellish").unwrap().strength(), Some(Strength::Possible));
    let source = db.source("acme:doe-2026-toes").unwrap();
    assert_eq!(source.population(), Some("adults with cold feet"));
    assert_eq!(line(source.origin()), "id = \"doe-2026-toes\"");
}

#[test]
fn the_text_of_a_file_is_kept_under_its_name() {
    let db = db();
    assert_eq!(db.text("acme.toml"), Some(PACK));
    assert!(db.text("data/pack.toml").is_some_and(|text| text.contains("schema = 1")));
    assert_eq!(db.text("other.toml"), None);
}

#[test]
fn each_aspect_of_a_change_has_a_word_of_its_own() {
    for aspect in Aspect::ALL {
        assert_eq!(aspect.as_str(), format!("{aspect:?}").to_lowercase());
    }
}

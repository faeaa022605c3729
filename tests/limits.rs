//! A document has as many findings as its author likes; those that are told have a limit, and say so.
#![cfg(feature = "check")]

use evidence_claims::{Checker, Comparer, Database, Diagnostic, Document, Draft, RuleKind, Severity, Span};

const CLAIMS: &str = "Massage flushes toxins. Massage cures asthma. Massage melts fat. Tell us if you are pregnant.";
const RULE: &str = "limit/findings";

fn checker(most: usize) -> Checker<'static> {
    Checker::new(Database::builtin()).max_findings(most)
}

fn told(found: &[Diagnostic], document: &Document) -> Vec<String> {
    found.iter().map(|found| format!("{}: {}", found.rule(), found.span().of(document.text()))).collect()
}

#[test]
fn examples_of_the_rule_do_what_they_say() {
    let mut count = 0;
    for rule in Database::builtin().rules().filter(|rule| rule.kind() == RuleKind::Limit) {
        for example in rule.bad() {
            count += 1;
            let words = example.split_once("[[").unwrap().1.split_once("]]").unwrap().0;
            let document = Document::markdown(example.replace("[[", "").replace("]]", ""));
            let found = checker(1).check(&document);
            assert_eq!(told(&found, &document).last(), Some(&format!("{}: {words}", rule.name())), "{example}");
        }
        for example in rule.good() {
            count += 1;
            let found = checker(1).check(&Document::markdown(example));
            assert!(found.iter().all(|found| found.rule() != rule.name()), "{example}");
        }
    }
    assert!(count >= 2);
}

#[test]
fn what_is_told_are_the_first_findings_and_where_the_rest_begins() {
    let document = Document::plain(CLAIMS);
    let all = Checker::new(Database::builtin()).check(&document);
    assert_eq!(all.len(), 3);
    for most in 0..3 {
        let found = checker(most).check(&document);
        assert_eq!(found.len(), most + 1);
        assert_eq!(found[..most], all[..most]);
        assert_eq!((found[most].rule(), found[most].span()), (RULE, all[most].span()));
        assert_eq!(found[most].severity(), Severity::Error);
        let findings = ["0 findings", "1 finding", "2 findings"][most];
        let message = format!("the limit of {findings} is reached here; what follows is not checked");
        assert_eq!(found[most].message(), message);
    }
    assert_eq!(checker(3).check(&document), all);
}

#[test]
fn a_sentence_that_is_taken_back_does_not_use_up_the_limit() {
    let document = Document::plain("Massage cures asthma. That is a myth. Massage melts fat.");
    let found = checker(1).check(&document);
    assert_eq!(told(&found, &document), ["disputed-mechanism: melts fat"]);
}

#[test]
fn reading_ends_at_the_limit() {
    // The disclaimer below would make more of the findings above, if it were read.
    let page = format!("{}\n\nThis is not medical advice.", "Massage cures asthma.\n\n".repeat(50));
    let document = Document::markdown(page);
    let has = |found: &[Diagnostic], rule: &str| found.iter().any(|found| found.rule() == rule);
    let (all, some) = (checker(100).check(&document), checker(10).check(&document));
    assert!(has(&all, "disclaimer-contradicts-body") && !has(&some, "disclaimer-contradicts-body"));
    assert!(!has(&all, RULE) && has(&some, RULE));
    assert_eq!((all.len(), some.len()), (50, 11));
    // In one long paragraph, too.
    let document = Document::plain(format!("{}This is not medical advice.", "Massage cures asthma. ".repeat(50)));
    assert!(has(&checker(100).check(&document), "disclaimer-contradicts-body"));
    assert!(!has(&checker(10).check(&document), "disclaimer-contradicts-body"));
    // Whether harms are left out is known when all is read.
    let document = Document::plain("Massage cures asthma. ".repeat(50));
    assert!(has(&checker(50).check(&document), "harms-left-out"));
    assert!(!has(&checker(49).check(&document), "harms-left-out"));
    assert!(!has(&checker(10).check(&document), "harms-left-out"));
}

#[test]
fn without_a_limit_that_is_set_a_page_of_nothing_but_claims_has_a_hundred_thousand_findings() {
    let document = Document::plain("[cures pain".repeat(101_000));
    let found = Checker::new(Database::builtin()).check(&document);
    assert_eq!(found.len(), 100_001);
    assert_eq!(found[100_000].rule(), RULE);
}

#[test]
fn signs_of_spun_text_count_too() {
    let page = "A increasing number of people come to us. ".repeat(40);
    let document = Document::plain(page.as_str());
    assert!(checker(1000).check(&document).len() > 30);
    assert_eq!(checker(5).check(&document).len(), 6);
}

#[test]
fn findings_that_become_one_do_not_hide_that_the_rest_was_not_read() {
    // A sign of spun text and a claim at the same words.
    let page = "A increasing of circulation is what massage does with you.";
    let told_of = |page: &str| {
        let document = Document::markdown(page);
        told(&checker(1).check(&document), &document)
    };
    assert_eq!(told_of(page).len(), 1, "{:?}", told_of(page));
    let more = told_of(&format!("{page}\n\nMassage flushes toxins."));
    assert_eq!(more.len(), 2, "{more:?}");
    assert!(more[1].starts_with(RULE), "{more:?}");
}

#[test]
fn a_rule_that_is_set_milder_is_milder() {
    let found = checker(1).severity(RULE, Severity::Note).check(&Document::plain(CLAIMS));
    assert_eq!(found[1].severity(), Severity::Note);
}

#[test]
fn evidence_without_the_rule_tells_it_all_the_same() {
    let mut toml = include_str!("base.toml").to_owned();
    toml.push_str("\n[[rule]]\nname = \"hype\"\nfamily = \"hype\"\nkind = \"phrase\"\nseverity = \"note\"\nmessage = \"m\"\nwhy = \"w\"\npatterns = [\"wow\"]\n");
    let db = Database::builder().text("p.toml", toml).build().unwrap();
    let found = Checker::new(&db).max_findings(1).check(&Document::plain("Wow. Wow. Wow."));
    assert_eq!((found.len(), found[1].rule(), found[1].notes().len()), (2, RULE, 0));
}

#[test]
fn a_draft_has_the_same_limit_and_comes_back_below_it() {
    let checker = checker(2);
    let mut draft = Draft::new(&checker, Document::plain(CLAIMS));
    let same = |draft: &Draft<'_>| assert_eq!(draft.findings(), checker.check(draft.document()));
    same(&draft);
    assert_eq!(draft.findings().len(), 3);
    for (old, new, count) in
        [("melts fat", "is pleasant", 2), ("is pleasant", "melts fat", 3), ("cures asthma", "is warm", 2)]
    {
        let start = draft.document().text().find(old).unwrap();
        draft.edit(Span::new(start, start + old.len()), new);
        same(&draft);
        assert_eq!(draft.findings().len(), count, "{new}");
    }
}

#[test]
fn comparing_has_the_same_limit() {
    let before = Document::plain("Massage may reduce back pain. Massage may help with sleep at night.");
    let now = Document::plain("Massage reduces back pain. Massage improves sleep at night.");
    assert_eq!(checker(2).exaggerations(std::slice::from_ref(&before), &now).len(), 2);
    let found = checker(1).exaggerations(&[before], &now);
    assert_eq!(told(&found, &now).last().unwrap(), "limit/findings: improves sleep at night");

    let comparer = Comparer::new(Database::builtin()).unwrap();
    let copy = Document::plain("Massage cures muscle soreness.");
    let source = Document::plain("Massage was associated with less muscle soreness in rats.");
    assert_eq!(comparer.compare(&copy, &source).len(), 2);
    let found = comparer.max_findings(1).compare(&copy, &source);
    assert_eq!((found.len(), found[1].rule()), (2, RULE));
}

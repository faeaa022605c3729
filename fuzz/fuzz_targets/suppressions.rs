//! Comments in pages and, behind a separator, a project file: no finding is lost, and none is made but those about suppressions.
#![no_main]

use evidence_claims::{Database, Diagnostic, Project, Sieve};
use evidence_claims_fuzz::{CHECKER, SEPARATOR, TODAY, format, is_inside, problems_stand_in};
use libfuzzer_sys::fuzz_target;

fn project(text: &str) -> Project {
    let read = Project::read("evidence.toml", text);
    assert_eq!(read.is_ok(), Project::read("evidence.toml", text).is_ok());
    let mistakes = read.as_ref().err().into_iter().flat_map(|error| error.diagnostics());
    problems_stand_in(&mistakes.cloned().collect::<Vec<_>>(), |_| Some(text));
    let project = read.unwrap_or_default();
    if let Err(error) = project.resolve(Database::builtin()) {
        problems_stand_in(error.diagnostics(), |_| Some(text));
    }
    project
}

fuzz_target!(|input: &str| {
    let (read, text) = format(input);
    let (text, settings) = text.split_once(SEPARATOR).unwrap_or((text, ""));
    let project = project(settings);
    let page = read(text.to_owned());
    let found = CHECKER.check(&page);
    let sieve = Sieve::new(&CHECKER, *TODAY).project(&project);
    let sifted = sieve.sift(&page, found.clone(), |_| true);

    let is_about_comments = |finding: &&Diagnostic| finding.rule().starts_with("suppression/");
    let shown = sifted.shown.iter().filter(|finding| !is_about_comments(finding));
    let kept = sifted.suppressed.iter().map(|suppressed| &suppressed.diagnostic);
    let all: Vec<&Diagnostic> = shown.chain(kept).collect();
    assert_eq!(all.len(), found.len(), "no finding is lost");
    assert!(found.iter().all(|finding| all.contains(&finding)), "no finding is changed");
    for finding in &sifted.shown {
        assert!(is_inside(finding.span(), text), "{finding:?}");
        assert!(finding.fixes().iter().all(|fix| is_inside(fix.span(), text)), "{finding:?}");
    }
    problems_stand_in(&sieve.finish(), |_| Some(settings));
    let again = Sieve::new(&CHECKER, *TODAY).project(&project).sift(&page, found, |_| true);
    assert_eq!(again, sifted);
});

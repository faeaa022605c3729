//! Packs by strangers: read alone and beside records that they can refer to, compiled, used for a check, and exported.
#![no_main]

use evidence_claims::export::{Format, bibliography, claim_reviews, effects_csv, evidence_table, fhir_bundle};
use evidence_claims::{Checker, Database, Diagnostic, Document, Report, Severity};
use evidence_claims_fuzz::{TODAY, is_inside, problems_stand_in};
use libfuzzer_sys::fuzz_target;

const BASE: &str = include_str!("../../tests/base.toml");
const PAGE: &str =
    "# Relax\n\nMassage flushes toxins and **boosts** immunity. It lowers cortisol.\n\n- less pain\n- better sleep\n";

fn read(pack: &str, base: bool) -> Report {
    let builder = Database::builder().text("pack.toml", pack);
    let builder = if base { builder.text("base.toml", BASE) } else { builder };
    builder.strict(*TODAY).check()
}

fuzz_target!(|pack: &str| {
    for base in [false, true] {
        let report = read(pack, base);
        problems_stand_in(report.diagnostics(), |file| report.text(file));
        assert_eq!(report.diagnostics(), read(pack, base).diagnostics(), "the same pack has the same problems");
        let is_broken = report.diagnostics().iter().any(|problem| problem.severity() == Severity::Error);
        assert_eq!(report.database().is_none(), is_broken, "a pack loads unless it has an error");

        let checker = Checker::new(report.readable());
        problems_stand_in(checker.problems(), |file| report.text(file));
        let page = Document::markdown(PAGE);
        let found: Vec<Diagnostic> = checker.check(&page);
        assert!(found.iter().all(|finding| is_inside(finding.span(), PAGE)));
        assert_eq!(found, checker.check(&page));

        let Some(database) = report.database() else { continue };
        for claim in database.claims() {
            assert_eq!(database.claim(claim.id()), Some(claim), "a claim is found by its id");
            assert!(is_inside(claim.origin().1, report.text(claim.origin().0).expect("its file was read")));
        }
        for text in [claim_reviews(database.claims()), fhir_bundle(database.claims())] {
            serde_json::from_str::<serde_json::Value>(&text).expect("what is exported is JSON");
        }
        let csl = bibliography(database.sources(), Format::CslJson);
        serde_json::from_str::<serde_json::Value>(&csl).expect("a bibliography is JSON");
        let _ = (bibliography(database.sources(), Format::BibTex), bibliography(database.sources(), Format::Ris));
        let _ = (effects_csv(database.claims()), evidence_table(database.claims()));
    }
});

//! JUnit XML: a page is a suite, a finding that fails the check is a failed case. A page without findings is one case that passed,
//! so that a report shows it was read.

use std::io::{self, Write};

use evidence_claims::Diagnostic;
use quick_xml::events::BytesText;

use super::xml::{allowed, writer};
use super::{Page, remarks};
use crate::args::FailOn;

pub(super) fn write(pages: &[Page<'_>], fail_on: FailOn, out: &mut dyn Write) -> io::Result<()> {
    let fails = |diagnostic: &&&Diagnostic| fail_on.fails(diagnostic.severity());
    let counts = |pages: &[Page<'_>]| {
        let tests: usize = pages.iter().map(|page| page.diagnostics.len().max(1)).sum();
        let failures: usize = pages.iter().map(|page| page.diagnostics.iter().filter(fails).count()).sum();
        [("tests", tests.to_string()), ("failures", failures.to_string()), ("errors", "0".to_owned())]
    };
    let mut writer = writer(out)?;
    let totals = counts(pages);
    let all = writer.create_element("testsuites").with_attribute(("name", "claims"));
    all.with_attributes(totals.iter().map(|(key, value)| (*key, &**value))).write_inner_content(|writer| {
        for page in pages {
            let path = allowed(page.path);
            let own = counts(std::slice::from_ref(page));
            let suite = writer.create_element("testsuite").with_attribute(("name", &*path));
            suite.with_attributes(own.iter().map(|(key, value)| (*key, &**value))).write_inner_content(|writer| {
                for diagnostic in &page.diagnostics {
                    let position = page.source.position(diagnostic.span());
                    let name = format!("{} at {position}", diagnostic.rule());
                    let case = writer.create_element("testcase");
                    let case = case.with_attributes([("name", &*name), ("classname", &*path)]);
                    let text =
                        allowed(&format!("{path}:{position}: {}\n{}", diagnostic.message(), remarks(diagnostic)));
                    case.write_inner_content(|writer| {
                        let element = match fail_on.fails(diagnostic.severity()) {
                            true => writer.create_element("failure").with_attributes([
                                ("type", diagnostic.rule()),
                                ("message", &*allowed(diagnostic.message())),
                            ]),
                            // Worth knowing, and no failure: JUnit has no other place for it.
                            false => writer.create_element("system-out"),
                        };
                        element.write_text_content(BytesText::new(text.trim_end()))?;
                        Ok(())
                    })?;
                }
                if page.diagnostics.is_empty() {
                    let case = writer.create_element("testcase");
                    case.with_attributes([("name", "nothing found"), ("classname", &*path)]).write_empty()?;
                }
                Ok(())
            })?;
        }
        Ok(())
    })?;
    writeln!(writer.into_inner())
}

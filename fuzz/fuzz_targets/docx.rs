//! Word documents. After a `z` comes an archive as it is; else the XML of its parts, which are packed here, since a changed byte of
//! an archive breaks its checksum, and nothing behind that would ever be read.
#![no_main]

use std::io::Write;

use evidence_claims_cli::word_document;
use evidence_claims_fuzz::{SEPARATOR, document_keeps_its_promises};
use libfuzzer_sys::fuzz_target;
use rawzip::ZipArchiveWriter;

/// The parts that are read, in the order of the texts of an input.
const PARTS: [&str; 4] = ["word/document.xml", "word/styles.xml", "word/header1.xml", "word/footnotes.xml"];

fn packed(texts: &str) -> Vec<u8> {
    let mut archive = ZipArchiveWriter::new(Vec::new());
    for (name, text) in PARTS.into_iter().zip(texts.split(SEPARATOR)) {
        let (mut entry, config) = archive.new_file(name).start().expect("a name");
        let mut writer = config.wrap(&mut entry);
        writer.write_all(text.as_bytes()).expect("memory takes all");
        let (_, descriptor) = writer.finish().expect("memory takes all");
        entry.finish(descriptor).expect("memory takes all");
    }
    archive.finish().expect("memory takes all")
}

fuzz_target!(|input: &[u8]| {
    let bytes = match input.strip_prefix(b"z") {
        Some(archive) => archive.to_vec(),
        None => packed(&String::from_utf8_lossy(input)),
    };
    let again = word_document(&bytes);
    match word_document(&bytes) {
        Err(reason) => {
            assert!(!reason.is_empty() && !reason.chars().any(char::is_control), "{reason:?}");
            assert_eq!(again.err(), Some(reason));
        }
        Ok(page) => {
            let found = document_keeps_its_promises(&page, &again.expect("it was read before"));
            for finding in &found {
                let place = page.place_in_paragraph(finding.span()).expect("findings stand in paragraphs");
                assert!(place.number >= 1 && place.start < place.end, "{finding:?} at {place:?}");
            }
        }
    }
});

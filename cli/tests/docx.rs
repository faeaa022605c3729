//! Word documents: what of them is copy, where findings stand, and what is refused.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output};

use flate2::{Compression, write::DeflateEncoder};
use serde_json::{Value, json};

const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// An archive of these parts.
fn zip(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut archive = rawzip::ZipArchiveWriter::new(&mut bytes);
    for (name, content) in parts {
        let method = rawzip::CompressionMethod::DEFLATE;
        let (mut entry, config) = archive.new_file(*name).compression_method(method).start().unwrap();
        let mut writer = config.wrap(DeflateEncoder::new(&mut entry, Compression::fast()));
        writer.write_all(content).unwrap();
        let (encoder, descriptor) = writer.finish().unwrap();
        encoder.finish().unwrap();
        entry.finish(descriptor).unwrap();
    }
    archive.finish().unwrap();
    bytes
}

/// A part whose root is `root`.
fn part(root: &str, content: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><w:{root} xmlns:w=\"{MAIN}\">{content}</w:{root}>"
    )
}

fn body(content: &str) -> String {
    part("document", &format!("<w:body>{content}</w:body>"))
}

fn run(text: &str) -> String {
    format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
}

fn paragraph(properties: &str, text: &str) -> String {
    format!("<w:p><w:pPr>{properties}</w:pPr>{}</w:p>", run(text))
}

fn check(path: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_claims"));
    command.args(["check", "--pack", "tests/pages/acme"]).arg(path).args(args);
    command.env("LC_ALL", "C.UTF-8").env("COLUMNS", "80").output().unwrap()
}

/// The findings of a document, without the notes on whole pages.
#[track_caller]
fn findings(parts: &[(&str, &str)]) -> Vec<Value> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("leaflet.docx");
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, content)| (*name, content.as_bytes())).collect();
    fs::write(&path, zip(&parts)).unwrap();
    let output = check(&path, &["--format", "json"]);
    assert!(output.stderr.is_empty(), "{output:?}");
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    let found = json["files"][0]["diagnostics"].as_array().unwrap().clone();
    found.into_iter().filter(|finding| finding["severity"] != "note").collect()
}

/// Paragraph, first and last character of each finding of the rule on sparkle.
#[track_caller]
fn sparkles(parts: &[(&str, &str)]) -> Vec<[u64; 3]> {
    let found = findings(parts);
    let sparkles = found.iter().filter(|finding| finding["rule"] == "acme:sparkle-claim");
    sparkles.map(|finding| ["number", "start", "end"].map(|key| finding["paragraph"][key].as_u64().unwrap())).collect()
}

/// What is said of a file that cannot be read.
#[track_caller]
fn refusal(bytes: &[u8]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("leaflet.docx");
    fs::write(&path, bytes).unwrap();
    let output = check(&path, &[]);
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(said.lines().count(), 1, "{said}");
    said
}

#[test]
fn findings_stand_at_a_paragraph_and_its_characters_whatever_the_runs() {
    let text = [
        paragraph("<w:pStyle w:val=\"Heading1\"/>", "Welcome"),
        "<w:p/>".to_owned(),
        format!("<w:p>{}{}{}</w:p>", run("Café &amp; spa: it <![CDATA[&]]> it ad"), run("ds spar"), run("kle&#33;")),
        format!("<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>", paragraph("", "It\tadds sparkle.")),
    ];
    let found = sparkles(&[("word/document.xml", &body(&text.concat()))]);
    assert_eq!(found, [[3, 20, 32], [4, 3, 15]]);
    let found = findings(&[("word/document.xml", &body(&text.concat()))]);
    assert_eq!((&found[0]["line"], &found[0]["column"], &found[0]["cell"]), (&json!(3), &json!(21), &Value::Null));
}

#[test]
fn text_is_read_as_if_all_changes_were_accepted() {
    let tracked = |name: &str, text: &str| format!("<w:{name} w:id=\"1\" w:author=\"A\">{}</w:{name}>", run(text));
    let gone = [
        format!("<w:p>{}</w:p>", tracked("del", "It adds sparkle.").replace("w:t", "w:delText")),
        format!("<w:p>{}</w:p>", tracked("del", "It adds sparkle.")),
        format!("<w:p>{}</w:p>", tracked("moveFrom", "It adds sparkle.")),
        "<w:p><w:r><w:instrText>adds sparkle</w:instrText></w:r></w:p>".to_owned(),
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>It adds sparkle.</w:t></w:r></w:p>".to_owned(),
        paragraph("<w:pStyle w:val=\"TOC1\"/>", "It adds sparkle."),
    ];
    let comments = part("comments", &format!("<w:comment>{}</w:comment>", paragraph("", "It adds sparkle.")));
    let there = [
        format!("<w:p>{}{}{}</w:p>", run("It adds "), tracked("del", "no "), tracked("ins", "sparkle.")),
        format!("<w:p><w:hyperlink w:anchor=\"x\">{}</w:hyperlink></w:p>", run("It adds sparkle.")),
        "<w:p><w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t>It adds sparkle.</w:t></w:r></w:p>".to_owned(),
    ];
    let text = body(&[gone.concat(), there.concat()].concat());
    let found = sparkles(&[("word/document.xml", &text), ("word/comments.xml", &comments)]);
    assert_eq!(found, [[7, 3, 15], [8, 3, 15], [9, 3, 15]]);
}

#[test]
fn a_text_box_is_read_once_and_after_the_paragraph_that_it_stands_in() {
    let inside = format!("<w:txbxContent>{}</w:txbxContent>", paragraph("", "It adds sparkle."));
    let mc = "http://schemas.openxmlformats.org/markup-compatibility/2006";
    let both = format!(
        "<mc:AlternateContent xmlns:mc=\"{mc}\"><mc:Choice>{inside}</mc:Choice><mc:Fallback>{inside}</mc:Fallback></mc:AlternateContent>"
    );
    let text = body(&format!("<w:p>{}<w:r>{both}</w:r>{}</w:p>", run("It ad"), run("ds sparkle.")));
    assert_eq!(sparkles(&[("word/document.xml", &text)]), [[1, 3, 15], [2, 3, 15]]);
}

#[test]
fn headers_footers_and_notes_follow_the_body() {
    let sparkle = paragraph("", "It adds sparkle.");
    let found = sparkles(&[
        ("word/endnotes.xml", &part("endnotes", &format!("<w:endnote>{sparkle}</w:endnote>"))),
        (
            "word/footnotes.xml",
            &part("footnotes", &format!("<w:footnote><w:p/></w:footnote><w:footnote>{sparkle}</w:footnote>")),
        ),
        ("word/header10.xml", &part("hdr", &paragraph("", "Plain."))),
        ("word/header2.xml", &part("hdr", &sparkle)),
        ("word/document.xml", &body(&sparkle)),
        ("word/media/image1.xml", "<!DOCTYPE nobody reads this>"),
    ]);
    assert_eq!(found.iter().map(|found| found[0]).collect::<Vec<_>>(), [1, 2, 5, 6]);
}

#[test]
fn lead_ins_govern_lists_and_styles_say_what_is_a_heading_in_any_language() {
    let item = "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"3\"/></w:numPr>";
    let list = |lead_in: &str, item: &str| {
        body(&[paragraph("", lead_in), paragraph(item, "lower cortisol"), paragraph(item, "less pain")].concat())
    };
    let rules = |text: &str, styles: &str| {
        let found = findings(&[("word/document.xml", text), ("word/styles.xml", &part("styles", styles))]);
        found
            .iter()
            .map(|found| (found["rule"].as_str().unwrap().to_owned(), found["paragraph"]["number"].clone()))
            .collect::<Vec<_>>()
    };
    let asked = "Tell us before your massage if you have:";
    let claimed = rules(&list("Benefits of massage:", item), "");
    assert_eq!(claimed.iter().map(|(_, paragraph)| paragraph).collect::<Vec<_>>(), [2, 3]);
    assert_eq!(rules(&list(asked, item), ""), []);
    // A style may make the list, and a paragraph may leave it.
    let style = "<w:style w:styleId=\"Liste\"><w:name w:val=\"Punkte\"/><w:pPr><w:numPr/></w:pPr></w:style>\
                 <w:style w:styleId=\"Liste2\"><w:name w:val=\"Punkte 2\"/><w:basedOn w:val=\"Liste\"/></w:style>\
                 <w:style w:styleId=\"berschrift1\"><w:name w:val=\"heading 1\"/></w:style>";
    assert_eq!(rules(&list(asked, "<w:pStyle w:val=\"Liste2\"/>"), style), []);
    let left = "<w:pStyle w:val=\"Liste2\"/><w:numPr><w:numId w:val=\"0\"/></w:numPr>";
    assert_eq!(rules(&list(asked, left), style), claimed);
    let heading = |id: &str| {
        let head = paragraph(&format!("<w:pStyle w:val=\"{id}\"/>"), "Contraindications");
        body(&[head, paragraph(item, "lower cortisol"), paragraph(item, "less pain")].concat())
    };
    assert_eq!((rules(&heading("berschrift1"), style), rules(&heading("Heading1"), "")), (vec![], vec![]));
    assert_eq!(rules(&heading("Normal"), style), claimed);
}

#[test]
fn what_is_no_word_document_is_refused_with_its_reason() {
    let whole = zip(&[("word/document.xml", body(&paragraph("", "It adds sparkle.")).as_bytes())]);
    for length in (4..whole.len()).step_by(100) {
        let said = refusal(&whole[..length]);
        assert!(said.contains("cut short or damaged"), "{length}: {said}");
    }
    let mut flipped = whole.clone();
    flipped[60] ^= 0x55;
    assert!(refusal(&flipped).contains("damaged"), "{}", refusal(&flipped));
    assert!(refusal(&zip(&[("ppt/slides/slide1.xml", b"<a/>")])).contains("without word/document.xml"));
    assert!(refusal(b"It adds sparkle.").contains("it is no .docx"));
    assert!(refusal(b"\xD0\xCF\x11\xE0 and more").contains("has a password"));
    let twice = zip(&[("word/document.xml", b"<a/>"), ("word/document.xml", b"<b/>")]);
    assert!(refusal(&twice).contains("holds word/document.xml twice"));
}

#[test]
fn document_types_entities_and_broken_xml_are_refused() {
    let said = |text: &str| refusal(&zip(&[("word/document.xml", text.as_bytes())]));
    let laughs = format!("<!DOCTYPE d [<!ENTITY a \"adds sparkle\"><!ENTITY b \"&a;&a;\">]>{}", "<d>&b;</d>");
    assert!(said(&laughs).contains("declares a document type"), "{}", said(&laughs));
    assert!(said(&body(&paragraph("", "&sparkle;"))).contains("uses an entity"));
    for broken in ["<w:p><w:r></w:p>", "<w:p", "<w:p>", "</w:p>", "<w:p>&#0;</w:p>"] {
        let text = format!("<w:d xmlns:w=\"{MAIN}\">{broken}");
        assert!(said(&text).contains("broken XML"), "{broken}: {}", said(&text));
    }
    assert!(refusal(&zip(&[("word/document.xml", b"<d>\xFF</d>")])).contains("not UTF-8"));
}

#[test]
fn a_bomb_is_refused_whatever_it_says_of_its_size() {
    // The parts share the limit.
    let text = format!("{}{}", body(""), " ".repeat(33 << 20));
    let bomb = zip(&[("word/document.xml", text.as_bytes()), ("word/header.xml", text.as_bytes())]);
    assert!(bomb.len() < 1 << 20, "{}", bomb.len());
    assert!(refusal(&bomb).contains("unpacks to more than 64 MiB"), "{}", refusal(&bomb));
    // The size in the directory, 24 bytes after its sign, says 1.
    let mut liar = bomb;
    let at = liar.windows(4).rposition(|bytes| bytes == b"PK\x01\x02").unwrap();
    liar[at + 24..at + 28].copy_from_slice(&1_u32.to_le_bytes());
    assert!(refusal(&liar).contains("word/header.xml is cut short or damaged"), "{}", refusal(&liar));
}

#[test]
fn a_word_document_is_never_changed_and_is_known_without_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("leaflet.docx");
    let bytes =
        zip(&[("word/document.xml", body(&paragraph("", "Massage can ease back pain. It adds sparkle.")).as_bytes())]);
    fs::write(&path, &bytes).unwrap();
    for option in ["--fix", "--interactive", "--diff"] {
        let output = check(&path, &[option, "--quiet"]);
        assert!(String::from_utf8_lossy(&output.stderr).contains("it is a Word document; change it in"), "{output:?}");
        assert_eq!(fs::read(&path).unwrap(), bytes);
    }
    let narrated = String::from_utf8(check(&path, &["--format", "narrated"]).stdout).unwrap();
    assert!(narrated.contains("error, paragraph 1, character 32."), "{narrated}");
    let sarif: Value = serde_json::from_slice(&check(&path, &["--format", "sarif"]).stdout).unwrap();
    let region = &sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"];
    assert_eq!((&region["startLine"], &region["byteOffset"]), (&json!(1), &Value::Null));
    // In a directory it is a page; what Word puts beside an open document is none.
    fs::write(folder.path().join("~$leaflet.docx"), b"lock").unwrap();
    let walked = check(folder.path(), &["--format", "lines"]);
    assert!(walked.stderr.is_empty() && walked.status.code() == Some(1), "{walked:?}");
    let nameless = folder.path().join("attachment");
    fs::write(&nameless, &bytes).unwrap();
    assert_eq!(check(&nameless, &["--format", "lines"]).status.code(), Some(1));
}

//! Packs and pages that mean harm: none makes the library panic, hang, or point outside a file, and what is wrong is said.
#![cfg(feature = "check")]

use std::time::{Duration, Instant};

use evidence_claims::{Checker, Database, Diagnostic, Document, Report, Severity};

/// No hostile input of these sizes takes longer, in a debug build on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

const RULE: &str = "family = \"hype\"\nkind = \"phrase\"\nseverity = \"note\"\nmessage = \"m\"\nwhy = \"w\"\n";

fn read(pack: &str) -> Report {
    let begun = Instant::now();
    let report = Database::builder().builtin().text("hostile.toml", pack).strict("2026-11-25".parse().unwrap()).check();
    let checker = Checker::new(report.readable());
    let _ = checker.check(&Document::markdown("Massage flushes toxins and boosts immunity."));
    assert!(begun.elapsed() < PATIENCE, "{:?}", begun.elapsed());
    for found in report.diagnostics().iter().chain(checker.problems()) {
        let text = report.text(found.file().unwrap()).unwrap();
        assert!(text.get(found.span().start()..found.span().end()).is_some(), "{found:?}");
    }
    report
}

/// Rules that a pack breaks, each once.
fn broken(pack: &str) -> Vec<String> {
    let report = read(pack);
    let mut rules: Vec<String> = report.diagnostics().iter().map(|d| d.rule().to_owned()).collect();
    rules.extend(Checker::new(report.readable()).problems().iter().map(|d| d.rule().to_owned()));
    rules.sort_unstable();
    rules.dedup();
    rules
}

#[test]
fn ten_hostile_packs_end_with_their_errors() {
    let nested = format!("x = {}1{}", "[".repeat(50_000), "]".repeat(50_000));
    assert_eq!(broken(&nested), ["data/syntax"]);

    let many = "[[claim]]\n".repeat(20_000);
    assert!(broken(&many).contains(&"data/too-many".to_owned()));

    let endless = format!("[[term]]\nid = \"{}\"\nclass = \"outcome\"\nlabel = \"x\"\n", "a".repeat(1_000_000));
    assert_eq!(broken(&endless), ["data/id-format"]);

    assert_eq!(broken(&"\0".repeat(10_000)), ["data/syntax"]);

    let itself = "[[source]]\nid = \"doe-2019-a\"\ntitle = \"A\"\nauthors = [\"Doe J\"]\nyear = 2019\npmid = \"12\"\ndesign = \"meta-analysis\"\nincludes = [\"doe-2019-a\"]\n";
    assert_eq!(broken(itself), ["data/unknown-value"]);

    let link = "[[source]]\nid = \"doe-2019-a\"\ntitle = \"A\"\nauthors = [\"Doe J\"]\nyear = 2019\nurl = \"javascript:alert(1)\"\ndesign = \"survey\"\n";
    assert_eq!(broken(link), ["data/not-https"]);

    let unclosed = format!("[[rule]]\nname = \"bomb\"\n{RULE}patterns = ['{}']\n", "(".repeat(10_000));
    assert_eq!(broken(&unclosed), ["data/pattern-syntax"]);

    let choices = format!("[[rule]]\nname = \"bomb\"\n{RULE}patterns = ['{}']\n", "(a|b|c|[d] e) ... ".repeat(200));
    assert_eq!(broken(&choices), [""; 0]);

    let everything = "[[term]]\nid = \"all\"\nclass = \"outcome\"\nlabel = \"all\"\ntopic = \"pain\"\nwanted = \"less\"\nforms = [\"the\", \"and\", \"a\", \"of\", \"to\"]\n";
    assert_eq!(broken(everything), ["data/unused-term"]);

    // A pack cannot take the place of a rule: its own has its prefix.
    let taken = format!("[[rule]]\nname = \"detox-claim\"\n{RULE}patterns = ['nothing at all']\n");
    let report = read(&taken);
    let database = report.database().expect("it loads");
    assert_eq!(
        database.rule("detox-claim").map(|rule| rule.severity()),
        Database::builtin().rule("detox-claim").map(|rule| rule.severity())
    );
    assert!(database.rule("local:detox-claim").is_some());
}

/// All readings of a page, with what was found in each.
fn survives(name: &str, page: &str) -> Vec<Diagnostic> {
    let checker = Checker::new(Database::builtin());
    let mut all = Vec::new();
    for read in
        [|text: &str| Document::markdown(text), |text: &str| Document::html(text), |text: &str| Document::plain(text)]
    {
        let begun = Instant::now();
        let document = read(page);
        let found = checker.check(&document);
        assert!(begun.elapsed() < PATIENCE, "{name}: {:?}", begun.elapsed());
        for span in found.iter().flat_map(|d| d.labels().iter().map(|label| label.span).chain([d.span()])) {
            assert!(page.get(span.start()..span.end()).is_some(), "{name}: {span:?}");
        }
        assert_eq!(found, checker.check(&read(page)), "{name} reads the same twice");
        all.extend(found);
    }
    all
}

/// Whether the claim that each hostile page ends with is found all the same.
const CLAIM: &str = "\n\n<p>Massage boosts your immune system.</p>\n";

#[test]
fn twenty_hostile_pages_are_read_to_their_end() {
    let n = 5_000;
    let pages: [(&str, String); 22] = [
        ("nested quotation marks", "\"'".repeat(n)),
        ("nested block quotes", ">".repeat(n)),
        ("nested lists", (0..300).map(|depth| format!("{}- x\n", "  ".repeat(depth))).collect()),
        ("stars", "*".repeat(n) + "x" + &"*".repeat(n)),
        ("unclosed links", "[x](".repeat(n)),
        ("unclosed images", "![".repeat(n)),
        ("reference links", "[a]: b\n[a]\n".repeat(n / 10)),
        ("a table without end", "|".repeat(n) + "\n" + &"|-".repeat(n) + "\n"),
        ("open angles", "< ".repeat(n)),
        ("nested elements", "<div>".repeat(n)),
        ("attributes", format!("<p {}>x</p>", "a=b ".repeat(n))),
        ("references to characters", "&#x26;&amp;&notin;&#0;&#xD800;&#x110000;".repeat(n / 10)),
        ("templates", "{{ {% ".repeat(n) + &" %} }}".repeat(n)),
        (
            "a bomb of front matter",
            format!(
                "---\na: &a [x, x]\n{}title: *z\n---\n",
                (b'b'..b'z')
                    .map(|c| {
                        let (now, before) = (c as char, (c - 1) as char);
                        format!("{now}: &{now} [*{before}, *{before}, *{before}, *{before}]\n")
                    })
                    .collect::<String>()
            ),
        ),
        (
            "deep json-ld",
            format!("<script type=\"application/ld+json\">{}1{}</script>", "{\"a\":[".repeat(n), "]}".repeat(n)),
        ),
        (
            "broken json-ld",
            "<script type=\"application/ld+json\">{\"description\": \"Massage boosts</script>".to_owned(),
        ),
        ("letters that read from the right", "\u{202e}massage cures cancer\u{202c} ".repeat(100)),
        ("letters without width", "m\u{200b}a\u{200d}s\u{ad}s\u{2060}age \u{feff}".repeat(n / 10)),
        ("marks on marks", format!("massage{} ", "\u{301}".repeat(n))),
        ("control characters", "\u{1b}[2J\u{7}\u{8}\0\u{9b}31m massage ".repeat(n / 10)),
        ("other line ends", "massage\rmassage\u{2028}massage\u{85}massage\u{b}\r\n\n\r".repeat(n / 10)),
        (
            "comments that keep everything",
            "<!-- claims-disable --><!-- claims-disable-file -- because x -->\n".repeat(n / 10),
        ),
    ];
    for (name, page) in &pages {
        survives(name, page);
        let found = survives(name, &format!("<p>Massage boosts your immune system.</p>\n\n{page}"));
        assert!(found.iter().any(|d| d.severity() > Severity::Note), "{name} hides what stands before it");
    }
    // What closes nothing hides nothing that follows it.
    for name in
        ["nested quotation marks", "stars", "letters that read from the right", "control characters", "other line ends"]
    {
        let (_, page) = pages.iter().find(|(known, _)| *known == name).unwrap();
        let found = survives(name, &format!("{page}{CLAIM}"));
        assert!(found.iter().any(|d| d.rule() == "immune-boost-claim"), "{name} hides what follows");
    }
}

/// Invisible characters between letters are an old way past word lists.
#[test]
fn a_claim_cannot_be_hidden_with_invisible_characters() {
    let checker = Checker::new(Database::builtin());
    for text in [
        "Massage bo\u{ad}osts your im\u{200b}mune system.",
        "Massage\u{a0}boosts\u{2009}your immune system.",
        "Massage boosts your im\u{2060}mune sys\u{200d}tem.",
    ] {
        let found = checker.check(&Document::plain(text));
        assert!(found.iter().any(|d| d.severity() > Severity::Note), "{text:?}");
    }
}

//! How HTML is read: what is copy, which words belong together, and where they stand.
#![cfg(feature = "check")]

use evidence_claims::{Checker, Database, Document};

/// The sentences as they stand in the file.
fn sentences(page: &Document) -> Vec<&str> {
    page.sentences().map(|span| span.of(page.text())).collect()
}

fn html(text: &str) -> Vec<String> {
    sentences(&Document::html(text)).into_iter().map(str::to_owned).collect()
}

/// Rules that find something, each with the words in the file.
fn findings(page: &Document) -> Vec<(String, String)> {
    let checker = Checker::new(Database::builtin());
    checker.check(page).iter().map(|d| (d.rule().to_owned(), d.span().of(page.text()).to_owned())).collect()
}

#[test]
fn inline_elements_part_no_words_and_blocks_part_sentences() {
    let page = Document::html("<div>Our <b>mass</b>age <i>boosts</i> circu<wbr>lation<p>And more</div>");
    assert_eq!(sentences(&page), ["Our <b>mass</b>age <i>boosts</i> circu<wbr>lation", "And more"]);
    assert_eq!(findings(&page).len(), findings(&Document::plain("Our massage boosts circulation\n\nAnd more")).len());
}

#[test]
fn a_line_break_parts_words_and_two_part_paragraphs() {
    assert_eq!(html("<p>One<br>two<br/><br>three"), ["One<br>two", "three"]);
}

#[test]
fn scripts_styles_code_and_drawings_are_no_copy() {
    let page = "<style>p{}</style><script>a<b</script><p>Say <code>x < y</code> this<svg><title>t</title></svg> now</p>\
                <pre>no</pre><textarea>no</textarea><!-- no --><iframe>no</iframe>After";
    assert_eq!(html(page), ["Say <code>x < y</code> this<svg><title>t</title></svg> now", "After"]);
}

#[test]
fn code_stands_for_a_word_that_nobody_knows() {
    let page = Document::markdown("Take a `div` element and an <code>x</code> button.");
    assert_eq!(findings(&page), []);
}

#[test]
fn the_head_holds_a_title_and_descriptions() {
    let page = "<!doctype html><html><head><meta charset=utf-8><title>Warm &amp; calm</title>\
                <meta name=\"description\" content=\"A place to rest.\"><meta name=viewport content=\"width=device-width\">\
                <meta property=\"og:title\" content='Rest'><meta content=\"Card text\" name=\"twitter:description\">\
                </head><body>Hello</body></html>";
    assert_eq!(html(page), ["Warm &amp; calm", "A place to rest.", "Rest", "Card text", "Hello"]);
}

#[test]
fn attributes_that_people_read_or_hear_are_copy_apart_from_the_sentence_around_them() {
    let page = "<p>Our <a title=\"A tooltip\" href=\"x\">team</a> <img alt='A warm room' src=x> waits.\
                <input type=submit value=\"Book now\"><input type=text value=no placeholder=\"Your name\">\
                <button aria-label=\"Close it\">Close</button>";
    assert_eq!(
        html(page),
        [
            "A tooltip",
            "A warm room",
            "Book now",
            "Your name",
            "Our <a title=\"A tooltip\" href=\"x\">team</a> <img alt='A warm room' src=x> waits.",
            "Close it",
            "Close",
        ]
    );
}

#[test]
fn texts_of_json_ld_are_copy_at_their_place_with_escapes_and_tags() {
    let page = Document::html(
        r#"<script type="application/ld+json">{"@type": "FAQPage", "url": "no", "mainEntity": [{"name": "Does it help?",
        "acceptedAnswer": {"text": "<p>Massage fl\u0075shes toxins<\/p><p>for \"you\"<\/p>"}}]}</script>"#,
    );
    assert_eq!(
        sentences(&page),
        ["Does it help?", r#"<p>Massage fl\u0075shes toxins<\/p><p>for \"you\"<\/p>"#.trim_start_matches("<p>").trim_end_matches(r"<\/p>")]
    );
    let found = findings(&page);
    assert!(found.contains(&("detox-claim".to_owned(), r"fl\u0075shes toxins".to_owned())), "{found:?}");
}

#[test]
fn references_are_read_as_their_characters_and_quoted_whole() {
    for (file, rule, words) in [
        ("<p>Massage flush&#101;s toxins.", "detox-claim", "flush&#101;s toxins"),
        ("<p>Massage flushes&nbsp;toxin&#x73;.", "detox-claim", "flushes&nbsp;toxin&#x73;"),
        ("<p>Massage flu&shy;shes toxins.", "detox-claim", "flu&shy;shes toxins"),
    ] {
        let found = findings(&Document::html(file));
        assert!(found.contains(&(rule.to_owned(), words.to_owned())), "{file}: {found:?}");
    }
    assert_eq!(html("<p>caf&eacute; &amp; caf&eacute;</p>"), ["caf&eacute; &amp; caf&eacute;"]);
    assert_eq!(
        html("<p>&Eacute;clair &bogus; &ampx &nGt; &#xD800; &#0; &#99999999; 5&#37;"),
        ["&Eacute;clair &bogus; &ampx &nGt; &#xD800; &#0; &#99999999; 5&#37;"]
    );
}

#[test]
fn lists_headings_cells_and_buttons_are_what_they_are_in_markdown() {
    let markdown = "## Benefits:\n\n- better sleep\n- less *pain*\n\nMassage can help with:\n\n1. back pain\n2. cancer\n\n\
                    | For | Effect |\n| --- | --- |\n| Detox | flushes toxins |\n\n> It cured my asthma.\n\n[Book a detox](x)\n\n\
                    ![Boosts immunity](x.png)\n";
    let page = "<h2>Benefits:</h2><ul><li>better sleep<li>less <em>pain</em></ul><p>Massage can help with:</p>\
                <ol><li><p>back pain</p></li><li><p>cancer</p></li></ol><table><tr><th>For<th>Effect<tr><td>Detox\
                <td>flushes toxins</table><blockquote><p>It cured my asthma.</blockquote><p><a href=x>Book a detox</a></p>\
                <img alt='Boosts immunity'>";
    let words = |found: Vec<(String, String)>| -> Vec<(String, String)> {
        found.into_iter().map(|(rule, words)| (rule, words.replace("<em>", "*").replace("</em>", "*"))).collect()
    };
    let (in_markdown, in_html) = (findings(&Document::markdown(markdown)), words(findings(&Document::html(page))));
    assert!(in_markdown.len() > 4, "{in_markdown:?}");
    assert_eq!(in_markdown, in_html);
}

#[test]
fn whatever_markdown_says_its_html_says() {
    let mut pages = Vec::new();
    for directory in ["examples", "tests/corpus", "docs", "."] {
        let Ok(entries) = std::fs::read_dir(directory) else { continue };
        pages.extend(
            entries.flatten().map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|e| e == "md")),
        );
    }
    assert!(pages.len() >= 3, "{pages:?}");
    let rule = |found: Vec<(String, String)>| -> Vec<String> { found.into_iter().map(|(rule, _)| rule).collect() };
    for path in pages {
        let text = std::fs::read_to_string(&path).unwrap();
        // The HTML holds no front matter.
        let text =
            text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")).map_or(&*text, |(_, body)| body);
        let mut rendered = String::new();
        let options = pulldown_cmark::Options::ENABLE_TABLES | pulldown_cmark::Options::ENABLE_STRIKETHROUGH;
        pulldown_cmark::html::push_html(&mut rendered, pulldown_cmark::Parser::new_ext(text, options));
        let (markdown, html) = (Document::markdown(text), Document::html(rendered));
        assert_eq!(markdown.sentences().count(), html.sentences().count(), "{}", path.display());
        assert_eq!(rule(findings(&markdown)), rule(findings(&html)), "{}", path.display());
    }
}

#[test]
fn html_inside_markdown_is_read_like_html() {
    let page = "Our <b>mass</b>age<br>helps <code>not this</code> you.\n\n<ul>\n<li>One &amp; two\n<li><img\n alt=\"A room\">\n</ul>\n\n\
                <div title=\"Tip\">\n\nMarkdown *again*\n\n</div>\n\n<script>\nno\n\nno\n</script>\n\n<button>Go</button>\n";
    assert_eq!(
        sentences(&Document::markdown(page)),
        [
            "Our <b>mass</b>age<br>helps <code>not this</code> you.",
            "One &amp; two",
            "A room",
            "Tip",
            "Markdown *again",
            "Go",
        ]
    );
}

#[test]
fn code_that_shows_what_a_site_generator_replaces_hides_no_other_word() {
    let page = "Use `{{ name }}`, `{%x%}` and `{{é}}`é. Massage cures cancer.\n\nNext `{{a` one.\n";
    let found: Vec<String> = sentences(&Document::markdown(page)).into_iter().map(str::to_owned).collect();
    assert!(found.contains(&"Massage cures cancer.".to_owned()), "{found:?}");
    assert_eq!(found.len(), 3, "{found:?}");
    assert_eq!(findings(&Document::markdown(page)).len(), 1);
}

#[test]
fn what_a_site_generator_replaces_is_no_copy() {
    let page = "import Card from './card.js'\n\nexport const meta = {\n  title: 'no'\n}\n\nOur {{ service | upcase }} helps.\n\n\
                {% include cures-cancer.html %}\n\n{{< figure title=\"no\" >}}\n\n{% highlight js %}\nno\n{% endhighlight %}\n\n\
                <Card onClick={() => go()}>Inside</Card>\n\nImport duties apply to {it}. {/* no */}\n\n## Head {#id}\n";
    assert_eq!(
        sentences(&Document::markdown(page)),
        [
            "Our {{ service | upcase }} helps.",
            "<Card onClick={() => go()}>Inside",
            "Import duties apply to {it}.",
            "Head"
        ]
    );
    assert_eq!(
        html("<p>{% if a %}Yes{% else %}No{% endif %} <a href=\"{{ url }}\">x {{ y }}</a><%= z %>"),
        ["Yes{% else %}No{% endif %} <a href=\"{{ url }}\">x"]
    );
    assert_eq!(html("<p>{{ open {% comment %} {{ {% comment %} end"), ["{{ open {% comment %} {{ {% comment %} end"]);
}

#[test]
fn title_and_description_of_front_matter_are_copy_however_they_are_written() {
    let yaml = "---\ntitle: \"Warm \\\"hands\\\"\"\ndescription: >-\n  Our massage\n  flushes\n  toxins.\ntags: [cures cancer]\n\
                seo:\n  title: no\nauthor: no\n---\n\nBody\n";
    let page = Document::markdown(yaml);
    assert_eq!(sentences(&page), ["Warm \\\"hands\\\"", "Our massage\n  flushes\n  toxins.", "Body"]);
    assert!(findings(&page).iter().any(|(rule, words)| rule == "detox-claim" && words == "flushes\n  toxins"));
    let toml = "+++\ntitle = \"Warm hands\"\nweight = 3\ndescription = '''\nOur massage\nflushes toxins'''\n[params]\ntitle = \"no\"\n+++\n\nBody\n";
    assert_eq!(sentences(&Document::markdown(toml)), ["Warm hands", "Our massage\nflushes toxins", "Body"]);
    for broken in [
        "---\ntitle: [\n---\nBody",
        "---\ntitle: \"x\n---\nBody",
        "+++\ntitle = \n+++\nBody",
        "---\n- title: x\n---\nBody",
    ] {
        assert_eq!(sentences(&Document::markdown(broken)).last(), Some(&"Body"), "{broken}");
    }
}

#[test]
fn hostile_pages_are_read_quickly_and_without_panic() {
    let deep = |open: &str, close: &str| format!("{}x{}", open.repeat(10_000), close.repeat(10_000));
    let pages = [
        deep("<div>", "</div>"),
        deep("<ul><li>", "</ul>"),
        deep("<li><blockquote>", "</li>"),
        deep("<blockquote>", "</li>"),
        deep("<a><code>", "</a>"),
        deep("<noscript>", ""),
        deep("<table><td>", "</td>"),
        deep("<svg><title>", ""),
        deep("{{", ""),
        deep("{% comment %}", ""),
        deep("<p title='", ""),
        "&".repeat(2_000),
        format!("<p>&{};", "a".repeat(100_000)),
        format!("<p>&#{};", "9".repeat(100_000)),
        format!("<script type='application/ld+json'>{}", "[".repeat(100_000)),
        format!("<script type='application/ld+json'>{{\"name\": \"{}", "\\u".repeat(10_000)),
        format!("---\ntitle: {}\n---\n", "[".repeat(10_000)),
        "<p>nul\0 \u{1}\u{2} &#0; &#1; &#xD800;\u{FFFD} é&eacute".to_owned(),
        "<".to_owned(),
        "<p title=".to_owned(),
        "&".to_owned(),
    ];
    let checker = Checker::new(Database::builtin());
    for page in pages {
        for read in [Document::html as fn(String) -> Document, Document::markdown] {
            let start = std::time::Instant::now();
            let document = read(page.clone());
            for diagnostic in checker.check(&document) {
                assert!(!diagnostic.span().of(document.text()).is_empty());
            }
            for sentence in document.sentences() {
                assert!(!sentence.of(document.text()).is_empty());
            }
            assert!(start.elapsed().as_secs() < 20, "{:.60}", page);
        }
    }
}

//! Pictures: as agreed to the byte, well-formed, and safe whatever the records say.
//!
//! `PLOT=overwrite cargo test --test plot` draws them anew. Look at them before you commit them.

use std::path::Path;

use evidence_claims::{Claim, Database, plot};

fn made_up() -> Database {
    Database::builder()
        .builtin()
        .text("forest.toml", include_str!("forest.toml"))
        .build()
        .expect("the records are valid")
}

fn toes(db: &Database) -> Claim<'_> {
    db.claim("local:warm-toes").expect("it is there")
}

fn golden(path: &str, svg: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var_os("PLOT").is_some_and(|word| word == "overwrite") {
        std::fs::write(&path, svg).expect("golden files can be written");
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(svg == expected, "{} has changed; `PLOT=overwrite cargo test --test plot` draws it anew", path.display());
}

/// The elements of a picture and its words, read by a strict parser of XML that is not the writer's.
fn read(svg: &str) -> (Vec<String>, String) {
    let document = roxmltree::Document::parse(svg).expect("it is XML");
    let elements = || document.descendants().filter(roxmltree::Node::is_element);
    for attribute in elements().flat_map(|element| element.attributes()) {
        assert!(!attribute.name().starts_with("on") && !attribute.name().contains("href"), "{attribute:?}");
    }
    let tags = elements().map(|element| element.tag_name().name().to_owned()).collect();
    let words = document.descendants().filter(roxmltree::Node::is_text).filter_map(|text| text.text());
    (tags, words.collect::<Vec<_>>().join("\n"))
}

#[test]
fn pictures_of_made_up_evidence_are_as_agreed() {
    let db = made_up();
    golden("tests/plot/forest.svg", &plot::forest(toes(&db)).expect("there are effects"));
    golden("tests/plot/timeline.svg", &plot::timeline(toes(&db)).expect("there are sources"));
    golden("tests/plot/map.svg", &plot::map([toes(&db)]));
}

#[test]
fn the_pictures_of_the_handbook_show_the_evidence_as_it_is() {
    let db = Database::builtin();
    let claim = db.claim("depressive-symptoms").expect("it is there");
    golden("docs/src/pictures/forest.svg", &plot::forest(claim).expect("there are effects"));
    golden("docs/src/pictures/timeline.svg", &plot::timeline(claim).expect("there are sources"));
    golden("docs/src/pictures/map.svg", &plot::map(db.claims()));
}

#[test]
fn every_claim_can_be_drawn_or_says_nothing() {
    for claim in Database::builtin().claims() {
        for svg in plot::forest(claim).into_iter().chain(plot::timeline(claim)) {
            let (tags, words) = read(&svg);
            assert_eq!(&tags[..4], ["svg", "title", "desc", "style"], "{}", claim.id());
            assert!(svg.contains("role=\"img\"") && words.contains(claim.id()));
            assert!(!svg.contains("NaN") && !svg.contains("inf "), "{}", claim.id());
        }
    }
}

#[test]
fn a_picture_says_in_words_what_it_shows() {
    let db = made_up();
    let svg = plot::forest(toes(&db)).expect("there are effects");
    let described = svg.split("<desc").nth(1).and_then(|rest| rest.split("</desc>").next()).expect("there is one");
    for words in [
        "Figures above 0 favour massage.",
        "Elm 2021, toe warmth in the evening: 0.15 [−0.12, 0.42].",
        "Our own calculation, not a published result",
        "Drawn but not pooled: Maple 2023",
    ] {
        assert!(described.contains(words), "{described}");
    }
}

#[test]
fn our_own_figure_is_never_drawn_without_saying_so() {
    let db = made_up();
    let svg = plot::forest(toes(&db)).expect("there are effects");
    assert!(svg.contains("ec-ours") && svg.contains("random effects; not a published result"));
    // Nothing in the built-in evidence has three trials on one scale: nothing may look pooled.
    for claim in Database::builtin().claims() {
        let Some(svg) = plot::forest(claim) else { continue };
        let drawn = svg.matches("class=\"ec-ours\"").count();
        let pooled = evidence_claims::stats::Forest::of(claim).panels().iter().any(|panel| panel.pooled().is_some());
        assert_eq!(drawn > 0, pooled, "{}", claim.id());
    }
}

#[test]
fn units_never_share_an_axis() {
    let db = made_up();
    let svg = plot::forest(toes(&db)).expect("there are effects");
    // One heading, and so one axis, for each scale and meaning of the sign.
    for (heading, times) in [
        (">Standardised mean difference<", 1),
        (">Standardised mean difference, direction not known<", 1),
        (">Mean difference in degrees C<", 1),
        (">Risk ratio (logarithmic scale)<", 2),
    ] {
        assert_eq!(svg.matches(heading).count(), times, "{heading}");
    }
}

#[test]
fn hostile_words_stay_words() {
    let evil = include_str!("forest.toml")
        .replace("A massage makes the toes", "<script>alert(1)</script>\\\"'&]]> A massage makes the toes")
        .replace("toe warmth in the evening", "</text><image href='x' onload='y'/>")
        .replace("\"Elm E\"", "\"<b>Elm</b> E\"");
    let db = Database::builder().builtin().text("forest.toml", evil).build().expect("the records are valid");
    for svg in [plot::forest(toes(&db)), plot::timeline(toes(&db)), Some(plot::map([toes(&db)]))] {
        let (tags, _) = read(&svg.expect("it can be drawn"));
        for tag in tags {
            assert!(
                ["svg", "title", "desc", "style", "rect", "g", "text", "path", "circle"].contains(&tag.as_str()),
                "{tag}"
            );
        }
    }
}

#[test]
fn every_mark_of_a_linked_map_leads_to_its_claim() {
    let db = Database::builtin();
    let svg = plot::linked_map(db.claims(), |claim| format!("claims/{}.html?a=1&b=\"", claim.id()));
    let document = roxmltree::Document::parse(&svg).expect("it is XML");
    let links: Vec<&str> = document.descendants().filter_map(|node| node.attribute("href")).collect();
    assert_eq!(links.len(), db.claims().filter(|claim| !claim.is_withdrawn()).count());
    assert!(links.contains(&"claims/depressive-symptoms.html?a=1&b=\""));
    // A picture of links is no single image to a screen reader, and every link says what it leads to.
    assert_eq!(document.root_element().attribute("role"), Some("group"));
    for link in document.descendants().filter(|node| node.has_tag_name("a")) {
        assert!(link.attribute("aria-label").is_some_and(|label| label.contains(": ")));
    }
}

#[test]
fn an_empty_map_is_a_map() {
    assert!(plot::map([]).contains("0 claims"));
}

//! Queries as text: that text and builder are one, that what is written reads as the same query, and where mistakes are shown.

use std::ops::Bound;

use evidence_claims::{Certainty, Date, Design, Direction, Magnitude, Query};

#[test]
fn builder_and_text_are_the_same_query() {
    let day = |text: &str| text.parse::<Date>().unwrap();
    let pairs = [
        (Query::new().topic("cortisol"), "topic:cortisol"),
        (Query::new().topic(["cortisol", "sleep"]), "topic:cortisol,sleep"),
        (Query::new().topic(String::from("a")).id("b").source("c"), "topic:a id:b source:c"),
        (Query::new().outcome("low back pain"), "outcome:\"low back pain\""),
        (Query::new().outcome(["a,b", "say \"ah\\\""]), r#"outcome:"a,b","say \"ah\\\"""#),
        (Query::new().population("").intervention("x").comparator("y"), "population:\"\" intervention:x comparator:y"),
        (Query::new().certainty(..=Certainty::Low), "certainty<=low"),
        (Query::new().certainty(Certainty::Moderate..), "certainty>=moderate"),
        (Query::new().certainty(Certainty::Low..=Certainty::Low), "certainty:low"),
        (Query::new().certainty(Certainty::Low..=Certainty::Moderate), "certainty:low,moderate"),
        (Query::new().certainty(..Certainty::VeryLow), "certainty<very-low"),
        (Query::new().certainty(..), "certainty<=high"),
        (Query::new().unrated(), "certainty:none"),
        (Query::new().direction(Direction::Null), "direction:null"),
        (Query::new().direction(vec![Direction::Null, Direction::Mixed]), "direction:null,mixed"),
        (Query::new().magnitude([Magnitude::Small, Magnitude::Large]), "magnitude:small,large"),
        (Query::new().design(Design::MetaAnalysis), "design:meta-analysis"),
        (Query::new().year(2010..), "year>=2010"),
        (Query::new().year(..2010), "year<=2009"),
        (Query::new().year(2010..=2015), "year:2010..2015"),
        (Query::new().year(2010..2011), "year=2010"),
        (Query::new().participants(100..).findings(..=2), "participants>=100 findings<=2"),
        (Query::new().findings((Bound::Excluded(usize::MAX), Bound::Unbounded)), "findings<0"),
        (Query::new().year(..), "year>=0"),
        (Query::new().effect(0.5..), "effect>=0.5"),
        (Query::new().effect(-0.5..=0.8), "effect:0.5..0.8"),
        (Query::new().effect(0.2..0.25), "effect:0.2..0.24999999999999997"),
        (Query::new().effect(..), ""),
        (Query::new().due(day("2027-01-01")), "due:2027-01-01"),
        (Query::new().reviewed(day("2026-01-01")..), "reviewed>=2026-01-01"),
        (Query::new().reviewed(..day("2026-01-01")), "reviewed<2026-01-01"),
        (Query::new().reviewed(day("2026-01-01")..=day("2026-02-01")), "reviewed:2026-01-01..2026-02-01"),
        (Query::new().reviewed(day("2026-01-01")..day("2026-02-01")), "reviewed:2026-01-01..2026-01-31"),
        (Query::new().reviewed(..), ""),
        (Query::new().withdrawn(true).withdrawn(false), "withdrawn:yes withdrawn:no"),
        (Query::new().text("stress Hormone"), "stress hormone"),
        (Query::new().text("post-exercise"), "\"post exercise\""),
        (Query::new().phrase("Stress  hormone"), "\"stress hormone\""),
        (Query::new().text("… !"), ""),
        (Query::new().text("İstanbul ß ǅ"), "istanbul ß ǆ"),
        (Query::new().topic("a").without(Query::new().topic("b").text("c d")), "topic:a -topic:b -c -d"),
        (Query::new().direction([]), "findings<0"),
    ];
    assert_ne!(Query::new().topic("cortisol"), Query::new().topic("sleep"));
    for (built, text) in pairs {
        assert_eq!(built.to_string(), text);
        assert_eq!(text.parse::<Query>().unwrap_or_else(|error| panic!("{text}: {error}")), built, "{text}");
    }
}

#[test]
fn what_is_written_reads_as_the_same_query() {
    let texts = [
        "topic:a,b  certainty<low   -design:survey",
        "certainty:none,low,very-low,moderate,high",
        "certainty:high,none",
        "participants:..5 participants:5.. year>0 findings<10",
        "participants>18446744073709551615",
        "effect>0.5 effect<=.8 effect:1..2 effect:..3.0 effect=0",
        "reviewed>2026-01-01 reviewed<=2026-01-02 reviewed:..2026-01-01",
        "-\"two words\" one -three x-y_z --w",
        "id:acme-spa:warm-stones",
        "outcome:\"a b\",c,\"d\"",
        "outcome:back\\slash,semi;colon",
    ];
    for text in texts {
        let query: Query = text.parse().unwrap_or_else(|error| panic!("{text}: {error}"));
        let written = query.to_string();
        assert_eq!(written.parse::<Query>().unwrap(), query, "{text} became {written}");
        assert_eq!(written.parse::<Query>().unwrap().to_string(), written);
    }
}

/// The words that the error points at, with what it says.
#[track_caller]
fn mistake(text: &str) -> (&str, String) {
    let error = text.parse::<Query>().unwrap_err();
    assert!(!error.is_invalid() && !error.is_io() && error.diagnostics().is_empty());
    (error.span().unwrap().of(text), error.to_string())
}

#[test]
fn a_mistake_is_shown_where_it_is_with_what_was_meant() {
    let cases = [
        ("pain topci:sleep", "topci", "unknown key `topci`; did you mean `topic`?"),
        ("year>2010 colour:red", "colour", "unknown key `colour` (keys: topic, certainty,"),
        (
            "certainty<=lo",
            "lo",
            "`lo` is not a certainty; did you mean `low`? (expected very-low, low, moderate, high, none)",
        ),
        ("certainty<none", "none", "write `certainty:none`"),
        ("certainty:low,hihg", "hihg", "did you mean `high`?"),
        ("direction:suports", "suports", "`suports` is not a direction; did you mean `supports`?"),
        ("magnitude:\"very big\"", "\"very big\"", "`very big` is not a magnitude (expected unknown, trivial,"),
        ("design:rct", "rct", "`rct` is not a design"),
        ("topic<=sleep", "<=", "`<=` cannot be used with `topic`; write `topic:`"),
        ("topic:", "", "a value of `topic` is missing; write for example topic:cortisol"),
        ("topic:a, b", "", "a value of `topic` is missing"),
        ("year>=twenty", "twenty", "`twenty` is not a whole number"),
        ("year:-5", "-5", "`-5` is not a whole number"),
        ("year:99999999999999999999999", "99999999999999999999999", "is not a whole number"),
        ("year:2010,2011", "2010,2011", "`year` takes one value"),
        ("year>=2010,2011", "2010,2011", "`year>=` takes one value"),
        ("year:2010..x", "x", "`x` is not a whole number"),
        ("year:..", "..", "a range needs at least one end"),
        ("year:2015..2010", "2015..2010", "the ends are the wrong way round; write `2010..2015`"),
        ("effect:0.5..0.2", "0.5..0.2", "write `0.2..0.5`"),
        ("reviewed:2026-02-01..2026-01-01", "2026-02-01..2026-01-01", "write `2026-01-01..2026-02-01`"),
        ("effect>=big", "big", "`big` is not a size such as 0.5, without a sign"),
        ("effect>=-0.5", "-0.5", "without a sign"),
        ("effect:0.5..x", "x", "is not a size"),
        ("effect:1.2.3", "1.2.3", "is not a size"),
        ("due:soon", "soon", "`soon` is not a date; write year-month-day"),
        ("due<2027-01-01", "<", "`<` cannot be used with `due`"),
        ("reviewed>=2026-02-30", "2026-02-30", "is not a date"),
        ("withdrawn:maybe", "maybe", "`maybe` is neither yes nor no"),
        ("pain \"no end", "\"no end", "the closing quote is missing"),
        ("topic:\"sleep\"x", "x", "after a quoted value comes a space or a comma"),
        ("pain & sleep", "&", "`&` holds no letter or digit"),
        ("pain - sleep", "-", "`-` holds no letter or digit"),
        ("pain -", "-", "`-` holds no letter or digit"),
        ("naïve überall:x", "überall", "unknown key `überall`"),
    ];
    for (text, place, message) in cases {
        let (found, said) = mistake(text);
        assert_eq!(found, place, "{text}: {said}");
        assert!(said.contains(message), "{text}: {said}");
    }
}

#[test]
fn no_text_makes_the_reader_stumble() {
    let pieces = [
        "topic",
        ":",
        "<=",
        ",",
        "\"",
        "\\",
        "-",
        " ",
        "..",
        "year",
        "2010",
        "é",
        "certainty",
        "low",
        "=",
        "\u{a0}",
        ">",
    ];
    // Every sequence of three pieces, and some of the longer ones.
    let count = pieces.len();
    for number in 0..count.pow(3) * 4 {
        let mut text = String::new();
        let mut rest = number * 7919 % count.pow(5);
        for _ in 0..5 {
            text.push_str(pieces[rest % count]);
            rest /= count;
        }
        match text.parse::<Query>() {
            Ok(query) => assert_eq!(query.to_string().parse::<Query>().unwrap(), query, "{text}"),
            Err(error) => {
                let span = error.span().unwrap();
                assert!(text.get(span.start()..span.end()).is_some(), "{text}: {error}");
            }
        }
    }
}

#[test]
fn the_example_in_the_message_about_a_missing_value_is_itself_a_query() {
    let keys = "topic id source population intervention comparator outcome certainty direction magnitude design year participants \
                findings effect due reviewed withdrawn";
    for key in keys.split(' ') {
        let told = format!("{key}:").parse::<Query>().unwrap_err().to_string();
        let start = format!("a value of `{key}` is missing; write for example ");
        let Some(at) = told.find(&start) else { panic!("{told}") };
        let example = told[at + start.len()..].lines().next().unwrap_or_default();
        assert!(example.starts_with(key), "{example}");
        assert!(example.parse::<Query>().is_ok(), "{example}");
    }
}

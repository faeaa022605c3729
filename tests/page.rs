//! What one place of a page says of another: how near a limit must stand, which of several is meant, and what a disclaimer denies.
#![cfg(feature = "check")]

use evidence_claims::{Checker, Database, Diagnostic, Document, NoteKind, Severity};

fn found(text: &str) -> Vec<Diagnostic> {
    Checker::new(Database::builtin()).check(&Document::markdown(text))
}

/// What is said under the name of a rule, by a finding of its own or as a note of another.
fn told(text: &str, rule: &str) -> Vec<String> {
    let found = found(text);
    let also = found.iter().flat_map(|finding| finding.notes().iter().filter(|note| note.kind == NoteKind::Also));
    let also = also.filter_map(|note| note.text.strip_prefix(rule)?.strip_prefix(": ").map(str::to_owned));
    let own = found.iter().filter(|finding| finding.rule() == rule).map(|finding| finding.message().to_owned());
    own.chain(also).collect()
}

/// Whether more than a note is found.
fn is_told(page: &str) -> bool {
    found(page).iter().any(|finding| finding.severity() > Severity::Note)
}

const CLAIM: &str = "Massage eases neck pain.";
const LIMIT: &str = "Massage may ease neck pain a little for a short time.";

#[test]
fn a_limit_is_near_in_the_paragraph_before_and_behind_and_far_beyond() {
    let rule = "distant-qualifier";
    for near in [format!("{CLAIM}\n\n{LIMIT}"), format!("{LIMIT}\n\n{CLAIM}"), format!("{CLAIM} {LIMIT}")] {
        assert!(told(&near, rule).is_empty(), "{near}");
    }
    let far = [
        format!("{CLAIM}\n\nThree warm rooms.\n\n{LIMIT}"),
        format!("{LIMIT}\n\nThree warm rooms.\n\n{CLAIM}"),
        format!("Welcome.\n\nOpen all week.\n\n{LIMIT}\n\nThree warm rooms.\n\n{CLAIM}"),
    ];
    for far in far {
        assert_eq!(told(&far, rule).len(), 1, "{far}");
    }
    // One limit far away is no harm when another is near.
    let both = format!("{LIMIT}\n\nThree warm rooms.\n\nAn hour is £50.\n\n{CLAIM}\n\n{LIMIT}");
    assert!(told(&both, rule).is_empty());
}

#[test]
fn a_star_asks_for_its_note_directly_below() {
    let rule = "distant-qualifier";
    assert_eq!(told("Massage relieves migraine.*\n\nBook online.\n\n\\*for some", rule).len(), 1);
    assert_eq!(told("Massage relieves migraine*\n\nBook online.", rule).len(), 1);
    assert!(told("Massage relieves migraine.*\n\n\\*for some\n\nBook online.", rule).is_empty());
    assert!(told("Massage relieves migraine, says nobody here.\n\nBook online.*", rule).is_empty());
}

#[test]
fn a_hedge_that_is_gone_is_told_with_its_line_and_words() {
    let page = format!("Welcome.\n\n{LIMIT}\n\n{CLAIM}");
    let message =
        "\"eases neck pain\" is put more surely than line 3 put it: \"Massage may ease neck pain a little for …\"";
    assert_eq!(told(&page, "hedge-drift"), [message]);
    // What comes later was not hedged before, and what is further up is another rule's.
    assert!(told(&format!("{CLAIM}\n\n{LIMIT}"), "hedge-drift").is_empty());
    assert!(told(&format!("{LIMIT}\n\nThree warm rooms.\n\n{CLAIM}"), "hedge-drift").is_empty());
    // A hedge about something else, and one in a heading, are none.
    assert!(told(&format!("Massage may ease migraine a little.\n\n{CLAIM}"), "hedge-drift").is_empty());
    assert!(told(&format!("# {LIMIT}\n\n{CLAIM}"), "hedge-drift").is_empty());
    // The last hedge is the one that was dropped.
    let twice = format!("{LIMIT} In trials it may ease neck pain for a day.\n\n{CLAIM}");
    assert!(told(&twice, "hedge-drift")[0].contains("\"In trials it may ease"), "{:?}", told(&twice, "hedge-drift"));
}

#[test]
fn a_hedge_that_a_later_sentence_drops_counts_even_where_the_hedged_words_claim_too_much() {
    let drift =
        told("Massage may raise lymphocytes. This increase in immune function builds up our defence.", "hedge-drift");
    assert!(drift.iter().all(|message| message.contains("\"Massage may raise lymphocytes")), "{drift:?}");
    assert_eq!(drift.len(), 2);
    // The hedge belongs to something else.
    assert!(
        told("Massage flushes toxins that might be inducing swelling. Massage reduces swelling.", "hedge-drift")
            .is_empty()
    );
    // What claims too much is no limit of a headline.
    let page = "# Massage boosts immunity\n\nMassage may raise lymphocytes.";
    assert!(told(page, "headline-exceeds-body").is_empty());
}

#[test]
fn a_disclaimer_is_held_against_what_the_page_promises_everybody() {
    let disclaimer = "Results may vary from person to person. Massage is not a substitute for medical care.";
    for promise in ["Massage cures insomnia.", "Massage works for everybody.", "Massage eases neck pain, 100%."] {
        let page = format!("{promise}\n\nThree warm rooms.\n\n{disclaimer}");
        let rules: Vec<String> = found(&page).iter().map(|finding| finding.rule().to_owned()).collect();
        assert_eq!(told(&page, "disclaimer-contradicts-body").len(), 1, "{page}: {rules:?}");
    }
    let page = format!("{CLAIM}\n\nThree warm rooms.\n\n{disclaimer}");
    assert!(told(&page, "disclaimer-contradicts-body").is_empty());
}

#[test]
fn a_headline_is_held_against_the_first_limit_of_its_subject_in_the_body() {
    let rule = "headline-exceeds-body";
    let says = |page: &str| -> Vec<String> {
        let found = found(page);
        let labels = found.iter().flat_map(|finding| finding.labels());
        let labels = labels.filter(|label| &*label.text == "the page itself says");
        labels.map(|label| label.span.of(page).to_owned()).collect()
    };
    let sleep = "Massage may help sleep a little.";
    for headline in ["# Massage eases neck pain", "[Ease your neck pain](#book)", "# Massage cures cancer"] {
        let page = format!("{headline}\n\n{LIMIT}\n\n{sleep}");
        assert_eq!(told(&page, rule).len(), 1, "{page}");
        assert_eq!(says(&page)[0], LIMIT, "{page}");
    }
    // What has no subject, or may be about anything, meets the first limit of all.
    for (headline, first, second) in
        [("# Clinically proven massage", sleep, LIMIT), ("# Massage cures cancer", LIMIT, sleep)]
    {
        assert_eq!(says(&format!("{headline}\n\n{first}\n\n{second}"))[0], first, "{headline}");
    }
    let general = "It may help a little.";
    assert_eq!(says(&format!("# Massage eases neck pain\n\n{general}")), [general]);
    // A limit on another subject limits nothing, and a body that claims as much is no smaller.
    for page in [
        format!("# Massage cures insomnia\n\n{LIMIT}"),
        format!("# Massage eases neck pain\n\n{CLAIM}\n\n{LIMIT}"),
        format!("# {LIMIT}\n\n# Massage eases neck pain"),
        format!("{CLAIM}\n\n{LIMIT}"),
    ] {
        assert!(told(&page, rule).is_empty(), "{page}");
    }
}

#[test]
fn what_a_conclusion_claims_is_read_as_a_headline() {
    let rule = "headline-exceeds-body";
    let closing = |heading: &str| told(&format!("{LIMIT}\n\n{heading}\n\nMassage heals migraine. {CLAIM}"), rule);
    assert_eq!(closing("# Conclusion").len(), 1);
    assert_eq!(closing("# Our hours"), [""; 0]);
    assert_eq!(closing("# Conclusion\n\nMassage is old.\n\n# Our hours"), [""; 0]);
}

/// What a synonym machine makes of a claim is told with the plain words that it replaced, so that a reader sees which way it moved.
#[test]
fn words_that_spinning_moved_are_told_with_what_they_stood_for() {
    let moved = [
        ("We knead the smooth tissues, and we ensure recovery.", "promote"),
        ("It kneads smooth tissues and is a way of ensuring general wellness.", "promoting"),
        ("Scientific proof continues to pile up, and clinical researches agree.", "scientific evidence continues to"),
        ("It kneads smooth tissues, and people speak of a surge of warmth.", "increase"),
        ("Our counselors know the smooth tissues.", "therapists"),
        ("It is not a substitute for medical procedure.", "substitute for medical treatment"),
        ("In latest years more people are switching to this type.", "turning to this form"),
        ("It is made for intense or severe discomfort.", "acute or chronic pain"),
    ];
    for (page, plain) in moved {
        let told = told(page, "tortured-phrase").join("\n");
        assert!(told.contains(&format!("the usual term is \"{plain}\"")), "{page}: {told}");
    }
    // A rule of its own says what the move does: a doubled condition, a size, and ease where there was only ability.
    let page = "Kneading smooth tissues can easily and dramatically reduce anxiety and anxiety.";
    for rule in ["spinner-artefact", "magnitude-inflation", "can-as-hedge"] {
        assert!(!told(page, rule).is_empty(), "{rule}: {:?}", found(page));
    }
    // In a sentence without such a phrase the same words are ordinary.
    for page in ["We ensure recovery time between sessions.", "Our specialists and counselors share a kitchen."] {
        assert!(told(page, "tortured-phrase").is_empty(), "{page}");
    }
}

#[test]
fn a_sentence_that_takes_back_the_one_before_silences_it_in_its_paragraph() {
    let claim = "Massage boosts immunity.";
    for back in ["It does not.", "That is a myth.", "Not true.", "It simply isn't true.", "No, it doesn't."] {
        assert!(!is_told(&format!("{claim} {back}")), "{back}");
        // Further down it may speak of anything, and so it may when it says more.
        assert!(is_told(&format!("{claim}\n\n{back}")), "{back}");
    }
    for more in ["It does not hurt.", "It doesn't take long.", "That is a fact.", "No appointment is needed."] {
        assert!(is_told(&format!("{claim} {more}")), "{more}");
    }
    let document = Document::markdown(format!("{claim} That is a myth."));
    let read = Checker::new(Database::builtin()).explain(&document);
    assert_eq!(read[0].silent.as_deref(), Some("the next sentence takes it back"));
    assert!(read[0].assertions.is_empty());
}

#[test]
fn a_slip_that_both_a_pattern_and_the_grammar_find_is_one_sign_of_spun_text() {
    let signs = |page: &str| -> Vec<(String, Severity)> {
        let document = Document::plain(page);
        let found = Checker::new(Database::builtin()).check(&document);
        found.iter().map(|found| (found.span().of(page).to_owned(), found.severity())).collect()
    };
    assert_eq!(signs("A increasing number of people come to us."), [("A increasing".to_owned(), Severity::Note)]);
    let two = signs("A increasing number of people come to us. It is good for an knee.");
    assert!(two.iter().all(|(_, severity)| *severity == Severity::Warning) && two.len() == 2, "{two:?}");
}

/// Whether something is found in an item of a list below these words, as a heading and as a paragraph before the list.
fn is_heard_below(words: &str) -> [bool; 2] {
    let pages = [
        format!("# {words}\n\n- Flushes toxins from the skin\n"),
        format!("{words}:\n\n- Flushes toxins from the skin\n"),
    ];
    pages.map(|page| found(&page).iter().any(|found| found.span().of(&page).contains("toxins")))
}

#[test]
fn a_list_is_silent_below_words_that_deny_it_and_heard_below_those_that_deny_something_else() {
    for denies in [
        "What massage cannot do",
        "What we don't treat",
        "When not to have a massage",
        "Who should not book",
        "We never claim to",
        "Massage has not been shown to",
        "What no massage can do",
        "Not suitable for people with",
    ] {
        assert_eq!(is_heard_below(denies), [false, false], "{denies}");
    }
    for other in [
        "Why you'll never need painkillers again",
        "The facial that never wears off",
        "Your body doesn't lie",
        "Pain isn't normal",
        "What your doctor won't tell you",
        "Things painkillers can't do",
        "Benefits you can't ignore",
        "You don't have to live with it",
        "Never lose another hair",
        "Don't ice it, don't rest it",
    ] {
        assert_eq!(is_heard_below(other), [true, true], "{other}");
    }
}

#[test]
fn a_heading_that_advises_silences_the_list_directly_below_it() {
    let page = |between: &str| format!("# See your doctor before you see us\n\n{between}- Massage cures arthritis\n");
    assert!(!is_told(&page("")));
    assert!(is_told(&page("The room is warm.\n\n")));
}

#[test]
fn a_quotation_with_a_name_under_it_is_told_and_one_that_is_judged_is_not() {
    let quoted = "\"The tinnitus went for good after two visits.\"";
    let signed = ["– Roy", "— Brenda, 67", "- Mary-Jane O'Brien, Leeds", "~ M. Dupont", "*– Ana*"];
    for name in signed {
        assert!(is_told(&format!("{quoted} {name}")), "{name}");
        // In each of its sentences.
        assert!(is_told(&format!("\"I came in March. The tinnitus went for good. I am happy.\" {name}")), "{name}");
    }
    for judged in ["", "– Myth", "– Not true", "– No", "– and other myths", "(Roy)", "We hear this often."] {
        assert!(!is_told(&format!("{quoted} {judged}")), "{judged}");
    }
    // A name further away belongs to something else.
    assert!(!is_told(&format!("{quoted} {} – Roy", "We hear such sentences every week, and print none of them.")));
}

#[test]
fn massage_that_is_named_as_what_did_not_act_claims_nothing() {
    for other in [
        "What healed my shin was ten weeks off, not the massage.",
        "Physiotherapy, rather than massage, healed my knee.",
        "It was the antibiotics, not the massage, that cured my infection.",
    ] {
        assert!(!is_told(other), "{other}");
    }
    for treatment in ["What healed my shin was the massage, not rest.", "Massage, rather than pills, healed my knee."] {
        assert!(is_told(treatment), "{treatment}");
    }
    assert!(!is_told("A testimonial that says \"it cured my arthritis\" counts as your own claim."));
}

#[test]
fn a_verb_held_at_arms_length_claims_nothing() {
    for held in ["Why 'easing' insomnia takes more than oil.", "One reader was “cured” of insomnia by a massage."] {
        assert!(!is_told(held), "{held}");
        let plain: String = held.chars().filter(|c| !"'“”".contains(*c)).collect();
        assert!(is_told(&plain), "{plain}");
    }
}

#[test]
fn a_fact_among_myths_is_meant() {
    let page = |item: &str| format!("# Myths and facts\n\n- Myth: massage is only pampering.\n- {item}\n");
    for (item, is_meant) in [
        ("Massage boosts your immune system.", false),
        ("Myth: massage boosts your immune system.", false),
        ("Fact: massage boosts your immune system.", true),
        ("**Fact:** massage boosts your immune system.", true),
        ("The truth: a massage cures back pain.", true),
        ("Fact: massage does not boost your immune system.", false),
    ] {
        assert_eq!(
            !told(&page(item), "immune-boost-claim").is_empty() || !told(&page(item), "cure-claim").is_empty(),
            is_meant,
            "{item}"
        );
    }
}

#[test]
fn a_no_that_begins_like_a_yes_affirms_nothing() {
    for (answer, affirms) in
        [("It does.", true), ("It does not.", false), ("Absolutely.", true), ("Absolutely not.", false)]
    {
        let page = format!("Does massage boost your immune system? {answer}");
        assert_eq!(!told(&page, "immune-boost-claim").is_empty(), affirms, "{answer}");
    }
}

#[test]
fn a_picture_ends_a_sentence_of_a_post_and_no_item_of_a_list() {
    for (post, is_told) in [
        ("Monday again 🌙 Our massage cures back pain 💯 Who is in?", true),
        ("Our hour on the table cures back pain 💯 Who is in?", true),
        ("Our hour on the table cures back pain 💯👋🏽 Who is in?", true),
        ("Our hour on the table cures back pain ☀️ Who is in?", true),
        ("Our hour – on the table – cures back pain ✨ Who is in?", true),
        ("Our hour on the table cures back pain 💯 or does it?", false),
        ("Can it be true: 💯 Our massage cures back pain?", false),
    ] {
        assert_eq!(!told(post, "cure-claim").is_empty(), is_told, "{post}");
    }
    for listed in [
        "Massage helps with: 🤕 Migraines 😴 Insomnia 🦵 Sciatica",
        "Our massage helps you with ✓ Migraines ✓ Insomnia ✓ Sciatica",
    ] {
        assert_eq!(told(listed, "condition-list").len(), 1, "{listed}");
    }
}

#[test]
fn what_a_clause_refers_to_acts_in_it() {
    for (text, claims) in [
        ("The flu vaccine, which prevents illness, is free.", false),
        ("The flu vaccine, which is proven to reduce the risk of illness, is free.", false),
        ("Our massage, which prevents illness, is free.", true),
    ] {
        assert_eq!(found(text).iter().any(|finding| finding.severity() > Severity::Note), claims, "{text}");
    }
}

#[test]
fn a_block_of_nothing_but_somebodys_own_words_is_told_and_a_myth_in_quotation_marks_is_not() {
    assert!(is_told("\"I was sceptical. Six massages later the back pain was gone.\""));
    assert!(is_told("> “Six massages later my back pain was gone.”"));
    for silent in [
        "\"Massage cures back pain.\"",
        "\"I have heard that massage cures back pain. Is that so?\"",
        "\"I was told that massage cures back pain\", which is a myth.",
    ] {
        assert!(!is_told(silent), "{silent}");
    }
}

#[test]
fn a_no_to_what_nobody_can_rule_out_is_a_claim() {
    let told = |page: &str| told(page, "unqualified-safety-claim");
    assert_eq!(told("Are there any side effects? None at all.").len(), 1);
    assert_eq!(told("What could go wrong? Absolutely nothing.").len(), 1);
    for silent in [
        "Are there any side effects? None that we know of, but tell us about clots.",
        "Are there any side effects? Nobody knows.",
        "Is there a car park? None.",
        "## Myths\n\n- Are there any side effects? None.",
    ] {
        assert_eq!(told(silent), [""; 0], "{silent}");
    }
}

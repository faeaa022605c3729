//! Why a sentence got its class, for people: its cues gathered by the words they stand on, and what each says in plain English.

use evidence_claims::{Cue, Span, StrengthRating};

/// Cues on the same words, with what they weigh together.
#[derive(Debug)]
pub(super) struct Reason {
    /// The words; empty for the sentence as a whole.
    pub(super) span: Span,
    /// What the cues moved the sentence to its class; below zero they spoke against it.
    pub(super) weight: f64,
    /// What the most telling of them says.
    pub(super) says: String,
    /// How telling that is.
    rank: u8,
}

/// The reasons of a rating, the heaviest first. A cue of several words, such as their order, counts half for its first and half for
/// its last; what a clause says as a whole counts for the sentence, and so does what stands on no words.
pub(super) fn reasons(rating: &StrengthRating) -> Vec<Reason> {
    let whole = Span::new(0, 0);
    let mut reasons: Vec<Reason> = Vec::new();
    let mut add = |span: Span, weight: f64, id: &str| {
        let says = says(id);
        match reasons.iter_mut().find(|reason| reason.span == span) {
            Some(reason) => {
                reason.weight += weight;
                if says.0 > reason.rank {
                    (reason.rank, reason.says) = says;
                }
            }
            None => reasons.push(Reason { span, weight, rank: says.0, says: says.1 }),
        }
    };
    let (single, several): (Vec<&Cue>, Vec<&Cue>) =
        rating.cues().iter().filter(|cue| cue.id() != "always").partition(|cue| is_single(cue.id()));
    // "associated" is shown with the phrase "associated with".
    let within = |inner: Span, outer: Span| outer.start() <= inner.start() && inner.end() <= outer.end();
    let longest = |span: Span| {
        single
            .iter()
            .map(|cue| cue.span())
            .filter(|&outer| within(span, outer))
            .max_by_key(|outer| outer.end() - outer.start())
    };
    let words: Vec<Span> = single.iter().map(|cue| longest(cue.span()).unwrap_or(cue.span())).collect();
    for (cue, &span) in single.iter().zip(&words) {
        add(if cue.span().is_empty() { whole } else { span }, cue.weight(), cue.id());
    }
    for cue in several {
        let first = words.iter().find(|word| word.start() == cue.span().start() && !word.is_empty());
        let last = words.iter().find(|word| word.end() == cue.span().end() && !word.is_empty());
        match (first, last) {
            (Some(first), Some(last)) if !is_of_clause(cue.id()) => {
                add(*first, cue.weight() / 2.0, cue.id());
                add(*last, cue.weight() / 2.0, cue.id());
            }
            _ => add(whole, cue.weight(), cue.id()),
        }
    }
    reasons.sort_by(|a, b| b.weight.abs().total_cmp(&a.weight.abs()).then_with(|| a.span.start().cmp(&b.span.start())));
    reasons
}

/// Whether a cue is what a clause says as a whole.
fn is_of_clause(id: &str) -> bool {
    ["clause ", "verdict ", "first-verdict ", "aside verdict "].iter().any(|head| id.starts_with(head))
}

/// Whether a cue stands on one word or phrase.
fn is_single(id: &str) -> bool {
    !is_of_clause(id) && ![" > ", " + ", ", "].iter().any(|part| id.contains(part))
}

/// What the reading made of the sentence, if it came to a verdict.
pub(super) fn verdict(rating: &StrengthRating) -> Option<&'static str> {
    let name =
        rating.cues().iter().find_map(|cue| cue.id().strip_prefix("verdict ").filter(|name| !name.contains(',')));
    name.and_then(|name| VERDICTS.iter().find(|(known, _)| *known == name)).map(|(_, says)| *says)
}

const VERDICTS: [(&str, &str); 12] = [
    ("nothing", "states no relation"),
    ("notice", "tells of a publication, a registration or a grant"),
    ("advice", "says what should be done"),
    ("aim", "says what was asked, not what was found"),
    ("known", "tells what was known before"),
    ("tool", "tells of a method or of knowledge"),
    ("weak-link", "tells that something changed or differs"),
    ("contrast", "sets groups or times against each other"),
    ("weak-cause", "tells of an effect without a verb of cause"),
    ("link", "says that two things go together"),
    ("cause", "says that one thing brings about another"),
    ("possible", "says that one thing may bring about another"),
];

/// What a verb does, by the end of its cue's name.
const ROLES: [(&str, &str); 16] = [
    (".finite", "a verb that carries the clause"),
    (".intransitive", "a verb without an object"),
    (".perfect", "a verb after \"has\""),
    (".passive", "a verb in the passive"),
    (".passive-by", "a verb in the passive, with \"by\""),
    (".after-may", "a verb after \"may\""),
    (".after-can", "a verb after \"can\""),
    (".after-would", "a verb after \"would\""),
    (".after-should", "a verb after \"should\""),
    (".after-do", "a verb after \"do\""),
    (".after-hedge", "a verb after a hedge"),
    (".after-shown-to", "a verb after \"shown to\""),
    (".purpose", "a purpose"),
    (".by-ing", "a verb after \"by\""),
    (".comma-ing", "a verb after a comma"),
    (".modifier", "a participle beside its noun"),
];

/// Classes of `data/rates/words.toml` in plain English, where the name alone would not do.
const CLASSES: [(&str, &str); 22] = [
    ("may", "a word of possibility"),
    ("seem", "a word of appearance"),
    ("maybe-likely", "a hedge"),
    ("potential", "a hedge"),
    ("can", "a word of ability"),
    ("should", "advice"),
    ("need", "a need"),
    ("future", "work to come"),
    ("not", "a denial"),
    ("linked", "a word of association"),
    ("link", "a word of association"),
    ("predict", "a word of prediction"),
    ("likely", "a likelihood"),
    ("compare", "a comparison"),
    ("than", "a comparison"),
    ("differ", "a difference"),
    ("effect", "a noun of effect"),
    ("effective", "a word of benefit or harm"),
    ("safe", "a word of safety"),
    ("cause-noun", "a noun of cause"),
    ("study", "a word of research"),
    ("we", "who says it"),
];

/// How telling a cue is, and what it says in plain English.
fn says(id: &str) -> (u8, String) {
    let verdict =
        |name: &str| VERDICTS.iter().find(|(known, _)| *known == name).map_or("what the clause says", |(_, says)| says);
    let (rank, fixed) = match id.split(' ').next().unwrap_or_default() {
        "clause" | "verdict" | "first-verdict" => {
            return (8, format!("the clause {}", verdict(id.split([' ', ',']).nth(1).unwrap_or_default())));
        }
        "title" => (1, "a title"),
        "short" | "long" => (1, "the length"),
        "aside" => (5, "only describes a noun"),
        "frame" => (5, "says whose finding it is"),
        "denied" => (6, "denied"),
        "subject" => (3, "what the sentence is about"),
        "object" => (3, "what it is said of"),
        "predicate" => (3, "what carries the clause"),
        "number" => (3, "a number"),
        "about" => (4, "what the sentence is about"),
        "says" | "also" => (0, "the word itself"),
        _ if id.contains(" ~ ") || id.contains(" > ") || id.contains(" + ") => (0, "the word in its place"),
        first => match ROLES.iter().find(|(end, _)| id.ends_with(end)) {
            Some((_, says)) => (7, *says),
            None if matches!(first, "word" | "initial" | "first") => (0, "the word itself"),
            None => match CLASSES.iter().find(|(class, _)| *class == id) {
                Some((_, says)) => (5, *says),
                None => (1, "the word itself"),
            },
        },
    };
    (rank, fixed.to_owned())
}

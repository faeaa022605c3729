//! Words of records in Markdown, and the few pieces of HTML that Markdown has no sign for.

use evidence_claims::{Certainty, Design, Direction, Severity};

/// Words that Markdown shows as they are, in one line. What stands between back quotes stays code.
pub(crate) fn words(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let is_paired = line.matches('`').count() % 2 == 0;
    let mut out = if is_paired { String::new() } else { escaped(&line) };
    for (at, part) in line.split('`').enumerate().filter(|_| is_paired) {
        // In a table, even code must not hold the mark between cells.
        out += &if at % 2 == 1 { format!("`{}`", part.replace('|', "\\|")) } else { escaped(part) };
    }
    // A line that begins like a list, a number or a rule of the page is none.
    if out.starts_with(['-', '+', '=']) || out.split_once(['.', ')']).is_some_and(|(n, _)| n.parse::<u32>().is_ok()) {
        out.insert_str(0, "&#8203;");
    }
    out
}

/// Without any sign that Markdown reads.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '{' | '}' | '#' | '|' | '~' | '$' | '^' => out.extend(['\\', letter]),
            letter => out.push(letter),
        }
    }
    out
}

/// Words inside HTML.
pub(crate) fn html(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Words that stay in capitals, and those that keep their hyphen.
const SPELLED: [(&str, &str); 5] =
    [("ptsd", "PTSD"), ("hrv", "HRV"), ("ibs", "IBS"), ("doms", "DOMS"), ("pseudo mechanism", "pseudo-mechanism")];

/// A name of a record as people say it: `Cortisol single session`.
pub(crate) fn title(id: &str) -> String {
    let words = id.replace('-', " ");
    sentence(&SPELLED.iter().fold(words, |words, (plain, spelled)| words.replace(plain, spelled)))
}

/// The first letter as a sentence wants it.
pub(crate) fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default() + letters.as_str()
}

/// `12,966`.
pub(crate) fn thousands(number: u32) -> String {
    let digits = number.to_string();
    let first = digits.len() % 3;
    let (head, rest) = digits.split_at(first);
    let mut groups: Vec<&str> = (0..rest.len()).step_by(3).map(|at| &rest[at..at + 3]).collect();
    if !head.is_empty() {
        groups.insert(0, head);
    }
    groups.join(",")
}

/// `⊕⊕○○`, said in words to those who hear the page.
pub(crate) fn signs(certainty: Option<Certainty>) -> String {
    let (signs, level) = match certainty {
        Some(Certainty::High) => ("⊕⊕⊕⊕", "high"),
        Some(Certainty::Moderate) => ("⊕⊕⊕○", "moderate"),
        Some(Certainty::Low) => ("⊕⊕○○", "low"),
        Some(Certainty::VeryLow) => ("⊕○○○", "very low"),
        None => return "<span class=\"signs none\" role=\"img\" aria-label=\"no study\">– – – –</span>".to_owned(),
    };
    format!("<span class=\"signs\" role=\"img\" aria-label=\"{level} certainty\">{signs}</span>")
}

/// A direction as a coloured word.
pub(crate) fn direction(direction: Direction) -> String {
    let said = match direction {
        Direction::Supports => "for it",
        Direction::Mixed => "mixed",
        Direction::Null => "little or no difference",
        Direction::Against => "against it",
        _ => "no study",
    };
    format!("<span class=\"direction {direction}\">{said}</span>")
}

/// A severity as a coloured word.
pub(crate) fn severity(severity: Severity) -> String {
    // Not the bare word: mdBook has boxes called `warning`.
    format!("<span class=\"severity is-{severity}\">{severity}</span>")
}

/// `Meta-analyses`, over their findings.
pub(crate) fn designs(design: Design) -> String {
    let one = sentence(&design.in_words());
    match one.strip_suffix("analysis") {
        Some(stem) => format!("{stem}analyses"),
        None if one.ends_with('y') && !one.ends_with("ey") => format!("{}ies", &one[..one.len() - 1]),
        None if design == Design::Observational || design == Design::BeforeAfter => format!("{one} studies"),
        None if design == Design::Laboratory || design == Design::Animal => format!("{one} studies"),
        None => format!("{one}s"),
    }
}

/// A picture of ours as part of a page: its colours follow the theme of the book instead of the system, and no empty line ends
/// the block of HTML.
pub(crate) fn picture(svg: &str, class: &str) -> String {
    let svg = svg.replace("@media (prefers-color-scheme:dark)", "html:is(.coal,.navy,.ayu)");
    let svg = svg.lines().filter(|line| !line.trim().is_empty()).collect::<Vec<_>>().join("\n");
    format!("<figure class=\"evidence {class}\" tabindex=\"0\">\n{svg}\n</figure>\n")
}

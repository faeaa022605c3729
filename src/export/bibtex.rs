//! BibTeX that BibTeX and biber both read.
//!
//! Written here and not by the package `biblatex`, whose writer escapes `\`, `~` and `^` into TeX commands that mean
//! something else (0.12); the tests read our output with it.

use std::fmt::Write as _;

use super::name::{self, Name};
use super::record::{self, Kind};
use crate::database::Source;

/// Columns before the equals sign.
const WIDTH: usize = 12;

/// Words of at least this length tell a title in title case from one in sentence case.
const LONG: usize = 5;

/// The bibliography.
pub(super) fn text(sources: &[Source<'_>]) -> String {
    let entries: Vec<String> = sources.iter().map(|&source| entry(source)).collect();
    entries.join("\n")
}

fn entry(source: Source<'_>) -> String {
    let (names, goes_on) = name::all(source.authors());
    let kind = record::kind(source);
    let (word, place) = match kind {
        Kind::Article => ("article", "journal"),
        Kind::Report => ("techreport", "institution"),
        Kind::Page => ("misc", "howpublished"),
    };
    let mut authors: Vec<String> = names.iter().map(author).collect();
    if goes_on && !authors.is_empty() {
        authors.push(name::OTHERS.to_owned());
    }
    let doi = source.doi().map(verbatim);
    // A link made from the DOI would be printed twice.
    let url = Some(verbatim(source.url().as_str())).filter(|url| doi.is_none() || !url.contains("//doi.org/"));
    let mut entry = format!("@{word}{{{},\n", key(source.id()));
    let mut field = |name: &str, value: Option<String>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            // Writing to a string cannot fail.
            let _ = writeln!(entry, "  {name:<WIDTH$} = {{{value}}},");
        }
    };
    field("author", Some(authors.join(" and ")));
    field("title", Some(protected(&record::title(source))));
    field(place, source.container().map(|container| tex(&record::one_line(container))));
    field("year", source.year().map(|year| year.to_string()));
    field("volume", source.volume().map(tex));
    field("number", source.issue().map(tex));
    field(
        "pages",
        source.pages().map(|text| match record::pages(text) {
            (first, Some(last)) => format!("{}--{}", tex(first), tex(last)),
            (first, None) => tex(first),
        }),
    );
    field("doi", doi);
    // The fields that biblatex knows for it; it would ignore `pmid`.
    field("eprint", source.pmid().map(tex));
    field("eprinttype", source.pmid().map(|_| "pubmed".to_owned()));
    let dated = url.is_some();
    field("url", url);
    field("urldate", source.checked().filter(|_| dated).map(|date| date.to_string()));
    field("keywords", Some(tex(&record::keywords(source).join(", "))));
    field("note", record::retraction(source).map(|notice| tex(&notice)));
    let mut remarks = record::remarks(source);
    remarks.extend(source.pmcid().map(|pmcid| format!("PubMed Central: {pmcid}.")));
    field("annote", Some(tex(&remarks.join(" "))));
    entry.push_str("}\n");
    entry
}

/// Citation keys hold no characters that BibTeX or `\cite` would read as their own.
fn key(id: &str) -> String {
    id.chars().map(|letter| if letter.is_alphanumeric() || "-_:.".contains(letter) { letter } else { '-' }).collect()
}

fn author(name: &Name) -> String {
    match name {
        Name::Body(name) => format!("{{{}}}", tex(name)),
        Name::Person { particle, family, given, suffix } => {
            // A small word inside a family name, or an "and", would part it.
            let small = family.split(' ').any(|word| word.starts_with(char::is_lowercase));
            let family = if small || family.contains(',') { format!("{{{}}}", tex(family)) } else { tex(family) };
            let parts = [format!("{particle} {family}").trim_start().to_owned(), tex(suffix), tex(given)];
            parts.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(", ")
        }
    }
}

/// A title in TeX, with braces around the words whose capitals a style must not take away: `NK`, `HRV`, and in a title that
/// is not in title case also names, such as `Swedish`.
fn protected(title: &str) -> String {
    let begins_large = |word: &str| word.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_uppercase);
    let words: Vec<&str> = title.split(' ').collect();
    let long = || words.iter().skip(1).filter(|word| word.chars().count() >= LONG);
    let title_case = long().filter(|word| begins_large(word)).count() * 2 > long().count();
    let mut begins = true;
    let mut out: Vec<String> = Vec::with_capacity(words.len());
    let escaped = tex(title);
    for (word, escaped) in words.iter().zip(escaped.split(' ')) {
        let later = word.chars().skip_while(|c| !c.is_alphanumeric()).skip(1);
        let inner = word
            .split('-')
            .any(|part| part.chars().skip_while(|c| !c.is_alphanumeric()).skip(1).any(char::is_uppercase));
        let alone = begins_large(word) && later.filter(|c| c.is_alphanumeric()).count() == 0 && *word != "A";
        let name = begins_large(word) && !title_case && !begins;
        out.push(if inner || name || (alone && !begins) { format!("{{{escaped}}}") } else { escaped.to_owned() });
        begins = word.ends_with([':', '?', '!', '.']);
    }
    out.join(" ")
}

/// Text as TeX reads it. Braces without a partner become commands, since BibTeX counts even escaped ones; the others do not,
/// since Pandoc drops those commands.
fn tex(text: &str) -> String {
    let paired = is_paired(text);
    let mut out = String::with_capacity(text.len());
    let mut before = ' ';
    for letter in text.chars() {
        match letter {
            '&' | '%' | '$' | '#' | '_' => out.extend(['\\', letter]),
            '{' if paired => out.push_str("\\{"),
            '}' if paired => out.push_str("\\}"),
            '{' => out.push_str("\\textbraceleft{}"),
            '}' => out.push_str("\\textbraceright{}"),
            '\\' => out.push_str("\\textbackslash{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '<' => out.push_str("\\textless{}"),
            '>' => out.push_str("\\textgreater{}"),
            '"' if before.is_whitespace() || "([-–".contains(before) => out.push_str("``"),
            '"' => out.push_str("''"),
            letter if letter.is_control() => out.push(' '),
            letter => out.push(letter),
        }
        before = letter;
    }
    out
}

/// Whether every brace has its partner.
fn is_paired(text: &str) -> bool {
    let mut open = 0_usize;
    for letter in text.chars() {
        open = match letter {
            '{' => open + 1,
            '}' if open == 0 => return false,
            '}' => open - 1,
            _ => open,
        };
    }
    open == 0
}

/// A DOI or link: read as it stands, except for what would end the field.
fn verbatim(text: &str) -> String {
    text.replace('{', "%7B").replace('}', "%7D").replace('\\', "%5C")
}

#[cfg(test)]
mod tests {
    use super::{Name, author, protected, tex};

    #[test]
    fn nothing_is_read_as_a_command() {
        assert_eq!(
            tex(r#"5% & {a} \b ~c^ _d "e""#),
            r"5\% \& \{a\} \textbackslash{}b \textasciitilde{}c\textasciicircum{} \_d ``e''"
        );
    }

    #[test]
    fn a_lone_brace_cannot_end_the_field() {
        assert_eq!(tex("a} b {"), r"a\textbraceright{} b \textbraceleft{}");
    }

    #[test]
    fn capitals_that_mean_something_are_kept() {
        assert_eq!(protected("Massage and NK cells: a trial"), "Massage and {NK} cells: a trial");
        assert_eq!(protected("Effects of Swedish massage"), "Effects of {Swedish} massage");
        assert_eq!(protected("Moving Massage Therapy Forward: A Review"), "Moving Massage Therapy Forward: A Review");
        assert_eq!(protected("Vitamin C and Chronic Stress"), "Vitamin {C} and Chronic Stress");
    }

    #[test]
    fn names_are_parted_as_meant() {
        let text = |name: &str| author(&Name::new(name));
        assert_eq!(text("von Dawans B"), "von Dawans, B.");
        assert_eq!(text("Janse de Jonge X"), "{Janse de Jonge}, X.");
        assert_eq!(text("Smith J Jr"), "Smith, Jr, J.");
        assert_eq!(text("Bread and Roses Trust"), "{Bread and Roses Trust}");
    }
}

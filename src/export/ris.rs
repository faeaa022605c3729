//! RIS: one field a line, `TAG`, two spaces, a hyphen, a space, the value; records end with `ER`.

use super::name::{self, Name};
use super::record::{self, Kind};
use crate::database::Source;

/// The bibliography.
pub(super) fn text(sources: &[Source<'_>]) -> String {
    sources.iter().map(|&source| entry(source)).collect()
}

fn entry(source: Source<'_>) -> String {
    let (names, goes_on) = name::all(source.authors());
    let mut entry = String::new();
    let mut line = |tag: &str, value: &str| {
        let value = record::one_line(value);
        // An asterisk is not allowed in names, titles of journals and keywords.
        let value = if matches!(tag, "AU" | "T2" | "KW") { value.replace('*', "") } else { value };
        if !value.is_empty() {
            entry.push_str(&format!("{tag}  - {value}\r\n"));
        }
    };
    let kind = record::kind(source);
    line(
        "TY",
        match kind {
            Kind::Article => "JOUR",
            Kind::Report => "RPRT",
            Kind::Page => "ELEC",
        },
    );
    line("ID", source.id());
    for name in &names {
        line("AU", &author(name));
    }
    line("AU", if goes_on { name::OTHERS } else { "" });
    line("TI", &record::title(source));
    line(if kind == Kind::Report { "PB" } else { "T2" }, source.container().unwrap_or_default());
    line("PY", &source.year().map(|year| year.to_string()).unwrap_or_default());
    line("VL", source.volume().unwrap_or_default());
    line("IS", source.issue().unwrap_or_default());
    let (first, last) = record::pages(source.pages().unwrap_or_default());
    line("SP", first);
    line("EP", last.unwrap_or_default());
    line("DO", source.doi().unwrap_or_default());
    line("AN", source.pmid().unwrap_or_default());
    line("C2", source.pmcid().unwrap_or_default());
    line("UR", source.url().as_str());
    line("Y2", &source.checked().map(|date| date.to_string().replace('-', "/")).unwrap_or_default());
    for keyword in record::keywords(source) {
        line("KW", &keyword);
    }
    for remark in record::retraction(source).into_iter().chain(record::remarks(source)) {
        line("N1", &remark);
    }
    entry.push_str("ER  - \r\n\r\n");
    entry
}

/// `Last, First, Suffix`; a body has no comma of its own to be split at.
fn author(name: &Name) -> String {
    match name {
        Name::Body(name) => name.replace(", ", " – ").replace(',', " "),
        Name::Person { particle, family, given, suffix } => {
            let family = format!("{particle} {family}");
            let parts = [family.trim(), given, suffix];
            parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
        }
    }
}

//! The timeline of a claim: its sources year by year, with what each says.

use super::canvas::{Canvas, Look, MARGIN, Mark};
use super::words::{self, DIRECTIONS};
use crate::database::{Claim, Source};

const WIDTH: f64 = 960.0;

/// Width of the labels.
const LABEL: f64 = 300.0;

const GAP: f64 = 22.0;

/// Space above and below the lines of a row.
const PADDING: f64 = 6.0;

/// About how many years have a number.
const MARKS: u16 = 8;

/// Radius of the mark of a source that is no evidence.
const CONTEXT: f64 = 5.5;

/// Draws it.
pub(super) fn draw(claim: Claim<'_>) -> Option<String> {
    let sources = sources(claim);
    let years = sources.iter().filter_map(|source| source.year());
    let (first, last) = (years.clone().min()?, years.max()?.max(claim.reviewed().year()));
    let mut canvas = Canvas::new(WIDTH);
    let mut y = words::header(&mut canvas, claim, "Sources by year") + 30.0;
    let (from, to) = (MARGIN + LABEL + GAP, canvas.right() - 16.0);
    let span = f64::from((last - first).max(1));
    let x = |year: u16| from + f64::from(year - first) / span * (to - from);

    let rows: Vec<Vec<(String, Look)>> = sources.iter().map(|&source| label(claim, source)).collect();
    let height = |lines: &[(String, Look)]| lines.iter().map(|(_, look)| look.leading()).sum::<f64>() + 2.0 * PADDING;
    let end = y + rows.iter().map(|row| height(row)).sum::<f64>();
    for year in marks(first, last) {
        canvas.text(x(year), y - 8.0, &year.to_string(), Look::QUIET.centred());
        canvas.line([x(year), y], [x(year), end], "ec-rule", 1.0, "");
    }
    canvas.line([MARGIN, y], [canvas.right(), y], "ec-axis", 1.0, "");
    let reviewed = x(claim.reviewed().year());
    canvas.line([reviewed, y], [reviewed, end + 4.0], "ec-axis", 1.2, "4 3");
    canvas.text(reviewed + 8.0, end + 18.0, "last review of this claim", Look::QUIET.to_the_left());
    for (&source, lines) in sources.iter().zip(&rows) {
        let mut at = y + PADDING;
        for (line, look) in lines {
            at = canvas.paragraph(MARGIN, at, f64::INFINITY, line, *look);
        }
        let middle = y + height(lines) / 2.0;
        if let Some(year) = source.year() {
            canvas.line([from, middle], [x(year), middle], "ec-rule", 1.0, "1 3");
            marks_of(&mut canvas, claim, source, [x(year), middle]);
        }
        y += height(lines);
    }
    y = words::legend(&mut canvas, end + 32.0, "People in the source");
    if claim.guidance().len() > 0 {
        canvas.mark(Mark::OpenSquare, [MARGIN + 190.0, y + 8.0], CONTEXT, "ec-open", "");
        canvas.text(MARGIN + 206.0, y + 12.0, "a rule or context, which is no evidence", Look::QUIET);
        y += 18.0;
    }
    let title = format!("Sources by year: {}", claim.proposition());
    Some(canvas.finish(y + MARGIN, &format!("ec-timeline-{}", claim.id()), &title, &described(claim, &sources)))
}

/// Findings and guidance, each source once, the oldest first; those without a year come last.
fn sources(claim: Claim<'_>) -> Vec<Source<'_>> {
    let mut sources: Vec<Source<'_>> =
        claim.findings().map(|finding| finding.source()).chain(claim.guidance()).collect();
    sources.sort_by_key(|source| (source.year().is_none(), source.year(), source.id()));
    sources.dedup();
    sources
}

fn label(claim: Claim<'_>, source: Source<'_>) -> Vec<(String, Look)> {
    let mut about = source.design().in_words();
    if let Some(number) = source.participants() {
        about.push_str(&format!(", {}", words::people(number)));
    }
    if source.year().is_none() {
        about.push_str(", no year");
    }
    if source.is_retracted() {
        about.push_str(", retracted");
    }
    let mut lines = Vec::new();
    lines.extend(Look::STRONG.lines(&source.short_citation(), LABEL).into_iter().map(|line| (line, Look::STRONG)));
    lines.push((about, Look::QUIET));
    // A review and its trials are not two voices.
    let cited: Vec<String> = sources(claim)
        .into_iter()
        .filter(|study| source.includes().any(|pooled| pooled == *study))
        .map(Source::short_citation)
        .collect();
    if !cited.is_empty() {
        let text = format!("pools {}", cited.join(", "));
        lines.extend(Look::QUIET.lines(&text, LABEL).into_iter().map(|line| (line, Look::QUIET)));
    }
    lines
}

/// What a source says, each answer once, in the order of the legend.
fn directions(claim: Claim<'_>, source: Source<'_>) -> Vec<usize> {
    let mut said: Vec<usize> = claim
        .findings()
        .filter(|finding| finding.source() == source)
        .map(|finding| words::direction(finding.direction()))
        .collect();
    said.sort_unstable();
    said.dedup();
    said
}

fn marks_of(canvas: &mut Canvas, claim: Claim<'_>, source: Source<'_>, [x, y]: [f64; 2]) {
    let about = source.citation();
    let said = directions(claim, source);
    if said.is_empty() {
        return canvas.mark(Mark::OpenSquare, [x, y], CONTEXT, "ec-open", &about);
    }
    let radius = words::radius(source.participants());
    for (number, direction) in said.iter().enumerate() {
        let (_, mark, class, text) = DIRECTIONS[*direction];
        let side = (number as f64 - (said.len() - 1) as f64 / 2.0) * (2.0 * radius + 3.0);
        canvas.mark(mark, [x + side, y], radius, class, &format!("{about}: {text}"));
    }
    if source.is_retracted() {
        canvas.line([x - 16.0, y], [x + 16.0, y], "ec-against", 2.5, "");
    }
}

/// Years with a number: round ones, not too many.
fn marks(first: u16, last: u16) -> Vec<u16> {
    let step = [1, 2, 5, 10, 20, 50].into_iter().find(|step| (last - first) / step <= MARKS).unwrap_or(100);
    (first..=last).filter(|year| year % step == 0).collect()
}

fn described(claim: Claim<'_>, sources: &[Source<'_>]) -> String {
    let one = |&source: &Source<'_>| {
        let said: Vec<&str> = directions(claim, source).into_iter().map(|direction| DIRECTIONS[direction].3).collect();
        let said =
            if said.is_empty() { "a rule or context, which is no evidence".to_owned() } else { said.join(" and ") };
        format!("{}, {}: {said}.", source.citation(), source.design().in_words())
    };
    sources.iter().map(one).collect::<Vec<_>>().join(" ")
}

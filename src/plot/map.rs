//! The evidence map: every claim by topic and certainty.

use std::collections::BTreeMap;

use super::canvas::{Canvas, Look, MARGIN};
use super::words::{self, DIRECTIONS};
use crate::database::Claim;
use crate::model::vocabulary::Certainty;

const WIDTH: f64 = 1120.0;

/// Width of the names of topics, and of the totals at the right.
const TOPIC: f64 = 176.0;
const TOTAL: f64 = 48.0;

/// Room of one mark.
const SLOT: f64 = 25.0;

/// Marks that every column has room for, and those that the fullest has in one line.
const LEAST: f64 = 3.4;
const MOST: f64 = 9.0;

/// Columns from left to right: the more certain, the further to the right.
const COLUMNS: [(Option<Certainty>, &str); 5] = [
    (None, "no rating"),
    (Some(Certainty::VeryLow), "very low"),
    (Some(Certainty::Low), "low"),
    (Some(Certainty::Moderate), "moderate"),
    (Some(Certainty::High), "high"),
];

/// One topic with its claims.
struct Topic<'db> {
    label: &'db str,
    claims: Vec<Claim<'db>>,
}

/// Where a mark leads, if anywhere.
pub(super) type Link<'a> = &'a dyn Fn(Claim<'_>) -> Option<String>;

/// Draws it.
pub(super) fn draw<'db>(claims: impl IntoIterator<Item = Claim<'db>>, link: Link<'_>) -> String {
    let claims: Vec<Claim<'db>> = claims.into_iter().filter(|claim| !claim.is_withdrawn()).collect();
    let topics = by_topic(&claims);
    let mut canvas = Canvas::new(WIDTH);
    let heading = "What is known, topic by topic";
    let y = canvas.paragraph(MARGIN, MARGIN, canvas.inner(), heading, Look::TITLE);
    let about = format!(
        "Evidence map · {} claims · each mark is one claim; the further right, the surer we are of it",
        claims.len()
    );
    let mut y = canvas.paragraph(MARGIN, y + 4.0, canvas.inner(), &about, Look::QUIET) + 20.0;

    let from = MARGIN + TOPIC;
    let widths = widths(&topics, canvas.right() - TOTAL - from);
    let mut x = from;
    canvas.text(from, y, "certainty of the evidence (GRADE)", Look::QUIET);
    y += 20.0;
    for ((_, name), width) in COLUMNS.iter().zip(&widths) {
        canvas.text(x + 10.0, y, name, Look::HEADING);
        x += width;
    }
    canvas.text(canvas.right(), y, "claims", Look::QUIET.to_the_left());
    y += 10.0;
    let top = y;
    for (number, topic) in topics.iter().enumerate() {
        y = row(&mut canvas, topic, &widths, y, number % 2 == 1, link);
    }
    let mut x = from;
    for width in &widths {
        canvas.line([x, top], [x, y], "ec-rule", 1.0, "");
        x += width;
    }
    canvas.line([MARGIN, top], [canvas.right(), top], "ec-axis", 1.0, "");
    y = totals(&mut canvas, &claims, &widths, y);
    y = words::legend(&mut canvas, y + 8.0, "People in the largest study");
    let title = format!("Evidence map of {} claims by topic and certainty", claims.len());
    canvas.finish(y + MARGIN, "ec-map", &title, &described(&topics))
}

fn by_topic<'db>(claims: &[Claim<'db>]) -> Vec<Topic<'db>> {
    let mut found: BTreeMap<&'db str, Vec<Claim<'db>>> = BTreeMap::new();
    for &claim in claims {
        found.entry(claim.topic()).or_default().push(claim);
    }
    let label = |id: &'db str, claim: Claim<'db>| claim.db.topic(id).map_or(id, |topic| topic.label());
    let mut topics: Vec<Topic<'db>> = found
        .into_iter()
        .filter_map(|(id, claims)| Some(Topic { label: label(id, *claims.first()?), claims }))
        .collect();
    topics.sort_by_key(|topic| (std::cmp::Reverse(topic.claims.len()), topic.label));
    topics
}

/// The claims of a cell, the largest evidence first within each direction.
fn cell<'db>(topic: &Topic<'db>, certainty: Option<Certainty>) -> Vec<Claim<'db>> {
    let mut claims: Vec<Claim<'db>> =
        topic.claims.iter().copied().filter(|claim| claim.certainty() == certainty).collect();
    claims.sort_by_key(|&claim| (words::direction(claim.direction()), std::cmp::Reverse(people(claim)), claim.id()));
    claims
}

/// Not a sum: a review counts the people of the trials that it pools.
fn people(claim: Claim<'_>) -> Option<u32> {
    claim.findings().filter_map(|finding| finding.source().participants()).max()
}

/// Columns as wide as their fullest cells want, within what there is.
fn widths(topics: &[Topic<'_>], room: f64) -> Vec<f64> {
    let fullest = |certainty| topics.iter().map(|topic| cell(topic, certainty).len()).max().unwrap_or(0);
    let wanted: Vec<f64> =
        COLUMNS.iter().map(|(certainty, _)| (fullest(*certainty) as f64).clamp(LEAST, MOST)).collect();
    let sum: f64 = wanted.iter().sum();
    wanted.into_iter().map(|wanted| wanted / sum * room).collect()
}

fn row(canvas: &mut Canvas, topic: &Topic<'_>, widths: &[f64], top: f64, is_banded: bool, link: Link<'_>) -> f64 {
    let room = |width: f64| ((width - 12.0) / SLOT).floor().max(1.0) as usize;
    let cells: Vec<Vec<Claim<'_>>> = COLUMNS.iter().map(|(certainty, _)| cell(topic, *certainty)).collect();
    let lines =
        cells.iter().zip(widths).map(|(cell, &width)| cell.len().div_ceil(room(width))).max().unwrap_or(1).max(1);
    let label = Look::BODY.lines(topic.label, TOPIC - 16.0);
    let height = (lines as f64 * SLOT).max(label.len() as f64 * Look::BODY.leading()) + 10.0;
    if is_banded {
        canvas.band([MARGIN - 8.0, top], [canvas.right() - MARGIN + 16.0, height]);
    }
    let middle = top + height / 2.0 + 4.5;
    let first = middle - (label.len() - 1) as f64 * Look::BODY.leading() / 2.0;
    for (number, line) in label.iter().enumerate() {
        canvas.text(MARGIN, first + number as f64 * Look::BODY.leading(), line, Look::BODY);
    }
    let mut x = MARGIN + TOPIC;
    for (cell, &width) in cells.iter().zip(widths) {
        let above = (height - cell.len().div_ceil(room(width)) as f64 * SLOT) / 2.0;
        for (number, &claim) in cell.iter().enumerate() {
            let (column, line) = (number % room(width), number / room(width));
            let at = [x + 8.0 + (column as f64 + 0.5) * SLOT, top + above + (line as f64 + 0.5) * SLOT];
            let (_, mark, class, _) = DIRECTIONS[words::direction(claim.direction())];
            let about = format!("{}: {}. {}", claim.id(), claim.rating(), claim.proposition());
            let size = words::radius(people(claim));
            match link(claim) {
                Some(to) => canvas.link(&to, mark, at, size, class, &about),
                None => canvas.mark(mark, at, size, class, &about),
            }
        }
        x += width;
    }
    canvas.text(canvas.right(), middle, &topic.claims.len().to_string(), Look::BODY.to_the_left());
    top + height
}

fn totals(canvas: &mut Canvas, claims: &[Claim<'_>], widths: &[f64], top: f64) -> f64 {
    canvas.line([MARGIN, top], [canvas.right(), top], "ec-axis", 1.0, "");
    let y = top + 20.0;
    canvas.text(MARGIN, y, "all topics", Look::STRONG);
    let mut x = MARGIN + TOPIC;
    for ((certainty, _), width) in COLUMNS.iter().zip(widths) {
        let number = claims.iter().filter(|claim| claim.certainty() == *certainty).count();
        canvas.text(x + 10.0, y, &number.to_string(), Look::STRONG);
        x += width;
    }
    canvas.text(canvas.right(), y, &claims.len().to_string(), Look::STRONG.to_the_left());
    y + 12.0
}

/// The same in words: how many claims of each topic stand where.
fn described(topics: &[Topic<'_>]) -> String {
    let mut text = String::new();
    for topic in topics {
        let mut parts = Vec::new();
        for (certainty, name) in COLUMNS.iter().rev() {
            for (direction, _, _, said) in DIRECTIONS {
                let number = cell(topic, *certainty).iter().filter(|claim| claim.direction() == direction).count();
                if number > 0 {
                    parts.push(format!(
                        "{number} {said}, {name}{}",
                        if certainty.is_some() { " certainty" } else { "" }
                    ));
                }
            }
        }
        text.push_str(&format!("{}: {}. ", topic.label, parts.join("; ")));
    }
    text.trim_end().to_owned()
}

//! Words and marks that several pictures share.

use super::canvas::{Canvas, Look, MARGIN, Mark};
use crate::database::Claim;
pub(super) use crate::model::figure::people;
use crate::model::vocabulary::Direction;

/// The question and its rating, at the top of a picture; returns the place below.
pub(super) fn header(canvas: &mut Canvas, claim: Claim<'_>, kind: &str) -> f64 {
    let y = canvas.paragraph(MARGIN, MARGIN, canvas.inner(), claim.proposition(), Look::TITLE);
    let about = format!("{kind} · {} · {} · reviewed {}", claim.id(), claim.rating(), claim.reviewed());
    canvas.paragraph(MARGIN, y + 4.0, canvas.inner(), &about, Look::QUIET)
}

/// Shape, colour and words of a direction, from the kindest to the harshest.
pub(super) const DIRECTIONS: [(Direction, Mark, &str, &str); 5] = [
    (Direction::Supports, Mark::TriangleUp, "ec-for", "for it"),
    (Direction::Mixed, Mark::HalfDiamond, "ec-mixed", "mixed"),
    (Direction::Null, Mark::Ring, "ec-null", "little or no difference"),
    (Direction::Against, Mark::TriangleDown, "ec-against", "against it"),
    (Direction::None, Mark::Cross, "ec-solid", "no study found"),
];

/// Place of a direction in that list.
pub(super) fn direction(direction: Direction) -> usize {
    DIRECTIONS.iter().position(|(known, ..)| *known == direction).unwrap_or(DIRECTIONS.len() - 1)
}

/// Radius of a mark by the number of people, and the words for it.
pub(super) const SIZES: [(u32, f64, &str); 4] = [
    (0, 4.0, "number not known"),
    (1, 5.5, "fewer than 100 people"),
    (100, 8.0, "100 to 999"),
    (1_000, 11.0, "1,000 or more"),
];

/// The radius for so many people.
pub(super) fn radius(people: Option<u32>) -> f64 {
    let people = people.unwrap_or(0);
    SIZES.iter().rev().find(|(least, ..)| people >= *least).map_or(SIZES[0].1, |(_, radius, _)| *radius)
}

/// What shapes and sizes mean; returns the place below.
pub(super) fn legend(canvas: &mut Canvas, top: f64, sizes: &str) -> f64 {
    canvas.line([MARGIN, top], [canvas.right(), top], "ec-rule", 1.0, "");
    let mut y = top + 20.0;
    let mut row = |entries: Vec<(Mark, &'static str, f64, &str)>, about: &str| {
        canvas.text(MARGIN, y + 4.0, about, Look::QUIET);
        let mut x = MARGIN + 190.0;
        for (mark, class, size, text) in entries {
            canvas.mark(mark, [x, y], size, class, "");
            canvas.text(x + 16.0, y + 4.0, text, Look::QUIET);
            x += 16.0 + Look::QUIET.width(text) + 26.0;
        }
        y += 26.0;
    };
    row(DIRECTIONS.map(|(_, mark, class, text)| (mark, class, 7.0, text)).to_vec(), "What the evidence says");
    row(SIZES.map(|(_, size, text)| (Mark::TriangleUp, "ec-for", size, text)).to_vec(), sizes);
    y - 8.0
}

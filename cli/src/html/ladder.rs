//! The gap at a glance: on each rung of the ladder, how often the page stands there and how often the evidence ends there.

use maud::{Markup, html};

use super::gap::{PLACES, Row};

const ROW: usize = 30;
const SIDE: usize = 128;
const MIDDLE: usize = 144;
const WIDTH: usize = SIDE * 2 + MIDDLE;

/// The picture; nothing when no assertion could be compared.
pub(crate) fn picture(rows: &[Row<'_>]) -> Markup {
    if rows.is_empty() {
        return html! {};
    }
    let count = |place: fn(&Row<'_>) -> usize, at: usize| rows.iter().filter(|row| place(row) == at).count();
    let counts: Vec<(usize, usize)> =
        (0..PLACES.len()).map(|at| (count(|row| row.allowed, at), count(|row| row.said, at))).collect();
    let most = counts.iter().map(|&(allowed, said)| allowed.max(said)).max().unwrap_or(1).max(1);
    let length = |number: usize| number * (SIDE - 34) / most;
    let height = ROW * PLACES.len() + 26;
    html! {
        figure class="glance" {
            figcaption { "What the evidence allows, and what the page says" }
            svg viewBox={ "0 0 " (WIDTH) " " (height) } role="img" aria-label=(told(&counts)) {
                text class="side" x=(SIDE) y="14" text-anchor="end" { "evidence allows" }
                text class="side" x=(SIDE + MIDDLE) y="14" { "the page says" }
                @for (at, &(allowed, said)) in counts.iter().enumerate() {
                    @let y = 26 + (PLACES.len() - 1 - at) * ROW;
                    text class="place" x=(WIDTH / 2) y=(y + 19) text-anchor="middle" { (PLACES[at]) }
                    @if allowed > 0 {
                        rect class="allowed" x=(SIDE - length(allowed)) y=(y + 5) width=(length(allowed)) height="20" {}
                        text class="number" x=(SIDE - length(allowed) - 6) y=(y + 20) text-anchor="end" { (allowed) }
                    }
                    @if said > 0 {
                        rect class="said" x=(SIDE + MIDDLE) y=(y + 5) width=(length(said)) height="20" {}
                        text class="number" x=(SIDE + MIDDLE + length(said) + 6) y=(y + 20) { (said) }
                    }
                }
            }
        }
    }
}

fn told(counts: &[(usize, usize)]) -> String {
    let lines = PLACES.iter().zip(counts).rev().filter(|(_, counts)| **counts != (0, 0)).map(|(place, (allowed, said))| {
        format!("“{place}”: the evidence allows it as the strongest wording for {allowed} assertions, the page uses it for {said}")
    });
    lines.collect::<Vec<_>>().join("; ")
}

//! The forest plot: a panel for each scale, so that no axis mixes units.

use super::canvas::{Canvas, Look, MARGIN, Mark};
use super::words;
use crate::model::vocabulary::Favours;
use crate::stats::{Axis, Forest, Panel, Pooled, Reason, Row, number, rounded};

const WIDTH: f64 = 960.0;

/// Columns: labels, plot, figures at the right.
const LABEL: f64 = 312.0;
const FIGURES: f64 = 166.0;
const WEIGHT: f64 = 58.0;
const GAP: f64 = 18.0;

/// About how many marks an axis has.
const MARKS: usize = 6;

/// Space above the first and below the last line of a row.
const PADDING: f64 = 7.0;

/// Half the edge of the smallest and of the largest square of a weight.
const SQUARES: [f64; 2] = [4.0, 10.0];

/// Draws it.
pub(super) fn draw(forest: &Forest<'_>) -> Option<String> {
    if forest.panels().is_empty() {
        return None;
    }
    let claim = forest.claim();
    let mut canvas = Canvas::new(WIDTH);
    let mut y = words::header(&mut canvas, claim, "Forest plot");
    for panel in forest.panels() {
        y = Drawing::new(panel, &canvas).draw(&mut canvas, y + 22.0);
    }
    y = left_out(&mut canvas, forest, y);
    y = legend(&mut canvas, forest, y + 14.0);
    let title = format!("Forest plot: {}", claim.proposition());
    Some(canvas.finish(y + MARGIN, &format!("ec-forest-{}", claim.id()), &title, &described(forest)))
}

/// One panel and the places of its columns.
struct Drawing<'a> {
    panel: &'a Panel<'a>,
    axis: Axis,
    from: f64,
    to: f64,
    right: f64,
    weights: bool,
}

impl<'a> Drawing<'a> {
    fn new(panel: &'a Panel<'a>, canvas: &Canvas) -> Self {
        let right = canvas.right();
        let weights = panel.pooled().is_some();
        let to = right - FIGURES - GAP - if weights { WEIGHT } else { 0.0 };
        Self { panel, axis: panel.axis(MARKS), from: MARGIN + LABEL + GAP, to, right, weights }
    }

    fn x(&self, figure: f64) -> f64 {
        self.from + self.axis.place(figure) * (self.to - self.from)
    }

    fn figures_end(&self) -> f64 {
        if self.weights { self.right - WEIGHT } else { self.right }
    }

    fn draw(&self, canvas: &mut Canvas, top: f64) -> f64 {
        let y = self.head(canvas, top);
        let first = y;
        let mut y = y;
        // Bands first: whatever is drawn later lies above them.
        let heights: Vec<f64> = self.panel.rows().iter().map(|row| height(&label(row))).collect();
        let mut band = y;
        for (number, height) in heights.iter().enumerate() {
            if number % 2 == 1 {
                canvas.band([MARGIN - 8.0, band], [self.right - MARGIN + 16.0, *height]);
            }
            band += height;
        }
        let pooled = self.panel.pooled().map_or(0.0, |_| 2.0 * height(&ours(self.panel)));
        let end = band + pooled + 6.0;
        let none = self.x(self.panel.scale().no_effect());
        canvas.line([none, first - 4.0], [none, end], "ec-axis", 1.2, "");
        for row in self.panel.rows() {
            y = self.row(canvas, row, y);
        }
        if let Some(pooled) = self.panel.pooled() {
            y = self.pooled(canvas, pooled, y);
        }
        y = self.scale(canvas, y + 6.0);
        for note in self.panel.notes() {
            y = canvas.paragraph(MARGIN, y + 3.0, canvas.inner(), &note, Look::QUIET);
        }
        y
    }

    fn head(&self, canvas: &mut Canvas, top: f64) -> f64 {
        let mut label = self.panel.label();
        if let Some(first) = label.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        let y = top + 14.0;
        canvas.text(MARGIN, y, &label, Look::HEADING);
        canvas.text(self.figures_end(), y, "estimate [95% interval]", Look::QUIET.to_the_left());
        if self.weights {
            canvas.text(self.right, y, "weight", Look::QUIET.to_the_left());
        }
        canvas.line([MARGIN, y + 8.0], [self.right, y + 8.0], "ec-axis", 1.0, "");
        y + 12.0
    }

    fn row(&self, canvas: &mut Canvas, row: &Row<'_>, top: f64) -> f64 {
        let lines = label(row);
        let middle = top + height(&lines) / 2.0;
        write(canvas, &lines, top);
        if let Some([low, high]) = row.interval {
            canvas.interval([self.x(low), self.x(high)], middle, "ec-bar", 1.6, "");
        }
        let about = format!("{}: {}", row.source.citation(), row.figures());
        let (mark, class) = sign(row);
        canvas.mark(mark, [self.x(row.estimate), middle], size(row), class, &about);
        canvas.text(self.figures_end(), middle + 4.5, &row.figures(), Look::BODY.to_the_left());
        if let Some(weight) = row.weight {
            canvas.text(self.right, middle + 4.5, &format!("{weight:.1}%"), Look::BODY.to_the_left());
        }
        top + height(&lines)
    }

    fn pooled(&self, canvas: &mut Canvas, pooled: &Pooled, top: f64) -> f64 {
        let scale = self.panel.scale();
        let shown = |[low, high]: [f64; 2]| [scale.from_pooling(low), scale.from_pooling(high)];
        canvas.line([MARGIN, top + 1.0], [self.right, top + 1.0], "ec-rule", 1.0, "");
        let lines = ours(self.panel);
        let middle = top + height(&lines) / 2.0;
        write(canvas, &lines, top);
        let (mean, interval) = (scale.from_pooling(pooled.reml.estimate.mean), shown(pooled.reml.estimate.interval));
        canvas.wide_diamond([self.x(interval[0]), self.x(mean), self.x(interval[1])], middle, "ec-ours");
        let end = self.figures_end();
        canvas.text(end, middle + 4.5, &rounded(mean, interval), Look::STRONG.to_the_left());
        canvas.text(self.right, middle + 4.5, "100%", Look::BODY.to_the_left());
        let top = top + height(&lines);
        let spread = shown(pooled.prediction);
        let lines = vec![
            ("Where 95% of true effects lie".to_owned(), Look::STRONG),
            ("prediction interval of the same calculation".to_owned(), Look::QUIET),
        ];
        let middle = top + height(&lines) / 2.0;
        write(canvas, &lines, top);
        canvas.interval([self.x(spread[0]), self.x(spread[1])], middle, "ec-ours-line", 1.8, "5 3");
        let text = format!("{} to {}", number(spread[0], 2), number(spread[1], 2));
        canvas.text(end, middle + 4.5, &text, Look::BODY.to_the_left());
        top + height(&lines)
    }

    /// The axis, its numbers, and whom its sides favour.
    fn scale(&self, canvas: &mut Canvas, y: f64) -> f64 {
        canvas.line([self.from, y], [self.to, y], "ec-axis", 1.2, "");
        let mut used = f64::NEG_INFINITY;
        for &mark in self.axis.marks() {
            let x = self.x(mark);
            canvas.line([x, y], [x, y + 5.0], "ec-axis", 1.2, "");
            let text = number(mark, 3);
            let half = Look::QUIET.width(&text) / 2.0;
            if x - half > used {
                canvas.text(x, y + 18.0, &text, Look::QUIET.centred());
                used = x + half + 4.0;
            }
        }
        let Some(sides) = self.panel.sides() else { return y + 26.0 };
        let [left, right] = sides.map(|side| match side {
            Favours::Massage => "favours massage",
            _ => "favours comparator",
        });
        let none = self.x(self.panel.scale().no_effect());
        canvas.text(none - 8.0, y + 36.0, &format!("← {left}"), Look::STRONG.to_the_left());
        canvas.text(none + 8.0, y + 36.0, &format!("{right} →"), Look::STRONG);
        y + 44.0
    }
}

type Lines = Vec<(String, Look)>;

fn label(row: &Row<'_>) -> Lines {
    let source = row.source;
    let people = row.effect.participants.or_else(|| source.participants().filter(|_| !source.design().is_review()));
    let people = people.map(|people| format!(", {}", words::people(people))).unwrap_or_default();
    let against = row.effect.comparator.as_ref().map(|against| format!(" v. {against}")).unwrap_or_default();
    let mut lines = vec![(source.short_citation(), Look::STRONG)];
    let outcome = Look::BODY.lines(&format!("{}{against}", row.effect.outcome), LABEL);
    lines.extend(outcome.into_iter().map(|line| (line, Look::BODY)));
    lines.push((format!("{}{people}", source.design().in_words()), Look::QUIET));
    lines
}

fn ours(panel: &Panel<'_>) -> Lines {
    vec![
        (format!("Our own calculation, {} trials", panel.poolable()), Look::STRONG),
        ("random effects; not a published result".to_owned(), Look::QUIET),
    ]
}

fn height(lines: &Lines) -> f64 {
    lines.iter().map(|(_, look)| look.leading()).sum::<f64>() + 2.0 * PADDING
}

fn write(canvas: &mut Canvas, lines: &Lines, top: f64) {
    let mut y = top + PADDING;
    for (line, look) in lines {
        y = canvas.paragraph(MARGIN, y, f64::INFINITY, line, *look);
    }
}

fn sign(row: &Row<'_>) -> (Mark, &'static str) {
    match row.kept_out {
        Some(Reason::Published) => (Mark::Diamond, "ec-solid"),
        Some(Reason::NotRandomised) => (Mark::OpenSquare, "ec-open"),
        _ => (Mark::Square, "ec-solid"),
    }
}

/// The area of a square shows its weight.
fn size(row: &Row<'_>) -> f64 {
    let [smallest, largest] = SQUARES;
    row.weight.map_or(6.5, |weight| (largest * (weight / 100.0).sqrt() * 1.6).clamp(smallest, largest))
}

fn left_out(canvas: &mut Canvas, forest: &Forest<'_>, y: f64) -> f64 {
    let mut texts: Vec<String> = forest
        .left_out()
        .iter()
        .map(|left| format!("Not drawn: {}, {} ({}).", left.source.short_citation(), left.effect.outcome, left.reason))
        .collect();
    texts.dedup();
    let y = if texts.is_empty() { y } else { y + 12.0 };
    texts.iter().fold(y, |y, text| canvas.paragraph(MARGIN, y + 3.0, canvas.inner(), text, Look::QUIET))
}

/// What the shapes stand for; only those that occur.
fn legend(canvas: &mut Canvas, forest: &Forest<'_>, y: f64) -> f64 {
    let rows = || forest.panels().iter().flat_map(Panel::rows);
    let is_weighted = rows().any(|row| row.weight.is_some());
    let trial = if is_weighted { "randomised trial (area: weight)" } else { "randomised trial" };
    let mut entries = Vec::new();
    for (mark, class, text) in [
        (Mark::Square, "ec-solid", trial),
        (Mark::OpenSquare, "ec-open", "other study"),
        (Mark::Diamond, "ec-solid", "published result of a review"),
    ] {
        if rows().any(|row| sign(row).0 == mark) {
            entries.push((mark, class, text));
        }
    }
    if is_weighted {
        entries.push((Mark::Diamond, "ec-ours", "our own calculation, not a published result"));
    }
    canvas.line([MARGIN, y], [canvas.right(), y], "ec-rule", 1.0, "");
    let mut x = MARGIN + 6.0;
    for (mark, class, text) in entries {
        canvas.mark(mark, [x, y + 18.0], 6.0, class, "");
        canvas.text(x + 14.0, y + 22.0, text, Look::QUIET);
        x += 14.0 + Look::QUIET.width(text) + 24.0;
    }
    y + 26.0
}

/// The same in words, for whoever cannot see it.
fn described(forest: &Forest<'_>) -> String {
    let mut text = String::new();
    for panel in forest.panels() {
        text.push_str(&format!("{}. ", panel.label()));
        if let Some([left, _]) = panel.sides() {
            let side = if left == Favours::Massage { "below" } else { "above" };
            text.push_str(&format!("Figures {side} {} favour massage. ", panel.scale().no_effect()));
        }
        for row in panel.rows() {
            text.push_str(&format!("{}, {}: {}. ", row.source.short_citation(), row.effect.outcome, row.figures()));
        }
        for note in panel.notes() {
            text.push_str(&note);
            text.push(' ');
        }
    }
    text.trim_end().to_owned()
}

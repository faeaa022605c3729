//! The effects of a claim drawn in text: one plot for each scale, with words under it for all that a picture hides.

use annotate_snippets::renderer::DecorStyle;
use evidence_claims::stats::{Axis, FEWEST, Forest, LeftOut, Panel, Pooled, Reason, Row};
use evidence_claims::{Claim, Favours};
use textwrap::core::display_width;

use crate::sheet::Sheet;
use crate::style::{self, paint};
use crate::summary::{count, enumerate};
use crate::terminal::Terminal;
use crate::{words, wrap};

/// Columns before everything.
const INDENT: usize = 2;

/// Columns between label, plot and figures.
const GAP: usize = 2;

/// A plot narrower than this goes under its label.
const NARROW: usize = 24;

/// A wider plot shows no more.
const WIDE: usize = 56;

/// Columns of the widest label.
const LABEL: usize = 38;

/// What our own figure is called.
const OURS: &str = "Our own calculation";

/// Draws the effects of a claim under a heading, if there are any.
pub(crate) fn draw(sheet: &mut Sheet, claim: Claim<'_>, terminal: Terminal) {
    let forest = Forest::of(claim);
    for panel in forest.panels() {
        sheet.heading(&format!("Effects: {}", panel.scale().label()));
        sheet.raw(&Plot::new(panel, terminal).text());
        for note in notes(panel, terminal) {
            sheet.raw(&wrap::paragraph(&note, terminal.width, INDENT, 0));
        }
    }
    if !forest.panels().is_empty() {
        left_out(sheet, forest.left_out(), terminal);
    }
}

fn left_out(sheet: &mut Sheet, left_out: &[LeftOut<'_>], terminal: Terminal) {
    if left_out.is_empty() {
        return;
    }
    sheet.heading("Effects that cannot be drawn");
    let mut texts: Vec<String> = left_out
        .iter()
        .map(|left| format!("{}: {} ({})", left.source.short_citation(), left.effect.outcome, left.reason))
        .collect();
    texts.dedup();
    for text in texts {
        sheet.raw(&wrap::paragraph(&text, terminal.width, INDENT, 2));
    }
}

/// The characters of a plot, one column each.
struct Signs {
    trial: char,
    study: char,
    review: char,
    ours: char,
    line: char,
    ours_line: char,
    spread: char,
    ends: [char; 2],
    ours_ends: [char; 2],
    no_effect: char,
    crossed: char,
    rule: char,
    mark: char,
    origin: char,
    arrows: [&'static str; 2],
    turned: char,
}

const UNICODE: Signs = Signs {
    trial: '■',
    study: '□',
    review: '◆',
    ours: '◇',
    line: '─',
    ours_line: '═',
    spread: '┄',
    ends: ['├', '┤'],
    ours_ends: ['╞', '╡'],
    no_effect: '│',
    crossed: '┼',
    rule: '─',
    mark: '┴',
    origin: '┼',
    arrows: ["←", "→"],
    turned: '†',
};

const ASCII: Signs = Signs {
    trial: '#',
    study: 'o',
    review: '*',
    ours: '@',
    line: '-',
    ours_line: '=',
    spread: '.',
    ends: ['|', '|'],
    ours_ends: ['[', ']'],
    no_effect: ':',
    crossed: '+',
    rule: '-',
    mark: '+',
    origin: '|',
    arrows: ["<-", "->"],
    turned: '^',
};

impl Signs {
    const fn of(terminal: Terminal) -> &'static Self {
        match terminal.decor {
            DecorStyle::Unicode => &UNICODE,
            DecorStyle::Ascii => &ASCII,
        }
    }

    fn row(&self, row: &Row<'_>) -> char {
        match row.kept_out {
            Some(Reason::Published) => self.review,
            Some(Reason::NotRandomised) => self.study,
            _ => self.trial,
        }
    }
}

/// One panel, laid out.
struct Plot<'a> {
    panel: &'a Panel<'a>,
    axis: Axis,
    signs: &'static Signs,
    terminal: Terminal,
    /// Columns of the labels; 0 where they stand above.
    label: usize,
    plot: usize,
    /// Columns of estimates with their intervals.
    estimate: usize,
}

impl<'a> Plot<'a> {
    fn new(panel: &'a Panel<'a>, terminal: Terminal) -> Self {
        let widest = |text: &dyn Fn(&Row<'_>) -> String| {
            panel.rows().iter().map(|row| display_width(&text(row))).max().unwrap_or(0)
        };
        let estimate = widest(&|row| estimate(row, terminal));
        let figures = widest(&|row| figures(row, estimate, terminal));
        let beside = |label: usize| terminal.width.saturating_sub(INDENT + label + GAP + GAP + figures);
        let label = (terminal.width / 3).min(LABEL);
        let (label, plot) = if beside(label) < NARROW { (0, beside(0) + GAP) } else { (label, beside(label)) };
        let plot = plot.min(WIDE);
        Self { panel, axis: panel.axis(plot / 7), signs: Signs::of(terminal), terminal, label, plot, estimate }
    }

    /// Columns before the plot.
    const fn start(&self) -> usize {
        INDENT + if self.label == 0 { 0 } else { self.label + GAP }
    }

    fn column(&self, figure: f64) -> usize {
        (self.axis.place(figure) * self.plot.saturating_sub(1) as f64).round() as usize
    }

    fn text(&self) -> String {
        let mut out = String::new();
        for row in self.panel.rows() {
            let label = format!("{}: {}", row.source.short_citation(), row.effect.outcome);
            let bar =
                self.bar(row.interval, self.signs.ends, self.signs.line, Some((row.estimate, self.signs.row(row))));
            self.line(&mut out, &label, bar, &figures(row, self.estimate, self.terminal), anstyle::Style::new());
        }
        if let Some(pooled) = self.panel.pooled() {
            self.pooled(&mut out, pooled);
        }
        self.scale(&mut out);
        out
    }

    fn pooled(&self, out: &mut String, pooled: &Pooled) {
        let scale = self.panel.scale();
        let shown = |[low, high]: [f64; 2]| [scale.from_pooling(low), scale.from_pooling(high)];
        let (mean, interval) = (scale.from_pooling(pooled.reml.estimate.mean), shown(pooled.reml.estimate.interval));
        let label = format!("{OURS}, {}", count(self.panel.poolable(), "trial"));
        let bar = self.bar(Some(interval), self.signs.ours_ends, self.signs.ours_line, Some((mean, self.signs.ours)));
        self.line(out, &label, bar, &rounded(mean, interval, self.terminal), style::STRONG);
        let spread = shown(pooled.prediction);
        let bar = self.bar(Some(spread), [self.signs.spread; 2], self.signs.spread, None);
        self.line(out, "95% of true effects", bar, &between(spread, self.terminal), style::QUIET);
    }

    /// The plot part of a row.
    fn bar(&self, interval: Option<[f64; 2]>, ends: [char; 2], line: char, point: Option<(f64, char)>) -> String {
        let mut cells = vec![' '; self.plot];
        let mut put = |at: usize, sign: char| {
            if let Some(cell) = cells.get_mut(at) {
                *cell = sign;
            }
        };
        let origin = self.column(self.panel.scale().no_effect());
        put(origin, self.signs.no_effect);
        if let Some([low, high]) = interval {
            let (low, high) = (self.column(low), self.column(high));
            (low..=high).for_each(|at| {
                put(at, if at == origin && line == self.signs.line { self.signs.crossed } else { line })
            });
            put(low, ends[0]);
            put(high, ends[1]);
        }
        if let Some((estimate, sign)) = point {
            put(self.column(estimate), sign);
        }
        cells.into_iter().collect()
    }

    /// Label, plot and figures beside each other; in a narrow window the label above.
    fn line(&self, out: &mut String, label: &str, bar: String, figures: &str, style: anstyle::Style) {
        let (width, hang) = if self.label == 0 { (self.terminal.width - INDENT, "") } else { (self.label, "  ") };
        let mut lines = wrap::lines(label, width, "", hang);
        if self.label == 0 {
            for line in lines.drain(..) {
                out.push_str(&format!("{}{}\n", " ".repeat(INDENT), paint(style, line)));
            }
        }
        // Space under the label: the line of no effect runs on.
        let empty = self.bar(None, self.signs.ends, ' ', None);
        for (number, part) in std::iter::once((0, bar)).chain((1..lines.len()).map(|number| (number, empty.clone()))) {
            let label = lines.get(number).map_or("", String::as_str);
            let space = " ".repeat(self.start() - INDENT - display_width(label));
            let figures = if number == 0 { figures } else { "" };
            let row = format!("{}{}{space}{part}  {figures}", " ".repeat(INDENT), paint(style, label));
            out.push_str(row.trim_end());
            out.push('\n');
        }
    }

    /// The axis, its numbers, and whom its two sides favour.
    fn scale(&self, out: &mut String) {
        let origin = self.column(self.panel.scale().no_effect());
        let mut cells = vec![self.signs.rule; self.plot];
        let columns: Vec<(usize, String)> =
            self.axis.marks().iter().map(|&mark| (self.column(mark), number(mark, self.terminal))).collect();
        for (column, sign) in
            columns.iter().map(|(column, _)| (*column, self.signs.mark)).chain([(origin, self.signs.origin)])
        {
            if let Some(cell) = cells.get_mut(column) {
                *cell = sign;
            }
        }
        let mut row = |text: &str| {
            out.push_str(format!("{}{text}", " ".repeat(self.start())).trim_end());
            out.push('\n');
        };
        row(&paint(style::QUIET, cells.into_iter().collect::<String>()));
        row(&numbers(&columns));
        let (left, right) = self.sides();
        if left.is_empty() {
            return;
        }
        let before = self.start() + origin;
        let (left, right) = (format!("{} {left} ", self.signs.arrows[0]), format!(" {right} {}", self.signs.arrows[1]));
        match before.checked_sub(display_width(&left)) {
            Some(space) if before + 1 + display_width(&right) <= self.terminal.width => {
                out.push_str(&format!("{}{left}{}{right}\n", " ".repeat(space), self.signs.no_effect));
            }
            _ => {
                let (left, right) = (left.trim_end(), right.trim_start());
                let used = INDENT + display_width(left) + display_width(right);
                let space = (self.start() + self.plot).max(used + GAP) - used;
                out.push_str(&format!("{}{left}{}{right}\n", " ".repeat(INDENT), " ".repeat(space)));
            }
        }
    }

    fn sides(&self) -> (&'static str, &'static str) {
        let side = |side| match side {
            Favours::Massage => "favours massage",
            _ => "favours comparator",
        };
        self.panel.sides().map_or(("", ""), |[left, right]| (side(left), side(right)))
    }
}

/// Numbers under their marks; one that would touch its neighbour is left out.
fn numbers(columns: &[(usize, String)]) -> String {
    let mut line = String::new();
    for (column, number) in columns {
        let start = column.saturating_sub(display_width(number) / 2);
        let used = display_width(&line);
        if used == 0 || start > used {
            line.push_str(&" ".repeat(start - used.min(start)));
            line.push_str(number);
        }
    }
    line
}

/// What the picture does not say.
fn notes(panel: &Panel<'_>, terminal: Terminal) -> Vec<String> {
    let signs = Signs::of(terminal);
    let mut notes = vec![legend(panel, signs)];
    if panel.sides().is_none() {
        notes.push(
            "Which side favours massage is not known: the sources read do not say what the sign means.".to_owned(),
        );
    }
    let turned = panel.rows().iter().filter(|row| row.turned);
    notes.extend(turned.map(|row| {
        let printed = printed(row, terminal);
        format!(
            "{} {}: sides exchanged to match the others; printed as {printed}.",
            signs.turned,
            row.source.short_citation()
        )
    }));
    notes.extend(pooling(panel, terminal));
    notes
}

/// What the signs of this panel stand for.
fn legend(panel: &Panel<'_>, signs: &Signs) -> String {
    let mut used: Vec<(char, &str)> = Vec::new();
    for (sign, what) in
        [(signs.review, "result of a review"), (signs.trial, "randomised trial"), (signs.study, "other study")]
    {
        if panel.rows().iter().any(|row| signs.row(row) == sign) {
            used.push((sign, what));
        }
    }
    if panel.pooled().is_some() {
        used.push((signs.ours, "our own calculation, not a published result"));
    }
    let parts: Vec<String> = used.into_iter().map(|(sign, what)| format!("{sign} {what}")).collect();
    format!("{}; lines are 95% intervals", parts.join(", "))
}

/// How it was pooled, or why not.
fn pooling(panel: &Panel<'_>, terminal: Terminal) -> Vec<String> {
    let rows = panel.rows();
    let Some(pooled) = panel.pooled() else {
        return match (rows.len(), panel.poolable()) {
            (1, _) => Vec::new(),
            (_, 0) if rows.iter().all(|row| row.kept_out == Some(Reason::Published)) => {
                vec!["Not pooled: results of reviews share trials and are no trials themselves.".to_owned()]
            }
            (_, number) => {
                vec![format!(
                    "Not pooled: that takes {FEWEST} randomised trials with known signs and intervals; here: {number}."
                )]
            }
        };
    };
    let text = |estimate: &evidence_claims::stats::Estimate| {
        let [low, high] = estimate.interval.map(|figure| panel.scale().from_pooling(figure));
        rounded(panel.scale().from_pooling(estimate.mean), [low, high], terminal)
    };
    let mut notes = vec![format!(
        "{OURS}, not a published result: random effects (REML, Hartung-Knapp interval), in which the trials have the weights shown; I² {:.0}%, τ² {}, Q {} (p = {:.2}). \
         By other methods {} (DerSimonian-Laird) and {} (one effect for all).",
        pooled.reml.i2,
        number(round(pooled.reml.tau2), terminal),
        number(round(pooled.q), terminal),
        pooled.q_p,
        text(&pooled.dersimonian_laird.estimate),
        text(&pooled.fixed),
    )];
    if terminal.decor == DecorStyle::Ascii {
        notes = notes.into_iter().map(|note| note.replace('²', "2").replace('τ', "tau")).collect();
    }
    let mut reasons: Vec<Reason> = rows.iter().filter_map(|row| row.kept_out).collect();
    reasons.sort_unstable();
    reasons.dedup();
    for reason in reasons {
        let names: Vec<String> =
            rows.iter().filter(|row| row.kept_out == Some(reason)).map(|row| row.source.short_citation()).collect();
        notes.push(format!("Drawn but not pooled: {} ({reason}).", enumerate(&names)));
    }
    notes
}

/// Estimate and interval of a row.
fn estimate(row: &Row<'_>, terminal: Terminal) -> String {
    let interval = match row.interval {
        Some([low, high]) => format!("[{}, {}]", number(low, terminal), number(high, terminal)),
        None => "(no interval)".to_owned(),
    };
    format!("{} {interval}", number(row.estimate, terminal))
}

/// The same in this many columns, with weight and mark.
fn figures(row: &Row<'_>, width: usize, terminal: Terminal) -> String {
    let estimate = estimate(row, terminal);
    let turned = if row.turned { Signs::of(terminal).turned } else { ' ' };
    let weight = row.weight.map(|weight| format!("{weight:>3.0}%")).unwrap_or_default();
    let space = " ".repeat(width - display_width(&estimate).min(width));
    format!("{estimate}{turned}{space}{weight}").trim_end().to_owned()
}

fn printed(row: &Row<'_>, terminal: Terminal) -> String {
    let figure = |figure: f64| figure.to_string().replace('-', words::minus(terminal));
    let estimate = row.effect.estimate.map(figure).unwrap_or_default();
    row.effect
        .interval
        .map_or(estimate.clone(), |[low, high]| format!("{estimate} [{}, {}]", figure(low), figure(high)))
}

/// A figure of our own, with no more digits than papers print.
fn rounded(mean: f64, [low, high]: [f64; 2], terminal: Terminal) -> String {
    let figure = |figure: f64| number(round(figure), terminal);
    format!("{} [{}, {}]", figure(mean), figure(low), figure(high))
}

fn between([low, high]: [f64; 2], terminal: Terminal) -> String {
    format!("{} to {}", number(round(low), terminal), number(round(high), terminal))
}

/// Two decimals, or three digits.
fn round(figure: f64) -> f64 {
    let decimals = if figure.abs() >= 100.0 {
        0
    } else if figure.abs() >= 10.0 {
        1
    } else {
        2
    };
    format!("{figure:.decimals$}").parse().unwrap_or(figure)
}

fn number(figure: f64, terminal: Terminal) -> String {
    // Exchanged ratios have endless digits.
    let text = format!("{:.3}", figure);
    let text = text.trim_end_matches('0').trim_end_matches('.');
    let text = if text == "-0" { "0" } else { text };
    text.replace('-', words::minus(terminal))
}

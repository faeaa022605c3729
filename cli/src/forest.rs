//! The effects of a claim drawn in text: one plot for each scale, with words under it for all that a picture hides.

use annotate_snippets::renderer::DecorStyle;
use evidence_claims::stats::{Axis, Forest, LeftOut, Panel, Pooled, Reason, Row, TURNED, number, rounded};
use evidence_claims::{Claim, Favours};
use textwrap::core::display_width;

use crate::sheet::Sheet;
use crate::style::{self, paint};
use crate::summary::count;
use crate::terminal::Terminal;
use crate::wrap;

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

/// Stands for the mark of turned figures.
const ASCII_TURNED: char = '^';

/// Draws the effects of a claim under a heading, if there are any.
pub(crate) fn draw(sheet: &mut Sheet, claim: Claim<'_>, terminal: Terminal) {
    let forest = Forest::of(claim);
    for panel in forest.panels() {
        sheet.heading(&format!("Effects: {}", panel.label()));
        sheet.raw(&Plot::new(panel, terminal).text());
        for note in std::iter::once(legend(panel, Signs::of(terminal))).chain(panel.notes()) {
            sheet.raw(&wrap::paragraph(&plain(note, terminal), terminal.width, INDENT, 0));
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
    /// Where a line meets that of no effect: a line of a study, one of ours, the spread.
    crossed: [char; 3],
    rule: char,
    mark: char,
    origin: char,
    arrows: [&'static str; 2],
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
    crossed: ['┼', '╪', '│'],
    rule: '─',
    mark: '┴',
    origin: '┼',
    arrows: ["←", "→"],
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
    crossed: ['+', '+', ':'],
    rule: '-',
    mark: '+',
    origin: '|',
    arrows: ["<-", "->"],
};

impl Signs {
    const fn of(terminal: Terminal) -> &'static Self {
        match terminal.decor {
            DecorStyle::Unicode => &UNICODE,
            DecorStyle::Ascii => &ASCII,
        }
    }

    fn crossed(&self, line: char) -> char {
        let [study, ours, spread] = self.crossed;
        match line {
            line if line == self.ours_line => ours,
            line if line == self.spread => spread,
            _ => study,
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
        let estimate = widest(&|row| plain(row.figures(), terminal));
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
        let label = format!("Our own calculation, {}", count(self.panel.poolable(), "trial"));
        let bar = self.bar(Some(interval), self.signs.ours_ends, self.signs.ours_line, Some((mean, self.signs.ours)));
        self.line(out, &label, bar, &plain(rounded(mean, interval), self.terminal), style::STRONG);
        let spread = shown(pooled.prediction);
        let bar = self.bar(Some(spread), [self.signs.spread; 2], self.signs.spread, None);
        self.line(out, "95% of true effects", bar, &plain(between(spread), self.terminal), style::QUIET);
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
            (low..=high).for_each(|at| put(at, if at == origin { self.signs.crossed(line) } else { line }));
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
            self.axis.marks().iter().map(|&mark| (self.column(mark), plain(number(mark, 3), self.terminal))).collect();
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

/// Figures of a row in this many columns, with its weight.
fn figures(row: &Row<'_>, width: usize, terminal: Terminal) -> String {
    let figures = plain(row.figures(), terminal);
    let weight = row.weight.map(|weight| format!("{weight:>4.0}%")).unwrap_or_default();
    let space = " ".repeat(width - display_width(&figures).min(width));
    format!("{figures}{space}{weight}").trim_end().to_owned()
}

/// The words of the library in characters that the terminal has.
fn plain(text: String, terminal: Terminal) -> String {
    if terminal.decor == DecorStyle::Unicode {
        return text;
    }
    let turned = ASCII_TURNED.to_string();
    text.replace('\u{2212}', "-").replace('²', "2").replace('τ', "tau").replace(TURNED, &turned)
}

fn between([low, high]: [f64; 2]) -> String {
    format!("{} to {}", number(low, 2), number(high, 2))
}

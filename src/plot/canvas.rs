//! Lines, words and marks of all pictures, and the frame that makes them one document.
//!
//! Colour never carries meaning alone: marks differ in shape, lines in their pattern, and everything is said in words, too.

use svg::Document;
use svg::node::Text as Words;
use svg::node::element::{Anchor, Circle, Description, Element, Group, Path, Rectangle, Style, Text, Title};

/// Space around a picture.
pub(super) const MARGIN: f64 = 28.0;

/// Fonts that every system has one of.
const FONTS: &str = "Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif";

/// Half the width of a place that a finger can meet, as far as the marks beside it allow.
const TOUCH: f64 = 12.0;

/// A ring looks as large as the other marks when it is smaller.
const RING: f64 = 0.85;

/// Two sets of colours with enough contrast on light and on dark. Class names begin with `ec-`, so that a picture that is
/// pasted into a page leaves the page alone.
const STYLE: &str = "
.ec-paper{fill:#fff}
.ec-ink{fill:#1f2328}
.ec-quiet{fill:#57606a}
.ec-band{fill:#f3f5f8}
.ec-rule{stroke:#d0d7de;fill:none}
.ec-axis{stroke:#57606a;fill:none}
.ec-bar{stroke:#1f2328;fill:none}
.ec-solid{fill:#1f2328;stroke:#1f2328}
.ec-open{fill:#fff;stroke:#1f2328}
.ec-for{fill:#0a5fb4;stroke:#0a5fb4}
.ec-against{fill:#b3400a;stroke:#b3400a}
.ec-mixed{fill:#8a6d00;stroke:#8a6d00}
.ec-null{fill:#fff;stroke:#57606a}
.ec-ours{fill:#d9e8f7;stroke:#0a5fb4}
.ec-ours-line{stroke:#0a5fb4;fill:none}
@media (prefers-color-scheme:dark){
.ec-paper{fill:#15191f}
.ec-ink{fill:#e6edf3}
.ec-quiet{fill:#a6b0bb}
.ec-band{fill:#1d232b}
.ec-rule{stroke:#39424d}
.ec-axis{stroke:#a6b0bb}
.ec-bar{stroke:#e6edf3}
.ec-solid{fill:#e6edf3;stroke:#e6edf3}
.ec-open{fill:#15191f;stroke:#e6edf3}
.ec-for{fill:#6cb2ff;stroke:#6cb2ff}
.ec-against{fill:#ff9b66;stroke:#ff9b66}
.ec-mixed{fill:#e3c04a;stroke:#e3c04a}
.ec-null{fill:#15191f;stroke:#a6b0bb}
.ec-ours{fill:#16324f;stroke:#6cb2ff}
.ec-ours-line{stroke:#6cb2ff}
}
";

/// How words look.
#[derive(Clone, Copy)]
pub(super) struct Look {
    size: f64,
    class: &'static str,
    bold: bool,
    anchor: &'static str,
}

impl Look {
    pub(super) const TITLE: Self = Self { size: 19.0, class: "ec-ink", bold: true, anchor: "start" };
    pub(super) const HEADING: Self = Self { size: 14.0, class: "ec-ink", bold: true, anchor: "start" };
    pub(super) const BODY: Self = Self { size: 13.0, class: "ec-ink", bold: false, anchor: "start" };
    pub(super) const STRONG: Self = Self { bold: true, ..Self::BODY };
    pub(super) const QUIET: Self = Self { size: 12.0, class: "ec-quiet", bold: false, anchor: "start" };

    /// Words that end at the place.
    pub(super) const fn to_the_left(self) -> Self {
        Self { anchor: "end", ..self }
    }

    /// Words around the place.
    pub(super) const fn centred(self) -> Self {
        Self { anchor: "middle", ..self }
    }

    /// From one line to the next.
    pub(super) fn leading(self) -> f64 {
        (self.size * 1.35).round()
    }

    /// About how wide these words will be: the widest of the fonts, since nobody knows which will be used.
    pub(super) fn width(self, words: &str) -> f64 {
        let em = |letter: char| match letter {
            'i' | 'j' | 'l' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | 'I' => 0.28,
            'f' | 't' | 'r' | '(' | ')' | '[' | ']' | '-' | ' ' | '/' => 0.34,
            'm' | 'w' | 'M' | 'W' | '%' | '@' => 0.92,
            letter if letter.is_uppercase() => 0.71,
            _ => 0.57,
        };
        let bold = if self.bold { 1.06 } else { 1.0 };
        words.chars().map(em).sum::<f64>() * self.size * bold
    }

    /// The words in lines of at most this width.
    pub(super) fn lines(self, words: &str, width: f64) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for word in words.split_whitespace() {
            match lines.last_mut() {
                Some(line) if self.width(line) + self.width(word) + self.width(" ") <= width => {
                    line.push(' ');
                    line.push_str(word);
                }
                _ => lines.push(word.to_owned()),
            }
        }
        lines
    }
}

/// A shape with a meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    Square,
    OpenSquare,
    Diamond,
    TriangleUp,
    TriangleDown,
    HalfDiamond,
    Ring,
    Cross,
}

/// A picture being drawn, from the top to the bottom.
pub(super) struct Canvas {
    body: Group,
    width: f64,
    role: &'static str,
}

impl Canvas {
    pub(super) fn new(width: f64) -> Self {
        Self { body: Group::new().set("font-family", FONTS), width, role: "img" }
    }

    /// Width of the picture without its margins.
    pub(super) fn inner(&self) -> f64 {
        self.width - 2.0 * MARGIN
    }

    /// The right end of what is drawn.
    pub(super) fn right(&self) -> f64 {
        self.width - MARGIN
    }

    /// One line of words on a base line.
    pub(super) fn text(&mut self, x: f64, y: f64, words: &str, look: Look) {
        let mut text =
            Text::new(words).set("x", tenth(x)).set("y", tenth(y)).set("class", look.class).set("font-size", look.size);
        if look.bold {
            text = text.set("font-weight", "bold");
        }
        if look.anchor != "start" {
            text = text.set("text-anchor", look.anchor);
        }
        self.add(text);
    }

    /// Lines of words below a place; returns the place below them.
    pub(super) fn paragraph(&mut self, x: f64, top: f64, width: f64, words: &str, look: Look) -> f64 {
        let lines = look.lines(words, width);
        for (number, line) in lines.iter().enumerate() {
            self.text(x, top + look.size + number as f64 * look.leading(), line, look);
        }
        top + lines.len() as f64 * look.leading()
    }

    /// A straight line; `dash` is the pattern of a broken one.
    pub(super) fn line(
        &mut self,
        [x1, y1]: [f64; 2],
        [x2, y2]: [f64; 2],
        class: &'static str,
        width: f64,
        dash: &'static str,
    ) {
        let data = format!("M{} {}L{} {}", tenth(x1), tenth(y1), tenth(x2), tenth(y2));
        let path = Path::new().set("d", data).set("class", class).set("stroke-width", width);
        let path = if dash.is_empty() { path } else { path.set("stroke-dasharray", dash) };
        self.add(path);
    }

    /// A horizontal line with a bar at each end.
    pub(super) fn interval(
        &mut self,
        [from, to]: [f64; 2],
        y: f64,
        class: &'static str,
        width: f64,
        dash: &'static str,
    ) {
        self.line([from, y], [to, y], class, width, dash);
        for end in [from, to] {
            self.line([end, y - 4.0], [end, y + 4.0], class, width, "");
        }
    }

    /// A filled rectangle.
    pub(super) fn band(&mut self, [x, y]: [f64; 2], [width, height]: [f64; 2]) {
        let band = Rectangle::new()
            .set("x", tenth(x))
            .set("y", tenth(y))
            .set("width", tenth(width))
            .set("height", tenth(height));
        self.add(band.set("class", "ec-band").set("rx", 3));
    }

    /// A diamond from one place to another: a pooled figure with its interval.
    pub(super) fn wide_diamond(&mut self, [from, middle, to]: [f64; 3], y: f64, class: &'static str) {
        let (from, middle, to) = (tenth(from), tenth(middle), tenth(to));
        let data = format!("M{from} {y}L{middle} {}L{to} {y}L{middle} {}Z", y - 8.0, y + 8.0);
        self.add(Path::new().set("d", data).set("class", class).set("stroke-width", 1.5));
    }

    /// A shape around a place, `size` from its middle to its edge. A pointer that rests on it reads `about`.
    pub(super) fn mark(&mut self, mark: Mark, at: [f64; 2], size: f64, class: &'static str, about: &str) {
        self.add(shape(mark, at, size, class, about));
    }

    /// The same shape as a link. A picture with links is no longer one image to a screen reader, but a group of links.
    pub(super) fn link(&mut self, to: &str, mark: Mark, [x, y]: [f64; 2], size: f64, class: &'static str, about: &str) {
        self.role = "group";
        // A finger wants more room than a mark takes.
        let ground = Circle::new().set("cx", tenth(x)).set("cy", tenth(y)).set("r", TOUCH).set("fill", "transparent");
        let shape = shape(mark, [x, y], size, class, about);
        self.add(Anchor::new().set("href", to).set("aria-label", about).add(ground).add(shape));
    }

    /// The document. `title` names the picture, `description` says all that it shows; `id` keeps both apart from those of other
    /// pictures on a page.
    pub(super) fn finish(self, height: f64, id: &str, title: &str, description: &str) -> String {
        let id: String = id.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '-' }).collect();
        let (title_id, description_id) = (format!("{id}-title"), format!("{id}-desc"));
        let paper = Rectangle::new().set("width", "100%").set("height", "100%").set("class", "ec-paper");
        Document::new()
            .set("viewBox", format!("0 0 {} {}", self.width, height.ceil()))
            .set("width", self.width)
            .set("height", height.ceil())
            .set("role", self.role)
            .set("aria-labelledby", format!("{title_id} {description_id}"))
            .add(Title::new(title).set("id", title_id))
            .add(Description::new().set("id", description_id).add(Words::new(description)))
            .add(Style::new(STYLE))
            .add(paper)
            .add(self.body)
            .to_string()
            + "\n"
    }

    fn add(&mut self, element: impl Into<Element>) {
        // `Group::add` takes the group; an empty one stands in meanwhile and costs nothing.
        let body = std::mem::replace(&mut self.body, Group::new());
        self.body = body.add(element.into());
    }
}

/// A shape around a place.
fn shape(mark: Mark, [x, y]: [f64; 2], size: f64, class: &'static str, about: &str) -> Group {
    let mut shape = Group::new().set("class", class).set("stroke-width", 1.6).set("stroke-linejoin", "round");
    if !about.is_empty() {
        shape = shape.add(Title::new(about));
    }
    if mark == Mark::Ring {
        shape = shape.add(Circle::new().set("cx", tenth(x)).set("cy", tenth(y)).set("r", tenth(size * RING)));
    }
    for (data, fill) in outline(mark, x, y, size) {
        let path = Path::new().set("d", data);
        shape = shape.add(if fill { path } else { path.set("fill", "none") });
    }
    shape
}

/// The paths of a mark, and whether each is filled. A ring has none.
fn outline(mark: Mark, x: f64, y: f64, size: f64) -> Vec<(String, bool)> {
    let at = |dx: f64, dy: f64| format!("{} {}", tenth(x + dx * size), tenth(y + dy * size));
    let polygon = |points: &[(f64, f64)]| {
        let points: Vec<String> = points.iter().map(|&(dx, dy)| at(dx, dy)).collect();
        format!("M{}Z", points.join("L"))
    };
    const DIAMOND: [(f64, f64); 4] = [(-1.0, 0.0), (0.0, -1.0), (1.0, 0.0), (0.0, 1.0)];
    match mark {
        Mark::Square | Mark::OpenSquare => vec![(polygon(&[(-0.8, -0.8), (0.8, -0.8), (0.8, 0.8), (-0.8, 0.8)]), true)],
        Mark::Diamond => vec![(polygon(&DIAMOND), true)],
        Mark::TriangleUp => vec![(polygon(&[(0.0, -0.95), (0.95, 0.75), (-0.95, 0.75)]), true)],
        Mark::TriangleDown => vec![(polygon(&[(0.0, 0.95), (0.95, -0.75), (-0.95, -0.75)]), true)],
        Mark::HalfDiamond => {
            vec![(polygon(&DIAMOND), false), (polygon(&[(-1.0, 0.0), (0.0, -1.0), (0.0, 1.0)]), true)]
        }
        Mark::Ring => Vec::new(),
        Mark::Cross => {
            let stroke = |from: (f64, f64), to: (f64, f64)| format!("M{}L{}", at(from.0, from.1), at(to.0, to.1));
            vec![(stroke((-0.7, -0.7), (0.7, 0.7)), false), (stroke((-0.7, 0.7), (0.7, -0.7)), false)]
        }
    }
}

/// A coordinate with as many digits as anyone can see.
fn tenth(coordinate: f64) -> f64 {
    (coordinate * 10.0).round() / 10.0
}

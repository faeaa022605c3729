//! HTML, whole pages and fragments, to blocks. The tokenizer says which bytes are words; elements say what kind they are.
//!
//! Elements are kept on a stack, as far as they decide how words are read. Tags that are never closed, closed twice or crossed do
//! what browsers do with them, or nothing.

use std::convert::Infallible;
use std::ops::Range;

use html5gum::Tokenizer;
use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};

use super::canvas::{Canvas, Layer};
use super::change::Joint;
use super::element::{Attribute, Element, Role, TextOf, role};
use super::stretch::Stretch;
use super::writing::Writing;
use super::{BlockKind, Parts, json, reference, template};

/// Elements deeper than this are read as if they were not nested, as browsers do.
const DEEPEST: usize = 512;

pub(super) fn read(text: &str) -> Parts {
    let holes = template::holes(text);
    let mut canvas = Canvas::new(text, holes);
    let (joints, is_in_order) = read_page(&mut canvas);
    let joints = if is_in_order && !template::may_have_holes(text) { joints } else { Vec::new() };
    Parts { joints, ..canvas.finish() }
}

/// Reads a stretch of a page as it would be read in its place, if that can be told. `is_first` and `is_last` say that nothing stands
/// before or behind it. The last joint stands at its end.
pub(super) fn read_stretch(text: &str, is_first: bool, is_last: bool) -> Option<Parts> {
    let mut canvas = Canvas::new(text, Vec::new());
    let (mut joints, is_in_order) = read_page(&mut canvas);
    let closed = is_last || joints.last().is_some_and(|joint| joint.at == text.len());
    if !closed || !is_in_order || (canvas.reaches_out && !is_first) {
        return None;
    }
    if joints.last().is_none_or(|joint| joint.at < text.len()) {
        joints.push(canvas.so_far(text.len()));
    }
    Some(Parts { joints, ..canvas.finish() })
}

/// Reads all of the text. Returns where reading can begin anew, and whether what was read stands in order.
fn read_page(canvas: &mut Canvas<'_>) -> (Vec<Joint>, bool) {
    let page = Stretch::verbatim(canvas.text, 0..canvas.text.len());
    let mut html = Html { joints: Some(Vec::new()), ..Html::default() };
    let is_in_order = html.feed(canvas, &page);
    (html.joints.unwrap_or_default(), is_in_order)
}

/// Reads HTML piece by piece: what is open stays open from one piece to the next.
#[derive(Debug, Default)]
pub(super) struct Html {
    open: Vec<Element>,
    /// How many open elements hold no copy.
    silent: usize,
    tag: Tag,
    /// Whether the last tag was a line break.
    broke: bool,
    /// Where reading can begin anew: behind end tags where nothing is open. Nothing where HTML is but a part of a page.
    joints: Option<Vec<Joint>>,
}

/// The start tag that is being read.
#[derive(Debug, Default)]
struct Tag {
    name: Vec<u8>,
    attribute: Option<Attribute>,
    texts: Vec<(Attribute, Range<usize>)>,
    /// What the values of `type`, `name`, `property` and `itemprop` say.
    says: Vec<u8>,
    start: usize,
}

impl Html {
    /// Reads a piece. Returns whether it was read in order.
    pub(super) fn feed(&mut self, canvas: &mut Canvas<'_>, piece: &Stretch<'_>) -> bool {
        // The tokenizer takes what stands in `noscript` for one string, as a browser that runs scripts does.
        let later = self.tokens(canvas, piece);
        let is_in_order = later.is_empty();
        for place in later {
            canvas.close();
            self.tokens(canvas, &Stretch::verbatim(canvas.text, place));
            canvas.close();
        }
        is_in_order
    }

    /// Reads the tokens of a piece; returns where it holds strings that are HTML.
    fn tokens(&mut self, canvas: &mut Canvas<'_>, piece: &Stretch<'_>) -> Vec<Range<usize>> {
        let mut raw = Vec::new();
        let each = |event: CallbackEvent<'_>, span: html5gum::Span| -> Option<Infallible> {
            self.event(canvas, piece, &event, span.start..span.end, &mut raw);
            None
        };
        let mut emitter = CallbackEmitter::new(each);
        emitter.naively_switch_states(true);
        // All work is done by the callback: the first item would come after the last token.
        let _never = Tokenizer::new_with_emitter(&*piece.text, emitter).next();
        raw
    }

    /// The kind of block that the open elements make of words.
    pub(super) fn kind(&self) -> Option<BlockKind> {
        self.open.iter().rev().find_map(|element| element.kind())
    }

    /// Whether words are no copy here.
    pub(super) fn is_silent(&self) -> bool {
        self.silent > 0
    }

    /// Words of another format follow: a line break after them is the first in a row.
    pub(super) fn is_interrupted(&mut self) {
        self.broke = false;
    }

    /// Whether it stands as it did before the first piece.
    pub(super) fn is_idle(&self) -> bool {
        self.open.is_empty() && !self.broke
    }

    /// How many elements are open.
    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    /// Closes all elements but the first `depth`.
    pub(super) fn close_to(&mut self, canvas: &mut Canvas<'_>, depth: usize) {
        while self.open.len() > depth {
            self.pop(canvas);
        }
    }

    fn event(
        &mut self,
        canvas: &mut Canvas<'_>,
        piece: &Stretch<'_>,
        event: &CallbackEvent<'_>,
        span: Range<usize>,
        raw: &mut Vec<Range<usize>>,
    ) {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.tag.name = name.to_vec();
                self.tag.attribute = None;
                self.tag.texts.clear();
                self.tag.says.clear();
                self.tag.start = span.start;
            }
            CallbackEvent::AttributeName { name } => self.tag.attribute = Attribute::of(name),
            CallbackEvent::AttributeValue { value } => match self.tag.attribute {
                Some(Attribute::Says) => {
                    self.tag.says.push(b' ');
                    self.tag.says.extend(value.to_ascii_lowercase());
                }
                Some(attribute) => self.tag.texts.push((attribute, span)),
                None => {}
            },
            CallbackEvent::CloseStartTag { self_closing } => {
                let range = self.tag.start..span.end;
                self.start(canvas, piece, range, *self_closing);
            }
            CallbackEvent::Comment { .. } if piece.is_verbatim() => canvas.comments.push(piece.place(span).into()),
            CallbackEvent::EndTag { name } => {
                let place = piece.place(span);
                self.end(canvas, name, place.clone());
                self.join(canvas, place.end);
            }
            CallbackEvent::Comment { .. } => canvas.comment(piece.place(span)),
            CallbackEvent::String { .. } => match self.open.last() {
                Some(Element::Noscript) if !self.is_silent() && piece.is_verbatim() => raw.push(piece.place(span)),
                Some(Element::JsonLd) => json::read(canvas, piece, span),
                _ => self.words(canvas, piece, span),
            },
            _ => {}
        }
    }

    /// Notes that reading can begin anew behind a tag, if it can.
    fn join(&mut self, canvas: &mut Canvas<'_>, at: usize) {
        let is_idle = self.is_idle();
        let Some(joints) = &mut self.joints else { return };
        canvas.untie(joints);
        if is_idle {
            joints.extend(canvas.joint(at));
        }
    }

    fn words(&mut self, canvas: &mut Canvas<'_>, piece: &Stretch<'_>, range: Range<usize>) {
        if self.is_silent() {
            return;
        }
        if piece.text.get(range.clone()).is_some_and(|words| words.trim().is_empty()) {
            canvas.put_stretch(Layer::Flow, piece, range);
            return;
        }
        self.broke = false;
        reference::put(canvas, Layer::Flow, piece, range.clone());
        canvas.extend(piece.place(range), self.kind().unwrap_or(BlockKind::Paragraph));
    }

    fn start(&mut self, canvas: &mut Canvas<'_>, piece: &Stretch<'_>, range: Range<usize>, self_closing: bool) {
        let place = piece.place(range);
        let tag = std::mem::take(&mut self.tag);
        let role = role(&tag.name);
        self.end_code(canvas, role);
        let is_copy = !self.is_silent();
        if is_copy {
            match role {
                Role::Break => canvas.close(),
                Role::Space => canvas.blank(place.clone()),
                // Two in a row are how people write a paragraph.
                Role::LineBreak if self.broke => canvas.close(),
                Role::LineBreak => {
                    canvas.blank(place.clone());
                    self.broke = true;
                }
                Role::Inline => {}
                Role::Opens(element) => self.implied_ends(canvas, element),
            }
        }
        if let Role::Opens(mut element) = role
            && !self_closing
        {
            if element == Element::Silent && tag.says.windows(7).any(|word| word == b"ld+json") {
                element = Element::JsonLd;
            }
            self.push(canvas, element, place);
        }
        if is_copy {
            self.attributes(canvas, piece, &tag);
        }
        self.tag = tag;
    }

    /// Code that was never closed ends with its block.
    fn end_code(&mut self, canvas: &mut Canvas<'_>, role: Role) {
        let ends = match role {
            Role::Break => true,
            Role::Opens(element) => element.is_block(),
            _ => false,
        };
        while ends && self.open.last() == Some(&Element::Code) {
            self.pop(canvas);
        }
    }

    fn end(&mut self, canvas: &mut Canvas<'_>, name: &[u8], place: Range<usize>) {
        let role = role(name);
        self.end_code(canvas, role);
        match role {
            Role::Break if !self.is_silent() => canvas.close(),
            Role::Opens(element) => {
                let barrier = element.barrier();
                for (at, open) in self.open.iter().enumerate().rev() {
                    if *open == element || (element == Element::Silent && *open == Element::JsonLd) {
                        if element == Element::Quotation && !self.is_silent() {
                            canvas.put(Layer::Flow, "”", place);
                        }
                        self.close_to(canvas, at);
                        break;
                    }
                    if Some(*open) == barrier {
                        break;
                    }
                }
            }
            _ => {}
        }
    }

    /// `<li>` ends the item above it; headings, buttons and links do not nest.
    fn implied_ends(&mut self, canvas: &mut Canvas<'_>, element: Element) {
        let alone =
            matches!(element, Element::Item | Element::Cell | Element::Heading | Element::Button | Element::Link);
        if !alone {
            return;
        }
        let barrier = element.barrier();
        let scope = self.open.iter().rposition(|open| *open == element || Some(*open) == barrier);
        if let Some(at) = scope.filter(|&at| self.open.get(at) == Some(&element)) {
            self.close_to(canvas, at);
        }
    }

    fn push(&mut self, canvas: &mut Canvas<'_>, element: Element, place: Range<usize>) {
        if self.open.len() >= DEEPEST {
            return;
        }
        self.open.push(element);
        let was_silent = self.is_silent();
        if element.is_silent() {
            self.silent += 1;
        }
        if was_silent {
            return;
        }
        match element {
            Element::Code => canvas.something(place),
            Element::Silent | Element::JsonLd => canvas.blank(place),
            Element::List => canvas.begin_list(),
            Element::Link => canvas.begin_link(),
            Element::Quotation => canvas.put(Layer::Flow, "“", place),
            _ => {
                if let Some(kind) = element.kind() {
                    canvas.begin(kind);
                } else if element.is_block() {
                    canvas.close();
                }
            }
        }
    }

    fn pop(&mut self, canvas: &mut Canvas<'_>) {
        let Some(element) = self.open.pop() else { return };
        if element.is_silent() {
            self.silent = self.silent.saturating_sub(1);
            return;
        }
        if self.is_silent() {
            return;
        }
        match element {
            Element::List => canvas.end_list(),
            Element::Link => canvas.end_link(),
            _ if element.is_block() => canvas.close(),
            _ => {}
        }
    }

    /// Copy that stands in attributes.
    fn attributes(&self, canvas: &mut Canvas<'_>, piece: &Stretch<'_>, tag: &Tag) {
        for (attribute, range) in &tag.texts {
            let text_of = match attribute {
                Attribute::Content if tag.name == b"meta" => TextOf::meta(&tag.says),
                Attribute::Value if tag.name == b"input" => TextOf::input(&tag.says),
                Attribute::Alternative => Some(TextOf(BlockKind::AltText)),
                _ => None,
            };
            let Some(TextOf(kind)) = text_of else { continue };
            reference::put(canvas, Layer::Aside, piece, range.clone());
            canvas.aside(kind, piece.place(range.clone()));
            let mark = piece.text.get(..range.start).and_then(|before| before.chars().next_back());
            let mark = mark.filter(|mark| matches!(mark, '"' | '\''));
            canvas.written_as(Writing::Attribute(mark), piece.place(range.clone()));
        }
    }
}

//! What site generators replace before a reader sees the page: `{{ page.title }}`, `{% include %}`, `{{< figure >}}`, imports of MDX.

use std::ops::Range;

use memchr::{memchr_iter, memchr2, memchr2_iter};

/// How a hole begins and ends. Liquid, Jinja, Hugo, Handlebars, Vue; comments of Jinja and of JSX; attributes of Kramdown; ERB.
const MARKS: [(&str, &str); 6] = [("{{", "}}"), ("{%", "%}"), ("{#", "#}"), ("{/*", "*/}"), ("{:", "}"), ("<%", "%>")];

/// Paired tags with something else than copy between them.
const SILENT: [&str; 3] = ["highlight", "comment", "raw"];

/// Whether a mark stands anywhere with which a hole begins.
pub(super) fn may_have_holes(text: &str) -> bool {
    let mut places = memchr2_iter(b'{', b'<', text.as_bytes());
    places.any(|at| text.get(at..).is_some_and(|rest| MARKS.iter().any(|(open, _)| rest.starts_with(open))))
}

/// The holes of a text, in order, none overlapping another.
pub(super) fn holes(text: &str) -> Vec<Range<usize>> {
    let mut holes = Vec::new();
    // Marks that have no end after some place have none later on.
    let mut hopeless = [false; MARKS.len()];
    let mut endless = false;
    let mut at = 0;
    let next = |at: usize| memchr2(b'{', b'<', text.as_bytes().get(at..)?);
    while let Some(found) = next(at) {
        let start = at + found;
        let rest = text.get(start..).unwrap_or("");
        let mark = MARKS.iter().enumerate().find(|&(slot, (open, _))| !hopeless[slot] && rest.starts_with(open));
        let Some((slot, (open, close))) = mark else {
            at = start + 1;
            continue;
        };
        let Some(end) = rest.get(open.len()..).and_then(|inner| inner.find(close)) else {
            hopeless[slot] = true;
            continue;
        };
        let end = start + open.len() + end + close.len();
        let inner = text.get(start + open.len()..end - close.len()).unwrap_or("");
        // `{#` also begins the id of a heading, `{:` a smiley: they end on their line. No other hole but a comment has an empty line.
        let is_comment = inner.starts_with("/*") || *open == "{/*";
        let far = if matches!(*open, "{:" | "{#") { "\n" } else { "\n\n" };
        if inner.contains(far) && !is_comment {
            at = start + open.len();
            continue;
        }
        let end = if endless { end } else { silent_end(text, inner, end, &mut endless) };
        holes.push(start..end);
        at = end;
    }
    holes
}

/// Where the hole ends whose first tag holds `inner` and ends at `from`: after the closing tag, when nothing between is copy.
/// `endless` is set when there is none.
fn silent_end(text: &str, inner: &str, from: usize, endless: &mut bool) -> usize {
    let name = inner.trim_matches(['-', '<', '>', '%', ' ', '\t']).split_whitespace().next();
    let Some(name) = SILENT.into_iter().find(|silent| Some(*silent) == name) else { return from };
    closing_tag(text, name, from).unwrap_or_else(|| {
        *endless = true;
        from
    })
}

fn closing_tag(text: &str, name: &str, from: usize) -> Option<usize> {
    let mut at = from;
    while let Some(found) = text.get(at..)?.find(name) {
        let start = at + found;
        at = start + name.len();
        let before = text.get(..start)?;
        let opened =
            before.strip_suffix("end").or_else(|| before.strip_suffix('/')).or_else(|| before.strip_suffix("/ "));
        if let Some(opened) = opened
            && opened.trim_end_matches(['-', '<', '%', ' ', '{']).len() < opened.trim_end().len()
        {
            return text.get(at..)?.find('}').map(|close| {
                let end = at + close + 1;
                end + usize::from(text.as_bytes().get(end) == Some(&b'}'))
            });
        }
    }
    None
}

/// The holes of a page of Markdown: also the lines in which MDX imports and exports.
pub(super) fn holes_of_markdown(text: &str) -> Vec<Range<usize>> {
    let mut all = holes(text);
    let mut at = 0;
    let mut above_is_empty = true;
    let mut end = 0;
    let ends = memchr_iter(b'\n', text.as_bytes()).map(|line_end| line_end + 1);
    for line_end in ends.chain([text.len()]) {
        let start = at;
        let line = text.get(start..line_end).unwrap_or_default();
        at = line_end;
        let is_empty = line.trim().is_empty();
        if above_is_empty && start >= end && is_module(line) {
            // A statement ends with its paragraph.
            let rest = text.get(start..).unwrap_or("");
            let until = ["\n\n", "\n\r\n"].iter().filter_map(|mark| rest.find(mark)).min();
            end = until.map_or(text.len(), |until| start + until);
            all.push(start..end);
        }
        above_is_empty = is_empty || is_module(line);
    }
    all.sort_by_key(|hole| (hole.start, std::cmp::Reverse(hole.end)));
    // A hole inside another says nothing new.
    let mut reached = 0;
    all.retain(|hole| {
        let is_new = hole.end > reached;
        reached = reached.max(hole.end);
        is_new
    });
    all
}

/// Whether a line begins a statement of JavaScript that no sentence of English begins like.
fn is_module(line: &str) -> bool {
    let rest = |word: &str| line.strip_prefix(word);
    if let Some(rest) = rest("import ") {
        let end = rest.trim_end().trim_end_matches(';');
        return end.ends_with(['"', '\'']) && (rest.starts_with(['"', '\'']) || rest.contains(" from "))
            || rest.trim_start().starts_with('{');
    }
    rest("export ").is_some_and(|rest| {
        ["const ", "let ", "var ", "default ", "function ", "async ", "class ", "{", "* "]
            .iter()
            .any(|word| rest.starts_with(word))
    })
}

//! What git knows: the lines that changed since a revision, and what pages said then.
//!
//! Asks the program `git`, which is there wherever a repository is checked. Changed lines take one process for all files.

use std::collections::HashMap;
use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::process::Command;

use crate::stop::Stop;

/// New lines of a file; nothing stands for all of them.
type Lines = Option<Vec<RangeInclusive<usize>>>;

/// The files that changed.
#[derive(Debug)]
pub(crate) struct Changes {
    root: PathBuf,
    /// The commit that is compared with.
    base: String,
    /// By path from the root.
    files: HashMap<String, Change>,
}

/// What became of a file.
#[derive(Debug)]
struct Change {
    /// The path that it had; nothing for a new file. Another one when it was renamed.
    was: Option<String>,
    lines: Lines,
}

impl Changes {
    /// What changed in the working tree since the branch left `revision`.
    pub(crate) fn since(revision: &str) -> Result<Self, Stop> {
        let root = PathBuf::from(text(&["rev-parse", "--show-toplevel"])?.trim_end_matches(['\r', '\n']));
        let commit = format!("{revision}^{{commit}}");
        let known = git(&["rev-parse", "--verify", "--quiet", "--end-of-options", &commit])?;
        if known.is_none() {
            return Err(Stop(format!("git knows no revision `{revision}`; in CI, fetch it first (fetch-depth: 0)")));
        }
        // What others did on that branch in the meantime is no change of this one.
        let base = git(&["merge-base", "--end-of-options", revision, "HEAD"])?;
        let base = base.map_or_else(|| revision.to_owned(), |base| String::from_utf8_lossy(&base).trim().to_owned());
        let diff = ["diff", "--no-color", "--no-ext-diff", "--no-textconv", "-M"];
        let names = text(&[&diff[..], &["--name-status", "-z", &base, "--"]].concat())?;
        let hunks = text(&[&diff[..], &["-U0", &base, "--"]].concat())?;
        let mut files: HashMap<String, Change> = pairs(&names)
            .into_iter()
            .zip(sections(&hunks))
            .map(|((name, was), lines)| (name, Change { was, lines }))
            .collect();
        let top = root.display().to_string();
        let new = text(&["-C", &top, "ls-files", "--others", "--exclude-standard", "-z"])?;
        files.extend(new.split_terminator('\0').map(|name| (name.to_owned(), Change { was: None, lines: None })));
        Ok(Self { root: root.canonicalize().unwrap_or(root), base, files })
    }

    /// Whether one of these lines of a page changed. A page outside of the repository is new to it.
    pub(crate) fn touch(&self, page: &str, first: usize, last: usize) -> bool {
        let Some(path) = self.relative(page) else { return true };
        let Some(change) = self.files.get(&path) else { return false };
        let touched = |lines: &RangeInclusive<usize>| *lines.start() <= last && first <= *lines.end();
        change.lines.as_ref().is_none_or(|lines| lines.iter().any(touched))
    }

    /// The bytes of a page then, whatever its name was, if it was there and has changed.
    pub(crate) fn earlier(&self, page: &str) -> Option<Vec<u8>> {
        let was = self.files.get(&self.relative(page)?)?.was.as_ref()?;
        git(&["show", "--no-textconv", &format!("{}:{was}", self.base)]).ok()?
    }

    /// The path of a page from the root of the repository.
    fn relative(&self, page: &str) -> Option<String> {
        let path = std::path::absolute(page).ok()?;
        let path = path.canonicalize().unwrap_or(path);
        Some(path.strip_prefix(&self.root).ok()?.display().to_string().replace('\\', "/"))
    }
}

/// The files of `--name-status -z`, in its order, each with the path that it had: `M` NUL path, or `R087` NUL old path NUL new path.
fn pairs(names: &str) -> Vec<(String, Option<String>)> {
    let mut pairs = Vec::new();
    let mut fields = names.split_terminator('\0');
    while let (Some(status), Some(first)) = (fields.next(), fields.next()) {
        let was = (!status.starts_with('A')).then(|| first.to_owned());
        let is_moved = status.starts_with(['R', 'C']);
        let name = if is_moved { fields.next().unwrap_or(first) } else { first };
        pairs.push((name.to_owned(), was));
    }
    pairs
}

/// The new lines of each file of a difference without context, in its order; nothing for a file that has no lines.
fn sections(diff: &str) -> Vec<Lines> {
    let mut sections: Vec<Lines> = Vec::new();
    for line in diff.lines() {
        // Lines of the files begin with + or -.
        if line.starts_with("diff --git ") {
            sections.push(Some(Vec::new()));
        } else if line.starts_with("Binary files ") {
            sections.pop();
            sections.push(None);
        } else if let (Some(lines), Some(Some(section))) = (added(line), sections.last_mut()) {
            section.push(lines);
        }
    }
    sections
}

/// `@@ -3,2 +4,5 @@` added the lines 4 to 8.
fn added(line: &str) -> Option<RangeInclusive<usize>> {
    let new = line.strip_prefix("@@ -")?.split_once(" +")?.1.split(' ').next()?;
    let (start, count) = new.split_once(',').unwrap_or((new, "1"));
    let (start, count): (usize, usize) = (start.parse().ok()?, count.parse().ok()?);
    (count > 0).then(|| start..=start + count - 1)
}

/// What git prints; nothing when it says no.
fn git(args: &[&str]) -> Result<Option<Vec<u8>>, Stop> {
    let output = Command::new("git").args(["-c", "core.quotePath=false"]).args(args).output();
    let output = output.map_err(|error| Stop(format!("cannot run git: {}", crate::input::plain(&error))))?;
    Ok(output.status.success().then_some(output.stdout))
}

/// What git prints, when it must say something.
fn text(args: &[&str]) -> Result<String, Stop> {
    let output =
        git(args)?.ok_or_else(|| Stop("this is no git repository, so that nothing is known of changes".to_owned()))?;
    Ok(String::from_utf8_lossy(&output).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_lines_are_read_from_a_difference_without_context() {
        let diff = "diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1,2 @@\n-diff --git\n+@@ -9 +9 @@\n+b\n@@ -5,2 +6,0 @@ h\n-a\n-b\n\
                    diff --git a/y b/y\nBinary files differ\n";
        assert_eq!(sections(diff), [Some(vec![1..=2]), None]);
    }
}

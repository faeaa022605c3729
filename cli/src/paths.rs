//! Paths as they are written down: from a directory, without detours, with slashes.

use std::path::{Component, Path, PathBuf};

/// A path without `.` and `..`.
pub(crate) fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            part => plain.push(part),
        }
    }
    plain
}

/// The directory of a file.
pub(crate) fn parent(path: &Path) -> PathBuf {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_owned()
}

/// The absolute `path` as one would type it in `here`.
pub(crate) fn from(here: &Path, path: &Path) -> PathBuf {
    let path = plain(path);
    for (up, directory) in here.ancestors().enumerate() {
        // From the root, the whole path is shorter.
        if directory.parent().is_none() {
            break;
        }
        if let Ok(rest) = path.strip_prefix(directory) {
            return std::iter::repeat_n("..", up).collect::<PathBuf>().join(rest);
        }
    }
    path
}

/// The path of a page from `directory`, or the whole of it when it lies elsewhere.
pub(crate) fn relative(directory: &Path, page: &str) -> String {
    let absolute = |path: &Path| plain(&std::path::absolute(path).unwrap_or_else(|_| path.to_owned()));
    let path = absolute(Path::new(page));
    let path = path.strip_prefix(absolute(directory)).unwrap_or(&path);
    path.display().to_string().replace('\\', "/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_typed_from_here() {
        let typed = |path: &str| from(Path::new("/home/me/site"), Path::new(path)).display().to_string();
        assert_eq!(typed("/home/me/site/./pages/../a.md"), "a.md");
        assert_eq!(typed("/home/me/evidence.toml"), "../evidence.toml");
        assert_eq!(typed("/srv/a.md"), "/srv/a.md");
    }
}

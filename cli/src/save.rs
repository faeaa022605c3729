//! Writing files so that nobody ever sees half of one: into a file beside the place, then moved there.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use tempfile::{Builder, NamedTempFile};

use crate::stop::Stop;
use crate::{input, interrupt, paths};

/// Writes `bytes` to `path`, whatever was there.
pub(crate) fn new(path: &Path, bytes: &[u8]) -> Result<(), Stop> {
    // Pipes and devices are written to, not replaced.
    let special = fs::metadata(path).is_ok_and(|there| !there.is_file());
    let written = if special { fs::write(path, bytes) } else { replace(path, bytes) };
    written.map_err(|error| Stop(format!("cannot write {}: {}", path.display(), why(path, &error))))
}

/// Why a file cannot be written, and what to do.
pub(crate) fn why(path: &Path, error: &io::Error) -> String {
    match error.kind() {
        _ if path.is_dir() => "it is a directory; name a file in it".to_owned(),
        io::ErrorKind::NotFound => format!("there is no directory {}; make it first", paths::parent(path).display()),
        io::ErrorKind::PermissionDenied => "no permission to write it".to_owned(),
        _ => input::plain(error),
    }
}

/// Puts a file with these bytes at `path`. A file that was there leaves its permissions; a link stays a link. Ctrl-C waits for it.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let _whole = interrupt::hold_off();
    let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let mut file = beside(&path)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(&path)?;
    Ok(())
}

/// An empty file in the directory of `path`, with the permissions of the file there or those of any new file.
fn beside(path: &Path) -> io::Result<NamedTempFile> {
    let directory = paths::parent(path);
    let mut builder = Builder::new();
    builder.prefix(".claims-");
    let there = fs::metadata(path).ok().map(|there| there.permissions());
    #[cfg(unix)]
    let there = there.or_else(|| Some(std::os::unix::fs::PermissionsExt::from_mode(0o666)));
    if let Some(permissions) = &there {
        builder.permissions(permissions.clone());
    }
    let file = builder.tempfile_in(directory)?;
    // What the umask took away of an old file's permissions is given back.
    if let Some(permissions) = there.filter(|_| path.exists()) {
        file.as_file().set_permissions(permissions)?;
    }
    Ok(file)
}

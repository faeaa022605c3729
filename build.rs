//! Lists every `data/**/*.toml` into a table that the crate embeds, so that a new record never edits Rust.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed=data");
    println!("cargo:rerun-if-changed=build.rs");
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let mut files = Vec::new();
    collect(&root.join("data"), "data", &mut files)?;
    files.sort();

    let mut table = String::from("pub(crate) static FILES: &[(&str, &str)] = &[\n");
    for (name, path) in files {
        let _ = writeln!(table, "    ({name:?}, include_str!({path:?})),");
    }
    table.push_str("];\n");
    fs::write(PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default()).join("builtin.rs"), table)
}

/// Names are written with forward slashes on every platform, since they are shown to people and sorted.
fn collect(directory: &Path, name: &str, files: &mut Vec<(String, PathBuf)>) -> io::Result<()> {
    // Cargo notices a changed file, but a new one only through its directory.
    println!("cargo:rerun-if-changed={}", directory.display());
    for entry in fs::read_dir(directory)? {
        let path = entry?.path();
        let Some(last) = path.file_name().and_then(|last| last.to_str()) else { continue };
        let name = format!("{name}/{last}");
        // Words and weights of `rate` are no records; `src/rate.rs` embeds them.
        if path.is_dir() && last == "rates" {
            continue;
        }
        if path.is_dir() {
            collect(&path, &name, files)?;
        } else if last.ends_with(".toml") {
            files.push((name, path));
        }
    }
    Ok(())
}

//! The build script. Lists every `data/**/*.toml` into a table that the crate embeds, so that a new record never edits Rust, and
//! reads them all with the crate's own loader, so that no program has to: it embeds the records as bytes, and the vocabulary compiled.

// The loader is the crate's; this program calls one function of it.
#![allow(dead_code, unused_imports)]

/// The part of the checker that compiles the vocabulary.
#[cfg(feature = "check")]
mod check {
    mod anchor;
    mod class;
    mod fast_hasher;
    mod inflect;
    pub(crate) mod lexicon;
    mod pattern;
    mod phrase_tree;
    mod present;
    mod program;
    mod rows;
    mod tag;
    mod word_table;
}
mod diagnostic;
/// The part of the reader of documents that finds words.
#[cfg(feature = "check")]
mod document {
    mod mark;
    mod token;

    pub(crate) use mark::{FILL, MASK, is_mark};
    pub(crate) use token::{Punctuation, RawToken, Word, tokenise};
}
mod error;
mod load;
mod model;
mod suggest;
mod text;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use error::Error;
use load::{File, Pack, PackKind};

/// Where the manifest of the built-in pack stands; it comes first, as when the pack is read at run time.
const MANIFEST: &str = "data/pack.toml";

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed=data");
    for source in
        ["build.rs", "diagnostic.rs", "error.rs", "load.rs", "load", "model.rs", "model", "suggest.rs", "text.rs"]
    {
        println!("cargo:rerun-if-changed=src/{source}");
    }
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    let mut files = Vec::new();
    collect(&root.join("data"), "data", &mut files)?;
    files.sort_by(|(a, _), (b, _)| (a != MANIFEST, a).cmp(&(b != MANIFEST, b)));

    let mut table = String::from("pub(crate) static FILES: &[(&str, &str)] = &[\n");
    for (name, path) in &files {
        let _ = writeln!(table, "    ({name:?}, include_str!({path:?})),");
    }
    table.push_str("];\n");
    fs::write(out.join("builtin.rs"), table)?;

    let read = |(name, path): &(String, PathBuf)| -> io::Result<File> {
        Ok(File { name: name.as_str().into(), text: fs::read_to_string(path)?.into() })
    };
    let files = files.iter().map(read).collect::<io::Result<Vec<File>>>()?;
    // The tests load this data and find no mistake; a mistake is theirs to report, at its place.
    let (records, _) = load::load(&[Pack { kind: PackKind::Builtin, name: MANIFEST.into(), files }]);
    write(&out.join("builtin"), load::pack(&records))?;
    #[cfg(feature = "check")]
    write(&out.join("lexicon"), load::pack(&check::lexicon::Lexicon::new(&records).0))?;
    Ok(())
}

fn write(path: &Path, packed: load::Packing) -> io::Result<()> {
    fs::write(path.with_extension("bin"), packed.numbers)?;
    fs::write(path.with_extension("txt"), packed.texts)
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

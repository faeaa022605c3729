//! Packs as files: which are read, which are turned away, and what is said of them.

use std::path::{Path, PathBuf};
use std::{env, fs, process};

use evidence_claims::{Database, Diagnostic, Report, Severity};

const BASE: &str = include_str!("base.toml");

fn rules(report: &Report) -> Vec<&str> {
    report.diagnostics().iter().map(Diagnostic::rule).collect()
}

/// A directory of its own for one test, gone when the test is over.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Self {
        let path = env::temp_dir().join(format!("evidence-claims-{}-{name}", process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    /// A pack named `acme-spa` with one sound term.
    fn pack(name: &str) -> Self {
        let scratch = Self::new(name);
        scratch.write("pack.toml", "schema = 1\nname = \"acme-spa\"\n");
        scratch.write("terms.toml", "[[term]]\nid = \"stones\"\nclass = \"intervention\"\nlabel = \"warm stones\"\n");
        scratch
    }

    fn write(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        path
    }

    fn check(&self) -> Report {
        Database::builder().pack(&self.0).check()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn a_missing_directory_is_an_error_of_reading() {
    let error = Database::builder().pack("no/such/pack").build().unwrap_err();
    assert!(error.is_io() && !error.is_invalid());
    assert!(error.to_string().contains("no/such/pack"), "{error}");
    let report = Database::builder().pack("no/such/pack").check();
    assert_eq!(rules(&report), ["data/unreadable"]);
    assert_eq!(report.diagnostics()[0].file(), Some("no/such/pack"));
    assert!(report.database().is_none());
}

#[test]
fn a_missing_file_is_an_error_of_reading() {
    let scratch = Scratch::new("missing-file");
    let error = Database::builder().pack(scratch.0.join("claims.toml")).build().unwrap_err();
    assert!(error.is_io());
}

#[test]
fn a_directory_without_manifest_is_no_pack() {
    let scratch = Scratch::new("no-manifest");
    scratch.write("terms.toml", "[[term]]\nid = \"stones\"\n");
    let report = scratch.check();
    assert_eq!(rules(&report), ["data/unreadable"]);
    assert!(report.diagnostics()[0].message().contains("pack.toml"));
}

#[test]
fn a_manifest_needs_a_schema_and_a_name() {
    let scratch = Scratch::new("bare-manifest");
    scratch.write("pack.toml", "[[profile]]\nname = \"quiet\"\nlabel = \"Quiet\"\n");
    assert_eq!(rules(&scratch.check()), ["data/missing-key", "data/missing-key"]);
}

#[test]
fn keys_of_a_manifest_belong_in_the_manifest() {
    let scratch = Scratch::pack("misplaced");
    scratch.write("more.toml", "name = \"other\"\n[[profile]]\nname = \"quiet\"\nlabel = \"Quiet\"\n");
    assert_eq!(rules(&scratch.check()), ["data/unknown-key"]);
}

#[test]
fn a_pack_without_a_record_is_reported() {
    let scratch = Scratch::new("empty-pack");
    scratch.write("pack.toml", "schema = 1\nname = \"acme-spa\"\n");
    assert_eq!(rules(&scratch.check()), ["data/empty-pack"]);
    assert_eq!(rules(&Database::builder().text("empty.toml", "").check()), ["data/empty-pack"]);
    assert_eq!(rules(&Database::builder().text("empty.toml", "\u{feff}# nothing\n").check()), ["data/empty-pack"]);
}

#[test]
fn bytes_that_are_not_utf_8_are_named_with_their_place() {
    let scratch = Scratch::pack("not-utf8");
    scratch.write("claims.toml", b"# fine\nnote = \"caf\xe9\"\n");
    let report = scratch.check();
    assert_eq!(rules(&report), ["data/not-utf8"]);
    assert_eq!(report.diagnostics()[0].message(), "byte 18, on line 2, is not UTF-8");
}

#[test]
fn a_file_of_50_megabytes_is_turned_away_at_once() {
    let scratch = Scratch::pack("too-large");
    let path = scratch.write("huge.toml", "# ");
    fs::OpenOptions::new().write(true).open(path).unwrap().set_len(50_000_000).unwrap();
    let report = scratch.check();
    assert_eq!(rules(&report), ["data/too-large"]);
    assert_eq!(report.diagnostics()[0].message(), "the file is larger than 16 MiB");
}

#[test]
fn all_files_below_a_pack_are_read_and_nothing_else() {
    let scratch = Scratch::pack("nested");
    scratch.write("a/b/c/term.toml", "[[term]]\nid = \"oil\"\nclass = \"intervention\"\nlabel = \"oil\"\n");
    scratch.write("a/notes.txt", "not [ toml");
    scratch.write("a/b/pack.toml.bak", "not [ toml");
    let report = scratch.check();
    let db = report.database().unwrap_or_else(|| panic!("{:?}", report.diagnostics()));
    let ids: Vec<&str> = db.terms().map(|term| term.id()).collect();
    assert_eq!(ids, ["acme-spa:oil", "acme-spa:stones"]);
    assert_eq!(report.files().len(), 3);
}

#[cfg(unix)]
#[test]
fn links_to_directories_are_not_followed() {
    let scratch = Scratch::pack("links");
    std::os::unix::fs::symlink(&scratch.0, scratch.0.join("again")).unwrap();
    assert!(scratch.check().database().is_some());
}

#[cfg(unix)]
#[test]
fn links_to_files_are_followed_inside_the_pack_alone() {
    let scratch = Scratch::pack("links-to-files");
    let elsewhere = Scratch::pack("elsewhere");
    let secret = elsewhere.write("secret.toml", "password = \"open sesame\"\n");
    let inside = scratch.write("terms/oil.txt", "[[term]]\nid = \"oil\"\nclass = \"intervention\"\nlabel = \"oil\"\n");
    std::os::unix::fs::symlink(inside, scratch.0.join("oil.toml")).unwrap();
    assert!(scratch.check().database().is_some_and(|db| db.term("acme-spa:oil").is_some()));
    // The pack itself may be reached by a link.
    let alias = elsewhere.0.join("alias");
    std::os::unix::fs::symlink(&scratch.0, &alias).unwrap();
    assert!(Database::builder().pack(&alias).check().database().is_some());

    std::os::unix::fs::symlink(&secret, scratch.0.join("stolen.toml")).unwrap();
    let report = scratch.check();
    assert_eq!(rules(&report), ["data/unreadable"]);
    assert_eq!(report.diagnostics()[0].message(), "this link leads out of the pack, and is not followed");
    assert!(!report.files().any(|file| file.ends_with("stolen.toml")));
    // So it is with the manifest.
    fs::remove_file(scratch.0.join("stolen.toml")).unwrap();
    fs::rename(scratch.0.join("pack.toml"), elsewhere.0.join("moved.toml")).unwrap();
    std::os::unix::fs::symlink(elsewhere.0.join("moved.toml"), scratch.0.join("pack.toml")).unwrap();
    assert_eq!(rules(&scratch.check()), ["data/unreadable"]);
}

#[cfg(unix)]
#[test]
fn a_pipe_or_a_device_in_a_pack_is_not_read() {
    let scratch = Scratch::pack("pipe");
    let pipe = scratch.0.join("pipe.toml");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    for path in [&*scratch.0, &*pipe, Path::new("/dev/zero")] {
        let report = Database::builder().pack(path).check();
        assert_eq!(rules(&report), ["data/unreadable"]);
        assert_eq!(report.diagnostics()[0].message(), "this is no file but a pipe, a socket or a device");
    }
}

#[cfg(unix)]
#[test]
fn a_link_to_nothing_is_reported_and_the_rest_is_read() {
    let scratch = Scratch::pack("dangling-link");
    std::os::unix::fs::symlink("nowhere.toml", scratch.0.join("broken.toml")).unwrap();
    scratch.write("typo.toml", "[[tern]]\n");
    assert_eq!(rules(&scratch.check()), ["data/unreadable", "data/unknown-key"]);
}

#[test]
fn a_file_named_after_another_record_gets_a_warning_and_loads() {
    let scratch = Scratch::pack("file-name");
    let source = |id: &str| {
        format!(
            "[[source]]\nid = \"{id}\"\ntitle = \"T\"\nauthors = [\"Doe J\"]\nyear = 2011\n\
             doi = \"10.1234/x\"\ndesign = \"survey\"\n"
        )
    };
    scratch.write("sources/doe-2011-one.toml", source("doe-2011-two"));
    scratch.write("sources/doe-2011-three.toml", source("doe-2011-three"));
    let report = scratch.check();
    assert_eq!(rules(&report), ["data/file-name"]);
    assert_eq!(report.diagnostics()[0].severity(), Severity::Warning);
    assert!(report.database().is_some());

    let scratch = Scratch::new("claim-name");
    scratch.write("pack.toml", "schema = 1\nname = \"acme-spa\"\n");
    let (rest, claim) = BASE.split_at(BASE.find("[[claim]]").unwrap());
    let claim = claim.split_at(claim.find("[[rule]]").unwrap()).0;
    scratch.write("base.toml", rest);
    let right = scratch.write("claims/cortisol/cortisol-one-session.toml", claim);
    assert_eq!(rules(&scratch.check()), [""; 0]);
    fs::remove_file(right).unwrap();
    scratch.write("claims/cortisol/misnamed.toml", claim);
    let report = scratch.check();
    let [found] = report.diagnostics() else { panic!("{:?}", report.diagnostics()) };
    assert_eq!(found.message(), "the file `misnamed.toml` is not named after this record");
    assert_eq!(&*found.notes()[0].text, "move it to claims/cortisol/cortisol-one-session.toml, or correct the record");
}

#[test]
fn a_pack_of_another_schema_is_refused_with_the_way_forward() {
    let scratch = Scratch::pack("schema");
    let told = |schema: &str| {
        scratch.write("pack.toml", format!("schema = {schema}\nname = \"acme-spa\"\nnew-key = true\n"));
        let report = scratch.check();
        let told = report.diagnostics().iter().find(|problem| problem.rule() == "data/schema-version");
        let told = told.unwrap_or_else(|| panic!("{:?}", report.diagnostics()));
        let notes: Vec<String> = told.notes().iter().map(|note| note.text.to_string()).collect();
        (report.diagnostics().len(), format!("{}; {}", told.message(), notes.join("; ")))
    };
    // What is newer may hold anything, so that nothing else is said of it.
    let newer = "schema 9 is not known; this version reads schema 1; the file was written for a newer one; install a newer evidence-claims";
    assert_eq!(told("9"), (1, newer.to_owned()));
    // There was never an older one; the rest of the file is read as schema 1.
    assert_eq!(told("0"), (2, "schema 0 is not known; write schema = 1".to_owned()));
}

#[test]
fn directories_may_be_nested_32_deep_and_no_deeper() {
    let scratch = Scratch::pack("deep");
    let term = "[[term]]\nid = \"pebbles\"\nclass = \"intervention\"\nlabel = \"pebbles\"\n";
    scratch.write(&format!("{}pebbles.toml", "a/".repeat(32)), term);
    let report = scratch.check();
    assert_eq!(rules(&report), [""; 0]);
    assert!(report.readable().term("acme-spa:pebbles").is_some());
    scratch.write(&format!("{}more.toml", "a/".repeat(33)), "");
    let report = scratch.check();
    let [found] = report.diagnostics() else { panic!("{:?}", report.diagnostics()) };
    assert_eq!((found.rule(), found.message()), ("data/unreadable", "directories are nested more than 32 deep"));
    assert!(report.readable().term("acme-spa:pebbles").is_some(), "what lies above is read");
}

#[test]
fn a_file_may_hold_16_mebibytes_and_not_a_byte_more() {
    let scratch = Scratch::pack("large");
    let mut text = "[[term]]\nid = \"pebbles\"\nclass = \"intervention\"\nlabel = \"pebbles\"\n#".to_owned();
    text.extend(std::iter::repeat_n(' ', (16 << 20) - text.len()));
    scratch.write("large.toml", &text);
    assert_eq!(rules(&scratch.check()), [""; 0]);
    scratch.write("large.toml", text + " ");
    assert_eq!(rules(&scratch.check()), ["data/too-large"]);
}

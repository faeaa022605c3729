//! The language server in an editor that is not ours: Neovim, without a screen. What a person sees there is kept in
//! `tests/neovim/transcript.txt`; `SNAPSHOTS=overwrite cargo test -p evidence-claims-cli --test neovim` writes it anew.

use std::fs;
use std::path::Path;
use std::process::Command;

use snapbox::Assert;

const PAGE: &str = "# Massage\n\nA single massage lowers *cortisol*.\n\nOur massage reduces back pain.\n";

#[test]
fn neovim_shows_findings_hovers_and_applies_code_actions() {
    if Command::new("nvim").arg("--version").output().is_err() {
        println!("no Neovim on this machine: not tested here (Debian: apt-get install neovim)");
        return;
    }
    let directory = tempfile::tempdir().unwrap();
    fs::write(directory.path().join("page.md"), PAGE).unwrap();
    let script = Path::new("tests/neovim/session.lua").canonicalize().unwrap();
    let run = Command::new("nvim")
        .args(["--headless", "--clean", "-n", "-S"])
        .arg(&script)
        .current_dir(directory.path())
        .env("CLAIMS", env!("CARGO_BIN_EXE_claims"))
        .env("PAGE", "page.md")
        // Its log has no place in the home of whoever runs tests.
        .env("XDG_STATE_HOME", directory.path())
        .env("XDG_CACHE_HOME", directory.path())
        .output()
        .unwrap();
    let seen = String::from_utf8_lossy(&run.stdout).replace("\r\n", "\n");
    assert!(run.status.success(), "{seen}{}", String::from_utf8_lossy(&run.stderr));
    Assert::new().action_env("SNAPSHOTS").eq(seen, snapbox::file!["neovim/transcript.txt"].raw());
}

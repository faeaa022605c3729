//! The picture of two findings that the README shows: what the command really prints, drawn.
//!
//! `SNAPSHOTS=overwrite cargo test -p evidence-claims-cli --test picture` draws it anew after a change of words or evidence.

use std::process::Command;

use anstyle_svg::{Palette, Term};
use snapbox::Assert;

#[test]
fn the_picture_shows_what_the_command_prints() {
    let run = Command::new(env!("CARGO_BIN_EXE_claims"))
        .args(["check", "benefits.md", "--color", "always"])
        .current_dir("tests/pages/picture")
        .env("COLUMNS", "92")
        .env("LC_ALL", "C.UTF-8")
        .output()
        .unwrap();
    assert_eq!(run.status.code(), Some(1), "{}", String::from_utf8_lossy(&run.stderr));
    let screen = format!(
        "\u{1b}[90m$\u{1b}[0m \u{1b}[1mclaims check benefits.md\u{1b}[0m\n{}",
        String::from_utf8(run.stdout).unwrap()
    );
    let picture = term().render_svg(screen.trim_end());
    Assert::new().action_env("SNAPSHOTS").eq(picture, snapbox::file!["../../docs/src/pictures/check.svg"].raw());
}

/// Calm colours on a dark ground, readable on light and dark pages.
fn term() -> Term {
    const fn rgb(hex: u32) -> anstyle::RgbColor {
        anstyle::RgbColor((hex >> 16) as u8, (hex >> 8) as u8, hex as u8)
    }
    const DARK: [u32; 8] = [0x3b_4252, 0xe0_6c75, 0x98_c379, 0xe5_c07b, 0x61_afef, 0xc6_78dd, 0x56_b6c2, 0xd0_d4dc];
    const LIGHT: [u32; 8] = [0x7f_8695, 0xf4_7c7c, 0xa6_d189, 0xf0_c674, 0x7a_b6f5, 0xd8_9bf0, 0x72_c9d4, 0xff_ffff];
    let mut colors = [rgb(0); 16];
    for (color, hex) in colors.iter_mut().zip(DARK.into_iter().chain(LIGHT)) {
        *color = rgb(hex);
    }
    Term::new().palette(Palette(colors)).fg_color(rgb(0xd7_dbe2).into()).bg_color(rgb(0x1e_222a).into()).min_width_px(0)
}

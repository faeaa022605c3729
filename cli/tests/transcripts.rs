//! Every command as a reader would type it, with what it prints. The pages are in `transcripts/` and can be read as a manual;
//! `TRYCMD=overwrite cargo test -p evidence-claims-cli --test transcripts` writes them anew.

#[test]
fn commands_print_what_the_transcripts_say() {
    trycmd::TestCases::new().env("COLUMNS", "88").env("LC_ALL", "C.UTF-8").case("tests/transcripts/*.md");
}

#[test]
fn a_narrow_window_gets_narrow_plots() {
    trycmd::TestCases::new().env("COLUMNS", "60").env("LC_ALL", "C.UTF-8").case("tests/narrow/*.md");
}

#[test]
fn a_locale_without_unicode_gets_ascii() {
    trycmd::TestCases::new().env("COLUMNS", "88").env("LC_ALL", "C").case("tests/ascii/*.md");
}

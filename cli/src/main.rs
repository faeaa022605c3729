//! The program `claims`. All of it is in the library beside it, so that the fuzzer can reach what reads strangers' bytes.

use std::process::ExitCode;

fn main() -> ExitCode {
    evidence_claims_cli::run()
}

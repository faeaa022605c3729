//! Ctrl-C: a file that is being written is written to its end, then the program ends at once.

use std::sync::{Mutex, MutexGuard, Once, PoisonError};

/// How shells write down that a program was interrupted.
const INTERRUPTED: i32 = 130;

/// Held while a file is written.
static WRITING: Mutex<()> = Mutex::new(());

/// From now on, Ctrl-C ends the program with the status of an interrupted one, and never between two halves of a file.
pub(crate) fn expect() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // Without a handler the system ends the program, which is nearly as good.
        let _ = ctrlc::set_handler(|| {
            let _whole = WRITING.lock();
            std::process::exit(INTERRUPTED);
        });
    });
}

/// Lets Ctrl-C wait for as long as the value lives.
pub(crate) fn hold_off() -> MutexGuard<'static, ()> {
    expect();
    WRITING.lock().unwrap_or_else(PoisonError::into_inner)
}

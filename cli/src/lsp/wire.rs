//! Messages in and out. What is no message is skipped: an editor's slip must not end the server.

use std::io::{self, BufRead, Read, Write};
use std::thread::{self, JoinHandle};

use lsp_server::{Connection, Message};

use crate::stop::complain;

/// The most bytes that a message may have.
const LONGEST: usize = 64 << 20;
/// The most bytes that a line of a header may have.
const LONGEST_LINE: u64 = 4 << 10;

/// Starts to read and to write. The thread that writes ends when the connection is dropped.
pub(super) fn open(
    mut input: impl BufRead + Send + 'static,
    mut output: impl Write + Send + 'static,
) -> (Connection, JoinHandle<()>) {
    let (ours, theirs) = Connection::memory();
    let Connection { sender, receiver } = theirs;
    // Nobody waits for this thread: it may never hear that the editor has gone.
    thread::spawn(move || {
        while let Ok(Some(message)) = read(&mut input) {
            match message {
                Ok(message) => {
                    if sender.send(message).is_err() {
                        break;
                    }
                }
                Err(problem) => complain(format!("skipped what the editor sent: {problem}")),
            }
        }
    });
    let writer = thread::spawn(move || {
        for message in receiver {
            if message.write(&mut output).and_then(|()| output.flush()).is_err() {
                break;
            }
        }
    });
    (ours, writer)
}

/// The next message, or what is wrong with it; `None` at the end.
fn read(input: &mut impl BufRead) -> io::Result<Option<Result<Message, String>>> {
    let mut length = None;
    loop {
        let mut line = Vec::new();
        if input.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        let line = String::from_utf8_lossy(&line);
        let line = line.trim();
        if line.is_empty() {
            // Lines between messages are no message of their own.
            match length {
                Some(length) => return body(input, length),
                None => continue,
            }
        }
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse::<usize>().ok();
        }
    }
}

fn body(input: &mut impl BufRead, length: usize) -> io::Result<Option<Result<Message, String>>> {
    if length > LONGEST {
        io::copy(&mut input.by_ref().take(length as u64), &mut io::sink())?;
        return Ok(Some(Err(format!("a message of {length} bytes"))));
    }
    let mut bytes = vec![0; length];
    input.read_exact(&mut bytes)?;
    Ok(Some(serde_json::from_slice(&bytes).map_err(|error| error.to_string())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_message_is_skipped() {
        let exit = r#"{"jsonrpc":"2.0","method":"exit"}"#;
        let text = format!(
            "nonsense\r\n\r\nContent-Length: 3\r\n\r\n{{{{{{content-length: {}\r\nX: y\r\n\r\n{exit}Content-Length: 9999999999\r\n\r\n",
            exit.len()
        );
        let mut input = text.as_bytes();
        assert!(read(&mut input).unwrap().unwrap().is_err());
        let message = read(&mut input).unwrap().unwrap().unwrap();
        assert!(matches!(message, Message::Notification(exit) if exit.method == "exit"));
        assert!(read(&mut input).unwrap().unwrap().is_err(), "too long");
        assert!(read(&mut input).unwrap().is_none());
    }
}

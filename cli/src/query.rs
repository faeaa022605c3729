//! From the words of a query to a [`Query`], or to an error that points at the character.

use evidence_claims::{Database, Query};

use crate::stop::Stop;
use crate::style::{self, paint};
use crate::terminal::Terminal;
use crate::window::columns;
use crate::wrap;

/// Reads the arguments of a query, which are parted by spaces once more. A name that nothing has is a slip of whoever typed it.
pub(crate) fn read(words: &[String], database: &Database, terminal: Terminal) -> Result<Query, Stop> {
    let text = words.iter().map(|word| word.trim()).collect::<Vec<_>>().join(" ");
    let verified = text.parse::<Query>().and_then(|query| query.verify(database).map(|()| query));
    verified.map_err(|error| {
        let span = error.span().unwrap_or_default();
        let before = columns(text.get(..span.start()).unwrap_or(&text));
        let wide = columns(span.of(&text)).max(1);
        let carets = format!("{}{}", " ".repeat(before), paint(style::ERROR, "^".repeat(wide)));
        let reason = wrap::paragraph(&error.to_string(), terminal.width, 2, 0);
        Stop(format!("cannot read the query\n  {}\n  {carets}\n{}", style::clean(&text), reason.trim_end()))
    })
}

//! From the words of a query to a [`Query`], or to an error that points at the character.

use evidence_claims::Query;

use crate::stop::Stop;
use crate::style::{self, paint};
use crate::window::columns;

/// Reads the arguments of a query, which are parted by spaces once more.
pub(crate) fn query(words: &[String]) -> Result<Query, Stop> {
    let text = words.join(" ");
    if let Some(option) = words.iter().find(|word| word.starts_with("--")) {
        return Err(Stop(format!("there is no option `{option}`; `--help` lists them")));
    }
    text.parse::<Query>().map_err(|error| {
        let Some(span) = error.span() else { return Stop(error.to_string()) };
        let before = columns(text.get(..span.start()).unwrap_or(&text));
        let wide = columns(span.of(&text)).max(1);
        let carets = format!("{}{}", " ".repeat(before), paint(style::ERROR, "^".repeat(wide)));
        Stop(format!("cannot read the query: {error}\n  {}\n  {carets}", style::clean(&text)))
    })
}

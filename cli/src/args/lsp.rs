//! Options of `claims lsp`.

use evidence_claims::Date;

/// `claims lsp`
#[derive(Debug, clap::Args)]
pub(crate) struct LspArgs {
    /// Use the severities of a jurisdiction, such as uk-cap
    #[arg(long, value_name = "NAME")]
    pub(crate) profile: Option<String>,

    /// Day that counts as today for what is kept until a day
    #[arg(long, value_name = "DATE")]
    pub(crate) today: Option<Date>,

    /// Talk over standard input and output, which is the only way; some editors say so
    #[arg(long, hide = true)]
    pub(crate) stdio: bool,
}

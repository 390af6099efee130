//! Arguments.

use clap::Args;
use std::path::PathBuf;

/// `elitige explain`.
#[derive(Debug, Args)]
pub struct Explain {
    /// One JSON object a line, one for each file.
    #[arg(long)]
    pub json: bool,
    /// DNS TXT records for the sender's authentication, as {"name": ["TXT", …]}; nothing is asked of the network.
    #[arg(long, value_name = "ZONE.json")]
    pub dns: Option<PathBuf>,
    /// The moment at which signatures are judged, like 2026-11-23T09:00:00Z.
    #[arg(long, value_name = "TIME")]
    pub at: Option<String>,
    /// Folder with the phrases; the built-in ones where it is not given.
    #[arg(long, value_name = "DIR")]
    pub config: Option<PathBuf>,
    /// Mails.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
}

//! `elitige merchants` on the command line.

use clap::Subcommand;
use std::path::PathBuf;

/// `elitige merchants`.
#[derive(Debug, Subcommand)]
pub enum Merchants {
    /// Take over a table of merchants (CSV); nothing of it if one line is wrong.
    Import {
        /// The table. Its columns stand in README.md.
        #[arg(value_name = "FILE.csv")]
        file: PathBuf,
    },
    /// Every merchant: identifier, name, how it came into the registry, how many addresses.
    List {
        /// One JSON object a line, one for each merchant.
        #[arg(long)]
        json: bool,
    },
    /// One merchant with everything that is known of it.
    Show {
        /// Its identifier, a name, a domain or a handle.
        name: String,
    },
    /// Say that an address is the merchant's: the registrar is offered it.
    Confirm {
        /// Its identifier, a name, a domain or a handle.
        name: String,
        /// The address.
        address: String,
    },
}

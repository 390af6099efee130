//! The command line (DESIGN §11): a contract that other tools depend on.

mod case;
mod merchants;

pub use case::{Case, Contact, Side};
pub use merchants::Merchants;

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Confidential dispute resolution between online buyers and sellers, by e-mail.
#[derive(Debug, Parser)]
#[command(name = "elitige", version, about, arg_required_else_help = true, max_term_width = 100)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// Where the configuration is.
#[derive(Debug, Args, Clone)]
pub struct ConfigFolder {
    /// Folder with service.toml, workflows, calendar and phrases.
    #[arg(long, value_name = "DIR", default_value = "config", global = true)]
    pub config: PathBuf,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run the daemon until it is told to stop.
    Run {
        /// Where the configuration is.
        #[command(flatten)]
        folder: ConfigFolder,
        /// How much is logged; what service.toml says where it is not given. Nothing logged ever names a person or quotes a mail.
        #[arg(long, value_enum)]
        log: Option<LogLevel>,
    },
    /// Make the key file and the database, and say what to back up.
    Init {
        /// Where the configuration is.
        #[command(flatten)]
        folder: ConfigFolder,
    },
    /// Say every fault in the configuration and the letters; with --store, in the database too.
    Check {
        /// Where the configuration is.
        #[command(flatten)]
        folder: ConfigFolder,
        /// Also prove that every mail, letter and dispute is in a state that exists.
        #[arg(long)]
        store: bool,
    },
    /// Connect to each mailbox, the outgoing server and the database, and say what is wrong with them.
    Doctor {
        /// Where the configuration is.
        #[command(flatten)]
        folder: ConfigFolder,
        /// Send each mailbox a mail with forged authentication results, see what its provider makes of them, and remove it.
        /// Mailboxes with trusts_results_of get one anyway.
        #[arg(long)]
        canary: bool,
    },
    /// Say what the service reads in each mail and what it would do. No network, no database.
    Explain(Explain),
    /// Tell a story dry and compare it with what was recorded.
    Tell {
        /// Where the configuration is.
        #[command(flatten)]
        folder: ConfigFolder,
        /// Stories to tell.
        #[arg(required = true, value_name = "FILE.story")]
        files: Vec<PathBuf>,
        /// Record what happens instead of comparing it.
        #[arg(long)]
        update: bool,
    },
    /// Look at disputes, and decide what a person must decide.
    Case {
        /// Where the configuration is.
        #[command(flatten)]
        folder: ConfigFolder,
        /// What to do.
        #[command(subcommand)]
        action: Case,
    },
    /// Print the charter that both sides accept before a mediation begins, with its version and digest.
    Charter {
        /// Where the configuration is.
        #[command(flatten)]
        folder: ConfigFolder,
        /// In which language: fr, ar or en.
        #[arg(long, default_value = "fr")]
        language: String,
        /// The edition with that digest, or the only one whose digest begins with those 8 digits or more, as letters and disputes name it;
        /// the one in force where it is not given.
        #[arg(long, value_name = "DIGEST")]
        digest: Option<String>,
    },
    /// Look at mails that wait for a person, and decide about them.
    Held {
        /// Where the configuration is.
        #[command(flatten)]
        folder: ConfigFolder,
        /// What to do.
        #[command(subcommand)]
        action: Held,
    },
    /// List the mediators: languages, open missions, absences; for a case, who would be given it and why.
    Mediators {
        /// Where the configuration is.
        #[command(flatten)]
        folder: ConfigFolder,
        /// Case reference, like EL-7K3Q-9XWC.
        #[arg(long, value_name = "REFERENCE")]
        case: Option<String>,
    },
    /// Look at letters that have not arrived.
    Outbox {
        /// Where the configuration is.
        #[command(flatten)]
        folder: ConfigFolder,
        /// What to do.
        #[command(subcommand)]
        action: Outbox,
    },
    /// Look at the registry of merchants, and fill it.
    Merchants {
        /// Where the configuration is.
        #[command(flatten)]
        folder: ConfigFolder,
        /// What to do.
        #[command(subcommand)]
        action: Merchants,
    },
    /// Check, draw or play a workflow.
    Workflow {
        /// Where the configuration is.
        #[command(flatten)]
        folder: ConfigFolder,
        /// What to do.
        #[command(subcommand)]
        action: Workflow,
    },
    /// Prove that no journal was changed.
    Verify {
        /// Where the configuration is.
        #[command(flatten)]
        folder: ConfigFolder,
    },
    /// Read mails from standard input; started by the daemon only.
    #[command(hide = true)]
    ReadWorker,
}

/// How much is logged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogLevel {
    /// Only what somebody must mend.
    Error,
    /// Also what mends itself.
    Warn,
    /// Also what was done.
    Info,
    /// Also how.
    Debug,
    /// Everything.
    Trace,
}

impl LogLevel {
    /// The word used in `service.toml`.
    pub fn name(self) -> &'static str {
        match self {
            LogLevel::Error => "error",
            LogLevel::Warn => "warn",
            LogLevel::Info => "info",
            LogLevel::Debug => "debug",
            LogLevel::Trace => "trace",
        }
    }
}

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

/// `elitige held`.
#[derive(Debug, Subcommand)]
pub enum Held {
    /// Every mail that waits: number, why, since when.
    List,
    /// One mail: why it waits, whose it may be, what would follow from its release, and what it says.
    Show {
        /// Its number.
        #[arg(value_parser = number)]
        number: i64,
        /// The mail as it came, on standard output, and nothing else.
        #[arg(long)]
        raw: bool,
    },
    /// Have a mail heard, never with legal weight: as a party's words, or as a newcomer's complaint.
    Release {
        /// Its number.
        #[arg(value_parser = number)]
        number: i64,
        /// Whose words it is; without it, whose it most likely is.
        #[arg(long = "as", value_enum, value_name = "ROLE", conflicts_with = "new")]
        role: Option<Speaks>,
        /// In which dispute; without it, in the one that it most likely belongs to.
        #[arg(long = "in", value_name = "REFERENCE", conflicts_with = "new")]
        reference: Option<String>,
        /// A newcomer's complaint.
        #[arg(long)]
        new: bool,
    },
    /// Keep a mail with a dispute, with no other effect.
    Attach {
        /// Its number.
        #[arg(value_parser = number)]
        number: i64,
        /// Case reference.
        reference: String,
    },
    /// Put a mail aside. Its bytes are kept as long as those of any mail.
    Discard {
        /// Its number.
        #[arg(value_parser = number)]
        number: i64,
    },
}

/// Whose words a mail is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Speaks {
    /// The consumer's.
    Consumer,
    /// The merchant's.
    Merchant,
}

/// `elitige outbox`.
#[derive(Debug, Subcommand)]
pub enum Outbox {
    /// Every letter that has not arrived: number, state, attempts.
    List,
    /// Try a letter again now.
    Retry {
        /// Its number.
        number: String,
    },
    /// Stop a letter that waits to be sent, until it is tried again.
    Stop {
        /// Its number.
        number: String,
    },
}

/// `elitige workflow`.
#[derive(Debug, Subcommand)]
pub enum Workflow {
    /// Say every fault in the workflows.
    Check,
    /// Draw a workflow.
    Graph {
        /// Its name.
        #[arg(default_value = "mediation")]
        name: String,
        /// In which notation.
        #[arg(long, value_enum, default_value_t = Drawing::Mermaid)]
        format: Drawing,
    },
    /// Play disputes at random, with no mail and no database, and say how they end.
    Simulate {
        /// Its name.
        #[arg(default_value = "mediation")]
        name: String,
        /// How many.
        #[arg(long, value_name = "N", default_value_t = 1_000, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
        disputes: u32,
        /// The same seed plays the same disputes.
        #[arg(long, value_name = "S", default_value_t = 1)]
        seed: u64,
        /// One JSON object.
        #[arg(long)]
        json: bool,
    },
}

/// In which notation a workflow is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Drawing {
    /// Mermaid.
    Mermaid,
    /// Graphviz.
    Dot,
    /// A picture that any browser shows.
    Svg,
}

/// The number of a mail.
fn number(text: &str) -> Result<i64, &'static str> {
    text.parse().map_err(|_| "write a number as `elitige held list` or `elitige case show` shows it")
}

//! What `elitige case` is told.

use clap::{Subcommand, ValueEnum};

/// `elitige case`.
#[derive(Debug, Subcommand)]
pub enum Case {
    /// Every dispute: reference, state, since when, until when.
    List,
    /// One dispute with its file and its journal.
    Show {
        /// Case reference, like EL-7K3Q-9XWC.
        reference: String,
    },
    /// Admit a complaint and invite the merchant.
    Admit {
        /// Case reference.
        reference: String,
        /// Where the merchant is written to; the contact in the complaint where it is not given.
        #[arg(long, value_name = "ADDRESS")]
        merchant: Option<String>,
        /// Language of the merchant's letters: fr, ar or en.
        #[arg(long)]
        language: Option<String>,
    },
    /// Name the mediator of a dispute; only those of service.toml can be named.
    Assign {
        /// Case reference.
        reference: String,
        /// The mediator's address.
        mediator: String,
    },
    /// Make a dispute a part of another one of the same consumer: what is written to it is heard there.
    Merge {
        /// Case reference of the one that ends.
        reference: String,
        /// Case reference of the one that goes on.
        into: String,
    },
    /// Take mails of another matter out of a dispute: they begin one of their own, with the same consumer.
    Split {
        /// Case reference of the one that they are in.
        reference: String,
        /// Number of a mail, as `elitige case show` lists it.
        #[arg(required = true, value_parser = super::number)]
        mails: Vec<i64>,
    },
    /// Close a complaint that cannot be admitted.
    Reject {
        /// Case reference.
        reference: String,
        /// Why, like R_SCOPE.
        reason: String,
    },
    /// Let the consumer write to the merchant first: the complaint rests for thirty days.
    Park {
        /// Case reference.
        reference: String,
    },
    /// Let the consumer name another merchant, because the one that was invited is the wrong one.
    Reroute {
        /// Case reference.
        reference: String,
    },
    /// Take a closed dispute up again where it stood: within thirty days of its end, ninety if it was never completed.
    Reopen {
        /// Case reference.
        reference: String,
    },
    /// Ask both sides whether something may be told to a third person: only what both allow, with a code, may be told, and the service tells nothing itself.
    Disclose {
        /// Case reference.
        reference: String,
        /// Who asks for it.
        #[arg(long, value_name = "WORDS")]
        by: String,
        /// Who would be told.
        #[arg(long, value_name = "WORDS")]
        to: String,
        /// Exactly what would be told.
        #[arg(long, value_name = "WORDS")]
        items: String,
        /// What for.
        #[arg(long, value_name = "WORDS")]
        purpose: String,
        /// The last day on which it may be told, like 2027-01-31.
        #[arg(long, value_name = "DAY")]
        until: String,
    },
    /// Note that you told a third person what both sides allow, and nothing else.
    Disclosed {
        /// Case reference.
        reference: String,
    },
    /// Note what you told a third person although nobody was asked: because of a law, a danger, to enforce the agreement, or for a supervising authority.
    DiscloseUnasked {
        /// Case reference.
        reference: String,
        /// Why nobody's consent is needed: law, threat, enforcement or authority.
        #[arg(long, value_name = "GROUND")]
        ground: String,
        /// Who was told.
        #[arg(long, value_name = "WORDS")]
        to: String,
        /// Exactly what was told; not with `--ground enforcement`, where that is the agreement and nothing else.
        #[arg(long, value_name = "WORDS", default_value = "")]
        items: String,
        /// The law, the order, the danger: both sides read it.
        #[arg(long, value_name = "WORDS")]
        reason: String,
        /// Do not tell both sides, because a law forbids it or somebody would be in danger: only with `law` and `threat`.
        #[arg(long)]
        untold: bool,
    },
    /// Close what a clock prepared: a silent merchant, an agreement that was not honoured.
    Close {
        /// Case reference.
        reference: String,
    },
    /// Stop everything that binds in a dispute until it is released: for a mailbox that may be in strange hands.
    Hold {
        /// Case reference.
        reference: String,
    },
    /// Let a dispute that is on hold go on.
    Release {
        /// Case reference.
        reference: String,
    },
    /// Look at the further addresses that may write for somebody, add one or take one away.
    Contact {
        /// What to do.
        #[command(subcommand)]
        action: Contact,
    },
    /// Destroy the key of a closed dispute, and with it everything that was written in it. It cannot be undone.
    Erase {
        /// Case reference.
        reference: String,
    },
}

/// `elitige case contact`.
#[derive(Debug, Subcommand)]
pub enum Contact {
    /// Let a further address write for somebody, who is told of it at the registered address.
    Add {
        /// Case reference.
        reference: String,
        /// For whom it writes.
        #[arg(long, value_enum)]
        of: Side,
        /// The address.
        address: String,
        /// As what: other-address, colleague, representative, or mandated, who may also bind.
        #[arg(long = "as", value_name = "STANDING")]
        standing: String,
        /// What you have seen that gives a mandate; kept in the journal.
        #[arg(long, value_name = "WORDS")]
        mandate: Option<String>,
    },
    /// Take a further address away.
    Remove {
        /// Case reference.
        reference: String,
        /// For whom it writes.
        #[arg(long, value_enum)]
        of: Side,
        /// The address.
        address: String,
    },
    /// Every further address of a dispute.
    List {
        /// Case reference.
        reference: String,
    },
}

/// One of the two sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Side {
    /// Who bought.
    Consumer,
    /// Who sold.
    Merchant,
}

//! What may be wrong with a running service, as it is told to whoever looks after it: no address, no case, nothing that anybody wrote.

/// One thing that is wrong now.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Finding {
    /// A mailbox was not read to its end for too long.
    MailboxUnread {
        /// Its name in service.toml.
        mailbox: String,
    },
    /// A mail lies in a mailbox for too long and was not heard.
    MailWaits {
        /// The mailbox's name in service.toml.
        mailbox: String,
    },
    /// The provider refuses the authorization with which somebody logs in (OAuth 2), until a person grants it anew.
    AuthorizationRefused {
        /// The mailbox's name in service.toml, `smtp` or `smtp.sent`.
        login: String,
    },
    /// Letters that are due do not leave.
    LettersLate,
    /// Deadlines that are due do not ring.
    DeadlinesLate,
    /// Of many letters nobody knows whether they arrived.
    LettersUncertain,
    /// The certificate of a mail server ends soon.
    CertificateEnds {
        /// The mailbox's name in service.toml, or `smtp`.
        server: String,
    },
    /// The file of the master key cannot be read any more: the next start would fail.
    KeyGone,
    /// The disk of the database is nearly full; no mail is fetched until there is room.
    DiskFull,
    /// The clock of this machine cannot be right.
    ClockWrong,
    /// A registrar's address takes no letters.
    OperatorUnreachable,
    /// What was written last was written at a time that is still to come: the clock was ahead then, or is behind now.
    TimesAhead,
    /// The database does not answer.
    StoreSilent,
    /// A file of the database was replaced or removed: no mail is taken and no letter sent before the service was started again.
    StoreReplaced,
    /// The database is damaged: no mail is taken and no letter sent.
    StoreDamaged,
}

impl Finding {
    /// Every kind of finding by its word in the page of the service's health.
    pub const NAMES: [&'static str; 15] = [
        "mailbox-unread",
        "mail-waits",
        "authorization-refused",
        "letters-late",
        "deadlines-late",
        "letters-uncertain",
        "certificate-ends",
        "key-gone",
        "disk-full",
        "clock-wrong",
        "operator-unreachable",
        "times-ahead",
        "store-silent",
        "store-replaced",
        "store-damaged",
    ];

    /// Its word in the page of the service's health.
    pub fn name(&self) -> &'static str {
        match self {
            Finding::MailboxUnread { .. } => "mailbox-unread",
            Finding::MailWaits { .. } => "mail-waits",
            Finding::AuthorizationRefused { .. } => "authorization-refused",
            Finding::LettersLate => "letters-late",
            Finding::DeadlinesLate => "deadlines-late",
            Finding::LettersUncertain => "letters-uncertain",
            Finding::CertificateEnds { .. } => "certificate-ends",
            Finding::KeyGone => "key-gone",
            Finding::DiskFull => "disk-full",
            Finding::ClockWrong => "clock-wrong",
            Finding::OperatorUnreachable => "operator-unreachable",
            Finding::TimesAhead => "times-ahead",
            Finding::StoreSilent => "store-silent",
            Finding::StoreReplaced => "store-replaced",
            Finding::StoreDamaged => "store-damaged",
        }
    }

    /// Whether nothing may be written any more, not even a letter that tells it.
    pub fn silences(&self) -> bool {
        matches!(self, Finding::StoreReplaced | Finding::StoreDamaged)
    }

    /// What it is about, where it is about one of several: a name of service.toml.
    pub fn about(&self) -> Option<&str> {
        match self {
            Finding::MailboxUnread { mailbox } | Finding::MailWaits { mailbox } => Some(mailbox),
            Finding::AuthorizationRefused { login } => Some(login),
            Finding::CertificateEnds { server } => Some(server),
            _ => None,
        }
    }
}

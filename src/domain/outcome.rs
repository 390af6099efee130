//! The closed lists of how things end: a mail, and a dispute.

use serde::{Deserialize, Serialize};
use std::fmt;

macro_rules! words {
    ($(#[$meta:meta])* $type:ident { $($variant:ident $name:literal $doc:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum $type { $(#[doc = $doc] #[serde(rename = $name)] $variant,)+ }

        impl $type {
            /// Every one of them.
            pub const ALL: &'static [$type] = &[$($type::$variant),+];

            /// The word used in files, in the store and on the command line.
            pub fn name(self) -> &'static str {
                match self { $($type::$variant => $name,)+ }
            }

            /// What it means, in a sentence.
            pub fn meaning(self) -> &'static str {
                match self { $($type::$variant => $doc,)+ }
            }

            /// Reads such a word.
            pub fn parse(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.name() == name)
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.name())
            }
        }
    };
}

words! {
    /// How a dispute ended (DOMAIN §2.7, the part that the mediation workflow reaches).
    Outcome {
        SettledPerformed "SETTLED_PERFORMED" "The agreement was reached and performed.",
        SettledPerformedLate "SETTLED_PERFORMED_LATE" "The agreement was reached, and performed after it had been said that it was not.",
        SettledPresumed "SETTLED_PRESUMED" "The merchant says it was performed and the consumer did not answer.",
        SettledDirect "SETTLED_DIRECT" "The parties settled it by themselves.",
        AgreementNotHonoured "AGREEMENT_NOT_HONOURED" "The agreement was not performed.",
        NoAgreement "NO_AGREEMENT" "The mediation ended without agreement.",
        NoAgreementTime "NO_AGREEMENT_TIME" "The mediation had lasted as long as it may, without agreement.",
        MerchantRefused "MERCHANT_REFUSED" "The merchant did not wish to take part.",
        MerchantSilent "MERCHANT_SILENT" "The merchant did not answer.",
        MerchantUnreachable "MERCHANT_UNREACHABLE" "No address of the merchant works.",
        WithdrawnConsumer "WITHDRAWN_CONSUMER" "The consumer withdrew the complaint.",
        EndedByConsumer "ENDED_BY_CONSUMER" "The consumer ended it.",
        EndedByMerchant "ENDED_BY_MERCHANT" "The merchant ended it.",
        EndedByMediator "ENDED_BY_MEDIATOR" "The mediator ended it; the reason stays with the service.",
        CourtSeized "COURT_SEIZED" "A party brought the matter before a court.",
        InterruptedLapsed "INTERRUPTED_LAPSED" "It was paused and nobody resumed it.",
        LapsedIncomplete "LAPSED_INCOMPLETE" "The complaint was never completed or confirmed.",
        LapsedNoFollowup "LAPSED_NO_FOLLOWUP" "The consumer was to write to the merchant first and did not come back.",
        DuplicateMerged "DUPLICATE_MERGED" "It became part of another dispute, in which it goes on.",
        Inadmissible "INADMISSIBLE" "The registrar could not admit it; the reason is kept beside.",
        SvcResolved "SVC_RESOLVED" "The customer service resolved it.",
        SvcEscalated "SVC_ESCALATED" "The consumer took it to mediation, where it is a new dispute.",
        SvcUnresolved "SVC_UNRESOLVED" "The customer service told its final position, and the consumer did not go on.",
        SvcLapsed "SVC_LAPSED" "The consumer did not answer the customer service.",
        SvcWithdrawn "SVC_WITHDRAWN" "The consumer took the complaint to the customer service back.",
    }
}

words! {
    /// How both sides came to their agreement (DOMAIN §2.7); what became of it is the [`Outcome`].
    Settled {
        Granted "SETTLED_GRANTED" "The merchant granted the request.",
        Offer "SETTLED_OFFER" "The parties agreed on an offer, without a mediator.",
        Mediated "SETTLED_MEDIATED" "The parties agreed in a mediation.",
    }
}

impl Outcome {
    /// Whether only a dispute of a customer service ends so.
    pub fn is_of_service(self) -> bool {
        matches!(self, Outcome::SvcResolved | Outcome::SvcEscalated | Outcome::SvcUnresolved | Outcome::SvcLapsed | Outcome::SvcWithdrawn)
    }

    /// For how many days after its end a dispute that ended so can be taken up again (DOMAIN §2.5 `reopen`); `None` if never. What was presumed, or held
    /// against somebody, can be put right.
    pub fn days_to_reopen(self) -> Option<i64> {
        match self {
            Outcome::LapsedIncomplete => Some(90),
            Outcome::LapsedNoFollowup
            | Outcome::InterruptedLapsed
            | Outcome::MerchantSilent
            | Outcome::MerchantRefused
            | Outcome::MerchantUnreachable
            | Outcome::NoAgreement
            | Outcome::SettledPresumed
            | Outcome::AgreementNotHonoured
            | Outcome::EndedByConsumer
            | Outcome::EndedByMerchant
            | Outcome::WithdrawnConsumer
            | Outcome::Inadmissible => Some(30),
            _ => None,
        }
    }
}

words! {
    /// Why a mail waits for a person.
    HeldReason {
        Unreadable "unreadable" "Reading it failed twice, or killed the reader.",
        TooLarge "too-large" "It is larger than the limit.",
        NotAuthenticated "not-authenticated" "It claims to be from somebody known, and nothing proves it.",
        UnknownSender "unknown-sender" "It carries a reply token, from an address that is not known in the dispute.",
        WrongSender "wrong-sender" "It carries the reply token of another participant.",
        Conflict "conflict" "Its signals point to different disputes.",
        Closed "closed" "The dispute is closed.",
        NobodyRules "no-rule" "No rule speaks of what it says in the dispute's state.",
        NeedsPerson "needs-a-person" "It says something that a person must read.",
        LetterFailed "letter-failed" "The answer could not be written.",
        TooMany "too-many" "Its sender wrote more mails than the limit.",
        Circle "circle" "It passed through more servers than any mail that goes straight to its recipient.",
        WouldLeak "would-leak" "What follows from it would tell somebody what was said on a channel that is not theirs.",
        Disowned "disowned" "Whoever it seemed to come from says that it is not theirs: it is nobody's word.",
        NoOrder "no-order" "An answer to a letter about many mails or cases in which no order stands: nothing more is asked about it.",
        Outsider "outsider" "Somebody outside the dispute is among its recipients.",
    }
}

/// What became of a mail. Every mail that was seen has exactly one (DESIGN §3.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "is", content = "why")]
pub enum MailOutcome {
    /// It opened a dispute.
    Opened,
    /// It moved a dispute to another state.
    Advanced,
    /// It was noted in a dispute, which stays in its state.
    Noted,
    /// It waits for a person.
    Held(HeldReason),
    /// A program wrote it; nobody is answered.
    Automatic,
    /// It reports that a letter of ours did not arrive.
    Bounce,
    /// It is another copy of a mail that was already settled.
    Duplicate,
    /// We wrote it ourselves.
    Own,
    /// A stranger wrote it, and it is no complaint; nothing is said.
    Stranger,
    /// A registrar looked at it and put it aside; its bytes are kept as long as those of any mail.
    Discarded,
    /// A registrar said in it what is done with mails that wait.
    Ordered,
}

impl MailOutcome {
    /// One word, or two joined by a colon.
    pub fn name(self) -> String {
        match self {
            MailOutcome::Opened => "opened".to_owned(),
            MailOutcome::Advanced => "advanced".to_owned(),
            MailOutcome::Noted => "noted".to_owned(),
            MailOutcome::Held(reason) => format!("held:{reason}"),
            MailOutcome::Automatic => "automatic".to_owned(),
            MailOutcome::Bounce => "bounce".to_owned(),
            MailOutcome::Duplicate => "duplicate".to_owned(),
            MailOutcome::Own => "own".to_owned(),
            MailOutcome::Stranger => "stranger".to_owned(),
            MailOutcome::Discarded => "discarded".to_owned(),
            MailOutcome::Ordered => "ordered".to_owned(),
        }
    }

    /// Reads what [`MailOutcome::name`] wrote.
    pub fn parse(name: &str) -> Option<Self> {
        if let Some(reason) = name.strip_prefix("held:") {
            return HeldReason::parse(reason).map(MailOutcome::Held);
        }
        [
            MailOutcome::Opened,
            MailOutcome::Advanced,
            MailOutcome::Noted,
            MailOutcome::Automatic,
            MailOutcome::Bounce,
            MailOutcome::Duplicate,
            MailOutcome::Own,
            MailOutcome::Stranger,
            MailOutcome::Discarded,
            MailOutcome::Ordered,
        ]
        .into_iter()
        .find(|outcome| outcome.name() == name)
    }

    /// Whether the mail is filed in the folder that people look through.
    pub fn is_held(self) -> bool {
        matches!(self, MailOutcome::Held(_))
    }
}

words! {
    /// Why a complaint could not be admitted (DOMAIN §4.5).
    RejectReason {
        NoPriorContact "R_NO_PRIOR_CONTACT" "The seller was not written to first.",
        Frivolous "R_FRIVOLOUS" "Manifestly unfounded or abusive.",
        OtherBody "R_OTHER_BODY" "Already before another mediator or a court.",
        Value "R_VALUE" "Outside the limits of value.",
        TooLate "R_TOO_LATE" "More than a year after the complaint to the seller.",
        Impairs "R_IMPAIRS" "It would impair the operation of the service.",
        Scope "R_SCOPE" "Outside what the service deals with.",
        NotConsumer "R_NOT_CONSUMER" "The applicant is not a consumer.",
        MerchantUnknown "R_MERCHANT_UNKNOWN" "The seller cannot be identified.",
        Criminal "R_CRIMINAL" "It is first of all a matter for the police.",
        Incomplete "R_INCOMPLETE" "The file is not complete.",
        Duplicate "R_DUPLICATE" "The same complaint is already being dealt with.",
        Anonymous "R_ANONYMOUS" "The applicant is not named.",
    }
}

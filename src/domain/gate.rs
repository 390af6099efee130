//! Who may speak for whom: what can be asked about it, and what can become of it. Each is one line of a journal.

use serde::{Deserialize, Serialize};

/// What was asked, answered or ordered about who may speak for somebody (DESIGN §5). It never is an event of a workflow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Gate {
    /// The registered address was asked whether a held mail is its own.
    MailAsked,
    /// It said that it is.
    MailOwned,
    /// It said that it is not.
    MailDisowned,
    /// A new address was asked whether it exists and agrees.
    AddressAsked,
    /// It answered: letters go there from now on.
    AddressChanged,
    /// It said that it does not.
    AddressDeclined,
    /// The address before it said that the change is right.
    ChangeOwned,
    /// The address before it said that it was not asked: letters go there again, and nothing binding is heard.
    ChangeUndone,
    /// The registrar let a further address speak.
    ContactAdded,
    /// The registrar took it away.
    ContactRemoved,
    /// The registrar stopped everything that binds.
    Frozen,
    /// The registrar lets it go on.
    Released,
}

impl Gate {
    /// The word used in journals.
    pub fn name(self) -> &'static str {
        match self {
            Gate::MailAsked => "mail-asked",
            Gate::MailOwned => "mail-owned",
            Gate::MailDisowned => "mail-disowned",
            Gate::AddressAsked => "address-asked",
            Gate::AddressChanged => "address-changed",
            Gate::AddressDeclined => "address-declined",
            Gate::ChangeOwned => "change-owned",
            Gate::ChangeUndone => "change-undone",
            Gate::ContactAdded => "contact-added",
            Gate::ContactRemoved => "contact-removed",
            Gate::Frozen => "frozen",
            Gate::Released => "released",
        }
    }
}

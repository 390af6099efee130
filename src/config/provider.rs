//! What is known of providers with whom many have their mail: `provider` of `service.toml`. A key that is written goes before what stands here.

use super::brakes::Brakes;
use super::values::{Tls, choose};
use crate::workflow::page::Table;

/// A provider of which the program knows servers and limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Provider {
    /// Gmail and Google Workspace.
    Gmail,
    /// Microsoft 365 (Exchange Online).
    Microsoft365,
}

const PROVIDERS: [(&str, Provider); 2] = [("gmail", Provider::Gmail), ("microsoft365", Provider::Microsoft365)];

/// Where a server of a provider is.
pub(super) struct Usual {
    pub host: &'static str,
    pub port: u16,
    pub tls: Tls,
}

impl Provider {
    /// The provider that `table` names; `None` if it names none, or one that is not known, which is a fault.
    pub(super) fn read(table: &mut Table<'_>) -> Option<Self> {
        let word = table.text("provider")?;
        choose(table.page(), &word, "provider", &PROVIDERS)
    }

    /// Where mail is read.
    pub(super) fn imap(self) -> Usual {
        let host = match self {
            Provider::Gmail => "imap.gmail.com",
            Provider::Microsoft365 => "outlook.office365.com",
        };
        Usual { host, port: 993, tls: Tls::Implicit }
    }

    /// Where letters are handed in.
    pub(super) fn smtp(self) -> Usual {
        match self {
            Provider::Gmail => Usual { host: "smtp.gmail.com", port: 465, tls: Tls::Implicit },
            Provider::Microsoft365 => Usual { host: "smtp.office365.com", port: 587, tls: Tls::StartTls },
        }
    }

    /// The folder in which it files what is handed in, as it is called in an account that is set to English.
    pub(super) fn sent_folder(self) -> &'static str {
        match self {
            Provider::Gmail => "[Gmail]/Sent Mail",
            Provider::Microsoft365 => "Sent Items",
        }
    }

    /// Where access tokens are asked for; at Microsoft each tenant has its own place.
    pub(super) fn token_endpoint(self, tenant: &str) -> String {
        match self {
            Provider::Gmail => "https://oauth2.googleapis.com/token".to_owned(),
            Provider::Microsoft365 => format!("https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token"),
        }
    }

    /// What a token is asked for where the program itself was authorized (RFC 6749 §4.4); `None`: that is not to be had for mailboxes.
    pub(super) fn scope_of_program(self) -> Option<&'static str> {
        match self {
            Provider::Gmail => None,
            Provider::Microsoft365 => Some("https://outlook.office365.com/.default"),
        }
    }

    /// What a token is asked for where a person authorized the program; `None`: as granted.
    pub(super) fn scope_of_person(self) -> Option<&'static str> {
        match self {
            Provider::Gmail => None,
            Provider::Microsoft365 => Some("https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send offline_access"),
        }
    }

    /// How much may leave, a tenth below what the provider takes (THREATS §11): Google Workspace 2,000 mails a day; Microsoft 365 30 mails a
    /// minute and 10,000 recipients a day.
    pub(super) fn brakes(self) -> Brakes {
        match self {
            Provider::Gmail => Brakes { letters_per_hour: 1_800, letters_per_day: 1_800, ..Brakes::default() },
            Provider::Microsoft365 => Brakes { letters_per_minute: 25, letters_per_hour: 1_500, letters_per_day: 9_000, ..Brakes::default() },
        }
    }
}

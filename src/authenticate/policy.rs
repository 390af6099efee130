//! DMARC (RFC 9989): what a domain wants, and which other domains sign for it.

use super::names::{Source, Unreachable};
use super::verdict::Outcome;
use mail_auth::common::parse::TxtRecordParser;
use mail_auth::common::to_a_label;
use mail_auth::dmarc::{Alignment, Dmarc, Policy as Wish, Psd};

/// From so many labels on, the walk jumps to one less (RFC 9989 §4.10): at most eight queries.
const JUMP: usize = 8;

/// What is known of the author's domain.
pub struct Policy {
    domain: String,
    organisation: Option<String>,
    record: Result<Option<Dmarc>, Unreachable>,
    at_author: bool,
}

impl Policy {
    /// What the author's domain publishes.
    pub async fn of(source: &Source, domain: &str) -> Policy {
        let domain = to_a_label(domain).into_owned();
        let (organisation, at_author, record) = match walk(source, &domain).await {
            Err(unreachable) => (None, false, Err(unreachable)),
            Ok(found) => {
                let organisation = organisation(&found, &domain);
                let own = found.iter().position(|(name, _)| *name == domain);
                let at = own.or_else(|| found.iter().position(|(name, _)| organisation.as_ref() == Some(name))).or(found.len().checked_sub(1));
                (organisation, own.is_some(), Ok(at.and_then(|at| found.into_iter().nth(at)).map(|(_, record)| record)))
            }
        };
        Policy { domain, organisation, record, at_author }
    }

    /// Whether a signature by `signer` speaks for the author's domain (RFC 9989 §4.10.2).
    ///
    /// Relaxed alignment never crosses a public suffix: the shared domain has two labels at least, publishes a DMARC
    /// record itself, and is the organisational domain of both sides.
    pub async fn covers(&self, source: &Source, signer: &str) -> bool {
        let signer = to_a_label(signer);
        if *signer == self.domain {
            return true;
        }
        let relaxed = matches!(&self.record, Ok(Some(record)) if record.adkim == Alignment::Relaxed);
        match &self.organisation {
            Some(shared) if relaxed && is_within(&signer, shared) => match walk(source, &signer).await {
                Ok(found) => organisation(&found, &signer).as_ref() == Some(shared),
                Err(_) => false,
            },
            _ => false,
        }
    }

    /// The result, given those of the signatures that speak for the author's domain.
    pub fn outcome(&self, aligned: impl Iterator<Item = Outcome>) -> Outcome {
        let aligned: Vec<Outcome> = aligned.collect();
        match &self.record {
            Err(_) => Outcome::TempError,
            Ok(None) => Outcome::None,
            Ok(Some(_)) if aligned.contains(&Outcome::Pass) => Outcome::Pass,
            Ok(Some(_)) if aligned.contains(&Outcome::TempError) => Outcome::TempError,
            Ok(Some(_)) => Outcome::Fail,
        }
    }

    /// Why the domain's wish is not known, if it is not.
    pub fn unreachable(&self) -> Option<Unreachable> {
        self.record.as_ref().err().copied()
    }

    /// Whether the domain wants mails that fail to be put aside or refused. A record in test mode wants one step less;
    /// that `np` may ask for more than `sp` for names that do not exist is not looked at: neither proves an author.
    pub fn is_enforced(&self) -> bool {
        let Ok(Some(record)) = &self.record else { return false };
        let wish = if self.at_author { record.p } else { record.sp };
        match wish {
            Wish::Reject => true,
            Wish::Quarantine => !record.t,
            Wish::None | Wish::Unspecified => false,
        }
    }
}

/// The DMARC records from `domain` up to its top-level domain, nearest first (RFC 9989 §4.10).
async fn walk(source: &Source, domain: &str) -> Result<Vec<(String, Dmarc)>, Unreachable> {
    let labels: Vec<&str> = domain.split('.').collect();
    let mut found = Vec::new();
    let mut left = labels.len();
    while left > 0 {
        let name = labels.iter().skip(labels.len().saturating_sub(left)).copied().collect::<Vec<_>>().join(".");
        let texts = source.texts(&format!("_dmarc.{name}")).await?;
        let mut records = texts.iter().filter_map(|text| Dmarc::parse(text).ok());
        // Two records are as good as none.
        if let (Some(record), None) = (records.next(), records.next()) {
            let last = record.psd != Psd::Default;
            found.push((name, record));
            if last {
                break;
            }
        }
        left = if left >= JUMP { JUMP.saturating_sub(1) } else { left.saturating_sub(1) };
    }
    Ok(found)
}

/// The organisational domain (RFC 9989 §4.10.2), if it publishes a record and is no top-level domain.
fn organisation(found: &[(String, Dmarc)], start: &str) -> Option<String> {
    let is_own = |(name, record): &&(String, Dmarc)| record.psd != Psd::Yes && name.contains('.');
    let marked = found.iter().find(|(_, record)| record.psd == Psd::No);
    let (name, _) = match found.iter().find(|(name, record)| record.psd == Psd::Yes && name != start) {
        // Below a public suffix that says so, only the name right below it is one.
        Some((suffix, _)) => found.iter().filter(is_own).find(|(name, _)| name.split_once('.').is_some_and(|(_, above)| above == suffix))?,
        None => marked.or_else(|| found.iter().rfind(is_own))?,
    };
    name.contains('.').then(|| name.clone())
}

fn is_within(name: &str, suffix: &str) -> bool {
    name.strip_suffix(suffix).is_some_and(|before| before.is_empty() || before.ends_with('.'))
}

//! What a mailbox's provider does with forged Authentication-Results, seen on a mail that carried some.

use super::fields::fields;
use super::results::Results;
use super::trust::{Provider, RESULTS, receiver};

/// What became of a forged field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Passage {
    /// It was removed, or given another name.
    Removed,
    /// It stands below what the provider wrote itself.
    BelowOwn,
    /// It stands above that, or the provider wrote nothing.
    OnTop,
}

/// What a canary shows of the provider of its mailbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Survey {
    /// The authserv-id of the provider's own results.
    pub server: Option<String>,
    /// The hosts whose Received stand above them, topmost first.
    pub received_by: Vec<String>,
    /// What became of the forged results of a server that does not exist.
    pub invented: Passage,
    /// What became of the forged results of the provider that is trusted.
    pub pinned: Passage,
    /// Whether the forged results of that provider would have been believed.
    pub fooled: bool,
}

impl Survey {
    /// Looks at `mail`, on which each forged field holds `mark`; `provider` is whom it was forged for, besides an invented server.
    pub fn of(mail: &[u8], mark: &str, provider: Option<&Provider>) -> Option<Survey> {
        let fields = fields(mail)?;
        let is_forged = |value: &[u8]| String::from_utf8_lossy(value).contains(mark);
        let own = fields.iter().position(|field| field.may_be(RESULTS) && !is_forged(field.value));
        let above = fields.iter().take(own.unwrap_or(0)).filter(|field| field.may_be("Received"));
        let passage = |is_pinned: bool| {
            let forged_for = |value: &[u8]| Results::parse(value).is_some_and(|results| provider.is_some_and(|provider| provider.wrote(&results)));
            let at = fields.iter().position(|field| field.may_be(RESULTS) && is_forged(field.value) && forged_for(field.value) == is_pinned);
            match (at, own) {
                (None, _) => Passage::Removed,
                (Some(at), Some(own)) if own < at => Passage::BelowOwn,
                (Some(_), _) => Passage::OnTop,
            }
        };
        let first = fields.iter().find(|field| field.may_be(RESULTS));
        let believed = provider.is_some_and(|provider| provider.results(mail).is_some());
        Some(Survey {
            server: own.and_then(|own| fields.get(own)).and_then(|field| Results::parse(field.value)).map(|results| results.server),
            received_by: above.filter_map(|field| receiver(field.value)).collect(),
            invented: passage(false),
            pinned: passage(true),
            fooled: believed && first.is_some_and(|field| is_forged(field.value)),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RECEIVED: &str = "Received: from x by mx.provider.example; Mon\r\n";
    const OWN: &str = "Authentication-Results: mx.provider.example; none\r\n";
    const FORGED: &str = "Authentication-Results: mx.provider.example; dmarc=pass reason=mark header.from=a.example\r\n";
    const INVENTED: &str = "Authentication-Results: mark.invalid; dmarc=pass reason=mark header.from=a.example\r\n";
    const REST: &str = "From: a@b.example\r\n\r\nx\r\n";

    fn survey(head: &[&str], received_by: &[&str]) -> Survey {
        let provider = Provider { server: "mx.provider.example".to_owned(), received_by: received_by.iter().map(|host| (*host).to_owned()).collect() };
        Survey::of(format!("{}{REST}", head.concat()).as_bytes(), "mark", Some(&provider)).unwrap()
    }

    #[test]
    fn what_became_of_the_forged_fields_is_seen() {
        let removed = survey(&[RECEIVED, OWN], &["mx.provider.example"]);
        assert_eq!((removed.pinned, removed.invented, removed.fooled), (Passage::Removed, Passage::Removed, false));
        assert_eq!((removed.server.as_deref(), removed.received_by), (Some("mx.provider.example"), vec!["mx.provider.example".to_owned()]));
        let below = survey(&[OWN, RECEIVED, FORGED, INVENTED], &[]);
        assert_eq!((below.pinned, below.invented, below.fooled, below.received_by.len()), (Passage::BelowOwn, Passage::BelowOwn, false, 0));
        let open = survey(&[RECEIVED, FORGED, INVENTED], &["mx.provider.example"]);
        assert_eq!((open.pinned, open.invented, open.fooled, open.server), (Passage::OnTop, Passage::OnTop, true, None));
        let shut = survey(&[RECEIVED, FORGED], &[]);
        assert_eq!((shut.pinned, shut.invented, shut.fooled), (Passage::OnTop, Passage::Removed, false), "below a Received that may not be there");
    }
}

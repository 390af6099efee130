//! Delivery reports: machine-readable ones (RFC 3464, RFC 6533) and those that are prose.

mod address;
mod code;
mod evidence;
mod original;
mod prose;
mod status_part;
#[cfg(test)]
mod tests;

pub(super) use evidence::Evidence;
pub(super) use prose::notice_of;
pub(super) use status_part::{recipients_of_report, recipients_of_text};

use super::headers::RawHeaders;
use super::{Bounce, BouncedRecipient, Kind};

/// Everything in a mail that a delivery report can be read from.
pub(super) struct Material<'a> {
    /// Raw header block.
    pub headers: &'a RawHeaders<'a>,
    /// Machine-readable parts.
    pub reports: &'a [(String, String)],
    /// Nested messages and header blocks.
    pub nested: &'a [String],
    /// Decoded text.
    pub text: &'a str,
}

/// Recipients that are read of one report.
const MOST: usize = 100;

/// Bytes of text that are searched.
const SEARCHED: usize = 64 << 10;

/// The finished report.
pub(super) fn report(material: &Material<'_>, kind: Kind) -> Bounce {
    let mut recipients = recipients_of_report(material.reports);
    if recipients.is_empty() {
        recipients = recipients_of_text(material.text);
    }
    for inner in status_part::reports_within(material.nested) {
        recipients.extend(recipients_of_report(&[inner]));
    }
    let mut known: Vec<String> = Vec::new();
    recipients.retain(|recipient| {
        let folded = recipient.address.to_lowercase();
        let new = !known.contains(&folded);
        known.push(folded);
        new
    });
    recipients.truncate(MOST);
    if kind != Kind::Delivered && recipients.iter().any(fails) {
        recipients.retain(fails);
        recipients.sort_by_key(|recipient| recipient.action != "failed");
    }
    if recipients.is_empty() {
        recipients = prose::recipients(material, kind);
    } else {
        sharpen(&mut recipients, material);
    }
    Bounce { recipients, original_message_id: original::message_id(material) }
}

/// Whether the letter did not reach the recipient, for now or for good: a report of a failure is about nobody else.
fn fails(recipient: &BouncedRecipient) -> bool {
    matches!(recipient.action.as_str(), "failed" | "delayed")
}

/// A status that says nothing is told by the notice beside it, where that is about one recipient only.
fn sharpen(recipients: &mut [BouncedRecipient], material: &Material<'_>) {
    let [only] = recipients else { return };
    if only.action == "failed" && only.status.as_deref().is_none_or(code::is_vague) {
        let told = code::best(super::content::clip(material.text, SEARCHED)).filter(|told| !code::is_vague(told));
        let fits = |told: &String| only.status.as_deref().is_none_or(|status| status.get(..1) == told.get(..1));
        if let Some(told) = told.filter(fits) {
            only.permanent = told.starts_with('5');
            only.status = Some(told);
        }
    }
}

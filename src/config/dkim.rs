//! By which keys letters are signed: `[[dkim]]` of `service.toml`.

use super::secret::{Safe, text};
use super::servers::is_domain;
use crate::compose::{Signer, Signers};
use crate::workflow::page::Table;

/// Reads every `[[dkim]]`; without one nothing is signed. `domains` are those from whose addresses letters come.
pub(super) fn signers<'a>(table: &mut Table<'a>, safe: &Safe<'a>, domains: &[&str]) -> Signers {
    let mut signers: Vec<Signer> = Vec::new();
    for table in table.tables("dkim") {
        let page = table.page();
        let at = table.at();
        let Some(signer) = signer(table.named("[[dkim]]"), safe) else { continue };
        if signers.iter().any(|other| other.domain() == signer.domain()) {
            page.fault(at, format!("Two [[dkim]] are for {}; a letter is signed once: remove one of them.", signer.domain()));
        }
        if !domains.is_empty() && !domains.iter().any(|domain| signer.is_of(domain)) {
            page.fault(at, format!("No mailbox has an address of {}, so this [[dkim]] would sign nothing; name the domain of a mailbox.", signer.domain()));
        }
        signers.push(signer);
    }
    Signers::new(signers)
}

fn signer(mut table: Table, safe: &Safe) -> Option<Signer> {
    let page = table.page();
    let domain = table.needed_text("domain", "\"example.org\"");
    if let Some(word) = domain.as_ref().filter(|word| !is_domain(&word.text)) {
        page.fault(Some(word.at), "\"domain\" is what stands behind the @ of the addresses whose letters are signed, for example domain = \"example.org\".");
        return None;
    }
    let selector = table.needed_text("selector", "\"elitige2026\"");
    let is_label = |text: &str| is_domain(text) && text.is_ascii();
    if let Some(word) = selector.as_ref().filter(|word| !is_label(&word.text)) {
        page.fault(Some(word.at), "\"selector\" is the name under which the public key stands in the DNS, for example selector = \"elitige2026\".");
        return None;
    }
    let place = safe.place(&mut table, "key_file", "key_credential");
    if place == Ok(None) {
        page.fault(table.at(), "[[dkim]] has no key; name the file that holds it with key_file, or a systemd credential with key_credential.");
    }
    table.end();
    let (Some(domain), Some(selector), Some((word, path))) = (domain, selector, place.ok()?) else { return None };
    let signer = |pem: &str| Signer::new(&domain.text, &selector.text, pem).map_err(|why| format!("The key at {} cannot sign: {why}.", path.display()));
    let read = text(&path, "private key (PEM)").and_then(|pem| signer(&pem));
    read.map_err(|sentence| page.fault(Some(word.at), sentence)).ok()
}

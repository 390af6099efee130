//! What `service.toml` says of mediators besides who they are, and who names them.

use crate::domain::{Absence, Availability, Language, NotOf};
use crate::workflow::page::{Table, right_words};

/// Reads the languages, the number of missions, the absences and the merchants of a `[[mediator]]` who is written to in `language`.
pub(super) fn availability(table: &mut Table, language: Language) -> Availability {
    let page = table.page();
    let mut known = Availability::speaking(language);
    let tags = Language::ALL.map(Language::tag);
    let mut languages = Vec::new();
    for word in table.texts("languages") {
        match Language::parse(&word.text) {
            Some(language) => languages.push(language),
            None => page.fault(Some(word.at), format!("\"{}\" is no language of the letters; {}", word.text, right_words(&word.text, &tags))),
        }
    }
    if !languages.is_empty() {
        known.languages = languages;
    }
    if let Some(most) = table.number("open_missions", 1..=1_000) {
        known.most_open = u32::try_from(most).unwrap_or(Availability::MOST_OPEN);
    }
    for word in table.texts("away") {
        match Absence::parse(&word.text) {
            Some(absence) => known.away.push(absence),
            None => page.fault(Some(word.at), format!("\"{}\" is no absence; write its first and last day, as \"2026-12-21 to 2027-01-04\".", word.text)),
        }
    }
    for word in table.texts("takes_no_case_of") {
        match NotOf::parse(&word.text) {
            Some(merchant) => known.not_of.push(merchant),
            None => page.fault(Some(word.at), format!("\"{}\" is neither an address nor a domain; write how the merchant is written to.", word.text)),
        }
    }
    known
}

/// Whether the service names the mediators, by `[assignment]`; the registrar does where it is not there.
pub(super) fn by_rule(table: &mut Table) -> bool {
    let Some(mut table) = table.table("assignment") else { return false };
    let by = super::values::one_of(&mut table, "by", &[("registrar", false), ("service", true)], false);
    table.end();
    by.unwrap_or(false)
}

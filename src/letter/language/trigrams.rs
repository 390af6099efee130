//! What the letters of a whole text say, for texts whose words say too little.

use super::super::content::clip;
use crate::domain::LanguageForm;
use whatlang::{Detector, Lang, Script};

/// Bytes that suffice to tell a language by its letters.
const SAMPLE: usize = 4_000;
/// Shorter texts are not taken for a language that nobody is expected to write in.
const SURE: usize = 40;

/// Trigrams of fewer bytes say nothing.
const FEW: usize = 12;

/// The form of a text in Latin letters, if they say it clearly.
pub(super) fn latin(text: &str) -> Option<LanguageForm> {
    let info = whatlang::detect(clip(text, SAMPLE)).filter(|info| info.is_reliable() && text.len() > SURE)?;
    Some(match info.lang() {
        Lang::Fra => LanguageForm::French,
        Lang::Eng => LanguageForm::English,
        _ => LanguageForm::Other,
    })
}

/// French or English, whichever is nearer; a word or two of neither are more often French among the people who write to us.
pub(super) fn french_or_english(text: &str) -> LanguageForm {
    if text.trim().len() < FEW && text.contains(char::is_alphabetic) {
        return LanguageForm::French;
    }
    match Detector::with_allowlist(vec![Lang::Fra, Lang::Eng]).detect_lang(clip(text, SAMPLE)) {
        Some(Lang::Fra) => LanguageForm::French,
        Some(Lang::Eng) => LanguageForm::English,
        _ => LanguageForm::Other,
    }
}

/// Whether a text in Arabic letters is clearly Persian or Urdu.
pub(super) fn is_persian_or_urdu(text: &str) -> bool {
    let info = whatlang::detect(clip(text, SAMPLE));
    info.is_some_and(|info| info.script() == Script::Arabic && matches!(info.lang(), Lang::Pes | Lang::Urd) && info.is_reliable())
}

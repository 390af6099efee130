//! The charter below a letter that asks for what accepts it: told in full, before anything is accepted (DOMAIN §2.6).

use super::page::{Block, Inline, forbidden, read};
use super::paper::apart;
use super::words::{Trilingual, pick};
use crate::domain::view::AcceptedCharters;
use crate::domain::{Charter, Edition, Fault, Language};
use pulldown_cmark::{Options, Parser};
use serde::Serialize;

const VERSION: Trilingual = ["Version", "النسخة", "Version"];
const DIGEST: Trilingual = ["empreinte", "البصمة", "digest"];

/// The charter in `language`, and which edition it is.
pub(super) fn blocks(charter: &Charter, language: Language) -> Vec<Block> {
    let (version, digest) = (apart(&charter.edition().version, language), apart(&charter.edition().grouped(), language));
    let edition = format!("{} {version} · {} {digest}", pick(VERSION, language), pick(DIGEST, language));
    read(charter.text(language)).into_iter().chain([Block::Paragraph(vec![Inline::Text(edition)])]).collect()
}

/// Whether the letter of these blocks prints which edition is accepted with its answer: then it has the charter below.
pub(super) fn asks(blocks: &[Block], charter: &Charter) -> bool {
    fn prints(inlines: &[Inline], edition: &str) -> bool {
        inlines.iter().any(|inline| match inline {
            Inline::Value(value) => value == edition,
            Inline::Strong(inside) | Inline::Emphasis(inside) | Inline::Link(_, inside) => prints(inside, edition),
            Inline::Text(_) | Inline::Break => false,
        })
    }
    let edition = charter.edition().short();
    blocks.iter().any(|block| matches!(block, Block::Paragraph(inlines) if prints(inlines, &edition)))
}

/// The charter among the files of `templates/`.
pub(super) fn find(files: &[(String, String)]) -> Result<Charter, Vec<Fault>> {
    let mut faults = Vec::new();
    let [fr, ar, en] = Language::ALL.map(|language| {
        let path = Charter::path(language);
        let text = files.iter().find(|(file, _)| *file == path).map(|(_, text)| text.clone());
        let file = format!("templates/{path}");
        match &text {
            None => faults.push(Fault::new(&file, 0, "The charter is missing in this language; it is written in fr, ar and en.")),
            Some(text) => faults.extend(unfit(&file, text)),
        }
        text.unwrap_or_default()
    });
    if faults.is_empty() { Charter::new(fr, ar, en) } else { Err(faults) }
}

/// What a letter cannot show.
fn unfit(file: &str, text: &str) -> Vec<Fault> {
    let mut faults: Vec<Fault> = Parser::new_ext(text, Options::empty())
        .into_offset_iter()
        .filter_map(|(event, range)| {
            forbidden(&event).map(|what| Fault::at(file, text, range.start, format!("The charter holds {what}, which no letter shows; write plain words.")))
        })
        .collect();
    if let Some(at) = text.find("{{") {
        faults.push(Fault::at(file, text, at, "The charter prints no values: it says the same to everybody."));
    }
    faults
}

/// Which edition is accepted with the answer to the letter.
#[derive(Debug, Clone, Serialize)]
pub(super) struct CharterFacts {
    /// Version and beginning of the digest.
    pub(super) edition: String,
}

impl CharterFacts {
    pub(super) fn of(charter: &Charter) -> Self {
        Self { edition: charter.edition().short() }
    }
}

/// An edition that was accepted.
#[derive(Debug, Clone, Serialize)]
pub(super) struct EditionFacts {
    /// What its authors call it.
    pub(super) version: String,
    /// All of its digest.
    pub(super) digest: String,
}

/// Which edition each side accepted.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct AcceptedFacts {
    /// The same one by both.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) both: Option<EditionFacts>,
    /// By the buyer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) consumer: Option<EditionFacts>,
    /// By the seller.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) merchant: Option<EditionFacts>,
}

impl AcceptedFacts {
    pub(super) fn of(accepted: AcceptedCharters<'_>) -> Self {
        let told = |edition: &Edition| EditionFacts { version: edition.version.clone(), digest: edition.grouped() };
        let AcceptedCharters { consumer, merchant } = accepted;
        let both = consumer.filter(|consumer| merchant == Some(*consumer));
        Self { both: both.map(told), consumer: consumer.map(told), merchant: merchant.map(told) }
    }
}

//! What a person asks for, as a code of DOMAIN §4.4.

use super::{Read, Source};
use crate::domain::Fact;
use crate::letter::lexicon::{Hit, Meaning};

/// Words between the wish and its object.
const REACH: usize = 7;

/// Notes the remedy that is asked for first, and the city and way to pay where they are named.
pub(super) fn read(source: &Source<'_>, read: &mut Read) {
    let asked = source.hits.iter().filter(|hit| source.speaks(hit)).find_map(|hit| {
        let code = code_of(source.hits, hit)?;
        let wished = source.cue_before(hit.first, REACH, &["asks"]).is_some()
            || source.hits.iter().any(|other| source.steers(other, "asks") && other.first == hit.first);
        ((wished && !denied(source, hit)) || demands(hit)).then_some(code)
    });
    if let Some(code) = asked {
        read.note(Fact::Remedy, code, "asked");
    }
    let mut ways: Vec<&str> = source.hits.iter().filter_map(|hit| if let Meaning::Payment(way) = &hit.meaning { Some(way.as_str()) } else { None }).collect();
    ways.dedup();
    if let [way] = ways.as_slice() {
        read.note(Fact::PaymentMethod, *way, "named");
    }
}

/// The code of the longest remedy that lies over `hit`.
fn code_of(hits: &[Hit], hit: &Hit) -> Option<String> {
    let Meaning::Remedy(code) = &hit.meaning else { return None };
    let over = hits.iter().filter(|other| matches!(other.meaning, Meaning::Remedy(_)) && other.first <= hit.first && hit.last <= other.last);
    match over.max_by_key(|other| other.words()).map(|other| &other.meaning) {
        Some(Meaning::Remedy(longer)) => Some(longer.clone()),
        _ => Some(code.clone()),
    }
}

/// Phrases that are a demand by themselves.
fn demands(hit: &Hit) -> bool {
    matches!(
        hit.phrase.as_str(),
        "remboursez-moi"
            | "rendez-moi mon argent"
            | "livrez-moi"
            | "bghit flousi"
            | "بغيت فلوسي"
            | "ردو ليا فلوسي"
            | "rddo liya flousi"
            | "ybedlouh"
            | "ybdlo liya"
    )
}

fn denied(source: &Source<'_>, hit: &Hit) -> bool {
    source.cue_before(hit.first, 3, &["denies", "asks"]).is_some_and(|(list, _)| list == "denies")
}

/// The only remedy that a labelled value names.
pub(super) fn labelled(source: &Source<'_>, value: &str) -> Option<String> {
    let (_, hits) = super::understand(source, value);
    let codes: Vec<String> = hits.iter().filter_map(|hit| code_of(&hits, hit)).collect();
    codes.first().cloned().filter(|first| codes.iter().all(|code| code == first))
}

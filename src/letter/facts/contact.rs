//! Where the seller is reached, and who was written to. An invitation goes with the complaint to the address that is read here: it must surely be the seller's.

use super::{Read, Source};
use crate::domain::merchant::Domain;
use crate::domain::{Address, Fact};
use crate::letter::fold::Word;
use crate::letter::lexicon::Hit;
use crate::letter::loops::is_form_of;
use crate::letter::pattern::pattern;
use regex::Regex;
use std::sync::LazyLock;

static MAIL: LazyLock<Regex> = LazyLock::new(|| pattern(r"[A-Za-z0-9._%+'-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"));

/// Addresses that are looked at.
const MOST: usize = 20;
/// Words before an address that say whose it is.
const REACH: usize = 8;
/// Words between the one who has an address and the address.
const NEAR: usize = 5;
/// Words before "their address" in which those are named.
const NAMED: usize = 25;
/// Words after a verb of writing in which it is said to whom.
const OBJECT: usize = 5;
/// Words before it in which it is said who wrote.
const SUBJECT: usize = 4;
/// Letters from which on a name is told in a domain.
const TELLING: usize = 4;

/// Lists of those whose an address may be.
const WHOSE: [&str; 5] = ["sellers", "theirs", "own", "bystanders", "carriers"];
/// Words that may stand between the seller and the address: "le vendeur est joint à", "the seller's e-mail is".
const BETWEEN: [&str; 43] = [
    "a",
    "at",
    "sur",
    "on",
    "via",
    "par",
    "by",
    "est",
    "is",
    "c",
    "s",
    "l",
    "la",
    "le",
    "the",
    "adresse",
    "address",
    "mail",
    "email",
    "e",
    "courriel",
    "3la",
    "f",
    "howa",
    "علي",
    "ف",
    "ب",
    "هو",
    "هي",
    "هوا",
    "un",
    "une",
    "an",
    "has",
    "autre",
    "nouvelle",
    "other",
    "another",
    "new",
    "عنوان",
    "بريد",
    "اخر",
    "جديد",
];
/// Words that begin another clause.
const JOINS: [&str; 17] = ["et", "and", "mais", "but", "puis", "then", "ensuite", "w", "o", "contre", "against", "ضد", "ثم", "qui", "que", "qu", "that"];

/// Whose an address is, as far as the words around it say so.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Whose {
    Sellers,
    Anothers,
    Unsaid,
}

/// Notes the only address in the text that is said to be the seller's, or is at the shop's own domain.
pub(super) fn read(source: &Source<'_>, read: &mut Read) {
    let mut known: Vec<(Address, Whose)> = Vec::new();
    let text = if source.text.contains('@') { source.text } else { "" };
    for found in MAIL.find_iter(text).take(MOST) {
        let Ok(address) = Address::parse(found.as_str().trim_end_matches('.')) else { continue };
        let sender = source.from.is_some_and(|from| from.eq_ignore_ascii_case(address.as_str()));
        if sender || source.own.iter().any(|own| is_form_of(&address, own)) {
            continue;
        }
        let said = match whose(source, found.start(), found.end()) {
            Whose::Unsaid if read.facts.get(Fact::Merchant).is_some_and(|merchant| is_at_shop(merchant, &address)) => Whose::Sellers,
            said => said,
        };
        match known.iter_mut().find(|(other, _)| other.is_same(&address)) {
            // Where it is once said to be another's, it is.
            Some((_, before)) => *before = if *before == Whose::Unsaid || said == Whose::Anothers { said } else { *before },
            None => known.push((address, said)),
        }
    }
    let mut sellers = known.iter().filter(|(_, whose)| *whose == Whose::Sellers);
    if let (Some((only, _)), None) = (sellers.next(), sellers.next()) {
        read.note(Fact::MerchantContact, only.as_str(), "address");
    }
}

/// Whose the address from `start` to `end` is.
fn whose(source: &Source<'_>, start: usize, end: usize) -> Whose {
    let (at, after) = (source.word_at(start), source.word_at(end));
    if let Some(hit) = behind(source, after, NEAR, &["bystanders", "carriers", "own"]) {
        return if source.steers(hit, "own") { Whose::Unsaid } else { Whose::Anothers };
    }
    let direct = |hit: &Hit| {
        let between = source.words.get(hit.last.saturating_add(1)..at).unwrap_or_default();
        let gap = source.words.get(hit.last).and_then(|word| source.text.get(word.end..start)).unwrap_or_default();
        let apart = gap.contains([',', '،', ';']);
        !apart && between.len() <= NEAR && between.iter().all(|word| BETWEEN.contains(&word.text.as_str()) || word.written().starts_with(char::is_uppercase))
    };
    match source.cue_before(at, REACH, &WHOSE) {
        Some(("bystanders" | "carriers", _)) => Whose::Anothers,
        Some(("own", _)) => Whose::Unsaid,
        Some(("theirs", hit)) if direct(hit) => {
            if is_of_seller(source, hit.first) {
                Whose::Sellers
            } else {
                Whose::Anothers
            }
        }
        // "L'adresse que j'ai donnée au vendeur" is none of the seller's.
        Some((_, hit)) if direct(hit) => {
            let given = source.cue_before(hit.first, REACH, &["own", "bystanders", "carriers"]);
            if given.is_some_and(|(_, other)| clause_end(source, other.last.saturating_add(1), REACH) > hit.first) { Whose::Unsaid } else { Whose::Sellers }
        }
        _ => {
            let gap = behind(source, after, REACH, &["sellers"]).and_then(|hit| source.text.get(end..source.words.get(hit.first)?.start));
            let told =
                gap.is_some_and(|gap| gap.trim_start().starts_with('(') || gap.split_whitespace().any(|word| ["est", "c'est", "is", "هو"].contains(&word)));
            if told { Whose::Sellers } else { Whose::Unsaid }
        }
    }
}

/// The first hit of one of `lists` in the clause that goes on at word `at`, at most `reach` words on.
fn behind<'s>(source: &'s Source<'_>, at: usize, reach: usize, lists: &[&str]) -> Option<&'s Hit> {
    let end = clause_end(source, at, reach);
    (at..end).flat_map(|at| source.hits_at(at)).find(|hit| lists.iter().any(|list| source.steers(hit, list)))
}

/// Where the clause ends in which word `at` stands, at most `reach` words on.
fn clause_end(source: &Source<'_>, at: usize, reach: usize) -> usize {
    let ends = |at: &usize| {
        let before = at.checked_sub(1).and_then(|before| source.words.get(before));
        source.words.get(*at).is_none_or(|word| {
            let gap = before.and_then(|before| source.text.get(before.end..word.start)).unwrap_or_default();
            word.begins || gap.contains([',', '،', ';']) || JOINS.contains(&word.text.as_str())
        })
    };
    (at..at.saturating_add(reach)).find(ends).unwrap_or(at.saturating_add(reach))
}

/// Whether those whose "their address" at word `at` is are the seller, and not the last who were named: "L'association m'aide. Leur mail : …".
pub(super) fn is_of_seller(source: &Source<'_>, at: usize) -> bool {
    let from = at.saturating_sub(NAMED);
    let near = source.hits.partition_point(|hit| hit.first < from);
    let named = source.hits.iter().skip(near).take_while(|hit| hit.first < at);
    let list = |hit: &Hit| ["bystanders", "carriers", "sellers"].into_iter().find(|list| source.steers(hit, list));
    named.filter_map(list).last().is_none_or(|list| list == "sellers")
}

/// Whether an address is at the domain of the shop `merchant`, by its host or by its name. Domains where anybody has an address tell nothing.
fn is_at_shop(merchant: &str, address: &Address) -> bool {
    let Ok(domain) = Domain::parse(address.domain()) else { return false };
    if Domain::parse(merchant).is_ok_and(|shops| shops == domain) {
        return true;
    }
    let letters = |text: &str| crate::letter::fold::fold(text).chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let (name, label) = (letters(merchant.rsplit('/').next().unwrap_or_default()), letters(domain.as_str().split('.').next().unwrap_or_default()));
    let telling = |text: &str| text.chars().count() >= TELLING;
    telling(&name) && label.starts_with(&name) || telling(&label) && name.starts_with(&label)
}

/// Whether `hit`, a word of writing or calling, tells that the writer's side turned to the seller: not to the bank, the police or the courier, and not the
/// seller to the writer.
pub(super) fn is_to_seller(source: &Source<'_>, hit: &Hit) -> bool {
    let after = hit.last.saturating_add(1);
    let object = (after..clause_end(source, after, OBJECT)).flat_map(|at| source.hits_at(at));
    let mut named = object.filter_map(|other| ["sellers", "bystanders", "carriers"].into_iter().find(|list| source.steers(other, list)));
    match named.next() {
        Some("sellers") => !is_by_another(source, hit, true),
        Some(_) => false,
        None => !is_by_another(source, hit, false),
    }
}

/// Whether another wrote or called: "il m'a appelé", "j'ai été contacté", "their message", "عيط ليا". Whoever speaks of the seller behind the verb says to
/// whom: `told`.
fn is_by_another(source: &Source<'_>, hit: &Hit, told: bool) -> bool {
    const WRITER: [&str; 6] = ["j", "je", "i", "nous", "we", "ana"];
    const BEEN: [&str; 4] = ["ete", "was", "were", "been"];
    const HAS: [&str; 6] = ["a", "ont", "avait", "avaient", "has", "have"];
    const OTHERS: [&str; 12] = ["il", "ils", "elle", "elles", "he", "she", "they", "vendeur", "vendeuse", "boutique", "seller", "shop"];
    const OBJECTS: [&str; 5] = ["l", "les", "lui", "leur", "y"];
    const THEIRS: [&str; 10] = ["leur", "leurs", "son", "sa", "ses", "votre", "vos", "their", "his", "your"];
    const TO_ME: [&str; 9] = ["me", "us", "بي", "بنا", "ليا", "لينا", "lia", "liya", "lina"];
    let from = (0..=hit.first).rev().take(SUBJECT.saturating_add(1)).find(|at| source.words.get(*at).is_none_or(|word| word.begins));
    let before = source.words.get(from.unwrap_or(hit.first.saturating_sub(SUBJECT))..hit.first).unwrap_or_default();
    let is = |word: Option<&Word>, list: &[&str]| word.is_some_and(|word| list.contains(&word.text.as_str()));
    let any = |list: &[&str]| before.iter().any(|word| is(Some(word), list));
    if is(before.last(), &BEEN) {
        return any(&WRITER);
    }
    let next = hit.last.saturating_add(1);
    if is(before.last(), &["me", "m"]) || is(source.words.get(next), &TO_ME) || !told && is(before.last(), &THEIRS) {
        return true;
    }
    let to_me = |pair: &[Word]| is(pair.first(), &["m", "nous"]) && is(pair.get(1), &HAS);
    let writer = before.iter().rposition(|word| is(Some(word), &WRITER) && word.text != "nous");
    if before.windows(2).rposition(to_me).is_some_and(|at| writer.is_none_or(|writer| writer < at)) {
        return true;
    }
    // "Ils ont appelé le 5" says that they did, "ma sœur l'a appelé" that they were called.
    let did = is(before.last(), &HAS) && any(&OTHERS) && !any(&OBJECTS) && writer.is_none() || is(before.last(), &["they", "he", "she"]);
    let seller = ["du", "de", "from", "of", "ديال", "dyal", "من"];
    let of_seller =
        is(source.words.get(next), &seller) && (1..=2).any(|ahead| source.hits_at(next.saturating_add(ahead)).any(|hit| source.steers(hit, "sellers")));
    !told && did || of_seller
}

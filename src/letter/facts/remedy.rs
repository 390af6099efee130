//! What a person asks for, as a code of DOMAIN §4.4.

use super::{Read, Source};
use crate::domain::Fact;
use crate::letter::lexicon::{Hit, Meaning};
use crate::letter::span::longest;

/// Words between the wish and its object.
const REACH: usize = 7;

/// Remedies that only go with another: what is asked for is the other.
const BESIDE: [&str; 2] = ["RETURN_PICKUP", "EXPLANATION_APOLOGY"];
/// Remedies that are looked at.
const MOST: usize = 200;

/// Notes the remedy that is asked for and the way to pay, where each is only one.
pub(super) fn read(source: &Source<'_>, read: &mut Read) {
    let mut asked: Vec<String> = Vec::new();
    let mut places: Vec<&Hit> = Vec::new();
    let remedies: Vec<&Hit> = source.hits.iter().filter(|hit| matches!(hit.meaning, Meaning::Remedy(_))).collect();
    for hit in remedies.iter().filter(|hit| source.speaks(hit)).take(MOST) {
        let Some(code) = code_of(&remedies, hit) else { continue };
        let demanded = (hit.first..=hit.last).flat_map(|at| source.hits_at(at)).any(|other| other.last <= hit.last && source.steers(other, "asks"))
            || demands(source, hit);
        let wished = demanded || source.cue_before(hit.first, REACH, &["asks"]).is_some();
        if wished && !denied(source, hit, demanded) && !is_sellers_wish(source, hit) && !asked.contains(&code) {
            asked.push(code);
            places.push(hit);
        }
    }
    let open = is_open(source, &remedies, &places);
    // "My money, or another one": what is named first is wanted first.
    if open && places.first().is_some_and(|hit| MONEY.iter().any(|money| hit.phrase.contains(money))) {
        asked.truncate(1);
    } else if open {
        asked.clear();
        read.because.push("remedy:one or the other".to_owned());
    }
    if asked.len() > 1 {
        asked.retain(|code| !BESIDE.contains(&code.as_str()));
    }
    match asked.as_slice() {
        [code] => read.note(Fact::Remedy, code.clone(), "asked"),
        [] => {}
        _ => read.because.push("remedy:several".to_owned()),
    }
    let pays = |hit: &&Hit| {
        matches!(hit.meaning, Meaning::Payment(_)) && source.speaks(hit) && (!is_moment(hit) || is_paid(source, hit)) && !is_hoped_for(source, hit)
    };
    let spoken: Vec<Hit> = source.hits.iter().filter(pays).cloned().collect();
    if let Some(way) = way(&spoken) {
        read.note(Fact::PaymentMethod, way, "named");
    }
}

/// What is one's own, and wanted before anything else.
const MONEY: [&str; 4] = ["flous", "فلوس", "argent", "money"];
/// Between one thing and another that would do as well.
const OR: [&str; 8] = ["ou", "or", "wla", "wlla", "aw", "ولا", "او", "سواء"];

/// Whether what is asked for is one thing or another: "un remboursement ou un échange", "بإصلاحها أو استبدالها".
fn is_open(source: &Source<'_>, remedies: &[&Hit], asked: &[&Hit]) -> bool {
    let or = |from: usize, to: usize| source.words.get(from..to).unwrap_or_default().iter().any(|word| OR.contains(&word.text.as_str()));
    match asked {
        [first, second] => or(first.first, second.first),
        [only] => {
            let next = only.last.saturating_add(1);
            let other = |other: &&&Hit| (next..=next.saturating_add(2)).contains(&other.first) && other.meaning != only.meaning;
            or(next, next.saturating_add(1)) && remedies.iter().any(|hit| other(&hit))
        }
        _ => false,
    }
}

/// Whether the words only say when: "at the delivery" somebody pays, or sees that it is broken.
fn is_moment(hit: &Hit) -> bool {
    matches!(hit.phrase.as_str(), "a la livraison" | "عند الاستلام" | "عند التسليم" | "عند التوصيل" | "3nd livraison" | "3end livraison" | "3nd tawsil")
}

/// Whether the words around say that the money is to come that way, or came: "le RIB pour le virement", "si c'est en espèces", "the transfer arrived".
fn is_hoped_for(source: &Source<'_>, hit: &Hit) -> bool {
    let begin = (0..=hit.first).rev().take(AROUND).find(|at| source.words.get(*at).is_none_or(|word| word.begins)).unwrap_or(hit.first.saturating_sub(AROUND));
    let before = source.words.get(begin..hit.first).unwrap_or_default();
    let after = source.words.iter().skip(hit.last.saturating_add(1)).take(4).take_while(|word| !word.begins);
    let last = |list: &[&str]| before.iter().rposition(|word| list.contains(&word.text.as_str()));
    let transfer = matches!(&hit.meaning, Meaning::Payment(way) if way == "transfer");
    let came = transfer && (after.into_iter().any(|word| CAME.contains(&word.text.as_str())) || last(&CAME).is_some());
    (came || last(&HOPED).is_some()) && last(&PAID).is_none()
}

/// Words of paying.
const PAID: [&str; 32] = [
    "paye",
    "payee",
    "payes",
    "paiement",
    "regle",
    "reglee",
    "verse",
    "vire",
    "debite",
    "debitee",
    "preleve",
    "paid",
    "payment",
    "paying",
    "transferred",
    "charged",
    "دفعت",
    "الدفع",
    "اديت",
    "خلصت",
    "خلصتو",
    "خلصتها",
    "حولت",
    "صيفطت",
    "khlest",
    "khelest",
    "khellest",
    "khlst",
    "khlas",
    "sifet",
    "seft",
    "payit",
];
/// Words of who waits for money, or makes a condition.
const HOPED: [&str; 44] = [
    "si",
    "if",
    "ila",
    "اذا",
    "لو",
    "rib",
    "iban",
    "الريب",
    "remboursement",
    "rembourser",
    "remboursez",
    "rembourse",
    "remboursee",
    "refund",
    "refunded",
    "voudrais",
    "veux",
    "souhaite",
    "prefere",
    "attends",
    "want",
    "prefer",
    "waiting",
    "bghit",
    "kantsna",
    "بغيت",
    "كنتسنى",
    "اريد",
    "افضل",
    "ارجاع",
    "استرجاع",
    "يرجعو",
    "يرجعوا",
    "ترجعو",
    "irj3o",
    "yrj3o",
    "envoyez",
    "prennent",
    "acceptent",
    "accepte",
    "veulent",
    "exige",
    "exigent",
    "accept",
];
/// Words of what arrived.
const CAME: [&str; 18] = [
    "arrive",
    "arrivee",
    "recu",
    "recue",
    "arrived",
    "received",
    "came",
    "وصل",
    "وصلني",
    "وصلات",
    "توصلت",
    "جاني",
    "wsl",
    "wsel",
    "wslat",
    "wselni",
    "ja",
    "jani",
];

/// Words before a way to pay that say whether it was taken.
const AROUND: usize = 7;

/// Whether something is paid in the sentence of `hit`, or it says nothing else.
fn is_paid(source: &Source<'_>, hit: &Hit) -> bool {
    let begin = (0..=hit.first).rev().find(|at| source.words.get(*at).is_none_or(|word| word.begins)).unwrap_or(0);
    let after = hit.last.saturating_add(1);
    let end = (after..source.words.len()).find(|at| source.words.get(*at).is_none_or(|word| word.begins)).unwrap_or(source.words.len());
    let paying = |other: &Hit| {
        let inside = begin <= other.first && other.last < end;
        let way = matches!(other.meaning, Meaning::Payment(_)) && !is_moment(other);
        inside && (way || source.steers(other, "total"))
    };
    let number = source.words.iter().take(end).skip(begin).any(|word| word.text.bytes().any(|byte| byte.is_ascii_digit()));
    number || source.hits.iter().any(paying) || hit.first == begin && after == end
}

/// The only way to pay that is named. Cash at the door is cash on delivery.
pub(super) fn way(hits: &[Hit]) -> Option<String> {
    let mut ways: Vec<String> = Vec::new();
    for hit in longest(hits, |hit| matches!(hit.meaning, Meaning::Payment(_))) {
        if let Meaning::Payment(way) = &hit.meaning
            && !ways.contains(way)
        {
            ways.push(way.clone());
        }
    }
    if ways.iter().any(|way| way == "cash_on_delivery") {
        ways.retain(|way| way != "cash");
    }
    if let [way] = ways.as_slice() { Some(way.clone()) } else { None }
}

/// The code of the longest remedy that lies over `hit`.
fn code_of(remedies: &[&Hit], hit: &Hit) -> Option<String> {
    let Meaning::Remedy(code) = &hit.meaning else { return None };
    let over = remedies.iter().take_while(|other| other.first <= hit.first).filter(|other| hit.last <= other.last);
    match over.max_by_key(|other| other.words()).map(|other| &other.meaning) {
        Some(Meaning::Remedy(longer)) => Some(longer.clone()),
        _ => Some(code.clone()),
    }
}

/// Whether the phrase stands as a demand by itself: an imperative, a short answer to a question, the whole of its sentence.
fn demands(source: &Source<'_>, hit: &Hit) -> bool {
    const IMPERATIVES: [&str; 8] = ["remboursez", "rendez", "livrez", "envoyez", "remplacez", "reprenez", "echangez", "reparez"];
    let word = |at: usize| source.words.get(at);
    let imperative = word(hit.first).is_some_and(|word| IMPERATIVES.contains(&word.text.as_str()));
    let begins = source.opens(hit.first);
    let after = hit.last.saturating_add(1);
    let end = (after..after.saturating_add(ALONE)).find(|at| word(*at).is_none_or(|word| word.begins));
    let verbless = end.is_some() && source.words.len() <= SHORT || hit.words() == 1 && word(hit.first).is_some_and(|word| word.text == "remboursement");
    imperative || begins && verbless
}

/// Words that may follow a remedy which is a whole answer.
const ALONE: usize = 4;
/// Words of a mail that answers questions.
const SHORT: usize = 40;

/// Whether the remedy is refused by the seller, or not wanted: "je ne veux pas d'échange", "ما بغاوش يبدلوه".
fn denied(source: &Source<'_>, hit: &Hit, demanded: bool) -> bool {
    let declined = source.cue_before(hit.first, REACH, &["declines", "asks"]).is_some_and(|(list, _)| list == "declines");
    let near = source.cue_before(hit.first, 3, &["denies", "asks"]);
    let before = near.is_some_and(|(list, _)| list == "denies");
    let wish = source.cue_before(hit.first, REACH, &["asks"]).map(|(_, wish)| wish);
    let unwanted = wish.is_some_and(|wish| {
        source.cue_before(wish.first, 1, &["denies"]).is_some_and(|(_, denial)| {
            let gap = source.words.get(denial.last).zip(source.words.get(wish.first)).and_then(|(left, right)| source.text.get(left.end..right.start));
            gap.is_some_and(|gap| !gap.contains([',', '،', ';']))
        }) || source.words.get(wish.last.saturating_add(1)).is_some_and(|word| word.text == "pas")
    });
    !demanded && (declined || before || unwanted)
}

/// Whether it is the seller who asks for it: "le vendeur demande le remboursement des frais".
fn is_sellers_wish(source: &Source<'_>, hit: &Hit) -> bool {
    let wish = source.cue_before(hit.first, REACH, &["asks"]);
    wish.is_some_and(|(_, wish)| {
        let first = source.words.get(wish.first).map_or("", |word| word.text.as_str());
        let speaker = source.cue_before(wish.first, 2, &["sellers"]).filter(|(_, seller)| seller.last.saturating_add(2) >= wish.first);
        let between = speaker.and_then(|(_, seller)| source.words.get(seller.last.saturating_add(1)..wish.first)).unwrap_or_default();
        speaker.is_some() && first == "demande" && between.iter().all(|word| matches!(word.text.as_str(), "me" | "nous"))
    })
}

/// The only remedy that a labelled value names.
pub(super) fn labelled(source: &Source<'_>, value: &str) -> Option<String> {
    let (_, hits) = super::understand(source, value);
    let remedies: Vec<&Hit> = hits.iter().filter(|hit| matches!(hit.meaning, Meaning::Remedy(_))).collect();
    let codes: Vec<String> = remedies.iter().filter_map(|hit| code_of(&remedies, hit)).collect();
    codes.first().cloned().filter(|first| codes.iter().all(|code| code == first))
}

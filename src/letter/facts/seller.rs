//! Who sells: a site, a page, a handle or a name, as it is written.

use super::{Read, Source, tidy};
use crate::domain::Fact;
use crate::letter::fold::{Word, words};
use crate::letter::lexicon::{Hit, Meaning};
use crate::letter::pattern::pattern;
use crate::letter::span::longest;
use regex::{Captures, Regex};
use std::sync::LazyLock;

static SITE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)(?:https?://)?(?:www\.)?((?:[a-z0-9][a-z0-9-]*\.)+",
        r"(?:ma|example|com|net|org|fr|shop|store|co|eu|info|biz|online|site|africa|me|io|es|de|tn|dz|uk|cn))(/[a-z0-9._~/+@-]*)?"
    ))
});
/// After a word such as "site", any host is one.
static NAMED_SITE: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(?i)(?:https?://)?(?:www\.)?((?:[a-z0-9][a-z0-9-]*\.)+[a-z]{2,24})(/[a-z0-9._~/+@-]*)?"));
/// A host wherever it stands, with what follows it.
static HOST: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)(?:[a-z0-9][a-z0-9-]*\.)+[a-z]{2,24}(?:/\S*)?"));
static HANDLE: LazyLock<Regex> = LazyLock::new(|| pattern(r"@[A-Za-z0-9_][A-Za-z0-9_.]{2,29}"));
static DOTTED: LazyLock<Regex> = LazyLock::new(|| pattern(r"^[a-z0-9]+(?:[._][a-z0-9_]+)+"));
static QUOTED: LazyLock<Regex> = LazyLock::new(|| pattern(r#"^(?:«\s*([^»\n]{2,60}?)\s*»|"([^"\n]{2,60})"|“([^”\n]{2,60})”)"#));
static TITLED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"^(?:\p{Lu}[\p{L}\d&'_-]*(?:\.[\p{L}\d]+)*|\d+\p{Lu}\w*)",
        r"(?: (?:(?:de|du|des|la|le|les|et|al|el|of|the|and|in|dyal|d) )?(?:\p{Lu}[\p{L}\d&'_-]*(?:\.[\p{L}\d]+)*|&|d'\p{Lu}[\p{L}-]*)| \d+)*"
    ))
});

/// Hosts that carry many sellers: the path tells which.
const SHARED: [&str; 9] =
    ["instagram.com", "facebook.com", "tiktok.com", "m.facebook.com", "fb.com", "t.me", "youtube.com", "m.instagram.com", "vm.tiktok.com"];
/// Hosts that are nobody's shop.
const NOBODY: [&str; 13] = [
    "gmail.com",
    "google.com",
    "outlook.com",
    "hotmail.com",
    "yahoo.com",
    "yahoo.fr",
    "icloud.com",
    "live.com",
    "outlook.fr",
    "hotmail.fr",
    "aka.ms",
    "whatsapp.com",
    "wa.me",
];
/// Cues that introduce many things besides sellers: they count only after a word of buying.
const WEAK: [&str; 15] = ["من", "from", "mn", "men", "en ligne", "application", "company", "لدى", "page", "at", "to", "3nd", "sur", "عند", "de la part de"];
/// Words between what sets a shop apart and its name.
const APART: usize = 9;
/// Words between a cue and a name before which the name may be cut off.
const NAMES: usize = 4;

/// Notes the seller where there is no doubt.
pub(super) fn read(source: &Source<'_>, read: &mut Read) {
    let introduced = introduced(source);
    let ranked = |ranks: std::ops::RangeInclusive<u8>| introduced.as_ref().filter(|(rank, _)| ranks.contains(rank)).map(|(_, name)| name.clone());
    let found = ranked(0..=0)
        .or_else(|| only_handle(source))
        .or_else(|| ranked(1..=2))
        .or_else(|| only_site(source))
        .or_else(|| ranked(3..=u8::MAX))
        .or_else(|| signed(source))
        .or_else(|| typed(source));
    if let Some(seller) = found {
        read.note(Fact::Merchant, seller, "named");
    }
}

/// The name after a word such as "site" or "boutique", and how little it proves. Where several shops are named, the one where it was bought.
fn introduced(source: &Source<'_>) -> Option<(u8, String)> {
    let cues = longest(source.hits, |hit| source.steers(hit, "seller"));
    let named: Vec<(u8, bool, String)> = cues
        .iter()
        .take(40)
        .filter(|hit| !is_apart(source, hit.first))
        .filter_map(|hit| {
            let (rank, name) = name_after(source, hit)?;
            let within = source.hits_within(hit).any(|other| other.last <= hit.last && source.steers(other, "ordered"));
            let bought = within || source.cue_before(hit.first, 8, &["ordered"]).is_some();
            Some((rank, !bought, name))
        })
        .collect();
    let least = named.iter().min_by_key(|(rank, elsewhere, _)| (*rank, *elsewhere))?;
    Some((least.0, least.2.clone()))
}

/// Whether the clause before word `at` says that what is named there is not the seller: "je travaille chez", "près du magasin", "le livreur de la société".
fn is_apart(source: &Source<'_>, at: usize) -> bool {
    const JOINS: [&str; 10] = ["et", "and", "mais", "but", "puis", "w", "o", "contre", "against", "ضد"];
    let Some((_, cue)) = source.cue_before(at, APART, &["apart"]) else { return false };
    let between = source.words.get(cue.last..=at).unwrap_or_default();
    let text = between.first().zip(between.last()).and_then(|(first, last)| source.text.get(first.end..last.start)).unwrap_or_default();
    !text.contains([',', '،', ';']) && !between.iter().any(|word| JOINS.contains(&word.text.as_str()))
}

/// The name after `cue` and how little it proves: 0 a site or handle, 1 in quotation marks, 2 capitals, 3 plain words.
fn name_after(source: &Source<'_>, cue: &Hit) -> Option<(u8, String)> {
    let word = source.words.get(cue.last)?;
    if is_in_host(source, word) {
        return None;
    }
    let rest = source.text.get(word.end..)?;
    let rest = rest.trim_start_matches([' ', ':', '\t', '(', ',', '،', '-']);
    let rest = if rest.starts_with('\n') { rest.trim_start_matches('\n') } else { rest };
    if let Some(site) = NAMED_SITE.captures(rest) {
        return site_name(&site).map(|name| (0, name));
    }
    if rest.starts_with('@')
        && let Some(handle) = HANDLE.find(rest).filter(|found| found.start() == 0)
    {
        return Some((0, handle.as_str().trim_end_matches('.').to_owned()));
    }
    if let Some(quoted) = QUOTED.captures(rest) {
        let name = quoted.iter().skip(1).flatten().next().map(|name| tidy(name.as_str()))?;
        return is_name_of_shop(source, cue, &name).then_some((1, name));
    }
    let named = source.hits_within(cue).any(|hit| hit.last == cue.last && source.steers(hit, "called"));
    if let (true, Some(dotted)) = (named, DOTTED.find(rest)) {
        return Some((1, dotted.as_str().to_owned()));
    }
    let weak = WEAK.contains(&cue.phrase.as_str());
    let full = matches!(cue.phrase.as_str(), "from" | "at" | "company") && TITLED.find(rest).is_some_and(|found| found.as_str().contains(' '));
    if weak && !full && source.cue_before(cue.first, 8, &["ordered"]).is_none() {
        return None;
    }
    let first = source.word_at(source.text.len().saturating_sub(rest.len()));
    let at_first = |list: &str| source.hits_at(first).any(|hit| source.steers(hit, list));
    let place = source.hits_at(first).any(|hit| matches!(hit.meaning, Meaning::City(_) | Meaning::Month(_)));
    if !named && (place || at_first("given") || at_first("carriers")) {
        return None;
    }
    if let Some(titled) = TITLED.find(rest) {
        let name = up_to_a_stop(source, first, titled.as_str(), named);
        return (name.chars().count() >= 2 && !(at_first("stops") && name.chars().count() <= 3)).then_some((2, name));
    }
    let definite = cue.first == cue.last
        && source.words.get(cue.last).is_some_and(|word| ["ال", "وال", "فال", "بال"].iter().any(|article| word.text.starts_with(article)));
    let plain = matches!(cue.form, "ar" | "ary") && (named || !definite) || cue.form == "ary-Latn" && named;
    if !plain || at_first("seller") {
        return None;
    }
    let name = plain_words(source, first)?;
    let common = weak && name.starts_with("ال") && !name.contains(' ');
    (!common).then_some((3, name))
}

/// Whether what stands in quotation marks after `cue` is a name and not what the seller wrote.
fn is_name_of_shop(source: &Source<'_>, cue: &Hit, name: &str) -> bool {
    const SAID: [&str; 10] = ["reponse", "message", "dit", "ecrit", "repond", "repondu", "answer", "said", "جواب", "رد"];
    let (words, hits) = super::understand(source, name);
    let said = source.words.iter().take(cue.last).skip(cue.first.saturating_sub(3)).any(|word| SAID.contains(&word.text.as_str()));
    let sentence = hits.iter().any(|hit| ["denies", "asks", "but"].iter().any(|list| source.steers(hit, list)));
    words.len() <= NAMES && !said && !sentence
}

/// Whether a word stands within a host or a link: "boutique" in `boutique-atlas.example` introduces no `atlas.example`, which is somebody else.
pub(super) fn is_in_host(source: &Source<'_>, word: &Word) -> bool {
    let parts = |c: char| c.is_whitespace() || "<>()\"«»“”,;،".contains(c);
    let before = source.text.get(..word.start).unwrap_or_default();
    let start = before.char_indices().rev().find(|(_, c)| parts(*c)).map_or(0, |(at, c)| at.saturating_add(c.len_utf8()));
    let token = source.text.get(start..).and_then(|rest| rest.split(parts).next()).unwrap_or_default();
    let (from, to) = (word.start.saturating_sub(start), word.end.saturating_sub(start));
    token.contains('.') && HOST.find_iter(token).any(|host| host.start() <= from && to <= host.end())
}

/// Capitalised words up to one that begins another clause, without a city at the end.
fn up_to_a_stop(source: &Source<'_>, first: usize, titled: &str, whole: bool) -> String {
    let inner = words(titled);
    let city = |at: usize| source.hits_at(at).any(|hit| matches!(hit.meaning, Meaning::City(_)));
    let stops = |at: usize| at > first && source.hits_at(at).any(|hit| source.steers(hit, "stops"));
    let mut kept = inner.len();
    for (place, word) in inner.iter().enumerate().skip(1) {
        let at = first.saturating_add(place);
        let capital = titled.get(word.start..).and_then(|rest| rest.chars().next()).is_some_and(char::is_uppercase);
        if capital && stops(at) || place >= 2 && city(at) && !whole && place.saturating_add(1) == inner.len() {
            kept = place;
            break;
        }
    }
    let end = kept.checked_sub(1).and_then(|last| inner.get(last)).map_or(0, |word| word.end);
    let name = tidy(titled.get(..end).unwrap_or_default());
    let connectors = [" de", " du", " des", " la", " le", " les", " et", " and", " the", " of"];
    connectors.iter().find_map(|connector| name.strip_suffix(connector)).unwrap_or(&name).to_owned()
}

/// One to three words up to a word that cannot be part of a name.
fn plain_words(source: &Source<'_>, first: usize) -> Option<String> {
    let mut last = None;
    for at in first..first.saturating_add(NAMES) {
        let Some(word) = source.words.get(at) else { break };
        let ends = |hit: &Hit| {
            ["stops", "ordered", "arrived", "asks", "denies", "but", "total"].iter().any(|list| source.steers(hit, list))
                || matches!(hit.meaning, Meaning::Payment(_) | Meaning::Label(_)) && at > first
                || matches!(hit.meaning, Meaning::City(_)) && at > first.saturating_add(1)
        };
        let city =
            word.text.strip_prefix(['ب', 'ف']).is_some_and(|bare| super::understand(source, bare).1.iter().any(|hit| matches!(hit.meaning, Meaning::City(_))));
        let joined = at > first && word.text.starts_with('و') && word.text.chars().count() >= 3;
        let stops = city || joined || word.text.chars().any(|c| c.is_ascii_digit()) || source.hits_at(at).any(ends);
        let gap = at.checked_sub(1).and_then(|before| source.words.get(before)).and_then(|before| source.text.get(before.end..word.start)).unwrap_or_default();
        if stops || word.begins && at > first || at > first && gap.trim() != "" {
            break;
        }
        last = Some(at);
    }
    let last = last.filter(|last| last.saturating_sub(first) < NAMES.saturating_sub(1))?;
    let (start, end) = (source.words.get(first)?.start, source.words.get(last)?.end);
    source.text.get(start..end).map(tidy).filter(|name| name.chars().count() >= 3)
}

/// The seller in the value of a labelled line.
pub(super) fn labelled(source: &Source<'_>, value: &str) -> Option<String> {
    if let Some(site) = NAMED_SITE.captures(value) {
        return site_name(&site);
    }
    if let Some(handle) = HANDLE.find(value).filter(|found| found.start() == 0) {
        return Some(handle.as_str().trim_end_matches('.').to_owned());
    }
    let name = tidy(value.split([',', '،', '(', ';']).next().unwrap_or_default());
    let (_, hits) = super::understand(source, &name);
    let sentence = hits.iter().any(|hit| ["denies", "asks"].iter().any(|list| source.steers(hit, list)));
    (!sentence && name.split(' ').count() <= 6 && name.chars().any(char::is_alphabetic)).then_some(name)
}

/// Whether every word begins with a capital, apart from the small ones of names.
pub(super) fn is_titled(text: &str) -> bool {
    TITLED.find(text).is_some_and(|found| found.end() == text.len())
}

fn site_name(found: &Captures<'_>) -> Option<String> {
    let host = found.get(1)?.as_str().to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host).to_owned();
    if NOBODY.contains(&host.as_str()) {
        return None;
    }
    if SHARED.contains(&host.as_str()) {
        let name =
            found.get(2)?.as_str().trim_matches('/').split('/').next().map(|name| name.trim_end_matches('.')).filter(|name| !name.is_empty())?.to_owned();
        return Some(format!("{host}/{name}"));
    }
    Some(host)
}

/// The only handle in the text.
fn only_handle(source: &Source<'_>) -> Option<String> {
    let mut handles: Vec<String> = Vec::new();
    let text = if source.text.contains('@') { source.text } else { "" };
    for found in HANDLE.find_iter(text).take(30) {
        let touched =
            source.text.get(..found.start()).and_then(|before| before.chars().next_back()).is_some_and(|c| c.is_alphanumeric() || "._%+-/".contains(c));
        let name = found.as_str().trim_end_matches('.').to_owned();
        let follows = source.text.get(found.end()..).and_then(|after| after.chars().next()).is_some_and(|c| c.is_alphanumeric() || c == '-' || c == '@');
        if !touched && !follows && !handles.iter().any(|known| known.eq_ignore_ascii_case(&name)) {
            handles.push(name);
        }
    }
    if let [only] = handles.as_slice() { Some(only.clone()) } else { None }
}

/// The only site that is named in the text, outside addresses.
fn only_site(source: &Source<'_>) -> Option<String> {
    let mut sites: Vec<String> = Vec::new();
    // A site has a mark within it, where others end a sentence.
    let dotted = source.text.split('.').skip(1).any(|after| after.starts_with(|c: char| c.is_ascii_alphabetic() || !c.is_ascii()));
    for found in SITE.captures_iter(if dotted { source.text } else { "" }).take(30) {
        let Some(all) = found.get(0) else { continue };
        let before = source.text.get(..all.start()).and_then(|before| before.chars().next_back());
        let after = source.text.get(all.end()..).and_then(|after| after.chars().next());
        let part =
            before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '@' | '.' | '-' | '_' | '/')) || after.is_some_and(|c| c.is_alphanumeric() || c == '@');
        if let (false, Some(name)) = (part, site_name(&found))
            && !sites.contains(&name)
            && !is_apart(source, source.word_at(all.start()))
        {
            sites.push(name);
        }
    }
    let ours = |name: &String| source.own.iter().any(|own| own.domain() == name) && !source.sellers.contains(name);
    sites.retain(|name| !ours(name));
    match sites.as_slice() {
        [only] => Some(only.clone()),
        _ => None,
    }
}

/// A name at the head of a sentence with its city after a comma, as people end a complaint: "Vaisselle Andalouse, Tétouan".
fn signed(source: &Source<'_>) -> Option<String> {
    let cities = source.hits.iter().filter(|hit| matches!(hit.meaning, Meaning::City(_)));
    cities.take(20).find_map(|city| {
        let last = city.first.checked_sub(1)?;
        let gap = source.text.get(source.words.get(last)?.end..source.words.get(city.first)?.start)?;
        if !matches!(gap.trim(), "," | "،") {
            return None;
        }
        let first = source
            .words
            .iter()
            .enumerate()
            .take(city.first)
            .skip(city.first.saturating_sub(NAMES.saturating_add(1)))
            .filter(|(_, word)| word.begins)
            .map(|(at, _)| at)
            .next_back()?;
        let length = city.first.saturating_sub(first);
        let known = |hit: &Hit| {
            ["given", "address", "stops", "asks", "ordered", "arrived", "named", "denies"].iter().any(|list| source.steers(hit, list))
                || matches!(hit.meaning, Meaning::City(_) | Meaning::Label(_))
        };
        let strange = source.hits_at(first).any(known);
        let text = source.text.get(source.words.get(first)?.start..source.words.get(last)?.end)?;
        let arabic = text.chars().next().is_some_and(|c| ('\u{600}'..='\u{6ff}').contains(&c));
        let titled = is_titled(text);
        let plain = text.chars().all(|c| c.is_alphabetic() || c == ' ' || "&'-".contains(c));
        ((2..=NAMES).contains(&length) && !strange && plain && (titled || arabic)).then(|| tidy(text))
    })
}

/// A name that says by its first word that it is a shop's: "Riad Lalla Amber", "دار الصالون".
fn typed(source: &Source<'_>) -> Option<String> {
    let city = |hit: &Hit| source.hits_at(hit.first).any(|other| matches!(other.meaning, Meaning::City(_)));
    source.hits.iter().filter(|hit| source.steers(hit, "shop") && !city(hit) && !is_apart(source, hit.first)).take(20).find_map(|hit| {
        let start = source.words.get(hit.first)?.start;
        let rest = source.text.get(start..)?;
        if hit.form != "ar" && hit.form != "ary" {
            let name = up_to_a_stop(source, hit.first, TITLED.find(rest)?.as_str(), false);
            let ending = ending_in(source, hit);
            return if hit.form == "en" && ending.is_some() || !name.contains(' ') { ending } else { Some(name) };
        }
        let rest = plain_words(source, hit.last.saturating_add(1)).filter(|rest| rest.starts_with("ال"))?;
        Some(format!("{} {}", hit.phrase, rest.split(' ').next().unwrap_or_default()))
    })
}

/// A name that ends in what it is: "Amber Store".
fn ending_in(source: &Source<'_>, hit: &Hit) -> Option<String> {
    let mut first = hit.first;
    for at in (hit.first.saturating_sub(2)..hit.first).rev() {
        let (word, next) = (source.words.get(at)?, source.words.get(at.saturating_add(1))?);
        let text = source.text.get(word.start..next.start)?;
        let titled = text.ends_with(' ') && text.trim_end().len().saturating_add(1) == text.len() && text.starts_with(char::is_uppercase);
        let other = source.hits_at(at).any(|hit| ["stops", "given", "product", "seller", "ordered", "address"].iter().any(|list| source.steers(hit, list)));
        if next.begins || !titled || other {
            break;
        }
        first = at;
    }
    let text = source.text.get(source.words.get(first)?.start..source.words.get(hit.last)?.end)?;
    (first < hit.first).then(|| tidy(text))
}

#[cfg(test)]
mod tests {
    use crate::domain::Fact;
    use crate::letter::Limits;
    use crate::letter::tests::knowledge;

    #[test]
    fn a_word_within_a_host_introduces_nothing() {
        let knowledge = knowledge();
        for (text, seller) in [
            ("J'ai acheté un sac sur boutique-atlas.example le 3 novembre.", "boutique-atlas.example"),
            ("J'ai acheté un sac ici : https://boutique-atlas.example/ le 3 novembre.", "boutique-atlas.example"),
            ("Le vendeur est Boutique Atlas, leur site est boutique-atlas.example", "Boutique Atlas"),
            ("J'ai commandé chez atlas-boutique-maroc.ma", "atlas-boutique-maroc.ma"),
            ("J'ai commandé un sac sur page-atlas.ma", "page-atlas.ma"),
            ("I ordered a bag from site-atlas.ma and nothing came", "site-atlas.ma"),
            ("I ordered a bag on www.magasin-atlas.ma/boutique-Atlas and nothing came", "magasin-atlas.ma"),
            ("اشتريت حقيبة من boutique-atlas.ma ولم تصلني", "boutique-atlas.ma"),
            ("شريت من instagram.com/boutique-atlas وما وصلني والو", "instagram.com/boutique-atlas"),
            ("J'ai commandé un sac à la boutique: atlas.ma", "atlas.ma"),
        ] {
            let mail = format!("From: Leila <leila@courrier.example>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n");
            let letter = crate::letter::read(mail.as_bytes(), &knowledge, &Limits::default());
            assert_eq!(letter.facts.get(Fact::Merchant), Some(seller), "{text}");
        }
        let mail = "From: Leila <leila@courrier.example>\r\n\r\nMon sac n'est jamais arrive. J'ai ecrit a contact@boutique-atlas.ma sans reponse.\r\n";
        let letter = crate::letter::read(mail.as_bytes(), &knowledge, &Limits::default());
        assert_ne!(letter.facts.get(Fact::Merchant), Some("atlas.ma"));
    }
}

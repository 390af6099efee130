//! Who sells, who complains, and what was bought.

use super::{Read, Source, tidy};
use crate::domain::{Address, Fact};
use crate::letter::kind::is_form_of;
use crate::letter::lexicon::{Hit, Meaning};
use crate::letter::pattern::pattern;
use regex::Regex;
use std::sync::LazyLock;

static MAIL: LazyLock<Regex> = LazyLock::new(|| pattern(r"[A-Za-z0-9._%+'-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"));
static SITE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)(?:https?://)?(?:www\.)?((?:[a-z0-9][a-z0-9-]*\.)+",
        r"(?:ma|example|com|net|org|fr|shop|store|co|eu|info|biz|online|site|africa|me|io|es|de|tn|dz|uk|cn))(/[a-z0-9._~/-]*)?"
    ))
});
/// After a word such as "site", any host is one.
static NAMED_SITE: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(?i)(?:https?://)?(?:www\.)?((?:[a-z0-9][a-z0-9-]*\.)+[a-z]{2,24})(/[a-z0-9._~/-]*)?"));
static HANDLE: LazyLock<Regex> = LazyLock::new(|| pattern(r"^@[A-Za-z0-9_][A-Za-z0-9_.]{2,29}"));
static QUOTED: LazyLock<Regex> = LazyLock::new(|| pattern(r#"^(?:«\s*([^»\n]{2,60}?)\s*»|"([^"\n]{2,60})"|“([^”\n]{2,60})”)"#));
static TITLED: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(?:\p{Lu}[\p{L}\d&'._-]*|\d+\p{Lu}\w*)(?: (?:\p{Lu}[\p{L}\d&'._-]*|&|\d+))*"));

/// Hosts that carry many sellers: the path tells which.
const SHARED: [&str; 8] = ["instagram.com", "facebook.com", "tiktok.com", "wa.me", "m.facebook.com", "fb.com", "t.me", "youtube.com"];
/// Hosts that are nobody's shop.
const NOBODY: [&str; 12] = [
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
];
/// Cues that introduce many things besides sellers.
const WEAK: [&str; 8] = ["from", "mn", "men", "en ligne", "application", "company", "لدى", "page"];

/// Notes the names of which there is no doubt.
pub(super) fn read(source: &Source<'_>, read: &mut Read) {
    contact(source, read);
    if let Some(seller) = introduced(source).or_else(|| only_site(source)) {
        read.note(Fact::Merchant, seller, "named");
    }
    consumer(source, read);
    if let Some(product) = product(source) {
        read.note(Fact::Product, product, "bought");
    }
    city(source, read);
}

/// The only address in the text that is neither the sender's nor ours.
fn contact(source: &Source<'_>, read: &mut Read) {
    let mut others: Vec<Address> = Vec::new();
    for found in MAIL.find_iter(source.text).take(20) {
        let Ok(address) = Address::parse(found.as_str().trim_end_matches('.')) else { continue };
        let sender = source.from.is_some_and(|from| from.eq_ignore_ascii_case(address.as_str()));
        let ours = source.own.iter().any(|own| is_form_of(&address, own));
        if !sender && !ours && !others.iter().any(|known| known.is_same(&address)) {
            others.push(address);
        }
    }
    if let [only] = others.as_slice() {
        read.note(Fact::MerchantContact, only.as_str(), "address");
    }
}

/// The name after a word such as "site" or "boutique".
fn introduced(source: &Source<'_>) -> Option<String> {
    let cues: Vec<&Hit> = source.hits.iter().filter(|hit| source.steers(hit, "seller")).collect();
    let longest = |hit: &&&Hit| !cues.iter().any(|other| other.first <= hit.first && hit.last <= other.last && other.words() > hit.words());
    let named: Vec<(u8, String)> = cues.iter().filter(longest).filter_map(|hit| name_after(source, hit)).collect();
    named.iter().min_by_key(|(rank, _)| *rank).map(|(_, name)| name.clone())
}

/// The name after `cue` and how little it proves: 0 a site or handle, 1 in quotation marks, 2 capitals, 3 plain words.
fn name_after(source: &Source<'_>, cue: &Hit) -> Option<(u8, String)> {
    let end = source.words.get(cue.last)?.end;
    let rest = source.text.get(end..)?;
    let rest = rest.trim_start_matches([' ', ':', '\t', '(']);
    let rest = if rest.starts_with('\n') { rest.trim_start_matches('\n') } else { rest };
    if let Some(site) = NAMED_SITE.captures(rest) {
        return site_name(&site).map(|name| (0, name));
    }
    if let Some(handle) = HANDLE.find(rest) {
        return Some((0, handle.as_str().trim_end_matches('.').to_owned()));
    }
    if let Some(quoted) = QUOTED.captures(rest) {
        return quoted.iter().skip(1).flatten().next().map(|name| (1, tidy(name.as_str())));
    }
    let weak = WEAK.contains(&cue.phrase.as_str());
    if weak && source.cue_before(cue.first, 8, &["ordered"]).is_none() {
        return None;
    }
    let first = cue.last.saturating_add(1);
    let place = |at: usize| source.hits.iter().any(|hit| hit.first == at && matches!(hit.meaning, Meaning::City(_) | Meaning::Month(_)));
    if place(first) {
        return None;
    }
    if let Some(titled) = TITLED.find(rest) {
        let name = tidy(titled.as_str());
        return (name.chars().count() >= 2 && !source.hits.iter().any(|hit| hit.first == first && source.steers(hit, "stops") && name.chars().count() <= 3))
            .then_some((2, name));
    }
    let plain = matches!(cue.form, "ar" | "ary") || (cue.form == "ary-Latn" && !weak);
    if plain { plain_words(source, first).map(|name| (3, name)) } else { None }
}

/// One to three words up to a word that cannot be part of a name.
fn plain_words(source: &Source<'_>, first: usize) -> Option<String> {
    let mut last = None;
    for at in first..first.saturating_add(4) {
        let Some(word) = source.words.get(at) else { break };
        let stops = source.hits.iter().any(|hit| hit.first == at && source.steers(hit, "stops")) || word.text.chars().all(|c| c.is_ascii_digit());
        let gap = at.checked_sub(1).and_then(|before| source.words.get(before)).and_then(|before| source.text.get(before.end..word.start)).unwrap_or_default();
        if stops || word.begins && at > first || at > first && gap.trim() != "" {
            break;
        }
        last = Some(at);
    }
    let last = last.filter(|last| last.saturating_sub(first) < 3)?;
    let (start, end) = (source.words.get(first)?.start, source.words.get(last)?.end);
    source.text.get(start..end).map(tidy).filter(|name| name.chars().count() >= 3)
}

fn site_name(found: &regex::Captures<'_>) -> Option<String> {
    let host = found.get(1)?.as_str().to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host).to_owned();
    if NOBODY.contains(&host.as_str()) {
        return None;
    }
    if SHARED.contains(&host.as_str()) {
        let name = found.get(2)?.as_str().trim_matches('/').split('/').next().filter(|name| !name.is_empty())?.to_owned();
        return Some(format!("{host}/{name}"));
    }
    Some(host)
}

/// The only site that is named in the text, outside addresses.
fn only_site(source: &Source<'_>) -> Option<String> {
    let mut sites: Vec<String> = Vec::new();
    for found in SITE.captures_iter(source.text).take(30) {
        let Some(all) = found.get(0) else { continue };
        let before = source.text.get(..all.start()).and_then(|before| before.chars().next_back());
        let after = source.text.get(all.end()..).and_then(|after| after.chars().next());
        let part =
            before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '@' | '.' | '-' | '_' | '/')) || after.is_some_and(|c| c.is_alphanumeric() || c == '@');
        if let (false, Some(name)) = (part, site_name(&found))
            && !sites.contains(&name)
        {
            sites.push(name);
        }
    }
    let ours = |name: &String| source.own.iter().any(|own| own.domain() == name);
    sites.retain(|name| !ours(name));
    match sites.as_slice() {
        [only] => Some(only.clone()),
        _ => None,
    }
}

/// The name that the writer gives, or the display name if it looks like a person's.
fn consumer(source: &Source<'_>, read: &mut Read) {
    for hit in source.hits.iter().filter(|hit| source.steers(hit, "named")) {
        let Some(rest) = source.words.get(hit.last).and_then(|word| source.text.get(word.end..)) else { continue };
        let name: String = rest.trim_start_matches([' ', ':']).chars().take_while(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '\'')).collect();
        let name: Vec<&str> = name.split_whitespace().take_while(|word| !STOPS.contains(&word.to_lowercase().as_str())).take(4).collect();
        let name = name.join(" ");
        let capitals = name.split(' ').all(|word| word.chars().next().is_some_and(|c| !c.is_lowercase()));
        if is_name(&name) && name.contains(' ') && (capitals || hit.form == "ary-Latn") {
            read.note(Fact::ConsumerName, name, "named");
        }
    }
    if let Some(name) = source.from_name.map(tidy).filter(|name| is_name(name) && name.contains(' ')) {
        read.note(Fact::ConsumerName, name, "display-name");
    }
}

/// Words after which a name has ended.
const STOPS: [&str; 20] =
    ["et", "je", "j", "and", "i", "من", "و", "أسكن", "de", "du", "depuis", "demeurant", "résidant", "habitant", "from", "w", "mn", "ana", "titulaire", "né"];

/// Whether `text` can be a person's name: two to six words of letters.
pub(super) fn is_name(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    (1..=6).contains(&words.len())
        && text.chars().count() <= 60
        && text.chars().filter(|c| c.is_alphabetic()).count() >= 3
        && text.chars().all(|c| c.is_alphabetic() || super::super::fold::is_silent(c) || matches!(c, ' ' | '-' | '\'' | '.' | '’'))
}

static BOUGHT: LazyLock<[Regex; 4]> = LazyLock::new(|| {
    [
        concat!(
            r"(?i)(?:command[ée]e?s?|achet[ée]e?s?)\s+(?:(?:le|en|hier|du)\s+[^,.;\n]{0,18}?\s?)?",
            r"((?:un|une|des|deux|trois|quatre)\s[\p{L}\d' -]{2,60}?)",
            r"(?:\s(?:[àa]\s(?:\d|la\s|l'|votre\s|cette\s|un\s)|pour|sur|chez|au|aux|d'une|qui|que|le|dans|depuis|et|mais|en|auprès|via|de\s\d)\s|\s?[,.;:\n(]|$)"
        ),
        concat!(
            r"(?i)(?:ordered|bought|purchased)\s((?:an?\s|two\s|three\s|some\s)?[A-Za-z][A-Za-z' -]{1,40}?)",
            r"(?:\s(?:on|from|for|at|in|with|and|but|through|via|that|which)\s|\s?[,.;:\n(]|$)"
        ),
        r"(?:اقتنيت|اشتريت|شريت|كومانديت)\s((?:\p{Arabic}+\s){0,2}?\p{Arabic}+)\s(?:من|ب|في|ف|عبر|بتاريخ|بمبلغ|بثمن|ديال|نهار)",
        r"(?i)(?:chrit|tlebt|commandit)\s([a-z][a-z0-9' -]{1,30}?)\s(?:mn|men|b|f|mli|nhar|mn3nd|dyal)\s",
    ]
    .map(pattern)
});

fn product(source: &Source<'_>) -> Option<String> {
    let found: Vec<String> =
        BOUGHT.iter().filter_map(|pattern| pattern.captures(source.text)).filter_map(|found| found.get(1).map(|name| tidy(name.as_str()))).collect();
    let dull = |name: &String| {
        ["it", "this", "that", "online", "them", "from", "something", "order", "items"]
            .iter()
            .any(|word| name.to_lowercase().split(' ').next_back() == Some(word))
    };
    found.into_iter().find(|name| name.chars().count() >= 3 && !dull(name))
}

/// "J'habite à Rabat", "ana mn Fes", "أسكن في فاس".
fn city(source: &Source<'_>, read: &mut Read) {
    const LIVES: [&str; 12] = ["habite", "resident", "residant", "demeurant", "live", "living", "اسكن", "اقطن", "ساكن", "ساكنه", "sakn", "saken"];
    let lives = source.words.iter().enumerate().filter(|(_, word)| LIVES.contains(&word.text.as_str())).map(|(at, _)| at).next();
    let Some(at) = lives else { return };
    let city = source
        .hits
        .iter()
        .filter(|hit| hit.first > at && hit.first <= at.saturating_add(4))
        .find_map(|hit| if let Meaning::City(name) = &hit.meaning { Some(name.clone()) } else { None });
    if let Some(city) = city {
        read.note(Fact::City, city, "lives");
    }
}

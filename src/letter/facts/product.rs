//! What was bought: a known thing, or what follows a verb of buying.

use super::seller::is_in_host;
use super::{Read, Source, tidy};
use crate::domain::Fact;
use crate::letter::fold::fold;
use crate::letter::lexicon::{Hit, Meaning};
use crate::letter::pattern::pattern;
use crate::letter::span::longest;
use regex::Regex;
use std::sync::LazyLock;

static BOUGHT: LazyLock<[Regex; 4]> = LazyLock::new(|| {
    [
        concat!(
            r"(?i)(?:command[ée]e?s?|achet[ée]e?s?)\s+(?:(?:le|en|hier|du)\s+[^,.;\n]{0,18}?\s?)?",
            r"((?:un|une|des|deux|trois|quatre)\s[\p{L}\d'-]+(?:\s(?:de|d'|à|en|pour)?\s?[\p{L}\d'-]+){0,2}?)",
            r"(?:\s(?:[àa]\s(?:\d|la\s|l'|votre\s|cette\s|un\s)|pour|sur|chez|au|aux|d'une|qui|que|le|dans|depuis|et|mais|en|auprès|via|il|ils|de\s\d)\s|\s?[,.;:\n(]|$)"
        ),
        concat!(
            r"(?i)(?:ordered|bought|purchased)\s((?:an?\s|two\s|three\s|some\s)?[A-Za-z][A-Za-z'-]*(?:\s[A-Za-z'-]+){0,2}?)",
            r"(?:\s(?:on|from|for|at|in|with|and|but|through|via|that|which)\s|\s?[,.;:\n(]|$)"
        ),
        r"(?:اقتنيت|اشتريت|شريت|كومانديت)\s((?:\p{Arabic}+\s){0,2}?\p{Arabic}+)\s(?:من|ب|في|ف|عبر|بتاريخ|بمبلغ|بثمن|ديال|نهار)",
        r"(?i)(?:chrit|tlebt|commandit)\s([a-z][a-z0-9' -]{1,30}?)\s(?:mn|men|b|f|mli|nhar|mn3nd|dyal)\s",
    ]
    .map(pattern)
});

/// Words before a product that are none of it.
const ARTICLES: [&str; 22] = [
    "un",
    "une",
    "des",
    "deux",
    "trois",
    "quatre",
    "a",
    "an",
    "two",
    "three",
    "some",
    "the",
    "my",
    "wa7d",
    "wahd",
    "l",
    "le",
    "la",
    "واحد",
    "واحد ال",
    "وحدة",
    "mon",
];
/// Words that are no product.
const DULL: [&str; 27] = [
    "it",
    "this",
    "that",
    "online",
    "them",
    "from",
    "something",
    "order",
    "items",
    "lbare7",
    "lbareh",
    "البارح",
    "produit",
    "article",
    "articles",
    "produits",
    "chose",
    "منتج",
    "منتجا",
    "hier",
    "commande",
    "حاجة",
    "haja",
    "7aja",
    "choses",
    "things",
    "rien",
];
/// Words between a verb of buying and the thing.
const REACH: usize = 6;

/// Notes the product where only one can be meant.
pub(super) fn read(source: &Source<'_>, read: &mut Read) {
    let merchant = fold(read.facts.get(Fact::Merchant).unwrap_or_default());
    let told =
        |hit: &Hit| matches!(hit.meaning, Meaning::Category(_) | Meaning::Remedy(_)) || ["ordered", "arrived"].iter().any(|list| source.steers(hit, list));
    if !source.hits.iter().any(told) && !read.answers.iter().any(|answer| answer.number.is_some()) {
        return;
    }
    if let Some(product) = known(source, &merchant).or_else(|| bought(source)) {
        read.note(Fact::Product, product, "bought");
    }
}

/// The only known thing in the text, or the one right after a verb of buying. Things within the seller's name do not count.
fn known(source: &Source<'_>, merchant: &str) -> Option<String> {
    let things: Vec<(&Hit, String)> = longest(source.hits, |hit| source.steers(hit, "product"))
        .into_iter()
        .take(60)
        .filter_map(|hit| {
            let text = source.text.get(source.words.get(hit.first)?.start..source.words.get(hit.last)?.end)?;
            Some((hit, with_model(source, hit, text)))
        })
        .filter(|(hit, text)| {
            let after = source.words.get(hit.last).and_then(|word| source.text.get(word.end..)).unwrap_or_default();
            let named =
                after.trim_start_matches(' ').starts_with(':') || after.starts_with(['-', '_']) && after.chars().nth(1).is_some_and(|c| c.is_ascii_digit());
            !named && !merchant.contains(&fold(text)) && !is_beside(source, hit) && !is_not_bought(source, hit.first)
        })
        .collect();
    let same = |left: &str, right: &str| {
        let (left, right) = (root(left), root(right));
        left.starts_with(&right) || right.starts_with(&left)
    };
    let (first, text) = things.first()?;
    if things.iter().all(|(hit, other)| hit.phrase == first.phrase || same(other, text)) {
        return Some(tidy(text));
    }
    let bought: Vec<&String> = things.iter().filter(|(hit, _)| source.cue_before(hit.first, REACH, &["ordered"]).is_some()).map(|(_, text)| text).collect();
    match bought.as_slice() {
        [only] => Some(tidy(only)),
        _ => None,
    }
}

/// Whether the verb of buying before word `at` is denied: "je n'ai jamais commandé de trottinette".
fn is_not_bought(source: &Source<'_>, at: usize) -> bool {
    let bought = source.cue_before(at, REACH, &["ordered"]);
    bought.is_some_and(|(_, verb)| {
        let small = |at: usize| source.words.get(at).is_some_and(|word| matches!(word.text.as_str(), "rien" | "encore" | "ai" | "even"));
        let last = (0..verb.first).rev().find(|at| !small(*at));
        let own = source.hits_within(verb).any(|hit| hit.last <= verb.last && source.steers(hit, "denies"));
        own || last.is_some_and(|last| source.cue_before(verb.first, 4, &["denies"]).is_some_and(|(_, denial)| denial.last == last))
    })
}

/// Whether a thing is only mentioned: what the writer uses, a part of a host, or the hour.
fn is_beside(source: &Source<'_>, hit: &Hit) -> bool {
    let word = |back: usize| hit.first.checked_sub(back).and_then(|at| source.words.get(at)).map_or("", |word| word.text.as_str());
    let bought = || (1..=2).any(|ahead| source.hits_at(hit.last.saturating_add(ahead)).any(|other| source.steers(other, "ordered")));
    let used =
        matches!(word(1), "mon" | "ma" | "my") && matches!(word(2), "sur" | "de" | "depuis" | "dans" | "avec" | "on" | "from" | "with" | "in") && !bought();
    let hour = hit.phrase == "ساعة" && (matches!(word(1), "حد" | "حدود" | "لحد" | "هاد" | "هذه") || word(1).bytes().any(|byte| byte.is_ascii_digit()));
    let next = source.words.get(hit.last.saturating_add(1)).filter(|word| !word.begins).map_or("", |word| word.text.as_str());
    let digits = next.len() >= 3 && next.bytes().all(|byte| byte.is_ascii_digit());
    let complaint = hit.phrase.starts_with("ticket") && (digits || matches!(next, "n" | "no" | "numero" | "number" | "ouvert" | "opened" | "sav" | "support"));
    used || hour || complaint || source.words.get(hit.first).is_some_and(|word| is_in_host(source, word))
}

/// A word without the article and the ending by which a thing is named again.
fn root(text: &str) -> String {
    let folded = fold(text);
    let bare = folded.strip_prefix("ال").unwrap_or(&folded);
    bare.chars().take(5).collect()
}

/// A thing with the number of its model: "iPhone 12".
fn with_model(source: &Source<'_>, hit: &Hit, text: &str) -> String {
    const MODELS: [&str; 6] = ["iphone", "samsung", "galaxy", "playstation", "redmi", "ps"];
    let next =
        source.words.get(hit.last.saturating_add(1)).filter(|word| !word.begins && word.text.len() <= 4 && word.text.bytes().any(|byte| byte.is_ascii_digit()));
    match next {
        Some(word) if MODELS.contains(&fold(text).as_str()) => format!("{text} {}", source.text.get(word.start..word.end).unwrap_or_default()),
        _ => text.to_owned(),
    }
}

fn bought(source: &Source<'_>) -> Option<String> {
    let found = BOUGHT.iter().filter_map(|pattern| pattern.captures(source.text)).filter_map(|found| found.get(1));
    let found = found.filter(|name| !is_not_bought(source, source.word_at(name.start()))).map(|name| tidy(name.as_str()));
    found.map(|name| without_articles(&name)).find(|name| {
        let dull = name.split(' ').any(|word| DULL.contains(&fold(word).as_str()) || DULL.contains(&word));
        name.chars().count() >= 3 && !dull
    })
}

fn without_articles(name: &str) -> String {
    let mut words: Vec<&str> = name.split(' ').collect();
    while words.len() > 1 && words.first().is_some_and(|word| ARTICLES.contains(&word.to_lowercase().as_str())) {
        words.remove(0);
    }
    words.join(" ")
}

//! Who complains, and where that person lives.

use super::{Read, Source, tidy};
use crate::domain::Fact;
use crate::letter::lexicon::{Hit, Meaning};

/// Words after which a name has ended.
const STOPS: [&str; 26] = [
    "et",
    "je",
    "j",
    "and",
    "i",
    "من",
    "و",
    "أسكن",
    "de",
    "du",
    "depuis",
    "demeurant",
    "résidant",
    "habitant",
    "from",
    "w",
    "mn",
    "men",
    "o",
    "titulaire",
    "né",
    "à",
    "a",
    "tel",
    "f",
    "ساكن",
];

/// Notes the name and the city of who writes.
pub(super) fn read(source: &Source<'_>, read: &mut Read) {
    let signed = signature(source);
    for hit in source.hits.iter().filter(|hit| source.steers(hit, "named")).take(20) {
        let name = name_from(source, hit.last.saturating_add(1));
        let given = source.hits_at(hit.last.saturating_add(1)).any(|other| source.is_given(other));
        let capitals = name.split(' ').all(|word| word.chars().next().is_some_and(|c| !c.is_lowercase()));
        let announced = hit.words() > 1 || !matches!(hit.phrase.as_str(), "ana" | "أنا");
        if is_full(&name) && (given || announced && (capitals || hit.form == "ary-Latn")) {
            read.note(Fact::ConsumerName, name, "named");
        }
    }
    if let Some(place) = signed {
        let name = name_from(source, place);
        if is_full(&name) {
            read.note(Fact::ConsumerName, name, "signed");
        }
    }
    if let Some(name) = source.from_name.map(tidy).filter(|name| is_name(name) && name.contains(' ')) {
        read.note(Fact::ConsumerName, name, "display-name");
    }
    if let Some(city) = lives(source).or_else(|| signed.and_then(|place| city_after(source, place, 6))) {
        read.note(Fact::City, city, "lives");
    }
}

/// The words of a name from word `first` on.
fn name_from(source: &Source<'_>, first: usize) -> String {
    let Some(rest) = source.words.get(first).and_then(|word| source.text.get(word.start..)) else { return String::new() };
    let name: String = rest.chars().take(80).take_while(|c| c.is_alphabetic() || super::super::fold::is_silent(*c) || matches!(c, ' ' | '-' | '\'')).collect();
    let city = |place: usize| source.hits_at(first.saturating_add(place)).any(|hit| matches!(hit.meaning, Meaning::City(_)));
    let small = |word: &str| ["el", "al", "ait", "ben", "bel", "ould", "bent"].contains(&word.to_lowercase().as_str());
    let latin = name.chars().next().is_some_and(|c| c.is_ascii_alphabetic());
    let capital = name.chars().next().is_some_and(char::is_uppercase);
    let words: Vec<&str> = name
        .split_whitespace()
        .enumerate()
        .take_while(|(place, word)| {
            let lower = latin && capital && word.chars().next().is_some_and(char::is_lowercase) && !small(word);
            !(lower || STOPS.contains(&word.to_lowercase().as_str()) || *place > 0 && city(*place))
        })
        .map(|(_, word)| word)
        .take(4)
        .collect();
    words.join(" ")
}

/// The word at which a signature begins within the text: a given name at the head of one of the last sentences.
fn signature(source: &Source<'_>) -> Option<usize> {
    const LAST: usize = 14;
    const SHORT: usize = 60;
    const CIVIL: [&str; 7] = ["m", "mr", "mme", "mlle", "monsieur", "madame", "mrs"];
    let from = if source.words.len() <= SHORT { 0 } else { source.words.len().saturating_sub(LAST) };
    let heads = |at: usize| {
        let before = at.checked_sub(1);
        let civil = before.filter(|before| source.words.get(*before).is_some_and(|word| CIVIL.contains(&word.text.as_str())));
        source.opens(at)
            || civil.is_some_and(|civil| source.opens(civil))
            || at.checked_sub(1).is_some_and(|before| {
                source
                    .hits
                    .iter()
                    .any(|hit| hit.last == before && source.steers(hit, "courtesy") && source.words.get(hit.first).is_some_and(|word| word.begins))
            })
    };
    source.hits.iter().filter(|hit| hit.first >= from && source.is_given(hit)).map(|hit| hit.first).find(|at| heads(*at))
}

/// "J'habite à Rabat", "ana mn Fes", "أسكن في فاس", "Hassan mn Casablanca", "3) Khouribga".
fn lives(source: &Source<'_>) -> Option<String> {
    let says = |word: &str| match word {
        "habite" | "resident" | "residant" | "demeurant" | "live" | "living" | "habitant" => true,
        _ => matches!(word, "اسكن" | "اقطن" | "ساكن" | "ساكنه" | "sakn" | "saken" | "sakna"),
    };
    let lives = source.words.iter().position(|word| says(&word.text));
    if let Some(city) = lives.and_then(|at| city_after(source, at.saturating_add(1), 4)) {
        return Some(city);
    }
    source.hits.iter().filter(|hit| matches!(hit.meaning, Meaning::City(_))).take(30).find(|hit| of_the_writer(source, hit)).and_then(city_of)
}

/// Whether the city stands after "I am from" or after a person's name and "from", or is a line of its own.
fn of_the_writer(source: &Source<'_>, city: &Hit) -> bool {
    const FROM: [&str; 6] = ["mn", "men", "من", "from", "de", "d"];
    let word = |at: Option<usize>| at.and_then(|at| source.words.get(at)).map(|word| word.text.as_str());
    let before = city.first.checked_sub(1);
    let begins = source.opens(city.first);
    let ends = source.words.get(city.last.saturating_add(1)).is_none_or(|word| word.begins);
    if begins && ends {
        return true;
    }
    let person = (2..=4).any(|back| {
        let at = city.first.checked_sub(back);
        let known = |list: &str| at.is_some_and(|at| source.hits_at(at).any(|hit| source.steers(hit, list)));
        matches!(word(at), Some("ana" | "انا" | "suis" | "am")) || known("given") && source.cue_before(city.first, 5, &["seller"]).is_none()
    });
    word(before).is_some_and(|word| FROM.contains(&word)) && person
}

fn city_of(hit: &Hit) -> Option<String> {
    if let Meaning::City(name) = &hit.meaning { Some(name.clone()) } else { None }
}

/// The first city within `reach` words from word `first` on.
fn city_after(source: &Source<'_>, first: usize, reach: usize) -> Option<String> {
    source.hits.iter().filter(|hit| hit.first >= first && hit.first <= first.saturating_add(reach)).find_map(city_of)
}

/// Whether `text` is a name and a family name, each more than a letter.
fn is_full(text: &str) -> bool {
    is_name(text) && text.contains(' ') && text.split(' ').all(|word| word.chars().count() > 1)
}

/// Whether `text` can be a person's name: two to six words of letters.
pub(super) fn is_name(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    (1..=6).contains(&words.len())
        && text.chars().count() <= 60
        && text.chars().filter(|c| c.is_alphabetic()).count() >= 3
        && text.chars().all(|c| c.is_alphabetic() || super::super::fold::is_silent(c) || matches!(c, ' ' | '-' | '\'' | '.' | '’'))
}

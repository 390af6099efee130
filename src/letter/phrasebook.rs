//! Reading the lexicon files: every mistake becomes a sentence with its line.

use super::fold::{folded_words, words};
use crate::domain::facts::REMEDIES;
use crate::domain::fault::nearest;
use crate::domain::{CodeWord, CodeWords, Fact, Fault, Intent};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A category of disputes and the words that speak for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Category {
    /// Code of DOMAIN §4.1.
    pub code: String,
    /// Counts only if no other category is found.
    pub yields: bool,
    /// A negation right before one of its phrases takes it back.
    #[serde(default)]
    pub deniable: bool,
    /// Phrases for each form of language.
    pub words: BTreeMap<String, Vec<String>>,
}

/// Forms of language that have a lexicon.
pub(super) const FORMS: [&str; 5] = ["fr", "en", "ar", "ary", "ary-Latn"];
/// Categories of DOMAIN §4.1 that are recognised by words.
pub const CATEGORIES: [&str; 14] = [
    "DELIVERY_DELAY",
    "NON_DELIVERY",
    "WRONG_INCOMPLETE",
    "NON_CONFORMITY",
    "DEFECT_DAMAGE",
    "COUNTERFEIT",
    "RETURN_WITHDRAWAL",
    "REFUND",
    "CANCELLATION",
    "WARRANTY",
    "BILLING_PAYMENT",
    "FRAUD_SCAM",
    "CUSTOMER_SERVICE",
    "PERSONAL_DATA",
];
/// Lists of words that steer the reading: what each is for stands in `config/phrases/fr.toml`.
pub(super) const STEERING: [&str; 54] = [
    "but",
    "after",
    "courtesy",
    "denies",
    "harmless",
    "plain",
    "slips",
    "runs",
    "lacks",
    "declines",
    "doubts",
    "reports",
    "others",
    "hides",
    "marks",
    "asks",
    "ordered",
    "contacted",
    "arrived",
    "aside",
    "fees",
    "deposit",
    "total",
    "seller",
    "called",
    "shop",
    "stops",
    "named",
    "given",
    "address",
    "product",
    "yesterday",
    "day_before",
    "days_ago",
    "last",
    "case",
    "spans",
    "offer",
    "elsewhere",
    "joins",
    "undoes",
    "hedges",
    "undone",
    "notices",
    "speakers",
    "quotes",
    "sellers",
    "theirs",
    "own",
    "bystanders",
    "carriers",
    "apart",
    "about",
    "parts",
];
/// Lists that are looked into beside a code alone.
pub(super) const BESIDE: [&str; 3] = ["words.plain", "words.slips", "words.runs"];
/// Ways to pay.
pub(super) const PAYMENTS: [&str; 5] = ["cash_on_delivery", "card", "transfer", "wallet", "cash"];

/// Whether lists may be called `path`.
fn known(path: &[&str]) -> bool {
    match path {
        ["words", list] => STEERING.contains(list),
        ["intents", intent, strength] => Intent::parse(intent).is_some() && ["strong", "weak"].contains(strength),
        ["remedies", code] => REMEDIES.contains(code),
        ["payments", way] => PAYMENTS.contains(way),
        ["labels", fact] => Fact::parse(fact).is_some(),
        ["months", number] => number.parse::<u8>().is_ok_and(|number| (1..=12).contains(&number)),
        ["weekdays", number] => number.parse::<u8>().is_ok_and(|number| (1..=7).contains(&number)),
        ["cities", _] => true,
        _ => false,
    }
}

/// Words that may stand in the place of an unknown one.
fn candidates(path: &[&str]) -> Vec<&'static str> {
    match path {
        ["words", _] => STEERING.to_vec(),
        ["intents", _, _] => Intent::ALL.iter().map(|intent| intent.name()).chain(["strong", "weak"]).collect(),
        ["remedies", _] => REMEDIES.to_vec(),
        ["payments", _] => PAYMENTS.to_vec(),
        ["labels", _] => Fact::ALL.iter().map(|fact| fact.name()).collect(),
        _ => vec!["words", "intents", "remedies", "payments", "labels", "months", "weekdays", "cities"],
    }
}

/// Reads one `phrases/<form>.toml`: lists under dotted names.
pub(super) fn phrases(file: &str, text: &str, faults: &mut Vec<Fault>) -> BTreeMap<String, Vec<String>> {
    let mut lists = BTreeMap::new();
    let Some(root) = document(file, text, faults) else { return lists };
    let mut todo: Vec<(Vec<String>, &DeTable<'_>)> = vec![(Vec::new(), &root)];
    while let Some((path, table)) = todo.pop() {
        for (key, value) in table {
            let mut path = path.clone();
            path.push(key.get_ref().to_string());
            let names: Vec<&str> = path.iter().map(String::as_str).collect();
            match value.get_ref() {
                DeValue::Table(inner) if names.len() < 3 => todo.push((path, inner)),
                _ if !known(&names) => {
                    let near = names
                        .iter()
                        .rev()
                        .find_map(|name| nearest(name, candidates(&names)))
                        .map(|near| format!("; did you mean `{near}`?"))
                        .unwrap_or_default();
                    faults.push(Fault::at(file, text, key.span().start, format!("`{}` is not a list that the reader knows{near}", names.join("."))));
                }
                _ => {
                    lists.insert(path.join("."), strings(file, text, value, faults));
                }
            }
        }
    }
    lists
}

/// Reads `categories.toml`.
pub(super) fn categories(file: &str, text: &str, faults: &mut Vec<Fault>) -> Vec<Category> {
    let mut found: Vec<(usize, Category)> = Vec::new();
    let Some(root) = document(file, text, faults) else { return Vec::new() };
    for (key, value) in &root {
        let code = key.get_ref().to_string();
        let (DeValue::Table(table), true) = (value.get_ref(), CATEGORIES.contains(&code.as_str())) else {
            let near = nearest(&code, CATEGORIES).map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
            faults.push(Fault::at(file, text, key.span().start, format!("`{code}` is not a category of disputes{near}")));
            continue;
        };
        let mut category = Category { code, yields: false, deniable: false, words: BTreeMap::new() };
        for (name, value) in table {
            match (name.get_ref().as_ref(), value.get_ref()) {
                ("yields", DeValue::Boolean(yields)) => category.yields = *yields,
                ("deniable", DeValue::Boolean(deniable)) => category.deniable = *deniable,
                (form, _) if FORMS.contains(&form) => {
                    category.words.insert(form.to_owned(), strings(file, text, value, faults));
                }
                (other, _) => faults.push(Fault::at(
                    file,
                    text,
                    name.span().start,
                    format!("`{other}` does not belong here: write yields = true, deniable = true, or a list for one of {}", FORMS.join(", ")),
                )),
            }
        }
        found.push((key.span().start, category));
    }
    found.sort_by_key(|(at, _)| *at);
    refuse_shared(file, text, &found, faults);
    found.into_iter().map(|(_, category)| category).collect()
}

/// A phrase that speaks for two categories speaks for none.
fn refuse_shared(file: &str, text: &str, found: &[(usize, Category)], faults: &mut Vec<Fault>) {
    let mut owners: BTreeMap<(&str, String), &str> = BTreeMap::new();
    for (at, category) in found {
        for (form, phrases) in &category.words {
            for phrase in phrases {
                let folded = folded(phrase);
                match owners.insert((form, folded), &category.code) {
                    Some(other) if other != category.code => {
                        let line = text.get(*at..).and_then(|rest| rest.find(&format!("\"{phrase}\""))).map_or(*at, |found| at.saturating_add(found));
                        faults.push(Fault::at(file, text, line, format!("`{phrase}` stands for {other} already; keep it in one place")));
                    }
                    _ => {}
                }
            }
        }
    }
}

/// Reads `phrases/codes.toml`; no two intents may share a word.
pub(super) fn codes(file: &str, text: &str, faults: &mut Vec<Fault>) -> CodeWords {
    let mut found = CodeWords::default();
    let Some(root) = document(file, text, faults) else { return found };
    let mut owners: BTreeMap<String, Intent> = BTreeMap::new();
    for (key, value) in &root {
        let (Some(intent), DeValue::Table(table)) = (Intent::parse(key.get_ref()), value.get_ref()) else {
            let near =
                nearest(key.get_ref(), Intent::ALL.iter().map(|intent| intent.name())).map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
            faults.push(Fault::at(file, text, key.span().start, format!("`{}` is not an intent{near}", key.get_ref())));
            continue;
        };
        let word = code_word(file, text, key.span(), table, faults);
        for understood in word.understood().filter(|word| !word.is_empty()) {
            if let Some(other) = owners.insert(folded(understood), intent)
                && other != intent
            {
                faults.push(Fault::at(file, text, key.span().start, format!("`{understood}` already stands for `{other}`; a word may have one meaning")));
            }
        }
        found.0.insert(intent, word);
    }
    found
}

fn code_word(file: &str, text: &str, span: Range<usize>, table: &DeTable<'_>, faults: &mut Vec<Fault>) -> CodeWord {
    let mut word = CodeWord { fr: String::new(), ar: String::new(), en: String::new(), also: Vec::new() };
    for (name, value) in table {
        match (name.get_ref().as_ref(), value.get_ref()) {
            ("fr", DeValue::String(printed)) => word.fr = printed.to_string(),
            ("ar", DeValue::String(printed)) => word.ar = printed.to_string(),
            ("en", DeValue::String(printed)) => word.en = printed.to_string(),
            ("also", _) => word.also = strings(file, text, value, faults),
            (other, _) => faults.push(Fault::at(
                file,
                text,
                name.span().start,
                format!("`{other}` does not belong here: write fr, ar and en as texts, also as a list of texts"),
            )),
        }
    }
    if [&word.fr, &word.ar, &word.en].iter().any(|printed| words(printed).is_empty()) {
        faults.push(Fault::at(file, text, span.start, "A word is missing: fr, ar and en must each be given".to_owned()));
    }
    word
}

/// The words of a phrase, as they are compared.
pub(super) fn folded(phrase: &str) -> String {
    folded_words(phrase).collect::<Vec<_>>().join(" ")
}

fn document<'a>(file: &str, text: &'a str, faults: &mut Vec<Fault>) -> Option<DeTable<'a>> {
    match DeTable::parse(text) {
        Ok(root) => Some(root.into_inner()),
        Err(error) => {
            faults.push(Fault::at(file, text, error.span().map_or(0, |span| span.start), format!("This is not TOML: {}", error.message())));
            None
        }
    }
}

/// A list of texts with at least one letter each.
fn strings(file: &str, text: &str, value: &Spanned<DeValue<'_>>, faults: &mut Vec<Fault>) -> Vec<String> {
    let DeValue::Array(items) = value.get_ref() else {
        faults.push(Fault::at(file, text, value.span().start, "A list of texts in quotes is expected here".to_owned()));
        return Vec::new();
    };
    let mut found = Vec::new();
    for item in items.iter() {
        match item.get_ref() {
            DeValue::String(phrase) if !words(phrase).is_empty() => found.push(phrase.to_string()),
            _ => faults.push(Fault::at(file, text, item.span().start, "Every item of this list is a text in quotes with at least one letter".to_owned())),
        }
    }
    found
}

//! What may not be said, in the forms in which it is looked for.

use super::Leak;
use crate::domain::fold::{self, Sign, signs};
use crate::domain::shingles::words;
use crate::domain::{Address, Token};

/// A needle of fewer letters is found only as a whole word: within longer words it stands by chance.
const DISTINCTIVE: usize = 9;
/// The shortest identifier that is looked for.
const SHORTEST: usize = 5;
/// The fewest digits of a telephone number, and how many of its last ones every way of writing it has in common: +212 6…, 00212 6…, 06….
const FEWEST_DIGITS: usize = 7;
const COMMON_DIGITS: usize = 9;
/// The most words of a name of which the order does not matter.
const LONGEST_NAME: usize = 12;

/// Something to look for.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Needle {
    /// Letters and digits only, folded.
    pub(super) letters: String,
    /// What is found with it.
    pub(super) kind: Leak,
    /// Whether it counts only where a word begins and ends.
    pub(super) whole: bool,
    /// Whether it is none where the reader knows a text with it: a part of an address may be anybody's name.
    pub(super) yields: bool,
}

impl Needle {
    /// `text` and the same backwards, as a direction override shows it.
    fn both_ways(text: &str, kind: Leak, yields: bool) -> Vec<Self> {
        let letters = spelt(text);
        let backwards = letters.chars().rev().collect();
        let needle = |letters: String| Self { whole: letters.chars().count() < DISTINCTIVE, letters, kind, yields };
        if letters.chars().count() < SHORTEST { Vec::new() } else { vec![needle(letters), needle(backwards)] }
    }

    /// For `address`: the whole, its `@` and dots also in words, its domain if it is its owner's, its local part if nobody else would have it.
    pub(super) fn of_address(address: &Address) -> Vec<Self> {
        let (local, domain) = (untagged(address.local()), address.domain());
        let mut found = Vec::new();
        for at in [" ", " at ", " arobase "] {
            for dot in [".", " dot ", " point "] {
                found.extend(Self::both_ways(&format!("{}{at}{}", local.replace('.', dot), domain.replace('.', dot)), Leak::Address, false));
                found.extend(Self::both_ways(&format!("{local}{at}{}", domain.replace('.', dot)), Leak::Address, false));
            }
        }
        if local != address.local() {
            found.extend(Self::both_ways(address.as_str(), Leak::Address, false));
        }
        if !is_public(domain) {
            found.extend(Self::both_ways(domain, Leak::Address, true));
        }
        if is_distinctive(local) {
            found.extend(Self::both_ways(local, Leak::Address, true));
        }
        found
    }

    /// For a telephone number, however it is written: its last nine digits, or all of a shorter one but the zero that some leave out.
    pub(super) fn of_phone(number: &str) -> Vec<Self> {
        let digits: String = spelt(number).chars().filter(char::is_ascii_digit).collect();
        let significant = digits.trim_start_matches('0');
        let common = significant.get(significant.len().saturating_sub(COMMON_DIGITS)..).unwrap_or_default();
        let backwards: String = common.chars().rev().collect();
        let needle = |letters: &str| Self { letters: letters.to_owned(), kind: Leak::Phone, whole: common.len() < COMMON_DIGITS, yields: false };
        if common.len() < FEWEST_DIGITS { Vec::new() } else { vec![needle(common), needle(&backwards)] }
    }

    /// For a reply token.
    pub(super) fn of_token(token: &Token) -> Vec<Self> {
        Self::both_ways(token.as_str(), Leak::Token, false)
    }

    /// For a name, a street, a number, the name of a file; a name of two words also the other way round, without anything between.
    pub(super) fn of_identifier(text: &str) -> Vec<Self> {
        let turned: Vec<&str> = text.split_whitespace().rev().collect();
        [Self::both_ways(text, Leak::Identifier, true), Self::both_ways(&turned.join(" "), Leak::Identifier, true)].concat()
    }
}

/// How many words a name has, and what they come to together in any order; `None` for one word, and for so many that they are a sentence.
pub(super) fn unordered(text: &str) -> Option<(usize, u64)> {
    let words = words(text);
    let fits = (2..=LONGEST_NAME).contains(&words.len()) && spelt(text).chars().count() >= SHORTEST;
    fits.then(|| (words.len(), words.iter().fold(0_u64, |sum, word| sum.wrapping_add(spread(word.hash)))))
}

/// What a word adds to the sum of a name's words.
pub(super) fn spread(hash: u64) -> u64 {
    // Without it two words could stand for two others whose hashes have the same sum.
    (hash ^ (hash >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93).rotate_left(31).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// A local part without its tag.
pub(super) fn untagged(local: &str) -> &str {
    local.split('+').next().filter(|base| !base.is_empty()).unwrap_or(local)
}

/// Only the letters and digits of a text, folded, and where each byte of them comes from.
#[derive(Clone, Default)]
pub(super) struct Letters {
    pub(super) text: String,
    pub(super) places: Vec<Place>,
}

/// Where a byte of [`Letters`] comes from.
#[derive(Clone, Copy)]
pub(super) struct Place {
    /// Where in the text.
    pub(super) source: usize,
    /// Whether a word begins with it.
    pub(super) begins: bool,
}

/// The letters and digits of `text`. Nothing between them counts, not even the end of a line.
pub(super) fn letters(text: &str) -> Letters {
    let mut found = Letters { text: String::with_capacity(text.len()), places: Vec::with_capacity(text.len()) };
    let mut begins = true;
    signs(text, |source, sign| match sign {
        Sign::Letter(c) => {
            found.text.push(c);
            found.places.resize(found.text.len(), Place { source, begins: false });
            let first = found.text.len().saturating_sub(c.len_utf8());
            if let Some(place) = found.places.get_mut(first) {
                place.begins = begins;
            }
            begins = false;
        }
        Sign::Gap | Sign::Line => begins = true,
    });
    found
}

/// Only the letters and digits of a text, folded.
pub(super) fn spelt(text: &str) -> String {
    let mut found = Vec::with_capacity(text.len());
    fold::spell(text, &mut found);
    String::from_utf8(found).unwrap_or_default()
}

/// Whether a local part names one person: long, or with digits or several pieces, and not what every shop has.
fn is_distinctive(local: &str) -> bool {
    const GENERIC: [&str; 40] = [
        "accueil",
        "achat",
        "admin",
        "bonjour",
        "boutique",
        "client",
        "clientele",
        "clients",
        "commande",
        "commandes",
        "commercial",
        "compta",
        "comptabilite",
        "contact",
        "customer",
        "customercare",
        "customerservice",
        "direction",
        "hello",
        "info",
        "information",
        "informations",
        "litige",
        "magasin",
        "mediation",
        "noreply",
        "reclamation",
        "reclamations",
        "remboursement",
        "retours",
        "sales",
        "sav",
        "service",
        "serviceclient",
        "serviceclients",
        "shop",
        "store",
        "support",
        "vente",
        "ventes",
    ];
    let mut pieces = local.split(['.', '-', '_']).filter(|piece| !piece.is_empty());
    let (length, several) = (letters(local).text.chars().count(), pieces.clone().count() > 1);
    let marked = several || local.contains(|c: char| c.is_ascii_digit());
    let long = length >= DISTINCTIVE.saturating_add(1) || (length >= DISTINCTIVE.saturating_sub(1) && marked);
    long && !pieces.all(|piece| GENERIC.contains(&piece.to_lowercase().as_str()))
}

/// Providers of mailboxes, and servers of theirs: their domain says nothing of who writes. The part before the first dot, since most have one in each country.
fn is_public(domain: &str) -> bool {
    const NAMES: [&str; 36] = [
        "163",
        "alice",
        "aol",
        "bbox",
        "bluewin",
        "free",
        "fastmail",
        "gmail",
        "gmx",
        "googlemail",
        "hey",
        "hotmail",
        "hushmail",
        "icloud",
        "iam",
        "inwi",
        "laposte",
        "libero",
        "live",
        "mac",
        "mail",
        "me",
        "menara",
        "msn",
        "neuf",
        "numericable",
        "orange",
        "outlook",
        "pm",
        "proton",
        "protonmail",
        "qq",
        "sfr",
        "wanadoo",
        "yahoo",
        "ymail",
    ];
    const MORE: [&str; 6] = ["rocketmail", "tutanota", "tuta", "web", "yandex", "zoho"];
    let name = domain.split('.').next().unwrap_or_default();
    domain.split('.').count() <= 3 && (NAMES.contains(&name) || MORE.contains(&name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_names_one_person_is_looked_for_alone() {
        for (local, expected) in [
            ("leila.bennani", true),
            ("leila84x", true),
            ("leilabennani", true),
            ("leila", false),
            ("leila84", false),
            ("service.clients", false),
            ("reclamations", false),
            ("service-atlas", true),
        ] {
            assert_eq!(is_distinctive(local), expected, "{local}");
        }
        for (domain, expected) in
            [("gmail.com", true), ("yahoo.co.uk", true), ("menara.ma", true), ("zellij-deco.example", false), ("mail.atlas.example.org", false)]
        {
            assert_eq!(is_public(domain), expected, "{domain}");
        }
    }

    #[test]
    fn every_spelling_of_a_number_has_its_needle_in_common() {
        for number in ["+212 612-345-678", "06.12.34.56.78", "00212 (0) 6 12 34 56 78", "٠٦١٢٣٤٥٦٧٨", "212612345678"] {
            let found = Needle::of_phone(number);
            assert_eq!(found.first().map(|needle| needle.letters.as_str()), Some("612345678"), "{number}");
        }
        assert!(Needle::of_phone("12 34 56").is_empty());
    }

    #[test]
    fn the_order_of_a_name_does_not_matter_but_its_words_do() {
        assert_eq!(unordered("Leïla BENNANI"), unordered("bennani, leila"));
        assert_ne!(unordered("Leila Bennani"), unordered("Leila Bennis"));
        assert_eq!(unordered("Leila"), None);
    }
}

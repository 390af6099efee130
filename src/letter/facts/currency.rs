//! Currencies by the words that name them, some of which need to be told whose they are: "650 dirhams émiratis" are no dirhams of Morocco.

use crate::letter::pattern::pattern;
use regex::Regex;
use std::sync::LazyLock;

/// Words after a number that name a currency.
pub(super) const UNIT: &str = concat!(
    r"(dirhams?|dirhems?|derhams?|derhems?|drahe?m|dhs?|dh\.|d\.h\.?|mad|درهما|درهم|دراهم|الدرهم|د\.م|euros?|eur|€|أورو|يورو|اورو|dollars?|usd|\$|£|دولارا|دولار|",
    r"dinars?|dzd|tnd|dt|(?-i:DA)|دج|د\.ج|د\.ت|دينارا|دينار|دنانير|aed|chf|gbp|(?-i:SAR|QAR|KWD|BHD|OMR|JOD|EGP|CAD|XOF|XAF)|f ?cfa|cfa|francs?|frank|فرنكا|فرنك|",
    r"ry?[aâ]le?s?|riyale?s?|rials?|rya?l|ريالات|ريالا|ريال|livres?|pounds?|جنيها|جنيه)"
);
/// Those that may stand before a number.
pub(super) const LEADING: &str = r"(dhs?|mad|eur|€|usd|\$|£|aed|chf|gbp|dzd|tnd|(?-i:SAR|QAR|KWD|BHD|OMR|JOD|EGP|CAD|XOF|XAF))";

/// Whose currency it is, after its name: the country, and how it is named.
const NATIONS: [(&str, &str); 19] = [
    ("MA", r"marocaine?s?|moroccan|du maroc|مغربي|maghribi"),
    ("AE", r"[ée]miratie?n?s?|[ée]mirate?s?|u\.?a\.?e|(?-i:E\.?A\.?U)|duba[iï]|[إا]ماراتي|ال[إا]مارات|[iae]marati"),
    ("SA", r"s[ao]o?udien(?:ne)?s?|saudis?|ksa|saoudi|سعودي|السعودي|so3odi|sa3oudi"),
    ("QA", r"qatarie?n?n?e?s?|قطري|9atari"),
    ("OM", r"omanaise?s?|omani|عماني"),
    ("YE", r"y[ée]m[ée]nites?|yemeni|يمني"),
    ("DZ", r"alg[ée]rien(?:ne)?s?|algerian|d'alg[ée]rie|جزائري|dzayri"),
    ("TN", r"tunisien(?:ne)?s?|tunisian|de tunisie|تونسي|tounsi"),
    ("KW", r"kowe[iï]tiens?|kuwaiti|كويتي"),
    ("JO", r"jordaniens?|jordanian|[أا]ردني"),
    ("BH", r"bahre[iï]nis?|bahraini|بحريني"),
    ("LY", r"libyens?|libyan|ليبي"),
    ("CH", r"suisses?|swiss|سويسري"),
    ("CF", r"f?cfa|سيفا"),
    ("CA", r"canadiens?|canadian|كندي"),
    ("AU", r"australiens?|australian|[أا]سترالي"),
    ("GB", r"sterlings?|britanniques?|british|[إا]?سترليني"),
    ("EG", r"[ée]gyptien(?:ne)?s?|egyptian|مصري"),
    ("TR", r"turques?|turkish|تركي"),
];

static NATION: LazyLock<Regex> = LazyLock::new(|| {
    let any = NATIONS.map(|(_, names)| format!("({names})")).join("|");
    pattern(&format!(r"^(?i)[ \t]?\(?(?:des? |de l'|les )?(?:{any})"))
});

/// What the words after a number say.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Unit {
    /// One currency.
    Known(&'static str),
    /// A currency of several countries, or of a country that is not known.
    Unsure,
    /// No currency, or one that is only spoken of, see `money.rs`.
    Spoken,
}

/// What `unit` means, before `rest`.
pub(super) fn currency(unit: &str, rest: &str) -> Unit {
    let unit = unit.to_lowercase();
    let nation = nation(rest);
    let Some(known) = alone(&unit) else {
        return match (kind(&unit), nation) {
            ("dinar", Some("DZ")) => Unit::Known("DZD"),
            ("dinar", Some("TN")) => Unit::Known("TND"),
            ("dinar", Some("KW")) => Unit::Known("KWD"),
            ("dinar", Some("JO")) => Unit::Known("JOD"),
            ("dinar", Some("BH")) => Unit::Known("BHD"),
            ("dinar", Some("LY")) => Unit::Known("LYD"),
            ("ryal", Some("SA")) => Unit::Known("SAR"),
            ("ryal", Some("QA")) => Unit::Known("QAR"),
            ("ryal", Some("OM")) => Unit::Known("OMR"),
            ("ryal", Some("YE")) => Unit::Known("YER"),
            ("franc", Some("CH")) => Unit::Known("CHF"),
            ("franc", Some("CF")) => Unit::Known("XOF"),
            ("pound", Some("GB")) => Unit::Known("GBP"),
            ("pound", Some("EG")) => Unit::Known("EGP"),
            ("pound", Some("TR")) => Unit::Known("TRY"),
            ("dinar", _) => Unit::Unsure,
            _ => Unit::Spoken,
        };
    };
    match (known, nation) {
        ("MAD", Some("AE")) => Unit::Known("AED"),
        ("USD", Some("CA")) => Unit::Known("CAD"),
        ("USD", Some("AU")) => Unit::Known("AUD"),
        ("MAD", Some("MA")) | (_, None) => Unit::Known(known),
        ("MAD" | "USD", Some(_)) => Unit::Unsure,
        _ => Unit::Known(known),
    }
}

/// Whether `rest` says that the currency before it is another country's, whose ryals are no twentieths of a dirham.
pub(super) fn is_foreign(rest: &str) -> bool {
    nation(rest).is_some_and(|nation| nation != "MA")
}

/// The country at the head of `rest`.
fn nation(rest: &str) -> Option<&'static str> {
    // Whatever names one is near; a text may be long.
    let near = rest.get(..rest.char_indices().nth(NEAR).map_or(rest.len(), |(at, _)| at))?;
    let found = NATION.captures(near)?;
    NATIONS.iter().zip(found.iter().skip(1)).find(|(_, group)| group.is_some()).map(|((nation, _), _)| *nation)
}

/// Characters in which a country is named.
const NEAR: usize = 40;

/// The currency of a unit that needs nothing after it.
fn alone(unit: &str) -> Option<&'static str> {
    Some(match unit {
        "€" | "eur" | "euro" | "euros" | "أورو" | "يورو" | "اورو" => "EUR",
        "$" | "usd" | "dollar" | "dollars" | "دولار" | "دولارا" => "USD",
        "£" | "gbp" => "GBP",
        "dzd" | "da" | "دج" | "د.ج" => "DZD",
        "tnd" | "dt" | "د.ت" => "TND",
        "aed" => "AED",
        "sar" => "SAR",
        "qar" => "QAR",
        "kwd" => "KWD",
        "bhd" => "BHD",
        "omr" => "OMR",
        "jod" => "JOD",
        "egp" => "EGP",
        "chf" => "CHF",
        "cad" => "CAD",
        "xaf" => "XAF",
        "xof" | "cfa" | "fcfa" | "f cfa" => "XOF",
        _ if kind(unit).is_empty() => "MAD",
        _ => return None,
    })
}

/// The kind of a unit that is told by its country alone.
fn kind(unit: &str) -> &'static str {
    let starts = |heads: &[&str]| heads.iter().any(|head| unit.starts_with(head));
    match () {
        () if starts(&["dinar", "دينار", "دنانير"]) => "dinar",
        () if starts(&["r", "ريال"]) => "ryal",
        () if starts(&["fran", "فرنك"]) => "franc",
        () if starts(&["livre", "pound", "جنيه"]) => "pound",
        () => "",
    }
}

/// Whether amounts of `unit` are spoken of and seldom paid: a twentieth and a hundredth of a dirham, unless a country is named.
pub(super) fn is_spoken_of(unit: &str) -> bool {
    matches!(kind(&unit.to_lowercase()), "ryal" | "franc")
}

/// Whether a thousandth of `currency` is counted: "45,500 DT" may be forty-five dinars and a half.
pub(super) fn has_thousandths(currency: &str) -> bool {
    matches!(currency, "TND" | "KWD" | "BHD" | "OMR" | "JOD" | "LYD")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_currency_is_that_of_its_country() {
        for (unit, rest, expected) in [
            ("درهم", " إماراتي", Unit::Known("AED")),
            ("dirhams", " émiratis", Unit::Known("AED")),
            ("dirhams", " (UAE)", Unit::Known("AED")),
            ("dh", " marocains", Unit::Known("MAD")),
            ("DH", " pour un sac", Unit::Known("MAD")),
            ("ريال", " سعودي", Unit::Known("SAR")),
            ("riyals", " saoudiens", Unit::Known("SAR")),
            ("ريال", " قطري", Unit::Known("QAR")),
            ("ريال", " ومشا", Unit::Spoken),
            ("ryal", "", Unit::Spoken),
            ("dinars", " algériens", Unit::Known("DZD")),
            ("دينار", " تونسي", Unit::Known("TND")),
            ("دينار", " كل شهر", Unit::Unsure),
            ("DA", "", Unit::Known("DZD")),
            ("francs", " suisses", Unit::Known("CHF")),
            ("francs", " CFA", Unit::Known("XOF")),
            ("francs", "", Unit::Spoken),
            ("livres", " et un sac", Unit::Spoken),
            ("livres", " sterling", Unit::Known("GBP")),
            ("$", " canadiens", Unit::Known("CAD")),
            ("dollars", " jordanian", Unit::Unsure),
        ] {
            assert_eq!(currency(unit, rest), expected, "{unit}{rest}");
        }
    }
}

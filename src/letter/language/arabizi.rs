//! Moroccan Arabic in Latin letters by the shape of its words, for those that no list has.

/// Points, 0 to 4, that `word`, folded, speaks for Arabizi by itself.
pub(super) fn points(word: &str) -> u32 {
    if !word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()) {
        return 0;
    }
    if word.bytes().any(|byte| byte.is_ascii_digit()) {
        return digits(word);
    }
    let letters = word.len();
    match () {
        () if letters >= 6 && word.starts_with("ma") && denied(word) && !word.contains("kintosh") => 4,
        () if letters < 4 => 0,
        () => shaped(word).filter(|_| !NOT_ARABIZI.contains(&word)).unwrap_or_default(),
    }
}

/// Its points if it is a verb that is denied by the word `before` it: then it speaks for nothing else.
pub(super) fn points_after(word: &str, before: &str) -> Option<u32> {
    (matches!(before, "ma" | "ma3") && word.len() >= 4 && word.bytes().all(|byte| byte.is_ascii_lowercase()) && denied(word)).then_some(4)
}

/// Points of a word of letters only.
fn shaped(word: &str) -> Option<u32> {
    let long = word.len() >= 5;
    let pair_of = |wanted: fn(&[u8]) -> bool| word.as_bytes().windows(2).any(wanted);
    match () {
        () if present(word) || begins_oddly(word) => Some(3),
        () if long && word.ends_with("lah") => Some(3),
        () if pair_of(|pair| pair == b"kh") || bare_q(word) => Some(2),
        () if long && ["iya", "hom", "kom", "oum", "iyin"].iter().any(|ending| word.ends_with(ending)) => Some(2),
        () if pair_of(|pair| matches!(pair, b"aa" | b"uw" | b"iw" | b"wj" | b"hj" | b"jj")) => Some(1),
        () => None,
    }
}

/// Words of French and English that begin as only Arabizi should.
const NOT_ARABIZI: [&str; 24] = [
    "lloyd",
    "llama",
    "lmao",
    "lmfao",
    "lgbt",
    "ldlc",
    "lvmh",
    "llano",
    "khmer",
    "khan",
    "yvan",
    "yves",
    "mdrr",
    "mdrrr",
    "qwerty",
    "rwanda",
    "kvetch",
    "schtroumpf",
    "bwana",
    "hmmm",
    "pffff",
    "jpeg",
    "html",
    "xbox",
];

/// The end of a denied verb: `ma kaynch`, `ma bghitsh`.
fn denied(word: &str) -> bool {
    ["ch", "sh", "x"].iter().any(|ending| word.ends_with(ending))
}

/// The present and the future: `ka`, `kay`, `kan`, `kat` or `gha` before a verb.
fn present(word: &str) -> bool {
    let after = |prefix: &str| word.strip_prefix(prefix).and_then(|rest| rest.chars().next());
    let verb = ["kay", "kan", "kat"].iter().any(|prefix| after(prefix).is_some_and(is_consonant));
    let name = ["kath", "katr", "kang", "kans", "kany", "kayl"].iter().any(|start| word.starts_with(start));
    let future = word.starts_with("gh") && !["ghost", "ghan", "ghet", "ghoul", "ghast", "gherk", "ghent", "ghis"].iter().any(|start| word.starts_with(start));
    word.len() >= 5 && verb && !name || future
}

fn is_consonant(c: char) -> bool {
    c.is_ascii_alphabetic() && !matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')
}

/// Two consonants with which no French or English word begins, as in `lflous`, `ssalam`, `mzyan`, `bghit`.
fn begins_oddly(word: &str) -> bool {
    let Some(([first, second], rest)) = word.as_bytes().split_first_chunk() else { return false };
    let odd = is_consonant(char::from(*first)) && is_consonant(char::from(*second)) && *second != b'y';
    odd && rest.iter().any(|byte| matches!(byte, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')) && !COMMON.contains(&[*first, *second])
}

/// Pairs of consonants with which words of French and English begin.
const COMMON: [[u8; 2]; 54] = [
    *b"bl", *b"br", *b"ch", *b"cl", *b"cr", *b"cz", *b"dh", *b"dj", *b"dr", *b"dw", *b"fj", *b"fl", *b"fr", *b"gh", *b"gl", *b"gn", *b"gr", *b"hr", *b"kh",
    *b"kl", *b"kn", *b"kr", *b"ll", *b"mc", *b"mn", *b"ph", *b"pl", *b"pn", *b"pr", *b"ps", *b"pt", *b"qu", *b"rh", *b"sc", *b"sh", *b"sk", *b"sl", *b"sm",
    *b"sn", *b"sp", *b"sq", *b"sr", *b"st", *b"sv", *b"sw", *b"th", *b"tr", *b"ts", *b"tw", *b"vr", *b"vl", *b"wh", *b"wr", *b"zh",
];

/// A `q` that no `u` follows.
fn bare_q(word: &str) -> bool {
    word.contains('q')
        && word.split('q').skip(1).any(|rest| !rest.starts_with('u'))
        && !["cinq", "iraq", "qatar", "aqmi"].iter().any(|known| word.starts_with(known))
}

/// Digits that stand for letters, as in `3afak`, `9belt`, `b7al`; not those of amounts, measures, models and numbers of orders.
fn digits(word: &str) -> u32 {
    let letters = word.bytes().filter(u8::is_ascii_lowercase).count();
    let digits = word.len().saturating_sub(letters);
    let rest = word.trim_start_matches(|c: char| c.is_ascii_digit());
    let counted = rest.len() < word.len() && MEASURES.contains(&rest);
    // Two unlike digits in a row are a number, but for `3`, `7` and `9` between letters: `ma39oul`.
    let mut last = None;
    let within = word.starts_with(|c: char| c.is_ascii_lowercase()) && word.ends_with(|c: char| c.is_ascii_lowercase());
    let mut number = false;
    for byte in word.bytes() {
        let follows = byte.is_ascii_digit() && last.is_some_and(|last: u8| last.is_ascii_digit() && last != byte);
        number |= follows && !(within && matches!(byte, b'3' | b'7' | b'9'));
        last = Some(byte);
    }
    if letters < 2 || digits > letters || digits > 3 || counted || number || word.bytes().any(|byte| matches!(byte, b'0' | b'1' | b'4')) {
        return 0;
    }
    let code = word.len() <= 3 && !word.contains(['a', 'e', 'i', 'o', 'u']);
    if code || NAMES.contains(&word) {
        return 0;
    }
    let stem = word.trim_end_matches(|c: char| c.is_ascii_digit());
    let ends_only = !stem.bytes().any(|byte| byte.is_ascii_digit());
    match () {
        () if ends_only && (letters > 5 || word.ends_with(['2', '5', '6', '8'])) => 0,
        () if word.contains(['3', '7', '9']) || word.contains('5') && letters >= 3 => 4,
        () if letters >= 3 => 3,
        () => 0,
    }
}

/// What follows a number in French and English.
const MEASURES: [&str; 70] = [
    "dh",
    "dhs",
    "dhm",
    "mad",
    "kg",
    "kgs",
    "gr",
    "cm",
    "mm",
    "km",
    "ml",
    "cl",
    "min",
    "mn",
    "mins",
    "sec",
    "jr",
    "jrs",
    "jours",
    "jour",
    "eme",
    "em",
    "er",
    "ere",
    "iem",
    "ieme",
    "nd",
    "rd",
    "th",
    "st",
    "go",
    "gb",
    "mo",
    "mb",
    "tb",
    "to",
    "mah",
    "ghz",
    "hz",
    "px",
    "fps",
    "eur",
    "euro",
    "euros",
    "usd",
    "day",
    "days",
    "month",
    "months",
    "mois",
    "ans",
    "an",
    "am",
    "pm",
    "fois",
    "pcs",
    "pc",
    "pieces",
    "points",
    "bis",
    "ter",
    "semaines",
    "heures",
    "minutes",
    "personnes",
    "articles",
    "hours",
    "weeks",
    "years",
    "main",
];

/// Names and abbreviations with a digit.
const NAMES: [&str; 40] = [
    "mp3", "ps2", "ps3", "ps5", "web3", "php7", "top3", "top5", "note7", "note9", "mate9", "pro3", "pro7", "gen3", "ipad7", "ipad9", "tab3", "tab7", "win7",
    "b2b", "b2c", "c2c", "p2p", "h2o", "co2", "w3c", "str8", "gr8", "l8r", "sm7", "k3s", "i7s", "m3u", "mi9", "mi8", "l2tp", "ip7", "a2z", "day3", "s3cr3t",
];

//! Words without what grammar writes onto them: endings of French and English, the article and the conjunction of Arabic.

/// Letters of a French or English word from which on its endings are not compared.
pub(super) const INFLECTED: usize = 5;

/// A folded word without what grammar writes onto it: what is compared where two people name one thing.
pub fn root(word: &str) -> &str {
    plain_stem(latin_stem(word))
}

/// A French word without the endings of the feminine and the plural.
pub(super) fn latin_stem(word: &str) -> &str {
    let stem = word.trim_end_matches('s').trim_end_matches('e');
    if word.is_ascii() && word.len() >= INFLECTED && stem.len() >= 3 { stem } else { word }
}

/// An Arabic word without its article.
pub(super) fn plain_stem(word: &str) -> &str {
    word.strip_prefix("ال").filter(|stem| stem.chars().count() >= 3).unwrap_or(word)
}

/// An Arabic word as it is, without "and" or "so", and without the article and the preposition that are written onto it.
pub(super) fn arabic_stems(word: &str) -> impl Iterator<Item = &str> {
    let bare = without_conjunction(word);
    [Some(word), bare].into_iter().flatten().flat_map(|word| {
        let stem = ["ال", "لل", "بال", "فال", "كال"].into_iter().find_map(|head| word.strip_prefix(head)).filter(|stem| stem.chars().count() >= 3);
        [Some(word), stem].into_iter().flatten()
    })
}

/// An Arabic word without the "and" or "so" that is written onto it.
pub(super) fn without_conjunction(word: &str) -> Option<&str> {
    let bare = word.strip_prefix(['و', 'ف'])?;
    (bare.chars().count() >= 2).then_some(bare)
}

/// A Latin word without the Arabic article that is written onto it.
pub(super) fn without_article(sound: &str) -> Option<&str> {
    sound.strip_prefix('l').filter(|bare| bare.len() >= 4 && bare.is_ascii())
}

/// Whether something may be written onto the head of `word`: an article, a conjunction, a preposition.
pub(super) fn compounded(word: &str) -> bool {
    word.starts_with(['l', 'ا', 'و', 'ف', 'ل', 'ب', 'ك'])
}

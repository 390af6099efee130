//! Small words and letters of the languages that reach us by accident.

use crate::letter::hashing::Set;
use std::sync::LazyLock;

/// Whether `word`, folded, is a small word of Spanish, Italian, Portuguese, German, Dutch or Turkish.
pub(super) fn is_small_word(word: &str) -> bool {
    SMALL_WORDS.contains(word)
}

/// Points of the letters of a word as it was written, if neither French nor English has them.
pub(super) fn letters(raw: &str) -> Option<u32> {
    (!raw.is_ascii() && raw.chars().any(|c| c.is_alphabetic() && !c.is_ascii() && !"àâæçéèêëîïôœùûÿÀÂÆÇÉÈÊËÎÏÔŒÙÛŸ".contains(c))).then_some(3)
}

static SMALL_WORDS: LazyLock<Set<&'static str>> = LazyLock::new(|| LISTS.iter().flat_map(|list| list.split_whitespace()).collect());

const LISTS: [&str; 6] = [
    "el los las una unos del al con por para pero como muy esta este esto eso yo usted ustedes gracias hola quiero tengo mi su sus se lo le que de la en un y \
     o no si ya cuando donde porque hasta desde sobre tambien hay ser estoy son fue pedido dinero buenos dias senor favor me te nos todo nada mas sin es tu",
    "il lo gli che di non per con sono grazie ciao della delle dei degli nel nella una uno questo questa mio mia ho ha hai abbiamo buongiorno vorrei ordine \
     soldi perche anche piu come dove quando ancora mai sempre molto e la le un si mi ti ci da al alla se ma in",
    "nao uma com para por obrigado obrigada voce muito meu minha eu ele ela isso este esta foi tenho quero pedido dinheiro bom dia ola os as um do da dos \
     das em no na que de se me sem mais ja ainda e o a",
    "der die das und ist nicht ich sie mit fur auf ein eine einen dem den danke bitte wir habe haben hat wurde noch kein keine mein meine ihre ihr bestellung \
     geld hallo guten tag sehr geehrte wenn wie aber oder auch von zu zum zur bei nach uber es im in was so war an am",
    "het een van niet ik jij wij zijn heb heeft maar ook voor met naar bij mijn uw bestelling geld hallo bedankt dank geen nog wel wat waar wanneer dat dit \
     deze en de is te er op aan om",
    "ve bir bu icin degil ben sen siz cok ama merhaba tesekkurler siparis para var yok nasil neden ne zaman degildir olarak gibi kadar daha",
];

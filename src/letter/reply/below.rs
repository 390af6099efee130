//! Who says above a quotation that the answers stand in it has said them where nobody can tell them from what is quoted.

use super::super::content::clip;
use super::super::fold::fold;
use super::super::pattern::{folded_pattern, pattern};
use super::attribution::attribution;
use super::closing::{is_added, is_footer, speaks_of_himself};
use super::header::copy_begins;
use super::marks::is_quoted;
use regex::Regex;
use std::sync::LazyLock;

/// Whether `written`, which stands above a quotation, says that the writer's words stand in what is quoted.
pub(in crate::letter) fn points_below(written: &str) -> bool {
    let folded = fold(clip(written, SEARCHED));
    let said = folded.split_whitespace().collect::<Vec<_>>().join(" ");
    SAID_AT_ONCE.is_match(&said) || PLACE.find_iter(&said).any(|place| is_said_before(said.get(..place.start()).unwrap_or_default()))
}

/// Whether what stands in a place is said at the end of `before`, in the same sentence.
fn is_said_before(before: &str) -> bool {
    let sentence = before.rsplit(['.', '!', '?', '؟']).next().unwrap_or_default();
    let end = sentence.char_indices().rev().nth(SAID).and_then(|(at, _)| sentence.get(at..)).unwrap_or(sentence);
    WHAT.find_iter(end).any(|what| end.get(what.end()..).is_some_and(|between| between.chars().count() <= BETWEEN))
}

/// Bytes of what is written that are searched.
const SEARCHED: usize = 8 << 10;

/// Letters between what is said and where it stands, and of both.
const BETWEEN: usize = 60;
const SAID: usize = 120;

/// What the writer says of the own words, and where they stand. In one pattern they would have as many states as letters may stand between.
static WHAT: LazyLock<Regex> = LazyLock::new(|| {
    let said = [
        r"\b(?:mes|ma|nos|notre|les|leurs?) (?:reponses?|commentaires?|remarques?|observations|precisions|corrections|annotations)\b",
        r"\b(?:je|j'ai|nous|on)(?: vous)?(?: avons| ai)? (?:reponds?|repondons|repondu|ecris|ecrit|commente|annote|complete|note|mis)\b",
        r"\b(?:my|our|the|see|find|with) (?:answers?|repl(?:y|ies)|comments?|responses?|notes?|remarks?)\b",
        r"\b(?:answered|replied|commented|written|responded|answers|replies)\b",
        r"\bvo(?:ir|yez)\b|\bsee\b|\bcf\b",
        "اجوبتي|اجوبتنا|اجابتي|اجاباتي|اجاباتنا|اجابتنا|ردي|ردودي|ردنا|جوابي|جوابنا|الاجوبه|الاجابات|ملاحظاتي|جاوبت|جاوبتكم|اجبت|انظر|انظروا|تجدون",
        r"\b(?:jawabi?|ljawab|jawbt|jawabt|rddi|ljwab)\b",
    ];
    folded_pattern(&said.join("|"))
});
static PLACE: LazyLock<Regex> = LazyLock::new(|| {
    let place = [
        r"ci-?dessous|au-?dessous|en dessous|plus bas|dans (?:le|votre|ton|vos) (?:texte|mail|e-mail|message|courriel|questions)|entre (?:les|vos) (?:lignes|questions)",
        r"sous (?:chaque|vos|les) questions?|en (?:rouge|bleu|vert|gras|majuscules?|couleur|italique)\b",
        r"\b(?:below|inline|in-line|in line|underneath|under each|in (?:red|blue|green|bold|caps|capitals|italics)|in the text|in your (?:mail|message|text))\b|between the lines",
        "اسفله|ادناه|بالاحمر|باللون|في النص|داخل النص|بين السطور|تحت كل|فالنص|لتحت",
        r"\blte7t|\blta7t|\bl te7t|\bb ?l ?7mer",
    ];
    folded_pattern(&place.join("|"))
});
static SAID_AT_ONCE: LazyLock<Regex> =
    LazyLock::new(|| folded_pattern(r"(?:en (?:rouge|bleu|vert)|in red|in blue) (?:ci-?dessous|below|dans)|^(?:see below|voir ci-?dessous)"));

/// Whether somebody goes on below an unmarked copy of one letter: its last paragraph speaks as its reader does, and takes back or sets a condition. Below a
/// whole exchange stands the oldest mail, which may be anybody's.
pub(in crate::letter) fn goes_on_below(quoted: &str) -> bool {
    let lines: Vec<&str> = quoted.trim_end().lines().collect();
    let from = lines.iter().rposition(|line| line.trim().is_empty()).map_or(0, |blank| blank.saturating_add(1));
    let last = lines.get(from..).unwrap_or_default();
    let written = from > 0 && last.len() <= LAST_LINES && !last.iter().any(|line| is_quoted(line) || is_added(line)) && !is_footer(last);
    let told = || last.iter().any(|line| speaks_of_himself(line) || OBJECTS.is_match(&fold(clip(line.trim(), 200))));
    written && told() && copies(&lines) == 1
}

/// Lines of such a paragraph, and lines that are searched for copies.
const LAST_LINES: usize = 6;
const COPY_LINES: usize = 2_000;

/// How many letters are copied in `lines`.
fn copies(lines: &[&str]) -> usize {
    let (mut at, mut found) = (0usize, 0usize);
    while at < lines.len().min(COPY_LINES) {
        let ahead = lines.get(at..).unwrap_or_default();
        let taken = copy_begins(ahead).or_else(|| attribution(ahead).filter(|found| found.sure).map(|found| found.lines));
        found = found.saturating_add(usize::from(taken.is_some()));
        at = at.saturating_add(taken.unwrap_or(1).max(1));
    }
    found
}

/// How people begin who take something back or set a condition, folded.
static OBJECTS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"^[^\w]*(?:mais|sauf|en fait|non|finalement|par contre|a condition|seulement|uniquement|pourvu|but|only|except|unless|actually|no|however|",
        r"provided|بشرط|لكن|ولكن|الا|لا|في الحقيقه|شرط|walakin|walakine|bchrt|ghir|machi)\b"
    ))
});

#[cfg(test)]
mod tests {
    use super::{goes_on_below, points_below};

    #[test]
    fn who_goes_on_below_a_copy_is_heard_to_do_so() {
        let head = "De : Desk <desk@example.org>\nEnvoyé : lundi 2 mars 2026 09:00\nÀ : Leila\nObjet : x\n\nBonjour, que répondez-vous ?\nACCEPTER K7P\n\nRéférence : x";
        for below in
            ["en fait non, je refuse", "Mais seulement si on me rembourse.", "only if I get it back", "بشرط أن أسترجع مالي", "J'attends vos nouvelles.\nLeila"]
        {
            assert!(goes_on_below(&format!("{head}\n\n{below}\n")), "{below}");
        }
        let older = "De : Leila <l@x.example>\nEnvoyé : dimanche 1 mars 2026 09:00\nÀ : Desk\nObjet : x\n\nJe n'ai rien reçu.";
        for quoted in [
            head.to_owned(),
            format!("{head}\n\n{older}"),
            format!("{head}\n\nLe 01/03/2026 à 09:00, Leila <l@x.example> a écrit :\n\nJe n'ai rien reçu."),
            format!("{head}\n\nMessage préparé par un système. Répondez AIDE pour parler à quelqu'un."),
            format!("{head}\n\nEnvoyé de mon iPhone"),
            "> Bonjour\n\n> je refuse".to_owned(),
            "je refuse".to_owned(),
            String::new(),
        ] {
            assert!(!goes_on_below(&quoted), "{quoted}");
        }
    }

    #[test]
    fn who_points_into_the_quotation_is_understood() {
        for text in [
            "Mes réponses ci-dessous en rouge.",
            "Bonjour,\n\nvoir mes réponses en rouge",
            "Je vous réponds dans le texte :",
            "J'ai répondu sous chaque question.",
            "Voir ci-dessous.",
            "ACCEPTER K7P\nmais voir mes remarques plus bas",
            "Please see my answers below in red",
            "I have answered inline.",
            "See below",
            "أجوبتي أسفله باللون الأحمر",
            "تجدون الأجوبة أدناه",
            "ljawab lte7t",
        ] {
            assert!(points_below(text), "{text}");
        }
    }

    #[test]
    fn who_writes_of_other_places_is_not() {
        for text in [
            "Oui, j'accepte.",
            "Le prix est inférieur, 300 DH au-dessous du prix.",
            "La lampe est en rouge.",
            "The red lamp is broken, I paid below the price.",
            "ACCEPTER K7P\n\nCi-dessous mon RIB.",
            "J'habite l'appartement du dessous.",
            "السعر أقل. المنتج أحمر",
        ] {
            assert!(!points_below(text), "{text}");
        }
    }
}

//! Words of ours without a code: wishes only where nothing else is said with them. "Fin" is "where" in Darija, and "Délai" opens complaints.

use super::beside::{goes_on, is_unwished};
use super::{CommandWords, LINES, ORDERS, only_marks};
use crate::domain::Intent;
use crate::letter::fold::Word;
use crate::letter::lexicon::{Hit, Meaning};

/// Letters of words that everybody uses, and that count in capitals only: "fin", "fait", "time", "done".
const EVERYDAY: usize = 4;
/// Letters of words that say nothing by themselves.
const SMALL: usize = 2;
/// Words behind "proposal" that say whose it is.
const WHOSE: usize = 3;
/// Lists of phrases beside which such a wish remains one.
const ALLOWED: [&str; 5] = ["courtesy", "harmless", "case", "spans", "asks"];

/// What is wished by words without a code at the heads of the first lines of `text`.
pub(super) fn wished(text: &str, known: &CommandWords, hits: &impl Fn(&[Word]) -> Vec<Hit>) -> Vec<Intent> {
    let directly_above = std::iter::once("").chain(text.lines());
    let (directly_above, lines): (Vec<&str>, Vec<&str>) =
        directly_above.zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()).take(LINES.saturating_add(1)).unzip();
    let mut found = Vec::new();
    for (at, line) in lines.iter().take(LINES).enumerate() {
        let Some((spoken, intent, length)) = known.leading(line) else { continue };
        let above = at.checked_sub(1).and_then(|at| lines.get(at)).map_or("", |line| line.trim_end());
        let below = lines.get(at.saturating_add(1)).map_or("", |line| line.trim_start());
        let said = Said { line, spoken: &spoken, length };
        let goes_on = || directly_above.get(at).is_some_and(|above| goes_on(above, hits));
        if said.may_wish(intent) && said.stands_alone(above, below) && said.leaves_it(intent, hits) && !goes_on() {
            found.push(intent);
        }
    }
    found
}

/// A line that begins with a word of ours.
struct Said<'a> {
    line: &'a str,
    spoken: &'a [Word],
    /// Words of the word of ours.
    length: usize,
}

impl Said<'_> {
    /// Whether such a word may be a wish: a whole line of any, or the beginning of a line of those that letters print without a code.
    fn may_wish(&self, intent: Intent) -> bool {
        let without_code = matches!(intent, Intent::AskTime | Intent::Human | Intent::NotConcerned | Intent::Counter | Intent::Mediate);
        let coded_only = matches!(intent, Intent::Mine | Intent::NotMine | Intent::Address | Intent::Retract) || ORDERS.contains(&intent);
        !coded_only && (self.spoken.len() == self.length || without_code) && only_marks(self.line, self.spoken, self.length.saturating_sub(1))
    }

    /// The word of ours as it was written.
    fn word(&self) -> &str {
        let words = self.spoken.first().zip(self.length.checked_sub(1).and_then(|last| self.spoken.get(last)));
        words.and_then(|(first, last)| self.line.get(first.start..last.end)).unwrap_or_default()
    }

    /// Whether it is written as letters print it. Arabic knows no capitals.
    fn is_printed(&self) -> bool {
        !self.word().chars().any(char::is_lowercase)
    }

    /// Whether it is no question, no everyday word, no value under a label and no beginning of a sentence.
    fn stands_alone(&self, above: &str, below: &str) -> bool {
        let everyday = self.word().chars().count() <= EVERYDAY || above.ends_with([':', '：']);
        let goes_on = self.spoken.len() == self.length && below.starts_with(char::is_lowercase);
        !self.line.contains(['?', '؟']) && (self.is_printed() || !everyday && !goes_on)
    }

    /// Whether the rest of the line leaves it what it is: thanks, how long, or the case. What is printed in capitals may be explained.
    fn leaves_it(&self, intent: Intent, hits: &impl Fn(&[Word]) -> Vec<Hit>) -> bool {
        let rest = self.spoken.get(self.length..).unwrap_or_default();
        if rest.is_empty() {
            return true;
        }
        let known = hits(rest);
        let allowed = |hit: &Hit| {
            let answers = matches!(hit.meaning, Meaning::Intent(Intent::Accept | Intent::AskTime | Intent::Mediate | Intent::Human, _));
            answers || ALLOWED.iter().any(|list| hit.steers(list)) || matches!(hit.meaning, Meaning::Month(_) | Meaning::Weekday(_))
        };
        let small = |word: &Word| word.text.chars().count() <= SMALL || word.text.bytes().all(|byte| byte.is_ascii_digit());
        let covered = |at: usize| known.iter().any(|hit| hit.first <= at && at <= hit.last && allowed(hit));
        let bare = || rest.iter().enumerate().all(|(at, word)| small(word) || covered(at));
        let capitals = || self.is_printed() && self.word().chars().any(char::is_uppercase);
        match intent {
            Intent::Counter => self.offers(rest, &known),
            Intent::NotConcerned => !is_unwished(intent, self.spoken, self.length, hits),
            _ => !is_unwished(intent, self.spoken, self.length, hits) && (capitals() || bare()),
        }
    }

    /// Whether something is proposed there, and not by another: "Proposition du vendeur : 200 dh" is none.
    fn offers(&self, rest: &[Word], known: &[Hit]) -> bool {
        let much = rest.iter().any(|word| word.text.bytes().any(|byte| byte.is_ascii_digit()));
        let others = |hit: &Hit| hit.first < WHOSE && ["speakers", "others", "reports"].iter().any(|list| hit.steers(list));
        let refused = |hit: &Hit| {
            matches!(hit.meaning, Meaning::Intent(Intent::Refuse, true)) || hit.first < WHOSE && hit.meaning == Meaning::Intent(Intent::Refuse, false)
        };
        let given = known.iter().any(|hit| matches!(hit.meaning, Meaning::Remedy(_)));
        (self.is_printed() || much || given) && !known.iter().any(|hit| others(hit) || refused(hit))
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::tests::knowledge;
    use super::*;

    fn heard(text: &str) -> Vec<Intent> {
        let knowledge = knowledge();
        wished(text, knowledge.command_words(), &|words: &[Word]| knowledge.lexicon().find(words))
    }

    #[test]
    fn a_word_that_opens_another_sentence_wishes_nothing() {
        for text in [
            "Proposition du vendeur : 200 dh, moi je trouve ça ridicule",
            "Proposition refusée de mon côté",
            "Propose-t-il encore l'échange ?",
            "Propose moi mieux que ça",
            "Délai de livraison annoncé : 3 jours. Reçu au bout de 3 semaines.",
            "Délai dépassé depuis le 10 novembre",
            "Délai : 3 jours selon le site",
            "Délai ?",
            "Médiation déjà tentée avec une association, échec",
            "Médiation inutile avec ces gens",
            "mediation failed last year with the same seller",
            "Time is running out, my flight is on Friday",
            "Time of delivery was supposed to be Monday",
            "Human decency would be to answer",
            "Humain zéro, que des robots chez eux",
            "bnadm nssab hada",
            "وساطة سابقة مع الجمعية فشلت",
            "fin ?",
            "FIN ?",
            "fin",
            "Fait",
            "Réglé\nen espèces",
            "Refusé\npar le livreur",
            "Accepté\npuis annulé par eux",
            "Ma réponse à votre question 3 :\nRefusé",
            "Commande : WX-88\nPaiement :\nRéglé\nLivraison :\nRefusé",
        ] {
            assert_eq!(heard(text), [], "{text}");
        }
    }

    #[test]
    fn a_word_that_says_all_is_a_wish() {
        for (text, intent) in [
            ("DÉLAI", Intent::AskTime),
            ("Délai svp", Intent::AskTime),
            ("Délai de 10 jours svp", Intent::AskTime),
            ("Délai supplémentaire jusqu'au 15 décembre", Intent::AskTime),
            ("DÉLAI nous vérifions avec le transporteur", Intent::AskTime),
            ("مهلة 10 أيام من فضلكم", Intent::AskTime),
            ("MÉDIATION", Intent::Mediate),
            ("Médiation, merci", Intent::Mediate),
            ("وساطة", Intent::Mediate),
            ("Humain", Intent::Human),
            ("humain svp", Intent::Human),
            ("RETIRER", Intent::Withdraw),
            ("Bonjour,\nRetirer\nMerci", Intent::Withdraw),
            ("FIN", Intent::End),
            ("Ma réponse :\nFIN", Intent::End),
            ("سحب", Intent::Withdraw),
            ("PROPOSER 300 DH", Intent::Counter),
            ("Proposition : 300 dh et elle garde la robe", Intent::Counter),
            ("PROPOSE: we give a voucher of 450 MAD", Intent::Counter),
            ("FAIT", Intent::Performed),
        ] {
            assert_eq!(heard(text), [intent], "{text}");
        }
    }
}

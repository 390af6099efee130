//! Reply codes: a word of the lexicon and three characters at the head of a line, outside quoted text (DOMAIN §4.6).

mod beside;

use self::beside::{Beside, is_taken_back_above, is_unwished};
use super::Command;
use super::fold::{Word, folded_words, words};
use super::hashing::Table;
use super::lexicon::Hit;
use crate::domain::{Address, CodeWords, Intent, ReplyCode};
use std::cell::LazyCell;
use std::ops::Range;

/// Non-blank lines at the head of a mail in which a command may stand.
const LINES: usize = 5;
/// Lines in which a registrar answers about held mails, each in a line of its own.
const PEN_LINES: usize = 50;

/// The words that order something and nothing else.
pub(super) const ORDERS: [Intent; 14] = [
    Intent::Note,
    Intent::Ask,
    Intent::AskAgain,
    Intent::Answered,
    Intent::Call,
    Intent::Post,
    Intent::Relay,
    Intent::Brief,
    Intent::Extend,
    Intent::HandOver,
    Intent::Snooze,
    Intent::Unchase,
    Intent::CoolOff,
    Intent::Hold,
];

/// What the head of a mail commands.
#[derive(Debug, Default)]
pub(super) struct Commands {
    /// Whole commands.
    pub given: Vec<Command>,
    /// Whether one was given with a condition, and so is none.
    pub qualified: bool,
    /// What is wished by a word without a code.
    pub wished: Vec<Intent>,
}

/// Reads the commands of `text`, the new text of a mail. `hits` finds known phrases in a text.
pub(super) fn read(text: &str, known: &CommandWords, hits: impl Fn(&[Word]) -> Vec<Hit>) -> Commands {
    let mut commands = Commands::default();
    let spoken_beside = LazyCell::new(|| {
        let words = words(&without_codes(text, known, &hits));
        let hits = hits(&words);
        (words, hits)
    });
    let conditional = LazyCell::new(|| spoken_beside.1.iter().any(|hit| hit.steers("but")));
    // A sentence that opens with "as soon as" goes on with what was accepted.
    let opens = |hit: &Hit| hit.first == 0 || spoken_beside.0.get(hit.first).is_some_and(|word| word.begins);
    let postponed = LazyCell::new(|| spoken_beside.1.iter().any(|hit| hit.steers("after") && opens(hit)));
    let altered = LazyCell::new(|| Beside::of(text, known, &hits).alters());
    let above = std::iter::once("").chain(text.lines());
    let lines = above.zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
    for (place, (above, line)) in lines.take(PEN_LINES).enumerate() {
        let Some((spoken, intent, length)) = known.leading(line) else { continue };
        if matches!(intent, Intent::Release | Intent::Attach | Intent::Discard) {
            commands.given.extend(about_held(line, &spoken, intent, length));
            continue;
        }
        if place >= LINES {
            continue;
        }
        if is_wish(intent, &spoken, length) && only_marks(line, &spoken, length.saturating_sub(1)) && !is_unwished(intent, &spoken, length, &hits) {
            commands.wished.push(intent);
        }
        let Some(stated) = stated(line, known, &hits) else { continue };
        let plain = stated.plain && !*conditional && !(matches!(intent, Intent::Accept | Intent::Grant) && *postponed);
        if !is_meant(intent, &stated.argument, plain) {
            continue;
        }
        if ends_it(intent) && (stated.waits || *postponed) {
            // Whoever withdraws once something happened withdraws nothing yet.
            commands.wished.push(intent);
            continue;
        }
        let other = || is_taken_back_above(above, &hits) || matches!(intent, Intent::Accept | Intent::Grant | Intent::Performed) && *altered;
        if must_be_plain(intent) && (!plain || other()) {
            commands.qualified = true;
        } else {
            commands.given.push(Command { intent, code: stated.code, argument: stated.argument });
        }
    }
    commands
}

/// `text` with spaces in the place of codes: one of three letters may be a word in somebody's spelling ("BDL", instead), and says nothing.
pub(super) fn without_codes(text: &str, known: &CommandWords, hits: &impl Fn(&[Word]) -> Vec<Hit>) -> String {
    let (mut rest, mut place) = (String::with_capacity(text.len()), 0);
    for line in text.split_inclusive('\n') {
        let code = (place < LINES).then(|| stated(line, known, hits)).flatten().filter(|stated| is_meant(stated.intent, &stated.argument, stated.plain));
        let Range { start, end } = code.map_or(0..0, |stated| stated.place);
        rest.push_str(line.get(..start).unwrap_or_default());
        rest.extend(std::iter::repeat_n(' ', end.saturating_sub(start)));
        rest.push_str(line.get(end..).unwrap_or_default());
        place = place.saturating_add(usize::from(!line.trim().is_empty()));
    }
    rest
}

/// A word of ours and a code at the head of a line.
struct Stated {
    intent: Intent,
    code: ReplyCode,
    /// Where the code stands in the line.
    place: Range<usize>,
    /// What follows it.
    argument: String,
    /// Whether nothing follows but thanks.
    plain: bool,
    /// Whether it is to hold only once something happened, or if it does.
    waits: bool,
}

fn stated(line: &str, known: &CommandWords, hits: &impl Fn(&[Word]) -> Vec<Hit>) -> Option<Stated> {
    let (spoken, intent, length) = known.leading(line)?;
    let code = spoken.get(length).filter(|_| only_marks(line, &spoken, length))?;
    // As it is written: folding takes "FFF" for a drawn-out "F". Folded only where marks that nobody sees stand in it.
    let parsed = ReplyCode::parse(line.get(code.start..code.end)?).or_else(|| ReplyCode::parse(&code.text))?;
    let argument = line.get(code.end..)?.trim_matches(|c: char| c.is_whitespace() || ".:,;-–*\"'»«”)".contains(c)).to_owned();
    let said = words(&argument);
    let polite = hits(&said);
    let only_polite = (0..said.len()).all(|at| polite.iter().any(|hit| hit.first <= at && at <= hit.last && hit.steers("courtesy")));
    let plain = only_polite && !argument.contains(['?', '؟']);
    let waits = polite.iter().any(|hit| hit.steers("after") || hit.steers("doubts"));
    Some(Stated { intent, code: parsed, place: code.start..code.end, argument, plain, waits })
}

/// Whether such a word was meant as a command: "yes" and "no" begin many sentences, and a change of address names one.
fn is_meant(intent: Intent, argument: &str, plain: bool) -> bool {
    match intent {
        Intent::Mine | Intent::NotMine => plain,
        Intent::Address => address_in(argument).is_some(),
        _ => true,
    }
}

/// The first e-mail address in the rest of a line.
pub fn address_in(argument: &str) -> Option<Address> {
    let words = argument.split_whitespace().map(|word| word.trim_matches(['<', '>', ',', ';', '(', ')', '"', '\u{2066}', '\u{2068}', '\u{2069}']));
    words.map(|word| word.trim_start_matches("mailto:").trim_end_matches('.')).find_map(|word| Address::parse(word).ok())
}

/// A registrar's answer about a held mail: the word, the number of the mail, perhaps a reference, and at the end of the line the code.
fn about_held(line: &str, spoken: &[Word], intent: Intent, length: usize) -> Option<Command> {
    let code = spoken.last().filter(|_| spoken.len() > length.saturating_add(1))?;
    let parsed = ReplyCode::parse(&code.text)?;
    let marks = |piece: &str| piece.chars().all(|c| c.is_whitespace() || super::fold::is_silent(c) || "\"'*_.«»”)>".contains(c));
    let word = spoken.get(length.checked_sub(1)?)?;
    let plain = only_marks(line, spoken, length.saturating_sub(1)) && marks(line.get(code.end..)?);
    let argument = line.get(word.end..code.start)?.trim_matches(|c: char| c.is_whitespace() || super::fold::is_silent(c) || ":.,;–*_".contains(c));
    plain.then(|| Command { intent, code: parsed, argument: argument.to_owned() })
}

/// Whether a condition, a question or any other word after the code makes the command none: yes must be a plain yes. Refusing,
/// withdrawing, leaving and keeping back may be explained; the registrar's words take an argument.
fn must_be_plain(intent: Intent) -> bool {
    matches!(intent, Intent::Confirm | Intent::Grant | Intent::Accept | Intent::Counter | Intent::Performed | Intent::Share | Intent::Relay)
}

/// Whether the dispute is over for whoever says so.
fn ends_it(intent: Intent) -> bool {
    matches!(intent, Intent::Withdraw | Intent::Resolved | Intent::End)
}

/// The command word that leads a line, and where it ends.
pub(super) fn leads(line: &str, known: &CommandWords) -> Option<(Intent, usize)> {
    let (spoken, intent, length) = known.leading(line)?;
    let last = length.checked_sub(1)?;
    only_marks(line, &spoken, last).then(|| spoken.get(last).map(|word| (intent, word.end)))?
}

/// Every understood word as folded words, by the first of them; the longest first.
#[derive(Debug)]
pub(super) struct CommandWords(Table<Vec<(Vec<String>, Intent)>>);

impl CommandWords {
    /// Folds the words of our letters.
    pub fn of(codes: &CodeWords) -> Self {
        let understood = codes.0.iter().flat_map(|(intent, word)| word.understood().map(|text| (text, *intent)));
        let folded = understood.map(|(text, intent)| (folded_words(text).collect(), intent));
        let mut known: Vec<(Vec<String>, Intent)> = folded.collect();
        known.sort_by_key(|(spelling, _)| std::cmp::Reverse(spelling.len()));
        let mut by_first: Table<Vec<(Vec<String>, Intent)>> = Table::default();
        for (spelling, intent) in known {
            if let Some(first) = spelling.first() {
                by_first.entry(first.clone()).or_default().push((spelling, intent));
            }
        }
        CommandWords(by_first)
    }

    /// The words of a line that begins with one of them, what it means and how many words it has.
    fn leading(&self, line: &str) -> Option<(Vec<Word>, Intent, usize)> {
        let known = self.0.get(&folded_words(line).next()?)?;
        let spoken = words(line);
        let found = known.iter().find(|(spelling, _)| spelling.len() <= spoken.len() && spelling.iter().zip(&spoken).all(|(left, right)| *left == right.text));
        let (intent, length) = found.map(|(spelling, intent)| (*intent, spelling.len()))?;
        Some((spoken, intent, length))
    }
}

/// Whether a word without a code is a wish: a whole line of any, or the beginning of a line of those that letters print without a code.
fn is_wish(intent: Intent, spoken: &[Word], length: usize) -> bool {
    let without_code = matches!(intent, Intent::AskTime | Intent::Human | Intent::NotConcerned | Intent::Counter | Intent::Mediate);
    let coded_only = matches!(intent, Intent::Mine | Intent::NotMine | Intent::Address | Intent::Retract) || ORDERS.contains(&intent);
    !coded_only && (spoken.len() == length || without_code)
}

/// Whether nothing but marks stands before the word and between it and the code.
fn only_marks(line: &str, spoken: &[Word], length: usize) -> bool {
    let harmless =
        |piece: &str| piece.chars().all(|c| c.is_whitespace() || super::fold::is_silent(c) || "\"'*_«»“”‘’()[]<>:.,-–—•".contains(c)) && piece.len() <= 40;
    let mut at = 0usize;
    spoken.iter().take(length.saturating_add(1)).all(|word| {
        let before = line.get(at..word.start).unwrap_or_default();
        at = word.end;
        harmless(before) && !before.trim_start().starts_with('>')
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::knowledge;
    use super::*;

    fn given(text: &str) -> Vec<(Intent, String)> {
        let knowledge = knowledge();
        read(text, knowledge.command_words(), |words| knowledge.lexicon().find(words))
            .given
            .into_iter()
            .map(|command| (command.intent, command.code.as_str().to_owned()))
            .collect()
    }

    #[test]
    fn a_code_of_one_letter_three_times_is_read_as_any_other() {
        let knowledge = knowledge();
        for letter in "346789ABCDEFGHJKLMNPQRTWXY".chars() {
            let code = ReplyCode::parse(&letter.to_string().repeat(3)).unwrap();
            for line in [format!("CONFIRMER {code}"), format!("confirmer {}", code.as_str().to_lowercase()), format!("تأكيد {code}")] {
                let commands = read(&line, knowledge.command_words(), |words| knowledge.lexicon().find(words));
                assert!(matches!(commands.given.as_slice(), [only] if only.intent == Intent::Confirm && only.code == code), "{line}");
            }
        }
    }

    #[test]
    fn a_code_that_is_somebodys_word_says_nothing() {
        let knowledge = knowledge();
        let (hits, known) = (|words: &[Word]| knowledge.lexicon().find(words), knowledge.command_words());
        let letters = || "ABCDEFGHJKLMNPQRTWXY".chars();
        let codes = letters().flat_map(|one| letters().flat_map(move |two| letters().map(move |three| format!("{one}{two}{three}"))));
        // One of seven, and those that are known to be words.
        for code in codes.step_by(7).chain(["BDL", "BLA", "WLA", "YEH", "LLA"].map(str::to_owned)) {
            let text = format!("ACCEPTER {code}\nBonjour, voici ma réponse.");
            let commands = read(&text, known, hits);
            assert!(matches!(commands.given.as_slice(), [only] if only.intent == Intent::Grant && only.code.as_str() == code), "{code}");
            assert_eq!(without_codes(&text, known, &hits), "ACCEPTER    \nBonjour, voici ma réponse.");
        }
        for text in ["Yes the order number is 48213", "Adresse 374 rue de Fès"] {
            assert_eq!(without_codes(text, known, &hits), text);
        }
    }

    #[test]
    fn words_and_codes_are_read_in_every_spelling() {
        for (text, intent) in [
            ("ACCEPTER K7P", Intent::Grant),
            ("accepter k7p", Intent::Grant),
            ("*Confirmer* K7P.", Intent::Confirm),
            ("« CONFIRMER K7P »", Intent::Confirm),
            ("\u{200f}تأكيد K7P", Intent::Confirm),
            ("\u{2068}تأكيد K7P\u{2069}", Intent::Confirm),
            ("- \u{2068}لا K7P\u{2069}", Intent::NotMine),
            ("تَأكيد: K7P", Intent::Confirm),
            ("أقبل K٧P", Intent::Grant),
            ("9BLT K7P", Intent::Grant),
            ("kan2eked k7p", Intent::Confirm),
            ("Bonjour,\n\nRETIRER K7P\n\nmerci", Intent::Withdraw),
            ("ACCEPTER K7P\nMerci de payer dès que possible.", Intent::Grant),
            ("ACCEPTER K7P\nJe vous écris quand le virement arrive.", Intent::Grant),
            ("CONFIRMER K7P\nUne fois que j'ai payé, plus rien.", Intent::Confirm),
            ("ACCEPTER K7P\nPas de problème, n'hésitez pas à m'appeler.", Intent::Grant),
            ("ACCEPTER K7P\nMerci pour ma commande.\n+212 612 345 678", Intent::Grant),
            ("ACCEPT K7P\nNo problem at all.", Intent::Grant),
            ("أقبل K7P\nشكرا على كل ما قدمتموه", Intent::Grant),
            ("FAIT K7P\nVirement reçu ce matin, merci.", Intent::Performed),
            ("Bonjour, je n'ai rien reçu à ce jour\nCONFIRMER K7P", Intent::Confirm),
            ("CONFIRMER K7P\nJe n'ai toujours rien reçu.", Intent::Confirm),
            ("RETIRER K7P, le vendeur m'a livré", Intent::Withdraw),
            ("PAS-FAIT K7P", Intent::NotPerformed),
            ("Délai K7P", Intent::AskTime),
            ("لم-يتم K7P", Intent::NotPerformed),
            ("قبول K7P", Intent::Admit),
            ("ADMETTRE K7P shop@example.net", Intent::Admit),
            ("OUI K7P", Intent::Mine),
            ("نعم K7P شكرا", Intent::Mine),
            ("No K7P.", Intent::NotMine),
            ("لا K7P", Intent::NotMine),
            ("ADRESSE K7P leila@example.net", Intent::Address),
            ("العنوان K7P <leila@example.net>.", Intent::Address),
        ] {
            assert_eq!(given(text), [(intent, "K7P".to_owned())], "{text}");
        }
    }

    #[test]
    fn a_sentence_that_mentions_a_command_is_none() {
        for text in [
            "je ne veux pas ACCEPTER K7P",
            "oui mais ACCEPTER K7P",
            "ACCEPTER K7P mais sans frais",
            "ACCEPTER K7P : non merci, jamais",
            "ACCEPTER K7P ?",
            "ACCEPTER K7P seulement la moitié",
            "ACCEPTER K7P\nBonjour,\nla moitié seulement, à condition que le colis revienne",
            "FAIT K7P presque",
            "ACCEPT K7P but only half",
            "أقبل K7P ولكن بشرط",
            "ACCEPTER K7P\nmais seulement si le client renvoie le produit",
            "ACCEPTER K7P\nUne fois que le virement est arrivé.",
            "ACCEPT K7P\nNot before the money is here",
            "أقبل K7P\nبعد استلام المال",
            "9BLT K7P walakin machi kolchi",
            "ACCEPTER",
            "ACCEPTER K0P",
            "ACCEPTER K7PP",
            "> ACCEPTER K7P",
            "1\n2\n3\n4\n5\nACCEPTER K7P",
            "Yes the order number is 48213",
            "non pas encore",
            "NO THE seller never wrote",
            "Adresse 374 rue de Fès",
            "OUI K7P mais pas le reste",
            "ACCEPTER K7P\n+ frais de port",
            "ACCEPTER K7P\nJe veux 1500",
            "ACCEPTER K7P\nJe ne renvoie pas le produit.",
            "ACCEPTER K7P\nnon finalement",
            "ACCEPT K7P\nI expect 1500",
            "ACCEPT K7P\nWait, no",
            "أقبل K7P\nبغيت 1500 درهم",
            "9BLT K7P\nma bghitch nred sel3a",
            "FAIT K7P\nnon pas encore",
            "FAIT K7P\n?",
            "Je ne veux pas\nACCEPTER K7P",
            "Ne pas écrire :\nACCEPTER K7P",
            "Dois-je écrire\nACCEPTER K7P",
            "C'est quoi, ça ?\nACCEPTER K7P",
            "Le vendeur m'a dit d'écrire :\nACCEPTER K7P",
            "لن\nأقبل K7P",
            "I don't want to\nACCEPT K7P",
            "Pas\nFAIT K7P",
            "RETIRER K7P dès que payé",
            "RETIRER K7P si vous voulez",
            "RETIRER K7P\nQuand j'aurai l'argent.",
        ] {
            assert!(given(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn a_registrar_answers_about_held_mails_line_by_line() {
        let knowledge = knowledge();
        let heard = |text: &str| -> Vec<(Intent, String, String)> {
            let commands = read(text, knowledge.command_words(), |words| knowledge.lexicon().find(words)).given;
            commands.into_iter().map(|command| (command.intent, command.argument, command.code.as_str().to_owned())).collect()
        };
        let one = |intent, argument: &str| vec![(intent, argument.to_owned(), "K7P".to_owned())];
        assert_eq!(heard("RELEASE 12 K7P"), one(Intent::Release, "12"));
        assert_eq!(heard("LIBÉRER 346 K7P."), one(Intent::Release, "346"));
        assert_eq!(heard("joindre n° 12 EL-7K3Q-9XWD k7p"), one(Intent::Attach, "n° 12 EL-7K3Q-9XWD"));
        assert_eq!(heard("اعتماد ١٢ K7P"), one(Intent::Release, "١٢"));
        assert_eq!(heard("استبعاد 12 K7P"), one(Intent::Discard, "12"));
        assert_eq!(heard(&"DISCARD 12 K7P\n".repeat(20)).len(), 20);
        for text in ["RELEASE K7P", "please RELEASE 12 K7P", "> RELEASE 12 K7P", "RELEASE 12 K7P or not", "RELEASE 12 K0P", "RELEASE"] {
            assert!(heard(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn the_rest_of_the_line_is_the_argument() {
        let knowledge = knowledge();
        let commands = read("ADMETTRE K7P: shop@example.net", knowledge.command_words(), |words| knowledge.lexicon().find(words));
        assert_eq!(commands.given[0].argument, "shop@example.net");
    }
}

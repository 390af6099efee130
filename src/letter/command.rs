//! Reply codes: a word of the lexicon and three characters at the head of a line, outside quoted text (DOMAIN §4.6).

mod bare;
mod beside;

use self::beside::{Beside, is_taken_back_above, opens_with_denial};
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
    /// Those given with a condition, or beside words that nobody can take for a part of a plain yes, and so none.
    pub qualified: Vec<Command>,
    /// What was given with a code and taken back, or asked about: a person reads what is meant.
    pub doubtful: Vec<Intent>,
    /// What is wished by a word without a code.
    pub wished: Vec<Intent>,
}

/// Reads the commands of `text`, the new text of a mail, above `under`, its signature without the notices in it. `hits` finds known phrases in a text.
pub(super) fn read(text: &str, under: &str, known: &CommandWords, hits: impl Fn(&[Word]) -> Vec<Hit>) -> Commands {
    let mut commands = Commands { wished: bare::wished(text, known, &hits), ..Commands::default() };
    let beside = LazyCell::new(|| Beside::of(text, under, known, &hits));
    let above = std::iter::once("").chain(text.lines());
    let lines: Vec<(&str, &str)> = above.zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()).take(PEN_LINES).collect();
    for (place, (above, line)) in lines.iter().copied().enumerate() {
        let Some((spoken, intent, length)) = known.leading(line) else { continue };
        if matches!(intent, Intent::Release | Intent::Attach | Intent::Discard) {
            commands.given.extend(about_held(line, &spoken, intent, length));
            continue;
        }
        if place >= LINES {
            continue;
        }
        let Some(stated) = stated(line, known, &hits) else { continue };
        if !is_meant(intent, &stated.argument, beside.leaves_plain(intent, &stated)) {
            continue;
        }
        let below = lines.get(place.saturating_add(1)).map_or("", |(_, below)| below);
        let weight = weigh(&stated, &beside, Around { above, below }, &hits);
        let command = Command { intent, code: stated.code, argument: stated.argument };
        match weight {
            Weight::Full => commands.given.push(command),
            Weight::Wish => commands.wished.push(intent),
            Weight::Qualified => commands.qualified.push(command),
            Weight::Doubtful => commands.doubtful.push(intent),
        }
    }
    commands
}

/// What a word with a code comes to beside everything else that its writer says.
enum Weight {
    /// An act.
    Full,
    /// A wish that is to come true once something happened, or if it does.
    Wish,
    /// A yes that is none: an offer.
    Qualified,
    /// Nobody can tell what is meant.
    Doubtful,
}

/// The lines directly above and below a command.
struct Around<'a> {
    above: &'a str,
    below: &'a str,
}

fn weigh(stated: &Stated, beside: &Beside, around: Around<'_>, hits: &impl Fn(&[Word]) -> Vec<Hit>) -> Weight {
    let intent = stated.intent;
    // Whoever says no may deny what they like above it.
    let taken_back = || is_taken_back_above(around.above, hits, must_be_plain(intent)) || beside.is_taken_back();
    if must_be_plain(intent) {
        let other = match intent {
            Intent::Accept | Intent::Grant | Intent::Performed | Intent::Share => beside.alters() || !beside.is_plain(intent),
            _ => false,
        };
        return if !beside.leaves_plain(intent, stated) || other || taken_back() { Weight::Qualified } else { Weight::Full };
    }
    if !is_explained(intent) {
        return Weight::Full;
    }
    let denied = !says_no(intent) && opens_with_denial(if stated.argument.is_empty() { around.below } else { &stated.argument }, hits);
    if stated.argument.contains(['?', '؟']) || denied || taken_back() || ends_it(intent) && beside.denies_anything() {
        return Weight::Doubtful;
    }
    // Whoever withdraws once something happened withdraws nothing yet.
    if ends_it(intent) && (stated.waits || beside.waits()) { Weight::Wish } else { Weight::Full }
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
    let written = line.get(code.start..code.end)?;
    let parsed = ReplyCode::parse(written).or_else(|| ReplyCode::parse(&code.text))?;
    let argument = line.get(code.end..)?.trim_matches(|c: char| c.is_whitespace() || ".:,;-–*\"'»«”)".contains(c)).to_owned();
    let said = words(&argument);
    let polite = hits(&said);
    let only_polite = (0..said.len()).all(|at| polite.iter().any(|hit| hit.first <= at && at <= hit.last && hit.steers("courtesy")));
    let plain = only_polite && !argument.contains(['?', '؟']);
    if !plain && !is_typed(written, line.get(code.end..)?) {
        return None;
    }
    let waits = polite.iter().any(|hit| hit.steers("after") || hit.steers("doubts"));
    Some(Stated { intent, code: parsed, place: code.start..code.end, argument, plain, waits })
}

/// Whether those three letters are a code, though a sentence goes on behind them: "Réglé par carte", "keep the shoes", "Délai 347 jours" hold none.
fn is_typed(code: &str, rest: &str) -> bool {
    let parted = rest.trim_start_matches(|c: char| c == ' ' || super::fold::is_silent(c)).starts_with(|c: char| !c.is_alphanumeric());
    let capitals = !code.chars().any(char::is_lowercase) && code.chars().any(char::is_alphabetic);
    let shouted = !code.chars().any(char::is_numeric) && !rest.chars().any(|c| c.is_alphabetic() && !c.is_uppercase());
    // A reason as our letters print it: R_NO_PRIOR_CONTACT.
    parted || rest.contains('_') || capitals && !shouted
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

/// Whether it is a party's, and may be explained: there is more room beside it, and so for what takes it back.
fn is_explained(intent: Intent) -> bool {
    let moves = matches!(intent, Intent::Interrupt | Intent::Resume | Intent::AskTime | Intent::Court | Intent::Mediate | Intent::Contest);
    moves || ends_it(intent) || says_no(intent)
}

/// Whether it is itself a denial, which others only go with.
fn says_no(intent: Intent) -> bool {
    matches!(intent, Intent::Refuse | Intent::NotShare | Intent::NotPerformed | Intent::NotConcerned)
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
mod tests;

//! The text of a workflow file → [`Workflow`]: the words. What the words say together is checked in `check`.

use super::check::check;
use super::machine::{Rule, Span, State, Then, Workflow};
use super::page::{Page, Table, Word, right_words};
use super::words::{ACTORS, Condition, Duration, Phase, Recipient, known, may_say, meaning, sayings};
use crate::domain::{Act, Actor, Digest, Fact, Fault, Outcome, Track};
use std::collections::BTreeSet;

/// Names that mean something else after `then`.
const RESERVED: [&str; 3] = ["back", "closed", "any"];

impl Workflow {
    /// Reads and checks `text`, the content of `file`. `letters` are the names of the letters that can be sent; none at all
    /// means that they could not be read, and then they are not judged.
    ///
    /// # Errors
    /// Every mistake, each as a sentence with its line (DESIGN §6): unknown words with the right ones, rules that can
    /// never speak, states that nobody reaches or in which a dispute could wait for ever, clocks that agree or refuse for
    /// somebody. The machine as a whole is judged once all its words are right.
    pub fn parse(file: &str, text: &str, letters: &BTreeSet<String>) -> Result<Workflow, Vec<Fault>> {
        let page = Page::new(file, text);
        let workflow = Reader { page: &page, letters, track: Track::Mediation }.workflow(Digest::of(text.as_bytes()));
        match workflow {
            Some(workflow) if page.is_sound() => {
                check(&workflow, &page);
                if page.is_sound() { Ok(workflow) } else { Err(page.into_faults()) }
            }
            _ => Err(page.into_faults()),
        }
    }
}

struct Reader<'p> {
    page: &'p Page<'p>,
    letters: &'p BTreeSet<String>,
    track: Track,
}

impl<'p> Reader<'p> {
    fn workflow(mut self, digest: Digest) -> Option<Workflow> {
        let mut table = self.page.table()?.named("a workflow");
        let name = table.needed_text("name", "\"mediation\"");
        let begins = table.needed_text("begins", "\"incomplete\"");
        if let Some(word) = table.text("track") {
            self.track = self.page.choose(&word, "track", &known(&Track::WORDS), |text| meaning(&Track::WORDS, text)).unwrap_or(self.track);
        }
        let needs = table.texts("needs");
        let by_category = table.table("needs_by_category").map(|mut lists| lists.remaining_lists()).unwrap_or_default();
        let term = table.table("term").and_then(|table| self.term(table));
        let mut state_tables = table.table("state").map(|mut states| states.remaining_tables()).unwrap_or_default();
        let any_table = table.table("any");
        table.end();
        let names: Vec<String> = state_tables.iter().map(|(name, _)| name.text.clone()).collect();
        if names.is_empty() {
            self.page.fault(None, "There is no state; write for example [state.incomplete].");
        }
        let states: Vec<Option<State>> = state_tables.drain(..).map(|(name, table)| self.state(&name, table, &names)).collect();
        let any = any_table.map(|table| self.any(table, &names)).unwrap_or_default();
        let needs = self.facts(&needs);
        let needs_by_category = by_category.into_iter().map(|(category, words)| (category.text, self.facts(&words))).collect();
        let begins = begins?;
        if !names.contains(&begins.text) {
            let right = right_words(&begins.text, &borrowed(&names));
            self.page.fault(Some(begins.at), format!("A dispute cannot begin in \"{}\", which is no state; {right}", begins.text));
        }
        let states = states.into_iter().collect::<Option<Vec<_>>>()?;
        Some(Workflow { name: name?.text, digest, begins: begins.text, track: self.track, needs, needs_by_category, term, states, any })
    }

    fn facts(&self, words: &[Word]) -> Vec<Fact> {
        let facts = Fact::ALL.iter().map(|fact| fact.name()).collect::<Vec<_>>();
        words.iter().filter_map(|word| self.page.choose(word, "fact", &facts, Fact::parse)).collect()
    }

    /// Who is meant: in a customer service the seat of the mediator is the agent's.
    fn person<'w>(&self, text: &'w str) -> &'w str {
        if self.track == Track::Service && text == "agent" { "mediator" } else { text }
    }

    fn term(&self, table: Table<'p>) -> Option<Span> {
        let mut table = table.named("[term]");
        let lasts = table.needed_text("lasts", "\"90 days\"").and_then(|word| self.duration(&word));
        let limit = table.needed_text("limit", "\"180 days\"").map(|word| (self.duration(&word), word));
        let remind = table.texts("remind");
        table.end();
        if let (Some(lasts), Some((Some(limit), word))) = (lasts, &limit)
            && !limit.is_never_before(lasts)
        {
            self.page.fault(Some(word.at), format!("The limit of {limit} comes before the {lasts} that a mediation lasts; write a longer one."));
        }
        if let Some(lasts) = lasts {
            self.reminders_in_time("[term]", lasts, &remind);
        }
        let remind = remind.iter().filter_map(|word| self.duration(word)).collect();
        Some(Span { lasts: lasts?, remind, limit: limit?.0? })
    }

    fn any(&self, table: Table<'p>, names: &[String]) -> Vec<Rule> {
        let mut table = table.named("[any]");
        let rules = self.rules("any", table.tables("when"), names);
        table.end();
        rules
    }

    fn state(&self, name: &Word, table: Table<'p>, names: &[String]) -> Option<State> {
        let mut table = table.named(format!("state \"{}\"", name.text));
        let plain = name.text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        if !plain || RESERVED.contains(&name.text.as_str()) {
            let sentence = format!("A state cannot be called \"{}\"; use lower-case letters, digits and hyphens, and not back, closed or any.", name.text);
            self.page.fault(Some(name.at), sentence);
        }
        let means = table.needed_text("means", "\"The merchant has been invited.\"");
        let phase = table.needed_text("phase", "\"opening\"");
        let phase = phase.and_then(|word| self.page.choose(&word, "phase", &known(&Phase::WORDS), |text| meaning(&Phase::WORDS, text)));
        let ball = table.needed_text("ball", "\"consumer\"");
        let ball =
            ball.and_then(|word| self.page.choose(&word, "participant", &known(&Recipient::WORDS), |text| meaning(&Recipient::WORDS, self.person(text))));
        let deadline = table.text("deadline").map(|word| self.duration(&word));
        let remind = table.texts("remind");
        if let Some(Some(deadline)) = deadline {
            self.reminders_in_time(&name.text, deadline, &remind);
        } else if deadline.is_none() && !remind.is_empty() {
            self.page.fault(
                remind.first().map(|word| word.at),
                format!("State \"{}\" reminds of a deadline that it does not have; add deadline = \"10 days\".", name.text),
            );
        }
        let remind = remind.iter().filter_map(|word| self.duration(word)).collect();
        let rules = self.rules(&name.text, table.tables("when"), names);
        table.end();
        Some(State { name: name.text.clone(), means: means?.text, phase: phase?, ball: ball?, deadline: deadline.flatten(), remind, rules, at: name.at })
    }

    fn reminders_in_time(&self, state: &str, deadline: Duration, remind: &[Word]) {
        let mut before: Option<Duration> = None;
        for word in remind {
            let Some(reminder) = Duration::parse(&word.text) else { continue };
            if reminder.is_never_before(deadline) {
                self.page.fault(Some(word.at), format!("State \"{state}\" reminds after {reminder}, when its deadline of {deadline} is over; remind earlier."));
            } else if before.is_some_and(|before| before.is_never_before(reminder)) {
                self.page.fault(Some(word.at), format!("The reminders of state \"{state}\" are not in order: {reminder} does not come after the one before."));
            }
            before = Some(reminder);
        }
    }

    fn duration(&self, word: &Word) -> Option<Duration> {
        let duration = Duration::parse(&word.text);
        if duration.is_none() {
            self.page.fault(Some(word.at), format!("\"{}\" is no duration; write \"N days\" or \"N working days\" with N from 1 to 366.", word.text));
        }
        duration
    }

    fn rules(&self, owner: &str, tables: Vec<Table<'p>>, names: &[String]) -> Vec<Rule> {
        let numbered = tables.into_iter().zip(1..);
        numbered.filter_map(|(table, place): (_, u32)| self.rule(format!("{owner}#{place}"), table, names)).collect()
    }

    fn rule(&self, name: String, table: Table<'p>, names: &[String]) -> Option<Rule> {
        let mut table = table.named(format!("rule {name}"));
        let at = table.at().unwrap_or(0);
        let from = table.needed_text("from", "\"consumer\"").and_then(|word| self.page.choose(&word, "actor", &ACTORS, |text| Actor::parse(self.person(text))));
        let says = table.needed_text("says", "\"supply\"");
        let says = says.and_then(|word| self.says(from, &word));
        let needs = self.conditions(table.texts("if"));
        let unless = self.conditions(table.texts("unless"));
        let send = table.table("send").map(|letters| self.letters(letters)).unwrap_or_default();
        let then = self.then(&mut table, names);
        table.end();
        Some(Rule { name, from: from?, says: says?, needs, unless, send, then: then?, at })
    }

    fn says(&self, from: Option<Actor>, word: &Word) -> Option<&'static str> {
        let says = self.page.choose(word, "event", Act::NAMES, |text| Act::NAMES.iter().copied().find(|name| *name == text))?;
        let from = from?;
        if may_say(from, says) {
            return Some(says);
        }
        let right = sayings(from).join(", ");
        self.page.fault(Some(word.at), format!("The {} never says \"{says}\", so this rule could not speak; the {0} says: {right}.", from.name()));
        None
    }

    fn conditions(&self, words: Vec<Word>) -> Vec<Condition> {
        let right = known(&Condition::WORDS);
        words.iter().filter_map(|word| self.page.choose(word, "condition", &right, |text| meaning(&Condition::WORDS, text))).collect()
    }

    fn letters(&self, mut table: Table<'p>) -> Vec<(Recipient, String)> {
        let right: Vec<&str> = self.letters.iter().map(String::as_str).collect();
        let mut send = Vec::new();
        for (person, letter) in table.remaining_texts() {
            let recipient =
                self.page.choose(&person, "participant who is written to", &known(&Recipient::WORDS), |text| meaning(&Recipient::WORDS, self.person(text)));
            let is_known = |text: &str| self.letters.is_empty() || self.letters.contains(text);
            let letter = self.page.choose(&letter, "letter", &right, |text| is_known(text).then(|| text.to_owned()));
            send.extend(recipient.zip(letter));
        }
        send
    }

    /// Exactly one of `then`, `renew` and `extend`, or none.
    fn then(&self, table: &mut Table<'p>, names: &[String]) -> Option<Then> {
        let then = table.text("then");
        let outcome = table.text("outcome");
        let renew = table.truth("renew").unwrap_or(false);
        let extend = table.text("extend");
        let at = table.at();
        if usize::from(then.is_some()) + usize::from(renew) + usize::from(extend.is_some()) > 1 {
            self.page.fault(at, "A rule has one of \"then\", \"renew\" and \"extend\": entering a state starts its deadline anyway.");
            return None;
        }
        if let Some(extend) = extend {
            return self.duration(&extend).map(Then::Extend);
        }
        let closes = then.as_ref().is_some_and(|word| word.text == "closed");
        match (then, outcome) {
            (Some(_), Some(outcome)) if closes => {
                let right: Vec<&str> = Outcome::ALL.iter().map(|outcome| outcome.name()).collect();
                self.page.choose(&outcome, "outcome", &right, Outcome::parse).map(Then::Close)
            }
            (Some(then), None) if closes => {
                self.page.fault(Some(then.at), "A dispute is closed here without saying how it ended; add for example outcome = \"SETTLED_DIRECT\".");
                None
            }
            (_, Some(outcome)) => {
                self.page.fault(Some(outcome.at), "An outcome is only for a rule with then = \"closed\"; remove it, or close the dispute.");
                None
            }
            (Some(then), None) => self.target(&then, names),
            (None, None) => Some(if renew { Then::Renew } else { Then::Stay }),
        }
    }

    fn target(&self, word: &Word, names: &[String]) -> Option<Then> {
        let mut right = borrowed(names);
        right.extend(["back", "closed"]);
        self.page.choose(word, "state", &right, |text| match text {
            "back" => Some(Then::Back),
            name => names.iter().any(|known| known == name).then(|| Then::Enter(name.to_owned())),
        })
    }
}

fn borrowed(names: &[String]) -> Vec<&str> {
    names.iter().map(String::as_str).collect()
}

//! The notation of stories: text → steps, and steps with their outcomes → text.

use super::listed::listed;
use crate::domain::{Address, Channel, Instant, Merchant, Role};
use std::collections::BTreeMap;

/// A story as it is written.
#[derive(Debug, Clone)]
pub struct Script {
    /// Lines before the first step: comments, `now`, people.
    pub head: Vec<String>,
    /// When it begins.
    pub begins: Instant,
    /// Who is who.
    pub people: BTreeMap<String, (Role, Address)>,
    /// Whom the registry of merchants has from the beginning.
    pub listed: Vec<Merchant>,
    /// Who answers in the name of a merchant; they sit in the mediator's seat of its customer service.
    pub agents: Vec<Address>,
    /// Whether the service names the mediators, and not the registrar.
    pub assigns: bool,
    /// What happens, in order.
    pub steps: Vec<Step>,
}

/// One step with what was recorded of it.
#[derive(Debug, Clone)]
pub struct Step {
    /// The lines as they are written, without the recorded ones.
    pub lines: Vec<String>,
    /// What happens.
    pub action: Action,
    /// What was recorded.
    pub recorded: Vec<String>,
}

/// What happens in a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Somebody writes a new mail to the service.
    Writes {
        /// Name of the person.
        who: String,
        /// Name of the mailbox; the first one where it is not given.
        mailbox: Option<String>,
        /// Subject.
        subject: String,
        /// Text.
        body: String,
        /// Header fields instead of or beside the usual ones.
        headers: Vec<String>,
        /// Whether the mail is signed by the sender's domain.
        signed: bool,
    },
    /// Somebody answers the latest letter received.
    Answers {
        /// Name of the person.
        who: String,
        /// The channel of the letter that is answered; the latest letter where it is not given.
        on: Option<Channel>,
        /// Text above the quoted letter.
        body: String,
        /// Header fields instead of or beside the usual ones.
        headers: Vec<String>,
        /// Whether the mail is signed by the sender's domain.
        signed: bool,
        /// Whose latest letter it is; another person's, if that one passed it on.
        of: String,
    },
    /// What the registrar does on the command line.
    Commands {
        /// `assign`, `park`, `reroute`, `reopen`, `split`, `disclose`, `disclose-unasked` or `disclosed`.
        word: &'static str,
        /// Who is named as the mediator.
        who: Option<String>,
        /// What both sides are asked to allow: five lines.
        words: String,
    },
    /// Somebody sends the latest mail again, byte for byte.
    Repeats {
        /// Name of the person.
        who: String,
    },
    /// Time passes.
    Waits {
        /// How many days.
        days: u16,
        /// Whether only working days count.
        working: bool,
    },
    /// The latest letter to somebody comes back for good.
    Bounces {
        /// Name of the person whose address does not work.
        who: String,
    },
}

/// Why a story cannot be read.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("line {line}: {sentence}")]
pub struct ScriptError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong and what would be right.
    pub sentence: String,
}

impl Script {
    /// Reads a story.
    pub fn parse(text: &str) -> Result<Self, ScriptError> {
        let lines: Vec<&str> = text.lines().collect();
        let mut script = Script {
            head: Vec::new(),
            begins: Instant::from_micros(0),
            people: BTreeMap::new(),
            listed: Vec::new(),
            agents: Vec::new(),
            assigns: false,
            steps: Vec::new(),
        };
        let mut at = 0;
        while let Some(line) = lines.get(at) {
            let number = at + 1;
            at += 1;
            if line.trim().is_empty() || line.starts_with('#') {
                if script.steps.is_empty() {
                    script.head.push((*line).to_owned());
                }
                continue;
            }
            if let Some(recorded) = line.strip_prefix("> ") {
                let step = script.steps.last_mut().ok_or_else(|| fault(number, "an outcome stands before any step"))?;
                step.recorded.push(recorded.to_owned());
                continue;
            }
            if script.declare(line, number)? {
                script.head.push((*line).to_owned());
                continue;
            }
            let mut step_lines = vec![(*line).to_owned()];
            while let Some(body) =
                lines.get(at).filter(|body| body.starts_with("  ") || (body.is_empty() && lines.get(at + 1).is_some_and(|next| next.starts_with("  "))))
            {
                step_lines.push((*body).to_owned());
                at += 1;
            }
            let action = action(&step_lines, number)?;
            script.known(&action, number)?;
            script.steps.push(Step { lines: step_lines, action, recorded: Vec::new() });
        }
        if script.begins.micros() == 0 {
            return Err(fault(1, "the story does not say when it begins; write for example: now 2026-11-23T09:00:00Z"));
        }
        Ok(script)
    }

    /// The story as text, with `outcomes` recorded for its steps.
    pub fn record(&self, outcomes: &[Vec<String>]) -> String {
        let mut text = self.head.join("\n").trim_end().to_owned();
        for (step, outcome) in self.steps.iter().zip(outcomes) {
            text.push_str("\n\n");
            text.push_str(&step.lines.join("\n"));
            for line in outcome {
                text.push_str("\n> ");
                text.push_str(line);
            }
        }
        text.push('\n');
        text
    }

    fn declare(&mut self, line: &str, number: usize) -> Result<bool, ScriptError> {
        if let Some(moment) = line.strip_prefix("now ") {
            self.begins = Instant::parse(moment.trim()).ok_or_else(|| fault(number, "the moment is written like 2026-11-23T09:00:00Z"))?;
            return Ok(true);
        }
        if line.trim() == "the service names mediators" {
            self.assigns = true;
            return Ok(true);
        }
        if let Some(merchant) = line.strip_prefix("the registry has ") {
            let wrong = || fault(number, "a merchant is listed as: the registry has NAME; ALIAS at ADDRESS in fr");
            self.listed.push(listed(merchant, number).ok_or_else(wrong)?);
            return Ok(true);
        }
        let words: Vec<&str> = line.split_whitespace().collect();
        let [name, "is", role, address] = words.as_slice() else {
            return Ok(false);
        };
        let address = Address::parse(address).map_err(|error| fault(number, &error.to_string()))?;
        let role = match *role {
            "agent" => {
                self.agents.push(address.clone());
                Role::Mediator
            }
            role => Role::parse(role).ok_or_else(|| fault(number, "the role is consumer, merchant, mediator, agent or operator"))?,
        };
        self.people.insert((*name).to_owned(), (role, address));
        Ok(true)
    }

    fn known(&self, action: &Action, number: usize) -> Result<(), ScriptError> {
        let who = match action {
            Action::Answers { who, of, .. } => self.people.get(of).map_or(of, |_| who),
            Action::Writes { who, .. } | Action::Commands { who: Some(who), .. } | Action::Repeats { who } | Action::Bounces { who } => who,
            Action::Commands { who: None, .. } | Action::Waits { .. } => return Ok(()),
        };
        if self.people.contains_key(who) {
            return Ok(());
        }
        Err(fault(number, &format!("nobody is called {who}; write for example: {who} is consumer {who}@courrier.example")))
    }
}

fn fault(line: usize, sentence: &str) -> ScriptError {
    ScriptError { line, sentence: sentence.to_owned() }
}

fn action(lines: &[String], number: usize) -> Result<Action, ScriptError> {
    let first = lines.first().map(String::as_str).unwrap_or_default();
    let words: Vec<&str> = first.trim_end_matches(':').split_whitespace().collect();
    let (headers, subject, body) = content(lines);
    match words.as_slice() {
        ["wait", count, "days" | "day"] => Ok(Action::Waits { days: days(count, number)?, working: false }),
        ["wait", count, "working", "days" | "day"] => Ok(Action::Waits { days: days(count, number)?, working: true }),
        ["the", "letter", "to", who, "bounces"] => Ok(Action::Bounces { who: (*who).to_owned() }),
        [who, "sends", "it", "again"] => Ok(Action::Repeats { who: (*who).to_owned() }),
        [who, "writes", "to", mailbox, rest @ ..] => {
            Ok(Action::Writes { who: (*who).to_owned(), mailbox: Some((*mailbox).to_owned()), subject, body, headers, signed: signed(rest, number)? })
        }
        [who, "writes", rest @ ..] => Ok(Action::Writes { who: (*who).to_owned(), mailbox: None, subject, body, headers, signed: signed(rest, number)? }),
        ["the", "registrar", "parks", "the", "case"] => Ok(Action::Commands { word: "park", who: None, words: body }),
        ["the", "registrar", "reroutes", "the", "case"] => Ok(Action::Commands { word: "reroute", who: None, words: body }),
        ["the", "registrar", "reopens", "the", "case"] => Ok(Action::Commands { word: "reopen", who: None, words: body }),
        ["the", "registrar", "splits", "the", "case"] => Ok(Action::Commands { word: "split", who: None, words: body }),
        ["the", "registrar", "asks", "to", "disclose"] => Ok(Action::Commands { word: "disclose", who: None, words: body }),
        ["the", "registrar", "discloses", "unasked"] => Ok(Action::Commands { word: "disclose-unasked", who: None, words: body }),
        ["the", "registrar", "has", "disclosed", "it"] => Ok(Action::Commands { word: "disclosed", who: None, words: body }),
        ["the", "registrar", "names", who] => Ok(Action::Commands { word: "assign", who: Some((*who).to_owned()), words: body }),
        [who, "answers", "on", channel, rest @ ..] => {
            let on = Channel::parse(channel).ok_or_else(|| fault(number, "the channel is consumer-private, merchant-private, joint or desk"))?;
            Ok(Action::Answers { who: (*who).to_owned(), on: Some(on), body, headers, signed: signed(rest, number)?, of: (*who).to_owned() })
        }
        [who, "answers", "the", "letter", "to", of, rest @ ..] => {
            Ok(Action::Answers { who: (*who).to_owned(), on: None, body, headers, signed: signed(rest, number)?, of: (*of).to_owned() })
        }
        [who, "answers", rest @ ..] => {
            Ok(Action::Answers { who: (*who).to_owned(), on: None, body, headers, signed: signed(rest, number)?, of: (*who).to_owned() })
        }
        _ => Err(fault(
            number,
            "a step is `NAME writes:`, `NAME writes to MAILBOX:`, `NAME answers:`, `NAME answers on CHANNEL:`, `NAME answers the letter to NAME:`, `NAME sends it again`, \
             `the registrar names NAME`, `the registrar parks|reroutes|reopens|splits the case`, `the registrar asks to disclose:`, `the registrar discloses unasked:`, \
             `the registrar has disclosed it`, `wait N days`, `wait N working days` or `the letter to NAME bounces`",
        )),
    }
}

fn signed(rest: &[&str], number: usize) -> Result<bool, ScriptError> {
    match rest {
        [] => Ok(true),
        ["unsigned"] => Ok(false),
        _ => Err(fault(number, "after the verb only `unsigned` may stand")),
    }
}

fn days(count: &str, number: usize) -> Result<u16, ScriptError> {
    count.parse().map_err(|_| fault(number, "the number of days is written in digits"))
}

/// Header lines come first, each beginning with `Name: `; the text begins at the first line that is none.
fn content(lines: &[String]) -> (Vec<String>, String, String) {
    let mut headers = Vec::new();
    let mut subject = String::new();
    let mut body = Vec::new();
    for line in lines.iter().skip(1).map(|line| line.strip_prefix("  ").unwrap_or(line)) {
        let name = line.split_once(": ").map(|(name, _)| name).filter(|name| is_field_name(name));
        match name {
            Some("Subject") if body.is_empty() => subject = line.split_once(": ").map(|(_, value)| value.to_owned()).unwrap_or_default(),
            Some(_) if body.is_empty() => headers.push(line.to_owned()),
            _ if body.is_empty() && line.is_empty() => {}
            _ => body.push(line.to_owned()),
        }
    }
    (headers, subject, body.join("\n"))
}

fn is_field_name(name: &str) -> bool {
    matches!(name, "Subject" | "Attach" | "Auto-Submitted" | "Message-ID" | "Cc" | "To" | "In-Reply-To" | "Precedence")
}

#[cfg(test)]
mod tests {
    use super::*;

    const STORY: &str = "# A story.\nnow 2026-11-23T09:00:00Z\nleila is consumer leila@courrier.example\n\n\
leila writes:\n  Subject: Colis\n  Bonjour,\n\n  rien reçu.\n> opened, incomplete\n\nwait 3 working days\n> consumer: complaint-reminder (fr)\n";

    #[test]
    fn a_story_is_read_and_written_back_the_same() {
        let script = Script::parse(STORY).unwrap();
        assert_eq!(script.steps.len(), 2);
        assert!(matches!(&script.steps[0].action, Action::Writes { subject, body, .. } if subject == "Colis" && body == "Bonjour,\n\nrien reçu."));
        assert_eq!(script.steps[1].action, Action::Waits { days: 3, working: true });
        let outcomes: Vec<Vec<String>> = script.steps.iter().map(|step| step.recorded.clone()).collect();
        assert_eq!(script.record(&outcomes), STORY);
    }

    #[test]
    fn mistakes_are_sentences() {
        let wrong = |text: &str| Script::parse(text).unwrap_err().to_string();
        assert_eq!(wrong("now 2026-11-23T09:00:00Z\nomar writes:"), "line 2: nobody is called omar; write for example: omar is consumer omar@courrier.example");
        assert!(wrong("now yesterday").starts_with("line 1: the moment is written"));
        assert!(wrong("the registry has Atlas at nowhere").contains("ALIAS at ADDRESS"));
        assert!(wrong("> x").contains("before any step"));
    }
}

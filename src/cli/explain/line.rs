//! The contract of `explain --json` (DESIGN §11): one object a line, every field in each.

use super::Explained;
use crate::authenticate::Outcome;
use crate::domain::{Facts, Intent, MessageId, Proposal};
use crate::letter::{Attachment, Bounce, Kind, Letter, Reading, SenderGate};
use serde::Serialize;
use std::fmt::Write;

/// The category of what fits no other (DOMAIN §4.1).
const NO_CATEGORY: &str = "OTHER";

/// What is told of one file.
#[derive(Serialize, Default)]
pub struct Line<'a> {
    file: &'a str,
    bytes: usize,
    ms: f64,
    outcome: &'static str,
    faults: Vec<&'a str>,
    message_id: Option<&'a MessageId>,
    from: Option<&'a str>,
    from_name: Option<&'a str>,
    to: &'a [String],
    cc: &'a [String],
    subject: &'a str,
    date: Option<String>,
    in_reply_to: &'a [MessageId],
    references: &'a [MessageId],
    text: &'a str,
    reply_text: &'a str,
    signature: &'a str,
    quoted: &'a str,
    kind: Option<Kind>,
    may_answer: bool,
    bounce: Option<&'a Bounce>,
    sender_gate: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    authentication: Option<Authentication>,
    language: &'static str,
    category: &'a str,
    candidates: &'a [String],
    intents: &'a [Intent],
    binding: bool,
    facts: Facts,
    proposals: &'a [Proposal],
    answers: Vec<Answer<'a>>,
    attachments: &'a [Attachment],
    because: &'a [String],
}

/// Present with `--dns`.
#[derive(Serialize)]
struct Authentication {
    dkim: Outcome,
    dmarc: Outcome,
    arc: Outcome,
}

/// An answer to a question, as it is told.
#[derive(Serialize)]
struct Answer<'a> {
    number: Option<u8>,
    text: &'a str,
}

impl<'a> Line<'a> {
    /// What is told of `explained`.
    pub fn of(explained: &'a Explained) -> Line<'a> {
        let authentication = explained.verdict.as_ref().map(|verdict| Authentication { dkim: verdict.dkim, dmarc: verdict.dmarc, arc: verdict.arc });
        let line = match &explained.letter {
            Some(letter) => Line::of_letter(letter),
            None => Line {
                outcome: "unreadable",
                faults: explained.fault.into_iter().collect(),
                sender_gate: "unreadable",
                language: "other",
                category: NO_CATEGORY,
                ..Line::default()
            },
        };
        // To the microsecond: more is noise.
        let ms = (explained.milliseconds * 1_000.0).round() / 1_000.0;
        Line { file: &explained.file, bytes: explained.bytes, ms, authentication, ..line }
    }

    fn of_letter(letter: &'a Letter) -> Line<'a> {
        Line {
            outcome: match letter.reading {
                Reading::Read => "read",
                Reading::Unreadable => "unreadable",
                Reading::TooLarge => "too_large",
            },
            faults: letter.faults.iter().map(String::as_str).collect(),
            message_id: letter.message_id.as_ref(),
            from: letter.from.as_deref(),
            from_name: letter.from_name.as_deref(),
            to: &letter.to,
            cc: &letter.cc,
            subject: &letter.subject,
            date: letter.date.map(|date| date.rfc3339()),
            in_reply_to: &letter.in_reply_to,
            references: &letter.references,
            text: &letter.text,
            reply_text: &letter.reply_text,
            signature: &letter.signature,
            quoted: &letter.quoted,
            kind: Some(letter.kind),
            may_answer: letter.may_answer,
            bounce: letter.bounce.as_ref(),
            sender_gate: match &letter.sender {
                SenderGate::Open(_) => "ok",
                SenderGate::Shut(reason) => reason,
            },
            language: letter.language.tag(),
            category: letter.category.as_deref().unwrap_or(NO_CATEGORY),
            candidates: &letter.candidates,
            intents: &letter.intents,
            binding: !letter.commands.is_empty(),
            facts: letter.facts.clone(),
            proposals: &letter.proposals,
            answers: letter.answers.iter().map(|answer| Answer { number: answer.number, text: &answer.text }).collect(),
            attachments: &letter.attachments,
            because: &letter.because,
            ..Line::default()
        }
    }

    /// The same for a person.
    pub fn in_words(&self) -> String {
        let mut text = format!("{}: {}, {} bytes, {} ms\n", self.file, self.outcome, self.bytes, self.ms);
        let mut say = |what: &str, value: &str| {
            if !value.is_empty() {
                // Writing into a String cannot fail.
                let _ = writeln!(text, "  {what:<15} {}", value.trim_end().replace('\n', "\n                  "));
            }
        };
        let sender = match (self.from_name, self.from) {
            (Some(name), Some(address)) => format!("{name} <{address}>"),
            (name, address) => name.or(address).unwrap_or_default().to_owned(),
        };
        say("from", &sender);
        say("sender gate", self.sender_gate);
        if let Some(Authentication { dkim, dmarc, arc }) = &self.authentication {
            say("authentication", &format!("dkim {}, dmarc {}, arc {}", word(dkim), word(dmarc), word(arc)));
        }
        say("to", &self.to.join(", "));
        say("cc", &self.cc.join(", "));
        say("subject", self.subject);
        say("date", self.date.as_deref().unwrap_or_default());
        say("kind", &self.kind.as_ref().map(word).unwrap_or_default());
        say("may be answered", if self.may_answer { "yes" } else { "no" });
        for recipient in self.bounce.iter().flat_map(|bounce| &bounce.recipients) {
            say("bounce", &format!("{} {} {}", recipient.address, recipient.action, recipient.status.as_deref().unwrap_or_default()));
        }
        say("language", self.language);
        say("category", self.category);
        if self.category == NO_CATEGORY {
            say("perhaps", &self.candidates.join(", "));
        }
        say("intents", &self.intents.iter().map(|intent| intent.name()).collect::<Vec<_>>().join(", "));
        say("binding", if self.binding { "a reply code stands outside quoted text; it counts if it is the right one" } else { "no" });
        for (fact, value) in self.facts.iter() {
            say(fact.name(), value);
        }
        for proposal in self.proposals {
            say(
                "to be asked",
                &format!("{} {} {} for \"{}\"?", proposal.fact.name(), proposal.value, proposal.currency.as_deref().unwrap_or_default(), proposal.written),
            );
        }
        for answer in &self.answers {
            say(&answer.number.map_or_else(|| "perhaps answer".to_owned(), |number| format!("answer {number}")), answer.text);
        }
        for attachment in self.attachments {
            let danger = attachment.danger.as_deref().map(|danger| format!(", dangerous: {danger}")).unwrap_or_default();
            let lies = if attachment.mismatch { ", not what it says" } else { "" };
            say(
                "attachment",
                &format!("{} ({}, {} bytes{lies}{danger})", attachment.name.as_deref().unwrap_or("without a name"), attachment.media_type, attachment.bytes),
            );
        }
        say("faults", &self.faults.join(", "));
        say("because", &self.because.join(", "));
        say("newly written", self.reply_text);
        say("cut: signature", &cut(self.signature));
        say("cut: quoted", &cut(self.quoted));
        text
    }
}

/// What was cut, in one line: its first line and how long it is.
fn cut(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let Some(first) = lines.first() else { return String::new() };
    let begins: String = first.chars().take(CUT_CHARS).collect();
    let more = if begins.len() < first.len() || lines.len() > 1 { " …" } else { "" };
    format!("{} line{}, {} bytes: {begins}{more}", lines.len(), if lines.len() == 1 { "" } else { "s" }, text.len())
}

/// Characters of the first line of what was cut.
const CUT_CHARS: usize = 60;

/// The word that the JSON contract has for `value`.
fn word(value: &impl Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

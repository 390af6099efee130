//! Reply codes, and the one-line answers that are printed with them.

use super::reasons::rejected_because;
use super::words::pick;
use crate::domain::code::code_input;
use crate::domain::{Address, CodeWords, DisputeId, Intent, Language, MacKey, Matter, Reference, RejectReason, ReplyCode, Role, Withheld};
use serde::Serialize;

/// The code that the service gives to `role` for `matter` of `dispute`: printed here, and checked by whoever reads the answer.
pub fn reply_code(keys: &MacKey, dispute: DisputeId, role: Role, matter: &Matter) -> ReplyCode {
    let mac = keys.for_purpose("reply-code").mac(&code_input(&dispute.bytes(), role, matter));
    ReplyCode::from_mac(mac.as_bytes())
}

/// The intents of which a word is printed somewhere, and must therefore have one in every language.
pub(super) const PRINTED: [Intent; 34] = [
    Intent::Court,
    Intent::Park,
    Intent::Reroute,
    Intent::Retract,
    Intent::Brief,
    Intent::Mine,
    Intent::NotMine,
    Intent::Address,
    Intent::Confirm,
    Intent::Grant,
    Intent::Refuse,
    Intent::Counter,
    Intent::Mediate,
    Intent::NotConcerned,
    Intent::AskTime,
    Intent::Performed,
    Intent::NotPerformed,
    Intent::Contest,
    Intent::Withdraw,
    Intent::Resolved,
    Intent::Interrupt,
    Intent::Resume,
    Intent::End,
    Intent::Human,
    Intent::Share,
    Intent::NotShare,
    Intent::Admit,
    Intent::Reject,
    Intent::Close,
    Intent::Release,
    Intent::Attach,
    Intent::Discard,
    Intent::Relay,
    Intent::Hold,
];

/// What answers are written with.
pub(super) struct Desk<'a> {
    pub(super) words: &'a CodeWords,
    pub(super) keys: &'a MacKey,
    pub(super) dispute: DisputeId,
    pub(super) role: Role,
    pub(super) language: Language,
    /// Where the answer goes.
    pub(super) reply_to: &'a Address,
    pub(super) reference: Option<&'a Reference>,
}

impl Desk<'_> {
    /// Every answer that is possible now. `complete` says whether nothing is missing, `contact` is the seller's address if it is known.
    pub(super) fn replies(&self, matters: &[Matter], complete: bool, contact: Option<&Address>) -> Replies {
        let mut replies = Replies::default();
        for matter in matters {
            match matter {
                Matter::Request(_) if complete => replies.confirm = self.coded(Intent::Confirm, matter),
                Matter::Request(_) => {}
                Matter::Invitation(_) => self.answer_invitation(matter, &mut replies),
                Matter::Screening(_) => self.answer_screening(matter, contact, &mut replies),
                Matter::Performance(_) => {
                    replies.performed = self.coded(Intent::Performed, matter);
                    replies.not_performed = self.coded(Intent::NotPerformed, matter).filter(|_| self.role == Role::Consumer);
                    replies.contest = self.coded(Intent::Contest, matter).filter(|_| self.role == Role::Merchant);
                    replies.renegotiate = self.coded(Intent::Mediate, matter);
                }
                Matter::Joint => {
                    replies.share = self.coded(Intent::Share, matter);
                    replies.not_share = self.coded(Intent::NotShare, matter);
                }
                Matter::Freedom => self.answer_freely(matter, &mut replies),
                Matter::Escalation => replies.escalate = self.coded(Intent::Mediate, matter),
                Matter::Question(_) => {
                    replies.mine = self.coded(Intent::Mine, matter);
                    replies.not_mine = self.coded(Intent::NotMine, matter);
                }
                Matter::Draft(_) => replies.propose = self.coded(Intent::Counter, matter),
                Matter::Proposal(_) => {
                    replies.accept = self.coded(Intent::Grant, matter);
                    replies.decline = self.coded(Intent::Refuse, matter);
                    replies.retract = self.coded(Intent::Retract, matter);
                    replies.counter = self.word(Intent::Counter);
                }
                Matter::Undo(_) => replies.undo = self.coded(Intent::Retract, matter),
                Matter::Share(_) => {
                    replies.allow = self.coded(Intent::Share, matter);
                    replies.withhold = self.coded(Intent::NotShare, matter);
                }
                // Several may wait; a letter prints the codes of the one that it tells, see `withheld`.
                Matter::Withheld(_) => {}
                Matter::Disclosure(_) => {
                    replies.disclose = self.coded(Intent::Grant, matter);
                    replies.not_disclose = self.coded(Intent::Refuse, matter);
                    replies.revoke = self.coded(Intent::Retract, matter);
                }
                Matter::Mission(_) => {
                    replies.take_on = self.coded(Intent::Grant, matter);
                    replies.recuse = self.coded(Intent::Refuse, matter);
                    replies.brief = self.word(Intent::Brief);
                    replies.resume = self.word(Intent::Resume);
                    replies.end = self.word(Intent::End);
                    replies.counter = self.word(Intent::Counter);
                    replies.deadlock = self.coded(Intent::Close, matter);
                }
                // Held mail is no matter of a dispute: see `pen_replies`.
                Matter::Pen(_) => {}
            }
        }
        replies.human = self.word(Intent::Human).filter(|_| self.role.party().is_some());
        replies
    }

    /// The answers about the message that the letter tells, if that one waits.
    pub(super) fn withheld(&self, waits: Option<&Withheld>, replies: Replies) -> Replies {
        let Some(matter) = waits.map(|message| Matter::Withheld(message.digest())) else { return replies };
        Replies { relay: self.coded(Intent::Relay, &matter), hold: self.coded(Intent::Hold, &matter), ..replies }
    }

    fn answer_invitation(&self, matter: &Matter, replies: &mut Replies) {
        replies.grant = self.coded(Intent::Grant, matter);
        replies.refuse = self.coded(Intent::Refuse, matter);
        replies.counter = self.word(Intent::Counter);
        replies.mediate = self.coded(Intent::Mediate, matter);
        replies.not_concerned = self.word(Intent::NotConcerned);
        replies.ask_time = self.word(Intent::AskTime);
    }

    fn answer_screening(&self, matter: &Matter, contact: Option<&Address>, replies: &mut Replies) {
        let code = reply_code(self.keys, self.dispute, self.role, matter);
        replies.close = self.coded(Intent::Close, matter);
        replies.park = self.coded(Intent::Park, matter);
        replies.reroute = self.coded(Intent::Reroute, matter);
        replies.admit = self.printed(Intent::Admit).map(|word| match contact {
            Some(address) => self.reply(format!("{word} {code} {address}")),
            None => self.reply(format!("{word} {code}")),
        });
        let reject = self.printed(Intent::Reject).unwrap_or_default();
        replies.reject = RejectReason::ALL
            .iter()
            .map(|reason| {
                let Reply { line, link } = self.reply(format!("{reject} {code} {reason}"));
                RejectReply { line, link, meaning: pick(rejected_because(*reason), self.language).to_owned() }
            })
            .collect();
    }

    fn answer_freely(&self, matter: &Matter, replies: &mut Replies) {
        replies.interrupt = self.coded(Intent::Interrupt, matter);
        replies.resume = self.coded(Intent::Resume, matter);
        replies.end = self.coded(Intent::End, matter);
        replies.address = self.coded(Intent::Address, matter);
        replies.court = self.coded(Intent::Court, matter);
        if self.role == Role::Consumer {
            replies.withdraw = self.coded(Intent::Withdraw, matter);
            replies.resolved = self.coded(Intent::Resolved, matter);
        }
    }

    fn coded(&self, intent: Intent, matter: &Matter) -> Option<Reply> {
        let code = reply_code(self.keys, self.dispute, self.role, matter);
        self.printed(intent).map(|word| self.reply(format!("{word} {code}")))
    }

    /// A numbered line for each of `numbers`, to be filled in.
    pub(super) fn numbered(&self, numbers: impl Iterator<Item = u8> + Clone) -> Reply {
        let lines = |gap: &str, end: &str| numbers.clone().map(|number| format!("{number}.{gap}")).collect::<Vec<_>>().join(end);
        let Reply { link, .. } = self.reply(lines(" ", "\r\n"));
        Reply { line: lines(" …", " "), link }
    }

    /// A word that needs no code.
    pub(super) fn word(&self, intent: Intent) -> Option<Reply> {
        self.printed(intent).map(|word| self.reply(word.to_owned()))
    }

    fn printed(&self, intent: Intent) -> Option<&str> {
        self.words.printed(intent, self.language)
    }

    /// RFC 6068: everything but unreserved characters is percent-encoded, also `+`, which some programs read as a space.
    fn reply(&self, line: String) -> Reply {
        let (local, domain) = (encoded(self.reply_to.local()), encoded(self.reply_to.domain()));
        let subject = self.reference.map(|reference| format!("subject={}&", encoded(&format!("Re: [{reference}]")))).unwrap_or_default();
        let link = format!("mailto:{local}@{domain}?{subject}body={}", encoded(&line));
        Reply { line, link }
    }
}

pub(super) fn encoded(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            let digit = |value: u8| char::from_digit(u32::from(value), 16).unwrap_or_default().to_ascii_uppercase();
            encoded.extend(['%', digit(byte >> 4), digit(byte & 0xf)]);
        }
    }
    encoded
}

/// Something that can be answered in one line.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Reply {
    /// What to write: the word, and the code if it needs one.
    pub(super) line: String,
    /// A `mailto:` link that opens the answer ready to be sent.
    pub(super) link: String,
}

impl Replies {
    /// The same without those of the registrar's that would come to nothing now.
    pub(super) fn without(self, unruled: &[Intent]) -> Self {
        let counts = |intent: Intent| !unruled.contains(&intent);
        Self {
            admit: self.admit.filter(|_| counts(Intent::Admit)),
            park: self.park.filter(|_| counts(Intent::Park)),
            reroute: self.reroute.filter(|_| counts(Intent::Reroute)),
            close: self.close.filter(|_| counts(Intent::Close)),
            reject: if counts(Intent::Reject) { self.reject } else { Vec::new() },
            ..self
        }
    }
}

/// A reason for which the registrar can turn a complaint away.
#[derive(Debug, Clone, Serialize)]
pub(super) struct RejectReply {
    /// What to write.
    pub(super) line: String,
    /// A `mailto:` link with it.
    pub(super) link: String,
    /// What the reason means.
    pub(super) meaning: String,
}

/// What the reader can answer now; an answer that is not possible now is absent.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct Replies {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) escalate: Option<Reply>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) deadlock: Option<Reply>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) share: Option<Reply>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) not_share: Option<Reply>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) confirm: Option<Reply>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) grant: Option<Reply>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) refuse: Option<Reply>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) counter: Option<Reply>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) mediate: Option<Reply>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) not_concerned: Option<Reply>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) ask_time: Option<Reply>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) performed: Option<Reply>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) not_performed: Option<Reply>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) contest: Option<Reply>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) renegotiate: Option<Reply>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) withdraw: Option<Reply>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) resolved: Option<Reply>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) interrupt: Option<Reply>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) resume: Option<Reply>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) end: Option<Reply>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) human: Option<Reply>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) admit: Option<Reply>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) close: Option<Reply>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) mine: Option<Reply>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) not_mine: Option<Reply>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) address: Option<Reply>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) propose: Option<Reply>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) accept: Option<Reply>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) decline: Option<Reply>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) retract: Option<Reply>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) take_on: Option<Reply>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) recuse: Option<Reply>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) undo: Option<Reply>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) allow: Option<Reply>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) withhold: Option<Reply>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) relay: Option<Reply>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) hold: Option<Reply>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) disclose: Option<Reply>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) not_disclose: Option<Reply>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) revoke: Option<Reply>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) brief: Option<Reply>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) court: Option<Reply>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) park: Option<Reply>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) reroute: Option<Reply>,
    pub(super) reject: Vec<RejectReply>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Digest;

    #[test]
    fn a_code_belongs_to_one_person_one_dispute_and_one_matter() {
        let (keys, dispute) = (MacKey::new([1; 32]), DisputeId::new([2; 16]));
        let matter = Matter::Invitation(Digest::of(b"a"));
        let code = reply_code(&keys, dispute, Role::Merchant, &matter);
        assert_eq!(code, reply_code(&keys, dispute, Role::Merchant, &matter));
        assert_ne!(code, reply_code(&keys, dispute, Role::Consumer, &matter));
        assert_ne!(code, reply_code(&keys, DisputeId::new([3; 16]), Role::Merchant, &matter));
        assert_ne!(code, reply_code(&keys, dispute, Role::Merchant, &Matter::Invitation(Digest::of(b"b"))));
    }

    #[test]
    fn links_carry_nothing_bare() {
        assert_eq!(encoded("أ +[a]"), "%D8%A3%20%2B%5Ba%5D");
    }
}

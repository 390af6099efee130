//! What a template may speak of: one shape for every letter, documented in `templates/FACTS.md`.

use serde::Serialize;

/// What a template may speak of. A field that has nothing to say is absent: `{{#if …}}` asks for it, and printing it is an error.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Facts {
    /// Case reference.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) reference: Option<String>,
    /// Name of the service.
    pub(super) service: String,
    /// Who answers for the data.
    pub(super) controller: String,
    /// Number of the declaration to the data protection authority, with its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) registration: Option<String>,
    /// Who is written to.
    pub(super) you: You,
    /// Name of the other side, where it may be known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) other: Option<String>,
    /// Who reads what is answered.
    pub(super) channel: ChannelFacts,
    /// The day on which the letter is written.
    pub(super) today: String,
    /// The day on which the dispute was opened.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) opened: Option<String>,
    /// The last day to act, in the present state.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) deadline: Option<String>,
    /// The last day on which an answer to a closed dispute has it looked at again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) reopen_until: Option<String>,
    /// Whether the dispute rests because somebody paused it.
    pub(super) paused: bool,
    /// Whether the merchant said that the agreement was performed.
    pub(super) performed: bool,
    /// Whether something secret was masked in the mail that is answered.
    pub(super) masked: bool,
    /// How many days there are to perform an agreement.
    pub(super) days_to_perform: String,
    /// Who must act now.
    pub(super) ball: Whose,
    /// Whose mail or address the letter is about.
    pub(super) about: Whose,
    /// What was understood, field by field.
    pub(super) understood: Vec<Field>,
    /// The subject of the complaint in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) category: Option<String>,
    /// What is asked for, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) remedy: Option<String>,
    /// The consumer's own words, paragraph by paragraph.
    pub(super) account: Vec<String>,
    /// What is still to be asked.
    pub(super) questions: Vec<String>,
    /// The address of the seller, for the registrar.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) merchant_contact: Option<String>,
    /// What the registrar types to see more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) command: Option<String>,
    /// What was agreed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) agreement: Option<AgreementFacts>,
    /// Why it could not be admitted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) rejection: Option<Rejection>,
    /// What can be answered now, by intent.
    pub(super) reply: Replies,
    /// The mails that wait, in the letter `held-digest`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) pen: Option<PenFacts>,
}

/// Who is written to.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct You {
    /// Name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) name: Option<String>,
    /// In that role.
    pub(super) consumer: bool,
    /// In that role.
    pub(super) merchant: bool,
    /// In that role.
    pub(super) operator: bool,
}

/// Who reads what is answered.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct ChannelFacts {
    /// Only the service.
    pub(super) private: bool,
    /// Both parties and the mediator.
    pub(super) joint: bool,
    /// Registrar and mediator.
    pub(super) desk: bool,
}

/// One of the people of a dispute, or nobody.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct Whose {
    /// It is the reader.
    pub(super) you: bool,
    /// It is the consumer.
    pub(super) consumer: bool,
    /// It is the merchant.
    pub(super) merchant: bool,
    /// It is the service itself.
    pub(super) service: bool,
}

/// A field of the complaint.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Field {
    /// How it is called.
    pub(super) label: String,
    /// What was understood.
    pub(super) value: String,
}

/// What was agreed.
#[derive(Debug, Clone, Serialize)]
pub(super) struct AgreementFacts {
    /// First 12 hexadecimal digits of the request's digest.
    pub(super) number: String,
    /// The day of the agreement.
    pub(super) date: String,
    /// The day by which it is to be performed.
    pub(super) perform_by: String,
}

/// Why it could not be admitted.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Rejection {
    /// The reason, as the end of a sentence.
    pub(super) reason: String,
    /// What can be done about it.
    pub(super) repair: String,
}

/// The mails that wait for a person.
#[derive(Debug, Clone, Serialize)]
pub(super) struct PenFacts {
    /// How many there are.
    pub(super) count: String,
    /// How many of them the letter does not name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) more: Option<String>,
    /// Those that it names.
    pub(super) mails: Vec<PenMail>,
}

/// A mail that waits for a person.
#[derive(Debug, Clone, Serialize)]
pub(super) struct PenMail {
    /// Its number.
    pub(super) number: String,
    /// Why it waits, as the end of a sentence.
    pub(super) reason: String,
    /// When it came.
    pub(super) when: String,
    /// Name of the mailbox.
    pub(super) mailbox: String,
    /// Whether it has waited for more than thirty days.
    pub(super) old: bool,
    /// Reference of the dispute that it most likely belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) case: Option<String>,
    /// Whether it most likely is the buyer's.
    pub(super) consumer: bool,
    /// The same of the seller.
    pub(super) merchant: bool,
    /// Has it heard as what it most likely is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) release: Option<Reply>,
    /// Keeps it with that dispute.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) attach: Option<Reply>,
    /// Puts it aside.
    pub(super) discard: Reply,
}

/// Something that can be answered in one line.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Reply {
    /// What to write: the word, and the code if it needs one.
    pub(super) line: String,
    /// A `mailto:` link that opens the answer ready to be sent.
    pub(super) link: String,
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
    pub(super) reject: Vec<RejectReply>,
}

/// Facts in which everything is present: the schema against which the variables of a template are checked.
pub(super) fn everything() -> Facts {
    let word = || "x".to_owned();
    let whose = Whose { you: true, consumer: true, merchant: true, service: true };
    Facts {
        reference: Some(word()),
        service: word(),
        controller: word(),
        registration: Some(word()),
        you: You { name: Some(word()), consumer: true, merchant: true, operator: true },
        other: Some(word()),
        channel: ChannelFacts { private: true, joint: true, desk: true },
        today: word(),
        opened: Some(word()),
        deadline: Some(word()),
        reopen_until: Some(word()),
        paused: true,
        performed: true,
        masked: true,
        days_to_perform: word(),
        ball: whose.clone(),
        about: whose,
        understood: vec![Field { label: word(), value: word() }],
        category: Some(word()),
        remedy: Some(word()),
        account: vec![word()],
        questions: vec![word()],
        merchant_contact: Some(word()),
        command: Some(word()),
        agreement: Some(AgreementFacts { number: word(), date: word(), perform_by: word() }),
        rejection: Some(Rejection { reason: word(), repair: word() }),
        reply: every_reply(),
        pen: Some(PenFacts { count: word(), more: Some(word()), mails: vec![every_pen_mail()] }),
    }
}

fn every_pen_mail() -> PenMail {
    let (word, reply) = (|| "x".to_owned(), || Reply { line: "x".to_owned(), link: "mailto:x".to_owned() });
    PenMail {
        number: word(),
        reason: word(),
        when: word(),
        mailbox: word(),
        old: true,
        case: Some(word()),
        consumer: true,
        merchant: true,
        release: Some(reply()),
        attach: Some(reply()),
        discard: reply(),
    }
}

fn every_reply() -> Replies {
    let reply = || Some(Reply { line: "x".to_owned(), link: "mailto:x".to_owned() });
    Replies {
        confirm: reply(),
        grant: reply(),
        refuse: reply(),
        counter: reply(),
        mediate: reply(),
        not_concerned: reply(),
        ask_time: reply(),
        performed: reply(),
        not_performed: reply(),
        withdraw: reply(),
        resolved: reply(),
        interrupt: reply(),
        resume: reply(),
        end: reply(),
        human: reply(),
        admit: reply(),
        close: reply(),
        reject: vec![RejectReply { line: "x".to_owned(), link: "mailto:x".to_owned(), meaning: "x".to_owned() }],
    }
}

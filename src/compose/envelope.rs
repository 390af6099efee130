//! The finished message: headers by the program, one recipient, CRLF only, pure ASCII but for a recipient's address that is not (RFC 6532).

use super::{ComposeError, House, Stationery, clean, facts::Facts, page::Block, paper, screen};
use crate::domain::{Address, Channel, Digest, Exhibit, Instant, Language, MacKey, MessageId, OutboundMail, Role};
use lettre::message::header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Attachment, Body, Mailbox, Message, MultiPart, SinglePart};

/// By which another service knows a letter of ours even where its fields were taken away (`letter/loops.rs`).
/// Cannot stand in a body, whichever way that is encoded: quoted-printable never has `=_`, base64 has no `_`.
const BOUNDARY: &str = "=_elitige_=";
/// What separates the text from the page where [`BOUNDARY`] parts them from attachments. Neither begins with the other (RFC 2046 §5.1.1).
const INNER_BOUNDARY: &str = "=_elitige_text_=";
/// Longest subject that is written.
const LONGEST_SUBJECT: usize = 160;
/// How many identifiers stand in References.
const MOST_REFERENCES: usize = 20;

/// Everything that the message is made of besides the house.
pub(super) struct Envelope<'a> {
    pub(super) outside: Alone<'a>,
    pub(super) subject: &'a str,
    pub(super) blocks: &'a [Block],
    /// What stands below the footer.
    pub(super) charter: &'a [Block],
    pub(super) exhibits: &'a [&'a Exhibit],
    pub(super) thread: &'a [MessageId],
    pub(super) answers: bool,
    pub(super) index: usize,
    pub(super) template: Digest,
}

/// What every letter has: who gets which one, from where, why and when. By itself it is one outside the conversation of any case: about several, about none,
/// or to an address that is still to be proved; it has no attachments.
#[derive(Clone, Copy)]
pub(super) struct Alone<'a> {
    pub(super) to: &'a Address,
    pub(super) role: Role,
    pub(super) channel: Channel,
    pub(super) letter: &'a str,
    pub(super) language: Language,
    pub(super) desk: &'a Address,
    pub(super) reply_to: &'a Address,
    pub(super) now: Instant,
    pub(super) cause: Digest,
}

impl Alone<'_> {
    /// The whole mail, which says `facts`.
    pub(super) fn write(&self, stationery: &Stationery, house: &House, facts: &Facts) -> Result<OutboundMail, ComposeError> {
        let (subject, blocks, template) = stationery.write(self.letter, self.language, facts)?;
        let envelope =
            Envelope { outside: *self, subject: &subject, blocks: &blocks, charter: &[], exhibits: &[], thread: &[], answers: false, index: 0, template };
        envelope.seal(house)
    }
}

/// What the value of `X-Elitige-Loop` begins with: the service knows its own letters by it when they come back, and another service that runs this
/// program knows that a person did not write them (THREATS §5). After it stands which letter of its conversation it is.
pub fn loop_stamp(keys: &MacKey) -> String {
    keys.for_purpose("loop-stamp").mac(b"elitige").hex().chars().take(32).collect()
}

/// The tag in the envelope sender of the letter `message_id`: a bounce that carries it speaks of that letter.
pub fn bounce_tag(keys: &MacKey, message_id: &MessageId) -> String {
    keys.for_purpose("bounce").mac(message_id.as_str().as_bytes()).hex().chars().take(20).collect()
}

impl Envelope<'_> {
    /// The whole mail. The same envelope gives the same bytes.
    pub(super) fn seal(&self, house: &House) -> Result<OutboundMail, ComposeError> {
        let message_id = self.message_id(house)?;
        let envelope_from = house.bounce.tagged(house.separator, &bounce_tag(&house.keys, &message_id)).map_err(|_| ComposeError::BounceAddress)?;
        let subject: String = clean::plain(self.subject).chars().take(LONGEST_SUBJECT).collect();
        let name = clean::plain(house.name.of(self.outside.language));
        let mut builder = Message::builder()
            .from(Mailbox::new(Some(name), ours(self.outside.desk)?.email))
            .to(mailbox(self.outside.to)?)
            .reply_to(ours(self.outside.reply_to)?)
            .raw_header(raw("Date", self.outside.now.rfc5322()))
            .subject(subject.clone())
            .raw_header(raw("Message-ID", message_id.bracketed()));
        if let Some(last) = self.thread.last() {
            let first = self.thread.len().saturating_sub(MOST_REFERENCES);
            let references: Vec<String> = self.thread.iter().skip(first).map(MessageId::bracketed).collect();
            builder = builder.raw_header(raw("In-Reply-To", last.bracketed())).raw_header(raw("References", references.join(" ")));
        }
        let message = builder
            .raw_header(raw("Auto-Submitted", if self.answers { "auto-replied" } else { "auto-generated" }.to_owned()))
            .raw_header(raw("X-Auto-Response-Suppress", "All".to_owned()))
            .raw_header(raw("X-Elitige-Loop", format!("{} hop={}", loop_stamp(&house.keys), self.thread.len().saturating_add(1))))
            .raw_header(raw("Content-Language", self.outside.language.tag().to_owned()))
            .multipart(self.parts(&subject)?)
            .map_err(|_| ComposeError::Message)?;
        Ok(OutboundMail {
            to: self.outside.to.clone(),
            envelope_from,
            role: self.outside.role,
            channel: self.outside.channel,
            letter: self.outside.letter.to_owned(),
            language: self.outside.language,
            message_id,
            bytes: message.formatted(),
        })
    }

    /// The same cause, place, recipient and template give the same identifier, also after a restore from a backup (THREATS §2).
    fn message_id(&self, house: &House) -> Result<MessageId, ComposeError> {
        let index = u64::try_from(self.index).unwrap_or(u64::MAX).to_be_bytes();
        let parts = [
            self.outside.cause.as_bytes().as_slice(),
            &index,
            self.outside.to.as_str().as_bytes(),
            self.outside.role.name().as_bytes(),
            self.template.as_bytes(),
        ];
        let mac = house.keys.for_purpose("message-id").mac(Digest::of_parts(&parts).as_bytes()).hex();
        let local: String = mac.chars().take(32).collect();
        MessageId::parse(&format!("{local}@{}", house.message_id_domain)).ok_or(ComposeError::MessageIdDomain)
    }

    fn parts(&self, subject: &str) -> Result<MultiPart, ComposeError> {
        let text = paper::text(self.blocks, self.charter, self.outside.language);
        let html = screen::html(subject, self.blocks, self.charter, self.outside.language);
        let plain = self.part(ContentType::TEXT_PLAIN, text)?;
        let page = self.part(ContentType::TEXT_HTML, html)?;
        let words = |boundary: &str| MultiPart::alternative().boundary(boundary).singlepart(plain).singlepart(page);
        if self.exhibits.is_empty() {
            return Ok(words(BOUNDARY));
        }
        let mixed = MultiPart::mixed().boundary(BOUNDARY).multipart(words(INNER_BOUNDARY));
        self.exhibits.iter().zip(1..).try_fold(mixed, |mixed, (exhibit, number)| Ok(mixed.singlepart(attached(exhibit, number)?)))
    }

    /// Base64 where almost every character would be quoted, quoted-printable elsewhere: both keep lines at 76 and the message in ASCII.
    fn part(&self, kind: ContentType, content: String) -> Result<SinglePart, ComposeError> {
        let encoding = match self.outside.language {
            Language::Ar => ContentTransferEncoding::Base64,
            Language::Fr | Language::En => ContentTransferEncoding::QuotedPrintable,
        };
        // The builder puts in one CR after another, and moves the rest of the text each time.
        let content = if content.contains('\r') { content } else { content.replace('\n', "\r\n") };
        let body = Body::new_with_encoding(content, encoding).map_err(|_| ComposeError::Message)?;
        Ok(SinglePart::builder().header(kind).body(body))
    }
}

/// An attachment in base64, whatever it is: no server may touch a byte of it.
fn attached(exhibit: &Exhibit, number: usize) -> Result<SinglePart, ComposeError> {
    let kind = ContentType::parse(exhibit.media_type()).map_err(|_| ComposeError::Message)?;
    let body = Body::new_with_encoding(exhibit.bytes.clone(), ContentTransferEncoding::Base64).map_err(|_| ComposeError::Message)?;
    Ok(Attachment::new(exhibit.file_name(number)).body(body, kind))
}

/// An address of the service, to which everybody must be able to write: also whose server knows no SMTPUTF8 (RFC 6531).
fn ours(address: &Address) -> Result<Mailbox, ComposeError> {
    if address.as_str().is_ascii() { mailbox(address) } else { Err(ComposeError::AddressNotAscii) }
}

fn mailbox(address: &Address) -> Result<Mailbox, ComposeError> {
    let email = lettre::Address::new(address.local(), address.domain()).map_err(|_| ComposeError::Address)?;
    Ok(Mailbox::new(None, email))
}

fn raw(name: &'static str, value: String) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value)
}

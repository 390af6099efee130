//! Placeholder.
use super::*;
use crate::domain::Fault;
/// Placeholder.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Knowledge {}
impl Knowledge {
    /// Placeholder.
    pub fn parse(_: &[(String, String)]) -> Result<Knowledge, Vec<Fault>> {
        Ok(Knowledge {})
    }
    /// Placeholder.
    pub fn with_own(self, _: Vec<Address>, _: String) -> Knowledge {
        self
    }
}
/// Placeholder.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Limits {}
/// Placeholder.
pub fn read(bytes: &[u8], _: &Knowledge, _: &Limits) -> Letter {
    let message = mail_parser::MessageParser::default().parse(bytes);
    let message = message.as_ref();
    let from = message.and_then(|m| m.from()).and_then(|f| f.first()).and_then(|a| a.address()).map(str::to_owned);
    let text = message.and_then(|m| m.body_text(0)).map(|t| t.into_owned()).unwrap_or_default();
    Letter {
        bytes: bytes.len(),
        reading: if message.is_some() { Reading::Read } else { Reading::Unreadable },
        faults: vec![],
        message_id: None,
        sender: match from.as_deref().and_then(|f| Address::parse(f).ok()) {
            Some(a) => SenderGate::Open(a),
            None => SenderGate::Shut("no-from".into()),
        },
        from,
        from_name: None,
        to: vec![],
        cc: vec![],
        delivered_to: vec![],
        subject: message.and_then(|m| m.subject()).unwrap_or_default().into(),
        date: None,
        in_reply_to: vec![],
        references: vec![],
        text,
        reply_text: String::new(),
        signature: String::new(),
        kind: Kind::Human,
        may_answer: true,
        bounce: None,
        language: LanguageForm::Other,
        category: None,
        intents: vec![],
        commands: vec![],
        facts: Facts::default(),
        attachments: vec![],
        because: vec![],
        body_digest: Digest::of(bytes),
    }
}

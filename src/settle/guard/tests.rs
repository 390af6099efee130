use super::*;
use crate::compose::Leak;
use crate::domain::{Consent, Dice, Digest, DisputeId, Given, Instant, Joint, Language, MessageId, OutboundMail, Reference, Statement};

pub(in crate::settle) fn dispute() -> Dispute {
    let mut dice = Dice::from_seed([3; 32]);
    let now = Instant::parse("2026-11-23T09:05:00Z").unwrap();
    let mut person = |role: Role, address: &str| {
        let thread = vec![MessageId::parse(&format!("{role}-48213@telephone.example")).unwrap()];
        Participant { thread, ..Participant::joining(role, Address::parse(address).unwrap(), None, Language::Fr, &mut dice) }
    };
    let mut dispute = Dispute {
        consumer: person(Role::Consumer, "leila.bennani@courrier.example"),
        merchant: Some(person(Role::Merchant, "gerant@atlas.example")),
        operator: Some(person(Role::Operator, "greffe@elitige.example")),
        id: DisputeId::new([5; 16]),
        reference: Reference::fresh(&mut dice),
        rules: Digest::of(b"rules"),
        desk: Address::parse("mediation@elitige.example").unwrap(),
        state: "invited".to_owned(),
        version: 3,
        opened: now,
        entered: now,
        deadline: None,
        term: None,
        suspended: None,
        left: None,
        outcome: None,
        rejection: None,
        complaint: Statement { words: "La lampe est arrivée cassée et le vendeur ne répond plus depuis mardi.".to_owned(), ..Statement::default() },
        consent: Consent::default(),
        merchant_performed: None,
        noticed: Default::default(),
        service: None,
        linked: None,
        mediator: None,
        mission: None,
        recused: Vec::new(),
        pending: None,
        shares: Vec::new(),
        attention: Default::default(),
        joint: Joint::default(),
        merged_into: None,
        frozen: None,
        listing: None,
    };
    dispute.complaint.facts.set(Fact::Phone, "0612345678");
    dispute.complaint.facts.set(Fact::MerchantContact, "ancien@autre-boutique.example");
    let request = dispute.draft_request();
    let given = Given { on: request.digest(), at: now, evidence: Digest::of(b"mail") };
    dispute.consent.confirm(request, given);
    dispute.complaint.words.push_str("\nEntre nous je me contenterais de la moitié du prix, ne le dites pas.");
    dispute
}

fn checked(dispute: &Dispute, reader: Role, text: &str) -> Result<(), Leak> {
    let person = dispute.participant(reader).unwrap();
    let mail = OutboundMail {
        to: person.address.clone(),
        envelope_from: dispute.desk.clone(),
        role: reader,
        channel: person.channel,
        letter: "received".to_owned(),
        language: Language::Fr,
        message_id: MessageId::parse("1@elitige.example").unwrap(),
        bytes: format!("To: {}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{text}", person.address).into_bytes(),
    };
    for_reader(dispute, reader, &[], None).check(&mail)
}

#[test]
fn nobody_is_told_what_belongs_to_another() {
    let dispute = dispute();
    let token = |role: Role| dispute.participant(role).unwrap().token.as_str().to_owned();
    for (reader, text, expected) in [
        (Role::Merchant, "leila.bennani@courrier.example", Err(Leak::Address)),
        (Role::Merchant, "ancien@autre-boutique.example", Err(Leak::Address)),
        (Role::Merchant, "+212 6 12 34 56 78", Err(Leak::Phone)),
        (Role::Merchant, "<consumer-48213@telephone.example>", Err(Leak::Identifier)),
        (Role::Merchant, "je me contenterais de la moitié du prix, ne le dites pas", Err(Leak::Words)),
        (Role::Merchant, "La lampe est arrivée cassée et le vendeur ne répond plus depuis mardi.", Ok(())),
        (Role::Merchant, "gerant@atlas.example, mediation@elitige.example", Ok(())),
        (Role::Merchant, &token(Role::Consumer), Err(Leak::Token)),
        (Role::Merchant, &token(Role::Operator), Err(Leak::Token)),
        (Role::Merchant, &token(Role::Merchant), Ok(())),
        (Role::Consumer, "gerant@atlas.example", Err(Leak::Address)),
        (Role::Consumer, &token(Role::Merchant), Err(Leak::Token)),
        (Role::Consumer, "je me contenterais de la moitié du prix, ne le dites pas", Ok(())),
        (Role::Operator, &token(Role::Consumer), Err(Leak::Token)),
        (Role::Operator, "leila.bennani@courrier.example", Ok(())),
    ] {
        assert_eq!(checked(&dispute, reader, text), expected, "to the {reader}: {text}");
    }
}

#[test]
fn the_consumer_may_be_told_the_address_that_the_consumer_named() {
    let mut dispute = dispute();
    dispute.complaint.facts.set(Fact::MerchantContact, "gerant@atlas.example");
    assert_eq!(checked(&dispute, Role::Consumer, "gerant@atlas.example"), Ok(()));
    assert_eq!(checked(&dispute, Role::Consumer, dispute.merchant.as_ref().unwrap().token.as_str()), Err(Leak::Token));
}

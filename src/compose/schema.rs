//! Facts in which everything is present: what the variables of a template are checked against.

use super::agreed::AgreementFacts;
use super::background::{AfterFacts, EndedFacts, SellerFacts};
use super::charter::{AcceptedFacts, CharterFacts, EditionFacts};
use super::client::{AnswerFacts, ClientFacts};
use super::cooling::CoolingFacts;
use super::disclosure::{DisclosureFacts, UnaskedFacts};
use super::facts::{ChannelFacts, ContactFacts, Facts, Field, MailFacts, MediatorFacts, Rejection, SaidFacts, WaitingFacts, Whose, You};
use super::held::{PenFacts, PenMail};
use super::mediating::{
    CaseFacts, DueFacts, LineFacts, MediationFacts, MorningFacts, OrderFacts, ProposalFacts, RemindersFacts, ShareFacts, TallyFacts, TermFacts, WeekFacts,
};
use super::noticed::NoticedFacts;
use super::offers::OfferFacts;
use super::points::{PointFacts, PointsFacts, SideFacts};
use super::registry::RegistryFacts;
use super::replies::{RejectReply, Replies, Reply};
use super::timeline::HappeningFacts;
use super::uncounted::UncountedFacts;

/// Facts in which everything is present: the schema against which the variables of a template are checked.
pub(super) fn everything() -> Facts {
    let word = || "x".to_owned();
    let whose = Whose { you: true, consumer: true, merchant: true, mediator: true, service: true };
    Facts {
        reference: Some(word()),
        service: word(),
        controller: word(),
        registration: Some(word()),
        you: You { name: Some(word()), consumer: true, merchant: true, operator: true, mediator: true },
        other: Some(word()),
        channel: ChannelFacts { private: true, joint: true, desk: true, with_consumer: true, with_merchant: true },
        said: Some(SaidFacts { words: vec![word()], by: whose.clone(), passed: Some(word()), withheld: Some(word()), to_other_side: true, to_outsiders: true }),
        mediator: every_mediator(),
        today: word(),
        opened: Some(word()),
        parted_from: Some(word()),
        deadline: Some(word()),
        reopen_until: Some(word()),
        reopens: true,
        erased_on: Some(word()),
        paused: true,
        performed: true,
        masked: true,
        uncounted: Some(UncountedFacts::of(crate::domain::Uncounted::Over)),
        days_to_perform: word(),
        ball: whose.clone(),
        about: whose,
        after: AfterFacts { bounced: true, resumed: true, performed: true, resolved: true },
        seller: SellerFacts { wrote: true, invited: true, grants: true },
        ended: EndedFacts { mediation: true, paused: true, resolved: true },
        understood: vec![Field { label: word(), value: word() }],
        category: Some(word()),
        remedy: Some(word()),
        account: vec![word()],
        questions: vec![word()],
        merchant_contact: Some(word()),
        registry: Some(RegistryFacts { name: Some(word()), confirmed: Some(word()), perhaps: Some(word()) }),
        command: Some(word()),
        agreement: Some(AgreementFacts { number: word(), date: word(), perform_by: word(), late: true }),
        terms: vec![TermFacts { number: word(), by_consumer: true, by_merchant: true, what: word(), amount: Some(word()), due: word(), supplied: true }],
        proposal: Some(ProposalFacts { number: word(), by_you: true, by_consumer: true, by_merchant: true, by_mediator: true, accepted: true, replaces: true }),
        charter: Some(CharterFacts { edition: word() }),
        charters: every_edition(),
        offers: vec![offer()],
        points: Some(every_point()),
        timeline: vec![happening()],
        order: Some(every_order()),
        cooling: Some(CoolingFacts { hours: Some(word()), until: Some(word()), kept: vec![word()] }),
        share: Some(ShareFacts { words: vec![word()], from_consumer: true, from_merchant: true, given: true }),
        disclosure: Some(every_disclosure()),
        unasked: Some(every_ground()),
        mediation: Some(MediationFacts { until: word(), limit: word(), asked: Some(word()) }),
        rejection: Some(Rejection { reason: word(), repair: word() }),
        reply: every_reply(),
        pen: Some(PenFacts { count: word(), more: Some(word()), mails: vec![every_pen_mail()] }),
        morning: Some(every_morning()),
        reminders: Some(RemindersFacts { lines: vec![every_case()] }),
        waiting: Some(WaitingFacts { number: word(), reason: word(), when: word(), findings: vec![word()], loses: true }),
        mail: Some(MailFacts { when: word(), from: Some(word()) }),
        client: Some(ClientFacts { name: word(), operated_by: word() }),
        answers: vec![AnswerFacts { date: word(), words: vec![word()] }],
        contact: Some(ContactFacts { address: word(), own: true, colleague: true, representative: true, mandated: true }),
        noticed: NoticedFacts { questions: vec![word()], priority: Some(word()), hold: Some(word()), tags: Some(word()), mediator: Some(word()) },
    }
}

fn every_mediator() -> MediatorFacts {
    let word = || Some("x".to_owned());
    MediatorFacts { named: true, none: true, name: word(), joint: true, to_consumer: word(), to_merchant: word(), case_address: word() }
}

fn offer() -> OfferFacts {
    let word = || "x".to_owned();
    OfferFacts {
        number: word(),
        by_consumer: true,
        by_merchant: true,
        by_mediator: true,
        lines: vec![TermFacts { number: word(), by_consumer: true, by_merchant: true, what: word(), amount: Some(word()), due: word(), supplied: true }],
        open: true,
        consumer_accepts: true,
        merchant_accepts: true,
        paid: Some(word()),
        gap: Some(word()),
    }
}

fn every_point() -> PointsFacts {
    let word = || "x".to_owned();
    let line = || PointFacts { number: word(), words: word(), answered: true, answer: Some(word()), open: true, again: true, unsure: true, silent: true };
    let side = SideFacts { consumer: true, merchant: true, lines: vec![line()], until: Some(word()), unsure: Some(word()) };
    let answer = Reply { line: word(), link: "mailto:x".to_owned() };
    PointsFacts { own: vec![line()], noted: Some(word()), until: Some(word()), answer: Some(answer), sides: vec![side] }
}

fn happening() -> HappeningFacts {
    let word = || "x".to_owned();
    HappeningFacts {
        date: word(),
        by_consumer: true,
        by_merchant: true,
        by_mediator: true,
        opened: true,
        confirmed: true,
        joined: true,
        taken_on: true,
        proposed: Some(word()),
        share_asked: true,
        share_given: true,
        share_kept: true,
        telephone: true,
        post: true,
        with_consumer: true,
        with_merchant: true,
        words: Some(word()),
    }
}

fn every_disclosure() -> DisclosureFacts {
    let word = || "x".to_owned();
    DisclosureFacts {
        by: word(),
        to: word(),
        items: word(),
        purpose: word(),
        until: word(),
        answer_by: word(),
        allowed: true,
        given: true,
        revoked: true,
        revoked_by_you: true,
    }
}

fn every_ground() -> UnaskedFacts {
    let word = || "x".to_owned();
    UnaskedFacts { to: word(), items: word(), reason: word(), law: true, threat: true, enforcement: true, authority: true }
}

fn every_edition() -> AcceptedFacts {
    let edition = || Some(EditionFacts { version: "x".to_owned(), digest: "x".to_owned() });
    AcceptedFacts { both: edition(), consumer: edition(), merchant: edition() }
}

fn every_case() -> CaseFacts {
    let word = || "x".to_owned();
    let answer = Reply { line: word(), link: "mailto:x".to_owned() };
    CaseFacts { case: word(), until: Some(word()), remedy: Some(word()), proposal: Some(word()), answer }
}

fn every_line() -> LineFacts {
    let word = || "x".to_owned();
    LineFacts {
        case: word(),
        take_on: true,
        yours: true,
        consumer_silent: true,
        merchant_silent: true,
        due: true,
        pause_ends: true,
        ends: true,
        chases_consumer: true,
        chases_merchant: true,
        points: Some(TallyFacts { asked: word(), answered: word(), left: word(), of_consumer: true, of_merchant: true }),
        since: Some(word()),
        until: Some(word()),
        on: Some(word()),
    }
}

fn every_order() -> OrderFacts {
    let word = || "x".to_owned();
    OrderFacts {
        pauses: true,
        resumes: true,
        ends: true,
        gives_back: true,
        hands_over: true,
        extends: Some(word()),
        spares: Some(word()),
        spares_consumer: true,
        spares_merchant: true,
        cools: Some(word()),
        cools_no_more: true,
        when: word(),
        erased: Some(word()),
    }
}

fn every_morning() -> MorningFacts {
    let word = || "x".to_owned();
    MorningFacts { any: true, lines: vec![every_line()], week: vec![every_week()], more: Some(word()) }
}

fn every_week() -> WeekFacts {
    let word = || "x".to_owned();
    let due = DueFacts { first: true, due: true, pause_ends: true, ends: true, back: true, chases_consumer: true, chases_merchant: true, day: word() };
    WeekFacts { case: word(), dues: vec![due] }
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
        escalate: reply(),
        deadlock: reply(),
        share: reply(),
        not_share: reply(),
        confirm: reply(),
        grant: reply(),
        refuse: reply(),
        counter: reply(),
        mediate: reply(),
        not_concerned: reply(),
        ask_time: reply(),
        performed: reply(),
        not_performed: reply(),
        contest: reply(),
        renegotiate: reply(),
        withdraw: reply(),
        resolved: reply(),
        interrupt: reply(),
        resume: reply(),
        end: reply(),
        human: reply(),
        admit: reply(),
        close: reply(),
        mine: reply(),
        not_mine: reply(),
        address: reply(),
        propose: reply(),
        accept: reply(),
        decline: reply(),
        retract: reply(),
        take_on: reply(),
        recuse: reply(),
        undo: reply(),
        allow: reply(),
        withhold: reply(),
        relay: reply(),
        hold: reply(),
        disclose: reply(),
        not_disclose: reply(),
        revoke: reply(),
        brief: reply(),
        court: reply(),
        park: reply(),
        reroute: reply(),
        reject: vec![RejectReply { line: "x".to_owned(), link: "mailto:x".to_owned(), meaning: "x".to_owned() }],
    }
}

//! The books beside the store and the wire: what is lost, doubled, altered, misdirected or told to somebody else. Pure: see `observe.rs` for where it comes from.

use super::generate::{Effect, Entry};
use elitige::domain::{Digest, DisputeId, MailOutcome, Role};
use mail_parser::{MessageParser, PartType};
use std::collections::{BTreeMap, BTreeSet};

/// Letters of the canary words, as the generator makes them.
const CANARY: usize = 17;

/// What the store keeps, as far as the books can be compared with it.
#[derive(Debug, Clone, Default)]
pub struct Kept {
    /// For each entry of the books, by its index; nothing where the store never saw the mail.
    pub mails: BTreeMap<usize, KeptMail>,
    /// Every dispute.
    pub disputes: Vec<KeptDispute>,
    /// Every row of the outbox, by its number.
    pub letters: BTreeMap<i64, KeptLetter>,
    /// Rows by the Message-ID of their letter, for all that the wire or a journal knows.
    pub rows: BTreeMap<String, i64>,
}

/// A mail as the store keeps it.
#[derive(Debug, Clone)]
pub struct KeptMail {
    /// SHA-256 of the bytes that it gives back.
    pub sha256: Option<Digest>,
    /// What became of it; nothing while it is not settled.
    pub outcome: Option<MailOutcome>,
    pub dispute: Option<DisputeId>,
}

/// A dispute.
#[derive(Debug, Clone)]
pub struct KeptDispute {
    pub id: DisputeId,
    pub reference: String,
    /// What its journal's entries came from: the digest of a mail, a timer or a command.
    pub causes: Vec<Digest>,
    /// The Message-IDs, in brackets, of the letters that its journal says follow.
    pub letters: Vec<String>,
    /// Who takes part, with the folded addresses.
    pub people: Vec<(Role, String)>,
}

/// A row of the outbox.
#[derive(Debug, Clone)]
pub struct KeptLetter {
    pub dispute: Option<String>,
    pub role: Role,
    pub letter: String,
    pub state: String,
    pub uncertain: u32,
}

/// A mail that the receiving server took.
#[derive(Debug, Clone)]
pub struct Carried {
    pub message_id: String,
    pub to: Vec<String>,
    pub bytes: Vec<u8>,
}

/// What does not agree. Everything but `duplicates` and `uncertain` are sentences.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// Mails without a trace, and letters that count as delivered and never arrived.
    pub lost: Vec<String>,
    /// Effects that happened twice.
    pub doubled: Vec<String>,
    /// Copies on the wire beyond what the store counts as uncertain.
    pub excess: Vec<String>,
    /// Bytes that are not those of the books, or not those of the first copy.
    pub differing: Vec<String>,
    /// Letters to somebody who is not their reader.
    pub misdirected: Vec<String>,
    /// Words of one dispute in a letter of another.
    pub leaked: Vec<String>,
    /// Mails that came to something else than they must.
    pub wrong: Vec<String>,
    /// Mails without an outcome, and letters on their way.
    pub undecided: Vec<String>,
    /// Second and further copies on the wire.
    pub duplicates: usize,
    /// Attempts of which the store says that nobody knows.
    pub uncertain: usize,
}

impl Report {
    /// Everything that does not agree, a line each.
    pub fn faults(&self) -> Vec<String> {
        let columns = [
            ("lost", &self.lost),
            ("doubled", &self.doubled),
            ("excess", &self.excess),
            ("differing", &self.differing),
            ("misdirected", &self.misdirected),
            ("leaked", &self.leaked),
            ("wrong", &self.wrong),
            ("undecided", &self.undecided),
        ];
        columns.iter().flat_map(|(name, lines)| lines.iter().map(move |line| format!("{name}: {line}"))).collect()
    }

    /// One line of counts.
    pub fn summary(&self) -> String {
        let Self { lost, doubled, excess, differing, misdirected, leaked, wrong, undecided, duplicates, uncertain } = self;
        let (lost, doubled, excess, differing) = (lost.len(), doubled.len(), excess.len(), differing.len());
        let (misdirected, leaked, wrong, undecided) = (misdirected.len(), leaked.len(), wrong.len(), undecided.len());
        format!(
            "{lost} lost, {doubled} doubled, {duplicates} duplicates on the wire of {uncertain} uncertain attempts ({excess} in excess), {differing} differing, \
             {misdirected} misdirected, {leaked} leaked, {wrong} wrong, {undecided} undecided"
        )
    }
}

/// Compares the books with what the store keeps and the receiving server got.
pub fn check(books: &[Entry], kept: &Kept, wire: &[Carried]) -> Report {
    let mut report = Report::default();
    mails(books, kept, &mut report);
    effects(books, kept, &mut report);
    letters(kept, wire, &mut report);
    copies(kept, wire, &mut report);
    readers(books, kept, wire, &mut report);
    report
}

/// Each mail is there, as it was sent, and came to what it must.
fn mails(books: &[Entry], kept: &Kept, report: &mut Report) {
    for entry in books {
        let name = &entry.message_id;
        let Some(mail) = kept.mails.get(&entry.index) else {
            report.lost.push(format!("the store never saw the mail {name}"));
            continue;
        };
        match mail.sha256 {
            None => report.lost.push(format!("the bytes of the mail {name} are gone")),
            Some(sha256) if sha256 != entry.sha256 => report.differing.push(format!("the mail {name} is kept with other bytes")),
            Some(_) => {}
        }
        match mail.outcome {
            None => report.undecided.push(format!("the mail {name} has no outcome")),
            Some(outcome) if !is_meant(entry.effect, outcome) => {
                report.wrong.push(format!("the mail {name} came to {}, not {:?}", outcome.name(), entry.effect))
            }
            Some(_) => {}
        }
        if let Effect::Joins(opening) = entry.effect {
            let opened = kept.mails.get(&opening).and_then(|mail| mail.dispute);
            if mail.outcome.is_some() && opened.is_some() && mail.dispute != opened {
                report.wrong.push(format!("the mail {name} stands in another dispute than the one that it speaks of"));
            }
        }
    }
}

fn is_meant(effect: Effect, outcome: MailOutcome) -> bool {
    match effect {
        Effect::Opens => outcome == MailOutcome::Opened,
        Effect::Joins(_) => matches!(outcome, MailOutcome::Noted | MailOutcome::Advanced),
        Effect::Automatic => outcome == MailOutcome::Automatic,
        Effect::Held => outcome.is_held(),
    }
}

/// Each mail had its effect once: one dispute, one entry of a journal, one acknowledgement.
fn effects(books: &[Entry], kept: &Kept, report: &mut Report) {
    let mut causes: BTreeMap<Digest, usize> = BTreeMap::new();
    for dispute in &kept.disputes {
        for cause in &dispute.causes {
            *causes.entry(*cause).or_default() += 1;
        }
    }
    for entry in books {
        let wanted = usize::from(matches!(entry.effect, Effect::Opens | Effect::Joins(_)));
        let found = causes.get(&entry.sha256).copied().unwrap_or_default();
        if found > wanted {
            report.doubled.push(format!("the mail {} stands {found} times in journals", entry.message_id));
        } else if found < wanted && kept.mails.get(&entry.index).is_some_and(|mail| mail.outcome.is_some()) {
            report.lost.push(format!("the mail {} was settled and stands in no journal", entry.message_id));
        }
    }
    let opening: BTreeSet<Digest> = books.iter().filter(|entry| entry.effect == Effect::Opens).map(|entry| entry.sha256).collect();
    for dispute in &kept.disputes {
        if !dispute.causes.iter().any(|cause| opening.contains(cause)) {
            report.doubled.push(format!("the dispute {} was opened by no complaint", dispute.reference));
        }
        let of_it = |row: &&KeptLetter| row.dispute.as_deref() == Some(&dispute.reference) && row.letter == "acknowledgement";
        let acknowledged = kept.letters.values().filter(of_it).count();
        match acknowledged {
            0 => report.lost.push(format!("the dispute {} was never acknowledged", dispute.reference)),
            1 => {}
            more => report.doubled.push(format!("the dispute {} was acknowledged by {more} letters", dispute.reference)),
        }
    }
}

/// Each letter that a journal speaks of is in the outbox, and on the wire once it counts as delivered.
fn letters(kept: &Kept, wire: &[Carried], report: &mut Report) {
    let carried: BTreeSet<i64> = wire.iter().filter_map(|mail| kept.rows.get(&mail.message_id).copied()).collect();
    for dispute in &kept.disputes {
        for letter in dispute.letters.iter().filter(|letter| !kept.rows.contains_key(*letter)) {
            report.lost.push(format!("the letter {letter} of a journal is not in the outbox"));
        }
    }
    for (row, letter) in &kept.letters {
        report.uncertain += letter.uncertain as usize;
        match letter.state.as_str() {
            "delivered" if !carried.contains(row) => report.lost.push(format!("the letter {row} counts as delivered and never arrived")),
            "delivered" => {}
            state => report.undecided.push(format!("the letter {row} is {state}")),
        }
    }
}

/// A letter is on the wire once, and once more at most for each time that nobody knew; always the same bytes.
fn copies(kept: &Kept, wire: &[Carried], report: &mut Report) {
    let mut by_id: BTreeMap<&str, Vec<&Carried>> = BTreeMap::new();
    for mail in wire {
        by_id.entry(&mail.message_id).or_default().push(mail);
    }
    for (id, copies) in by_id {
        let again = copies.len() - 1;
        report.duplicates += again;
        let uncertain = kept.rows.get(id).and_then(|row| kept.letters.get(row)).map_or(0, |letter| letter.uncertain as usize);
        if again > uncertain {
            report.excess.push(format!("the letter {id} arrived {} times, and {uncertain} attempts were uncertain", copies.len()));
        }
        if copies.iter().any(|copy| copy.bytes != copies[0].bytes) {
            report.differing.push(format!("the letter {id} arrived with different bytes"));
        }
    }
}

/// Each letter goes to the one person that it is written to, and holds nothing of another dispute.
fn readers(books: &[Entry], kept: &Kept, wire: &[Carried], report: &mut Report) {
    let by_reference: BTreeMap<&str, &KeptDispute> = kept.disputes.iter().map(|dispute| (dispute.reference.as_str(), dispute)).collect();
    let owners: BTreeMap<&str, Option<DisputeId>> =
        books.iter().map(|entry| (entry.canary.as_str(), kept.mails.get(&entry.index).and_then(|mail| mail.dispute))).collect();
    for mail in wire {
        let Some(letter) = kept.rows.get(&mail.message_id).and_then(|row| kept.letters.get(row)) else {
            report.misdirected.push(format!("the letter {} on the wire is not in the outbox", mail.message_id));
            continue;
        };
        let dispute = letter.dispute.as_deref().and_then(|reference| by_reference.get(reference));
        let reader = dispute.and_then(|dispute| dispute.people.iter().find(|(role, _)| *role == letter.role)).map(|(_, address)| address.as_str());
        let meant = mail.to.len() == 1 && (letter.dispute.is_none() || reader.is_some_and(|reader| mail.to[0].eq_ignore_ascii_case(reader)));
        if !meant {
            report.misdirected.push(format!("the letter {} went to somebody who is not its {}", mail.message_id, letter.role));
        }
        for canary in canaries(&mail.bytes) {
            let owner = owners.get(canary.as_str()).copied().flatten();
            if owners.contains_key(canary.as_str()) && (owner.is_none() || owner != dispute.map(|dispute| dispute.id)) {
                report.leaked.push(format!("the letter {} holds {canary}, which stands in a mail of another dispute", mail.message_id));
            }
        }
    }
}

/// Every word made like a canary in a letter: in its bytes as they are, and in each of its parts as a mail program shows it.
fn canaries(bytes: &[u8]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    collect(bytes, &mut found);
    if let Some(message) = MessageParser::default().parse(bytes) {
        for part in &message.parts {
            match &part.body {
                PartType::Text(text) | PartType::Html(text) => collect(text.as_bytes(), &mut found),
                PartType::Binary(bytes) | PartType::InlineBinary(bytes) => collect(bytes, &mut found),
                PartType::Message(inner) => found.extend(canaries(&inner.raw_message)),
                PartType::Multipart(_) => {}
            }
        }
        collect(message.subject().unwrap_or_default().as_bytes(), &mut found);
    }
    found
}

fn collect(bytes: &[u8], found: &mut BTreeSet<String>) {
    for word in bytes.split(|byte| !byte.is_ascii_alphanumeric()) {
        if word.len() == CANARY && word.starts_with(b"zq") && word.ends_with(b"xjk") {
            found.insert(String::from_utf8_lossy(word).into_owned());
        }
    }
}

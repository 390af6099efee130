//! The table of DESIGN §5, cell by cell, through the whole path.

use crate::scene::*;
use elitige::config::UnknownAuthor;
use elitige::domain::{Dispute, HeldReason, MailOutcome, Role};
use elitige::story::LetterSeen;
use std::fmt::Write as _;

/// Written by hand. Whoever writes does so in words, with the word and the reply code of an act with legal weight, or with a code that is wrong.
///
/// - `author`: a signature, the word of our provider, nothing at all, a signature that does not hold
/// - `address`: the party's own, or one that the dispute does not know
/// - `brings`: the reply address, a Message-ID of ours, or nothing but the reference in the subject
///
/// What a cell says is spelled out in [`meaning`]: `binds`, `heard`, and `said`: words and facts alone; `asked`: held, and the registered address is asked, nobody else is told;
/// `held`: held, the registrar is told; `closed`: the same, and the registered address learns that the dispute is over; `foreign`: held, the address is unknown; `silent`: held, and nobody is told.
const TABLE: &str = "
author   address brings    | open:  words  code   wrong  | closed: words  code   wrong  | merged: words  code   wrong
signed   known   token     |        heard  binds  heard  |         closed closed closed |         heard  binds  heard
signed   known   answer    |        heard  binds  heard  |         closed closed closed |         heard  binds  heard
signed   known   reference |        heard  heard  heard  |         closed closed closed |         heard  heard  heard
signed   other   token     |        asked  asked  asked  |         held   held   held   |         asked  asked  asked
signed   other   answer    |        asked  asked  asked  |         held   held   held   |         asked  asked  asked
signed   other   reference |        silent silent silent |         silent silent silent |         silent silent silent
vouched  known   token     |        heard  heard  heard  |         closed closed closed |         heard  heard  heard
vouched  known   answer    |        heard  heard  heard  |         closed closed closed |         heard  heard  heard
vouched  known   reference |        heard  said   said   |         closed closed closed |         heard  said   said
vouched  other   token     |        asked  asked  asked  |         held   held   held   |         asked  asked  asked
vouched  other   answer    |        asked  asked  asked  |         held   held   held   |         asked  asked  asked
vouched  other   reference |        silent silent silent |         silent silent silent |         silent silent silent
nothing  known   token     |        asked  asked  asked  |         held   held   held   |         asked  asked  asked
nothing  known   answer    |        asked  asked  asked  |         held   held   held   |         asked  asked  asked
nothing  known   reference |        asked  asked  asked  |         held   held   held   |         asked  asked  asked
nothing  other   token     |        held   held   held   |         held   held   held   |         held   held   held
nothing  other   answer    |        held   held   held   |         held   held   held   |         held   held   held
nothing  other   reference |        held   held   held   |         held   held   held   |         held   held   held
broken   known   token     |        held   held   held   |         held   held   held   |         held   held   held
broken   known   answer    |        held   held   held   |         held   held   held   |         held   held   held
broken   known   reference |        held   held   held   |         held   held   held   |         held   held   held
broken   other   token     |        held   held   held   |         held   held   held   |         held   held   held
broken   other   answer    |        held   held   held   |         held   held   held   |         held   held   held
broken   other   reference |        held   held   held   |         held   held   held   |         held   held   held
";

/// The rows that `[sender_policy]` changes, and some that it must not change; the dispute is open.
const POLICIES: &str = "
author   address brings    | strict: words  code   wrong | ordinary: words  code   wrong
signed   known   token     |         heard  binds  heard |           heard  binds  heard
signed   other   token     |         asked  asked  asked |           asked  asked  asked
nothing  known   token     |         held   held   held  |           heard  heard  heard
nothing  known   answer    |         held   held   held  |           heard  heard  heard
nothing  known   reference |         held   held   held  |           asked  asked  asked
nothing  other   token     |         held   held   held  |           foreign foreign foreign
broken   known   token     |         held   held   held  |           held   held   held
broken   other   answer    |         held   held   held  |           held   held   held
";

/// An act with legal weight, and what follows where it is heard.
struct Act {
    word: &'static str,
    by: &'static str,
    /// Whether the invitation is out.
    invited: bool,
    /// The letter that prints its code.
    letter: &'static str,
    /// Words of its author that do nothing.
    words: &'static str,
    /// Who is written to where it binds.
    binds: &'static [&'static str],
    /// Who is written to where its author is heard and it does not bind.
    heard: &'static [&'static str],
    /// What its word comes to without a code that counts: words of withdrawal bring everything to rest until the code comes.
    without_code: (MailOutcome, &'static [&'static str]),
}

const ACTS: [Act; 3] = [
    Act {
        word: "CONFIRMER",
        by: LEILA,
        invited: false,
        letter: "acknowledgement",
        words: "Le montant est de 1 700,00 DH.",
        binds: &[LEILA, REGISTRAR],
        heard: &[LEILA],
        without_code: (MailOutcome::Noted, &[LEILA]),
    },
    Act {
        word: "RETIRER",
        by: LEILA,
        invited: true,
        letter: "acknowledgement",
        words: "Le montant est de 1 700,00 DH.",
        binds: &[ATLAS, LEILA],
        heard: &[LEILA, REGISTRAR],
        without_code: (MailOutcome::Advanced, &[LEILA]),
    },
    Act {
        word: "ACCEPTER",
        by: ATLAS,
        invited: true,
        letter: "invitation",
        words: "Nous regardons cela avec notre transporteur.",
        binds: &[ATLAS, LEILA],
        heard: &[ATLAS, REGISTRAR],
        without_code: (MailOutcome::Noted, &[ATLAS, REGISTRAR]),
    },
];

/// What happens to the dispute.
#[derive(Debug, PartialEq, Eq)]
enum Change {
    /// Not a byte of it is another one.
    None,
    /// It remembers that somebody was asked.
    Asked,
    /// Something was said in it, and nothing binds.
    Said,
    /// It moved.
    Bound,
}

/// Outcome of the mail, what happened to the dispute, and who was written to.
type End = (MailOutcome, Change, Vec<String>);

/// What the word of a cell says.
fn meaning(cell: &str, author: &str, act: &Act, column: usize) -> End {
    let to = |people: &[&str]| people.iter().map(|person| (*person).to_owned()).collect::<Vec<_>>();
    let held = MailOutcome::Held(if author == "signed" || author == "vouched" { HeldReason::UnknownSender } else { HeldReason::NotAuthenticated });
    match cell {
        "binds" => (MailOutcome::Advanced, Change::Bound, to(act.binds)),
        "heard" if column == 0 => (MailOutcome::Noted, Change::Said, to(act.heard)),
        "said" => (MailOutcome::Noted, Change::Said, to(act.heard)),
        "heard" => (act.without_code.0, Change::Said, to(act.without_code.1)),
        "asked" => (held, Change::Asked, to(&[act.by])),
        "held" => (held, Change::None, to(&[REGISTRAR])),
        "foreign" => (MailOutcome::Held(HeldReason::UnknownSender), Change::None, to(&[REGISTRAR])),
        "closed" => (MailOutcome::Held(HeldReason::Closed), Change::Said, to(&[act.by, REGISTRAR])),
        "silent" => (held, Change::None, Vec::new()),
        other => panic!("{other} is no word of the table"),
    }
}

/// A service with a dispute in that state, the letter that its party answers, and the letter whose code counts.
struct Stage {
    stored: Stored,
    dispute: Dispute,
    /// Its subject names the case, its reply address and its Message-ID are capabilities.
    answers: LetterSeen,
    right: String,
    wrong: String,
}

async fn stage(act: &Act, state: &str) -> Stage {
    let mut scene = if act.invited { Scene::invited().await } else { Scene::complained().await };
    let answers = scene.latest(act.letter);
    let (mut right, mut wrong) = (coded(&answers, act.word), format!("{} 3AB", act.word));
    if state == "closed" {
        let first = scene.latest("acknowledgement");
        assert_eq!(scene.answer(LEILA, &first, &coded(&first, "RETIRER")).await, MailOutcome::Advanced);
    }
    if state == "merged" {
        scene.now = scene.now.plus_seconds(DAY);
        let another = COMPLAINT.replace("AT-48213", "AT-50000").replace("1 500", "900").replace("une machine à café", "un moulin");
        assert_eq!(scene.mail(LEILA, DESK, "Autre commande", &another).await, MailOutcome::Opened);
        if act.invited {
            scene.invite().await;
        }
        // The code that counts is the one of the dispute in which it is heard; the one of the letter that is answered is gone.
        (right, wrong) = (coded(&scene.latest(act.letter), act.word), right);
        let both = scene.disputes(LEILA).await;
        scene.command(both[0].id, "merge", both[1].reference.as_str()).await;
        assert_eq!(scene.dispute(both[0].id).await.merged_into, Some(both[1].id));
    }
    assert_ne!(right, wrong);
    let dispute = scene.disputes(LEILA).await.pop().unwrap();
    scene.now = scene.now.plus_seconds(DAY);
    Stage { stored: scene.store().await, dispute, answers, right, wrong }
}

/// A row of a table: who writes, and how.
struct Row<'a> {
    author: &'a str,
    address: &'a str,
    brings: &'a str,
}

/// What becomes of one mail.
async fn end(stage: &Stage, act: &Act, row: &Row<'_>, column: usize, policy: UnknownAuthor) -> End {
    let mut scene = stage.stored.again().await;
    scene.desk.policy.senders.unknown = policy;
    let (before, letters) = (scene.dump().await, scene.letters.len());
    let from = if row.address == "known" { act.by } else { EVE };
    let body = [act.words, &stage.right, &stage.wrong][column];
    let named = format!("Re: {}", stage.answers.subject);
    let (to, subject, answers) = match row.brings {
        "token" => (stage.answers.reply_to.as_str(), "Commande", None),
        "answer" => (DESK, "Commande", Some(&stage.answers)),
        _ => (DESK, named.as_str(), None),
    };
    let bytes = scene.draft(from, to, subject, body, answers, &[]);
    let proof = match row.author {
        "signed" => Proof::Signed,
        "vouched" => Proof::Vouched,
        "nothing" => Proof::Nothing,
        _ => Proof::Broken,
    };
    let outcome = scene.arrives(&bytes, proof).await;
    let change = change(&stage.dispute, &scene.dispute(stage.dispute.id).await, &changed(&before, &scene.dump().await));
    let mut to: Vec<String> = scene.letters[letters..].iter().map(|left| left.to.clone()).collect();
    to.sort();
    scene.sound().await;
    (outcome, change, to)
}

fn change(before: &Dispute, after: &Dispute, tables: &[String]) -> Change {
    const OF_DISPUTES: [&str; 9] = ["disputes", "dispute_keys", "people", "seats", "contacts", "journal", "journal_heads", "heard", "challenges"];
    if !tables.iter().any(|table| OF_DISPUTES.contains(&table.as_str())) {
        return Change::None;
    }
    assert_eq!(people(before), people(after), "who takes part, and how they are written to");
    if after.outcome != before.outcome || after.consent != before.consent {
        return Change::Bound;
    }
    let forgetful = |dispute: &Dispute| {
        let mut dispute = dispute.clone();
        dispute.version = 0;
        dispute.consumer.thread.clear();
        dispute.merchant.iter_mut().for_each(|merchant| merchant.thread.clear());
        dispute
    };
    assert!(!after.is_closed() || forgetful(before) == forgetful(after), "in a closed dispute nothing moves");
    let asked = tables.contains(&"challenges".to_owned());
    assert!(!asked || forgetful(before) == forgetful(after), "whoever is asked about has said nothing yet");
    if asked { Change::Asked } else { Change::Said }
}

/// Everybody's addresses and reply addresses.
fn people(dispute: &Dispute) -> Vec<String> {
    let people = Role::ALL.into_iter().filter_map(|role| dispute.participant(role));
    people
        .flat_map(|person| {
            let contacts = person.contacts.iter().map(|contact| contact.address.to_string());
            let tokens = person.tokens().map(|(_, token)| token.as_str().to_owned());
            [person.address.to_string()].into_iter().chain(contacts).chain(tokens).collect::<Vec<_>>()
        })
        .collect()
}

/// Every cell of `table` that is otherwise, as a line; the groups of its columns are named `names`, each with the stage and the policy that it stands for.
async fn breaches(table: &str, act: &Act, groups: &[(&str, &Stage, UnknownAuthor)]) -> String {
    let mut wrong = String::new();
    let mut lines = table.trim().lines();
    let head: Vec<&str> = lines.next().unwrap().split('|').skip(1).filter_map(|group| group.trim().split(':').next()).collect();
    assert_eq!(head, groups.iter().map(|(name, _, _)| *name).collect::<Vec<_>>());
    for line in lines {
        let mut parts = line.split('|').map(|part| part.split_whitespace().collect::<Vec<_>>());
        let who = parts.next().unwrap();
        let row = Row { author: who[0], address: who[1], brings: who[2] };
        for ((name, stage, policy), cells) in groups.iter().zip(parts) {
            assert_eq!(cells.len(), 3, "{line}");
            for (column, cell) in cells.iter().enumerate() {
                let expected = meaning(cell, row.author, act, column);
                let was = end(stage, act, &row, column, *policy).await;
                if was != expected {
                    let said = ["words", "code", "wrong"][column];
                    let _ = write!(wrong, "\n{:<9} {} | {name}, {said}: {cell}\n    expected {expected:?}\n    was      {was:?}", act.word, who.join(" "));
                }
            }
        }
    }
    wrong
}

async fn holds(act: &Act) {
    let (open, closed, merged) = (stage(act, "open").await, stage(act, "closed").await, stage(act, "merged").await);
    let usual = UnknownAuthor::Challenge;
    let wrong = breaches(TABLE, act, &[("open", &open, usual), ("closed", &closed, usual), ("merged", &merged, usual)]).await
        + &breaches(POLICIES, act, &[("strict", &open, UnknownAuthor::Strict), ("ordinary", &open, UnknownAuthor::Ordinary)]).await;
    assert!(wrong.is_empty(), "{wrong}");
}

#[tokio::test]
async fn the_table_of_authority_holds_for_a_confirmation() {
    holds(&ACTS[0]).await;
}

#[tokio::test]
async fn the_table_of_authority_holds_for_a_withdrawal() {
    holds(&ACTS[1]).await;
}

#[tokio::test]
async fn the_table_of_authority_holds_for_an_acceptance() {
    holds(&ACTS[2]).await;
}

//! Proof that the store holds no other combination of states than [`super::states`] names.

use super::disputes::load;
use super::intake::RAW_KEY;
use super::seal::Place;
use super::settling::kept_under;
use super::{Result, Standing, Store, StoreError, dispute_id, number, optional_dispute, sql, text};
use sqlx::{AnyConnection, Row};

/// A combination that must not exist. The statement gives the rows that have it; `{}` stands for the row.
struct Impossible {
    rows: &'static str,
    sentence: &'static str,
}

const fn never(sentence: &'static str, rows: &'static str) -> Impossible {
    Impossible { rows, sentence }
}

/// How many rows of one kind are named.
const MOST_NAMED: i64 = 20;

const IMPOSSIBLE: &[Impossible] = &[
    never(
        "Letter {} is settled and has no outcome.",
        "SELECT CAST(number AS TEXT) FROM letters WHERE state = 'settled' AND (outcome IS NULL OR settled IS NULL) LIMIT $1",
    ),
    never(
        "Letter {} is not settled and has an outcome.",
        "SELECT CAST(number AS TEXT) FROM letters WHERE state = 'received' AND (outcome IS NOT NULL OR settled IS NOT NULL OR held IS NOT NULL OR dispute IS NOT NULL) LIMIT $1",
    ),
    never("Letter {} was received and nobody ever set about it.", "SELECT CAST(number AS TEXT) FROM letters WHERE attempts < 1 LIMIT $1"),
    never(
        "Letter {} was received, and it is not known where it lies.",
        "SELECT CAST(number AS TEXT) FROM letters l WHERE NOT EXISTS (SELECT 1 FROM sightings s WHERE s.letter = l.number) LIMIT $1",
    ),
    never(
        "Letter {} has no bytes, and its dispute was not erased.",
        "SELECT CAST(number AS TEXT) FROM letters l WHERE NOT EXISTS (SELECT 1 FROM letter_bytes b WHERE b.letter = l.number) \
         AND NOT EXISTS (SELECT 1 FROM disputes d WHERE d.id = l.dispute AND d.standing = 'erased') LIMIT $1",
    ),
    never(
        "Letter {} is settled without a note of why, and its dispute was not erased.",
        "SELECT CAST(number AS TEXT) FROM letters l WHERE l.state = 'settled' AND l.note IS NULL \
         AND NOT EXISTS (SELECT 1 FROM disputes d WHERE d.id = l.dispute AND d.standing = 'erased') LIMIT $1",
    ),
    never(
        "Letter {} is held for no reason, or has a reason and is not held.",
        "SELECT CAST(number AS TEXT) FROM letters l WHERE (l.held IS NOT NULL AND l.outcome <> 'held:' || l.held) OR (l.held IS NULL AND l.outcome LIKE 'held:%' \
         AND NOT EXISTS (SELECT 1 FROM disputes d WHERE d.id = l.dispute AND d.standing = 'erased')) LIMIT $1",
    ),
    never(
        "Letter {} did something in a dispute, and it is not known in which.",
        "SELECT CAST(number AS TEXT) FROM letters WHERE outcome IN ('opened', 'advanced', 'noted') AND dispute IS NULL LIMIT $1",
    ),
    never(
        "Letter {} has bytes and no key for them, or a key and no bytes.",
        "SELECT CAST(l.number AS TEXT) FROM letters l WHERE (l.raw_key IS NULL) = EXISTS (SELECT 1 FROM letter_bytes b WHERE b.letter = l.number) LIMIT $1",
    ),
    never(
        "Something is guessed or ordered about letter {}, which is not held.",
        "SELECT CAST(p.letter AS TEXT) FROM (SELECT letter FROM guesses UNION SELECT letter FROM orders) p JOIN letters l ON l.number = p.letter \
         WHERE l.held IS NULL LIMIT $1",
    ),
    never(
        "What was ordered about letter {} cannot be done: whose words it is, is half said.",
        "SELECT CAST(letter AS TEXT) FROM orders WHERE (verb = 'release' AND (dispute IS NULL) <> (role IS NULL)) \
         OR (verb = 'attach' AND (dispute IS NULL OR role IS NOT NULL)) OR (verb = 'discard' AND (dispute IS NOT NULL OR role IS NOT NULL)) LIMIT $1",
    ),
    never(
        "Letter {} is to leave the folder for held mail, and it is still held.",
        "SELECT CAST(m.letter AS TEXT) FROM misfiled m JOIN letters l ON l.number = m.letter WHERE l.held IS NOT NULL OR l.state <> 'settled' LIMIT $1",
    ),
    never(
        "Letter {} is held, and nobody will ever tell the registrar.",
        "SELECT CAST(number AS TEXT) FROM letters l WHERE l.held IS NOT NULL AND NOT (l.held = 'unknown-sender' AND l.dispute IS NULL) AND l.held <> 'no-order' \
         AND NOT EXISTS (SELECT 1 FROM orders o WHERE o.letter = l.number) AND NOT EXISTS (SELECT 1 FROM digests d WHERE d.name = 'held' AND d.due IS NOT NULL) LIMIT $1",
    ),
    never(
        "Somebody mediates dispute {}, and the mediators will never be told of it in the morning.",
        "SELECT p.dispute FROM people p WHERE p.role = 'mediator' AND p.standing = 1 \
         AND NOT EXISTS (SELECT 1 FROM digests d WHERE d.name = 'mediators' AND d.due IS NOT NULL) LIMIT $1",
    ),
    never(
        "Merchant {} is kept, and nothing leads to it.",
        "SELECT CAST(id AS TEXT) FROM merchants m WHERE NOT EXISTS (SELECT 1 FROM merchant_traces t WHERE t.merchant = m.id) LIMIT $1",
    ),
    never(
        "A number was given out twice: letter {} is beyond the counter.",
        "SELECT CAST(number AS TEXT) FROM letters WHERE number > (SELECT value FROM counters WHERE name = 'letter') LIMIT $1",
    ),
    never(
        "Letter {} was filed away before it was settled.",
        "SELECT CAST(s.letter AS TEXT) FROM sightings s JOIN letters l ON l.number = s.letter WHERE s.state = 'filed' AND l.state <> 'settled' LIMIT $1",
    ),
    never(
        "A sighting of letter {} is filed at no time, or unfiled with a time.",
        "SELECT CAST(letter AS TEXT) FROM sightings WHERE (state = 'filed' AND filed IS NULL) OR (state = 'unfiled' AND filed IS NOT NULL) LIMIT $1",
    ),
    never(
        "Outbox row {} is on its way without a lease.",
        "SELECT CAST(id AS TEXT) FROM outbox WHERE state IN ('leased', 'dot-pending') AND (node IS NULL OR due IS NULL OR attempts < 1) LIMIT $1",
    ),
    never(
        "Outbox row {} waits, and nobody will ever look at it.",
        "SELECT CAST(id AS TEXT) FROM outbox WHERE state IN ('queued', 'uncertain') AND due IS NULL LIMIT $1",
    ),
    never(
        "Outbox row {} is over or stopped, and has a time at which it is due.",
        "SELECT CAST(id AS TEXT) FROM outbox WHERE state IN ('delivered', 'refused', 'stopped') AND due IS NOT NULL LIMIT $1",
    ),
    never(
        "Outbox row {} is not on its way, and a node holds it.",
        "SELECT CAST(id AS TEXT) FROM outbox WHERE state NOT IN ('leased', 'dot-pending') AND node IS NOT NULL LIMIT $1",
    ),
    never(
        "Outbox row {} ended at no time, or has a time and did not end.",
        "SELECT CAST(id AS TEXT) FROM outbox WHERE (state IN ('delivered', 'refused') AND (finished IS NULL OR reply_code IS NULL)) \
         OR (state NOT IN ('delivered', 'refused') AND finished IS NOT NULL) LIMIT $1",
    ),
    never("Outbox row {} is uncertain, and that was not counted.", "SELECT CAST(id AS TEXT) FROM outbox WHERE state = 'uncertain' AND uncertain < 1 LIMIT $1"),
    never(
        "Outbox row {} waits for its mediator, and is not stopped.",
        "SELECT CAST(id AS TEXT) FROM outbox WHERE withheld IS NOT NULL AND state <> 'stopped' LIMIT $1",
    ),
    never("Outbox row {} has no letter.", "SELECT CAST(id AS TEXT) FROM outbox o WHERE NOT EXISTS (SELECT 1 FROM outbox_bytes b WHERE b.id = o.id) LIMIT $1"),
    never(
        "Dispute {} is open, and its clock has nothing to say: it would wait for ever.",
        "SELECT id FROM disputes WHERE standing = 'open' AND wake IS NULL LIMIT $1",
    ),
    never("Dispute {} was erased, and its clock still runs.", "SELECT id FROM disputes WHERE standing = 'erased' AND wake IS NOT NULL LIMIT $1"),
    never("Dispute {} is empty and not erased, or erased and not empty.", "SELECT id FROM disputes WHERE (standing = 'erased') <> (sealed IS NULL) LIMIT $1"),
    never(
        "Dispute {} has no key and is not erased, or is erased and has one.",
        "SELECT id FROM disputes d WHERE (d.standing = 'erased') = EXISTS (SELECT 1 FROM dispute_keys k WHERE k.dispute = d.id) LIMIT $1",
    ),
    never(
        "Dispute {} is at another version than its journal.",
        "SELECT id FROM disputes d WHERE NOT EXISTS (SELECT 1 FROM journal_heads h WHERE h.dispute = d.id AND h.version = d.version) LIMIT $1",
    ),
    never(
        "The journal of dispute {} does not end where it should.",
        "SELECT h.dispute FROM journal_heads h WHERE NOT EXISTS (SELECT 1 FROM journal j WHERE j.dispute = h.dispute AND j.seq = h.seq AND j.hash = h.hash \
         AND j.version = h.version) OR EXISTS (SELECT 1 FROM journal j WHERE j.dispute = h.dispute AND j.seq > h.seq) LIMIT $1",
    ),
    never(
        "Nobody is known to complain in dispute {}.",
        "SELECT id FROM disputes d WHERE d.standing <> 'erased' AND NOT EXISTS (SELECT 1 FROM people p WHERE p.dispute = d.id AND p.role = 'consumer') LIMIT $1",
    ),
    never(
        "Somebody in dispute {} is marked open and the dispute is not, or the other way round.",
        "SELECT d.id FROM disputes d JOIN (SELECT dispute, standing FROM people UNION ALL SELECT dispute, standing FROM seats UNION ALL \
         SELECT dispute, standing FROM contacts) p ON p.dispute = d.id WHERE (p.standing = 1) <> (d.standing = 'open') LIMIT $1",
    ),
    never(
        "Question {} is open and has an end, or ended at no time.",
        "SELECT CAST(id AS TEXT) FROM challenges WHERE (state = 'open') <> (ended IS NULL) LIMIT $1",
    ),
    never(
        "Question {} is open and nobody could act on its answer, or it ended and is still kept.",
        "SELECT CAST(id AS TEXT) FROM challenges WHERE (state = 'open') <> (sealed IS NOT NULL) LIMIT $1",
    ),
    never(
        "The alarm of node {} is over without an end, or rings and has one.",
        "SELECT node FROM alarms WHERE (state = 'over') <> (ended IS NOT NULL) OR told < since LIMIT $1",
    ),
    never(
        "No letter asked question {}.",
        "SELECT CAST(c.id AS TEXT) FROM challenges c WHERE NOT EXISTS (SELECT 1 FROM outbox o WHERE o.message_id = c.question) LIMIT $1",
    ),
    never(
        "Dispute {} was erased, and something of it is left.",
        "SELECT id FROM disputes d WHERE d.standing = 'erased' AND (EXISTS (SELECT 1 FROM people p WHERE p.dispute = d.id) \
         OR EXISTS (SELECT 1 FROM seats s WHERE s.dispute = d.id) OR EXISTS (SELECT 1 FROM contacts c WHERE c.dispute = d.id) \
         OR EXISTS (SELECT 1 FROM heard h WHERE h.dispute = d.id) OR EXISTS (SELECT 1 FROM challenges c WHERE c.dispute = d.id) \
         OR EXISTS (SELECT 1 FROM guesses g WHERE g.dispute = d.id) OR EXISTS (SELECT 1 FROM orders r WHERE r.dispute = d.id) \
         OR EXISTS (SELECT 1 FROM outbox o WHERE o.dispute = d.id) OR EXISTS (SELECT 1 FROM letters l JOIN letter_bytes b ON b.letter = l.number \
         WHERE l.dispute = d.id)) LIMIT $1",
    ),
];

const PAGE: i64 = 500;

impl Store {
    /// Every combination of states that must not exist, as sentences; empty if all is well. Reads everything: for the operator and for tests.
    pub async fn check(&self) -> Result<Vec<String>> {
        let mut connection = self.snapshot().await?;
        let mut faults = Vec::new();
        for one in IMPOSSIBLE {
            for row in sqlx::query(one.rows).bind(MOST_NAMED).fetch_all(&mut *connection).await? {
                faults.push(one.sentence.replace("{}", &text(&row, 0)?));
            }
        }
        self.check_disputes(&mut connection, &mut faults).await?;
        self.check_letters(&mut connection, &mut faults).await?;
        self.check_tokens(&mut connection, &mut faults).await?;
        Ok(faults)
    }

    /// Opens the key of every mail's bytes with that of its dispute.
    async fn check_letters(&self, connection: &mut AnyConnection, faults: &mut Vec<String>) -> Result<()> {
        let mut after = 0i64;
        loop {
            let rows = sqlx::query(sql::LETTER_KEYS_AFTER).bind(after).bind(PAGE).fetch_all(&mut *connection).await?;
            let Some(last) = rows.last() else { return Ok(()) };
            after = number(last, 3)?;
            for row in &rows {
                let letter = number(row, 3)?;
                let owner = optional_dispute(row, 0)?;
                let Some(wrapped) = row.try_get::<Option<Vec<u8>>, _>(1)? else { continue };
                let opened = kept_under(self.sealer(), owner, row).and_then(|key| key.open_key(&Place::of(RAW_KEY, owner, &[letter]), &wrapped));
                if opened.is_err() {
                    faults.push(format!("The bytes of letter {letter} are sealed for another dispute than the letter's, or their key is damaged."));
                }
            }
        }
    }

    /// Opens every dispute and holds it against the readable columns of its row.
    async fn check_disputes(&self, connection: &mut AnyConnection, faults: &mut Vec<String>) -> Result<()> {
        let mut after = String::new();
        loop {
            let rows = sqlx::query(sql::DISPUTES_AFTER).bind(after.as_str()).bind(PAGE).fetch_all(&mut *connection).await?;
            let Some(last) = rows.last() else { return Ok(()) };
            after = text(last, 0)?;
            for row in &rows {
                let (id, name, standing) = (dispute_id(row, 0)?, text(row, 0)?, text(row, 1)?);
                match load(connection, self.sealer(), id).await {
                    Ok(Some(dispute)) => {
                        let told = if dispute.is_closed() { Standing::Closed } else { Standing::Open };
                        if told.name() != standing || dispute.state != text(row, 2)? || dispute.reference.as_str() != text(row, 3)? || dispute.id != id {
                            faults.push(format!("Dispute {name} is something else than its row says."));
                        }
                        let wakes = row.try_get::<Option<i64>, _>(4)?.is_some();
                        if dispute.is_closed() && wakes != dispute.kept_until().is_some() {
                            let why = if wakes { "would be erased although it is on hold" } else { "is kept for ever" };
                            faults.push(format!("Dispute {name} is over, and {why}."));
                        }
                    }
                    Ok(None) => {}
                    Err(StoreError::Damaged(_)) => faults.push(format!("Dispute {name} does not open with its key.")),
                    Err(error) => return Err(error),
                }
            }
        }
    }
}

#[cfg(test)]
pub(super) fn statements() -> impl Iterator<Item = &'static str> {
    IMPOSSIBLE.iter().map(|one| one.rows)
}

//! Every statement of the store: one text for SQLite and PostgreSQL.
//!
//! Standing in one list, each is prepared on both databases and its plan is looked at by a test: none may scan a table that grows.

macro_rules! statements {
    ($($name:ident = $text:expr;)+) => {
        $(pub(super) const $name: &str = $text;)+
        #[cfg(test)]
        pub(super) const ALL: &[(&str, &str)] = &[$((stringify!($name), $name)),+];
    };
}

statements! {
    META = "SELECT value FROM meta WHERE name = $1";
    META_SET = "INSERT INTO meta (name, value) VALUES ($1, $2)";
    META_REPLACE = "INSERT INTO meta (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value";
    NUMBERS = "UPDATE counters SET value = value + $2 WHERE name = $1 RETURNING value";

    RULES = "SELECT text FROM rules WHERE digest = $1";
    RULES_KEEP = "INSERT INTO rules (digest, name, text) VALUES ($1, $2, $3) ON CONFLICT (digest) DO NOTHING";

    CHARTER = "SELECT fr, ar, en FROM charters WHERE digest = $1";
    CHARTERS_FROM = "SELECT digest FROM charters WHERE digest >= $1 ORDER BY digest LIMIT 2";
    CHARTER_KEEP = "INSERT INTO charters (digest, fr, ar, en) VALUES ($1, $2, $3, $4) ON CONFLICT (digest) DO NOTHING";

    DISPUTE = "SELECT d.sealed, d.version, k.wrapped FROM disputes d JOIN dispute_keys k ON k.dispute = d.id WHERE d.id = $1";
    DISPUTE_INSERT = "INSERT INTO disputes (id, reference, standing, state, version, opened, wake, sealed) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING";
    DISPUTE_UPDATE = "UPDATE disputes SET standing = $1, state = $2, version = $3, wake = $4, sealed = $5 \
        WHERE id = $6 AND version = $7 AND standing <> 'erased'";
    DISPUTE_BY_REFERENCE = "SELECT id FROM disputes WHERE reference = $1";
    DISPUTES = "SELECT id, reference, standing, state, opened, wake FROM disputes WHERE standing = $1 ORDER BY opened DESC, id DESC LIMIT $2";
    DISPUTES_AFTER = "SELECT id, standing, state, reference, wake FROM disputes WHERE id > $1 ORDER BY id LIMIT $2";
    DISPUTES_OPEN = "SELECT id, opened FROM disputes WHERE standing = 'open' AND opened >= $1 AND (opened > $2 OR id > $3) ORDER BY opened, id LIMIT $4";
    DISPUTES_DUE = "SELECT id FROM disputes WHERE wake <= $1 ORDER BY wake, id LIMIT $2";
    DISPUTES_WAKE = "SELECT MIN(wake) FROM disputes WHERE wake IS NOT NULL";
    DISPUTE_POSTPONE = "UPDATE disputes SET wake = $1 WHERE id = $2 AND standing <> 'erased'";
    KEY = "SELECT wrapped FROM dispute_keys WHERE dispute = $1";
    KEY_INSERT = "INSERT INTO dispute_keys (dispute, wrapped) VALUES ($1, $2)";

    PERSON_SAVE = "INSERT INTO people (dispute, role, address, token, channel, standing, opened) VALUES ($1, $2, $3, $4, $5, $6, $7) \
        ON CONFLICT (dispute, role) DO UPDATE SET address = excluded.address, token = excluded.token, channel = excluded.channel, standing = excluded.standing";
    PERSON_DELETE = "DELETE FROM people WHERE dispute = $1 AND role = $2";
    PERSON_BY_TOKEN = "SELECT dispute, role, channel, standing FROM people WHERE token = $1 \
        UNION ALL SELECT dispute, role, channel, standing FROM seats WHERE token = $1 \
        UNION ALL SELECT dispute, role, channel, 1 FROM challenges WHERE token = $1 AND state = 'open' AND kind = 'mail'";
    PEOPLE_BY_ADDRESS = "SELECT dispute, role, standing, opened FROM people WHERE address = $1 \
        UNION ALL SELECT dispute, role, standing, opened FROM contacts WHERE address = $1 ORDER BY standing DESC, opened DESC LIMIT $2";
    PARTIES_OPEN = "SELECT dispute, role, opened FROM people WHERE address = $1 AND standing = 1 AND role IN ('consumer', 'merchant') \
        UNION SELECT dispute, role, opened FROM contacts WHERE address = $1 AND standing = 1 AND role IN ('consumer', 'merchant') \
        ORDER BY opened DESC LIMIT $2";
    SEAT_SAVE = "INSERT INTO seats (dispute, role, channel, token, standing) VALUES ($1, $2, $3, $4, $5) \
        ON CONFLICT (dispute, role, channel) DO UPDATE SET token = excluded.token, standing = excluded.standing";
    SEATS_DELETE = "DELETE FROM seats WHERE dispute = $1 AND role = $2";
    CONTACT_SAVE = "INSERT INTO contacts (dispute, role, address, standing, opened) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (dispute, role, address) DO NOTHING";
    CONTACTS_DELETE = "DELETE FROM contacts WHERE dispute = $1 AND role = $2";

    HEARD_ADD = "INSERT INTO heard (dispute, letter, channel, sealed) VALUES ($1, $2, $3, $4) ON CONFLICT (dispute, letter) \
        DO UPDATE SET channel = excluded.channel, sealed = excluded.sealed";
    HEARD_ONE = "SELECT channel, sealed FROM heard WHERE dispute = $1 AND letter = $2";
    HEARD_DELETE = "DELETE FROM heard WHERE dispute = $1 AND letter = $2";
    HEARD = "SELECT letter, channel, sealed FROM heard WHERE dispute = $1 ORDER BY letter";
    DUE_WITH = "SELECT p.dispute FROM people p JOIN disputes d ON d.id = p.dispute \
        WHERE p.address = $1 AND p.standing = 1 AND p.role = 'merchant' AND d.wake <= $2 ORDER BY p.opened LIMIT $3";
    MISSIONS_OPEN = "SELECT COUNT(*) FROM people WHERE address = $1 AND role = 'mediator' AND standing = 1";
    OPENED_BY = "SELECT COUNT(*) FROM people WHERE address = $1 AND role = 'consumer' AND opened >= $2";

    JOURNAL_HEAD = "SELECT seq, hash, version FROM journal_heads WHERE dispute = $1";
    JOURNAL_HEAD_INSERT = "INSERT INTO journal_heads (dispute, seq, version, hash) VALUES ($1, 1, $2, $3) ON CONFLICT (dispute) DO NOTHING";
    JOURNAL_HEAD_MOVE = "UPDATE journal_heads SET seq = $1, version = $2, hash = $3 WHERE dispute = $4 AND seq = $5";
    JOURNAL_INSERT = "INSERT INTO journal (dispute, seq, version, prev, sealed, hash) VALUES ($1, $2, $3, $4, $5, $6)";
    JOURNAL_AFTER = "SELECT seq, version, prev, sealed, hash FROM journal WHERE dispute = $1 AND seq > $2 ORDER BY seq LIMIT $3";
    DISPUTE_VERSION = "SELECT version FROM disputes WHERE id = $1";

    LETTER_BY_FINGERPRINT = "SELECT number, state, attempts, outcome FROM letters WHERE fingerprint = $1";
    LETTERS_BY_FINGERPRINT = "SELECT fingerprint, number, outcome FROM letters \
        WHERE fingerprint IN ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)";
    LETTER_INSERT = "INSERT INTO letters (number, fingerprint, received, size, state, attempts, raw_key) VALUES ($1, $2, $3, $4, 'received', 1, $5)";
    LETTER_ATTEMPT = "UPDATE letters SET attempts = attempts + 1 WHERE number = $1 AND state = 'received' RETURNING attempts";
    LETTER_HELD = "SELECT number FROM letters WHERE number = $1 AND held IS NOT NULL";
    LETTER_SETTLE = "UPDATE letters SET state = 'settled', outcome = $1, held = $2, dispute = $3, sender = COALESCE($4, sender), \
        message_id = COALESCE($5, message_id), body = COALESCE($6, body), note = $7, \
        settled = $8, raw_key = $9 WHERE number = $10 AND (state = 'received' OR held IS NOT NULL AND $11 = 1)";
    LETTER_MOVE = "UPDATE letters SET dispute = $1, outcome = $2, note = $3, raw_key = $4 WHERE number = $5 AND dispute = $6 \
        AND state = 'settled' AND held IS NULL";
    LETTERS_UNSETTLED = "SELECT number, attempts FROM letters WHERE state = 'received' ORDER BY number LIMIT $1";
    LETTERS_HELD = "SELECT l.number, l.held, l.received, d.reference FROM letters l LEFT JOIN disputes d ON d.id = l.dispute \
        WHERE l.held IS NOT NULL ORDER BY l.number LIMIT $1";
    LETTER_NOTE = "SELECT l.note, l.dispute, k.wrapped FROM letters l LEFT JOIN dispute_keys k ON k.dispute = l.dispute WHERE l.number = $1";
    LETTER_COPIES = "SELECT number, message_id, received, dispute, outcome FROM letters WHERE sender = $1 AND body = $2 ORDER BY number DESC LIMIT $3";
    RECEIVED_FROM = "SELECT (SELECT COUNT(*) FROM (SELECT number FROM letters WHERE sender = $1 AND received >= $2 LIMIT $3) AS few), \
        COUNT(*), CAST(COALESCE(SUM(size), 0) AS BIGINT) FROM (SELECT size FROM letters WHERE sender = $1 AND received >= $4 ORDER BY received DESC LIMIT $5) AS few";
    DISPUTES_OPENED = "SELECT COUNT(*) FROM (SELECT id FROM disputes WHERE opened >= $1 LIMIT $2) AS few";
    LETTERS_BY_MESSAGE_ID = "SELECT DISTINCT dispute FROM letters WHERE message_id = $1 AND dispute IS NOT NULL LIMIT $2";
    LETTER_DISPUTE = "SELECT dispute FROM letters WHERE number = $1";
    LETTER_SIGHTED = "SELECT s.mailbox, l.received FROM letters l JOIN sightings s ON s.letter = l.number WHERE l.number = $1 LIMIT 1";
    LETTERS_OF_DISPUTE = "SELECT number, received, outcome FROM letters WHERE dispute = $1 ORDER BY number";
    LETTER_BYTES_INSERT = "INSERT INTO letter_bytes (letter, sealed, packing) VALUES ($1, $2, $3)";
    LETTER_BYTES = "SELECT l.dispute, l.raw_key, b.sealed, k.wrapped, b.packing, l.size FROM letter_bytes b JOIN letters l ON l.number = b.letter \
        LEFT JOIN dispute_keys k ON k.dispute = l.dispute WHERE b.letter = $1";
    LETTER_KEYS_AFTER = "SELECT l.dispute, l.raw_key, k.wrapped, l.number FROM letters l LEFT JOIN dispute_keys k ON k.dispute = l.dispute \
        WHERE l.number > $1 ORDER BY l.number LIMIT $2";
    LETTER_KEY = "SELECT dispute, raw_key, state, held FROM letters WHERE number = $1";

    PEN_TAKE = "UPDATE letters SET attempts = attempts WHERE number = $1 AND held IS NOT NULL RETURNING held, dispute, received";
    PEN_ONE = "SELECT l.number, l.held, l.received, d.reference FROM letters l LEFT JOIN disputes d ON d.id = l.dispute \
        WHERE l.number = $1 AND l.held IS NOT NULL";
    PEN_OUTCOME = "SELECT outcome FROM letters WHERE number = $1";
    PEN_LIST = "SELECT l.number, l.held, l.received, l.fingerprint, g.dispute, g.role, d.reference, (SELECT s.mailbox FROM sightings s WHERE s.letter = l.number \
        ORDER BY s.copy LIMIT 1), e.reference FROM letters l LEFT JOIN guesses g ON g.letter = l.number \
        LEFT JOIN disputes d ON d.id = g.dispute AND d.standing = 'open' LEFT JOIN disputes e ON e.id = l.dispute AND e.standing <> 'erased' \
        WHERE l.held IS NOT NULL AND NOT (l.held = 'unknown-sender' AND l.dispute IS NULL) AND l.held <> 'no-order' AND l.number > $1 \
        AND NOT EXISTS (SELECT 1 FROM orders o WHERE o.letter = l.number) \
        AND NOT EXISTS (SELECT 1 FROM challenges c WHERE c.letter = l.number AND c.state = 'open') ORDER BY l.number LIMIT $2";
    PEN_COUNT = "SELECT COUNT(*) FROM letters l WHERE l.held IS NOT NULL AND NOT (l.held = 'unknown-sender' AND l.dispute IS NULL) AND l.held <> 'no-order' \
        AND NOT EXISTS (SELECT 1 FROM orders o WHERE o.letter = l.number) \
        AND NOT EXISTS (SELECT 1 FROM challenges c WHERE c.letter = l.number AND c.state = 'open')";
    PEN_ASKED = "SELECT MIN(c.ends) FROM challenges c JOIN letters l ON l.number = c.letter WHERE c.state = 'open' AND l.held IS NOT NULL";
    GUESS_SAVE = "INSERT INTO guesses (letter, dispute, role) VALUES ($1, $2, $3) ON CONFLICT (letter) DO NOTHING";
    GUESS_DELETE = "DELETE FROM guesses WHERE letter = $1";
    ORDER_SAVE = "INSERT INTO orders (letter, verb, dispute, role, given) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (letter) DO NOTHING";
    ORDER_DELETE = "DELETE FROM orders WHERE letter = $1";
    ORDERS = "SELECT letter, verb, dispute, role FROM orders WHERE given >= 0 ORDER BY given, letter LIMIT $1";
    MISFILED_ADD = "INSERT INTO misfiled (mailbox, letter) SELECT DISTINCT mailbox, letter FROM sightings WHERE letter = $1 ON CONFLICT DO NOTHING";
    MISFILED = "SELECT m.letter, l.size FROM misfiled m JOIN letters l ON l.number = m.letter WHERE m.mailbox = $1 ORDER BY m.letter LIMIT $2";
    MISFILED_DELETE = "DELETE FROM misfiled WHERE mailbox = $1 AND letter = $2";
    OUTBOX_BRING_BACK = "UPDATE outbox SET due = $1 WHERE due > $2 AND state IN ('queued', 'uncertain')";
    BRAKES_BRING_BACK = "UPDATE brakes SET until = $1, told = NULL WHERE subject > $3 AND until > $2";
    DIGESTS_BRING_BACK = "UPDATE digests SET due = $1 WHERE due > $2";
    LAST_SETTLED = "SELECT settled FROM letters WHERE number > 0 AND settled IS NOT NULL ORDER BY number DESC LIMIT 1";
    DIGEST_SET = "UPDATE digests SET due = $1 WHERE name = 'held' AND (due IS NULL OR due > $1)";
    DIGEST_TAKE = "UPDATE digests SET due = NULL, told = $1 WHERE name = 'held' AND due <= $1";
    DIGEST_DUE = "SELECT due FROM digests WHERE name = 'held'";

    ALARM = "SELECT state, since, told FROM alarms WHERE node = $1";
    ALARM_RING = "INSERT INTO alarms (node, state, since, told) VALUES ($1, 'ringing', $2, $3) \
        ON CONFLICT (node) DO UPDATE SET state = 'ringing', since = excluded.since, told = excluded.told, ended = NULL WHERE alarms.state = 'over'";
    ALARM_UNTELL = "UPDATE alarms SET state = 'over', ended = $1 WHERE node > '' AND state = 'ringing'";
    ALARM_END = "UPDATE alarms SET state = 'over', ended = $2 WHERE node = $1 AND state = 'ringing'";
    TOKEN = "SELECT sealed FROM tokens WHERE configured = $1";
    TOKEN_FORGET = "DELETE FROM tokens WHERE login = $1 OR configured = $2";
    TOKEN_KEEP = "INSERT INTO tokens (login, state, configured, sealed, rotated) VALUES ($1, 'rotated', $2, $3, $4)";
    TOKENS = "SELECT login, configured, sealed FROM tokens WHERE login > '' ORDER BY login";
    VITALS_HELD = "SELECT COUNT(*) FROM letters WHERE held IS NOT NULL";
    VITALS_LETTER = "SELECT MIN(CASE WHEN attempts = 0 AND waits IS NULL THEN queued ELSE due END) FROM outbox WHERE state = 'queued' AND due <= $1";

    MORNING_SET = "UPDATE digests SET due = $1 WHERE name = 'mediators' AND (due IS NULL OR due > $1)";
    MORNING_TAKE = "UPDATE digests SET due = NULL, told = $1 WHERE name = 'mediators' AND due <= $1";
    MORNING_DUE = "SELECT due FROM digests WHERE name = 'mediators'";
    MEDIATED = "SELECT dispute FROM people WHERE role = 'mediator' AND standing = 1 AND dispute > $1 ORDER BY dispute LIMIT $2";

    SIGHTING = "SELECT letter, copy FROM sightings WHERE mailbox = $1 AND uid_validity = $2 AND uid = $3";
    SIGHTING_SAVE = "INSERT INTO sightings (mailbox, uid_validity, uid, letter, state, copy) VALUES ($1, $2, $3, $4, 'unfiled', $5) \
        ON CONFLICT (mailbox, uid_validity, uid) DO UPDATE SET letter = excluded.letter, state = 'unfiled', copy = excluded.copy, filed = NULL";
    SIGHTINGS_ELSEWHERE = "SELECT COUNT(*) FROM sightings WHERE letter = $1 AND (mailbox <> $2 OR uid_validity = $3)";
    SIGHTING_MAILBOX = "SELECT mailbox FROM sightings WHERE letter = $1 ORDER BY copy LIMIT 1";
    SIGHTINGS_STATE = "SELECT s.uid, s.letter, s.state, s.copy, l.outcome FROM sightings s JOIN letters l ON l.number = s.letter \
        WHERE s.mailbox = $1 AND s.uid_validity = $2 AND s.uid IN ($3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)";
    SIGHTINGS_FILED = "UPDATE sightings SET state = 'filed', filed = $1 WHERE mailbox = $2 AND uid_validity = $3 \
        AND uid IN ($4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19) AND state = 'unfiled' \
        AND EXISTS (SELECT 1 FROM letters l WHERE l.number = sightings.letter AND l.state = 'settled')";

    OUTBOX_INSERT = "INSERT INTO outbox (id, dispute, role, channel, letter, message_id, envelope, recipient, domain, state, due, waits, attempts, \
        uncertain, queued) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'queued', $10, $11, 0, 0, $12) ON CONFLICT (message_id) DO NOTHING";
    OUTBOX_BYTES_INSERT = "INSERT INTO outbox_bytes (id, sealed) VALUES ($1, $2)";
    OUTBOX_DUE = "SELECT id, state FROM outbox WHERE due <= $1 ORDER BY due, id LIMIT $2";
    OUTBOX_LEASE = "UPDATE outbox SET state = 'leased', node = $1, due = $2, attempts = attempts + 1, uncertain = uncertain + $3 \
        WHERE id = $4 AND due <= $5 AND state = $6 RETURNING dispute, role, letter, attempts, uncertain, queued, waits";
    OUTBOX_BYTES = "SELECT b.sealed, k.wrapped FROM outbox_bytes b JOIN outbox o ON o.id = b.id LEFT JOIN dispute_keys k ON k.dispute = o.dispute WHERE b.id = $1";
    OUTBOX_DOT = "UPDATE outbox SET state = 'dot-pending' WHERE id = $1 AND node = $2 AND state = 'leased' AND due > $3";
    OUTBOX_OVER = "UPDATE outbox SET state = $1, due = NULL, node = NULL, reply_code = $2, finished = $3 \
        WHERE id = $4 AND node = $5 AND state IN ('leased', 'dot-pending')";
    OUTBOX_AGAIN = "UPDATE outbox SET state = $1, due = $2, node = NULL, reply_code = $3, uncertain = uncertain + $4 \
        WHERE id = $5 AND node = $6 AND state IN ('leased', 'dot-pending')";
    OUTBOX_UNTRIED = "UPDATE outbox SET state = 'queued', due = $1, node = NULL, tried = NULL, attempts = attempts - 1 WHERE id = $2 AND node = $3 AND state = 'leased'";
    OUTBOX_HOLD_BACK = "UPDATE outbox SET state = 'queued', due = $1, waits = $2, node = NULL, tried = NULL, attempts = attempts - 1 \
        WHERE id = $3 AND node = $4 AND state = 'leased'";
    OUTBOX_PASS = "UPDATE outbox SET tried = $1 WHERE id = $2 AND node = $3 AND state = 'leased'";
    OUTBOX_REPLACE = "UPDATE outbox SET state = 'stopped', due = NULL, waits = 'replaced' \
        WHERE dispute = $1 AND role = $2 AND waits = 'answers' AND state = 'queued'";
    OUTBOX_HALT = "UPDATE outbox SET state = 'stopped', due = NULL, node = NULL WHERE id = $1 AND node = $2 AND state IN ('leased', 'dot-pending')";
    OUTBOX_REFUSE = "UPDATE outbox SET state = 'refused', due = NULL, node = NULL, reply_code = $1, finished = $2 WHERE id = $3 \
        AND state IN ('queued', 'leased', 'dot-pending', 'uncertain')";
    OUTBOX_BROKEN = "UPDATE outbox SET state = 'stopped', due = NULL, node = NULL WHERE id = $1";
    OUTBOX_STOP = "UPDATE outbox SET state = 'stopped', due = NULL WHERE id = $1 AND state IN ('queued', 'uncertain')";
    OUTBOX_RETRY = "UPDATE outbox SET state = 'queued', due = $1, queued = $1, attempts = 0, finished = NULL, \
        waits = CASE WHEN waits IS NULL THEN NULL ELSE 'lifted' END WHERE id = $2 \
        AND state IN ('queued', 'uncertain', 'stopped', 'refused') AND withheld IS NULL";
    OUTBOX_WITHHOLD = "UPDATE outbox SET state = 'stopped', due = NULL, withheld = $1 WHERE message_id = $2 AND state = 'queued' AND attempts = 0";
    OUTBOX_PASS_ON = "UPDATE outbox SET state = 'queued', due = $1, queued = $1, withheld = NULL WHERE message_id = $2 AND state = 'stopped' AND withheld IS NOT NULL";
    HEARD_BY_ALL = "UPDATE heard SET channel = $1 WHERE dispute = $2 AND letter = (SELECT number FROM letters WHERE fingerprint = $3)";
    OUTBOX_RELEASE = "UPDATE outbox SET state = 'queued', due = $1, node = NULL WHERE node = $2 AND state = 'leased'";
    OUTBOX_DOUBT = "UPDATE outbox SET state = 'uncertain', due = $1, node = NULL, uncertain = uncertain + 1 WHERE node = $2 AND state = 'dot-pending'";
    OUTBOX_NEXT = "SELECT MIN(due) FROM outbox WHERE due IS NOT NULL";
    OUTBOX_COUNT = "SELECT COUNT(*) FROM outbox WHERE state = $1";
    OUTBOX_LIST = "SELECT o.id, d.reference, o.role, o.letter, o.state, o.attempts, o.uncertain, o.queued, o.due, o.reply_code, \
        CASE WHEN o.withheld IS NULL THEN o.waits ELSE 'withheld' END \
        FROM outbox o LEFT JOIN disputes d ON d.id = o.dispute WHERE o.state = $1 ORDER BY o.queued, o.id LIMIT $2";
    OUTBOX_BY_MESSAGE_ID = "SELECT id, dispute, role, channel FROM outbox WHERE message_id = $1 \
        AND NOT EXISTS (SELECT 1 FROM challenges c WHERE c.question = outbox.message_id AND c.kind = 'address')";
    OUTBOX_BY_ENVELOPE = "SELECT id, dispute, role, channel FROM outbox WHERE envelope = $1 ORDER BY queued DESC LIMIT 1";
    OUTBOX_REACHED = "SELECT p.dispute FROM outbox o JOIN people p ON p.address = o.recipient \
        WHERE o.id = $1 AND o.dispute IS NULL AND p.standing = 1 AND p.role = 'merchant' ORDER BY p.opened LIMIT $2";
    OUTBOX_WENT_TO = "SELECT id FROM outbox WHERE id = $1 AND recipient = $2";
    LETTERS_SENT = "SELECT COUNT(*) FROM (SELECT id FROM outbox WHERE recipient = $1 AND queued >= $2 LIMIT $3) AS few";
    TRIED_ADDRESS = "SELECT COUNT(*) FROM (SELECT id FROM outbox WHERE recipient = $1 AND tried > $2 LIMIT $3) AS few";
    TRIED_DOMAIN = "SELECT COUNT(*) FROM (SELECT id FROM outbox WHERE domain = $1 AND tried > $2 LIMIT $3) AS few";
    TRIED_ALL = "SELECT COUNT(*) FROM (SELECT id FROM outbox WHERE tried > $1 LIMIT $2) AS few";
    BRAKE = "SELECT until, told FROM brakes WHERE subject = $1";
    BRAKES_TOLD = "SELECT COUNT(*) FROM (SELECT told FROM brakes WHERE told >= $1 LIMIT $2) AS few";
    BRAKE_SAVE = "INSERT INTO brakes (subject, until, told) VALUES ($1, $2, $3) \
        ON CONFLICT (subject) DO UPDATE SET until = excluded.until, told = COALESCE(excluded.told, brakes.told)";
    LETTERS_TOLD = "SELECT COUNT(*) FROM (SELECT id FROM outbox WHERE dispute = $1 AND role = $2 AND letter = $3 AND queued >= $4 LIMIT $5) AS few";
    LETTER_SENT = "SELECT id FROM outbox WHERE dispute = $1 AND role = $2 AND letter = $3 AND queued >= $4 LIMIT 1";

    CHALLENGE_PUT = "INSERT INTO challenges (id, dispute, role, channel, kind, address, token, question, state, asked, ends, sealed, letter) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'open', $9, $10, $11, $12)";
    CHALLENGE_BY_TOKEN = "SELECT id, dispute, role, kind, sealed FROM challenges WHERE token = $1 AND state = 'open' AND ends > $2";
    CHALLENGE_BY_LETTER = "SELECT id, dispute, role, kind, sealed FROM challenges WHERE question = $1 AND state = 'open' AND ends > $2";
    CHALLENGES_OPEN = "SELECT id, dispute, role, kind, sealed FROM challenges WHERE dispute = $1 AND role = $2 AND kind = $3 AND state = 'open' AND ends > $4 \
        ORDER BY asked LIMIT $5";
    CHALLENGES_PUT = "SELECT COUNT(*) FROM challenges WHERE dispute = $1 AND role = $2 AND kind = $3 AND asked > $4";
    CHALLENGES_ABOUT = "SELECT COUNT(*) FROM challenges WHERE address = $1 AND kind = $2 AND asked > $3";
    CHALLENGE_DENIED = "SELECT id FROM challenges WHERE address = $1 AND kind = 'mail' AND dispute = $2 AND role = $3 AND state = 'denied' LIMIT 1";
    CHALLENGE_END = "UPDATE challenges SET state = $1, ended = $2, sealed = NULL WHERE id = $3 AND state = 'open'";
    CHALLENGES_DUE = "SELECT id FROM challenges WHERE state = 'open' AND ends <= $1 LIMIT 1";
    CHALLENGES_LAPSE = "UPDATE challenges SET state = 'lapsed', ended = $1, sealed = NULL WHERE state = 'open' AND ends <= $1";

    MERCHANT = "SELECT id, version, sealed FROM merchants WHERE identifier = $1";
    MERCHANTS_AFTER = "SELECT id, version, sealed FROM merchants WHERE id > $1 ORDER BY id LIMIT $2";
    MERCHANTS_BY_TRACE = "SELECT m.id, m.version, m.sealed FROM merchant_traces t JOIN merchants m ON m.id = t.merchant WHERE t.trace = $1 \
        ORDER BY t.merchant LIMIT $2";
    MERCHANT_SAVE = "INSERT INTO merchants (id, identifier, origin, version, sealed) VALUES ($1, $2, $3, $4, $5) \
        ON CONFLICT (identifier) DO UPDATE SET origin = excluded.origin, version = excluded.version, sealed = excluded.sealed";
    MERCHANT_TRACE_SAVE = "INSERT INTO merchant_traces (trace, merchant) VALUES ($1, $2) ON CONFLICT (trace, merchant) DO NOTHING";
    MERCHANT_TRACES_DELETE = "DELETE FROM merchant_traces WHERE merchant = $1";

    ERASE_CHALLENGES = "DELETE FROM challenges WHERE dispute = $1";
    ERASE_PEOPLE = "DELETE FROM people WHERE dispute = $1";
    ERASE_SEATS = "DELETE FROM seats WHERE dispute = $1";
    ERASE_CONTACTS = "DELETE FROM contacts WHERE dispute = $1";
    ERASE_HEARD = "DELETE FROM heard WHERE dispute = $1";
    ERASE_GUESSES = "DELETE FROM guesses WHERE dispute = $1";
    ERASE_GUESSES_ABOUT = "DELETE FROM guesses WHERE letter IN (SELECT number FROM letters WHERE dispute = $1)";
    ERASE_ORDERS = "DELETE FROM orders WHERE dispute = $1";
    ERASE_ORDERS_ABOUT = "DELETE FROM orders WHERE letter IN (SELECT number FROM letters WHERE dispute = $1)";
    ERASE_KEY = "DELETE FROM dispute_keys WHERE dispute = $1";
    ERASE_LETTER_BYTES = "DELETE FROM letter_bytes WHERE letter IN (SELECT number FROM letters WHERE dispute = $1)";
    ERASE_LETTERS = "UPDATE letters SET held = NULL, note = NULL, raw_key = NULL, sender = NULL, message_id = NULL, body = NULL WHERE dispute = $1";
    ERASE_OUTBOX_BYTES = "DELETE FROM outbox_bytes WHERE id IN (SELECT id FROM outbox WHERE dispute = $1)";
    ERASE_OUTBOX = "DELETE FROM outbox WHERE dispute = $1";
    ERASE_DISPUTE = "UPDATE disputes SET standing = 'erased', wake = NULL, sealed = NULL WHERE id = $1 AND standing <> 'erased'";
}

/// [`OUTBOX_DUE`] where several nodes claim at once: rows that another one is just claiming are passed over instead of waited for.
pub(super) const OUTBOX_DUE_POSTGRES: &str = "SELECT id, state FROM outbox WHERE due <= $1 ORDER BY due, id LIMIT $2 FOR UPDATE SKIP LOCKED";

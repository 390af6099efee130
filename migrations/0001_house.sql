-- One text for SQLite and PostgreSQL: the only column types are TEXT, BIGINT and BYTEA. Instants are microseconds since 1970 (UTC).
-- A BYTEA column is either sealed (readable only with the master key) or a keyed hash (recognisable only with it).

-- The key check value and other single words.
CREATE TABLE meta (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

-- The last number that was given out.
CREATE TABLE counters (
    name  TEXT   NOT NULL PRIMARY KEY,
    value BIGINT NOT NULL
);
INSERT INTO counters (name, value) VALUES ('letter', 0), ('opening', 0);

-- The rules that disputes began with, under the digest of their text.
CREATE TABLE rules (
    digest TEXT NOT NULL PRIMARY KEY,
    name   TEXT NOT NULL,
    text   TEXT NOT NULL
);

-- open -> closed -> erased. `wake` is when the clock has something to say; only an open dispute has one.
CREATE TABLE disputes (
    id        TEXT   NOT NULL PRIMARY KEY,
    reference TEXT   NOT NULL UNIQUE,
    standing  TEXT   NOT NULL CHECK (standing IN ('open', 'closed', 'erased')),
    state     TEXT   NOT NULL,
    version   BIGINT NOT NULL,
    opened    BIGINT NOT NULL,
    wake      BIGINT,
    sealed    BYTEA
);
CREATE INDEX disputes_wake ON disputes (wake, id);
CREATE INDEX disputes_standing ON disputes (standing, opened, id);

-- The dispute's own key, wrapped by the master key. Without this row, nothing of the dispute can be read anywhere.
CREATE TABLE dispute_keys (
    dispute TEXT  NOT NULL PRIMARY KEY REFERENCES disputes (id),
    wrapped BYTEA NOT NULL
);

-- Who takes part: how an address or a reply token leads to a dispute.
CREATE TABLE people (
    dispute  TEXT   NOT NULL REFERENCES disputes (id),
    role     TEXT   NOT NULL,
    address  BYTEA  NOT NULL,
    token    BYTEA  NOT NULL UNIQUE,
    channel  TEXT   NOT NULL,
    standing BIGINT NOT NULL CHECK (standing IN (0, 1)),
    opened   BIGINT NOT NULL,
    PRIMARY KEY (dispute, role)
);
CREATE INDEX people_address ON people (address, standing, opened);
CREATE INDEX people_opened ON people (address, role, opened);

-- What happened, as a chain: each hash covers the sealed entry and the hash before it. Rows are only ever added.
CREATE TABLE journal (
    dispute TEXT   NOT NULL REFERENCES disputes (id),
    seq     BIGINT NOT NULL,
    version BIGINT NOT NULL,
    prev    BYTEA  NOT NULL,
    sealed  BYTEA  NOT NULL,
    hash    BYTEA  NOT NULL,
    PRIMARY KEY (dispute, seq)
);

-- The end of each chain, so that a chain that lost its last entries is found.
CREATE TABLE journal_heads (
    dispute TEXT   NOT NULL PRIMARY KEY REFERENCES disputes (id),
    seq     BIGINT NOT NULL,
    version BIGINT NOT NULL,
    hash    BYTEA  NOT NULL
);

-- Mails that came in: received -> settled. `fingerprint` is the keyed hash of the bytes' SHA-256.
CREATE TABLE letters (
    number      BIGINT NOT NULL PRIMARY KEY,
    fingerprint BYTEA  NOT NULL UNIQUE,
    received    BIGINT NOT NULL,
    size        BIGINT NOT NULL,
    state       TEXT   NOT NULL CHECK (state IN ('received', 'settled')),
    attempts    BIGINT NOT NULL,
    outcome     TEXT,
    held        TEXT,
    dispute     TEXT REFERENCES disputes (id),
    sender      BYTEA,
    message_id  BYTEA,
    body        BYTEA,
    note        BYTEA,
    settled     BIGINT
);
CREATE INDEX letters_unsettled ON letters (number) WHERE state = 'received';
CREATE INDEX letters_held ON letters (number) WHERE held IS NOT NULL;
CREATE INDEX letters_copies ON letters (sender, body, number);
CREATE INDEX letters_sender ON letters (sender, received);
CREATE INDEX letters_message_id ON letters (message_id, dispute);
CREATE INDEX letters_dispute ON letters (dispute, number);

-- The bytes of a mail, sealed under a key of their own; that key is wrapped by the intake key (`owner` is null) or by its dispute's.
CREATE TABLE letter_bytes (
    letter  BIGINT NOT NULL PRIMARY KEY REFERENCES letters (number),
    owner   TEXT REFERENCES disputes (id),
    wrapped BYTEA NOT NULL,
    sealed  BYTEA NOT NULL
);
CREATE INDEX letter_bytes_owner ON letter_bytes (owner);

-- Where a mail was seen: unfiled -> filed. `copy` is 1 where the same bytes lie a second time.
CREATE TABLE sightings (
    mailbox      TEXT   NOT NULL,
    uid_validity BIGINT NOT NULL,
    uid          BIGINT NOT NULL,
    letter       BIGINT NOT NULL REFERENCES letters (number),
    state        TEXT   NOT NULL CHECK (state IN ('unfiled', 'filed')),
    copy         BIGINT NOT NULL CHECK (copy IN (0, 1)),
    filed        BIGINT,
    PRIMARY KEY (mailbox, uid_validity, uid)
);
CREATE INDEX sightings_letter ON sightings (letter, copy);

-- Letters of ours, one recipient each. `due` is when somebody must look at the row: when it may be sent, or when its lease ends; null once it is over.
CREATE TABLE outbox (
    id         BIGINT NOT NULL PRIMARY KEY,
    dispute    TEXT REFERENCES disputes (id),
    role       TEXT   NOT NULL,
    channel    TEXT   NOT NULL,
    letter     TEXT   NOT NULL,
    message_id BYTEA  NOT NULL UNIQUE,
    envelope   BYTEA  NOT NULL,
    recipient  BYTEA  NOT NULL,
    state      TEXT   NOT NULL CHECK (state IN ('queued', 'leased', 'dot-pending', 'delivered', 'refused', 'uncertain', 'stopped')),
    due        BIGINT,
    node       TEXT,
    attempts   BIGINT NOT NULL,
    uncertain  BIGINT NOT NULL,
    reply_code BIGINT,
    queued     BIGINT NOT NULL,
    finished   BIGINT
);
CREATE INDEX outbox_due ON outbox (due, id);
CREATE INDEX outbox_state ON outbox (state, queued, id);
CREATE INDEX outbox_envelope ON outbox (envelope, queued);
CREATE INDEX outbox_recipient ON outbox (recipient, queued);
CREATE INDEX outbox_letter ON outbox (dispute, role, letter, queued);

-- The finished mail of an outbox row, sealed under its dispute's key (or the intake key where there is no dispute).
CREATE TABLE outbox_bytes (
    id     BIGINT NOT NULL PRIMARY KEY REFERENCES outbox (id),
    sealed BYTEA  NOT NULL
);

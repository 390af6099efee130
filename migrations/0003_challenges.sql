-- Questions about who somebody is, each put in one letter and answered with the code that it prints: open -> confirmed | denied | lapsed.
--   kind      mail: whether a held mail is the reader's; address: whether the reader wants letters there; changed: whether the reader wanted them elsewhere
--   address   keyed hash of the address that it is about: the held mail's sender, the new one, the one before
--   token     keyed hash of the reply address of the question's letter; `question` is that of its Message-ID
--   sealed    what is needed to act on the answer; gone once it ended
CREATE TABLE challenges (
    id       BIGINT NOT NULL PRIMARY KEY,
    dispute  TEXT   NOT NULL REFERENCES disputes (id),
    role     TEXT   NOT NULL,
    channel  TEXT   NOT NULL,
    kind     TEXT   NOT NULL CHECK (kind IN ('mail', 'address', 'changed')),
    address  BYTEA  NOT NULL,
    token    BYTEA  NOT NULL UNIQUE,
    question BYTEA  NOT NULL UNIQUE,
    state    TEXT   NOT NULL CHECK (state IN ('open', 'confirmed', 'denied', 'lapsed')),
    asked    BIGINT NOT NULL,
    ends     BIGINT NOT NULL,
    ended    BIGINT,
    sealed   BYTEA
);
CREATE INDEX challenges_person ON challenges (dispute, role, kind, asked);
CREATE INDEX challenges_address ON challenges (address, kind, asked);
CREATE INDEX challenges_open ON challenges (ends) WHERE state = 'open';
INSERT INTO counters (name, value) VALUES ('challenge', 0);

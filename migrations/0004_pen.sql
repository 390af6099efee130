-- Held mail of which the registrar is told: not a stranger's who knows a reference.
CREATE INDEX letters_held_told ON letters (number) WHERE held IS NOT NULL AND NOT (held = 'unknown-sender' AND dispute IS NULL);

-- Whose mail a held one most likely is: what the registrar is asked about it. Gone once the mail is no longer held.
CREATE TABLE guesses (
    letter  BIGINT NOT NULL PRIMARY KEY REFERENCES letters (number),
    dispute TEXT   NOT NULL REFERENCES disputes (id),
    role    TEXT   NOT NULL
);
CREATE INDEX guesses_dispute ON guesses (dispute);

-- What a registrar answered about a held mail, until it is carried out. `dispute` and `role` say whose words it is; without them it is a newcomer's.
CREATE TABLE orders (
    letter  BIGINT NOT NULL PRIMARY KEY REFERENCES letters (number),
    verb    TEXT   NOT NULL CHECK (verb IN ('release', 'attach', 'discard')),
    dispute TEXT REFERENCES disputes (id),
    role    TEXT,
    given   BIGINT NOT NULL
);
CREATE INDEX orders_given ON orders (given, letter);
CREATE INDEX orders_dispute ON orders (dispute);

-- Mails that lie in a mailbox's folder for held mail, or may soon, and wait for nobody any more.
CREATE TABLE misfiled (
    mailbox TEXT   NOT NULL,
    letter  BIGINT NOT NULL REFERENCES letters (number),
    PRIMARY KEY (mailbox, letter)
);
CREATE INDEX misfiled_letter ON misfiled (letter);

-- When the registrar is told next of what is held; null while nothing is.
CREATE TABLE digests (
    name TEXT NOT NULL PRIMARY KEY,
    due  BIGINT,
    told BIGINT
);
CREATE INDEX digests_due ON digests (due);
-- Where mail is held already, it is told of at once.
INSERT INTO digests (name, due) SELECT 'held', MIN(0) FROM letters WHERE held IS NOT NULL;

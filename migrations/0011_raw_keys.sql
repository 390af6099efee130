-- The key of a mail's bytes, wrapped by the intake key, or by its dispute's once that is known. It changes hands, the bytes never do:
-- so it stands beside what else changes, and the large rows are written once.
ALTER TABLE letters ADD COLUMN raw_key BYTEA;
UPDATE letters SET raw_key = (SELECT b.wrapped FROM letter_bytes b WHERE b.letter = letters.number);
CREATE TABLE letter_raw (
    letter BIGINT NOT NULL PRIMARY KEY REFERENCES letters (number),
    sealed BYTEA  NOT NULL
);
INSERT INTO letter_raw (letter, sealed) SELECT letter, sealed FROM letter_bytes;
DROP TABLE letter_bytes;
ALTER TABLE letter_raw RENAME TO letter_bytes;

-- Only what waits for its time is looked for by it.
DROP INDEX outbox_due;
CREATE INDEX outbox_due ON outbox (due, id) WHERE due IS NOT NULL;
DROP INDEX disputes_wake;
CREATE INDEX disputes_wake ON disputes (wake, id) WHERE wake IS NOT NULL;

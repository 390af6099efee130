-- What leaves is counted by reader, by domain and in all (THREATS §5, §11). `tried` is when a letter was last let through, null until then;
-- `waits` says which limit a queued letter waits for, and `lifted` that the operator sends it in spite of it.
ALTER TABLE outbox ADD COLUMN domain BYTEA;
ALTER TABLE outbox ADD COLUMN tried BIGINT;
ALTER TABLE outbox ADD COLUMN waits TEXT CHECK (waits IN ('address', 'domain', 'budget', 'answers', 'replaced', 'lifted'));
CREATE INDEX outbox_recipient_tried ON outbox (recipient, tried);
CREATE INDEX outbox_domain_tried ON outbox (domain, tried);
CREATE INDEX outbox_tried ON outbox (tried);
CREATE INDEX outbox_waits ON outbox (dispute, role, waits);

-- To whom nothing leaves until when, and when the registrar was told. `subject` is a keyed hash.
CREATE TABLE brakes (
    subject BYTEA  NOT NULL PRIMARY KEY,
    until   BIGINT NOT NULL,
    told    BIGINT
);

CREATE INDEX brakes_told ON brakes (told);

-- How many disputes were opened in an hour.
CREATE INDEX disputes_opened ON disputes (opened);

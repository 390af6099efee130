-- Refresh tokens of OAuth 2 that took the place of the configured ones, because the provider gave others when it was asked for an access token.
--   login       the mailbox, `smtp` or `smtp.sent`, as service.toml calls them
--   state       there is one: the provider wants this token from now on
--   configured  keyed hash of the token in whose place it stands: once another one is configured, that one counts
--   sealed      the token
--   rotated     when it came
CREATE TABLE tokens (
    login      TEXT   NOT NULL PRIMARY KEY,
    state      TEXT   NOT NULL CHECK (state IN ('rotated')),
    configured BYTEA  NOT NULL UNIQUE,
    sealed     BYTEA  NOT NULL,
    rotated    BIGINT NOT NULL
);

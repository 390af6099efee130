-- Whether the operator was told that something is wrong with the service: a restart in the middle of it tells nothing twice.
--   since  when it began
--   told   when the letter was written; the next one is at least an hour later
--   ended  when the letter was written that all is well again
CREATE TABLE alarms (
    node  TEXT   NOT NULL PRIMARY KEY,
    state TEXT   NOT NULL CHECK (state IN ('ringing', 'over')),
    since BIGINT NOT NULL,
    told  BIGINT NOT NULL,
    ended BIGINT
);

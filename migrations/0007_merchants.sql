-- The merchants that the service knows: listed (imported) or admitted (the registrar wrote to it once).
--   identifier   keyed hash of what it is called in the registrar's files
--   version      grows with every change; the record is sealed for it
CREATE TABLE merchants (
    id         BIGINT NOT NULL PRIMARY KEY,
    identifier BYTEA  NOT NULL UNIQUE,
    origin     TEXT   NOT NULL CHECK (origin IN ('listed', 'admitted')),
    version    BIGINT NOT NULL,
    sealed     BYTEA  NOT NULL
);

-- By what each is found: keyed hashes of folded names, of domains, of handles, and of what only resembles a name.
CREATE TABLE merchant_traces (
    trace    BYTEA  NOT NULL,
    merchant BIGINT NOT NULL REFERENCES merchants (id),
    PRIMARY KEY (trace, merchant)
);
CREATE INDEX merchant_traces_merchant ON merchant_traces (merchant);
INSERT INTO counters (name, value) VALUES ('merchant', 0);

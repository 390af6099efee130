-- Reply addresses on further channels: how a token leads to a dispute, a person and a channel.
CREATE TABLE seats (
    dispute  TEXT   NOT NULL REFERENCES disputes (id),
    role     TEXT   NOT NULL,
    channel  TEXT   NOT NULL,
    token    BYTEA  NOT NULL UNIQUE,
    standing BIGINT NOT NULL CHECK (standing IN (0, 1)),
    PRIMARY KEY (dispute, role, channel)
);

-- Further addresses that may speak for somebody.
CREATE TABLE contacts (
    dispute  TEXT   NOT NULL REFERENCES disputes (id),
    role     TEXT   NOT NULL,
    address  BYTEA  NOT NULL,
    standing BIGINT NOT NULL CHECK (standing IN (0, 1)),
    opened   BIGINT NOT NULL,
    PRIMARY KEY (dispute, role, address)
);
CREATE INDEX contacts_address ON contacts (address, standing, opened);

-- What was said on a channel, as hashes of eight words in a row: no letter to somebody else may hold them.
CREATE TABLE heard (
    dispute TEXT   NOT NULL REFERENCES disputes (id),
    letter  BIGINT NOT NULL,
    channel TEXT   NOT NULL,
    sealed  BYTEA  NOT NULL,
    PRIMARY KEY (dispute, letter)
);

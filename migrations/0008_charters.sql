-- Every edition of the charter that was in force, so that what somebody accepted can be shown as long as it matters.
--   digest   over the bytes of all its files
CREATE TABLE charters (
    digest TEXT NOT NULL PRIMARY KEY,
    fr     TEXT NOT NULL,
    ar     TEXT NOT NULL,
    en     TEXT NOT NULL
);

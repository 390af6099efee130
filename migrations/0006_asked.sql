-- Which held mail a question is about: while it is open, the registrar is not asked about that mail.
ALTER TABLE challenges ADD COLUMN letter BIGINT REFERENCES letters (number);
CREATE INDEX challenges_letter ON challenges (letter) WHERE state = 'open';

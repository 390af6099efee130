-- How the bytes of a mail were packed before they were sealed: 'none' or 'zstd' (RFC 8878).
ALTER TABLE letter_bytes ADD COLUMN packing TEXT NOT NULL DEFAULT 'none';

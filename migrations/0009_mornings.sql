-- When the mediators are told next, in the morning, of what waits for each of them; null while nobody mediates.
INSERT INTO digests (name, due) SELECT 'mediators', MIN(opened) FROM people WHERE role = 'mediator' AND standing = 1;
CREATE INDEX people_mediating ON people (dispute) WHERE role = 'mediator' AND standing = 1;

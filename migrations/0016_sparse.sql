-- Nobody looks for rows by a value that they do not have yet: they stand in these lists from then on.
DROP INDEX letters_copies;
DROP INDEX letters_sender;
DROP INDEX letters_message_id;
DROP INDEX letters_dispute;
CREATE INDEX letters_copies ON letters (sender, body, number) WHERE sender IS NOT NULL;
CREATE INDEX letters_sender ON letters (sender, received) WHERE sender IS NOT NULL;
CREATE INDEX letters_message_id ON letters (message_id, dispute) WHERE message_id IS NOT NULL;
CREATE INDEX letters_dispute ON letters (dispute, number) WHERE dispute IS NOT NULL;
DROP INDEX outbox_recipient_tried;
DROP INDEX outbox_domain_tried;
DROP INDEX outbox_tried;
DROP INDEX outbox_waits;
CREATE INDEX outbox_recipient_tried ON outbox (recipient, tried) WHERE tried IS NOT NULL;
CREATE INDEX outbox_domain_tried ON outbox (domain, tried) WHERE tried IS NOT NULL;
CREATE INDEX outbox_tried ON outbox (tried) WHERE tried IS NOT NULL;
CREATE INDEX outbox_waits ON outbox (dispute, role, waits) WHERE waits IS NOT NULL;

-- A letter that waits for the mediator of its dispute: since when it was made to wait, null for every other one. It is stopped as long as that stands there, and only
-- its dispute queues it: neither a deliverer nor the operator can send it.
ALTER TABLE outbox ADD COLUMN withheld BIGINT;

-- Whether a confirmation or copy that was sent lies in the case system, with its notice's case: 'taken', 'notTaken', 'failed', 'byHand'; nothing yet.
ALTER TABLE acknowledgements ADD COLUMN enclosed TEXT;
-- What was sent before this was kept nowhere else.
UPDATE acknowledgements SET enclosed = 'before' WHERE state = 'sent';
CREATE INDEX acknowledgements_unenclosed ON acknowledgements (reference) WHERE state = 'sent' AND purpose IN ('confirmation', 'copy') AND enclosed IS NULL;
CREATE INDEX acknowledgements_not_enclosed ON acknowledgements (reference) WHERE enclosed = 'failed';

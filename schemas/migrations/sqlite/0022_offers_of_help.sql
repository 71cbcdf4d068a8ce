-- Letters that offer help to the person whom a landlord's notice concerns: released, followed up and put with the case as copies are.
DROP INDEX acknowledgements_copies;
CREATE INDEX acknowledgements_copies ON acknowledgements (due_at) WHERE purpose IN ('copy', 'offer') AND state IN ('pending', 'retrying', 'failed', 'bounced');
DROP INDEX acknowledgements_unenclosed;
CREATE INDEX acknowledgements_unenclosed ON acknowledgements (reference) WHERE state = 'sent' AND purpose IN ('confirmation', 'copy', 'offer') AND enclosed IS NULL;

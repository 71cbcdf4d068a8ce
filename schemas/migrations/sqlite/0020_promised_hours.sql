-- The hour of the day by which a profile promises it; due_at is the end of the day, whatever is promised.
ALTER TABLE acknowledgements ADD COLUMN promised_at INTEGER;
-- Since when it is owed, where the row took the place of another; else since it was created.
ALTER TABLE acknowledgements ADD COLUMN owed_at INTEGER;
-- What nobody has fetched yet is looked for each second.
CREATE INDEX confirmations_not_fetched ON confirmations (written_at) WHERE fetched_at IS NULL;

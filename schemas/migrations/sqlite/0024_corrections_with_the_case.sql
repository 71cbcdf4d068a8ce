-- Whether a correction that a person made after the hand-over lies with the case: none yet, `taken`, `notTaken` (this case system takes no such thing),
-- `failed` (a person puts it there) or `byHand`.
ALTER TABLE corrections ADD COLUMN enclosed TEXT;
-- Those made before were put right by hand, as their page said.
UPDATE corrections SET enclosed = 'byHand' WHERE state IN ('delivered', 'uncertain');

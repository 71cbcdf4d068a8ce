-- A delivery status notification finds the mail it speaks of by the token in that mail's envelope sender.
CREATE INDEX acknowledgements_token ON acknowledgements (address ->> 'token') WHERE way IN ('mail', 'digest');
-- Receipts that wait for a digest (reason 'digest'), and those that one has taken up (reason 'digest:' and the digest's key).
CREATE INDEX acknowledgements_digest ON acknowledgements (reason) WHERE reason >= 'digest' AND reason < 'digest;';
-- Equal bytes: the claim check's sweep, and one notice that comes through many doors.
CREATE INDEX messages_digest ON messages (sha256);

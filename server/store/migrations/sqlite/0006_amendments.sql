-- The message whose words this entry has, too: an edit's, until the next one.
ALTER TABLE entry ADD COLUMN edits INTEGER;

CREATE INDEX entry_edits ON entry (room_id, edits) WHERE edits IS NOT NULL;

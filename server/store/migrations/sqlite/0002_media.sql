-- Pictures and recordings. Their bytes are elsewhere.

ALTER TABLE room ADD COLUMN media_bytes INTEGER NOT NULL DEFAULT 0; -- the sum of its uploads' sizes

-- What all rooms have together is asked before each upload.
CREATE INDEX room_media ON room (store_history, media_bytes) WHERE media_bytes > 0;

CREATE TABLE media (
    room_id        TEXT    NOT NULL REFERENCES room ON DELETE CASCADE,
    id             TEXT    NOT NULL,
    participant_id TEXT    NOT NULL, -- who uploaded it
    type           TEXT    NOT NULL, -- image/jpeg, audio/webm …
    size           INTEGER NOT NULL, -- in bytes
    width          INTEGER,          -- pictures only
    height         INTEGER,          -- pictures only
    PRIMARY KEY (room_id, id),
    CHECK ((width IS NULL) = (height IS NULL))
) STRICT, WITHOUT ROWID;

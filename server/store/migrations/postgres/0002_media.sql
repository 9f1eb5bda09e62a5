-- Pictures and recordings. Their bytes are elsewhere.

ALTER TABLE room ADD COLUMN media_bytes BIGINT NOT NULL DEFAULT 0; -- the sum of its uploads' sizes

-- What all rooms have together is asked before each upload.
CREATE INDEX room_media ON room (store_history, media_bytes) WHERE media_bytes > 0;

CREATE TABLE media (
    room_id        TEXT COLLATE "C" NOT NULL REFERENCES room ON DELETE CASCADE,
    id             TEXT COLLATE "C" NOT NULL,
    participant_id TEXT COLLATE "C" NOT NULL, -- who uploaded it
    type           TEXT   NOT NULL, -- image/jpeg, audio/webm …
    size           BIGINT NOT NULL, -- in bytes
    width          BIGINT,          -- pictures only
    height         BIGINT,          -- pictures only
    PRIMARY KEY (room_id, id),
    CHECK ((width IS NULL) = (height IS NULL))
);

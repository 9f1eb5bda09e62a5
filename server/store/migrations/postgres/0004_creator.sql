-- What a chat's creator has set, and who else speaks as its creator.

ALTER TABLE room ADD COLUMN locked BOOLEAN NOT NULL DEFAULT FALSE;    -- nobody new gets in
ALTER TABLE room ADD COLUMN text_only BOOLEAN NOT NULL DEFAULT FALSE; -- no pictures, no recordings
ALTER TABLE room ADD COLUMN extended BOOLEAN NOT NULL DEFAULT FALSE;  -- expires_at was moved, which works once

ALTER TABLE participant ADD COLUMN removed BOOLEAN NOT NULL DEFAULT FALSE; -- the token gets nobody in any more

-- Tokens of owner links.
CREATE TABLE owner (
    room_id TEXT COLLATE "C" NOT NULL REFERENCES room ON DELETE CASCADE,
    token   BYTEA NOT NULL, -- the SHA-256 of a token
    PRIMARY KEY (room_id, token)
);

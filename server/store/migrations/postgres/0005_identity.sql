-- Who started the room, where that is known.
ALTER TABLE room ADD COLUMN creator_id TEXT COLLATE "C";

-- Further tokens of a participant: somebody whom the host site knows, on more than one device.
CREATE TABLE pass (
    room_id        TEXT COLLATE "C" NOT NULL,
    token          BYTEA NOT NULL, -- the SHA-256 of a token
    participant_id TEXT COLLATE "C" NOT NULL,
    number         BIGINT  NOT NULL, -- 1, 2, 3 for each participant
    PRIMARY KEY (room_id, token),
    FOREIGN KEY (room_id, participant_id) REFERENCES participant (room_id, id) ON DELETE CASCADE
);

CREATE INDEX pass_of ON pass (room_id, participant_id, number);

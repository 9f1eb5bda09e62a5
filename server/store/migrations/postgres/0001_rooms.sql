-- Times are milliseconds since 1970. Ids are the text that links and frames carry, compared byte by byte.

CREATE TABLE room (
    id            TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    store_history BOOLEAN NOT NULL,
    created_at    BIGINT  NOT NULL,
    expires_at    BIGINT  NOT NULL,
    ended_at      BIGINT,
    end_reason    TEXT,
    purged        BOOLEAN NOT NULL DEFAULT FALSE,
    creator       BYTEA   NOT NULL, -- the SHA-256 of a token
    last_seq      BIGINT  NOT NULL DEFAULT 0,
    inside        BIGINT  NOT NULL DEFAULT 0, -- participants who are inside now
    admitted      BIGINT  NOT NULL DEFAULT 0, -- participants who ever were
    CHECK ((ended_at IS NULL) = (end_reason IS NULL))
);

-- What the sweeper asks for: who is due, whose content is still to be removed.
CREATE INDEX room_due ON room (expires_at) WHERE ended_at IS NULL;
CREATE INDEX room_unpurged ON room (ended_at) WHERE ended_at IS NOT NULL AND NOT purged;

CREATE TABLE participant (
    room_id TEXT COLLATE "C" NOT NULL REFERENCES room ON DELETE CASCADE,
    id      TEXT COLLATE "C" NOT NULL,
    number  BIGINT  NOT NULL, -- 1, 2, 3 in the order of their first entry
    name    TEXT    NOT NULL,
    token   BYTEA   NOT NULL, -- the SHA-256 of a token
    inside  BOOLEAN NOT NULL,
    PRIMARY KEY (room_id, id),
    UNIQUE (room_id, token)
);

CREATE TABLE entry (
    room_id        TEXT COLLATE "C" NOT NULL REFERENCES room ON DELETE CASCADE,
    seq            BIGINT NOT NULL,
    at             BIGINT NOT NULL,
    kind           TEXT   NOT NULL, -- message, joined, left
    participant_id TEXT COLLATE "C" NOT NULL,
    client_id      TEXT COLLATE "C", -- messages only
    body           TEXT   NOT NULL, -- a message's envelope in JSON, never looked into; else the participant's name
    PRIMARY KEY (room_id, seq)
);

-- A retried message is the same message.
CREATE UNIQUE INDEX entry_sent ON entry (room_id, participant_id, client_id) WHERE client_id IS NOT NULL;

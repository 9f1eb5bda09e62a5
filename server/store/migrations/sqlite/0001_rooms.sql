-- Times are milliseconds since 1970. Ids are the text that links and frames carry.

CREATE TABLE room (
    id            TEXT    NOT NULL PRIMARY KEY,
    store_history INTEGER NOT NULL,
    created_at    INTEGER NOT NULL,
    expires_at    INTEGER NOT NULL,
    ended_at      INTEGER,
    end_reason    TEXT,
    purged        INTEGER NOT NULL DEFAULT FALSE,
    creator       BLOB    NOT NULL, -- the SHA-256 of a token
    last_seq      INTEGER NOT NULL DEFAULT 0,
    inside        INTEGER NOT NULL DEFAULT 0, -- participants who are inside now
    admitted      INTEGER NOT NULL DEFAULT 0, -- participants who ever were
    CHECK ((ended_at IS NULL) = (end_reason IS NULL))
) STRICT, WITHOUT ROWID;

-- What the sweeper asks for: who is due, whose content is still to be removed.
CREATE INDEX room_due ON room (expires_at) WHERE ended_at IS NULL;
CREATE INDEX room_unpurged ON room (ended_at) WHERE ended_at IS NOT NULL AND NOT purged;

CREATE TABLE participant (
    room_id TEXT    NOT NULL REFERENCES room ON DELETE CASCADE,
    id      TEXT    NOT NULL,
    number  INTEGER NOT NULL, -- 1, 2, 3 in the order of their first entry
    name    TEXT    NOT NULL,
    token   BLOB    NOT NULL, -- the SHA-256 of a token
    inside  INTEGER NOT NULL,
    PRIMARY KEY (room_id, id),
    UNIQUE (room_id, token)
) STRICT, WITHOUT ROWID;

-- Ordered as it is read and purged: a room's entries lie together.
CREATE TABLE entry (
    room_id        TEXT    NOT NULL REFERENCES room ON DELETE CASCADE,
    seq            INTEGER NOT NULL,
    at             INTEGER NOT NULL,
    kind           TEXT    NOT NULL, -- message, joined, left
    participant_id TEXT    NOT NULL,
    client_id      TEXT,             -- messages only
    body           TEXT    NOT NULL, -- a message's envelope in JSON, never looked into; else the participant's name
    PRIMARY KEY (room_id, seq)
) STRICT, WITHOUT ROWID;

-- A retried message is the same message.
CREATE UNIQUE INDEX entry_sent ON entry (room_id, participant_id, client_id) WHERE client_id IS NOT NULL;

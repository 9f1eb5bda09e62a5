-- What was said in a room, in bytes.
ALTER TABLE room ADD COLUMN text_bytes BIGINT NOT NULL DEFAULT 0; -- the sum of its entries' bodies

UPDATE room SET text_bytes = (SELECT COALESCE(SUM(octet_length(body)), 0) FROM entry WHERE room_id = room.id)
WHERE store_history AND NOT purged;

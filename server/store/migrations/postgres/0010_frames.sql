-- An entry as it goes over the wire, without its end, which is its number: `,"seq":7}`. So far it was put together of the
-- other columns whenever it was read.
ALTER TABLE entry ADD COLUMN frame TEXT NOT NULL DEFAULT '';

-- What a message does, and what became of it, was in its body and is in its header now. The newest edit of a message has
-- all of the message's body, and older ones have none.
UPDATE entry SET frame = '{"type":"instant_chat_message","at":"'
    || to_char(to_timestamp(at / 1000) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS')
    || CASE WHEN at % 1000 = 0 THEN '' ELSE rtrim('.' || lpad((at % 1000)::text, 3, '0'), '0') END
    || 'Z","from":' || to_json(participant_id)::text || ',"clientId":' || to_json(client_id)::text
    || CASE WHEN body::jsonb ->> 'kind' IN ('edit', 'delete')
        THEN ',"op":"' || (body::jsonb ->> 'kind') || '","target":' || (body::jsonb ->> 'target') ELSE '' END
    || CASE WHEN body::jsonb ->> 'mediaId' IS NULL THEN ''
        ELSE ',"media":[' || to_json(body::jsonb ->> 'mediaId')::text || ']' END
    || CASE WHEN (body::jsonb ->> 'edited')::boolean THEN ',"edited":true' ELSE '' END
    || CASE WHEN body::jsonb ->> 'kind' = 'deleted' THEN ',"deleted":true' ELSE '' END
    || CASE
        WHEN body::jsonb ->> 'kind' = 'delete' THEN ''
        WHEN body::jsonb ->> 'kind' = 'edit' THEN COALESCE((
            SELECT ',"body":' || (edited.body::jsonb - 'edited')::text FROM entry AS edited
            WHERE edited.room_id = entry.room_id AND edited.seq = entry.edits
        ), '')
        WHEN (body::jsonb ->> 'edited')::boolean THEN ',"body":' || (body::jsonb - 'edited')::text
        ELSE ',"body":' || body
    END
WHERE kind = 'message';

UPDATE entry SET frame = '{"type":"instant_chat_user_' || CASE kind WHEN 'joined' THEN 'joined' ELSE 'left' END || '","at":"'
    || to_char(to_timestamp(at / 1000) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS')
    || CASE WHEN at % 1000 = 0 THEN '' ELSE rtrim('.' || lpad((at % 1000)::text, 3, '0'), '0') END
    || 'Z","participant":{"id":' || to_json(participant_id)::text || ',"name":' || to_json(body)::text
    || CASE WHEN substr(participant_id, 1, 5) = 'anon_' THEN '' ELSE ',"verified":true' END || '}'
    || CASE kind WHEN 'removed' THEN ',"removed":true' ELSE '' END
WHERE kind IN ('joined', 'left', 'removed');

UPDATE entry SET frame = '{"type":"instant_chat_changed","at":"'
    || to_char(to_timestamp(at / 1000) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS')
    || CASE WHEN at % 1000 = 0 THEN '' ELSE rtrim('.' || lpad((at % 1000)::text, 3, '0'), '0') END || 'Z"'
    || CASE WHEN body::jsonb -> 0 = 'null'::jsonb THEN '' ELSE ',"by":' || (body::jsonb -> 0)::text END
    || ',"change":' || (body::jsonb -> 1)::text
WHERE kind = 'changed';

ALTER TABLE entry ALTER COLUMN frame DROP DEFAULT;
ALTER TABLE entry DROP COLUMN body;

UPDATE room SET text_bytes = (SELECT COALESCE(SUM(octet_length(frame)), 0) FROM entry WHERE room_id = room.id)
WHERE store_history AND NOT purged;

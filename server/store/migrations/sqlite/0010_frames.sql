-- An entry as it goes over the wire, without its end, which is its number: `,"seq":7}`. So far it was put together of the
-- other columns whenever it was read.
ALTER TABLE entry ADD COLUMN frame TEXT NOT NULL DEFAULT '';

-- What a message does, and what became of it, was in its body and is in its header now. The newest edit of a message has
-- all of the message's body, and older ones have none.
UPDATE entry SET frame = '{"type":"instant_chat_message","at":"'
    || strftime('%Y-%m-%dT%H:%M:%S', at / 1000, 'unixepoch')
    || CASE WHEN at % 1000 = 0 THEN '' ELSE rtrim(printf('.%03d', at % 1000), '0') END
    || 'Z","from":' || json_quote(participant_id) || ',"clientId":' || json_quote(client_id)
    || CASE WHEN body ->> 'kind' IN ('edit', 'delete')
        THEN ',"op":"' || (body ->> 'kind') || '","target":' || (body ->> 'target') ELSE '' END
    || CASE WHEN body ->> 'mediaId' IS NULL THEN '' ELSE ',"media":[' || json_quote(body ->> 'mediaId') || ']' END
    || CASE WHEN body ->> 'edited' THEN ',"edited":true' ELSE '' END
    || CASE WHEN body ->> 'kind' = 'deleted' THEN ',"deleted":true' ELSE '' END
    || CASE
        WHEN body ->> 'kind' = 'delete' THEN ''
        WHEN body ->> 'kind' = 'edit' THEN COALESCE((
            SELECT ',"body":' || json_remove(edited.body, '$.edited') FROM entry AS edited
            WHERE edited.room_id = entry.room_id AND edited.seq = entry.edits
        ), '')
        WHEN body ->> 'edited' THEN ',"body":' || json_remove(body, '$.edited')
        ELSE ',"body":' || body
    END
WHERE kind = 'message';

UPDATE entry SET frame = '{"type":"instant_chat_user_' || CASE kind WHEN 'joined' THEN 'joined' ELSE 'left' END || '","at":"'
    || strftime('%Y-%m-%dT%H:%M:%S', at / 1000, 'unixepoch')
    || CASE WHEN at % 1000 = 0 THEN '' ELSE rtrim(printf('.%03d', at % 1000), '0') END
    || 'Z","participant":{"id":' || json_quote(participant_id) || ',"name":' || json_quote(body)
    || CASE WHEN substr(participant_id, 1, 5) = 'anon_' THEN '' ELSE ',"verified":true' END || '}'
    || CASE kind WHEN 'removed' THEN ',"removed":true' ELSE '' END
WHERE kind IN ('joined', 'left', 'removed');

UPDATE entry SET frame = '{"type":"instant_chat_changed","at":"'
    || strftime('%Y-%m-%dT%H:%M:%S', at / 1000, 'unixepoch')
    || CASE WHEN at % 1000 = 0 THEN '' ELSE rtrim(printf('.%03d', at % 1000), '0') END || 'Z"'
    || CASE WHEN json_type(body, '$[0]') = 'null' THEN '' ELSE ',"by":' || (body -> '$[0]') END
    || ',"change":' || (body -> '$[1]')
WHERE kind = 'changed';

ALTER TABLE entry DROP COLUMN body;

UPDATE room SET text_bytes = (SELECT COALESCE(SUM(octet_length(frame)), 0) FROM entry WHERE room_id = room.id)
WHERE store_history AND NOT purged;

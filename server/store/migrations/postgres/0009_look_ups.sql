-- Who came last, and who is inside, without a look at everybody who ever was.
CREATE INDEX participant_number ON participant (room_id, number);
CREATE INDEX participant_inside ON participant (room_id, number) WHERE inside;

-- Which tombstones are old enough to go.
CREATE INDEX room_purged ON room (ended_at) WHERE purged;

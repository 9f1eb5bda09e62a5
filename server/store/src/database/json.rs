//! Lists as a database takes them: arrays in JSON. See [`Dialect`](super::Dialect).

use std::{collections::BTreeMap, iter};

use serde::Serialize;
use wire::{
    domain::{ClientId, ParticipantId, RoomId, Seq},
    protocol::{Body, Entry, Participant},
};

use crate::{Draft, draft::Fresh};

fn encode(list: &impl Serialize) -> sqlx::Result<String> {
    serde_json::to_string(list).map_err(|error| sqlx::Error::Encode(error.into()))
}

/// Ids of rooms.
pub(super) fn rooms(rooms: &[&RoomId]) -> sqlx::Result<String> {
    encode(&Vec::from_iter(rooms.iter().map(|room| room.as_str())))
}

/// What retries are known by, for [`Dialect::SENT`](super::Dialect::SENT). Only messages are ever sent again.
pub(super) fn keys(drafts: &[(RoomId, Fresh)]) -> sqlx::Result<String> {
    let keys = drafts.iter().map(|(room, draft)| {
        let (from, client_id) = draft.key().unzip();
        (
            room.as_str(),
            from.map(ParticipantId::as_str),
            client_id.map(ClientId::as_str),
        )
    });
    encode(&Vec::from_iter(keys))
}

/// Whole entries, for [`Dialect::INSERT`](super::Dialect::INSERT).
pub(super) fn entries(entries: &BTreeMap<RoomId, Vec<Entry>>) -> sqlx::Result<String> {
    let mut rows = Vec::new();
    for (room, entry) in entries
        .iter()
        .flat_map(|(room, entries)| iter::repeat(room).zip(entries))
    {
        let (kind, participant, client_id, body) = match entry {
            Entry::Changed { by, change, .. } => {
                let by = by.as_ref();
                ("changed", by.map(id).unwrap_or_default(), None, encode(&(by, change))?)
            }
            Entry::Message {
                from, client_id, body, ..
            } => ("message", from.as_str(), Some(client_id.as_str()), encode(body)?),
            Entry::Joined { participant, .. } => ("joined", id(participant), None, participant.name.to_string()),
            Entry::Left {
                participant, removed, ..
            } => {
                let kind = if *removed { "removed" } else { "left" };
                (kind, id(participant), None, participant.name.to_string())
            }
        };
        let (seq, at) = (entry.seq(), entry.at().millis());
        rows.push((room.as_str(), seq, at, kind, participant, client_id, body, edits(entry)));
    }
    encode(&rows)
}

/// The message whose words the entry has, too.
const fn edits(entry: &Entry) -> Option<Seq> {
    match entry {
        Entry::Message {
            body: Body::Edit {
                target, text: Some(_), ..
            },
            ..
        } => Some(*target),
        _ => None,
    }
}

/// A message's envelope.
pub(super) fn body(body: &Body) -> sqlx::Result<String> {
    encode(body)
}

fn id(participant: &Participant) -> &str {
    participant.id.as_str()
}

/// The rooms' new last entries, and how many bytes they have more, for [`Dialect::ADVANCE`](super::Dialect::ADVANCE).
pub(super) fn lasts(entries: &BTreeMap<RoomId, Vec<Entry>>, growth: &BTreeMap<RoomId, i64>) -> sqlx::Result<String> {
    let lasts = entries.iter().filter_map(|(room, entries)| {
        let growth = growth.get(room).copied().unwrap_or_default();
        Some((room.as_str(), entries.last()?.seq(), growth))
    });
    encode(&Vec::from_iter(lasts))
}

/// New messages, for [`Dialect::AT_ONCE`](super::Dialect::AT_ONCE).
pub(super) fn messages<'a>(messages: impl Iterator<Item = (&'a RoomId, u64, &'a Draft)>) -> sqlx::Result<String> {
    let rows = messages.map(|(room, before_last, draft)| {
        let (from, client_id) = draft.key();
        let (Draft::Message { body, .. } | Draft::Amendment { body, .. }) = draft;
        Ok((
            room.as_str(),
            before_last,
            from.as_str(),
            client_id.as_str(),
            encode(body)?,
        ))
    });
    encode(&rows.collect::<sqlx::Result<Vec<_>>>()?)
}

/// How many entries and bytes rooms have more, for [`Dialect::AT_ONCE`](super::Dialect::AT_ONCE).
pub(super) fn growths<'a>(growths: impl Iterator<Item = (&'a RoomId, u64, u64)>) -> sqlx::Result<String> {
    encode(&Vec::from_iter(
        growths.map(|(room, entries, bytes)| (room.as_str(), entries, bytes)),
    ))
}

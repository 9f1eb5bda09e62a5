//! Lists as a database takes them: arrays in JSON. See [`Dialect`](super::Dialect).

use std::{collections::BTreeMap, iter};

use serde::Serialize;
use wire::domain::{ClientId, ParticipantId, RoomId, Seq};

use super::plan::Entry;
use crate::{
    Act, Draft,
    draft::{Fresh, Notice},
    frame::Unnumbered,
};

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
    let all = entries
        .iter()
        .flat_map(|(room, entries)| iter::repeat(room).zip(entries));
    let rows = all.map(|(room, entry)| {
        let (kind, participant, client_id) = match &entry.fresh {
            Fresh::Said(Draft { from, client_id, .. }) => ("message", Some(from), Some(client_id.as_str())),
            Fresh::Told(Notice::Joined(who)) => ("joined", Some(&who.id), None),
            Fresh::Told(Notice::Left(who)) => ("left", Some(&who.id), None),
            Fresh::Told(Notice::Removed(who)) => ("removed", Some(&who.id), None),
            Fresh::Told(Notice::Changed { by, .. }) => ("changed", by.as_ref().map(|by| &by.id), None),
        };
        (
            room.as_str(),
            entry.logged.seq,
            entry.at.millis(),
            kind,
            participant.map_or("", ParticipantId::as_str),
            client_id,
            entry.frame.as_str(),
            edits(&entry.fresh),
        )
    });
    encode(&Vec::from_iter(rows))
}

/// The message whose words the entry has, too.
const fn edits(fresh: &Fresh) -> Option<Seq> {
    match fresh.amends() {
        Some((Act::Edit { .. }, target)) => Some(target),
        _ => None,
    }
}

/// The rooms' new last entries, and how many bytes they have more, for [`Dialect::ADVANCE`](super::Dialect::ADVANCE).
pub(super) fn lasts(entries: &BTreeMap<RoomId, Vec<Entry>>, growth: &BTreeMap<RoomId, i64>) -> sqlx::Result<String> {
    let lasts = entries.iter().filter_map(|(room, entries)| {
        let growth = growth.get(room).copied().unwrap_or_default();
        Some((room.as_str(), entries.last()?.logged.seq, growth))
    });
    encode(&Vec::from_iter(lasts))
}

/// New messages, for [`Dialect::AT_ONCE`](super::Dialect::AT_ONCE).
pub(super) fn messages<'a>(
    messages: impl Iterator<Item = (&'a RoomId, u64, &'a Draft, &'a Unnumbered)>,
) -> sqlx::Result<String> {
    let rows = messages.map(|(room, before_last, draft, frame)| {
        let (from, client_id) = draft.key();
        (
            room.as_str(),
            before_last,
            from.as_str(),
            client_id.as_str(),
            frame.as_str(),
        )
    });
    encode(&Vec::from_iter(rows))
}

/// How many entries and bytes rooms have more, for [`Dialect::AT_ONCE`](super::Dialect::AT_ONCE).
pub(super) fn growths<'a>(growths: impl Iterator<Item = (&'a RoomId, u64, u64)>) -> sqlx::Result<String> {
    encode(&Vec::from_iter(
        growths.map(|(room, entries, bytes)| (room.as_str(), entries, bytes)),
    ))
}

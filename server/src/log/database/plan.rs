//! What becomes of a batch of drafts: decided in memory, between what the database knows and what it is told.

use std::collections::{BTreeMap, HashMap};

use app::{
    domain::{RoomId, Seq, Timestamp},
    protocol::Entry,
};

use crate::log::{Appended, Draft, LogError};

/// What is to be written, and what the senders will be told when it is.
#[derive(Debug, Default)]
pub(super) struct Plan {
    /// For each draft, in order.
    pub outcomes: Vec<Result<Appended, LogError>>,
    /// What is new, by room, numbered.
    pub fresh: BTreeMap<RoomId, Vec<Entry>>,
}

impl Plan {
    /// Numbers `drafts`, in their order, where they follow each room's last entry (`ends`: the rooms that can be
    /// written to). A message that is in the log (`sent`, by the draft's index) or earlier in the batch gets no number.
    pub(super) fn of(
        drafts: Vec<(RoomId, Draft)>,
        mut ends: HashMap<RoomId, Seq>,
        mut sent: HashMap<usize, (Seq, Timestamp)>,
        now: Timestamp,
    ) -> Self {
        let mut plan = Self::default();
        let mut in_batch = HashMap::new();
        for (index, (room, draft)) in drafts.into_iter().enumerate() {
            let Some(end) = ends.get_mut(&room) else {
                plan.outcomes.push(Err(LogError::Closed));
                continue;
            };
            let key = draft
                .key()
                .map(|(from, client_id)| (room.clone(), from.clone(), client_id.clone()));
            let first = sent.remove(&index).or_else(|| in_batch.get(key.as_ref()?).copied());
            if let Some((seq, at)) = first {
                plan.outcomes.push(Ok(Appended { seq, at, fresh: false }));
                continue;
            }
            *end = end.next();
            if let Some(key) = key {
                in_batch.insert(key, (*end, now));
            }
            plan.outcomes.push(Ok(Appended {
                seq: *end,
                at: now,
                fresh: true,
            }));
            plan.fresh.entry(room).or_default().push(draft.numbered(*end, now));
        }
        plan
    }
}

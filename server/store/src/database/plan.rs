//! What becomes of a batch of drafts: decided in memory, between what the database knows and what it is told.

use std::collections::{BTreeMap, HashMap};

use wire::{
    domain::{RoomId, Seq, Timestamp},
    protocol::Header,
};

use super::{amend::Rewrite, text::Left};
use crate::{Act, Appended, LogError, Logged, draft::Fresh, frame::Unnumbered};

/// An entry that is to be written.
#[derive(Debug)]
pub struct Entry {
    /// What readers get.
    pub logged: Logged,
    /// When the log takes it.
    pub at: Timestamp,
    /// What its row is found by.
    pub fresh: Fresh,
    /// What its row keeps.
    pub frame: Unnumbered,
}

/// What is to be written, and what the senders will be told when it is.
#[derive(Debug, Default)]
pub(super) struct Plan {
    /// For each draft, in order.
    pub outcomes: Vec<Result<Appended, LogError>>,
    /// What is new, by room, numbered.
    pub fresh: BTreeMap<RoomId, Vec<Entry>>,
    /// What becomes of entries that are in the log, in order.
    pub(super) rewrites: Vec<Rewrite>,
    /// How many bytes what is new has, by room.
    pub growth: BTreeMap<RoomId, i64>,
    /// Something was refused for want of space: it may be in the log already.
    pub is_short: bool,
}

/// What the database knows of a batch.
#[derive(Debug, Default, Clone)]
pub(super) struct Known {
    /// The messages that are in the log, by the draft's index.
    pub sent: HashMap<usize, (Seq, Timestamp)>,
    /// The entries that can be amended.
    pub amendable: HashMap<(RoomId, Seq), Header>,
    /// How much may still be said.
    pub(super) left: Left,
}

impl Plan {
    /// Numbers `drafts`, in their order, where they follow each room's last entry (`ends`: the rooms that can be
    /// written to). A message that is in the log or earlier in the batch gets no number; nor does an amendment of what
    /// cannot be amended, nor what there is no space for.
    pub(super) fn of(
        drafts: &[(RoomId, Fresh)],
        mut ends: HashMap<RoomId, Seq>,
        Known {
            mut sent,
            mut amendable,
            mut left,
        }: Known,
        now: Timestamp,
    ) -> Self {
        let mut plan = Self::default();
        let mut in_batch = HashMap::new();
        for (index, (room, draft)) in drafts.iter().enumerate() {
            let Some(end) = ends.get_mut(room) else {
                plan.outcomes.push(Err(LogError::Closed));
                continue;
            };
            let key = draft
                .key()
                .map(|(from, client_id)| (room.clone(), from.clone(), client_id.clone()));
            let first = sent.remove(&index).or_else(|| in_batch.get(key.as_ref()?).copied());
            if let Some((seq, at)) = first {
                plan.outcomes.push(Ok(Appended::before(seq, at)));
                continue;
            }
            let frame = Unnumbered::of(draft, now);
            let bytes = frame.len();
            if draft.needs_space()
                && let Err(full) = left.take(room, bytes)
            {
                plan.is_short = true;
                plan.outcomes.push(Err(LogError::Full(full)));
                continue;
            }
            if let Some((act, target)) = draft.amends() {
                let target = (room.clone(), target);
                let becomes = match act {
                    Act::Edit { media, body, .. } => {
                        let header = amendable.get(&target);
                        header.map(|header| Unnumbered::edited(header, media, body))
                    }
                    // Nothing amends it any more.
                    Act::Say { .. } | Act::Delete { .. } => {
                        amendable.remove(&target).map(|header| Unnumbered::deleted(&header))
                    }
                };
                let Some(becomes) = becomes else {
                    plan.outcomes.push(Err(LogError::Gone));
                    continue;
                };
                plan.rewrites.push(Rewrite {
                    room: target.0,
                    target: target.1,
                    by: end.next(),
                    becomes,
                });
            }
            *end = end.next();
            if let Some(key) = key {
                in_batch.insert(key, (*end, now));
            }
            let logged = frame.numbered(*end);
            plan.outcomes.push(Ok(Appended::now(*end, now, logged.frame.clone())));
            let entry = Entry {
                logged,
                at: now,
                fresh: draft.clone(),
                frame,
            };
            *plan.growth.entry(room.clone()).or_default() += i64::try_from(bytes).unwrap_or(i64::MAX);
            plan.fresh.entry(room.clone()).or_default().push(entry);
        }
        plan
    }
}

#[cfg(test)]
mod tests {
    use admission::Resource;
    use wire::domain::{ClientId, ParticipantId};

    use super::*;
    use crate::{Draft, RawBody, draft::Notice};

    const NOW: Timestamp = Timestamp::from_millis(7);

    fn room(name: &str) -> RoomId {
        RoomId::parse(format!("room-{name:_>7}")).expect("an id")
    }

    fn words() -> RawBody {
        RawBody::of(&"hello")
    }

    fn does(in_room: &str, client_id: &str, act: Act) -> (RoomId, Fresh) {
        let draft = Draft {
            from: ParticipantId::parse("anon_maya").expect("an id"),
            client_id: ClientId::parse(client_id).expect("an id"),
            act,
        };
        (room(in_room), Fresh::Said(draft))
    }

    fn says(in_room: &str, client_id: &str) -> (RoomId, Fresh) {
        let (media, body) = (Vec::new(), words());
        does(in_room, client_id, Act::Say { media, body })
    }

    /// What became of each draft: its number, and whether it is new.
    fn outcomes(plan: &Plan) -> Vec<Option<(u64, bool)>> {
        let told = |told: &Result<Appended, LogError>| told.as_ref().ok().map(|told| (told.seq.0, told.fresh));
        plan.outcomes.iter().map(told).collect()
    }

    fn fresh(plan: &Plan, in_room: &str) -> Vec<u64> {
        plan.fresh
            .get(&room(in_room))
            .into_iter()
            .flatten()
            .map(|entry| entry.logged.seq.0)
            .collect()
    }

    #[test]
    fn each_room_counts_on_from_its_own_end() {
        let ends = HashMap::from([(room("a"), Seq(4)), (room("b"), Seq(0))]);
        let drafts = vec![says("a", "1"), says("b", "1"), says("closed", "1"), says("a", "2")];
        let plan = Plan::of(&drafts, ends, Known::default(), NOW);
        assert_eq!(
            outcomes(&plan),
            [Some((5, true)), Some((1, true)), None, Some((6, true))]
        );
        assert_eq!((fresh(&plan, "a"), fresh(&plan, "b")), (vec![5, 6], vec![1]));
        assert!(fresh(&plan, "closed").is_empty());
    }

    #[test]
    fn a_retry_takes_no_number_whether_its_first_is_in_the_log_or_in_the_batch() {
        let ends = HashMap::from([(room("a"), Seq(4))]);
        let drafts = vec![
            says("a", "logged"),
            says("a", "new"),
            says("a", "new"),
            says("a", "next"),
        ];
        let sent = HashMap::from([(0, (Seq(2), Timestamp::from_millis(1)))]);
        let known = Known {
            sent,
            ..Known::default()
        };
        let plan = Plan::of(&drafts, ends, known, NOW);
        assert_eq!(
            outcomes(&plan),
            [Some((2, false)), Some((5, true)), Some((5, false)), Some((6, true))]
        );
        assert_eq!(fresh(&plan, "a"), [5, 6]);
    }

    #[test]
    fn what_is_deleted_earlier_in_the_batch_is_not_amended_any_more() {
        let target = Seq(2);
        let edit = |client_id| {
            let (media, body) = (Vec::new(), words());
            does("a", client_id, Act::Edit { target, media, body })
        };
        let delete = |client_id| does("a", client_id, Act::Delete { target });
        let drafts = vec![edit("1"), delete("2"), edit("3"), delete("4"), delete("2")];
        let (_, said) = says("a", "0");
        let header = Unnumbered::of(&said, NOW).header().expect("a message");
        let ends = HashMap::from([(room("a"), Seq(4))]);
        let known = Known {
            amendable: HashMap::from([((room("a"), target), header)]),
            ..Known::default()
        };
        let plan = Plan::of(&drafts, ends, known, NOW);
        assert_eq!(
            outcomes(&plan),
            [Some((5, true)), Some((6, true)), None, None, Some((6, false))]
        );
        let rewrites = plan.rewrites.iter().map(|rewrite| (rewrite.target.0, rewrite.by.0));
        assert_eq!(Vec::from_iter(rewrites), [(2, 5), (2, 6)]);
    }

    #[test]
    fn what_there_is_no_space_for_is_refused_and_the_rest_goes_on() {
        let ends = HashMap::from([(room("a"), Seq(4)), (room("b"), Seq(0))]);
        let (_, draft) = says("a", "1");
        let bytes = Unnumbered::of(&draft, NOW).len();
        let left = Left {
            server: Some(3 * bytes),
            rooms: HashMap::from([(room("a"), 2 * bytes - 1), (room("b"), 10 * bytes)]),
        };
        let known = Known {
            left,
            ..Known::default()
        };
        let maya = wire::protocol::Participant {
            id: ParticipantId::parse("anon_maya").expect("an id"),
            name: wire::domain::Nickname::parse("Maya").expect("a name"),
        };
        let mut drafts = vec![
            says("a", "1"),
            says("a", "2"),
            says("b", "1"),
            says("b", "2"),
            says("b", "3"),
        ];
        drafts.push((room("a"), Fresh::Told(Notice::Left(maya))));
        let plan = Plan::of(&drafts, ends, known, NOW);
        let full = |outcome: &Result<Appended, LogError>| match outcome {
            Err(LogError::Full(full)) => Some(full.of),
            _ => None,
        };
        let full: Vec<_> = plan.outcomes.iter().map(full).collect();
        assert_eq!(
            full,
            [
                None,
                Some(Resource::RoomText),
                None,
                None,
                Some(Resource::StoredText),
                None
            ]
        );
        assert!(plan.is_short);
        assert_eq!((fresh(&plan, "a"), fresh(&plan, "b")), (vec![5, 6], vec![1, 2]));
        let counted = |entries: &Vec<Entry>| entries.iter().map(|entry| entry.frame.len()).sum::<u64>();
        for (room, entries) in &plan.fresh {
            assert_eq!(plan.growth[room], i64::try_from(counted(entries)).expect("small"));
        }
    }
}

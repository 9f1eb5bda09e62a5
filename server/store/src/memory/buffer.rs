//! One live room's entries.

use std::collections::{HashMap, VecDeque};

use admission::Permit;
use wire::{
    domain::{ClientId, ParticipantId, Seq, Timestamp},
    protocol::Header,
};

use crate::{
    Act, Appended, LogError, Logged, PAGE_BYTES, PAGE_MAX, Page,
    draft::{Draft, Fresh},
    frame::Unnumbered,
};

/// Entries that are kept: what a client missed that was away for some minutes of a busy room.
const ENTRIES: usize = 1_000;

/// Bytes of entries that are kept, as they go over the wire.
const BYTES: usize = 1024 * 1024;

/// Messages by which a retry is known. A retry comes within minutes; twice what is kept is more than that.
const REMEMBERED: usize = 2 * ENTRIES;

type Key = (ParticipantId, ClientId);

/// An entry, and what can be done to it.
struct Kept {
    entry: Logged,
    standing: Standing,
}

/// What can be done to an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// It may be edited and deleted.
    Said,
    /// It has the words of that message, too.
    EditOf(Seq),
    /// Nothing.
    Fixed,
}

/// What becomes of a message: its place, and what it is from then on.
type Amended = (usize, Logged, Standing);

/// Bytes that an entry takes in memory beside those that it has on the wire.
const ENTRY: usize = size_of::<Kept>();

/// Bytes that a key takes beside its own, which are there twice.
const KEY: usize = 2 * size_of::<Key>() + size_of::<(Seq, Timestamp)>();

/// Bytes that a room takes in which nothing is said: the buffer, and what knows of the room elsewhere.
const ROOM: usize = 4 * 1024;

/// The newest entries of a room, within bounds of number and size.
pub(super) struct Buffer {
    entries: VecDeque<Kept>,
    /// Of their frames.
    bytes: usize,
    last: Seq,
    sent: HashMap<Key, (Seq, Timestamp)>,
    /// The keys of `sent`, oldest first.
    sent_order: VecDeque<Key>,
    /// Bytes of these keys.
    sent_bytes: usize,
    /// What it holds of the server's memory.
    permit: Permit,
    expires_at: Timestamp,
}

impl Buffer {
    pub(super) fn new(expires_at: Timestamp, permit: Permit) -> Self {
        let mut buffer = Self {
            entries: VecDeque::new(),
            bytes: 0,
            last: Seq::START,
            sent: HashMap::new(),
            sent_order: VecDeque::new(),
            sent_bytes: 0,
            permit,
            expires_at,
        };
        buffer.account();
        buffer
    }

    /// Holds what it takes.
    fn account(&mut self) {
        let held = ROOM + self.bytes + self.entries.len() * ENTRY + self.sent_bytes;
        self.permit.set(held as u64);
    }

    pub(super) fn is_open(&self, now: Timestamp) -> bool {
        now < self.expires_at
    }

    /// From now on it is open until `expires_at`.
    pub(super) fn set_end(&mut self, expires_at: Timestamp) {
        self.expires_at = expires_at;
    }

    pub(super) fn last(&self) -> Seq {
        self.last
    }

    pub(super) fn kept_after(&self) -> Seq {
        self.entries
            .front()
            .map_or(self.last, |oldest| Seq(oldest.entry.seq.0 - 1))
    }

    /// What became of a message of this sender's, as far as it is remembered.
    pub(super) fn sent(&self, from: &ParticipantId, client_id: &ClientId) -> Option<Appended> {
        let &(seq, at) = self.sent.get(&(from.clone(), client_id.clone()))?;
        Some(Appended::before(seq, at))
    }

    /// Appends an entry and tells `hear` of it, unless it is there already.
    pub(super) fn append(
        &mut self,
        draft: &Fresh,
        now: Timestamp,
        hear: impl FnOnce(&Logged),
    ) -> Result<Appended, LogError> {
        if let Some(first) = draft.key().and_then(|(from, client_id)| self.sent(from, client_id)) {
            return Ok(first);
        }
        let key = draft.key().map(|(from, client_id)| (from.clone(), client_id.clone()));
        let seq = self.last.next();
        let entry = Unnumbered::of(draft, now).numbered(seq);
        let amended = match draft.amends() {
            Some((act, target)) => Some((target, self.amended(act, target)?)),
            None => None,
        };
        if draft.needs_space() {
            let becomes = amended.as_ref().map_or(0, |(_, (_, becomes, _))| becomes.frame.len());
            let most = entry.frame.len() + ENTRY + key.as_ref().map_or(0, weight) + becomes;
            self.permit.grow(most as u64)?;
        }
        if let Some((target, amended)) = amended {
            self.amend(target, amended);
        }
        self.last = seq;
        if let Some(key) = key {
            self.remember(key, (seq, now));
        }
        let standing = match draft {
            Fresh::Said(Draft { act, .. }) => match act {
                Act::Say { .. } => Standing::Said,
                Act::Edit { target, .. } => Standing::EditOf(*target),
                Act::Delete { .. } => Standing::Fixed,
            },
            Fresh::Told(_) => Standing::Fixed,
        };
        self.keep(Kept {
            entry: entry.clone(),
            standing,
        });
        hear(&entry);
        self.account();
        Ok(Appended::now(seq, now, entry.frame))
    }

    /// What a message is after this is done to it.
    fn amended(&self, act: &Act, target: Seq) -> Result<Amended, LogError> {
        let place = target.0.checked_sub(self.kept_after().0 + 1).ok_or(LogError::Gone)?;
        let place = usize::try_from(place).map_err(|_| LogError::Gone)?;
        let kept = self.entries.get(place).ok_or(LogError::Gone)?;
        let header = Header::read(&kept.entry.frame).filter(|_| kept.standing == Standing::Said);
        let header = header.ok_or(LogError::Gone)?;
        let (becomes, standing) = match act {
            Act::Edit { media, body, .. } => (Unnumbered::edited(&header, media, body), Standing::Said),
            Act::Say { .. } | Act::Delete { .. } => (Unnumbered::deleted(&header), Standing::Fixed),
        };
        Ok((place, becomes.numbered(target), standing))
    }

    /// Puts what a message is now in its place, and takes the words of what edited it before.
    fn amend(&mut self, target: Seq, (place, becomes, standing): Amended) {
        let mut now = Some((becomes, standing));
        for kept in self.entries.iter_mut().skip(place) {
            let (entry, standing) = match now.take() {
                Some(now) => now,
                None if kept.standing == Standing::EditOf(target) => {
                    let Some(header) = Header::read(&kept.entry.frame) else {
                        continue;
                    };
                    (Unnumbered::wordless(&header).numbered(kept.entry.seq), Standing::Fixed)
                }
                None => continue,
            };
            self.bytes = self.bytes - kept.entry.frame.len() + entry.frame.len();
            *kept = Kept { entry, standing };
        }
    }

    fn keep(&mut self, kept: Kept) {
        self.bytes += kept.entry.frame.len();
        while !self.entries.is_empty() && (self.entries.len() >= ENTRIES || self.bytes > BYTES) {
            self.bytes -= self.entries.pop_front().map_or(0, |oldest| oldest.entry.frame.len());
        }
        self.entries.push_back(kept);
    }

    fn remember(&mut self, key: Key, first: (Seq, Timestamp)) {
        if self.sent_order.len() == REMEMBERED
            && let Some(oldest) = self.sent_order.pop_front()
        {
            self.sent.remove(&oldest);
            self.sent_bytes -= weight(&oldest);
        }
        self.sent_bytes += weight(&key);
        self.sent_order.push_back(key.clone());
        self.sent.insert(key, first);
    }

    pub(super) fn page(&self, page: Page) -> Vec<Logged> {
        // Seqs have no gaps: a cursor's place in the buffer is its distance from the oldest entry.
        let place = |cursor: u64| {
            let distance = usize::try_from(cursor.saturating_sub(self.kept_after().0)).unwrap_or(usize::MAX);
            distance.min(self.entries.len())
        };
        let (from, to) = match page {
            Page::After(Seq(cursor), limit) => {
                let from = place(cursor);
                (from, from.saturating_add(limit.min(PAGE_MAX)).min(self.entries.len()))
            }
            Page::Before(Seq(cursor), limit) => {
                let to = place(cursor.saturating_sub(1));
                (to.saturating_sub(limit.min(PAGE_MAX)), to)
            }
        };
        let mut bytes_before = 0;
        let mut fits = |kept: &&Kept| {
            let fits = bytes_before < PAGE_BYTES;
            bytes_before += kept.entry.frame.len();
            fits
        };
        let (from, to) = match page {
            Page::After(..) => (from, from + self.entries.range(from..to).take_while(&mut fits).count()),
            Page::Before(..) => (
                to - self.entries.range(from..to).rev().take_while(&mut fits).count(),
                to,
            ),
        };
        self.entries.range(from..to).map(|kept| kept.entry.clone()).collect()
    }
}

/// Bytes that a key takes, with all that is kept under it.
fn weight((from, client_id): &Key) -> usize {
    KEY + 2 * (from.as_str().len() + client_id.as_str().len())
}

#[cfg(test)]
mod tests {
    use admission::{Budget, Each, Resource};

    use super::*;
    use crate::{RawBody, draft::Notice};

    fn budget(limit: u64) -> std::sync::Arc<Budget> {
        Budget::new(Resource::LiveText, limit, Each::All)
    }

    const NOW: Timestamp = Timestamp::from_millis(0);

    fn says(n: usize, length: usize) -> Fresh {
        Fresh::Said(Draft {
            from: ParticipantId::parse("anon_maya").expect("an id"),
            client_id: ClientId::parse(n.to_string()).expect("an id"),
            act: Act::Say {
                media: Vec::new(),
                body: RawBody::of(&"x".repeat(length)),
            },
        })
    }

    fn said(buffer: &mut Buffer, n: usize, length: usize) -> Appended {
        buffer.append(&says(n, length), NOW, |_| {}).expect("appended")
    }

    /// A buffer in which this many messages of this length were said.
    fn filled(messages: usize, length: usize) -> Buffer {
        let mut buffer = Buffer::new(Timestamp::from_millis(1), budget(u64::MAX).permit(None));
        for n in 0..messages {
            assert!(said(&mut buffer, n, length).fresh);
        }
        buffer
    }

    #[test]
    fn the_oldest_entries_make_place_for_the_newest() {
        let buffer = filled(ENTRIES + 7, 1);
        assert_eq!((buffer.kept_after(), buffer.last()), (Seq(7), Seq(ENTRIES as u64 + 7)));
        let seqs = |page| Vec::from_iter(buffer.page(page).iter().map(|entry| entry.seq.0));
        assert_eq!(seqs(Page::After(Seq(0), 2)), [8, 9], "from the oldest that is kept");
        assert_eq!(seqs(Page::Before(Seq(10), 9)), [8, 9]);
        assert!(seqs(Page::Before(Seq(8), 9)).is_empty());
    }

    #[test]
    fn long_entries_make_place_sooner() {
        let buffer = filled(ENTRIES, 4_000);
        let kept = usize::try_from(buffer.last().0 - buffer.kept_after().0).expect("small");
        assert!(kept * 4_000 < BYTES && (kept + 2) * 4_200 > BYTES, "{kept}");
        assert_eq!(
            buffer.bytes,
            buffer.entries.iter().map(|kept| kept.entry.frame.len()).sum::<usize>()
        );
    }

    #[test]
    fn a_retry_is_known_longer_than_its_entry_is_kept_but_not_for_ever() {
        let mut buffer = filled(REMEMBERED + 1, 1);
        let oldest = said(&mut buffer, 1, 1);
        assert_eq!((oldest.seq, oldest.fresh), (Seq(2), false));
        assert!(buffer.kept_after() >= Seq(2));
        assert!(said(&mut buffer, 0, 1).fresh);
        assert_eq!((buffer.sent.len(), buffer.sent_order.len()), (REMEMBERED, REMEMBERED));
    }

    #[test]
    fn what_a_room_holds_is_counted_and_given_back() {
        let budget = budget(3 * 1024 * 1024);
        let mut buffer = Buffer::new(Timestamp::from_millis(1), budget.permit(None));
        assert_eq!(budget.used(), ROOM as u64, "an empty room, too");
        let mut most = 0;
        for n in 0..3 * ENTRIES {
            said(&mut buffer, n, 2_000);
            if n % 500 == 0 {
                let entries: usize = buffer.entries.iter().map(|kept| kept.entry.frame.len() + ENTRY).sum();
                let keys: usize = buffer.sent.keys().map(weight).sum();
                assert_eq!(budget.used(), (ROOM + entries + keys) as u64);
            }
            most = most.max(budget.used());
        }
        assert!(most < 2 * 1024 * 1024, "the oldest give back what they held: {most}");
        drop(buffer);
        assert_eq!(budget.used(), 0);
    }

    #[test]
    fn where_there_is_no_space_nothing_is_said_and_all_else_goes_on() {
        let budget = budget(64 * 1024);
        let mut buffer = Buffer::new(Timestamp::from_millis(1), budget.permit(None));
        let refused = (0..).find_map(|n| buffer.append(&says(n, 1_000), NOW, |_| {}).err());
        assert!(matches!(refused, Some(LogError::Full(_))), "{refused:?}");
        assert!(budget.used() <= budget.limit());
        let last = buffer.last();
        // A retry is known, people come and go, what was said is read and can be deleted.
        assert!(!said(&mut buffer, 0, 1_000).fresh);
        let maya = ParticipantId::parse("anon_maya").expect("an id");
        let name = wire::domain::Nickname::parse("Maya").expect("a name");
        let left = Fresh::Told(Notice::Left(wire::protocol::Participant { id: maya.clone(), name }));
        assert!(buffer.append(&left, NOW, |_| {}).is_ok());
        assert_eq!(buffer.page(Page::After(Seq(0), 1)).len(), 1);
        for n in 1..=3 {
            let delete = Draft {
                from: maya.clone(),
                client_id: ClientId::parse(format!("d{n}")).expect("an id"),
                act: Act::Delete { target: Seq(n) },
            };
            assert!(buffer.append(&Fresh::Said(delete), NOW, |_| {}).is_ok());
        }
        assert_eq!(buffer.last(), Seq(last.0 + 4));
        assert!(said(&mut buffer, 1_000, 100).fresh, "there is space again");
    }
}

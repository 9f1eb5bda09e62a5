//! One live room's entries.

use std::{
    collections::{HashMap, VecDeque},
    io,
};

use app::{
    domain::{ClientId, ParticipantId, Seq, Timestamp},
    protocol::{Body, Entry},
};

use crate::log::{Appended, Draft, LogError, PAGE_MAX, Page};

/// Entries that are kept: what a client missed that was away for some minutes of a busy room.
const ENTRIES: usize = 1_000;

/// Bytes of entries that are kept, as they go over the wire.
const BYTES: usize = 1024 * 1024;

/// Messages by which a retry is known. A retry comes within minutes; twice what is kept is more than that.
const REMEMBERED: usize = 2 * ENTRIES;

type Key = (ParticipantId, ClientId);

/// The newest entries of a room, within bounds of number and size.
pub(super) struct Buffer {
    /// With their sizes.
    entries: VecDeque<(Entry, usize)>,
    bytes: usize,
    last: Seq,
    sent: HashMap<Key, (Seq, Timestamp)>,
    /// The keys of `sent`, oldest first.
    sent_order: VecDeque<Key>,
    expires_at: Timestamp,
    closed: bool,
}

impl Buffer {
    pub(super) fn new(expires_at: Timestamp) -> Self {
        Self {
            entries: VecDeque::new(),
            bytes: 0,
            last: Seq::START,
            sent: HashMap::new(),
            sent_order: VecDeque::new(),
            expires_at,
            closed: false,
        }
    }

    pub(super) fn is_open(&self, now: Timestamp) -> bool {
        !self.closed && now < self.expires_at
    }

    /// Forgets everything, for good.
    pub(super) fn close(&mut self) {
        *self = Self {
            closed: true,
            ..Self::new(self.expires_at)
        };
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
            .map_or(self.last, |(oldest, _)| Seq(oldest.seq().0 - 1))
    }

    /// Appends an entry and tells `hear` of it, unless it is there already.
    pub(super) fn append(
        &mut self,
        draft: Draft,
        now: Timestamp,
        hear: impl FnOnce(&Entry),
    ) -> Result<Appended, LogError> {
        let key = draft.key().map(|(from, client_id)| (from.clone(), client_id.clone()));
        if let Some(&(seq, at)) = key.as_ref().and_then(|key| self.sent.get(key)) {
            return Ok(Appended { seq, at, fresh: false });
        }
        if let Draft::Amendment { target, becomes, .. } = &draft {
            self.amend(*target, becomes.as_ref())?;
        }
        let seq = self.last.next();
        let entry = draft.numbered(seq, now);
        self.last = seq;
        if let Some(key) = key {
            self.remember(key, (seq, now));
        }
        hear(self.keep(entry));
        Ok(Appended {
            seq,
            at: now,
            fresh: true,
        })
    }

    /// Gives a message another body, where one is given, and takes the words of what amended it before.
    fn amend(&mut self, target: Seq, becomes: Option<&Body>) -> Result<(), LogError> {
        let place = target.0.checked_sub(self.kept_after().0 + 1).ok_or(LogError::Gone)?;
        let place = usize::try_from(place).map_err(|_| LogError::Gone)?;
        match self.entries.get(place) {
            Some((Entry::Message { body, .. }, _)) if !matches!(body, Body::Deleted { .. }) => {}
            _ => return Err(LogError::Gone),
        }
        let Some(becomes) = becomes else { return Ok(()) };
        for (offset, (entry, bytes)) in self.entries.iter_mut().skip(place).enumerate() {
            let Entry::Message { body, .. } = entry else { continue };
            match body {
                _ if offset == 0 => *body = becomes.clone(),
                Body::Edit { target: of, text, .. } if *of == target => *text = None,
                _ => continue,
            }
            self.bytes -= *bytes;
            *bytes = size(entry);
            self.bytes += *bytes;
        }
        Ok(())
    }

    fn keep(&mut self, entry: Entry) -> &Entry {
        let size = size(&entry);
        self.bytes += size;
        while !self.entries.is_empty() && (self.entries.len() >= ENTRIES || self.bytes > BYTES) {
            self.bytes -= self.entries.pop_front().map_or(0, |(_, size)| size);
        }
        self.entries.push_back((entry, size));
        &self.entries[self.entries.len() - 1].0
    }

    fn remember(&mut self, key: Key, first: (Seq, Timestamp)) {
        if self.sent_order.len() == REMEMBERED
            && let Some(oldest) = self.sent_order.pop_front()
        {
            self.sent.remove(&oldest);
        }
        self.sent_order.push_back(key.clone());
        self.sent.insert(key, first);
    }

    pub(super) fn page(&self, page: Page) -> Vec<Entry> {
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
        self.entries.range(from..to).map(|(entry, _)| entry.clone()).collect()
    }
}

/// Bytes of an entry on the wire.
fn size(entry: &Entry) -> usize {
    struct Counter(usize);
    impl io::Write for Counter {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0 += bytes.len();
            Ok(bytes.len())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let mut counter = Counter(0);
    // What cannot be written to the wire takes no place on it.
    let _ = serde_json::to_writer(&mut counter, entry);
    counter.0
}

#[cfg(test)]
mod tests {
    use app::{domain::MessageText, protocol::Body};

    use super::*;

    const NOW: Timestamp = Timestamp::from_millis(0);

    fn says(n: usize, length: usize) -> Draft {
        Draft::Message {
            from: ParticipantId::parse("anon_maya").expect("an id"),
            client_id: ClientId::parse(n.to_string()).expect("an id"),
            body: Body::text(MessageText::parse(&"x".repeat(length)).expect("a text")),
        }
    }

    fn said(buffer: &mut Buffer, n: usize, length: usize) -> Appended {
        buffer.append(says(n, length), NOW, |_| {}).expect("appended")
    }

    /// A buffer in which this many messages of this length were said.
    fn filled(messages: usize, length: usize) -> Buffer {
        let mut buffer = Buffer::new(Timestamp::from_millis(1));
        for n in 0..messages {
            assert!(said(&mut buffer, n, length).fresh);
        }
        buffer
    }

    #[test]
    fn the_oldest_entries_make_place_for_the_newest() {
        let buffer = filled(ENTRIES + 7, 1);
        assert_eq!((buffer.kept_after(), buffer.last()), (Seq(7), Seq(ENTRIES as u64 + 7)));
        let seqs = |page| Vec::from_iter(buffer.page(page).iter().map(|entry| entry.seq().0));
        assert_eq!(seqs(Page::After(Seq(0), 2)), [8, 9], "from the oldest that is kept");
        assert_eq!(seqs(Page::Before(Seq(10), 9)), [8, 9]);
        assert!(seqs(Page::Before(Seq(8), 9)).is_empty());
    }

    #[test]
    fn long_entries_make_place_sooner() {
        let buffer = filled(ENTRIES, 4_000);
        let kept = usize::try_from(buffer.last().0 - buffer.kept_after().0).expect("small");
        assert!(kept * 4_000 < BYTES && (kept + 2) * 4_200 > BYTES, "{kept}");
        assert_eq!(buffer.bytes, buffer.entries.iter().map(|(_, size)| size).sum::<usize>());
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
    fn a_closed_buffer_is_closed_for_those_who_hold_it() {
        let mut buffer = filled(3, 1);
        assert!(buffer.is_open(NOW));
        buffer.close();
        assert!(!buffer.is_open(NOW));
        assert!(buffer.page(Page::After(Seq(0), 9)).is_empty());
    }
}

//! A room, while somebody needs it: one [`RoomHandle`] has all that this process keeps of it.
//!
//! Who needs a room holds its handle: a socket or a reader by its [`Subscription`], a participant by their [`Connection`],
//! by the [`Turn`] in which they come or go, or, without either, by a timer (their grace, or the time for which it is
//! remembered that they left); the log of a live room by being open; a request for as long as it takes. All rooms together
//! ([`RoomHandles`]) only know where handles are, and hold none: with whoever needs it last, a handle goes. So there is
//! nothing to tidy up, and nothing that could be forgotten.
//!
//! When a room is over, its seats, timers and log let go of it; what is left are sockets on their way out.

use std::{collections::HashMap, fmt, sync::Arc};

use admission::Bucket;
use parking_lot::Mutex;
use store::{Remembers, Room, RoomMemory};
use wire::{
    domain::{ParticipantId, RoomId, Seq},
    protocol::{EndReason, ServerFrame},
};

pub use self::{connection::Connection, rooms::RoomHandles, subscription::Subscription, turn::Turn};
use self::{facts::Facts, readers::Readers, shards::Shards};
pub(crate) use self::{facts::FactsVersion, readers::Reader};
use crate::{
    hub::{Channel, encode},
    presence::{Seats, Told},
};

mod attending;
mod connection;
mod facts;
mod readers;
mod rooms;
mod shards;
mod subscription;
mod timers;
mod turn;

/// All that there is of one room in this process.
pub struct RoomHandle {
    id: RoomId,
    home: Arc<Shards>,
    /// What the database has said of it.
    facts: Facts,
    /// What the store remembers of it, with a live room's log.
    memory: RoomMemory,
    /// What its sockets are to hear.
    channel: Arc<Channel>,
    /// Who is inside.
    seats: Mutex<Seats>,
    /// What all may say together.
    messages: Bucket,
    /// Who follows without being connected.
    readers: Mutex<Readers>,
    /// Where the log of a live room begins for each of its participants: what was said before they joined was not said
    /// to them. As short-lived as that log: after a restart it is empty, and begins for everybody at its start.
    horizons: Mutex<HashMap<ParticipantId, Seq>>,
}

impl fmt::Debug for RoomHandle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RoomHandle(…)")
    }
}

impl RoomHandle {
    fn new(id: RoomId, home: Arc<Shards>) -> Self {
        home.metrics.handles(1);
        Self {
            id,
            facts: Facts::default(),
            memory: RoomMemory::default(),
            channel: Channel::new(),
            seats: Mutex::new(Seats::new()),
            messages: home.pace.of_room(),
            readers: Mutex::default(),
            horizons: Mutex::default(),
            home,
        }
    }

    /// Which room it is.
    #[must_use]
    pub const fn id(&self) -> &RoomId {
        &self.id
    }

    /// Follows the room from `Seq::START` on, until [`Subscription::start_after`] says otherwise.
    ///
    /// Subscribe first, look at the log's position then: what is appended in between is in the feed.
    #[must_use]
    pub fn subscribe(self: &Arc<Self>) -> Subscription {
        Subscription::new(Arc::clone(self))
    }

    /// Signals that somebody started or stopped typing.
    pub fn typing(&self, from: ParticipantId, typing: bool) {
        if let Some(frame) = encode(&ServerFrame::Typing { from, typing }) {
            self.channel.typing(frame);
        }
    }

    /// Tells every socket that the room is over.
    pub fn end(&self, reason: EndReason) {
        self.channel.end(reason);
    }

    /// Wakes all sockets: something else than the feed has news for them.
    pub fn wake(&self) {
        self.channel.wake();
    }

    /// Who is connected, in no order.
    #[must_use]
    pub fn online(&self) -> Vec<ParticipantId> {
        self.seats.lock().online().cloned().collect()
    }

    /// What its sockets share.
    #[cfg(test)]
    pub(crate) fn channel(&self) -> &Channel {
        &self.channel
    }

    fn tell(&self, Told { on, off, online }: Told) {
        if on.is_empty() && off.is_empty() && online.is_none() {
            return;
        }
        if let Some(frame) = encode(&ServerFrame::Presence { on, off, online }) {
            self.channel.presence(frame);
        }
    }

    /// What the database has said of it.
    pub(crate) const fn facts(&self) -> &Facts {
        &self.facts
    }

    /// Remembers what was read of it, unless something has changed since `version`.
    pub(crate) fn learn(&self, version: FactsVersion, room: &Room) {
        self.memory.note_stored(room.store_history);
        self.facts.learn(version, room);
    }

    /// What all may say together.
    pub(crate) const fn messages(&self) -> &Bucket {
        &self.messages
    }

    /// Notes that `who` joined a live room with the entry `joined`. Who comes back keeps their first horizon.
    pub(crate) fn note_horizon(&self, who: &ParticipantId, joined: Seq) {
        let before = Seq(joined.0.saturating_sub(1));
        self.horizons.lock().entry(who.clone()).or_insert(before);
    }

    /// The last entry that `who` may not see. Stored rooms have none such.
    pub(crate) fn horizon(&self, who: &ParticipantId) -> Seq {
        self.horizons.lock().get(who).copied().unwrap_or(Seq::START)
    }
}

impl Remembers for RoomHandle {
    fn memory(&self) -> &RoomMemory {
        &self.memory
    }
}

impl Drop for RoomHandle {
    fn drop(&mut self) {
        self.home.remove(&self.id);
        self.home.metrics.handles(-1);
    }
}

#[cfg(test)]
pub(crate) mod tests;

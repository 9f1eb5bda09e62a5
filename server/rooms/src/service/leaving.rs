//! Leaving, by a goodbye or by staying away.

use std::{sync::Arc, time::Duration};

use store::{Command, LogError};
use tokio::time::sleep;

use super::{Place, RoomService, participant};
use crate::{handle::RoomHandle, presence::Seat};

/// How long a departure waits before it tries the store again.
const RETRY_AFTER: Duration = Duration::from_secs(1);

impl RoomService {
    /// Goodbye: the participant leaves now, with all their connections.
    pub fn leave(self: &Arc<Self>, place: &Place) {
        self.parts.rooms.dismiss(place.handle(), place.seat());
        self.depart(Arc::clone(place.handle()), Arc::clone(place.seat()));
    }

    /// Seats everybody who was inside when the server stopped, for the time that a reload takes.
    ///
    /// # Errors
    /// [`LogError`] when the store does not answer.
    pub async fn expect_all_inside(&self) -> Result<(), LogError> {
        for (room, member) in self.parts.stores.registry.all_inside().await? {
            let turn = self.parts.rooms.turn(&room, &participant(&member)).await;
            turn.seat().set_inside();
        }
        Ok(())
    }

    /// Lets go of participants whose grace is over. Runs until it is dropped.
    pub async fn let_go(self: &Arc<Self>) {
        loop {
            let (room, seat) = self.parts.rooms.overdue().await;
            self.depart(room, seat);
        }
    }

    pub(super) fn depart(self: &Arc<Self>, room: Arc<RoomHandle>, seat: Arc<Seat>) {
        let service = Arc::clone(self);
        self.tasks.spawn(async move {
            let stopping = service.parts.stopping.clone();
            // When the server stops, who is inside stays inside: a restart is no departure.
            stopping.run_until_cancelled(service.depart_in_turn(&room, seat)).await;
        });
    }

    /// Holds the turn until the store has it all: a `Left` that is written later would follow the `Joined` of who has
    /// come back in the meantime.
    async fn depart_in_turn(&self, room: &Arc<RoomHandle>, seat: Arc<Seat>) {
        let turn = self.parts.rooms.turn_on(room, seat).await;
        let seat = turn.seat();
        if seat.is_retired() || !(seat.dismissed().is_cancelled() || seat.is_overdue()) {
            return;
        }
        let leave = || Command::Leave {
            who: seat.participant().id.clone(),
        };
        persist(|| self.parts.stores.log.execute(room.id(), leave())).await;
        self.parts.rooms.retire(&turn);
    }
}

/// Tries until the store takes it. `None` when the room is over.
pub(super) async fn persist<T, F: Future<Output = Result<T, LogError>>>(attempt: impl Fn() -> F) -> Option<T> {
    loop {
        match attempt().await {
            Ok(done) => return Some(done),
            Err(LogError::Closed) => return None,
            Err(error) => tracing::warn!(%error, "a departure or an end waits for the store"),
        }
        sleep(RETRY_AFTER).await;
    }
}

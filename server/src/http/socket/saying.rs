//! Messages of one socket on their way into the log.

use std::{convert::Infallible, sync::Arc};

use futures_util::{FutureExt, StreamExt, future::BoxFuture, stream::FuturesOrdered};
use rooms::{Place, RoomService};
use store::Appended;
use tokio::sync::oneshot;
use wire::{domain::ClientId, error::AppError, protocol::Message};

/// Messages on their way at once. More are not read until these are in: a burst fits several times.
const IN_FLIGHT: usize = 32;

/// What became of a message that was handed to the log.
pub(super) type Said = (ClientId, Result<Appended, AppError>);

/// Logs what one socket says in the order in which it says it, and tells of each what became of it.
pub(super) struct Saying {
    rooms: Arc<RoomService>,
    place: Place,
    under_way: FuturesOrdered<BoxFuture<'static, Said>>,
    /// Ends when the log has taken the last message, or it was refused.
    last_taken: Option<oneshot::Receiver<Infallible>>,
}

impl Saying {
    pub(super) fn new(rooms: Arc<RoomService>, place: Place) -> Self {
        Self {
            rooms,
            place,
            under_way: FuturesOrdered::new(),
            last_taken: None,
        }
    }

    /// Whether one message more may be on its way.
    pub(super) fn has_room(&self) -> bool {
        self.under_way.len() < IN_FLIGHT
    }

    /// Puts a message on its way. It does not wait for those before it to be in the log, which share a commit with it,
    /// but for the log to have taken them: some are looked at for longer than others.
    pub(super) fn say(&mut self, client_id: ClientId, message: Message) {
        let (rooms, place) = (Arc::clone(&self.rooms), self.place.clone());
        let (taken, last_taken) = oneshot::channel();
        let before = self.last_taken.replace(last_taken);
        let saying = async move {
            if let Some(before) = before {
                let _ = before.await;
            }
            let begun = rooms.begin_to_say(&place, client_id.clone(), message).await;
            drop(taken);
            match begun {
                Ok(appending) => (client_id, appending.await),
                Err(refusal) => (client_id, Err(refusal)),
            }
        };
        self.under_way.push_back(saying.boxed());
    }

    /// Waits for what becomes of the next message, in their order. `None` where none is on its way. Cancel safe.
    pub(super) async fn next(&mut self) -> Option<Said> {
        self.under_way.next().await
    }
}

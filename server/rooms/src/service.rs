//! The service that everybody asks.
//!
//! - [`entering`]: joining, and coming back;
//! - [`leaving`]: by a goodbye, or by staying away;
//! - [`speaking`]: messages and typing;
//! - [`amending`]: edits, deletions;
//! - [`sharing`]: pictures and recordings;
//! - [`reading`]: what one visitor may see;
//! - [`saving`]: all of it at once, to keep;
//! - [`following`]: reading on as it happens, without being connected;
//! - [`governing`]: what only the creator may do;
//! - [`closing`]: the end;
//! - [`purging`]: what has to be gone after it.

use std::{sync::Arc, time::Duration};

use admission::{Budget, Resource};
use clock::Clock;
use media::{MediaStore, Workshop};
use random::{Random, hash};
use store::{Arrival, Command, LogError, Member, Room, Stores};
use tokio::sync::watch;
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use tracing::Instrument;
use wire::{
    domain::{IdentityToken, RoomId, Token},
    error::{AppError, Code},
    protocol::{Created, EndReason, FRAME_MAX_BYTES, Limits, Participant, Settings},
    service::{CreatedRoom, Credentials, NewRoom},
};

pub use self::{
    closing::Bell,
    entering::{Entrance, Resume},
    following::{Following, News},
    reading::{History, HistoryQuery},
    saving::Saving,
    sharing::{MediaLimits, Rendition, Shown},
    speaking::Place,
};
use crate::{
    handle::{RoomHandle, RoomHandles},
    identity::{Identities, Identity},
    metrics::Metrics,
};

mod amending;
mod backoff;
mod closing;
mod entering;
mod following;
mod governing;
mod leaving;
mod purging;
mod reading;
mod saving;
mod sharing;
mod speaking;

/// What holds for every room of this server.
#[derive(Debug, Clone)]
pub struct Rules {
    /// What a room's members may do, and how many they may be.
    pub limits: Limits,
    /// How long a room lives.
    pub room_ttl: Duration,
    /// How much may be uploaded.
    pub media: MediaLimits,
}

/// What the rules are applied to, and with.
#[derive(Clone)]
pub struct Parts {
    /// Rooms and their logs.
    pub stores: Stores,
    /// Where pictures and recordings are kept.
    pub media: MediaStore,
    /// Where they are made fit to be shared.
    pub workshop: Workshop,
    /// The rooms that somebody needs.
    pub rooms: Arc<RoomHandles>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Who vouches for people.
    pub identities: Arc<Identities>,
    /// Ids and secrets.
    pub random: Arc<dyn Random>,
    /// What is counted.
    pub metrics: Arc<Metrics>,
    /// Cancelled when the server is to stop.
    pub stopping: CancellationToken,
}

/// The rooms of this server.
pub struct RoomService {
    parts: Parts,
    rules: Rules,
    /// Rings when a room has come to its end and its content is to go.
    closed: watch::Sender<()>,
    purging: purging::Purging,
    /// What goes on when the request that asked for it is gone.
    tasks: TaskTracker,
}

impl RoomService {
    /// The rooms, under these rules.
    #[must_use]
    pub fn new(parts: Parts, rules: Rules) -> Self {
        Self {
            parts,
            rules,
            closed: watch::Sender::default(),
            purging: purging::Purging::default(),
            tasks: TaskTracker::new(),
        }
    }

    /// Starts a room whose link begins with `origin`.
    ///
    /// # Errors
    /// `invalid_identity`, `identity_required`, `unavailable`, also when there is no space for another one.
    pub async fn create(self: &Arc<Self>, new: NewRoom, origin: &str) -> Result<CreatedRoom, AppError> {
        let identity = self.identify(new.identity.as_ref())?;
        if identity.is_none() && self.parts.identities.required_to_create() {
            return Err(Code::IdentityRequired.into());
        }
        let known = identity.map(|identity| identity.id);
        let who = new.creator_name.map(|name| Participant {
            id: known.clone().unwrap_or_else(|| self.parts.random.participant_id()),
            name,
        });
        let now = self.parts.clock.now();
        let ttl = i64::try_from(self.rules.room_ttl.as_millis()).unwrap_or(i64::MAX);
        let creator_token = self.parts.random.token();
        let room = Room {
            id: self.parts.random.room_id(),
            store_history: new.store_history,
            created_at: now,
            expires_at: now.plus_millis(ttl),
            ended: None,
            creator: hash(&creator_token),
            creator_id: who.as_ref().map(|who| who.id.clone()).or(known),
            settings: Settings::default(),
            inside: 0,
        };
        self.check_space(room.store_history)?;
        let created = Created {
            chat_id: room.id.clone(),
            url: format!("{origin}{}", wire::links::room_path(&room.id)),
            expires_at: room.expires_at,
        };
        let service = Arc::clone(self);
        let joined = self.to_the_end(async move { service.open(room, who).await }).await?;
        Ok(CreatedRoom {
            created,
            creator_token,
            joined,
        })
    }

    /// Opens a room with whoever starts it inside.
    async fn open(
        self: &Arc<Self>,
        room: Room,
        who: Option<Participant>,
    ) -> Result<Option<(Participant, Token)>, AppError> {
        let creator = who.map(|who| (who, self.parts.random.token()));
        let create = Command::Create {
            room: Box::new(room.clone()),
            creator: creator.as_ref().map(|(who, token)| (who.clone(), hash(token))),
        };
        let opened = self.parts.stores.log.execute(&room.id, create).await;
        if let Err(LogError::Lost(_)) = opened {
            self.abandon(room.id.clone());
        }
        let joined = opened.map_err(unavailable)?.entry();
        let Some((who, token)) = creator else {
            return Ok(None);
        };
        let turn = self.parts.rooms.turn(&room.id, &who).await;
        self.note_joined(&room, &turn, joined);
        Ok(Some((who, token)))
    }

    /// Whether there is space for anything in a new room.
    fn check_space(&self, store_history: bool) -> Result<(), AppError> {
        let space = &self.parts.stores.space;
        let text = if store_history {
            &space.stored_text
        } else {
            &space.live_text
        };
        if text.left() < ROOM_SPACE {
            return Err(Resource::Rooms.exhausted().into());
        }
        Ok(())
    }

    /// What rooms and uploads take of the server, for metrics.
    pub fn budgets(&self) -> impl Iterator<Item = &Budget> {
        let Parts { stores, workshop, .. } = &self.parts;
        stores.space.budgets().into_iter().chain(workshop.budgets())
    }

    /// Who it is by the host site's word, where there is one.
    fn identify(&self, token: Option<&IdentityToken>) -> Result<Option<Identity>, AppError> {
        let now = self.parts.clock.now();
        token
            .map(|token| self.parts.identities.identify(token, now))
            .transpose()
    }

    /// Whether the store answers.
    ///
    /// # Errors
    /// `unavailable`.
    pub async fn ping(&self) -> Result<(), AppError> {
        self.parts.stores.upkeep.ping().await.map_err(unavailable)
    }

    /// How many rooms are open.
    ///
    /// # Errors
    /// `unavailable`.
    pub async fn count_open(&self) -> Result<u64, AppError> {
        let now = self.parts.clock.now();
        self.parts.stores.upkeep.count_open(now).await.map_err(unavailable)
    }

    /// Waits for what goes on in the background, and closes the stores. Only after everything that could start more has
    /// stopped.
    pub async fn finish(&self) {
        self.tasks.close();
        self.tasks.wait().await;
        self.parts.stores.close().await;
    }

    /// The room, if it is open. One past its time is over, whether or not it has been swept.
    async fn open_room(&self, id: &RoomId) -> Result<Room, AppError> {
        let handle = self.parts.rooms.get(id);
        let version = handle.as_ref().map(|handle| handle.facts().known().0);
        let registry = &self.parts.stores.registry;
        let room = registry.room(id).await.map_err(unavailable)?;
        let room = room.ok_or(Code::UnknownChat)?;
        if let Some(reason) = self.end_of(&room) {
            return Err(Code::from(reason).into());
        }
        if let (Some(handle), Some(version)) = (handle, version) {
            handle.learn(version, &room);
        }
        Ok(room)
    }

    /// The same, by what is known of a room in which somebody is: only what has changed, or seems to be over, is asked.
    async fn facts(&self, handle: &RoomHandle) -> Result<Arc<Room>, AppError> {
        match handle.facts().known().1 {
            Some(room) if self.end_of(&room).is_none() => Ok(room),
            _ => Ok(Arc::new(self.open_room(handle.id()).await?)),
        }
    }

    /// The room, if it is open, and its member whose token this is, in one look-up; with those who joined last.
    async fn arrival(
        &self,
        handle: &RoomHandle,
        token: Option<&Token>,
        newest: usize,
    ) -> Result<(Arrival, Member), AppError> {
        let (id, token) = (handle.id(), token.map(hash));
        let (version, _) = handle.facts().known();
        let arrival = self.parts.stores.registry.arrival(id, token.as_ref(), newest).await;
        let mut arrival = arrival.map_err(unavailable)?.ok_or(Code::UnknownChat)?;
        if let Some(reason) = self.end_of(&arrival.room) {
            return Err(Code::from(reason).into());
        }
        handle.learn(version, &arrival.room);
        match arrival.member.take() {
            Some(member) if member.removed => Err(Code::Removed.into()),
            member => Ok((arrival, member.ok_or(Code::NotJoined)?)),
        }
    }

    fn end_of(&self, room: &Room) -> Option<EndReason> {
        let expired = self.parts.clock.now() >= room.expires_at;
        room.ended
            .map(|(_, reason)| reason)
            .or(expired.then_some(EndReason::Expired))
    }

    /// Whose token it is. Who was removed is told so, whatever they ask for.
    async fn member(&self, room: &RoomId, token: Option<&Token>) -> Result<Option<Member>, AppError> {
        let Some(token) = token else { return Ok(None) };
        let member = self.parts.stores.registry.member(room, &hash(token)).await;
        match member.map_err(unavailable)? {
            Some(member) if member.removed => Err(Code::Removed.into()),
            member => Ok(member),
        }
    }

    /// Whether somebody proves to belong to a room, or to be its creator. A room that is not there is known to nobody, as
    /// is one that cannot be asked.
    pub async fn knows(&self, id: &RoomId, visitor: &Credentials) -> bool {
        if visitor.participant.is_none() && visitor.creator.is_none() {
            return false;
        }
        let registry = &self.parts.stores.registry;
        let Ok(Some(room)) = registry.room(id).await else {
            return false;
        };
        if let Some(token) = &visitor.participant
            && let Ok(Some(_)) = registry.member(id, &hash(token)).await
        {
            return true;
        }
        self.is_creator(&room, visitor.creator.as_ref()).await.unwrap_or(false)
    }

    /// Why a log refused. A closed one does not say how it came to its end; its room does.
    async fn refusal(&self, room: &RoomId, error: LogError) -> AppError {
        match error {
            LogError::Closed => match self.open_room(room).await {
                Err(refusal) => refusal,
                // Open in the registry and closed in the log: only in the moment of its end.
                Ok(_) => Code::Ended.into(),
            },
            LogError::Gone => Code::UnknownEntry.into(),
            other => unavailable(other),
        }
    }

    /// Runs `work` to its end, even when whoever waits for it goes away: half a join is worse than none.
    async fn to_the_end<T: Send + 'static>(
        &self,
        work: impl Future<Output = Result<T, AppError>> + Send + 'static,
    ) -> Result<T, AppError> {
        self.tasks.spawn(work.in_current_span()).await.unwrap_or_else(|panic| {
            tracing::error!(%panic, "a request's work panicked");
            Err(Code::Internal.into())
        })
    }
}

fn participant(member: &Member) -> Participant {
    Participant {
        id: member.id.clone(),
        name: member.name.clone(),
    }
}

/// Bytes for which there has to be space before another room is started: the longest message, four times.
const ROOM_SPACE: u64 = 4 * FRAME_MAX_BYTES as u64;

/// What a failure of the store is to a person. Here it is logged, and only here.
fn unavailable(error: LogError) -> AppError {
    match error {
        LogError::Busy => AppError::new(Code::Unavailable).retry_after(1),
        LogError::Closed => Code::Ended.into(),
        LogError::Gone => Code::UnknownEntry.into(),
        LogError::Full(exhausted) => exhausted.into(),
        LogError::Store(error) | LogError::Lost(error) => {
            tracing::error!(%error, "the store failed");
            AppError::new(Code::Unavailable).retry_after(2)
        }
    }
}

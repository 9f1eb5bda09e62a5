//! Joining, coming back, leaving.

use std::{collections::HashSet, sync::Arc, time::Duration};

use app::{
    domain::{Epoch, Nickname, ParticipantId, RoomId, Seq, Token},
    error::{AppError, Code},
    ports::JoinedRoom,
    protocol::{Attendance, Joined, Participant, Welcome},
};
use tokio::time::{sleep, timeout};

use super::{Place, RoomService, participant, unavailable};
use crate::{
    hub::Subscription,
    log::{Admission, Draft, LogError, Member, Position, Room},
    presence::{Connection, Seat, Turn},
    random::hash,
    sync::lock,
};

/// How long an arrival waits for a departure of the same participant. It takes that long only when the store is down.
const TURN_WITHIN: Duration = Duration::from_secs(5);

/// How long a departure waits before it tries the store again.
const RETRY_DEPARTURE_AFTER: Duration = Duration::from_secs(1);

/// Participants listed in a welcome, the newest: bounds the frame of a room that thousands have passed through.
const WELCOME_PARTICIPANTS: usize = 1_000;

/// Where a client believes to be in the log.
#[derive(Debug, Clone, Default)]
pub struct Resume {
    /// Which log.
    pub epoch: Option<Epoch>,
    /// The last entry that it has.
    pub after: Option<Seq>,
}

/// A socket's way in: what it is told first, and what it holds from then on.
#[derive(Debug)]
pub struct Entrance {
    /// The first frame.
    pub welcome: Welcome,
    /// Where the socket's participant speaks.
    pub place: Place,
    /// Counts the connection for as long as it is kept.
    pub connection: Connection,
    /// The socket's cursor, at the place from which on entries are missing.
    pub feed: Subscription,
}

impl RoomService {
    /// Makes a participant, or takes the one whose token it is back in.
    ///
    /// # Errors
    /// `unknown_chat`, `ended`, `expired`, `room_full`, `unavailable`.
    pub async fn join(
        self: &Arc<Self>,
        room: &RoomId,
        name: Nickname,
        token: Option<Token>,
    ) -> Result<JoinedRoom, AppError> {
        let (service, room) = (Arc::clone(self), room.clone());
        self.to_the_end(async move { service.join_to_the_end(&room, name, token).await })
            .await
    }

    async fn join_to_the_end(&self, id: &RoomId, name: Nickname, token: Option<Token>) -> Result<JoinedRoom, AppError> {
        let room = self.open_room(id).await?;
        let member = self.member(id, token.as_ref()).await?;
        let (turn, token) = match (member, token) {
            (Some(member), Some(token)) => (self.take_back(&room, &member).await?, token),
            _ => self.admit(&room, name).await?,
        };
        // One who joins and never connects leaves as one who lost the connection.
        self.parts.presence.expect(id, turn.seat());
        let Position { epoch, last, .. } = self.position(id).await?;
        let participant = turn.seat().participant().clone();
        Ok(JoinedRoom {
            joined: Joined {
                participant,
                epoch,
                seq: last,
            },
            token,
            expires_at: room.expires_at,
        })
    }

    async fn admit(&self, room: &Room, name: Nickname) -> Result<(Turn, Token), AppError> {
        let who = Participant {
            id: self.parts.random.participant_id(),
            name,
        };
        let token = self.parts.random.token();
        let turn = self.parts.presence.turn(&room.id, &who).await;
        let capacity = self.rules.limits.participants;
        let admission = self
            .parts
            .stores
            .registry
            .admit(&room.id, &who, &hash(&token), capacity)
            .await;
        self.settle(room, &turn, admission).await?;
        Ok((turn, token))
    }

    /// Sees to it that a member is inside, and keeps them from leaving for as long as the turn is held.
    pub(super) async fn take_back(&self, room: &Room, member: &Member) -> Result<Turn, AppError> {
        let who = participant(member);
        let turn = timeout(TURN_WITHIN, self.parts.presence.turn(&room.id, &who))
            .await
            .map_err(|_| AppError::new(Code::Unavailable).retry_after(2))?;
        if !turn.seat().is_inside() {
            let capacity = self.rules.limits.participants;
            let admission = self.parts.stores.registry.readmit(&room.id, &who.id, capacity).await;
            self.settle(room, &turn, admission).await?;
        }
        Ok(turn)
    }

    /// Draws the consequences of an admission: who entered is announced, who did not loses the seat.
    async fn settle(&self, room: &Room, turn: &Turn, admission: Result<Admission, LogError>) -> Result<(), AppError> {
        let settled = match admission {
            Ok(Admission::Entered) => self.announce(room, turn.seat().participant()).await,
            Ok(Admission::AlreadyInside) => Ok(()),
            Ok(Admission::Full) => Err(Code::RoomFull.into()),
            Ok(Admission::Closed) => Err(self.refusal(&room.id, LogError::Closed).await),
            Err(error) => Err(self.refusal(&room.id, error).await),
        };
        match settled {
            Ok(()) => turn.seat().set_inside(),
            Err(_) => self.parts.presence.retire(&room.id, turn),
        }
        settled
    }

    async fn announce(&self, room: &Room, who: &Participant) -> Result<(), AppError> {
        match self.parts.stores.log.append(&room.id, Draft::Joined(who.clone())).await {
            Ok(joined) => {
                if !room.store_history {
                    lock(&self.horizons).note(&room.id, &who.id, joined.seq);
                }
                Ok(())
            }
            Err(error) => {
                // Nobody has heard of them: let them try again as if they had not come.
                let _ = self.parts.stores.registry.release(&room.id, &who.id).await;
                Err(self.refusal(&room.id, error).await)
            }
        }
    }

    /// Connects a participant's socket.
    ///
    /// # Errors
    /// `unknown_chat`, `ended`, `expired`, `not_joined`, `room_full` for one who had left, `rate_limited` for one with
    /// too many connections, `unavailable`.
    pub async fn enter(&self, id: &RoomId, token: Option<&Token>, resume: &Resume) -> Result<Entrance, AppError> {
        let room = self.open_room(id).await?;
        let member = self.member(id, token).await?.ok_or(Code::NotJoined)?;
        let turn = self.take_back(&room, &member).await?;
        let connection = self.parts.presence.connect(id, &turn).ok_or(Code::RateLimited)?;
        drop(turn);
        // In this order: whatever is appended after the look at the position is in the feed.
        let mut feed = self.parts.hub.subscribe(id);
        let position = self.position(id).await?;
        let (start, resync) = self.start(id, &member.id, &position, resume);
        feed.start_after(start);
        let welcome = Welcome {
            you: participant(&member),
            epoch: position.epoch,
            seq: position.last,
            participants: self.attendance(id).await?,
            expires_at: room.expires_at,
            now: self.parts.clock.now(),
            store_history: room.store_history,
            limits: self.rules.limits.clone(),
            resync,
        };
        let place = Place::new(&room, Arc::clone(connection.seat()));
        Ok(Entrance {
            welcome,
            place,
            connection,
            feed,
        })
    }

    /// The cursor to begin at, and whether the client's own is of no use.
    fn start(&self, room: &RoomId, who: &ParticipantId, position: &Position, resume: &Resume) -> (Seq, bool) {
        let first = position.kept_after.max(self.horizon(room, who));
        match resume.after {
            None => (first, false),
            Some(after)
                if resume.epoch.as_ref() == Some(&position.epoch) && (first..=position.last).contains(&after) =>
            {
                (after, false)
            }
            Some(_) => (first, true),
        }
    }

    /// The last entry that `who` may not see. Stored rooms have none such.
    pub(super) fn horizon(&self, room: &RoomId, who: &ParticipantId) -> Seq {
        lock(&self.horizons).of(room, who)
    }

    pub(super) async fn position(&self, room: &RoomId) -> Result<Position, AppError> {
        match self.parts.stores.log.position(room).await {
            Ok(position) => Ok(position),
            Err(error) => Err(self.refusal(room, error).await),
        }
    }

    async fn attendance(&self, room: &RoomId) -> Result<Vec<Attendance>, AppError> {
        let members = self.parts.stores.registry.members(room).await.map_err(unavailable)?;
        let online: HashSet<_> = self.parts.presence.online(room).into_iter().collect();
        let unlisted = members.len().saturating_sub(WELCOME_PARTICIPANTS);
        let attendance = |Member { id, name, .. }| Attendance {
            online: online.contains(&id),
            id,
            name,
        };
        Ok(members.into_iter().skip(unlisted).map(attendance).collect())
    }

    /// Goodbye: the participant leaves now, with all their connections.
    pub fn leave(self: &Arc<Self>, place: &Place) {
        place.seat().dismissed().cancel();
        self.depart(place.room().clone(), Arc::clone(place.seat()));
    }

    /// Seats everybody who was inside when the server stopped, for the time that a reload takes.
    ///
    /// # Errors
    /// [`LogError`] when the store does not answer.
    pub async fn expect_all_inside(&self) -> Result<(), LogError> {
        for (room, member) in self.parts.stores.registry.all_inside().await? {
            let turn = self.parts.presence.turn(&room, &participant(&member)).await;
            turn.seat().set_inside();
            self.parts.presence.expect(&room, turn.seat());
        }
        Ok(())
    }

    /// Lets go of participants whose grace is over. Runs until it is dropped.
    pub async fn let_go(self: &Arc<Self>) {
        loop {
            let (room, seat) = self.parts.presence.overdue().await;
            self.depart(room, seat);
        }
    }

    fn depart(self: &Arc<Self>, room: RoomId, seat: Arc<Seat>) {
        let service = Arc::clone(self);
        self.tasks.spawn(async move {
            let stopping = service.parts.stopping.clone();
            // When the server stops, who is inside stays inside: a restart is no departure.
            stopping.run_until_cancelled(service.depart_in_turn(&room, seat)).await;
        });
    }

    /// Holds the turn until the store has it all: a `Left` that is written later would follow the `Joined` of who has
    /// come back in the meantime.
    async fn depart_in_turn(&self, room: &RoomId, seat: Arc<Seat>) {
        let turn = Turn::on(seat).await;
        let seat = turn.seat();
        if seat.is_retired() || !(seat.dismissed().is_cancelled() || self.parts.presence.is_overdue(seat)) {
            return;
        }
        let who = seat.participant();
        let registry = &self.parts.stores.registry;
        if persist(|| registry.release(room, &who.id)).await == Some(true) {
            persist(|| self.parts.stores.log.append(room, Draft::Left(who.clone()))).await;
        }
        self.parts.presence.retire(room, &turn);
    }
}

/// Tries until the store takes it. `None` when the room is over.
async fn persist<T, F: Future<Output = Result<T, LogError>>>(attempt: impl Fn() -> F) -> Option<T> {
    loop {
        match attempt().await {
            Ok(done) => return Some(done),
            Err(LogError::Closed) => return None,
            Err(error) => tracing::warn!(%error, "a departure waits for the store"),
        }
        sleep(RETRY_DEPARTURE_AFTER).await;
    }
}

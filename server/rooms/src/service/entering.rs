//! Joining, and coming back.

use std::{collections::HashSet, sync::Arc, time::Duration};

use admission::too_many;
use random::hash;
use store::{Admission, Draft, LogError, Member, Position, Room};
use tokio::time::timeout;
use wire::{
    domain::{Epoch, Nickname, ParticipantId, RoomId, Seq, Token},
    error::{AppError, Code},
    protocol::{Attendance, Joined, Participant, Welcome},
    service::{Credentials, JoinedRoom},
};

use super::{Place, RoomService, participant, unavailable};
use crate::{
    hub::Subscription,
    identity::Identity,
    presence::{Connection, Turn},
};

/// How long an arrival waits for a departure of the same participant. It takes that long only when the store is down.
const TURN_WITHIN: Duration = Duration::from_secs(5);

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
    /// Makes a participant, or takes back in whose token it is, or who it is by the host site's word: one user of the
    /// host's is one participant, on however many devices. A locked room lets its creator in.
    ///
    /// # Errors
    /// `unknown_chat`, `ended`, `expired`, `room_full`, `locked`, `removed`, `invalid_name`, `invalid_identity`,
    /// `identity_required`, `unavailable`.
    pub async fn join(
        self: &Arc<Self>,
        room: &RoomId,
        name: Option<Nickname>,
        visitor: Credentials,
    ) -> Result<JoinedRoom, AppError> {
        let (service, room) = (Arc::clone(self), room.clone());
        self.to_the_end(async move { service.join_to_the_end(&room, name, visitor).await })
            .await
    }

    /// Makes this participant one of the room's.
    pub(super) async fn join_as(self: &Arc<Self>, room: &Room, who: Participant) -> Result<JoinedRoom, AppError> {
        let (service, room) = (Arc::clone(self), room.clone());
        self.to_the_end(async move {
            let (turn, token) = service.admit(&room, who, false).await?;
            service.joined(&room, &turn, token).await
        })
        .await
    }

    async fn join_to_the_end(
        &self,
        id: &RoomId,
        name: Option<Nickname>,
        visitor: Credentials,
    ) -> Result<JoinedRoom, AppError> {
        let Credentials {
            participant: token,
            creator,
            identity,
        } = visitor;
        let room = self.open_room(id).await?;
        let identity = self.identify(identity.as_ref())?;
        let member = self.member(id, token.as_ref()).await?;
        // Whoever signs in as somebody else than they were here is somebody else from now on.
        let member = member.filter(|member| identity.as_ref().is_none_or(|known| known.id == member.id));
        let (turn, token) = match (member, token) {
            (Some(member), Some(token)) => (self.readmit(&room, &member).await?, token),
            _ => {
                let is_creator = self.is_creator(&room, creator.as_ref()).await?;
                let who = self.newcomer(id, name, identity).await?;
                self.admit(&room, who, is_creator).await?
            }
        };
        self.joined(&room, &turn, token).await
    }

    async fn joined(&self, room: &Room, turn: &Turn, token: Token) -> Result<JoinedRoom, AppError> {
        // One who joins and never connects leaves as one who lost the connection.
        self.parts.presence.expect(&room.id, turn.seat());
        let Position { epoch, last, .. } = self.position(&room.id).await?;
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

    /// Who somebody without a token is to be here. Whom the room knows keeps the name that it knows.
    async fn newcomer(
        &self,
        room: &RoomId,
        name: Option<Nickname>,
        identity: Option<Identity>,
    ) -> Result<Participant, AppError> {
        let nameless = || AppError::with_detail(Code::InvalidName, "Please type a name.");
        let Some(identity) = identity else {
            if self.parts.identities.required_to_join() {
                return Err(Code::IdentityRequired.into());
            }
            let id = self.parts.random.participant_id();
            return Ok(Participant {
                id,
                name: name.ok_or_else(nameless)?,
            });
        };
        let known = self.parts.stores.registry.participant(room, &identity.id).await;
        match known.map_err(unavailable)? {
            Some(member) => Ok(participant(&member)),
            None => Ok(Participant {
                id: identity.id,
                name: name.or(identity.name).ok_or_else(nameless)?,
            }),
        }
    }

    async fn admit(&self, room: &Room, who: Participant, is_creator: bool) -> Result<(Turn, Token), AppError> {
        let token = self.parts.random.token();
        let turn = timeout(TURN_WITHIN, self.parts.presence.turn(&room.id, &who))
            .await
            .map_err(|_| AppError::new(Code::Unavailable).retry_after(2))?;
        // Another device may have come first, under another name.
        let who = turn.seat().participant();
        let capacity = self.rules.limits.participants;
        let (registry, hash) = (&self.parts.stores.registry, hash(&token));
        let admission = if is_creator {
            registry.admit_creator(&room.id, who, &hash, capacity).await
        } else {
            registry.admit(&room.id, who, &hash, capacity).await
        };
        self.settle(room, &turn, admission).await?;
        Ok((turn, token))
    }

    /// Sees to it that a member is inside, and keeps them from leaving for as long as the turn is held.
    pub(super) async fn readmit(&self, room: &Room, member: &Member) -> Result<Turn, AppError> {
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
            Ok(Admission::Locked) => Err(Code::Locked.into()),
            Ok(Admission::Removed) => Err(Code::Removed.into()),
            Ok(Admission::Closed) => Err(self.refusal(&room.id, LogError::Closed).await),
            Err(error) => Err(self.refusal(&room.id, error).await),
        };
        match settled {
            Ok(()) => turn.seat().set_inside(),
            // Whoever sits here already stays, whatever became of their other device.
            Err(_) if turn.seat().is_inside() => {}
            Err(_) => self.parts.presence.retire(&room.id, turn),
        }
        settled
    }

    async fn announce(&self, room: &Room, who: &Participant) -> Result<(), AppError> {
        match self.parts.stores.log.append(&room.id, Draft::Joined(who.clone())).await {
            Ok(joined) => {
                if !room.store_history {
                    self.horizons.lock().note(&room.id, &who.id, joined.seq);
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
    /// `unknown_chat`, `ended`, `expired`, `not_joined`, `removed`, `room_full` for one who had left, `rate_limited` for one with
    /// too many connections, `unavailable`.
    pub async fn enter(&self, id: &RoomId, token: Option<&Token>, resume: &Resume) -> Result<Entrance, AppError> {
        let room = self.open_room(id).await?;
        let member = self.member(id, token).await?.ok_or(Code::NotJoined)?;
        let turn = self.readmit(&room, &member).await?;
        let connection = self.parts.presence.connect(id, &turn).ok_or_else(too_many)?;
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
            settings: room.settings,
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
    pub(super) fn start(
        &self,
        room: &RoomId,
        who: &ParticipantId,
        position: &Position,
        resume: &Resume,
    ) -> (Seq, bool) {
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
        self.horizons.lock().of(room, who)
    }

    pub(super) async fn position(&self, room: &RoomId) -> Result<Position, AppError> {
        match self.parts.stores.log.position(room).await {
            Ok(position) => Ok(position),
            Err(error) => Err(self.refusal(room, error).await),
        }
    }

    pub(super) async fn attendance(&self, room: &RoomId) -> Result<Vec<Attendance>, AppError> {
        let members = self.parts.stores.registry.members(room, WELCOME_PARTICIPANTS).await;
        let online: HashSet<_> = self.parts.presence.online(room).into_iter().collect();
        let attendance = |Member { id, name, removed, .. }| Attendance {
            removed,
            online: online.contains(&id),
            id,
            name,
        };
        Ok(members.map_err(unavailable)?.into_iter().map(attendance).collect())
    }
}

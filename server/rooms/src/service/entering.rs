//! Joining, and coming back.

use std::{collections::HashSet, sync::Arc, time::Duration};

use admission::too_many;
use random::hash;
use store::{Appended, Command, LogError, Member, Outcome, Position, Room};
use tokio::time::timeout;
use wire::{
    domain::{Epoch, Nickname, ParticipantId, RoomId, Seq, Token},
    error::{AppError, Code},
    protocol::{Attendance, Joined, Participant, Welcome},
    service::{Credentials, JoinedRoom},
};

use super::{Place, RoomService, participant, unavailable};
use crate::{
    handle::{Connection, RoomHandle, Subscription, Turn},
    identity::Identity,
};

/// How long an arrival waits for a departure of the same participant. It takes that long only when the store is down.
const TURN_WITHIN: Duration = Duration::from_secs(5);

/// Participants listed in a welcome, the newest: bounds the frame of a room that thousands have passed through.
pub(super) const WELCOME_PARTICIPANTS: usize = 1_000;

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

    async fn join_to_the_end(
        self: &Arc<Self>,
        id: &RoomId,
        name: Option<Nickname>,
        visitor: Credentials,
    ) -> Result<JoinedRoom, AppError> {
        let Credentials {
            participant: token,
            creator,
            identity,
        } = visitor;
        let handle = self.parts.rooms.hold(id);
        // Whether it still is open, the command decides.
        let room = self.facts(&handle).await?;
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

    /// What somebody is told who is inside now.
    pub(super) async fn joined(&self, room: &Room, turn: &Turn, token: Token) -> Result<JoinedRoom, AppError> {
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

    async fn admit(
        self: &Arc<Self>,
        room: &Room,
        who: Participant,
        is_creator: bool,
    ) -> Result<(Turn, Token), AppError> {
        let token = self.parts.random.token();
        let turn = self.turn(room, &who).await?;
        // Another device may have come first, under another name.
        let join = Command::Join {
            who: turn.seat().participant().clone(),
            token: hash(&token),
            capacity: self.rules.limits.participants,
            is_creator,
        };
        self.seat(room, &turn, join).await?;
        Ok((turn, token))
    }

    /// Sees to it that a member is inside, and keeps them from leaving for as long as the turn is held.
    pub(super) async fn readmit(self: &Arc<Self>, room: &Room, member: &Member) -> Result<Turn, AppError> {
        let who = participant(member);
        let turn = self.turn(room, &who).await?;
        if !turn.seat().is_inside() {
            let capacity = self.rules.limits.participants;
            let back = Command::Return { who: who.id, capacity };
            self.seat(room, &turn, back).await?;
        }
        Ok(turn)
    }

    async fn turn(&self, room: &Room, who: &Participant) -> Result<Turn, AppError> {
        timeout(TURN_WITHIN, self.parts.rooms.turn(&room.id, who))
            .await
            .map_err(|_| AppError::new(Code::Unavailable).retry_after(2))
    }

    /// Lets somebody in as the command says, and draws the consequences: who is not inside loses the seat.
    async fn seat(self: &Arc<Self>, room: &Room, turn: &Turn, command: Command) -> Result<(), AppError> {
        let outcome = self.parts.stores.log.execute(&room.id, command).await;
        let refusal = match outcome {
            Ok(Outcome::Done(joined)) => {
                self.note_joined(room, turn, joined);
                return Ok(());
            }
            Ok(Outcome::Already(_)) => {
                turn.seat().set_inside();
                return Ok(());
            }
            Ok(Outcome::Full) => Code::RoomFull.into(),
            Ok(Outcome::Locked) => Code::Locked.into(),
            Ok(Outcome::Removed) => Code::Removed.into(),
            Err(error) => {
                if let LogError::Lost(_) = error
                    && !turn.seat().is_inside()
                {
                    // They may be inside now, where nobody knows it: the place is given back as soon as the store
                    // answers again.
                    self.parts.rooms.dismiss(turn.room(), turn.seat());
                    self.depart(Arc::clone(turn.room()), Arc::clone(turn.seat()));
                    return Err(self.refusal(&room.id, error).await);
                }
                self.refusal(&room.id, error).await
            }
        };
        // Whoever sits here already stays, whatever became of their other device.
        if !turn.seat().is_inside() {
            self.parts.rooms.retire(turn);
        }
        Err(refusal)
    }

    /// Notes that somebody is inside, with the entry that tells of it.
    pub(super) fn note_joined(&self, room: &Room, turn: &Turn, joined: Option<Appended>) {
        if let Some(joined) = joined
            && !room.store_history
        {
            turn.room().note_horizon(&turn.seat().participant().id, joined.seq);
        }
        turn.seat().set_inside();
    }

    /// Connects a participant's socket.
    ///
    /// # Errors
    /// `unknown_chat`, `ended`, `expired`, `not_joined`, `removed`, `room_full` for one who had left, `rate_limited` for one with
    /// too many connections, `unavailable`.
    pub async fn enter(
        self: &Arc<Self>,
        id: &RoomId,
        token: Option<&Token>,
        resume: &Resume,
    ) -> Result<Entrance, AppError> {
        // In this order: whatever is appended after the look at the position is in the feed.
        let handle = self.parts.rooms.hold(id);
        let mut feed = handle.subscribe();
        let (arrival, member) = self.arrival(&handle, token, WELCOME_PARTICIPANTS).await?;
        let room = arrival.room;
        let turn = self.readmit(&room, &member).await?;
        let connection = self.parts.rooms.connect(&turn).ok_or_else(too_many)?;
        drop(turn);
        let position = match arrival.position {
            Some(position) => position,
            // In memory.
            None => self.position(id).await?,
        };
        let (start, resync) = self.start(&handle, &member.id, &position, resume);
        feed.start_after(start);
        let welcome = Welcome {
            you: participant(&member),
            epoch: position.epoch,
            seq: position.last,
            participants: attendance(&handle, arrival.members),
            expires_at: room.expires_at,
            now: self.parts.clock.now(),
            store_history: room.store_history,
            settings: room.settings,
            limits: self.rules.limits.clone(),
            resync,
        };
        let place = Place::new(handle, Arc::clone(connection.seat()));
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
        room: &RoomHandle,
        who: &ParticipantId,
        position: &Position,
        resume: &Resume,
    ) -> (Seq, bool) {
        let first = position.kept_after.max(room.horizon(who));
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

    pub(super) async fn position(&self, room: &RoomId) -> Result<Position, AppError> {
        match self.parts.stores.log.position(room).await {
            Ok(position) => Ok(position),
            Err(error) => Err(self.refusal(room, error).await),
        }
    }
}

/// Members, and whether they are connected.
pub(super) fn attendance(room: &RoomHandle, members: Vec<Member>) -> Vec<Attendance> {
    let online: HashSet<_> = room.online().into_iter().collect();
    let attendance = |Member { id, name, removed, .. }| Attendance {
        removed,
        online: online.contains(&id),
        id,
        name,
    };
    members.into_iter().map(attendance).collect()
}

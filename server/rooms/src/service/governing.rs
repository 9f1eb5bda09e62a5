//! What only a room's creator may do, beside ending it: lock it, remove somebody, allow only text, extend it, make links
//! that give the same rights to another device.

use std::sync::Arc;

use random::hash;
use store::{Command, Outcome, Room};
use subtle::ConstantTimeEq;
use wire::{
    domain::{ParticipantId, RoomId, Timestamp, Token},
    error::{AppError, Code},
    protocol::{Change, EXTENSION_MAX_HOURS},
    service::{Credentials, Ruling},
};

use super::{RoomService, participant, unavailable};

/// Owner links of one chat: a few devices and a few lost links.
const OWNERS_MAX: u32 = 8;

impl RoomService {
    /// Does what the creator decides. Decided again, nothing happens; but a chat is extended once.
    ///
    /// # Errors
    /// `unknown_chat`, `ended`, `expired`, `not_creator`, `unavailable`; `unknown_participant`, `already_extended`, and
    /// `invalid_request` for hours that are none and for creators who would remove themselves.
    pub async fn rule(self: &Arc<Self>, id: &RoomId, visitor: Credentials, ruling: Ruling) -> Result<(), AppError> {
        let (service, id) = (Arc::clone(self), id.clone());
        self.to_the_end(async move {
            let room = service.owned(&id, visitor.creator.as_ref()).await?;
            match ruling {
                Ruling::Lock(locked) => service.change(&room, &visitor, Change::Locked(locked)).await,
                Ruling::TextOnly(text_only) => service.change(&room, &visitor, Change::TextOnly(text_only)).await,
                Ruling::Extend(hours) => {
                    if !(1..=EXTENSION_MAX_HOURS).contains(&hours) {
                        let detail = format!("A chat is extended by 1 to {EXTENSION_MAX_HOURS} hours.");
                        return Err(AppError::with_detail(Code::InvalidRequest, detail));
                    }
                    let end = room.expires_at.plus_millis(i64::from(hours) * 3_600_000);
                    service.change(&room, &visitor, Change::ExpiresAt(end)).await
                }
                Ruling::Remove(who) => service.remove(&room, &visitor, &who).await,
            }
        })
        .await
    }

    /// When a chat ends, for who has just extended it.
    ///
    /// # Errors
    /// `unknown_chat`, `ended`, `expired`, `unavailable`.
    pub async fn expires_at(&self, id: &RoomId) -> Result<Timestamp, AppError> {
        self.open_room(id).await.map(|room| room.expires_at)
    }

    /// Makes a link that gives the creator's rights to whoever opens it. Its token is new, for tokens are kept hashed, and
    /// stands in the fragment, which no browser sends.
    ///
    /// # Errors
    /// `unknown_chat`, `ended`, `expired`, `not_creator`, `owner_links_spent`, `unavailable`.
    pub async fn owner_link(&self, id: &RoomId, creator: Option<&Token>, origin: &str) -> Result<String, AppError> {
        self.owned(id, creator).await?;
        let token = self.parts.random.token();
        let registry = &self.parts.stores.registry;
        if registry
            .add_owner(id, &hash(&token), OWNERS_MAX)
            .await
            .map_err(unavailable)?
        {
            let path = wire::links::owner_path(id, &token);
            Ok(format!("{origin}{path}"))
        } else {
            Err(Code::OwnerLinksSpent.into())
        }
    }

    /// Whether a token, of an owner link, is the creator's; when it ends to be.
    ///
    /// # Errors
    /// `unknown_chat`, `ended`, `expired`, `not_creator`, `unavailable`.
    pub async fn own(&self, id: &RoomId, token: &Token) -> Result<Timestamp, AppError> {
        self.owned(id, Some(token)).await.map(|room| room.expires_at)
    }

    async fn owned(&self, id: &RoomId, creator: Option<&Token>) -> Result<Room, AppError> {
        let room = self.open_room(id).await?;
        if self.is_creator(&room, creator).await? {
            Ok(room)
        } else {
            Err(Code::NotCreator.into())
        }
    }

    /// Whether a token proves the creator: the first one, or one of an owner link.
    pub(super) async fn is_creator(&self, room: &Room, token: Option<&Token>) -> Result<bool, AppError> {
        let Some(token) = token else { return Ok(false) };
        let presented = hash(token);
        let owners = self.parts.stores.registry.owners(&room.id).await.map_err(unavailable)?;
        let all = owners.iter().chain([&room.creator]);
        Ok(all.fold(false, |any, proof| any | bool::from(presented.0.ct_eq(&proof.0))))
    }

    async fn change(&self, room: &Room, visitor: &Credentials, change: Change) -> Result<(), AppError> {
        let by = self.member(&room.id, visitor.participant.as_ref()).await;
        let by = by.ok().flatten().map(|member| participant(&member));
        let changed = self.execute(&room.id, Command::Change { by, change }).await;
        self.outdate(&room.id);
        match changed? {
            Outcome::Already(_) if matches!(change, Change::ExpiresAt(_)) => Err(Code::AlreadyExtended.into()),
            _ => Ok(()),
        }
    }

    async fn remove(&self, room: &Room, visitor: &Credentials, who: &ParticipantId) -> Result<(), AppError> {
        let registry = &self.parts.stores.registry;
        let you = self.member(&room.id, visitor.participant.as_ref()).await.ok().flatten();
        if you.is_some_and(|you| you.id == *who) {
            let detail = "You cannot remove yourself. You can leave the chat, or end it.";
            return Err(AppError::with_detail(Code::InvalidRequest, detail));
        }
        let member = registry.participant(&room.id, who).await.map_err(unavailable)?;
        let removed = participant(&member.ok_or(Code::UnknownParticipant)?);
        self.execute(&room.id, Command::Remove { who: who.clone() }).await?;
        // Also of who was removed before: whoever asked for that may have heard that the store failed. From here on the
        // store lets nobody in by their token; whoever came in just before has a seat or a reader.
        let turn = self.parts.rooms.turn(&room.id, &removed).await;
        turn.seat().set_removed();
        turn.room().dismiss_readers(who);
        self.parts.rooms.dismiss(turn.room(), turn.seat());
        self.parts.rooms.retire(&turn);
        Ok(())
    }

    async fn execute(&self, room: &RoomId, command: Command) -> Result<Outcome, AppError> {
        match self.parts.stores.log.execute(room, command).await {
            Ok(outcome) => Ok(outcome),
            Err(error) => Err(self.refusal(room, error).await),
        }
    }
}

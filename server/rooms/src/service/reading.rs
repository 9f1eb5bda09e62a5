//! What one visitor may see.

use store::{Logged, PAGE_MAX, Page};
use wire::{
    domain::{Epoch, RoomId, Seq, Token},
    error::AppError,
    protocol::RoomDetails,
    service::{Credentials, RoomView},
};

use super::{RoomService, participant, unavailable};

/// Entries in a page for who does not say how many.
const PAGE_DEFAULT: usize = 50;

/// Which entries: those after a place, or those before one. Without either: from the first.
#[derive(Debug, Clone, Copy, Default)]
pub struct HistoryQuery {
    /// The first entries after this one.
    pub after: Option<Seq>,
    /// The last entries before this one.
    pub before: Option<Seq>,
    /// How many at most; 50 for who does not say. More than 200 are given as 200, and of long ones fewer: what is missing is
    /// on the next page.
    pub limit: Option<u32>,
}

/// A part of a log.
#[derive(Debug, Clone)]
pub struct History {
    /// Which log: entries of another are no continuation of these.
    pub epoch: Epoch,
    /// In order.
    pub entries: Vec<Logged>,
    /// Where the next page begins.
    pub next_after: Seq,
}

impl RoomService {
    /// Looks at a room. Changes nothing: link-preview bots look, too.
    ///
    /// # Errors
    /// `unknown_chat`, `ended`, `expired`, `removed`, `unavailable`.
    pub async fn view(&self, id: &RoomId, visitor: &Credentials) -> Result<RoomView, AppError> {
        let room = self.open_room(id).await?;
        let is_creator = self.is_creator(&room, visitor.creator.as_ref()).await?;
        let you = self.member(id, visitor.participant.as_ref()).await;
        let you = you?.map(|member| participant(&member));
        let online = self.parts.rooms.get(id).map_or_else(Vec::new, |room| room.online());
        let creator_id = room.creator_id.clone().filter(|_| you.is_some());
        let participants = if you.is_some() {
            let members = self.parts.stores.registry.inside(id).await.map_err(unavailable)?;
            Some(
                members
                    .iter()
                    .filter(|member| online.contains(&member.id))
                    .map(participant)
                    .collect(),
            )
        } else {
            None
        };
        let details = RoomDetails {
            chat_id: room.id.clone(),
            store_history: room.store_history,
            created_at: room.created_at,
            expires_at: room.expires_at,
            settings: room.settings,
            limits: self.rules.limits.clone(),
            is_active: true,
            verified_by: self.parts.identities.name().map(str::to_owned),
            creator_id,
            participant_count: u32::try_from(online.len()).unwrap_or(u32::MAX),
            participants,
        };
        Ok(RoomView {
            details,
            you,
            is_creator,
            now: self.parts.clock.now(),
        })
    }

    /// Reads a part of the log, for a participant.
    ///
    /// # Errors
    /// `unknown_chat`, `ended`, `expired`, `not_joined`, `unavailable`.
    pub async fn history(
        &self,
        room: &RoomId,
        token: Option<&Token>,
        query: HistoryQuery,
    ) -> Result<History, AppError> {
        let handle = self.parts.rooms.hold(room);
        let (arrival, member) = self.arrival(&handle, token, 0).await?;
        let horizon = handle.horizon(&member.id);
        let limit = query
            .limit
            .map_or(PAGE_DEFAULT, |limit| usize::try_from(limit).unwrap_or(PAGE_MAX))
            .clamp(1, PAGE_MAX);
        let after = query.after.unwrap_or_default().max(horizon);
        let page = match (query.before, query.after) {
            (Some(before), None) => Page::Before(before, limit),
            _ => Page::After(after, limit),
        };
        let epoch = match arrival.position {
            Some(position) => position.epoch,
            None => self.position(room).await?.epoch,
        };
        let mut entries = self.page(room, page).await?;
        entries.retain(|entry| entry.seq > horizon);
        let next_after = entries.last().map_or(after, |entry| entry.seq);
        Ok(History {
            epoch,
            entries,
            next_after,
        })
    }

    /// The page of the log that follows a socket's cursor.
    ///
    /// # Errors
    /// `ended`, `expired`, `unavailable`.
    pub async fn page(&self, room: &RoomId, page: Page) -> Result<Vec<Logged>, AppError> {
        match self.parts.stores.log.read(room, page).await {
            Ok(entries) => Ok(entries),
            Err(error) => Err(self.refusal(room, error).await),
        }
    }
}

//! The rooms as pages and server functions see them.

use std::sync::Arc;

use app::{
    domain::{Nickname, RoomId},
    error::AppError,
    ports::{CreatedRoom, JoinedRoom, NewRoom, RoomView, Rooms},
    session::Credentials,
};
use async_trait::async_trait;

use super::RoomService;
use crate::config::Origin;

/// The rooms of a server that a visitor reaches under `origin`.
pub struct SiteRooms {
    /// The rules.
    pub service: Arc<RoomService>,
    /// What links begin with.
    pub origin: Origin,
}

impl SiteRooms {
    /// Pages and forms answer refusals in their own words: they are counted here.
    fn counted<T>(&self, outcome: Result<T, AppError>) -> Result<T, AppError> {
        outcome.inspect_err(|error| self.service.parts.metrics.refused(error.code))
    }
}

#[async_trait]
impl Rooms for SiteRooms {
    async fn create(&self, room: NewRoom) -> Result<CreatedRoom, AppError> {
        self.counted(self.service.create(room, &self.origin).await)
    }

    async fn view(&self, room: &RoomId, visitor: &Credentials) -> Result<RoomView, AppError> {
        self.counted(self.service.view(room, visitor).await)
    }

    async fn join(&self, room: &RoomId, name: Nickname, visitor: &Credentials) -> Result<JoinedRoom, AppError> {
        self.counted(self.service.join(room, name, visitor.participant.clone()).await)
    }

    async fn end(&self, room: &RoomId, visitor: &Credentials) -> Result<(), AppError> {
        self.counted(self.service.end(room, visitor.creator.clone()).await)
    }
}

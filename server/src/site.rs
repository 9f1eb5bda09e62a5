//! The rooms as pages and server functions see them.

use std::sync::Arc;

use admission::{Action, Visitor};
use app::ports::Rooms;
use async_trait::async_trait;
use rooms::RoomService;
use wire::{
    domain::{Nickname, RoomId, Timestamp, Token},
    error::AppError,
    service::{CreatedRoom, Credentials, JoinedRoom, NewRoom, RoomView, Ruling},
};

use crate::{config::Origin, metrics::Metrics};

/// The rooms of a server that a visitor reaches under `origin`.
pub struct SiteRooms {
    /// The rules.
    pub service: Arc<RoomService>,
    /// What is counted.
    pub metrics: Arc<Metrics>,
    /// What links begin with.
    pub origin: Origin,
    /// Who asks, by address, where that is known.
    pub visitor: Option<Visitor>,
}

impl SiteRooms {
    fn may(&self, action: Action) -> Result<(), AppError> {
        self.visitor.as_ref().map_or(Ok(()), |visitor| visitor.may(action))
    }

    /// Who proves to belong to a room is not shut out for what others at the same address have guessed.
    async fn may_look(&self, room: &RoomId, visitor: &Credentials) -> Result<(), AppError> {
        match self.visitor.as_ref().map_or(Ok(()), Visitor::may_look) {
            Err(_) if self.service.knows(room, visitor).await => Ok(()),
            looks => looks,
        }
    }

    /// Pages and forms answer refusals in their own words: here they are counted.
    async fn counted<T>(&self, work: impl Future<Output = Result<T, AppError>>) -> Result<T, AppError> {
        let outcome = work.await;
        if let Err(error) = &outcome {
            self.metrics.refused(error.code);
            if let Some(visitor) = &self.visitor {
                visitor.note(error.code);
            }
        }
        outcome
    }
}

#[async_trait]
impl Rooms for SiteRooms {
    async fn create(&self, room: NewRoom) -> Result<CreatedRoom, AppError> {
        self.counted(async {
            self.may(Action::Create)?;
            self.service.create(room, self.origin.as_str()).await
        })
        .await
    }

    async fn view(&self, room: &RoomId, visitor: &Credentials) -> Result<RoomView, AppError> {
        self.counted(async {
            self.may_look(room, visitor).await?;
            self.service.view(room, visitor).await
        })
        .await
    }

    async fn join(&self, room: &RoomId, name: Option<Nickname>, visitor: &Credentials) -> Result<JoinedRoom, AppError> {
        self.counted(async {
            self.may(Action::Join)?;
            self.may_look(room, visitor).await?;
            self.service.join(room, name, visitor.clone()).await
        })
        .await
    }

    async fn end(&self, room: &RoomId, visitor: &Credentials) -> Result<(), AppError> {
        self.counted(async {
            self.may_look(room, visitor).await?;
            self.service.end(room, visitor.creator.clone()).await
        })
        .await
    }

    async fn rule(&self, room: &RoomId, visitor: &Credentials, ruling: Ruling) -> Result<(), AppError> {
        self.counted(async {
            self.may_look(room, visitor).await?;
            self.service.rule(room, visitor.clone(), ruling).await
        })
        .await
    }

    async fn owner_link(&self, room: &RoomId, visitor: &Credentials) -> Result<String, AppError> {
        self.counted(async {
            self.may_look(room, visitor).await?;
            self.service
                .owner_link(room, visitor.creator.as_ref(), self.origin.as_str())
                .await
        })
        .await
    }

    async fn own(&self, room: &RoomId, token: &Token) -> Result<Timestamp, AppError> {
        self.counted(async {
            let owner = Credentials {
                creator: Some(token.clone()),
                ..Credentials::default()
            };
            self.may_look(room, &owner).await?;
            self.service.own(room, token).await
        })
        .await
    }
}

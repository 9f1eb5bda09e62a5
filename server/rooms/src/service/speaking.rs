//! Messages and typing.

use std::sync::Arc;

use admission::{Scope, Visitor, too_fast};
use futures_util::{
    FutureExt,
    future::{BoxFuture, ready},
};
use store::{Act, Appended, Command, Draft, LogError, Logged, Member, Page, RawBody, Room};
use tokio::time::Instant;
use wire::{
    domain::{ClientId, InvalidText, MessageText, ParticipantId, RoomId, Seq, Token, blank::is_blank},
    error::{AppError, Code},
    protocol::{Body, Message},
};

use super::RoomService;
use crate::{
    handle::RoomHandle,
    hub::{Frame, encode},
    presence::Seat,
};

/// Where somebody speaks, and as whom. The sender of a message comes from here, never from the message.
#[derive(Debug, Clone)]
pub struct Place {
    room: Arc<RoomHandle>,
    seat: Arc<Seat>,
    /// At which address, where that is known: it may say so much.
    visitor: Option<Visitor>,
}

impl Place {
    pub(super) const fn new(room: Arc<RoomHandle>, seat: Arc<Seat>) -> Self {
        Self {
            room,
            seat,
            visitor: None,
        }
    }

    /// The same place, of somebody at this address.
    #[must_use]
    pub fn of(self, visitor: Option<Visitor>) -> Self {
        Self { visitor, ..self }
    }

    /// Counts a message.
    fn allow(&self, message: &Message) -> Result<(), AppError> {
        let own = self.seat.allow_message();
        own.map_err(|wait| too_fast(Scope::Participant, wait))?;
        let of_room = self.room.messages().take();
        of_room.map_err(|wait| too_fast(Scope::Room, wait))?;
        let visitor = self.visitor.as_ref();
        visitor.map_or(Ok(()), |visitor| visitor.may_say(weight(message)))
    }

    /// The room.
    #[must_use]
    pub fn room(&self) -> &RoomId {
        self.room.id()
    }

    /// Its handle.
    pub(super) const fn handle(&self) -> &Arc<RoomHandle> {
        &self.room
    }

    /// The speaker.
    #[must_use]
    pub const fn seat(&self) -> &Arc<Seat> {
        &self.seat
    }
}

impl RoomService {
    /// Says something. `Ok` means that it is in the log; said again under the same `client_id`, it is the same entry.
    ///
    /// # Errors
    /// `invalid_message` for a body of a kind that is not said, `text_only`, `unknown_media`, `unknown_entry`, `not_yours`,
    /// `removed`, `rate_limited`, `chat_media_full` and `media_full` where there is no space for it, `ended`, `expired`,
    /// `unavailable`.
    pub async fn say(
        self: &Arc<Self>,
        place: &Place,
        client_id: ClientId,
        message: Message,
    ) -> Result<Appended, AppError> {
        self.begin_to_say(place, client_id, message).await?.await
    }

    /// Says something as [`Self::say`] does, and returns when the log has taken it: what is said from then on is logged
    /// after it. What is returned waits for it to be in the log.
    ///
    /// # Errors
    /// As [`Self::say`], and so is what is returned.
    pub async fn begin_to_say(
        self: &Arc<Self>,
        place: &Place,
        client_id: ClientId,
        message: Message,
    ) -> Result<BoxFuture<'static, Result<Appended, AppError>>, AppError> {
        let (service, place, key) = (Arc::clone(self), place.clone(), client_id.clone());
        let said = match self.begin_anew(&place, client_id, message).await {
            Ok(saying) => async move { service.or_first(&place, &key, saying.await).await }.boxed(),
            Err(refusal) => ready(Ok(self.or_first(&place, &key, Err(refusal)).await?)).boxed(),
        };
        Ok(said)
    }

    /// What the log has of a message whose retry is refused. A retry is no second message: what has become of the first
    /// one since, of its room, or of what its sender may say, does not matter. Asked for only here, so that a new message
    /// costs no more; not for who was removed, to whom nothing is said.
    async fn or_first(
        &self,
        place: &Place,
        client_id: &ClientId,
        said: Result<Appended, AppError>,
    ) -> Result<Appended, AppError> {
        let from = &place.seat.participant().id;
        self.or_first_of(place.room(), (from, client_id), said).await
    }

    async fn or_first_of(
        &self,
        room: &RoomId,
        (from, client_id): (&ParticipantId, &ClientId),
        said: Result<Appended, AppError>,
    ) -> Result<Appended, AppError> {
        match said {
            Err(refusal) if refusal.code != Code::Removed => {
                let first = self.parts.stores.log.sent(room, from, client_id).await;
                // A log that cannot say so is no news: the refusal stands.
                first.ok().flatten().ok_or(refusal)
            }
            said => said,
        }
    }

    /// Says something as if it had not been said before.
    async fn begin_anew(
        self: &Arc<Self>,
        place: &Place,
        client_id: ClientId,
        message: Message,
    ) -> Result<BoxFuture<'static, Result<Appended, AppError>>, AppError> {
        let draft = self.draft(place, client_id, message).await?;
        let start = Instant::now();
        let (service, room) = (Arc::clone(self), Arc::clone(place.handle()));
        let taken = service.parts.stores.log.take(room.id(), Command::Say(draft)).await;
        let saying = match taken {
            Ok(saying) => saying,
            Err(error) => return Err(service.refusal(room.id(), error).await),
        };
        let said = async move {
            match saying.await.and_then(|said| said.entry().ok_or(LogError::Closed)) {
                Ok(appended) => {
                    service.parts.metrics.acked(start.elapsed());
                    Ok(appended)
                }
                Err(error) => Err(service.refusal(room.id(), error).await),
            }
        };
        Ok(said.boxed())
    }

    /// What is to be logged of a message that may be said. From here on its body is bytes.
    async fn draft(&self, place: &Place, client_id: ClientId, message: Message) -> Result<Draft, AppError> {
        let message = sayable(message)?;
        self.check_place(place).await?;
        place.allow(&message)?;
        let (room, from) = (&place.room, &place.seat.participant().id);
        let act = match message {
            Message::Say { media, body } => {
                self.check_shared(room, from, (&media, &body)).await?;
                Act::Say {
                    media: body.shows().cloned().into_iter().collect(),
                    body: RawBody::of(&body),
                }
            }
            Message::Edit { target, media, body } => self.edit(room, from, target, (&media, &body)).await?,
            Message::Reword { target, text } => self.reword(room, from, target, text).await?,
            Message::Delete { target } => self.delete(room, from, target).await?,
        };
        let from = from.clone();
        Ok(Draft { from, client_id, act })
    }

    /// Says something over REST: one who left comes back in, and is expected to be heard of again. A retry is answered
    /// with what its first entry is by now; where a live room's log does not keep that any more, with its place and time
    /// and what was sent. What is returned is the entry as it goes over the wire. Why a message could not be read is told to
    /// members alone.
    ///
    /// # Errors
    /// As [`RoomService::say`], and `unknown_chat`, `not_joined`, `room_full`.
    pub async fn post(
        self: &Arc<Self>,
        room: &RoomId,
        (token, visitor): (Option<Token>, Option<Visitor>),
        client_id: ClientId,
        message: Result<Message, AppError>,
    ) -> Result<Frame, AppError> {
        let (service, room) = (Arc::clone(self), room.clone());
        self.to_the_end(async move {
            // What is read of the room is remembered for what follows.
            let _handle = service.parts.rooms.hold(&room);
            let open = service.open_room(&room).await?;
            let member = service.member(&room, token.as_ref()).await?.ok_or(Code::NotJoined)?;
            let message = sayable(message?)?;
            let said = match service.place_of(&open, &member).await {
                Ok(place) => {
                    let place = place.of(visitor);
                    service.say(&place, client_id.clone(), message.clone()).await
                }
                // Who finds no place any more may have said it when they had one.
                Err(refusal) => service.or_first_of(&room, (&member.id, &client_id), Err(refusal)).await,
            };
            let Appended { seq, at, frame, .. } = said?;
            if let Some(frame) = frame {
                return Ok(frame);
            }
            if let Some(kept) = service.entry(&room, seq).await? {
                return Ok(kept.frame);
            }
            let written = message.written((&member.id, &client_id), (seq, at));
            encode(&written).ok_or_else(|| Code::Internal.into())
        })
        .await
    }

    /// Where a member speaks who need not be inside: from now on they are.
    async fn place_of(self: &Arc<Self>, room: &Room, member: &Member) -> Result<Place, AppError> {
        let turn = self.readmit(room, member).await?;
        Ok(Place::new(Arc::clone(turn.room()), Arc::clone(turn.seat())))
    }

    /// One entry, where the log keeps it.
    pub(super) async fn entry(&self, room: &RoomId, seq: Seq) -> Result<Option<Logged>, AppError> {
        let page = Page::After(Seq(seq.0.saturating_sub(1)), 1);
        match self.parts.stores.log.read(room, page).await {
            Ok(entries) => Ok(entries.into_iter().find(|entry| entry.seq == seq)),
            Err(error) => Err(self.refusal(room, error).await),
        }
    }

    /// Signals that the participant started or stopped typing.
    ///
    /// # Errors
    /// `ended`, `expired`, `removed`, `unavailable`.
    pub async fn type_in(&self, place: &Place, typing: bool) -> Result<(), AppError> {
        self.check_place(place).await?;
        place.room.typing(place.seat.participant().id.clone(), typing);
        Ok(())
    }

    /// A room's time is over on the minute, whenever the sweeper comes; a removal holds before the connection is closed.
    async fn check_place(&self, place: &Place) -> Result<(), AppError> {
        if place.seat.is_removed() {
            return Err(Code::Removed.into());
        }
        self.facts(&place.room).await.map(drop)
    }
}

/// Bytes that a message takes wherever it is kept, more or less.
fn weight(message: &Message) -> usize {
    /// Of all that is no words.
    const SHORT: usize = 256;
    let words = match message {
        Message::Say { body, .. } | Message::Edit { body, .. } => match body {
            Body::Text { text, .. } => text.as_str().len(),
            Body::Image { alt: Some(alt), .. } => alt.as_str().len(),
            _ => 0,
        },
        Message::Reword { text, .. } => text.as_str().len(),
        Message::Delete { .. } => 0,
    };
    SHORT + words
}

/// What can be said: not what only the server says, nor what it does not know.
fn sayable(message: Message) -> Result<Message, AppError> {
    Ok(match message {
        Message::Say { media, body } => Message::Say {
            media,
            body: sayable_body(body)?,
        },
        Message::Edit { target, media, body } => Message::Edit {
            target,
            media,
            body: sayable_body(body)?,
        },
        Message::Reword { target, text } => Message::Reword {
            target,
            text: legible(text)?,
        },
        delete @ Message::Delete { .. } => delete,
    })
}

fn sayable_body(body: Body) -> Result<Body, AppError> {
    match body {
        Body::Text { text, reply_to, .. } => Ok(Body::answer(legible(text)?, reply_to)),
        body @ (Body::Image { .. } | Body::Audio { .. } | Body::Reaction { .. }) => Ok(body),
        Body::Edit { .. } | Body::Delete { .. } | Body::Deleted { .. } | Body::Unknown => Err(AppError::with_detail(
            Code::InvalidMessage,
            "That kind of message cannot be sent here.",
        )),
    }
}

/// Words of which something is to be seen.
fn legible(text: MessageText) -> Result<MessageText, AppError> {
    if text.as_str().chars().all(is_blank) {
        return Err(AppError::with_detail(
            Code::InvalidMessage,
            InvalidText::Blank.to_string(),
        ));
    }
    Ok(text)
}

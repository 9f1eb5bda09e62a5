//! The API's calls, typed: what each takes, where it goes, what it answers.
//!
//! [`Client`] makes them over any [`Transport`]: the browser's is [`browser::Browser`], with which the pages upload; the
//! server's tests bring one for programs. What happens in a room is followed by [`crate::room_client`] over the socket.
//! Pages start, join and govern rooms by the server functions of [`crate::api`], which work as plain forms, too.

#[cfg(feature = "hydrate")]
pub mod browser;
mod transport;

use serde::Serialize;
use wire::{
    domain::{ClientId, IdentityToken, MediaId, Nickname, ParticipantId, RoomId, Seq, Timestamp, Token},
    error::{AppError, Code},
    links,
    protocol::{
        Body, Entry, RoomDetails, Uploaded,
        calls::{
            CreateRequest, CreateResponse, ExtendRequest, ExtendResponse, JoinRequest, JoinResponse, LockRequest,
            MessagesResponse, OwnerLinkResponse, RemoveRequest, SaveAs, SayRequest, TextOnlyRequest, TokenIn,
        },
    },
};

pub use self::transport::{Answer, Payload, Request, Transport};

/// Which part of a log to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The first entries after this one; after 0, those that the log begins with.
    After(Seq),
    /// The last entries before this one.
    Before(Seq),
}

/// Speaks to a server's API.
///
/// Every call's errors are what the server refused, by their [`Code`]; and `unavailable` where it cannot be reached.
#[derive(Debug, Clone)]
pub struct Client<T> {
    transport: T,
    bearer: Option<String>,
    token_in: Option<TokenIn>,
}

#[expect(clippy::missing_errors_doc, reason = "the same for all: see `Client`")]
impl<T: Transport> Client<T> {
    /// Speaks for nobody, or in a browser for whom its cookies say.
    pub const fn new(transport: T) -> Self {
        Self {
            transport,
            bearer: None,
            token_in: None,
        }
    }

    /// Says where the tokens go that [`Self::create`] and [`Self::join`] hand out. Unless it is said, a browser gets them
    /// in cookies, and a program in the answers.
    #[must_use]
    pub fn with_tokens_in(self, place: TokenIn) -> Self {
        let token_in = Some(place);
        Self { token_in, ..self }
    }

    /// Speaks for a participant or a creator.
    #[must_use]
    pub fn with_token(self, token: &Token) -> Self {
        let bearer = Some(token.expose().to_owned());
        Self { bearer, ..self }
    }

    /// Speaks for a user of the host site, who creates or joins.
    #[must_use]
    pub fn with_identity(self, identity: &IdentityToken) -> Self {
        let bearer = Some(identity.expose().to_owned());
        Self { bearer, ..self }
    }

    /// Starts a chat. With a name, its creator is inside at once.
    pub async fn create(
        &self,
        creator_name: Option<&Nickname>,
        store_history: bool,
    ) -> Result<CreateResponse, AppError> {
        let creator_name = creator_name.map(ToString::to_string);
        let request = CreateRequest {
            creator_name,
            store_history,
            token_in: self.token_in,
        };
        self.post(links::create_path(), &request).await?.read()
    }

    /// Looks at a chat. Changes nothing.
    pub async fn details(&self, room: &RoomId) -> Result<RoomDetails, AppError> {
        self.get(links::call_path(room, "")).await.read()
    }

    /// Joins a chat; with a token already held, as the same participant again.
    pub async fn join(&self, room: &RoomId, name: Option<&Nickname>) -> Result<JoinResponse, AppError> {
        let request = JoinRequest {
            name: name.map(ToString::to_string),
            token_in: self.token_in,
        };
        self.post(links::call_path(room, "/join"), &request).await?.read()
    }

    /// Reads up to `limit` entries, which the server bounds, too.
    pub async fn messages(&self, room: &RoomId, part: Part, limit: u32) -> Result<MessagesResponse, AppError> {
        let (side, seq) = match part {
            Part::After(seq) => ("after", seq),
            Part::Before(seq) => ("before", seq),
        };
        let path = links::call_path(room, "/messages");
        self.get(format!("{path}?{side}={seq}&limit={limit}")).await.read()
    }

    /// Says something. Answered once it is in the log; sent again with the same `client_id`, it is the same message.
    pub async fn say(&self, room: &RoomId, client_id: &ClientId, body: &Body) -> Result<Entry, AppError> {
        let request = SayRequest::new(client_id, &body.clone().into()).map_err(|_| Code::InvalidMessage)?;
        self.post(links::call_path(room, "/messages"), &request).await?.read()
    }

    /// Adds a picture or a recording, to be shown by a message.
    pub async fn upload(&self, room: &RoomId, file: T::File) -> Result<Uploaded, AppError> {
        let path = links::media_path(room);
        self.send("POST", path, Payload::File(file)).await.read()
    }

    /// Reads a picture or a recording.
    pub async fn medium(&self, room: &RoomId, id: &MediaId) -> Result<Vec<u8>, AppError> {
        self.get(links::medium_path(room, id)).await.bytes()
    }

    /// Reads what is behind a path of ours.
    pub async fn file(&self, path: String) -> Result<Vec<u8>, AppError> {
        self.get(path).await.bytes()
    }

    /// Reads the whole conversation, as a file to keep.
    pub async fn export(&self, room: &RoomId, save_as: SaveAs) -> Result<Vec<u8>, AppError> {
        self.get(links::export_path(room, save_as)).await.bytes()
    }

    /// Locks a chat, or opens it again. For its creator, as all that follows.
    pub async fn lock(&self, room: &RoomId, locked: bool) -> Result<(), AppError> {
        let path = links::call_path(room, "/lock");
        self.post(path, &LockRequest { locked }).await?.bytes().map(drop)
    }

    /// Allows only text in a chat, or everything again.
    pub async fn only_text(&self, room: &RoomId, text_only: bool) -> Result<(), AppError> {
        let path = links::call_path(room, "/text-only");
        self.post(path, &TextOnlyRequest { text_only }).await?.bytes().map(drop)
    }

    /// Removes a participant for good.
    pub async fn remove(&self, room: &RoomId, who: &ParticipantId) -> Result<(), AppError> {
        let participant_id = who.as_str().to_owned();
        let path = links::call_path(room, "/remove");
        self.post(path, &RemoveRequest { participant_id })
            .await?
            .bytes()
            .map(drop)
    }

    /// Extends a chat by 1 to 24 hours, once: when it ends then.
    pub async fn extend(&self, room: &RoomId, hours: u8) -> Result<Timestamp, AppError> {
        let path = links::call_path(room, "/extend");
        let extended: ExtendResponse = self.post(path, &ExtendRequest { hours }).await?.read()?;
        Ok(extended.expires_at)
    }

    /// Makes a link that gives the creator's rights to whoever opens it.
    pub async fn owner_link(&self, room: &RoomId) -> Result<String, AppError> {
        let path = links::call_path(room, "/owner-link");
        let made: OwnerLinkResponse = self.send("POST", path, Payload::Nothing).await.read()?;
        Ok(made.url)
    }

    /// Ends a chat for everybody, and removes all that was said.
    pub async fn end(&self, room: &RoomId) -> Result<(), AppError> {
        let path = links::call_path(room, "/end");
        self.send("POST", path, Payload::Nothing).await.bytes().map(drop)
    }
}

impl<T: Transport> Client<T> {
    async fn get(&self, path: String) -> Answer {
        self.send("GET", path, Payload::Nothing).await
    }

    async fn post(&self, path: String, request: &impl Serialize) -> Result<Answer, AppError> {
        let json = serde_json::to_string(request).map_err(|_| Code::InvalidRequest)?;
        Ok(self.send("POST", path, Payload::Json(json)).await)
    }

    async fn send(&self, method: &'static str, path: String, payload: Payload<T::File>) -> Answer {
        let bearer = self.bearer.clone();
        self.transport
            .send(Request {
                method,
                path,
                bearer,
                payload,
            })
            .await
    }
}

//! What clients send, taken out of requests. What cannot be read is a [`Problem`].

use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Path, Query, Request},
    http::{StatusCode, header, request::Parts},
};
use serde::de::DeserializeOwned;
use serde_json::Value;
use wire::{
    domain::{MessageText, RoomId},
    error::{AppError, Code},
    protocol::Object,
};

use super::problem::Problem;

/// A JSON body. No body at all is an empty object.
pub(crate) struct Payload<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Payload<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let media_type = request
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok());
        let is_json = media_type.is_some_and(|value| value.trim_start().starts_with("application/json"));
        let bytes = Bytes::from_request(request, state)
            .await
            .map_err(|rejection| match rejection.status() {
                StatusCode::PAYLOAD_TOO_LARGE => Problem::from(Code::TooLarge),
                _ => Problem::from(Code::InvalidRequest),
            })?;
        let json = match (bytes.is_empty(), is_json) {
            (true, _) => b"{}",
            (false, true) => bytes.as_ref(),
            (false, false) => return Err(invalid("The body must be application/json.")),
        };
        serde_json::from_slice(json)
            .map(|Object(payload)| Self(payload))
            .map_err(|_| Problem::from(Code::InvalidRequest))
    }
}

/// The room of the path. What has not the form of an id names no chat.
pub(crate) struct RoomPath(pub(crate) RoomId);

impl<S: Send + Sync> FromRequestParts<S> for RoomPath {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let Path(id) = Path::<String>::from_request_parts(parts, state)
            .await
            .map_err(|_| Code::UnknownChat)?;
        RoomId::parse(id).map(Self).map_err(|_| Code::UnknownChat.into())
    }
}

/// The query.
pub(crate) struct Parameters<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Parameters<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let query = Query::from_request_parts(parts, state).await;
        query
            .map(|Query(parameters)| Self(parameters))
            .map_err(|_| Code::InvalidRequest.into())
    }
}

/// A refusal with its reason.
pub(crate) fn invalid(detail: &str) -> Problem {
    Problem(AppError::with_detail(Code::InvalidRequest, detail))
}

/// Why a message's body, which could not be read as one, is none.
pub(crate) fn why_no_message(body: &Value) -> AppError {
    match body["text"].as_str().map(MessageText::parse) {
        Some(Err(reason)) => AppError::with_detail(Code::InvalidMessage, reason.to_string()),
        _ if body["kind"] == "reaction" && body["target"].is_u64() => Code::InvalidReaction.into(),
        _ => Code::InvalidMessage.into(),
    }
}

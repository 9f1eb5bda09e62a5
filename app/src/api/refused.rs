//! What a server function answers when it does not do it.

use leptos::{
    prelude::{FromServerFnError, ServerFnErrorErr},
    server_fn::codec::JsonEncoding,
};
use serde::{Deserialize, Serialize};
use wire::error::{AppError, Code};

/// A refusal as a server function carries it, which on the wire is the refusal itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Refused(pub AppError);

impl From<AppError> for Refused {
    fn from(error: AppError) -> Self {
        Self(error)
    }
}

impl From<Code> for Refused {
    fn from(code: Code) -> Self {
        Self(code.into())
    }
}

impl From<Refused> for AppError {
    fn from(Refused(error): Refused) -> Self {
        error
    }
}

// What leptos itself reports around a server function: no network, an argument missing, an answer cut short.
impl FromServerFnError for Refused {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        Self(match error {
            ServerFnErrorErr::Request(_) => AppError::with_detail(
                Code::Unavailable,
                "The server cannot be reached. Check your connection and try again.",
            ),
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) | ServerFnErrorErr::Deserialization(_) => {
                Code::InvalidRequest.into()
            }
            _ => Code::Internal.into(),
        })
    }
}

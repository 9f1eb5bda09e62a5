//! Refusals as `application/problem+json` (RFC 9457): the only place where an error becomes a response.

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use utoipa::ToSchema;
use wire::error::{AppError, Code};

/// A refusal on its way to the client.
#[derive(Debug)]
pub(crate) struct Problem(pub(crate) AppError);

/// Why a request was refused (RFC 9457).
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Problem)]
pub(crate) struct Document<'a> {
    /// The HTTP status.
    status: u16,
    /// A few words, the same for every problem of this code.
    title: &'a str,
    /// A sentence for a person.
    detail: &'a str,
    /// For programs.
    code: Code,
    /// Seconds after which the same request may succeed.
    #[serde(skip_serializing_if = "Option::is_none")]
    retry_after: Option<u32>,
}

impl From<AppError> for Problem {
    fn from(error: AppError) -> Self {
        Self(error)
    }
}

impl From<Code> for Problem {
    fn from(code: Code) -> Self {
        Self(code.into())
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let AppError {
            code,
            detail,
            retry_after,
        } = self.0;
        let status = StatusCode::from_u16(code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let document = Document {
            status: status.as_u16(),
            title: code.title(),
            detail: &detail,
            code,
            retry_after,
        };
        let mut response = (status, Json(document)).into_response();
        // For whoever counts refusals on the way out.
        response.extensions_mut().insert(code);
        let headers = response.headers_mut();
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/problem+json"),
        );
        if status == StatusCode::UNAUTHORIZED {
            let challenge = match code {
                Code::InvalidIdentity => r#"Bearer error="invalid_token""#,
                _ => "Bearer",
            };
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static(challenge));
        }
        if let Some(seconds) = retry_after {
            headers.insert(header::RETRY_AFTER, seconds.into());
        }
        response
    }
}

//! What a call is on its way, whatever carries it.

use serde::de::DeserializeOwned;
use wire::error::{AppError, Code};

/// A call, ready to be sent.
#[derive(Debug)]
pub struct Request<F> {
    /// `GET` or `POST`.
    pub method: &'static str,
    /// Where, with its query, on the server that the transport knows.
    pub path: String,
    /// What goes into `Authorization: Bearer`. Browsers have cookies instead.
    pub bearer: Option<String>,
    /// What it brings.
    pub payload: Payload<F>,
}

/// What a call brings.
#[derive(Debug)]
pub enum Payload<F> {
    /// Nothing.
    Nothing,
    /// JSON.
    Json(String),
    /// A file, as the transport has files.
    File(F),
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    /// The HTTP status; 0 where nothing came.
    pub status: u16,
    /// What `Retry-After` says.
    pub retry_after: Option<String>,
    /// The body.
    pub body: Vec<u8>,
}

/// Carries calls to a server.
#[expect(async_fn_in_trait, reason = "a browser's futures stay on its one thread")]
pub trait Transport {
    /// What a file is.
    type File;

    /// Sends a call and waits for its answer. Where none comes, that is an [`Answer`] without a status.
    async fn send(&self, request: Request<Self::File>) -> Answer;
}

impl Answer {
    /// Nothing came.
    pub const NONE: Self = Self {
        status: 0,
        retry_after: None,
        body: Vec::new(),
    };

    /// The body of what succeeded.
    ///
    /// # Errors
    /// What the server says; where something between it and us answered, what the status says.
    pub fn bytes(self) -> Result<Vec<u8>, AppError> {
        if (200..300).contains(&self.status) {
            return Ok(self.body);
        }
        let told = serde_json::from_slice::<AppError>(&self.body).ok();
        let mut error = told.unwrap_or_else(|| of_status(self.status));
        if error.code == Code::Internal {
            // A code of a newer server means what its status does, and says it in its own words.
            error.code = of_status(self.status).code;
        }
        let wait = self.retry_after.and_then(|seconds| seconds.trim().parse().ok());
        error.retry_after = wait.or(error.retry_after);
        Err(error)
    }

    /// The body of what succeeded, read.
    ///
    /// # Errors
    /// As [`Self::bytes`]; `internal` where it is not what it should be.
    pub fn read<T: DeserializeOwned>(self) -> Result<T, AppError> {
        serde_json::from_slice(&self.bytes()?).map_err(|_| Code::Internal.into())
    }
}

/// What an answer without a document means. Several codes have some of the statuses: those say nothing by themselves.
fn of_status(status: u16) -> AppError {
    let mut codes = Code::ALL.iter().copied().filter(|code| code.status() == status);
    match (status, codes.next(), codes.next()) {
        (0, ..) => AppError::with_detail(
            Code::Unavailable,
            "The server cannot be reached. Check your connection and try again.",
        ),
        (502 | 504, ..) => Code::Unavailable.into(),
        (_, Some(code), None) => code.into(),
        _ => Code::Internal.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wire::protocol::Uploaded;

    fn answer(status: u16, retry_after: Option<&str>, body: &str) -> Answer {
        Answer {
            status,
            retry_after: retry_after.map(str::to_owned),
            body: body.into(),
        }
    }

    fn refused(status: u16, retry_after: Option<&str>, body: &str) -> AppError {
        answer(status, retry_after, body).bytes().expect_err("a refusal")
    }

    #[test]
    fn what_succeeded_is_read() {
        let taken = r#"{"mediaId":"0123456789abcdefghijkl","width":32,"height":64}"#;
        let uploaded: Uploaded = answer(201, None, taken).read().expect("taken");
        assert_eq!(uploaded.media_id.as_str(), "0123456789abcdefghijkl");
        assert_eq!(uploaded.width.map(u32::from), Some(32));
        let html = answer(201, None, "<html>").read::<Uploaded>().expect_err("none");
        assert_eq!(html.code, Code::Internal);
    }

    #[test]
    fn a_refusal_is_what_the_server_says() {
        let exact =
            r#"{"status":413,"title":"Too large","code":"too_large","detail":"That picture has too many pixels."}"#;
        let error = refused(413, None, exact);
        assert_eq!(
            (error.code, error.detail.as_str()),
            (Code::TooLarge, "That picture has too many pixels.")
        );
    }

    #[test]
    fn what_stands_between_us_and_the_server_is_understood_by_its_status() {
        for (status, code) in [
            (0, Code::Unavailable),
            // Several have it.
            (409, Code::Internal),
            (413, Code::TooLarge),
            (415, Code::UnsupportedMedia),
            (418, Code::Internal),
            (429, Code::RateLimited),
            (502, Code::Unavailable),
            (503, Code::Unavailable),
            (507, Code::MediaFull),
        ] {
            assert_eq!(refused(status, None, "<html>").code, code, "{status}");
        }
        assert!(refused(0, None, "").detail.contains("Check your connection"));
    }

    #[test]
    fn a_code_of_a_newer_server_means_what_its_status_does() {
        let told = r#"{"code":"too_sleepy","detail":"It is late.","retryAfter":9}"#;
        for (status, code) in [(503, Code::Unavailable), (413, Code::TooLarge), (451, Code::Internal)] {
            let error = refused(status, None, told);
            assert_eq!((error.code, error.detail.as_str()), (code, "It is late."), "{status}");
            assert_eq!(error.retry_after, Some(9));
        }
    }

    #[test]
    fn a_wait_is_kept() {
        assert_eq!(refused(429, Some("7"), "").retry_after, Some(7));
        assert_eq!(refused(503, Some("Wed, 21 Oct"), "").retry_after, None);
        let told = r#"{"code":"rate_limited","detail":"Slowly.","retryAfter":9}"#;
        assert_eq!(refused(429, None, told).retry_after, Some(9));
    }
}

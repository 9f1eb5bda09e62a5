//! Files on their way to the server: what may be sent, what its answers mean, and the sending itself.

#[cfg(feature = "hydrate")]
mod request;

#[cfg(feature = "hydrate")]
pub use request::{Cancel, upload};

use crate::{
    domain::MEDIA_MAX_BYTES,
    error::{AppError, Code},
    protocol::Uploaded,
};

/// Why a file is not with the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unsent {
    /// The person changed their mind.
    Cancelled,
    /// The server has refused it, or cannot be reached: its detail is a sentence for the person.
    Refused(AppError),
}

/// Checks a file's size in bytes before any of it is sent.
///
/// # Errors
/// `too_large`.
pub fn check_size(bytes: f64) -> Result<(), AppError> {
    // Any file's size that matters here is exact in f64.
    if bytes > MEDIA_MAX_BYTES as f64 {
        return Err(told(Code::TooLarge, None));
    }
    Ok(())
}

/// Reads an answer: its status (0 where none came), what its `Retry-After` says, and its text.
///
/// # Errors
/// What the server says; where something between it and us answered, what the status says.
pub fn read(status: u16, retry_after: Option<&str>, text: &str) -> Result<Uploaded, AppError> {
    if (200..300).contains(&status) {
        return serde_json::from_str(text).map_err(|_| Code::Internal.into());
    }
    let wait = retry_after.and_then(|seconds| seconds.trim().parse().ok());
    let said = serde_json::from_str::<AppError>(text).ok();
    let code = said.as_ref().map_or_else(|| of_status(status), |error| error.code);
    let wait = wait.or_else(|| said.as_ref()?.retry_after);
    let mut error = match said {
        // The server may have been more exact than its code.
        Some(said) if said.detail != code.detail() => said,
        _ if status == 0 => AppError::with_detail(
            Code::Unavailable,
            "The server cannot be reached. Check your connection and try again.",
        ),
        _ => told(code, wait),
    };
    error.retry_after = wait;
    Err(error)
}

/// Whether the same file may be taken another time.
#[must_use]
pub const fn may_succeed_later(code: Code) -> bool {
    !matches!(
        code,
        Code::TooLarge | Code::UnsupportedMedia | Code::Ended | Code::Expired | Code::UnknownChat | Code::NotJoined
    )
}

/// Whether to try again without being asked, for what passes by itself.
#[must_use]
pub const fn passes(code: Code) -> bool {
    matches!(code, Code::Unavailable | Code::RateLimited)
}

fn of_status(status: u16) -> Code {
    match status {
        0 | 502 | 504 => Code::Unavailable,
        // Two codes have it: the other is a room's.
        409 => Code::ChatMediaFull,
        _ => Code::ALL
            .iter()
            .copied()
            .find(|code| code.status() == status)
            .unwrap_or(Code::Internal),
    }
}

/// An error that says what to do about a file.
fn told(code: Code, wait: Option<u32>) -> AppError {
    match (code, wait) {
        (Code::TooLarge, _) => AppError::with_detail(code, "That file is too large: up to 10 MB can be shared."),
        (Code::UnsupportedMedia, _) => AppError::with_detail(
            code,
            "That kind of file cannot be shared here. Pictures can be JPEG, PNG, WebP or GIF.",
        ),
        (Code::RateLimited, Some(seconds)) => {
            AppError::with_detail(code, format!("That was a little too fast. Try again in {seconds} s."))
        }
        _ => code.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TAKEN: &str = r#"{"mediaId":"0123456789abcdefghijkl","width":32,"height":64}"#;

    fn refused(status: u16, retry_after: Option<&str>, text: &str) -> AppError {
        read(status, retry_after, text).expect_err("a refusal")
    }

    #[test]
    fn what_was_taken_is_told_with_its_sides() {
        let uploaded = read(201, None, TAKEN).expect("taken");
        assert_eq!(uploaded.media_id.as_str(), "0123456789abcdefghijkl");
        assert_eq!(uploaded.width.map(u32::from), Some(32));
        assert_eq!(refused(201, None, "<html>").code, Code::Internal);
    }

    #[test]
    fn a_refusal_says_what_the_server_says() {
        let exact = r#"{"status":413,"title":"Too large","code":"too_large","detail":"That picture has too many pixels to be shared."}"#;
        assert_eq!(
            refused(413, None, exact).detail,
            "That picture has too many pixels to be shared."
        );
        let bare = r#"{"status":415,"code":"unsupported_media","detail":"That kind of file cannot be shared here."}"#;
        assert!(refused(415, None, bare).detail.contains("JPEG, PNG, WebP or GIF"));
    }

    #[test]
    fn what_stands_between_us_and_the_server_is_understood_by_its_status() {
        for (status, code) in [
            (0, Code::Unavailable),
            (409, Code::ChatMediaFull),
            (413, Code::TooLarge),
            (415, Code::UnsupportedMedia),
            (429, Code::RateLimited),
            (502, Code::Unavailable),
            (503, Code::Unavailable),
            (507, Code::MediaFull),
            (418, Code::Internal),
        ] {
            assert_eq!(refused(status, None, "<html>").code, code, "{status}");
        }
        assert!(refused(0, None, "").detail.contains("Check your connection"));
    }

    #[test]
    fn a_wait_is_told_and_kept() {
        let error = refused(429, Some("7"), "");
        assert_eq!(error.retry_after, Some(7));
        assert!(error.detail.contains("7 s"), "{}", error.detail);
        assert_eq!(refused(503, Some("Wed, 21 Oct"), "").retry_after, None);
    }

    #[test]
    fn only_what_passes_by_itself_is_tried_again_unasked() {
        assert!(passes(Code::Unavailable) && passes(Code::RateLimited));
        for code in [Code::TooLarge, Code::UnsupportedMedia, Code::Ended] {
            assert!(!passes(code) && !may_succeed_later(code), "{code:?}");
        }
        // Somebody may make space.
        assert!(!passes(Code::ChatMediaFull) && may_succeed_later(Code::ChatMediaFull));
        assert!(!passes(Code::MediaFull) && may_succeed_later(Code::MediaFull));
    }

    #[test]
    fn ten_megabytes_and_no_more() {
        assert!(check_size(10.0 * 1024.0 * 1024.0).is_ok());
        assert_eq!(
            check_size(10.0 * 1024.0 * 1024.0 + 1.0).map_err(|e| e.code),
            Err(Code::TooLarge)
        );
    }
}

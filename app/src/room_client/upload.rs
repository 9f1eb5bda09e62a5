//! Files on their way to the server: what may be sent, what a refusal means to whoever sends it, and when to try again.

use wire::{
    domain::MEDIA_MAX_BYTES,
    error::{AppError, Code},
};
#[cfg(feature = "hydrate")]
use wire::{
    domain::{RoomId, Token},
    protocol::Uploaded,
};

#[cfg(feature = "hydrate")]
use crate::{
    client::{
        Client,
        browser::{Browser, Cancel},
    },
    room_client::backoff::delay_ms,
};

/// Tries before the person is asked: with the waits between them, a tunnel of about ten seconds.
#[cfg(feature = "hydrate")]
const TRIES: u32 = 5;

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

/// Sends a file to a room. `progress` is told how much of it is sent, 0 to 1, and of each new try from 0 on; what passes
/// by itself is tried again. `token` proves who sends it, where no cookie does.
///
/// # Errors
/// [`Unsent`].
#[cfg(feature = "hydrate")]
pub async fn upload(
    room: &RoomId,
    token: Option<&Token>,
    file: &web_sys::Blob,
    cancel: &Cancel,
    progress: impl Fn(f64) + Clone + 'static,
) -> Result<Uploaded, Unsent> {
    check_size(file.size()).map_err(Unsent::Refused)?;
    let mut client = Client::new(Browser {
        cancel: cancel.clone(),
        progress: progress.clone(),
    });
    if let Some(token) = token {
        client = client.with_token(token);
    }
    let mut tries = 0;
    loop {
        progress(0.0);
        let answer = client.upload(room, file.clone()).await;
        tries += 1;
        match answer {
            _ if cancel.is_cancelled() => return Err(Unsent::Cancelled),
            Ok(uploaded) => return Ok(uploaded),
            Err(error) if passes(error.code) && tries < TRIES => {
                let asked = error.retry_after.unwrap_or_default().saturating_mul(1_000);
                let wait = asked.max(delay_ms(tries, crate::browser::random()));
                gloo_timers::future::TimeoutFuture::new(wait).await;
            }
            Err(error) => return Err(Unsent::Refused(about_a_file(error))),
        }
    }
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

/// A refusal in words about files, where the server was no more exact than its code.
#[must_use]
pub fn about_a_file(error: AppError) -> AppError {
    if error.detail != error.code.detail() {
        return error;
    }
    AppError {
        retry_after: error.retry_after,
        ..told(error.code, error.retry_after)
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

    #[test]
    fn a_refusal_says_what_the_server_says() {
        let exact = AppError::with_detail(Code::TooLarge, "That picture has too many pixels to be shared.");
        assert_eq!(about_a_file(exact.clone()), exact);
        let bare = about_a_file(Code::UnsupportedMedia.into());
        assert!(bare.detail.contains("JPEG, PNG, WebP or GIF"));
    }

    #[test]
    fn a_wait_is_told_and_kept() {
        let error = about_a_file(AppError::new(Code::RateLimited).retry_after(7));
        assert_eq!(error.retry_after, Some(7));
        assert!(error.detail.contains("7 s"), "{}", error.detail);
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

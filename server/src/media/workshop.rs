//! Where files are made fit to be shared, a few at a time.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

use app::domain::MediaType;
use bytes::Bytes;
use tokio::{sync::Semaphore, task::spawn_blocking};

use super::{Prepared, Refused, audio, gif, picture, sniff::sniff};

/// Files handled at once: each takes a core, and up to 300 MB where a large picture is turned.
const PLACES: usize = 2;

/// A few places, in threads that may block.
#[derive(Debug, Clone)]
pub struct Workshop(Arc<Semaphore>);

impl Default for Workshop {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(PLACES)))
    }
}

impl Workshop {
    /// Makes a file fit to be shared, when there is a place.
    ///
    /// # Errors
    /// [`Refused`].
    pub async fn prepare(&self, bytes: Bytes) -> Result<Prepared, Refused> {
        // Never closed.
        let place = Arc::clone(&self.0).acquire_owned().await;
        let work = spawn_blocking(move || {
            let _place = place;
            prepare(&bytes)
        });
        work.await.unwrap_or(Err(Refused::Unsupported))
    }
}

/// What [`Workshop::prepare`] does when there is a place.
///
/// # Errors
/// [`Refused`].
pub fn prepare(bytes: &Bytes) -> Result<Prepared, Refused> {
    // A decoder that panics has found a broken file: the library's do, here and there. Nothing of it is used again.
    catch_unwind(AssertUnwindSafe(|| of_its_kind(bytes))).unwrap_or(Err(Refused::Unsupported))
}

fn of_its_kind(bytes: &Bytes) -> Result<Prepared, Refused> {
    match sniff(bytes).ok_or(Refused::Unsupported)? {
        media_type @ (MediaType::Jpeg | MediaType::Png | MediaType::Webp) => picture::prepare(media_type, bytes),
        MediaType::Gif => gif::prepare(bytes),
        media_type @ (MediaType::WebmAudio | MediaType::OggAudio | MediaType::Mp4Audio) => {
            audio::prepare(media_type, bytes)
        }
    }
}

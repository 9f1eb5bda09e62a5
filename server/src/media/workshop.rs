//! Where files are made fit to be shared, a few at a time, addresses taking turns.

use std::{
    collections::HashMap,
    io,
    panic::{AssertUnwindSafe, catch_unwind},
    path::PathBuf,
    sync::{Arc, Weak},
    time::Duration,
};

use admission::Address;
use bytes::Bytes;
use parking_lot::Mutex;
use tokio::{sync::Semaphore, time::timeout};
use wire::domain::MediaType;

use super::{
    Prepared, Refused, audio,
    decoder::Decoder,
    gif, picture,
    shares::{Full, Share, Shares},
    sniff::sniff,
    upload::Upload,
};
use crate::metrics::Metrics;

/// Files handled at once: each takes a core, and memory up to `decoder::MEMORY_MAX`.
const PLACES: usize = 2;

/// Places of one address: whoever keeps it busy leaves one to others.
const PLACES_OF_ONE: usize = PLACES - 1;

/// Files that are handled or wait for it, of everybody together. Half of them may be one address's.
const WAITING_MAX: u64 = 64;

/// Bytes of uploads that are under way, from the first one until the file is kept: what fits into memory beside all else.
const UNDER_WAY_MAX: u64 = 128 * 1024 * 1024;

/// How long a file may wait for its turn.
const TURN_WITHIN: Duration = Duration::from_secs(60);

/// Why a file was not made fit to be shared.
#[derive(Debug, thiserror::Error)]
pub enum Unprepared {
    /// It is not to be.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// Too much is waiting.
    #[error("too many files wait to be handled")]
    Busy,
    /// Nothing decodes it.
    #[error("no decoder could be started, or it came to no end: {0}")]
    Decoder(#[from] io::Error),
}

impl From<Full> for Unprepared {
    fn from(_: Full) -> Self {
        Self::Busy
    }
}

/// A few places, each a process of its own that decodes.
#[derive(Debug, Clone)]
pub struct Workshop {
    decoder: Decoder,
    under_way: Shares,
    waiting: Shares,
    places: Arc<Semaphore>,
    /// Of each address that has something to do here. One that waits for a place holds one of these: so the line is one
    /// of addresses, as long as their files may be.
    turns: Arc<Mutex<HashMap<Address, Weak<Semaphore>>>>,
}

impl Workshop {
    /// Nothing is under way. `decoder` is the program that decodes, if it is not this one.
    ///
    /// # Errors
    /// When it is this one, and the system does not say where that is.
    pub fn new(decoder: Option<PathBuf>, metrics: &Metrics) -> io::Result<Self> {
        Ok(Self {
            decoder: Decoder::new(decoder)?,
            under_way: Shares::new(UNDER_WAY_MAX, metrics.upload_bytes()),
            waiting: Shares::new(WAITING_MAX, metrics.uploads_waiting()),
            places: Arc::new(Semaphore::new(PLACES)),
            turns: Arc::default(),
        })
    }

    /// An upload of which nothing has come yet.
    #[must_use]
    pub fn upload(&self, from: Address) -> Upload {
        Upload::new(self.under_way.share(from), from)
    }

    /// Makes a file fit to be shared when it is its turn. Beside it comes the upload's share of memory, to be held until
    /// the file is kept. Dropped, the work is given up.
    ///
    /// # Errors
    /// [`Unprepared`].
    pub async fn prepare(&self, upload: Upload) -> Result<(Prepared, Share), Unprepared> {
        sniff(upload.head()).ok_or(Refused::Unsupported)?;
        let from = upload.from();
        let (blocks, share) = upload.into_parts();
        let _waiting = self.waiting.take(from, 1)?;
        let turns = self.turns_of(from);
        let turn = async {
            // Never closed. The order is that in which they were asked for.
            let turn = turns.acquire().await;
            (turn, self.places.acquire().await)
        };
        let _turn = timeout(TURN_WITHIN, turn).await.map_err(|_| Unprepared::Busy)?;
        Ok((self.decoder.prepare(blocks).await?, share))
    }

    fn turns_of(&self, from: Address) -> Arc<Semaphore> {
        let mut turns = self.turns.lock();
        if let Some(own) = turns.get(&from).and_then(Weak::upgrade) {
            return own;
        }
        turns.retain(|_, own| own.strong_count() > 0);
        let own = Arc::new(Semaphore::new(PLACES_OF_ONE));
        turns.insert(from, Arc::downgrade(&own));
        own
    }
}

/// What is done to a file in the decoder's process.
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

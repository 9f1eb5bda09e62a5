//! Where files are made fit to be shared, a few at a time, addresses taking turns.

use std::{
    collections::HashMap,
    io,
    path::PathBuf,
    sync::{Arc, Weak},
    time::Duration,
};

use admission::{Address, Budget, Each, Permit, Resource};
use parking_lot::Mutex;
use tokio::{sync::Semaphore, time::timeout};

use crate::{
    Prepared,
    decoder::Decoder,
    refusals::{Refused, Unprepared},
    sniff::sniff,
    upload::Upload,
};

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

/// A few places, each a process of its own that decodes.
#[derive(Debug, Clone)]
pub struct Workshop {
    decoder: Decoder,
    under_way: Arc<Budget>,
    waiting: Arc<Budget>,
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
    pub fn new(decoder: Option<PathBuf>) -> io::Result<Self> {
        Ok(Self {
            decoder: Decoder::new(decoder)?,
            under_way: Budget::new(Resource::UploadBytes, UNDER_WAY_MAX, Each::AsIsLeft),
            waiting: Budget::new(Resource::Uploads, WAITING_MAX, Each::AsIsLeft),
            places: Arc::new(Semaphore::new(PLACES)),
            turns: Arc::default(),
        })
    }

    /// What uploads take of the server, for metrics: memory, and the decoders' time.
    #[must_use]
    pub fn budgets(&self) -> [&Budget; 2] {
        [&self.under_way, &self.waiting]
    }

    /// An upload of which nothing has come yet.
    #[must_use]
    pub fn upload(&self, from: Address) -> Upload {
        Upload::new(self.under_way.permit(Some(from)), from)
    }

    /// Makes a file fit to be shared when it is its turn. Beside it comes the upload's permit for memory, to be held until
    /// the file is kept. Dropped, the work is given up.
    ///
    /// # Errors
    /// [`Unprepared`].
    pub async fn prepare(&self, upload: Upload) -> Result<(Prepared, Permit), Unprepared> {
        sniff(upload.head()).ok_or(Refused::Unsupported)?;
        let from = upload.from();
        let (blocks, permit) = upload.into_parts();
        let _waiting = self.waiting.take(Some(from), 1)?;
        let turns = self.turns_of(from);
        let turn = async {
            // Never closed. The order is that in which they were asked for.
            let turn = turns.acquire().await;
            (turn, self.places.acquire().await)
        };
        let _turn = timeout(TURN_WITHIN, turn)
            .await
            .map_err(|_| Resource::Uploads.exhausted())?;
        Ok((self.decoder.prepare(blocks).await?, permit))
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

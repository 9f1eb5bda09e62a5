//! Where files are made fit to be shared, a few at a time, addresses taking turns.

use std::{
    collections::HashMap,
    io,
    path::PathBuf,
    sync::{Arc, Weak},
    time::Duration,
};

use admission::Address;
use parking_lot::Mutex;
use tokio::{sync::Semaphore, time::timeout};

use crate::{
    Prepared,
    decoder::Decoder,
    refusals::{Refused, Unprepared},
    shares::{Share, Shares},
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
    pub fn new(decoder: Option<PathBuf>) -> io::Result<Self> {
        Ok(Self {
            decoder: Decoder::new(decoder)?,
            under_way: Shares::new(UNDER_WAY_MAX),
            waiting: Shares::new(WAITING_MAX),
            places: Arc::new(Semaphore::new(PLACES)),
            turns: Arc::default(),
        })
    }

    /// Bytes of uploads that are under way.
    #[must_use]
    pub fn under_way(&self) -> u64 {
        self.under_way.taken()
    }

    /// Uploads that are decoded, or wait for it.
    #[must_use]
    pub fn waiting(&self) -> u64 {
        self.waiting.taken()
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

//! An upload on its way: its bytes, and the memory that they take.

use bytes::Bytes;

use super::shares::{Full, Share};
use crate::limits::Address;

/// Bytes by which the memory of an upload grows.
const STEP: usize = 64 * 1024;

/// What has come of a file, for whom it counts, and the share of memory that it has: given back when the work on it is
/// done, and not before.
#[derive(Debug)]
pub struct Upload {
    bytes: Vec<u8>,
    share: Share,
    from: Address,
}

impl Upload {
    pub(super) fn new(share: Share, from: Address) -> Self {
        let bytes = Vec::new();
        Self { bytes, share, from }
    }

    /// Adds what has come.
    ///
    /// # Errors
    /// [`Full`].
    pub fn push(&mut self, chunk: &[u8]) -> Result<(), Full> {
        let needed = self.bytes.len() + chunk.len();
        if needed > self.bytes.capacity() {
            // What is taken is what is counted.
            let capacity = needed.next_multiple_of(STEP);
            self.share.grow((capacity - self.bytes.capacity()) as u64)?;
            self.bytes.reserve_exact(capacity - self.bytes.len());
        }
        self.bytes.extend_from_slice(chunk);
        Ok(())
    }

    /// How much has come.
    #[must_use]
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Whether nothing has come yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    pub(super) fn into_parts(self) -> (Bytes, Share, Address) {
        (self.bytes.into(), self.share, self.from)
    }
}

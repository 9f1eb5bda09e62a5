//! An upload on its way: its bytes, and the memory that they take.

use admission::{Address, Exhausted, Permit};

/// Bytes of a block, in which an upload's memory grows: what has come is never moved to where more would fit, which for a
/// hundred uploads at once leaves holes of three times their size.
const BLOCK: usize = 64 * 1024;

/// What has come of a file, for whom it counts, and its permit for memory: given back when the work on it is
/// done, and not before.
#[derive(Debug)]
pub struct Upload {
    /// All of them full but the last.
    blocks: Vec<Vec<u8>>,
    len: usize,
    permit: Permit,
    from: Address,
}

impl Upload {
    pub(super) fn new(permit: Permit, from: Address) -> Self {
        Self {
            blocks: Vec::new(),
            len: 0,
            permit,
            from,
        }
    }

    /// Adds what has come.
    ///
    /// # Errors
    /// [`Exhausted`].
    pub fn push(&mut self, mut chunk: &[u8]) -> Result<(), Exhausted> {
        while !chunk.is_empty() {
            let block = match self.blocks.last_mut() {
                Some(block) if block.len() < BLOCK => block,
                _ => {
                    // What is taken is what is counted.
                    self.permit.grow(BLOCK as u64)?;
                    self.blocks.push(Vec::with_capacity(BLOCK));
                    continue;
                }
            };
            let (fits, rest) = chunk.split_at(chunk.len().min(BLOCK - block.len()));
            block.extend_from_slice(fits);
            self.len += fits.len();
            chunk = rest;
        }
        Ok(())
    }

    /// How much has come.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.len
    }

    /// Whether nothing has come yet.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// How it begins: enough to tell what it is.
    pub(super) fn head(&self) -> &[u8] {
        self.blocks.first().map_or(&[], Vec::as_slice)
    }

    pub(super) const fn from(&self) -> Address {
        self.from
    }

    pub(super) fn into_parts(self) -> (Vec<Vec<u8>>, Permit) {
        (self.blocks, self.permit)
    }
}

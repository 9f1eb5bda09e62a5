//! Room to write for what makes room.

/// Space on the disk that is held back from entries, so that rooms can be ended and purged when the rest is full. A write
/// that finds the disk full fails, and gives the space to those that come after it.
pub trait Reserve: Send + Sync + 'static {
    /// Takes hold of the space, if it is not held already; `false` where there is not enough. Blocks.
    fn keep(&self) -> bool;

    /// Gives the space up.
    fn release(&self);

    /// Whether the disk has space for a few more entries, found out by writing as much beside the database. Blocks.
    fn has_space(&self) -> bool;

    /// Whether an error says that the disk is full.
    fn is_missed(&self, error: &sqlx::Error) -> bool;
}

/// For a database whose disk is not ours to look after.
pub struct NoReserve;

impl Reserve for NoReserve {
    fn keep(&self) -> bool {
        true
    }

    fn release(&self) {}

    fn has_space(&self) -> bool {
        true
    }

    fn is_missed(&self, _: &sqlx::Error) -> bool {
        false
    }
}

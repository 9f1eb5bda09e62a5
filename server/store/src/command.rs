//! What may happen in a room, and what comes of it.

use wire::{
    domain::{ParticipantId, Timestamp, TokenHash},
    protocol::{Change, EndReason, Participant},
};

use crate::{
    draft::{Appended, Draft, Notice},
    error::LogError,
    registry::Room,
};

/// Something that is to happen in a room. What it changes and the entry that tells of it are one step: both are there, or
/// neither is.
#[derive(Debug, Clone)]
pub enum Command {
    /// The room is opened, with whoever starts it inside, where they are somebody.
    Create {
        /// As it begins. Nobody is inside yet.
        room: Box<Room>,
        /// Who starts it, with a token that is theirs from now on.
        creator: Option<(Participant, TokenHash)>,
    },
    /// Somebody comes in, if fewer than `capacity` are inside and the room is not locked: one conditional update decides
    /// races for the last place, and between a join and a lock. One who is known already keeps their name, comes back
    /// if there is a place, and has one more token: of those that came so, the newest
    /// [`PASSES_MAX`](super::PASSES_MAX) are good.
    Join {
        /// Who.
        who: Participant,
        /// Theirs from now on.
        token: TokenHash,
        /// As many may be inside.
        capacity: u32,
        /// They have the creator's rights: no lock keeps them out.
        is_creator: bool,
    },
    /// A participant who left comes back if there is a place, locked or not.
    Return {
        /// Who.
        who: ParticipantId,
        /// As many may be inside.
        capacity: u32,
    },
    /// A participant leaves.
    Leave {
        /// Who.
        who: ParticipantId,
    },
    /// A participant is removed for good. Nobody gets in by their tokens any more.
    Remove {
        /// Who.
        who: ParticipantId,
    },
    /// A setting is changed. The end is moved once.
    Change {
        /// The creator, where they are a participant, too.
        by: Option<Participant>,
        /// What is different from now on.
        change: Change,
    },
    /// The room comes to its end. From here on its log is closed. No entry tells of that: nobody could read it.
    End {
        /// When.
        at: Timestamp,
        /// How.
        reason: EndReason,
    },
    /// Somebody says something. Said again, it is there already.
    Say(Draft),
}

/// What became of a [`Command`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It happened. The entry that tells of it, where there is one.
    Done(Option<Appended>),
    /// It was so before: nothing happened. What was said before has its first entry here.
    Already(Option<Appended>),
    /// Nothing happened: as many are inside as may be.
    Full,
    /// Nothing happened: they are new, and the room is locked.
    Locked,
    /// Nothing happened: they were removed.
    Removed,
}

impl Outcome {
    /// Whether it happened now.
    #[must_use]
    pub const fn is_done(&self) -> bool {
        matches!(self, Self::Done(_))
    }

    /// The entry that tells of it, where there is one.
    #[must_use]
    pub fn entry(self) -> Option<Appended> {
        match self {
            Self::Done(entry) | Self::Already(entry) => entry,
            Self::Full | Self::Locked | Self::Removed => None,
        }
    }
}

/// What became of a command in the database.
#[derive(Debug, Clone)]
pub struct Executed {
    pub outcome: Outcome,
    /// What is still to be told: by who keeps the log, where that is not the database.
    pub untold: Option<Notice>,
}

/// What is to be done as soon as a command is committed, before anything that came after it, and before who asked for it is
/// answered. Dropped where the command failed. Must be quick and must not block: the writer waits for it.
pub type Finish = Box<dyn FnOnce(Executed) -> Result<Outcome, LogError> + Send + Sync>;

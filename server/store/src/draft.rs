//! Entries before they have a number.

use bytes::Bytes;
use wire::{
    domain::{ClientId, MediaId, ParticipantId, Seq, Timestamp},
    protocol::{Change, Participant},
};

use crate::body::RawBody;

/// What somebody says.
#[derive(Debug, Clone)]
pub struct Draft {
    /// Who: from the session, never from the message.
    pub from: ParticipantId,
    /// What the sender calls it. The same `from` and `client_id` again return the first one's entry.
    pub client_id: ClientId,
    /// What it does.
    pub act: Act,
}

/// What a message does to the log. What it edits or deletes has to be a message that is in the log, or it is refused with
/// [`LogError::Gone`](super::LogError::Gone): one that is deleted is not, nor is an edit or a deletion.
#[derive(Debug, Clone)]
pub enum Act {
    /// It adds something.
    Say {
        /// The uploads that the body shows.
        media: Vec<MediaId>,
        /// What is said.
        body: RawBody,
    },
    /// It also gives a message another body, in one step. Earlier edits of it lose theirs.
    Edit {
        /// The message.
        target: Seq,
        /// The uploads that the body shows.
        media: Vec<MediaId>,
        /// All of the new body.
        body: RawBody,
    },
    /// It also leaves nothing of a message but its header, in one step, nor of its edits.
    Delete {
        /// The message.
        target: Seq,
    },
}

impl Act {
    /// The message that it changes.
    pub(crate) const fn target(&self) -> Option<Seq> {
        match self {
            Self::Say { .. } => None,
            Self::Edit { target, .. } | Self::Delete { target } => Some(*target),
        }
    }
}

/// Where an entry is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appended {
    /// Its place in the log.
    pub seq: Seq,
    /// When the log took it.
    pub at: Timestamp,
    /// Whether it is new; `false` for a retried message, whose first entry this is.
    pub fresh: bool,
    /// What goes over the wire, of one that is new.
    pub frame: Option<Bytes>,
}

impl Appended {
    /// One that is in the log already.
    pub(crate) const fn before(seq: Seq, at: Timestamp) -> Self {
        Self {
            seq,
            at,
            fresh: false,
            frame: None,
        }
    }

    /// One that is new.
    pub(crate) const fn now(seq: Seq, at: Timestamp, frame: Bytes) -> Self {
        Self {
            seq,
            at,
            fresh: true,
            frame: Some(frame),
        }
    }
}

/// What the log tells of a change. Only a [`Command`](super::Command) that makes the change makes one.
#[derive(Debug, Clone)]
pub enum Notice {
    /// Somebody comes in.
    Joined(Participant),
    /// Somebody leaves.
    Left(Participant),
    /// Somebody is removed.
    Removed(Participant),
    /// The creator changes a setting.
    Changed {
        /// The creator, where they are a participant, too.
        by: Option<Participant>,
        /// What is different from now on.
        change: Change,
    },
}

/// Any entry before its number and time.
#[derive(Debug, Clone)]
pub enum Fresh {
    Said(Draft),
    Told(Notice),
}

impl Draft {
    /// What a retry is known by.
    pub(crate) const fn key(&self) -> (&ParticipantId, &ClientId) {
        (&self.from, &self.client_id)
    }
}

impl Fresh {
    /// What a retry is known by. Only what somebody says is ever sent again.
    pub(crate) const fn key(&self) -> Option<(&ParticipantId, &ClientId)> {
        match self {
            Self::Said(draft) => Some(draft.key()),
            Self::Told(_) => None,
        }
    }

    /// What it does to a message, and to which.
    pub(crate) const fn amends(&self) -> Option<(&Act, Seq)> {
        match self {
            Self::Said(Draft { act, .. }) => match act.target() {
                Some(target) => Some((act, target)),
                None => None,
            },
            Self::Told(_) => None,
        }
    }

    /// Whether there has to be space for it: for what somebody says, unless it makes space. That people come, go and
    /// decide is small, and noted in any case.
    pub(crate) const fn needs_space(&self) -> bool {
        match self {
            Self::Said(Draft { act, .. }) => !matches!(act, Act::Delete { .. }),
            Self::Told(_) => false,
        }
    }
}

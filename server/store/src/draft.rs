//! What is to be appended, and what became of it.

use wire::{
    domain::{ClientId, ParticipantId, Seq, Timestamp},
    protocol::{Body, Change, Entry, Participant},
};

/// What is to be appended: an [`Entry`] before its number and time.
#[derive(Debug, Clone)]
pub enum Draft {
    /// Somebody says something.
    Message {
        /// Who: from the session, never from the message.
        from: ParticipantId,
        /// What the sender calls it. The same `from` and `client_id` again return the first one's entry.
        client_id: ClientId,
        /// What is said.
        body: Body,
    },
    /// Somebody says something about a message that is in the log, and may change it. Refused with [`LogError::Gone`]
    /// where that is deleted or not kept.
    Amendment {
        /// Who.
        from: ParticipantId,
        /// As of a message.
        client_id: ClientId,
        /// What is said.
        body: Body,
        /// About which message.
        target: Seq,
        /// What that message carries from now on, in one step with the new entry. Earlier amendments of it lose their
        /// words.
        becomes: Option<Body>,
    },
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

impl Draft {
    /// What a retry is known by. Only messages are ever sent again.
    pub(crate) fn key(&self) -> Option<(&ParticipantId, &ClientId)> {
        match self {
            Self::Message { from, client_id, .. } | Self::Amendment { from, client_id, .. } => Some((from, client_id)),
            Self::Joined(_) | Self::Left(_) | Self::Removed(_) | Self::Changed { .. } => None,
        }
    }

    /// Whether there has to be space for it: for what somebody says, unless it makes space. That people come, go and
    /// decide is small, and noted in any case.
    pub(crate) const fn needs_space(&self) -> bool {
        match self {
            Self::Message { .. } => true,
            Self::Amendment { becomes, .. } => !matches!(becomes, Some(Body::Deleted { .. })),
            Self::Joined(_) | Self::Left(_) | Self::Removed(_) | Self::Changed { .. } => false,
        }
    }

    /// The entry that it becomes.
    pub(crate) fn numbered(self, seq: Seq, at: Timestamp) -> Entry {
        match self {
            Self::Message { from, client_id, body }
            | Self::Amendment {
                from, client_id, body, ..
            } => Entry::Message {
                seq,
                at,
                from,
                client_id,
                body,
            },
            Self::Joined(participant) => Entry::Joined { seq, at, participant },
            Self::Left(participant) => left(seq, at, participant, false),
            Self::Removed(participant) => left(seq, at, participant, true),
            Self::Changed { by, change } => Entry::Changed { seq, at, by, change },
        }
    }
}

const fn left(seq: Seq, at: Timestamp, participant: Participant, removed: bool) -> Entry {
    Entry::Left {
        seq,
        at,
        participant,
        removed,
    }
}

/// What became of a [`Draft`].
#[derive(Debug, Clone)]
pub struct Appended {
    /// Its place in the log.
    pub seq: Seq,
    /// When the log took it.
    pub at: Timestamp,
    /// Whether it is new; `false` for a retried message, whose first entry this is.
    pub fresh: bool,
}

//! Entries before they have a number.

use wire::{
    domain::{ClientId, ParticipantId, Seq, Timestamp},
    protocol::{Body, Change, Entry, Participant},
};

/// What somebody says: an [`Entry`] before its number and time.
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
    /// Somebody says something about a message that is in the log, and may change it. Refused with
    /// [`LogError::Gone`](super::LogError::Gone) where that is deleted or not kept.
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
        match self {
            Self::Message { from, client_id, .. } | Self::Amendment { from, client_id, .. } => (from, client_id),
        }
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

    /// Whether there has to be space for it: for what somebody says, unless it makes space. That people come, go and
    /// decide is small, and noted in any case.
    pub(crate) const fn needs_space(&self) -> bool {
        match self {
            Self::Said(Draft::Message { .. }) => true,
            Self::Said(Draft::Amendment { becomes, .. }) => !matches!(becomes, Some(Body::Deleted { .. })),
            Self::Told(_) => false,
        }
    }

    /// The entry that it becomes.
    pub(crate) fn numbered(self, seq: Seq, at: Timestamp) -> Entry {
        let left = |participant, removed| Entry::Left {
            seq,
            at,
            participant,
            removed,
        };
        match self {
            Self::Said(
                Draft::Message { from, client_id, body }
                | Draft::Amendment {
                    from, client_id, body, ..
                },
            ) => Entry::Message {
                seq,
                at,
                from,
                client_id,
                body,
            },
            Self::Told(Notice::Joined(participant)) => Entry::Joined { seq, at, participant },
            Self::Told(Notice::Left(participant)) => left(participant, false),
            Self::Told(Notice::Removed(participant)) => left(participant, true),
            Self::Told(Notice::Changed { by, change }) => Entry::Changed { seq, at, by, change },
        }
    }
}

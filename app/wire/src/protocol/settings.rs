//! What a chat's creator can set, and how it is told.

use serde::{Deserialize, Serialize};

use crate::domain::Timestamp;

/// What a chat's creator has set.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Settings {
    /// Nobody new gets in. Those inside stay; those who left come back.
    pub locked: bool,
    /// Pictures and recordings are refused.
    pub text_only: bool,
    /// Its end was moved, which works once.
    pub extended: bool,
}

/// One setting's new value, or the new end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum Change {
    /// Whether nobody new gets in.
    Locked(bool),
    /// Whether pictures and recordings are refused.
    TextOnly(bool),
    /// When the chat ends by itself from now on.
    ExpiresAt(Timestamp),
}

impl Settings {
    /// What they are after a change.
    #[must_use]
    pub const fn after(self, change: Change) -> Self {
        match change {
            Change::Locked(locked) => Self { locked, ..self },
            Change::TextOnly(text_only) => Self { text_only, ..self },
            Change::ExpiresAt(_) => Self { extended: true, ..self },
        }
    }
}

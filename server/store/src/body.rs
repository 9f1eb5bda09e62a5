//! What is said, as it is kept.

use std::{fmt, sync::Arc};

use serde::Serialize;

/// A body as its readers get it: JSON that nobody opens on its way.
#[derive(Clone, PartialEq, Eq)]
pub struct RawBody(Arc<str>);

impl RawBody {
    /// A body that was checked, in its one spelling.
    #[must_use]
    pub fn of(body: &impl Serialize) -> Self {
        Self(encoded(body).into())
    }

    /// Its JSON.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

// What people say stays out of logs.
impl fmt::Debug for RawBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RawBody(…)")
    }
}

/// Something in JSON, as it goes over the wire.
pub(crate) fn encoded(value: &impl Serialize) -> String {
    serde_json::to_string(value)
        .inspect_err(|error| tracing::error!(%error, "what goes over the wire could not be encoded"))
        .unwrap_or_default()
}

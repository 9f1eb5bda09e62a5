//! Moments in time.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A moment, in milliseconds since 1970-01-01T00:00:00Z. RFC 3339 UTC on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(
    feature = "openapi",
    derive(utoipa::ToSchema),
    schema(value_type = String, format = DateTime, example = "2025-11-23T09:26:40.123Z")
)]
#[serde(try_from = "String", into = "String")]
pub struct Timestamp(i64);

/// The text is not an RFC 3339 moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidTimestamp;

impl fmt::Display for InvalidTimestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not an RFC 3339 time")
    }
}

impl std::error::Error for InvalidTimestamp {}

impl Timestamp {
    /// A moment from milliseconds since the Unix epoch.
    #[must_use]
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// Milliseconds since the Unix epoch.
    #[must_use]
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// The moment `millis` milliseconds later (earlier when negative).
    #[must_use]
    pub const fn plus_millis(self, millis: i64) -> Self {
        Self(self.0.saturating_add(millis))
    }
}

// Natively by jiff, in a browser by its own Date: the same text, no second calendar to download.
#[cfg(not(target_arch = "wasm32"))]
mod rfc3339 {
    pub(super) fn parse(text: &str) -> Option<i64> {
        text.parse::<jiff::Timestamp>()
            .ok()
            .map(jiff::Timestamp::as_millisecond)
    }

    pub(super) fn print(millis: i64) -> String {
        jiff::Timestamp::from_millisecond(millis)
            .unwrap_or_default()
            .to_string()
    }
}

#[cfg(target_arch = "wasm32")]
mod rfc3339 {
    use wasm_bindgen::JsValue;

    #[expect(
        clippy::cast_possible_truncation,
        reason = "a Date holds whole milliseconds within ±8.64e15"
    )]
    pub(super) fn parse(text: &str) -> Option<i64> {
        let millis = js_sys::Date::parse(text);
        millis.is_finite().then_some(millis as i64)
    }

    #[expect(clippy::cast_precision_loss, reason = "see parse")]
    pub(super) fn print(millis: i64) -> String {
        js_sys::Date::new(&JsValue::from_f64(millis as f64))
            .to_iso_string()
            .into()
    }
}

impl TryFrom<String> for Timestamp {
    type Error = InvalidTimestamp;
    fn try_from(text: String) -> Result<Self, InvalidTimestamp> {
        rfc3339::parse(&text).map(Self).ok_or(InvalidTimestamp)
    }
}

impl From<Timestamp> for String {
    fn from(at: Timestamp) -> Self {
        rfc3339::print(at.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_rfc3339_on_the_wire() {
        let at = Timestamp::from_millis(1_763_890_000_123);
        let json = serde_json::to_string(&at).expect("serializes");
        assert_eq!(json, "\"2025-11-23T09:26:40.123Z\"");
        assert_eq!(serde_json::from_str::<Timestamp>(&json).expect("parses"), at);
        assert!(serde_json::from_str::<Timestamp>("\"yesterday\"").is_err());
    }
}

//! What stands in queries, as the documents describe it.

use rooms::{HistoryQuery, Rendition};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use wire::domain::Seq;

/// Which entries: those after a place, or those before one. Without either: from the first.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct MessagesQuery {
    /// The first entries after this one.
    after: Option<Seq>,
    /// The last entries before this one.
    before: Option<Seq>,
    /// How many at most; 50 for who does not say.
    /// More than 200 are given as 200, and of long ones fewer: what is missing is on the next page.
    #[param(minimum = 0, maximum = 4_294_967_295_u32)]
    limit: Option<u32>,
}

impl From<MessagesQuery> for HistoryQuery {
    fn from(MessagesQuery { after, before, limit }: MessagesQuery) -> Self {
        Self { after, before, limit }
    }
}

/// Which of a picture's versions is asked for.
#[derive(Default, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum Size {
    /// As it was shared.
    #[default]
    Full,
    /// A smaller copy, where there is one; else as it was shared.
    Small,
}

impl From<Size> for Rendition {
    fn from(size: Size) -> Self {
        match size {
            Size::Full => Self::Full,
            Size::Small => Self::Small,
        }
    }
}

//! How people are written: with a mark for those whom the host site vouches for.
//!
//! The mark is made from the id each time. It is kept nowhere, so that nothing can set one without the other.

use serde::{Serialize, Serializer};

use super::{Attendance, Participant};
use crate::domain::{Nickname, ParticipantId};

#[derive(Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
struct Marked<'a> {
    /// Who.
    id: &'a ParticipantId,
    /// What they are called.
    name: &'a Nickname,
    /// Whether the host site vouches for them. Absent for the anonymous.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[cfg_attr(feature = "openapi", schema(required = false))]
    verified: bool,
}

#[derive(Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
struct MarkedAttendance<'a> {
    #[serde(flatten)]
    who: Marked<'a>,
    /// Whether they are connected now.
    online: bool,
}

fn mark<'a>(id: &'a ParticipantId, name: &'a Nickname) -> Marked<'a> {
    Marked {
        id,
        name,
        verified: id.is_verified(),
    }
}

impl Serialize for Participant {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        mark(&self.id, &self.name).serialize(serializer)
    }
}

impl Serialize for Attendance {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let who = mark(&self.id, &self.name);
        MarkedAttendance {
            who,
            online: self.online,
        }
        .serialize(serializer)
    }
}

/// The documents describe what is written.
#[cfg(feature = "openapi")]
mod schema {
    use utoipa::{
        PartialSchema, ToSchema,
        openapi::{RefOr, Schema},
    };

    use super::{Attendance, Marked, MarkedAttendance, Participant};

    macro_rules! described_as {
        ($type:ty, $written:ty) => {
            impl PartialSchema for $type {
                fn schema() -> RefOr<Schema> {
                    <$written>::schema()
                }
            }

            impl ToSchema for $type {
                fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
                    <$written>::schemas(schemas);
                }
            }
        };
    }

    described_as!(Participant, Marked<'_>);
    described_as!(Attendance, MarkedAttendance<'_>);
}

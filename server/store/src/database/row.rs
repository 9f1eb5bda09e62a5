//! What rows mean. What a database returns is checked like any other input.

use sqlx::{ColumnIndex, Decode, FromRow, Row, Type};
use wire::{
    domain::{MediaType, RoomId, Seq, Side, Timestamp, TokenHash},
    protocol::{EndReason, Settings},
};

use crate::{Media, Member, Over, Room, frame::Unnumbered};

/// A column holds what this program never wrote. Says which one and not what: the value may be somebody's words.
#[derive(Debug, thiserror::Error)]
#[error("the column {0} holds an impossible value")]
struct Impossible(&'static str);

/// Reads a column and makes of it what it stands for.
fn column<'r, R, T, U>(row: &'r R, name: &'static str, convert: impl FnOnce(T) -> Option<U>) -> sqlx::Result<U>
where
    R: Row,
    T: Decode<'r, R::Database> + Type<R::Database>,
    &'static str: ColumnIndex<R>,
{
    convert(row.try_get(name)?).ok_or_else(|| impossible(name))
}

pub(super) fn impossible(name: &'static str) -> sqlx::Error {
    sqlx::Error::ColumnDecode {
        index: name.to_owned(),
        source: Box::new(Impossible(name)),
    }
}

fn id<T: TryFrom<String>>(text: String) -> Option<T> {
    text.try_into().ok()
}

fn time(millis: i64) -> Option<Timestamp> {
    Some(Timestamp::from_millis(millis))
}

fn seq(number: i64) -> Option<Seq> {
    u64::try_from(number).ok().map(Seq)
}

/// A number as databases have it: with a sign. One that does not fit is beyond every row's.
pub(super) fn number(unsigned: impl TryInto<i64>) -> i64 {
    unsigned.try_into().unwrap_or(i64::MAX)
}

impl<'r, R: Row> FromRow<'r, R> for Media
where
    &'static str: ColumnIndex<R>,
    String: Decode<'r, R::Database> + Type<R::Database>,
    i64: Decode<'r, R::Database> + Type<R::Database>,
{
    fn from_row(row: &'r R) -> sqlx::Result<Self> {
        let side = |name| {
            column(row, name, |pixels: Option<i64>| match pixels {
                None => Some(None),
                Some(pixels) => Side::try_from(u32::try_from(pixels).ok()?).ok().map(Some),
            })
        };
        Ok(Self {
            id: column(row, "id", id)?,
            from: column(row, "participant_id", id)?,
            media_type: column(row, "type", |name: String| MediaType::of_name(&name))?,
            size: column(row, "size", |bytes: i64| u64::try_from(bytes).ok())?,
            sides: side("width")?.zip(side("height")?),
        })
    }
}

impl<'r, R: Row> FromRow<'r, R> for Room
where
    &'static str: ColumnIndex<R>,
    String: Decode<'r, R::Database> + Type<R::Database>,
    Vec<u8>: Decode<'r, R::Database> + Type<R::Database>,
    bool: Decode<'r, R::Database> + Type<R::Database>,
    i64: Decode<'r, R::Database> + Type<R::Database>,
{
    fn from_row(row: &'r R) -> sqlx::Result<Self> {
        let reason = column(row, "end_reason", |text: Option<String>| {
            text.map_or(Some(None), |text| reason_of(&text).map(Some))
        })?;
        let ended_at: Option<i64> = row.try_get("ended_at")?;
        Ok(Self {
            id: column(row, "id", id)?,
            store_history: row.try_get("store_history")?,
            created_at: column(row, "created_at", time)?,
            expires_at: column(row, "expires_at", time)?,
            ended: ended_at.map(Timestamp::from_millis).zip(reason),
            creator: column(row, "creator", |hash: Vec<u8>| hash.try_into().ok().map(TokenHash))?,
            creator_id: column(row, "creator_id", |text: Option<String>| {
                text.map(id).map_or(Some(None), |id| id.map(Some))
            })?,
            settings: Settings {
                locked: row.try_get("locked")?,
                text_only: row.try_get("text_only")?,
                extended: row.try_get("extended")?,
            },
            inside: column(row, "inside", |count: i64| count.try_into().ok())?,
        })
    }
}

fn reason_of(text: &str) -> Option<EndReason> {
    match text {
        "ended" => Some(EndReason::Ended),
        "expired" => Some(EndReason::Expired),
        _ => None,
    }
}

/// How an [`EndReason`] stands in the database.
pub(super) const fn end_reason(reason: EndReason) -> &'static str {
    match reason {
        EndReason::Ended => "ended",
        EndReason::Expired => "expired",
    }
}

impl<'r, R: Row> FromRow<'r, R> for Member
where
    &'static str: ColumnIndex<R>,
    String: Decode<'r, R::Database> + Type<R::Database>,
    bool: Decode<'r, R::Database> + Type<R::Database>,
{
    fn from_row(row: &'r R) -> sqlx::Result<Self> {
        Ok(Self {
            id: column(row, "id", id)?,
            name: column(row, "name", id)?,
            inside: row.try_get("inside")?,
            removed: row.try_get("removed")?,
        })
    }
}

/// An open room, and what it knows of somebody.
pub struct Known {
    /// Whether it is locked.
    pub locked: bool,
    /// Who that is there.
    pub member: Option<Member>,
}

impl<'r, R: Row> FromRow<'r, R> for Known
where
    &'static str: ColumnIndex<R>,
    String: Decode<'r, R::Database> + Type<R::Database>,
    bool: Decode<'r, R::Database> + Type<R::Database>,
{
    fn from_row(row: &'r R) -> sqlx::Result<Self> {
        let present: Option<String> = row.try_get("id")?;
        Ok(Self {
            locked: row.try_get("locked")?,
            member: present.map(|_| Member::from_row(row)).transpose()?,
        })
    }
}

/// A room, where its log ends, whose token it is, and the newest members.
pub struct Arrived(pub Room, pub Seq, pub Option<Member>, pub Vec<Member>);

impl<'r, R: Row> FromRow<'r, R> for Arrived
where
    &'static str: ColumnIndex<R>,
    String: Decode<'r, R::Database> + Type<R::Database>,
    Vec<u8>: Decode<'r, R::Database> + Type<R::Database>,
    bool: Decode<'r, R::Database> + Type<R::Database>,
    i64: Decode<'r, R::Database> + Type<R::Database>,
{
    fn from_row(row: &'r R) -> sqlx::Result<Self> {
        let present: Option<String> = row.try_get("member_id")?;
        let member = |_| {
            Ok::<_, sqlx::Error>(Member {
                id: column(row, "member_id", id)?,
                name: column(row, "member_name", id)?,
                inside: row.try_get("member_inside")?,
                removed: row.try_get("member_removed")?,
            })
        };
        let members = column(row, "members", |json: Option<String>| {
            json.map_or(Some(Vec::new()), |json| members(&json))
        })?;
        Ok(Self(
            Room::from_row(row)?,
            column(row, "last_seq", seq)?,
            present.map(member).transpose()?,
            members,
        ))
    }
}

/// Members as they stand in a list, newest first, in the order in which they came.
fn members(json: &str) -> Option<Vec<Member>> {
    let listed: Vec<(String, String, u8, u8)> = serde_json::from_str(json).ok()?;
    let members = listed.into_iter().rev().map(|(own_id, name, inside, removed)| {
        Some(Member {
            id: id(own_id)?,
            name: id(name)?,
            inside: inside != 0,
            removed: removed != 0,
        })
    });
    members.collect()
}

/// A member and their room.
pub struct Membership(pub RoomId, pub Member);

impl<'r, R: Row> FromRow<'r, R> for Membership
where
    &'static str: ColumnIndex<R>,
    String: Decode<'r, R::Database> + Type<R::Database>,
    Member: FromRow<'r, R>,
{
    fn from_row(row: &'r R) -> sqlx::Result<Self> {
        Ok(Self(column(row, "room_id", id)?, Member::from_row(row)?))
    }
}

/// Where a list of [`Over`] goes on: after this time and id.
pub(super) fn cursor(after: Option<&Over>) -> (i64, &str) {
    after.map_or((i64::MIN, ""), |last| (last.at.millis(), last.room.as_str()))
}

impl<'r, R: Row> FromRow<'r, R> for Over
where
    &'static str: ColumnIndex<R>,
    String: Decode<'r, R::Database> + Type<R::Database>,
    i64: Decode<'r, R::Database> + Type<R::Database>,
{
    fn from_row(row: &'r R) -> sqlx::Result<Self> {
        Ok(Self {
            room: column(row, "id", id)?,
            at: column(row, "at", time)?,
            reason: column(row, "reason", |text: String| reason_of(&text))?,
        })
    }
}

/// A room that is locked for a transaction; its last entry if its log can be written to; the bytes that it has.
pub(super) struct Locked(pub RoomId, pub Option<Seq>, pub u64);

impl<'r, R: Row> FromRow<'r, R> for Locked
where
    &'static str: ColumnIndex<R>,
    String: Decode<'r, R::Database> + Type<R::Database>,
    bool: Decode<'r, R::Database> + Type<R::Database>,
    i64: Decode<'r, R::Database> + Type<R::Database>,
{
    fn from_row(row: &'r R) -> sqlx::Result<Self> {
        let last = column(row, "last_seq", seq)?;
        let writable: bool = row.try_get("writable")?;
        let bytes = column(row, "text_bytes", |bytes: i64| u64::try_from(bytes).ok())?;
        Ok(Self(column(row, "id", id)?, writable.then_some(last), bytes))
    }
}

/// A room, and where its log ends.
pub struct End(pub RoomId, pub Seq);

impl<'r, R: Row> FromRow<'r, R> for End
where
    &'static str: ColumnIndex<R>,
    String: Decode<'r, R::Database> + Type<R::Database>,
    i64: Decode<'r, R::Database> + Type<R::Database>,
{
    fn from_row(row: &'r R) -> sqlx::Result<Self> {
        Ok(Self(column(row, "id", id)?, column(row, "last_seq", seq)?))
    }
}

/// A draft, by its index in a batch, that is in the log already, and where.
pub(super) struct Sent(pub usize, pub Seq, pub Timestamp);

impl<'r, R: Row> FromRow<'r, R> for Sent
where
    &'static str: ColumnIndex<R>,
    i64: Decode<'r, R::Database> + Type<R::Database>,
{
    fn from_row(row: &'r R) -> sqlx::Result<Self> {
        let index = column(row, "draft", |index: i64| index.try_into().ok())?;
        Ok(Self(index, column(row, "seq", seq)?, column(row, "at", time)?))
    }
}

/// The row of an open room, with the place and time of one of its entries or, where it is not there, nothing.
pub struct First(pub Option<(Seq, Timestamp)>);

impl<'r, R: Row> FromRow<'r, R> for First
where
    &'static str: ColumnIndex<R>,
    i64: Decode<'r, R::Database> + Type<R::Database>,
{
    fn from_row(row: &'r R) -> sqlx::Result<Self> {
        let present: Option<i64> = row.try_get("seq")?;
        let place = present.map(|_| Ok::<_, sqlx::Error>((column(row, "seq", seq)?, column(row, "at", time)?)));
        place.transpose().map(Self)
    }
}

/// The row of an open room: its last entry.
pub(super) struct Last(pub Seq);

impl<'r, R: Row> FromRow<'r, R> for Last
where
    &'static str: ColumnIndex<R>,
    i64: Decode<'r, R::Database> + Type<R::Database>,
{
    fn from_row(row: &'r R) -> sqlx::Result<Self> {
        Ok(Self(column(row, "last_seq", seq)?))
    }
}

/// The row of an open room, with one of its entries or, where the page is empty, none.
pub(super) struct PageRow(pub Option<(Seq, Unnumbered)>);

impl<'r, R: Row> FromRow<'r, R> for PageRow
where
    &'static str: ColumnIndex<R>,
    String: Decode<'r, R::Database> + Type<R::Database>,
    i64: Decode<'r, R::Database> + Type<R::Database>,
{
    fn from_row(row: &'r R) -> sqlx::Result<Self> {
        let present: Option<i64> = row.try_get("seq")?;
        let entry = present.map(|_| {
            let frame = row.try_get("frame").map(Unnumbered::kept)?;
            Ok::<_, sqlx::Error>((column(row, "seq", seq)?, frame))
        });
        entry.transpose().map(Self)
    }
}

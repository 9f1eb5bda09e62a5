//! Postgres: the database that several servers can share.
//!
//! What a purge deletes is gone for every query at once. Its bytes stay in Postgres' own files until it reuses their
//! place, which no client can hasten: where that matters, use SQLite, or sealed rooms.

use std::{str::FromStr, sync::Arc};

use clock::Clock;
use sqlx::{
    ConnectOptions, Connection, Postgres, Row, SqlSafeStr,
    migrate::Migrator,
    postgres::{PgConnectOptions, PgConnection, PgQueryResult, PgRow},
    raw_sql,
};

use super::{
    Observer, OpenError,
    database::{Dialect, NoReserve, Store, StoredText, arrival, migrations},
};

/// Reads at once. A database has about a hundred connections to give, for all servers together.
const READERS: usize = 8;

/// What every session is told. Its limits are shorter than a writer's patience: the database gives up first, and leaves
/// no transaction open behind a server that is gone.
const SESSION: [(&str, &str); 4] = [
    // A commit is on disk before anybody is told of it, whatever the database's default is.
    ("synchronous_commit", "on"),
    ("statement_timeout", "5s"),
    ("lock_timeout", "3s"),
    IDLE_LIMIT,
];

/// One that is the same in no database by default.
const IDLE_LIMIT: (&str, &str) = ("idle_in_transaction_session_timeout", "15s");

/// The code of what a client should not have sent.
const PROTOCOL_VIOLATION: &str = "08P01";

/// Rooms in a Postgres database.
pub type PostgresStore = Store<Postgres>;

impl PostgresStore {
    /// Opens the database at `url` and brings its tables up to date; servers that do so at once take turns.
    ///
    /// # Errors
    /// [`OpenError`] when the database cannot be reached or refuses.
    pub async fn open(
        url: &str,
        clock: Arc<dyn Clock>,
        observer: Arc<dyn Observer>,
        text: StoredText,
    ) -> Result<Self, OpenError> {
        let options = PgConnectOptions::from_str(url)?.application_name("instant-chat");
        let session = options.clone().options(SESSION);
        check_session(&session).await?;
        // Without the session's limits: a large table's index may take its time.
        let mut connection = options.connect().await?;
        migrator().run(&mut connection).await?;
        connection.close().await?;
        Ok(Self::new(
            (session.clone(), READERS),
            session.clone(),
            session,
            Arc::new(NoReserve),
            clock,
            observer,
            text,
        ))
    }
}

/// Whether a connection is a session of one's own. Poolers that lend one for a transaction lose what it was told, and its
/// prepared statements and locks with it: at best nothing works, at worst now and then.
async fn check_session(session: &PgConnectOptions) -> Result<(), OpenError> {
    let mut connection = match session.connect().await {
        // What pgbouncer says to whoever tells a session something.
        Err(sqlx::Error::Database(refused)) if refused.code().as_deref() == Some(PROTOCOL_VIOLATION) => {
            return Err(OpenError::Pooled);
        }
        connected => connected?,
    };
    // Not prepared: that might be left behind in somebody else's session.
    let kept: Option<PgRow> = raw_sql("SHOW idle_in_transaction_session_timeout")
        .fetch_optional(&mut connection)
        .await?;
    connection.close().await?;
    match kept.and_then(|row| row.try_get::<String, _>(0).ok()) {
        Some(kept) if kept == IDLE_LIMIT.1 => Ok(()),
        _ => Err(OpenError::Pooled),
    }
}

fn migrator() -> Migrator {
    migrations([
        (1, include_str!("../migrations/postgres/0001_rooms.sql").into_sql_str()),
        (2, include_str!("../migrations/postgres/0002_media.sql").into_sql_str()),
        (
            4,
            include_str!("../migrations/postgres/0004_creator.sql").into_sql_str(),
        ),
        (
            5,
            include_str!("../migrations/postgres/0005_identity.sql").into_sql_str(),
        ),
        (
            6,
            include_str!("../migrations/postgres/0006_amendments.sql").into_sql_str(),
        ),
        (8, include_str!("../migrations/postgres/0008_text.sql").into_sql_str()),
        (
            9,
            include_str!("../migrations/postgres/0009_look_ups.sql").into_sql_str(),
        ),
        (
            10,
            include_str!("../migrations/postgres/0010_frames.sql").into_sql_str(),
        ),
    ])
}

impl Dialect for Postgres {
    // Each statement sees what others committed before it, such as a retry's first entry while we waited for its lock.
    const BEGIN: &'static str = "BEGIN ISOLATION LEVEL READ COMMITTED";

    const LOCK: &'static str = "SELECT id, last_seq, text_bytes, \
             store_history AND ended_at IS NULL AND expires_at > $2 AS writable \
         FROM room WHERE id IN (SELECT jsonb_array_elements_text($1::jsonb)) \
         ORDER BY id FOR UPDATE OF room";

    // The limit makes the planner look each draft up by its index. For a join it would read a table that grew since it
    // last counted from end to end.
    const SENT: &'static str = "SELECT draft.number - 1 AS draft, seq, at \
         FROM jsonb_array_elements($1::jsonb) WITH ORDINALITY AS draft (value, number), \
         LATERAL (SELECT seq, at FROM entry \
             WHERE room_id = value ->> 0 AND participant_id = value ->> 1 AND client_id = value ->> 2 LIMIT 1) AS sent";

    const INSERT: &'static str = "INSERT INTO entry (room_id, seq, at, kind, participant_id, client_id, frame, edits) \
         SELECT value ->> 0, (value ->> 1)::bigint, (value ->> 2)::bigint, value ->> 3, value ->> 4, value ->> 5, \
             value ->> 6, (value ->> 7)::bigint \
         FROM jsonb_array_elements($1::jsonb) \
         ON CONFLICT (room_id, participant_id, client_id) WHERE client_id IS NOT NULL DO NOTHING";

    const ADVANCE: &'static str = "UPDATE room SET last_seq = (last.value ->> 1)::bigint, \
             text_bytes = text_bytes + (last.value ->> 2)::bigint \
         FROM jsonb_array_elements($1::jsonb) AS last WHERE room.id = last.value ->> 0";

    // One statement is one transaction. Rooms are locked in the order in which everybody locks them; a number that is none
    // fails at its column.
    const AT_ONCE: &'static str = "WITH locked AS ( \
             SELECT id FROM room WHERE id IN (SELECT value ->> 0 FROM jsonb_array_elements($2::jsonb)) \
             ORDER BY id FOR UPDATE \
         ), moved AS ( \
             UPDATE room SET text_bytes = text_bytes + (more.value ->> 2)::bigint, \
                 last_seq = CASE WHEN store_history AND ended_at IS NULL AND expires_at > $3 \
                     AND text_bytes + (more.value ->> 2)::bigint <= $4 THEN last_seq + (more.value ->> 1)::bigint END \
             FROM locked JOIN jsonb_array_elements($2::jsonb) AS more ON more.value ->> 0 = locked.id \
             WHERE room.id = locked.id RETURNING room.id, room.last_seq \
         ), added AS ( \
             INSERT INTO entry (room_id, seq, at, kind, participant_id, client_id, frame) \
             SELECT value ->> 0, moved.last_seq - (value ->> 1)::bigint, $3, 'message', value ->> 2, value ->> 3, \
                 value ->> 4 \
             FROM jsonb_array_elements($1::jsonb) LEFT JOIN moved ON moved.id = value ->> 0 \
         ) SELECT id, last_seq FROM moved";

    const UNDO: Option<&'static str> = None;

    const ARRIVAL: &'static str = arrival!("CAST(json_agg(json_build_array(", ")) AS TEXT)");

    fn affected(result: &PgQueryResult) -> u64 {
        result.rows_affected()
    }

    async fn vacuum(_: &mut PgConnection) -> sqlx::Result<bool> {
        Ok(false)
    }

    async fn scrub(_: &PgConnectOptions) -> sqlx::Result<bool> {
        Ok(true)
    }
}

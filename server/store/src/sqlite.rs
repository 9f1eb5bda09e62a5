//! SQLite: the database that needs no server, and the default.

mod lock;
#[cfg(test)]
mod plans;
mod reserve;
mod scrub;

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use clock::Clock;
use reserve::ReserveFile;
use sqlx::{
    ConnectOptions, Connection, SqlSafeStr, Sqlite,
    migrate::Migrator,
    query, query_as,
    sqlite::{
        SqliteAutoVacuum, SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteQueryResult,
        SqliteSynchronous,
    },
};

use super::{
    Observer, OpenError,
    database::{Dialect, Store, StoredText, arrival, migrations},
};

/// Reads at once. SQLite reads are short and local: more would wait for the same cores.
const READERS: usize = 4;

/// How long a statement waits for another process that has the file locked, such as a backup.
const BUSY_WITHIN: Duration = Duration::from_secs(5);

/// Rows that the writing connection's thread hands over without waiting.
const ROWS: usize = 1024;

/// Gives up to 1 MiB of free pages back to the disk: little enough to be done on the reserve of a full one.
const VACUUM_STEP: &str = "PRAGMA incremental_vacuum(256)";

/// Rooms in an SQLite file.
pub type SqliteStore = Store<Sqlite>;

impl SqliteStore {
    /// Opens the file at `path`. Creates it and its folder where there is none, readable to nobody else, and brings its
    /// tables up to date.
    ///
    /// # Errors
    /// [`OpenError`] when the file cannot be used.
    pub async fn open(
        path: &Path,
        clock: Arc<dyn Clock>,
        observer: Arc<dyn Observer>,
        text: StoredText,
    ) -> Result<Self, OpenError> {
        create_private(path)?;
        let lock = lock::take(path)?;
        let writes = writes(path);
        let mut connection = writes.connect().await?;
        migrator().run(&mut connection).await?;
        connection.close().await?;
        let reads = (reads(path), READERS);
        let reserve = Arc::new(ReserveFile::of(path));
        Ok(Self::new(reads, writes, scrubs(path), reserve, clock, observer, text).holding(lock))
    }
}

/// What every connection has in common.
fn connection(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .busy_timeout(BUSY_WITHIN)
        // What is sorted or put aside has words in it, and would lie in files elsewhere that nothing ever scrubs.
        .pragma("temp_store", "MEMORY")
}

fn reads(path: &Path) -> SqliteConnectOptions {
    // Not opened for reading only: in WAL mode a reader may have to write the shared index.
    connection(path).pragma("query_only", "ON")
}

fn writes(path: &Path) -> SqliteConnectOptions {
    connection(path)
        // As many rooms as a batch has: its thread need not wait for who reads what it returns.
        .row_buffer_size(ROWS)
        .foreign_keys(true)
        .journal_mode(SqliteJournalMode::Wal)
        // A commit is on disk before anybody is told of it.
        .synchronous(SqliteSynchronous::Full)
        // What is deleted is overwritten, and the file can give its pages back.
        .pragma("secure_delete", "ON")
        .auto_vacuum(SqliteAutoVacuum::Incremental)
}

/// For emptying the write-ahead log. Whoever writes waits for it as long as it waits for those who read.
fn scrubs(path: &Path) -> SqliteConnectOptions {
    connection(path).busy_timeout(scrub::READERS_WITHIN)
}

/// SQLite gives its other files the rights of the first.
fn create_private(path: &Path) -> io::Result<()> {
    let mut folder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut folder, 0o700);
    if let Some(parent) = path.parent() {
        folder.recursive(true).create(parent)?;
    }
    private_file().append(true).open(path).map(drop)
}

/// The name of a file that belongs to the database at `path`.
fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

/// How a file is created that nobody else can read.
fn private_file() -> fs::OpenOptions {
    let mut file = fs::OpenOptions::new();
    file.create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut file, 0o600);
    file
}

fn migrator() -> Migrator {
    migrations([
        (1, include_str!("../migrations/sqlite/0001_rooms.sql").into_sql_str()),
        (2, include_str!("../migrations/sqlite/0002_media.sql").into_sql_str()),
        (4, include_str!("../migrations/sqlite/0004_creator.sql").into_sql_str()),
        (5, include_str!("../migrations/sqlite/0005_identity.sql").into_sql_str()),
        (
            6,
            include_str!("../migrations/sqlite/0006_amendments.sql").into_sql_str(),
        ),
        (8, include_str!("../migrations/sqlite/0008_text.sql").into_sql_str()),
        (9, include_str!("../migrations/sqlite/0009_look_ups.sql").into_sql_str()),
        (10, include_str!("../migrations/sqlite/0010_frames.sql").into_sql_str()),
    ])
}

impl Dialect for Sqlite {
    const BEGIN: &'static str = "BEGIN IMMEDIATE";

    // The transaction has locked the whole database.
    const LOCK: &'static str = "SELECT id, last_seq, text_bytes, \
             store_history AND ended_at IS NULL AND expires_at > $2 AS writable \
         FROM room WHERE id IN (SELECT value FROM json_each($1))";

    const SENT: &'static str = "SELECT draft.key AS draft, seq, at \
         FROM json_each($1) AS draft CROSS JOIN entry \
         ON room_id = draft.value ->> 0 AND participant_id = draft.value ->> 1 AND client_id = draft.value ->> 2";

    const INSERT: &'static str = "INSERT INTO entry (room_id, seq, at, kind, participant_id, client_id, frame, edits) \
         SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6, value ->> 7 \
         FROM json_each($1) WHERE TRUE \
         ON CONFLICT (room_id, participant_id, client_id) WHERE client_id IS NOT NULL DO NOTHING";

    const ADVANCE: &'static str = "UPDATE room SET last_seq = last.value ->> 1, text_bytes = text_bytes + (last.value ->> 2) \
         FROM json_each($1) AS last WHERE room.id = last.value ->> 0";

    // A number that is none fails at its column. Each statement is given the parameters that it names.
    const AT_ONCE: &'static str = "BEGIN IMMEDIATE; \
         UPDATE room SET text_bytes = text_bytes + (more.value ->> 2), \
             last_seq = CASE WHEN store_history AND ended_at IS NULL AND expires_at > $3 \
                 AND text_bytes + (more.value ->> 2) <= $4 THEN last_seq + (more.value ->> 1) END \
         FROM json_each($2) AS more WHERE room.id = more.value ->> 0 RETURNING id, last_seq; \
         INSERT INTO entry (room_id, seq, at, kind, participant_id, client_id, frame) \
         SELECT value ->> 0, (SELECT last_seq FROM room WHERE id = value ->> 0) - (value ->> 1), $3, 'message', \
             value ->> 2, value ->> 3, value ->> 4 FROM json_each($1); \
         COMMIT";

    const UNDO: Option<&'static str> = Some("ROLLBACK");

    const ARRIVAL: &'static str = arrival!("json_group_array(json_array(", "))");

    fn affected(result: &SqliteQueryResult) -> u64 {
        result.rows_affected()
    }

    async fn vacuum(on: &mut SqliteConnection) -> sqlx::Result<bool> {
        query(VACUUM_STEP).execute(&mut *on).await?;
        let (free,): (i64,) = query_as("PRAGMA freelist_count").fetch_one(on).await?;
        Ok(free > 0)
    }

    async fn scrub(options: &SqliteConnectOptions) -> sqlx::Result<bool> {
        let mut connection = options.connect().await?;
        let scrubbed = scrub::scrub(&mut connection).await;
        connection.close().await?;
        scrubbed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn no_connection_puts_anything_aside_in_files() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("rooms.db");
        create_private(&path).expect("a file");
        // The first one makes of it what the others expect.
        for (kind, options) in [
            ("writes", writes(&path)),
            ("reads", reads(&path)),
            ("scrubs", scrubs(&path)),
        ] {
            let mut connection = options.connect().await.expect(kind);
            let (kept_in,): (i64,) = query_as("PRAGMA temp_store")
                .fetch_one(&mut connection)
                .await
                .expect(kind);
            assert_eq!(kept_in, 2, "{kind}: 2 is memory");
        }
    }
}

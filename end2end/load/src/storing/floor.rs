//! The floor: a loop that inserts rows and commits them.

use std::{str::FromStr, time::Duration};

use clock::{Clock, SystemClock};
use serde_json::json;
use sqlx::{
    ConnectOptions, Connection, PgConnection, SqliteConnection,
    postgres::PgConnectOptions,
    query,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
};
use tokio::time::Instant;

use super::{
    database::{Database, Sender, client_id, words},
    tally::rate,
};

/// Rows a second, in batches of one row for each sender.
pub async fn measure(database: Database, senders: usize, take: Duration) -> f64 {
    let (stores, senders) = database.with(senders).await;
    stores.close().await;
    let mut connection = Bare::connect(&database.url).await;
    let (mut rows, mut spent) = (0, Duration::ZERO);
    while spent < take {
        let batch = batch(&senders, rows);
        let started = Instant::now();
        connection.insert(&batch).await.expect("inserted");
        spent += started.elapsed();
        rows += senders.len();
    }
    rate(rows, spent)
}

/// The rows that the log would write, as the databases take many at once. Made before the clock runs.
fn batch(senders: &[Sender], before: usize) -> String {
    let at = SystemClock.now().millis();
    let body = words();
    let rows = senders.iter().enumerate().map(|(n, sender)| {
        // After the entries of those who joined.
        let seq = 1_000 + before + n;
        let id = client_id(n, before);
        let frame = format!(
            r#"{{"type":"instant_chat_message","at":"{}","from":"{}","clientId":"{id}","body":{}"#,
            String::from(SystemClock.now()),
            sender.id,
            body.as_str()
        );
        json!([
            sender.room.as_str(),
            seq,
            at,
            "message",
            sender.id.as_str(),
            id.as_str(),
            frame
        ])
    });
    serde_json::Value::from_iter(rows).to_string()
}

/// A connection with the log's durability.
enum Bare {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

impl Bare {
    async fn connect(url: &str) -> Self {
        if let Some(path) = url.strip_prefix("sqlite:") {
            let options = SqliteConnectOptions::new()
                .filename(path)
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Full);
            Self::Sqlite(options.connect().await.expect("a file"))
        } else {
            let options = PgConnectOptions::from_str(url).expect("a URL");
            let options = options.options([("synchronous_commit", "on")]);
            Self::Postgres(options.connect().await.expect("a database"))
        }
    }

    async fn insert(&mut self, rows: &str) -> sqlx::Result<()> {
        match self {
            Self::Sqlite(connection) => {
                let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await?;
                query(
                    "INSERT INTO entry (room_id, seq, at, kind, participant_id, client_id, frame) \
                     SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6 \
                     FROM json_each($1)",
                )
                .bind(rows)
                .execute(&mut *transaction)
                .await?;
                transaction.commit().await
            }
            Self::Postgres(connection) => {
                let mut transaction = connection.begin().await?;
                query(
                    "INSERT INTO entry (room_id, seq, at, kind, participant_id, client_id, frame) \
                     SELECT value ->> 0, (value ->> 1)::bigint, (value ->> 2)::bigint, value ->> 3, value ->> 4, \
                         value ->> 5, value ->> 6 \
                     FROM jsonb_array_elements($1::jsonb)",
                )
                .bind(rows)
                .execute(&mut *transaction)
                .await?;
                transaction.commit().await
            }
        }
    }
}

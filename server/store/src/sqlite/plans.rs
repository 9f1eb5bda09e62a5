//! Nothing that is asked often is looked for in whole tables.

use sqlx::{ConnectOptions, Connection, Row, Sqlite, query};

use super::{migrator, writes};
use crate::database::{Dialect, FIRST, FORGET, INSIDE, MEMBER, MEMBERS};

#[tokio::test]
async fn what_grows_is_read_by_an_index() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = writes(&folder.path().join("rooms.db")).create_if_missing(true);
    let mut connection = file.connect().await.expect("a database");
    migrator().run(&mut connection).await.expect("tables");
    // The plans are found fault with if there is reason to.
    let before = "SELECT id FROM participant WHERE room_id = $1 AND (token = $2 \
         OR id = (SELECT participant_id FROM pass WHERE room_id = $1 AND token = $2))";
    assert!(faults(&plan(&mut connection, before).await) > 0);
    for statement in [FIRST, FORGET, INSIDE, MEMBER, MEMBERS, Sqlite::ARRIVAL] {
        let mut plan = plan(&mut connection, statement).await;
        // What belongs to a room goes with it: after its purge, that is nothing.
        plan.retain(|step| !(statement == FORGET && step.contains("(room_id=?")));
        assert_eq!(faults(&plan), 0, "{statement}: {plan:#?}");
    }
    connection.close().await.expect("closed");
}

async fn plan(connection: &mut sqlx::SqliteConnection, statement: &'static str) -> Vec<String> {
    let explain = sqlx::AssertSqlSafe(format!("EXPLAIN QUERY PLAN {statement}"));
    let steps = query(explain).fetch_all(connection).await.expect("a plan");
    steps.iter().map(|step| step.get("detail")).collect()
}

/// Steps that read more than they return: a table from end to end, or all that is a room's.
fn faults(plan: &[String]) -> usize {
    let is_fault = |step: &&String| {
        let reads_a_room = step.contains("USING PRIMARY KEY (room_id=?)");
        // The few that were chosen within are put in order.
        (step.starts_with("SCAN") && !["newest", "member"].iter().any(|few| step.contains(few))) || reads_a_room
    };
    plan.iter().filter(is_fault).count()
}

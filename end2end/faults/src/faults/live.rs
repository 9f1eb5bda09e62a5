//! What is said in a live room is in no file: not while it is said, not after a kill, not after a goodbye.

use super::{Arena, Outcome};
use crate::{
    client::Mode,
    crowd::{Crowd, Plan},
    program::{Database, Program, is_in},
};

pub(super) async fn run(arena: &Arena) -> Outcome {
    let mut rng = arena.rng();
    let mut server = arena.server().await;
    let host = server.host();
    let live = Crowd::gather(&server.api(), &host, &Plan::live(4, 5), &mut rng).await;
    let stored = Crowd::gather(&server.api(), &host, &Plan::stored(1, 5), &mut rng).await;
    for round in 0..arena.scale.rounds {
        live.set(Mode::Write);
        stored.set(Mode::Write);
        live.acked_more(500).await;
        stored.acked_more(50).await;
        assert!(found(arena, &server, &stored), "the search finds what is there");
        assert!(
            !found(arena, &server, &live),
            "live words are in a file while they are said"
        );
        if round % 2 == 0 {
            server.kill().await;
        } else {
            server.stop().await;
        }
        assert!(
            !found(arena, &server, &live),
            "live words are in a file after the server"
        );
        server.restart().await;
    }
    stored.set(Mode::Rest);
    let mut verdict = live.judge(&server).await;
    verdict += stored.judge(&server).await;
    Outcome {
        times: arena.scale.rounds,
        verdict,
        note: "in no file".into(),
    }
}

/// Whether words of the crowd's rooms stand in any file, of the server or of its database.
fn found(arena: &Arena, server: &Program, crowd: &Crowd) -> bool {
    let words = Vec::from_iter(crowd.rooms.iter().map(|room| room.canary.clone()));
    let of_database = match &arena.setup.database {
        Database::Sqlite => false,
        Database::Postgres(cluster) => cluster.socket().parent().is_some_and(|folder| is_in(folder, &words)),
    };
    of_database || is_in(server.folder(), &words)
}

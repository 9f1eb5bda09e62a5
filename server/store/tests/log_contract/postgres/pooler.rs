//! What poolers of transactions do to who connects, as far as one can tell at the start.

use std::{path::PathBuf, sync::Arc};

use private_postgres::Cluster;
use random::Random;
use store::{OpenError, open};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional},
    net::{TcpListener, TcpStream, UnixStream},
};

use crate::world;

/// How a pooler takes a client's wishes for its session.
#[derive(Clone, Copy)]
enum Manner {
    /// As pgbouncer does by default.
    Refuses,
    /// As pgbouncer does with `ignore_startup_parameters`.
    Ignores,
    /// As Postgres itself.
    Heeds,
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pooler_that_keeps_no_sessions_is_refused_by_name() {
    let world = world::postgres().await;
    for manner in [Manner::Refuses, Manner::Ignores, Manner::Heeds] {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        tokio::spawn(pool(listener, Cluster::shared().socket(), manner));
        let (url, _socket) = world.url.split_once('?').expect("the socket's folder");
        let url = url.replace("@localhost", &format!("@127.0.0.1:{port}"));
        let opened = open(
            &format!("{url}?sslmode=disable"),
            Arc::clone(&world.clock) as _,
            world.random.epoch(),
            Arc::clone(&world.heard) as _,
            Arc::<store::RoomMemories>::default(),
            world.bounds,
        )
        .await;
        match (manner, opened) {
            (Manner::Heeds, Ok(stores)) => stores.close().await,
            (Manner::Refuses | Manner::Ignores, Err(refused @ OpenError::Pooled)) => {
                assert!(
                    refused.to_string().contains("address of the database itself"),
                    "{refused}"
                );
            }
            (_, opened) => panic!("{:?}", opened.map(drop)),
        }
    }
}

async fn pool(listener: TcpListener, database: PathBuf, manner: Manner) {
    while let Ok((client, _)) = listener.accept().await {
        tokio::spawn(serve(client, database.clone(), manner));
    }
}

async fn serve(mut client: TcpStream, database: PathBuf, manner: Manner) {
    // A length, a version, names and values, each ended by a zero, and one more.
    let length = client.read_u32().await.expect("a first message");
    let mut message = vec![0; length as usize - 4];
    client.read_exact(&mut message).await.expect("a whole one");
    let (version, words) = message.split_at(4);
    let words = Vec::from_iter(words.split(|byte| *byte == 0));
    let told = words.chunks_exact(2).take_while(|told| !told[0].is_empty());
    let options = told.clone().any(|told| told[0] == b"options");
    if options && matches!(manner, Manner::Refuses) {
        let refusal = b"SFATAL\0C08P01\0Munsupported startup parameter in options: statement_timeout\0\0";
        let length = u32::try_from(refusal.len() + 4).expect("short");
        let said = [&b"E"[..], &length.to_be_bytes(), refusal].concat();
        client.write_all(&said).await.expect("said");
        return;
    }
    let mut passed = version.to_vec();
    for told in told.filter(|told| told[0] != b"options" || matches!(manner, Manner::Heeds)) {
        for word in told {
            passed.extend_from_slice(word);
            passed.push(0);
        }
    }
    passed.push(0);
    let mut server = UnixStream::connect(database).await.expect("Postgres listens");
    let length = u32::try_from(passed.len() + 4).expect("short");
    server.write_all(&length.to_be_bytes()).await.expect("sent");
    server.write_all(&passed).await.expect("sent");
    // An error is a connection that was closed.
    let _ = copy_bidirectional(&mut client, &mut server).await;
}

//! A server that is told to stop.

use std::time::Duration;

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::{Instant, timeout},
};

use crate::harness::TestServer;

#[tokio::test]
async fn sockets_are_told_to_come_back_and_nothing_acked_is_lost() {
    let server = TestServer::start().await;
    let room = server.create(true).await;
    let (maya, mut mayas) = server.enter(&room, "Maya").await;
    let mut waiting = server.socket(&room).await;
    let seq = mayas.say("m1", "Hello").await;
    let start = Instant::now();
    let (server, (_, first), (_, second)) =
        tokio::join!(server.restart(), mayas.until_closed(), waiting.until_closed());
    assert_eq!((first, second), (Some(1001), Some(1001)));
    assert!(start.elapsed() < Duration::from_secs(5));
    let (_, page) = server.history(&room, &maya, "").await;
    assert_eq!(page["entries"][1]["seq"], seq);
}

#[tokio::test]
async fn a_connection_that_says_nothing_holds_nobody_up() {
    let server = TestServer::start().await;
    let mut silent = TcpStream::connect(server.host()).await.expect("a connection");
    silent.write_all(b"GET / HTTP/1.1\r\nHost: a\r\n").await.expect("sent");
    let end = async {
        let mut rest = Vec::new();
        silent.read_to_end(&mut rest).await
    };
    let (ended, _) = timeout(Duration::from_secs(9), async { tokio::join!(end, server.stop()) })
        .await
        .expect("within the time that it has");
    assert!(ended.is_ok_and(|bytes| bytes == 0));
}

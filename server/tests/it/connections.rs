//! How many may be connected, and for how long who does not read.

use std::{io, net::SocketAddr, time::Duration};

use futures_util::future::join_all;
use reqwest::StatusCode;
use serde_json::Value;
use tempfile::TempDir;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpSocket, TcpStream},
    time::timeout,
};
use tokio_tungstenite::tungstenite::Error;

use crate::harness::{Socket, TestServer, say, until};

const METRICS: &str = "--metrics-addr=127.0.0.1:0";

/// Nobody here is a proxy: this machine has many addresses.
const NO_PROXIES: &str = "--trusted-proxies=192.0.2.1";

/// A large file of the site.
const FILE: &str = "/pkg/instant-chat.wasm";

/// More than a connection's buffers hold.
const LARGE: usize = 8 * 1024 * 1024;

/// A site with a large file.
fn site() -> (TempDir, String) {
    let site = TempDir::new().expect("a folder");
    std::fs::create_dir(site.path().join("pkg")).expect("a folder");
    std::fs::write(site.path().join(&FILE[1..]), vec![7; LARGE]).expect("written");
    let flag = format!("--site-root={}", site.path().display());
    (site, flag)
}

/// A connection from `address`, with little place for what it does not read.
async fn connect(server: &TestServer, address: &str) -> TcpStream {
    let socket = TcpSocket::new_v4().expect("a socket");
    socket.set_recv_buffer_size(4 * 1024).expect("a small buffer");
    let from: SocketAddr = format!("{address}:0").parse().expect("an address");
    socket.bind(from).expect("an address of this machine");
    let to = server.host().parse().expect("an address");
    socket.connect(to).await.expect("a connection")
}

fn get(path: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n")
}

/// A connection from `address` that asks for `path`.
async fn ask(server: &TestServer, address: &str, path: &str) -> TcpStream {
    let mut stream = connect(server, address).await;
    stream.write_all(get(path).as_bytes()).await.expect("sent");
    stream
}

/// Somebody who asks for a large file, and takes no more of it than its first bytes.
async fn stall(server: &TestServer, address: &str) -> TcpStream {
    let mut stream = ask(server, address, FILE).await;
    let head = read(&mut stream, 12).await.expect("the beginning");
    assert_eq!(head, "HTTP/1.1 200");
    stream
}

async fn read(stream: &mut TcpStream, length: usize) -> io::Result<String> {
    let mut bytes = vec![0; length];
    let reading = stream.read_exact(&mut bytes);
    timeout(Duration::from_secs(20), reading).await.expect("in time")?;
    Ok(String::from_utf8(bytes).expect("text"))
}

/// All that still comes; less than was promised where the connection is cut.
async fn rest(stream: &mut TcpStream) -> usize {
    let mut bytes = Vec::new();
    let reading = stream.read_to_end(&mut bytes);
    // A reset is an end, too.
    let _ = timeout(Duration::from_secs(20), reading).await.expect("it ends");
    bytes.len()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_readers_that_stall_keep_nobody_out_and_are_cut() {
    let (_site, flag) = site();
    // Longer than it takes to open them all, on a busy machine, too.
    let server = TestServer::with(&[METRICS, &flag, "--take-within=10s"]).await;
    let mut stalled = Vec::new();
    for _ in 0..20 {
        stalled.extend(join_all((0..50).map(|_| stall(&server, "127.0.0.1"))).await);
    }
    assert_eq!(stalled.len(), 1_000);
    let page = server.get("/").send().await.expect("a page");
    assert_eq!(page.status(), StatusCode::OK);
    let room = server.create(true).await;
    let (_, mut socket) = server.enter(&room, "Maya").await;
    socket.say("m1", "undisturbed").await;
    let cut = r#"instant_chat_connections_cut_total{reason="slow"}"#;
    timeout(Duration::from_secs(60), async {
        while server.counted(cut).await < 1_000 {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    })
    .await
    .expect("all are cut");
    for stream in &mut stalled {
        assert!(rest(stream).await < LARGE, "the buffers held it all");
    }
    socket.say("m2", "still undisturbed").await;
    until(async || (server.counted("instant_chat_connections").await < 10).then_some(())).await;
}

#[tokio::test]
async fn a_page_and_an_export_and_events_that_nobody_reads_are_cut_like_a_file() {
    let flags = [
        METRICS,
        "--take-within=1s",
        "--messages-per-second=10000",
        "--message-burst=10000",
    ];
    let server = TestServer::with(&flags).await;
    let room = server.create(true).await;
    let (maya, mut socket) = server.enter(&room, "Maya").await;
    let words = "\u{1F600}".repeat(4_000);
    for n in 0..60 {
        socket.say(&format!("m{n}"), &words).await;
    }
    let at = format!("/api/chat/instant/{}", room.id);
    // A page is short, and asked for often.
    for (path, times) in [("/export?format=html", 1), ("/messages?limit=200", 40), ("/events", 1)] {
        let before = server
            .counted(r#"instant_chat_connections_cut_total{reason="slow"}"#)
            .await;
        let mut stream = connect(&server, "127.0.0.1").await;
        let request = format!(
            "GET {at}{path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {}\r\nLast-Event-ID: stored.0\r\n\r\n",
            maya.token
        );
        stream.write_all(request.repeat(times).as_bytes()).await.expect("sent");
        assert_eq!(read(&mut stream, 12).await.expect("a head"), "HTTP/1.1 200", "{path}");
        until(async || {
            let cut = server
                .counted(r#"instant_chat_connections_cut_total{reason="slow"}"#)
                .await;
            (cut > before).then_some(())
        })
        .await;
        assert!(rest(&mut stream).await < 600_000, "{path}");
    }
}

#[tokio::test]
async fn one_address_has_so_many_connections_and_its_neighbours_have_theirs() {
    let (_site, flag) = site();
    let server = TestServer::with(&[METRICS, &flag, NO_PROXIES, "--connections-per-address=4"]).await;
    let mut held = Vec::new();
    for _ in 0..4 {
        held.push(stall(&server, "127.0.0.2").await);
    }
    let mut refused = ask(&server, "127.0.0.2", "/healthz").await;
    let mut answer = String::new();
    refused.read_to_string(&mut answer).await.expect("an answer");
    let (head, problem) = answer.split_once("\r\n\r\n").expect("a head");
    assert!(
        head.starts_with("HTTP/1.1 503 ") && head.contains("retry-after: 10"),
        "{head}"
    );
    assert!(head.contains("application/problem+json"), "{head}");
    let problem: Value = serde_json::from_str(problem).expect("JSON");
    assert_eq!(problem["code"], "unavailable");
    let away = r#"instant_chat_connections_turned_away_total{limit="address"}"#;
    assert_eq!(server.counted(away).await, 1);
    let mut neighbour = ask(&server, "127.0.0.3", "/healthz").await;
    assert_eq!(read(&mut neighbour, 12).await.expect("an answer"), "HTTP/1.1 200");
    // A place that is given back is free.
    held.pop();
    until(async || {
        let mut again = ask(&server, "127.0.0.2", "/healthz").await;
        (read(&mut again, 12).await.ok()? == "HTTP/1.1 200").then_some(())
    })
    .await;
}

#[tokio::test]
async fn who_asks_nothing_makes_place_for_who_comes() {
    let (_site, flag) = site();
    let server = TestServer::with(&[METRICS, &flag, NO_PROXIES, "--max-connections=3"]).await;
    let _works = stall(&server, "127.0.0.2").await;
    // One that was answered and is kept, and one that has asked nothing yet.
    let mut kept = ask(&server, "127.0.0.2", "/healthz").await;
    assert_eq!(read(&mut kept, 12).await.expect("an answer"), "HTTP/1.1 200");
    let mut silent = connect(&server, "127.0.0.2").await;
    for ended in [&mut kept, &mut silent] {
        let working = stall(&server, "127.0.0.3").await;
        rest(ended).await;
        std::mem::forget(working);
    }
    let idle = r#"instant_chat_connections_cut_total{reason="idle"}"#;
    assert_eq!(server.counted(idle).await, 2);
    // All three are at work.
    let mut refused = ask(&server, "127.0.0.4", "/healthz").await;
    assert_eq!(read(&mut refused, 12).await.expect("an answer"), "HTTP/1.1 503");
}

#[tokio::test]
async fn a_socket_keeps_its_connection_s_place() {
    let server = TestServer::with(&[NO_PROXIES, "--connections-per-address=2"]).await;
    let room = server.create(true).await;
    let sockets = [server.socket(&room).await, server.socket(&room).await];
    // Neither rests: there is no place to be made.
    let mut refused = ask(&server, "127.0.0.1", "/healthz").await;
    assert_eq!(read(&mut refused, 12).await.expect("an answer"), "HTTP/1.1 503");
    drop(sockets);
    until(async || {
        let mut again = ask(&server, "127.0.0.1", "/healthz").await;
        (read(&mut again, 12).await.ok()? == "HTTP/1.1 200").then_some(())
    })
    .await;
}

#[tokio::test]
async fn behind_a_proxy_each_address_has_so_many_sockets_and_streams() {
    let server = TestServer::with(&["--connections-per-address=2"]).await;
    let room = server.create(true).await;
    let maya = server.join(&room, "Maya").await;
    let open =
        async |address: &'static str| Socket::open(&server.host(), &room.id, &[("x-forwarded-for", address)]).await;
    let stream = async |address: &'static str| {
        let events = server.get(&format!("/api/chat/instant/{}/events", room.id));
        let events = events.bearer_auth(&maya.token).header("x-forwarded-for", address);
        events.send().await.expect("an answer")
    };
    let socket = open("192.0.2.1").await.expect("a socket");
    let events = stream("192.0.2.1").await;
    assert_eq!(events.status(), StatusCode::OK);
    assert_eq!(stream("192.0.2.1").await.status(), StatusCode::TOO_MANY_REQUESTS);
    match open("192.0.2.1").await.map(|_| ()).map_err(|error| *error) {
        Err(Error::Http(response)) => assert_eq!(response.status().as_u16(), 429),
        other => panic!("{other:?}"),
    }
    assert!(open("192.0.2.2").await.is_ok(), "another address");
    assert_eq!(stream("192.0.2.2").await.status(), StatusCode::OK);
    drop((socket, events));
    until(async || open("192.0.2.1").await.ok().map(drop)).await;
}

#[tokio::test]
async fn slow_exports_of_one_address_leave_others_theirs() {
    let server = TestServer::with(&["--messages-per-second=10000", "--message-burst=10000"]).await;
    let room = server.create(true).await;
    let (maya, mut socket) = server.enter(&room, "Maya").await;
    let words = "\u{1F600}".repeat(4_000);
    for n in 0..60 {
        socket.send(say(&format!("m{n}"), &words)).await;
    }
    socket.say("last", "the end").await;
    let export = async |address: &str| {
        let mut stream = connect(&server, "127.0.0.1").await;
        let request = format!(
            "GET /api/chat/instant/{}/export HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {}\r\n\
             X-Forwarded-For: {address}\r\n\r\n",
            room.id, maya.token
        );
        stream.write_all(request.as_bytes()).await.expect("sent");
        let status = read(&mut stream, 12).await.expect("an answer");
        (stream, status)
    };
    let mut slow = Vec::new();
    for n in 0..16 {
        let (stream, status) = export("192.0.2.1").await;
        let expected = if n < 4 { "HTTP/1.1 200" } else { "HTTP/1.1 429" };
        assert_eq!(status, expected, "{n}");
        slow.push(stream);
    }
    assert_eq!(export("192.0.2.2").await.1, "HTTP/1.1 200");
}

//! A proxy in front of Postgres that can break a connection at a commit, which is when it matters.

use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicU8, Ordering},
    },
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream, UnixStream},
};

const PASS: u8 = 0;
const SWALLOW: u8 = 1;
const BREAK: u8 = 2;

/// Listens on a TCP port of its own for as long as the test's runtime lives.
pub struct Proxy {
    port: u16,
    at_commit: Arc<AtomicU8>,
}

impl Proxy {
    pub async fn start(socket: PathBuf) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let at_commit = Arc::new(AtomicU8::new(PASS));
        let shared = Arc::clone(&at_commit);
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let server = UnixStream::connect(&socket).await.expect("Postgres listens");
                tokio::spawn(pass(client, server, Arc::clone(&shared)));
            }
        });
        Self { port, at_commit }
    }

    /// The same database, by way of this proxy.
    pub fn url(&self, direct: &str) -> String {
        let (url, _socket) = direct.split_once('?').expect("the socket's folder");
        // Without TLS, or the proxy would not know a commit.
        format!(
            "{}?sslmode=disable",
            url.replace("@localhost", &format!("@127.0.0.1:{}", self.port))
        )
    }

    /// Lets the next commit through and breaks its connection once it has succeeded.
    pub fn swallow_next_commit(&self) {
        self.at_commit.store(SWALLOW, Ordering::SeqCst);
    }

    /// Breaks the connection in place of the next commit.
    pub fn break_before_next_commit(&self) {
        self.at_commit.store(BREAK, Ordering::SeqCst);
    }
}

/// Passes bytes on until either side closes. A query is small and comes in one piece on a loopback.
async fn pass(mut client: TcpStream, mut server: UnixStream, at_commit: Arc<AtomicU8>) {
    let (mut from_client, mut from_server) = (vec![0; 64 * 1024], vec![0; 64 * 1024]);
    let mut swallowing = false;
    loop {
        tokio::select! {
            Ok(n @ 1..) = client.read(&mut from_client) => {
                let query = &from_client[..n];
                if query.windows(7).any(|word| word == b"COMMIT\0") && at_commit.load(Ordering::SeqCst) != PASS {
                    if at_commit.swap(PASS, Ordering::SeqCst) == BREAK {
                        return;
                    }
                    swallowing = true;
                }
                if server.write_all(query).await.is_err() {
                    return;
                }
            }
            Ok(n @ 1..) = server.read(&mut from_server) => {
                // The answer to the commit: it is done, and nobody is told.
                if swallowing || client.write_all(&from_server[..n]).await.is_err() {
                    return;
                }
            }
            else => return,
        }
    }
}

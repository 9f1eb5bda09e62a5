//! A proxy in front of Postgres that can break a connection at a commit, which is when it matters.

use std::{
    collections::HashSet,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicU8, AtomicU64, Ordering},
    },
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream, UnixStream},
};

const PASS: u8 = 0;
const SWALLOW: u8 = 1;
const BREAK: u8 = 2;

/// Listens on a TCP port of its own for as long as the runtime lives.
#[derive(Debug)]
pub struct Proxy {
    port: u16,
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    at_commit: AtomicU8,
    broken: AtomicU64,
}

impl Proxy {
    /// Stands in front of the Postgres that listens at `socket`.
    ///
    /// # Panics
    /// When there is no port, or nobody listens.
    pub async fn start(socket: PathBuf) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let shared = Arc::<Shared>::default();
        tokio::spawn({
            let shared = Arc::clone(&shared);
            async move {
                while let Ok((client, _)) = listener.accept().await {
                    let server = UnixStream::connect(&socket).await.expect("Postgres listens");
                    tokio::spawn(pass(client, server, Arc::clone(&shared)));
                }
            }
        });
        Self { port, shared }
    }

    /// The same database, by way of this proxy.
    ///
    /// # Panics
    /// When the URL is not a [`Cluster`](super::Cluster)'s.
    #[must_use]
    pub fn url(&self, direct: &str) -> String {
        let (url, _socket) = direct.split_once('?').expect("the socket's folder");
        // Without TLS, or the proxy would not know a commit.
        let here = url.replace("@localhost", &format!("@127.0.0.1:{}", self.port));
        format!("{here}?sslmode=disable")
    }

    /// Lets the next commit through and breaks its connection once it has succeeded.
    pub fn swallow_next_commit(&self) {
        self.shared.at_commit.store(SWALLOW, Ordering::SeqCst);
    }

    /// Breaks the connection in place of the next commit.
    pub fn break_before_next_commit(&self) {
        self.shared.at_commit.store(BREAK, Ordering::SeqCst);
    }

    /// Connections that it has broken so far.
    #[must_use]
    pub fn broken(&self) -> u64 {
        self.shared.broken.load(Ordering::SeqCst)
    }
}

/// Passes bytes on until either side closes.
async fn pass(mut client: TcpStream, mut server: UnixStream, shared: Arc<Shared>) {
    let (mut from_client, mut from_server) = (vec![0; 64 * 1024], vec![0; 64 * 1024]);
    let mut session = Session::default();
    let mut swallowing = false;
    loop {
        tokio::select! {
            Ok(n @ 1..) = client.read(&mut from_client) => {
                let bytes = &from_client[..n];
                if session.commits_with(bytes) && shared.at_commit.load(Ordering::SeqCst) != PASS {
                    let told = shared.at_commit.swap(PASS, Ordering::SeqCst);
                    if told == BREAK {
                        shared.broken.fetch_add(1, Ordering::SeqCst);
                        return;
                    }
                    swallowing = told == SWALLOW;
                }
                if server.write_all(bytes).await.is_err() {
                    return;
                }
            }
            Ok(n @ 1..) = server.read(&mut from_server) => {
                if swallowing {
                    // The answer to the commit: it is done, and nobody is told.
                    shared.broken.fetch_add(1, Ordering::SeqCst);
                    return;
                }
                if client.write_all(&from_server[..n]).await.is_err() {
                    return;
                }
            }
            else => return,
        }
    }
}

/// What a client has sent, as far as it tells when something is committed: a `COMMIT`, or a statement that writes where no
/// transaction was begun.
#[derive(Debug, Default)]
struct Session {
    /// Of a message that has not come to its end.
    begun: Vec<u8>,
    /// The first message has another form than all others.
    is_open: bool,
    in_transaction: bool,
    /// Prepared statements that write.
    writes: HashSet<Vec<u8>>,
}

impl Session {
    /// Whether the messages that end in these bytes commit something.
    fn commits_with(&mut self, bytes: &[u8]) -> bool {
        self.begun.extend_from_slice(bytes);
        let mut commits = false;
        while let Some(message) = self.next() {
            commits |= self.commits(&message);
        }
        commits
    }

    fn next(&mut self) -> Option<Vec<u8>> {
        // The kind, which the first one has not, and the length of what follows with itself.
        let kind = usize::from(self.is_open);
        let length = self.begun.get(kind..kind + 4)?.try_into().ok()?;
        let length = kind + usize::try_from(u32::from_be_bytes(length)).ok()?;
        if self.begun.len() < length {
            return None;
        }
        self.is_open = true;
        let rest = self.begun.split_off(length);
        let message = std::mem::replace(&mut self.begun, rest);
        Some(if kind == 0 { Vec::new() } else { message })
    }

    fn commits(&mut self, message: &[u8]) -> bool {
        let Some((kind, rest)) = message.split_first() else {
            return false;
        };
        let mut texts = rest.get(4..).unwrap_or_default().split(|byte| *byte == 0);
        let (first, second) = (texts.next().unwrap_or_default(), texts.next().unwrap_or_default());
        match kind {
            // A query: its text.
            b'Q' => {
                let commits = first.starts_with(b"COMMIT");
                let begins = first.starts_with(b"BEGIN");
                if begins || commits || first == b"ROLLBACK" {
                    self.in_transaction = begins;
                }
                commits
            }
            // A statement is prepared: its name, its text.
            b'P' => {
                let text = String::from_utf8_lossy(second);
                if ["INSERT ", "UPDATE ", "DELETE "].iter().any(|word| text.contains(word)) {
                    self.writes.insert(first.to_owned());
                }
                false
            }
            // A statement is run: the name of its result, its own.
            b'B' => !self.in_transaction && self.writes.contains(second),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(kind: u8, texts: &[&str]) -> Vec<u8> {
        let text = texts.iter().fold(String::new(), |all, text| all + text + "\0");
        let length = u32::try_from(text.len() + 4).expect("short");
        [&[kind], &length.to_be_bytes()[..], text.as_bytes()].concat()
    }

    #[test]
    fn commits_are_told_however_they_come() {
        let mut session = Session::default();
        assert!(!session.commits_with(&[0, 0, 0, 8, 0, 3, 0, 0]), "the first message");
        assert!(!session.commits_with(&message(b'Q', &["BEGIN"])));
        assert!(!session.commits_with(&message(b'P', &["s1", "WITH x AS (INSERT INTO entry …) SELECT"])));
        assert!(!session.commits_with(&message(b'B', &["", "s1"])), "it is begun");
        let commit = message(b'Q', &["COMMIT"]);
        let (half, rest) = commit.split_at(7);
        assert!(!session.commits_with(half) && session.commits_with(rest));
        assert!(session.commits_with(&message(b'B', &["", "s1"])), "by itself");
        assert!(!session.commits_with(&message(b'P', &["s2", "SELECT 1 FROM entry"])));
        assert!(!session.commits_with(&message(b'B', &["", "s2"])), "it reads");
    }
}

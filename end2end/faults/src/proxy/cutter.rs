//! Cuts connections: a reset after some bytes, in the middle of whatever is on the way.

use std::{
    io,
    ops::Range,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};

use fastrand::Rng;
use tokio::{
    io::{AsyncReadExt, copy},
    net::{TcpListener, TcpStream},
    task::JoinSet,
};

/// Bytes after which a connection is cut: some are cut in the handshake, some after dozens of messages.
const BYTES: Range<u64> = 100..20_000;

/// A proxy that cuts.
#[derive(Debug)]
pub struct Cutter {
    /// Where it listens.
    pub host: String,
    shared: Arc<Shared>,
    _running: JoinSet<()>,
}

#[derive(Debug, Default)]
struct Shared {
    cuts: AtomicU64,
    /// From now on connections stay.
    tame: AtomicBool,
}

impl Cutter {
    /// Stands in front of the server at `upstream`.
    ///
    /// # Panics
    /// When there is no port.
    pub async fn start(upstream: String, mut rng: Rng) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let host = listener.local_addr().expect("an address").to_string();
        let shared = Arc::new(Shared::default());
        let mut running = JoinSet::new();
        running.spawn({
            let shared = Arc::clone(&shared);
            async move {
                let mut connections = JoinSet::new();
                while let Ok((client, _)) = listener.accept().await {
                    let tame = shared.tame.load(Ordering::Relaxed);
                    let bytes = if tame { u64::MAX } else { rng.u64(BYTES) };
                    connections.spawn(pass(client, upstream.clone(), bytes, Arc::clone(&shared)));
                }
            }
        });
        Self {
            host,
            shared,
            _running: running,
        }
    }

    /// Cuts so far.
    #[must_use]
    pub fn cuts(&self) -> u64 {
        self.shared.cuts.load(Ordering::Relaxed)
    }

    /// New connections are not cut any more.
    pub fn tame(&self) {
        self.shared.tame.store(true, Ordering::Relaxed);
    }
}

async fn pass(mut client: TcpStream, upstream: String, bytes: u64, shared: Arc<Shared>) {
    let Ok(mut server) = TcpStream::connect(upstream).await else {
        return;
    };
    let cut = until_cut(&mut client, &mut server, bytes).await.unwrap_or(false);
    if cut {
        shared.cuts.fetch_add(1, Ordering::Relaxed);
        // Without a farewell of TCP's own: what is on the way is gone.
        let _ = (client.set_zero_linger(), server.set_zero_linger());
    }
}

/// Passes everything on until one side goes, or `bytes` went one way.
async fn until_cut(client: &mut TcpStream, server: &mut TcpStream, bytes: u64) -> io::Result<bool> {
    let (mut from_client, mut to_client) = client.split();
    let (from_server, mut to_server) = server.split();
    let mut limited = from_server.take(bytes);
    tokio::select! {
        passed = copy(&mut limited, &mut to_client) => Ok(passed? == bytes),
        passed = copy(&mut from_client, &mut to_server) => passed.map(|_| false),
    }
}

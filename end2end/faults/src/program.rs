//! The server under test: the real program, in a folder of its own, killed and started again as often as need be.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Stdio,
    sync::Arc,
    time::Duration,
};

use private_postgres::{Cluster, Proxy};
use tempfile::TempDir;
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    net::TcpListener,
    process::{Child, Command},
    time::{Instant, timeout},
};

use crate::api::Api;

/// Longer than any start takes.
const READY_WITHIN: Duration = Duration::from_secs(30);

/// Ports that the system does not give to outgoing connections: a client that knocks while the server is away must not
/// meet itself.
const PORTS: std::ops::Range<u16> = 10_240..32_768;

/// Mounts a small disk at the data folder, visible to the server alone, and becomes the server.
const ON_SMALL_DISK: &str = r#"mount -t tmpfs -o size="$DISK_SIZE" tmpfs "$DISK" && exec "$0" "$@""#;

/// Where rooms are kept.
#[derive(Clone)]
pub enum Database {
    /// In a file in the data folder.
    Sqlite,
    /// In a database of this cluster.
    Postgres(Arc<Cluster>),
}

impl Database {
    /// As it stands in the table.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgres(_) => "Postgres",
        }
    }
}

/// How a server is started.
#[derive(Clone)]
pub struct Setup {
    /// The program.
    pub program: PathBuf,
    /// Where it keeps rooms.
    pub database: Database,
    /// More flags.
    pub flags: Vec<String>,
    /// Bytes of a disk that is mounted for its data alone.
    pub disk: Option<u64>,
    /// What stands between it and its Postgres.
    pub through: Option<Arc<Proxy>>,
}

/// The server, running or not.
pub struct Program {
    setup: Setup,
    url: Option<String>,
    port: u16,
    folder: TempDir,
    child: Option<Child>,
}

impl Program {
    /// Starts a server that knows nothing yet.
    ///
    /// # Panics
    /// When it does not start.
    pub async fn start(setup: &Setup) -> Self {
        let url = match &setup.database {
            Database::Sqlite => None,
            Database::Postgres(cluster) => Some(cluster.database().await),
        };
        let folder = tempfile::Builder::new()
            .prefix("instant-chat-faults-")
            .tempdir()
            .expect("a temporary folder");
        fs::create_dir(folder.path().join("data")).expect("a folder");
        let mut program = Self {
            setup: setup.clone(),
            url,
            port: free_port().await,
            folder,
            child: None,
        };
        program.restart().await;
        program
    }

    /// Starts it again, on what it left behind.
    ///
    /// # Panics
    /// When it does not start.
    pub async fn restart(&mut self) {
        let (program, data) = (&self.setup.program, self.data());
        let mut command = match self.setup.disk {
            None => Command::new(program),
            Some(bytes) => {
                let mut command = Command::new("unshare");
                command
                    .args(["--map-root-user", "--mount", "sh", "-c", ON_SMALL_DISK])
                    .arg(program)
                    .env("DISK", &data)
                    .env("DISK_SIZE", bytes.to_string());
                command
            }
        };
        let log = fs::File::options()
            .append(true)
            .create(true)
            .open(self.log())
            .expect("a log");
        command
            .args([
                "--host=127.0.0.1",
                "--log=warn",
                "--room-capacity=1000",
                "--site-root=/nowhere",
            ])
            .args(["--messages-per-second=10000", "--message-burst=100000"])
            // All clients are one address here, and faster than people.
            .args(
                ["request", "create", "join", "connect", "miss", "room", "socket"]
                    .map(|action| format!("--{action}-limit=100000/1s")),
            )
            .arg("--text-limit=1000000000/1s")
            .arg(format!("--port={}", self.port))
            .arg(format!("--data-dir={}", data.display()))
            .args(
                self.url
                    .iter()
                    .map(|url| format!("--database-url={}", self.by_proxy(url))),
            )
            .args(&self.setup.flags)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(log)
            .kill_on_drop(true);
        let mut child = command.spawn().expect("the server's program starts");
        let mut lines = BufReader::new(child.stdout.take().expect("an output")).lines();
        let first = timeout(READY_WITHIN, lines.next_line())
            .await
            .expect("the server is ready in time");
        let first = first.expect("readable").unwrap_or_default();
        assert!(
            first.starts_with("Instant Chat is ready"),
            "the server did not start: {first} {}",
            fs::read_to_string(self.log()).unwrap_or_default()
        );
        self.child = Some(child);
    }

    fn by_proxy(&self, url: &str) -> String {
        match &self.setup.through {
            Some(proxy) => proxy.url(url),
            None => url.to_owned(),
        }
    }

    /// kill -9.
    ///
    /// # Panics
    /// When it does not run.
    pub async fn kill(&mut self) {
        let mut child = self.child.take().expect("it runs");
        child.kill().await.expect("killed");
    }

    /// SIGTERM; how long it took to go.
    ///
    /// # Panics
    /// When it does not go, or not in peace.
    pub async fn stop(&mut self) -> Duration {
        let mut child = self.child.take().expect("it runs");
        let asked = Instant::now();
        let sent = Command::new("kill")
            .arg(child.id().expect("it runs").to_string())
            .status()
            .await;
        assert!(sent.expect("kill runs").success());
        let status = timeout(Duration::from_secs(15), child.wait())
            .await
            .expect("the server goes when it is told to");
        assert!(status.expect("its status").success(), "the server ended with an error");
        asked.elapsed()
    }

    /// `host:port`.
    #[must_use]
    pub fn host(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// Its REST side.
    #[must_use]
    pub fn api(&self) -> Api {
        Api::of(&self.host())
    }

    fn log(&self) -> PathBuf {
        self.folder.path().join("log")
    }

    /// Whether any of these words stands in what it told its operators.
    ///
    /// # Panics
    /// When the log cannot be read.
    #[must_use]
    pub fn log_has(&self, words: &[String]) -> bool {
        let log = fs::read_to_string(self.log()).expect("the log");
        words.iter().any(|word| log.contains(word))
    }

    /// The URL of its database, where that is a server of its own.
    #[must_use]
    pub fn url(&self) -> Option<&str> {
        self.url.as_deref()
    }

    /// All that it leaves behind is in here, its log too.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// Its data folder, also when that is on a disk of its own.
    #[must_use]
    pub fn visible_data(&self) -> PathBuf {
        match (self.setup.disk, self.child.as_ref().and_then(Child::id)) {
            (Some(_), Some(id)) => {
                let inside = self.data();
                Path::new(&format!("/proc/{id}/root")).join(inside.strip_prefix("/").unwrap_or(&inside))
            }
            _ => self.data(),
        }
    }

    /// Bytes of memory that it occupies.
    ///
    /// # Panics
    /// When it does not run.
    #[must_use]
    pub fn memory(&self) -> u64 {
        let id = self.child.as_ref().and_then(Child::id).expect("it runs");
        let status = fs::read_to_string(format!("/proc/{id}/status")).expect("Linux tells");
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix("VmRSS:"))
            .expect("it does");
        let kilobytes = line.trim().trim_end_matches(" kB").parse::<u64>().expect("a number");
        kilobytes * 1024
    }
}

async fn free_port() -> u16 {
    loop {
        let port = fastrand::u16(PORTS);
        if TcpListener::bind(("127.0.0.1", port)).await.is_ok() {
            return port;
        }
    }
}

/// Whether any of these words stands in any file below `folder`.
///
/// # Panics
/// Where there is no `grep`.
#[must_use]
pub fn is_in(folder: &Path, words: &[String]) -> bool {
    let words = words.iter().flat_map(|word| ["-e", word]);
    let mut search = std::process::Command::new("grep");
    search.args(["--recursive", "--quiet", "--no-messages", "--fixed-strings", "--text"]);
    search.args(words).arg(folder).status().expect("grep runs").success()
}

//! A Postgres of one's own: in a temporary folder, on a socket in it, gone with the process that started it.
//!
//! Whatever goes wrong is a panic with a sentence: who cannot have a database cannot go on.

mod proxy;

use std::{
    env, fs,
    io::{BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    sync::{
        Mutex, OnceLock,
        atomic::{AtomicU32, Ordering},
    },
};

use sqlx::{AssertSqlSafe, Connection, PgConnection, query};

pub use proxy::Proxy;

/// What looks after the database: it does what is written to it, line by line, and when there is no more to read,
/// because the tests are over or were killed, it stops the database and removes the folder.
const KEEPER: &str = r#"
    folder=$(mktemp -d "$3/instant-chat-postgres.XXXXXX") && cd "$folder" || exit 1
    stop() { "$1/pg_ctl" --pgdata=data --mode=immediate stop >>log 2>&1; }
    trap 'stop "$1"; rm -rf "$folder"' EXIT
    trap 'exit 1' HUP INT TERM
    start() {
        "$1/pg_ctl" --pgdata=data --log=log --wait \
            --options="-k '$folder' -c listen_addresses='' -c max_connections=200 $2" start >>log 2>&1
    }
    "$1/initdb" --pgdata=data --no-sync --wal-segsize=1 --auth=trust --username=chat --encoding=UTF8 --no-locale >log 2>&1 \
        && start "$1" "$2" && echo "$folder" || { tr '\n' ' ' <log; exit 1; }
    while read -r order; do
        "$order" "$1" "$2"; echo "$order"
    done
"#;

/// What a commit waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Commits {
    /// The disk, as in earnest. What is committed survives a power cut.
    OnDisk,
    /// Nothing: for tests that ask about meaning. Survives a killed server, not a power cut.
    InMemory,
}

impl Commits {
    const fn option(self) -> &'static str {
        match self {
            Self::OnDisk => "-c fsync=on",
            Self::InMemory => "-c fsync=off",
        }
    }

    /// Where the data are. `/tmp` may be memory itself, on which a commit costs nothing.
    const fn folder(self) -> &'static str {
        match self {
            Self::OnDisk => "/var/tmp",
            Self::InMemory => "/tmp",
        }
    }
}

/// A running Postgres.
pub struct Cluster {
    folder: PathBuf,
    keeper: Mutex<Keeper>,
    databases: AtomicU32,
}

struct Keeper {
    /// The keeper ends when this is closed, at the latest with our process.
    orders: ChildStdin,
    answers: BufReader<ChildStdout>,
    _process: Child,
}

impl Cluster {
    /// The one that the tests of this program share.
    pub fn shared() -> &'static Self {
        static SHARED: OnceLock<Cluster> = OnceLock::new();
        SHARED.get_or_init(|| Self::start(Commits::InMemory))
    }

    /// One for who stops it, or measures it.
    ///
    /// # Panics
    /// When Postgres is not installed or does not start.
    #[must_use]
    pub fn start(commits: Commits) -> Self {
        let programs = programs();
        // Postgres does not run as root, which tests in containers often are.
        let is_root = fs::metadata("/proc/self").is_ok_and(|own| std::os::unix::fs::MetadataExt::uid(&own) == 0);
        let as_user: &[&str] = if is_root {
            &["runuser", "-u", "postgres", "--"]
        } else {
            &[]
        };
        let command = Vec::from_iter(as_user.iter().chain(&["sh", "-c", KEEPER, "keeper"]));
        let mut process = Command::new(command[0])
            .args(&command[1..])
            .arg(&programs)
            .args([commits.option(), commits.folder()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("a shell starts");
        let orders = process.stdin.take().expect("a pipe");
        let mut answers = BufReader::new(process.stdout.take().expect("a pipe"));
        let mut folder = String::new();
        answers.read_line(&mut folder).expect("an answer");
        let folder = PathBuf::from(folder.trim());
        assert!(folder.is_dir(), "Postgres did not start: {}", folder.display());
        let keeper = Mutex::new(Keeper {
            orders,
            answers,
            _process: process,
        });
        Self {
            folder,
            keeper,
            databases: AtomicU32::new(0),
        }
    }

    /// The URL of a new, empty database.
    ///
    /// # Panics
    /// When it cannot be made.
    pub async fn database(&self) -> String {
        let name = format!("test_{}", self.databases.fetch_add(1, Ordering::Relaxed));
        let mut connection = PgConnection::connect(&self.url("postgres")).await.expect("it runs");
        query(AssertSqlSafe(format!("CREATE DATABASE {name}")))
            .execute(&mut connection)
            .await
            .expect("created");
        self.url(&name)
    }

    fn url(&self, database: &str) -> String {
        format!("postgres://chat@localhost/{database}?host={}", self.folder.display())
    }

    /// The socket that it listens on.
    #[must_use]
    pub fn socket(&self) -> PathBuf {
        self.folder.join(".s.PGSQL.5432")
    }

    /// Stops it at once, without a shutdown.
    ///
    /// # Panics
    /// When its keeper is gone.
    pub fn kill(&self) {
        self.order("stop");
    }

    /// Starts it again.
    ///
    /// # Panics
    /// When its keeper is gone.
    pub fn restart(&self) {
        self.order("start");
    }

    fn order(&self, order: &str) {
        let mut keeper = self.keeper.lock().expect("no test panics here");
        writeln!(keeper.orders, "{order}").expect("the keeper listens");
        let mut answer = String::new();
        keeper.answers.read_line(&mut answer).expect("the keeper answers");
        assert_eq!(answer.trim(), order);
    }
}

/// The folder of Postgres' server programs, which Debian keeps out of the way.
fn programs() -> PathBuf {
    let told = Command::new("pg_config").arg("--bindir").output().ok();
    let told = told.and_then(|told| Some(PathBuf::from(String::from_utf8(told.stdout).ok()?.trim())));
    let mut installed = Vec::from_iter(fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten());
    installed.sort_by_key(|version| version.file_name().to_str().and_then(|name| name.parse::<u32>().ok()));
    let path = env::var_os("PATH").unwrap_or_default();
    told.into_iter()
        .chain(installed.iter().rev().map(|version| version.path().join("bin")))
        .chain(env::split_paths(&path))
        .find(|folder| {
            ["initdb", "pg_ctl", "postgres"]
                .iter()
                .all(|program| is_file(&folder.join(program)))
        })
        .expect(
            "these tests run a Postgres of their own: install its server programs (Debian: `apt install postgresql`)",
        )
}

fn is_file(path: &Path) -> bool {
    path.metadata().is_ok_and(|metadata| metadata.is_file())
}

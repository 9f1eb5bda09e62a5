//! The program itself, in a process of its own.

use std::{process::Stdio, time::Duration};

use reqwest::RequestBuilder;
use serde_json::Value;
use tempfile::TempDir;
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, BufReader},
    process::{Child, Command},
    task::JoinHandle,
    time::timeout,
};

use super::{answer, client};

/// The program under test. It is killed with this.
pub struct Program {
    child: Child,
    pub host: String,
    /// All that it printed after its first line. Read all the time: a program whose log nobody reads comes to a halt.
    log: JoinHandle<String>,
}

impl Program {
    pub async fn start(data: &TempDir) -> Self {
        Self::with(data, &[]).await
    }

    /// With some variables of its environment.
    pub async fn with(data: &TempDir, variables: &[(&str, String)]) -> Self {
        let mut child = command(data, variables).spawn().expect("the program starts");
        let mut stderr = child.stderr.take().expect("a log");
        let log = tokio::spawn(async move {
            let mut log = String::new();
            stderr.read_to_string(&mut log).await.expect("text");
            log
        });
        let mut lines = BufReader::new(child.stdout.take().expect("an output")).lines();
        let line = timeout(Duration::from_secs(20), lines.next_line()).await;
        let Some(line) = line.expect("in time").expect("a line") else {
            panic!("it did not start: {}", log.await.expect("a log"));
        };
        let host = line
            .strip_prefix("Instant Chat is ready: http://")
            .expect(&line)
            .to_owned();
        let mut rest = lines.into_inner();
        let log = tokio::spawn(async move {
            let mut printed = String::new();
            rest.read_to_string(&mut printed).await.expect("text");
            log.await.expect("a log") + &printed
        });
        Self { child, host, log }
    }

    /// Tells it to stop, and returns its log once it has, in good order.
    pub async fn stopped(mut self) -> String {
        self.signal("-TERM");
        let status = timeout(Duration::from_secs(10), self.child.wait())
            .await
            .expect("within 10 s")
            .expect("a status");
        assert!(status.success());
        self.log.await.expect("a log")
    }

    /// Kills it, and returns when it is gone: what it held of its folder is free.
    pub async fn killed(mut self) {
        self.child.kill().await.expect("it ran");
    }

    pub async fn post(&self, path: &str, token: Option<&str>, body: &Value) -> Value {
        let request = client()
            .post(format!("http://{}/api/chat/instant{path}", self.host))
            .json(body);
        let request = token.into_iter().fold(request, RequestBuilder::bearer_auth);
        let (status, answer) = answer(request).await;
        assert!(status.is_success(), "{answer}");
        answer
    }

    pub fn id(&self) -> u32 {
        self.child.id().expect("it runs")
    }

    pub fn signal(&self, signal: &str) {
        assert!(self::signal(self.id(), signal), "it runs");
    }
}

/// Sends a process a signal, if it is still there.
pub fn signal(id: u32, signal: &str) -> bool {
    let sent = std::process::Command::new("kill")
        .args([signal, &id.to_string()])
        .status()
        .expect("kill runs");
    sent.success()
}

/// The program, on a free port, before it starts.
pub fn command(data: &TempDir, variables: &[(&str, String)]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_instant-chat"));
    command
        .args([
            "--host=127.0.0.1",
            "--port=0",
            "--leave-after=50ms",
            "--sweep-every=20ms",
        ])
        .arg(format!("--data-dir={}", data.path().display()))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .env("LOG", "debug")
        .env("LOG_FORMAT", "json")
        .envs(variables.iter().map(|(name, value)| (name, value)));
    command
}

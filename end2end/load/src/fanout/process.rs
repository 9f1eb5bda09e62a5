//! A server in a process of its own, so that what it costs can be told from what the crowd does.

use std::{
    env, fs,
    io::{BufRead, BufReader},
    net::SocketAddr,
    process::{Child, Command, Stdio},
    time::Duration,
};

use tempfile::TempDir;

/// Limits out of the way.
const LIFTED: [&str; 11] = [
    "--log=warn",
    "--room-capacity=1000",
    "--messages-per-second=10000",
    "--message-burst=100000",
    "--room-limit=1000000/1s",
    "--socket-limit=1000000/1s",
    "--request-limit=1000000/1s",
    "--create-limit=1000000/1s",
    "--join-limit=1000000/1s",
    "--connect-limit=1000000/1s",
    "--text-limit=1000000000/1s",
];

/// One that runs until it is dropped.
pub struct Process {
    child: Child,
    pub address: SocketAddr,
    _data: TempDir,
}

impl Process {
    /// The bare loop: this program, told so.
    pub fn bare() -> Self {
        let mut command = Command::new(env::current_exe().expect("this program"));
        command.arg(super::super::BARE);
        Self::start(command)
    }

    /// The chat's server, built beside this program.
    pub fn ours() -> Self {
        let mut command = Command::new(env::current_exe().expect("this program").with_file_name("instant-chat"));
        command
            .args(LIFTED)
            .args(["--host=127.0.0.1", "--port=0", "--site-root=/nowhere"]);
        Self::start(command)
    }

    fn start(mut command: Command) -> Self {
        let data = TempDir::new().expect("a folder");
        command.env("DATA_DIR", data.path()).stdout(Stdio::piped());
        let mut child = command.spawn().expect("the program is built");
        let mut said = String::new();
        let mut out = BufReader::new(child.stdout.take().expect("a pipe"));
        let address = loop {
            said.clear();
            assert!(out.read_line(&mut said).expect("a line") > 0, "it starts");
            if let Some((_, address)) = said.trim_end().split_once("http://") {
                break address.parse().expect("an address");
            }
        };
        Self {
            child,
            address,
            _data: data,
        }
    }

    fn read(&self, file: &str) -> String {
        fs::read_to_string(format!("/proc/{}/{file}", self.child.id())).expect("Linux")
    }

    /// CPU time so far.
    pub fn cpu(&self) -> Duration {
        let threads = fs::read_dir(format!("/proc/{}/task", self.child.id())).expect("Linux");
        let nanos = threads.flatten().filter_map(|thread| {
            let stat = fs::read_to_string(thread.path().join("schedstat")).ok()?;
            stat.split(' ').next()?.parse::<u64>().ok()
        });
        Duration::from_nanos(nanos.sum())
    }

    /// Memory in use.
    pub fn kib(&self) -> f64 {
        let status = self.read("status");
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let number = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
        number.expect("Linux says how much")
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

//! Decoders in a process of their own: the last wall. Whatever a file makes one do, the system ends it when it takes too
//! much memory or time, and what it is doing ends with whoever asked for it.
//!
//! The process is this program, started with [`DECODE`] alone: it gets the file on its standard input, puts its answer
//! on its standard output, and has nothing of the server: no environment, no secret, no open file.

mod answer;
mod child;

use std::{
    io::{self, ErrorKind},
    path::PathBuf,
    process::Stdio,
    time::Duration,
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    process::Command,
    time::timeout,
};
use wire::domain::MEDIA_MAX_BYTES;

pub use self::child::run as decode;
use crate::{
    Prepared,
    refusals::{Refused, Unprepared},
};

/// The argument that makes this program a decoder.
pub const DECODE: &str = "decode";

/// Bytes of memory that a decoder may take, without the program itself: a picture of as many pixels as one may have, in
/// eight bytes each, and once more in four where it is turned, with 80 MB to spare.
const MEMORY_MAX: u64 = 448 * 1024 * 1024;

/// Seconds of a core that one file may take. The largest photograph takes about one, also where it is turned.
const CPU_SECONDS_MAX: u64 = 10;

/// How long that may take on a machine that has much else to do.
const WITHIN: Duration = Duration::from_secs(40);

/// Bytes of an answer: a file, a smaller copy of at most half its size, and what is said of them.
const ANSWER_MAX: u64 = 2 * MEDIA_MAX_BYTES as u64;

/// Starts decoders.
#[derive(Debug, Clone)]
pub(super) struct Decoder {
    program: PathBuf,
}

impl Decoder {
    /// Of `program`, or else of this one.
    pub(super) fn new(program: Option<PathBuf>) -> io::Result<Self> {
        let program = match program {
            Some(program) => program,
            // What runs, even where another version has taken its place on the disk.
            None if cfg!(target_os = "linux") => PathBuf::from("/proc/self/exe"),
            None => std::env::current_exe()?,
        };
        Ok(Self { program })
    }

    /// Makes a file, which comes in blocks, fit to be shared. Dropped, the process is killed.
    pub(super) async fn prepare(&self, blocks: Vec<Vec<u8>>) -> Result<Prepared, Unprepared> {
        let mut child = Command::new(&self.program)
            .arg(DECODE)
            .env_clear()
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()?;
        let (Some(mut input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(io::Error::from(ErrorKind::BrokenPipe).into());
        };
        let asked = async {
            for block in blocks {
                // One that has come to its end does not read on. What it has answered by then counts.
                if input.write_all(&block).await.is_err() {
                    break;
                }
            }
            drop(input);
            let mut answer = Vec::new();
            output.take(ANSWER_MAX).read_to_end(&mut answer).await?;
            io::Result::Ok((answer, child.wait().await?))
        };
        let (answer, ended) = timeout(WITHIN, asked)
            .await
            .map_err(|_| io::Error::from(ErrorKind::TimedOut))??;
        match answer::read(answer.into()) {
            Some(answer) => Ok(answer?),
            // The system ended it.
            None if ended.code().is_none() => Err(Refused::Unsupported.into()),
            None => Err(io::Error::other("it ended without an answer").into()),
        }
    }
}

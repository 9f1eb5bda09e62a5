//! The decoder's side: bounds itself, reads a file, answers, ends.

use std::{
    io::{self, Read},
    process::ExitCode,
};

use wire::domain::MEDIA_MAX_BYTES;

use super::{CPU_SECONDS_MAX, MEMORY_MAX, answer};
use crate::prepare::prepare;

/// What the program does when it is a decoder. It bounds itself before it reads anything.
#[must_use]
pub fn run() -> ExitCode {
    match bound().and_then(|()| work()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

fn work() -> io::Result<()> {
    let mut bytes = Vec::new();
    io::stdin().take(MEDIA_MAX_BYTES as u64).read_to_end(&mut bytes)?;
    answer::write(&mut io::stdout().lock(), &prepare(&bytes.into()))
}

/// No way back: what is decoded cannot lift these bounds.
#[cfg(unix)]
fn bound() -> io::Result<()> {
    use rlimit::Resource;

    // The system's own may be lower, and cannot be raised.
    let set = |resource: Resource, most: u64| {
        let most = resource.get()?.1.min(most);
        resource.set(most, most)
    };
    // One that is ended leaves no picture of its memory on a disk.
    set(Resource::CORE, 0)?;
    set(Resource::CPU, CPU_SECONDS_MAX)?;
    let memory = set(Resource::DATA, MEMORY_MAX);
    // Linux counts all that is written here; elsewhere this bound is weaker, and may not be had.
    if cfg!(target_os = "linux") { memory } else { Ok(()) }
}

#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "where there are bounds, they may fail")]
fn bound() -> io::Result<()> {
    let _ = (CPU_SECONDS_MAX, MEMORY_MAX);
    Ok(())
}

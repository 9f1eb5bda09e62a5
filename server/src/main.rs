//! The program: reads its settings, starts the server, stops it when it is told to.

use std::{error::Error, process::ExitCode, sync::Arc};

use clock::SystemClock;
use media::{DECODE, decode};
use random::SystemRandom;
use server::{Server, config::Config, telemetry};

fn main() -> ExitCode {
    // What the server starts itself again for. Nothing else is done then, and no thread started.
    if std::env::args_os().skip(1).eq([DECODE]) {
        return decode();
    }
    serve()
}

#[tokio::main]
async fn serve() -> ExitCode {
    match run(&Config::read()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("Instant Chat cannot start. {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(config: &Config) -> Result<(), Box<dyn Error>> {
    telemetry::start(&config.log, config.log_format)?;
    let stop = stop_signal()?;
    let server = Server::start(config, Arc::new(SystemClock), Arc::new(SystemRandom)).await?;
    println!("Instant Chat is ready: {}", server.origin());
    stop.await;
    server.stop().await;
    Ok(())
}

/// Waits for Ctrl-C, or for what `kill`, systemd and container runtimes send.
fn stop_signal() -> std::io::Result<impl Future<Output = ()>> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
        Ok(async move {
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
            }
        })
    }
    #[cfg(not(unix))]
    {
        Ok(async {
            let _ = tokio::signal::ctrl_c().await;
        })
    }
}

//! The processes that decode what is uploaded, as the system sees them.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use bytes::Bytes;
use reqwest::StatusCode;
use tempfile::TempDir;
use tokio::{
    task::{JoinSet, spawn_blocking},
    time::{Instant, sleep, timeout},
};
use wire::domain::MEDIA_MAX_BYTES;

use crate::harness::{
    Place, Program,
    bombs::{bombs, slow_picture},
    files::sideways_photograph,
    processes::{bound, children, environment, peak_kilobytes},
    signal, until,
};

#[tokio::test]
async fn a_decoder_is_bounded_knows_nothing_and_ends_with_its_caller() {
    let data = TempDir::new().expect("a folder");
    let program = Program::with(&data, &[("SECRET_OF_THE_SERVER", "aubergine".to_owned())]).await;
    let place = Place::of(&program).await;
    let slow = spawn_blocking(slow_picture).await.expect("a picture");
    let upload = tokio::spawn(async move { place.upload("198.51.100.1", slow).await });
    // Stopped, it never comes to an end by itself.
    let decoder = until(async || children(program.id()).first().copied()).await;
    until(async || (bound(decoder, "Max data size") == Some(448 * 1024 * 1024)).then_some(())).await;
    assert!(signal(decoder, "-STOP"));
    assert_eq!(bound(decoder, "Max cpu time"), Some(10));
    assert_eq!(bound(decoder, "Max core file size"), Some(0));
    assert_eq!(environment(decoder), Some(String::new()));
    upload.abort();
    until(async || children(program.id()).is_empty().then_some(())).await;
}

#[tokio::test]
async fn decoders_of_one_address_that_come_to_no_end_keep_nobody_else_waiting() {
    let data = TempDir::new().expect("a folder");
    let program = Program::start(&data).await;
    let place = Arc::new(Place::of(&program).await);
    let slow = Bytes::from(spawn_blocking(slow_picture).await.expect("a picture"));
    let mut hanging = JoinSet::new();
    for _ in 0..4 {
        let (place, slow) = (Arc::clone(&place), slow.clone());
        hanging.spawn(async move { place.upload("198.51.100.1", slow).await });
    }
    until(async || (!children(program.id()).is_empty()).then_some(())).await;
    // Whatever is started for this address in half a second: more than one would be too many.
    for _ in 0..50 {
        for decoder in children(program.id()) {
            // It may have come to its end just now.
            let _ = signal(decoder, "-STOP");
        }
        sleep(Duration::from_millis(10)).await;
    }
    let served = place.upload("198.51.100.2", sideways_photograph(1));
    let (status, told, _) = timeout(Duration::from_secs(5), served).await.expect("within 5 s");
    assert_eq!(status, StatusCode::CREATED, "{told}");
    hanging.shutdown().await;
    until(async || children(program.id()).is_empty().then_some(())).await;
}

/// Looks at the server and its decoders until it is dropped: the most that they had together.
fn watch(program: u32, peak: Arc<AtomicU64>) -> JoinSet<()> {
    let mut watch = JoinSet::new();
    watch.spawn(async move {
        loop {
            let decoders: u64 = children(program).into_iter().filter_map(peak_kilobytes).sum();
            let all = peak_kilobytes(program).unwrap_or_default() + decoders;
            peak.fetch_max(all, Ordering::Relaxed);
            sleep(Duration::from_millis(5)).await;
        }
    });
    watch
}

/// Kilobytes by which the server has grown at most, its decoders counted, while something is done.
async fn grown(program: &Program, work: impl Future<Output = ()>) -> u64 {
    // From here on, and not since its start.
    std::fs::write(format!("/proc/{}/clear_refs", program.id()), "5").expect("its own process");
    let before = peak_kilobytes(program.id()).expect("it runs");
    let peak = Arc::new(AtomicU64::new(0));
    let watch = watch(program.id(), Arc::clone(&peak));
    work.await;
    drop(watch);
    let after = peak_kilobytes(program.id()).expect("it still runs");
    peak.load(Ordering::Relaxed).max(after).saturating_sub(before)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_file_makes_the_server_swell() {
    let data = TempDir::new().expect("a folder");
    let program = Program::start(&data).await;
    let place = Place::of(&program).await;
    let bombs = spawn_blocking(bombs).await.expect("bombs");
    for (name, file) in &bombs {
        assert!(file.len() <= MEDIA_MAX_BYTES, "{name} is {} bytes", file.len());
        let began = Instant::now();
        let grown = grown(&program, async {
            let (status, told, _) = place.upload("198.51.100.1", file.clone()).await;
            assert!(matches!(status.as_u16(), 201 | 413 | 415), "{name}: {told}");
        })
        .await;
        println!("{grown:>8} kB {:>6} ms  {name}", began.elapsed().as_millis());
        assert!(grown < 200_000, "{name}: {grown} kB");
    }
    let bombs: Vec<Bytes> = bombs.into_iter().map(|(_, file)| file.into()).collect();
    let grown = grown(&program, async {
        let place = Arc::new(place);
        let mut all = JoinSet::new();
        for n in 0..100 {
            let (place, file) = (Arc::clone(&place), bombs[n % bombs.len()].clone());
            all.spawn(async move { place.upload(&format!("198.51.100.{n}"), file).await.0.as_u16() });
        }
        for status in all.join_all().await {
            assert!(matches!(status, 201 | 413 | 415 | 503), "{status}");
        }
    })
    .await;
    println!("{grown:>8} kB for a hundred at once");
    assert!(grown < 512_000, "a hundred at once: {grown} kB");
    let place = Place::of(&program).await;
    let (status, told, _) = place.upload("198.51.100.1", sideways_photograph(1)).await;
    assert_eq!(status, StatusCode::CREATED, "whoever comes after is served: {told}");
}

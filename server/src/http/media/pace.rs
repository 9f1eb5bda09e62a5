//! How fast an upload has to come.

use std::{pin::pin, time::Duration};

use bytes::Bytes;
use futures_util::{Stream, StreamExt};
use media::Upload;
use tokio::time::{Instant, timeout, timeout_at};
use wire::{
    domain::MEDIA_MAX_BYTES,
    error::{AppError, Code},
};

use crate::http::problem::Problem;

/// Bytes of an upload that have to come in a second, over time: ten megabytes may take twenty minutes.
const BYTES_PER_SECOND_MIN: f64 = 8.0 * 1024.0;

/// How long the first of them may take. Each that comes adds what it would take at the least rate.
const FIRST_WITHIN: Duration = Duration::from_secs(10);

/// How long an upload may pause, fast as it may have been: a tunnel.
const PAUSE_MAX: Duration = Duration::from_secs(30);

/// How long a sender who was refused may take to notice.
const NOTICED_WITHIN: Duration = Duration::from_secs(10);

/// Reads an upload into memory, as far as there is some and for as long as bytes come: a slow one takes no more than has
/// come of it, and one that hardly moves is not waited for.
pub(super) async fn read<E>(mut upload: Upload, body: impl Stream<Item = Result<Bytes, E>>) -> Result<Upload, Problem> {
    let mut body = pin!(body);
    let mut until = Instant::now() + FIRST_WITHIN;
    loop {
        let next = timeout_at(until, body.next()).await.map_err(|_| Code::TooSlow)?;
        let Some(chunk) = next else { return Ok(upload) };
        // One that breaks off is nobody's any more, and nothing is kept of it.
        let chunk = chunk.map_err(|_| Code::InvalidRequest)?;
        if upload.len() + chunk.len() > MEDIA_MAX_BYTES {
            return Err(Code::TooLarge.into());
        }
        upload.push(&chunk).map_err(AppError::from)?;
        let earned = Duration::from_secs_f64(chunk.len() as f64 / BYTES_PER_SECOND_MIN);
        until = (until + earned).min(Instant::now() + PAUSE_MAX);
    }
}

/// Reads the rest of an upload that was refused, and keeps nothing of it: a connection that is closed under somebody who
/// still sends takes the refusal with it, and they would hear of a broken network instead.
pub(super) async fn drain<E>(body: impl Stream<Item = Result<Bytes, E>>) {
    let mut body = pin!(body);
    let mut left = MEDIA_MAX_BYTES;
    let rest = async {
        while let Some(Ok(chunk)) = body.next().await
            && chunk.len() <= left
        {
            left -= chunk.len();
        }
    };
    let _ = timeout(NOTICED_WITHIN, rest).await;
}

#[cfg(test)]
mod tests {
    use futures_util::stream;
    use tokio::time::sleep;

    use super::*;
    use admission::Address;
    use media::Workshop;

    fn told(read: Result<Upload, Problem>) -> Result<usize, Code> {
        read.map(|upload| upload.len()).map_err(|Problem(error)| error.code)
    }

    /// Reads so many chunks of so many bytes each, one every `millis`.
    async fn drip(chunks: usize, bytes: usize, millis: u64) -> (Result<usize, Code>, Duration) {
        let workshop = Workshop::new(Some("/nowhere".into())).expect("a workshop");
        let body = stream::iter(0..chunks).then(async |_| {
            sleep(Duration::from_millis(millis)).await;
            Ok::<_, ()>(vec![0; bytes].into())
        });
        let began = Instant::now();
        let told = told(read(workshop.upload(Address::own()), body).await);
        assert!(
            workshop.budgets().iter().all(|budget| budget.used() == 0),
            "its memory is given back"
        );
        (told, began.elapsed())
    }

    #[tokio::test(start_paused = true)]
    async fn an_upload_goes_on_while_bytes_come() {
        // 60 kB/s, for almost three minutes.
        let (read, took) = drip(1_600, 6_000, 100).await;
        assert_eq!((read, took), (Ok(9_600_000), Duration::from_secs(160)));
    }

    #[tokio::test(start_paused = true)]
    async fn an_upload_that_hardly_moves_is_not_waited_for() {
        let (read, took) = drip(1_000, 100, 1_000).await;
        assert_eq!(read, Err(Code::TooSlow));
        assert!((10..12).contains(&took.as_secs()), "{took:?}");
        // Half of the least rate: it has earned half of the time that it took.
        let (read, took) = drip(1_000, 4_096, 1_000).await;
        assert_eq!(read, Err(Code::TooSlow));
        assert!((19..22).contains(&took.as_secs()), "{took:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn an_upload_that_was_fast_may_pause_and_no_longer_than_a_tunnel() {
        let pause = async |seconds| {
            let workshop = Workshop::new(Some("/nowhere".into())).expect("a workshop");
            let body = stream::iter([0, seconds]).then(async |seconds| {
                sleep(Duration::from_secs(seconds)).await;
                Ok::<_, ()>(vec![0; 1024 * 1024].into())
            });
            told(read(workshop.upload(Address::own()), body).await)
        };
        assert_eq!(pause(29).await, Ok(2 * 1024 * 1024));
        assert_eq!(pause(31).await, Err(Code::TooSlow));
    }
}

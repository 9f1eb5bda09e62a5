//! How long something took, counted without a lock: every message of every room comes by here.

use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use prometheus_client::{
    encoding::{EncodeMetric, MetricEncoder, NoLabelSet},
    metrics::MetricType,
};

/// A histogram of seconds. Its parts are counted one after the other: who reads it in between finds one of them behind.
#[derive(Debug, Clone)]
pub(super) struct Seconds(Arc<Counts>);

#[derive(Debug)]
struct Counts {
    /// The upper bound of each bucket but the last.
    bounds: &'static [f64],
    buckets: Box<[AtomicU64]>,
    /// All of it together: 500 years of waiting.
    nanos: AtomicU64,
}

impl Seconds {
    /// Nothing has been counted yet. `bounds` grow.
    pub fn new(bounds: &'static [f64]) -> Self {
        Self(Arc::new(Counts {
            bounds,
            buckets: (0..=bounds.len()).map(|_| AtomicU64::new(0)).collect(),
            nanos: AtomicU64::new(0),
        }))
    }

    pub fn observe(&self, took: Duration) {
        let Counts { bounds, buckets, nanos } = &*self.0;
        let seconds = took.as_secs_f64();
        let bucket = bounds.partition_point(|bound| *bound < seconds);
        if let Some(bucket) = buckets.get(bucket) {
            bucket.fetch_add(1, Ordering::Relaxed);
        }
        let took = u64::try_from(took.as_nanos()).unwrap_or(u64::MAX);
        nanos.fetch_add(took, Ordering::Relaxed);
    }
}

impl EncodeMetric for Seconds {
    fn encode(&self, mut encoder: MetricEncoder<'_>) -> fmt::Result {
        let Counts { bounds, buckets, nanos } = &*self.0;
        let bounds = bounds.iter().copied().chain([f64::INFINITY]);
        let counts = buckets.iter().map(|bucket| bucket.load(Ordering::Relaxed));
        let buckets: Vec<_> = bounds.zip(counts).collect();
        let sum = Duration::from_nanos(nanos.load(Ordering::Relaxed)).as_secs_f64();
        let count = buckets.iter().map(|(_, count)| count).sum();
        encoder.encode_histogram::<NoLabelSet>(sum, count, &buckets, None)
    }

    fn metric_type(&self) -> MetricType {
        MetricType::Histogram
    }
}

#[cfg(test)]
mod tests {
    use prometheus_client::{encoding::text::encode, metrics::histogram::Histogram, registry::Registry};

    use super::*;

    #[test]
    fn it_reads_as_the_library_s_own_does() {
        const BOUNDS: [f64; 2] = [0.25, 1.0];
        let (ours, theirs) = (Seconds::new(&BOUNDS), Histogram::new(BOUNDS));
        for millis in [125, 250, 500, 1_000, 8_000] {
            let took = Duration::from_millis(millis);
            ours.observe(took);
            theirs.observe(took.as_secs_f64());
        }
        let mut texts = [String::new(), String::new()];
        let mut registries = [Registry::default(), Registry::default()];
        registries[0].register("took", "Time", ours);
        registries[1].register("took", "Time", theirs);
        for (text, registry) in texts.iter_mut().zip(&registries) {
            encode(text, registry).expect("a text");
        }
        assert_eq!(texts[0], texts[1]);
    }
}

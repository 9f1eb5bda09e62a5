//! Benchmarks: what they print stands in the README. Run them with `make bench`, on a machine that does nothing else.

mod storing;

#[tokio::main]
async fn main() {
    storing::run().await;
}

//! Benchmarks: what they print stands in the README. Run them with `make bench`, on a machine that does nothing else.

mod fanout;
mod storing;

/// What this program is told when it is to be the bare loop.
const BARE: &str = "bare";

fn main() -> std::io::Result<()> {
    if std::env::args().nth(1).is_some_and(|what| what == BARE) {
        return fanout::bare::serve();
    }
    measure();
    Ok(())
}

#[tokio::main]
async fn measure() {
    fanout::run().await;
    println!();
    storing::run().await;
}

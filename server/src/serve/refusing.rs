//! What is said to whoever comes when there is no place: little, to few, and not for long.

use std::{sync::Arc, time::Duration};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    sync::Semaphore,
    time::timeout,
};

/// Refusals that are said at once. Who comes when there are more is told nothing.
const AT_ONCE: usize = 64;

/// How long a refusal may take, from the request to the peer's goodbye.
const WITHIN: Duration = Duration::from_secs(1);

/// The same for everybody: nothing is read that could make it another.
const ANSWER: &str = concat!(
    "HTTP/1.1 503 Service Unavailable\r\n",
    "content-type: application/problem+json\r\n",
    "content-length: 152\r\n",
    "cache-control: no-store\r\n",
    "retry-after: 10\r\n",
    "connection: close\r\n\r\n",
    r#"{"status":503,"title":"Unavailable","#,
    r#""detail":"A lot of people are here right now. Please try again in 10 seconds.","#,
    r#""code":"unavailable","retryAfter":10}"#,
);

/// Says that there is no place.
#[derive(Debug, Clone)]
pub(super) struct Refusing(Arc<Semaphore>);

impl Default for Refusing {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(AT_ONCE)))
    }
}

impl Refusing {
    /// What it takes to say so, unless too many are being told: then the connection ends at once.
    pub(super) fn tell(&self, mut stream: TcpStream) -> Option<impl Future<Output = ()> + Send + 'static> {
        let permit = Arc::clone(&self.0).try_acquire_owned().ok()?;
        Some(async move {
            let telling = async {
                // A connection that ends with something unread in it takes the answer along.
                let mut unread = [0; 4 * 1024];
                let _some = stream.read(&mut unread).await?;
                stream.write_all(ANSWER.as_bytes()).await?;
                stream.shutdown().await?;
                while stream.read(&mut unread).await? > 0 {}
                std::io::Result::Ok(())
            };
            // Whether the peer has heard it or not, the connection is dropped here.
            let _ = timeout(WITHIN, telling).await;
            drop(permit);
        })
    }
}

#[cfg(test)]
mod tests {
    use wire::error::Code;

    use super::*;

    #[test]
    fn the_refusal_is_one_as_all_are() {
        let (head, body) = ANSWER.split_once("\r\n\r\n").expect("a head");
        assert!(
            head.contains(&format!("content-length: {}\r\n", body.len())),
            "{}",
            body.len()
        );
        let problem: serde_json::Value = serde_json::from_str(body).expect("JSON");
        assert_eq!(problem["code"], Code::Unavailable.name());
        assert_eq!(problem["status"], Code::Unavailable.status());
        assert_eq!(problem["title"], Code::Unavailable.title());
        assert!(head.contains(&format!("retry-after: {}\r\n", problem["retryAfter"])));
    }
}

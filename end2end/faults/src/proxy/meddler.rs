//! Meddles with the frames of those who connect through it, to show that the checker notices.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use futures_util::{SinkExt, StreamExt};
use tokio::{
    net::{TcpListener, TcpStream},
    task::JoinSet,
};
use tokio_tungstenite::{
    WebSocketStream, accept_hdr_async, client_async,
    tungstenite::{
        Message,
        client::IntoClientRequest,
        handshake::server::{Request, Response},
    },
};
use wire::{
    domain::{Seq, Timestamp},
    protocol::{ClientFrame, Entry, ServerFrame},
};

/// What it does, once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trick {
    /// Keeps a message from a reader.
    Drop,
    /// Passes a message on twice.
    Double,
    /// Passes on a message after the one that follows it.
    Swap,
    /// Tells a reader other words.
    Garble,
    /// Keeps a message from the server, and tells its sender that it is in the log.
    Promise,
}

/// A proxy that meddles.
#[derive(Debug)]
pub struct Meddler {
    /// Where it listens.
    pub host: String,
    armed: Arc<AtomicBool>,
    _running: JoinSet<()>,
}

impl Meddler {
    /// Stands in front of the server at `upstream`, and does nothing bad until it is told to.
    ///
    /// # Panics
    /// When there is no port.
    pub async fn start(upstream: String, trick: Trick) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let host = listener.local_addr().expect("an address").to_string();
        let armed = Arc::new(AtomicBool::new(false));
        let mut running = JoinSet::new();
        running.spawn({
            let armed = Arc::clone(&armed);
            async move {
                let mut connections = JoinSet::new();
                while let Ok((client, _)) = listener.accept().await {
                    connections.spawn(pass(client, upstream.clone(), trick, Arc::clone(&armed)));
                }
            }
        });
        Self {
            host,
            armed,
            _running: running,
        }
    }

    /// Plays the trick at the next opportunity.
    pub fn play(&self) {
        self.armed.store(true, Ordering::Relaxed);
    }

    /// Whether it has been played.
    #[must_use]
    pub fn played(&self) -> bool {
        !self.armed.load(Ordering::Relaxed)
    }
}

// The error of a refused handshake is large, and not ours.
#[expect(clippy::result_large_err, reason = "the signature is tungstenite's")]
async fn pass(client: TcpStream, upstream: String, trick: Trick, armed: Arc<AtomicBool>) {
    let mut asked = None;
    let note = |request: &Request, response: Response| {
        asked = Some((request.uri().clone(), request.headers().get("authorization").cloned()));
        Ok(response)
    };
    let Ok(mut client) = accept_hdr_async(client, note).await else {
        return;
    };
    let Some((path, Some(token))) = asked else { return };
    let mut request = format!("ws://{upstream}{path}")
        .into_client_request()
        .expect("a request");
    request.headers_mut().insert("authorization", token);
    let Ok(stream) = TcpStream::connect(&upstream).await else {
        return;
    };
    let Ok((mut server, _)) = client_async(request, stream).await else {
        return;
    };
    let mut held = None;
    loop {
        let went_well = tokio::select! {
            said = client.next() => match said {
                Some(Ok(frame)) => match promise(&frame, trick, &armed) {
                    Some(lie) => client.send(lie).await.is_ok(),
                    None => server.send(frame).await.is_ok(),
                },
                _ => false,
            },
            said = server.next() => match said {
                Some(Ok(frame)) => tell(&mut client, frame, trick, &armed, &mut held).await,
                _ => false,
            },
        };
        if !went_well {
            return;
        }
    }
}

/// The ack of a message that the server never gets.
fn promise(frame: &Message, trick: Trick, armed: &AtomicBool) -> Option<Message> {
    let Ok(ClientFrame::Message { client_id, .. }) = serde_json::from_str(frame.to_text().ok()?) else {
        return None;
    };
    let play = trick == Trick::Promise && armed.swap(false, Ordering::Relaxed);
    play.then(|| {
        text(&ServerFrame::Ack {
            client_id,
            seq: Seq(1_000_000),
            at: Timestamp::from_millis(0),
        })
    })
}

async fn tell(
    client: &mut WebSocketStream<TcpStream>,
    frame: Message,
    trick: Trick,
    armed: &AtomicBool,
    held: &mut Option<Message>,
) -> bool {
    let is_message = |frame: &Message| {
        frame
            .to_text()
            .is_ok_and(|text| text.contains("\"instant_chat_message\""))
    };
    let play = trick != Trick::Promise && is_message(&frame) && armed.swap(false, Ordering::Relaxed);
    let frames = match trick {
        Trick::Drop if play => vec![],
        Trick::Double if play => vec![frame.clone(), frame],
        Trick::Swap if play => {
            *held = Some(frame);
            vec![]
        }
        Trick::Swap if is_message(&frame) => [Some(frame), held.take()].into_iter().flatten().collect(),
        Trick::Garble if play => vec![garbled(&frame)],
        _ => vec![frame],
    };
    for frame in frames {
        if client.send(frame).await.is_err() {
            return false;
        }
    }
    true
}

fn garbled(frame: &Message) -> Message {
    let told = frame.to_text().ok().and_then(|text| serde_json::from_str(text).ok());
    let Some(ServerFrame::Entry(Entry::Message {
        seq,
        at,
        from,
        client_id,
        ..
    })) = told
    else {
        return frame.clone();
    };
    let words = wire::domain::MessageText::parse("something else").expect("a text");
    text(&ServerFrame::Entry(Entry::Message {
        seq,
        at,
        from,
        client_id,
        body: wire::protocol::Body::text(words),
    }))
}

fn text(frame: &ServerFrame) -> Message {
    Message::text(serde_json::to_string(frame).expect("a frame is JSON"))
}

//! One file, sent by an `XMLHttpRequest`: `fetch` does not tell how far an upload is.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use futures_channel::oneshot;
use gloo_timers::future::TimeoutFuture;
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use web_sys::{Blob, ProgressEvent, XmlHttpRequest};

use super::{Unsent, check_size, passes, read};
use crate::{
    browser,
    domain::RoomId,
    error::{AppError, Code},
    links,
    protocol::Uploaded,
    room_client::backoff::delay_ms,
};

/// Tries before the person is asked: with the waits between them, a tunnel of about ten seconds.
const TRIES: u32 = 5;

/// Stops an upload, whether it is under way, waits for its next try or has not begun.
#[derive(Clone, Default)]
pub struct Cancel(Rc<Flight>);

#[derive(Default)]
struct Flight {
    cancelled: Cell<bool>,
    request: RefCell<Option<XmlHttpRequest>>,
}

impl Cancel {
    /// Stops it. Nothing is kept of what was sent.
    pub fn cancel(&self) {
        self.0.cancelled.set(true);
        let request = self.0.request.borrow_mut().take();
        if let Some(request) = request {
            let _ = request.abort();
        }
    }
}

/// Sends a file to a room. `progress` is told how much of it is sent, 0 to 1, and of each new try from 0 on; what passes
/// by itself is tried again.
///
/// # Errors
/// [`Unsent`].
pub async fn upload(
    room: &RoomId,
    file: &Blob,
    cancel: &Cancel,
    progress: impl Fn(f64) + Clone + 'static,
) -> Result<Uploaded, Unsent> {
    check_size(file.size()).map_err(Unsent::Refused)?;
    let path = links::media_path(room);
    let mut tries = 0;
    loop {
        if cancel.0.cancelled.get() {
            return Err(Unsent::Cancelled);
        }
        progress(0.0);
        let answer = once(&path, file, cancel, progress.clone()).await;
        tries += 1;
        match answer {
            _ if cancel.0.cancelled.get() => return Err(Unsent::Cancelled),
            Ok(uploaded) => return Ok(uploaded),
            Err(error) if passes(error.code) && tries < TRIES => {
                let asked = error.retry_after.unwrap_or_default().saturating_mul(1_000);
                TimeoutFuture::new(asked.max(delay_ms(tries, browser::random()))).await;
            }
            Err(error) => return Err(Unsent::Refused(error)),
        }
    }
}

async fn once(
    path: &str,
    file: &Blob,
    cancel: &Cancel,
    progress: impl Fn(f64) + 'static,
) -> Result<Uploaded, AppError> {
    let broken = |_: JsValue| AppError::new(Code::Internal);
    let request = XmlHttpRequest::new().map_err(broken)?;
    request.open_with_async("POST", path, true).map_err(broken)?;
    let (done, finished) = oneshot::channel();
    let done = Cell::new(Some(done));
    // The last event of all, however it went.
    let on_end = Closure::<dyn Fn()>::new(move || {
        if let Some(done) = done.take() {
            let _ = done.send(());
        }
    });
    let on_progress = Closure::<dyn Fn(ProgressEvent)>::new(move |event: ProgressEvent| {
        if event.length_computable() {
            progress(event.loaded() / event.total());
        }
    });
    request.set_onloadend(Some(on_end.as_ref().unchecked_ref()));
    request
        .upload()
        .map_err(broken)?
        .set_onprogress(Some(on_progress.as_ref().unchecked_ref()));
    request.send_with_opt_blob(Some(file)).map_err(broken)?;
    *cancel.0.request.borrow_mut() = Some(request.clone());
    let _ = finished.await;
    cancel.0.request.borrow_mut().take();
    let retry_after = request.get_response_header("Retry-After").ok().flatten();
    let text = request.response_text().ok().flatten().unwrap_or_default();
    read(request.status().unwrap_or_default(), retry_after.as_deref(), &text)
}

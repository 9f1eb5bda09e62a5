//! The browser's way to the server: an `XMLHttpRequest`, for `fetch` does not tell how far an upload is.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use futures_channel::oneshot;
use js_sys::{ArrayBuffer, Uint8Array};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use web_sys::{Blob, ProgressEvent, XmlHttpRequest, XmlHttpRequestResponseType};

use super::{Answer, Payload, Request, Transport};

/// Stops a call, whether it is under way or has not begun.
#[derive(Clone, Default)]
pub struct Cancel(Rc<Flight>);

#[derive(Default)]
struct Flight {
    cancelled: Cell<bool>,
    request: RefCell<Option<XmlHttpRequest>>,
}

impl Cancel {
    /// Stops it.
    pub fn cancel(&self) {
        self.0.cancelled.set(true);
        let request = self.0.request.borrow_mut().take();
        if let Some(request) = request {
            let _ = request.abort();
        }
    }

    /// Whether it was stopped.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.0.cancelled.get()
    }
}

/// Carries calls to the server that the page came from, with its cookies.
pub struct Browser<P> {
    /// Stops what is under way.
    pub cancel: Cancel,
    /// Is told how much of a file is sent, 0 to 1.
    pub progress: P,
}

impl Browser<fn(f64)> {
    /// For calls that nobody watches or stops.
    #[must_use]
    pub fn quiet() -> Self {
        Self {
            cancel: Cancel::default(),
            progress: |_| {},
        }
    }
}

impl<P: Fn(f64) + Clone + 'static> Transport for Browser<P> {
    type File = Blob;

    async fn send(&self, request: Request<Blob>) -> Answer {
        if self.cancel.is_cancelled() {
            return Answer::NONE;
        }
        // What a browser refuses to send at all is as unsent as what gets lost.
        self.try_send(request).await.unwrap_or(Answer::NONE)
    }
}

impl<P: Fn(f64) + Clone + 'static> Browser<P> {
    async fn try_send(&self, request: Request<Blob>) -> Result<Answer, JsValue> {
        let xhr = XmlHttpRequest::new()?;
        xhr.open_with_async(request.method, &request.path, true)?;
        xhr.set_response_type(XmlHttpRequestResponseType::Arraybuffer);
        if let Some(bearer) = &request.bearer {
            xhr.set_request_header("Authorization", &format!("Bearer {bearer}"))?;
        }
        let (done, finished) = oneshot::channel();
        let done = Cell::new(Some(done));
        // The last event of all, however it went.
        let on_end = Closure::<dyn Fn()>::new(move || {
            if let Some(done) = done.take() {
                let _ = done.send(());
            }
        });
        let progress = self.progress.clone();
        let on_progress = Closure::<dyn Fn(ProgressEvent)>::new(move |event: ProgressEvent| {
            if event.length_computable() {
                progress(event.loaded() / event.total());
            }
        });
        xhr.set_onloadend(Some(on_end.as_ref().unchecked_ref()));
        match &request.payload {
            Payload::Nothing => xhr.send()?,
            Payload::Json(json) => {
                xhr.set_request_header("Content-Type", "application/json")?;
                xhr.send_with_opt_str(Some(json))?;
            }
            Payload::File(file) => {
                let upload = xhr.upload()?;
                upload.set_onprogress(Some(on_progress.as_ref().unchecked_ref()));
                xhr.send_with_opt_blob(Some(file))?;
            }
        }
        *self.cancel.0.request.borrow_mut() = Some(xhr.clone());
        let _ = finished.await;
        self.cancel.0.request.borrow_mut().take();
        let body = xhr.response().ok().and_then(|body| body.dyn_into::<ArrayBuffer>().ok());
        Ok(Answer {
            status: xhr.status().unwrap_or_default(),
            retry_after: xhr.get_response_header("Retry-After").ok().flatten(),
            body: body.map(|body| Uint8Array::new(&body).to_vec()).unwrap_or_default(),
        })
    }
}

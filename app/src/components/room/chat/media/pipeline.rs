//! Makes of what a person chose the picture that is sent: upright, not larger than it is looked at, and without a word
//! of where, when and by whom it was taken. All of it here, so that it needs no server to be trusted with the original.
//!
//! Whatever this browser can decode can be shared (AVIF and HEIC where it knows them): it is drawn anew, as WebP where
//! the browser can write that.

use futures_channel::oneshot;
use js_sys::{Reflect, Uint8Array};
use leptos::prelude::{document, window};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, CanvasRenderingContext2d, HtmlCanvasElement, ImageBitmap, ImageBitmapOptions, ImageOrientation};

use crate::{media::still, room_client::upload::check_size, words::say};

/// The longest side (pixels) that is sent: sharp on a large screen and twice enlarged on a phone's.
const LONG_SIDE: u32 = 2_048;

/// So much of a file (bytes) says whether it moves.
const HEAD: i32 = 64 * 1024;

/// How good a picture is that was drawn anew, of 1. Above it files grow and nobody sees it.
const QUALITY: f64 = 0.85;

/// A picture that can be sent.
pub(super) struct Ready {
    pub(super) file: Blob,
    /// Upright, in pixels.
    pub(super) sides: (u32, u32),
}

/// Why a file cannot be sent as a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unfit {
    /// The browser cannot show it.
    NoPicture,
    /// It moves, so it cannot be made smaller, and is too large as it is.
    TooLarge,
}

impl Unfit {
    /// What to tell the person of the file of that name.
    pub(super) fn words(self, name: &str) -> String {
        match self {
            Self::NoPicture => say!(no_picture, name = name),
            Self::TooLarge => say!(too_large_picture, name = name),
        }
    }
}

impl From<JsValue> for Unfit {
    fn from(_: JsValue) -> Self {
        Self::NoPicture
    }
}

/// Makes a picture fit to be sent.
///
/// # Errors
/// [`Unfit`].
pub(super) async fn prepare(original: &Blob) -> Result<Ready, Unfit> {
    let head = original.slice_with_i32_and_i32(0, HEAD)?;
    let head = Uint8Array::new(&JsFuture::from(head.array_buffer()).await?).to_vec();
    let options = ImageBitmapOptions::new();
    options.set_image_orientation(ImageOrientation::FromImage);
    let bitmap = window().create_image_bitmap_with_blob_and_image_bitmap_options(original, &options)?;
    let bitmap: ImageBitmap = JsFuture::from(bitmap).await?.dyn_into()?;
    let sides = (bitmap.width(), bitmap.height());
    let ready = if still::moves(&head) {
        Ready {
            file: original.clone(),
            sides,
        }
    } else {
        let sides = still::fit(sides, (LONG_SIDE, LONG_SIDE));
        let canvas = draw(&bitmap, sides)?;
        let file = encode(&canvas, still::is_opaque(&head)).await?;
        Ready { file, sides }
    };
    // Its pixels are not wanted any longer, and there may be many of them.
    bitmap.close();
    check_size(ready.file.size()).map_err(|_| Unfit::TooLarge)?;
    Ok(ready)
}

fn draw(bitmap: &ImageBitmap, (width, height): (u32, u32)) -> Result<HtmlCanvasElement, JsValue> {
    let canvas: HtmlCanvasElement = document().create_element("canvas")?.dyn_into()?;
    canvas.set_width(width);
    canvas.set_height(height);
    let context: CanvasRenderingContext2d = canvas.get_context("2d")?.ok_or(JsValue::NULL)?.dyn_into()?;
    Reflect::set(&context, &"imageSmoothingQuality".into(), &"high".into())?;
    context.draw_image_with_image_bitmap_and_dw_and_dh(bitmap, 0.0, 0.0, width.into(), height.into())?;
    Ok(canvas)
}

/// WebP where the browser can write it; else JPEG of what is opaque and PNG of what is not.
async fn encode(canvas: &HtmlCanvasElement, is_opaque: bool) -> Result<Blob, JsValue> {
    let file = to_blob(canvas, "image/webp").await?;
    // Asked for a kind that it cannot write, a browser writes PNG.
    if file.type_() != "image/webp" && (is_opaque || check_size(file.size()).is_err()) {
        return to_blob(canvas, "image/jpeg").await;
    }
    Ok(file)
}

async fn to_blob(canvas: &HtmlCanvasElement, kind: &str) -> Result<Blob, JsValue> {
    let (done, made) = oneshot::channel();
    let take = Closure::once(move |file: Option<Blob>| drop(done.send(file)));
    canvas.to_blob_with_type_and_encoder_options(take.as_ref().unchecked_ref(), kind, &QUALITY.into())?;
    made.await.ok().flatten().ok_or(JsValue::NULL)
}

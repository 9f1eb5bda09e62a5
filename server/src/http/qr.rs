//! A room's link as a picture, for a phone's camera.

use axum::{
    extract::State,
    http::{HeaderMap, header},
    response::IntoResponse,
};
use fast_qr::{
    QRBuilder,
    convert::{Builder, svg::SvgBuilder},
};
use wire::{error::Code, links};

use super::{RoomPath, Web, problem::Problem};

/// Modules of blank space around the code: what ISO/IEC 18004 asks for.
const QUIET_ZONE: usize = 4;

/// `GET /instant-chat/{id}/qr.svg`. Draws the link of any id in the right form: whether there is such a chat is not told.
pub(super) async fn draw(
    State(web): State<Web>,
    RoomPath(room): RoomPath,
    headers: HeaderMap,
) -> Result<impl IntoResponse, Problem> {
    let link = format!("{}{}", web.origins.of_request(&headers), links::room_path(&room));
    let code = QRBuilder::new(link).build().map_err(|_| Code::TooLarge)?;
    let svg = SvgBuilder::default().margin(QUIET_ZONE).to_str(&code);
    let headers = [
        (header::CONTENT_TYPE, "image/svg+xml"),
        (header::CACHE_CONTROL, "private, max-age=86400"),
    ];
    Ok((headers, svg))
}

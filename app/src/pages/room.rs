use http::{HeaderValue, header, request::Parts};
use leptos::prelude::*;
use leptos_meta::{Meta, Title};
use leptos_router::hooks::use_params_map;
use wire::{
    domain::RoomId,
    error::{AppError, Code},
    service::RoomView,
};

use super::{answer_status, answer_with, gone::Gone, problem_of_query, shell::WakeIslands, suggestion};
use crate::{
    components::room::{InstantChatRoom, Skeleton},
    ports::SharedRooms,
    session,
    words::{self, say},
};

/// A room. Who opens it changes nothing; what was said never stands in the page, it comes by the socket.
#[component]
pub(super) fn Room() -> impl IntoView {
    // Who sees it depends on a cookie, and a link's preview must stay out of search.
    answer_with(|response| {
        response.insert_header(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        response.insert_header(
            header::HeaderName::from_static("x-robots-tag"),
            HeaderValue::from_static("noindex"),
        );
    });
    let id = use_params_map().read_untracked().get("id").unwrap_or_default();
    let (rooms, parts) = (use_context::<SharedRooms>(), use_context::<Parts>());
    let problem = problem_of_query();
    let view = async move {
        let id = RoomId::parse(id).map_err(|_| AppError::new(Code::UnknownChat))?;
        let rooms = rooms.ok_or_else(|| AppError::new(Code::Internal))?;
        let visitor = parts
            .map(|parts| session::credentials(&parts.headers, &id))
            .unwrap_or_default();
        rooms.view(&id, &visitor).await
    };
    view! {
        <Meta name="robots" content="noindex" />
        <Meta property="og:title" content=say!(invitation) />
        <Meta property="og:description" content=say!(invitation_words) />
        <Suspense>
            {Suspend::new(async move {
                match view.await {
                    Ok(view) => open(view, problem).into_any(),
                    Err(error) => {
                        answer_status(error.code);
                        view! { <Gone code=error.code detail=words::error(&error) /> }.into_any()
                    }
                }
            })}
        </Suspense>
    }
}

fn open(view: RoomView, problem: Option<AppError>) -> impl IntoView {
    let RoomView {
        details,
        you,
        is_creator,
        now,
    } = view;
    // A refusal of who is inside already is no news.
    let problem = problem.filter(|_| you.is_none());
    if let Some(problem) = &problem {
        answer_status(problem.code);
    }
    let skeleton = you.clone().map(|you| {
        let remaining_ms = details.expires_at.millis() - now.millis();
        view! { <Skeleton chat=details.chat_id.to_string() you is_creator remaining_ms settings=details.settings /> }
    });
    view! {
        <Title text=format!("{} · Instant Chat", say!(room_title)) />
        {skeleton}
        <InstantChatRoom room=details you is_creator now suggestion=suggestion::name(now) problem />
        <WakeIslands at_once=true />
    }
}

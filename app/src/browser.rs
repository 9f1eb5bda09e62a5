//! All that is asked of the browser beside the page itself: its clock, its calendar, its clipboard.
//!
//! On the server, which renders the same components, the answers are neutral; nothing that is rendered there shows them.

#[cfg(feature = "hydrate")]
pub(crate) use here::*;
#[cfg(not(feature = "hydrate"))]
pub(crate) use nowhere::*;

/// How long something is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Keep {
    /// As long as the tab.
    #[cfg_attr(
        not(feature = "hydrate"),
        expect(dead_code, reason = "of the chat, which the server does not render")
    )]
    Tab,
    /// In all tabs, until the person clears it.
    Browser,
}

/// What this person is called, at the door of the next chat.
const NAME_KEY: &str = "instant-chat-name";

pub(crate) fn remembered_name() -> Option<String> {
    kept(Keep::Browser, NAME_KEY)
}

pub(crate) fn remember_name(name: &str) {
    keep(Keep::Browser, NAME_KEY, name);
}

#[cfg(feature = "hydrate")]
mod here {
    use js_sys::{Array, Date, Function, Intl, Object, Promise, Reflect};
    use leptos::prelude::{document, on_cleanup, set_timeout, window, window_event_listener_untyped};
    use leptos_i18n::Locale as _;
    use wasm_bindgen::{JsCast, JsValue};
    use wasm_bindgen_futures::JsFuture;

    use super::Keep;
    use crate::words::{Language, language, say};
    use wire::domain::{Seq, Timestamp};

    /// Where a message is.
    #[derive(Clone)]
    pub(crate) struct Place {
        pub(crate) seq: Seq,
        bubble: web_sys::Element,
    }

    const DAY_MS: f64 = 86_400_000.0;

    #[expect(
        clippy::cast_possible_truncation,
        reason = "a Date holds whole milliseconds within ±8.64e15"
    )]
    pub(crate) fn now() -> Timestamp {
        Timestamp::from_millis(Date::now() as i64)
    }

    pub(crate) fn random() -> f64 {
        js_sys::Math::random()
    }

    /// Unique among what this person sends; nothing secret hangs on it, so it works without a secure context too.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "random bits")]
    pub(crate) fn unique_id() -> String {
        let half = || (random() * f64::from(u32::MAX)) as u32;
        format!("{:x}-{:08x}{:08x}", now().millis(), half(), half())
    }

    /// Whether the browser keeps a cookie that this page sets. Blocked in frames on other sites' pages, or everywhere, they
    /// are taken without a word and gone at once. The probe is made as the server makes its own.
    pub(crate) fn keeps_cookies() -> bool {
        const PROBE: &str = "instant-chat-probe=1";
        let here = window();
        let is_framed = here.parent().ok().flatten().is_some_and(|parent| parent != here);
        let kind = if is_framed && here.location().protocol().is_ok_and(|scheme| scheme == "https:") {
            "SameSite=None; Secure; Partitioned"
        } else {
            "SameSite=Lax"
        };
        let document = document();
        let write = |age: u8| {
            let cookie = format!("{PROBE}; Path=/; {kind}; Max-Age={age}");
            Reflect::set(&document, &"cookie".into(), &cookie.into())
        };
        if write(10).is_err() {
            return false;
        }
        let cookies = Reflect::get(&document, &"cookie".into()).ok();
        let _ = write(0);
        cookies
            .and_then(|cookies| cookies.as_string())
            .is_some_and(|cookies| cookies.contains(PROBE))
    }

    pub(crate) fn is_hidden() -> bool {
        document().visibility_state() == web_sys::VisibilityState::Hidden
    }

    /// Where this page is, with the fragment: a link without it would be another link.
    pub(crate) fn address() -> String {
        let here = window().location();
        let part = |part: Result<String, JsValue>| part.unwrap_or_default();
        format!("{}{}{}", part(here.origin()), part(here.pathname()), part(here.hash()))
    }

    /// Takes a value out of the address's fragment, and the fragment's other values stay. The address loses it at once,
    /// in the history too; nothing is sent.
    pub(crate) fn take_from_fragment(key: &str) -> Option<String> {
        let here = window().location();
        let (taken, left) = wire::links::take_from_fragment(here.hash().ok()?.trim_start_matches('#'), key);
        let taken = taken?;
        let rest = if left.is_empty() { left } else { format!("#{left}") };
        let clean = format!("{}{}{rest}", here.pathname().ok()?, here.search().ok()?);
        let history = window().history().ok()?;
        history.replace_state_with_url(&JsValue::NULL, "", Some(&clean)).ok()?;
        Some(taken)
    }

    pub(crate) fn go_to(path: &str) {
        let _ = window().location().assign(path);
    }

    pub(crate) fn reload() {
        let _ = window().location().reload();
    }

    fn storage(keep: Keep) -> Option<web_sys::Storage> {
        match keep {
            Keep::Tab => window().session_storage(),
            Keep::Browser => window().local_storage(),
        }
        .ok()
        .flatten()
    }

    pub(crate) fn kept(keep: Keep, key: &str) -> Option<String> {
        let value = storage(keep)?.get_item(key).ok()?;
        value.filter(|value| !value.is_empty())
    }

    /// Keeps a value; an empty one is none. A browser that keeps nothing only costs its owner some typing.
    pub(crate) fn keep(keep: Keep, key: &str, value: &str) {
        if let Some(storage) = storage(keep) {
            let _ = if value.is_empty() {
                storage.remove_item(key)
            } else {
                storage.set_item(key, value)
            };
        }
    }

    /// Calls back whenever the page is hidden or shown, for as long as the current owner lives.
    pub(crate) fn on_visibility(call: impl Fn(bool) + 'static) {
        // It bubbles from the document.
        let listener = window_event_listener_untyped("visibilitychange", move |_| call(is_hidden()));
        on_cleanup(move || listener.remove());
    }

    pub(crate) fn title() -> String {
        document().title()
    }

    pub(crate) fn set_title(title: &str) {
        document().set_title(title);
    }

    /// The page's picture in its tab: with a dot, when something is unread.
    pub(crate) fn set_icon(path: &str) {
        if let Ok(Some(link)) = document().query_selector("link[rel=icon]") {
            let _ = link.set_attribute("href", path);
        }
    }

    /// Two soft notes, half a second. Silent where the browser plays nothing before the person has touched the page.
    pub(crate) fn chime() {
        let play = || -> Result<(), JsValue> {
            let audio = web_sys::AudioContext::new()?;
            for (after, hertz) in [(0.0, 587.3), (0.14, 880.0)] {
                let (note, volume) = (audio.create_oscillator()?, audio.create_gain()?);
                let start = audio.current_time() + after;
                note.frequency().set_value(hertz);
                volume.gain().set_value_at_time(0.08, start)?;
                volume.gain().exponential_ramp_to_value_at_time(0.0005, start + 0.4)?;
                note.connect_with_audio_node(&volume)?;
                volume.connect_with_audio_node(&audio.destination())?;
                note.start_with_when(start)?;
                note.stop_with_when(start + 0.4)?;
            }
            let close = move || drop(audio.close());
            set_timeout(close, std::time::Duration::from_secs(1));
            Ok(())
        };
        let _ = play();
    }

    /// Asks whether system notifications may be shown; `false` also where there are none.
    pub(crate) async fn may_notify() -> bool {
        let Ok(asking) = web_sys::Notification::request_permission() else {
            return false;
        };
        JsFuture::from(asking).await.is_ok_and(|answer| answer == "granted")
    }

    /// Shows a system notification, in the place of the one before it: by the service worker, where there is one, because
    /// phones know no other way.
    pub(crate) async fn notify(title: &str) {
        let options = web_sys::NotificationOptions::new();
        options.set_tag("instant-chat");
        options.set_data(&JsValue::from_str(&address()));
        let worker = window().navigator().service_worker();
        let registered = if worker.is_undefined() {
            None
        } else {
            JsFuture::from(worker.get_registration()).await.ok()
        };
        match registered.and_then(|registration| registration.dyn_into::<web_sys::ServiceWorkerRegistration>().ok()) {
            Some(registration) if registration.active().is_some() => {
                let _ = registration.show_notification_with_options(title, &options);
            }
            _ => {
                let _ = web_sys::Notification::new_with_options(title, &options);
            }
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "milliseconds of this era are exact in f64")]
    fn date(at: Timestamp) -> Date {
        Date::new(&JsValue::from_f64(at.millis() as f64))
    }

    /// How the person's browser calls the page's language: with its region, in which times may be written another way.
    fn locales() -> Array {
        let language = language();
        let of_page = |tag: &JsValue| {
            tag.as_string()
                .is_some_and(|tag| Language::of_tag(&tag) == Some(language))
        };
        let own = window().navigator().languages().iter().find(of_page);
        // The digits of all the other numbers on the page.
        let latin = |tag: &str| format!("{tag}-u-nu-latn");
        Array::of1(
            &latin(
                &own.and_then(|tag| tag.as_string())
                    .unwrap_or_else(|| language.as_str().to_owned()),
            )
            .into(),
        )
    }

    fn format(at: Timestamp, options: &[(&str, &str)]) -> String {
        let wanted = Object::new();
        for (name, value) in options {
            let _ = Reflect::set(&wanted, &(*name).into(), &(*value).into());
        }
        let format = Intl::DateTimeFormat::new(&locales(), &wanted).format();
        format
            .call1(&JsValue::NULL, &date(at))
            .ok()
            .and_then(|text| text.as_string())
            .unwrap_or_default()
    }

    /// 14:03, or 2:03 PM where people write it so.
    pub(crate) fn time_of_day(at: Timestamp) -> String {
        format(at, &[("hour", "numeric"), ("minute", "2-digit")])
    }

    /// The local day, numbered.
    #[expect(clippy::cast_possible_truncation, reason = "days of this era fit")]
    pub(crate) fn local_day(at: Timestamp) -> i32 {
        let date = date(at);
        ((date.get_time() - date.get_timezone_offset() * 60_000.0) / DAY_MS).floor() as i32
    }

    /// Local days until a moment's; negative for one that is over.
    fn days_from_now(at: Timestamp) -> i32 {
        local_day(at) - local_day(now())
    }

    /// Today, Yesterday, Tomorrow, or the day by its name.
    pub(crate) fn day_name(at: Timestamp) -> String {
        match days_from_now(at) {
            0 => say!(today).into(),
            -1 => say!(yesterday).into(),
            1 => say!(tomorrow).into(),
            _ => format(at, &[("weekday", "long"), ("day", "numeric"), ("month", "long")]),
        }
    }

    /// A day and a time, in the middle of a line: `today at 14:03`.
    pub(crate) fn moment(at: Timestamp) -> String {
        let time = time_of_day(at);
        match days_from_now(at) {
            0 => say!(today_at, time = time),
            1 => say!(tomorrow_at, time = time),
            _ => say!(at, day = day_name(at), time = time),
        }
    }

    /// Whether a keyboard comes with the screen, so that taking the focus covers nothing.
    pub(crate) fn has_keyboard() -> bool {
        window()
            .match_media("(hover: hover) and (pointer: fine)")
            .ok()
            .flatten()
            .is_some_and(|query| query.matches())
    }

    fn method(of: &JsValue, name: &str) -> Option<Function> {
        Reflect::get(of, &name.into()).ok()?.dyn_into().ok()
    }

    /// Whether the keyboard has a ⌘ where others have Ctrl.
    pub(crate) fn is_mac() -> bool {
        let platform = window().navigator().platform().unwrap_or_default();
        platform.starts_with("Mac") || platform.starts_with("iP")
    }

    /// Whether there is a system share sheet.
    pub(crate) fn can_share() -> bool {
        method(window().navigator().as_ref(), "share").is_some()
    }

    /// Opens the system share sheet with a link.
    pub(crate) async fn share(url: &str) {
        let navigator = window().navigator();
        let data = Object::new();
        let _ = Reflect::set(&data, &"url".into(), &url.into());
        if let Some(share) = method(navigator.as_ref(), "share")
            && let Ok(Ok(sharing)) = share.call1(navigator.as_ref(), &data).map(JsCast::dyn_into::<Promise>)
        {
            // Fails when the person changes their mind: nothing to tell.
            let _ = JsFuture::from(sharing).await;
        }
    }

    /// Copies a text; `false` where the browser does not let us (no secure context, no permission).
    pub(crate) async fn copy(text: &str) -> bool {
        let navigator = window().navigator();
        let clipboard = Reflect::get(navigator.as_ref(), &"clipboard".into()).unwrap_or(JsValue::UNDEFINED);
        if !clipboard.is_object() {
            return false;
        }
        JsFuture::from(navigator.clipboard().write_text(text)).await.is_ok()
    }

    fn closest(event: &web_sys::Event, selector: &str) -> Option<web_sys::Element> {
        let target: web_sys::Element = event.target()?.dyn_into().ok()?;
        target.closest(selector).ok().flatten()
    }

    fn seq(element: &web_sys::Element, attribute: &str) -> Option<Seq> {
        element.get_attribute(attribute)?.parse().ok().map(Seq)
    }

    /// The message that an event is about: its bubble, or with `button` only the button of its menu.
    pub(crate) fn message_at(event: &web_sys::Event, button: bool) -> Option<Place> {
        let row = closest(
            event,
            if button {
                ".row-acts"
            } else {
                ".bubble:not(.bubble-deleted)"
            },
        )?
        .closest("[data-seq]")
        .ok()??;
        Some(Place {
            seq: seq(&row, "data-seq")?,
            bubble: row.query_selector(".bubble").ok()??,
        })
    }

    /// The message whose picture an event is about.
    pub(crate) fn picture_at(event: &web_sys::Event) -> Option<Seq> {
        let row = closest(event, "[data-picture]")?.closest("[data-seq]").ok()??;
        seq(&row, "data-seq")
    }

    /// The message whose quote an event is about.
    pub(crate) fn quote_at(event: &web_sys::Event) -> Option<Seq> {
        seq(&closest(event, "[data-quote]")?, "data-quote")
    }

    /// Brings a message into sight, and the focus to it. One that is not here stays where it is.
    pub(crate) fn go_to_message(Seq(seq): Seq) {
        let row = document().query_selector(&format!("[data-seq='{seq}']")).ok().flatten();
        if let Some(row) = row.and_then(|row| row.dyn_into::<web_sys::HtmlElement>().ok()) {
            // Focus scrolls no further than it must: the middle is where the eye is.
            let options = web_sys::ScrollIntoViewOptions::new();
            options.set_block(web_sys::ScrollLogicalPosition::Center);
            row.scroll_into_view_with_scroll_into_view_options(&options);
            let focus = web_sys::FocusOptions::new();
            focus.set_prevent_scroll(true);
            let _ = row.focus_with_options(&focus);
        }
    }

    /// Puts an open dialog beside a message: under it where it fits, else over it. The style sheet says where that
    /// holds. In whole pixels: printing a fraction takes more code than all the rest of this file.
    #[expect(clippy::cast_possible_truncation, reason = "a screen's pixels")]
    pub(crate) fn put_beside(dialog: &web_sys::HtmlElement, place: &Place) {
        const GAP: i32 = 4;
        let at = place.bubble.get_bounding_client_rect();
        let (left, top, right, foot) = (at.left() as i32, at.top() as i32, at.right() as i32, at.bottom() as i32);
        let (width, height) = (dialog.offset_width(), dialog.offset_height());
        let (wide, high) = document()
            .document_element()
            .map_or((0, 0), |root| (root.client_width(), root.client_height()));
        let (most_left, most_top) = (wide - width - 2 * GAP, high - height - 2 * GAP);
        let under = foot + GAP;
        let top = if under <= most_top { under } else { top - height - GAP };
        let mine = place.bubble.closest(".mine").is_ok_and(|row| row.is_some());
        let left = if mine { right - width } else { left };
        for (name, at, most) in [("--left", left, most_left), ("--top", top, most_top)] {
            let at = at.min(most).max(2 * GAP);
            let _ = dialog.style().set_property(name, &format!("{at}px"));
        }
    }

    /// Moves the focus from an event's element to its sibling so many places on.
    pub(crate) fn focus_sibling(event: &web_sys::Event, step: i32) {
        let mut element = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        for _ in 0..step.abs() {
            element = element.and_then(|element| {
                if step < 0 {
                    element.previous_element_sibling()
                } else {
                    element.next_element_sibling()
                }
            });
        }
        focus(element);
    }

    /// Moves the focus to the first element of this kind in another one.
    pub(crate) fn focus_within(element: &web_sys::Element, selector: &str) {
        focus(element.query_selector(selector).ok().flatten());
    }

    fn focus(element: Option<web_sys::Element>) {
        if let Some(element) = element.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok()) {
            let _ = element.focus();
        }
    }

    /// Whether an event is about this element itself, not something in it.
    pub(crate) fn is_target(event: &web_sys::Event, element: &web_sys::HtmlElement) -> bool {
        let element: &web_sys::EventTarget = element;
        event.target().as_ref() == Some(element)
    }

    /// A file of this page's own, with an address.
    pub(crate) fn copy_of(bytes: &[u8]) -> Option<String> {
        let bytes = Array::of1(&js_sys::Uint8Array::from(bytes));
        let file = web_sys::Blob::new_with_u8_array_sequence(&bytes).ok()?;
        web_sys::Url::create_object_url_with_blob(&file).ok()
    }

    /// Saves a file as a link to it would.
    pub(crate) fn save(bytes: &[u8], name: &str) {
        let Some(address) = copy_of(bytes) else { return };
        if let Some(link) = document()
            .create_element("a")
            .ok()
            .and_then(|link| link.dyn_into::<web_sys::HtmlElement>().ok())
        {
            let _ = link.set_attribute("href", &address);
            let _ = link.set_attribute("download", name);
            link.click();
        }
        let done = move || drop(web_sys::Url::revoke_object_url(&address));
        set_timeout(done, std::time::Duration::from_secs(60));
    }

    /// Selects the text of an element, so that the person can copy it by hand.
    pub(crate) fn select_text(element: &web_sys::HtmlElement) {
        if let Ok(Some(selection)) = window().get_selection() {
            let _ = selection.select_all_children(element);
        }
    }
}

/// What the parts of pages name that the server renders, too: there, nobody presses and nothing is kept.
#[cfg(not(feature = "hydrate"))]
mod nowhere {
    use wire::domain::Timestamp;

    use super::Keep;

    pub(crate) fn take_from_fragment(_: &str) -> Option<String> {
        None
    }

    pub(crate) fn reload() {}

    pub(crate) fn kept(_: Keep, _: &str) -> Option<String> {
        None
    }

    pub(crate) fn keep(_: Keep, _: &str, _: &str) {}

    pub(crate) fn moment(_: Timestamp) -> String {
        String::new()
    }

    pub(crate) fn has_keyboard() -> bool {
        false
    }

    pub(crate) fn can_share() -> bool {
        false
    }

    pub(crate) async fn share(_: &str) {}

    pub(crate) async fn copy(_: &str) -> bool {
        false
    }

    pub(crate) fn select_text<E>(_: &E) {}
}

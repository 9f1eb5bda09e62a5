//! All that is asked of the browser beside the page itself: its clock, its calendar, its clipboard.
//!
//! On the server, which renders the same components, the answers are neutral; nothing that is rendered there shows them.

#[cfg(feature = "hydrate")]
pub(crate) use here::*;
#[cfg(not(feature = "hydrate"))]
pub(crate) use nowhere::*;

#[cfg(feature = "hydrate")]
mod here {
    use js_sys::{Array, Date, Function, Intl, Object, Promise, Reflect};
    use leptos::prelude::{document, window};
    use wasm_bindgen::{JsCast, JsValue};
    use wasm_bindgen_futures::JsFuture;

    use crate::domain::Timestamp;

    const DAY_MS: f64 = 86_400_000.0;
    const NAME_KEY: &str = "instant-chat-name";

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

    pub(crate) fn is_hidden() -> bool {
        document().visibility_state() == web_sys::VisibilityState::Hidden
    }

    /// Where this page is, with the fragment: a link without it would be another link.
    pub(crate) fn address() -> String {
        let here = window().location();
        let part = |part: Result<String, JsValue>| part.unwrap_or_default();
        format!("{}{}{}", part(here.origin()), part(here.pathname()), part(here.hash()))
    }

    pub(crate) fn go_to(path: &str) {
        let _ = window().location().assign(path);
    }

    pub(crate) fn reload() {
        let _ = window().location().reload();
    }

    pub(crate) fn remembered_name() -> Option<String> {
        window()
            .local_storage()
            .ok()??
            .get_item(NAME_KEY)
            .ok()?
            .filter(|name| !name.is_empty())
    }

    // A browser that keeps nothing only costs its owner some typing.
    pub(crate) fn remember_name(name: &str) {
        if let Ok(Some(storage)) = window().local_storage() {
            let _ = storage.set_item(NAME_KEY, name);
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "milliseconds of this era are exact in f64")]
    fn date(at: Timestamp) -> Date {
        Date::new(&JsValue::from_f64(at.millis() as f64))
    }

    fn format(at: Timestamp, options: &[(&str, &str)]) -> String {
        let wanted = Object::new();
        for (name, value) in options {
            let _ = Reflect::set(&wanted, &(*name).into(), &(*value).into());
        }
        let format = Intl::DateTimeFormat::new(&Array::new(), &wanted).format();
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

    /// Today, Yesterday, Tomorrow, or the day by its name.
    pub(crate) fn day_name(at: Timestamp) -> String {
        match local_day(at) - local_day(now()) {
            0 => "Today".into(),
            -1 => "Yesterday".into(),
            1 => "Tomorrow".into(),
            _ => format(at, &[("weekday", "long"), ("day", "numeric"), ("month", "long")]),
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

    /// Selects the text of an element, so that the person can copy it by hand.
    pub(crate) fn select_text(element: &web_sys::HtmlElement) {
        if let Ok(Some(selection)) = window().get_selection() {
            let _ = selection.select_all_children(element);
        }
    }
}

#[cfg(not(feature = "hydrate"))]
mod nowhere {
    use crate::domain::Timestamp;

    pub(crate) fn now() -> Timestamp {
        Timestamp::from_millis(0)
    }

    pub(crate) fn unique_id() -> String {
        String::new()
    }

    pub(crate) fn address() -> String {
        String::new()
    }

    pub(crate) fn go_to(_: &str) {}

    pub(crate) fn reload() {}

    pub(crate) fn remembered_name() -> Option<String> {
        None
    }

    pub(crate) fn remember_name(_: &str) {}

    pub(crate) fn time_of_day(_: Timestamp) -> String {
        String::new()
    }

    pub(crate) fn local_day(_: Timestamp) -> i32 {
        0
    }

    pub(crate) fn day_name(_: Timestamp) -> String {
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

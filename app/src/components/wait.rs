use std::time::Duration;

use leptos::prelude::*;
use wire::error::AppError;

use crate::words::say;

/// Counts the seconds until what was refused may succeed, and then takes the refusal away.
#[derive(Clone, Copy)]
pub(super) struct Wait(RwSignal<u32>);

impl Wait {
    pub(super) fn after(problem: RwSignal<Option<AppError>>) -> Self {
        let seconds = move || {
            problem
                .with(|problem| problem.as_ref()?.retry_after)
                .unwrap_or_default()
        };
        let left = RwSignal::new(untrack(seconds));
        let ticking = StoredValue::new(None::<IntervalHandle>);
        let stop = move || {
            if let Some(ticking) = ticking.try_update_value(Option::take).flatten() {
                ticking.clear();
            }
        };
        Effect::new(move || {
            stop();
            left.set(seconds());
            if untrack(move || left.get()) == 0 {
                return;
            }
            let tick = move || {
                left.update(|left| *left = left.saturating_sub(1));
                if left.get_untracked() == 0 {
                    stop();
                    problem.set(None);
                }
            };
            ticking.set_value(set_interval_with_handle(tick, Duration::from_secs(1)).ok());
        });
        on_cleanup(stop);
        Self(left)
    }

    /// Whether there is still some time to wait.
    pub(super) fn is_on(self) -> bool {
        self.0.get() > 0
    }
}

/// How long it still takes. Beside the refusal, not in it: nobody wants to hear every second.
#[component]
pub(super) fn WaitWords(wait: Wait) -> impl IntoView {
    view! {
        <p class="soft wait" hidden=move || !wait.is_on()>
            {move || say!(wait, seconds = wait.0.get())}
        </p>
    }
}

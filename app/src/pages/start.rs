use leptos::prelude::*;
use leptos_meta::{Meta, Title};

use super::{answer_status, problem_of_query};
use crate::{
    components::{Brand, LanguageForm, start::CreateForm},
    words::say,
};

/// The questions before a chat as a page of their own, for browsers without JavaScript.
#[component]
pub(super) fn Start() -> impl IntoView {
    let problem = problem_of_query();
    if let Some(problem) = &problem {
        answer_status(problem.code);
    }
    view! {
        <Title text=format!("{} · Instant Chat", say!(start_title)) />
        <Meta name="robots" content="noindex" />
        <main class="stage">
            <div class="card">
                <Brand />
                <h1>{say!(start_title)}</h1>
                <CreateForm problem />
                <LanguageForm back="/start" />
            </div>
        </main>
    }
}

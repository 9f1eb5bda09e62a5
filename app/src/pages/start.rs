use leptos::prelude::*;
use leptos_meta::{Meta, Title};

use super::{answer_status, problem_of_query};
use crate::components::{Brand, start::CreateForm};

/// The questions before a chat as a page of their own, for browsers without JavaScript.
#[component]
pub(super) fn Start() -> impl IntoView {
    let problem = problem_of_query();
    if let Some(problem) = &problem {
        answer_status(problem.code);
    }
    view! {
        <Title text="Start a chat · Instant Chat" />
        <Meta name="robots" content="noindex" />
        <main class="stage">
            <div class="card">
                <Brand />
                <h1>"Start a chat"</h1>
                <CreateForm problem />
            </div>
        </main>
    }
}

use leptos::prelude::*;

use crate::formatting::{Block, Item, Span, parse};

/// What somebody wrote, with its light marks: text nodes and a handful of elements, nothing else can come of it. Links
/// open beside the chat, and the page behind them learns nothing of it.
#[component]
pub(super) fn Text(text: String) -> impl IntoView {
    blocks(parse(&text))
}

fn blocks(blocks: Vec<Block>) -> Vec<AnyView> {
    // A message without marks is its text, as it was before there were any.
    let is_plain = blocks.len() == 1;
    let block = |block| match block {
        Block::Text(words) if is_plain => spans(words).into_any(),
        Block::Text(words) => view! { <p class="said" dir="auto">{spans(words)}</p> }.into_any(),
        // It scrolls by itself: a keyboard must be able to.
        Block::Code(code) => {
            view! { <pre class="said-code" dir="ltr" tabindex="0"><code>{code}</code></pre> }.into_any()
        }
        Block::Quote(inner) => {
            view! { <blockquote class="said-quote" dir="auto">{self::blocks(inner)}</blockquote> }.into_any()
        }
        Block::List(items) => list(items).into_any(),
    };
    blocks.into_iter().map(block).collect()
}

fn list(items: Vec<Item>) -> impl IntoView {
    let item = |Item {
                    number,
                    spans: words,
                    under,
                }| {
        let under = under.map(|items| list(items).into_any());
        view! { <li value=number class:said-dash=number.is_none()>{spans(words)}{under}</li> }
    };
    let items = items.into_iter().map(item).collect::<Vec<_>>();
    view! { <ol class="said-list" dir="auto">{items}</ol> }
}

fn spans(spans: Vec<Span>) -> Vec<AnyView> {
    let span = |span| match span {
        Span::Text(text) => text.into_any(),
        Span::Link(url) => {
            let href = url.clone();
            view! { <a href=href target="_blank" rel="noopener noreferrer nofollow">{url}</a> }.into_any()
        }
        Span::Code(code) => view! { <code class="said-code">{code}</code> }.into_any(),
        Span::Bold(inner) => view! { <strong>{self::spans(inner)}</strong> }.into_any(),
        Span::Italic(inner) => view! { <em>{self::spans(inner)}</em> }.into_any(),
    };
    spans.into_iter().map(span).collect()
}

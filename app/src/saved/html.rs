//! The file's HTML.

use leptos_i18n::Locale as _;
use wire::domain::Timestamp;

use crate::{
    formatting::{Block, Item, Span, parse},
    words::Language,
};

/// Text that is text, wherever it stands.
pub(super) fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            c => html.push(c),
        }
    }
    html
}

/// A text with its light marks.
pub(super) fn formatted(text: &str) -> String {
    blocks(&parse(text))
}

fn blocks(blocks: &[Block]) -> String {
    let block = |block: &Block| match block {
        Block::Text(words) => format!("<p dir=\"auto\">{}</p>", spans(words)),
        Block::Code(code) => format!("<pre dir=\"ltr\"><code>{}</code></pre>", escaped(code)),
        Block::Quote(inner) => format!("<blockquote dir=\"auto\">{}</blockquote>", self::blocks(inner)),
        Block::List(items) => list(items),
    };
    blocks.iter().map(block).collect()
}

fn list(items: &[Item]) -> String {
    let item = |item: &Item| {
        let number = match item.number {
            Some(number) => format!(" value=\"{number}\""),
            None => " class=\"dash\"".to_owned(),
        };
        let under = item.under.as_deref().map(list).unwrap_or_default();
        format!("<li{number}>{}{under}</li>", spans(&item.spans))
    };
    format!("<ol dir=\"auto\">{}</ol>", items.iter().map(item).collect::<String>())
}

fn spans(spans: &[Span]) -> String {
    let span = |span: &Span| match span {
        Span::Text(text) => escaped(text),
        Span::Link(url) => {
            let url = escaped(url);
            format!("<a href=\"{url}\" rel=\"noopener noreferrer nofollow\">{url}</a>")
        }
        Span::Code(code) => format!("<code>{}</code>", escaped(code)),
        Span::Bold(inner) => format!("<strong>{}</strong>", self::spans(inner)),
        Span::Italic(inner) => format!("<em>{}</em>", self::spans(inner)),
    };
    spans.iter().map(span).collect()
}

/// A time's parts, in UTC: who reads the file is who knows where, and when.
fn printed(at: Timestamp, pattern: &str) -> String {
    let at = jiff::Timestamp::from_millisecond(at.millis()).unwrap_or_default();
    at.strftime(pattern).to_string()
}

pub(super) fn day(at: Timestamp) -> String {
    printed(at, "%Y-%m-%d")
}

pub(super) fn moment(at: Timestamp) -> String {
    printed(at, "%Y-%m-%d %H:%M UTC")
}

pub(super) fn time(at: Timestamp) -> String {
    format!(
        "<time datetime=\"{}\">{}</time>",
        String::from(at),
        printed(at, "%H:%M UTC")
    )
}

pub(super) fn head(language: Language, title: &str, saved: &str) -> String {
    let (tag, direction) = (language.as_str(), language.direction().as_str());
    format!(
        "<!doctype html>\n<html lang=\"{tag}\" dir=\"{direction}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; \
         img-src data:; media-src data:; form-action 'none'; base-uri 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n\
         <body>\n<main>\n<h1>{title}</h1>\n<p class=\"soft\">{saved}</p>\n<ol class=\"log\">\n"
    )
}

pub(super) const FOOT: &str = "</ol>\n</main>\n</body>\n</html>\n";

const STYLE: &str = "\
:root{color-scheme:light dark;--ink:light-dark(#2b241d,#f0ece4);--soft:light-dark(#6b6157,#b8b0a5);\
--paper:light-dark(#fcfaf7,#171310);--raised:light-dark(#fff,#221d19);--line:light-dark(#e5dfd6,#3b342d);\
--mine:light-dark(#f3ece2,#33291f)}\
body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.5 system-ui,sans-serif}\
main{max-width:46rem;margin:0 auto;padding:2rem 1rem}h1{margin:0;font-size:1.5rem}\
.soft,.notice,.day,.who,.alt{color:var(--soft)}.log{margin:1.5rem 0;padding:0;list-style:none}\
.day,.notice{margin:.75rem 0;text-align:center;font-size:.875rem}.day{font-weight:650}\
.message{margin:.6rem 0;padding:.5rem .9rem;border:1px solid var(--line);border-radius:1rem;background:var(--raised);\
overflow-wrap:anywhere;unicode-bidi:plaintext}\
.mine{background:var(--mine)}.message p{margin:.2rem 0;white-space:pre-wrap}.message .who{font-size:.8125rem}\
.message .who b{color:var(--ink)}.message li{white-space:pre-wrap;unicode-bidi:plaintext}\
.dash{list-style:disc}.quote,blockquote{margin:.2rem 0;padding-inline-start:.7rem;border-inline-start:3px solid var(--line)}\
a{color:inherit}.quote a{text-decoration:none;color:var(--soft)}\
code{padding:.1em .3em;border-radius:.3rem;background:var(--paper);font:.9em/1.5 ui-monospace,monospace}\
pre{overflow:auto;padding:.6rem;border-radius:.6rem;background:var(--paper)}pre code{padding:0}\
img{display:block;max-width:100%;height:auto;border-radius:.75rem}audio{width:100%}.alt{font-size:.8125rem}\
.message .reactions{display:flex;flex-wrap:wrap;gap:.3rem .9rem;margin:.3rem 0 0;padding:0;list-style:none;font-size:.875rem}";

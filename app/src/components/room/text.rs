use leptos::{either::Either, prelude::*};
use linkify::{LinkFinder, LinkKind};

/// A part of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Plain(String),
    /// A web address, as it was written.
    Link(String),
}

/// Finds the web addresses in a text. Only http and https: other schemes can do things.
fn pieces(text: &str) -> Vec<Piece> {
    let mut finder = LinkFinder::new();
    finder.kinds(&[LinkKind::Url]);
    finder
        .spans(text)
        .map(|span| {
            let words = span.as_str().to_owned();
            let lower = words.get(..8).unwrap_or(&words).to_ascii_lowercase();
            let web = span.kind().is_some() && (lower.starts_with("http://") || lower.starts_with("https://"));
            if web { Piece::Link(words) } else { Piece::Plain(words) }
        })
        .collect()
}

/// What somebody wrote: text nodes and links, nothing else can come of it. Links open beside the chat, and the page
/// behind them learns nothing of it.
#[component]
pub(super) fn Text(text: String) -> impl IntoView {
    pieces(&text)
        .into_iter()
        .map(|piece| match piece {
            Piece::Plain(words) => Either::Left(words),
            Piece::Link(url) => {
                let href = url.clone();
                Either::Right(view! { <a href=href target="_blank" rel="noopener noreferrer nofollow">{url}</a> })
            }
        })
        .collect::<Vec<_>>()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn links(text: &str) -> Vec<String> {
        pieces(text)
            .into_iter()
            .filter_map(|piece| match piece {
                Piece::Link(url) => Some(url),
                Piece::Plain(_) => None,
            })
            .collect()
    }

    #[test]
    fn web_addresses_become_links_without_the_punctuation_around_them() {
        assert_eq!(
            links("See https://example.org/a?b=1, or (http://example.com/x)."),
            ["https://example.org/a?b=1", "http://example.com/x"]
        );
    }

    #[test]
    fn nothing_else_does() {
        assert!(
            links("javascript:alert(1) file:///etc/passwd data:text/html,hi ftp://a.b mail@example.org").is_empty()
        );
        assert!(links("javascript://example.org/%0aalert(1)").is_empty());
    }

    #[test]
    fn no_character_is_lost() {
        let text = "a  https://example.org\n\tb <script>";
        let joined: String = pieces(text)
            .into_iter()
            .map(|piece| match piece {
                Piece::Plain(words) | Piece::Link(words) => words,
            })
            .collect();
        assert_eq!(joined, text);
    }
}

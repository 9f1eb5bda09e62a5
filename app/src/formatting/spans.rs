//! Words: which of them are bold, italic, code, a web address.

use linkify::{LinkFinder, LinkKind};

use super::Span;

/// Reads the marks in the words of a block.
pub(super) fn spans(text: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let (mut from, mut at) = (0, 0);
    // Code first: nothing in it is a mark.
    while let Some(offset) = text[at..].find('`') {
        let start = at + offset;
        let ticks = run(&text[start..], '`');
        let inside = start + ticks;
        at = inside;
        if let Some(length) = closing_ticks(&text[inside..], ticks) {
            push_linked(&mut spans, &text[from..start]);
            spans.push(Span::Code(unpadded(&text[inside..inside + length]).to_owned()));
            at = inside + length + ticks;
            from = at;
        }
    }
    push_linked(&mut spans, &text[from..]);
    spans
}

/// How often a character is repeated at the beginning of a text.
fn run(text: &str, mark: char) -> usize {
    text.chars().take_while(|&c| c == mark).count()
}

/// How far it is to as many backticks as there were before: at least one character.
fn closing_ticks(text: &str, ticks: usize) -> Option<usize> {
    let mut at = 0;
    while let Some(offset) = text[at..].find('`') {
        let found = run(&text[at + offset..], '`');
        if found == ticks {
            let code = &text[..at + offset];
            return (!code.trim().is_empty()).then_some(at + offset);
        }
        at += offset + found;
    }
    None
}

/// Code that begins or ends with a backtick is typed with a space beside it.
fn unpadded(code: &str) -> &str {
    match code.strip_prefix(' ').and_then(|code| code.strip_suffix(' ')) {
        Some(inner) if inner.starts_with('`') || inner.ends_with('`') => inner,
        _ => code,
    }
}

/// Web addresses are whole: their underscores are no marks. Only http and https: other schemes can do things.
fn push_linked(spans: &mut Vec<Span>, text: &str) {
    let mut finder = LinkFinder::new();
    finder.kinds(&[LinkKind::Url]);
    let links = finder.links(text).filter(|link| {
        let begin = link.as_str().get(..8).unwrap_or(link.as_str()).to_ascii_lowercase();
        begin.starts_with("http://") || begin.starts_with("https://")
    });
    let links: Vec<(usize, usize)> = links.map(|link| (link.start(), link.end())).collect();
    push_marked(spans, text, 0, &links);
}

/// A mark that opens and closes.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Mark {
    mark: char,
    /// How often it is repeated.
    times: usize,
}

impl Mark {
    fn around(self, inner: Vec<Span>) -> Span {
        if self.mark == '*' {
            Span::Bold(inner)
        } else {
            Span::Italic(inner)
        }
    }
}

/// `text` begins at `offset` of the text in which `links` are.
fn push_marked(spans: &mut Vec<Span>, text: &str, offset: usize, links: &[(usize, usize)]) {
    let (mut from, mut at) = (0, 0);
    // Marks that are not closed before this place.
    let mut open_until = [
        (Mark { mark: '*', times: 1 }, 0),
        (Mark { mark: '*', times: 2 }, 0),
        (Mark { mark: '_', times: 1 }, 0),
    ];
    while let Some(next) = text[at..].find(['*', '_']) {
        let start = at + next;
        if let Some(&(_, end)) = links
            .iter()
            .find(|&&(begin, end)| (begin..end).contains(&(offset + start)))
        {
            at = end - offset;
            continue;
        }
        let mark = if text[start..].starts_with('*') { '*' } else { '_' };
        let times = run(&text[start..], mark);
        let inside = start + times;
        at = inside;
        let Some((mark, searched)) = open_until.iter_mut().find(|(known, _)| *known == Mark { mark, times }) else {
            continue;
        };
        let before = text[..start].chars().next_back();
        let after = text[inside..].chars().next();
        if start < *searched
            || before.is_some_and(|before| is_of_word(before) || before == '\\')
            || after.is_none_or(char::is_whitespace)
        {
            continue;
        }
        match closing(text, inside, *mark, offset, links) {
            Ok(end) => {
                let mark = *mark;
                push_plain(spans, &text[from..start], offset + from, links);
                let mut inner = Vec::new();
                push_marked(&mut inner, &text[inside..end], offset + inside, links);
                spans.push(mark.around(inner));
                at = end + times;
                from = at;
            }
            Err(line_end) => *searched = line_end,
        }
    }
    push_plain(spans, &text[from..], offset + from, links);
}

/// Where a mark closes that opened before `from`; else where its line ends.
fn closing(
    text: &str,
    from: usize,
    Mark { mark, times }: Mark,
    offset: usize,
    links: &[(usize, usize)],
) -> Result<usize, usize> {
    let line_end = text[from..].find('\n').map_or(text.len(), |end| from + end);
    let mut at = from;
    while let Some(next) = text[at..line_end].find(mark) {
        let start = at + next;
        let end = start + run(&text[start..], mark);
        let is_linked = links
            .iter()
            .any(|&(begin, end)| (begin..end).contains(&(offset + start)));
        let before = text[from..start].chars().next_back();
        let after = text[end..].chars().next();
        if end - start == times
            && !is_linked
            && before.is_some_and(|before| !before.is_whitespace())
            && !after.is_some_and(is_of_word)
        {
            return Ok(start);
        }
        at = end;
    }
    Err(line_end)
}

/// Whether a character beside a mark says that the mark is one of a word's own, as in `snake_case` and `2*3`. Scripts
/// that write no spaces have no such words.
fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() && !('\u{2E80}'..='\u{FFDC}').contains(&c)
}

fn push_plain(spans: &mut Vec<Span>, text: &str, offset: usize, links: &[(usize, usize)]) {
    let mut from = 0;
    let end = offset + text.len();
    for &(begin, stop) in links.iter().filter(|&&(begin, stop)| begin >= offset && stop <= end) {
        push_text(spans, &text[from..begin - offset]);
        spans.push(Span::Link(text[begin - offset..stop - offset].to_owned()));
        from = stop - offset;
    }
    push_text(spans, &text[from..]);
}

fn push_text(spans: &mut Vec<Span>, text: &str) {
    if !text.is_empty() {
        spans.push(Span::Text(text.to_owned()));
    }
}

use app::{
    formatting::{Block, Item, Span, parse},
    saved::{Overview, Part, Writer},
    words::Language,
};
use wire::{
    domain::{ClientId, MessageText, Nickname, ParticipantId, Seq, Timestamp},
    protocol::{Attendance, Body, Entry},
};

const AT: Timestamp = Timestamp::from_millis(1_763_890_000_000);

/// What people write: its marks are read without losing a letter, and as HTML it is text within our own elements.
///
/// # Panics
/// Where that is not so.
pub fn text(bytes: &[u8]) {
    let Ok(typed) = std::str::from_utf8(bytes) else {
        return;
    };
    let Ok(text) = MessageText::parse(typed) else {
        return;
    };
    let read = parse(text.as_str());
    // What follows a fence names a language, and is not shown.
    if !text.as_str().contains("```") {
        let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).collect::<String>();
        assert_eq!(letters(&words(&read)), letters(text.as_str()));
    }
    let name = Nickname::parse(typed)
        .or_else(|_| Nickname::parse("Maya"))
        .expect("a name");
    only_our_elements(&written(name, &text));
}

/// The texts of a tree, in order.
fn words(blocks: &[Block]) -> String {
    fn spans(some: &[Span]) -> String {
        let span = |span: &Span| match span {
            Span::Text(text) | Span::Link(text) | Span::Code(text) => text.clone(),
            Span::Bold(inner) | Span::Italic(inner) => spans(inner),
        };
        some.iter().map(span).collect()
    }
    fn items(list: &[Item]) -> String {
        let item = |item: &Item| spans(&item.spans) + &items(item.under.as_deref().unwrap_or_default());
        list.iter().map(item).collect()
    }
    let block = |block: &Block| match block {
        Block::Text(words) => spans(words),
        Block::Code(code) => code.clone(),
        Block::Quote(inner) => words(inner),
        Block::List(list) => items(list),
    };
    blocks.iter().map(block).collect()
}

/// A message, and an answer to it, as a saved conversation has them.
fn written(name: Nickname, text: &MessageText) -> String {
    let from = ParticipantId::parse("anon_maya".to_owned()).expect("an id");
    let people = [Attendance {
        id: from.clone(),
        name,
        online: true,
        removed: false,
    }];
    let said = |seq, reply_to| Entry::Message {
        seq: Seq(seq),
        at: AT,
        from: from.clone(),
        client_id: ClientId::parse(format!("c{seq}")).expect("an id"),
        body: Body::answer(text.clone(), reply_to),
    };
    let entries = [said(1, None), said(2, Some(Seq(1)))];
    let mut overview = Overview::default();
    entries.iter().for_each(|entry| overview.note(entry));
    let mut writer = Writer::new(Language::default(), &people, from.clone(), overview);
    let parts = entries.iter().flat_map(|entry| writer.entry(entry)).collect::<Vec<_>>();
    let part = |part| match part {
        Part::Html(html) => html,
        Part::Media(_) => String::new(),
    };
    parts.into_iter().map(part).collect()
}

/// Elements that may be there, and their attributes.
const ELEMENTS: [(&str, &[&str]); 14] = [
    ("a", &["href", "rel"]),
    ("b", &[]),
    ("bdi", &[]),
    ("blockquote", &["dir"]),
    ("code", &[]),
    ("em", &[]),
    ("i", &[]),
    ("li", &["class", "id", "value"]),
    ("ol", &["dir"]),
    ("p", &["class", "dir"]),
    ("pre", &["dir"]),
    ("span", &["class"]),
    ("strong", &[]),
    ("time", &["datetime"]),
];

/// Reads HTML as strictly as nobody does: what is not an element of ours in good order is text, and text has no `<`.
fn only_our_elements(html: &str) {
    let mut open = Vec::new();
    let mut rest = html;
    while let Some((text, after)) = rest.split_once('<') {
        assert!(!text.contains('>') && !text.contains('"'), "{text:?} in {html}");
        let (tag, after) = after.split_once('>').expect("an end");
        rest = after;
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "{html}");
            continue;
        }
        let (name, mut attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        let known = ELEMENTS.iter().find(|(known, _)| *known == name);
        let (name, allowed) = known.unwrap_or_else(|| panic!("<{tag}> in {html}"));
        open.push(*name);
        while !attributes.is_empty() {
            let (attribute, value) = attributes.split_once("=\"").expect("a value");
            assert!(allowed.contains(&attribute), "{attribute} in {html}");
            let (value, after) = value.split_once('"').expect("its end");
            let value = value.to_ascii_lowercase();
            let is_address = value.starts_with("http://") || value.starts_with("https://") || value.starts_with('#');
            assert!(attribute != "href" || is_address, "{value} in {html}");
            attributes = after.trim_start();
        }
    }
    assert!(open.is_empty() && !rest.contains('>'), "{html}");
}

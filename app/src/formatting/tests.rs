use super::*;

/// A short way to write a tree: `b(…)`, `i(…)`, `c(…)`, `l(…)`, blocks parted by ` / `.
fn shape(text: &str) -> String {
    parse(text).iter().map(block).collect::<Vec<_>>().join(" / ")
}

fn block(block: &Block) -> String {
    match block {
        Block::Text(spans) => words(spans),
        Block::Code(code) => format!("code({code})"),
        Block::Quote(blocks) => format!(
            "quote({})",
            blocks.iter().map(self::block).collect::<Vec<_>>().join(" / ")
        ),
        Block::List(items) => list(items),
    }
}

fn list(items: &[Item]) -> String {
    let item = |item: &Item| {
        let number = item.number.map_or("-".to_owned(), |number| format!("{number}."));
        let under = item
            .under
            .as_deref()
            .map(|items| format!(" {}", list(items)))
            .unwrap_or_default();
        format!("{number} {}{under}", words(&item.spans))
    };
    format!("list({})", items.iter().map(item).collect::<Vec<_>>().join(", "))
}

fn words(spans: &[Span]) -> String {
    let word = |span: &Span| match span {
        Span::Text(text) => text.clone(),
        Span::Link(url) => format!("l({url})"),
        Span::Code(code) => format!("c({code})"),
        Span::Bold(spans) => format!("b({})", words(spans)),
        Span::Italic(spans) => format!("i({})", words(spans)),
    };
    spans.iter().map(word).collect()
}

#[test]
fn marks_around_words_are_taken() {
    for (text, expected) in [
        ("*bold* and _italic_", "b(bold) and i(italic)"),
        ("**bold** too", "b(bold) too"),
        ("_*both*_ *_both_*", "i(b(both)) b(i(both))"),
        ("(*so*), \"_this_\"!", "(b(so)), \"i(this)\"!"),
        ("`code` and ``co`de``", "c(code) and c(co`de)"),
        ("`` `tick` ``", "c(`tick`)"),
        ("*two words* here", "b(two words) here"),
        ("他说*很好*吧", "他说b(很好)吧"),
        ("*a*\n*b*", "b(a)\nb(b)"),
        ("*один* _два_", "b(один) i(два)"),
    ] {
        assert_eq!(shape(text), expected, "{text}");
    }
}

#[test]
fn what_is_no_mark_stays_as_it_was_typed() {
    for text in [
        "2*3*4 = 24",
        "snake_case_name and __init__",
        "so * not bold *",
        "a * b * c",
        "*open",
        "*across\nlines*",
        "***",
        "____",
        "¯\\_(ツ)_/¯",
        "a ` tick",
        "``",
        "` `",
        ">_< and >not a quote",
        "-5 degrees, - ",
        "2026. was a year",
        "  - laid out by hand\n    1. too",
        "<b>bold</b> &amp; &lt;script&gt;",
        "# no heading\n---\n| a | b |\n[a](javascript:b) ![x](y)",
        "```\nno end",
        "one\n\n\nfour",
    ] {
        assert_eq!(shape(text), text);
        assert_eq!(parse(text).len(), 1, "{text}");
    }
}

#[test]
fn nothing_in_code_is_a_mark() {
    assert_eq!(shape("`*a* _b_ https://example.org`"), "c(*a* _b_ https://example.org)");
    assert_eq!(
        shape("```rust\nlet *a* = `b`;\n\n- x\n```"),
        "code(let *a* = `b`;\n\n- x)"
    );
}

#[test]
fn web_addresses_are_whole_and_of_the_web() {
    for (text, expected) in [
        ("https://example.org/a_b_c_*d*e", "l(https://example.org/a_b_c_*d*e)"),
        (
            "See https://example.org/a?b=1, or (HTTP://example.com/x).",
            "See l(https://example.org/a?b=1), or (l(HTTP://example.com/x)).",
        ),
        (
            "_see https://example.org/a_b_ now_",
            "i(see l(https://example.org/a_b_) now)",
        ),
        ("*https://example.org*", "b(l(https://example.org))"),
        ("- https://example.org/x_y_", "list(- l(https://example.org/x_y_))"),
    ] {
        assert_eq!(shape(text), expected, "{text}");
    }
}

#[test]
fn other_schemes_are_no_links() {
    for text in [
        "javascript:alert(1) file:///etc/passwd data:text/html,hi ftp://a.b mail@example.org",
        "javascript://example.org/%0aalert(1)",
    ] {
        assert_eq!(shape(text), text);
    }
}

#[test]
fn lines_are_quotes_lists_and_code() {
    for (text, expected) in [
        (
            "Buy:\n- *milk*\n- eggs\nThanks",
            "Buy: / list(- b(milk), - eggs) / Thanks",
        ),
        ("1. one\n2) two\n7. seven", "list(1. one, 2. two, 7. seven)"),
        (
            "- a\n  - b\n    - c\n  - d\n- e",
            "list(- a list(- b list(- c), - d), - e)",
        ),
        ("> you said\n>\n> that\nYes", "quote(you said\n\nthat) / Yes"),
        ("> > deep\n> less", "quote(quote(deep) / less)"),
        ("> - a\n> - b", "quote(list(- a, - b))"),
        (
            "See:\n\n```\nfn main() {}\n```\n\nDone",
            "See: / code(fn main() {}) / Done",
        ),
    ] {
        assert_eq!(shape(text), expected, "{text}");
    }
}

#[test]
fn marks_nest_so_deep_and_no_deeper() {
    let deep = format!("{} x", ">".repeat(100));
    let mut depth = 0;
    let mut blocks = parse(&deep);
    while let Some(Block::Quote(inner)) = blocks.pop() {
        depth += 1;
        blocks = inner;
    }
    assert_eq!(depth, DEPTH);
    let stairs: String = (0..50).map(|n| format!("{}- {n}\n", " ".repeat(2 * n))).collect();
    assert!(shape(&stairs).matches("list(").count() <= DEPTH + 1);
}

/// Letters and digits, in order.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// A text of marks and words, by the seed.
fn scribble(seed: u64, length: usize) -> String {
    const PARTS: [&str; 24] = [
        "*",
        "_",
        "`",
        "```",
        "**",
        "\n",
        " ",
        "> ",
        "- ",
        "12. ",
        "a",
        "word",
        "https://x.org/a_b*c",
        "é",
        "漢",
        "🎉",
        "(",
        "\\",
        "<b>",
        "\n\n",
        "  ",
        "#",
        "&",
        "'",
    ];
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        PARTS[usize::try_from(state % PARTS.len() as u64).unwrap_or(0)]
    };
    (0..length).map(|_| next()).collect()
}

#[test]
fn no_word_is_lost_whatever_the_marks() {
    for seed in 0..20_000 {
        let text = scribble(seed, 40);
        let shown = unmarked(&parse(&text));
        // A fence may name its language, which is not shown.
        if !text.contains("```") {
            assert_eq!(letters(&shown), letters(&text), "{text:?}");
        }
    }
}

fn unmarked(blocks: &[Block]) -> String {
    fn of_items(items: &[Item]) -> String {
        let item = |item: &Item| {
            let number = item.number.map(|number| number.to_string()).unwrap_or_default();
            number + &of_spans(&item.spans) + &item.under.as_deref().map(of_items).unwrap_or_default()
        };
        items.iter().map(item).collect()
    }
    fn of_spans(spans: &[Span]) -> String {
        let span = |span: &Span| match span {
            Span::Text(text) | Span::Link(text) | Span::Code(text) => text.clone(),
            Span::Bold(spans) | Span::Italic(spans) => of_spans(spans),
        };
        spans.iter().map(span).collect()
    }
    let block = |block: &Block| match block {
        Block::Text(spans) => of_spans(spans),
        Block::Code(code) => code.clone(),
        Block::Quote(blocks) => unmarked(blocks),
        Block::List(items) => of_items(items),
    };
    blocks.iter().map(block).collect()
}

#[test]
fn emoji_alone_are_known() {
    let is_flag_of_a_region = |emoji: &&emojis::Emoji| emoji.as_str().starts_with('\u{1F3F4}');
    let missed: Vec<_> = emojis::iter()
        .filter(|emoji| !emoji_alone(emoji.as_str()) && !is_flag_of_a_region(emoji))
        .map(emojis::Emoji::as_str)
        .collect();
    assert!(missed.len() < 40, "{} {missed:?}", missed.len());
    for text in ["👍", "🎉🎉🎉", "👩‍👩‍👧‍👦 ❤️", "🇸🇾🇩🇪", "1️⃣"] {
        assert!(emoji_alone(text), "{text}");
    }
    for text in [
        "",
        " ",
        "👍👍👍👍",
        "ok 👍",
        "1",
        "#",
        "12",
        "*",
        "→",
        "©",
        "漢",
        "\u{200D}",
        "\u{FE0F}",
    ] {
        assert!(!emoji_alone(text), "{text}");
    }
}

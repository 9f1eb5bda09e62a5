//! Lines: which of them are code, quotes, lists.

use super::{Block, DEPTH, Item, spans::spans};

const FENCE: &str = "```";

/// Spaces by which a line of a list stands under another.
const STEP: usize = 2;

/// Digits of a number in a list. Years are none.
const DIGITS: usize = 3;

pub(super) fn blocks(lines: &[&str], depth: usize) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut text: Vec<&str> = Vec::new();
    let mut rest = lines;
    while let Some((&line, others)) = rest.split_first() {
        let found = fenced(rest)
            .or_else(|| quoted(rest, depth))
            .or_else(|| listed(rest, depth));
        if let Some((block, taken)) = found {
            push_text(&mut blocks, &mut text);
            blocks.push(block);
            rest = &rest[taken..];
        } else {
            text.push(line);
            rest = others;
        }
    }
    push_text(&mut blocks, &mut text);
    blocks
}

/// Ends a text. Blank lines between it and another block are the other block's distance.
fn push_text(blocks: &mut Vec<Block>, lines: &mut Vec<&str>) {
    let is_blank = |line: &&str| line.trim().is_empty();
    let first = lines.iter().position(|line| !is_blank(line));
    let last = lines.iter().rposition(|line| !is_blank(line));
    if let (Some(first), Some(last)) = (first, last) {
        blocks.push(Block::Text(spans(&lines[first..=last].join("\n"))));
    }
    lines.clear();
}

/// A block at the beginning of these lines, and how many of them it takes.
type Found = Option<(Block, usize)>;

fn fenced(lines: &[&str]) -> Found {
    // What follows the fence names a language: nothing that could be code.
    let language = lines.first()?.strip_prefix(FENCE)?.trim_end();
    if !language
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || "+-#.".contains(c))
    {
        return None;
    }
    let end = lines.iter().skip(1).position(|line| line.trim_end() == FENCE)?;
    let code = lines[1..=end].join("\n");
    (!code.trim().is_empty()).then_some((Block::Code(code), end + 2))
}

fn quoted(lines: &[&str], depth: usize) -> Found {
    if depth == DEPTH {
        return None;
    }
    let inner = |line: &&'_ str| -> Option<usize> {
        let quoted = line.strip_prefix('>')?;
        // `>_<` is a face.
        match quoted.chars().next() {
            None => Some(1),
            Some(' ') => Some(2),
            Some('>') => Some(1),
            Some(_) => None,
        }
    };
    let quoted: Vec<&str> = lines.iter().map_while(|line| Some(&line[inner(line)?..])).collect();
    let blocks = blocks(&quoted, depth + 1);
    (!blocks.is_empty()).then_some((Block::Quote(blocks), quoted.len()))
}

/// A line of a list: how far it stands in, its number, its words.
struct Listed<'a> {
    indent: usize,
    number: Option<u32>,
    words: &'a str,
}

fn listed_line(line: &str) -> Option<Listed<'_>> {
    let marked = line.trim_start_matches(' ');
    let indent = line.len() - marked.len();
    let (number, words) = if let Some(words) = ["- ", "* ", "• "].iter().find_map(|dash| marked.strip_prefix(dash)) {
        (None, words)
    } else {
        let digits = marked.bytes().take_while(u8::is_ascii_digit).count();
        if !(1..=DIGITS).contains(&digits) {
            return None;
        }
        let words = [". ", ") "].iter().find_map(|dot| marked[digits..].strip_prefix(dot))?;
        (Some(marked[..digits].parse().ok()?), words)
    };
    let is_empty = words.trim().is_empty();
    (!is_empty).then_some(Listed { indent, number, words })
}

fn listed(lines: &[&str], depth: usize) -> Found {
    let lines: Vec<Listed<'_>> = lines.iter().map_while(|line| listed_line(line)).collect();
    // What stands in from the beginning is laid out by hand.
    if lines.first()?.indent > 0 {
        return None;
    }
    Some((Block::List(items(&lines, depth)), lines.len()))
}

fn items(lines: &[Listed<'_>], depth: usize) -> Vec<Item> {
    let mut items = Vec::new();
    let mut rest = lines;
    while let Some((line, others)) = rest.split_first() {
        let is_under = |other: &&Listed<'_>| depth < DEPTH && other.indent >= line.indent + STEP;
        let under = others.iter().take_while(is_under).count();
        items.push(Item {
            number: line.number,
            spans: spans(line.words),
            under: (under > 0).then(|| self::items(&others[..under], depth + 1)),
        });
        rest = &others[under..];
    }
    items
}

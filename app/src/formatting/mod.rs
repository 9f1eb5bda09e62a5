//! What people write with light marks, as a tree: bold, italic, code, lists, quotes, web addresses.
//!
//! The marks are those of other messengers: `*bold*`, `_italic_`, `` `code` ``, three backticks around lines of code,
//! `- ` or `1. ` before what is listed, `> ` before what is quoted. What is no mark stays as it was typed; there is no
//! mark for HTML, and nothing that could be read as one: whoever shows the tree makes text of its texts.
//!
//! Why no Markdown library: half of Markdown (headings, images, tables, entities) is nothing that a chat should do to
//! what somebody types, and the parsers are large. In a bare wasm, by brotli: pulldown-cmark 0.13 60 kB, jotdown 0.7
//! 36 kB; a whole visit has about 330 kB without either.
//!
//! Bounded: marks nest no deeper than [`DEPTH`], and every search for an end is made once a line.

mod blocks;
mod emoji;
mod spans;

pub use emoji::emoji_alone;

/// How deep quotes and lists nest. Deeper ones are shown as typed.
const DEPTH: usize = 3;

/// Lines that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// Words. Line ends and blank lines in them are the author's.
    Text(Vec<Span>),
    /// Lines of code, as typed.
    Code(String),
    /// What somebody else said.
    Quote(Vec<Block>),
    /// What is listed.
    List(Vec<Item>),
}

/// One of what is listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The number that was typed before it; none for a dash.
    pub number: Option<u32>,
    /// Its words.
    pub spans: Vec<Span>,
    /// What is listed under it. Never empty where there is one.
    pub under: Option<Vec<Item>>,
}

/// Words of one look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Span {
    /// As they are.
    Text(String),
    /// A web address, as it was typed.
    Link(String),
    /// Code, as it was typed.
    Code(String),
    /// Bold.
    Bold(Vec<Span>),
    /// Italic.
    Italic(Vec<Span>),
}

/// Reads the marks in a text.
#[must_use]
pub fn parse(text: &str) -> Vec<Block> {
    let lines: Vec<&str> = text.split('\n').collect();
    blocks::blocks(&lines, 0)
}

#[cfg(all(test, feature = "ssr"))]
mod tests;

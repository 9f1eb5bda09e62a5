//! What a page makes of the frames of a server that may be newer than the page is.
//!
//! What it does not know it leaves out: a field, a value, somebody in a list. What is left is read as ever. So an entry of
//! an unknown type still has its place in the log, and no odd value costs the welcome.

use serde_json::{Map, Value};

use super::{ServerFrame, flat::FlatFrame};
use crate::domain::{Seq, Timestamp};

/// What came over the socket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    /// A frame that this page knows, perhaps without what it does not know of it.
    Frame(ServerFrame),
    /// An entry of a type that it does not know.
    Newer {
        /// Its place in the log.
        seq: Seq,
        /// When the log took it.
        at: Timestamp,
    },
    /// A welcome of which too little is left: the page is too old for this server.
    Outdated,
    /// What is none of its business: a signal of a newer server, or no frame at all.
    Nothing,
}

/// Reads a frame, as far as it can be read.
#[must_use]
pub fn hear(text: &str) -> Heard {
    match serde_json::from_str(text) {
        Ok(frame) => Heard::Frame(frame),
        Err(_) => serde_json::from_str::<Map<String, Value>>(text).map_or(Heard::Nothing, salvage),
    }
}

fn salvage(frame: Map<String, Value>) -> Heard {
    let is_welcome = frame.get("type").is_some_and(|kind| kind == "welcome");
    let readable = frame.into_iter().filter_map(|(name, value)| {
        let value = match value {
            Value::Array(all) => Value::Array(
                all.into_iter()
                    .filter(|one| reads(&name, &Value::Array(vec![one.clone()])))
                    .collect(),
            ),
            value => value,
        };
        reads(&name, &value).then_some((name, value))
    });
    let Some(flat) = flat(&readable.collect()) else {
        return Heard::Nothing;
    };
    let place = flat.place();
    match (ServerFrame::try_from(flat), place) {
        (Ok(frame), _) => Heard::Frame(frame),
        (Err(_), _) if is_welcome => Heard::Outdated,
        (Err(_), Some((seq, at))) => Heard::Newer { seq, at },
        (Err(_), None) => Heard::Nothing,
    }
}

/// Whether the page can read this value of the field `name`.
fn reads(name: &str, value: &Value) -> bool {
    let mut alone = Map::new();
    alone.insert("type".to_owned(), Value::String(String::new()));
    alone.insert(name.to_owned(), value.clone());
    flat(&alone).is_some()
}

// By way of its text: another way into the types would be another copy of all their code.
fn flat(frame: &Map<String, Value>) -> Option<FlatFrame> {
    serde_json::from_str(&serde_json::to_string(frame).ok()?).ok()
}

#[cfg(test)]
mod tests;

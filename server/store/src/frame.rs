//! What goes over the wire of an entry. It is encoded once, here, as soon as the log knows when it takes the entry; what the
//! database keeps, what memory keeps and what every reader is sent are copies of that.

use std::fmt;

use bytes::Bytes;
use wire::{
    domain::{MediaId, Seq, Timestamp},
    protocol::{Header, Op, Written},
};

use crate::{
    body::{RawBody, encoded},
    draft::{Act, Draft, Fresh, Notice},
};

/// An entry that is in a log.
#[derive(Clone, PartialEq, Eq)]
pub struct Logged {
    /// Its place.
    pub seq: Seq,
    /// What goes over the wire.
    pub frame: Bytes,
}

impl fmt::Debug for Logged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Logged").field("seq", &self.seq).finish_non_exhaustive()
    }
}

/// An entry as it goes over the wire, but for its end, where its number stands: so it is kept in rows that have the number
/// beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unnumbered(String);

/// What is left of a deleted message beside its header, for readers that know no `deleted`.
const DELETED: &str = r#"{"v":1,"kind":"deleted"}"#;

/// How an entry ends that has no number yet.
const NO_NUMBER: &str = r#","seq":0}"#;

impl Unnumbered {
    /// What an entry is that the log takes now.
    pub(crate) fn of(fresh: &Fresh, at: Timestamp) -> Self {
        let seq = Seq(0);
        let left = |participant, removed| Written::Left {
            at,
            participant,
            removed,
            seq,
        };
        match fresh {
            Fresh::Said(draft) => Self::said(draft, at),
            Fresh::Told(Notice::Joined(participant)) => Self::written(&Written::Joined { at, participant, seq }, None),
            Fresh::Told(Notice::Left(participant)) => Self::written(&left(participant, false), None),
            Fresh::Told(Notice::Removed(participant)) => Self::written(&left(participant, true), None),
            Fresh::Told(Notice::Changed { by, change }) => {
                let (by, change) = (by.as_ref(), *change);
                Self::written(&Written::Changed { at, by, change, seq }, None)
            }
        }
    }

    /// What is said now.
    pub(crate) fn said(Draft { from, client_id, act }: &Draft, at: Timestamp) -> Self {
        let (op, target, media, body) = match act {
            Act::Say { media, body } => (Op::Say, None, media.as_slice(), Some(body)),
            Act::Edit { target, media, body } => (Op::Edit, Some(*target), media.as_slice(), Some(body)),
            Act::Delete { target } => (Op::Delete, Some(*target), &[][..], None),
        };
        let message = Written::Message {
            at,
            from,
            client_id,
            op,
            target,
            media,
            edited: false,
            deleted: false,
            body: None,
            seq: Seq(0),
        };
        Self::written(&message, body.map(RawBody::as_str))
    }

    /// What a message becomes that gets another body.
    pub(crate) fn edited(header: &Header, media: &[MediaId], body: &RawBody) -> Self {
        Self::amended(header, Op::Say, media, (true, false), Some(body.as_str()))
    }

    /// What a message becomes that is deleted.
    pub(crate) fn deleted(header: &Header) -> Self {
        Self::amended(header, Op::Say, &[], (false, true), Some(DELETED))
    }

    /// What an edit becomes when nothing is to be left of its words.
    pub(crate) fn wordless(header: &Header) -> Self {
        Self::amended(header, header.op, &[], (false, false), None)
    }

    fn amended(
        header: &Header,
        op: Op,
        media: &[MediaId],
        (edited, deleted): (bool, bool),
        body: Option<&str>,
    ) -> Self {
        let message = Written::Message {
            at: header.at,
            from: &header.from,
            client_id: &header.client_id,
            op,
            target: header.target,
            media,
            edited,
            deleted,
            body: None,
            seq: Seq(0),
        };
        Self::written(&message, body)
    }

    /// The header, then the body.
    fn written(header: &Written<'_>, body: Option<&str>) -> Self {
        let mut text = encoded(header);
        text.truncate(text.len().saturating_sub(NO_NUMBER.len()));
        if let Some(body) = body {
            text += r#","body":"#;
            text += body;
        }
        Self(text)
    }

    /// One that a database has kept.
    pub(crate) fn kept(text: String) -> Self {
        Self(text)
    }

    /// What stands in a row.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// Bytes that it takes in a row.
    pub(crate) fn len(&self) -> u64 {
        self.0.len() as u64
    }

    /// What stands before the body, where it is a message.
    pub(crate) fn header(&self) -> Option<Header> {
        Header::read(&self.numbered(Seq(0)).frame)
    }

    /// The entry of this number.
    pub(crate) fn numbered(&self, seq: Seq) -> Logged {
        let frame = format!("{},\"seq\":{seq}}}", self.0);
        Logged {
            seq,
            frame: frame.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use wire::{
        domain::{ClientId, MessageText, Nickname, ParticipantId},
        protocol::{Body, Change, Entry, Participant, Version},
    };

    use super::*;

    const AT: Timestamp = Timestamp::from_millis(1_763_890_000_123);

    fn maya() -> Participant {
        Participant {
            id: ParticipantId::parse("anon_maya").expect("an id"),
            name: Nickname::parse("Maya \"\\\" \u{1F600}").expect("a name"),
        }
    }

    fn words(text: &str) -> Body {
        Body::text(MessageText::parse(text).expect("a text"))
    }

    fn says(act: Act) -> Fresh {
        Fresh::Said(Draft {
            from: maya().id,
            client_id: ClientId::parse("c1").expect("an id"),
            act,
        })
    }

    fn read(entry: &Logged) -> Entry {
        serde_json::from_slice(&entry.frame).expect("an entry")
    }

    #[test]
    fn an_entry_is_written_as_the_protocol_writes_it() {
        let media = vec![MediaId::parse("Vq3nT8-zKw_2Vq3nT8-zKw").expect("an id")];
        let (target, body) = (Seq(3), RawBody::of(&words("\"Hello\" \\ \u{2028}\n")));
        for fresh in [
            says(Act::Say {
                media: Vec::new(),
                body: body.clone(),
            }),
            says(Act::Edit { target, media, body }),
            says(Act::Delete { target }),
            Fresh::Told(Notice::Joined(maya())),
            Fresh::Told(Notice::Left(maya())),
            Fresh::Told(Notice::Removed(maya())),
            Fresh::Told(Notice::Changed {
                by: Some(maya()),
                change: Change::Locked(true),
            }),
        ] {
            let entry = Unnumbered::of(&fresh, AT).numbered(Seq(7));
            let mut written: serde_json::Value = serde_json::to_value(read(&entry)).expect("JSON");
            let told: serde_json::Value = serde_json::from_slice(&entry.frame).expect("JSON");
            if told["op"] == "edit" {
                // A page that edits words shows no uploads with them.
                written["media"] = told["media"].clone();
            }
            assert_eq!(written, told);
            assert_eq!((read(&entry).seq(), read(&entry).at()), (Seq(7), AT));
        }
    }

    #[test]
    fn nothing_of_a_body_is_left_but_where_it_is_now() {
        let (media, body) = (Vec::new(), RawBody::of(&words("old words")));
        let said = Unnumbered::of(&says(Act::Say { media, body }), AT);
        let header = said.header().expect("a message");
        let edited = Unnumbered::edited(&header, &[], &RawBody::of(&words("new words"))).numbered(Seq(1));
        let Entry::Message { body, client_id, .. } = read(&edited) else {
            panic!("a message");
        };
        assert!(matches!(body, Body::Text { text, edited: true, .. } if text.as_str() == "new words"));
        assert_eq!(client_id.as_str(), "c1");
        let deleted = Unnumbered::deleted(&header);
        assert!(deleted.header().is_some_and(|header| header.deleted));
        let Entry::Message { body, .. } = read(&deleted.numbered(Seq(1))) else {
            panic!("a message");
        };
        assert_eq!(body, Body::Deleted { v: Version });

        let (target, media, body) = (Seq(1), Vec::new(), RawBody::of(&words("new words")));
        let edit = Unnumbered::of(&says(Act::Edit { target, media, body }), AT);
        let wordless = Unnumbered::wordless(&edit.header().expect("a message")).numbered(Seq(2));
        let Entry::Message { body, .. } = read(&wordless) else {
            panic!("a message");
        };
        let (v, text) = (Version, None);
        assert_eq!(body, Body::Edit { v, target, text });
    }

    #[test]
    fn only_messages_have_a_header() {
        let joined = Unnumbered::of(&Fresh::Told(Notice::Joined(maya())), AT);
        assert_eq!(joined.header(), None);
        assert_eq!(Unnumbered::kept(String::new()).header(), None);
    }
}

//! What the page lists: days, notices, and messages that read as one when they belong together.

use std::sync::Arc;

use wire::{
    domain::{ClientId, ParticipantId, Seq, Timestamp, fingerprint},
    protocol::{Body, Change, Entry},
};

use super::{Pending, Progress, RoomState};

/// Messages of one author with less than this (ms) between them read as one.
const TOGETHER_MS: i64 = 5 * 60_000;

/// One line of the conversation.
#[derive(Debug, Clone, PartialEq)]
pub enum Row {
    /// A new day begins.
    Day(Timestamp),
    /// Here reading stopped: what follows is new.
    New,
    /// Some came or went.
    Notice(Notice),
    /// The creator changed a setting.
    Changed(Changed),
    /// Something happened that this page does not know, at this place in the log.
    Newer(Seq),
    /// Somebody said something.
    Message(Message),
}

/// How somebody passed the door.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Passage {
    /// They came in.
    Joined,
    /// They left.
    Left,
    /// The creator removed them.
    Removed,
}

/// A setting that the creator changed.
#[derive(Debug, Clone, PartialEq)]
pub struct Changed {
    /// Its place in the log.
    pub seq: Seq,
    /// Who did it, where that is known.
    pub by: Option<ParticipantId>,
    /// What is different from now on.
    pub change: Change,
}

/// People who came, or went, one right after the other.
#[derive(Debug, Clone, PartialEq)]
pub struct Notice {
    /// The first one's place in the log.
    pub seq: Seq,
    /// Whether they came, left, or were removed.
    pub passage: Passage,
    /// Who, in order.
    pub who: Vec<ParticipantId>,
}

/// A message as it stands among its neighbours.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    /// Its place in the log, once it is there.
    pub seq: Option<Seq>,
    /// Who says it.
    pub from: ParticipantId,
    /// Whether that is the person at this browser.
    pub mine: bool,
    /// What its sender calls it.
    pub client_id: ClientId,
    /// What it carries.
    pub body: Arc<Body>,
    /// When.
    pub at: Timestamp,
    /// The first of those that read as one.
    pub first: bool,
    /// The last of those that read as one.
    pub last: bool,
    /// How far it has come, for one's own.
    pub progress: Progress,
}

impl Row {
    /// The same for a row that looks the same, so that the page keeps its element.
    #[must_use]
    pub fn key(&self) -> String {
        match self {
            Self::Day(at) => format!("d{}", at.millis()),
            Self::New => "new".to_owned(),
            Self::Notice(notice) => format!("n{}.{}", notice.seq, notice.who.len()),
            Self::Changed(changed) => format!("c{}", changed.seq),
            Self::Newer(seq) => format!("x{seq}"),
            Self::Message(message) => {
                let progress = match message.progress {
                    // What can be done with it is another thing once it is in the log.
                    Progress::Sent if message.seq.is_none() => 'a',
                    Progress::Waiting => 'w',
                    Progress::Sent => 's',
                    Progress::Failed(_) => 'f',
                };
                let edges = u8::from(message.first) + 2 * u8::from(message.last);
                let changed = match message.body.as_ref() {
                    Body::Text { text, edited: true, .. } => fingerprint(text.as_str()),
                    Body::Deleted { .. } => 1,
                    _ => 0,
                };
                format!("m{}.{}.{edges}{progress}{changed}", message.from, message.client_id)
            }
        }
    }
}

/// The rows of a room. `day` numbers the local day of a moment.
#[must_use]
pub fn rows(state: &RoomState, day: impl Fn(Timestamp) -> i32) -> Vec<Row> {
    let mut rows = Vec::with_capacity(state.entries.len() + state.outbox.len() + 2);
    let mut today = None;
    let mut begin_day = |rows: &mut Vec<Row>, at: Timestamp| {
        let of_entry = day(at);
        if today.replace(of_entry) != Some(of_entry) {
            rows.push(Row::Day(at));
        }
    };
    let mut read_to = state.read_to;
    let mut newer = state.newer.iter().peekable();
    let push_newer = |rows: &mut Vec<Row>, seq| {
        // Said once for all that stand together.
        if !matches!(rows.last(), Some(Row::Newer(_))) {
            rows.push(Row::Newer(seq));
        }
    };
    for entry in &state.entries {
        while let Some((seq, at)) = newer.next_if(|(seq, _)| *seq < entry.seq()) {
            begin_day(&mut rows, *at);
            push_newer(&mut rows, *seq);
        }
        if matches!(entry.as_ref(), Entry::Message { body, .. } if body.target().is_some()) {
            continue;
        }
        begin_day(&mut rows, entry.at());
        if read_to.is_some_and(|read_to| read_to < entry.seq()) && state.is_of_somebody_else(entry) {
            rows.push(Row::New);
            read_to = None;
        }
        match entry.as_ref() {
            Entry::Message {
                seq,
                at,
                from,
                client_id,
                body,
            } => {
                let message = Message {
                    seq: Some(*seq),
                    from: from.clone(),
                    mine: state.is_me(from),
                    client_id: client_id.clone(),
                    body: Arc::new(state.shown(*seq, body)),
                    at: *at,
                    first: true,
                    last: true,
                    progress: Progress::Sent,
                };
                push_message(&mut rows, message);
            }
            Entry::Joined { seq, participant, .. } => push_notice(&mut rows, *seq, Passage::Joined, &participant.id),
            Entry::Left {
                seq,
                participant,
                removed,
                ..
            } => {
                let passage = if *removed { Passage::Removed } else { Passage::Left };
                push_notice(&mut rows, *seq, passage, &participant.id);
            }
            Entry::Changed { seq, by, change, .. } => rows.push(Row::Changed(Changed {
                seq: *seq,
                by: by.as_ref().map(|by| by.id.clone()),
                change: *change,
            })),
        }
    }
    for (seq, at) in newer {
        begin_day(&mut rows, *at);
        push_newer(&mut rows, *seq);
    }
    let Some(you) = &state.you else { return rows };
    for Pending {
        client_id,
        body,
        at,
        progress,
    } in &state.outbox
    {
        // What is about another message shows there, unless it failed: then here, and why.
        if body.target().is_some() && !matches!(progress, Progress::Failed(_)) {
            continue;
        }
        let at = at.plus_millis(state.clock_ahead_ms);
        begin_day(&mut rows, at);
        let message = Message {
            seq: None,
            from: you.id.clone(),
            mine: true,
            client_id: client_id.clone(),
            body: Arc::new(body.clone()),
            at,
            first: true,
            last: true,
            progress: progress.clone(),
        };
        push_message(&mut rows, message);
    }
    rows
}

fn push_message(rows: &mut Vec<Row>, mut message: Message) {
    if let Some(Row::Message(before)) = rows.last_mut()
        && before.from == message.from
        && message.at.millis() - before.at.millis() < TOGETHER_MS
        // What failed keeps its own line with its own buttons.
        && !matches!(before.progress, Progress::Failed(_))
    {
        before.last = false;
        message.first = false;
    }
    rows.push(Row::Message(message));
}

fn push_notice(rows: &mut Vec<Row>, seq: Seq, passage: Passage, who: &ParticipantId) {
    match rows.last_mut() {
        Some(Row::Notice(notice)) if notice.passage == passage => notice.who.push(who.clone()),
        _ => rows.push(Row::Notice(Notice {
            seq,
            passage,
            who: vec![who.clone()],
        })),
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use wire::{
        domain::{MessageText, Nickname},
        protocol::Participant,
    };

    const DAY_MS: i64 = 86_400_000;

    fn participant(who: &str) -> Participant {
        Participant {
            id: ParticipantId::parse(format!("anon_{who}")).expect("valid"),
            name: Nickname::parse(who).expect("valid"),
        }
    }

    fn text(text: &str) -> MessageText {
        MessageText::parse(text).expect("valid")
    }

    fn as_maya() -> RoomState {
        let mut state = RoomState::default();
        state.you = Some(participant("Maya"));
        state
    }

    fn said(state: &mut RoomState, who: &str, at: i64) {
        let seq = Seq(state.entries.len() as u64 + 1);
        state.entries.push(Arc::new(Entry::Message {
            seq,
            at: Timestamp::from_millis(at),
            from: participant(who).id,
            client_id: ClientId::parse(format!("c{seq}")).expect("valid"),
            body: Body::text(text("hello")),
        }));
    }

    fn came(state: &mut RoomState, who: &str, at: i64) {
        let seq = Seq(state.entries.len() as u64 + 1);
        let at = Timestamp::from_millis(at);
        state.entries.push(Arc::new(Entry::Joined {
            seq,
            at,
            participant: participant(who),
        }));
    }

    /// `D` a day, `n2` a notice of two, `m[` the first of a group, `m]` its last, `m|` in between, `m` alone.
    fn shape(state: &RoomState) -> String {
        let day = |at: Timestamp| i32::try_from(at.millis() / DAY_MS).expect("small");
        let shape = |row: &Row| match row {
            Row::Day(_) => "D".to_owned(),
            Row::New => "new".to_owned(),
            Row::Notice(notice) => format!("n{}", notice.who.len()),
            Row::Changed(_) => "c".to_owned(),
            Row::Newer(_) => "x".to_owned(),
            Row::Message(message) => match (message.first, message.last) {
                (true, true) => "m".to_owned(),
                (true, false) => "m[".to_owned(),
                (false, true) => "m]".to_owned(),
                (false, false) => "m|".to_owned(),
            },
        };
        rows(state, day).iter().map(shape).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn messages_of_one_author_read_as_one_until_a_pause() {
        let mut state = RoomState::default();
        for at in [0, 1_000, 2_000, 2_000 + TOGETHER_MS] {
            said(&mut state, "Maya", at);
        }
        said(&mut state, "Jonas", 3_000 + TOGETHER_MS);
        assert_eq!(shape(&state), "D m[ m| m] m m");
    }

    #[test]
    fn a_new_day_parts_a_group() {
        let mut state = RoomState::default();
        said(&mut state, "Maya", DAY_MS - 1_000);
        said(&mut state, "Maya", DAY_MS + 1_000);
        assert_eq!(shape(&state), "D m D m");
    }

    #[test]
    fn what_is_new_begins_with_the_first_message_of_somebody_else() {
        let mut state = as_maya();
        for who in ["Jonas", "Maya", "Jonas", "Jonas"] {
            said(&mut state, who, 0);
        }
        state.read_to = Some(Seq(1));
        assert_eq!(shape(&state), "D m m new m[ m]");
        state.read_to = Some(Seq(3));
        assert_eq!(shape(&state), "D m m m new m");
    }

    #[test]
    fn what_the_page_does_not_know_has_its_place_and_is_said_once() {
        let mut state = RoomState::default();
        for seq in [2, 5] {
            state.entries.push(Arc::new(Entry::Message {
                seq: Seq(seq),
                at: Timestamp::from_millis(1),
                from: participant("Maya").id,
                client_id: ClientId::parse(format!("c{seq}")).expect("valid"),
                body: Body::text(text("hello")),
            }));
        }
        let newer = |seq, at| (Seq(seq), Timestamp::from_millis(at));
        state.newer = vec![newer(1, 0), newer(3, 1), newer(4, 1), newer(6, DAY_MS)];
        assert_eq!(shape(&state), "D x m x m D x");
    }

    #[test]
    fn comings_in_a_row_are_one_notice() {
        let mut state = RoomState::default();
        came(&mut state, "Maya", 0);
        came(&mut state, "Jonas", 1);
        said(&mut state, "Maya", 2);
        came(&mut state, "Yuki", 3);
        assert_eq!(shape(&state), "D n2 m n1");
    }

    #[test]
    fn what_waits_joins_its_group_and_what_failed_stands_alone() {
        let mut state = as_maya();
        said(&mut state, "Maya", 0);
        for (name, progress) in [
            ("p1", Progress::Waiting),
            ("p2", Progress::Failed(wire::error::Code::InvalidMessage.into())),
            ("p3", Progress::Waiting),
        ] {
            let client_id = ClientId::parse(name).expect("valid");
            state.outbox.push(Pending {
                client_id,
                body: Body::text(text("hi")),
                at: Timestamp::from_millis(1),
                progress,
            });
        }
        assert_eq!(shape(&state), "D m[ m| m] m");
    }

    #[test]
    fn a_row_that_looks_different_has_another_key() {
        let mut state = as_maya();
        said(&mut state, "Maya", 0);
        let key = |state: &RoomState| rows(state, |_| 0)[1].key();
        let alone = key(&state);
        said(&mut state, "Maya", 1);
        assert_ne!(alone, key(&state));
    }

    #[test]
    fn what_is_about_a_message_has_no_row_unless_it_failed() {
        let mut state = as_maya();
        said(&mut state, "Maya", 0);
        let edit = |words| Body::Edit {
            v: wire::protocol::Version,
            target: Seq(1),
            text: Some(text(words)),
        };
        let name = |name: &str| ClientId::parse(name).expect("valid");
        state.entries.push(Arc::new(Entry::Message {
            seq: Seq(2),
            at: Timestamp::from_millis(DAY_MS),
            from: participant("Maya").id,
            client_id: name("e1"),
            body: edit("goodbye"),
        }));
        let before = rows(&state, |_| 0)[1].key();
        state.outbox.push(Pending {
            client_id: name("e2"),
            body: edit("farewell"),
            at: Timestamp::from_millis(1),
            progress: Progress::Waiting,
        });
        assert_eq!(shape(&state), "D m");
        assert_ne!(rows(&state, |_| 0)[1].key(), before, "it shows already");
        state.outbox[0].progress = Progress::Failed(wire::error::Code::UnknownEntry.into());
        assert_eq!(shape(&state), "D m[ m]");
        assert_eq!(
            rows(&state, |_| 0)[1].key().chars().last(),
            Some('0'),
            "and does not any more"
        );
    }
}

//! What one browser knows of a room, and how each event changes it.

use std::sync::Arc;

use wire::{
    domain::{ClientId, Epoch, ParticipantId, Seq, Timestamp, Token},
    error::{AppError, Code},
    protocol::{
        Attendance, Body, Change, ClientFrame, EndReason, Entry, Heard, Message, Participant, ServerFrame, Settings,
        Welcome, close,
    },
};

use super::{
    looks::{Look, looks},
    reactions::Reactions,
    silence::{Act, Silence},
};

/// A message without an ack for so long (ms) means that the connection is dead, whatever the browser believes.
const ACK_WITHIN_MS: i64 = 8_000;
/// Somebody whose typing is not renewed for so long (ms) has stopped: twice the interval of the signal.
const TYPING_FADES_MS: i64 = 6_000;

/// How the connection stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Link {
    /// Not there yet, since the page was opened.
    #[default]
    Connecting,
    /// Welcomed: entries flow.
    Open,
    /// Was there, is being made again.
    Lost,
    /// Over: nothing more will come.
    Closed,
}

/// How far a message of one's own has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Progress {
    /// Not in the log yet.
    Waiting,
    /// In the log; its entry is under way.
    Sent,
    /// Refused for good, and why.
    Failed(AppError),
}

/// A message of one's own that is not among the entries yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pending {
    /// Its name, the same at each try.
    pub client_id: ClientId,
    /// What it carries.
    pub body: Body,
    /// When it was written.
    pub at: Timestamp,
    /// How far it has come.
    pub progress: Progress,
}

/// A message that waits, as it is kept over a reload: its name, its body, when it was written.
pub type Unsent = (ClientId, Body, Timestamp);

/// What happens to a room's browser.
#[derive(Debug, Clone)]
pub enum Event {
    /// A socket is being opened.
    Opening,
    /// The socket is open; nobody has been welcomed yet.
    Opened,
    /// A frame came.
    Frame(ServerFrame),
    /// Something came that this page does not know.
    Odd(Heard),
    /// The socket closed, with its close code.
    Closed(u16),
    /// The person sends a message.
    Submit(ClientId, Body),
    /// The person wants a failed message sent again.
    Retry(ClientId),
    /// The person gives a failed message up.
    Discard(ClientId),
    /// The person began to read what comes, or stopped: the page is hidden, or shows what was said before.
    Reading(bool),
    /// The person is back, or the network: see whether the connection still holds.
    Wake,
    /// A moment passed.
    Tick,
}

impl From<Heard> for Event {
    fn from(heard: Heard) -> Self {
        match heard {
            Heard::Frame(frame) => Self::Frame(frame),
            odd => Self::Odd(odd),
        }
    }
}

/// Why there is no welcome, where more is known than that there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// The page is too old for what the server says.
    Outdated,
    /// What the server said.
    Told(AppError),
}

/// What the socket is to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Send a frame.
    Send(ClientFrame),
    /// Give this connection up and make another.
    Reconnect,
}

/// What one browser knows of a room.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RoomState {
    /// How the connection stands.
    pub link: Link,
    /// Who we are here, once welcomed.
    pub you: Option<Participant>,
    /// Everybody who ever joined, in the order in which they did.
    pub people: Vec<Attendance>,
    /// How they are told apart, in the same order.
    pub looks: Arc<Vec<Look>>,
    /// What happened, in the log's order.
    pub entries: Vec<Arc<Entry>>,
    /// Where something happened that this page does not know, and when: in order, and not among the entries.
    pub newer: Vec<(Seq, Timestamp)>,
    /// Our own messages that are not among the entries yet, in the order in which they were written.
    pub outbox: Vec<Pending>,
    reactions: Arc<Reactions>,
    /// When the chat ends, by the server's clock.
    pub expires_at: Option<Timestamp>,
    /// What its creator has set.
    pub settings: Settings,
    /// Milliseconds that the server's clock is ahead of ours.
    pub clock_ahead_ms: i64,
    /// Earlier entries could not be had again after a reconnect.
    pub resynced: bool,
    /// How the chat ended, if it did.
    pub ended: Option<EndReason>,
    /// The server no longer knows us: join again.
    pub expelled: bool,
    /// Since when there is no connection, by our clock.
    pub lost_at: Option<Timestamp>,
    /// Why there is no welcome, if that is known.
    pub trouble: Option<Trouble>,
    /// What proves who we are, where no cookie does. It lives as long as the page.
    pub token: Option<Token>,
    /// Another one whenever the conversation may look different.
    pub revision: u32,
    /// Entries after this one came while the page was looking; those up to it were missed or are history.
    pub live_after: Seq,
    /// Where reading stopped last, as long as that is of interest.
    pub read_to: Option<Seq>,
    away: bool,
    epoch: Option<Epoch>,
    cursor: Seq,
    typing: Vec<(ParticipantId, Timestamp)>,
    in_flight: Option<(ClientId, Timestamp)>,
    hold_until: Option<Timestamp>,
    silence: Silence,
}

impl Event {
    /// Whether the conversation may look different after it. What comes often and changes nothing of it is named here.
    const fn may_show(&self) -> bool {
        !matches!(
            self,
            Self::Opening
                | Self::Opened
                | Self::Wake
                | Self::Tick
                | Self::Odd(Heard::Outdated | Heard::Nothing)
                | Self::Frame(ServerFrame::Typing { .. } | ServerFrame::Presence { .. } | ServerFrame::Beat)
        )
    }
}

impl RoomState {
    /// Takes one event at the local time `now`; returns what is to be done about it, in order.
    pub fn apply(&mut self, event: Event, now: Timestamp) -> Vec<Effect> {
        let mut effects = Vec::new();
        if event.may_show() {
            self.revision = self.revision.wrapping_add(1);
        }
        if let Event::Frame(_) | Event::Odd(_) = event {
            self.silence.heard(now);
        }
        match event {
            Event::Opening => self.silence = Silence::Unwelcomed(now),
            Event::Opened => {
                let join = ClientFrame::Join {
                    token: self.token.as_ref().map(|token| token.expose().to_owned()),
                    epoch: self.epoch.clone(),
                    after: self.epoch.as_ref().map(|_| self.cursor),
                };
                effects.push(Effect::Send(join));
            }
            Event::Frame(frame) => self.receive(frame, now, &mut effects),
            Event::Odd(Heard::Newer { seq, at }) => {
                if self.take_place(seq, &mut effects) {
                    self.newer.push((seq, at));
                }
            }
            Event::Odd(Heard::Outdated) => self.trouble = Some(Trouble::Outdated),
            Event::Odd(_) => {}
            Event::Closed(code) => self.lose(code, now),
            Event::Submit(client_id, body) => {
                if !self.away {
                    self.read_to = None;
                }
                self.outbox.push(Pending {
                    client_id,
                    body,
                    at: now,
                    progress: Progress::Waiting,
                });
            }
            Event::Retry(client_id) => {
                if let Some(pending) = self.pending(&client_id) {
                    pending.progress = Progress::Waiting;
                }
            }
            Event::Discard(client_id) => self.outbox.retain(|pending| pending.client_id != client_id),
            Event::Reading(false) if !self.away => {
                self.away = true;
                self.read_to = Some(self.cursor);
            }
            Event::Reading(reading) => {
                // Nothing came meanwhile: there is no place to be marked.
                if reading && self.unread() == 0 {
                    self.read_to = None;
                }
                self.away = !reading;
            }
            Event::Wake => effects.extend(self.silence.ask(now).map(|_| Effect::Send(ClientFrame::Beat))),
            Event::Tick => {
                self.typing.retain(|(_, until)| *until > now);
                match self.silence.tick(now) {
                    Some(Act::Ask) => effects.push(Effect::Send(ClientFrame::Beat)),
                    Some(Act::GiveUp(since)) => {
                        // It was away for as long as nothing came.
                        self.lost_at.get_or_insert(since);
                        effects.push(Effect::Reconnect);
                        return effects;
                    }
                    None => {}
                }
                if self
                    .in_flight
                    .as_ref()
                    .is_some_and(|(_, since)| since.plus_millis(ACK_WITHIN_MS) <= now)
                {
                    self.in_flight = None;
                    effects.push(Effect::Reconnect);
                    return effects;
                }
            }
        }
        self.pump(now, &mut effects);
        effects
    }

    /// What is written and not in the log yet, in order: enough to send it after a reload.
    #[must_use]
    pub fn unsent(&self) -> Vec<Unsent> {
        let waiting = self
            .outbox
            .iter()
            .filter(|pending| pending.progress == Progress::Waiting);
        waiting
            .map(|pending| (pending.client_id.clone(), pending.body.clone(), pending.at))
            .collect()
    }

    /// Takes up what a page before this one had not sent. Each keeps its name, so that one which had arrived after all
    /// is not said twice.
    pub fn restore(&mut self, unsent: Vec<Unsent>) {
        self.outbox
            .extend(unsent.into_iter().map(|(client_id, body, at)| Pending {
                client_id,
                body,
                at,
                progress: Progress::Waiting,
            }));
    }

    /// Whether all is here that was in the log when we were welcomed.
    #[must_use]
    pub fn is_caught_up(&self) -> bool {
        self.cursor >= self.live_after
    }

    /// How many messages of others came since the person stopped reading.
    #[must_use]
    pub fn unread(&self) -> usize {
        let Some(read_to) = self.read_to.filter(|_| self.away) else {
            return 0;
        };
        let news = self.entries.iter().rev().take_while(|entry| entry.seq() > read_to);
        news.filter(|entry| self.is_of_somebody_else(entry)).count()
    }

    /// Whether it is a message of its own, and not ours.
    #[must_use]
    pub fn is_of_somebody_else(&self, entry: &Entry) -> bool {
        matches!(entry, Entry::Message { from, body, .. } if !self.is_me(from) && body.target().is_none())
    }

    /// How many messages of our own are on their way: not what is about other messages.
    #[must_use]
    pub fn on_the_way(&self) -> usize {
        let messages = self.outbox.iter().filter(|pending| pending.body.target().is_none());
        messages.count()
    }

    /// All reactions; ours are among them as soon as we give them.
    #[must_use]
    pub fn reactions(&self) -> Arc<Reactions> {
        let mut reactions = Arc::clone(&self.reactions);
        if let Some(you) = &self.you {
            for body in self.pending_bodies() {
                if let Body::Reaction { target, emoji, on, .. } = body {
                    Arc::make_mut(&mut reactions).note(*target, emoji, &you.id, *on);
                }
            }
        }
        reactions
    }

    /// What a message carries for us, who may be about to change it.
    #[must_use]
    pub fn shown(&self, seq: Seq, body: &Body) -> Body {
        let mut shown = body.clone();
        self.pending_bodies()
            .filter(|pending| pending.target() == Some(seq))
            .for_each(|pending| shown.amend(pending));
        shown
    }

    fn pending_bodies(&self) -> impl Iterator<Item = &Body> {
        let pending = self.outbox.iter();
        let taken = pending.filter(|pending| !matches!(pending.progress, Progress::Failed(_)));
        taken.map(|pending| &pending.body)
    }

    /// The newest of our own texts, and where it is.
    #[must_use]
    pub fn last_own_text(&self) -> Option<Seq> {
        self.entries.iter().rev().find_map(|entry| match entry.as_ref() {
            Entry::Message {
                seq,
                from,
                body: Body::Text { .. },
                ..
            } if self.is_me(from) => Some(*seq),
            _ => None,
        })
    }

    /// The entry at a place in the log, if it is here.
    #[must_use]
    pub fn entry(&self, seq: Seq) -> Option<&Entry> {
        Some(self.entries[self.place(seq)?].as_ref())
    }

    fn place(&self, seq: Seq) -> Option<usize> {
        self.entries.binary_search_by_key(&seq, |entry| entry.seq()).ok()
    }

    /// Takes notice of what somebody says about an earlier message. One that is not here (any more) needs none.
    fn amend(&mut self, from: &ParticipantId, amendment: &Body) {
        let Some(target) = amendment.target() else { return };
        match amendment {
            Body::Reaction { emoji, on, .. } => {
                Arc::make_mut(&mut self.reactions).note(target, emoji, from, *on);
                return;
            }
            Body::Delete { .. } => Arc::make_mut(&mut self.reactions).forget(target),
            _ => {}
        }
        let place = self.place(target);
        if let Some(entry) = place.and_then(|place| self.entries.get_mut(place))
            && let Entry::Message { body, .. } = Arc::make_mut(entry)
        {
            body.amend(amendment);
        }
    }

    /// Whole seconds until what waits is sent again, where the server has asked for a pause.
    #[must_use]
    pub fn pause(&self, now: Timestamp) -> Option<i64> {
        let left = self.hold_until?.millis() - now.millis();
        let waits = self.outbox.iter().any(|pending| pending.progress == Progress::Waiting);
        (waits && left > 0).then_some((left / 1_000).max(1))
    }

    /// Those who are typing, ourselves not among them.
    #[must_use]
    pub fn typing(&self) -> Vec<ParticipantId> {
        self.typing.iter().map(|(id, _)| id.clone()).collect()
    }

    /// How somebody is told apart who joined at any time.
    #[must_use]
    pub fn look(&self, id: &ParticipantId) -> Option<&Look> {
        self.looks.iter().find(|look| &look.id == id)
    }

    /// Somebody who joined at any time.
    #[must_use]
    pub fn person(&self, id: &ParticipantId) -> Option<&Attendance> {
        self.people.iter().find(|person| &person.id == id)
    }

    /// Whether `id` is the person at this browser.
    #[must_use]
    pub fn is_me(&self, id: &ParticipantId) -> bool {
        self.you.as_ref().is_some_and(|you| &you.id == id)
    }

    fn receive(&mut self, frame: ServerFrame, now: Timestamp, effects: &mut Vec<Effect>) {
        match frame {
            ServerFrame::Welcome(welcome) => self.enter(*welcome, now),
            ServerFrame::Entry(entry) => self.append(entry, effects),
            ServerFrame::Ack { client_id, .. } => {
                self.landed(&client_id);
                if let Some(pending) = self.pending(&client_id) {
                    pending.progress = Progress::Sent;
                }
            }
            ServerFrame::Typing { from, typing } => {
                self.typing.retain(|(id, _)| *id != from);
                if typing && !self.is_me(&from) {
                    self.typing.push((from, now.plus_millis(TYPING_FADES_MS)));
                }
            }
            ServerFrame::Presence { on, off, online } => {
                for person in &mut self.people {
                    if let Some(online) = &online {
                        person.online = online.contains(&person.id);
                    }
                    person.online = (person.online || on.contains(&person.id)) && !off.contains(&person.id);
                }
                let is_off =
                    |id: &ParticipantId| off.contains(id) || online.as_ref().is_some_and(|online| !online.contains(id));
                self.typing.retain(|(id, _)| !is_off(id));
            }
            ServerFrame::Ended { reason } => self.end(reason),
            ServerFrame::Beat => {}
            ServerFrame::Error {
                code,
                detail,
                client_id,
                retry_after,
            } => {
                self.refused(code, detail, client_id, retry_after, now);
            }
        }
    }

    fn enter(&mut self, welcome: Welcome, now: Timestamp) {
        let is_new_log = self.epoch.as_ref().is_some_and(|epoch| *epoch != welcome.epoch);
        if welcome.resync || is_new_log {
            self.start_over(is_new_log);
            // Only worth a word when something was on the screen.
            self.resynced = !(self.entries.is_empty() && self.newer.is_empty());
            self.entries.clear();
            self.newer.clear();
            self.reactions = Arc::default();
            self.cursor = Seq::START;
            self.read_to = self.read_to.map(|_| Seq::START);
        }
        self.link = Link::Open;
        self.silence = Silence::Heard(now);
        self.lost_at = None;
        self.trouble = None;
        self.live_after = welcome.seq;
        self.you = Some(welcome.you);
        self.epoch = Some(welcome.epoch);
        self.people = welcome.participants;
        self.looks = Arc::new(looks(&self.people));
        self.expires_at = Some(welcome.expires_at);
        self.settings = welcome.settings;
        self.clock_ahead_ms = welcome.now.millis() - now.millis();
        self.expelled = false;
    }

    /// What is on its way, where earlier entries will not come. In another log nothing of it has arrived, and no number
    /// means what it meant.
    fn start_over(&mut self, is_new_log: bool) {
        if !is_new_log {
            // It is in the log, and comes from there or not at all.
            self.outbox.retain(|pending| pending.progress != Progress::Sent);
            return;
        }
        // Gone with the message that they are about. Other words for one are words all the same.
        self.outbox
            .retain(|Pending { body, .. }| body.target().is_none() || matches!(body, Body::Edit { .. }));
        for pending in &mut self.outbox {
            pending.body.forget_reply();
            if pending.body.target().is_some() {
                pending.progress = Progress::Failed(AppError::new(Code::UnknownEntry));
            } else if pending.progress == Progress::Sent {
                pending.progress = Progress::Waiting;
            }
        }
    }

    /// Moves the cursor to an entry's place in the log; `false` where that is not its turn.
    fn take_place(&mut self, seq: Seq, effects: &mut Vec<Effect>) -> bool {
        if seq <= self.cursor {
            return false;
        }
        // A live room begins for each participant with their own join; from there on there are no gaps.
        if self.cursor != Seq::START && seq != self.cursor.next() {
            effects.push(Effect::Reconnect);
            return false;
        }
        self.cursor = seq;
        true
    }

    fn append(&mut self, entry: Entry, effects: &mut Vec<Effect>) {
        let seq = entry.seq();
        if !self.take_place(seq, effects) {
            return;
        }
        match &entry {
            Entry::Message {
                from, client_id, body, ..
            } => {
                self.amend(from, body);
                self.typing.retain(|(id, _)| id != from);
                if self.is_me(from) {
                    let client_id = client_id.clone();
                    self.landed(&client_id);
                    self.outbox.retain(|pending| pending.client_id != client_id);
                }
            }
            Entry::Joined { participant, .. } => self.attend(participant, true),
            Entry::Left {
                participant, removed, ..
            } => {
                self.attend(participant, false);
                if *removed && let Some(person) = self.people.iter_mut().find(|person| person.id == participant.id) {
                    person.removed = true;
                }
            }
            // What the welcome told is newer than what is replayed after it.
            Entry::Changed { change, .. } if seq > self.live_after => {
                self.settings = self.settings.after(*change);
                if let Change::ExpiresAt(at) = change {
                    self.expires_at = Some(*at);
                }
            }
            Entry::Changed { .. } => {}
        }
        self.entries.push(Arc::new(entry));
    }

    // Presence is told by its own signal, names do not change: an old entry of a replay changes nothing.
    fn attend(&mut self, participant: &Participant, online: bool) {
        if self.person(&participant.id).is_none() {
            self.people.push(Attendance {
                id: participant.id.clone(),
                name: participant.name.clone(),
                online,
                removed: false,
            });
            self.looks = Arc::new(looks(&self.people));
        }
    }

    fn refused(
        &mut self,
        code: Code,
        detail: String,
        client_id: Option<ClientId>,
        retry_after: Option<u32>,
        now: Timestamp,
    ) {
        match code {
            Code::NotJoined | Code::Removed => self.expelled = true,
            Code::Ended => self.end(EndReason::Ended),
            Code::Expired => self.end(EndReason::Expired),
            _ => {}
        }
        let Some(client_id) = client_id else {
            if self.link != Link::Open {
                let error = AppError::with_detail(code, detail);
                self.trouble = Some(Trouble::Told(error));
            }
            return;
        };
        self.landed(&client_id);
        match code {
            Code::RateLimited | Code::Unavailable | Code::Internal => {
                let seconds = i64::from(retry_after.unwrap_or(1).max(1));
                self.hold_until = Some(now.plus_millis(seconds * 1_000));
            }
            _ => {
                if let Some(pending) = self.pending(&client_id) {
                    pending.progress = Progress::Failed(AppError::with_detail(code, detail));
                }
            }
        }
    }

    fn lose(&mut self, code: u16, now: Timestamp) {
        self.in_flight = None;
        self.silence = Silence::Nobody;
        self.lost_at.get_or_insert(now);
        self.typing.clear();
        match code {
            close::ENDED => self.end(EndReason::Ended),
            close::EXPIRED => self.end(EndReason::Expired),
            close::REMOVED => self.expelled = true,
            _ => {}
        }
        self.link = match self.link {
            _ if self.ended.is_some() || self.expelled => Link::Closed,
            Link::Open => Link::Lost,
            link => link,
        };
    }

    fn end(&mut self, reason: EndReason) {
        self.ended = Some(reason);
        self.link = Link::Closed;
        self.in_flight = None;
        self.typing.clear();
        for person in &mut self.people {
            person.online = false;
        }
        for pending in &mut self.outbox {
            if pending.progress == Progress::Waiting {
                pending.progress = Progress::Failed(AppError::new(reason.into()));
            }
        }
    }

    fn pending(&mut self, client_id: &ClientId) -> Option<&mut Pending> {
        self.outbox.iter_mut().find(|pending| &pending.client_id == client_id)
    }

    fn landed(&mut self, client_id: &ClientId) {
        self.in_flight.take_if(|(id, _)| id == client_id);
    }

    // One message at a time, the oldest first: what is retried after a refusal cannot be overtaken by the next.
    fn pump(&mut self, now: Timestamp, effects: &mut Vec<Effect>) {
        if self.link != Link::Open || self.in_flight.is_some() || self.hold_until.is_some_and(|until| until > now) {
            return;
        }
        self.hold_until = None;
        let Some(next) = self.outbox.iter().find(|pending| pending.progress == Progress::Waiting) else {
            return;
        };
        let (client_id, message) = (next.client_id.clone(), self.message(&next.body));
        self.in_flight = Some((client_id.clone(), now));
        effects.push(Effect::Send(ClientFrame::Message { client_id, message }));
    }

    /// What is sent of a message: an edit with all of the new body, if what it edits is here.
    fn message(&self, body: &Body) -> Message {
        if let Body::Edit {
            target,
            text: Some(text),
            ..
        } = body
            && let Some(Entry::Message {
                body: edited @ Body::Text { .. },
                ..
            }) = self.entry(*target)
        {
            return Message::Edit {
                target: *target,
                media: Vec::new(),
                body: Body::answer(text.clone(), edited.reply_to()),
            };
        }
        body.clone().into()
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests;

//! A conversation as one file that needs nothing else: for those who want to keep it after the chat is gone.
//!
//! Written piece by piece, as the log is read. Every word in it comes from the same place as the page's, in the language
//! of who saves it; everything that somebody wrote is escaped, and the file's own policy lets nothing in it run or load.

mod html;

use std::collections::{BTreeMap, BTreeSet};

use html::{escaped, formatted};
use wire::{
    domain::{MediaId, ParticipantId, Seq, Timestamp},
    protocol::{Attendance, Body, Change, Entry},
};

use crate::{
    room_client::{Look, Reactions, looks::looks},
    words::{GAP, Language, around, say},
};

/// As much of a message as an answer quotes, in characters.
const QUOTED: usize = 160;

/// A part of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// HTML.
    Html(String),
    /// A picture's or recording's bytes, as a `data:` URL.
    Media(MediaId),
}

/// What has to be known of the whole conversation before its first line can be written.
#[derive(Debug, Default)]
pub struct Overview {
    reactions: Reactions,
    /// Messages that others answer.
    answered: BTreeSet<Seq>,
}

impl Overview {
    /// Takes notice of an entry.
    pub fn note(&mut self, entry: &Entry) {
        let Entry::Message { from, body, .. } = entry else {
            return;
        };
        if let Body::Reaction { target, emoji, on, .. } = body {
            self.reactions.note(*target, emoji, from, *on);
        }
        self.answered.extend(body.reply_to());
    }
}

/// Writes a conversation.
pub struct Writer {
    language: Language,
    looks: Vec<Look>,
    you: ParticipantId,
    overview: Overview,
    /// How those messages begin that others answer.
    quotes: BTreeMap<Seq, String>,
    day: String,
}

impl Writer {
    /// For the conversation of `people`, as `you` see it.
    #[must_use]
    pub fn new(language: Language, people: &[Attendance], you: ParticipantId, overview: Overview) -> Self {
        Self {
            language,
            looks: looks(people),
            you,
            overview,
            quotes: BTreeMap::new(),
            day: String::new(),
        }
    }

    /// The beginning of the file.
    #[must_use]
    pub fn head(&self, saved_at: Timestamp) -> String {
        let title = escaped(say!(in self.language, room_title));
        let saved = escaped(&say!(in self.language, saved_at, time = html::moment(saved_at)));
        html::head(self.language, &title, &saved)
    }

    /// An entry's lines; none for what shows with another one.
    pub fn entry(&mut self, entry: &Entry) -> Vec<Part> {
        let mut parts = Vec::new();
        match entry {
            Entry::Message { body, .. } if body.target().is_some() => return parts,
            Entry::Message {
                seq, at, from, body, ..
            } => {
                self.begin_day(*at, &mut parts);
                self.message(*seq, *at, from, body, &mut parts);
            }
            Entry::Joined { at, participant, .. } => {
                self.begin_day(*at, &mut parts);
                let said = say!(in self.language, joined, count = 1_usize, who = GAP);
                parts.push(self.notice(said, Some(&participant.id), ""));
            }
            Entry::Left {
                at,
                participant,
                removed,
                ..
            } => {
                self.begin_day(*at, &mut parts);
                let said = if *removed {
                    say!(in self.language, removed, count = 1_usize, who = GAP)
                } else {
                    say!(in self.language, left, count = 1_usize, who = GAP)
                };
                parts.push(self.notice(said, Some(&participant.id), ""));
            }
            Entry::Changed { at, by, change, .. } => {
                self.begin_day(*at, &mut parts);
                let language = self.language;
                let (said, end) = match change {
                    Change::Locked(true) => (say!(in language, locked, who = GAP), String::new()),
                    Change::Locked(false) => (say!(in language, unlocked, who = GAP), String::new()),
                    Change::TextOnly(true) => (say!(in language, text_only, who = GAP), String::new()),
                    Change::TextOnly(false) => (say!(in language, all_kinds, who = GAP), String::new()),
                    Change::ExpiresAt(at) => (
                        say!(in language, extended, who = GAP),
                        say!(in language, ends, time = html::moment(*at)),
                    ),
                };
                parts.push(self.notice(said, by.as_ref().map(|by| &by.id), &end));
            }
        }
        parts
    }

    /// The end of the file.
    #[must_use]
    pub const fn foot() -> &'static str {
        html::FOOT
    }

    fn begin_day(&mut self, at: Timestamp, parts: &mut Vec<Part>) {
        let day = html::day(at);
        if day != self.day {
            parts.push(Part::Html(format!("<li class=\"day\">{day}</li>\n")));
            self.day = day;
        }
    }

    fn notice(&self, said: String, who: Option<&ParticipantId>, end: &str) -> Part {
        let who = match who {
            _ if !said.contains(GAP) => String::new(),
            Some(who) => self.name(who),
            None => escaped(say!(in self.language, the_creator)),
        };
        let (before, after) = around(said);
        let (before, after, end) = (escaped(&before), escaped(&after), escaped(end));
        Part::Html(format!("<li class=\"notice\">{before}{who}{after}{end}</li>\n"))
    }

    fn name(&self, who: &ParticipantId) -> String {
        let look = self.looks.iter().find(|look| &look.id == who);
        let label = look.map_or_else(|| say!(in self.language, somebody).to_owned(), Look::label);
        format!("<bdi>{}</bdi>", escaped(&label))
    }

    fn message(&mut self, seq: Seq, at: Timestamp, from: &ParticipantId, body: &Body, parts: &mut Vec<Part>) {
        let language = self.language;
        let name = self.name(from);
        let class = if from == &self.you { "message mine" } else { "message" };
        let mut html = format!(
            "<li class=\"{class}\" id=\"m{seq}\"><p class=\"who\"><b>{name}</b> {}",
            html::time(at)
        );
        if matches!(body, Body::Text { edited: true, .. }) {
            html += &format!(" · {}", escaped(say!(in language, edited)));
        }
        html += "</p>";
        if let Some(to) = body.reply_to() {
            let quote = self.quotes.get(&to).cloned();
            let quote = quote.unwrap_or_else(|| escaped(say!(in language, earlier_message)));
            html += &format!("<p class=\"quote\"><a href=\"#m{to}\">{quote}</a></p>");
        }
        let (said, excerpt) = match body {
            Body::Text { text, .. } => (formatted(text.as_str()), text.as_str()),
            Body::Image {
                media_id,
                width,
                height,
                alt,
                ..
            } => {
                let caption = alt
                    .as_ref()
                    .map(|alt| format!("<p class=\"alt\">{}</p>", escaped(alt.as_str())));
                let alt = alt.as_ref().map_or(say!(in language, picture), |alt| alt.as_str());
                let (width, height) = (width.get(), height.get());
                html += &format!(
                    "<img width=\"{width}\" height=\"{height}\" alt=\"{}\" src=\"",
                    escaped(alt)
                );
                parts.push(Part::Html(std::mem::take(&mut html)));
                parts.push(Part::Media(media_id.clone()));
                (format!("\">{}", caption.unwrap_or_default()), alt)
            }
            Body::Audio { media_id, .. } => {
                html += "<audio controls preload=\"none\" src=\"";
                parts.push(Part::Html(std::mem::take(&mut html)));
                parts.push(Part::Media(media_id.clone()));
                ("\"></audio>".to_owned(), say!(in language, voice))
            }
            Body::Deleted { .. } => (
                format!("<p class=\"soft\">{}</p>", escaped(say!(in language, deleted))),
                say!(in language, deleted),
            ),
            _ => (
                format!("<p class=\"soft\">{}</p>", escaped(say!(in language, newer_kind))),
                say!(in language, newer_kind),
            ),
        };
        html += &said;
        if self.overview.answered.contains(&seq) {
            let begin: String = excerpt.chars().take(QUOTED).collect();
            self.quotes.insert(seq, format!("{name}: {}", escaped(&begin)));
        }
        let reactions = self.overview.reactions.of(seq);
        if !reactions.is_empty() && !matches!(body, Body::Deleted { .. }) {
            let each = reactions.iter().map(|given| {
                let names: Vec<_> = given.who.iter().map(|who| self.name(who)).collect();
                format!("<li>{} {}</li>", escaped(given.emoji.as_str()), names.join(", "))
            });
            html += &format!("<ul class=\"reactions\">{}</ul>", each.collect::<String>());
        }
        html += "</li>\n";
        parts.push(Part::Html(html));
    }
}

#[cfg(test)]
mod tests;

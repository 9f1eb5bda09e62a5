//! Whether the other side of a connection is still there.
//!
//! A connection can die without a word: a laptop sleeps, a router forgets. Who writes finds out by the ack that does not
//! come; who only reads has to ask. The server's pings are the browser's affair, and no page hears of them.

use wire::domain::Timestamp;

/// From the first try to connect to the welcome, in milliseconds.
const WELCOME_WITHIN_MS: i64 = 15_000;
/// After so long (ms) without a frame it is time to ask.
const ASK_AFTER_MS: i64 = 25_000;
/// So long (ms) after the question nobody is there: 35 s after the last frame, at the latest.
const ANSWER_WITHIN_MS: i64 = 10_000;

/// What is known of the connection there is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Silence {
    /// There is none.
    #[default]
    Nobody,
    /// Being made, since then: nobody is welcomed yet, whatever else was said.
    Unwelcomed(Timestamp),
    /// The last frame came then.
    Heard(Timestamp),
    /// The last frame came at `heard`; at `asked` we asked whether anybody is there.
    Asked {
        /// When.
        heard: Timestamp,
        /// When.
        asked: Timestamp,
    },
}

/// What is to be done about the silence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Act {
    /// Ask whether anybody is there.
    Ask,
    /// Nobody is, and has not been since then.
    GiveUp(Timestamp),
}

impl Silence {
    /// A frame came, whichever.
    pub(super) fn heard(&mut self, now: Timestamp) {
        if let Self::Heard(_) | Self::Asked { .. } = self {
            *self = Self::Heard(now);
        }
    }

    /// Asks now, unless that was done: somebody is back who wants to know.
    pub(super) fn ask(&mut self, now: Timestamp) -> Option<Act> {
        let Self::Heard(heard) = *self else { return None };
        *self = Self::Asked { heard, asked: now };
        Some(Act::Ask)
    }

    /// A moment passed. A background page may be called once a minute only: what counts is how long ago we asked, never
    /// the silence alone.
    pub(super) fn tick(&mut self, now: Timestamp) -> Option<Act> {
        self.set_back(now);
        match *self {
            Self::Unwelcomed(since) if since.plus_millis(WELCOME_WITHIN_MS) <= now => Some(Act::GiveUp(since)),
            Self::Heard(heard) if heard.plus_millis(ASK_AFTER_MS) <= now => self.ask(now),
            Self::Asked { heard, asked } if asked.plus_millis(ANSWER_WITHIN_MS) <= now => Some(Act::GiveUp(heard)),
            _ => None,
        }
    }

    /// Somebody may set the clock back. What lies in the future is now, or we would wait until then.
    fn set_back(&mut self, now: Timestamp) {
        match self {
            Self::Nobody => {}
            Self::Unwelcomed(at) | Self::Heard(at) => *at = now.min(*at),
            Self::Asked { heard, asked } => {
                *heard = now.min(*heard);
                *asked = now.min(*asked);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn at(millis: i64) -> Timestamp {
        Timestamp::from_millis(1_000_000 + millis)
    }

    #[test]
    fn who_hears_nothing_asks_and_who_gets_no_answer_gives_up() {
        let mut silence = Silence::Heard(at(0));
        assert_eq!(silence.tick(at(ASK_AFTER_MS - 1)), None);
        assert_eq!(silence.tick(at(ASK_AFTER_MS)), Some(Act::Ask));
        assert_eq!(silence.tick(at(ASK_AFTER_MS + 1)), None, "once");
        assert_eq!(silence.tick(at(34_999)), None);
        assert_eq!(silence.tick(at(35_000)), Some(Act::GiveUp(at(0))));
    }

    #[test]
    fn any_frame_is_an_answer() {
        let mut silence = Silence::Heard(at(0));
        silence.tick(at(ASK_AFTER_MS));
        silence.heard(at(26_000));
        assert_eq!(silence.tick(at(50_999)), None);
        assert_eq!(silence.tick(at(51_000)), Some(Act::Ask));
    }

    #[test]
    fn a_page_that_is_called_once_a_minute_asks_before_it_gives_up() {
        let mut silence = Silence::Heard(at(0));
        assert_eq!(silence.tick(at(60_000)), Some(Act::Ask));
        silence.heard(at(60_050));
        assert_eq!(silence.tick(at(120_050)), Some(Act::Ask));
        assert_eq!(silence.tick(at(180_000)), Some(Act::GiveUp(at(60_050))));
    }

    #[test]
    fn a_welcome_has_its_time_whatever_else_is_said_meanwhile() {
        let mut silence = Silence::Unwelcomed(at(0));
        silence.heard(at(14_000));
        assert_eq!(silence.ask(at(14_000)), None);
        assert_eq!(silence.tick(at(14_999)), None);
        assert_eq!(silence.tick(at(15_000)), Some(Act::GiveUp(at(0))));
        assert_eq!(Silence::Nobody.tick(at(99_000)), None);
    }

    #[test]
    fn who_comes_back_asks_at_once() {
        let mut silence = Silence::Heard(at(0));
        assert_eq!(silence.ask(at(500)), Some(Act::Ask));
        assert_eq!(silence.ask(at(600)), None);
        assert_eq!(silence.tick(at(10_500)), Some(Act::GiveUp(at(0))));
    }

    #[test]
    fn a_clock_that_is_set_back_makes_nobody_wait_for_an_hour() {
        let mut silence = Silence::Heard(at(3_600_000));
        assert_eq!(silence.tick(at(0)), None);
        assert_eq!(silence.tick(at(ASK_AFTER_MS)), Some(Act::Ask));
    }
}

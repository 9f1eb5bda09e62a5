//! What clients send, read kindly: what cannot be read is answered with the reason.

use rooms::hub::{Frame, encode};
use wire::{
    domain::ClientId,
    error::{AppError, Code},
    protocol::{ClientFrame, Object, ServerFrame},
};

use super::farewell::Farewell;
use crate::http::payload;

/// Why a frame was not taken, and which message it was.
#[derive(Debug)]
pub struct Refusal {
    /// Why.
    pub error: AppError,
    /// Which message, where it was one.
    pub client_id: Option<ClientId>,
    /// Whether it may make sense to a newer server: it says what it is, and that is not known here.
    pub is_newer: bool,
}

impl Refusal {
    /// Of a message, where it was one, that was readable.
    pub(super) const fn new(error: AppError, client_id: Option<ClientId>) -> Self {
        Self {
            error,
            client_id,
            is_newer: false,
        }
    }
}

/// An error as a frame.
pub(super) fn error_frame(error: AppError, client_id: Option<ClientId>) -> Frame {
    let AppError {
        code,
        detail,
        retry_after,
    } = error;
    encode(&ServerFrame::Error {
        code,
        detail,
        client_id,
        retry_after,
    })
    .unwrap_or_default()
}

/// Reads a frame.
///
/// # Errors
/// What to answer.
pub fn read(text: &str) -> Result<ClientFrame, Refusal> {
    serde_json::from_str(text)
        .map(|Object(frame)| frame)
        .map_err(|_| diagnose(text))
}

/// The answer to a frame that is not text.
pub(super) fn binary() -> Refusal {
    let error = AppError::with_detail(Code::InvalidRequest, "Only text frames are understood.");
    Refusal::new(error, None)
}

fn diagnose(text: &str) -> Refusal {
    let Ok(frame) = serde_json::from_str::<serde_json::Value>(text) else {
        return Refusal::new(Code::InvalidRequest.into(), None);
    };
    let client_id = frame["clientId"].as_str().and_then(|id| ClientId::parse(id).ok());
    let kind = frame["type"].as_str();
    let is_newer = kind.is_some_and(|kind| !KNOWN.contains(&kind));
    let error = if is_newer {
        AppError::with_detail(Code::InvalidRequest, "This server does not know frames of that type.")
    } else if kind == Some(MESSAGE) && client_id.is_some() {
        payload::why_no_message(&frame["body"])
    } else {
        Code::InvalidRequest.into()
    };
    Refusal {
        error,
        client_id,
        is_newer,
    }
}

/// The type of a frame that says something.
const MESSAGE: &str = "instant_chat_message";

/// All types of [`ClientFrame`].
const KNOWN: [&str; 5] = [
    "join_instant_chat",
    MESSAGE,
    "instant_chat_typing",
    "leave_instant_chat",
    "beat",
];

/// Frames that cannot be read cost this share of the patience: five of them are enough.
const UNREADABLE: u32 = 10;
const PATIENCE: u32 = 5 * UNREADABLE;

/// How much of a client's nonsense is borne before its connection is closed.
#[derive(Debug)]
pub(super) struct Patience(u32);

impl Default for Patience {
    fn default() -> Self {
        Self(PATIENCE)
    }
}

impl Patience {
    /// Bears a refused frame. One that was readable costs little: a person may paste too long a text. What a newer page
    /// sends costs nothing: it would be thrown out again and again for what it cannot help.
    ///
    /// # Errors
    /// [`Farewell`] when it was one too many.
    pub(super) fn lose(&mut self, refusal: &Refusal) -> Result<(), Farewell> {
        let cost = match refusal.error.code {
            _ if refusal.is_newer => 0,
            Code::InvalidRequest => UNREADABLE,
            _ => 1,
        };
        self.0 = self.0.saturating_sub(cost);
        if self.0 == 0 {
            return Err(Farewell::Refused(AppError::with_detail(
                Code::InvalidRequest,
                "Too many frames that could not be taken.",
            )));
        }
        Ok(())
    }

    /// Regains it all: a message was taken.
    pub(super) const fn regain(&mut self) {
        self.0 = PATIENCE;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Texts that are nearly frames.
    fn nearly() -> impl Strategy<Value = String> {
        const NAMES: [&str; 11] = [
            "type", "clientId", "body", "token", "after", "epoch", "typing", "v", "kind", "text", "replyTo",
        ];
        let values = prop_oneof![
            any::<i64>().prop_map(|n| n.to_string()),
            any::<f64>().prop_map(|n| n.to_string()),
            any::<String>().prop_map(|text| serde_json::Value::from(text).to_string()),
            Just(r#""instant_chat_message""#.to_owned()),
            Just(r#""join_instant_chat""#.to_owned()),
            Just(r#"{"v":1,"kind":"text","text":"\u0000\ud83d"}"#.to_owned()),
            Just(r#"{"v":1,"kind":"text","text":""}"#.to_owned()),
            Just("null".to_owned()),
            Just("[".repeat(500)),
        ];
        let fields = proptest::collection::vec((proptest::sample::select(&NAMES[..]), values), 0..6);
        fields.prop_map(|fields| {
            let fields: Vec<_> = fields.iter().map(|(name, value)| format!("{name:?}:{value}")).collect();
            format!("{{{}}}", fields.join(","))
        })
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in prop_oneof![any::<String>(), nearly()]) {
            match read(&text) {
                // What was read is valid: it can be written and read again.
                Ok(frame) => {
                    let again = serde_json::to_string(&frame).expect("JSON");
                    prop_assert_eq!(read(&again).expect("a frame"), frame);
                }
                Err(refusal) => {
                    let answer = error_frame(refusal.error, refusal.client_id);
                    let answer: ServerFrame = serde_json::from_slice(&answer).expect("a frame");
                    let is_error = matches!(answer, ServerFrame::Error { .. });
                    prop_assert!(is_error);
                }
            }
        }
    }

    fn refusal(text: &str) -> (Code, Option<String>) {
        let refusal = read(text).expect_err("refused");
        (refusal.error.code, refusal.client_id.map(String::from))
    }

    #[test]
    fn a_refusal_says_which_message_and_why() {
        let blank = r#"{"type":"instant_chat_message","clientId":"c1","body":{"v":1,"kind":"text","text":" "}}"#;
        assert_eq!(refusal(blank), (Code::InvalidMessage, Some("c1".into())));
        assert_eq!(read(blank).expect_err("refused").error.detail, "The message is empty.");
        assert_eq!(refusal("{"), (Code::InvalidRequest, None));
        assert_eq!(
            refusal(r#"{"type":"dance","clientId":"c1"}"#),
            (Code::InvalidRequest, Some("c1".into()))
        );
    }

    #[test]
    fn every_type_of_frame_that_can_be_read_is_a_known_one() {
        let message = r#"{"type":"instant_chat_message","clientId":"c1","body":{"v":1,"kind":"text","text":"a"}}"#;
        let bare = |kind: &str| format!(r#"{{"type":"{kind}","typing":true}}"#);
        for kind in KNOWN {
            let frame = if kind == MESSAGE {
                message.to_owned()
            } else {
                bare(kind)
            };
            assert!(read(&frame).is_ok(), "{kind}");
        }
        assert!(read(&bare("dance")).expect_err("refused").is_newer);
        assert!(!read(r#"{"type":"instant_chat_typing"}"#).expect_err("refused").is_newer);
    }

    #[test]
    fn a_list_of_fields_is_no_frame() {
        assert!(read(r#"["beat"]"#).is_err());
        assert!(read(r#"["instant_chat_typing",true]"#).is_err());
        let body = r#"[1,"text","Hello",null,null,null,null,null,null,null,null,null,null,null]"#;
        let frame = format!(r#"{{"type":"instant_chat_message","clientId":"c1","body":{body}}}"#);
        assert_eq!(refusal(&frame), (Code::InvalidMessage, Some("c1".into())));
    }

    #[test]
    fn patience_ends_after_five_unreadable_frames() {
        let mut patience = Patience::default();
        for _ in 0..4 {
            assert!(patience.lose(&binary()).is_ok());
        }
        assert!(patience.lose(&binary()).is_err());
    }
}

use server::http::read_frame;
use wire::protocol::{Body, ClientFrame, Entry, Message, ServerFrame};

/// Frames of a socket, read by the server and by the page: what was read can be written and read again, and every refusal
/// can be told.
///
/// # Panics
/// Where that is not so.
pub fn frames(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    match read_frame(text) {
        // Nothing writes a kind that it does not know.
        Ok(ClientFrame::Message {
            message:
                Message::Say {
                    body: Body::Unknown, ..
                }
                | Message::Edit {
                    body: Body::Unknown, ..
                },
            ..
        }) => {}
        Ok(frame) => {
            let again = serde_json::to_string(&frame).expect("JSON");
            assert_eq!(read_frame(&again).expect("a frame"), frame);
        }
        Err(refusal) => {
            let told = serde_json::to_string(&refusal.error).expect("JSON");
            assert!(!told.contains('\0') && !refusal.error.detail.is_empty());
        }
    }
    if let Ok(frame) = serde_json::from_str::<ServerFrame>(text) {
        if let ServerFrame::Entry(Entry::Message {
            body: Body::Unknown, ..
        }) = frame
        {
            return;
        }
        let again = serde_json::to_string(&frame).expect("JSON");
        assert_eq!(serde_json::from_str::<ServerFrame>(&again).expect("a frame"), frame);
    }
}

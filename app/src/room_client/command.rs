//! What components ask of the connection.

use wire::protocol::ClientFrame;

use super::Event;

/// What a component asks of the connection.
#[derive(Debug)]
pub(super) enum Command {
    /// Something happened on this page.
    Event(Event),
    /// Send a frame, if there is a connection.
    Tell(ClientFrame),
    /// The network or the person is back: do not wait any longer.
    Wake {
        /// Whether the connection is asked first. Else it is given up: it is of another network, or was left for long.
        trusts: bool,
    },
}

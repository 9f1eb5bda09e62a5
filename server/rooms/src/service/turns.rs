//! One after the other in each room, and no room waits for another.

use std::{collections::HashMap, sync::Arc};

use parking_lot::Mutex;
use wire::domain::RoomId;

/// Those who have or wait for the turn in one room, at most. A creator decides now and then; who piles up more while the
/// store does not answer is told to come again.
const IN_ROOM: usize = 8;

/// Rooms in which somebody has the turn, at most: some megabytes while a store fails for all of them.
const ROOMS: usize = 10_000;

type Line = Arc<tokio::sync::Mutex<()>>;

/// The turns of all rooms. A room is in here for as long as somebody has its turn or waits for it.
#[derive(Debug, Default)]
pub(super) struct Turns(Mutex<HashMap<RoomId, Line>>);

/// A place in a room's line, given back on drop.
pub(super) struct InLine<'t> {
    turns: &'t Turns,
    room: RoomId,
    line: Line,
}

impl Turns {
    /// A place in the room's line; none where too many stand there.
    pub(super) fn line_up(&self, room: &RoomId) -> Option<InLine<'_>> {
        let mut rooms = self.0.lock();
        let is_full = match rooms.get(room) {
            // One of them is the table's own.
            Some(line) => Arc::strong_count(line) > IN_ROOM,
            None => rooms.len() >= ROOMS,
        };
        (!is_full).then(|| InLine {
            turns: self,
            room: room.clone(),
            line: Arc::clone(rooms.entry(room.clone()).or_default()),
        })
    }
}

impl InLine<'_> {
    /// Waits for the turn, which lasts as long as what this returns.
    pub(super) async fn turn(&self) -> impl Drop {
        self.line.lock().await
    }
}

impl Drop for InLine<'_> {
    fn drop(&mut self) {
        let mut rooms = self.turns.0.lock();
        // The table's and this one: nobody else is there, and nobody can come while the table is locked.
        if Arc::strong_count(&self.line) == 2 {
            rooms.remove(&self.room);
        }
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;

    use super::*;

    fn room(n: usize) -> RoomId {
        RoomId::parse(format!("room{n:08}")).expect("an id")
    }

    #[tokio::test]
    async fn a_room_s_turns_follow_each_other_and_no_other_room_s() {
        let turns = Turns::default();
        let (first, second, other) = (
            turns.line_up(&room(1)).expect("a place"),
            turns.line_up(&room(1)).expect("a place"),
            turns.line_up(&room(2)).expect("a place"),
        );
        let turn = first.turn().await;
        assert!(second.turn().now_or_never().is_none());
        assert!(other.turn().now_or_never().is_some());
        drop(turn);
        assert!(second.turn().now_or_never().is_some());
    }

    #[test]
    fn lines_have_an_end_and_go_when_nobody_stands_there() {
        let turns = Turns::default();
        let line: Vec<_> = (0..IN_ROOM)
            .map(|_| turns.line_up(&room(1)).expect("a place"))
            .collect();
        assert!(turns.line_up(&room(1)).is_none());
        assert!(turns.line_up(&room(2)).is_some());
        drop(line);
        assert!(turns.0.lock().is_empty());
        let lines: Vec<_> = (0..ROOMS).map(|n| turns.line_up(&room(n)).expect("a place")).collect();
        assert!(turns.line_up(&room(ROOMS)).is_none());
        drop(lines);
        assert!(turns.0.lock().is_empty());
    }
}

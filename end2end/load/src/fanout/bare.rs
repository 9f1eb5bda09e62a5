//! The floor: sockets, frames and nothing else, on one thread.

use std::{cell::RefCell, collections::HashMap, io, rc::Rc};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream, tcp::OwnedWriteHalf},
    task::{LocalSet, spawn_local, yield_now},
};

const ANSWER: &[u8] = b"HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
                        Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";

#[derive(Default)]
struct Room {
    members: RefCell<Vec<Rc<OwnedWriteHalf>>>,
    /// Frames that came since the last write.
    waiting: RefCell<Vec<u8>>,
}

type Rooms = Rc<RefCell<HashMap<String, Rc<Room>>>>;

/// Serves until it is killed. Says where, on the standard output.
pub fn serve() -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .event_interval(1024)
        .enable_all()
        .build()?;
    LocalSet::new().block_on(&runtime, async {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        println!("http://{}", listener.local_addr()?);
        let rooms = Rooms::default();
        loop {
            let (stream, _) = listener.accept().await?;
            let rooms = Rc::clone(&rooms);
            spawn_local(async move { converse(stream, rooms).await });
        }
    })
}

async fn converse(mut stream: TcpStream, rooms: Rooms) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut read = Vec::new();
    while !read.ends_with(b"\r\n\r\n") {
        if stream.read_buf(&mut read).await? == 0 {
            return Ok(());
        }
    }
    let path = String::from_utf8_lossy(&read)
        .split(' ')
        .nth(1)
        .unwrap_or_default()
        .to_owned();
    read = Vec::new();
    stream.write_all(ANSWER).await?;
    let (mut reader, writer) = stream.into_split();
    let room = Rc::clone(rooms.borrow_mut().entry(path).or_default());
    room.members.borrow_mut().push(Rc::new(writer));
    while reader.read_buf(&mut read).await? > 0 {
        while let Some(length) = relay(&read, &room) {
            read.drain(..length);
        }
        if read.is_empty() {
            read = Vec::new();
        }
    }
    Ok(())
}

/// Hands the first frame on, where it is whole: how many bytes it took. Its mask is nought, as the crowd's are.
fn relay(read: &[u8], room: &Rc<Room>) -> Option<usize> {
    let (head, length) = match *read.get(1)? & 0x7F {
        126 => (4, usize::from(u16::from_be_bytes([*read.get(2)?, *read.get(3)?]))),
        length => (2, usize::from(length)),
    };
    let text = read.get(head + 4..head + 4 + length)?;
    let mut waiting = room.waiting.borrow_mut();
    if waiting.is_empty() {
        let room = Rc::clone(room);
        // Behind all tasks that are ready: they may have more for the same write.
        spawn_local(async move {
            yield_now().await;
            let frames = room.waiting.take();
            for member in room.members.borrow().iter() {
                // A member that takes less stalls the whole crowd: it would be seen.
                let _ = member.try_write(&frames);
            }
        });
    }
    waiting.extend([0x81, read[1] & 0x7F]);
    waiting.extend(&read[2..head]);
    waiting.extend(text);
    Some(head + 4 + length)
}

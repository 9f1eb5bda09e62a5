use std::{panic, sync::Once};

use bytes::Bytes;
use media::prepare;

/// Files that somebody uploads: what is taken is clean, for cleaned again it is the same; and so is its small copy.
///
/// # Panics
/// Where that is not so.
pub fn media(bytes: &[u8]) {
    let_libraries_panic();
    let Ok(taken) = prepare(&Bytes::copy_from_slice(bytes)) else {
        return;
    };
    for file in [Some(&taken), taken.small.as_deref()].into_iter().flatten() {
        let again = prepare(&file.bytes).expect("what was taken is taken again");
        assert_eq!((again.media_type, again.sides), (file.media_type, file.sides));
        assert!(again.bytes == file.bytes, "something was left to be removed");
    }
}

/// The engine calls every panic a fault. Those within a decoder are for the server to catch: should it not, they arrive here.
fn let_libraries_panic() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let fault = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !info
                .location()
                .is_some_and(|place| place.file().contains("/registry/src/"))
            {
                fault(info);
            }
        }));
    });
}

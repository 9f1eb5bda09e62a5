//! Randomness, as a parameter, and the ids and secrets made of it.

use std::sync::atomic::{AtomicU64, Ordering};

use sha2::{Digest, Sha256};
use wire::domain::{Epoch, MediaId, ParticipantId, RoomId, Token, TokenHash};

/// Characters of a nanoid, 6 random bits each: 132 bits, where 128 are the least for a secret.
const SECRET_LENGTH: usize = 22;

/// A source of random bytes.
pub trait Random: Send + Sync + 'static {
    /// Fills `bytes` with random ones.
    fn fill(&self, bytes: &mut [u8]);

    /// A new room's id. Who knows it may join: 72 bits, but for 0.05. It ends in a letter or a digit: programs that make
    /// links of what looks like one take a `-` or `_` at the end for the text's.
    fn room_id(&self) -> RoomId {
        let mut ids = std::iter::repeat_with(|| nanoid(self, RoomId::LENGTH));
        let id = ids.find(|id| id.ends_with(|last: char| last.is_ascii_alphanumeric()));
        id.and_then(|id| RoomId::parse(id).ok())
            .expect("a nanoid has the characters of a room's id")
    }

    /// A new participant's id: `anon_` and 72 bits.
    fn participant_id(&self) -> ParticipantId {
        ParticipantId::parse(format!("anon_{}", nanoid(self, 12))).expect("a nanoid has the characters of an id")
    }

    /// A new secret, of 132 bits.
    fn token(&self) -> Token {
        Token::parse(&nanoid(self, SECRET_LENGTH)).expect("a nanoid has the characters of a token")
    }

    /// A name for a request, to find its log lines by: 60 bits.
    fn request_id(&self) -> String {
        nanoid(self, 10)
    }

    /// A new upload's id: 132 bits.
    fn media_id(&self) -> MediaId {
        MediaId::parse(nanoid(self, MediaId::LENGTH)).expect("a nanoid has the characters of an id")
    }

    /// A name for a log that starts now: 72 bits.
    fn epoch(&self) -> Epoch {
        Epoch::parse(nanoid(self, 12)).expect("a nanoid has the characters of an epoch")
    }
}

fn nanoid(random: &(impl Random + ?Sized), length: usize) -> String {
    let bytes = |count| {
        let mut bytes = vec![0; count];
        random.fill(&mut bytes);
        bytes
    };
    nanoid::format(bytes, &nanoid::alphabet::SAFE, length)
}

/// What is kept of a token.
#[must_use]
pub fn hash(token: &Token) -> TokenHash {
    TokenHash(Sha256::digest(token.expose()).into())
}

/// The system's generator.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemRandom;

impl Random for SystemRandom {
    /// # Panics
    /// When the system has no generator: nothing that we made without one would be safe to hand out.
    fn fill(&self, bytes: &mut [u8]) {
        getrandom::fill(bytes).expect("the system has a random generator");
    }
}

/// The same sequence for the same seed: for tests, as anybody can guess it.
#[derive(Debug)]
pub struct SeededRandom(AtomicU64);

impl SeededRandom {
    /// The sequence that begins at `seed`.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(AtomicU64::new(seed))
    }
}

impl Random for SeededRandom {
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            // SplitMix64: every state gives another number, so ids differ for as long as a test runs.
            let state = self.0.fetch_add(0x9E37_79B9_7F4A_7C15, Ordering::Relaxed);
            let mixed = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
            chunk.copy_from_slice(&(mixed ^ (mixed >> 31)).to_le_bytes()[..chunk.len()]);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn ids_and_tokens_are_new_each_time() {
        for random in [&SystemRandom as &dyn Random, &SeededRandom::new(7)] {
            let rooms: HashSet<_> = (0..1_000).map(|_| random.room_id()).collect();
            assert_eq!(rooms.len(), 1_000);
            for room in rooms {
                assert!(!room.as_str().ends_with(['-', '_']), "a link's end");
            }
            assert_ne!(random.token(), random.token());
            assert_ne!(random.epoch(), random.epoch());
            assert!(random.participant_id().as_str().starts_with("anon_"));
        }
    }

    #[test]
    fn a_seed_gives_the_same_ids_again() {
        assert_eq!(SeededRandom::new(7).room_id(), SeededRandom::new(7).room_id());
        assert_ne!(SeededRandom::new(7).room_id(), SeededRandom::new(8).room_id());
    }

    #[test]
    fn a_token_has_the_bits_of_a_secret_and_is_kept_as_its_sha_256() {
        assert_eq!(SystemRandom.token().expose().len(), SECRET_LENGTH);
        const { assert!(SECRET_LENGTH * 6 >= 128) };
        let token = Token::parse("abcdefghijklmnopqrstuvwxyz").expect("valid");
        let hex: String = hash(&token).0.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(hex, "71c480df93d6ae2f1efad1447c66c9525e316218cf51fc8d9ed832f2daf18b73");
    }
}

//! One module a fault.

use std::sync::Mutex;

use fastrand::Rng;
use futures_util::future::BoxFuture;

use crate::{
    checker::Verdict,
    program::{Program, Setup},
};

mod commit;
mod cut;
mod database;
mod duplicates;
mod end;
mod full_disk;
mod half_open;
mod herd;
mod kill;
mod link;
mod live;
mod slow;
mod stop;

/// How much is broken.
#[derive(Debug, Clone, Copy)]
pub struct Scale {
    /// Times that the server is killed while everybody writes.
    pub kills: u64,
    /// Messages that are acked meanwhile.
    pub acked: u64,
    /// Times of every other fault that takes a moment.
    pub rounds: u64,
    /// Sockets that reconnect at once.
    pub herd: usize,
    /// Whether to wait for what takes half a minute.
    pub patient: bool,
}

impl Scale {
    /// Some seconds a database.
    pub const SHORT: Self = Self {
        kills: 4,
        acked: 800,
        rounds: 1,
        herd: 100,
        patient: false,
    };

    /// Some minutes a database.
    pub const FULL: Self = Self {
        kills: 210,
        acked: 105_000,
        rounds: 5,
        herd: 1_000,
        patient: true,
    };
}

/// Where a fault happens.
pub struct Arena {
    /// How servers are started.
    pub setup: Setup,
    /// How much is broken.
    pub scale: Scale,
    /// The name of the fault, for progress.
    pub name: &'static str,
    /// Where randomness comes from.
    pub rng: Mutex<Rng>,
}

impl Arena {
    /// A source of randomness of its own.
    ///
    /// # Panics
    /// When another fault did while it took one.
    #[must_use]
    pub fn rng(&self) -> Rng {
        self.rng.lock().expect("nothing panics here").fork()
    }

    /// A server that knows nothing yet.
    pub async fn server(&self) -> Program {
        Program::start(&self.setup).await
    }

    /// Says how far it is.
    pub fn progress(&self, text: &str) {
        eprintln!("  {:<9} {:<28} {text}", self.setup.database.name(), self.name);
    }
}

/// What became of it.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    /// Times that the fault was injected.
    pub times: u64,
    /// What the checker found.
    pub verdict: Verdict,
    /// What was measured besides, or why nothing was.
    pub note: String,
}

/// A way to break the server.
#[derive(Clone, Copy)]
pub struct Fault {
    /// As it stands in the table.
    pub name: &'static str,
    /// Breaks it.
    pub run: fn(&Arena) -> BoxFuture<'_, Outcome>,
    /// Whether it can happen to rooms in SQLite.
    pub sqlite: bool,
    /// Whether it can happen to rooms in Postgres.
    pub postgres: bool,
    /// Whether it takes too long for the short form.
    pub slow: bool,
}

macro_rules! faults {
    ($($name:literal: $module:ident { $($field:ident: $value:literal),* },)*) => {
        /// All that are known.
        pub const ALL: &[Fault] = &[$(Fault {
            name: $name,
            run: |arena| Box::pin($module::run(arena)),
            $($field: $value,)*
            ..ANYWHERE
        }),*];
    };
}

const ANYWHERE: Fault = Fault {
    name: "",
    run: |_| Box::pin(async { Outcome::default() }),
    sqlite: true,
    postgres: true,
    slow: false,
};

faults! {
    "kill -9 while sending": kill {},
    "database stopped, restarted": database { sqlite: false },
    "answer cut after a commit": commit { sqlite: false },
    "disk full": full_disk { postgres: false },
    "connections cut mid-frame": cut {},
    "readers that do not read": slow { slow: true },
    "half-open connections": half_open { slow: true },
    "all reconnect at once": herd {},
    "told to stop": stop {},
    "ended while people write": end {},
    "the same clientId at once": duplicates {},
    "a live room's words": live {},
    "links that are only opened": link {},
}

//! What the server counts, in the text format that Prometheus reads. Numbers only: no id, name, address or word of a
//! chat stands in one, and every label comes from a list in this program.

use std::fmt;

use admission::{Budget, Resource, Whose};
use prometheus_client::{
    encoding::text::encode,
    metrics::{counter::Counter, family::Family, gauge::Gauge},
    registry::{Registry, Unit},
};
use wire::error::Code;

type Label = [(&'static str, &'static str); 1];

/// Why a connection was ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    /// Nothing was asked on it, and its place was needed.
    Idle,
    /// Its reader took too little for too long.
    Slow,
}

/// The counters of one server.
pub struct Metrics {
    registry: Registry,
    entries: Counter,
    deliveries: Counter,
    refusals: Family<Label, Counter>,
    turned_away: Family<Label, Counter>,
    cut: Family<Label, Counter>,
    connections: Gauge,
    budget_used: Family<Label, Gauge>,
    budget_limit: Family<Label, Gauge>,
    text: Family<Label, Gauge>,
    text_limit: Family<Label, Gauge>,
    rooms_limit: Gauge,
    rooms: Gauge,
    sockets: Gauge,
    store_up: Gauge,
    upload_bytes: Gauge,
    uploads_waiting: Gauge,
}

impl fmt::Debug for Metrics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Metrics(…)")
    }
}

impl Metrics {
    /// Nothing has been counted yet. What the `rules` count is read with it.
    #[must_use]
    pub fn new(rules: &rooms::metrics::Metrics) -> Self {
        let metrics = Self {
            registry: Registry::with_prefix("instant_chat"),
            entries: Counter::default(),
            deliveries: rules.deliveries(),
            refusals: Family::default(),
            turned_away: Family::default(),
            cut: Family::default(),
            connections: Gauge::default(),
            budget_used: Family::default(),
            budget_limit: Family::default(),
            text: Family::default(),
            text_limit: Family::default(),
            rooms_limit: Gauge::default(),
            rooms: Gauge::default(),
            sockets: Gauge::default(),
            store_up: Gauge::default(),
            upload_bytes: Gauge::default(),
            uploads_waiting: Gauge::default(),
        };
        // From nought, so that the first refusal shows up as a rise.
        for code in Code::ALL {
            let _ = metrics.refusals.get_or_create(&by(*code));
        }
        for why in [Whose::Server, Whose::Address] {
            let _ = metrics.turned_away.get_or_create(&for_want_of(why));
        }
        for why in [Cut::Idle, Cut::Slow] {
            let _ = metrics.cut.get_or_create(&because(why));
        }
        metrics.registered(rules)
    }

    fn registered(mut self, rules: &rooms::metrics::Metrics) -> Self {
        let registry = &mut self.registry;
        rules.register(registry);
        registry.register("rooms", "Rooms that are open", self.rooms.clone());
        registry.register(
            "sockets",
            "WebSockets and event streams that are open",
            self.sockets.clone(),
        );
        registry.register(
            "rooms_limit",
            "Rooms that may be open at once",
            self.rooms_limit.clone(),
        );
        registry.register_with_unit(
            "text",
            "What is said in live rooms, in memory, and in stored ones",
            Unit::Bytes,
            self.text.clone(),
        );
        registry.register_with_unit(
            "text_limit",
            "How much may be said in them",
            Unit::Bytes,
            self.text_limit.clone(),
        );
        registry.register(
            "budget_used",
            "How much is held of what there is only so much of",
            self.budget_used.clone(),
        );
        registry.register("budget_limit", "How much there may be of it", self.budget_limit.clone());
        registry.register("connections", "Connections that are open", self.connections.clone());
        registry.register(
            "connections_turned_away",
            "Connections for which there was no place, by whose places were taken",
            self.turned_away.clone(),
        );
        registry.register(
            "connections_cut",
            "Connections ended for the sake of others, by why",
            self.cut.clone(),
        );
        registry.register("store_up", "Whether the store answers", self.store_up.clone());
        registry.register(
            "upload_bytes",
            "Bytes of uploads that are under way",
            self.upload_bytes.clone(),
        );
        registry.register(
            "uploads_waiting",
            "Uploads that are decoded, or wait for it",
            self.uploads_waiting.clone(),
        );
        registry.register("entries", "Entries appended to logs", self.entries.clone());
        registry.register(
            "refusals",
            "Requests and frames refused, by code",
            self.refusals.clone(),
        );
        self
    }

    /// Notes entries that are in a log now.
    pub fn appended(&self, entries: usize) {
        self.entries.inc_by(count(entries));
    }

    /// Notes frames that were sent to a socket.
    pub fn delivered(&self, frames: u64) {
        self.deliveries.inc_by(frames);
    }

    /// Notes that something was refused.
    pub fn refused(&self, code: Code) {
        self.refusals.get_or_create(&by(code)).inc();
    }

    /// Notes that there was no place for a connection.
    pub fn turned_away(&self, why: Whose) {
        self.turned_away.get_or_create(&for_want_of(why)).inc();
    }

    /// Notes that a connection was ended for the sake of others.
    pub fn cut(&self, why: Cut) {
        self.cut.get_or_create(&because(why)).inc();
    }

    /// Notes how much of a budget is held, and how much there may be.
    pub fn hold(&self, budget: &Budget) {
        let (used, limit) = (whole(budget.used()), whole(budget.limit()));
        let of = [("budget", budget.of().name())];
        self.budget_used.get_or_create(&of).set(used);
        self.budget_limit.get_or_create(&of).set(limit);
        // And by the names of their own that dashboards know.
        let text = |kind| {
            self.text.get_or_create(&[("kind", kind)]).set(used);
            self.text_limit.get_or_create(&[("kind", kind)]).set(limit);
        };
        match budget.of() {
            Resource::Connections => {
                self.connections.set(used);
            }
            Resource::UploadBytes => {
                self.upload_bytes.set(used);
            }
            Resource::Uploads => {
                self.uploads_waiting.set(used);
            }
            Resource::Rooms => {
                self.rooms_limit.set(limit);
            }
            Resource::LiveText => text("live"),
            Resource::StoredText => text("stored"),
            Resource::Lasting | Resource::Exports | Resource::RoomText => {}
        }
    }

    /// All numbers as text, with how things stand now: how many rooms are open, if the store says so, and sockets.
    #[must_use]
    pub fn text(&self, rooms: Option<u64>, sockets: usize) -> String {
        self.store_up.set(i64::from(rooms.is_some()));
        if let Some(rooms) = rooms {
            self.rooms.set(i64::try_from(rooms).unwrap_or(i64::MAX));
        }
        self.sockets.set(i64::try_from(sockets).unwrap_or(i64::MAX));
        let mut text = String::new();
        // A String takes whatever is written to it.
        let _ = encode(&mut text, &self.registry);
        text
    }
}

const fn by(code: Code) -> Label {
    [("code", code.name())]
}

const fn for_want_of(why: Whose) -> Label {
    let whose = match why {
        Whose::Server => "server",
        Whose::Address => "address",
    };
    [("limit", whose)]
}

const fn because(why: Cut) -> Label {
    let why = match why {
        Cut::Idle => "idle",
        Cut::Slow => "slow",
    };
    [("reason", why)]
}

fn whole(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

fn count(n: usize) -> u64 {
    u64::try_from(n).unwrap_or(u64::MAX)
}

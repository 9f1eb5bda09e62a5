//! The server as a whole: put together, started, stopped.

use std::{io, net::SocketAddr, sync::Arc, time::Duration};

use admission::{Budget, Each, Resource, Visitors, descriptors};
use app::session::CookiePolicy;
use clock::Clock;
use media::{MediaStore, NoMediaStore, Workshop};
use random::Random;
use rooms::{
    Parts, RoomHandles, RoomService, Rules,
    identity::{Identities, IdentityError},
    presence::Pace,
    sweeper::Sweeper,
};
use store::{LogError, Logged, Observer, OpenError};
use tokio::{net::TcpListener, task::JoinSet, time::timeout};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{
    config::{Config, InvalidOrigin, Origin},
    http::{Heartbeats, Hosts, Origins, Proxies, Site, Web, metrics_router, router},
    metrics::Metrics,
};

mod connections;
mod head;
mod patience;
mod refusing;
mod resting;

use connections::Acceptor;
use refusing::Refusing;

/// How long sockets and requests may take to come to their end when the server stops. They have time-outs of their own;
/// this is for what hangs in spite of them.
const DRAIN_WITHIN: Duration = Duration::from_secs(8);

/// How long the stores may take to commit what they have taken. With [`DRAIN_WITHIN`] under the 10 s after which
/// container runtimes kill.
const CLOSE_WITHIN: Duration = Duration::from_millis(1_500);

/// Connections of whoever reads metrics: they have places of their own, so that they come in when visitors cannot.
const METRICS_CONNECTIONS: u64 = 16;

/// Why the server did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// No folder for data.
    #[error("DATA_DIR could not be made: {0}")]
    DataDir(#[source] io::Error),
    /// Nowhere to keep pictures and recordings.
    #[error("{0}")]
    Media(#[from] NoMediaStore),
    /// Nothing that decodes pictures.
    #[error("where this program is cannot be found out: {0}")]
    Decoder(#[source] io::Error),
    /// Nowhere to listen.
    #[error("HOST and PORT: {address} cannot be listened on: {source}")]
    Listen {
        /// What was asked for.
        address: String,
        /// Why not.
        source: io::Error,
    },
    /// The host has not the form of one.
    #[error("HOST {0}")]
    Host(#[from] InvalidOrigin),
    /// No way to check identities as they were asked for.
    #[error("{0}")]
    Identity(#[from] IdentityError),
    /// No store.
    #[error("DATABASE_URL: {0}")]
    Store(#[from] OpenError),
    /// Nowhere to serve metrics.
    #[error("METRICS_ADDR: {0} cannot be listened on: {1}")]
    Metrics(SocketAddr, #[source] io::Error),
    /// A store that does not answer.
    #[error("the database does not answer: {0}")]
    Log(#[from] LogError),
    /// What earlier chats have left cannot be looked through.
    #[error("what earlier chats have left cannot be tidied up: {0}")]
    Tidy(#[source] LogError),
}

/// A running server.
pub struct Server {
    local_addr: SocketAddr,
    metrics_addr: Option<SocketAddr>,
    origin: Origin,
    stopping: CancellationToken,
    connections: TaskTracker,
    sockets: TaskTracker,
    rooms: Arc<RoomService>,
    sweeper: Arc<Sweeper>,
    handles: Arc<RoomHandles>,
    /// What runs beside requests. Aborted when it is dropped.
    background: JoinSet<()>,
}

/// Hands what is in the log on to the rooms' sockets: neither knows the other. Counts it on the way.
#[derive(Debug)]
struct ToSockets(Arc<RoomHandles>, Arc<Metrics>);

impl Observer for ToSockets {
    fn appended(&self, room: &wire::domain::RoomId, entries: &[Logged]) {
        self.1.appended(entries.len());
        let entries = entries.iter();
        self.0
            .appended(room, entries.map(|entry| (entry.seq, entry.frame.clone())));
    }
}

impl Server {
    /// Starts the server: when this returns, it answers.
    ///
    /// # Errors
    /// [`StartError`], with a sentence for the operator.
    pub async fn start(config: &Config, clock: Arc<dyn Clock>, random: Arc<dyn Random>) -> Result<Self, StartError> {
        std::fs::create_dir_all(&config.data_dir).map_err(StartError::DataDir)?;
        let identities = Arc::new(Identities::of(&(&config.identity).into())?);
        let listener = listen(config).await?;
        let local_addr = listener.local_addr().map_err(|source| cannot_listen(config, source))?;
        let metrics_listener = listen_for_metrics(config).await?;
        let metrics_addr = metrics_listener
            .as_ref()
            .and_then(|listener| listener.local_addr().ok());
        let local = Origin::of_host(&format!("{}:{}", bracketed(&config.host), local_addr.port()))?;

        let stopping = CancellationToken::new();
        let counted = Arc::new(rooms::metrics::Metrics::default());
        let pace = Pace::new(config.messages_per_second, config.message_burst, config.room_limit);
        let handles = RoomHandles::new(config.leave_after, pace, stopping.clone(), Arc::clone(&counted));
        let handles = Arc::new(handles);
        let metrics = Arc::new(Metrics::new(&counted));
        let observer = Arc::new(ToSockets(Arc::clone(&handles), Arc::clone(&metrics)));
        let stores = store::open(
            config.database().expose(),
            Arc::clone(&clock),
            random.epoch(),
            observer,
            Arc::clone(&handles) as _,
            config.bounds(),
        )
        .await?;
        let parts = Parts {
            stores,
            media: MediaStore::open(&config.data_dir.join("media"), config.media_url.as_ref()).await?,
            workshop: Workshop::new(config.decoder.clone()).map_err(StartError::Decoder)?,
            rooms: Arc::clone(&handles),
            clock,
            identities,
            random: Arc::clone(&random),
            metrics: counted,
            stopping: stopping.clone(),
        };
        let rules = Rules {
            limits: config.limits(),
            room_ttl: config.room_ttl,
            media: config.media(),
        };
        let rooms = Arc::new(RoomService::new(parts, rules));
        rooms.expect_all_inside().await?;
        rooms.tidy_media().await.map_err(StartError::Tidy)?;

        let sweeper = Arc::new(Sweeper::default());
        let mut background = JoinSet::new();
        background.spawn({
            let handles = Arc::clone(&handles);
            async move { handles.announce().await }
        });
        background.spawn({
            let rooms = Arc::clone(&rooms);
            async move { rooms.let_go().await }
        });
        let heartbeats = Arc::new(Heartbeats::default());
        background.spawn({
            let heartbeats = Arc::clone(&heartbeats);
            async move { heartbeats.run().await }
        });
        sweeper.start(&mut background, &rooms, config.sweep_every);

        let connections_max = descriptors::make_room_for(config.max_connections);
        let places = Budget::new(
            Resource::Connections,
            connections_max.into(),
            Each::UpTo(config.connections_per_address.into()),
        );
        let sockets = TaskTracker::new();
        let origin = config.public_url.clone().unwrap_or_else(|| local.clone());
        let web = Web {
            rooms: Arc::clone(&rooms),
            origins: Arc::new(Origins {
                public: config.public_url.clone(),
                allowed: config.allowed_origins.clone(),
                local,
            }),
            hosts: Arc::new(Hosts(config.embed_origins.clone())),
            visitors: Arc::new(Visitors::new(config.rates.into(), config.connections_per_address)),
            connections: Arc::clone(&places),
            socket_limit: config.socket_limit,
            proxies: Arc::new(Proxies(config.trusted_proxies.clone())),
            site: Arc::new(site(config)),
            cookies: CookiePolicy {
                secure: config.is_public_over_tls(),
                framed: !config.embed_origins.is_empty(),
            },
            metrics: Arc::clone(&metrics),
            random,
            join_within: config.join_within,
            stopping: stopping.clone(),
            sockets: sockets.clone(),
            heartbeats,
        };
        let connections = TaskTracker::new();
        let acceptor = Acceptor {
            head_within: config.head_within,
            take_within: config.take_within,
            places,
            proxies: Arc::clone(&web.proxies),
            resting: Arc::default(),
            refusing: Refusing::default(),
            metrics,
            stopping: stopping.clone(),
            connections: connections.clone(),
        };
        if let Some(listener) = metrics_listener {
            let metrics = metrics_router(web.clone());
            let acceptor = Acceptor {
                places: Budget::new(Resource::Connections, METRICS_CONNECTIONS, Each::All),
                resting: Arc::default(),
                ..acceptor.clone()
            };
            connections.spawn(acceptor.accept(listener, metrics));
        }
        connections.spawn(acceptor.accept(listener, router(web)));
        Ok(Self {
            local_addr,
            metrics_addr,
            origin,
            stopping,
            connections,
            sockets,
            rooms,
            sweeper,
            handles,
            background,
        })
    }

    /// Where it listens.
    #[must_use]
    pub const fn local_addr(&self) -> SocketAddr {
        self.local_addr
    }

    /// Where metrics are served, if anywhere.
    #[must_use]
    pub const fn metrics_addr(&self) -> Option<SocketAddr> {
        self.metrics_addr
    }

    /// What links begin with.
    #[must_use]
    pub const fn origin(&self) -> &Origin {
        &self.origin
    }

    /// How long after its end the content of the last purged room was gone.
    #[must_use]
    pub fn purge_lag(&self) -> Duration {
        self.sweeper.lag()
    }

    /// Stops: nobody new is let in, sockets get their goodbye, requests finish. Returns within 10 s.
    pub async fn stop(mut self) {
        self.stopping.cancel();
        self.handles.wake_all();
        self.connections.close();
        self.sockets.close();
        let drained = async {
            self.connections.wait().await;
            self.sockets.wait().await;
        };
        if timeout(DRAIN_WITHIN, drained).await.is_err() {
            tracing::warn!("some connections did not come to their end in time");
        }
        self.background.shutdown().await;
        if timeout(CLOSE_WITHIN, self.rooms.finish()).await.is_err() {
            tracing::warn!("the stores did not come to their end in time");
        }
    }
}

async fn listen(config: &Config) -> Result<TcpListener, StartError> {
    TcpListener::bind((config.host.as_str(), config.port))
        .await
        .map_err(|source| cannot_listen(config, source))
}

async fn listen_for_metrics(config: &Config) -> Result<Option<TcpListener>, StartError> {
    let Some(address) = config.metrics_addr else {
        return Ok(None);
    };
    let bound = TcpListener::bind(address).await;
    bound.map(Some).map_err(|error| StartError::Metrics(address, error))
}

fn cannot_listen(config: &Config, source: io::Error) -> StartError {
    StartError::Listen {
        address: format!("{}:{}", bracketed(&config.host), config.port),
        source,
    }
}

/// An IPv6 address stands in brackets in front of a port.
fn bracketed(host: &str) -> String {
    if host.contains(':') {
        format!("[{host}]")
    } else {
        host.to_owned()
    }
}

#[cfg(feature = "embed")]
fn site(_: &Config) -> Site {
    Site::embedded()
}

#[cfg(not(feature = "embed"))]
fn site(config: &Config) -> Site {
    // Set by `cargo leptos watch`.
    if std::env::var_os("LEPTOS_WATCH").is_some() {
        Site::watched(config.site_root.clone())
    } else {
        Site::of_folder(&config.site_root)
    }
}

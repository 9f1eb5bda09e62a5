use leptos::prelude::*;

/// A picture of the interface, drawn in a 24 by 24 square with a line of 1.8.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Glyph {
    /// Start.
    Spark,
    /// People.
    People,
    /// History.
    Book,
    /// Nothing kept.
    Vanish,
    /// Time.
    Clock,
    /// Invite, share.
    Share,
    /// Copy.
    Copy,
    /// Done.
    Check,
    /// More.
    More,
    /// Close.
    Close,
    /// Send.
    Send,
    /// To the newest.
    Down,
    /// Answer.
    Reply,
    /// Leave.
    Door,
    /// End.
    Stop,
    /// Something is wrong.
    Alert,
    /// A picture, or pictures.
    Picture,
    /// Take a picture.
    Camera,
    /// Keep a file.
    Save,
    /// Larger.
    Plus,
    /// Smaller.
    Minus,
    /// The one before.
    Earlier,
    /// The one after.
    Later,
    /// Record.
    Microphone,
    /// Play.
    Play,
    /// Hold on.
    Pause,
    /// End a recording.
    StopSquare,
    /// Delete.
    Bin,
    /// Edit.
    Pencil,
    /// Shortcuts.
    Keyboard,
}

impl Glyph {
    /// Whether it points along the line, and so the other way where lines run from right to left.
    const fn has_direction(self) -> bool {
        matches!(self, Self::Send | Self::Reply | Self::Door)
    }

    const fn path(self) -> &'static str {
        match self {
            Self::Spark => "M13 3 5 14h6l-1 7 8-11h-6z",
            Self::People => {
                "M9 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20a6.5 6.5 0 0 1 13 0M16 5a3.5 3.5 0 0 1 0 \
                 6.5M18.5 20a6.5 6.5 0 0 0-3-5.5"
            }
            Self::Book => "M6 3h11a1 1 0 0 1 1 1v16a1 1 0 0 1-1 1H6zM6 3v18M10 8h4M10 12h4",
            Self::Vanish => "M12 3a9 9 0 0 1 9 9M12 21a9 9 0 0 1-9-9M5.6 5.6l.1.1M18.3 18.3l.1.1M8 12h8",
            Self::Clock => "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3 2",
            Self::Share => "M12 15V3M8 7l4-4 4 4M5 12v7a1 1 0 0 0 1 1h12a1 1 0 0 0 1-1v-7",
            Self::Copy => {
                "M9 9h10a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1H9a1 1 0 0 1-1-1V10a1 1 0 0 1 1-1zM4 15V4a1 1 0 0 1 1-1h11"
            }
            Self::Check => "m5 12.5 4.5 4.5L19 7.5",
            Self::More => {
                "M6 12a1 1 0 1 1-2 0 1 1 0 0 1 2 0zM13 12a1 1 0 1 1-2 0 1 1 0 0 1 2 0zM20 12a1 1 0 1 1-2 0 1 1 0 0 1 2 0z"
            }
            Self::Close => "m6 6 12 12M18 6 6 18",
            Self::Send => "M20.5 3.5 3.5 10l7 3.5 3.5 7zM10.5 13.5l4-4",
            Self::Down => "M12 5v14M6 13l6 6 6-6",
            Self::Reply => "M9 7 4 12l5 5M4 12h10a6 6 0 0 1 6 6v1",
            Self::Door => "M14 4H6a1 1 0 0 0-1 1v14a1 1 0 0 0 1 1h8M10 12h10M17 9l3 3-3 3",
            Self::Stop => "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM9 9h6v6H9z",
            Self::Alert => "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7.5v5.5M12 16.5h.01",
            Self::Picture => {
                "M5 4h14a1 1 0 0 1 1 1v14a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1zM9.5 10.5a1.5 1.5 0 1 0 \
                 0-3 1.5 1.5 0 0 0 0 3zM4 17l5-4 4 3 3-2.5 4 3.5"
            }
            Self::Camera => {
                "M4 8h3l2-3h6l2 3h3a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V9a1 1 0 0 1 1-1zM12 16.5a3.5 3.5 \
                 0 1 0 0-7 3.5 3.5 0 0 0 0 7z"
            }
            Self::Save => "M12 4v11M7 10.5l5 5 5-5M5 20h14",
            Self::Plus => "M12 5v14M5 12h14",
            Self::Minus => "M5 12h14",
            Self::Earlier => "m14.5 5-7 7 7 7",
            Self::Later => "m9.5 5 7 7-7 7",
            Self::Microphone => {
                "M12 3a3 3 0 0 0-3 3v5a3 3 0 0 0 6 0V6a3 3 0 0 0-3-3zM5.5 11a6.5 6.5 0 0 0 13 0M12 17.5V21"
            }
            Self::Play => "M8 5.5v13l10.5-6.5z",
            Self::Pause => "M8.5 5.5v13M15.5 5.5v13",
            Self::StopSquare => "M7.5 7h9a.5.5 0 0 1 .5.5v9a.5.5 0 0 1-.5.5h-9a.5.5 0 0 1-.5-.5v-9a.5.5 0 0 1 .5-.5z",
            Self::Pencil => "M4 20l1-4.5L16.5 4a2 2 0 0 1 3 0l.5.5a2 2 0 0 1 0 3L8.5 19zM14.5 6l3.5 3.5",
            Self::Keyboard => {
                "M4 6.5h16a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1v-9a1 1 0 0 1 1-1zM7 10.5h.01M11 \
                 10.5h.01M15 10.5h.01M18 10.5h.01M8.5 14h7"
            }
            Self::Bin => "M4.5 7h15M9.5 7V4.5h5V7M6.5 7l1 12.5h9l1-12.5M10.3 11v5M13.7 11v5",
        }
    }
}

/// A picture. It says nothing to a screen reader: the words beside it do, or its button's label.
#[component]
pub fn Icon(
    /// Which one.
    glyph: Glyph,
) -> impl IntoView {
    view! {
        <svg class="icon" class:mirrored=glyph.has_direction() viewBox="0 0 24 24" aria-hidden="true">
            <path d=glyph.path() />
        </svg>
    }
}

//! Starting a chat: the section of the home page, the form, the dialog.

mod dialog;
mod form;
#[cfg(feature = "ssr")]
mod section;

pub use dialog::InstantChatDialog;
pub use form::CreateForm;
#[cfg(feature = "ssr")]
pub use section::InstantChatSection;

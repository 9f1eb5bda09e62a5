//! Starting a chat: the section of the home page, the form, the dialog.

mod dialog;
mod form;
mod section;

pub use dialog::InstantChatDialog;
pub use form::CreateForm;
pub use section::InstantChatSection;

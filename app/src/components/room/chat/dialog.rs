//! Dialogs that are opened and closed.

use leptos::{html, prelude::*};

/// Opens a dialog, before all else on the page.
pub(super) fn show(dialog: NodeRef<html::Dialog>) {
    if let Some(dialog) = dialog.get_untracked() {
        let _ = dialog.show_modal();
    }
}

/// Closes a dialog.
pub(super) fn close(dialog: NodeRef<html::Dialog>) {
    if let Some(dialog) = dialog.get_untracked() {
        dialog.close();
    }
}

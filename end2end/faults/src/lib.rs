//! Breaks the server in every way we can think of, under load, and checks that nothing acked is lost, doubled or
//! reordered.
//!
//! A [`crowd`] of clients, each with the browser's own state machine, talks through the real [`program`] while a
//! [`faults`] module breaks something. Each client keeps a [`history`]: what it sent, what it was promised, every entry
//! that came. The [`checker`] is pure: histories in, a verdict out.
//!
//! To add a fault, write a module in `faults` with one function `run(&Arena) -> Outcome`, and name it in `faults::ALL`.
//! Whatever else must hold is an assertion with a sentence: a panic fails the fault, and the others go on.

pub mod api;
pub mod checker;
pub mod client;
pub mod crowd;
pub mod faults;
pub mod history;
pub mod program;
pub mod proxy;

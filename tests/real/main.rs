//! The same stories, and worse, over real Dovecot and Postfix, with the daemon's own loops.

#[path = "../harness/mod.rs"]
mod harness;
#[path = "../demo/scenes.rs"]
mod scenes;
#[path = "../demo/screen.rs"]
mod screen;

mod daemon;
mod kills;
mod stage;
mod stories;

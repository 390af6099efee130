//! The same stories, and worse, over real Dovecot and Postfix, with the daemon's own loops.

#[path = "../harness/mod.rs"]
mod harness;
#[path = "../demo/scenes.rs"]
#[expect(dead_code, reason = "the demo itself uses the rest")]
mod scenes;
#[path = "../demo/screen.rs"]
mod screen;
#[path = "../demo/tracks.rs"]
#[expect(dead_code, reason = "the demo itself uses the rest")]
mod tracks;

mod canary;
mod copies;
mod daemon;
mod faults;
mod ground;
mod health;
mod incoming;
mod kills;
mod loops;
mod oauth;
mod outgoing;
mod recovery;
mod rules;
mod signed;
mod silence;
mod stage;
mod stories;

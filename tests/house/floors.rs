//! Which room may use which: lower floors only.

use super::source::Source;

/// Every room and its floor. A new room gets its row here, with a thought.
const FLOORS: [(&str, u8); 18] = [
    // The words.
    ("domain", 0),
    // The quiet wing: pure.
    ("letter", 1),
    ("workflow", 1),
    ("compose", 1),
    // Wet, but a helper: the encrypted connection that mailbox and smtp both stand on.
    ("transport", 1),
    // The wet wing: touches the world, decides nothing.
    ("store", WET),
    ("mailbox", WET),
    ("reader", WET),
    ("authenticate", WET),
    ("smtp", WET),
    ("oauth", WET),
    ("config", WET),
    // Decide, compose, commit.
    ("settle", 3),
    // What drives it: the loops, and stories told dry.
    ("service", 4),
    ("story", 4),
    // What a person runs.
    ("cli", 5),
    ("main", 6),
    ("lib", 7),
];

const WET: u8 = 2;

/// What the wet wing uses beside the words; nobody else uses the connection.
const WET_USES: [(&str, &[&str]); 5] = [
    ("mailbox", &["transport"]),
    ("smtp", &["transport"]),
    ("oauth", &["transport"]),
    // Its workers read the mails.
    ("reader", &["letter"]),
    // Builds the quiet wing's values from files.
    ("config", &["letter", "workflow", "compose"]),
];

fn floor(room: &str) -> Option<u8> {
    FLOORS.iter().find(|(name, _)| *name == room).map(|(_, floor)| *floor)
}

/// Whether `room` may use a room below it.
fn may_use(room: &str, other: &str) -> bool {
    let listed = WET_USES.iter().any(|(user, used)| *user == room && used.contains(&other));
    let is_free = other == "domain" || (floor(room) != Some(WET) && other != "transport");
    listed || is_free
}

/// Every use of a room that is not on a lower floor, or not for its user.
pub fn breaches(sources: &[Source]) -> Vec<String> {
    let modules: Vec<Vec<String>> = sources.iter().map(Source::module).collect();
    let mut breaches = Vec::new();
    for source in sources {
        let room = source.room();
        let Some(own) = floor(&room) else {
            breaches.push(format!("src/{}: the room {room} has no floor; give it one in tests/house/floors.rs", source.path));
            continue;
        };
        for named in source.paths() {
            let Some(other) = source.absolute(&named, &modules).and_then(|path| path.into_iter().next()) else { continue };
            let is_room = sources.iter().any(|known| known.room() == other);
            if !is_room || other == room {
                continue;
            }
            if floor(&other).is_none_or(|floor| floor >= own) {
                breaches.push(format!("src/{}:{}: {room} uses {other}, which is not on a lower floor", source.path, named.line));
            } else if !may_use(&room, &other) {
                breaches.push(format!("src/{}:{}: {room} uses {other}, which is not for it (WET_USES in tests/house/floors.rs)", source.path, named.line));
            }
        }
    }
    breaches
}

#[test]
fn a_room_that_looks_up_or_aside_is_found() {
    let planted = |path: &str, text: &str| {
        let others = ["domain/mod.rs", "letter/mod.rs", "compose/mod.rs", "transport.rs", "store/mod.rs", "cli/mod.rs"].map(|path| Source::read(path, ""));
        let mut house = Vec::from(others);
        house.push(Source::read(path, text));
        breaches(&house).len()
    };
    assert_eq!(planted("letter/html.rs", "use crate::domain::Address; use super::Kind;"), 0);
    assert_eq!(planted("letter/html.rs", "use crate::compose::Letter;"), 1);
    assert_eq!(planted("letter/html.rs", "fn f() { crate::store::open() }"), 1);
    assert_eq!(planted("letter/html.rs", "use crate::{domain::Address, store::{Store, Keys}};"), 2);
    assert_eq!(planted("letter/html.rs", "use super::super::compose;"), 1);
    assert_eq!(planted("domain/x.rs", "use crate::letter::Letter;"), 1);
    assert_eq!(planted("settle/x.rs", "use crate::store::Store; use crate::letter::Letter;"), 0);
    assert_eq!(planted("store/x.rs", "use crate::cli::World;"), 1);
    assert_eq!(planted("reader/x.rs", "use crate::letter::Letter; use crate::domain::Digest;"), 0);
    assert_eq!(planted("reader/x.rs", "use crate::compose::House;"), 1, "the wet wing uses what is listed");
    assert_eq!(planted("mailbox/x.rs", "use crate::transport::Stream;"), 0);
    assert_eq!(planted("service/x.rs", "use crate::transport::Stream;"), 1, "the connection is for mailbox, smtp and oauth");
    assert_eq!(planted("attic/mod.rs", ""), 1);
    assert_eq!(planted("letter/html.rs", "#[cfg(test)] mod tests { use super::super::Kind; use crate::compose::Letter; }"), 1);
}

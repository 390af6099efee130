//! Which room may use which: lower floors only.

use super::source::Source;

/// Every room and its floor. A new room gets its row here, with a thought.
const FLOORS: [(&str, u8); 17] = [
    // The words.
    ("domain", 0),
    // The quiet wing: pure.
    ("letter", 1),
    ("workflow", 1),
    ("compose", 1),
    // The encrypted connection that mailbox and smtp both stand on.
    ("transport", 2),
    // The wet wing: touches the world, decides nothing; config builds the quiet wing's values from files.
    ("store", 3),
    ("mailbox", 3),
    ("reader", 3),
    ("authenticate", 3),
    ("smtp", 3),
    ("config", 3),
    // Decide, compose, commit.
    ("settle", 4),
    // What drives it: the loops, and stories told dry.
    ("service", 5),
    ("story", 5),
    // What a person runs.
    ("cli", 6),
    ("main", 7),
    ("lib", 8),
];

fn floor(room: &str) -> Option<u8> {
    FLOORS.iter().find(|(name, _)| *name == room).map(|(_, floor)| *floor)
}

/// Every use of a room that is not on a lower floor.
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
            if is_room && other != room && floor(&other).is_none_or(|floor| floor >= own) {
                breaches.push(format!("src/{}:{}: {room} uses {other}, which is not on a lower floor", source.path, named.line));
            }
        }
    }
    breaches
}

#[test]
fn a_room_that_looks_up_or_aside_is_found() {
    let planted = |path: &str, text: &str| {
        let others = ["domain/mod.rs", "letter/mod.rs", "compose/mod.rs", "store/mod.rs", "cli/mod.rs"].map(|path| Source::read(path, ""));
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
    assert_eq!(planted("attic/mod.rs", ""), 1);
    assert_eq!(planted("letter/html.rs", "#[cfg(test)] mod tests { use super::super::Kind; use crate::compose::Letter; }"), 1);
}

//! Every combination of conditions that can be met: what a check looks at instead of running disputes.

use super::words::{Condition, Phase};

/// Which conditions hold: bit n for the nth of [`Condition::WORDS`].
pub(super) type World = u32;

pub(super) fn bit(condition: Condition) -> World {
    Condition::WORDS.iter().position(|(_, known)| *known == condition).map_or(0, |place| 1 << place)
}

pub(super) fn holds(world: World, condition: Condition) -> bool {
    world & bit(condition) != 0
}

/// Every combination of `relevant` conditions that can be met in a state of that phase.
pub(super) fn worlds(phase: Phase, relevant: World) -> impl Iterator<Item = World> {
    let paused = phase == Phase::Paused;
    let all: Vec<World> = (0..Condition::WORDS.len()).map(|bit| 1 << bit).filter(|bit| relevant & bit != 0).collect();
    let combined =
        (0..1u32 << all.len()).map(move |chosen| all.iter().enumerate().filter(|(place, _)| chosen & (1 << place) != 0).fold(0, |world, (_, bit)| world | bit));
    let asked = holds(relevant, Condition::Paused);
    combined.filter(move |world| match paused {
        true => !asked || holds(*world, Condition::Paused),
        false => !holds(*world, Condition::Paused) && !holds(*world, Condition::PausedBySender),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pause_is_known_by_the_phase() {
        let every = (1 << Condition::WORDS.len()) - 1;
        assert!(worlds(Phase::Opening, every).all(|world| !holds(world, Condition::Paused) && !holds(world, Condition::PausedBySender)));
        assert!(worlds(Phase::Paused, every).all(|world| holds(world, Condition::Paused)));
        assert_eq!(worlds(Phase::Paused, every).count(), 32768);
        assert_eq!(worlds(Phase::Opening, every).count(), 16384);
    }

    #[test]
    fn only_what_is_asked_about_makes_a_difference() {
        assert_eq!(worlds(Phase::Paused, 0).collect::<Vec<_>>(), [0]);
        assert_eq!(worlds(Phase::Opening, bit(Condition::Complete)).collect::<Vec<_>>(), [0, bit(Condition::Complete)]);
        assert_eq!(worlds(Phase::Paused, bit(Condition::Paused)).collect::<Vec<_>>(), [bit(Condition::Paused)]);
        assert_eq!(worlds(Phase::Opening, bit(Condition::Paused)).collect::<Vec<_>>(), [0]);
    }
}

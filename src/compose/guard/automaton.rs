//! Many short texts looked for in a long one, in one pass over it (Aho and Corasick, 1975).

/// What to look for, made ready: finding takes as many steps as the text has bytes, however many needles there are and however they overlap.
pub(super) struct Automaton {
    nodes: Vec<Node>,
    /// Where each byte leads from the root. These nodes stand before all others: most of a text is passed between the root and them.
    first: [usize; 256],
    /// For the root and each of these nodes, a bit for each byte with which it is not enough to look into `first`: one that leads on from the node, or is a
    /// whole needle.
    second: Vec<[u64; 4]>,
}

#[derive(Default)]
struct Node {
    /// The byte that leads here.
    byte: u8,
    /// The first of the nodes that follow, and the next one that follows the same; 0, which follows none, if there is none.
    child: usize,
    sibling: usize,
    /// The longest beginning of another needle that ends here.
    fallback: usize,
    /// The nearest node on the way of fallbacks at which a needle ends.
    shorter: usize,
    /// The needle that ends here.
    ends: Option<usize>,
}

impl Automaton {
    /// For `needles`, which are called by their places. Of equal ones the first is found.
    pub(super) fn new<'a>(needles: impl Iterator<Item = &'a str>) -> Self {
        let mut nodes = vec![Node::default()];
        let needles: Vec<&str> = needles.collect();
        let mut first = [0; 256];
        for byte in needles.iter().filter_map(|needle| needle.bytes().next()) {
            if let Some(entry) = first.get_mut(usize::from(byte)) {
                *entry = follow(&mut nodes, 0, byte);
            }
        }
        let mut second = vec![[0_u64; 4]; nodes.len()];
        for (place, needle) in needles.iter().enumerate().filter(|(_, needle)| !needle.is_empty()) {
            let last = needle.bytes().fold(0, |at, byte| follow(&mut nodes, at, byte));
            if let Some(last) = nodes.get_mut(last) {
                last.ends = last.ends.or(Some(place));
            }
        }
        let whole = || needles.iter().filter(|needle| needle.len() == 1).flat_map(|needle| needle.bytes());
        for (at, bits) in second.iter_mut().enumerate() {
            let leading = children(&nodes, at).map(|(_, node)| node.byte).filter(|_| at > 0);
            for byte in leading.chain(whole()) {
                if let Some(bits) = bits.get_mut(usize::from(byte >> 6)) {
                    *bits |= 1 << (byte & 63);
                }
            }
        }
        let mut automaton = Self { nodes, first, second };
        automaton.link();
        automaton
    }

    /// Tells `found` the place of every needle in `text` and the byte after it. `found` says whether to go on.
    pub(super) fn find(&self, text: &[u8], mut found: impl FnMut(usize, usize) -> bool) {
        let mut at = 0;
        for (byte, end) in text.iter().zip(1..) {
            at = self.step(at, *byte);
            let mut ending = at;
            while let Some(node) = self.nodes.get(ending).filter(|_| ending > 0) {
                if node.ends.is_some_and(|needle| !found(needle, end)) {
                    return;
                }
                ending = node.shorter;
            }
        }
    }

    /// Whether a needle stands in `text`.
    pub(super) fn holds(&self, text: &[u8]) -> bool {
        let mut holds = false;
        self.find(text, |_, _| {
            holds = true;
            false
        });
        holds
    }

    /// Whether `byte` may lead from `at` to anything but the first node of a needle.
    #[inline]
    fn goes_on(&self, at: usize, byte: u8) -> bool {
        self.second.get(at).is_none_or(|bits| bits.get(usize::from(byte >> 6)).is_some_and(|bits| bits >> (byte & 63) & 1 == 1))
    }

    fn step(&self, from: usize, byte: u8) -> usize {
        let mut at = from;
        while self.goes_on(at, byte) {
            if let Some(next) = child(&self.nodes, at, byte) {
                return next;
            }
            at = self.nodes.get(at).map_or(0, |node| node.fallback);
        }
        self.first.get(usize::from(byte)).copied().unwrap_or_default()
    }

    /// Sets where to go on after a mismatch, nearer nodes before farther ones.
    fn link(&mut self) {
        let mut queue: Vec<usize> = children(&self.nodes, 0).map(|(place, _)| place).collect();
        let mut done = 0;
        while let Some(at) = queue.get(done).copied() {
            done = done.saturating_add(1);
            let fallback = self.nodes.get(at).map_or(0, |node| node.fallback);
            let first = queue.len();
            queue.extend(children(&self.nodes, at).map(|(place, _)| place));
            for place in queue.get(first..).unwrap_or_default() {
                let target = self.nodes.get(*place).map_or(0, |node| self.step(fallback, node.byte));
                let shorter = self.nodes.get(target).map_or(0, |known| if known.ends.is_some() { target } else { known.shorter });
                if let Some(node) = self.nodes.get_mut(*place) {
                    (node.fallback, node.shorter) = (target, shorter);
                }
            }
        }
    }
}

/// The node to which `byte` leads from the one at `at`, made if there is none.
fn follow(nodes: &mut Vec<Node>, at: usize, byte: u8) -> usize {
    child(nodes, at, byte).unwrap_or_else(|| {
        let fresh = nodes.len();
        let sibling = nodes.get_mut(at).map_or(0, |parent| std::mem::replace(&mut parent.child, fresh));
        nodes.push(Node { byte, sibling, ..Node::default() });
        fresh
    })
}

fn child(nodes: &[Node], at: usize, byte: u8) -> Option<usize> {
    children(nodes, at).find(|(_, node)| node.byte == byte).map(|(place, _)| place)
}

/// The nodes that follow the one at `at`, with their places.
fn children(nodes: &[Node], at: usize) -> impl Iterator<Item = (usize, &Node)> {
    let node = |place: usize| nodes.get(place).filter(|_| place > 0).map(|node| (place, node));
    std::iter::successors(nodes.get(at).and_then(|parent| node(parent.child)), move |(_, one)| node(one.sibling))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_finds_what_a_plain_search_finds(needles in prop::collection::btree_set("[ab]{1,5}", 0..8), text in "[abc]{0,40}") {
            let needles: Vec<String> = needles.into_iter().collect();
            let mut found = Vec::new();
            Automaton::new(needles.iter().map(String::as_str)).find(text.as_bytes(), |needle, end| {
                found.push((end, needle));
                true
            });
            let mut expected = Vec::new();
            for (place, needle) in needles.iter().enumerate() {
                expected.extend((0..=text.len()).filter(|end| text[..*end].ends_with(needle.as_str())).map(|end| (end, place)));
            }
            found.sort_unstable();
            expected.sort_unstable();
            prop_assert_eq!(Automaton::new(needles.iter().map(String::as_str)).holds(text.as_bytes()), !expected.is_empty());
            prop_assert_eq!(found, expected);
        }
    }
}

//! Which phrases of a text lie within others.

use super::lexicon::Hit;

/// The hits of which `wanted` holds that lie in no longer one of the same sort. What stands in the gap of a phrase is none of it.
pub(super) fn longest(hits: &[Hit], wanted: impl Fn(&Hit) -> bool) -> Vec<&Hit> {
    let mut spans: Vec<&Hit> = hits.iter().filter(|hit| wanted(hit)).collect();
    spans.sort_by_key(|hit| (hit.first, std::cmp::Reverse(hit.last)));
    let mut over: Option<(usize, usize)> = None;
    spans.retain(|hit| {
        let within = over.is_some_and(|(first, last)| last > hit.last || last == hit.last && first < hit.first);
        if !hit.gapped && over.is_none_or(|(_, last)| hit.last > last) {
            over = Some((hit.first, hit.last));
        }
        !within
    });
    spans
}

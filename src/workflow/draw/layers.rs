//! Where each state and each arrow of a drawing stands: states in layers by how many steps they are from the beginning, arrows in
//! tracks of their own between the layers, and in lanes beside them where they pass over a layer.

use super::Arrow;
use std::collections::BTreeMap;

/// How far apart the ends of two arrows are on one side of a box; those that leave stand on even places, those that arrive between them.
const STEP: usize = 24;
/// How wide a letter of the drawing is at most, on average.
const LETTER: usize = 7;
/// How high a line of writing is.
pub(super) const LINE: usize = 15;
const GAP: usize = 48;
const EDGE: usize = 24;

/// One box.
#[derive(Debug)]
pub(super) struct Place {
    /// The name that arrows know it by.
    pub name: String,
    /// What is written in it.
    pub lines: Vec<String>,
    pub layer: usize,
    pub x: usize,
    pub y: usize,
    pub width: usize,
    pub height: usize,
}

/// All arrows from one box to another.
#[derive(Debug)]
pub(super) struct Route {
    from: usize,
    to: usize,
    pub labels: Vec<String>,
    /// The corners, from one box to the other.
    pub corners: Vec<(usize, usize)>,
    /// Where the first line of its writing begins.
    pub written: (usize, usize),
}

/// Everything in its place.
#[derive(Debug)]
pub(super) struct Plan {
    pub places: Vec<Place>,
    pub routes: Vec<Route>,
    pub width: usize,
    pub height: usize,
}

/// The plan for boxes of these names and writings, drawn from `begins` on, with these arrows between them. Arrows to or from a name that has no box are left out.
pub(super) fn plan(boxes: Vec<(String, Vec<String>)>, begins: &str, arrows: &[Arrow]) -> Plan {
    let mut places: Vec<Place> = boxes.into_iter().map(|(name, lines)| Place { name, lines, layer: usize::MAX, x: 0, y: 0, width: 0, height: 0 }).collect();
    let mut routes = routes(&mut places, arrows);
    let deepest = rank(&mut places, &routes, begins);
    let right = spread(&mut places, &routes, deepest);
    let (width, height) = trace(&mut places, &mut routes, deepest, right);
    Plan { places, routes, width, height }
}

/// One route for all arrows between the same two boxes; an arrow back to its own box becomes a line in it.
fn routes(places: &mut [Place], arrows: &[Arrow]) -> Vec<Route> {
    let names: BTreeMap<String, usize> = places.iter().enumerate().map(|(at, place)| (place.name.clone(), at)).collect();
    let mut routes: Vec<Route> = Vec::new();
    let mut known: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for arrow in arrows {
        let (Some(from), Some(to)) = (names.get(arrow.from), names.get(arrow.to)) else { continue };
        if from == to {
            if let Some(place) = places.get_mut(*from) {
                place.lines.push(format!("↻ {}", arrow.label));
            }
            continue;
        }
        let at = *known.entry((*from, *to)).or_insert(routes.len());
        match routes.get_mut(at) {
            Some(route) => route.labels.push(arrow.label.clone()),
            None => routes.push(Route { from: *from, to: *to, labels: vec![arrow.label.clone()], corners: Vec::new(), written: (0, 0) }),
        }
    }
    routes
}

/// Gives each box its layer; says which is the last. The end stands alone in it.
fn rank(places: &mut [Place], routes: &[Route], begins: &str) -> usize {
    let mut reached: Vec<usize> = Vec::new();
    for (at, place) in places.iter_mut().enumerate().filter(|(_, place)| place.name == begins || place.name == super::ANY) {
        place.layer = 0;
        reached.push(at);
    }
    let mut next = 0;
    while let Some(from) = reached.get(next).copied() {
        next += 1;
        let below = places.get(from).map_or(0, |place| place.layer) + 1;
        for route in routes.iter().filter(|route| route.from == from) {
            if let Some(place) = places.get_mut(route.to).filter(|place| place.layer == usize::MAX) {
                place.layer = below;
                reached.push(route.to);
            }
        }
    }
    let last = places.iter().filter(|place| place.name != super::CLOSED && place.layer != usize::MAX).map(|place| place.layer).max().unwrap_or(0) + 1;
    for place in places.iter_mut() {
        place.layer = if place.name == super::CLOSED { last } else { place.layer.min(last) };
    }
    last
}

/// Sets the boxes of each layer side by side; says where the widest layer ends.
fn spread(places: &mut [Place], routes: &[Route], deepest: usize) -> usize {
    let mut right = 0;
    for layer in 0..=deepest {
        let mut x = EDGE;
        for (at, place) in places.iter_mut().enumerate().filter(|(_, place)| place.layer == layer) {
            let leaving = routes.iter().filter(|route| route.from == at).count();
            let arriving = routes.iter().filter(|route| route.to == at).count();
            let written = place.lines.iter().map(|line| line.chars().count() * LETTER + 2 * STEP).max().unwrap_or(0);
            place.width = written.max((leaving.max(arriving) + 1) * STEP).next_multiple_of(STEP);
            place.height = place.lines.len() * LINE + LINE;
            place.x = x;
            x += place.width + GAP;
        }
        right = right.max(x);
    }
    right
}

/// Where an arrow leaves or arrives: the how manieth of its side it is.
fn ends(places: &[Place], routes: &[Route]) -> Vec<(usize, usize)> {
    let (mut left, mut arrived) = (vec![0usize; places.len()], vec![0usize; places.len()]);
    let end = |counts: &mut Vec<usize>, at: usize, shift: usize| {
        let count = counts.get_mut(at).map_or(0, |count| std::mem::replace(count, *count + 1));
        places.get(at).map_or(0, |place| place.x) + (count + 1) * STEP - shift
    };
    routes.iter().map(|route| (end(&mut left, route.from, 0), end(&mut arrived, route.to, STEP / 2))).collect()
}

/// Gives each arrow its corners, from the top to the bottom; says how wide and how high everything is.
fn trace(places: &mut [Place], routes: &mut [Route], deepest: usize, right: usize) -> (usize, usize) {
    let ends = ends(places, routes);
    let layer_of = |places: &[Place], at: usize| places.get(at).map_or(0, |place| place.layer);
    let is_long = |places: &[Place], route: &Route| layer_of(places, route.to) != layer_of(places, route.from) + 1;
    let (mut y, mut lane, mut widest) = (EDGE, right, right);
    // For each long arrow: its lane, and where it turns into it and out of it.
    let mut turns: Vec<(usize, usize, usize)> = vec![(0, 0, 0); routes.len()];
    for layer in 0..=deepest + 1 {
        for (at, turn) in turns.iter_mut().enumerate() {
            if routes.get(at).is_some_and(|route| is_long(places, route) && layer_of(places, route.to) == layer) {
                y += STEP / 2;
                turn.2 = y;
            }
        }
        y += STEP;
        let tallest = places.iter().filter(|place| place.layer == layer).map(|place| place.height).max().unwrap_or(0);
        places.iter_mut().filter(|place| place.layer == layer).for_each(|place| place.y = y);
        y += tallest + STEP / 2;
        for at in leaving(places, routes, &ends, layer) {
            let (Some(route), Some((start, end)), Some(turn)) = (routes.get_mut(at), ends.get(at), turns.get_mut(at)) else { continue };
            let long = is_long(places, route);
            if long {
                lane += STEP;
                turn.0 = lane;
            }
            let first = if long { *start } else { *start.min(end) };
            y += route.labels.len() * LINE + STEP / 2;
            turn.1 = y;
            route.written = (first + STEP / 4, y - (route.labels.len().saturating_sub(1)) * LINE - LINE / 3);
            let longest = route.labels.iter().map(|label| label.chars().count()).max().unwrap_or(0);
            widest = widest.max(first + longest * LETTER + STEP).max(lane + STEP);
        }
    }
    for ((route, turn), (start, end)) in routes.iter_mut().zip(&turns).zip(&ends) {
        let bottom = places.get(route.from).map_or(0, |place| place.y + place.height);
        let top = places.get(route.to).map_or(0, |place| place.y);
        route.corners = vec![(*start, bottom), (*start, turn.1)];
        if is_long(places, route) {
            route.corners.extend([(turn.0, turn.1), (turn.0, turn.2), (*end, turn.2)]);
        } else {
            route.corners.push((*end, turn.1));
        }
        route.corners.push((*end, top));
    }
    (widest, y + EDGE)
}

/// The routes that leave a layer, in the order of their tracks: whoever turns to one side and stands nearest to it turns first.
fn leaving(places: &[Place], routes: &[Route], ends: &[(usize, usize)], layer: usize) -> Vec<usize> {
    let starts = |route: &Route| places.get(route.from).is_some_and(|place| place.layer == layer);
    let mut leaving: Vec<usize> = routes.iter().enumerate().filter(|(_, route)| starts(route)).map(|(at, _)| at).collect();
    leaving.sort_by_key(|at| ends.get(*at).map_or((0, 0), |(start, end)| if end < start { (0, *start) } else { (1, usize::MAX - start) }));
    leaving
}

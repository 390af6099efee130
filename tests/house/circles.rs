//! No module uses, through whatever others, itself. A parent and its children are one thing: they may name each other.

use super::source::Source;
use std::collections::{BTreeMap, BTreeSet};

type Module = Vec<String>;

/// Every circle, once.
pub fn breaches(sources: &[Source]) -> Vec<String> {
    let uses = uses(sources);
    let (mut done, mut breaches) = (BTreeSet::new(), Vec::new());
    for module in uses.keys() {
        follow(module, &uses, &mut Vec::new(), &mut done, &mut breaches);
    }
    breaches
}

fn follow(module: &Module, uses: &BTreeMap<Module, BTreeSet<Module>>, way: &mut Vec<Module>, done: &mut BTreeSet<Module>, breaches: &mut Vec<String>) {
    if let Some(start) = way.iter().position(|earlier| earlier == module) {
        let circle: Vec<String> = way[start..].iter().chain([module]).map(|module| module.join("::")).collect();
        breaches.push(format!("these modules use each other in a circle: {}", circle.join(" → ")));
        return;
    }
    if done.contains(module) {
        return;
    }
    way.push(module.clone());
    for next in uses.get(module).into_iter().flatten() {
        follow(next, uses, way, done, breaches);
    }
    way.pop();
    done.insert(module.clone());
}

/// Which file uses which, tests left out, names resolved through `pub use`.
fn uses(sources: &[Source]) -> BTreeMap<Module, BTreeSet<Module>> {
    let modules: Vec<Module> = sources.iter().map(Source::module).collect();
    let exports = exports(sources, &modules);
    let mut uses: BTreeMap<Module, BTreeSet<Module>> = BTreeMap::new();
    for source in sources.iter().filter(|source| !source.path.ends_with("tests.rs")) {
        let own = source.module();
        for named in source.paths().iter().filter(|named| !named.test) {
            let Some(path) = source.absolute(named, &modules) else { continue };
            let path = exports.get(&path).cloned().unwrap_or(path);
            let Some(used) = deepest(&path, &modules) else { continue };
            if !used.starts_with(&own) && !own.starts_with(&used) {
                uses.entry(own.clone()).or_default().insert(used);
            }
        }
    }
    uses
}

/// Where a re-exported name really stands.
fn exports(sources: &[Source], modules: &[Module]) -> BTreeMap<Module, Module> {
    let mut exports = BTreeMap::new();
    for source in sources {
        for named in source.paths().iter().filter(|named| named.exported) {
            if let (Some(real), Some(name)) = (source.absolute(named, modules), named.segments.last()) {
                let mut shown = source.module();
                shown.push(name.clone());
                exports.insert(shown, real);
            }
        }
    }
    exports
}

fn deepest(path: &[String], modules: &[Module]) -> Option<Module> {
    (1..=path.len()).rev().map(|length| path[..length].to_vec()).find(|prefix| modules.contains(prefix))
}

#[test]
fn a_circle_is_found_also_through_a_third_module_and_a_re_export() {
    let planted = |files: &[(&str, &str)]| breaches(&files.iter().map(|(path, text)| Source::read(path, text)).collect::<Vec<_>>()).len();
    assert_eq!(planted(&[("a/mod.rs", "mod b; mod c; use b::B;"), ("a/b.rs", "use super::A;"), ("a/c.rs", "use super::b::B;")]), 0);
    assert_eq!(planted(&[("a/mod.rs", ""), ("a/b.rs", "use super::c::C;"), ("a/c.rs", "use crate::a::b::B;")]), 1);
    assert_eq!(planted(&[("a/mod.rs", ""), ("a/b.rs", "use super::c::C;"), ("a/c.rs", "use super::d::D;"), ("a/d.rs", "fn f() { super::b::g() }")]), 1);
    assert_eq!(planted(&[("a/mod.rs", "pub use b::B; pub use c::C;"), ("a/b.rs", "use super::C;"), ("a/c.rs", "use super::B;")]), 1);
    assert_eq!(planted(&[("a/mod.rs", ""), ("a/b.rs", "use super::c::C;"), ("a/c.rs", "#[cfg(test)] mod tests { use crate::a::b::B; }")]), 0);
}

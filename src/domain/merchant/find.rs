//! Which merchant a complaint names: certainly one, perhaps several, or none.

use super::trace::{Trace, links_of, traces_of};
use super::{Merchant, Origin};

/// What a complaint says of its merchant.
#[derive(Debug, Clone, Default)]
pub struct Stated {
    named: Vec<Trace>,
    beside: Vec<Trace>,
}

impl Stated {
    /// From the field in which the seller is named (which the consumer confirms), and from the links, handles and addresses elsewhere in the complaint.
    pub fn new<'a>(named: Option<&str>, elsewhere: impl IntoIterator<Item = &'a str>) -> Self {
        Self { named: named.map(traces_of).unwrap_or_default(), beside: elsewhere.into_iter().flat_map(links_of).collect() }
    }

    /// Everything under which a merchant is to be looked for.
    pub fn traces(&self) -> impl Iterator<Item = &Trace> {
        self.named.iter().chain(&self.beside)
    }

    /// Whether the field names a seller by anything at all.
    pub fn is_named(&self) -> bool {
        self.named.iter().any(|trace| !matches!(trace, Trace::Near(_)))
    }
}

/// Which merchant it is, each with what says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found<'a> {
    /// Exactly this one, by its name, domain or handle.
    One(&'a Merchant, Trace),
    /// Perhaps one of these.
    Several(Vec<(&'a Merchant, Trace)>),
    /// None that is known.
    None,
}

/// Looks for the merchant among `merchants`. What the field says counts before what stands elsewhere; a listed merchant counts before one that is only
/// known by an admission; what merely resembles a name only suggests.
pub fn find<'a>(stated: &Stated, merchants: &'a [Merchant]) -> Found<'a> {
    for traces in [&stated.named, &stated.beside] {
        let mut exact = matching(traces, merchants, Trace::proves);
        if exact.iter().any(|(merchant, _)| merchant.origin == Origin::Listed) {
            exact.retain(|(merchant, _)| merchant.origin == Origin::Listed);
        }
        match exact.as_slice() {
            [] => {}
            [(only, trace)] => return Found::One(only, trace.clone()),
            _ => return Found::Several(exact),
        }
    }
    let near = matching(&stated.named, merchants, Trace::suggests);
    if near.is_empty() { Found::None } else { Found::Several(near) }
}

fn matching<'a>(traces: &[Trace], merchants: &'a [Merchant], agree: impl Fn(&Trace, &Trace) -> bool) -> Vec<(&'a Merchant, Trace)> {
    let found = merchants.iter().filter_map(|merchant| {
        let own = merchant.traces();
        let trace = traces.iter().find(|trace| own.iter().any(|own| agree(own, trace)))?;
        Some((merchant, trace.clone()))
    });
    found.collect()
}

//! By what a merchant is known in a text: names, web domains, handles, and what only resembles them.

use super::super::fold::{Sign, fold, signs};
use super::site::{Domain, Link, Platform, link, phone};
use super::skeleton::skeleton;

/// Traces that are looked for in one text.
const MOST_TRACES: usize = 40;
/// Words that are looked at in one text.
const MOST_WORDS: usize = 400;
/// Words of a text that can be a name.
const LONGEST_NAME: usize = 12;

/// Something by which a merchant is known.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trace {
    /// A name, folded, without spaces and legal forms.
    Name(String),
    /// A domain that somebody registered.
    Domain(Domain),
    /// A page on a platform, or a telephone number that is written to there.
    Handle(Option<Platform>, String),
    /// What several names have in common: without words such as shop, or its consonants alone. It proves nothing.
    Near(String),
}

/// In which of the store's lists a trace is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum KeyKind {
    /// Names.
    Name,
    /// Domains.
    Domain,
    /// Handles of any platform.
    Handle,
    /// What proves nothing.
    Near,
}

impl KeyKind {
    /// The word used in the store.
    pub fn name(self) -> &'static str {
        match self {
            KeyKind::Name => "name",
            KeyKind::Domain => "domain",
            KeyKind::Handle => "handle",
            KeyKind::Near => "near",
        }
    }
}

impl From<Link> for Trace {
    fn from(link: Link) -> Self {
        match link {
            Link::Domain(domain) => Trace::Domain(domain),
            Link::Page(platform, name) => Trace::Handle(platform, name),
        }
    }
}

impl Trace {
    /// Under what it is looked for.
    pub fn key(&self) -> (KeyKind, &str) {
        match self {
            Trace::Name(name) => (KeyKind::Name, name),
            Trace::Domain(domain) => (KeyKind::Domain, domain.as_str()),
            Trace::Handle(_, name) => (KeyKind::Handle, name),
            Trace::Near(near) => (KeyKind::Near, near),
        }
    }

    /// Whether both name the same merchant; a handle on another platform may be somebody else's.
    pub(super) fn proves(&self, other: &Trace) -> bool {
        match (self, other) {
            (Trace::Near(_), _) | (_, Trace::Near(_)) => false,
            (Trace::Handle(one, name), Trace::Handle(two, same)) => name == same && (one == two || one.is_none() || two.is_none()),
            _ => self == other,
        }
    }

    /// Whether both may name the same merchant.
    pub(super) fn suggests(&self, other: &Trace) -> bool {
        self.key() == other.key()
    }
}

/// What stands in a name or in a field of a complaint; nothing if it would fit anybody. Links and handles in it count as such, the rest is a name.
pub fn traces_of(text: &str) -> Vec<Trace> {
    if text.chars().all(|c| c.is_numeric() || " +-.()".contains(c)) {
        return phone(&fold(text)).map(Trace::from).into_iter().collect();
    }
    let (mut traces, mut rest) = (links_of(text), Vec::new());
    for word in text.split_whitespace().take(MOST_WORDS) {
        if link(word).is_none() {
            rest.push(word);
        }
    }
    let words = words(&rest.join(" "));
    if (1..=LONGEST_NAME).contains(&words.len()) {
        traces.extend(named(&words));
    }
    for trace in traces.clone() {
        // A domain often is the name, and a handle too; but anybody can register what resembles a name.
        let label = match &trace {
            Trace::Domain(domain) => domain.as_str().split('.').next().unwrap_or_default().to_owned(),
            Trace::Handle(platform, name) if *platform != Some(Platform::Whatsapp) => name.clone(),
            _ => continue,
        };
        let parts = self::words(&label);
        traces.extend(near(&parts));
    }
    traces.sort();
    traces.dedup();
    traces.truncate(MOST_TRACES);
    traces
}

/// The links, handles and domains of addresses that stand in a longer text.
pub(super) fn links_of(text: &str) -> Vec<Trace> {
    let mut found: Vec<Trace> = Vec::new();
    for trace in text.split_whitespace().take(MOST_WORDS).filter_map(link).map(Trace::from) {
        if found.len() < MOST_TRACES && !found.contains(&trace) {
            found.push(trace);
        }
    }
    found
}

/// A name and what resembles it.
fn named(words: &[String]) -> Vec<Trace> {
    let own: Vec<&str> = words.iter().map(String::as_str).filter(|word| !ANYBODY.contains(word)).collect();
    if own.is_empty() {
        return Vec::new();
    }
    let mut kept: Vec<&str> = words.iter().map(String::as_str).filter(|word| !LEGAL.contains(word)).collect();
    if kept.is_empty() {
        kept = words.iter().map(String::as_str).collect();
    }
    let mut traces = vec![Trace::Name(kept.concat())];
    traces.extend(near(words));
    traces
}

fn near(words: &[String]) -> Vec<Trace> {
    let bare = |word: &str| -> String { word.strip_prefix("ال").filter(|rest| rest.chars().count() >= 3).unwrap_or(word).to_owned() };
    let own = || words.iter().map(String::as_str).filter(|word| !ANYBODY.contains(word) && !LEGAL.contains(word));
    let (whole, core): (String, String) = (own().collect(), own().map(bare).collect());
    if core.chars().count() < 3 {
        return Vec::new();
    }
    // What looks like an article may belong to the word.
    let consonants = [&whole, &core].into_iter().filter_map(|letters| skeleton(letters)).map(|sounds| Trace::Near(format!("~{sounds}")));
    let mut near: Vec<Trace> = consonants.collect();
    near.push(Trace::Near(core));
    near
}

/// The folded words of a name; letters with dots or blanks between them are one word, as in S.A.R.L.
fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut open = String::new();
    signs(&fold(text), |_, sign| match sign {
        Sign::Letter(letter) => open.push(letter),
        Sign::Gap | Sign::Line => words.push(std::mem::take(&mut open)),
    });
    words.push(open);
    let mut joined: Vec<String> = Vec::new();
    let mut spelt = false;
    for word in words.into_iter().filter(|word| !word.is_empty()) {
        let single = word.chars().count() == 1;
        match joined.last_mut().filter(|_| single && spelt) {
            Some(last) => last.push_str(&word),
            None => joined.push(word),
        }
        spelt = single;
    }
    joined
}

/// Words for a legal form: the same merchant is written with and without them.
const LEGAL: [&str; 16] = ["sarl", "sarlau", "au", "sa", "sas", "snc", "ste", "societe", "entreprise", "ltd", "llc", "inc", "شركه", "الشركه", "شمم", "ذمم"];

/// Words that say only that it is a shop, or where: they tell nobody from another.
const ANYBODY: [&str; 52] = [
    "boutique",
    "magasin",
    "shop",
    "store",
    "site",
    "page",
    "vendeur",
    "vendeuse",
    "seller",
    "merchant",
    "marchand",
    "online",
    "enligne",
    "en",
    "ligne",
    "web",
    "internet",
    "officiel",
    "official",
    "officielle",
    "maroc",
    "morocco",
    "ma",
    "com",
    "le",
    "la",
    "les",
    "the",
    "chez",
    "al",
    "el",
    "hanout",
    "instagram",
    "facebook",
    "insta",
    "whatsapp",
    "tiktok",
    "متجر",
    "المتجر",
    "محل",
    "المحل",
    "دكان",
    "حانوت",
    "صفحه",
    "الصفحه",
    "موقع",
    "الموقع",
    "بائع",
    "البائع",
    "المغرب",
    "مغرب",
    "تاجر",
];

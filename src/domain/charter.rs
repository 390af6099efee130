//! The charter of the mediation: its editions, and who accepted which one after having been told it (DOMAIN §2.6, START-*).

use super::digest::Digest;
use super::fault::Fault;
use super::given::Given;
use super::language::Language;
use super::role::Party;
use super::time::Instant;
use serde::{Deserialize, Serialize};

/// How the first line of each of its files begins.
const VERSION: &str = "Version: ";

/// One edition of the charter, in every language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Charter {
    edition: Edition,
    fr: String,
    ar: String,
    en: String,
}

/// Which edition of the charter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edition {
    /// What its authors call it.
    pub version: String,
    /// The digest of all its files, to the last byte.
    pub digest: Digest,
}

impl Charter {
    /// The most characters of it in one language: it stands below a letter.
    pub const LONGEST: usize = 8_000;
    /// The most characters of a version.
    const LONGEST_VERSION: usize = 20;

    /// The edition whose files hold these texts.
    ///
    /// # Errors
    /// Every fault: a file without a version or with another one than the first, or one that is too long for a letter.
    pub fn new(fr: String, ar: String, en: String) -> Result<Self, Vec<Fault>> {
        let digest = Digest::of_parts(&[b"charter", fr.as_bytes(), ar.as_bytes(), en.as_bytes()]);
        let version = version(&fr).unwrap_or_default().to_owned();
        let charter = Self { edition: Edition { version, digest }, fr, ar, en };
        let faults: Vec<Fault> = Language::ALL.into_iter().filter_map(|language| charter.fault(language)).collect();
        if faults.is_empty() { Ok(charter) } else { Err(faults) }
    }

    /// Which one it is.
    pub fn edition(&self) -> &Edition {
        &self.edition
    }

    /// The whole file in `language`.
    pub fn file(&self, language: Language) -> &str {
        match language {
            Language::Fr => &self.fr,
            Language::Ar => &self.ar,
            Language::En => &self.en,
        }
    }

    /// What people read of it in `language`.
    pub fn text(&self, language: Language) -> &str {
        self.file(language).split_once('\n').map_or("", |(_, text)| text.trim())
    }

    /// Where the file of `language` stands below `templates/`.
    pub fn path(language: Language) -> String {
        format!("charter/{language}.md")
    }

    fn fault(&self, language: Language) -> Option<Fault> {
        let file = format!("templates/{}", Self::path(language));
        let (found, wanted) = (version(self.file(language)), &self.edition.version);
        match found {
            None => Some(Fault::new(&file, 1, "The first line of the charter is its version, letters, digits, dots and dashes: write \"Version: 1\".")),
            Some(found) if found != wanted => {
                Some(Fault::new(&file, 1, format!("This is version {found} and the French file is {wanted}; give them one version.")))
            }
            _ if self.text(language).is_empty() => Some(Fault::new(&file, 0, "The charter says nothing here; write it below its version.")),
            _ if self.text(language).chars().count() > Self::LONGEST => {
                Some(Fault::new(&file, 0, format!("The charter is longer than {} characters; it stands below letters, so shorten it.", Self::LONGEST)))
            }
            _ => None,
        }
    }
}

/// The version that the first line of a file names.
fn version(file: &str) -> Option<&str> {
    let version = file.lines().next()?.strip_prefix(VERSION)?.trim();
    let sound = |c: char| c.is_ascii_alphanumeric() || ".-".contains(c);
    (!version.is_empty() && version.len() <= Charter::LONGEST_VERSION && version.chars().all(sound)).then_some(version)
}

impl Edition {
    /// Digits of the digest that are enough to tell editions apart: letters print so many.
    pub const SHORT: usize = 8;
    /// Digits of the digest that stand together where all of it is printed.
    const GROUP: usize = 16;

    /// The version and the beginning of the digest: `1 (3f2ac81d)`.
    pub fn short(&self) -> String {
        format!("{} ({})", self.version, self.digest.hex().chars().take(Self::SHORT).collect::<String>())
    }

    /// The whole digest in groups that a narrow screen can break.
    pub fn grouped(&self) -> String {
        let hex: Vec<char> = self.digest.hex().chars().collect();
        hex.chunks(Self::GROUP).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
    }
}

/// The charter towards one side. Nobody accepts one that was not told: there is no such value.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Assent {
    /// It was not told yet.
    #[default]
    Untold,
    /// It was told.
    Told(Told),
    /// It was accepted after it had been told.
    Accepted(Told, Given),
}

/// Which edition was told, and when first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// Which one.
    pub edition: Edition,
    /// When.
    pub at: Instant,
}

impl Assent {
    /// Notes that `edition` was told. Who was told one keeps it, as a dispute keeps its rules: what is accepted later is what was told first.
    pub fn tell(&mut self, edition: &Edition, at: Instant) {
        if *self == Assent::Untold {
            *self = Assent::Told(Told { edition: edition.clone(), at });
        }
    }

    /// Notes that what was told is accepted with `given`; the first acceptance counts. Without anything told it says nothing.
    pub fn accept(&mut self, given: Given) {
        if let Assent::Told(told) = self {
            *self = Assent::Accepted(told.clone(), Given { on: told.edition.digest, ..given });
        }
    }

    /// What was told.
    pub fn told(&self) -> Option<&Told> {
        match self {
            Assent::Untold => None,
            Assent::Told(told) | Assent::Accepted(told, _) => Some(told),
        }
    }

    /// What was accepted, and how.
    pub fn accepted(&self) -> Option<(&Edition, Given)> {
        match self {
            Assent::Untold | Assent::Told(_) => None,
            Assent::Accepted(told, given) => Some((&told.edition, *given)),
        }
    }
}

/// The charter towards both sides.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assents {
    #[serde(default)]
    consumer: Assent,
    #[serde(default)]
    merchant: Assent,
}

impl Assents {
    /// That of `party`.
    pub fn of(&self, party: Party) -> &Assent {
        match party {
            Party::Consumer => &self.consumer,
            Party::Merchant => &self.merchant,
        }
    }

    /// The same, to be changed.
    pub fn of_mut(&mut self, party: Party) -> &mut Assent {
        match party {
            Party::Consumer => &mut self.consumer,
            Party::Merchant => &mut self.merchant,
        }
    }

    /// Whether nobody was told anything.
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn charter(version: &str, word: &str) -> Charter {
        let file = |text: &str| format!("Version: {version}\n\n# {text}\n");
        Charter::new(file(word), file("ميثاق"), file("Charter")).unwrap()
    }

    fn given(on: Digest) -> Given {
        Given { on, at: Instant::parse("2026-11-23T09:00:00Z").unwrap(), evidence: Digest::of(b"mail") }
    }

    #[test]
    fn a_byte_in_any_language_makes_another_edition() {
        let (one, other) = (charter("1", "Charte"), charter("1", "Chartes"));
        assert_eq!((one.text(Language::En), one.edition().version.as_str()), ("# Charter", "1"));
        assert_ne!(one.edition().digest, other.edition().digest);
        assert_eq!(one.edition().grouped().split(' ').map(str::len).collect::<Vec<_>>(), [16; 4]);
    }

    #[test]
    fn each_file_names_the_same_version() {
        let file = |version: &str| format!("Version: {version}\n\n# x\n");
        let faults = Charter::new(file("1"), file("2"), "# x".to_owned()).unwrap_err();
        let shown: Vec<String> = faults.iter().map(Fault::to_string).collect();
        assert!(shown[0].starts_with("templates/charter/ar.md:1: This is version 2 and the French file is 1"), "{shown:?}");
        assert!(shown[1].starts_with("templates/charter/en.md:1: The first line of the charter is its version"), "{shown:?}");
        assert!(Charter::new(file("1 2"), file("1 2"), file("1 2")).is_err());
        let long = format!("Version: 1\n{}", "x".repeat(Charter::LONGEST + 1));
        assert!(Charter::new(long, file("1"), file("1")).is_err());
    }

    #[test]
    fn only_what_was_told_is_accepted_and_a_later_edition_changes_nothing() {
        let (old, new) = (charter("1", "Charte"), charter("2", "Charte"));
        let mut assent = Assent::default();
        assent.accept(given(Digest::of(b"request")));
        assert_eq!(assent, Assent::Untold);
        let at = given(old.edition().digest).at;
        assent.tell(old.edition(), at);
        assent.tell(new.edition(), at.plus_seconds(60));
        assent.accept(given(Digest::of(b"request")));
        assent.accept(Given { at: at.plus_seconds(90), ..given(Digest::of(b"request")) });
        let (edition, given) = assent.accepted().unwrap();
        assert_eq!((edition, given.on, given.at), (old.edition(), old.edition().digest, at));
    }
}

//! What is told to a third person although nobody was asked: four grounds need no consent, but a person, a reason and a line in the journal (DOMAIN §2.8).

use super::given::Given;
use serde::{Deserialize, Serialize};

/// Why nobody's consent is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ground {
    /// A law or public order demands it.
    Law,
    /// Somebody is in serious danger.
    Threat,
    /// The agreement is to be carried out or enforced: it is told, and nothing else.
    Enforcement,
    /// An authority supervises the service.
    Authority,
}

impl Ground {
    /// Every ground.
    pub const ALL: [Self; 4] = [Self::Law, Self::Threat, Self::Enforcement, Self::Authority];

    /// The word of the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Law => "law",
            Self::Threat => "threat",
            Self::Enforcement => "enforcement",
            Self::Authority => "authority",
        }
    }

    /// Reads [`Ground::name`].
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|ground| ground.name() == name)
    }

    /// Whether the sides may be left untold: where a law forbids to tell them, or telling them could harm somebody.
    pub fn may_be_untold(self) -> bool {
        matches!(self, Self::Law | Self::Threat)
    }
}

/// What a person of the service told a third person without asking, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exempted {
    /// Why nobody had to be asked.
    pub ground: Ground,
    /// Who was told.
    pub to: String,
    /// Exactly what was told; nothing where that is the agreement.
    pub items: String,
    /// The law, the order, the danger: in the registrar's words.
    pub reason: String,
    /// Whether both sides are told of it.
    pub sides_told: bool,
}

impl Exempted {
    /// The longest of each of the words, in characters.
    pub const LONGEST: usize = 400;

    /// Reads five lines: the ground, who was told, what, the reason, and `told` or `untold` for the sides. What is told to enforce an agreement is the
    /// agreement, so that nothing stands in its line; of anything else something does.
    pub fn parse(text: &str) -> Option<Self> {
        let lines: Vec<&str> = text.lines().map(str::trim).collect();
        let [ground, to, items, reason, sides] = lines.as_slice() else { return None };
        let ground = Ground::parse(ground)?;
        let fits = |words: &str| !words.is_empty() && words.chars().count() <= Self::LONGEST;
        let named = if ground == Ground::Enforcement { items.is_empty() } else { fits(items) };
        let sides_told = match *sides {
            "told" => true,
            "untold" if ground.may_be_untold() => false,
            _ => return None,
        };
        let [to, items, reason] = [to, items, reason].map(|words| (*words).to_owned());
        (named && fits(&to) && fits(&reason)).then_some(Self { ground, to, items, reason, sides_told })
    }

    /// The words, in their order.
    pub fn words(&self) -> [&str; 3] {
        [&self.to, &self.items, &self.reason]
    }
}

/// An [`Exempted`] as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exemption {
    /// What was told.
    pub exempted: Exempted,
    /// When it was noted, and the command that is its evidence.
    pub given: Given,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_ground_needs_its_words_and_only_two_keep_the_sides_untold() {
        let read = |text: &str| Exempted::parse(text);
        assert_eq!(read("law\nTribunal de commerce\nLe dossier\nOrdonnance 12/2026\ntold").unwrap().words()[0], "Tribunal de commerce");
        assert!(!read("threat\nLa police\nUne menace écrite\nUn danger immédiat\nuntold").unwrap().sides_told);
        assert_eq!(read("enforcement\nLe tribunal\n\nHomologation\ntold").unwrap().items, "");
        for wrong in [
            "",
            "law\nTribunal\nLe dossier\ntold",
            "mood\nTribunal\nLe dossier\nOrdonnance\ntold",
            "law\nTribunal\n\nOrdonnance\ntold",
            "law\nTribunal\nLe dossier\n\ntold",
            "law\nTribunal\nLe dossier\nOrdonnance\nperhaps",
            "enforcement\nLe tribunal\nTout le dossier\nHomologation\ntold",
            "enforcement\nLe tribunal\n\nHomologation\nuntold",
            "authority\nLa CNDP\nLe registre\nUn contrôle\nuntold",
        ] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
